package varyharness;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.Test;
import org.junit.runner.Request;
import org.junit.runner.RunWith;
import org.junit.runner.Runner;

/**
 * JUnit 4 and JUnit 3, through the runner that JUnit itself chooses for a class.
 * A unit is a test method with all its parameter sets; its id is
 * {@code class#method}, where the class is that of the test (in a suite, not
 * the suite's).
 */
final class JUnit4Driver implements Driver {
    private final Candidates candidates;

    /** @param tells see {@link Candidates} */
    JUnit4Driver(boolean tells) {
        candidates = new Candidates(tells);
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
            Map<String, Set<TestMethod>> containers = new LinkedHashMap<>();
            for (Class<?> type : candidates.load(loader, classes, finder)) {
                try {
                    if (isTest(type)) {
                        containers.put(type.getName(), units(type, finder));
                    }
                } catch (LinkageError e) {
                    if (Candidates.soundsLikeTest(type.getName())) {
                        finder.problem(type.getName(), e);
                    }
                }
            }
            TestMethod.dropRepeated(containers);
            containers.forEach((container, units) -> {
                for (TestMethod unit : units) {
                    finder.unit(container, unit.id(), unit.method());
                }
            });
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

    private static Set<TestMethod> units(Class<?> type, Finder finder) {
        Set<TestMethod> units = new LinkedHashSet<>();
        try {
            Runner runner = Request.aClass(type).getRunner();
            List<TestMethod> found = parts(type, runner);
            found.stream().filter(unit -> !unit.isBroken() && !unit.isWarning()).forEach(units::add);
            if (found.stream().anyMatch(TestMethod::isBroken)) {
                finder.problem(type.getName(), JUnit4Run.firstFailure(runner));
            }
            if (found.stream().anyMatch(TestMethod::isWarning)) {
                JUnit3Run.tellWarning(type, units.isEmpty(), finder);
            }
        } catch (Driver.Stop e) {
            throw e;
        } catch (Throwable e) {
            finder.problem(type.getName(), e);
        }
        return units;
    }

    /** What the runner would run, in order. */
    private static List<TestMethod> parts(Class<?> type, Runner runner) throws Throwable {
        if (JUnit3Suite.is(runner)) {
            return JUnit3Suite.methods(type);
        }
        List<TestMethod> all = JUnit4Leaves.methods(runner.getDescription());
        Set<TestMethod> announced = new HashSet<>(all);
        SpockFeatures.all(type).stream().filter(announced::add).forEach(all::add);
        return all;
    }

    @Override
    public void run(ClassLoader loader, String container, List<String> ids, boolean whole, Listener listener) {
        UnitEvents events = new UnitEvents(container, ids, listener);
        try {
            Class<?> type = Class.forName(container, false, loader);
            Runner runner = Request.aClass(type).getRunner();
            List<TestMethod> parts = parts(type, runner);
            List<Set<String>> passes = TestMethod.passes(parts, new HashSet<>(ids));
            for (Set<String> pass : passes) {
                new JUnit4Run(events, pass).run(type, runner, parts);
                runner = passes.size() > 1 ? Request.aClass(type).getRunner() : null; // a filter stays in a runner
            }
        } catch (Throwable e) {
            events.containerFailed(e);
        }
        events.close();
    }
}
