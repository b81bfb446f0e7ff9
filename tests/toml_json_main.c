/* Reads TOML from standard input, writes it as JSON with a type on every value:
 *
 *	{"port": {"type": "integer", "value": "80"}}
 *
 * which is what the public test suite for TOML readers asks of a decoder.
 * Status 1 and one line on standard error if the text is not TOML.
 *
 *	toml-test test -decoder build/toml_json -toml 1.0
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "toml/toml.h"

static void put_value(const struct toml_value *value);

static void put_text(struct toml_string string)
{
	putchar('"');
	for (uint32_t i = 0; i < string.len; i++) {
		unsigned char c = (unsigned char)string.text[i];

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void put_table(const struct toml_table *table)
{
	putchar('{');
	for (const struct toml_entry *entry = table->first; entry; entry = entry->next) {
		put_text(entry->key);
		putchar(':');
		put_value(&entry->value);
		if (entry->next)
			putchar(',');
	}
	putchar('}');
}

static void put_array(const struct toml_array *array)
{
	putchar('[');
	for (uint32_t i = 0; i < array->n; i++) {
		if (i)
			putchar(',');
		put_value(&array->items[i]);
	}
	putchar(']');
}

static void put_moment(const struct toml_value *value)
{
	const struct toml_moment *moment = &value->moment;
	int minutes = abs(moment->offset);

	if (value->kind != TOML_LOCAL_TIME)
		printf("%04d-%02d-%02d", moment->year, moment->month, moment->day);
	if (value->kind == TOML_LOCAL_DATE)
		return;
	if (value->kind != TOML_LOCAL_TIME)
		putchar('T');
	printf("%02d:%02d:%02d", moment->hour, moment->minute, moment->second);
	if (moment->nanosecond)
		printf(".%09u", moment->nanosecond);
	if (value->kind == TOML_OFFSET_DATETIME && !minutes)
		putchar('Z');
	else if (value->kind == TOML_OFFSET_DATETIME)
		printf("%c%02d:%02d", moment->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static void put_scalar(const struct toml_value *value)
{
	static const char *const types[N_TOML_KINDS] = {
		[TOML_STRING] = "string", [TOML_INTEGER] = "integer", [TOML_FLOAT] = "float",
		[TOML_BOOLEAN] = "bool", [TOML_OFFSET_DATETIME] = "datetime",
		[TOML_LOCAL_DATETIME] = "datetime-local", [TOML_LOCAL_DATE] = "date-local",
		[TOML_LOCAL_TIME] = "time-local",
	};

	printf("{\"type\":\"%s\",\"value\":", types[value->kind]);
	if (value->kind == TOML_STRING) {
		put_text(value->string);
		putchar('}');
		return;
	}
	putchar('"');
	if (value->kind == TOML_INTEGER)
		printf("%lld", (long long)value->integer);
	else if (value->kind == TOML_BOOLEAN)
		printf(value->boolean ? "true" : "false");
	else if (value->kind == TOML_FLOAT && isnan(value->real))
		printf("nan");
	else if (value->kind == TOML_FLOAT)
		printf("%.17g", value->real);
	else
		put_moment(value);
	printf("\"}");
}

static void put_value(const struct toml_value *value)
{
	if (value->kind == TOML_TABLE)
		put_table(value->table);
	else if (value->kind == TOML_ARRAY)
		put_array(value->array);
	else
		put_scalar(value);
}

static void read_input(struct buf *text)
{
	uint8_t bytes[4096];
	size_t len;

	buf_init(text, TOML_TEXT_MAX + 1);
	while ((len = fread(bytes, 1, sizeof(bytes), stdin)))
		buf_bytes(text, bytes, len);
}

int main(void)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	enum err_code code;
	struct toml toml;
	struct buf text;

	read_input(&text);
	if (text.overflowed)
		code = err_set(&err, ERR_LIMIT, "the input is too large");
	else
		code = toml_parse(&arena, "stdin", buf_get(&text), &toml, &err);
	if (code == ERR_OK) {
		put_table(toml.root);
		putchar('\n');
	} else {
		fprintf(stderr, "%s\n", err.text);
	}
	arena_release(&arena);
	buf_release(&text);
	return code != ERR_OK;
}
