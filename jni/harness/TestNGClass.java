package varyharness;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.testng.annotations.Test;

/** What annotations say about a TestNG class; methods of one name are one. */
final class TestNGClass {
    private static final String ANNOTATIONS = "org.testng.annotations.";

    private final boolean hasFactory;
    private final Map<String, List<Method>> tests = new LinkedHashMap<>();

    /** @throws LinkageError if a type in a method's signature is absent */
    TestNGClass(Class<?> type) {
        this.hasFactory = hasFactory(type);
        List<Method> methods = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (isTest(method)) {
                methods.add(method);
            }
        }
        methods.sort(Comparator.comparingInt(TestNGClass::priority).thenComparing(Method::getName));
        for (Method method : methods) {
            tests.computeIfAbsent(method.getName(), name -> new ArrayList<>()).add(method);
        }
    }

    /** In TestNG's order: by priority, then by name. */
    Set<String> tests() {
        return tests.keySet();
    }

    /** The methods themselves and all they depend on: TestNG wants those to be chosen, too. */
    Set<String> withDependencies(Collection<String> chosen) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(chosen);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!all.add(name)) {
                continue;
            }
            for (Method method : tests.getOrDefault(name, List.of())) {
                for (Test annotation : annotations(method)) {
                    for (String needed : annotation.dependsOnMethods()) {
                        open.push(needed.substring(needed.lastIndexOf('.') + 1));
                    }
                }
            }
        }
        return all;
    }

    /** Its own and those of its class. */
    Set<String> groups(String name) {
        Set<String> groups = new LinkedHashSet<>();
        for (Method method : tests.getOrDefault(name, List.of())) {
            for (Test annotation : annotations(method)) {
                groups.addAll(List.of(annotation.groups()));
            }
        }
        return groups;
    }

    /** It runs once, so its first result is its end. */
    boolean runsOnce(String name) {
        List<Method> methods = tests.getOrDefault(name, List.of());
        for (Method method : methods) {
            for (Test annotation : annotations(method)) {
                String retry = annotation.retryAnalyzer().getName();
                if (!annotation.dataProvider().isEmpty() || annotation.invocationCount() != 1
                        || !retry.equals("java.lang.Class") && !retry.endsWith("DisabledRetryAnalyzer")) {
                    return false;
                }
            }
        }
        return methods.size() == 1 && !hasFactory;
    }

    /** Several instances take turns in their methods. */
    boolean hasFactory() {
        return hasFactory;
    }

    private static boolean hasFactory(Class<?> type) {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (has(constructor, "Factory")) {
                return true;
            }
        }
        for (Method method : type.getMethods()) {
            if (has(method, "Factory")) {
                return true;
            }
        }
        return false;
    }

    private boolean isTest(Method method) {
        if (Modifier.isStatic(method.getModifiers()) || method.isBridge() || method.isSynthetic()
                || method.getDeclaringClass() == Object.class) {
            return false;
        }
        if (method.isAnnotationPresent(Test.class)) {
            return true;
        }
        return method.getReturnType() == void.class && classTest(method.getDeclaringClass()) != null
                && !isOther(method);
    }

    /** Set-up, tear-down, data: public methods that a class-level Test does not mean. */
    private static boolean isOther(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            String name = annotation.annotationType().getName();
            if (name.startsWith(ANNOTATIONS + "Before") || name.startsWith(ANNOTATIONS + "After")
                    || name.equals(ANNOTATIONS + "DataProvider") || name.equals(ANNOTATIONS + "Factory")) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(AnnotatedElement element, String name) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType().getName().equals(ANNOTATIONS + name)) {
                return true;
            }
        }
        return false;
    }

    private static Test classTest(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.isAnnotationPresent(Test.class)) {
                return at.getAnnotation(Test.class);
            }
        }
        return null;
    }

    private static List<Test> annotations(Method method) {
        List<Test> annotations = new ArrayList<>();
        if (method.isAnnotationPresent(Test.class)) {
            annotations.add(method.getAnnotation(Test.class));
        }
        Test ofClass = classTest(method.getDeclaringClass());
        if (ofClass != null) {
            annotations.add(ofClass);
        }
        return annotations;
    }

    private static int priority(Method method) {
        return annotations(method).get(0).priority();
    }
}
