package varyharness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import junit.framework.Test;
import junit.framework.TestSuite;

/** Finds the suites of whole classes in a JUnit 3 suite: {@code suite.addTestSuite(X.class)}, {@code suite.addTest(X.suite())}. */
final class JUnit3Members {
    private final Containers<?> containers;
    private final Function<Test, List<TestMethod>> methods;
    private final Function<Test, Class<?>> whole;
    private final Class<?> owner;
    private final Map<Class<?>, Integer> members = new HashMap<>();
    private final List<Class<?>> order = new ArrayList<>();

    private JUnit3Members(Class<?> owner, Containers<?> containers, Function<Test, List<TestMethod>> methods,
            Function<Test, Class<?>> whole) {
        this.owner = owner;
        this.containers = containers;
        this.methods = methods;
        this.whole = whole;
    }

    /**
     * @param owner whose {@code suite()} made the test
     * @param methods what a test would run
     * @param whole the class that a test of a kind that JUnit 3 has not runs as a whole; null if it does not
     * @return in order; a class that is there twice may be set up in two ways, and is none
     */
    static List<Class<?>> of(Class<?> owner, Test test, Containers<?> containers,
            Function<Test, List<TestMethod>> methods, Function<Test, Class<?>> whole) throws Throwable {
        JUnit3Members members = new JUnit3Members(owner, containers, methods, whole);
        members.add(test);
        members.order.removeIf(member -> members.members.get(member) > 1);
        return members.order;
    }

    private void add(Test test) throws Throwable {
        Class<?> member = member(test);
        if (member != null && member != owner && containers.methods(member).equals(methods.apply(test))) {
            if (members.merge(member, 1, Integer::sum) == 1) {
                order.add(member);
            }
        } else if (test.getClass() == TestSuite.class) {
            for (int i = 0; i < ((TestSuite) test).testCount(); i++) {
                add(((TestSuite) test).testAt(i));
            }
        }
    }

    /** The class that the test seems to be all of: a suite has its name, with or without the package. */
    private Class<?> member(Test test) {
        return test.getClass() == TestSuite.class ? named(((TestSuite) test).getName(), (TestSuite) test)
                : whole.apply(test);
    }

    private static Class<?> named(String name, TestSuite suite) {
        for (int i = 0; i < suite.testCount(); i++) {
            Test test = suite.testAt(i);
            Class<?> type = test.getClass() == TestSuite.class ? named(name, (TestSuite) test) : test.getClass();
            if (type != null && (type.getName().equals(name) || type.getSimpleName().equals(name))) {
                return type;
            }
        }
        return null;
    }
}
