"""Tests that start what nobody stops: servers, pools, threads."""
from support import case, expect


def flaky_or_failed(run):
    return {name: state for name, state in run.states().items() if state != "passed"}


@case(quick=True)
def what_tests_leave_running_costs_no_worker_each(bench):
    run = bench.project("servers").expect_verdicts("-j", "1")
    expect(not flaky_or_failed(run), f"left out: {flaky_or_failed(run)}")
    jobs = len(run.report["mutants"]) + 2 * len(run.report["tests"])
    started = run.report["timing"]["workers_started"]
    expect(started <= jobs / 4, f"{started} workers for about {jobs} runs")


@case
def what_tests_leave_running_changes_no_verdict(bench):
    project = bench.project("servers")
    project.vary("parity", ".", "--operators", project.operators()).exits(0)
    project.expect_verdicts("-j", "2")


@case
def a_pool_that_a_library_has_once_is_there_for_the_next_run(bench):
    run = bench.project("library-pool").expect_verdicts("-j", "1")
    expect(not flaky_or_failed(run), f"left out: {flaky_or_failed(run)}")
    expect(run.report["timing"]["workers_started"] == 1, f"{run.report['timing']['workers_started']} workers")


@case
def kotlins_dispatcher_has_its_threads_for_the_next_run(bench):
    run = bench.project("dispatched").expect_verdicts("-j", "1")
    expect(not flaky_or_failed(run), f"left out: {flaky_or_failed(run)}")
    expect(run.report["timing"]["workers_started"] == 1, f"{run.report['timing']['workers_started']} workers")


@case
def scalas_global_context_is_there_for_the_next_run(bench):
    run = bench.project("global-context").expect_verdicts("-j", "1")
    expect(not flaky_or_failed(run), f"left out: {flaky_or_failed(run)}")
    expect(run.report["timing"]["workers_started"] == 1, f"{run.report['timing']['workers_started']} workers")
