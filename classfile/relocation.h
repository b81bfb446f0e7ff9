/* The map from old to new pcs of one method being relocated: made in
 * relocate.c, asked by everything that holds a pc (move.c). */
#ifndef CLASSFILE_RELOCATION_H
#define CLASSFILE_RELOCATION_H

#include "classfile/code.h"
#include "classfile/constants.h"
#include "classfile/frames.h"
#include "classfile/rewrite.h"

#define EXCEPTION_DROPPED UINT16_MAX

struct relocation_guard {	/* a handler of ours, see classfile/guard.h; new pcs: */
	const struct edit *edit;
	uint32_t start, stop;	/* what it guards */
	uint32_t handler;
};

struct relocation {
	struct arena *arena;
	const struct class *class;
	const struct member *method;
	const struct code *code;
	const struct edit *edits;
	size_t n_edits;
	struct constants *constants;
	struct err *err;

	/* By number of instruction; [n_insns] stands for the code's end. */
	uint32_t *inserted;	/* bytes put before it */
	uint32_t *place;	/* new pc of what was inserted before it */
	uint32_t *self;		/* new pc of itself */
	bool *is_removed;
	bool *is_inside;	/* removed, and not the first of its edit */
	bool *is_widened;	/* a jump in its long form */

	struct relocation_guard *guards;	/* [n_guards] in the order of their handlers */
	size_t n_guards;
	uint32_t end;		/* new length of the code, handlers included */

	bool has_widened;	/* any */
	uint16_t *exception_at;	/* old number of an exception entry -> new */
	struct frame *frames;	/* of the old code; only where needed, else NULL */
};

/* New pcs for pcs of instructions' starts and the end of the code. */
uint32_t relocation_place(const struct relocation *r, uint32_t pc);
uint32_t relocation_self(const struct relocation *r, uint32_t pc);

/* The same for pcs out of debug tables, which may point anywhere: to the next
 * instruction, at most to the code's end. What lay inside of a removed range
 * is where that range ends now. */
uint32_t relocation_clamp(const struct relocation *r, uint32_t pc);

/* ERR_LIMIT with the class, the method and a reason. */
enum err_code relocation_refuse(const struct relocation *r, const char *reason);

#endif
