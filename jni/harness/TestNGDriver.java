package varyharness;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.testng.Reporter;
import org.testng.TestNG;
import org.testng.xml.XmlClass;
import org.testng.xml.XmlInclude;
import org.testng.xml.XmlSuite;
import org.testng.xml.XmlTest;

/**
 * TestNG 6.9 and later. A unit is a test method with all its invocations and
 * instances; its id is {@code class#method}. Set-up and tear-down of every
 * level run around the units of a run, whatever groups they are in.
 */
final class TestNGDriver implements Driver {
    private final Candidates candidates;
    private final Map<?, ?> methodNames;

    /** @param tells see {@link Candidates} */
    TestNGDriver(boolean tells) {
        candidates = new Candidates(tells);
        methodNames = methodNames();
    }

    /** A cache of TestNG's that would keep every method ever run, and so its loader. */
    private static Map<?, ?> methodNames() {
        try {
            Field cache = Class.forName("org.testng.internal.MethodHelper").getDeclaredField("CANONICAL_NAME_CACHE");
            cache.setAccessible(true);
            return (Map<?, ?>) cache.get(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new ConcurrentHashMap<>(); // this version has none
        }
    }

    @Override
    public String name() {
        return "testng";
    }

    @Override
    public void discover(ClassLoader loader, List<String> classes, Finder finder) {
        for (Class<?> type : candidates.load(loader, classes, finder)) {
            try {
                TestNGClass tests = new TestNGClass(type);
                for (String method : tests.tests()) {
                    if (finder.tags().want(tests.groups(method))
                            && finder.names().want(List.of(type.getName()), method)) {
                        finder.unit(type.getName(), type.getName() + "#" + method, method);
                    }
                }
            } catch (LinkageError e) {
                if (Candidates.soundsLikeTest(type.getName())) {
                    finder.problem(type.getName(), e);
                }
            }
        }
    }

    @Override
    public void run(ClassLoader loader, String container, List<String> ids, boolean whole, Listener listener) {
        UnitEvents events = new UnitEvents(container, ids, listener);
        try {
            Class<?> type = Class.forName(container, false, loader);
            TestNGClass tests = new TestNGClass(type);
            if (tests.hasFactory()) {
                for (String id : ids) {
                    run(type, tests, Collections.singletonList(id), false, events);
                }
            } else {
                run(type, tests, ids, whole, events);
            }
        } catch (Exception | Error e) {
            events.containerFailed(e);
        } finally {
            forget();
        }
        events.close();
    }

    private static void run(Class<?> type, TestNGClass tests, List<String> ids, boolean whole, UnitEvents events) {
        XmlSuite suite = new XmlSuite();
        suite.setName("vary");
        suite.setVerbose(0);
        XmlTest test = new XmlTest(suite);
        test.setName("vary");
        XmlClass chosen = new XmlClass(type);
        if (!whole) {
            chosen.setIncludedMethods(includes(tests.withDependencies(methods(ids))));
        }
        test.setXmlClasses(new ArrayList<>(List.of(chosen)));
        TestNG testng = new TestNG(false);
        testng.setVerbose(0);
        testng.setXmlSuites(new ArrayList<>(List.of(suite)));
        TestNGRun run = new TestNGRun(type.getName(), tests, ids, events);
        testng.addListener(run);
        testng.run();
        run.close();
    }

    private static Set<String> methods(List<String> ids) {
        Set<String> methods = new LinkedHashSet<>();
        for (String id : ids) {
            methods.add(id.substring(id.lastIndexOf('#') + 1));
        }
        return methods;
    }

    private static List<XmlInclude> includes(Collection<String> methods) {
        List<XmlInclude> includes = new ArrayList<>();
        for (String method : methods) {
            includes.add(new XmlInclude(method));
        }
        return includes;
    }

    /** TestNG's statics remember the last run: the last instance made, results, and what was reported. */
    private void forget() {
        methodNames.clear();
        new TestNG(false);
        Reporter.clear();
        Reporter.setCurrentTestResult(null);
    }
}
