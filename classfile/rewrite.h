/* A class with changed method bodies: bytes in, bytes out.
 *
 *	struct rewrite *rewrite = rewrite_start(&arena, class);
 *	index = rewrite_methodref(rewrite, "a/B", "hit", "(I)V", false);
 *	rewrite_edit(rewrite, method_index, (struct edit){ .pc = 12, ... });
 *	rewrite_finish(rewrite, &arena, &bytes, &err)
 *
 * Everything that holds a pc moves along (classfile/relocate.h). Constants are
 * found or added at the end of the pool, so old indices stay valid. Methods
 * without an edit, and every attribute of ours unknown, keep their bytes.
 */
#ifndef CLASSFILE_REWRITE_H
#define CLASSFILE_REWRITE_H

#include "classfile/class.h"

/* At `pc`, the start of an instruction (or the code's end), `removed` bytes
 * (whole instructions, may be 0) give way to `inserted` (straight-line
 * instructions: no jumps or switches; may be empty). Jumps to `pc` lead to
 * what was inserted. Two edits may not overlap; several insertions at one pc
 * with removed 0 happen in the order given. */
struct edit {
	uint32_t pc;
	uint32_t removed;
	struct span inserted;	/* copied */
	uint16_t extra_stack;	/* operand stack slots needed beyond what is there at pc */
	uint16_t max_locals;	/* local variable slots that `inserted` uses, counted from
				   0; may be 0 where those of the method suffice */
	/* Straight-line instructions (may be empty) for what the bytes
	 * [guarded_start, guarded_end) of `inserted` throw: they find the Throwable
	 * alone on the stack and leave it so; then it is thrown on. Not every edit can
	 * be guarded (classfile/guard.h). Copied. */
	struct span guard;
	uint16_t guarded_start, guarded_end;
};

struct rewrite;

struct rewrite *rewrite_start(struct arena *arena, const struct class *class);

/* Constants: the index of an equal one, old or new. 0 where the pool is full
 * (65,535); rewrite_finish() then fails with ERR_LIMIT. */
uint16_t rewrite_utf8(struct rewrite *rewrite, const char *text);
uint16_t rewrite_class(struct rewrite *rewrite, const char *name);
uint16_t rewrite_string(struct rewrite *rewrite, const char *text);
uint16_t rewrite_integer(struct rewrite *rewrite, int32_t value);
uint16_t rewrite_long(struct rewrite *rewrite, int64_t value);
uint16_t rewrite_float(struct rewrite *rewrite, uint32_t bits);
uint16_t rewrite_double(struct rewrite *rewrite, uint64_t bits);
uint16_t rewrite_methodref(struct rewrite *rewrite, const char *owner,
			   const char *name, const char *descriptor,
			   bool is_interface);
uint16_t rewrite_fieldref(struct rewrite *rewrite, const char *owner,
			  const char *name, const char *descriptor);

/* Plans one edit of method number `method` in class->methods. */
void rewrite_edit(struct rewrite *rewrite, uint16_t method, struct edit edit);

/* Writes the class. A method that cannot be rewritten (longer than 65,535
 * bytes, an attribute of Code that may hold pcs and is not known, edits that
 * overlap) is ERR_LIMIT with the reason; but if `skip` is not NULL, such
 * methods keep their old body and skip[method] is set to the reason instead
 * (an array of class->n_methods NULLs). */
enum err_code rewrite_finish(struct rewrite *rewrite, struct arena *arena,
			     const char **skip, struct span *ret,
			     struct err *err) MUST_CHECK;

#endif
