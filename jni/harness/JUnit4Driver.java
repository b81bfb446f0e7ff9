package varyharness;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.Test;
import org.junit.runner.RunWith;

/**
 * JUnit 4 and JUnit 3, through the runner that JUnit itself chooses for a class.
 * A unit is a test method with all its parameter sets; its id is
 * {@code class#method}, where the class is that of the test (in a suite, not
 * the suite's).
 */
final class JUnit4Driver implements Driver {
    private final Candidates candidates;
    private final DirectClasses direct = new DirectClasses(DirectRules.JUNIT4,
            (container, method) -> new TestMethod(container, method).id());
    private final boolean isAlone;

    /** @param isAlone there is no JUnit Platform */
    JUnit4Driver(boolean isAlone) {
        this.isAlone = isAlone;
        candidates = new Candidates(isAlone);
    }

    @Override
    public String name() {
        return "junit4";
    }

    @Override
    public void discover(ClassLoader loader, List<String> classes, Finder finder) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Containers<JUnit4Tests> containers = containers(classes, finder);
            for (Class<?> type : candidates.load(loader, classes, finder)) {
                try {
                    if (isTest(type)) {
                        containers.add(type);
                    }
                } catch (LinkageError e) {
                    if (Candidates.soundsLikeTest(type.getName())) {
                        finder.problem(type.getName(), e);
                    }
                }
            }
            containers.tell();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean isTest(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (JUnit3Tests.has(type) || isAnnotated(type) || hasTests(type));
    }

    private static boolean isAnnotated(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.isAnnotationPresent(RunWith.class)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasTests(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                return true;
            }
        }
        return false;
    }

    private Containers<JUnit4Tests> containers(List<String> classes, Finder finder) {
        return new Containers<JUnit4Tests>(classes, finder) {
            @Override
            JUnit4Tests make(Class<?> type) throws Throwable {
                return new JUnit4Tests(type);
            }

            @Override
            List<TestMethod> methods(Class<?> type) throws Throwable {
                return Candidates.mayBeTest(type) && isTest(type) ? made(type).methods()
                        : Collections.emptyList();
            }

            @Override
            List<Class<?>> members(Class<?> type) throws Throwable {
                return made(type).members(this);
            }

            @Override
            Set<String> unwanted(Class<?> type) throws Throwable {
                return finder.tags().isAll() ? Collections.emptySet()
                        : JUnit4Categories.unwanted(made(type).all().getDescription(), finder.tags(), !isAlone);
            }

            @Override
            Throwable whyBroken(Class<?> type) throws Throwable {
                return JUnit4Run.firstFailure(make(type).all()); // it runs
            }
        };
    }

    @Override
    public Direct direct(ClassLoader loader, String container, List<String> ids) {
        return direct.find(loader, container, ids);
    }

    @Override
    public void run(ClassLoader loader, String container, List<String> ids, boolean whole, Listener listener) {
        UnitEvents events = new UnitEvents(container, ids, listener);
        try {
            Class<?> type = Class.forName(container, false, loader);
            JUnit4Tests tests = new JUnit4Tests(type);
            for (Set<String> pass : TestMethod.passes(tests.methods(), new HashSet<>(ids))) {
                new JUnit4Run(events, pass).run(type, tests != null ? tests : new JUnit4Tests(type));
                tests = null; // a filter stays in a runner
            }
        } catch (Throwable e) {
            events.containerFailed(e);
        }
        events.close();
    }
}
