/* Where values come from and which of them an assertion judges, over all test
 * code at once: fills what oracle_graph.h calls the summary, and marks nodes. */
#ifndef ORACLE_ORACLE_FLOW_H
#define ORACLE_ORACLE_FLOW_H

#include "oracle/oracle_graph.h"

/* After every method has its graph. */
void oracle_flow_solve(struct oracle *oracle);

/* Sets node->judged everywhere. After oracle_flow_solve(). */
void oracle_flow_mark(struct oracle *oracle);

/* A mask of the method without parameters, which are replaced by what any
 * caller gives for them. */
uint64_t oracle_flow_concrete(const struct oracle_method *method, uint64_t mask);

#endif
