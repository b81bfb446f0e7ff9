"""The projects' own test engines, none of them with a launcher."""
from support import case, expect, expect_equal


@case(quick=True)
def junit_5_parameterised_nested_dynamic_repeated_inherited(bench):
    bench.project("junit5").expect_verdicts()


@case
def a_test_that_fails_without_its_engine_keeps_it(bench):
    bench.project("needs-engine").expect_verdicts()


@case
def what_jupiter_is_told_by_configuration_holds(bench):
    per_class = "--jvm-arg=-Djunit.jupiter.testinstance.lifecycle.default=per_class"
    bench.project("one-instance").expect_verdicts(per_class)


@case
def junit_4_parameterized_theories_enclosed_custom_runner(bench):
    bench.project("junit4", engine="junit4").expect_verdicts()


@case
def junit_4_through_the_vintage_engine(bench):
    bench.project("junit4", engine="vintage").expect_verdicts()


@case
def junit_3_test_case_and_static_suite(bench):
    bench.project("junit3", engine="junit4").expect_verdicts()


@case(quick=True)
def junit_3_without_junit_4(bench):
    project = bench.project("junit3", engine="junit3")
    project.expect_verdicts()
    expect("JUnit 3" in project.vary("doctor", ".").exits(0).out, "doctor does not know it")


@case
def testng_data_provider_and_factory(bench):
    bench.project("testng", engine="testng").expect_verdicts()


@case
def one_method_of_many_is_run_where_only_one_reaches_the_mutant(bench):
    report = bench.project("junit5").mutate("--operators", "ARITH_ADD_TO_SUB").exits(0).report
    for mutant in report["mutants"]:
        if mutant["method"] in ("plain", "parameterised", "nested", "factory", "repeated", "unnoticed"):
            expect_equal(mutant["tests_run"], 1, f"tests run for {mutant['id']}")
