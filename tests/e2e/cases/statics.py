"""Code that runs once, tests that need each other, tests that fail anyway."""
import os
import subprocess

from support import case, expect, expect_equal, expect_in


@case(quick=True)
def static_state_is_charged_to_a_later_test(bench):
    bench.project("static-state").expect_verdicts("--include-tests", "*NoticesLastTest")


@case
def static_state_is_charged_to_the_first_test(bench):
    bench.project("static-state").expect_verdicts("--include-tests", "*NoticesFirstTest")


@case
def static_state_is_charged_to_a_test_in_another_class(bench):
    bench.project("static-state", tests=("test-classes-apart",)).expect_verdicts()


@case
def a_test_that_passes_only_after_another_is_run_with_it(bench):
    run = bench.project("company").expect_verdicts()
    expect_equal(run.states(), {"state.CompanyTest.aMakes": "passed", "state.CompanyTest.bLooks": "passed"}, "tests")


@case(quick=True)
def a_failing_test_is_left_out_and_named(bench):
    project = bench.project("failing")
    run = project.expect_verdicts()
    failing = run.tests()["state.FailingTest.failsAlways"]
    expect_equal(failing["state"], "failed", "state")
    expect_in("nine by three", failing["failure"], "failure")
    expect_equal(run.tests()["state.FailingTest.half"]["state"], "passed", "state of the other")
    text = project.vary("mutate", ".", "--operators", "ARITH_DIV_TO_MUL").exits(0).out
    expect_in("FailingTest.failsAlways", text, "report")


@case
def a_test_that_passes_once_and_never_again_is_flaky_and_left_out(bench):
    project = bench.project("flaky")
    run = project.expect_verdicts("-j", "1", env={"E2E_TRACE": project.path("trace")})
    expect_equal(run.states(), {"state.LampTest.passesOnce": "flaky", "state.HeatTest.heat": "passed"}, "tests")


@case
def a_kill_that_does_not_happen_again_is_flaky_and_its_test_judges_on(bench):
    project = bench.project("fails-once")
    run = project.expect_verdicts("-j", "1", env={"E2E_TRACE": project.path("trace")})
    expect_equal(run.states(), {"state.LampTest.watts": "passed", "state.LampTest.volts": "passed"}, "tests")
    flaky, = (mutant for mutant in run.report["mutants"] if mutant["status"] == "flaky")
    expect_in("the lamp flickers", flaky["detail"], "detail")
    expect_equal(run.report["score"]["counted"], 1, "mutants in the score")


@case
def what_a_test_killed_before_it_proved_flaky_is_heard_again(bench):
    project = bench.project("late-flaky")
    run = project.expect_verdicts("-j", "1", env={"E2E_TRACE": project.path("trace")})
    expect_equal(run.states(), {"state.LampTest.flickers": "flaky", "state.LampTest.lumens": "passed"}, "tests")


@case
def no_test_but_a_flaky_one_is_exit_4(bench):
    project = bench.project("flaky")
    run = project.mutate("--exclude-tests", "*HeatTest", env={"E2E_TRACE": project.path("trace")})
    run.exits(4).complains("state.LampTest.passesOnce")


@case
def a_mutant_that_takes_longer_is_not_endless(bench):
    bench.project("longer-loop").expect_verdicts()


@case
def a_loop_that_waits_for_others_is_not_endless_without_its_pause(bench):
    bench.project("waiting-loop").expect_verdicts()


@case
def no_test_that_passes_is_exit_4(bench):
    run = bench.project("all-failing").mutate().exits(4)
    run.complains("state.AllFailingTest.half", "arithmetic is wrong")
    bench.validate(run.report, "report")
    expect_equal(run.report["score"]["score"], None, "score")
    expect_equal(run.report["outcome"]["exit_status"], 4, "exit status in the report")


@case
def a_class_looks_the_same_to_reflection_as_compiled(bench):
    project = bench.project("reflective")
    said = subprocess.run([os.path.join(bench.java_home, "bin/serialver"), "-classpath", "target/classes", "state.Bean"],
                          cwd=project.directory, capture_output=True, text=True, check=True).stdout
    version = said.rpartition("=")[2].strip().rstrip("L;")
    run = project.expect_verdicts(env={"E2E_VERSION": version})
    states = {test["state"] for test in run.tests().values()}
    expect(states == {"passed"}, f"tests: {run.tests()}")


@case
def what_is_softly_cached_stays_while_there_is_memory(bench):
    run = bench.project("soft-cache").expect_verdicts()
    expect_equal(run.tests()["cache.SquaresTest.isKeptWhileThereIsMemory"]["state"], "passed", "state")
