/* What instructions do to the types of locals and operand stack, one at a time.
 *
 *	sim_init(&sim, arena, class, method, code, &err);
 *	sim_enter(&sim);                   the state at the method's start
 *	sim_step(&sim, insn); ...          sim.now is the state after it
 *	if (sim.failed) return err.code;
 *
 * Failure is sticky, as in reader.h. States share memory: `now` may be kept at
 * any time and set again later; nothing is overwritten. All memory a simulation
 * takes counts against a limit, so hostile code ends in ERR_LIMIT.
 */
#ifndef CLASSFILE_SIM_H
#define CLASSFILE_SIM_H

#include "classfile/frames.h"

struct sim_stack {
	struct vtype *items;
	uint32_t used, size;
};

struct sim_state {
	const struct vtype *locals;
	struct sim_stack *stack;	/* the first n_stack of its items */
	uint16_t n_locals, n_stack;
};

struct sim {
	struct arena *arena;
	const struct class *class;
	const struct member *method;
	const struct code *code;
	struct err *err;
	size_t bytes_left;		/* of memory that may still be taken */
	uint32_t pc;			/* of the instruction at hand, for messages */
	bool failed;
	struct sim_state now;
};

void sim_init(struct sim *sim, struct arena *arena, const struct class *class,
	      const struct member *method, const struct code *code,
	      struct err *err);

void sim_enter(struct sim *sim);
void sim_step(struct sim *sim, const struct insn *insn);

/* Fails with ERR_FORMAT, unless failed before. */
void sim_fail(struct sim *sim, const char *text);

/* Zeroed memory, or NULL (and failed) beyond the limit. */
void *sim_alloc(struct sim *sim, size_t n, size_t size);

/* A stack of `n` types. */
struct sim_stack *sim_stack_of(struct sim *sim, const struct vtype *items,
			       uint16_t n);

struct vtype sim_object(const char *name);
bool sim_vtype_equal(const struct vtype *a, const struct vtype *b);
bool sim_is_wide(const struct vtype *type);	/* long, double */

struct frame sim_frame(const struct sim *sim);	/* `now` as a frame */

#endif
