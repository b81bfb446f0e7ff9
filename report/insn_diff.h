/* What a mutant changes in its method, as instructions. */
#ifndef REPORT_INSN_DIFF_H
#define REPORT_INSN_DIFF_H

#include "engine/plan.h"
#include "report/style.h"

/* The changed stretches of the method in a unified diff; places in the code are left
 * out of the comparison, since all that follows an insertion moves. ERR_LIMIT where
 * the mutant cannot be made. */
enum err_code insn_diff(const struct plan *plan, const struct mutant *mutant,
			const struct style *style, struct buf *out, struct err *err) MUST_CHECK;

#endif
