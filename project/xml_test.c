#include "project/xml.h"

#include <string.h>

#include "util/test.h"

static const struct xml *parse(struct arena *arena, const char *text)
{
	return xml_parse(arena, (struct span){ (const uint8_t *)text, strlen(text) });
}

TEST(elements_of_xml_are_found_by_their_path)
{
	struct arena arena = ARENA_INIT;
	const struct xml *root = parse(&arena,
		"\xef\xbb\xbf<?xml version='1.0'?>\n<!DOCTYPE p>\n<!-- a <b> -->\n"
		"<p a='>' b=\"/\">\n <q/><r x='1' />\n"
		" <s> <t>1</t> <t>two <!-- no --> more</t> <u>&lt;a&amp;b&gt;</u> <v><![CDATA[ <w> ]]></v> </s></p>");

	EXPECT_STR(root->name, "p");
	EXPECT_STR(xml_text(root, "q"), "");
	EXPECT_STR(xml_text(root, "r"), "");
	EXPECT_STR(xml_text(root, "s/t"), "1");
	EXPECT_STR(xml_find(root, "s/t")->next->text, "two  more");
	EXPECT_STR(xml_text(root, "s/u"), "<a&b>");
	EXPECT_STR(xml_text(root, "s/v"), "<w>");
	EXPECT(!xml_text(root, "s/w"));
	EXPECT(!xml_text(NULL, "s"));
	EXPECT(!xml_text(root, "s/t/t"));
	arena_release(&arena);
}

TEST(what_is_no_xml_has_no_tree)
{
	static const char *const texts[] = {
		"", "x", "<", "<a", "<a>", "<a></b>", "<a><b></a>", "<a b='></a>", "<!-- ", "<?x", "<></>",
		"<a><![CDATA[", "<a>&", "<a/", "< a/>",
	};
	struct arena arena = ARENA_INIT;
	char deep[1000];

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		EXPECT(!parse(&arena, texts[i]));
	for (size_t i = 0; i < sizeof(deep) - 1; i++)
		deep[i] = "<a>"[i % 3];
	deep[sizeof(deep) - 1] = '\0';
	EXPECT(!parse(&arena, deep));
	arena_release(&arena);
}
