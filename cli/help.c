#include "cli/help.h"

#include <string.h>

#include "report/version.h"

#define WIDTH 80
#define HELP_COLUMN 28	/* where the text of an option begins */

const char *const help_command_names[N_COMMANDS] = {
	"mutate", "list", "parity", "lie-detector", "dump", "doctor",
};

static const struct {
	const char *synopsis, *says, *intro, *examples, *more;
} commands[N_COMMANDS] = {
	[COMMAND_MUTATE] = {
		"vary mutate TARGET... [options]",
		"change the code in small ways and see which changes no test notices",
		"Changes the compiled code of TARGET, one small change at a time, and runs the\n"
		"tests that reach the change. One that no test notices is a gap in the tests:\n"
		"a real mistake of that kind would not be noticed either. Your files are never\n"
		"touched; each change lives only in the memory of a JVM.\n",
		"  vary mutate .                     the Maven or Gradle project here\n"
		"  vary mutate src/shop/Price.java   one class of it\n"
		"  vary mutate Calc.java             not compiled; CalcTest.java beside it\n"
		"  vary mutate app.jar --tests tests.jar -cp 'lib/*'\n"
		"  vary mutate . --mutants total:COND_BOUNDARY:3fa1c2\n"
		"  vary mutate . --output json > report.json\n",
		"TARGET is a source file of any JVM language, a class file, a jar, a directory\n"
		"with classes, or a project directory. Code and tests must be compiled, except\n"
		"for single .java files.\n",
	},
	[COMMAND_LIST] = {
		"vary list TARGET... [options]",
		"the changes that mutate would try, with their ids; runs nothing",
		"Lists every change that `vary mutate` would try. No test is run.\n",
		"  vary list src/main/java/shop/Price.java\n"
		"  vary list . --operators conditional,return\n"
		"  vary list . --output json\n"
		"  vary list target/classes --emit /tmp/mutants    each mutant as a class file\n",
		NULL,
	},
	[COMMAND_PARITY] = {
		"vary parity TARGET... [options]",
		"mutate against the whole suite, nothing selected: do they agree?",
		"Tries every change twice: as `vary mutate` does, with only the tests that can\n"
		"notice it, and with the whole suite in its own order in a fresh class loader.\n"
		"Prints every difference between the two verdicts; ends with 1 if there is any.\n"
		"The whole suite for each change takes long: --sample tries some of them.\n",
		"  vary parity . --sample 300\n"
		"  vary parity . --sample 300 --seed 2               others\n"
		"  vary parity . --mutants total:COND_BOUNDARY:3fa1c2\n",
		"Which test notices a change first may differ, as the order does; that is no\n"
		"difference.\n",
	},
	[COMMAND_LIES] = {
		"vary lie-detector TARGET... [options]",
		"which tests pass whatever the code does",
		"Sorts the tests: PLACEBO asserts nothing that comes from the code, LIE lets a\n"
		"changed value pass, GAP runs into changes that no test notices, OK does neither.\n"
		"Reads the tests' assertions, then runs every test against every change that\n"
		"makes a difference in it. Also: methods that could be empty without any test\n"
		"noticing, and results and fields that no assertion reads.\n",
		"  vary lie-detector .\n"
		"  vary lie-detector src/main/java/shop/Price.java   the tests of one class\n"
		"  vary lie-detector . --sample 500 --top 20\n"
		"  vary lie-detector . --output json\n",
		"What each bucket means exactly: docs/lie-detector.md.\n",
	},
	[COMMAND_DUMP] = {
		"vary dump CLASS [NAME...] [options]",
		"a class file as text: instructions, lines, where it can be changed",
		"Prints a class file: header, fields, methods with their instructions, constants,\n"
		"line numbers, local variables and the types at every jump target. Each\n"
		"instruction that can be changed has a note with the mutants' ids in front.\n",
		"  vary dump target/classes/shop/Price.class\n"
		"  vary dump app.jar!shop/Price.class\n"
		"  vary dump app.jar shop.Price\n"
		"  vary dump src/main/java/shop/Price.java\n",
		"CLASS is a class file, a jar with !ENTRY, or any target of `vary mutate`; NAMEs\n"
		"choose among its classes.\n",
	},
	[COMMAND_DOCTOR] = {
		"vary doctor [DIR] [options]",
		"what was found: JVM, classes, tests, libraries; and what is missing",
		"Says what `vary mutate DIR` would work with, and what to do about what is\n"
		"missing. DIR may be any target; without it, the directory here.\n",
		"  vary doctor\n"
		"  vary doctor ../shop --jvm /usr/lib/jvm/java-21-openjdk-amd64\n",
		NULL,
	},
};

static const char exit_codes[] =
	"Exit status\n"
	"    0  done\n"
	"    1  a gate was violated; parity: there are differences\n"
	"    2  wrong usage or configuration, or input that cannot be read\n"
	"    3  nothing was measured: no mutants, no tests, or no test reaches any\n"
	"    4  the tests fail without any change\n"
	"    5  the run could not be finished, or a change that must be noticed was not;\n"
	"       what is known is reported\n"
	"  130  interrupted (Ctrl-C); what is known is reported\n";

void help_overview(struct buf *out)
{
	buf_text(out, "vary " VERSION ": would your tests notice?\n\n"
		 "Changes compiled JVM code (Java, Kotlin, Scala, Groovy, Vary) in small ways,\n"
		 "runs the tests that reach each change, and shows the changes that no test\n"
		 "noticed.\n\n"
		 "  vary mutate .                  the Maven or Gradle project here\n"
		 "  vary mutate src/Price.java     one class\n"
		 "  vary doctor                    what would be found here\n\n"
		 "Commands\n");
	for (int i = 0; i < N_COMMANDS; i++)
		buf_fmt(out, "  %-12s %s\n", help_command_names[i], commands[i].says);
	buf_fmt(out, "  %-12s this text, or with a command's name its options\n", "help");
	buf_text(out, "\n`vary COMMAND --help` tells all options and their defaults; --version the version.\n");
}

/* Breaks `text` into lines, the first of which begins at column `at`. */
static void wrap(struct buf *out, const char *text, unsigned indent, unsigned at)
{
	while (*text) {
		size_t len = strcspn(text, " ");

		if (at > indent && at + 1 + len > WIDTH) {
			buf_fmt(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (at > indent) {
			buf_u1(out, ' ');
			at++;
		}
		buf_bytes(out, text, len);
		at += (unsigned)len;
		text += len;
		text += strspn(text, " ");
	}
	buf_u1(out, '\n');
}

static void put_option(struct buf *out, const struct option_row *row)
{
	size_t start = out->len, column;
	struct buf text;

	if (row->letter)
		buf_fmt(out, "  -%c, --%s", row->letter, row->name);
	else if (row->alias)
		buf_fmt(out, " %s, --%s", row->alias, row->name);
	else
		buf_fmt(out, "      --%s", row->name);
	if (row->metavar)
		buf_fmt(out, " %s", row->metavar);
	column = out->len - start;
	if (column + 2 > HELP_COLUMN) {
		buf_u1(out, '\n');
		column = 0;
	}
	buf_fmt(out, "%*s", (int)(HELP_COLUMN - column), "");
	buf_init(&text, 4096);
	buf_text(&text, row->help);
	if (row->preset || row->without)
		buf_fmt(&text, " [default: %s]", row->preset ? row->preset : row->without);
	buf_u1(&text, 0);
	wrap(out, (const char *)text.bytes, HELP_COLUMN, HELP_COLUMN);
	buf_release(&text);
}

static void put_options(struct buf *out, enum command command)
{
	const char *group = NULL, *shown = NULL;

	for (unsigned i = 0; i < n_option_rows; i++) {
		const struct option_row *row = &option_rows[i];

		if (row->group)
			group = row->group;
		if (!(row->commands & 1u << command))
			continue;
		if (group != shown)
			buf_fmt(out, "\n%s\n", group);
		shown = group;
		put_option(out, row);
	}
}

static void put_sets(struct buf *out)
{
	uint32_t filters = plan_default_settings().filters;

	buf_text(out, "\nOperators, by family\n");
	for (int family = 0; family < N_FAMILIES; family++) {
		struct buf names;

		buf_init(&names, 4096);
		for (unsigned i = 0; i < n_operators; i++)
			if (operators[i].family == (enum family)family)
				buf_fmt(&names, "%s%s", names.len ? " " : "", operators[i].name);
		buf_u1(&names, 0);
		buf_fmt(out, "  %-14s", family_names[family]);
		wrap(out, (const char *)names.bytes, 16, 16);
		buf_release(&names);
	}
	buf_fmt(out, "  %-14s", "pit");
	wrap(out, "what PIT's default mutators and filters would try, the same changes in the same "
		  "places (docs/pit.md)", 16, 16);
	buf_text(out, "\nFilters\n");
	for (unsigned i = 0; i < N_FILTERS; i++) {
		struct buf says;

		buf_init(&says, 4096);
		buf_fmt(&says, "%s%s", filter_info[i].says,
			filters & 1u << i ? "" : " [off by default]");
		buf_u1(&says, 0);
		buf_fmt(out, "  %-16s", filter_info[i].name);
		wrap(out, (const char *)says.bytes, 18, 18);
		buf_release(&says);
	}
}

void help_command(enum command command, struct buf *out)
{
	buf_fmt(out, "%s\n\n%s\nExamples\n%s", commands[command].synopsis,
		commands[command].intro, commands[command].examples);
	if (commands[command].more)
		buf_fmt(out, "\n%s", commands[command].more);
	put_options(out, command);
	if (command == COMMAND_MUTATE || command == COMMAND_LIST || command == COMMAND_PARITY ||
	    command == COMMAND_LIES)
		put_sets(out);
	buf_fmt(out, "\n%s", exit_codes);
}
