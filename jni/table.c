#include "jni/table.h"

#include <stdlib.h>
#include <string.h>

#include "util/die.h"

#define CLASS_SIZE_MIN 16	/* of an entry in the message: four lengths */
#define WOVEN_SIZE_MIN 8	/* the same of WIRE_WOVEN, and of a library: two lengths */

static uint32_t hash(const char *name)
{
	uint32_t sum = 2166136261u;	/* FNV-1a */

	for (; *name; name++)
		sum = (sum ^ (uint8_t)*name) * 16777619u;
	return sum;
}

/* Where the name is, or the empty slot where it belongs. */
static uint32_t *slot(const struct table *table, const char *name)
{
	uint32_t i = hash(name) & (table->n_slots - 1);

	while (table->slots[i] && strcmp(table->classes[table->slots[i] - 1].name, name) != 0)
		i = (i + 1) & (table->n_slots - 1);
	return &table->slots[i];
}

int32_t table_find(const struct table *table, const char *name)
{
	return (int32_t)*slot(table, name) - 1;
}

static void build_index(struct table *table)
{
	table->n_slots = 16;
	while (table->n_slots < table->n_classes * 2)
		table->n_slots *= 2;
	table->slots = ARENA_NEW_N(&table->arena, uint32_t, table->n_slots);
	for (uint32_t i = 0; i < table->n_classes; i++) {
		uint32_t *at = slot(table, table->classes[i].name);

		if (!*at)	/* the first of a name wins, as on a class path */
			*at = i + 1;
	}
}

static enum err_code read_libraries(struct wire_reader *in, struct table *table, struct err *err)
{
	uint32_t n = wire_get_count(in, WOVEN_SIZE_MIN);

	table->libraries = ARENA_NEW_N(&table->arena, struct table_library, n);
	for (uint32_t i = 0; i < n; i++) {
		table->libraries[i].name = wire_get_text(in, &table->arena);
		table->libraries[i].bytes = wire_get_blob(in);
	}
	table->n_libraries = n;
	return wire_check(in, err);
}

static enum err_code read_table(struct wire_reader *in, struct table *table, struct err *err)
{
	struct arena *arena = &table->arena;

	table->n_roots = wire_get_count(in, 4);
	table->roots = ARENA_NEW_N(arena, const char *, table->n_roots);
	for (uint32_t i = 0; i < table->n_roots; i++)
		table->roots[i] = wire_get_text(in, arena);
	table->n_classes = wire_get_count(in, CLASS_SIZE_MIN);
	table->classes = ARENA_NEW_N(arena, struct table_class, table->n_classes);
	for (uint32_t i = 0; i < table->n_classes; i++) {
		struct table_class *class = &table->classes[i];

		class->name = wire_get_text(in, arena);
		class->root = wire_get_u4(in);
		class->plain = wire_get_blob(in);
		class->probed = wire_get_blob(in);
		if (!class->probed.len)
			class->probed = class->plain;
		if (class->root >= table->n_roots)
			return err_set(err, ERR_WORKER, "class %s comes from root %u of %u",
				       class->name, class->root, table->n_roots);
	}
	table->n_counters = wire_get_u4(in);
	return read_libraries(in, table, err);
}

enum err_code table_parse(const struct wire_message *message, struct table **ret,
			  struct err *err)
{
	struct table *table = calloc(1, sizeof(*table));
	struct wire_reader in = wire_reader(message);
	enum err_code code;

	if (!table)
		die_out_of_memory();
	table->payload = (uint8_t *)message->payload.bytes;
	code = read_table(&in, table, err);
	if (code != ERR_OK) {
		arena_release(&table->arena);
		free(table->payload);
		free(table);
		return code;
	}
	build_index(table);
	*ret = table;
	return ERR_OK;
}

enum err_code table_weave(struct table *table, const struct wire_message *message,
			  struct err *err)
{
	struct wire_reader in = wire_reader(message);
	struct arena scratch = ARENA_INIT;
	uint32_t n = wire_get_count(&in, WOVEN_SIZE_MIN);
	enum err_code code = ERR_OK;

	for (uint32_t i = 0; i < n && code == ERR_OK; i++) {
		const char *name = wire_get_text(&in, &scratch);
		struct span bytes = wire_get_blob(&in);
		int32_t number = table_find(table, name);

		if (number < 0) {
			code = err_set(err, ERR_WORKER, "class %s is woven and not there", name);
			break;
		}
		table->classes[number].is_test = true;
		table->classes[number].traced = bytes;
	}
	if (code == ERR_OK)
		code = read_libraries(&in, table, err);
	table->is_woven = code == ERR_OK;
	arena_release(&scratch);
	return code;
}
