package varyharness;

import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import junit.framework.Test;

/**
 * JUnit 3.8 where there is no JUnit 4. A unit is a test method, its id
 * {@code class#method} with the class of the test (in a suite, not the suite's).
 */
final class JUnit3Driver implements Driver {
    private final Candidates candidates;

    /** @param tells see {@link Candidates} */
    JUnit3Driver(boolean tells) {
        candidates = new Candidates(tells);
    }

    @Override
    public String name() {
        return "junit3";
    }

    @Override
    public void discover(ClassLoader loader, List<String> classes, Finder finder) {
        Containers<Test> containers = containers(classes, finder);
        for (Class<?> type : candidates.load(loader, classes, finder)) {
            try {
                if (isTest(type)) {
                    containers.add(type);
                }
            } catch (LinkageError e) {
                finder.problem(type.getName(), e);
            }
        }
        containers.tell();
    }

    private static boolean isTest(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) && JUnit3Tests.has(type);
    }

    private static Containers<Test> containers(List<String> classes, Finder finder) {
        return new Containers<Test>(classes, finder) {
            @Override
            Test make(Class<?> type) throws Throwable {
                return JUnit3Tests.of(type);
            }

            @Override
            List<TestMethod> methods(Class<?> type) throws Throwable {
                return Candidates.mayBeTest(type) && isTest(type) ? JUnit3Tests.methods(made(type))
                        : Collections.emptyList();
            }

            @Override
            List<Class<?>> members(Class<?> type) throws Throwable {
                return JUnit3Members.of(type, made(type), this, JUnit3Tests::methods, test -> null);
            }

            @Override
            Throwable whyBroken(Class<?> type) {
                return new IllegalStateException(type.getName()); // JUnit 3 has no such tests
            }
        };
    }

    @Override
    public void run(ClassLoader loader, String container, List<String> ids, boolean whole, Listener listener) {
        UnitEvents events = new UnitEvents(container, ids, listener);
        try {
            Class<?> type = Class.forName(container, false, loader);
            Test test = JUnit3Tests.of(type);
            for (Set<String> pass : TestMethod.passes(JUnit3Tests.methods(test), new HashSet<>(ids))) {
                new JUnit3Run(events, pass).run(test != null ? test : JUnit3Tests.of(type));
                test = null; // tests may remember that they ran
            }
        } catch (Throwable e) {
            events.containerFailed(e);
        }
        events.close();
    }
}
