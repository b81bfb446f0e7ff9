/* Lines of code that a compiler wrote out in place of a call: the attribute
 * SourceDebugExtension (JVMS 4.7.11) as kotlinc fills it, in the format of JSR 45.
 *
 * Line numbers beyond the end of the file stand for lines of inline functions, of
 * this file or of another. Only the stratum "Kotlin" is read.
 */
#ifndef CLASSFILE_SOURCE_MAP_H
#define CLASSFILE_SOURCE_MAP_H

#include "classfile/class.h"

struct source_map_range {
	uint32_t first, n;	/* lines as the class numbers them */
	uint32_t input;		/* the first one in its own file; each is the next one there */
	bool is_elsewhere;	/* that file is not the class's own */
	const char *path;	/* a class of that file, in internal form; NULL: it is not told */
};

struct source_map {
	const struct source_map_range *ranges;	/* [n] */
	uint32_t n;
};

/* NULL where the class has none, or none that can be read. */
const struct source_map *source_map_of(struct arena *arena, const struct class *class);

/* The same for a text, a class's SourceFile and its internal name. */
const struct source_map *source_map_read(struct arena *arena, struct span text,
					 const char *source_file, const char *class_name);

/* The line that `line` stands for, `line` itself where the map has no other;
 * *ret_elsewhere tells whether it is in another file. `map` may be NULL. */
uint32_t source_map_line(const struct source_map *map, uint32_t line, bool *ret_elsewhere);

#endif
