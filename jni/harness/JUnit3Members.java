package varyharness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import junit.framework.Test;
import junit.framework.TestSuite;

/** Finds the suites of whole classes in a JUnit 3 suite: {@code suite.addTestSuite(X.class)}, {@code suite.addTest(X.suite())}. */
final class JUnit3Members {
    /** What a driver makes of tests and classes. */
    interface Maker {
        List<TestMethod> methods(Test test);

        /** What would run for the class by itself; empty if nothing would. */
        List<TestMethod> methods(Class<?> type) throws Throwable;

        /** The class that a test of a kind that JUnit 3 has not runs as a whole; null if it does not. */
        Class<?> whole(Test test);
    }

    private final Maker maker;
    private final Class<?> owner;
    private final Map<Class<?>, Integer> members = new HashMap<>();
    private final List<Class<?>> order = new ArrayList<>();

    private JUnit3Members(Maker maker, Class<?> owner) {
        this.maker = maker;
        this.owner = owner;
    }

    /**
     * @param owner whose {@code suite()} made the test
     * @return in order; a class that is there twice may be set up in two ways, and is none
     */
    static List<Class<?>> of(Class<?> owner, Test test, Maker maker) throws Throwable {
        JUnit3Members members = new JUnit3Members(maker, owner);
        members.add(test);
        members.order.removeIf(member -> members.members.get(member) > 1);
        return members.order;
    }

    private void add(Test test) throws Throwable {
        Class<?> member = member(test);
        if (member != null && member != owner && maker.methods(member).equals(maker.methods(test))) {
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
                : maker.whole(test);
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
