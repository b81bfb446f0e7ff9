/* `vary mutate --list-quarantined --output json`. docs/json.md tells what each
 * field means, docs/report.schema.json what is valid. */
#ifndef REPORT_QUARANTINE_JSON_H
#define REPORT_QUARANTINE_JSON_H

#include "runner/quarantine.h"
#include "util/buf.h"

#define JSON_QUARANTINE_SCHEMA "vary-quarantine/1"

/* One object and a newline. `path` of the file, NULL where there is none. */
void quarantine_json(const char *path, const struct quarantine_entry *entries, uint32_t n,
		     struct buf *out);

#endif
