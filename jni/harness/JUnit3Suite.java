package varyharness;

import java.util.Set;

import junit.framework.Test;
import junit.framework.TestSuite;
import org.junit.internal.runners.JUnit38ClassRunner;
import org.junit.internal.runners.SuiteMethod;
import org.junit.runner.Description;
import org.junit.runner.Runner;

/**
 * Chooses tests from what a {@code static suite()} makes. JUnit's own filter
 * looks at the outermost suite only and would run a whole inner one for one test.
 */
final class JUnit3Suite {
    private JUnit3Suite() {
    }

    static boolean is(Runner runner) {
        return runner instanceof SuiteMethod;
    }

    static Runner choose(Class<?> type, Set<String> wanted) throws Throwable {
        return new JUnit38ClassRunner(chosen(SuiteMethod.testFromSuiteMethod(type), wanted));
    }

    /** Plain suites are made anew; what decorates tests, or runs them in its own way, stays as it is. */
    private static Test chosen(Test test, Set<String> wanted) {
        if (test.getClass() != TestSuite.class) {
            return test;
        }
        TestSuite from = (TestSuite) test;
        TestSuite suite = new TestSuite(from.getName());
        for (int i = 0; i < from.testCount(); i++) {
            Test child = from.testAt(i);
            if (holds(child, wanted)) {
                suite.addTest(chosen(child, wanted));
            }
        }
        return suite;
    }

    private static boolean holds(Test test, Set<String> wanted) {
        for (Description leaf : JUnit4Unit.leaves(new JUnit38ClassRunner(test).getDescription())) {
            if (wanted.contains(JUnit4Unit.of(leaf).id())) {
                return true;
            }
        }
        return false;
    }
}
