package varyharness;

import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        Map<String, Set<TestMethod>> containers = new LinkedHashMap<>();
        for (Class<?> type : candidates.load(loader, classes, finder)) {
            try {
                if (Modifier.isPublic(type.getModifiers()) && JUnit3Tests.has(type)) {
                    containers.put(type.getName(), units(type, finder));
                }
            } catch (Driver.Stop e) {
                throw e;
            } catch (Throwable e) {
                finder.problem(type.getName(), e);
            }
        }
        TestMethod.dropRepeated(containers);
        containers.forEach((container, units) -> {
            for (TestMethod unit : units) {
                finder.unit(container, unit.id(), unit.method());
            }
        });
    }

    private static Set<TestMethod> units(Class<?> type, Finder finder) throws Throwable {
        Set<TestMethod> units = new LinkedHashSet<>();
        List<TestMethod> found = JUnit3Tests.methods(JUnit3Tests.of(type));
        found.stream().filter(unit -> !unit.isWarning()).forEach(units::add);
        if (found.stream().anyMatch(TestMethod::isWarning)) {
            JUnit3Run.tellWarning(type, units.isEmpty(), finder);
        }
        return units;
    }

    @Override
    public void run(ClassLoader loader, String container, List<String> ids, boolean whole, Listener listener) {
        UnitEvents events = new UnitEvents(container, ids, listener);
        try {
            Class<?> type = Class.forName(container, false, loader);
            Test test = JUnit3Tests.of(type);
            List<Set<String>> passes = TestMethod.passes(JUnit3Tests.methods(test), new HashSet<>(ids));
            for (Set<String> pass : passes) {
                new JUnit3Run(events, pass).run(test);
                test = passes.size() > 1 ? JUnit3Tests.of(type) : null; // tests may remember that they ran
            }
        } catch (Throwable e) {
            events.containerFailed(e);
        }
        events.close();
    }
}
