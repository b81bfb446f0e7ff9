#include "report/node.h"

#include <cjson/cJSON.h>

#include "report/utf8.h"
#include "util/die.h"

/* A struct node is a cJSON under a name of ours. */

static struct node *made(cJSON *item)
{
	if (!item)
		die_out_of_memory();
	return (struct node *)item;
}

struct node *node_object(void)
{
	return made(cJSON_CreateObject());
}

struct node *node_null(void)
{
	return made(cJSON_CreateNull());
}

struct node *node_bool(bool is_true)
{
	return made(cJSON_CreateBool(is_true));
}

struct node *node_number(double number)
{
	return made(cJSON_CreateNumber(number));
}

struct node *node_text(const char *text)
{
	struct node *node;
	struct buf clean;

	if (!text)
		return node_null();
	buf_init(&clean, SIZE_MAX);
	utf8_clean(&clean, text);
	buf_u1(&clean, 0);
	node = made(cJSON_CreateString((const char *)clean.bytes));
	buf_release(&clean);
	return node;
}

static void append(cJSON *array, struct node *item)
{
	if (!cJSON_AddItemToArray(array, (cJSON *)item))
		die_out_of_memory();
}

struct node *node_numbers(const uint32_t *numbers, uint32_t n)
{
	struct node *array = made(cJSON_CreateArray());

	for (uint32_t i = 0; i < n; i++)
		append((cJSON *)array, node_number(numbers[i]));
	return array;
}

struct node *node_texts(const char *const *texts, uint32_t n)
{
	struct node *array = made(cJSON_CreateArray());

	for (uint32_t i = 0; i < n; i++)
		append((cJSON *)array, node_text(texts[i]));
	return array;
}

/* ---- into an object ---- */

void node_add(struct node *to, const char *name, struct node *item)
{
	if (!cJSON_AddItemToObject((cJSON *)to, name, (cJSON *)item))
		die_out_of_memory();
}

void node_add_text(struct node *to, const char *name, const char *text)
{
	node_add(to, name, node_text(text));
}

void node_add_number(struct node *to, const char *name, double number)
{
	node_add(to, name, node_number(number));
}

void node_add_rounded(struct node *to, const char *name, double number, double steps)
{
	node_add_number(to, name, (double)(unsigned long long)(number * steps + 0.5) / steps);
}

void node_add_number_or_null(struct node *to, const char *name, double number)
{
	node_add(to, name, number > 0 ? node_number(number) : node_null());
}

/* ---- as text ---- */

static void put(struct buf *out, struct node *item)
{
	char *text = cJSON_PrintUnformatted((cJSON *)item);

	if (!text)
		die_out_of_memory();
	buf_text(out, text);
	cJSON_free(text);
	cJSON_Delete((cJSON *)item);
}

void node_put_field(struct buf *out, const char *name, struct node *item)
{
	buf_fmt(out, ",\n\"%s\":", name);
	put(out, item);
}

void node_put_item(struct buf *out, uint32_t number, struct node *item)
{
	buf_text(out, number ? ",\n" : "\n");
	put(out, item);
	buf_pass(out);
}
