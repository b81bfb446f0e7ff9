/* A method's graph while it is built: nodes, and which variable is which. */
#ifndef ORACLE_ORACLE_NODE_H
#define ORACLE_ORACLE_NODE_H

#include "oracle/oracle_graph.h"

#define ORACLE_DEPTH_MAX 100u	/* of trees and of hierarchies: beyond, it is unsure */
#define ORACLE_CONSTANT 0u	/* the node of every constant */
#define ORACLE_UNSURE 1u	/* and of what cannot be told */

struct seen_expr {
	const struct expr *expr;
	uint32_t node;
};

struct oracle_builder {
	struct oracle *oracle;
	struct arena scratch;
	struct oracle_method *method;
	const struct class *class;
	const struct code *code;
	const struct express *express;
	const uint8_t *reached;		/* [n_insns] enum oracle_reach */
	struct seen_expr *seen;		/* hash table by address */
	uint32_t n_seen, size_seen;
	uint32_t conditions;		/* node of all that was asked so far */
	uint16_t *n_stores;		/* [max_locals + 1] instructions that change the variable */
	bool *is_tried;			/* [n_insns] an exception may lead away from it */
	struct variable {
		uint16_t index;
		const struct local_entry *entry;
		uint32_t node;
	} *variables;
	uint32_t n_variables;
	unsigned depth;
};

struct oracle_node *oracle_node_at(struct oracle_builder *b, uint32_t n);
uint32_t oracle_node_add(struct oracle_builder *b, enum oracle_node_kind kind);

/* One more of what the node is made of; of a variable each only once. */
void oracle_node_arg(struct oracle_builder *b, uint32_t node, uint32_t arg);

/* Sets what every kind of value has in common, and returns the node. `type` is a
 * descriptor, or NULL: the expression's. */
uint32_t oracle_node_typed(struct oracle_builder *b, uint32_t node, const struct expr *expr,
			   const char *type);

/* The node of variable `index` as seen from `pc`. */
uint32_t oracle_node_variable(struct oracle_builder *b, uint32_t pc, uint16_t index);

/* Makes the nodes of the parameters, each also the first value of a variable. */
void oracle_node_parameters(struct oracle_builder *b);

#endif
