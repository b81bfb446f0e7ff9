package varyharness;

import java.util.ArrayList;
import java.util.List;

import org.junit.runner.Description;

/** The tests in JUnit 4's tree of descriptions. */
final class JUnit4Leaves {
    private JUnit4Leaves() {
    }

    /** All descriptions without children that are tests; an ignored class has none. */
    static List<Description> all(Description root) {
        List<Description> leaves = new ArrayList<>();
        add(root, leaves);
        return leaves;
    }

    private static void add(Description at, List<Description> leaves) {
        List<Description> children = at.getChildren();
        if (!children.isEmpty()) {
            for (Description child : children) {
                add(child, leaves);
            }
        } else if (!method(at).method().isEmpty()) {
            leaves.add(at);
        }
    }

    static List<TestMethod> methods(Description root) {
        List<TestMethod> methods = new ArrayList<>();
        for (Description leaf : all(root)) {
            methods.add(method(leaf));
        }
        return methods;
    }

    /** JUnit shows a test as {@code method(class)}, with anything at all inside the method's name. */
    static TestMethod method(Description leaf) {
        String text = leaf.getDisplayName();
        int open = text.lastIndexOf('(');
        if (open < 0 || !text.endsWith(")")) {
            return new TestMethod(text, "");
        }
        String feature = SpockFeatures.name(leaf);
        return new TestMethod(text.substring(open + 1, text.length() - 1),
                feature != null ? feature : plain(text.substring(0, open)));
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
}
