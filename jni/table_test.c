#include "jni/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "util/test.h"

/* A table as the supervisor sends it; the payload is malloc()ed, as in a worker. */
struct sent {
	struct wire from, to;
	struct wire_message message;
	struct err err;
};

static void sent_begin(struct sent *sent, uint32_t n_classes)
{
	int fds[2];

	memset(sent, 0, sizeof(*sent));
	EXPECT(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
	wire_init(&sent->from, fds[0]);
	wire_init(&sent->to, fds[1]);
	wire_begin(&sent->from, WIRE_TABLE);
	wire_u4(&sent->from, 1);
	wire_text(&sent->from, "/p/classes");
	wire_u4(&sent->from, n_classes);
}

static void sent_class(struct sent *sent, const char *name, uint32_t root,
		       const char *plain, const char *probed)
{
	wire_text(&sent->from, name);
	wire_u4(&sent->from, root);
	wire_text(&sent->from, plain);
	wire_text(&sent->from, probed);
}

static enum err_code sent_parse(struct sent *sent, struct table **ret)
{
	uint8_t *copy;

	wire_u4(&sent->from, 12);
	wire_u4(&sent->from, 1);
	wire_text(&sent->from, "a/Library");
	wire_blob(&sent->from, (struct span){ (const uint8_t *)"patched", 7 });
	EXPECT(wire_send(&sent->from, &sent->err) == ERR_OK);
	EXPECT(wire_receive(&sent->to, &sent->message, &sent->err) == ERR_OK);
	copy = malloc(sent->message.payload.len);
	memcpy(copy, sent->message.payload.bytes, sent->message.payload.len);
	sent->message.payload.bytes = copy;
	wire_close(&sent->from);
	wire_close(&sent->to);
	return table_parse(&sent->message, ret, &sent->err);
}

/* A worker never does: see table.h. */
static void table_release(struct table *table)
{
	arena_release(&table->arena);
	free(table->payload);
	free(table);
}

TEST(a_table_finds_each_class_by_its_name_and_the_first_of_two)
{
	struct table *table;
	struct sent sent;
	char name[20];

	sent_begin(&sent, 101);
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "p.Class%d", i);
		sent_class(&sent, name, 0, name, "");
	}
	sent_class(&sent, "p.Class7", 0, "second", "");
	if (sent_parse(&sent, &table) != ERR_OK) {
		EXPECT_STR(sent.err.text, "");
		return;
	}
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "p.Class%d", i);
		EXPECT_LONG(table_find(table, name), i);
	}
	EXPECT_LONG(table_find(table, "p.Class100"), -1);
	EXPECT_LONG(table_find(table, ""), -1);
	EXPECT_LONG(table->n_counters, 12);
	EXPECT_LONG(table->n_libraries, 1);
	EXPECT_STR(table->libraries[0].name, "a/Library");
	EXPECT_LONG((long)table->libraries[0].bytes.len, 7);
	table_release(table);
}

TEST(a_class_without_probes_is_the_plain_one_in_a_probed_run)
{
	struct table *table;
	struct sent sent;

	sent_begin(&sent, 2);
	sent_class(&sent, "A", 0, "plain", "probed!");
	sent_class(&sent, "B", 0, "plain", "");
	if (sent_parse(&sent, &table) == ERR_OK) {
		EXPECT_LONG(table->classes[0].probed.len, 7);
		EXPECT_LONG(table->classes[1].probed.len, 5);
		table_release(table);
	} else {
		EXPECT_STR(sent.err.text, "");
	}
}

TEST(a_class_of_a_root_that_is_not_there_is_refused)
{
	struct table *table;
	struct sent sent;

	sent_begin(&sent, 1);
	sent_class(&sent, "A", 1, "plain", "");
	EXPECT(sent_parse(&sent, &table) == ERR_WORKER);
	EXPECT_STR(sent.err.text, "class A comes from root 1 of 1");
}

TEST(a_table_that_promises_more_classes_than_it_has_is_refused)
{
	struct table *table;
	struct sent sent;

	sent_begin(&sent, 3);
	sent_class(&sent, "A", 0, "plain", "");
	EXPECT(sent_parse(&sent, &table) == ERR_WORKER);
}

static struct table *parse_one(struct sent *sent)
{
	struct table *table = NULL;

	sent_begin(sent, 1);
	sent_class(sent, "shop.PriceTest", 0, "plain", "");
	EXPECT(sent_parse(sent, &table) == ERR_OK);
	return table;
}

/* u4 n, text name, bytes. */
static enum err_code weave_one(struct table *table, const char *name, const char *bytes, struct err *err)
{
	struct wire_message message = { .kind = WIRE_WOVEN };
	enum err_code code;
	struct buf body;
	uint8_t *copy;

	buf_init(&body, 1000);
	buf_u4(&body, 1);
	buf_u4(&body, (uint32_t)strlen(name));
	buf_text(&body, name);
	buf_u4(&body, (uint32_t)strlen(bytes));
	buf_text(&body, bytes);
	buf_u4(&body, 0);
	copy = malloc(body.len);
	memcpy(copy, body.bytes, body.len);
	message.payload = (struct span){ copy, body.len };
	code = table_weave(table, &message, err);
	if (code == ERR_OK)
		EXPECT_LONG((long)table->classes[0].traced.len, (long)strlen(bytes));
	buf_release(&body);
	free(copy);
	return code;
}

TEST(woven_classes_are_the_tests_among_the_table_s)
{
	struct err err = ERR_INIT;
	struct sent sent;
	struct table *table = parse_one(&sent);

	EXPECT(!table->is_woven && !table->classes[0].is_test);
	EXPECT(weave_one(table, "shop.PriceTest", "woven", &err) == ERR_OK);
	EXPECT(table->is_woven && table->classes[0].is_test);
	EXPECT(weave_one(table, "shop.Gone", "woven", &err) == ERR_WORKER);
	EXPECT_STR(err.text, "class shop.Gone is woven and not there");
	table_release(table);
}
