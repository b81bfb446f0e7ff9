/* Copies of test classes that write down what could be asserted, and what they
 * wrote on the code as it is. Each is made once and serves every survivor.
 *
 *	copies_init(&copies, run, crew, classpath);
 *	copy = copies_get(&copies, container, request, n, &err);    made when first asked for
 *	copies_run(&copies, ...)                                     tests, with other classes
 *
 * Everything lives in the run's arena.
 */
#ifndef EXPLAIN_COPY_H
#define EXPLAIN_COPY_H

#include "crew/ask.h"
#include "explain/notes.h"
#include "run/run.h"

struct copy_place {		/* what could be asserted there */
	uint32_t number;
	uint32_t rank;		/* what reads best has the lowest */
	uint32_t n_shapes;	/* ways to write it */
	const char *method;
};

struct copy {
	struct copy *next;
	uint32_t container;
	const char *const *request;	/* [n_request] but for the mode */
	uint32_t n_request;
	bool explores;
	const char *why;		/* there is none; or NULL */
	struct ask_proposal made;
	struct copy_place *places;	/* [n_places] by number */
	uint32_t n_places;
	const char *host;		/* with `explores`: the test method that makes the calls */
	/* [n_units of the container] what each wrote on the original, twice; n is
	 * UINT32_MAX in the first where it has not run, or failed. */
	struct notes *first, *second;
};

#define COPIES_NOTES_NS (5ull * 1000000000)	/* CPU time that writing down may take beyond the test's own */

struct copies {
	struct run *run;
	struct crew *crew;
	const char *classpath;
	struct copy *list;
};

struct copy_outcome {		/* of one unit */
	bool is_there, passed;
	const char *text;	/* what Notes were told, or the failure */
};

/* The copy made by this request, whose first texts name source and class; `why`
 * tells where it could not be. */
enum err_code copies_get(struct copies *copies, uint32_t container, bool explores,
			 const char *const *request, uint32_t n_request,
			 struct copy **ret, struct err *err) MUST_CHECK;

/* Runs units (ascending) with classes in place of the project's; a job that comes
 * to no end leaves those after it without an outcome. Each may take `more_ns` of CPU
 * time more than the test would. `ret`: [n_units]. */
enum err_code copies_run(struct copies *copies, const uint32_t *units, uint32_t n_units,
			 const struct pool_class *classes, uint32_t n_classes, uint64_t more_ns,
			 struct copy_outcome *ret, struct err *err) MUST_CHECK;

/* Sees to it that first and second are there for these units of the container. */
enum err_code copies_run_original(struct copies *copies, struct copy *copy,
				  const uint32_t *units, uint32_t n_units,
				  struct err *err) MUST_CHECK;

#endif
