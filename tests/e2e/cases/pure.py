"""Removed calls of methods without effects: they matter where the result is another, or the call throws."""
from support import case, expect, expect_equal


@case
def a_call_without_effects_is_tried_where_its_result_matters(bench):
    report = bench.project("pure").expect_verdicts("--jobs", "1").report
    removed = {m["method"]: m for m in report["mutants"] if m["kind"] == "CALL_REMOVED"}
    for method in "nobodyGivesNull", "nothingIsDifferent", "begun", "firstOf":
        met = [m["id"] for m in report["mutants"]
               if m["method"] == method and m["status"] == "survived" and m["tests_run"]]
        expect_equal(met, [], f"survivors of {method} that met a test")
    expect_equal(removed["nobodyGivesNull"]["survivor_class"], "not_infected", "a check that never fails")
    expect(removed["length"]["tests_run"] + removed["checked"]["tests_run"] > 0, "a call that throws makes a difference")


@case
def what_results_show_is_what_the_whole_suite_says(bench):
    project = bench.project("pure")
    project.vary("parity", ".", "--operators", project.operators()).exits(0)
