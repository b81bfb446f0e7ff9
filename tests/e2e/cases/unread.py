"""Setters of fields that nobody reads: a test in which nobody does need not meet a mutant that leaves one out."""
from support import case, expect, expect_equal


def of_line(report, call):
    return next(m for m in report["mutants"] if f".{call}(" in m["description"] and m["method"] == "make")


@case
def what_nobody_reads_no_test_has_to_meet(bench):
    project = bench.project("unread")
    report = project.expect_verdicts("--jobs", "1").report
    for call in "setNever", "setLookedUp":
        mutant = of_line(report, call)
        expect_equal(mutant["tests_run"], 0, f"tests that met the removed {call}()")
        expect(mutant["survivor_class"] != "not_infected", f"the removed {call}() leaves another value")


@case
def whoever_reads_a_field_by_a_lookup_of_his_own_is_not_overlooked(bench):
    project = bench.project("unread", tests=("test", "lookup"))
    report = project.mutate("--operators", project.operators()).exits(0).report
    expect_equal(of_line(report, "setLookedUp")["status"], "killed", "the field that a test looks up")
    expect(of_line(report, "setNever")["tests_run"] > 0, "with private lookups about, any field may be read")


@case
def what_reads_show_is_what_the_whole_suite_says(bench):
    project = bench.project("unread", tests=("test", "lookup"))
    project.vary("parity", ".", "--operators", project.operators()).exits(0)
