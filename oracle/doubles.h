/* Test doubles whose classes a library generates while tests run: what project code
 * hands to one meets no woven class, neither of the test nor of the project. So the
 * library's own class that takes the calls in is woven; the table is doubles.def.
 *
 *	for (i = 0; i < doubles_count(); i++)
 *		... find the class doubles_class(i) in the project's libraries ...
 *		doubles_weave(observe, i, class, &arena, &bytes, &err)
 *	doubles_unrecorded(class, woven)          of each class of tests
 *
 * At the method's entry goes
 *	<the double> <its method> <the arguments> <push where>
 *	invokestatic varyharness/Doubles.called(Object, Object, Object, I)V
 * which makes one TRACE_CALLBACK of each call by code under test: its digest is of
 * the method and of all arguments. A place (oracle/compare.h) is some methods, by
 * their names: order matters among calls of one method, not among those of all.
 */
#ifndef ORACLE_DOUBLES_H
#define ORACLE_DOUBLES_H

#include "oracle/observe.h"

#define DOUBLES_CLASS "varyharness/Doubles"
#define DOUBLES_SITES 64	/* of each row; jni/harness/Tracer.java chooses among them */

uint32_t doubles_count(void);

/* The library's class of that row, in internal form. Several rows may have one. */
const char *doubles_class(uint32_t row);

/* The class with the row's method woven. ERR_FORMAT where it cannot be read or has no such
 * method (another version of the library), ERR_LIMIT where there is no room. */
enum err_code doubles_weave(struct observe *observe, uint32_t row, const struct class *class,
			    struct arena *arena, struct span *ret, struct err *err) MUST_CHECK;

/* The name of a library whose doubles the class may use and whose calls are not
 * recorded: none of its rows is `woven` ([doubles_count()]), or it has none. Or NULL. */
const char *doubles_unrecorded(const struct class *class, const bool *woven);

#endif
