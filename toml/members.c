#include "toml/members.h"

#include <string.h>

#define FIRST_SLOTS 16u
#define FIRST_ITEMS 8u

static uint32_t hash(struct toml_string key)
{
	uint32_t sum = 2166136261u;	/* FNV-1a */

	for (uint32_t i = 0; i < key.len; i++)
		sum = (sum ^ (uint8_t)key.text[i]) * 16777619u;
	return sum;
}

/* The key's slot, or the free one where it belongs. */
static struct toml_entry **slot_of(const struct toml_table *table, struct toml_string key)
{
	uint32_t at = hash(key) & (table->n_slots - 1);

	for (;; at = (at + 1) & (table->n_slots - 1)) {
		struct toml_entry *entry = table->slots[at];

		if (!entry || (entry->key.len == key.len &&
			       !memcmp(entry->key.text, key.text, key.len)))
			return &table->slots[at];
	}
}

struct toml_table *members_new_table(struct scan *scan, enum toml_origin origin, uint32_t depth)
{
	struct toml_table *table = ARENA_NEW(scan->arena, struct toml_table);

	table->origin = origin;
	table->depth = depth;
	return table;
}

struct toml_entry *members_find(const struct toml_table *table, struct toml_string key)
{
	return table->n_slots ? *slot_of(table, key) : NULL;
}

enum err_code members_check_depth(struct scan *scan, uint32_t depth, uint32_t at)
{
	if (depth <= TOML_DEPTH_MAX)
		return ERR_OK;
	toml_error(scan->toml, at, scan->err, "more than %u tables and arrays within one another",
		   TOML_DEPTH_MAX);
	return scan->err->code = ERR_LIMIT;
}

/* At most half of the slots are taken, so that searches end, and soon. */
static void make_room(struct scan *scan, struct toml_table *table)
{
	if (table->n < table->n_slots / 2)
		return;
	table->n_slots = table->n_slots ? table->n_slots * 2 : FIRST_SLOTS;
	table->slots = ARENA_NEW_N(scan->arena, struct toml_entry *, table->n_slots);
	for (struct toml_entry *entry = table->first; entry; entry = entry->next)
		*slot_of(table, entry->key) = entry;
}

static struct toml_entry *add(struct scan *scan, struct toml_table *table,
			      struct toml_string key, uint32_t at)
{
	struct toml_entry *entry = ARENA_NEW(scan->arena, struct toml_entry);

	make_room(scan, table);
	*slot_of(table, key) = entry;
	entry->key = key;
	entry->at = at;
	entry->value.at = at;
	if (table->last)
		table->last->next = entry;
	else
		table->first = entry;
	table->last = entry;
	table->n++;
	return entry;
}

static enum err_code add_table(struct scan *scan, struct toml_table **table,
			       struct toml_string key, uint32_t at, enum toml_origin origin)
{
	struct toml_entry *entry;

	TRY(members_check_depth(scan, (*table)->depth + 1, at));
	entry = add(scan, *table, key, at);
	entry->value.kind = TOML_TABLE;
	entry->value.table = members_new_table(scan, origin, (*table)->depth + 1);
	*table = entry->value.table;
	return ERR_OK;
}

static enum err_code refuse(struct scan *scan, const struct toml_entry *entry, uint32_t at,
			    const char *why)
{
	uint32_t line = 1;

	for (uint32_t i = 0; i < entry->at; i++)
		line += scan->bytes[i] == '\n';
	return toml_error(scan->toml, at, scan->err, "%.100s %s (line %u)", entry->key.text, why, line);
}

enum err_code members_add(struct scan *scan, struct toml_table *table, struct toml_string key,
			  uint32_t at, struct toml_entry **ret)
{
	struct toml_entry *there = members_find(table, key);

	if (there)
		return refuse(scan, there, at, "has been given before");
	*ret = add(scan, table, key, at);
	return ERR_OK;
}

enum err_code members_by_dots(struct scan *scan, struct toml_table **table,
			      struct toml_string key, uint32_t at)
{
	struct toml_entry *there = members_find(*table, key);

	if (!there)
		return add_table(scan, table, key, at, TOML_BY_DOTS);
	if (there->value.kind != TOML_TABLE)
		return refuse(scan, there, at, "has been given before, and is no table");
	if (there->value.table->origin == TOML_INLINE)
		return refuse(scan, there, at, "is an inline table, and complete");
	if (there->value.table->origin == TOML_BY_HEADER)
		return refuse(scan, there, at, "has a header of its own; its keys stand there");
	*table = there->value.table;
	(*table)->origin = TOML_BY_DOTS;
	return ERR_OK;
}

enum err_code members_by_path(struct scan *scan, struct toml_table **table,
			      struct toml_string key, uint32_t at)
{
	struct toml_entry *there = members_find(*table, key);
	const struct toml_array *array;

	if (!there)
		return add_table(scan, table, key, at, TOML_BY_PATH);
	if (there->value.kind == TOML_ARRAY && there->value.array->is_of_tables) {
		array = there->value.array;
		*table = array->items[array->n - 1].table;
		return ERR_OK;
	}
	if (there->value.kind != TOML_TABLE)
		return refuse(scan, there, at, "has been given before, and is no table");
	if (there->value.table->origin == TOML_INLINE)
		return refuse(scan, there, at, "is an inline table, and complete");
	*table = there->value.table;
	return ERR_OK;
}

enum err_code members_by_header(struct scan *scan, struct toml_table **table,
				struct toml_string key, uint32_t at)
{
	struct toml_entry *there = members_find(*table, key);

	if (!there)
		return add_table(scan, table, key, at, TOML_BY_HEADER);
	if (there->value.kind == TOML_ARRAY && there->value.array->is_of_tables)
		return refuse(scan, there, at, "is an array of tables: [[...]] adds to it");
	if (there->value.kind != TOML_TABLE || there->value.table->origin != TOML_BY_PATH)
		return refuse(scan, there, at, "has been given before");
	*table = there->value.table;
	(*table)->origin = TOML_BY_HEADER;
	there->at = there->value.at = at;
	return ERR_OK;
}

enum err_code members_append(struct scan *scan, struct toml_table **table,
			     struct toml_string key, uint32_t at)
{
	struct toml_entry *there = members_find(*table, key);
	struct toml_value *item;

	TRY(members_check_depth(scan, (*table)->depth + 2, at));
	if (!there) {
		there = add(scan, *table, key, at);
		there->value.kind = TOML_ARRAY;
		there->value.array = ARENA_NEW(scan->arena, struct toml_array);
		there->value.array->is_of_tables = true;
	}
	if (there->value.kind != TOML_ARRAY || !there->value.array->is_of_tables)
		return refuse(scan, there, at, "has been given before, and is no array of tables");
	item = members_new_item(scan, there->value.array);
	item->kind = TOML_TABLE;
	item->at = at;
	item->table = members_new_table(scan, TOML_BY_HEADER, (*table)->depth + 2);
	*table = item->table;
	return ERR_OK;
}

struct toml_value *members_new_item(struct scan *scan, struct toml_array *array)
{
	if (array->n == array->room) {
		uint32_t room = array->room ? array->room * 2 : FIRST_ITEMS;

		array->items = arena_grow(scan->arena, array->items, array->n, room,
					  sizeof(*array->items));
		array->room = room;
	}
	return &array->items[array->n++];
}
