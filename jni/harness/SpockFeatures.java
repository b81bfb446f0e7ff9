package varyharness;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.junit.runner.Description;

/**
 * Features of Spock on JUnit 4: a feature with all its iterations is a unit. Those
 * that are reported iteration by iteration are not announced, and run under
 * names made from their data; an annotation of the method tells which it is.
 */
final class SpockFeatures {

    private static final Class<?> METADATA = metadata();

    private SpockFeatures() {
    }

    private static Class<?> metadata() {
        try {
            return Class.forName("org.spockframework.runtime.model.FeatureMetadata", false,
                    SystemLoader.JVMS);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** As written in the source; null where it is none of Spock. */
    static String name(Description leaf) {
        return METADATA == null ? null : name(leaf.getAnnotations());
    }

    private static String name(Collection<Annotation> annotations) {
        for (Annotation annotation : annotations) {
            if (METADATA.isInstance(annotation)) {
                try {
                    return (String) METADATA.getMethod("name").invoke(annotation);
                } catch (ReflectiveOperationException e) {
                    return null;
                }
            }
        }
        return null;
    }

    /** All features of a class, announced or not. */
    static List<TestMethod> all(Class<?> type) {
        List<TestMethod> features = new ArrayList<>();
        for (Class<?> at = type; at != null && METADATA != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                String name = name(List.of(method.getAnnotations()));
                if (name != null) {
                    features.add(new TestMethod(type.getName(), name));
                }
            }
        }
        return features;
    }
}
