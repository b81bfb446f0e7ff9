package varyharness;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import junit.framework.JUnit4TestAdapter;
import junit.framework.Test;
import org.junit.Ignore;
import org.junit.internal.runners.JUnit38ClassRunner;
import org.junit.internal.runners.SuiteMethod;
import org.junit.runner.Request;
import org.junit.runner.RunWith;
import org.junit.runner.Runner;
import org.junit.runners.Suite;

/**
 * What JUnit 4 runs for a class, made anew: good for one run.
 *
 * The tests that a {@code static suite()} makes are kept, not only their
 * runner: its filter looks at the outermost suite only and would run a whole
 * inner one for one test; its description has a test once that is repeated. And
 * to make them may be dear.
 */
final class JUnit4Tests {
    /** By name: not every JUnit 4 has them all. */
    private static final Set<String> SET_UP = Set.of("org.junit.BeforeClass", "org.junit.AfterClass",
            "org.junit.ClassRule");

    private final Class<?> type;
    private final Test suite; // null: the class has none
    private final Runner runner;

    JUnit4Tests(Class<?> type) throws Throwable {
        this.type = type;
        this.suite = hasSuite(type) ? SuiteMethod.testFromSuiteMethod(type) : null;
        this.runner = suite != null ? new JUnit38ClassRunner(suite) : Request.aClass(type).getRunner();
    }

    /** Whether JUnit 4 asks the class itself: what its annotations say comes before that. */
    private static boolean hasSuite(Class<?> type) {
        if (type.isAnnotationPresent(Ignore.class) || type.isAnnotationPresent(RunWith.class)) {
            return false;
        }
        try {
            type.getMethod("suite");
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** What would run, in order. */
    List<TestMethod> methods() {
        if (suite != null) {
            return methods(suite);
        }
        List<TestMethod> all = JUnit4Leaves.methods(runner.getDescription());
        Set<TestMethod> announced = new HashSet<>(all);
        SpockFeatures.all(type).stream().filter(announced::add).forEach(all::add);
        return all;
    }

    private static List<TestMethod> methods(Test test) {
        return JUnit3Tests.methods(test,
                other -> JUnit4Leaves.methods(new JUnit38ClassRunner(other).getDescription()));
    }

    /** As {@link Containers#members}. */
    List<Class<?>> members(Containers<?> containers) throws Throwable {
        if (suite == null) {
            return runner.getClass() == Suite.class && !isSetUp(type)
                    ? suiteClasses(containers) : Collections.emptyList();
        }
        return JUnit3Members.of(type, suite, containers, JUnit4Tests::methods, JUnit4Tests::whole);
    }

    private static Class<?> whole(Test test) {
        return test.getClass() == JUnit4TestAdapter.class ? ((JUnit4TestAdapter) test).getTestClass() : null;
    }

    private static boolean isSetUp(Class<?> type) {
        List<AnnotatedElement> parts = new ArrayList<>(Arrays.asList(type.getMethods()));
        parts.addAll(Arrays.asList(type.getFields()));
        return parts.stream().flatMap(part -> Stream.of(part.getAnnotations()))
                .anyMatch(annotation -> SET_UP.contains(annotation.annotationType().getName()));
    }

    private List<Class<?>> suiteClasses(Containers<?> containers) throws Throwable {
        List<Class<?>> members = new ArrayList<>();
        for (Class<?> member : Arrays.asList(type.getAnnotation(Suite.SuiteClasses.class).value())) {
            if (!members.contains(member) && !containers.methods(member).isEmpty()) {
                members.add(member);
            }
        }
        return members;
    }

    /** The runner, as JUnit would run it. */
    Runner all() {
        return runner;
    }

    /** A runner for some of the tests; of those that cannot choose, for all. */
    Runner choose(Set<String> wanted) throws Throwable {
        if (suite != null) {
            return new JUnit38ClassRunner(JUnit3Tests.choose(suite,
                    test -> methods(test).stream().anyMatch(method -> wanted.contains(method.id()))));
        }
        JUnit4Run.only(method -> method.isBroken() || wanted.contains(method.id())).apply(runner);
        return runner;
    }
}
