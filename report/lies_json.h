/* `vary lie-detector --output json`, and what of it is in every report.
 * docs/json.md tells what each field means. */
#ifndef REPORT_LIES_JSON_H
#define REPORT_LIES_JSON_H

#include "judge/lies.h"

#define JSON_LIES_SCHEMA "vary-lies/1"

/* One object and a newline. `lies` is NULL where the run ended too early. */
void lies_json(const struct run *run, const struct lies *lies, const struct err *failure,
	       int exit_status, struct buf *out);

/* A field `methods` with a comma before it: bodies_judge() of the run. */
void lies_json_methods(const struct run *run, struct buf *out);

#endif
