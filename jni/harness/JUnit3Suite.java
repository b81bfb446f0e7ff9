package varyharness;

import java.util.List;
import java.util.Set;

import junit.framework.Test;
import org.junit.internal.runners.JUnit38ClassRunner;
import org.junit.internal.runners.SuiteMethod;
import org.junit.runner.Runner;

/**
 * The tests of what a {@code static suite()} makes. JUnit 4's own filter
 * looks at the outermost suite only and would run a whole inner one for one test;
 * its description has a test once that is repeated.
 */
final class JUnit3Suite {
    private JUnit3Suite() {
    }

    static boolean is(Runner runner) {
        return runner instanceof SuiteMethod;
    }

    static Runner choose(Class<?> type, Set<String> wanted) throws Throwable {
        return new JUnit38ClassRunner(JUnit3Tests.choose(SuiteMethod.testFromSuiteMethod(type),
                test -> holds(test, wanted)));
    }

    static List<TestMethod> methods(Class<?> type) throws Throwable {
        return methods(SuiteMethod.testFromSuiteMethod(type));
    }

    private static List<TestMethod> methods(Test test) {
        return JUnit3Tests.methods(test,
                other -> JUnit4Leaves.methods(new JUnit38ClassRunner(other).getDescription()));
    }

    private static boolean holds(Test test, Set<String> wanted) {
        return methods(test).stream().anyMatch(method -> wanted.contains(method.id()));
    }
}
