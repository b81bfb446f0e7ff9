"""The change that must be noticed, tried before any mutant."""
from support import case, expect, expect_equal, expect_in

DIED = "vary: the canary died, as it must: a change of "


def tells(run, line):
    expect(any(said.startswith(line) for said in run.err.splitlines()), f"expected {line!r} in {run.err[-600:]!r}")


@case(quick=True)
def tests_that_do_not_run_what_they_are_sent_are_exit_5(bench):
    project = bench.project("canary", tests=("test-hides",))
    run = project.mutate("--verbose").exits(5)
    run.complains("the canary lived", "bird.HidesTest.bars", "bird.Cage", "no verdict could be trusted")
    bench.validate(run.report, "report")
    expect_equal(run.report["outcome"]["exit_status"], 5, "exit status in the report")
    expect_equal(run.report["outcome"]["complete"], False, "complete")
    expect_equal({mutant["status"] for mutant in run.report["mutants"]}, {"pending"}, "verdicts")
    expect_equal(run.report["score"]["score"], None, "score")
    project.vary("mutate", ".", "--reference").exits(5)
    project.vary("mutate", "--expand", "Cage#bars").exits(2).complains("run")


@case
def it_dies_before_tests_that_accept_everything(bench):
    project = bench.project("canary", tests=("test-catches",))
    tells(project.mutate("--verbose", "--allow-zero-kills").exits(0), DIED + "bird.Cage, tried with bird.CatchesTest.bars")


@case
def where_its_tests_end_otherwise_it_proves_nothing_and_the_run_goes_on(bench):
    project = bench.project("canary", tests=("test-fails",))
    run = project.mutate("--verbose", "--allow-zero-kills").exits(0)
    tells(run, "vary: the canary proves nothing, its tests ended otherwise: a change of bird.Cage")


@case
def tests_that_have_come_to_do_something_else_prove_nothing(bench):
    project = bench.project("canary", tests=("test-tires",))
    run = project.mutate("--verbose", "--allow-zero-kills", "-j", "1", env={"E2E_TRACE": project.path("trace")})
    tells(run.exits(0), "vary: the canary proves nothing, its tests ended otherwise: a change of bird.Cage")
    expect_equal(run.tests()["bird.TiresTest.bars"]["state"], "passed", "state of the test")


@case
def it_dies_in_every_engine_and_in_every_way(bench):
    for fixture, engine in (("junit5", "junit5"), ("junit4", "junit4"), ("junit4", "vintage"), ("junit3", "junit3"),
                            ("testng", "testng"), ("other-language", "junit5")):
        tells(bench.project(fixture, engine=engine).mutate("--verbose", "--sample", "3", "--allow-zero-kills").exits(0), DIED)
    project = bench.project("first")
    for arguments in (("--reference",), ("--slots", "2", "-j", "2"), ("--matrix",), ("--no-store",), ("--no-explain",)):
        tells(project.mutate("--verbose", *arguments).exits(0), DIED + "shop.Price, tried with shop.PriceTest.")

