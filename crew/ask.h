/* Questions that one worker answers: compile these sources, find the tests. */
#ifndef CREW_ASK_H
#define CREW_ASK_H

#include "crew/pool.h"

struct test_choice;

/* Compiles sources in memory; `add` hears of each class, whose bytes live in
 * the crew's arena. ERR_FORMAT with the first diagnostics where they do not
 * compile. */
enum err_code ask_compile(struct crew *crew, const char *classpath,
			  const char *const *sources, uint32_t n_sources,
			  void (*add)(void *context, const char *name, struct span bytes),
			  void *context, struct err *err) MUST_CHECK;

struct ask_finder {		/* texts live in the crew's arena */
	void *context;
	void (*start)(void *context);	/* nothing is found yet; again where a worker was lost over it */
	void (*unit)(void *context, const char *driver, const char *container,
		     const char *id, const char *method);
	void (*problem)(void *context, const char *container, const char *why);
};

/* Which tests are in the classes `names`? `choice`: only these of them, or NULL. */
enum err_code ask_discover(struct crew *crew, const char *const *names, uint32_t n_names,
			   const struct test_choice *choice, const struct ask_finder *finder, struct err *err) MUST_CHECK;

struct ask_proposal {
	bool success;
	const char *problem;		/* "" or why not, one line */
	struct pool_class *classes;	/* [n_classes] the copy of a test class, and what is nested in it */
	uint32_t n_classes;
	const char **texts;		/* [n_texts] see jni/harness/fix/Fixer.java */
	uint32_t n_texts;
};

/* A copy of a test class with something more in it; `request` holds KEY=VALUE as
 * Fixer.java tells. All of the answer lives in `arena`. */
enum err_code ask_propose(struct crew *crew, struct arena *arena, const char *classpath,
			  const char *const *request, uint32_t n_request,
			  struct ask_proposal *ret, struct err *err) MUST_CHECK;

#endif
