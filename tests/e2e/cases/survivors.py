"""Why mutants survived: a survivor of every class, and what is told of it."""
import re

from support import case, expect_equal, expect_in


def class_of(method):
    return re.sub("[A-Z]", lambda letter: "_" + letter.group().lower(), method)


def by_class(run):
    return {m["survivor_class"]: m for m in run.report["mutants"]}


@case(quick=True)
def a_survivor_of_every_class_is_told_as_what_it_is(bench):
    run = bench.project("told").expect_verdicts()
    for mutant in run.report["mutants"]:
        expect_equal(mutant["survivor_class"], class_of(mutant["method"]), mutant["id"])
    expect_equal(run.report["metrics"], {
        "survivors": 6, "actionable": 5, "kill_rate": 0, "observability": 16.67,
        "survivor_classes": {"not_covered": 1, "not_infected": 1, "unobserved": 1, "weak_oracle": 1,
                             "equivalent_likely": 1, "other": 1}}, "metrics")


@case
def a_survivor_comes_with_its_evidence(bench):
    mutants = by_class(bench.project("told").expect_verdicts())
    counts = {c: (m["reached_by"], m["infected_in"], m["traced_in"]) for c, m in mutants.items()}
    expect_equal(counts, {"not_covered": (0, 0, 0), "not_infected": (1, 0, 0), "unobserved": (1, 1, 1),
                          "weak_oracle": (1, 1, 1), "equivalent_likely": (1, 0, 0), "other": (1, 1, 0)},
                 "tests that reach, that infect, that were traced")
    weak = mutants["weak_oracle"]
    crossed = {k: weak["crossed"][k] for k in ("test", "kind", "method", "original", "mutated")}
    expect_equal(crossed, {"test": "told.ToldTest.weakOracle", "kind": "result", "method": "weakOracle",
                           "original": "5", "mutated": "-1"}, "the first difference")
    expect_in("told/Told.weakOracle", weak["crossed"]["callee"], "what the test called")
    expect_equal((weak["asserted"]["original"], weak["asserted"]["mutated"]), ("5", "-1"), "what was asserted")
    expect_in("differs from run to run", mutants["other"]["survivor_says"], "why it is other")
    expect_equal(mutants["unobserved"]["crossed"], None, "what crossed of an unobserved one")


@case
def no_test_of_a_suite_that_does_next_to_nothing_is_heavy(bench):
    run = bench.project("hardly-tested").mutate("--operators", "ARITH_ADD_TO_SUB", "--allow-zero-kills").exits(0)
    mutant, = run.report["mutants"]
    expect_equal((mutant["survivor_class"], mutant["traced_in"]), ("weak_oracle", 1), "class, tests traced")


@case
def without_the_explanation_no_survivor_has_a_class(bench):
    run = bench.project("told").expect_verdicts("--no-explain")
    expect_equal({m["survivor_class"] for m in run.report["mutants"]}, {None}, "classes")
    expect_equal(run.report["metrics"]["observability"], None, "observability")
    expect_equal(run.report["timing"]["cpu_parts_s"]["explain"], 0, "CPU time of explaining")


@case
def what_another_class_left_behind_is_no_difference_of_the_mutants(bench):
    run = bench.project("guests").expect_verdicts()
    classes = [mutant["survivor_class"] for mutant in run.report["mutants"]]
    expect_equal(classes, ["unobserved"], "survivor classes")
