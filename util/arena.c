#include "util/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "util/die.h"

#if defined(__SANITIZE_ADDRESS__)
#define PIECE_PER_BLOCK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PIECE_PER_BLOCK 1
#endif
#endif
#ifndef PIECE_PER_BLOCK
#define PIECE_PER_BLOCK 0
#endif

#define ALIGNMENT ((size_t)16)
#define FIRST_BLOCK ((size_t)4096)
#define LARGEST_BLOCK ((size_t)1 << 20)	/* larger pieces get a block of their own */

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	_Alignas(16) unsigned char bytes[];
};

/* Large blocks are mapped: zero already, in memory only as far as they are written
 * to, and moved without a copy. */
static bool is_mapped(size_t size)
{
	return !PIECE_PER_BLOCK && size > LARGEST_BLOCK;
}

static struct arena_block *block_new(size_t size)
{
	struct arena_block *block;

	if (size > SIZE_MAX - sizeof(*block))
		die_out_of_memory();
	if (is_mapped(size)) {
		block = mmap(NULL, sizeof(*block) + size, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (block == MAP_FAILED)
			die_out_of_memory();
	} else {
		block = malloc(sizeof(*block) + size);
		if (!block)
			die_out_of_memory();
	}
	block->next = NULL;
	block->size = size;
	block->used = 0;
	return block;
}

static struct arena_block *block_with_room(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	size_t wanted;

	if (PIECE_PER_BLOCK) {
		wanted = size;
	} else {
		if (block && size <= block->size - block->used)
			return block;
		wanted = block ? block->size * 2 : FIRST_BLOCK;
		if (wanted > LARGEST_BLOCK)
			wanted = LARGEST_BLOCK;
		if (wanted < size)
			wanted = size;
	}
	block = block_new(wanted);
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

/* What a piece of `size` bytes takes in its block. */
static size_t room_for(size_t size)
{
	if (PIECE_PER_BLOCK)
		return size;
	if (size > SIZE_MAX - ALIGNMENT)
		die_out_of_memory();
	return (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block;
	size_t rounded = room_for(size);
	void *piece;

	block = block_with_room(arena, rounded);
	piece = block->bytes + block->used;
	block->used += rounded;
	arena->used += rounded;
	if (!is_mapped(block->size))	/* such a one holds a single piece, ever */
		memset(piece, 0, size);
	return piece;
}

static size_t product(size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		die_out_of_memory();
	return n * size;
}

void *arena_alloc_n(struct arena *arena, size_t n, size_t size)
{
	return arena_alloc(arena, product(n, size));
}

/* Where the block is linked that was made for this piece alone, or NULL. */
static struct arena_block **block_of(struct arena *arena, const void *piece)
{
	struct arena_block **at = &arena->blocks;

	while (*at && (*at)->bytes != piece)
		at = &(*at)->next;
	return *at && (PIECE_PER_BLOCK || is_mapped((*at)->size)) ? at : NULL;
}

/* Makes the only piece in a block larger, and moves it with its block. */
static void *grow_block(struct arena *arena, struct arena_block **at, size_t old_size,
			size_t new_size)
{
	size_t rounded = room_for(new_size);
	struct arena_block *block = *at;

	if (rounded > SIZE_MAX - sizeof(*block))
		die_out_of_memory();
	if (is_mapped(block->size))
		block = mremap(block, sizeof(*block) + block->size, sizeof(*block) + rounded,
			       MREMAP_MAYMOVE);
	else
		block = realloc(block, sizeof(*block) + rounded);
	if (!block || block == MAP_FAILED)
		die_out_of_memory();
	*at = block;
	if (!is_mapped(block->size))
		memset(block->bytes + old_size, 0, new_size - old_size);
	arena->used += rounded - block->used;
	block->size = block->used = rounded;
	return block->bytes;
}

void *arena_grow(struct arena *arena, void *old, size_t old_n, size_t new_n, size_t size)
{
	size_t old_size = product(old_n, size), new_size = product(new_n, size);
	struct arena_block **at = NULL;
	void *grown;

	if ((PIECE_PER_BLOCK || is_mapped(old_size)) && old_size && new_size > old_size)
		at = block_of(arena, old);
	if (at)
		return grow_block(arena, at, old_size, new_size);
	grown = arena_alloc(arena, new_size);
	if (old_size)
		memcpy(grown, old, old_size);
	return grown;
}

void *arena_room(struct arena *arena, void *items, size_t n, size_t size)
{
	if (n & (n - 1))	/* between powers of two: there is room */
		return items;
	return arena_grow(arena, items, n, n ? 2 * n : 1, size);
}

void *arena_memdup(struct arena *arena, const void *bytes, size_t len)
{
	void *copy = arena_alloc(arena, len);

	if (len)
		memcpy(copy, bytes, len);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		die_out_of_memory();
	copy = arena_alloc(arena, len + 1);
	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strfmt(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		BUG("format \"%s\"", format);
	text = arena_alloc(arena, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}

static void block_free(struct arena_block *block)
{
	if (is_mapped(block->size))
		munmap(block, sizeof(*block) + block->size);
	else
		free(block);
}

void arena_clear(struct arena *arena)
{
	struct arena_block *keep = NULL;

	for (struct arena_block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		if (!keep && !PIECE_PER_BLOCK && !is_mapped(block->size))
			keep = block;	/* the newest: as a rule the largest */
		else
			block_free(block);
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
	}
	arena->blocks = keep;
	arena->used = 0;
}

void arena_release(struct arena *arena)
{
	arena_clear(arena);
	free(arena->blocks);	/* the one that is kept is never mapped */
	arena->blocks = NULL;
}
