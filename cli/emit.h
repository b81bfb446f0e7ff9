/* Every mutant as a class file: DIR/ID/path/of/Class.class. */
#ifndef CLI_EMIT_H
#define CLI_EMIT_H

#include "engine/plan.h"

struct emit_result {
	uint32_t written;
	uint32_t discarded;	/* could not be made, or equal to the original */
	char last_reason[200];	/* of those */
};

/* `directory` is made if it is not there and must be empty, so that nothing of
 * the user's is ever overwritten; after a failure what was written stays. */
enum err_code emit_mutants(const struct plan *plan, const char *directory,
			   struct emit_result *ret, struct err *err) MUST_CHECK;

#endif
