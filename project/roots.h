/* Where the classes and sources lie of what was named on the command line. */
#ifndef PROJECT_ROOTS_H
#define PROJECT_ROOTS_H

#include "project/pom.h"
#include "project/target.h"

struct roots {
	struct arena *arena;
	struct target *targets, *tests;	/* [n_targets] TARGET..., [n_tests] --tests */
	uint32_t n_targets, n_tests;
	struct class_table table;	/* its roots; classes only after class_table_read() */
	uint32_t n_test_roots;	/* roots that --tests brought, the first ones */
	struct poms poms;	/* of the projects */
	struct text_list bases;	/* directories of the projects that targets lie in */
	struct text_list source_roots, looked_at;
	const char *layout;	/* as in struct project */
};

/* Adds the roots of --tests, of the projects around and below the targets, of
 * targets that lie in none, and of modules beside a target's own. */
enum err_code roots_find(struct roots *r, struct err *err) MUST_CHECK;

/* See struct root. What is not there is no root. */
void roots_add(struct roots *r, const char *path, const char *only, bool is_test, bool is_mixed);

#endif
