package varyharness;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import junit.framework.TestCase;
import org.junit.Test;
import org.junit.runner.Description;
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
            Map<String, Set<JUnit4Unit>> containers = new LinkedHashMap<>();
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
            dropRepeated(containers);
            containers.forEach((container, units) -> {
                for (JUnit4Unit unit : units) {
                    finder.unit(container, unit.id(), unit.method());
                }
            });
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean isTest(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (TestCase.class.isAssignableFrom(type) || isAnnotated(type) || hasTests(type));
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
            if (method.isAnnotationPresent(Test.class) || isSuite(method)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSuite(Method method) {
        return method.getName().equals("suite") && Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 0 && junit.framework.Test.class.isAssignableFrom(method.getReturnType());
    }

    private static Set<JUnit4Unit> units(Class<?> type, Finder finder) {
        Runner runner;
        try {
            runner = Request.aClass(type).getRunner();
        } catch (RuntimeException | Error e) {
            finder.problem(type.getName(), e);
            return Collections.emptySet();
        }
        Set<JUnit4Unit> units = new LinkedHashSet<>();
        for (Description leaf : JUnit4Unit.leaves(runner.getDescription())) {
            JUnit4Unit unit = JUnit4Unit.of(leaf);
            if (unit.isBroken()) {
                finder.problem(type.getName(), JUnit4Run.firstFailure(runner));
            } else {
                units.add(unit);
            }
        }
        return units;
    }

    /** A test that its own class runs is not run again by suites, nor is one that two suites share. */
    private static void dropRepeated(Map<String, Set<JUnit4Unit>> containers) {
        Set<JUnit4Unit> seen = new HashSet<>();
        containers.forEach((container, units) -> {
            for (JUnit4Unit unit : units) {
                if (unit.type().equals(container)) {
                    seen.add(unit);
                }
            }
        });
        containers.forEach((container, units) ->
                units.removeIf(unit -> !unit.type().equals(container) && !seen.add(unit)));
    }

    @Override
    public void run(ClassLoader loader, String container, List<String> ids, boolean whole, Listener listener) {
        UnitEvents events = new UnitEvents(container, ids, listener);
        try {
            Class<?> type = Class.forName(container, false, loader);
            Runner runner = Request.aClass(type).getRunner();
            List<Set<String>> passes = passes(runner.getDescription(), new HashSet<>(ids));
            for (Set<String> pass : passes) {
                new JUnit4Run(events, pass).run(type, runner);
                runner = passes.size() > 1 ? Request.aClass(type).getRunner() : null; // a filter stays in a runner
            }
        } catch (Throwable e) {
            events.containerFailed(e);
        }
        events.close();
    }

    /**
     * The units that can run together. Where a runner would mix the parts of
     * several units (all methods for the first parameters, then all for the
     * second), each runs by itself.
     */
    private static List<Set<String>> passes(Description root, Set<String> wanted) {
        Map<String, Integer> runs = new HashMap<>();
        String last = null;
        for (Description leaf : JUnit4Unit.leaves(root)) {
            String id = JUnit4Unit.of(leaf).id();
            if (wanted.contains(id) && !id.equals(last)) {
                runs.merge(id, 1, Integer::sum);
                last = id;
            }
        }
        boolean mixed = runs.values().stream().anyMatch(n -> n > 1);
        if (!mixed) {
            return Collections.singletonList(wanted);
        }
        List<Set<String>> passes = new ArrayList<>();
        for (String id : wanted) {
            passes.add(Collections.singleton(id));
        }
        return passes;
    }
}
