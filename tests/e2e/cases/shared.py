"""Tests that need for themselves what there is only one of."""
from support import case


@case
def two_classes_on_one_port_are_never_run_at_once(bench):
    bench.project("fixed-port").expect_verdicts("--jobs", "2")


@case
def two_classes_on_one_file_are_never_run_at_once(bench):
    bench.project("fixed-file").expect_verdicts("--jobs", "2")


@case
def standard_output_caught_by_a_test_is_its_own(bench):
    bench.project("caught-output").expect_verdicts("--jobs", "4", "--slots", "4")
