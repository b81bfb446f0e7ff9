#include "cli/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/nearest.h"
#include "engine/filter.h"
#include "report/version.h"

#define OFFSET(field) offsetof(struct options, field)
#define MUTATE (1u << COMMAND_MUTATE)
#define LIST (1u << COMMAND_LIST)
#define PARITY (1u << COMMAND_PARITY)
#define LIES (1u << COMMAND_LIES)
#define RUNS (MUTATE | PARITY | LIES)	/* tests */
#define DUMP (1u << COMMAND_DUMP)
#define DOCTOR (1u << COMMAND_DOCTOR)
#define ALL (RUNS | LIST | DUMP | DOCTOR)

const struct option_row option_rows[] = {
	{ .name = "tests", .letter = 't', .metavar = "PATH", .kind = OPTION_LIST,
	  .offset = OFFSET(tests), .is_path = true, .commands = RUNS | LIST | DOCTOR, .group = "Finding code and tests",
	  .without = "found by themselves",
	  .help = "Where the tests are: a source file, class file, directory or jar. Repeatable." },
	{ .name = "classpath", .alias = "-cp", .metavar = "PATH", .kind = OPTION_LIST,
	  .offset = OFFSET(classpath), .is_path = true, .commands = RUNS | LIST | DOCTOR,
	  .without = "from pom.xml, or asked of Maven or Gradle, offline",
	  .help = "Libraries of the code and its tests, separated by colons; DIR/* is every jar there." },
	{ .name = "include-tests", .metavar = "GLOB", .kind = OPTION_LIST,
	  .offset = OFFSET(include_tests), .commands = RUNS | DOCTOR, .without = "all",
	  .help = "Only test classes whose name matches, as in 'shop.*Test'. Repeatable." },
	{ .name = "exclude-tests", .metavar = "GLOB", .kind = OPTION_LIST,
	  .offset = OFFSET(exclude_tests), .commands = RUNS | DOCTOR, .without = "none",
	  .help = "No test classes whose name matches. Repeatable." },
	{ .name = "exclude", .metavar = "GLOB", .kind = OPTION_LIST,
	  .offset = OFFSET(exclude), .commands = RUNS | LIST | DUMP | DOCTOR, .without = "none",
	  .help = "Classes to leave unchanged, as in 'shop.generated.*'. Repeatable." },

	{ .name = "operators", .metavar = "LIST", .kind = OPTION_OPERATORS,
	  .commands = RUNS | LIST | DUMP, .group = "Choosing changes", .without = "all",
	  .help = "Families (listed below), kinds as in COND_BOUNDARY, or pit, separated by commas. "
		  "NAME adds, -NAME takes away; a list that begins with + or - changes the default." },
	{ .name = "filters", .metavar = "LIST", .kind = OPTION_FILTERS,
	  .commands = RUNS | LIST | DUMP, .without = "all but those marked off",
	  .help = "Noise that is never tried (listed below); the same syntax. --filters=-logging tries "
		  "changes to logging too, --filters none tries everything." },
	{ .name = "mutants", .metavar = "IDS", .kind = OPTION_TEXT, .offset = OFFSET(mutants),
	  .commands = RUNS | LIST, .is_view = true, .without = "all",
	  .help = "Only these: ids from a report, or beginnings of ids, separated by commas. The report then tells the fate of each." },
	{ .name = "sample", .metavar = "N", .kind = OPTION_NUMBER, .offset = OFFSET(sample),
	  .commands = RUNS | LIST, .is_view = true, .without = "all", .least = 1, .most = 1e9,
	  .help = "Only N of them, chosen by lot; the result says so." },
	{ .name = "seed", .metavar = "S", .kind = OPTION_NUMBER, .offset = OFFSET(seed),
	  .commands = RUNS | LIST, .is_view = true, .preset = "1", .least = 0, .most = 4294967295.0,
	  .help = "Of the lots: the same seed chooses the same changes." },

	{ .name = "why", .metavar = "ID", .kind = OPTION_TEXT, .offset = OFFSET(why),
	  .commands = MUTATE, .is_typed_only = true, .group = "One change", .without = "a whole run",
	  .help = "Why it survived: what changed, how far it went, and an assertion that notices it, tried out. "
		  "Several with commas between. Without a target: as in the last run that had it; asked again, it comes from .vary/." },
	{ .name = "replay", .metavar = "ID", .kind = OPTION_TEXT, .offset = OFFSET(replay),
	  .commands = MUTATE, .is_typed_only = true, .without = "a whole run",
	  .help = "Run the tests that reach it once more, with what they print." },
	{ .name = "diff", .metavar = "ID", .kind = OPTION_TEXT, .offset = OFFSET(diff),
	  .commands = MUTATE, .is_typed_only = true, .without = "a whole run",
	  .help = "What it changes, in the source's words; with --verbose, or without the source, as instructions. Runs nothing." },

	{ .name = "reference", .kind = OPTION_SWITCH, .offset = OFFSET(reference),
	  .commands = MUTATE, .group = "Running",
	  .help = "The whole suite in its own order against every change, nothing selected: slow, and the truth. `vary parity` compares." },
	{ .name = "matrix", .kind = OPTION_SWITCH, .offset = OFFSET(matrix),
	  .commands = MUTATE,
	  .help = "Every test that can notice a change meets it, even when another has noticed it already; the JSON report lists all that do." },
	{ .name = "jobs", .letter = 'j', .metavar = "N", .kind = OPTION_NUMBER,
	  .offset = OFFSET(jobs), .commands = RUNS, .without = "one a core",
	  .help = "Mutants under way at once.", .least = 1, .most = 256 },
	{ .name = "slots", .metavar = "N", .kind = OPTION_NUMBER, .offset = OFFSET(slots),
	  .commands = RUNS, .preset = "1", .least = 1, .most = 64,
	  .help = "How many of them share one JVM. More is faster for tests that touch nothing global." },
	{ .name = "timeout-factor", .metavar = "X", .kind = OPTION_REAL,
	  .offset = OFFSET(timeout_factor), .commands = RUNS, .preset = "5",
	  .help = "A test that takes X times as long as without the change has timed out ...",
	  .least = 1, .most = 1000 },
	{ .name = "timeout-ms", .metavar = "MS", .kind = OPTION_NUMBER,
	  .offset = OFFSET(timeout_ms), .commands = RUNS, .preset = "2000",
	  .help = "... and this many milliseconds on top.", .least = 1, .most = 3600000 },
	{ .name = "jvm", .metavar = "DIR", .kind = OPTION_TEXT, .offset = OFFSET(jvm),
	  .is_path = true, .commands = RUNS | LIST | DUMP | DOCTOR, .without = "$JAVA_HOME, else the java on $PATH",
	  .help = "The JDK or JRE to run the tests in, 11 or newer." },
	{ .name = "jvm-arg", .metavar = "ARG", .kind = OPTION_LIST, .offset = OFFSET(jvm_args),
	  .commands = RUNS | LIST, .without = "none",
	  .help = "An argument for that JVM, as in --jvm-arg=-Xmx2g. Repeatable." },
	{ .name = "no-explain", .kind = OPTION_SWITCH, .offset = OFFSET(no_explain), .commands = MUTATE | LIES,
	  .help = "Do not run survivors again to see how far their change travelled: no survivor "
		  "classes, no observability." },
	{ .name = "no-cds", .kind = OPTION_SWITCH, .offset = OFFSET(no_cds), .commands = MUTATE | LIES | LIST,
	  .help = "Start the JVM without the archive of library classes that an earlier run left in "
		  "$XDG_CACHE_HOME/vary or ~/.cache/vary, and leave none." },

	{ .name = "no-store", .kind = OPTION_SWITCH, .offset = OFFSET(no_store), .commands = MUTATE,
	  .help = "Keep nothing of this run in .vary/vary.db of the project, from which --expand and --why answer." },

	{ .name = "expand", .metavar = "KEY", .kind = OPTION_TEXT, .offset = OFFSET(expand),
	  .commands = MUTATE, .is_typed_only = true, .group = "Looking into earlier runs", .without = "a new run",
	  .help = "The changes of a method or class and what became of each, from .vary/vary.db at once: 'Class#method', "
		  "'Class', '#method', or beginnings of these. Needs no target." },

	{ .name = "quarantine", .metavar = "ID", .kind = OPTION_TEXT, .offset = OFFSET(quarantine),
	  .commands = MUTATE, .is_typed_only = true, .group = "Leaving changes out", .without = "a run",
	  .help = "Leave this change out of the score from now on, by an entry in vary-quarantine.toml of the project, "
		  "a file to be committed. Wants --reason; needs no target." },
	{ .name = "reason", .metavar = "TEXT", .kind = OPTION_TEXT, .offset = OFFSET(reason),
	  .commands = MUTATE, .is_typed_only = true, .without = "none",
	  .help = "Why nobody needs to look at it." },
	{ .name = "list-quarantined", .kind = OPTION_SWITCH, .offset = OFFSET(list_quarantined),
	  .commands = MUTATE, .is_typed_only = true, .help = "What is left out, since when and why; with --output json for programs." },
	{ .name = "unquarantine", .metavar = "ID", .kind = OPTION_TEXT, .offset = OFFSET(unquarantine),
	  .commands = MUTATE, .is_typed_only = true, .without = "a run",
	  .help = "Let it count again." },
	{ .name = "auto-quarantine", .metavar = "CONFIDENCE", .kind = OPTION_REAL,
	  .offset = OFFSET(auto_quarantine), .commands = MUTATE, .without = "off", .least = 0.5, .most = 1,
	  .help = "Leave survivors out of the score that no input can tell from the original, with at least this "
		  "confidence, as in 0.9; in this report only." },

	{ .name = "min-score", .metavar = "PERCENT", .kind = OPTION_REAL, .offset = OFFSET(gates.min_score),
	  .commands = MUTATE, .group = "Gates", .without = "none", .least = 0, .most = 100,
	  .help = "A lower score ends with exit status 1. Gates are not checked where --mutants chooses." },
	{ .name = "max-survivors", .metavar = "N", .kind = OPTION_NUMBER, .offset = OFFSET(gates.max_survivors),
	  .commands = MUTATE, .without = "no limit", .least = 0, .most = 1e9,
	  .help = "So do more survivors; changes in code that no test runs are not among them." },
	{ .name = "min-observability", .metavar = "PERCENT", .kind = OPTION_REAL,
	  .offset = OFFSET(gates.min_observability), .commands = MUTATE, .without = "none", .least = 0, .most = 100,
	  .help = "So does a lower share of changes that a test notices, or is handed another value by (docs/metrics.md)." },
	{ .name = "max-unobserved-survivors", .metavar = "N", .kind = OPTION_NUMBER,
	  .offset = OFFSET(gates.max_unobserved), .commands = MUTATE, .without = "no limit", .least = 0, .most = 1e9,
	  .help = "So do more survivors that made a difference of which no test was handed any." },
	{ .name = "fail-on-decrease", .kind = OPTION_SWITCH, .offset = OFFSET(gates.fail_on_decrease),
	  .commands = MUTATE,
	  .help = "So does a score below that of the newest finished run of the same target and operators in .vary/vary.db, by 0.01 points or more." },
	{ .name = "allow-zero-kills", .kind = OPTION_SWITCH, .offset = OFFSET(allow_zero_kills),
	  .commands = MUTATE,
	  .help = "A run in which no test noticed any change need not be a failure (exit status 3)." },

	{ .name = "output", .metavar = "text|json", .kind = OPTION_CHOICE, .offset = OFFSET(output),
	  .commands = RUNS | LIST, .is_view = true, .group = "Output", .preset = "text",
	  .help = "For people, or for programs (docs/json.md)." },
	{ .name = "emit", .metavar = "DIR", .kind = OPTION_TEXT, .offset = OFFSET(emit),
	  .is_path = true, .commands = LIST, .without = "nothing is written",
	  .help = "Also write every mutant as a class file, DIR/ID/path/of/Class.class. DIR must be empty or not exist." },
	{ .name = "top", .metavar = "N", .kind = OPTION_NUMBER, .offset = OFFSET(top),
	  .commands = MUTATE | LIES, .is_view = true, .without = "12 or fewer are, of more none", .least = 0, .most = 1e9,
	  .help = "Survivors shown in full with their source lines, largest gaps first; lie-detector: tests of a bucket; 0 shows all." },
	{ .name = "color", .metavar = "auto|always|never", .kind = OPTION_CHOICE,
	  .offset = OFFSET(color), .commands = RUNS | LIST | DOCTOR, .is_view = true, .preset = "auto",
	  .help = "auto: on a terminal, unless NO_COLOR is set." },
	{ .name = "quiet", .letter = 'q', .kind = OPTION_SWITCH, .offset = OFFSET(quiet),
	  .commands = RUNS | LIST, .is_view = true, .help = "No progress and no warnings, only the result and errors." },
	{ .name = "verbose", .letter = 'v', .kind = OPTION_SWITCH, .offset = OFFSET(verbose),
	  .commands = RUNS | LIST | DOCTOR, .is_view = true,
	  .help = "Also what was looked at, every test left out, time by phase." },
	{ .name = "config", .metavar = "FILE", .kind = OPTION_TEXT, .offset = OFFSET(config),
	  .commands = ALL, .is_typed_only = true, .without = "the nearest vary.toml above the target",
	  .help = "Where options are written down (vary.example.toml); those of the command line win." },
	{ .name = "no-config", .kind = OPTION_SWITCH, .offset = OFFSET(no_config),
	  .commands = ALL, .is_typed_only = true, .help = "Read no vary.toml." },
	{ .name = "help", .letter = 'h', .kind = OPTION_SWITCH, .offset = OFFSET(help),
	  .commands = ALL, .is_typed_only = true, .help = "This text." },
};
const unsigned n_option_rows = sizeof(option_rows) / sizeof(*option_rows);

/* ---- sets: operators and filters ---- */

static bool select_operators(const char *name, uint64_t *ret)
{
	return operator_select(name, ret);
}

static bool select_filters(const char *name, uint64_t *ret)
{
	enum filter filter = filter_find(name);

	if (!strcmp(name, "all"))
		*ret = (1u << N_FILTERS) - 1;
	else if (filter != N_FILTERS)
		*ret = 1u << filter;
	else
		return false;
	return true;
}

static void offer_operators(struct nearest *nearest)
{
	for (int i = 0; i < N_FAMILIES; i++)
		nearest_offer(nearest, family_names[i]);
	nearest_offer(nearest, "pit");
	for (unsigned i = 0; i < n_operators; i++)
		nearest_offer(nearest, operators[i].name);
}

static void offer_filters(struct nearest *nearest)
{
	for (int i = 0; i < N_FILTERS; i++)
		nearest_offer(nearest, filter_info[i].name);
}

static enum err_code unknown_name(const char *name, const char *option,
				  void (*offer)(struct nearest *), struct err *err)
{
	struct nearest nearest;
	const char *near;

	nearest_init(&nearest, name);
	offer(&nearest);
	near = nearest_get(&nearest);
	if (near)
		return err_set(err, ERR_USAGE, "--%s knows no %s; did you mean %s?", option, name, near);
	return err_set(err, ERR_USAGE, "--%s knows no %s; see vary mutate --help", option, name);
}

/* "a,b", "all,-b", "+c", "none": adds to and takes from *set; *ret_taken is what
 * was taken away and not added again, of a list that changes the one before it too. */
static enum err_code parse_set(struct options *options, const char *option, const char *text,
			       bool (*select)(const char *, uint64_t *),
			       void (*offer)(struct nearest *), uint64_t *set,
			       uint64_t *ret_taken, struct err *err)
{
	char *copy = arena_strdup(&options->arena, text), *rest = NULL;
	uint64_t result = *text == '+' || *text == '-' ? *set : 0;
	uint64_t preset = *set, mask = 0, taken = *text == '+' || *text == '-' ? *ret_taken : 0;

	for (char *name = strtok_r(copy, ", ", &rest); name; name = strtok_r(NULL, ", ", &rest)) {
		bool remove = *name == '-';

		name += *name == '-' || *name == '+';
		if (!strcmp(name, "none"))
			mask = 0;
		else if (!strcmp(name, "default"))
			mask = preset;
		else if (!select(name, &mask))
			return unknown_name(name, option, offer, err);
		result = remove ? result & ~mask : result | mask;
		taken = remove ? taken | mask : taken & ~mask;
	}
	*set = result;
	*ret_taken = taken;
	return ERR_OK;
}

/* ---- single values ---- */

static void append(struct options *options, struct options_list *list, const char *text)
{
	if (options->is_typing && list->is_of_file)
		*list = (struct options_list){ NULL, 0, false };
	list->is_of_file = !options->is_typing;
	list->items = arena_grow(&options->arena, list->items, list->n, list->n + 1,
				 sizeof(*list->items));
	list->items[list->n++] = text;
}

static enum err_code parse_number(const struct option_row *row, const char *text,
				  double *ret, struct err *err)
{
	char *end;
	double number;

	errno = 0;
	number = strtod(text, &end);
	if (end == text || *end || errno || !(number >= row->least && number <= row->most) ||
	    strpbrk(text, "xXnN") ||	/* no hexadecimal, no nan */
	    (row->kind == OPTION_NUMBER && number != (uint32_t)number))
		return err_set(err, ERR_USAGE, "--%s %s: wants a %snumber from %.0f to %.0f", row->name,
			       text, row->kind == OPTION_NUMBER ? "whole " : "", row->least, row->most);
	*ret = number;
	return ERR_OK;
}

static enum err_code parse_choice(const struct option_row *row, const char *text,
				  uint32_t *ret, struct err *err)
{
	const char *word = row->metavar;
	size_t len = strlen(text);

	for (uint32_t i = 0; word; i++) {
		size_t word_len = strcspn(word, "|");

		if (len == word_len && !strncmp(text, word, len)) {
			*ret = i;
			return ERR_OK;
		}
		word = word[word_len] ? word + word_len + 1 : NULL;
	}
	return err_set(err, ERR_USAGE, "--%s %s: wants one of %s", row->name, text, row->metavar);
}

static enum err_code parse_switch(const struct option_row *row, const char *text, bool *ret,
				  struct err *err)
{
	if (text && strcmp(text, "true") && strcmp(text, "false"))
		return err_set(err, ERR_USAGE, "--%s %s: wants true, false or no value", row->name, text);
	*ret = !text || !strcmp(text, "true");
	return ERR_OK;
}

static enum err_code set_value(struct options *options, const struct option_row *row,
			       const char *text, struct err *err)
{
	void *field = (char *)options + row->offset;
	uint64_t filters = options->plan.filters, taken = 0;
	double number = 0;

	switch (row->kind) {
	case OPTION_SWITCH:
		return parse_switch(row, text, field, err);
	case OPTION_TEXT:
		if (!*text)
			return err_set(err, ERR_USAGE, "--%s wants a value that is not empty", row->name);
		*(const char **)field = text;
		return ERR_OK;
	case OPTION_LIST:
		append(options, field, text);
		return ERR_OK;
	case OPTION_NUMBER:
		TRY(parse_number(row, text, &number, err));
		*(uint32_t *)field = (uint32_t)number;
		return ERR_OK;
	case OPTION_REAL:
		return parse_number(row, text, field, err);
	case OPTION_CHOICE:
		return parse_choice(row, text, field, err);
	case OPTION_OPERATORS:
		return parse_set(options, row->name, text, select_operators, offer_operators,
				 &options->plan.operators, &options->plan.pit_without, err);
	case OPTION_FILTERS:
		TRY(parse_set(options, row->name, text, select_filters, offer_filters, &filters,
			      &taken, err));
		options->plan.filters = (uint32_t)filters;
		return ERR_OK;
	}
	return ERR_OK;
}

/* ---- the command line ---- */

struct arguments {
	int at, n;
	char **items;
};

static bool belongs(const struct option_row *row, enum command command)
{
	return row->commands & 1u << command;
}

static enum err_code unknown_option(enum command command, const char *typed, struct err *err)
{
	static const char *const names[N_COMMANDS] = {
		"mutate", "list", "parity", "lie-detector", "dump", "doctor",
	};
	size_t len = strcspn(typed, "=");
	char name[64], word[64];
	struct nearest nearest;
	const char *near = NULL;

	snprintf(name, sizeof(name), "%.*s", (int)(len < 60 ? len : 60), typed);
	nearest_init(&nearest, name + strspn(name, "-"));
	for (unsigned i = 0; i < n_option_rows; i++)
		if (belongs(&option_rows[i], command))
			nearest_offer(&nearest, option_rows[i].name);
	near = strlen(name) > 2 ? nearest_get(&nearest) : NULL;
	if (near) {
		snprintf(word, sizeof(word), "--%s", near);
		return err_set(err, ERR_USAGE, "unknown option %s; did you mean %s?", name, word);
	}
	return err_set(err, ERR_USAGE, "unknown option %s; see vary %s --help", name, names[command]);
}

static enum err_code take_value(struct options *options, const struct option_row *row,
				const char *typed, const char *value,
				struct arguments *arguments, struct err *err)
{
	if (row->kind != OPTION_SWITCH && !value) {
		if (arguments->at == arguments->n)
			return err_set(err, ERR_USAGE, "%s wants %s", typed, row->metavar);
		value = arguments->items[arguments->at++];
	}
	return set_value(options, row, value, err);
}

static enum err_code parse_long(struct options *options, const char *typed,
				struct arguments *arguments, struct err *err)
{
	size_t len = strcspn(typed + 2, "=");
	const char *value = typed[2 + len] ? typed + 2 + len + 1 : NULL;

	for (unsigned i = 0; i < n_option_rows; i++) {
		const struct option_row *row = &option_rows[i];

		if (belongs(row, options->command) && strlen(row->name) == len &&
		    !strncmp(row->name, typed + 2, len))
			return take_value(options, row, typed, value, arguments, err);
	}
	return unknown_option(options->command, typed, err);
}

/* "-j4", "-j 4", "-qv", "-cp PATH". */
static enum err_code parse_short(struct options *options, const char *typed,
				 struct arguments *arguments, struct err *err)
{
	const struct option_row *row = NULL;

	for (unsigned i = 0; i < n_option_rows; i++)
		if (belongs(&option_rows[i], options->command) && option_rows[i].alias &&
		    !strcmp(option_rows[i].alias, typed))
			return take_value(options, &option_rows[i], typed, NULL, arguments, err);
	for (const char *at = typed + 1; *at; at++) {
		row = NULL;
		for (unsigned i = 0; i < n_option_rows; i++)
			if (belongs(&option_rows[i], options->command) && option_rows[i].letter == *at)
				row = &option_rows[i];
		if (!row)
			return unknown_option(options->command, typed, err);
		if (row->kind != OPTION_SWITCH)
			return take_value(options, row, typed, at[1] ? at + 1 : NULL, arguments, err);
		TRY(set_value(options, row, NULL, err));
	}
	return ERR_OK;
}

static enum err_code parse_all(struct options *options, struct arguments *arguments,
			       struct err *err)
{
	bool options_ended = false;

	while (arguments->at < arguments->n) {
		const char *typed = arguments->items[arguments->at++];

		if (options_ended || typed[0] != '-')
			append(options, &options->targets, typed);
		else if (!strcmp(typed, "--"))
			options_ended = true;
		else if (typed[1] == '-')
			TRY(parse_long(options, typed, arguments, err));
		else if (typed[1])
			TRY(parse_short(options, typed, arguments, err));
		else
			return err_set(err, ERR_USAGE, "standard input cannot be mutated; name a file");
	}
	return ERR_OK;
}

unsigned options_view_words(const char *typed)
{
	const char *name = typed + strspn(typed, "-");
	size_t len = strcspn(name, "=");

	for (unsigned i = 0; i < n_option_rows; i++) {
		const struct option_row *row = &option_rows[i];
		bool is_long = name - typed == 2 && strlen(row->name) == len && !strncmp(row->name, name, len);
		bool is_short = name - typed == 1 && len == 1 && row->letter == *name;

		if (row->is_view && (is_long || is_short))
			return row->kind == OPTION_SWITCH || name[len] ? 1 : 2;
	}
	return 0;
}

/* What the store and files answer, or a run's own command line is kept for. */
static bool needs_no_target(const struct options *options)
{
	return options->why || options->replay || options->diff || options->expand || options->quarantine || options->unquarantine ||
	       options->list_quarantined;
}

static enum err_code check(const struct options *options, struct err *err)
{
	static const char *const wants[N_COMMANDS] = {
		[COMMAND_MUTATE] = "what to mutate? `vary mutate .` takes the project here; see vary mutate --help",
		[COMMAND_LIST] = "mutants of what? `vary list .` takes the project here; see vary list --help",
		[COMMAND_LIES] = "tests of what? `vary lie-detector .` takes the project here; see vary lie-detector --help",
		[COMMAND_PARITY] = "parity of what? `vary parity .` takes the project here; see vary parity --help",
		[COMMAND_DUMP] = "dump what? name a class file; see vary dump --help",
	};

	if (options->help)
		return ERR_OK;
	if (!options->targets.n && wants[options->command] && !needs_no_target(options))
		return err_set(err, ERR_USAGE, "%s", wants[options->command]);
	if (options->command == COMMAND_DOCTOR && options->targets.n > 1)
		return err_set(err, ERR_USAGE, "doctor looks at one directory at a time");
	for (uint32_t i = 0; i < options->targets.n; i++)
		if (!*options->targets.items[i])
			return err_set(err, ERR_USAGE, "a target is empty");
	if (options->no_explain && (options->gates.min_observability > 0 ||
				    options->gates.max_unobserved != GATES_NO_LIMIT))
		return err_set(err, ERR_USAGE, "--no-explain leaves what --min-observability and --max-unobserved-survivors ask for unknown");
	if (options->quarantine && !options->reason)
		return err_set(err, ERR_USAGE, "--quarantine wants --reason TEXT: why nobody needs to look at %s", options->quarantine);
	if (options->reason && !options->quarantine)
		return err_set(err, ERR_USAGE, "--reason goes with --quarantine ID");
	if (options->auto_quarantine > 0 && options->no_explain)
		return err_set(err, ERR_USAGE, "--no-explain leaves what --auto-quarantine goes by unknown");
	if (!options->plan.operators)
		return err_set(err, ERR_USAGE, "--operators leaves no operator to work with");
	return ERR_OK;
}

enum err_code options_init(struct options *options, enum command command, struct err *err)
{
	*options = (struct options){ .arena = ARENA_INIT, .command = command,
				     .plan = plan_default_settings(),
				     .gates.max_survivors = GATES_NO_LIMIT,
				     .gates.max_unobserved = GATES_NO_LIMIT, .top = OPTIONS_NO_LIMIT };
	for (unsigned i = 0; i < n_option_rows; i++)
		if (option_rows[i].preset)
			TRY(set_value(options, &option_rows[i], option_rows[i].preset, err));
	return ERR_OK;
}

enum err_code options_set(struct options *options, const struct option_row *row,
			  const char *text, struct err *err)
{
	return set_value(options, row, text, err);
}

enum err_code options_read(struct options *options, int argc, char **argv, struct err *err)
{
	struct arguments arguments = { 0, argc, argv };

	options->is_typing = true;
	options->arguments = argv;
	options->n_arguments = argc > 0 ? (uint32_t)argc : 0;
	TRY(parse_all(options, &arguments, err));
	return check(options, err);
}

void options_release(struct options *options)
{
	arena_release(&options->arena);
}

/* --classpath may be given more than once; the parts are one path. */
static const char *joined(struct options *options, const struct options_list *list)
{
	const char *path = NULL;

	for (uint32_t i = 0; i < list->n; i++)
		path = path ? arena_strfmt(&options->arena, "%s:%s", path, list->items[i])
			    : list->items[i];
	return path;
}

struct run_settings options_run_settings(struct options *options)
{
	return (struct run_settings){
		.request = {
			.targets = options->targets.items, .n_targets = options->targets.n,
			.classpath = joined(options, &options->classpath),
			.tests = options->tests.items, .n_tests = options->tests.n,
			.include_tests = options->include_tests.items,
			.n_include_tests = options->include_tests.n,
			.exclude_tests = options->exclude_tests.items,
			.n_exclude_tests = options->exclude_tests.n,
			.exclude = options->exclude.items, .n_exclude = options->exclude.n,
		},
		.plan = options->plan,
		.jvm = options->jvm,
		.jvm_args = options->jvm_args.items, .n_jvm_args = options->jvm_args.n,
		.matrix = options->matrix || options->command == COMMAND_LIES,
		.read_oracles = options->command == COMMAND_LIES || options->verbose ||
				options->output == OUTPUT_JSON,
		.keep_oracle = options->command == COMMAND_LIES,
		.no_explain = options->no_explain,
		.quarantine = options->quarantined, .n_quarantine = options->n_quarantined,
		.auto_quarantine = options->auto_quarantine,
		.no_cds = options->no_cds, .no_store = options->no_store || options->command == COMMAND_LIES,
		.arguments = (const char *const *)options->arguments,
		.n_arguments = options->n_arguments, .version = VERSION,
		.jobs = options->jobs, .slots = options->slots,
		.timeout_factor = options->timeout_factor, .timeout_ms = options->timeout_ms,
		.only_mutants = options->mutants,
		.sample = options->sample, .seed = options->seed,
		.way = options->command == COMMAND_PARITY ? RUN_BOTH
		       : options->reference ? RUN_REFERENCE : RUN_FAST,
		.interrupt_fd = -1,
	};
}
