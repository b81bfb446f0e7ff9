package varyharness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs every driver over the cases beside this file; the engines are on the class path, the cases in loaders below it. */
public final class DriversTest {
    private static int passed;
    private static int failed;

    private final Path cases;
    private final List<String> classes;
    private final List<Driver> drivers = Drivers.find(ClassLoader.getSystemClassLoader());

    private DriversTest(Path cases) throws IOException {
        this.cases = cases;
        try (Stream<Path> files = Files.walk(cases)) {
            classes = files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> cases.relativize(file).toString().replace(".class", "").replace('/', '.'))
                    .filter(name -> !name.startsWith("direct.")).sorted().collect(Collectors.toList());
        }
    }

    /** @param arguments the folder of compiled cases, then the drivers that must be there */
    public static void main(String[] arguments) throws Exception {
        DriversTest test = new DriversTest(Paths.get(arguments[0]));
        List<String> names = test.drivers.stream().map(Driver::name).collect(Collectors.toList());
        expect("drivers", names, Arrays.asList(arguments).subList(1, arguments.length).toArray(new String[0]));
        if (names.contains("junit-jupiter")) {
            test.candidates();
            TagExpressions.check();
        }
        expect("what failed in a static initialiser",
                List.of(Failure.text(new ExceptionInInitializerError(new IllegalStateException("no such zone")), null)),
                "java.lang.ExceptionInInitializerError: java.lang.IllegalStateException: no such zone");
        for (Driver driver : test.drivers) {
            switch (driver.name()) {
            case "junit-jupiter":
                test.jupiter(driver);
                break;
            case "junit4":
                test.junit4(driver);
                break;
            case "junit3":
                test.junit3(driver);
                break;
            case "testng":
                test.testng(driver);
                break;
            default:
                break;
            }
            test.sameIdsAgain(driver);
            test.leavesNothingBehind(driver);
            new DirectTest(driver, test::loader).check();
        }
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }

    private URLClassLoader loader() {
        try {
            return new URLClassLoader(new URL[] {cases.toUri().toURL()}, ClassLoader.getSystemClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void jupiter(Driver driver) throws IOException {
        ClassLoader loader = loader();
        Heard trace = new Heard(driver).discover(loader, classes);
        expect("jupiter: containers", trace.containers.keySet(), "jupiter.AllDisabled", "jupiter.BeforeAllAssumes",
                "jupiter.BeforeAllFails", "jupiter.ConstructorFails", "jupiter.Derived", "jupiter.Derived$Static",
                "jupiter.Plain", "jupiter.Sequence", "jupiter.Templates");
        expect("jupiter: classes that cannot be loaded", new TreeSet<>(trace.problems.keySet()),
                "jupiter.ExtendsAbsentTest", "jupiter.NeedsAbsentTest");
        expect("jupiter: discovery initialises nothing", initialised(), "null");
        expect("jupiter: results", trace.run(loader, "jupiter.Plain"),
                "skip assumes", "fail fails: on purpose", "skip disabled", "pass passes");
        expect("jupiter: chosen units in the engine's order", trace.run(loader, "jupiter.Plain", "passes", "fails"),
                "fail fails: on purpose", "pass passes");
        expect("jupiter: templates are units", trace.run(loader, "jupiter.Templates"), "fail factory: inside",
                "fail factoryThrows: no tests", "fail parameterized: two", "skip repeated", "pass someAssume");
        expect("jupiter: one template", trace.run(loader, "jupiter.Templates", "parameterized"),
                "fail parameterized: two");
        lastInvocation("jupiter", trace, loader, "jupiter.Templates", "parameterized");
        expect("jupiter: inherited, overloaded, nested", new TreeSet<>(trace.run(loader, "jupiter.Derived")),
                "pass inherited", "pass inner", "pass overloaded");
        expect("jupiter: every unit of those", trace.events.size(), "5");
        expect("jupiter: class-level set-up fails", trace.run(loader, "jupiter.BeforeAllFails"),
                "container: no set-up");
        expect("jupiter: class-level assumption", trace.run(loader, "jupiter.BeforeAllAssumes"), "skip a");
        expect("jupiter: constructor fails", trace.run(loader, "jupiter.ConstructorFails"), "fail a: no instance");
        expect("jupiter: disabled class", new TreeSet<>(trace.run(loader, "jupiter.AllDisabled")), "skip a", "skip b");
        List<String> all = new ArrayList<>(trace.run(loader, "jupiter.Sequence"));
        expect("jupiter: all", new TreeSet<>(all), "pass a", "pass b", "pass c", "pass d");
        System.clearProperty("vary.drivers.afterAll");
        expect("jupiter: stop after a unit", trace.stopAt("pass a").run(loader, "jupiter.Sequence"),
                "pass a", "stopped");
        expect("jupiter: tear-down still runs", System.getProperty("vary.drivers.afterAll"), "true");
        expect("jupiter: stop before a unit", trace.stopAt("start b").run(loader, "jupiter.Sequence"),
                "pass a", "stopped");
        expect("jupiter: stop in a nested class", trace.stopAt(all.get(2)).run(loader, "jupiter.Sequence"),
                "pass a", "pass b", all.get(2), "stopped"); // versions order nested classes in different ways
    }

    /** Of three, the second fails. */
    private static void lastInvocation(String driver, Heard trace, ClassLoader loader, String container,
            String method) {
        expect(driver + ": one failure ends a run", trace.endAtFailure(true).run(loader, container, method).size(), "2");
        expect(driver + ": which is then", trace.events.get(1), "stopped");
        expect(driver + ": no invocation after it", System.getProperty("vary.drivers.invocation"), "2");
        trace.endAtFailure(false).run(loader, container, method);
        expect(driver + ": all invocations", System.getProperty("vary.drivers.invocation"), "3");
    }

    private static String initialised() {
        return System.getProperty("vary.drivers.initialised");
    }

    private void junit4(Driver driver) throws IOException {
        ClassLoader loader = loader();
        Heard trace = new Heard(driver).discover(loader, classes);
        expect("junit4: containers", trace.containers.keySet(), "vintage.BeforeClassFailsTest",
                "vintage.CustomRunnerTest", "vintage.EnclosingTest$First", "vintage.EnclosingTest$Second",
                "vintage.InheritsTest", "vintage.LegacyKindOneTest", "vintage.LegacyKindTwoTest", "vintage.LegacyPartTest", "vintage.LegacyRepeatedSuite",
                "vintage.LegacySequenceTest", "vintage.LegacySetUpSuite", "vintage.LegacySuite", "vintage.LegacyTest",
                "vintage.ParametersTest", "vintage.PartlyAssumedTest", "vintage.PlainTest", "vintage.SequenceTest",
                "vintage.SetUpSuite$Part",
                "vintage.TheoriesTest");
        expect("junit4: problems", new TreeSet<>(trace.problems.keySet()), "vintage.BrokenTest",
                "vintage.LegacyPartTest");
        expect("junit4: results", trace.run(loader, "vintage.PlainTest"), "skip a_assumes",
                "fail b_fails: on purpose", "skip c_ignored", "pass d_passes", "pass e_inThread");
        expect("junit4: chosen units", trace.run(loader, "vintage.PlainTest", "d_passes", "b_fails"),
                "fail b_fails: on purpose", "pass d_passes");
        expect("junit4: all parameter sets are one unit", trace.run(loader, "vintage.ParametersTest"),
                "fail one: two. Actual: 2", "pass two");
        expect("junit4: one unit of them", trace.run(loader, "vintage.ParametersTest", "two"), "pass two");
        lastInvocation("junit4", trace, loader, "vintage.ParametersTest", "one");
        expect("junit4: skipped only where no parameter set passes", trace.run(loader, "vintage.PartlyAssumedTest"),
                "pass first", "pass last", "skip none");
        expect("junit4: theories", trace.run(loader, "vintage.TheoriesTest"), "pass positive");
        expect("junit4: enclosed", trace.run(loader, "vintage.EnclosingTest$Second"), "pass shared");
        expect("junit4: inherited", trace.run(loader, "vintage.InheritsTest"), "pass shared");
        expect("junit4: a runner that cannot choose", trace.run(loader, "vintage.CustomRunnerTest", "second thing"),
                "pass second thing");
        expect("junit4: class-level set-up fails", trace.run(loader, "vintage.BeforeClassFailsTest"),
                "container: no set-up");
        System.clearProperty("vary.drivers.afterClass");
        expect("junit4: stop after a unit", trace.stopAt("pass b").run(loader, "vintage.SequenceTest"),
                "pass a", "pass b", "stopped");
        expect("junit4: tear-down still runs", System.getProperty("vary.drivers.afterClass"), "true");
        expect("junit4: stop before a unit", trace.stopAt("start b").run(loader, "vintage.SequenceTest"),
                "pass a", "stopped");
        trace.stopAt("");
        junit3(trace, loader);
        expect("junit4: a suite alone is taken apart",
                new Heard(driver).discover(loader, List.of("vintage.AllTests")).containers.keySet(),
                "vintage.PlainTest", "vintage.ParametersTest", "vintage.LegacyTest");
        Heard setUp = new Heard(driver).discover(loader, List.of("vintage.SetUpSuite"));
        expect("junit4: not one that is set up", setUp.containers.keySet(), "vintage.SetUpSuite");
        expect("junit4: it is then", setUp.run(loader, "vintage.SetUpSuite"), "pass shared");
        wholeClasses(driver, loader);
    }

    private static void wholeClasses(Driver driver, ClassLoader loader) {
        Heard trace = new Heard(driver).discover(loader, List.of("vintage.LegacyWholeSuite"));
        expect("junit3: whole classes of a suite, then the rest", trace.containers.keySet(),
                "vintage.LegacyKindOneTest", "vintage.LegacyKindTwoTest", "vintage.LegacyTest",
                "vintage.LegacyWholeSuite");
        expect("junit3: what is set up stays with it", trace.containers.get("vintage.LegacyWholeSuite").size(), "2");
        expect("junit3: a class of it", trace.run(loader, "vintage.LegacyKindOneTest"), "pass testOne", "pass part");
    }

    private void junit3(Driver driver) throws IOException {
        ClassLoader loader = loader();
        Heard trace = new Heard(driver).discover(loader, classes);
        expect("junit3: containers", trace.containers.keySet(), "vintage.LegacyKindOneTest",
                "vintage.LegacyKindTwoTest", "vintage.LegacyPartTest",
                "vintage.LegacyRepeatedSuite", "vintage.LegacySequenceTest", "vintage.LegacySetUpSuite",
                "vintage.LegacySuite", "vintage.LegacyTest");
        junit3(trace, loader);
        wholeClasses(driver, loader);
    }

    private void junit3(Heard trace, ClassLoader loader) {
        expect("junit3: a method that it cannot run", String.valueOf(trace.problems.get("vintage.LegacyPartTest"))
                .contains("testHidden"), "true");
        expect("junit3: the one beside it", trace.run(loader, "vintage.LegacyPartTest"), "pass testGood");
        expect("junit3: repeated", trace.run(loader, "vintage.LegacyRepeatedSuite"),
                "fail third: third time", "pass fourth");
        expect("junit3: set-up of a suite", trace.run(loader, "vintage.LegacySetUpSuite"),
                "container: no common set-up");
        expect("junit3: results", new TreeSet<>(trace.run(loader, "vintage.LegacyTest")), // 3.8 sorts no methods
                "fail testTwo: on purpose", "pass testOne");
        expect("junit3: chosen unit", trace.run(loader, "vintage.LegacyTest", "testTwo"), "fail testTwo: on purpose");
        expect("junit3: suite", trace.run(loader, "vintage.LegacySuite"), "pass made 1", "pass made 2", "pass made 3");
        expect("junit3: two classes with a test of the same name and kind",
                trace.run(loader, "vintage.LegacyKindTwoTest"), "pass testTwo", "fail part: size expected:<1> but was:<2>");
        System.clearProperty("vary.drivers.made");
        expect("junit3: one test of a suite", trace.run(loader, "vintage.LegacySuite", "made 2"), "pass made 2");
        expect("junit3: no other test ran", System.getProperty("vary.drivers.made"), "made 2;");
        String first = trace.run(loader, "vintage.LegacySequenceTest").get(0);
        expect("junit3: stop", trace.stopAt(first).run(loader, "vintage.LegacySequenceTest"), first, "stopped");
        trace.stopAt("");
    }

    private void testng(Driver driver) throws IOException {
        ClassLoader loader = loader();
        Heard trace = new Heard(driver).discover(loader, classes);
        expect("testng: containers", trace.containers.keySet(), "testng.BeforeClassFailsNG", "testng.ClassLevelNG",
                "testng.ConstructorFailsNG", "testng.FactoryNG", "testng.MisfitNG", "testng.PlainNG");
        expect("testng: results", new TreeSet<>(trace.run(loader, "testng.PlainNG")), "fail b_data: two expected [true] but found [false]",
                "pass a_setUp", "pass e_depends", "pass g_thrice", "pass h_expects", "skip c_skips",
                "skip d_disabled", "skip f_dependsOnFailure");
        expect("testng: every unit of those", trace.events.size(), "8");
        expect("testng: one unit with its set-up", trace.run(loader, "testng.PlainNG", "a_setUp"), "pass a_setUp");
        expect("testng: one unit with its data", trace.run(loader, "testng.PlainNG", "b_data"),
                "fail b_data: two expected [true] but found [false]");
        lastInvocation("testng", trace, loader, "testng.PlainNG", "b_data");
        expect("testng: one unit that depends on another", trace.run(loader, "testng.PlainNG", "e_depends"),
                "pass e_depends");
        expect("testng: annotated class", trace.run(loader, "testng.ClassLevelNG"), "pass one", "pass two");
        expect("testng: all instances are one unit", trace.run(loader, "testng.FactoryNG"),
                "fail one: second instance expected [true] but found [false]", "pass two");
        expect("testng: class-level set-up fails", trace.run(loader, "testng.BeforeClassFailsNG"),
                "container: no set-up", "skip a");
        expect("testng: constructor fails", trace.run(loader, "testng.ConstructorFailsNG").size(), "1");
        expect("testng: which is the container's", trace.events.get(0).startsWith("container: "), "true");
        expect("testng: data that does not fit", trace.run(loader, "testng.MisfitNG"), "fail a_never: ", "pass b_other");
        expect("testng: stop after a unit", trace.stopAt("pass one").run(loader, "testng.ClassLevelNG"),
                "pass one", "stopped");
        expect("testng: stop before a unit", trace.stopAt("start two").run(loader, "testng.ClassLevelNG"),
                "pass one", "stopped");
        expect("testng: no reports", Files.exists(Paths.get("test-output")), "false");
    }

    /** Old engines pass over such a class without a word. */
    private void candidates() throws IOException {
        Heard trace = new Heard(null);
        List<Class<?>> loaded = new Candidates(true).load(loader(),
                List.of("jupiter.NeedsAbsentTest", "jupiter.ExtendsAbsentTest", "jupiter.Plain"), trace);
        expect("candidates: loaded", loaded.size(), "1");
        expect("candidates: problems", new TreeSet<>(trace.problems.keySet()), "jupiter.ExtendsAbsentTest",
                "jupiter.NeedsAbsentTest");
    }

    /** Another loader, and what another process would get: nothing in an id depends on objects. */
    private void sameIdsAgain(Driver driver) throws IOException {
        List<String> once = new ArrayList<>(new Heard(driver).discover(loader(), classes).methods.keySet());
        List<String> again = new ArrayList<>(new Heard(driver).discover(loader(), classes).methods.keySet());
        expect(driver.name() + ": the same ids again", again, once.toArray(new String[0]));
    }

    private void leavesNothingBehind(Driver driver) throws Exception {
        WeakReference<ClassLoader> gone = runEverything(driver);
        for (int i = 0; i < 50 && gone.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        expect(driver.name() + ": the loader can be collected", gone.get() == null, "true");
    }

    private WeakReference<ClassLoader> runEverything(Driver driver) throws Exception {
        URLClassLoader loader = loader();
        Thread thread = new Thread(() -> {
            Heard trace = new Heard(driver).discover(loader, classes);
            trace.containers.keySet().forEach(container -> trace.run(loader, container));
        });
        thread.start();
        thread.join();
        loader.close();
        return new WeakReference<>(loader);
    }

    static void expect(String what, Object got, String... wanted) {
        List<String> texts = new ArrayList<>();
        if (got instanceof Collection) {
            ((Collection<?>) got).forEach(one -> texts.add(String.valueOf(one)));
        } else {
            texts.add(String.valueOf(got));
        }
        if (texts.equals(Arrays.asList(wanted))) {
            passed++;
        } else {
            failed++;
            System.out.println("FAILED " + what + "\n  wanted " + Arrays.asList(wanted) + "\n  got    " + texts);
        }
    }
}
