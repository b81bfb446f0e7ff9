#include "report/expand.h"

#include <string.h>

#include "util/test.h"

static struct stored_class classes[] = {
	{ .name = "shop.Cart", .source_file = "Cart.java", .path = "", .digest = "" },
	{ .name = "shop.CartItem", .source_file = "CartItem.java", .path = "", .digest = "" },
	{ .name = "shop.Cart$Line", .path = "", .digest = "" },
	{ .name = "bank.Cart", .path = "", .digest = "" },
};
static struct stored_test tests[] = {
	{ .name = "shop.CartTest.adds", .class_name = "shop.CartTest" },
	{ .name = "shop.CartTest.removes", .class_name = "shop.CartTest" },
};
static struct stored_mutant mutants[] = {
	{ .id = "total:B:1", .class_number = 0, .method = "total", .written_in = "total", .line = 9,
	  .kind = "B", .family = "f", .description = "did b", .status = STATUS_SURVIVED,
	  .killing_test = UNIT_NONE, .class = SURVIVOR_WEAK_ORACLE },
	{ .id = "total:A:1", .class_number = 0, .method = "lambda$total$0", .written_in = "total",
	  .line = 8, .kind = "A", .family = "f", .description = "did a", .status = STATUS_KILLED,
	  .killing_test = 1 },
	{ .id = "totals:A:1", .class_number = 0, .method = "totals", .written_in = "totals",
	  .kind = "A", .family = "f", .description = "x", .killing_test = UNIT_NONE },
	{ .id = "total:A:2", .class_number = 1, .method = "total", .written_in = "total",
	  .kind = "A", .family = "f", .description = "x", .killing_test = UNIT_NONE },
	{ .id = "price:A:1", .class_number = 2, .method = "price", .written_in = "price",
	  .kind = "A", .family = "f", .description = "x", .killing_test = UNIT_NONE },
	{ .id = "total:A:3", .class_number = 3, .method = "total", .written_in = "total",
	  .kind = "A", .family = "f", .description = "x", .killing_test = UNIT_NONE },
};
static const char *const arguments[] = { "." };
static const struct stored_run run = {
	.is_finished = true, .arguments = arguments, .n_arguments = 1, .classes = classes,
	.n_classes = 4, .tests = tests, .n_tests = 2, .mutants = mutants, .n_mutants = 6,
};

/* Ids of what a key means, blanks between. */
static const char *found(struct arena *arena, const char *key)
{
	struct expansion expansion;
	const char *text = "";

	if (!expand_find(arena, &run, key, &expansion))
		return "none";
	for (uint32_t i = 0; i < expansion.n; i++)
		text = arena_strfmt(arena, "%s%s%s", text, i ? " " : "",
				    mutants[expansion.items[i].number].id);
	return text;
}

TEST(a_key_means_a_method_in_its_order_of_lines)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(found(&arena, "shop.Cart#total"), "total:A:1 total:B:1");
	EXPECT_STR(found(&arena, "shop/Cart#total"), "total:A:1 total:B:1");
	EXPECT_STR(found(&arena, "shop.Cart#total(int)"), "total:A:1 total:B:1");
	EXPECT_STR(found(&arena, "Cart#total"), "total:A:1 total:B:1 total:A:3");
	EXPECT_STR(found(&arena, "Cart#tot"), "total:A:1 total:B:1 totals:A:1 total:A:3");
	EXPECT_STR(found(&arena, "CartI#total"), "total:A:2");
	EXPECT_STR(found(&arena, "shop.Cart#lambda$total$0"), "total:A:1");
	arena_release(&arena);
}

TEST(a_key_means_a_class_or_a_method_of_any)
{
	struct arena arena = ARENA_INIT;

	EXPECT_STR(found(&arena, "shop.Cart"), "total:A:1 total:B:1 totals:A:1");
	EXPECT_STR(found(&arena, "Line"), "price:A:1");
	EXPECT_STR(found(&arena, "Cart$Line"), "price:A:1");
	EXPECT_STR(found(&arena, "bank"), "total:A:3");
	EXPECT_STR(found(&arena, "#price"), "price:A:1");
	EXPECT_STR(found(&arena, "#totals"), "totals:A:1");
	EXPECT_STR(found(&arena, "Basket"), "none");
	EXPECT_STR(found(&arena, "Cart#sum"), "none");
	EXPECT_STR(found(&arena, "#"), "none");
	EXPECT_STR(found(&arena, ""), "none");
	arena_release(&arena);
}

TEST(a_group_is_told_with_what_became_of_each)
{
	static const uint32_t both[] = { 0, 1 };
	static const char *const warnings[] = { "Old." };
	const struct style style = { .width = 80 };
	struct arena arena = ARENA_INIT;
	struct expansion expansion;
	struct buf out;
	const char *text;

	buf_init(&out, 1 << 20);
	EXPECT(expand_find(&arena, &run, "shop.Cart#total", &expansion));
	expansion.items[1].reached = both;
	expansion.items[1].n_reached = 2;
	expansion.items[1].infected = both + 1;
	expansion.items[1].n_infected = 1;
	expansion.warnings = warnings;
	expansion.n_warnings = 1;
	expand_text(&expansion, &style, &out);
	buf_u1(&out, 0);
	text = strchr((const char *)out.bytes, '\n');
	EXPECT_STR(text, "\nOld.\n\nCart#total  Cart.java:8  2 changes, 1 noticed, 1 survived\n"
		   "    8   did a                                                          total:A:1\n"
		   "        killed by CartTest.removes\n"
		   "    9 x did b                                                          total:B:1\n"
		   "        survived, weak oracle: a test was handed another value and accepted it\n"
		   "        reached by 2 tests: CartTest.adds, CartTest.removes\n"
		   "        made a difference in 1: CartTest.removes\n"
		   "\nWhy one survived: vary mutate --why total:B:1\n");
	buf_release(&out);
	arena_release(&arena);
}
