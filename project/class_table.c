#include "project/class_table.h"

#include <stdlib.h>
#include <string.h>

#include "classfile/class.h"
#include "project/files.h"
#include "project/jar.h"
#include "project/test_class.h"

#define CLASS_MAX ((size_t)16 << 20)
#define CLASSES_MAX 2000000u
#define SKIPPED_TOLD_MAX 10u	/* then they are only counted */

/* Of two roots of one path: whether the first holds all that the second does. */
static bool covers(const struct root *one, const struct root *other)
{
	return !one->only || (other->only && !strcmp(one->only, other->only));
}

void class_table_add_root(struct class_table *table, struct root root)
{
	for (uint32_t i = 0; i < table->n_roots; i++)
		if (!strcmp(table->roots[i].path, root.path) && covers(&table->roots[i], &root))
			return;
	if (table->n_roots == table->size_roots) {
		table->size_roots = table->size_roots ? 2 * table->size_roots : 16;
		table->roots = arena_grow(table->arena, table->roots, table->n_roots,
					  table->size_roots, sizeof(*table->roots));
	}
	table->roots[table->n_roots++] = root;
}

static uint32_t *name_slot(const struct class_table *table, const char *name)
{
	uint64_t hash = 1469598103934665603u;
	uint32_t at;

	for (const char *c = name; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	at = (uint32_t)(hash ^ hash >> 32) & (table->size_by_name - 1);
	while (table->by_name[at] && strcmp(table->classes[table->by_name[at] - 1].name, name))
		at = (at + 1) & (table->size_by_name - 1);
	return &table->by_name[at];
}

uint32_t class_table_find(const struct class_table *table, const char *name)
{
	return table->n ? *name_slot(table, name) - 1 : CLASS_NONE;
}

static void make_room(struct class_table *table)
{
	uint32_t size;

	if (table->n < table->size)
		return;
	size = table->size ? 2 * table->size : CLASS_TABLE_ROOM;
	table->classes = arena_grow(table->arena, table->classes, table->n, size, sizeof(*table->classes));
	table->seen = arena_grow(table->arena, table->seen, table->n, size, sizeof(*table->seen));
	table->size = size;
	table->size_by_name = 4 * size;
	table->by_name = ARENA_NEW_N(table->arena, uint32_t, table->size_by_name);
	for (uint32_t i = 0; i < table->n; i++)
		*name_slot(table, table->classes[i].name) = i + 1;
}

void class_table_forget(struct class_table *table, uint32_t n_roots)
{
	table->n = table->size = 0;
	table->n_read = 0;
	table->n_roots = n_roots;
	table->classes = NULL;
	table->seen = NULL;
}

static char *with_dots(struct arena *arena, const char *internal)
{
	char *name = arena_strdup(arena, internal);

	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '.';
	return name;
}

void class_table_see(struct arena *arena, const struct class *class,
		     struct project_class *ret, struct seen *ret_seen)
{
	const char *source = class_source_file(class), *dot;

	ret->name = with_dots(arena, class->name);
	dot = strrchr(ret->name, '.');
	ret_seen->package = dot ? arena_strndup(arena, ret->name, (size_t)(dot - ret->name)) : "";
	ret_seen->source_file = source ? arena_strdup(arena, source) : "";
	ret_seen->super = class->super_name ? with_dots(arena, class->super_name) : NULL;
	ret_seen->looks_like_test = test_class_is(class);
	ret_seen->is_suite = ret_seen->looks_like_test && test_class_is_suite(class);
	ret_seen->is_abstract = class->access & ACCESS_ABSTRACT;
}

static void skip(struct class_table *table, const char *why)
{
	if (table->n_skipped++ < SKIPPED_TOLD_MAX)
		text_list_add(table->arena, table->looked_at,
			      arena_strfmt(table->arena, "skipped %s", why));
}

/* `place`: the path below the root. A class elsewhere than its name says would
 * not be found there by a JVM. */
static bool is_in_place(const struct class *class, const char *place)
{
	size_t len = strlen(class->name);

	return !strncmp(place, class->name, len) && !strcmp(place + len, ".class");
}

static bool is_to_be_kept(struct class_table *table, const struct class *class, const char *what,
			  const char *place, bool is_named)
{
	const struct root *root = &table->roots[table->n_read];
	bool is_alone = root->only && !*root->only;

	if ((class->access & ACCESS_MODULE) || !strcmp(file_name(class->name), "package-info"))
		return false;
	if (is_named || is_alone || is_in_place(class, place))
		return true;
	skip(table, arena_strfmt(table->arena, "%s: its name is %s", what, class->name));
	return false;
}

static void keep(struct class_table *table, const struct class *class, const char *what,
		 struct span bytes)
{
	struct project_class known = { .what = what, .bytes = bytes, .root = table->n_read };
	struct seen seen;
	uint32_t *slot;

	class_table_see(table->arena, class, &known, &seen);
	make_room(table);
	slot = name_slot(table, known.name);
	if (*slot)
		return;
	*slot = table->n + 1;
	table->classes[table->n] = known;
	table->seen[table->n++] = seen;
}

static void add(struct class_table *table, const char *what, const char *place, struct span bytes)
{
	bool is_named = text_list_has(&table->named, what);
	struct arena local = ARENA_INIT;
	struct err broken = ERR_INIT;
	struct class *class;

	if (table->n == CLASSES_MAX)
		return;
	if (class_parse(&local, bytes, what, &class, &broken) == ERR_OK) {
		if (is_to_be_kept(table, class, what, place, is_named))
			keep(table, class, what, bytes);
	} else if (is_named && table->err->code == ERR_OK) {
		err_set(table->err, broken.code, "%s", broken.text);
	} else {
		skip(table, broken.text);
	}
	arena_release(&local);
}

static bool hear_file(void *context, const char *path)
{
	struct class_table *table = context;
	const char *place = file_below(path, table->roots[table->n_read].path), *what;
	struct err broken = ERR_INIT;
	struct span bytes;

	if (!file_has_suffix(path, ".class") || !strncmp(place, "META-INF/", 9))
		return true;
	what = arena_strdup(table->arena, path);
	if (file_read(table->arena, path, CLASS_MAX, &bytes, &broken) == ERR_OK)
		add(table, what, place, bytes);
	else
		skip(table, broken.text);
	return table->err->code == ERR_OK;
}

static void hear_entry(void *context, const char *name, struct span bytes)
{
	struct class_table *table = context;
	const char *jar = table->roots[table->n_read].path;

	add(table, arena_strfmt(table->arena, "%s!%s", jar, name), name, bytes);
}

static enum err_code read_root(struct class_table *table, const struct root *root, struct err *err)
{
	if (!file_is_directory(root->path))
		return jar_read_classes(table->arena, root->path, NULL, hear_entry, table, err);
	if (!root->only)
		return files_walk(root->path, hear_file, table, err);
	if (!*root->only)
		return files_walk_flat(root->path, hear_file, table, err);
	return files_walk(arena_strfmt(table->arena, "%s/%s", root->path, root->only), hear_file,
			  table, err);
}

static int by_source(const void *a, const void *b, void *context)
{
	const struct class_table *table = context;
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	int order = strcmp(table->seen[left].source_file, table->seen[right].source_file);

	return order ? order : left < right ? -1 : left > right;
}

enum err_code class_table_read(struct class_table *table, struct err *err)
{
	table->err = err;
	for (; table->n_read < table->n_roots; table->n_read++) {
		TRY(read_root(table, &table->roots[table->n_read], err));
		if (err->code != ERR_OK)
			return err->code;
	}
	table->by_source = ARENA_NEW_N(table->arena, uint32_t, table->n);
	for (uint32_t i = 0; i < table->n; i++)
		table->by_source[i] = i;
	if (table->n)
		qsort_r(table->by_source, table->n, sizeof(*table->by_source), by_source, table);
	if (table->n_skipped > SKIPPED_TOLD_MAX)
		text_list_add(table->arena, table->looked_at,
			      arena_strfmt(table->arena, "skipped %u more classes",
					   table->n_skipped - SKIPPED_TOLD_MAX));
	table->n_skipped = 0;
	return ERR_OK;
}

uint32_t class_table_first_of_source(const struct class_table *table, const char *source_file)
{
	uint32_t low = 0, high = table->n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (strcmp(table->seen[table->by_source[middle]].source_file, source_file) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t class_table_outermost(const struct class_table *table, const char *name)
{
	const char *dollar = strchr(name + 1, '$');
	struct arena local = ARENA_INIT;
	uint32_t number;

	if (!dollar)
		return CLASS_NONE;
	number = class_table_find(table, arena_strndup(&local, name, (size_t)(dollar - name)));
	arena_release(&local);
	return number;
}
