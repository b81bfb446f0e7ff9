#include "cli/config.h"

#include <stdio.h>
#include <string.h>

#include "util/test.h"

/* What `text` as /p/vary.toml makes of the presets; the error's text, "" for none. */
static const char *apply(struct options *options, const char *text)
{
	static struct err err;
	struct span span = { (const uint8_t *)text, strlen(text) };

	err = (struct err)ERR_INIT;
	if (options_init(options, COMMAND_MUTATE, &err) == ERR_OK &&
	    config_apply(options, "/p/vary.toml", span, &err) == ERR_OK)
		return "";
	return err.text;
}

TEST(a_file_sets_every_kind_of_option)
{
	static const char text[] = "[mutation]\njobs = 3\ntimeout_factor = 2\nmin_score = 80.5\nmatrix = true\n"
		"exclude = ['a.*', 'b.*']\ntests = 'spec'\nclasspath = ['lib/*:/abs/x.jar']\njvm = '/jdk'\n"
		"output = 'json'\nmutants = 'x'\noperators = ['conditional', '-COND_BOUNDARY']\nfilters = 'none'\n";
	struct options options, typed;
	struct err err = ERR_INIT;
	char set[] = "--operators=conditional,-COND_BOUNDARY", target[] = ".";
	char *arguments[] = { target, set };

	EXPECT_STR(apply(&options, text), "");
	EXPECT_LONG(options.jobs, 3);
	EXPECT(options.timeout_factor == 2 && options.gates.min_score == 80.5 && options.matrix);
	EXPECT_LONG(options.exclude.n, 2);
	EXPECT_STR(options.tests.items[0], "/p/spec");
	EXPECT_STR(options.classpath.items[0], "/p/lib/*:/abs/x.jar");
	EXPECT_STR(options.jvm, "/jdk");
	EXPECT_LONG(options.output, OUTPUT_JSON);
	EXPECT_STR(options.mutants, "x");
	EXPECT_LONG(options.plan.filters, 0);
	EXPECT(options_init(&typed, COMMAND_MUTATE, &err) == ERR_OK &&
	       options_read(&typed, 2, arguments, &err) == ERR_OK);
	EXPECT(options.plan.operators == typed.plan.operators);
	options_release(&options);
	options_release(&typed);
}

TEST(the_command_line_wins_over_the_file)
{
	char words[][40] = { ".", "-j5", "--exclude", "c.*", "--exclude=d.*", "--matrix=false", "--filters=-logging" };
	char *arguments[7];
	struct err err = ERR_INIT;
	struct options options;

	for (int i = 0; i < 7; i++)
		arguments[i] = words[i];
	EXPECT_STR(apply(&options, "[mutation]\njobs = 3\nslots = 2\nexclude = ['a.*', 'b.*', 'e']\n"
			 "matrix = true\nfilters = ['logging', 'boxing']\n"), "");
	EXPECT(options_read(&options, 7, arguments, &err) == ERR_OK);
	EXPECT_LONG(options.jobs, 5);
	EXPECT_LONG(options.slots, 2);
	EXPECT_LONG(options.exclude.n, 2);
	EXPECT_STR(options.exclude.items[0], "c.*");
	EXPECT(!options.matrix);
	EXPECT_LONG(options.plan.filters, 1u << FILTER_boxing);
	options_release(&options);
}

TEST(a_mistake_in_the_file_is_told_with_its_place)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "[mutation]\noprators = 'x'", "/p/vary.toml:2:1: unknown key oprators; did you mean operators?" },
		{ "[mutation]\nmin-score = 1", "/p/vary.toml:2:1: unknown key min-score; did you mean min_score?" },
		{ "[mutation]\nxyzzy = 1", "/p/vary.toml:2:1: unknown key xyzzy; keys are the options of vary mutate --help, with _ for -" },
		{ "[mutation]\nhelp = true", "/p/vary.toml:2:1: unknown key help; keys are the options of vary mutate --help, with _ for -" },
		{ "[mutatoin]\n", "/p/vary.toml:1:2: unknown key mutatoin; the table here is [mutation]" },
		{ "jobs = 1", "/p/vary.toml:1:1: jobs stands in the table [mutation]" },
		{ "mutation = 1", "/p/vary.toml:1:12: mutation must be a table, [mutation], not an integer" },
		{ "[mutation]\njobs = 'two'", "/p/vary.toml:2:8: jobs wants an integer, not a string" },
		{ "[mutation]\njobs = 1.5", "/p/vary.toml:2:8: jobs wants an integer, not a float" },
		{ "[mutation]\njobs = 0", "/p/vary.toml:2:8: jobs 0: wants a whole number from 1 to 256" },
		{ "[mutation]\nmin_score = inf", "/p/vary.toml:2:13: min_score inf: wants a number from 0 to 100" },
		{ "[mutation]\nmin_score = true", "/p/vary.toml:2:13: min_score wants a number, not a boolean" },
		{ "[mutation]\nquiet = 1", "/p/vary.toml:2:9: quiet wants true or false, not an integer" },
		{ "[mutation]\njvm = []", "/p/vary.toml:2:7: jvm wants a string, not an array" },
		{ "[mutation]\nexclude = ['a', 1]", "/p/vary.toml:2:17: exclude wants a string, or an array of strings, not an integer" },
		{ "[mutation]\nexclude = {}", "/p/vary.toml:2:11: exclude wants a string, or an array of strings, not a table" },
		{ "[mutation]\noutput = 'xml'", "/p/vary.toml:2:10: output xml: wants one of text|json" },
		{ "[mutation]\noperators = 'arith'", "/p/vary.toml:2:13: operators knows no arith; did you mean arithmetic?" },
		{ "[mutation]\njvm = \"a\\u0000\"", "/p/vary.toml:2:7: jvm holds U+0000" },
		{ "[mutation\n", "/p/vary.toml:1:10: expected ] after the name of a table, found the end of the line" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct options options;

		EXPECT_STR(apply(&options, cases[i].text), cases[i].want);
		options_release(&options);
	}
}

/* The example, with the keys that stand in comments as keys if `all`. */
static void read_example(struct buf *text, bool all)
{
	FILE *file = fopen("vary.example.toml", "r");
	char line[400];

	buf_init(text, 1 << 20);
	EXPECT(file != NULL);
	while (file && fgets(line, sizeof(line), file)) {
		size_t len = strspn(line + 1, "abcdefghijklmnopqrstuvwxyz_");
		bool is_key = *line == '#' && len && !strncmp(line + 1 + len, " = ", 3);

		buf_text(text, all && is_key ? line + 1 : line);
	}
	buf_u1(text, 0);
	if (file)
		fclose(file);
}

static bool is_same(const struct option_row *row, const struct options *a, const struct options *b)
{
	static const size_t sizes[] = {
		[OPTION_SWITCH] = sizeof(bool), [OPTION_TEXT] = sizeof(char *),
		[OPTION_NUMBER] = sizeof(uint32_t), [OPTION_REAL] = sizeof(double),
		[OPTION_CHOICE] = sizeof(uint32_t),
	};
	const char *left = (const char *)a + row->offset, *right = (const char *)b + row->offset;

	if (row->kind == OPTION_LIST)
		return !((const struct options_list *)left)->n && !((const struct options_list *)right)->n;
	if (row->kind == OPTION_OPERATORS)
		return a->plan.operators == b->plan.operators;
	if (row->kind == OPTION_FILTERS)
		return a->plan.filters == b->plan.filters;
	return !memcmp(left, right, sizes[row->kind]);
}

TEST(the_example_names_every_option_and_sets_nothing_but_defaults)
{
	struct options options, preset;
	struct err err = ERR_INIT;
	struct buf text;

	read_example(&text, true);
	EXPECT_STR(apply(&options, (const char *)text.bytes), "");
	for (unsigned i = 0; i < n_option_rows; i++) {
		char key[64];

		snprintf(key, sizeof(key), "\n%s = ", option_rows[i].name);
		for (char *c = key; *c; c++)
			*c = *c == '-' ? '_' : *c;
		EXPECT(option_rows[i].is_typed_only == !strstr((const char *)text.bytes, key));
	}
	buf_release(&text);
	options_release(&options);

	read_example(&text, false);
	EXPECT_STR(apply(&options, (const char *)text.bytes), "");
	EXPECT(options_init(&preset, COMMAND_MUTATE, &err) == ERR_OK);
	for (unsigned i = 0; i < n_option_rows; i++)
		EXPECT(is_same(&option_rows[i], &options, &preset));
	buf_release(&text);
	options_release(&options);
	options_release(&preset);
}
