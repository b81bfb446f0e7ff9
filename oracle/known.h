/* What a project's classes are, as far as it matters to who calls whom: their
 * names, what they extend, which methods they declare, and which are tests.
 *
 *	known = known_new(&arena);
 *	known_add(known, class, is_test)          every class of the project
 *	known_callee(known, owner, name, descriptor, &owner)
 *
 * Nothing of the classes is kept: all is copied into the arena.
 */
#ifndef ORACLE_KNOWN_H
#define ORACLE_KNOWN_H

#include "classfile/class.h"

enum known_side {
	KNOWN_TEST,		/* test code */
	KNOWN_PROJECT,		/* code under test */
	KNOWN_LIBRARY,		/* neither: the JDK's, a library's */
};

struct known;

struct known *known_new(struct arena *arena);

/* The first of a name wins. */
void known_add(struct known *known, const struct class *class, bool is_test);

/* On which side the method is that a call names: a test calls what it inherits
 * by its own name. `ret_owner` gets the class of that side; for a library's the
 * first one above the project's own classes. */
enum known_side known_callee(const struct known *known, const char *owner, const char *name,
			     const char *descriptor, const char **ret_owner);

/* Whose class that is. */
enum known_side known_side_of(const struct known *known, const char *name);

/* Whether code under test may stand behind this class of a library: one of its
 * classes extends or implements it. */
bool known_is_extended(const struct known *known, const char *library_class);

#endif
