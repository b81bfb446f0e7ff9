package varyharness;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Whether an engine does no more for the tests of a class than {@link Direct} does.
 * In doubt it does: an annotation counts as plain only if neither it nor what it
 * is annotated with is the engine's, but for the few named here.
 */
final class DirectRules {

    /** Of the two engines, what stands for the same. */
    enum Role { BEFORE_ALL, BEFORE, AFTER, AFTER_ALL }

    private static final String JUPITER_API = "org.junit.jupiter.api.";

    static final DirectRules JUPITER = new DirectRules(false, JUPITER_API + "Test",
            List.of(JUPITER_API + "BeforeAll", JUPITER_API + "BeforeEach", JUPITER_API + "AfterEach",
                    JUPITER_API + "AfterAll"),
            Set.of(JUPITER_API + "Tag", JUPITER_API + "Tags", JUPITER_API + "DisplayName",
                    JUPITER_API + "DisplayNameGeneration", JUPITER_API + "Order"),
            Set.of("org.opentest4j.TestAbortedException", "org.junit.internal.AssumptionViolatedException"));

    static final DirectRules JUNIT4 = new DirectRules(true, "org.junit.Test",
            List.of("org.junit.BeforeClass", "org.junit.Before", "org.junit.After", "org.junit.AfterClass"),
            Set.of("org.junit.experimental.categories.Category", "org.junit.FixMethodOrder"),
            Set.of("org.junit.internal.AssumptionViolatedException"));

    private final boolean isPublic; // must all be
    private final String test;
    private final List<String> roles; // in the order of Role
    private final Set<String> plain;
    private final Set<String> assumptions;

    private DirectRules(boolean isPublic, String test, List<String> roles, Set<String> plain,
            Set<String> assumptions) {
        this.isPublic = isPublic;
        this.test = test;
        this.roles = roles;
        this.plain = plain;
        this.assumptions = assumptions;
    }

    /** The class cannot be run directly. */
    private static final class NotPlain extends Exception {
        private static final long serialVersionUID = 1;

        NotPlain() {
            super(null, null, false, false);
        }
    }

    /**
     * @param naming from the names of a class and a method to how the engine calls that unit
     * @return null where the engine has to run it
     */
    Direct read(Class<?> type, BinaryOperator<String> naming) {
        try {
            return readPlain(type, naming);
        } catch (NotPlain e) {
            return null;
        }
    }

    private Direct readPlain(Class<?> type, BinaryOperator<String> naming) throws NotPlain {
        check(!type.isInterface() && !Modifier.isAbstract(type.getModifiers()) && !type.isLocalClass()
                && !type.isAnonymousClass() && (!type.isMemberClass() || Modifier.isStatic(type.getModifiers())));
        check(isVisible(type.getModifiers()));
        checkConstructor(type);
        List<Class<?>> line = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            line.add(0, at);
            checkType(at);
        }
        Map<Role, List<Direct.Around>> around = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            around.put(role, new ArrayList<>());
        }
        Set<String> aroundNames = new HashSet<>();
        Map<String, Direct.Test> tests = new LinkedHashMap<>(); // by method; null: not one of ours
        for (Class<?> at : line) {
            readMethods(at, around, aroundNames, tests);
        }
        Collections.reverse(around.get(Role.AFTER));
        Collections.reverse(around.get(Role.AFTER_ALL));
        Map<String, Direct.Test> byId = new LinkedHashMap<>();
        tests.forEach((method, found) -> {
            if (found != null) {
                byId.put(naming.apply(type.getName(), method), found);
            }
        });
        Direct.Frame frame = new Direct.Frame(around.get(Role.BEFORE_ALL), around.get(Role.BEFORE),
                around.get(Role.AFTER), around.get(Role.AFTER_ALL));
        return new Direct(type.getName(), frame, byId, assumptions);
    }

    private static void check(boolean holds) throws NotPlain {
        if (!holds) {
            throw new NotPlain();
        }
    }

    private boolean isVisible(int modifiers) {
        return isPublic ? Modifier.isPublic(modifiers) : !Modifier.isPrivate(modifiers);
    }

    private void checkConstructor(Class<?> type) throws NotPlain {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        check(constructors.length == 1 && constructors[0].getParameterCount() == 0);
        check(!isPublic || Modifier.isPublic(constructors[0].getModifiers()));
        checkPlain(constructors[0]);
    }

    /** All but its methods. */
    private void checkType(Class<?> type) throws NotPlain {
        check(!type.getName().equals("junit.framework.TestCase"));
        checkPlain(type);
        for (Field field : type.getDeclaredFields()) {
            checkPlain(field);
        }
        for (Class<?> above : type.getInterfaces()) {
            checkInterface(above);
        }
    }

    private void checkInterface(Class<?> type) throws NotPlain {
        checkType(type);
        for (Method method : type.getDeclaredMethods()) {
            checkPlain(method);
        }
    }

    private void readMethods(Class<?> type, Map<Role, List<Direct.Around>> around, Set<String> aroundNames,
            Map<String, Direct.Test> tests) throws NotPlain {
        Set<String> above = new HashSet<>(aroundNames);
        Set<Role> seen = new HashSet<>();
        for (Method method : type.getDeclaredMethods()) {
            boolean takesNothing = method.getParameterCount() == 0;
            // Which one runs, or how often, each engine decides by rules of its own.
            check(!takesNothing || !above.contains(method.getName()));
            check(!isPublic || !method.getName().equals("suite"));
            Role role = role(method);
            if (role != null) {
                checkAround(method, role);
                check(seen.add(role)); // of several the engine has an order
                around.get(role).add(new Direct.Around(type.getName(), method.getName()));
                aroundNames.add(method.getName());
            } else if (takesNothing) {
                tests.put(method.getName(), test(method));
            }
        }
    }

    /** @return null: none, not even by an annotation of an annotation */
    private Role role(Method method) throws NotPlain {
        Role role = null;
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            Class<?> type = annotation.annotationType();
            int number = roles.indexOf(type.getName());
            check(number < 0 || role == null);
            role = number < 0 ? role : Role.values()[number];
            check(number >= 0 || !leadsTo(type, roles, new HashSet<>()));
        }
        return role;
    }

    private void checkAround(Method method, Role role) throws NotPlain {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        check(method.getParameterCount() == 0 && method.getReturnType() == void.class
                && isVisible(method.getModifiers()) && !Modifier.isAbstract(method.getModifiers())
                && isStatic == (role == Role.BEFORE_ALL || role == Role.AFTER_ALL));
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            check(roles.contains(annotation.annotationType().getName()) || isPlain(annotation));
        }
    }

    /** @return null: it is none, or none that can run without the engine */
    private Direct.Test test(Method method) {
        Annotation found = null;
        int modifiers = method.getModifiers();
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            if (annotation.annotationType().getName().equals(test)) {
                found = annotation;
            } else if (!isPlain(annotation)) {
                return null;
            }
        }
        if (found == null || method.getReturnType() != void.class || !isVisible(modifiers)
                || Modifier.isStatic(modifiers) || Modifier.isAbstract(modifiers)) {
            return null;
        }
        try {
            return isPublic ? junit4Test(method.getName(), found) : new Direct.Test(method.getName(), null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // what it expects is not there
        }
    }

    private static Direct.Test junit4Test(String name, Annotation test) throws ReflectiveOperationException {
        Class<?> type = test.annotationType();
        Class<?> expected = (Class<?>) type.getMethod("expected").invoke(test);
        boolean isTimed = !type.getMethod("timeout").invoke(test).equals(0L);
        boolean none = expected.getName().equals(type.getName() + "$None");
        return isTimed ? null : new Direct.Test(name, none ? null : expected.getName());
    }

    private void checkPlain(AnnotatedElement element) throws NotPlain {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            check(isPlain(annotation));
        }
    }

    private boolean isPlain(Annotation annotation) {
        Class<?> type = annotation.annotationType();
        return plain.contains(type.getName()) || !isTheEngines(type, new HashSet<>());
    }

    /** It, or what it is annotated with. */
    private static boolean isTheEngines(Class<?> annotation, Set<Class<?>> seen) {
        if (annotation.getName().startsWith("org.junit.")) {
            return true;
        }
        for (Annotation meta : annotation.getDeclaredAnnotations()) {
            if (seen.add(meta.annotationType()) && isTheEngines(meta.annotationType(), seen)) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsTo(Class<?> annotation, List<String> names, Set<Class<?>> seen) {
        for (Annotation meta : annotation.getDeclaredAnnotations()) {
            Class<?> type = meta.annotationType();
            if (names.contains(type.getName()) || seen.add(type) && leadsTo(type, names, seen)) {
                return true;
            }
        }
        return false;
    }
}
