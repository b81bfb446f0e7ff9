#include "report/json_text.h"

#include "util/test.h"

TEST(a_text_is_escaped_and_fields_are_separated)
{
	struct buf out;

	buf_init(&out, 1000);
	buf_text(&out, "{");
	json_text_field(&out, "a", "x\"\\\n\033");
	json_text_field(&out, "b", NULL);
	json_number_field(&out, "c", 3);
	buf_text(&out, "}");
	buf_u1(&out, 0);
	EXPECT_STR((const char *)out.bytes, "{\"a\":\"x\\\"\\\\\\u000a\\u001b\",\"b\":null,\"c\":3}");
	buf_release(&out);
}
