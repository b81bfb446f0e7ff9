#include "classfile/source_map.h"

#include <string.h>

#define STRATUM "Kotlin"
#define FILES_MAX 4096u		/* in one class */

struct reading {
	const uint8_t *pos, *end;
	const char *source_file, *class_name;
	struct arena *arena;
	bool is_own[FILES_MAX];		/* by id */
	const char *paths[FILES_MAX];
	struct source_map_range *ranges;
	uint32_t n, size;
};

/* The next line without its end; false after the last. */
static bool next_line(struct reading *reading, struct span *ret)
{
	const uint8_t *start = reading->pos, *end = start;

	if (start == reading->end)
		return false;
	while (end < reading->end && *end != '\n')
		end++;
	reading->pos = end + (end < reading->end);
	if (end > start && end[-1] == '\r')
		end--;
	*ret = (struct span){ start, (size_t)(end - start) };
	return true;
}

static bool is_text(struct span span, const char *text)
{
	return span.len == strlen(text) && !memcmp(span.bytes, text, span.len);
}

/* A decimal number at *at; false, and nothing moves, where there is none. */
static bool take_number(struct span *at, uint32_t *ret)
{
	uint64_t value = 0;
	size_t n = 0;

	while (n < at->len && at->bytes[n] >= '0' && at->bytes[n] <= '9' && value < UINT32_MAX)
		value = value * 10 + (at->bytes[n++] - '0');
	if (n == 0 || value > UINT32_MAX)
		return false;
	*at = (struct span){ at->bytes + n, at->len - n };
	*ret = (uint32_t)value;
	return true;
}

static bool take(struct span *at, char c)
{
	if (at->len == 0 || at->bytes[0] != (uint8_t)c)
		return false;
	*at = (struct span){ at->bytes + 1, at->len - 1 };
	return true;
}

static size_t package_len(const char *name, size_t len)
{
	while (len && name[len - 1] != '/')
		len--;
	return len;
}

/* `path`: of a class of the file. */
static bool is_own_package(const struct reading *reading, struct span path)
{
	size_t own = package_len(reading->class_name, strlen(reading->class_name));

	return own == package_len((const char *)path.bytes, path.len) &&
	       !memcmp(path.bytes, reading->class_name, own);
}

/* "+ 1 Order.kt" and the line after it, or "1 Order.kt". */
static void read_file(struct reading *reading, struct span line)
{
	bool has_path = take(&line, '+') && take(&line, ' ');
	struct span path = span_none;
	uint32_t id;

	if (!take_number(&line, &id) || !take(&line, ' '))
		return;
	if (has_path && !next_line(reading, &path))
		return;
	if (id < FILES_MAX && has_path)
		reading->paths[id] = arena_strndup(reading->arena, (const char *)path.bytes, path.len);
	if (id < FILES_MAX && reading->source_file)
		reading->is_own[id] = is_text(line, reading->source_file) &&
				      (!has_path || is_own_package(reading, path));
}

/* input[#file][,count]:output[,lines of output for each line of input] */
static void read_range(struct reading *reading, struct span line, uint32_t *file)
{
	uint32_t input, n = 1, first, each = 1;

	if (!take_number(&line, &input))
		return;
	if (take(&line, '#') && !take_number(&line, file))
		return;
	if (take(&line, ',') && !take_number(&line, &n))
		return;
	if (!take(&line, ':') || !take_number(&line, &first))
		return;
	if (take(&line, ',') && !take_number(&line, &each))
		return;
	if (each != 1 || n == 0)	/* kotlinc writes no other */
		return;
	if (reading->n == reading->size) {
		uint32_t size = reading->size ? 2 * reading->size : 16;

		reading->ranges = arena_grow(reading->arena, reading->ranges, reading->n, size,
					     sizeof(*reading->ranges));
		reading->size = size;
	}
	reading->ranges[reading->n++] = (struct source_map_range){
		.first = first, .n = n, .input = input,
		.is_elsewhere = *file >= FILES_MAX || !reading->is_own[*file],
		.path = *file < FILES_MAX ? reading->paths[*file] : NULL,
	};
}

const struct source_map *source_map_read(struct arena *arena, struct span text,
					 const char *source_file, const char *class_name)
{
	struct reading *reading = ARENA_NEW_N(arena, struct reading, 1);
	struct source_map *map = ARENA_NEW_N(arena, struct source_map, 1);
	bool is_ours = false;
	uint32_t file = 0;
	char section = 0;
	struct span line;

	*reading = (struct reading){
		.pos = text.bytes, .end = text.bytes + text.len, .arena = arena,
		.source_file = source_file, .class_name = class_name,
	};
	if (!next_line(reading, &line) || !is_text(line, "SMAP"))
		return NULL;
	while (next_line(reading, &line)) {
		if (take(&line, '*')) {
			section = line.len ? (char)line.bytes[0] : 0;
			if (section == 'S')
				is_ours = is_text(line, "S " STRATUM);
		} else if (is_ours && section == 'F') {
			read_file(reading, line);
		} else if (is_ours && section == 'L') {
			read_range(reading, line, &file);
		}
	}
	if (reading->n == 0)
		return NULL;
	*map = (struct source_map){ reading->ranges, reading->n };
	return map;
}

const struct source_map *source_map_of(struct arena *arena, const struct class *class)
{
	const struct attribute *attribute =
		attributes_find(&class->attributes, "SourceDebugExtension");

	return attribute ? source_map_read(arena, attribute->bytes, class_source_file(class),
					   class->name) : NULL;
}

uint32_t source_map_line(const struct source_map *map, uint32_t line, bool *ret_elsewhere)
{
	*ret_elsewhere = false;
	for (uint32_t i = 0; map && i < map->n; i++) {
		const struct source_map_range *range = &map->ranges[i];

		if (line < range->first || line - range->first >= range->n)
			continue;
		*ret_elsewhere = range->is_elsewhere;
		return range->input + (line - range->first);
	}
	return line;
}
