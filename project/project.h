/* What the user's TARGET stands for: classes, tests, class path.
 *
 *	project_resolve(&arena, &request, &project, &err)
 *
 * Finds Maven (target/classes, target/test-classes), Gradle
 * (build/classes/LANG/main, .../test) and plain layouts (out/production,
 * classes beside test-classes, Eclipse's bin), above or below the target, reads
 * every class file of their roots into memory, and picks the classes to be
 * mutated. Runs the build tool only to ask for the class path (offline), never
 * to build. Everything in the result lives in the arena.
 *
 * A source file stands for the classes with its package and SourceFile, nested
 * ones included; they may also lie beside it or in an entry of --classpath,
 * whose directories then count as the project's own. A .class file stands for
 * that class alone; a directory for the classes below it or, if there are none,
 * for those made from the sources below it.
 *
 * In a directory of tests (a layout's, or one of --tests) every class is a test
 * or belongs to one. Elsewhere tests may lie among the rest: a class is one that
 * test_class_is() says is one, or is nested in one, or extends one, or has its
 * source in src/test. A layout's directory of main classes holds no tests.
 *
 * In a module of Maven's or Gradle's only those are run that the build would run
 * (as_build.h), or those that --include-tests names.
 *
 * Java sources are compiled in memory where a project has no classes at all, or
 * where the target lies in none: see source_add_company() for which.
 */
#ifndef PROJECT_PROJECT_H
#define PROJECT_PROJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"

struct project_request {
	const char *const *targets;	/* [n_targets] as typed */
	uint32_t n_targets;
	const char *classpath;		/* --classpath: colon-separated, or NULL; an entry DIR/x star is every jar there */
	const char *const *tests;	/* --tests: files, classes, directories, jars */
	uint32_t n_tests;
	const char *const *include_tests, *const *exclude_tests;	/* globs on class names with dots */
	uint32_t n_include_tests, n_exclude_tests;
	const char *const *exclude;	/* globs: classes not to be mutated */
	uint32_t n_exclude;
	unsigned java;		/* feature number of the JVM to be used, 0: not known */
};

/* By which a build chooses among the tests of a class; what they say is found out beside
 * the test engine (jni/harness/TestTags.java, TestNames.java). "": all, or none. */
struct test_choice {
	const char *groups, *excluded;	/* expressions of tags */
	const char *names, *excluded_names;	/* patterns, with commas between */
};

struct project_class {
	const char *name;	/* with dots */
	const char *what;	/* path or jar!entry, for messages */
	struct span bytes;
	uint32_t root;		/* in project->roots */
	bool is_test;		/* comes from a test root, or looks like a test in a mixed one */
	bool is_left_out;	/* by its name a test that the build does not run: neither do we */
	bool is_target;		/* to be mutated */
	const struct test_choice *choice;	/* of its tests, only these are run; NULL: all */
};

struct project {
	const char *directory;	/* absolute: where tests run, the project's base */
	const char *layout;	/* "maven", "gradle", "plain", "sources" */
	const char *const *roots;	/* [n_roots] absolute: tests' directories, main directories, target jars */
	uint32_t n_roots;
	struct project_class *classes;	/* every class in the roots, once per name, first root wins */
	uint32_t n_classes;
	const char *const *libraries;	/* [n_libraries] absolute jars and directories */
	uint32_t n_libraries;
	const char *const *sources;	/* [n_sources] .java files to be compiled first (layout "sources") */
	uint32_t n_sources;
	const char *const *source_roots;	/* directories where sources of the classes lie, for showing lines */
	uint32_t n_source_roots;
	const char *const *jvm_args;	/* [n_jvm_args] what the build tool gives the JVM of the tests */
	uint32_t n_jvm_args;
	/* [n_environment] what it sets for them: "NAME=value", or "NAME" for one that is not to be there */
	const char *const *environment;
	uint32_t n_environment;
	/* [n_looked_at] one line each: what was looked at and found or not; those
	 * that begin with "skipped" or "stale" are warnings. */
	const char *const *looked_at;
	uint32_t n_looked_at;
};

/* One line naming the file and the remedy: ERR_MISSING for what is not there or
 * not compiled, ERR_USAGE for what is no target (a test, a text file, a wrong
 * entry of --classpath), ERR_FORMAT for a damaged jar or the damaged class that
 * was named; other damaged classes are left out with a line in looked_at. */
enum err_code project_resolve(struct arena *arena,
			      const struct project_request *request,
			      struct project *ret, struct err *err) MUST_CHECK;

/* Layout "sources", after the sources were compiled in memory: adds the
 * classes and decides what is test and what is target. The request is the one
 * given to project_resolve(). */
void project_add_compiled(struct arena *arena, struct project *project,
			  const struct project_request *request,
			  const char *name, struct span bytes);

#endif
