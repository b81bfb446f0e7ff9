/* Edits of one method body, and everything that points into the code.
 *
 * Two kinds of pcs move differently where something is inserted at pc:
 * jump targets, switch cases, handlers, ranges, lines and stack map frames lead
 * to what was inserted; a pc that means an instruction itself (Uninitialized,
 * type annotations of new, casts and the like) follows that instruction. Where
 * an edit removes the instruction, both lead to what took its place.
 *
 * Jumps that no longer reach their target become goto_w, jsr_w, or an inverted
 * condition around a goto_w; the instruction after that gets a stack map frame.
 *
 * Debug tables that lie are clamped to the code, and left out where they cannot
 * be read at all. An attribute of Code not known here is refused: it may hold
 * pcs. So is an edit that removes what something else leads into.
 */
#ifndef CLASSFILE_RELOCATE_H
#define CLASSFILE_RELOCATE_H

#include "classfile/constants.h"
#include "classfile/rewrite.h"

/* `ret` gets the contents of the new Code attribute. `edits` are sorted by pc,
 * those of equal pc in the order in which they apply. ERR_LIMIT with the reason
 * where the method cannot be edited, ERR_FORMAT where it cannot be read. */
enum err_code relocate_method(struct arena *arena, const struct class *class,
			      const struct member *method,
			      const struct edit *edits, size_t n_edits,
			      struct constants *constants, struct span *ret,
			      struct err *err) MUST_CHECK;

#endif
