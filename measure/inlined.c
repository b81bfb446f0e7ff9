#include "measure/inlined.h"

#include <stdlib.h>
#include <string.h>

#include "classfile/source_map.h"

struct copied {
	const char *class_name;
	uint32_t first, n;	/* lines */
};

struct inlined {
	struct arena *arena;
	struct copied *copied;	/* [n] by class name */
	uint32_t n;
};

static void add(struct inlined *inlined, const struct source_map_range *range)
{
	if (!range->path || (!range->is_elsewhere && range->first == range->input))
		return;	/* a line that stands for itself */
	inlined->copied = arena_room(inlined->arena, inlined->copied, inlined->n,
				     sizeof(*inlined->copied));
	inlined->copied[inlined->n++] = (struct copied){
		arena_strdup(inlined->arena, range->path), range->input, range->n,
	};
}

/* Most classes have no map: they need not be parsed. */
static bool has_map(struct span bytes)
{
	return memmem(bytes.bytes, bytes.len, "SMAP\n", 5) != NULL;
}

static int by_class(const void *a, const void *b)
{
	return strcmp(((const struct copied *)a)->class_name, ((const struct copied *)b)->class_name);
}

const struct inlined *inlined_read(struct arena *arena, const struct project *project)
{
	struct inlined *inlined = ARENA_NEW(arena, struct inlined);
	struct arena scratch = ARENA_INIT;

	*inlined = (struct inlined){ .arena = arena };
	for (uint32_t i = 0; i < project->n_classes; i++) {
		struct err ignored = ERR_INIT;	/* it was told when the project was read */
		const struct source_map *map = NULL;
		struct class *class;

		if (!has_map(project->classes[i].bytes))
			continue;
		arena_clear(&scratch);
		if (class_parse(&scratch, project->classes[i].bytes, project->classes[i].what, &class,
				&ignored) == ERR_OK)
			map = source_map_of(&scratch, class);
		for (uint32_t k = 0; map && k < map->n; k++)
			add(inlined, &map->ranges[k]);
	}
	arena_release(&scratch);
	if (inlined->n)
		qsort(inlined->copied, inlined->n, sizeof(*inlined->copied), by_class);
	return inlined;
}

/* The number of the first one of the class, or of the next class. */
static uint32_t first_of(const struct inlined *inlined, const char *class_name)
{
	uint32_t low = 0, high = inlined->n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (strcmp(inlined->copied[middle].class_name, class_name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool inlined_has(const struct inlined *inlined, const char *class_name, uint32_t line)
{
	for (uint32_t i = first_of(inlined, class_name); i < inlined->n; i++) {
		const struct copied *copied = &inlined->copied[i];

		if (strcmp(copied->class_name, class_name) != 0)
			return false;
		if (line >= copied->first && line - copied->first < copied->n)
			return true;
	}
	return false;
}
