#include "cli/options.h"

#include <string.h>

#include "util/test.h"

#define ARGUMENTS_MAX 16

/* Parses `line`, split at spaces; the error's text, "" for none. */
static const char *parse(struct options *options, enum command command, const char *line)
{
	static char words[400];
	static struct err err;
	char *arguments[ARGUMENTS_MAX], *rest = NULL;
	int n = 0;

	err = (struct err)ERR_INIT;
	strncpy(words, line, sizeof(words) - 1);
	for (char *word = strtok_r(words, " ", &rest); word && n < ARGUMENTS_MAX;
	     word = strtok_r(NULL, " ", &rest))
		arguments[n++] = word;
	if (options_init(options, command, &err) == ERR_OK &&
	    options_read(options, n, arguments, &err) == ERR_OK)
		EXPECT_STR(err.text, "");
	else
		EXPECT_LONG(err.code, ERR_USAGE);
	return err.text;
}

TEST(values_may_be_joined_or_follow)
{
	struct options options;

	EXPECT_STR(parse(&options, COMMAND_MUTATE,
			 "a -j4 --timeout-ms=10 --timeout-factor 2.5 b -t x --tests=y -qv --output json"), "");
	EXPECT_LONG(options.jobs, 4);
	EXPECT_LONG(options.timeout_ms, 10);
	EXPECT(options.timeout_factor == 2.5);
	EXPECT_LONG(options.targets.n, 2);
	EXPECT_STR(options.targets.items[1], "b");
	EXPECT_LONG(options.tests.n, 2);
	EXPECT_STR(options.tests.items[1], "y");
	EXPECT(options.quiet && options.verbose);
	EXPECT_LONG(options.output, OUTPUT_JSON);
	options_release(&options);
}

TEST(defaults_are_those_of_the_table)
{
	struct options options;

	EXPECT_STR(parse(&options, COMMAND_MUTATE, "."), "");
	EXPECT_LONG(options.timeout_ms, 2000);
	EXPECT(options.timeout_factor == 5);
	EXPECT_LONG(options.slots, 1);
	EXPECT_LONG(options.jobs, 0);
	EXPECT_LONG(options.top, OPTIONS_NO_LIMIT);
	EXPECT(options.plan.operators == plan_default_settings().operators);
	EXPECT_LONG(options.plan.filters, plan_default_settings().filters);
	options_release(&options);
}

TEST(class_paths_given_twice_are_one)
{
	struct options options;

	EXPECT_STR(parse(&options, COMMAND_MUTATE, ". -cp a:b --classpath c"), "");
	EXPECT_STR(options_run_settings(&options).request.classpath, "a:b:c");
	options_release(&options);
}

TEST(two_dashes_end_the_options)
{
	struct options options;

	EXPECT_STR(parse(&options, COMMAND_MUTATE, "-- -odd"), "");
	EXPECT_STR(options.targets.items[0], "-odd");
	options_release(&options);
}

TEST(mistakes_are_told_in_one_line)
{
	static const struct {
		enum command command;
		const char *line, *text;
	} cases[] = {
		{ COMMAND_MUTATE, ". --oprators x", "unknown option --oprators; did you mean --operators?" },
		{ COMMAND_MUTATE, ". --class=x", "unknown option --class; did you mean --classpath?" },
		{ COMMAND_MUTATE, ". --xyzzy", "unknown option --xyzzy; see vary mutate --help" },
		{ COMMAND_MUTATE, ". -x", "unknown option -x; see vary mutate --help" },
		{ COMMAND_DUMP, "a.class -j 2", "unknown option -j; see vary dump --help" },
		{ COMMAND_MUTATE, ". --tests", "--tests wants PATH" },
		{ COMMAND_MUTATE, ". --quiet=1", "--quiet 1: wants true, false or no value" },
		{ COMMAND_MUTATE, ". -j 0", "--jobs 0: wants a whole number from 1 to 256" },
		{ COMMAND_MUTATE, ". -j 2x", "--jobs 2x: wants a whole number from 1 to 256" },
		{ COMMAND_MUTATE, ". -j 1.5", "--jobs 1.5: wants a whole number from 1 to 256" },
		{ COMMAND_MUTATE, ". -j 0x2", "--jobs 0x2: wants a whole number from 1 to 256" },
		{ COMMAND_MUTATE, ". --timeout-factor nan", "--timeout-factor nan: wants a number from 1 to 1000" },
		{ COMMAND_MUTATE, ". --output xml", "--output xml: wants one of text|json" },
		{ COMMAND_MUTATE, ". --operators arith", "--operators knows no arith; did you mean arithmetic?" },
		{ COMMAND_MUTATE, ". --filters loging", "--filters knows no loging; did you mean logging?" },
		{ COMMAND_MUTATE, ". --operators none", "--operators leaves no operator to work with" },
		{ COMMAND_MUTATE, "", "what to mutate? `vary mutate .` takes the project here; see vary mutate --help" },
		{ COMMAND_MUTATE, "-", "standard input cannot be mutated; name a file" },
		{ COMMAND_DOCTOR, "a b", "doctor looks at one directory at a time" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct options options;

		EXPECT_STR(parse(&options, cases[i].command, cases[i].line), cases[i].text);
		options_release(&options);
	}
}

TEST(sets_add_take_away_and_change_the_default)
{
	const uint32_t all = (1u << N_FILTERS) - 1, preset = plan_default_settings().filters;
	static const uint32_t logging = 1u << FILTER_logging, hashcode = 1u << FILTER_hashcode,
			      boxing = 1u << FILTER_boxing;
	const struct {
		const char *line;
		uint32_t filters;
	} cases[] = {
		{ ". --filters all", all },
		{ ". --filters none", 0 },
		{ ". --filters all,-logging", all & ~logging },
		{ ". --filters=-logging", preset & ~logging },
		{ ". --filters -logging,-boxing", preset & ~logging & ~boxing },
		{ ". --filters +hashcode", preset | hashcode },
		{ ". --filters logging,hashcode", logging | hashcode },
		{ ". --filters default,-boxing", preset & ~boxing },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct options options;

		EXPECT_STR(parse(&options, COMMAND_MUTATE, cases[i].line), "");
		EXPECT_LONG(options.plan.filters, cases[i].filters);
		options_release(&options);
	}
}

TEST(operators_go_by_family_and_kind)
{
	uint64_t conditional = 0, boundary = 0;
	struct options options;

	EXPECT(operator_select("conditional", &conditional));
	EXPECT(operator_select("COND_BOUNDARY", &boundary));
	EXPECT_STR(parse(&options, COMMAND_LIST, ". --operators conditional,-COND_BOUNDARY"), "");
	EXPECT(options.plan.operators == (conditional & ~boundary));
	options_release(&options);
}

TEST(the_group_pit_joins_families_and_loses_kinds)
{
	uint64_t conditional = 0, boundary = 0;
	struct options options;

	EXPECT(operator_select("conditional", &conditional));
	EXPECT(operator_select("COND_BOUNDARY", &boundary));
	EXPECT_STR(parse(&options, COMMAND_LIST, ". --operators conditional,pit"), "");
	EXPECT(options.plan.operators == (conditional | OPERATORS_PIT));
	EXPECT(options.plan.pit_without == 0);
	options_release(&options);
	EXPECT_STR(parse(&options, COMMAND_LIST, ". --operators PIT,-COND_BOUNDARY"), "");
	EXPECT(options.plan.operators == OPERATORS_PIT);
	EXPECT(options.plan.pit_without == boundary);
	options_release(&options);
}

TEST(help_needs_no_target)
{
	struct options options;

	EXPECT_STR(parse(&options, COMMAND_MUTATE, "--help"), "");
	EXPECT(options.help);
	options_release(&options);
}

TEST(the_table_is_sound)
{
	for (unsigned i = 0; i < n_option_rows; i++) {
		const struct option_row *row = &option_rows[i];

		EXPECT(row->commands && row->help && row->name);
		EXPECT((row->kind == OPTION_SWITCH) == !row->metavar);
		EXPECT(row->kind == OPTION_SWITCH || row->preset || row->without);	/* help shows a default */
		EXPECT(row->kind != OPTION_NUMBER || row->least < row->most);
		for (unsigned j = 0; j < i; j++) {
			EXPECT(strcmp(row->name, option_rows[j].name));
			EXPECT(!row->letter || row->letter != option_rows[j].letter);
		}
	}
}

TEST(views_are_told_from_what_says_which_mutants_there_are)
{
	EXPECT_LONG(options_view_words("--output"), 2);
	EXPECT_LONG(options_view_words("--output=json"), 1);
	EXPECT_LONG(options_view_words("--mutants"), 2);
	EXPECT_LONG(options_view_words("--quiet"), 1);
	EXPECT_LONG(options_view_words("-v"), 1);
	EXPECT_LONG(options_view_words("--operators"), 0);
	EXPECT_LONG(options_view_words("-j"), 0);
	EXPECT_LONG(options_view_words("-"), 0);
	EXPECT_LONG(options_view_words("quiet"), 0);
}
