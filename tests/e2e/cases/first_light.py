"""A project in Maven's layout with JUnit 5 tests: the ordinary day."""
from support import case, expect, expect_equal, expect_in


@case(quick=True)
def every_mutant_has_the_verdict_its_line_says(bench):
    run = bench.project("first").expect_verdicts(all_operators=True)
    report = run.report
    score = report["score"]
    by_status = {}
    for mutant in report["mutants"]:
        by_status[mutant["status"]] = by_status.get(mutant["status"], 0) + 1
    for status, n in by_status.items():
        expect_equal(score[status], n, f"count of {status}")
    expect_equal(score["detected"], by_status["killed"], "detected")
    expect_equal(score["counted"], len(report["mutants"]), "counted")
    expect_equal(score["score"], round(100 * score["detected"] / score["counted"], 2), "score")
    expect_equal(report["outcome"], {"exit_status": 0, "complete": True, "interrupted": False, "error": None}, "outcome")


@case
def a_killed_mutant_names_its_test_and_its_failure(bench):
    report = bench.project("first").mutate("--operators", "ARITH_MUL_TO_DIV").exits(0).report
    mutant, = report["mutants"]
    expect_equal(mutant["killing_test"], "shop.PriceTest.total", "killing test")
    expect_in("expected: <6> but was: <0>", mutant["detail"], "detail")
    expect_equal(mutant["tests_run"], 1, "tests run")
    expect_equal(mutant["description"], "replaced `unit * count` with `unit / count`", "description")


@case
def one_job_and_two_jobs_give_the_same_verdict_for_every_id(bench):
    project = bench.project("first")
    one = project.mutate("-j", "1").exits(0).verdicts()
    expect(len(one) > 20, f"expected more than 20 mutants, saw {len(one)}")
    expect_equal(project.mutate("-j", "2").exits(0).verdicts(), one, "verdicts with -j 2")
    expect_equal(project.mutate("-j", "4", "--slots", "4").exits(0).verdicts(), one, "verdicts with --slots 4")


@case
def list_shows_what_mutate_tries(bench):
    project = bench.project("first")
    listed = project.vary("list", ".", "--output", "json").exits(0).report
    bench.validate(listed, "report")
    tried = project.mutate().exits(0).report
    expect_equal([mutant["id"] for mutant in listed["mutants"]],
                 [mutant["id"] for mutant in tried["mutants"]], "ids")
    expect_equal(listed["count"], len(listed["mutants"]), "count")


@case
def ids_survive_a_change_elsewhere_in_the_file(bench):
    project = bench.project("first")
    before = {m["id"] for m in project.vary("list", ".", "--output", "json").exits(0).report["mutants"]}
    path = project.path("src/main/java/shop/Price.java")
    with open(path, encoding="utf-8") as file:
        source = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(source.replace("    private Price() {", "\n\n    public static int more(int n) {\n"
                                  "        return n % 7;\n    }\n\n    private Price() {"))
    bench.compiler.compile(project.path("target/classes"), ".", [path])
    after = {m["id"] for m in project.vary("list", ".", "--output", "json").exits(0).report["mutants"]}
    expect(before < after, f"ids that went: {sorted(before - after)}; came: {sorted(after - before)}")
    expect(all(id.startswith("more:") for id in after - before), f"came: {sorted(after - before)}")


@case
def the_text_report_shows_score_and_survivors(bench):
    run = bench.project("first").vary("mutate", ".", "--operators", "conditional,ARITH_SUB_TO_ADD").exits(0)
    expect_in("Score: 60% killed (3/5)", run.out, "report")
    for words in ("Price#discounted", "Price#isFree", "replaced `total >= 100` with `total > 100`",
                  "replaced `total <= 0` with `total < 0`", "discounted:COND_BOUNDARY:", "isFree:COND_BOUNDARY:"):
        expect_in(words, run.out, "report")
    expect("ARITH_SUB_TO_ADD" not in run.out, f"a killed mutant among the survivors: {run.out!r}")


@case
def single_mutants_are_chosen_by_id_and_by_its_beginning(bench):
    project = bench.project("first")
    listed = project.vary("list", ".", "--output", "json").exits(0).report["mutants"]
    id = next(m["id"] for m in listed if m["kind"] == "ARITH_MUL_TO_DIV")
    expect_equal(project.mutate("--mutants", id).exits(0).verdicts(), {id: "killed"}, "verdicts")
    expect_equal(project.mutate("--mutants", "total:ARITH").exits(0).verdicts(), {id: "killed"}, "verdicts")
    project.mutate("--mutants", "nobody:ARITH").exits(2).complains("nobody:ARITH")
