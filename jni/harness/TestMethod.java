package varyharness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The unit of JUnit 3 and 4: the class of a test, and its method with all parameter sets. Holds texts only. */
final class TestMethod {
    private final String type;
    private final String method;
    private final String id;

    TestMethod(String type, String method) {
        this.type = type;
        this.method = method;
        this.id = type + "#" + method;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    String id() {
        return id;
    }

    /** What JUnit 4 runs in place of the tests of a class that it cannot run. */
    boolean isBroken() {
        return method.equals("initializationError");
    }

    /** What JUnit 3 runs in place of a test that it cannot make; the tests beside it do run. */
    boolean isWarning() {
        return method.equals("warning") && type.startsWith("junit.framework.TestSuite$");
    }

    /** A test that its own class runs is not run again by suites, nor is one that two suites share. */
    static void dropRepeated(Map<String, Set<TestMethod>> containers) {
        Set<TestMethod> seen = new HashSet<>();
        containers.forEach((container, units) -> {
            for (TestMethod unit : units) {
                if (unit.type().equals(container)) {
                    seen.add(unit);
                }
            }
        });
        containers.forEach((container, units) ->
                units.removeIf(unit -> !unit.type().equals(container) && !seen.add(unit)));
    }

    /**
     * The units that can run together. Where a class or suite would mix the
     * parts of several units (all methods for the first parameters, then all
     * for the second), each runs by itself.
     *
     * @param parts what would run, in order
     */
    static List<Set<String>> passes(List<TestMethod> parts, Set<String> wanted) {
        Map<String, Integer> runs = new LinkedHashMap<>();
        String last = null;
        for (TestMethod part : parts) {
            String id = part.id();
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
        for (String id : runs.keySet()) {
            passes.add(Collections.singleton(id));
        }
        return passes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestMethod && id.equals(((TestMethod) other).id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
