/* What flows where in test code: the graph that oracle.h answers from.
 *
 * Of every method of a test class a node is kept for each value, with the
 * nodes that it is made of, and each assertion with the nodes it judges.
 * Variables are told apart by name, not by when they are read; what is passed
 * to code under test and can be changed there counts as coming from it. So the
 * answer may be too kind to a test, never too hard.
 */
#ifndef ORACLE_ORACLE_GRAPH_H
#define ORACLE_ORACLE_GRAPH_H

#include "engine/express.h"
#include "oracle/assertions.h"

/* Where a value comes from: bit i of a mask for parameter i (`this` is 0 where
 * there is one), and: */
#define FROM_PROJECT (UINT64_C(1) << 63)	/* code under test made or had it */
#define FROM_UNSURE (UINT64_C(1) << 62)		/* cannot be told */
#define FROM_CALLS (UINT64_C(1) << 61)		/* of an assertion: whatever code under test did before */
#define FROM_ANYWHERE (FROM_PROJECT | FROM_UNSURE | FROM_CALLS)
#define ORACLE_PARAMETERS 60	/* those beyond are not told apart: unsure */

/* How assertions judge a value: */
#define JUDGED_READ 1u		/* something computed from it, or the test asks for it */
#define JUDGED_EXACTLY 2u	/* itself, for being one certain value */
#define JUDGED_LOOSELY 4u	/* itself, for being one of many */

enum oracle_node_kind {
	NODE_CONSTANT,
	NODE_UNSURE,
	NODE_PROJECT,	/* result of code under test, or a field of it; ref */
	NODE_PARAMETER,	/* index */
	NODE_VARIABLE,	/* args: whatever is stored in it */
	NODE_FIELD,	/* of a test class; field; args: the object */
	NODE_MIX,	/* computed from args by an instruction or a library */
	NODE_CALL,	/* of test code; call */
};

struct oracle_field {
	const char *name;
	uint64_t mask;
	struct oracle_stored {	/* what is put in it anywhere */
		struct oracle_method *method;
		uint32_t node;
	} *stored;
	uint32_t n_stored;
};

struct oracle_node {
	uint8_t kind;
	uint8_t judged;		/* bits JUDGED_... */
	bool is_mutable;	/* who is handed it may change what it holds */
	bool is_plain;		/* of MIX: the value itself, converted or compared */
	bool is_loose;		/* of MIX: a comparison that says less than the value: a > b */
	bool is_link;		/* of MIX: a library holds its args together */
	bool is_lambda;		/* of CALL: may be run later, by whoever gets it */
	bool is_construction;	/* of CALL: of a constructor; other targets may be run later */
	bool is_used;		/* of PROJECT: handed on to code under test, or looked at by the test */
	uint16_t index;
	uint16_t n_args;
	uint32_t *args;
	uint32_t line;
	uint64_t mask, pushed;	/* pushed: what it was filled with after it was made */
	struct member_ref ref;
	const char *type;	/* descriptor or NULL */
	struct oracle_field *field;
	const struct oracle_assertion *loosely;	/* which assertion JUDGED_LOOSELY comes from */
	struct oracle_method **targets;	/* of CALL: [n_targets] what may run */
	uint16_t n_targets;
	uint32_t *rest;		/* of a lambda: [n_rest] nodes its own parameters come from */
	uint16_t n_rest;
	bool rest_unsure;
};

struct oracle_assertion {
	enum assertion_kind kind;
	const char *name;	/* of what is called, or NULL */
	bool is_loose;
	uint32_t line;
	uint32_t *nodes;	/* [n_nodes] what is judged */
	uint16_t n_nodes;
	bool by_calls;		/* it judges what was called before, not only values */
};

struct oracle_method {
	struct oracle_class *class;
	const char *name, *descriptor;
	uint16_t access;
	bool has_code, is_test, is_after, expects;
	bool is_given;		/* its parameters come from another class or file */
	const char *gets;	/* of code under test: the field that it returns, and does nothing else */
	bool is_read;		/* of code under test: something reads a result of it */
	uint16_t n_parameters;	/* with `this` */
	uint32_t line;		/* of its first instruction, or 0 */
	struct oracle_node *nodes;
	uint32_t n_nodes, size_nodes;
	struct oracle_assertion *assertions;
	uint32_t n_assertions;
	uint32_t *results;	/* [n_results] nodes returned */
	uint32_t n_results;
	/* the summary, from oracle/oracle_flow.h */
	uint64_t result, judged;
	uint64_t *pushed;	/* [n_parameters] what it fills its parameters with */
	uint64_t *given;	/* [n_parameters] PROJECT and UNSURE of any caller's arguments */
	bool asserts;		/* an assertion is reachable, helpers included */
	bool only_passes;	/* among them: that nothing is thrown */
	bool calls_project;
	struct oracle_caller {
		struct oracle_method *method;
		uint32_t node;
	} *callers;
	uint32_t n_callers;
	uint32_t seen;		/* number of the last walk that came by */
};

struct oracle_class {
	const char *name, *super;
	const char *const *interfaces;
	uint16_t n_interfaces;
	bool is_test, is_nested, has_equals;
	bool is_compared;	/* of code under test: an assertion judges an object of it */
	uint32_t n_uses;	/* places in test code that call it or read a field of it */
	const struct class *parsed;
	struct oracle_method *methods;
	uint16_t n_methods;
	struct oracle_field *fields;
	uint16_t n_fields;
	struct oracle_class **subclasses;	/* [n_subclasses] direct, test classes only */
	uint32_t n_subclasses;
	uint32_t seen;		/* number of the last walk that came by */
	struct oracle_class *next;	/* in its bucket */
};

#define ORACLE_BUCKETS 4096u

struct oracle {
	struct arena *arena;
	struct oracle_class *buckets[ORACLE_BUCKETS];
	struct oracle_class **classes;	/* in the order they were added */
	uint32_t n_classes, size_classes;
	uint32_t walk;		/* number of the last walk */
};

#define ORACLE_STEPS 10000u	/* of a search through interfaces: no real hierarchy needs them */

struct oracle_class *oracle_class_find(const struct oracle *oracle, const char *name);

/* The method as the JVM would find it from `class` upwards, within the classes
 * known; NULL where there is none. */
struct oracle_method *oracle_method_find(const struct oracle *oracle,
					 const struct oracle_class *class,
					 const char *name, const char *descriptor);
struct oracle_field *oracle_field_find(const struct oracle *oracle,
				       const struct oracle_class *class, const char *name);

/* Fills the nodes and assertions of a method of a test class. */
void oracle_graph_build(struct oracle *oracle, struct oracle_method *method,
			const struct member *member);

#endif
