/* Values and calls of a method as nodes of its graph. */
#ifndef ORACLE_ORACLE_VALUE_H
#define ORACLE_ORACLE_VALUE_H

#include "oracle/oracle_node.h"

/* The node of an expression, made when it is first asked for; an assertion in it
 * is added to the method. */
uint32_t oracle_value_node(struct oracle_builder *b, const struct expr *expr);

/* A new assertion of the method, at instruction `i`; until the next one is made. */
struct oracle_assertion *oracle_value_assertion(struct oracle_builder *b,
						enum assertion_kind kind, uint32_t i);
void oracle_value_judged(struct oracle_builder *b, struct oracle_assertion *assertion,
			 uint32_t node);

#endif
