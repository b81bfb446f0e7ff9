"""Workers that are killed, and Ctrl-C."""
import os
import signal

from support import case, expect, expect_equal, is_alive, wait_until

undisturbed = {}


def begin(bench, *options):
    """A run under way on the project whose tests take their time, and its trace."""
    project = bench.project("slow")
    trace = project.path("trace")
    os.makedirs(trace)
    arguments = ("mutate", ".", "--output", "json", "--operators",
                 "ARITH_ADD_TO_SUB,ARITH_MUL_TO_DIV,RETURN_ZERO,POISON_MINUS_ONE", "-j", "2", *options)
    started = project.start(*arguments, env={"E2E_TRACE": trace})
    return started, lambda: len(os.listdir(trace))


def expected(bench):
    if not undisturbed:
        started, _ = begin(bench)
        undisturbed.update(started.finish().exits(0).verdicts())
        expect_equal(len(undisturbed), 40, "mutants")
    return undisturbed


def wait_for_phase(started, words):
    wait_until(lambda: words in started.stderr() or started.process.poll() is not None, f"stderr says {words!r}")
    expect(started.process.poll() is None,
           f"ended with {started.process.returncode} before {words!r}: {started.stderr()!r}")


def finishes_undisturbed(bench, started):
    run = started.finish().exits(0)
    expect_equal(run.verdicts(), expected(bench), "verdicts")
    expect_no_process_left(started)
    return run.report


def expect_no_process_left(started):
    for pid in started.seen_children:
        wait_until(lambda: not is_alive(pid), f"worker {pid} is gone", 5)


@case(quick=True)
def a_worker_killed_while_it_starts(bench):
    expected(bench)
    started, _ = begin(bench)
    started.kill_workers()
    finishes_undisturbed(bench, started)


@case
def a_worker_killed_while_tests_are_looked_for(bench):
    expected(bench)
    started, _ = begin(bench)
    wait_for_phase(started, "finding tests")
    started.kill_workers()
    finishes_undisturbed(bench, started)


@case
def a_worker_killed_in_the_baseline(bench):
    expected(bench)
    started, trace = begin(bench)
    wait_until(lambda: trace() >= 3, "three tests have run")
    started.kill_workers()
    finishes_undisturbed(bench, started)


@case
def a_worker_killed_in_the_second_half_of_the_baseline(bench):
    expected(bench)
    started, trace = begin(bench)
    wait_until(lambda: trace() >= 13, "all tests have run once, some alone")
    started.kill_workers()
    finishes_undisturbed(bench, started)


@case(quick=True)
def a_worker_killed_while_it_runs_mutants(bench):
    expected(bench)
    started, trace = begin(bench)
    wait_for_phase(started, "trying mutants")
    before = trace()
    wait_until(lambda: trace() >= before + 5, "five tests ran against mutants")
    killed = started.kill_workers()
    report = finishes_undisturbed(bench, started)
    expect(report["timing"]["workers_lost"] >= killed, f"lost workers: {report['timing']['workers_lost']}")


@case
def workers_killed_again_and_again(bench):
    expected(bench)
    started, trace = begin(bench)
    wait_for_phase(started, "trying mutants")
    for _ in range(4):
        before = trace()
        wait_until(lambda: trace() >= before + 4 or started.process.poll() is not None, "four more tests ran")
        for pid in started.workers()[:1]:
            os.kill(pid, signal.SIGKILL)
    finishes_undisturbed(bench, started)


@case
def a_worker_that_is_stopped_dead_is_replaced(bench):
    """SIGSTOP: it lives, and answers nothing. It is given twenty times the time of a test, for the machine may be busy."""
    expected(bench)
    started, trace = begin(bench, "--timeout-ms", "500")
    wait_for_phase(started, "trying mutants")
    before = trace()
    wait_until(lambda: trace() >= before + 5, "five tests ran against mutants")
    for pid in started.workers()[:1]:
        os.kill(pid, signal.SIGSTOP)
    finishes_undisturbed(bench, started)


def interrupt(bench, number):
    verdicts = expected(bench)
    started, trace = begin(bench)
    wait_for_phase(started, "trying mutants")
    before = trace()
    wait_until(lambda: trace() >= before + 6, "six tests ran against mutants")
    started.workers()
    os.kill(started.pid, number)
    run = started.finish(20).exits(130)
    expect_no_process_left(started)
    report = run.report
    bench.validate(report, "report")
    decided = {id: status for id, status in run.verdicts().items() if status != "pending"}
    expect(4 <= len(decided) < 40, f"expected some of 40 decided, saw {len(decided)}")
    expect_equal(decided, {id: verdicts[id] for id in decided}, "verdicts so far")
    expect(report["outcome"]["interrupted"] and not report["outcome"]["complete"], f"outcome {report['outcome']}")
    expect_equal(report["outcome"]["exit_status"], 130, "exit status in the report")


@case(quick=True)
def ctrl_c_keeps_the_verdicts_so_far(bench):
    interrupt(bench, signal.SIGINT)


@case
def sigterm_keeps_the_verdicts_so_far(bench):
    interrupt(bench, signal.SIGTERM)


@case
def ctrl_c_before_there_is_a_verdict(bench):
    started, _ = begin(bench)
    wait_until(started.workers, "a worker is there")
    os.kill(started.pid, signal.SIGINT)
    run = started.finish(20).exits(130)
    expect_no_process_left(started)
    expect_equal(run.report["outcome"]["interrupted"], True, "interrupted")


@case
def workers_end_when_vary_is_killed(bench):
    started, trace = begin(bench)
    wait_for_phase(started, "trying mutants")
    wait_until(lambda: len(started.workers()) == 2, "two workers are there")
    started.process.kill()
    started.process.wait()
    expect_no_process_left(started)


@case
def threads_are_let_go_and_their_groups_are_not_destroyed(bench):
    run = bench.project("collected").expect_verdicts()
    states = {test["name"]: test["state"] for test in run.report["tests"]}
    expect_equal(set(states.values()), {"passed"}, "tests")
