/* Any bytes as a TOML file: read without leaving it, or refused with a place in
 * it; the tree keeps to the limits its header names. */
#include <string.h>

#include "toml/toml.h"

#define SIZE_LIMIT 65536

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static uint32_t walk(const struct toml_value *value, uint32_t depth, size_t text_len)
{
	uint32_t sum = value->at;

	if (depth > TOML_DEPTH_MAX || value->at > text_len)
		__builtin_trap();
	if (value->kind == TOML_STRING) {
		if (value->string.text[value->string.len])
			__builtin_trap();
		for (uint32_t i = 0; i < value->string.len; i++)
			sum += (uint8_t)value->string.text[i];
	}
	for (uint32_t i = 0; value->kind == TOML_ARRAY && i < value->array->n; i++)
		sum += walk(&value->array->items[i], depth + 1, text_len);
	if (value->kind != TOML_TABLE)
		return sum;
	for (const struct toml_entry *entry = value->table->first; entry; entry = entry->next) {
		if (strlen(entry->key.text) == entry->key.len &&
		    toml_get(value->table, entry->key.text) != &entry->value)
			__builtin_trap();
		sum += walk(&entry->value, depth + 1, text_len);
	}
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	volatile uint32_t seen = 0;
	struct toml toml;

	if (len > SIZE_LIMIT)
		return 0;
	if (toml_parse(&arena, "f", (struct span){ bytes, len }, &toml, &err) == ERR_OK) {
		struct toml_value root = { .kind = TOML_TABLE, .table = toml.root };

		seen = walk(&root, 0, len);
	} else if (strncmp(err.text, "f:", 2)) {
		__builtin_trap();
	}
	(void)seen;
	arena_release(&arena);
	return 0;
}
