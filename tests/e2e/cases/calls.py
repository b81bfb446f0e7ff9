"""Calls that make no difference: of setters, and those whose result is dropped."""
from support import case, expect, expect_equal


@case
def a_call_that_changes_nothing_is_not_tried_and_one_that_may_is(bench):
    project = bench.project("calls")
    mutants = project.expect_verdicts().report["mutants"]
    needless = [m["id"] for m in mutants if m["status"] == "survived" and m["tests_run"]
                and (m["class"] == "calls.Filler" or m["kind"] == "RETURN_ZERO")
                and m["method"] != "sharedWithOthers"]
    expect_equal(needless, [], "survivors that met a test")
    expect(any(m["tests_run"] for m in mutants if m["method"] == "sharedWithOthers"),
           "a volatile field was taken for one that no other thread sets")


@case
def what_calls_show_is_what_the_whole_suite_says(bench):
    project = bench.project("calls")
    project.vary("parity", ".", "--operators", project.operators()).exits(0)
