/* Reports for programs. docs/json.md tells what each field means,
 * docs/report.schema.json what is valid. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "judge/parity.h"

#define JSON_REPORT_SCHEMA "vary-report/1"
#define JSON_LIST_SCHEMA "vary-list/1"
#define JSON_PARITY_SCHEMA "vary-parity/1"

/* One object and a newline; `failure` is why the run ended early, or NULL, and
 * `exit_status` what the program will end with. Every text is valid UTF-8. */
void json_report(const struct run *run, const struct err *failure, int exit_status,
		 struct buf *out);

/* Where the two ways of a run with RUN_BOTH disagree; the rest as json_report(). */
void json_parity(const struct run *run, const struct parity *parity,
		 const struct err *failure, int exit_status, struct buf *out);

/* The plan alone. */
void json_list(const struct run *run, struct buf *out);

#endif
