#include "explain/notes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool take_number(char **at, int base, uint64_t *ret)
{
	char *end;

	*ret = strtoull(*at, &end, base);
	if (end == *at || *end != '\t')
		return false;
	*at = end + 1;
	return true;
}

static bool parse_line(char *line, struct note *ret)
{
	uint64_t place, times, same, hash;

	if (!take_number(&line, 10, &place) || !take_number(&line, 10, &times) ||
	    !take_number(&line, 10, &same) || !take_number(&line, 16, &hash) || !line[0] ||
	    line[1] != '\t' || place > UINT32_MAX)
		return false;
	*ret = (struct note){ (uint32_t)place, times > UINT32_MAX ? UINT32_MAX : (uint32_t)times,
			      same, hash, line[0], line + 2 };
	return true;
}

static int by_place(const void *a, const void *b)
{
	const struct note *left = a, *right = b;

	return left->place < right->place ? -1 : left->place > right->place;
}

void notes_parse(struct arena *arena, const char *text, struct notes *ret)
{
	char *copy = arena_strdup(arena, text), *rest = NULL;
	struct note *items;
	uint32_t most = 1, n = 0;

	for (const char *at = text; *at; at++)
		most += *at == '\n';
	items = ARENA_NEW_N(arena, struct note, most);
	for (char *line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		n += parse_line(line, &items[n]);
	qsort(items, n, sizeof(*items), by_place);
	*ret = (struct notes){ items, n };
}

const struct note *notes_find(const struct notes *notes, uint32_t place)
{
	const struct note wanted = { .place = place };

	return notes->n ? bsearch(&wanted, notes->items, notes->n, sizeof(wanted), by_place) : NULL;
}

/* Foo@1b2c3d: an object's identity, which another run has another of. */
static bool tells_identity(const char *text)
{
	for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
		unsigned n = 0;

		while (isxdigit((unsigned char)at[1 + n]))
			n++;
		if (n >= 4 && at > text && isalnum((unsigned char)at[-1]))
			return true;
	}
	return false;
}

bool notes_can_tell(const struct note *first, const struct note *second,
		    const struct note *mutated)
{
	if (!first || !second || !mutated || !first->is_same || first->times != second->times ||
	    first->hash != second->hash || first->kind == 'l' || mutated->kind == 'l' || tells_identity(first->text))
		return false;
	if (first->kind == 'o')
		return mutated->kind == 'v' && !strcmp(mutated->text, "null");
	return !mutated->is_same || mutated->kind != first->kind ||
	       strcmp(mutated->text, first->text) != 0;
}
