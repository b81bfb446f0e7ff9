#include "engine/filter.h"

#include <stdio.h>
#include <string.h>

#include "util/test.h"

TEST(filters_are_found_as_typed_and_with_underscores)
{
	EXPECT(filter_find("string-switch") == FILTER_string_switch);
	EXPECT(filter_find("string_switch") == FILTER_string_switch);
	EXPECT(filter_find("hashcode") == FILTER_hashcode);
	EXPECT(filter_find("string") == N_FILTERS);
	EXPECT(filter_find("") == N_FILTERS);
}

TEST(names_of_filters_are_those_of_their_rows)
{
	static const char *const rows[] = {
#define FILTER(name, typed, says) #name,
#include "engine/filters.def"
#undef FILTER
	};

	for (unsigned i = 0; i < N_FILTERS; i++) {
		EXPECT(filter_find(rows[i]) == (enum filter)i);
		EXPECT(*filter_info[i].says != '\0');
	}
}

TEST(all_filters_but_hashcode_are_on_by_default)
{
	struct plan_settings settings = plan_default_settings();

	for (unsigned i = 0; i < N_FILTERS; i++)
		EXPECT((settings.filters >> i & 1) == (i != FILTER_hashcode));
}

TEST(docs_name_every_filter)
{
	static char text[20000];
	FILE *file = fopen("docs/operators.md", "r");
	char row[40];
	size_t len;

	EXPECT(file != NULL);
	if (!file)
		return;
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	for (unsigned i = 0; i < N_FILTERS; i++) {
		snprintf(row, sizeof(row), "| `%s` |", filter_info[i].name);
		if (!strstr(text, row))
			EXPECT_STR("missing in docs/operators.md", row);
	}
}
