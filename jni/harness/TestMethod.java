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

    /**
     * The units that can run together. A unit whose parts a class or
     * suite would mix with others (all methods for the first parameters, then
     * all for the second) runs by itself, after those.
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
        List<Set<String>> passes = new ArrayList<>();
        Set<String> together = new HashSet<>(wanted);
        runs.forEach((id, n) -> {
            if (n > 1) {
                together.remove(id);
                passes.add(Collections.singleton(id));
            }
        });
        if (!together.isEmpty() || passes.isEmpty()) {
            passes.add(0, together);
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
