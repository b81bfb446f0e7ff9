"""Mutants that misbehave: each costs its own verdict and no other."""
import re

from support import case, expect, expect_in

QUICKLY = ("--timeout-ms", "400")
FAULTS = [  # folder fault-..., more arguments, part of the culprit's detail
    ("endless-loop", QUICKLY, None),
    ("endless-loop-in-another-thread", QUICKLY, None),
    ("loop-whose-count-is-overwritten", QUICKLY, None),
    ("loop-in-the-caller", (), "used up its loop budget"),
    ("loop-that-catches-all", QUICKLY, None),
    ("loop-in-static-initialiser", QUICKLY, None),
    ("deadlock", QUICKLY, None),
    ("sleep", QUICKLY, None),
    ("exit", (), "System.exit or Runtime.halt was called"),
    ("halt", (), "System.exit or Runtime.halt was called"),
    ("exit-in-another-thread", (), None),
    ("stack-overflow", (), "java.lang.StackOverflowError"),
    ("heap", ("--jvm-arg=-Xmx128m",), None),
    ("thread-that-never-ends", (), None),
    ("closes-output", (), None),
    ("crash", (), None),
]


def register(folder, arguments, detail):
    @case(name=folder.replace("-", " ") + " costs one verdict", quick=folder in ("exit", "crash"))
    def run(bench):
        project = bench.project("fault-" + folder)
        report = project.expect_verdicts("-j", "1", *arguments).report
        if detail:
            details = [mutant["detail"] for mutant in report["mutants"] if mutant["detail"]]
            expect(any(detail in text for text in details), f"expected {detail!r} among {details}")


for fault in FAULTS:
    register(*fault)


@case
def a_class_that_the_changed_code_makes_wrong_is_no_fault_of_the_mutant(bench):
    bench.project("maker").expect_verdicts()


@case
def faults_keep_their_verdicts_when_several_share_a_jvm(bench):
    for folder, arguments, _ in FAULTS:
        if folder in ("endless-loop", "crash", "heap", "exit", "closes-output"):
            project = bench.project("fault-" + folder)
            project.expect_verdicts("-j", "3", "--slots", "3", *arguments)


@case
def the_report_tells_of_a_timeout(bench):
    run = bench.project("fault-endless-loop").vary("mutate", ".", "--operators", "ARITH_ADD_TO_SUB", *QUICKLY).exits(0)
    expect_in("1 timed out", run.out, "report")
    expect(re.search(r"Score: 66\.6% killed \(2/3\)", run.out), f"score: {run.out!r}")
