package varyharness;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Loads the classes that may be tests, without initialising them. */
final class Candidates {
    private final boolean tells;

    /** @param tells report classes that cannot be loaded: one driver does it for all */
    Candidates(boolean tells) {
        this.tells = tells;
    }

    List<Class<?>> load(ClassLoader loader, List<String> names, Driver.Finder finder) {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            try {
                Class<?> type = Class.forName(name, false, loader);
                if (mayBeTest(type)) {
                    if (soundsLikeTest(name)) {
                        type.getDeclaredMethods(); // what no engine could do either, and some do not tell
                    }
                    classes.add(type);
                }
            } catch (ClassNotFoundException | LinkageError e) {
                if (tells && soundsLikeTest(name)) {
                    finder.problem(name, e);
                }
            }
        }
        return classes;
    }

    /** Inner (non-static) classes are found through the class around them. */
    static boolean mayBeTest(Class<?> type) {
        int modifiers = type.getModifiers();
        if (Modifier.isAbstract(modifiers) || type.isSynthetic() || type.isAnnotation()) {
            return false;
        }
        try {
            return !type.isAnonymousClass() && !type.isLocalClass()
                    && (!type.isMemberClass() || Modifier.isStatic(modifiers));
        } catch (LinkageError e) {
            return true; // the class around it is absent or malformed: the engine decides
        }
    }

    /** The names that build tools look for. */
    static boolean soundsLikeTest(String className) {
        String name = className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        return name.startsWith("Test") || name.endsWith("Test") || name.endsWith("Tests")
                || name.endsWith("TestCase") || name.endsWith("IT") || name.endsWith("Spec");
    }
}
