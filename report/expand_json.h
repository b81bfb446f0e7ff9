/* `vary mutate --expand KEY --output json`. docs/json.md tells what each field means,
 * docs/report.schema.json what is valid. */
#ifndef REPORT_EXPAND_JSON_H
#define REPORT_EXPAND_JSON_H

#include "report/expand.h"

#define EXPAND_JSON_SCHEMA "vary-expand/1"

/* Mutants of an earlier run, as one object and a newline; `key` is what was typed. */
void expand_json(const struct expansion *expansion, const char *key, struct buf *out);

#endif
