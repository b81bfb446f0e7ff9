#include "measure/library_patches.h"

#include <string.h>

#include "engine/own_loader.h"
#include "oracle/doubles.h"
#include "project/files.h"
#include "project/jar.h"

#define CLASS_MAX ((size_t)1 << 24)	/* bytes of one class file */

struct search {
	struct arena arena;
	const char **names;	/* [n] of the files wanted, as a jar has them */
	struct span *found;	/* [n] by the first library on the class path that has it */
	uint32_t n;
};

static void hear(void *context, const char *name, struct span bytes)
{
	struct search *search = context;

	for (uint32_t i = 0; i < search->n; i++)
		if (!strcmp(search->names[i], name) && !search->found[i].bytes)
			search->found[i] = bytes;
}

static void look_into(struct search *search, const char *library)
{
	struct err ignored = ERR_INIT;	/* a JVM passes over what it cannot read, too */
	enum err_code code = ERR_OK;

	if (!file_is_directory(library))
		code = jar_read_entries(&search->arena, library, search->names, search->n, hear, search,
					&ignored);
	for (uint32_t i = 0; i < search->n && file_is_directory(library); i++) {
		const char *path = arena_strfmt(&search->arena, "%s/%s", library, search->names[i]);
		struct span bytes;

		if (file_exists(path))
			code = file_read(&search->arena, path, CLASS_MAX, &bytes, &ignored);
		if (file_exists(path) && code == ERR_OK)
			hear(search, search->names[i], bytes);
	}
	(void)code;
}

static void find_classes(struct search *search, const struct project *project, uint32_t n,
			 const char *(*class_at)(uint32_t))
{
	search->n = n;
	search->names = ARENA_NEW_N(&search->arena, const char *, n);
	search->found = ARENA_NEW_N(&search->arena, struct span, n);
	for (uint32_t i = 0; i < n; i++)
		search->names[i] = arena_strfmt(&search->arena, "%s.class", class_at(i));
	for (uint32_t i = 0; i < project->n_libraries; i++)
		look_into(search, project->libraries[i]);
}

/* NULL where no library has it, or it is no class. */
static const struct class *parse_found(struct search *search, uint32_t row)
{
	struct err ignored = ERR_INIT;
	struct class *class;

	if (search->found[row].bytes &&
	    class_parse(&search->arena, search->found[row], search->names[row], &class, &ignored) == ERR_OK)
		return class;
	return NULL;
}

static void put_class(struct buf *table, const char *name, struct span bytes)
{
	buf_u4(table, (uint32_t)strlen(name));
	buf_text(table, name);
	buf_u4(table, (uint32_t)bytes.len);
	buf_span(table, bytes);
}

static void put_count(struct buf *table, size_t at, uint32_t n)
{
	if (!table->overflowed)
		buf_set_u4(table, at, n);
}

void library_patches_put_own_loaders(const struct run *run, struct buf *table)
{
	struct search search = { .arena = ARENA_INIT };
	size_t at = table->len;
	uint32_t n = 0;

	find_classes(&search, &run->project, own_loader_count(), own_loader_class);
	buf_u4(table, 0);
	for (uint32_t i = 0; i < search.n; i++) {
		const struct class *class = parse_found(&search, i);
		struct err ignored = ERR_INIT;
		struct span bytes;

		if (!class || own_loader_patch(i, class, &search.arena, &bytes, &ignored) != ERR_OK)
			continue;
		put_class(table, own_loader_class(i), bytes);
		n++;
	}
	put_count(table, at, n);
	arena_release(&search.arena);
}

static const char *find_unrecorded(const struct project *project, const bool *woven)
{
	struct arena scratch = ARENA_INIT;
	const char *found = NULL;

	for (uint32_t i = 0; i < project->n_classes && !found; i++) {
		struct err ignored = ERR_INIT;	/* it was told when the project was read */
		struct class *class;

		arena_clear(&scratch);
		if (project->classes[i].is_test &&
		    class_parse(&scratch, project->classes[i].bytes, project->classes[i].what, &class,
				&ignored) == ERR_OK)
			found = doubles_unrecorded(class, woven);
	}
	arena_release(&scratch);
	return found;
}

void library_patches_put_doubles(struct run *run, struct observe *observe, struct buf *table)
{
	struct search search = { .arena = ARENA_INIT };
	size_t at = table->len;
	bool *woven;
	uint32_t n = 0;

	find_classes(&search, &run->project, doubles_count(), doubles_class);
	woven = ARENA_NEW_N(&search.arena, bool, search.n);
	buf_u4(table, 0);
	for (uint32_t i = 0; i < search.n; i++) {
		const struct class *class = parse_found(&search, i);
		struct err ignored = ERR_INIT;
		struct span bytes;

		if (!class || doubles_weave(observe, i, class, &search.arena, &bytes, &ignored) != ERR_OK)
			continue;
		put_class(table, doubles_class(i), bytes);
		woven[i] = true;
		n++;
	}
	put_count(table, at, n);
	run->unrecorded_doubles = find_unrecorded(&run->project, woven);
	arena_release(&search.arena);
}
