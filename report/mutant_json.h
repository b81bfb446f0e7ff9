/* A mutant in reports for programs: what it is, what became of it, and why.
 * docs/json.md tells what each field means. */
#ifndef REPORT_MUTANT_JSON_H
#define REPORT_MUTANT_JSON_H

#include "report/node.h"
#include "run/run.h"

/* The fields from `id` to `description`. */
struct node *mutant_json_object(const struct plan *plan, const struct mutant *mutant);

/* What came of it: what the reference tells too. */
void mutant_json_outcome(struct node *item, const struct run *run, const struct verdict *verdict);

/* The same of mutant `number`, why it survived, and how many tests reach it. */
void mutant_json_verdict(struct node *item, const struct run *run, uint32_t number);

#endif
