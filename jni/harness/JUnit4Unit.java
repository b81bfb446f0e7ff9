package varyharness;

import java.util.ArrayList;
import java.util.List;

import org.junit.runner.Description;

/** The class and method that a leaf of JUnit 4's descriptions stands for. Holds texts only. */
final class JUnit4Unit {
    private static final String BROKEN = "initializationError"; // what JUnit calls a class that it cannot run

    private final String type;
    private final String method;

    private JUnit4Unit(String type, String method) {
        this.type = type;
        this.method = method;
    }

    /** JUnit shows a test as {@code method(class)}, with anything at all inside the method's name. */
    static JUnit4Unit of(Description leaf) {
        String text = leaf.getDisplayName();
        int open = text.lastIndexOf('(');
        if (open < 0 || !text.endsWith(")")) {
            return new JUnit4Unit(text, "");
        }
        return new JUnit4Unit(text.substring(open + 1, text.length() - 1), plain(text.substring(0, open)));
    }

    /** Without the parameter set: {@code m[0]}, {@code m[3: name]}, {@code m(1, 2) [0]}. */
    private static String plain(String name) {
        int end = 0;
        while (end < name.length() && Character.isJavaIdentifierPart(name.charAt(end))) {
            end++;
        }
        boolean parameters = end < name.length() && (name.endsWith("]") || name.charAt(end) == '(');
        return parameters && end > 0 ? name.substring(0, end) : name;
    }

    /** All descriptions without children that are tests; an ignored class has none. */
    static List<Description> leaves(Description root) {
        List<Description> leaves = new ArrayList<>();
        addLeaves(root, leaves);
        return leaves;
    }

    private static void addLeaves(Description at, List<Description> leaves) {
        List<Description> children = at.getChildren();
        if (!children.isEmpty()) {
            for (Description child : children) {
                addLeaves(child, leaves);
            }
        } else if (!of(at).method.isEmpty()) {
            leaves.add(at);
        }
    }

    boolean isBroken() {
        return method.equals(BROKEN);
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    String id() {
        return type + "#" + method;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JUnit4Unit && id().equals(((JUnit4Unit) other).id());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }
}
