/* Ids of mutants: label:KIND:hash, with as many digits of the hash as tell it
 * from others of that label and KIND (engine/identity.h says what is hashed). */
#ifndef ENGINE_IDS_H
#define ENGINE_IDS_H

#include "engine/plan.h"

/* When the plan has all its mutants: their ids, from their hashes. */
void ids_give(struct plan *plan);

#endif
