#include <string.h>

#include "classfile/build_test.h"
#include "engine/plan.h"
#include "util/test.h"

/* static boolean same(Object a, Object b), as scalac compiles a == b; "Scala" is an
 * attribute that it gives its classes. */
static struct span equality(struct arena *arena, bool is_scala)
{
	struct build b;
	uint16_t equals;

	build_start(&b, arena, 49);
	equals = build_ref(&b, CONSTANT_METHODREF, "java/lang/Object", "equals", "(Ljava/lang/Object;)Z");
	build_method(&b, "same", "(Ljava/lang/Object;Ljava/lang/Object;)Z", (struct build_code){
		.bytes = BYTES(0x2a, 0x2b, 0x4d, 0x59, 0xc7, 0, 11,	/* dup; ifnonnull 15 */
		      0x57, 0x2c, 0xc6, 0, 13, 0xa7, 0, 14,	/* pop; aload_2; ifnull 22; goto 26 */
		      0x2c, 0xb6, (uint8_t)(equals >> 8), (uint8_t)equals, 0x99, 0, 7,
		      0x04, 0xa7, 0, 4, 0x03, 0xac) });
	if (is_scala)
		build_attribute(&b, "Scala", (struct span){ NULL, 0 });
	return build_finish(&b);
}

/* How many conditions would be negated. */
static unsigned negated(bool is_scala)
{
	struct plan_settings settings = plan_default_settings();
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct plan plan;
	unsigned n = 0;

	plan_init(&plan, &arena, &settings);
	EXPECT(plan_class(&plan, equality(&arena, is_scala), "Sample.class", &err) == ERR_OK);
	plan_finish(&plan);
	for (uint32_t i = 0; i < plan.n_mutants; i++)
		n += !strcmp(plan.mutants[i].operator->name, "COND_NEGATE");
	arena_release(&arena);
	return n;
}

TEST(the_checks_for_null_that_scalac_writes_for_equality_are_no_conditions)
{
	EXPECT(negated(true) == 1);
	EXPECT(negated(false) == 3);
}
