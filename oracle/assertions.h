/* Which calls in test code are assertions, and what they do with each operand.
 * The table is assertions.def.
 *
 *	if (class_member_ref_at(class, insn->index, &ref) &&
 *	    assertions_find(ref.owner, ref.name, ref.descriptor, &found))
 *		... found.roles[0] is the first parameter's ...
 *
 * A test class inherits assertions (JUnit 3, ScalaTest), and a compiler then
 * names the test class as their owner. So ask with the owner as written and,
 * while that is a class of the project or the answer is no, with its
 * superclass and interfaces in turn. Do not ask for methods that the project
 * itself declares: what calls itself an assertion there is followed instead.
 */
#ifndef ORACLE_ASSERTIONS_H
#define ORACLE_ASSERTIONS_H

#include <stdbool.h>
#include <stdint.h>

#define ASSERTION_PARAMETERS_MAX 255	/* JVMS 4.3.3 */

enum assertion_kind {
	ASSERTION_CHECK,	/* throws unless its operands are as they should be */
	ASSERTION_SUBJECT,	/* takes a value in for checks that follow: assertThat(x) */
	ASSERTION_THROWS,	/* the code given (or run before) must throw */
	ASSERTION_PASSES,	/* the code given must not throw, or end in time */
	ASSERTION_FAIL,		/* throws always */
	ASSERTION_VERIFY,	/* of the calls that a test double received */
	ASSERTION_EXPECTS,	/* an exception that must come later in the test */
	ASSERTION_GROUP,	/* runs or reports assertions, checks nothing itself */
	ASSERTION_OTHER,	/* of an assertion library, checks nothing */
};

enum assertion_role {
	ROLE_NONE,
	ROLE_ACTUAL,		/* the value that is judged */
	ROLE_EXPECTED,		/* what it is judged by */
	ROLE_TOLERANCE,
	ROLE_MESSAGE,
	ROLE_CODE,		/* a lambda or object that is run */
	ROLE_DOUBLE,		/* a test double */
};

struct assertion {
	enum assertion_kind kind;
	enum assertion_role receiver;	/* ROLE_NONE also where there is none */
	uint16_t n_parameters;		/* all that the descriptor has */
	uint8_t roles[ASSERTION_PARAMETERS_MAX];	/* enum assertion_role of each */
};

/* False where the table has no such method. `owner` in internal form. */
bool assertions_find(const char *owner, const char *name, const char *descriptor,
		     struct assertion *ret);

/* Whether an assertion, or a matcher that one is given, lets many values pass
 * by its very meaning: assertNotNull, isGreaterThan, containsString. */
bool assertions_is_loose(const char *name);

/* Whether a value in this role decides whether the assertion holds: it is
 * judged, or another is judged by it. */
bool assertion_role_is_judged(enum assertion_role role);

#endif
