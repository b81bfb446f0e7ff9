/* Memory with one owner and one moment of release.
 *
 *	struct arena arena = ARENA_INIT;
 *	p = arena_alloc(&arena, 100);          zeroed, aligned to 16
 *	arena_clear(&arena);                   empty, ready for reuse
 *	arena_release(&arena);                 all memory given back
 *
 * Nothing in an arena is freed alone, but for arrays that grow. A pointer may point only to the same or
 * a longer-lived arena. An arena belongs to one thread. Out of memory ends the
 * process (die_out_of_memory): no caller checks for NULL.
 *
 * Under AddressSanitizer each piece has its own malloc, so overruns inside a
 * block are caught.
 */
#ifndef UTIL_ARENA_H
#define UTIL_ARENA_H

#include <stddef.h>

struct arena {
	struct arena_block *blocks;	/* newest first */
	size_t used;			/* bytes handed out since init or clear */
};

#define ARENA_INIT { NULL, 0 }
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_NEW_N(arena, type, n) \
	((type *)arena_alloc_n((arena), (n), sizeof(type)))

void *arena_alloc(struct arena *arena, size_t size);

/* `n` pieces of `size` bytes; ends the process if the product overflows. */
void *arena_alloc_n(struct arena *arena, size_t n, size_t size);

/* An array with `new_n` items instead of `old_n`, of `size` bytes each: what was in
 * `old` and zeroes. `old` is gone: large ones are not copied, but grow. It may be
 * NULL when old_n is 0. */
void *arena_grow(struct arena *arena, void *old, size_t old_n, size_t new_n, size_t size);

/* The array with room for item number `n`, for one that grows by single items from
 * nothing, always so: it doubles where it must. */
void *arena_room(struct arena *arena, void *items, size_t n, size_t size);

void *arena_memdup(struct arena *arena, const void *bytes, size_t len);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_strfmt(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void arena_clear(struct arena *arena);
void arena_release(struct arena *arena);

#endif
