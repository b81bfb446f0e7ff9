#include "cli/doctor_command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/outcome.h"
#include "cli/terminal.h"
#include "project/jvm.h"
#include "runner/runner.h"

struct examination {
	struct options *options;
	struct run run;
	struct style style;
	struct buf out;
	enum exit_status status;	/* of the worst finding */
};

/* ---- findings ---- */

static void put_mark(struct examination *examination, bool is_good, const char *subject)
{
	const struct style *style = &examination->style;
	const char *good = style->utf8 ? "\xe2\x9c\x93" : "ok";
	const char *bad = style->utf8 ? "\xe2\x9c\x97" : "--";

	style_inked(style, &examination->out, is_good ? INK_GOOD : INK_BAD,
		    is_good ? good : bad, STYLE_NO_LIMIT);
	buf_fmt(&examination->out, " %-10s ", subject);
}

static void found(struct examination *examination, const char *subject, const char *text)
{
	put_mark(examination, true, subject);
	style_text(&examination->style, &examination->out, text, STYLE_NO_LIMIT);
	buf_u1(&examination->out, '\n');
}

static void missing(struct examination *examination, const char *subject, const char *text,
		    const char *remedy, enum exit_status status)
{
	put_mark(examination, false, subject);
	style_text(&examination->style, &examination->out, text, STYLE_NO_LIMIT);
	buf_u1(&examination->out, '\n');
	if (remedy) {
		style_spaces(&examination->out, 13);
		style_text(&examination->style, &examination->out, remedy, STYLE_NO_LIMIT);
		buf_u1(&examination->out, '\n');
	}
	if (examination->status == EXIT_DONE)
		examination->status = status;
}

/* ---- what is looked at ---- */

/* JAVA_VERSION="17.0.15" of the file `release` in a JDK's home. */
static const char *version_of(struct arena *arena, const char *home)
{
	FILE *stream = fopen(arena_strfmt(arena, "%s/release", home), "re");
	const char *version = NULL;
	char line[512], *value;

	while (stream && !version && fgets(line, sizeof(line), stream)) {
		if (strncmp(line, "JAVA_VERSION=\"", 14))
			continue;
		value = line + 14;
		value[strcspn(value, "\"\n")] = '\0';
		version = arena_strdup(arena, value);
	}
	if (stream)
		fclose(stream);
	return version;
}

static void examine_jvm(struct examination *examination)
{
	struct arena *arena = &examination->options->arena;
	const char *libjvm, *home, *version;
	struct err err = ERR_INIT;

	if (jvm_find(arena, examination->options->jvm, &libjvm, &home, &err) != ERR_OK) {
		missing(examination, "JVM", err.text, NULL, EXIT_USAGE);
		return;
	}
	version = home ? version_of(arena, home) : NULL;
	found(examination, "JVM", arena_strfmt(arena, "%s%s%s", version ? version : "",
					       version ? ", " : "", home ? home : libjvm));
}

static void examine_classes(struct examination *examination)
{
	const struct run *run = &examination->run;
	struct arena *arena = &examination->options->arena;
	uint32_t targets = 0, tests = 0;

	for (uint32_t i = 0; i < run->project.n_classes; i++) {
		targets += run->project.classes[i].is_target;
		tests += run->project.classes[i].is_test && !run->project.classes[i].is_left_out;
	}
	if (targets)
		found(examination, "code", arena_strfmt(arena, "%u class%s, %u mutants", targets,
							targets == 1 ? "" : "es",
							run->plan.n_mutants));
	else
		missing(examination, "code", "no compiled class to mutate",
			"compile first (mvn test-compile, gradle testClasses), or name the classes", EXIT_NOTHING);
	if (tests)
		found(examination, "tests", arena_strfmt(arena, "%u class%s beside the code or in its test directories",
							 tests, tests == 1 ? "" : "es"));
	else
		missing(examination, "tests", "no test class",
			"compile the tests, or name them with --tests", EXIT_NOTHING);
}

/* Names in jar files by which a test engine is known. */
static const struct {
	const char *part, *says;
} engines[] = {
	{ "junit-jupiter-engine", "JUnit Jupiter" },
	{ "junit-vintage-engine", "JUnit Vintage" },
	{ "junit-4", "JUnit 4" },
	{ "junit4", "JUnit 4" },
	{ "junit-3", "JUnit 3" },
	{ "junit.jar", "JUnit 3" },
	{ "testng", "TestNG" },
	{ "spock-core", "Spock" },
	{ "kotest", "Kotest" },
};

static void examine_libraries(struct examination *examination)
{
	const struct project *project = &examination->run.project;
	struct arena *arena = &examination->options->arena;
	const char *names = NULL;

	for (size_t e = 0; e < sizeof(engines) / sizeof(*engines); e++) {
		for (uint32_t i = 0; i < project->n_libraries; i++) {
			const char *slash = strrchr(project->libraries[i], '/');
			const char *file = slash ? slash + 1 : project->libraries[i];

			if (strncmp(file, engines[e].part, strlen(engines[e].part)))
				continue;
			names = names ? arena_strfmt(arena, "%s, %s", names, engines[e].says)
				      : engines[e].says;
			break;
		}
	}
	found(examination, "libraries", arena_strfmt(arena, "%u on the class path", project->n_libraries));
	if (names)
		found(examination, "engines", names);
	else
		missing(examination, "engines", "no test engine recognised among the libraries",
			"name its jars with --classpath, as in -cp '/usr/share/java/*'", EXIT_NOTHING);
	for (uint32_t i = 0; examination->options->verbose && i < project->n_libraries; i++) {
		style_spaces(&examination->out, 13);
		style_text(&examination->style, &examination->out, project->libraries[i], STYLE_NO_LIMIT);
		buf_u1(&examination->out, '\n');
	}
}

static void put_looked_at(struct examination *examination)
{
	const struct project *project = &examination->run.project;

	if (!project->n_looked_at)
		return;
	buf_text(&examination->out, "\nLooked at\n");
	for (uint32_t i = 0; i < project->n_looked_at; i++) {
		buf_text(&examination->out, "  ");
		style_text(&examination->style, &examination->out, project->looked_at[i], STYLE_NO_LIMIT);
		buf_u1(&examination->out, '\n');
	}
}

static void examine_project(struct examination *examination)
{
	struct arena *arena = &examination->options->arena;
	struct err err = ERR_INIT;
	enum err_code code = runner_plan(&examination->run, &err);
	const struct project *project = &examination->run.project;

	if (code != ERR_OK && code != ERR_EMPTY) {
		missing(examination, "project", err.text, NULL, (enum exit_status)outcome_status(code));
		return;
	}
	found(examination, "project", arena_strfmt(arena, "%s, %s", project->layout, project->directory));
	examine_classes(examination);
	examine_libraries(examination);
	if (project->n_source_roots)
		found(examination, "sources", arena_strfmt(arena, "%s%s", project->source_roots[0],
							   project->n_source_roots > 1 ? " and others" : ""));
}

int doctor_command_run(struct options *options)
{
	static const char *const here[] = { "." };
	struct examination examination = { .options = options };
	struct run_settings settings = options_run_settings(options);

	if (!settings.request.n_targets) {
		settings.request.targets = here;
		settings.request.n_targets = 1;
	}
	examination.style = terminal_style(STDOUT_FILENO, (enum color_choice)options->color);
	buf_init(&examination.out, 16u << 20);
	run_init(&examination.run, &settings, NULL);
	if (options->config)
		found(&examination, "options", options->config);
	examine_jvm(&examination);
	examine_project(&examination);
	put_looked_at(&examination);
	runner_release(&examination.run);
	return outcome_print(&examination.out, (int)examination.status);
}
