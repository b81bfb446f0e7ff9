/* The lines of the sources that classes were compiled from, where they are found. */
#ifndef REPORT_SOURCE_LINES_H
#define REPORT_SOURCE_LINES_H

#include "run/run.h"

#define SOURCE_FILE_MAX (8u << 20)	/* bytes; a larger one is not shown */

struct source_lines {
	struct arena *arena;
	const struct run *run;
	struct source_file **files;	/* [plan.n_classes], read when first asked for */
};

void source_lines_init(struct source_lines *sources, struct arena *arena,
		       const struct run *run);

/* The path of the file a class was compiled from, or NULL if it is not found. */
const char *source_lines_path(struct source_lines *sources, uint32_t class_number);

/* Line `line` (from 1) without the white space around it, or NULL. */
const char *source_lines_get(struct source_lines *sources, uint32_t class_number,
			     uint32_t line);

/* The column, from 1, in which what source_lines_get() returned begins in the file. */
uint32_t source_lines_column(struct source_lines *sources, uint32_t class_number,
			     uint32_t line);

#endif
