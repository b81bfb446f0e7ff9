"""Tests that a build chooses by tags and categories."""
import os

from support import case, expect, expect_equal

POM = """<project><artifactId>shop</artifactId>
  <build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId>
    <configuration>%s</configuration></plugin></plugins></build>
</project>
"""


def write(project, name, text):
    with open(project.path(name), "w", encoding="utf-8") as file:
        file.write(text)


def tests_of(run):
    """Class and method, without the package."""
    return sorted(test["name"].replace("shop.", "") for test in run.exits(0).report["tests"])


def chosen(project, groups, *arguments):
    write(project, "pom.xml", POM % groups)
    return project.mutate("--operators", "ARITH_ADD_TO_SUB", "--allow-zero-kills", *arguments)


JUPITER = ["SumTest.nested", "SumTest.plain", "SumTest.slow", "SumTest.slowAndSure", "UntaggedTest.leavesFile",
           "UntaggedTest.untagged"]


@case
def tests_are_chosen_by_the_tags_that_surefire_chooses(bench):
    project = bench.project("tagged")
    for groups, expected in (
            ("", JUPITER),
            ("<groups>slow</groups>", ["SumTest.slow", "SumTest.slowAndSure"]),
            ("<groups>slow &amp; !sure | inner</groups>", ["SumTest.nested", "SumTest.slow"]),
            ("<groups>inner, sure</groups>", ["SumTest.nested", "SumTest.slowAndSure"]),
            ("<excludedGroups>slow</excludedGroups>", ["SumTest.nested", "SumTest.plain", "UntaggedTest.leavesFile",
                                                             "UntaggedTest.untagged"]),
            ("<groups>sum</groups><excludedGroups>slow|(inner)</excludedGroups>", ["SumTest.plain"]),
            ("<groups>none()</groups>", ["UntaggedTest.untagged"])):
        expect_equal(tests_of(chosen(project, groups)), expected, groups)
    run = chosen(project, "<excludedGroups>slow</excludedGroups>")
    expect("skipped tests that surefire does not run (not tags slow)" in run.err, run.err)
    run = chosen(project, "<excludedGroups>slow</excludedGroups>", "--include-tests", "*")
    expect_equal(tests_of(run), JUPITER, "--include-tests")


@case
def a_test_that_was_left_out_by_its_tag_never_runs(bench):
    project = bench.project("tagged")
    chosen(project, "<excludedGroups>messy</excludedGroups>").exits(0)
    project.vary("parity", ".", "--operators", "ARITH_ADD_TO_SUB").exits(0)
    expect(not os.path.exists(project.path("was-run")), "it was run")
    run = chosen(project, "<groups>none()</groups>").exits(0)  # 0 + 0 is 0 - 0
    expect_equal({mutant["status"] for mutant in run.report["mutants"]}, {"survived"}, "statuses")
    run = chosen(project, "<groups>sure</groups>").exits(0)
    expect_equal({mutant["killing_test"] for mutant in run.report["mutants"]}, {"shop.SumTest.slowAndSure"},
                 "killing tests")
    project.vary("parity", ".", "--operators", "ARITH_ADD_TO_SUB").exits(0)


@case
def tests_are_chosen_by_the_categories_that_surefire_chooses(bench):
    project = bench.project("tagged", engine="junit4", tests=("categories",))
    everything = ["DerivedTest.derived", "DerivedTest.plain", "DerivedTest.slow", "DerivedTest.verySlow",
                  "SumTest.plain", "SumTest.slow", "SumTest.verySlow", "UntaggedTest.untagged"]
    for groups, expected in (
            ("", everything),
            ("<groups>shop.Marks$Slow</groups>",
             ["DerivedTest.slow", "DerivedTest.verySlow", "SumTest.slow", "SumTest.verySlow"]),
            ("<groups>shop.Marks$VerySlow.class</groups>", ["DerivedTest.verySlow", "SumTest.verySlow"]),
            ("<excludedGroups>Marks$Slow</excludedGroups>",
             ["DerivedTest.derived", "DerivedTest.plain", "SumTest.plain", "UntaggedTest.untagged"]),
            ("<groups>Marks$Sum &amp;&amp; NOT Marks$Slow</groups>",
             ["DerivedTest.derived", "DerivedTest.plain", "SumTest.plain"])):
        expect_equal(tests_of(chosen(project, groups)), expected, groups)


@case
def tests_are_chosen_by_the_groups_of_testng(bench):
    project = bench.project("tagged", engine="testng", tests=("testng",))
    for groups, expected in (
            ("", ["SumTest.plain", "SumTest.slow", "UntaggedTest.untagged"]),
            ("<groups>sum</groups><excludedGroups>slow,other</excludedGroups>", ["SumTest.plain"]),
            ("<groups>db</groups>", ["SumTest.slow"]),
            ("<excludedGroups>sum</excludedGroups>", ["UntaggedTest.untagged"])):
        expect_equal(tests_of(chosen(project, groups)), expected, groups)


@case
def an_expression_of_tags_that_is_none_takes_all_tests_and_says_so(bench):
    project = bench.project("tagged")
    run = chosen(project, "<groups>slow | (sure</groups>")
    expect_equal(tests_of(run), JUPITER, "tests")
    expect("is no expression of tags" in run.out, run.err)


def in_gradle(bench, text, name="build.gradle", **options):
    project = bench.project("tagged", classes="build/classes/java/main", test_classes="build/classes/java/test", **options)
    write(project, name, text)
    return project.mutate("--operators", "ARITH_ADD_TO_SUB", "--allow-zero-kills")


@case
def tests_are_chosen_as_gradle_chooses(bench):
    tags = "test { useJUnitPlatform { includeTags 'sum'; excludeTags 'slow' } }\n"
    run = in_gradle(bench, tags)
    expect_equal(tests_of(run), ["SumTest.nested", "SumTest.plain"], "by tags")
    expect("skipped tests that Gradle does not run (only tags sum; not tags slow)" in run.err, run.err)
    names = """tasks.test { filter {
        includeTestsMatching("SumTest*")
        includeTestsMatching("shop.*.untagged")
        excludeTestsMatching("*.slow*")
    } }"""
    expect_equal(tests_of(in_gradle(bench, names, "build.gradle.kts")),
                 ["SumTest.nested", "SumTest.plain", "UntaggedTest.untagged"], "by names")
    inner = "test { filter { excludeTestsMatching '*Inner'; excludeTestsMatching 'UntaggedTest' } }"
    expect_equal(tests_of(in_gradle(bench, inner)), ["SumTest.plain", "SumTest.slow", "SumTest.slowAndSure"], "nested")
    categories = "test { useJUnit { excludeCategories 'shop.Marks$Slow' }\nfilter { excludeTestsMatching '*DerivedTest' } }"
    expect_equal(tests_of(in_gradle(bench, categories, engine="junit4", tests=("categories",))),
                 ["SumTest.plain", "UntaggedTest.untagged"], "by categories")


@case
def what_only_gradle_can_tell_takes_all_tests(bench):
    run = in_gradle(bench, "test { useJUnitPlatform { excludeTags(slowTags) } }")
    expect_equal(tests_of(run), JUPITER, "tests")
    expect("skipped excludeTags of" in run.err, run.err)
