"""What the assertions of each test depend on, and which tests lie."""
import glob
import re

from support import case, expect, expect_equal, expect_in

TEST = re.compile(r"void (\w+)\(\).*// (\w+) (\w+)$")


def marked(project):
    """Test -> (strength, bucket), from the comments of the tests."""
    found = {}
    for path in glob.glob(project.path("src/test/java/shop/*.java")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                match = TEST.search(line)
                if match:
                    found["shop.TillTest." + match.group(1)] = (match.group(2), match.group(3))
    return found


def expect_buckets(bench, fixture, engine):
    project = bench.project(fixture, engine)
    run = project.vary("lie-detector", ".", "--output", "json").exits(0)
    bench.validate(run.report, "lies")
    seen = {test["test"]: (test["strength"], test["bucket"]) for test in run.report["tests"]}
    wanted = marked(project)
    wrong = [f"{name}: expected {wanted.get(name)}, saw {seen.get(name)}"
             for name in sorted({*wanted, *seen}) if wanted.get(name) != seen.get(name)]
    expect(wanted and not wrong, "; ".join(wrong))
    return project, run.report


@case(quick=True)
def every_strength_and_bucket_is_told(bench):
    project, report = expect_buckets(bench, "oracles", "junit5")
    states = {method["method"]: method["state"] for method in report["methods"]}
    expect_equal(states["remember"], "pseudo_tested", "Till.remember")
    expect_equal(states["add"], "tested", "Till.add")
    unread = {(item["kind"], item["name"]) for item in report["never_asserted"]}
    expect(("field", "note") in unread, unread)
    text = project.vary("lie-detector", ".", "--top", "0").exits(0).out
    for part in ("7 PLACEBO", "2 LIE", "1 GAP", "Pseudo-tested", "Never asserted",
                 "assertNotEquals passes although Till.add() returned", "has no assertion: only an exception fails it"):
        expect_in(part, text, "the page")
    expect(all(len(line) <= 100 for line in text.splitlines()), text)


@case
def what_is_left_out_of_the_tests_is_test_code_all_the_same(bench):
    project = bench.project("oracles", "junit5")
    run = project.vary("lie-detector", ".", "--output", "json", "--include-tests", "shop.TillTest").exits(0)
    strengths = {test["test"]: test["strength"] for test in run.report["tests"]}
    expect_equal(strengths["shop.TillTest.inherited"], "strong", "a test of a superclass that is not asked for")


@case
def junit4_has_more_ways_to_expect(bench):
    expect_buckets(bench, "oracles-junit4", "junit4")


@case
def the_report_of_a_run_tells_strengths_and_methods(bench):
    project = bench.project("oracles", "junit5")
    run = project.mutate().exits(0)
    bench.validate(run.report, "report")
    strengths = {name: test["strength"] for name, test in run.tests().items()}
    expect_equal(strengths, {name: told[0] for name, told in marked(project).items()}, "strengths")
    expect("pseudo_tested" in {method["state"] for method in run.report["methods"]}, "methods")


@case
def a_run_that_measures_nothing_is_no_good_news(bench):
    project = bench.project("no-tests-in-it", "junit5")
    project.vary("lie-detector", ".").exits(3)
