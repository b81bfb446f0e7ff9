/* Are the classes older than their sources? */
#ifndef PROJECT_STALE_H
#define PROJECT_STALE_H

#include "project/class_table.h"

/* Adds a line that begins with "stale" to looked_at where sources of targets or
 * tests, found in the source roots, are newer than their classes. */
void stale_look(struct arena *arena, const struct class_table *table,
		const struct text_list *source_roots, struct text_list *looked_at);

#endif
