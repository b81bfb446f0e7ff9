/* What calls do to a machine, and what is known of the library's. */
#ifndef PROOF_MACHINE_CALL_H
#define PROOF_MACHINE_CALL_H

#include "proof/machine.h"

/* An invocation. False where it is not followed. */
bool machine_call(const struct scene *scene, const struct fact *shared,
		  struct machine *machine, const struct insn *insn);

/* What a mutant without that call does: the operands gone, a default in place of the result. */
bool machine_call_skip(const struct scene *scene, struct machine *machine,
		       const struct insn *insn);

/* A String as its content: "" where its length must be 0. */
const struct term *machine_call_text(const struct scene *scene, const struct fact *shared,
				     const struct machine *machine, const struct term *text);

/* What a mutant returns instead: pushes what `text`, a column of values.def, pushes. */
bool machine_call_value(const struct scene *scene, const struct fact *shared,
			struct machine *machine, const char *text);

#endif
