/* Handlers that edits bring along (struct edit's `guard`), at the end of the code.
 *
 * Each takes in what the guarded bytes throw, and throws it on from its own end.
 * The ranges of the method's own that cover the edit's pc cover the handler too:
 * so what is thrown on goes where it would have gone, with the locals that were
 * there. Not guarded, though the rest of the edit is made: what is never reached,
 * has an uninitialized object in a local variable (a constructor before super(),
 * say), or stands in a method with subroutines.
 */
#ifndef CLASSFILE_GUARD_H
#define CLASSFILE_GUARD_H

#include "classfile/relocation.h"

/* Decides which edits are guarded; sets r->guards. */
void guard_find(struct relocation *r);

/* Once all instructions have their places: those of the handlers, and r->end. */
enum err_code guard_place(struct relocation *r) MUST_CHECK;

void guard_write_code(const struct relocation *r, struct buf *buf);

/* Appends the entries of the exception table that lead to handlers; and those by
 * which `entry`, an old one, covers them. Both return how many. */
uint32_t guard_write_ranges(const struct relocation *r, struct buf *buf);
uint32_t guard_write_covered(const struct relocation *r,
			     const struct exception_entry *entry, struct buf *buf);

#endif
