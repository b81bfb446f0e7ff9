/* The types of locals and operand stack at every instruction.
 *
 * From the StackMapTable and straight-line simulation (JVMS 4.10.1); for
 * classes without one, by data flow to a fixed point (JVMS 4.10.2), where a
 * merge of two classes is java/lang/Object, because there is no hierarchy to
 * ask. Instructions that cannot be reached have no frame.
 */
#ifndef CLASSFILE_FRAMES_H
#define CLASSFILE_FRAMES_H

#include "classfile/code.h"

enum vtype_kind {	/* verification types; the first nine as tagged in JVMS 4.7.4 */
	VTYPE_TOP = 0, VTYPE_INTEGER, VTYPE_FLOAT, VTYPE_DOUBLE, VTYPE_LONG,
	VTYPE_NULL, VTYPE_UNINITIALIZED_THIS, VTYPE_OBJECT, VTYPE_UNINITIALIZED,
	VTYPE_RETURN_ADDRESS,	/* old classes: jsr */
};

struct vtype {
	enum vtype_kind kind;
	const char *name;	/* VTYPE_OBJECT: internal name or array descriptor */
	uint32_t pc;		/* VTYPE_UNINITIALIZED: of its `new`; VTYPE_RETURN_ADDRESS:
				   of the subroutine */
};

/* Long and double take two entries, the second VTYPE_TOP, in locals and on
 * the stack, so that indices are slots. */
struct frame {
	bool is_known;		/* false: unreachable */
	uint16_t n_locals, n_stack;
	const struct vtype *locals;
	const struct vtype *stack;	/* deepest first */
};

/* `ret` gets an array of code->n_insns frames, the state before each
 * instruction. ERR_FORMAT where the code cannot be verified even so far. */
enum err_code frames_compute(struct arena *arena, const struct class *class,
			     const struct member *method,
			     const struct code *code, struct frame **ret,
			     struct err *err) MUST_CHECK;

#endif
