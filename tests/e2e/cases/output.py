"""What goes to which stream, and how it looks there."""
import json
import os
import pty
import re
import subprocess

from support import case, expect, expect_equal, expect_in

ESCAPE = "\x1b"


def on_terminal(bench, project, arguments, env=None):
    """What a person at a terminal sees."""
    master, slave = pty.openpty()
    process = subprocess.Popen([bench.program, *project.arguments(arguments)], cwd=project.directory,
                               stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                               env=bench.environment({"TERM": "xterm", **(env or {})}, bench.new_folder()))
    os.close(slave)
    seen = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        seen += piece
    os.close(master)
    expect_equal(process.wait(), 0, "exit code")
    return seen.decode("utf-8", "replace")


@case(quick=True)
def stdout_is_the_result_alone_and_stderr_plain_lines(bench):
    run = bench.project("chatty").mutate().exits(0)
    bench.validate(json.loads(run.out), "report")
    expect(run.err, "expected progress on stderr")
    for line in run.err.splitlines():
        expect(re.fullmatch(r"vary: [ -~]+", line), f"a line of stderr: {line!r}")


@case
def what_tests_print_never_shows(bench):
    for arguments in (("--output", "json"), ("--verbose",)):
        run = bench.project("chatty").vary("mutate", ".", "--operators", "arithmetic", *arguments).exits(0)
        for word in ("CHATTY", "LOUD", "STATIC", "BINARY"):
            expect(word not in run.out, f"stdout: {run.out[-400:]!r}")
            expect(word not in run.err, f"stderr: {run.err[-400:]!r}")


@case
def a_chatty_test_gets_its_verdicts(bench):
    bench.project("chatty").expect_verdicts()


@case
def tests_that_read_stdin_find_it_empty(bench):
    bench.project("reads-stdin").expect_verdicts()


@case
def without_a_terminal_there_are_no_escape_codes(bench):
    run = bench.project("first").vary("mutate", ".").exits(0)
    expect(ESCAPE not in run.out + run.err and "\r" not in run.err, f"saw {run.out!r} {run.err!r}")


@case
def a_terminal_gets_colour_and_a_bar_unless_told_otherwise(bench):
    project = bench.project("first")
    seen = on_terminal(bench, project, ("mutate", "."))
    expect_in(ESCAPE + "[3", seen, "colour")
    expect_in("\rtrying mutants", seen, "a bar that is redrawn")
    for how in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        seen = on_terminal(bench, project, ("mutate", "."), env=how)
        expect(not re.search(ESCAPE + r"\[[0-9;]*m", seen), f"colour in spite of {how}: {seen!r}")


@case
def json_of_every_kind_of_ending_is_valid(bench):
    for fixture, code in (("all-failing", 4), ("unreached", 3), ("failing", 0)):
        report = bench.project(fixture).mutate().exits(code).report
        bench.validate(report, "report")
        expect_equal(report["outcome"]["exit_status"], code, "exit status")


@case
def two_runs_differ_only_in_times(bench):
    project = bench.project("first")

    def without_times(run):
        report = run.exits(0).report
        del report["timing"]
        for item in report["mutants"] + report["tests"]:
            for time in ("ms", "cpu_ms", "least_cpu_ms"):
                item.pop(time, None)
        return report

    first = without_times(project.mutate("-j", "1"))
    expect_equal(without_times(project.mutate("-j", "2")), first, "report")


@case
def the_cpu_time_is_accounted_for(bench):
    report = bench.project("first").mutate("-j", "1").exits(0).report
    timing, parts = report["timing"], report["timing"]["cpu_parts_s"]
    expect(abs(sum(parts.values()) - timing["cpu_s"]) < 0.002,
           f"the parts make up {sum(parts.values())} of {timing['cpu_s']} s")
    for part in ("start", "discovery", "baseline", "classes", "tests", "supervisor"):
        expect(parts[part] > 0, f"nothing was spent on {part}: {parts}")
    expect_equal(parts["runaways"], 0, "spent on runaways")
    expect(0 < timing["floor_s"] < timing["cpu_s"], f"floor {timing['floor_s']} of {timing['cpu_s']} s")
    expect(abs(timing["efficiency"] - timing["floor_s"] / timing["cpu_s"]) < 0.001, f"saw {timing}")
    mutants = sum(mutant["cpu_ms"] for mutant in report["mutants"]) / 1000
    asking = timing["pollution"]["cpu_s"]
    expect(asking > 0, f"asked: {timing['pollution']}")
    expect(abs(mutants + asking - parts["tests"] - parts["classes"]) < 0.002,
           f"{mutants} s by mutant, {asking} s for asking, {parts['tests'] + parts['classes']} by part")
    passed = [test for test in report["tests"] if test["state"] == "passed"]
    expect(all(test["least_cpu_ms"] > 0 for test in passed), f"tests without CPU time: {passed}")


@case
def what_runaways_cost_is_told_apart(bench):
    report = bench.project("fault-endless-loop").mutate("-j", "1").exits(0).report
    parts = report["timing"]["cpu_parts_s"]
    expect(report["score"]["timed_out"] > 0 and parts["runaways"] > 0, f"saw {report['score']}, {parts}")


@case
def nothing_is_written_into_the_project_but_the_store(bench):
    project = bench.project("first")
    store = os.path.join(project.directory, ".vary")

    def files():
        return sorted((path, name, os.stat(os.path.join(path, name)).st_mtime_ns)
                      for path, _, names in os.walk(project.directory) for name in names)

    before = files()
    project.mutate("--no-store").exits(0)
    expect_equal(files(), before, "files without a store")
    project.mutate().exits(0)
    expect_equal([file for file in files() if file[0] != store], before, "files")


@case
def odd_names_do_no_harm(bench):
    """Control characters in the names and messages of tests."""
    project = bench.project("odd-names")
    run = project.vary("mutate", ".", "--verbose").exits(0)
    expect(not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", run.out + run.err), f"control characters: {run.out!r}")
    bench.validate(project.mutate().exits(0).report, "report")


@case
def the_example_of_the_help_text_is_told(bench):
    out = bench.vary("mutate", "--help").exits(0).out
    for words in ("--timeout-factor", "--classpath", "vary mutate"):
        expect_in(words, out, "help")
    expect_equal(bench.vary("help", "mutate").exits(0).out, out, "vary help mutate")
