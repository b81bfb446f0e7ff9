/* What never came to a verdict, and why: .vary/discarded.log beside the store.
 *
 * One line each, fields separated by tabs:
 *
 *	discarded   ID     PLACE   why: it could not be made, the verifier refused it, it equals the original,
 *				      or nothing runs what it is in (measure/inlined.h)
 *	impossible  -      PLACE   a method that could not be read
 *	filtered    KIND   PLACE   the filter that dropped it, and what that drops
 *
 * in this order, as the report counts them; PLACE is as in a stack trace. The
 * last of DISCARDS_MAX lines is followed by how many more there would be.
 */
#ifndef STORE_DISCARDS_H
#define STORE_DISCARDS_H

#include "run/run.h"
#include "util/buf.h"

#define DISCARDS_FILE "discarded.log"
#define DISCARDS_MAX 100000u
#define DISCARDS_REASON_MAX 400u	/* bytes of it that are written */

/* Appends the lines; nothing where nothing was left out. */
void discards_put(const struct run *run, struct buf *out);

/* Replaces the file of the run before, which there is none of where there are no
 * lines. Where the user named mutants it stays as it was. What goes wrong is a note. */
void discards_write(const struct run *run);

#endif
