"""One change at length: why it survived, an assertion that notices it, a replay, a diff."""
import glob
import os

from support import case, expect, expect_equal, expect_in


def survivor(project, *kinds):
    """The ids of the survivors of these kinds, by kind and line."""
    run = project.mutate("--operators", ",".join(kinds), "--allow-zero-kills").exits(0)
    return {(m["kind"], m["line"]): m["id"] for m in run.report["mutants"] if m["status"] != "killed"}


def id_of(ids, kind, line=None):
    found = [name for (one, at), name in sorted(ids.items()) if one == kind and line in (None, at)]
    expect(found, f"no survivor {kind} at {line} in {ids}")
    return found[0]


def why(bench, project, name, *arguments):
    run = project.mutate("--why", name, *arguments).exits(0)
    bench.validate(run.report, "report")
    expect_equal(len(run.report["mutants"]), 1, "mutants")
    return run.report["mutants"][0]["fix"]


def apply(project, fix):
    """Does what the fix says to the test's source."""
    with open(fix["path"], encoding="utf-8") as file:
        lines = file.read().split("\n")
    code = fix["code"].split("\n")
    if fix["place"] == "replaces":
        lines[fix["first_line"] - 1:fix["last_line"]] = code
    elif fix["place"] == "after":
        lines[fix["last_line"]:fix["last_line"]] = code
    else:
        lines[fix["last_line"] - 1:fix["last_line"] - 1] = code
    if fix["imports"]:
        lines[1:1] = fix["imports"].split("\n")
    with open(fix["path"], "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def recompile_tests(bench, project):
    sources = glob.glob(project.path("src/test/java/**/*.java"), recursive=True)
    bench.compiler.compile(project.path("target/test-classes"),
                           project.path("target/classes") + ":" + bench.classpath(project.engine), sources)


def expect_fix_holds(bench, project, name):
    """What --why proposes, put into the test, passes, and kills the mutant."""
    fix = why(bench, project, name)
    expect(fix and fix["verified"], f"expected a verified fix for {name}, saw {fix}")
    apply(project, fix)
    recompile_tests(bench, project)
    run = project.mutate("--mutants", name).exits(0)
    expect_equal([test["state"] for test in run.report["tests"] if test["state"] != "passed"], [], "tests")
    expect_equal(run.verdicts(), {name: "killed"}, "verdict with the fix in place")
    return fix


@case(quick=True)
def a_result_that_a_test_drops_is_asserted_in_its_place(bench):
    project = bench.project("fixable")
    name = id_of(survivor(project, "ARITH_ADD_TO_SUB"), "ARITH_ADD_TO_SUB", 11)
    fix = expect_fix_holds(bench, project, name)
    expect_equal(fix["place"], "replaces", "place")
    expect_equal(fix["code"], "assertEquals(11, basket.add(5));", "code")
    expect_equal(fix["imports"], "import static org.junit.jupiter.api.Assertions.assertEquals;", "imports")
    expect_equal((fix["original"], fix["mutated"]), ("11", "-9"), "values")


@case
def a_loose_assertion_gets_the_exact_value(bench):
    project = bench.project("fixable")
    name = id_of(survivor(project, "POISON_MAX_VALUE"), "POISON_MAX_VALUE", 19)
    fix = expect_fix_holds(bench, project, name)
    expect_in("assertEquals(12, ", fix["code"], "code")


@case
def what_is_thrown_is_asked_for_its_message(bench):
    project = bench.project("fixable-throws")
    ids = survivor(project, "CALL_REMOVED")
    fix = expect_fix_holds(bench, project, id_of(ids, "CALL_REMOVED", 11))
    expect_equal(fix["code"], 'assertEquals("coin", assertThrows(NullPointerException.class, () -> till.take(null)).getMessage());',
                 "code")
    fix = expect_fix_holds(bench, project, id_of(ids, "CALL_REMOVED", 16))
    expect_equal((fix["place"], fix["code"]), ("after", 'assertEquals("no coin", e.getMessage());'), "place and code")


@case
def the_test_that_held_another_value_is_looked_into_however_many_there_are(bench):
    project = bench.project("fixable-throws", tests=())
    os.makedirs(project.path("src/test/java/shop"))
    light = "".join(f"    @Test\n    void takes{i}() {{\n        new Till().take(\"{i}\");\n    }}\n\n" for i in range(20))
    with open(project.path("src/test/java/shop/TillTest.java"), "w", encoding="utf-8") as file:
        file.write("package shop;\n\nimport static org.junit.jupiter.api.Assertions.assertThrows;\n"
                   "import org.junit.jupiter.api.Test;\n\nclass TillTest {\n" + light +
                   "    @Test\n    void takesNone() {\n        for (int i = 0; i < 5; i++) {\n"
                   "            new Till().take(\"1\");\n        }\n"
                   "        assertThrows(NullPointerException.class, () -> new Till().take(null));\n    }\n}\n")
    recompile_tests(bench, project)
    fix = expect_fix_holds(bench, project, id_of(survivor(project, "CALL_REMOVED"), "CALL_REMOVED", 11))
    expect_equal(fix["place"], "replaces", "place")


@case
def null_is_tried_where_it_is_refused(bench):
    project = bench.project("fixable-throws")
    fix = expect_fix_holds(bench, project, id_of(survivor(project, "CALL_REMOVED"), "CALL_REMOVED", 21))
    expect_equal(fix["place"], "test", "place")
    expect_in('assertEquals("name", assertThrows(NullPointerException.class, () -> new Till().labelled(null)).getMessage());',
              fix["code"], "code")


@case
def a_call_without_end_does_not_keep_others_from_being_tried(bench):
    project = bench.project("fixable-throws", tests=())
    os.makedirs(project.path("src/test/java/shop"))
    with open(project.path("src/test/java/shop/TillTest.java"), "w", encoding="utf-8") as file:
        file.write("package shop;\n\nimport org.junit.jupiter.api.Test;\n\nclass TillTest {\n"
                   "    @Test\n    void sizes() {\n        new Till().size();\n    }\n}\n")
    recompile_tests(bench, project)
    fix = expect_fix_holds(bench, project, id_of(survivor(project, "ARITH_ADD_TO_SUB", "RETURN_ZERO"), "ARITH_ADD_TO_SUB", 35))
    expect_in("Till.count(", fix["code"], "code")


@case
def code_that_no_test_runs_gets_a_test_of_its_own(bench):
    project = bench.project("fixable")
    name = id_of(survivor(project, "COND_BOUNDARY", "ARITH_ADD_TO_SUB"), "COND_BOUNDARY", 27)
    fix = expect_fix_holds(bench, project, name)
    expect_equal(fix["place"], "test", "place")
    expect_in("Basket.discount(50)", fix["code"], "code")


@case
def nothing_that_touches_files_is_called_with_made_up_inputs(bench):
    project = bench.project("fixable")
    fix = why(bench, project, id_of(survivor(project, "ARITH_ADD_TO_SUB"), "ARITH_ADD_TO_SUB", 32))
    expect(not fix["verified"] and fix["place"] is None, f"expected none, saw {fix}")


@case
def nor_is_an_input_made_by_what_touches_files(bench):
    project = bench.project("fixable-files")
    with open(project.path("ab"), "w", encoding="utf-8"):
        pass
    fix = why(bench, project, id_of(survivor(project, "ARITH_MUL_TO_DIV", "RETURN_ZERO"), "ARITH_MUL_TO_DIV"))
    expect(os.path.exists(project.path("ab")), "a file of the project is gone")
    expect(fix["verified"], f"expected a fix with Box.of, saw {fix}")
    expect_in("Box.of(", fix["code"], "code")


@case
def what_is_made_of_identity_is_not_asserted(bench):
    project = bench.project("fixable-files")
    fix = why(bench, project, id_of(survivor(project, "RETURN_ZERO"), "RETURN_ZERO", 31), "-j", "1")
    expect(not fix["verified"], f"a number that is another one in each JVM: {fix}")


@case
def what_why_prints_for_people(bench):
    project = bench.project("fixable")
    name = id_of(survivor(project, "ARITH_ADD_TO_SUB"), "ARITH_ADD_TO_SUB", 11)
    run = project.vary("mutate", ".", "--why", name).exits(0)
    for part in (f"Mutant   {name}", "src/main/java/shop/Basket.java:11:16, in shop.Basket.add()",
                 "   11 - return prices.size() + 10;", "      + return prices.size() - 10;",
                 "shop.BasketTest.sums", "verified: passes on the code as it is, fails on the change",
                 "src/test/java/shop/BasketTest.java:12", "assertEquals(11, basket.add(5));",
                 "vary mutate . --classpath"):
        expect_in(part, run.out, "stdout")
    expect(len(run.out.splitlines()) <= 24, f"more than a screen: {run.out}")


@case
def what_differs_by_chance_is_not_proposed(bench):
    project = bench.project("by-chance")
    for runs_before in "", ".":  # so that one of them differs in the first run that is looked at
        with open(project.path("trace"), "w", encoding="utf-8") as file:
            file.write(runs_before)
        run = project.mutate("--operators", "ARITH_ADD_TO_SUB", "--allow-zero-kills", "--no-store",
                             "--why", "isBright", env={"E2E_TRACE": project.path("trace")}).exits(0)
        expect_equal(run.report["mutants"][0]["fix"]["place"], None, "place of the fix")


@case
def without_the_source_of_the_test_one_line_says_so(bench):
    project = bench.project("fixable")
    name = id_of(survivor(project, "ARITH_ADD_TO_SUB"), "ARITH_ADD_TO_SUB", 11)
    os.remove(project.path("src/test/java/shop/BasketTest.java"))
    fix = why(bench, project, name)
    expect_equal(fix, {"verified": False, "place": None, "says": "the source shop/BasketTest.java is not there"}, "fix")


@case
def tests_that_a_class_inherits_are_said_to_be_inherited(bench):
    project = bench.project("inherited-tests", "junit5")
    ids = survivor(project, "RETURN_TRUE", "RETURN_FALSE")
    fix = why(bench, project, id_of(ids, "RETURN_TRUE"))
    expect(not fix["verified"], f"expected no verified fix, saw {fix}")
    expect_in("box.FullBoxTest inherits its tests", str(fix), "the reason")


@case
def without_a_compiler_an_assertion_is_proposed_as_not_tried_out(bench):
    project = bench.project("fixable")
    name = id_of(survivor(project, "ARITH_ADD_TO_SUB"), "ARITH_ADD_TO_SUB", 11)
    bare = "--jvm-arg=--limit-modules=java.base,java.logging,java.management,jdk.unsupported"  # as in a JRE
    fix = why(bench, project, name, bare)
    expect_equal((fix["verified"], fix["place"], fix["first_line"]), (False, "replaces", 12), "fix")
    expect_in("has no compiler", fix["says"], "says")
    expect_equal(fix["code"], "assertEquals(11, basket.add(5));", "code")
    run = project.vary("mutate", ".", "--why", name, bare).exits(0)
    told = [line for line in run.out.splitlines() if "has no compiler" in line]
    expect(len(told) == 1 and told[0].startswith("Fix      unverified: "), run.out)
    apply(project, fix)
    recompile_tests(bench, project)
    run = project.mutate("--mutants", name).exits(0)
    expect_equal(run.verdicts(), {name: "killed"}, "verdict with what was proposed in place")
    fix = why(bench, project, id_of(survivor(project, "COND_BOUNDARY", "POISON_MAX_VALUE"), "COND_BOUNDARY", 27), bare)
    expect_equal(fix["place"], None, "place where no test can be asked")
    expect_in("has no compiler", fix["says"], "says")


@case
def other_frameworks_get_assertions_of_their_own(bench):
    for engine, test in (("junit4", "import org.junit.Test;\n\npublic class BasketTest {\n    @Test\n"),
                         ("testng", "import org.testng.annotations.Test;\n\npublic class BasketTest {\n    @Test\n"),
                         ("junit3", "import junit.framework.TestCase;\n\npublic class BasketTest extends TestCase {\n")):
        project = bench.project("fixable", engine, tests=())
        os.makedirs(project.path("src/test/java/shop"))
        with open(project.path("src/test/java/shop/BasketTest.java"), "w", encoding="utf-8") as file:
            file.write("package shop;\n\n" + test + "    public void testSums() {\n        Basket basket = new Basket();\n"
                       "        basket.add(5);\n    }\n}\n")
        recompile_tests(bench, project)
        name = id_of(survivor(project, "ARITH_ADD_TO_SUB"), "ARITH_ADD_TO_SUB", 11)
        fix = expect_fix_holds(bench, project, name)
        wanted = "assertEquals(basket.add(5), 11);" if engine == "testng" else "assertEquals(11, basket.add(5));"
        expect_equal(fix["code"], wanted, engine)


@case
def a_replay_shows_what_the_tests_print(bench):
    project = bench.project("fixable")
    name = id_of(survivor(project, "ARITH_ADD_TO_SUB"), "ARITH_ADD_TO_SUB", 11)
    run = project.vary("mutate", ".", "--replay", name).exits(0)
    expect_in("the basket speaks", run.out, "stdout")
    expect_in("passed  shop.BasketTest.sums", run.out, "stdout")


@case(quick=True)
def a_diff_shows_source_and_instructions_and_starts_no_jvm(bench):
    project = bench.project("fixable")
    run = project.vary("mutate", ".", "--diff", "add:ARITH_ADD_TO_SUB", env={"JAVA_HOME": "/nowhere"}).exits(0)
    expect_in("+ return prices.size() - 10;", run.out, "stdout")
    expect("iadd" not in run.out, f"expected no instructions: {run.out}")
    run = project.vary("mutate", ".", "--diff", "add:ARITH_ADD_TO_SUB", "--verbose").exits(0)
    removed = [line for line in run.out.splitlines() if line.startswith("-")]
    added = [line for line in run.out.splitlines() if line.startswith("+")]
    expect(len(removed) == 1 and removed[0].endswith("iadd"), f"removed: {removed}")
    expect(len(added) == 1 and added[0].endswith("isub"), f"added: {added}")


@case
def an_id_that_no_mutant_has_is_answered_with_the_nearest(bench):
    project = bench.project("fixable")
    for option in ("--diff", "--why", "--replay"):
        project.vary("mutate", ".", option, "add:ARITH_AD_TO_SUB:123456").exits(2) \
            .complains("no mutant is called add:ARITH_AD_TO_SUB:123456", "add:ARITH_ADD_TO_SUB")


@case(quick=True)
def asked_again_why_answers_from_the_store_until_something_changes(bench):
    project = bench.project("fixable")
    project.mutate("--operators", "ARITH_ADD_TO_SUB").exits(0)
    first = project.vary("mutate", "--why", "add:ARITH_ADD_TO_SUB").exits(0)
    expect_in("verified: passes on the code as it is", first.out, "stdout")
    expect_in("starting the JVM", first.err, "stderr of the first time")
    again = project.vary("mutate", "--why", "add:ARITH_ADD_TO_SUB").exits(0)
    expect_equal(again.out, first.out, "the answer given before")
    expect_equal(again.err, "", "stderr of the second time")
    expect_in("Replay   vary mutate --replay add:ARITH_ADD_TO_SUB", again.out, "what was typed without a target")
    expect_in("\n         src/test/java/shop/BasketTest.java:", again.out, "path from where it was typed")
    os.utime(project.path("src/test/java/shop/BasketTest.java"), ns=(1, 1))
    later = project.vary("mutate", "--why", "add:ARITH_ADD_TO_SUB").exits(0)
    expect_in("starting the JVM", later.err, "stderr after the test's source was touched")
    def is_found_out(**options):
        run = project.vary("mutate", "--why", "add:ARITH_ADD_TO_SUB", **options).exits(0)
        return "starting the JVM" in run.err
    expect(not is_found_out(), "asked again")
    with open(project.path("target/test-classes/prices.csv"), "w", encoding="utf-8") as file:
        file.write("1;2")
    expect(is_found_out(), "another resource of the tests")
    with open(project.path("vary.toml"), "w", encoding="utf-8") as file:
        file.write("[mutation]\njvm_arg = '-Duser.language=ja'\n")
    expect(is_found_out(), "another option in vary.toml")
    expect(is_found_out(env={"TZ": "Asia/Tokyo"}), "another time zone")
    expect(not is_found_out(), "asked again as before")


@case
def without_a_target_there_must_have_been_a_run(bench):
    project = bench.project("fixable")
    project.vary("mutate", "--why", "add:ARITH_ADD_TO_SUB").exits(2).complains("vary mutate")
    project.mutate("--operators", "ARITH_ADD_TO_SUB").exits(0)
    for option in ("--why", "--replay", "--diff"):
        project.vary("mutate", option, "nobody").exits(2).complains("no run in", "has a mutant called nobody")
