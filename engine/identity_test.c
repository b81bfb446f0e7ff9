#include "engine/identity.h"

#include "util/test.h"

static const char *label_of(struct arena *arena, const char *class_name,
			    const char *method_name)
{
	struct class class = { .name = class_name };
	struct member method = { .name = method_name };

	return identity_label(arena, &class, &method);
}

TEST(labels_name_a_method_as_people_do)
{
	static const struct { const char *class_name, *method, *label; } cases[] = {
		{ "shop/Price", "total", "total" },
		{ "shop/Price", "<init>", "Price" },
		{ "shop/Price$Line", "<init>", "Line" },
		{ "Price", "<clinit>", "static" },
		{ "shop/Price", "lambda$total$0", "total" },
		{ "shop/Price", "lambda$total$12", "total" },
		{ "shop/Price", "lambda$new$1", "Price" },
		{ "shop/Price", "lambda$static$1", "static" },
		{ "shop/Price", "lambda$lambda$total$0$1", "total" },
		{ "shop/Price", "lambda$null$3", "lambda" },
		{ "shop/Price", "total$lambda$0", "total" },
		{ "shop/Price", "total$lambda-0", "total" },
		{ "shop/Price", "$anonfun$total$1", "total" },
		{ "shop/Price", "lambda$", "lambda$" },
		{ "shop/Price", "two words:\n", "two_words__" },
	};
	struct arena arena = ARENA_INIT;

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		EXPECT_STR(label_of(&arena, cases[i].class_name, cases[i].method),
			   cases[i].label);
	arena_release(&arena);
}

TEST(ordinals_tell_apart_what_is_alike)
{
	EXPECT(identity_of_ordinal(1, 0) != identity_of_ordinal(1, 1));
	EXPECT(identity_of_ordinal(1, 0) == identity_of_ordinal(1, 0));
	EXPECT(identity_of_ordinal(1, 0) != identity_of_ordinal(2, 0));
}
