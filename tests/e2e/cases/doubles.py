"""Test doubles: what project code hands to one has reached the test."""
import os

from support import case, expect_equal, expect_in

CLASSES = {"handsToAnInterface": "weak_oracle", "handsToAClass": "weak_oracle", "callsAtAll": "weak_oracle",
           "keeps": "unobserved"}
# Debian's Byte Buddy does not know the newest JDKs, and only then asks to be told so.
EXPERIMENTAL = "--jvm-arg=-Dnet.bytebuddy.experimental=true"


def classes(run):
    return {m["method"]: m["survivor_class"] for m in run.report["mutants"] if m["status"] == "survived"}


def crossed(run, method):
    mutant, = (m for m in run.report["mutants"] if m["method"] == method and m["status"] == "survived")
    return mutant["crossed"]


def expect_handed(run, who):
    expect_equal(classes(run), CLASSES, "classes of survivors")
    handed = crossed(run, "handsToAnInterface")
    expect_equal((handed["kind"], handed["class"], handed["original"], handed["mutated"]),
                 ("callback", who, 'Mailer.send("bob", 4)', 'Mailer.send("bob", 2)'), "what the double was handed")
    expect_equal(crossed(run, "callsAtAll")["original"], "Mailer.flush()", "a call without arguments")


def write_inline(project):
    """Mockito then makes mocks by writing itself into the project's classes."""
    extensions = project.path("target/test-classes/mockito-extensions")
    os.mkdir(extensions)
    with open(os.path.join(extensions, "org.mockito.plugins.MockMaker"), "w", encoding="ascii") as file:
        file.write("mock-maker-inline\n")


@case
def what_a_mock_of_mockito_is_handed_has_crossed(bench):
    project = bench.project("doubles", engine="mockito", tests=("test-mockito",))
    expect_handed(project.expect_verdicts(EXPERIMENTAL), "org.mockito.Mockito")


@case
def mockito_writing_itself_into_the_project_s_classes_loses_no_mutant(bench):
    project = bench.project("doubles", engine="mockito", tests=("test-mockito",))
    write_inline(project)
    run = project.expect_verdicts(EXPERIMENTAL)
    expect_equal({test["state"] for test in run.tests().values()}, {"passed"}, "states of the tests")
    expect_handed(run, "org.mockito.Mockito")


@case
def what_a_mock_is_asked_in_the_place_of_a_method_without_effects_counts(bench):
    project = bench.project("inlined", engine="mockito")
    write_inline(project)
    project.expect_verdicts(EXPERIMENTAL)


@case
def what_a_mock_of_easymock_is_handed_has_crossed(bench):
    project = bench.project("doubles", engine="easymock", tests=("test-easymock",))
    expect_handed(project.expect_verdicts(EXPERIMENTAL), "org.easymock.EasyMock")


@case
def what_a_proxy_s_handler_in_test_code_is_handed_has_crossed(bench):
    run = bench.project("doubles", tests=("test-proxy",)).expect_verdicts()
    expect_equal(classes(run), CLASSES, "classes of survivors")


@case
def doubles_that_nothing_records_leave_the_question_open(bench):
    project = bench.project("doubles", engine="mockito", tests=("test-unrecorded",))
    run = project.mutate("--operators", "ARITH_ADD_TO_SUB", "--allow-zero-kills", EXPERIMENTAL).exits(0)
    expect_equal(classes(run), {"handsToAnInterface": "other"}, "classes of survivors")
    mutant, = (m for m in run.report["mutants"] if m["status"] == "survived")
    expect_in("doubles made by Byte Buddy", mutant["survivor_says"], "why it is other")


@case
def what_is_private_to_a_package_is_mocked_as_where_there_is_one_loader(bench):
    run = bench.project("private-doubles", engine="mockito").expect_verdicts()
    states = run.states()
    expect_equal(set(states.values()), {"passed"}, f"tests {states}")
