"""Tests that need for themselves what there is only one of."""
from support import case, expect, expect_equal, expect_in


@case
def two_classes_on_one_port_are_never_run_at_once(bench):
    bench.project("fixed-port").expect_verdicts("--jobs", "2")


@case
def two_classes_on_one_file_are_never_run_at_once(bench):
    bench.project("fixed-file").expect_verdicts("--jobs", "2")


@case
def standard_output_caught_by_a_test_is_its_own(bench):
    bench.project("caught-output").expect_verdicts("--jobs", "4", "--slots", "4")


@case
def what_a_mutant_leaves_in_a_library_kills_no_other(bench):
    project = bench.project("library-state")
    for way in ["--jobs", "1"], ["--jobs", "2"], ["--matrix", "--jobs", "1"], ["--reference", "--jobs", "1"]:
        run = project.expect_verdicts(*way)
        expect_equal({test["state"] for test in run.tests().values()}, {"passed"}, f"tests, {way}")
    pollution = run.report["timing"]["pollution"]
    expect(pollution["mutants_heard_again"] > 0, f"{pollution}")
    expect_in("left something behind", project.vary("mutate", ".", "--jobs", "1").exits(0).out, "report")


@case
def a_test_that_fails_everywhere_since_a_mutant_left_a_file_is_flaky(bench):
    run = bench.project("left-file").expect_verdicts("--jobs", "1")
    expect_equal(run.states(), {"desk.DeskTest.isLeftAsItWas": "flaky", "desk.DeskTest.hasRows": "passed"}, "tests")


@case
def the_system_class_loader_has_the_classes_of_the_run(bench):
    project = bench.project("system-loader")
    for way in ["--jobs", "2"], ["--reference", "--jobs", "2"]:
        run = project.expect_verdicts(*way)
        expect_equal({test["state"] for test in run.tests().values()}, {"passed"}, f"tests, {way}")


@case
def a_class_that_a_library_loads_for_itself_is_told(bench):
    project = bench.project("second-copy")
    run = project.expect_verdicts("--jobs", "1")
    expect_equal(run.report["copies"], ["shop.Rebate, seen in shop.FinderTest"], "copies")
    expect_in("Copies: 1 class", project.vary("mutate", ".", "--jobs", "1").exits(0).out, "report")
    expect_equal(bench.project("thirty").mutate("--jobs", "1").exits(0).report["copies"], [], "copies")
