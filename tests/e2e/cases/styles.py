"""Libraries of assertions and styles of tests: each survivor is told as what it is."""
import glob
import os
import subprocess

from support import case, expect_equal

CLASSES = {"total": "weak_oracle", "neverCalled": "not_covered", "plusNothing": "not_infected", "keep": "unobserved",
           "item": "weak_oracle", "refuse": "weak_oracle", "tell": "weak_oracle", "listed": "weak_oracle"}


def expect_classes(run):
    expect_equal({test["state"] for test in run.tests().values()}, {"passed"}, "states of the tests")
    expect_equal({m["method"]: m["survivor_class"] for m in run.report["mutants"]}, CLASSES, "classes of survivors")


def compile_groovy(project):
    """What javac cannot; by the compiler in Spock's own dependency."""
    groovy = project.bench.classpath("spock")
    subprocess.run(["java", "-XX:TieredStopAtLevel=1", "-cp", groovy, "org.codehaus.groovy.tools.FileSystemCompiler",
                    "-d", project.path("target/test-classes"), "-cp", f"{project.path('target/classes')}:{groovy}",
                    *glob.glob(project.path("src/test/java/**/*.groovy"), recursive=True)],
                   check=True, capture_output=True)


def spock(bench, tests):
    project = bench.project("styles", engine="spock", tests=(tests,), options=("--release", "11"))
    os.makedirs(project.path("target/test-classes"))
    compile_groovy(project)
    return project


@case
def assertj(bench):
    expect_classes(bench.project("styles", engine="assertj", tests=("test-assertj",)).expect_verdicts())


@case
def truth(bench):
    expect_classes(bench.project("styles", engine="truth", tests=("test-truth",)).expect_verdicts())


@case
def hamcrest(bench):
    expect_classes(bench.project("styles", engine="junit4", tests=("test-hamcrest",)).expect_verdicts())


@case
def testng(bench):
    expect_classes(bench.project("styles", engine="testng", tests=("test-testng",)).expect_verdicts())


@case(name="spock, its mocks and a feature whose iterations are tests of their own")
def spock_mocks_and_unrolled(bench):
    expect_classes(spock(bench, "test-spock").expect_verdicts())


@case(name="spock: a feature is killed by an iteration after the first")
def spock_data(bench):
    run = spock(bench, "test-spock-data").mutate("--operators", "ARITH_ADD_TO_SUB").exits(0)
    killed = {m["method"]: m["killing_test"] for m in run.report["mutants"] if m["status"] == "killed"}
    expect_equal(killed, {"total": "styles.BillSpec.total of #a and #b"}, "killed by")
