/* Which instructions of a test can run at all. A condition on nothing but
 * constants goes one way. */
#ifndef ORACLE_ORACLE_REACH_H
#define ORACLE_ORACLE_REACH_H

#include "engine/express.h"

enum oracle_reach {
	ORACLE_UNREACHED,
	ORACLE_AFTER_THROW,	/* only after an exception was caught */
	ORACLE_REACHED,
};

/* [n_insns] enum oracle_reach of each. */
uint8_t *oracle_reach(struct arena *arena, const struct express *express);

#endif
