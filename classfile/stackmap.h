/* The entries of a StackMapTable (JVMS 4.7.4), one after the other.
 *
 *	stackmap_start(&map, class, attribute, &err);
 *	while (stackmap_next(&map, &entry)) ...
 *	TRY(reader_check(&map.reader));
 */
#ifndef CLASSFILE_STACKMAP_H
#define CLASSFILE_STACKMAP_H

#include "classfile/class.h"
#include "classfile/reader.h"

enum stackmap_kind {	/* first values of frame_type */
	STACKMAP_SAME = 0, STACKMAP_SAME_LOCALS_1 = 64,
	STACKMAP_SAME_LOCALS_1_EXTENDED = 247, STACKMAP_CHOP = 248,
	STACKMAP_SAME_EXTENDED = 251, STACKMAP_APPEND = 252,
	STACKMAP_FULL = 255,
};

/* Types are verification_type_info as in the file; types are checked to be
 * complete and of known kinds, indices and offsets in them are not. */
struct stackmap_entry {
	uint32_t pc;
	uint8_t frame_type;
	unsigned n_chopped;		/* chop_frame: locals fewer */
	unsigned n_locals;		/* append_frame: added; full_frame: all */
	struct span locals;
	unsigned n_stack;
	struct span stack;
};

struct stackmap {
	struct reader reader;
	uint16_t left;			/* entries to come */
	uint32_t next_pc;		/* where an offset_delta of 0 leads */
};

void stackmap_start(struct stackmap *map, const struct class *class,
		    const struct attribute *attribute, struct err *err);

/* False at the end, and when the table cannot be read. */
bool stackmap_next(struct stackmap *map, struct stackmap_entry *ret);

/* Bytes of the type that starts with `tag`, 0 for an unknown tag. */
size_t stackmap_type_size(uint8_t tag);

#endif
