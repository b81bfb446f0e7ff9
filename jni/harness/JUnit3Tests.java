package varyharness;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import junit.extensions.TestDecorator;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;

/** JUnit 3's own view of a class, which needs no more than JUnit 3: what it runs there, and which of it is chosen. */
final class JUnit3Tests {
    private JUnit3Tests() {
    }

    /** Whether the class is a TestCase, or has a {@code public static Test suite()}. */
    static boolean has(Class<?> type) {
        return TestCase.class.isAssignableFrom(type) || suite(type) != null;
    }

    private static Method suite(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals("suite") && Modifier.isStatic(method.getModifiers())
                    && method.getParameterCount() == 0 && Test.class.isAssignableFrom(method.getReturnType())) {
                return method;
            }
        }
        return null;
    }

    /** What JUnit 3 would run for the class. */
    static Test of(Class<?> type) throws Throwable {
        Method suite = suite(type);
        if (suite == null) {
            return new TestSuite(type);
        }
        try {
            return (Test) suite.invoke(null);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The methods that a run of the test would run, in order, each as often as it would. */
    static List<TestMethod> methods(Test test) {
        return methods(test, other -> Collections.singletonList(method(other)));
    }

    /** @param others tells the methods of tests of kinds that JUnit 3 has not */
    static List<TestMethod> methods(Test test, Function<Test, List<TestMethod>> others) {
        List<TestMethod> methods = new ArrayList<>();
        if (test instanceof TestSuite) {
            for (int i = 0; i < ((TestSuite) test).testCount(); i++) {
                methods.addAll(methods(((TestSuite) test).testAt(i), others));
            }
        } else if (test instanceof TestDecorator) {
            Test decorated = ((TestDecorator) test).getTest();
            int once = Math.max(1, decorated.countTestCases()); // it may be repeated
            for (int left = test.countTestCases(); left > 0; left -= once) {
                methods.addAll(methods(decorated, others));
            }
        } else {
            methods.addAll(test instanceof TestCase ? Collections.singletonList(method(test)) : others.apply(test));
        }
        return methods;
    }

    /** A test of the project's own making has no name: its class has one method. */
    static TestMethod method(Test test) {
        String name = test instanceof TestCase ? ((TestCase) test).getName() : "run";
        return new TestMethod(test.getClass().getName(), String.valueOf(name));
    }

    /**
     * The tests of a suite, at any depth, that hold something wanted. Plain
     * suites are made anew; what decorates tests, or runs them in its own way,
     * stays as it is.
     */
    static Test choose(Test test, Predicate<Test> wanted) {
        if (test.getClass() != TestSuite.class) {
            return test;
        }
        TestSuite from = (TestSuite) test;
        TestSuite suite = new TestSuite(from.getName());
        for (int i = 0; i < from.testCount(); i++) {
            Test child = from.testAt(i);
            if (wanted.test(child)) {
                suite.addTest(choose(child, wanted));
            }
        }
        return suite;
    }
}
