/* A constant pool that grows: constants of a class, and those added to it.
 *
 * Equal constants are added once; indices of the class's own stay valid. A
 * pool that is full gives index 0 and stays `is_full`, asked once at the end.
 */
#ifndef CLASSFILE_CONSTANTS_H
#define CLASSFILE_CONSTANTS_H

#include "classfile/class.h"

struct constants {
	struct arena *arena;
	const struct class *class;
	struct constant *added;
	uint32_t n_added, added_size;	/* unusable indices of wide constants included */
	unsigned lookups;
	uint16_t *slots;		/* hash table of indices, 0: free; made when it pays */
	uint32_t n_slots;		/* a power of two */
	bool is_full;
};

void constants_init(struct constants *constants, struct arena *arena,
		    const struct class *class);

/* The index of a constant of this kind and content; 0 where the pool is full. */
uint16_t constants_add(struct constants *constants, enum constant_tag tag,
		       struct span content);
uint16_t constants_add_utf8(struct constants *constants, const char *text);

/* A constant that consists of one or two indices; 0 where one of them is. */
uint16_t constants_add_index(struct constants *constants,
			     enum constant_tag tag, uint16_t index);
uint16_t constants_add_pair(struct constants *constants, enum constant_tag tag,
			    uint16_t first, uint16_t second);

/* constant_pool_count with those added, and these as they stand in a class file. */
uint16_t constants_count(const struct constants *constants);
void constants_write_added(const struct constants *constants, struct buf *buf);

#endif
