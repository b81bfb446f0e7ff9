/* Code of a shape that PIT's default filters know. Each shape is what compilers
 * write; where a label stands (a jump leads there, a line, a protected range or
 * a variable's scope begins or ends there) is part of it, as it is for PIT. */
#ifndef ENGINE_PIT_SHAPE_H
#define ENGINE_PIT_SHAPE_H

#include "engine/body.h"
#include "engine/plan.h"

/* Where there is a label: [n_insns], in the arena of `body`. */
const bool *pit_shape_labels(const struct body *body);

/* Marks the instructions whose mutants this filter drops; [n_insns], cleared
 * before. Nothing for a filter that knows no shapes. */
void pit_shape_mark(const struct body *body, const bool *labels, enum filter filter,
		    bool *marks);

#endif
