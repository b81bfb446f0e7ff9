/* The command line: one table of options gives parsing, defaults and help, and
 * the keys of vary.toml (cli/config.h).
 *
 *	struct options options;
 *	code = options_init(&options, COMMAND_MUTATE, &err);
 *	code = options_set(&options, row, "4", &err);        what a file says
 *	code = options_read(&options, argc, argv, &err);     wins over it
 *	settings = options_run_settings(&options);
 *	options_release(&options);
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "judge/gates.h"
#include "runner/quarantine.h"

enum command {
	COMMAND_MUTATE, COMMAND_LIST, COMMAND_PARITY, COMMAND_LIES, COMMAND_DUMP, COMMAND_DOCTOR,
	N_COMMANDS,
};

#define OPTIONS_NO_LIMIT UINT32_MAX

enum output_format { OUTPUT_TEXT, OUTPUT_JSON };
enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options_list {
	const char **items;	/* [n], in the arena; texts are argv's or the arena's */
	uint32_t n;
	bool is_of_file;	/* the command line's first item replaces them */
};

struct options {
	struct arena arena;
	enum command command;
	bool help;
	bool is_typing;		/* the command line is being read */
	char **arguments;	/* [n_arguments] as typed after the command */
	uint32_t n_arguments;
	struct options_list targets, tests, classpath, jvm_args;
	struct options_list include_tests, exclude_tests, exclude;
	struct plan_settings plan;
	const char *jvm, *mutants, *emit, *config;
	const char *why, *replay, *diff;	/* ids, or NULL */
	const char *asked_in;	/* directory in which it was typed without a target, as in the last run; or NULL */
	const char *expand;	/* a key, or NULL */
	const char *quarantine, *unquarantine, *reason;	/* an id, an id, why; or NULL */
	struct quarantine_entry *quarantined;	/* [n_quarantined] of the file */
	uint32_t n_quarantined;
	double auto_quarantine;	/* confidence; 0: off */
	uint32_t jobs, slots, timeout_ms, top, sample, seed;
	double timeout_factor;
	struct gate_settings gates;
	uint32_t output;	/* enum output_format */
	uint32_t color;		/* enum color_choice */
	bool reference, matrix, no_store, allow_zero_kills, list_quarantined, quiet, verbose, no_explain, no_cds, no_config;
};

enum option_kind {
	OPTION_SWITCH,		/* bool; may take true or false */
	OPTION_TEXT,		/* const char * */
	OPTION_LIST,		/* struct options_list; repeatable */
	OPTION_NUMBER,		/* uint32_t, from `least` to `most` */
	OPTION_REAL,		/* double, from `least` to `most` */
	OPTION_CHOICE,		/* uint32_t: which of the words in `metavar` */
	OPTION_OPERATORS,	/* plan.operators */
	OPTION_FILTERS,		/* plan.filters */
};

struct option_row {
	const char *name;	/* without dashes */
	char letter;		/* or 0 */
	const char *alias;	/* as typed, dashes and all; or NULL */
	const char *metavar;	/* "PATH"; "text|json" for a choice; NULL: switch */
	enum option_kind kind;
	size_t offset;		/* in struct options */
	unsigned commands;	/* bit per enum command */
	bool is_path;		/* in a file: relative to where that lies */
	bool is_typed_only;	/* not for a file */
	bool is_view;		/* says what is shown, or picks mutants; nothing of which there are */
	const char *group;	/* heading in help; NULL: under the one before */
	const char *preset;	/* parsed before the command line, shown in help; or NULL */
	const char *without;	/* shown as default in help when there is no preset */
	const char *help;
	double least, most;
};
extern const struct option_row option_rows[];
extern const unsigned n_option_rows;

/* The presets. */
enum err_code options_init(struct options *options, enum command command,
			   struct err *err) MUST_CHECK;

/* One value, as it would be typed; of a switch "true", "false" or NULL. `text`
 * must live as long as *options. ERR_USAGE with one line that begins with --NAME. */
enum err_code options_set(struct options *options, const struct option_row *row,
			  const char *text, struct err *err) MUST_CHECK;

/* `argv` holds what follows the command. ERR_USAGE with one line that names
 * the nearest thing known. Targets are not checked where help is asked for. */
enum err_code options_read(struct options *options, int argc, char **argv,
			   struct err *err) MUST_CHECK;
void options_release(struct options *options);

/* How many words of a command line an option takes that is_view, from `typed` on
 * ("--top", "--top=5", "-q"); 0 for anything else. */
unsigned options_view_words(const char *typed);

/* For run_init(); points into *options. */
struct run_settings options_run_settings(struct options *options);

#endif
