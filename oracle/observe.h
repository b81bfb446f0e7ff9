/* Weaving the oracle boundary into test classes: what crosses from the code under
 * test into test code is told to varyharness.Trace as it crosses.
 *
 *	observe = observe_new(&arena, known);            oracle/known.h
 *	observe_class(observe, class, &arena, &bytes)    for each class of tests
 *	observe->sites                                   what the events' numbers mean
 *
 * After an instruction whose result crosses goes
 *	dup  <push where>  invokestatic varyharness/Trace.at(<type>I)V
 * and the same with each argument of an assertion before its call. Besides that a
 * method gets handlers (classfile/guard.h), and the class nothing.
 *
 * Recorded, with the kind of event (oracle/trace.h):
 *
 *  RESULT    what a call from test code returns (a constructor: the new object), and
 *            what is read from a field, where the callee is code under test:
 *            its class is, or the method is inherited from such a class. Also
 *            where code under test may be behind a class of the JDK or of a library
 *            that it extends (Iterator.next(); of Object only toString, equals and
 *            hashCode), and where Groovy chooses the callee when it runs.
 *            A void call is no event.
 *  THROWN    what such a call throws, unless it is made by a method reference; and the
 *            exception that an assertion hands back (assertThrows, catchThrowable)
 *  ASSERTED  arguments that an assertion judges or judges by (oracle/assertions.def), by
 *            their number among its parameters, the receiver not; the values in a
 *            condition of Spock's and of Groovy's `assert`; in a Java `assert`, each RESULT in its condition once more
 *  CALLBACK  arguments (captured ones of lambdas not) of methods of test code that code
 *            under test calls, perhaps through a library: decided at the entry by who
 *            is on the stack (jni/harness/Tracer.java). Candidates are methods that may
 *            override something, and bodies of lambdas.
 *
 *            Also what a test double that a library generates is handed
 *            (oracle/doubles.h); a java.lang.reflect.Proxy whose handler is test code
 *            is a callback like any other.
 *
 * Not recorded: fields of a call's receiver (TRACE_STATE is never made); constants that the compiler copied into the test; results of
 * method references handed to a library (its results, or an assertion, show them);
 * the condition of a plain `assert`, which holds in every test that passes.
 * Methods that would grow beyond 65,535 bytes are left as they are, and a class
 * whose constant pool has no room.
 */
#ifndef ORACLE_OBSERVE_H
#define ORACLE_OBSERVE_H

#include "classfile/class.h"
#include "oracle/known.h"
#include "oracle/trace.h"

#define OBSERVE_CLASS "varyharness/Trace"
#define OBSERVE_METHOD "at"

/* What is pushed: site, enum trace_kind, operand. jni/harness/Tracer.java takes it
 * apart. */
#define OBSERVE_OPERAND_BITS 7
#define OBSERVE_KIND_BITS 3
#define OBSERVE_SITES_MAX (1u << 21)	/* beyond it nothing more is woven */

struct observe {
	struct arena *arena;
	const struct known *known;
	struct trace_site *sites;	/* [n_sites], texts in the arena */
	uint32_t n_sites, sites_size;
};

struct observe *observe_new(struct arena *arena, const struct known *known);

/* The first of `n` new sites, all zero: for what is woven elsewhere. */
uint32_t observe_new_sites(struct observe *observe, uint32_t n);

/* What is pushed for an event. */
uint32_t observe_where(uint32_t site, enum trace_kind kind, uint32_t operand);

/* The class, which `known` knows to be test code, with recording woven in; it is
 * `class->bytes` itself where there is nothing to weave. ERR_FORMAT where it cannot
 * be read. `arena` is for the bytes. */
enum err_code observe_class(struct observe *observe, const struct class *class,
			    struct arena *arena, struct span *ret, struct err *err) MUST_CHECK;

#endif
