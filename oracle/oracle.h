/* What the assertions of each test depend on, read from the test classes.
 *
 *	oracle = oracle_new(&arena);
 *	oracle_add(oracle, class_bytes, is_test);	each class of the project
 *	oracle_finish(oracle);
 *	oracle_test(oracle, "shop.CartTest", "total", &test);
 *
 * Nothing is run. Helpers, lambdas, nested classes and superclasses in test
 * code are followed; code under test is not looked into. Where the flow of a
 * value cannot be told (reflection, dynamic calls) it counts as coming from
 * code under test: a test is never accused without grounds.
 */
#ifndef ORACLE_ORACLE_H
#define ORACLE_ORACLE_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/buf.h"

enum strength {
	STRENGTH_UNKNOWN,	/* the test's code was not found, or is not one method */
	STRENGTH_NONE,		/* no assertion can be reached: only an exception fails it */
	STRENGTH_CONSTANT,	/* assertions, but on nothing that comes from code under test */
	STRENGTH_STRONG,	/* an assertion depends on what code under test did */
	N_STRENGTHS,
};
const char *strength_name(enum strength strength);	/* "unknown", "none", "constant", "strong" */

struct oracle_place {		/* a method of code under test, or a field of it */
	const char *owner, *name, *descriptor;	/* internal form */
};

/* A method whose result an assertion judges for being one of many values: not
 * null, more than something. */
struct oracle_loose {
	struct oracle_place place;	/* owner as the test sees it: perhaps an interface */
	const char *assertion;	/* assertNotNull */
	uint32_t line;		/* of it; 0: not recorded */
};

struct oracle_test {
	enum strength strength;
	const char *says;	/* one clause on why, or "" */
	uint32_t n_assertions;	/* calls of assertions it can reach, helpers included */
	uint32_t line;		/* of the first of them in the test itself, or of the test; 0: not recorded */
	struct oracle_loose *loose;	/* [n_loose] each method once */
	uint32_t n_loose;
};

/* Something of code under test that tests could look at and never do: a result
 * that they call for, but neither assert, ask nor hand on; a field that a public
 * getter gives, of a class that they use. */
struct oracle_unread {
	struct oracle_place place;	/* of a field: its name and descriptor */
	bool is_field;
	uint32_t n_gets;	/* calls in test code; of a field: uses of its class */
	const char *example;	/* test class and line: "shop.CartTest:12"; of a field: its getter */
};

struct oracle;

struct oracle *oracle_new(struct arena *arena);

/* A class that cannot be read is left out. The bytes must outlive the oracle. */
void oracle_add(struct oracle *oracle, struct span bytes, bool is_test);
void oracle_finish(struct oracle *oracle);

/* The test method(s) of that name in the class (with dots) or a superclass. */
void oracle_test(struct oracle *oracle, const char *class_name, const char *method,
		 struct oracle_test *ret);

/* Whether `class_name` (internal form) is `owner`, extends or implements it. */
bool oracle_is_kind(const struct oracle *oracle, const char *class_name, const char *owner);

/* Results first, each part sorted by class; returns how many. */
uint32_t oracle_unread(struct oracle *oracle, struct oracle_unread **ret);

#endif
