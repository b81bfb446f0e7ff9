/* The oracle boundary of a test, as it is recorded: every value that crosses
 * from the code under test into test code.
 *
 * A site is a place in test code where values cross: a call, or the beginning of
 * a method that code under test calls. Sites are numbered over all woven classes
 * (oracle/observe.h makes them). An event is one value that crossed at a site.
 */
#ifndef ORACLE_TRACE_H
#define ORACLE_TRACE_H

#include <stdint.h>

enum trace_kind {
	TRACE_RESULT,		/* what a call from test code into project code returned */
	TRACE_THROWN,		/* or threw */
	TRACE_ASSERTED,		/* an argument of an assertion */
	TRACE_CALLBACK,		/* an argument that project code hands to test code or a test double */
	TRACE_PRINTED,		/* text on a standard stream */
	TRACE_STATE,		/* fields of the receiver after the call: no part of the boundary,
				   kept for proposing assertions */
	N_TRACE_KINDS,
};

struct trace_site {
	const char *class_name;		/* with dots: the test class (or helper) */
	const char *method_name, *descriptor;	/* the method of it */
	uint32_t line;			/* 0: not recorded */
	const char *callee;		/* shop/Price.total(II)I, "" where nothing is called */
};

struct trace_event {
	uint32_t site;			/* UINT32_MAX: none (printed text) */
	uint8_t kind;			/* enum trace_kind */
	uint8_t operand;		/* of the arguments, from 0 */
	uint64_t digest;		/* of the content, never of identity */
	const char *text;		/* the value as people read it, cut short; "" where not told */
};

struct trace {				/* of one test (all its invocations) in one run */
	const struct trace_event *events;	/* [n] in the order they crossed */
	uint32_t n;
};

#endif
