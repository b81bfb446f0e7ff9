#include "report/quarantine_json.h"

#include <string.h>

#include "report/version.h"
#include "util/test.h"

static const char *json_of(const char *path, const struct quarantine_entry *entries, uint32_t n,
			   struct buf *out)
{
	buf_init(out, SIZE_MAX);
	quarantine_json(path, entries, n, out);
	buf_u1(out, '\0');
	return (const char *)out->bytes;
}

TEST(a_list_of_nothing_quarantined_is_an_object_too)
{
	struct buf out;

	EXPECT_STR(json_of(NULL, NULL, 0, &out),
		   "{\"schema\":\"vary-quarantine/1\",\n\"tool\":{\"name\":\"vary\",\"version\":\"" VERSION "\"},"
		   "\"file\":null,\n\"quarantined\":[]}\n");
	buf_release(&out);
}

TEST(every_entry_has_its_id_class_reason_and_date)
{
	static const struct quarantine_entry entries[] = {
		{ "m:RETURN_ZERO:12ab34", "shop.Cart", "a \"reason\"\\", "2026-11-21" },
		{ "n:RETURN_NULL:12ab35", "shop.Cart", "by hand", NULL },
	};
	struct buf out;
	const char *text = json_of("/p/vary-quarantine.toml", entries, 2, &out);

	EXPECT(strstr(text, "\"file\":\"/p/vary-quarantine.toml\",\n\"quarantined\":[\n{\"id\":\"m:RETURN_ZERO:12ab34\","
			    "\"class\":\"shop.Cart\",\"reason\":\"a \\\"reason\\\"\\\\\",\"since\":\"2026-11-21\"},\n{") != NULL);
	EXPECT(strstr(text, "\"reason\":\"by hand\",\"since\":null}]}\n") != NULL);
	buf_release(&out);
}
