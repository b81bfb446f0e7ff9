#include "report/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "measure/inlined.h"
#include "report/sample_test.h"
#include "util/test.h"

static const struct text_settings plain = { { 80, false, false }, "/home/me/shop", TEXT_TOP_AUTO, false };

/* The report, in the run's arena. */
static const char *reported(struct run *run, const struct text_settings *settings)
{
	const char *text;
	struct buf out;

	buf_init(&out, 1 << 20);
	text_report(run, settings, &out);
	text = sample_test_text(run, &out);
	buf_release(&out);
	return text;
}

TEST(a_report_tells_score_survivors_and_what_was_left_out)
{
	struct run run;

	sample_test_run(&run);
	EXPECT_STR(reported(&run, &plain),
		   "Score: 40% killed (2/5)\n"
		   "1 killed, 1 timed out, 2 survived, 1 not covered\n"
		   "\n"
		   "Biggest leverage fixes: taken together\n"
		   "  1. assert the effect of Cart#total\n"
		   "     Impact: ~2 mutants   Projected after: 80% (+40pp)   Location: Cart.java:12\n"
		   "\n"
		   "Survived: 2 changes that the tests ran and did not notice\n"
		   "\n"
		   "Cart#total  Cart.java:12\n"
		   "   12 x replaced a < b with a <= b                    total:COND_BOUNDARY:00ff00\n"
		   "   14 x replaced a + b with a - b                  total:ARITH_ADD_TO_SUB:3fa1c2\n"
		   "\n"
		   "Not covered: 1 change in code that no test runs\n"
		   "  Price#negate  1 change, line 7\n"
		   "\n"
		   "Left out: 1 test failing without any change\n"
		   "  shop.CartTest.broken: expected: <1> but was: <2>?[31m\n"
		   "\n"
		   "Filtered: 3 changes that only noise would come of (logging 3)\n"
		   "Time: 1.2 s wall, 2.5 s CPU; 2 tests in 400 ms; 2.0 mutants per CPU second; Java 17.0.15\n"
		   "Efficiency: 0.30, 750 ms of the 2.5 s CPU for the verdicts could not be spared\n"
		   "\n"
		   "Next\n"
		   "  vary mutate --expand \"Cart#total\"                all that was tried in it\n"
		   "  vary mutate --why total:ARITH_ADD_TO_SUB:3fa1c2  why, and an assertion\n");
	run_release(&run);
}

static bool holds(struct run *run, const struct text_settings *settings, const char *part)
{
	return strstr(reported(run, settings), part);
}

TEST(efficiency_is_told_only_where_mutants_were_decided_and_once)
{
	struct text_settings wordy = plain;
	struct run run;

	sample_test_run(&run);
	wordy.verbose = true;
	EXPECT(holds(&run, &wordy, "\n  of tests 125 ms in tests that passed before another killed the mutant\n"));
	EXPECT(holds(&run, &wordy, "\n  start 300 ms, discovery 80 ms, baseline 500 ms, classes 350 ms,\n"
				   "  tests 1.0 s, jvm 250 ms, supervisor 20 ms; idle 0 ms\n"));
	EXPECT(!holds(&run, &plain, "passed before"));
	EXPECT(!holds(&run, &plain, "discovery"));
	run.settings.jobs = 4;
	EXPECT(holds(&run, &wordy, "; idle 2.5 s\n"));
	run.settings.way = RUN_BOTH;
	EXPECT(!holds(&run, &plain, "Efficiency"));
	run.settings.way = RUN_FAST;
	run.n_decided = 0;
	EXPECT(!holds(&run, &plain, "Efficiency"));
	run_release(&run);
}

TEST(a_sample_is_told_before_its_score)
{
	struct run run;

	sample_test_run(&run);
	run.n_sampled_from = 1496;
	run.settings.seed = 7;
	EXPECT(!strncmp(reported(&run, &plain), "Sample: 5 of 1496 mutants, with seed 7\nScore: 40%", 48));
	run_release(&run);
}

TEST(no_control_character_of_a_failure_gets_through)
{
	struct run run;

	sample_test_run(&run);
	EXPECT(holds(&run, &plain, "shop.CartTest.broken: expected: <1> but was: <2>?[31m"));
	EXPECT(!strchr(reported(&run, &plain), '\033'));
	run_release(&run);
}

TEST(every_line_keeps_within_the_width)
{
	struct run run;

	sample_test_run(&run);
	for (unsigned width = 40; width <= 120; width++) {
		struct text_settings settings = plain;
		const char *line;

		settings.style.width = width;
		run.plan.filtered.counts[FILTER_logging] = 0;
		run.cpu_s = 0;
		line = reported(&run, &settings);
		for (size_t len; *line; line += len + (line[len] != 0)) {
			len = strcspn(line, "\n");
			if (len > width && strncmp(line, "Survived", 8) && strncmp(line, "Left", 4) &&
			    strncmp(line, "To try", 6) && strncmp(line, "Not", 3) &&
			    strncmp(line, "Time", 4) && !strstr(line, " killed, "))
				test_check_str(line, "a shorter line", __FILE__, __LINE__);
		}
	}
	run_release(&run);
}

TEST(a_long_list_is_cut_and_says_how_to_see_the_rest)
{
	struct text_settings all = plain, some = plain;
	struct run run;

	sample_test_many(&run, 50);
	some.top = 20;
	EXPECT(holds(&run, &some, "\nAnd 30 more survivors; --top 0 shows all in full\n"));
	EXPECT(holds(&run, &some, "\n  Cart#m20  1 change, line 21\n"));
	EXPECT(holds(&run, &some, "\n  and in 20 more methods\n"));
	EXPECT(!holds(&run, &some, "m20:ARITH"));
	all.top = 0;
	EXPECT(holds(&run, &all, "m49:ARITH"));
	run_release(&run);
}

/* One of each class for the first survivors. */
static void explain_all(struct run *run)
{
	run->explanations = ARENA_NEW_N(&run->arena, struct explanation, run->plan.n_mutants);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		run->explanations[i].class = SURVIVOR_WEAK_ORACLE + (i % 7 == 1) - (i % 7 == 2);
}

TEST(few_survivors_are_shown_in_full_with_their_class)
{
	struct run run;

	sample_test_run(&run);
	explain_all(&run);
	EXPECT(holds(&run, &plain, "1 killed, 1 timed out, 2 survived, 1 not covered\n"
				   "Kill rate 40%, observability 80%, 2 actionable survivors\n\n"
				   "Why: 3 changes that no test noticed\n"
				   "      2  weak oracle        a test was handed another value and accepted it\n"
				   "      1  equivalent-likely  no input can tell\n\n"
				   "Survived: 2 changes"));
	EXPECT(holds(&run, &plain, "x replaced a < b with a <= b\n"
				   "        equivalent-likely  total:COND_BOUNDARY:00ff00\n"));
	run_release(&run);
}

TEST(many_survivors_are_told_by_class_and_by_method)
{
	struct run run;

	sample_test_many(&run, 50);
	EXPECT(holds(&run, &plain, "\nWhere: 50 survivors, by method\n  Cart#m0    1\n"));
	EXPECT(!holds(&run, &plain, "Why:"));
	explain_all(&run);
	for (uint32_t i = 0; i < 20; i++)
		run.plan.mutants[i].method_name = "print";
	EXPECT(holds(&run, &plain, "\nWhere: 50 survivors, by method\n"
		     "  Cart#print   20  14 weak oracle, 3 unobserved, 3 equivalent-likely\n"
		     "  Cart#m20      1  1 weak oracle\n"));
	EXPECT(holds(&run, &plain, "\n  and 23 more in 23 methods; --top 0 shows every survivor\n"));
	EXPECT(!holds(&run, &plain, "m20:ARITH"));
	run_release(&run);
}

TEST(a_default_report_fits_one_screen)
{
	unsigned lines = 0;
	struct run run;

	sample_test_many(&run, 5000);
	explain_all(&run);
	for (uint32_t i = 0; i < run.plan.n_mutants; i++)
		run.explanations[i].class = SURVIVOR_NOT_COVERED + i % (N_SURVIVOR_CLASSES - 1);
	for (const char *at = reported(&run, &plain); *at; at++)
		lines += *at == '\n';
	EXPECT(lines <= 31);	/* of 40: the bar, left-out tests and fixes need some */
	run_release(&run);
}

TEST(when_everything_was_noticed_that_is_said)
{
	struct run run;

	sample_test_run(&run);
	for (uint32_t i = 0; i < run.plan.n_mutants; i++)
		run.verdicts[i].status = STATUS_KILLED;
	EXPECT(holds(&run, &plain, "Score: 100% killed (5/5)\n5 killed\n\nEvery change was noticed by a test.\n"));
	run_release(&run);
}

TEST(a_score_is_rounded_down)
{
	struct run run;

	sample_test_many(&run, 2000);
	for (uint32_t i = 1; i < run.plan.n_mutants; i++)
		run.verdicts[i].status = STATUS_KILLED;
	EXPECT(holds(&run, &plain, "Score: 99.9% killed (1999/2000)\n"));
	run_release(&run);
}

TEST(an_interrupted_run_says_how_far_it_came)
{
	struct run run;

	sample_test_run(&run);
	run.interrupted = true;
	run.verdicts[4].status = STATUS_PENDING;
	EXPECT(holds(&run, &plain, "Interrupted: 4 of 5 mutants were tried; of these:\nScore: 50% killed (2/4)\n"));
	run_release(&run);
}

TEST(a_run_without_verdicts_still_tells_about_its_tests)
{
	struct run run;

	sample_test_run(&run);
	run.verdicts = NULL;
	EXPECT(!holds(&run, &plain, "Score"));
	EXPECT(holds(&run, &plain, "shop.CartTest.broken"));
	run_release(&run);
}

TEST(a_sentence_too_long_for_a_line_is_broken_where_the_change_begins)
{
	struct run run;

	sample_test_run(&run);
	run.plan.mutants[0].description =
		"replaced `the.quick(brown).fox.jumps(over).the >= lazy.dog` with `the.quick(brown).fox.jumps(over).the > lazy.dog`";
	EXPECT(holds(&run, &plain,
		     "\n   14 x replaced `the.quick(brown).fox.jumps(over).the >= lazy.dog`\n"
		     "        with `the.quick(brown).fox.jumps(over).the > lazy.dog`\n"
		     "        total:ARITH_ADD_TO_SUB:3fa1c2\n"));
	run_release(&run);
}

TEST(a_class_that_several_engines_stumble_over_is_named_once)
{
	static const char *problems[] = { "shop.OddTest: java.lang.NoClassDefFoundError: x/Y", "shop.B: b",
					  "shop.OddTest: java.lang.NoClassDefFoundError: x/Y" };
	struct run run;

	sample_test_run(&run);
	run.problems = problems;
	run.n_problems = 3;
	EXPECT(holds(&run, &plain, "Not run: 2 classes that look like tests but cannot be any here\n"
		     "  shop.OddTest: java.lang.NoClassDefFoundError: x/Y\n  shop.B: b\n\n"
		     "Classes of a library are missing: name its jar with --classpath"));
	run_release(&run);
}

TEST(a_class_that_was_loaded_past_the_run_is_named_with_a_test)
{
	static const char *copies[] = { "shop.Rebate, seen in shop.FinderTest" };
	struct run run;

	sample_test_run(&run);
	EXPECT(!holds(&run, &plain, "Copies"));
	run.copies = copies;
	run.n_copies = 1;
	EXPECT(holds(&run, &plain, "Copies: 1 class that a library or the JVM loaded for itself: what tests do with it "
		     "meets no change\n  shop.Rebate, seen in shop.FinderTest\n"));
	run_release(&run);
}

TEST(changes_of_the_same_returned_value_share_a_line)
{
	struct text_settings verbose = plain;
	struct run run;

	sample_test_run(&run);
	run.plan.mutants[0].description = "returned 0 instead of `a`";
	run.plan.mutants[1].description = "returned -1 instead of `a`";
	run.plan.mutants[0].line = run.plan.mutants[1].line;
	run.plan.mutants[0].point = run.plan.mutants[1].point;
	EXPECT(holds(&run, &plain, "x returned 0 or -1 instead of `a`         total:ARITH_ADD_TO_SUB:3fa1c2 +1\n"));
	verbose.verbose = true;
	EXPECT(holds(&run, &verbose, "x returned -1 instead of `a` "));
	run.plan.mutants[0].description = "returned 0 instead of `b`";
	EXPECT(holds(&run, &plain, "x returned -1 instead of `a` "));
	run_release(&run);
}

TEST(failures_go_by_the_simple_name_of_their_class)
{
	struct run run;

	sample_test_run(&run);
	run.units[2].failure = "org.opentest4j.AssertionFailedError: a.b";
	EXPECT(holds(&run, &plain, "\n  shop.CartTest.broken: AssertionFailedError: a.b\n"));
	run.units[2].failure = "timed out after 3.5 s";
	EXPECT(holds(&run, &plain, "\n  shop.CartTest.broken: timed out after 3.5 s\n"));
	run.units[2].failure = NULL;
	EXPECT(holds(&run, &plain, "\n  shop.CartTest.broken\n"));
	run_release(&run);
}

TEST(the_fate_of_mutants_asked_for_is_told_one_by_one)
{
	struct run run;

	sample_test_run(&run);
	run.settings.only_mutants = "total";
	EXPECT(holds(&run, &plain, "  killed  Cart#total:15  returned 0 instead of the result"));
	EXPECT(holds(&run, &plain, "by shop.CartTest.total: expected: <3> but was: <0>"));
	run_release(&run);
}

/* ---- source lines ---- */

static void write_source(const char *path, const char *text)
{
	FILE *stream = fopen(path, "w");

	EXPECT(stream);
	if (!stream)
		return;
	EXPECT(fputs(text, stream) >= 0);
	EXPECT(!fclose(stream));
}

TEST(survivors_stand_under_their_source_line_once)
{
	char root[] = "/tmp/vary-test-XXXXXX", path[200];
	const char *roots[1] = { root };
	struct text_settings settings = plain;
	struct run run;

	EXPECT(mkdtemp(root));
	snprintf(path, sizeof(path), "%s/shop", root);
	EXPECT(!mkdir(path, 0700));
	snprintf(path, sizeof(path), "%s/shop/Cart.java", root);
	write_source(path, "\n\n\n\n\n\n\n\n\n\n\n\tif (a\t< b) {\r\n");
	sample_test_run(&run);
	run.project.source_roots = roots;
	run.project.n_source_roots = 1;
	run.plan.mutants[0].line = 12;
	settings.directory = root;
	EXPECT(holds(&run, &settings, "\nCart#total  shop/Cart.java:12\n   12 | if (a < b) {\n"
		     "      x replaced a + b with a - b"));
	EXPECT(holds(&run, &settings, "\n      x replaced a < b with a <= b"));
	run_release(&run);
	unlink(path);
	snprintf(path, sizeof(path), "%s/shop", root);
	rmdir(path);
	rmdir(root);
}

TEST(a_source_file_attribute_never_leads_out_of_the_source_roots)
{
	const char *roots[1] = { "/etc" };
	struct run run;

	sample_test_run(&run);
	run.project.source_roots = roots;
	run.project.n_source_roots = 1;
	run.plan.mutants[0].line = 1;
	run.plan.classes[0].source_file = "../etc/passwd";
	EXPECT(!holds(&run, &plain, "root:"));
	run_release(&run);
}

TEST(a_list_names_every_mutant)
{
	struct buf out;
	struct run run;
	const char *text;

	sample_test_run(&run);
	buf_init(&out, 1 << 20);
	text_list(&run, &plain, &out);
	text = sample_test_text(&run, &out);
	EXPECT(strstr(text, "Price#negate  Price.java:7\n    7 removed a minus sign"));
	EXPECT(strstr(text, "negate:NEGATION_REMOVED:fedcba\n"));
	EXPECT(strstr(text, "\n5 mutants in 2 classes\n"));
	EXPECT(strstr(text, "Filtered: 3 changes that only noise would come of (logging 3)\n"));
	buf_release(&out);
	run_release(&run);
}

TEST(what_lies_in_inline_functions_is_told)
{
	struct run run;

	sample_test_run(&run);
	run.verdicts[4].status = STATUS_DISCARDED;
	run.verdicts[4].detail = "it equals the original";
	EXPECT(!holds(&run, &plain, "inline functions"));
	run.verdicts[4].detail = INLINED_WHY;
	EXPECT(holds(&run, &plain, "\nDiscarded: 1 change in inline functions: kotlinc wrote their code into\n"));
	run_release(&run);
}
