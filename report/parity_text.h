/* What people read at the end of `vary parity`. */
#ifndef REPORT_PARITY_TEXT_H
#define REPORT_PARITY_TEXT_H

#include "judge/parity.h"
#include "report/style.h"

/* Every difference with both verdicts, then one line: how many mutants of how
 * many were compared, how many differ, CPU of each way. */
void parity_text(const struct run *run, const struct parity *parity,
		 const struct style *style, struct buf *out);

#endif
