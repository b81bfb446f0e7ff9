#include "oracle/oracle.h"

#include "classfile/build_test.h"
#include "oracle/oracle_graph.h"
#include "util/test.h"

/* Code of a test class: calls of static methods by constant index. */
static uint16_t method_ref(struct build *b, const char *owner, const char *name,
			   const char *descriptor)
{
	return build_ref(b, CONSTANT_METHODREF, owner, name, descriptor);
}

#define U2(n) (uint8_t)((n) >> 8), (uint8_t)(n)

static struct span project_class(struct arena *arena)
{
	static const uint8_t code[] = { OPC_iconst_5, OPC_ireturn };
	struct build b;

	build_start(&b, arena, 49);
	build_method(&b, "total", "()I", (struct build_code){ .bytes = { code, sizeof(code) } });
	return build_finish(&b);
}

/* The name that build_start() gives a class. */
static const char *project_name(struct arena *arena)
{
	struct err err = ERR_INIT;
	struct class *class;

	EXPECT(class_parse(arena, project_class(arena), "", &class, &err) == ERR_OK);
	return class->name;
}

/* The strength of a test with this code, in a class beside the project's. */
static struct oracle_test judged(struct arena *arena, struct build *b, struct span code)
{
	struct oracle *oracle = oracle_new(arena);
	struct oracle_test test;
	struct span bytes;

	build_method(b, "testIt", "()V", (struct build_code){ .bytes = code });
	bytes = build_finish(b);
	oracle_add(oracle, bytes, true);
	oracle_finish(oracle);
	oracle_test(oracle, project_name(arena), "testIt", &test);
	return test;
}

TEST(a_test_without_assertions_has_strength_none)
{
	static const uint8_t code[] = { OPC_return };
	struct arena arena = ARENA_INIT;
	struct oracle_test test;
	struct build b;

	build_start(&b, &arena, 49);
	test = judged(&arena, &b, (struct span){ code, sizeof(code) });
	EXPECT(test.strength == STRENGTH_NONE);
	EXPECT_STR(test.says, "has no assertion: only an exception fails it");
	arena_release(&arena);
}

TEST(an_assertion_on_constants_is_constant)
{
	struct arena arena = ARENA_INIT;
	struct build b;
	uint16_t check;

	build_start(&b, &arena, 49);
	check = method_ref(&b, "org/junit/Assert", "assertEquals", "(JJ)V");
	{
		const uint8_t code[] = { OPC_lconst_1, OPC_lconst_1, OPC_invokestatic, U2(check),
					 OPC_return };
		struct oracle_test test = judged(&arena, &b, (struct span){ code, sizeof(code) });

		EXPECT(test.strength == STRENGTH_CONSTANT);
		EXPECT_LONG(test.n_assertions, 1);
	}
	arena_release(&arena);
}

TEST(what_cannot_be_told_is_strong)
{
	struct arena arena = ARENA_INIT;
	struct build b;
	uint16_t check, invoke;

	build_start(&b, &arena, 49);
	check = method_ref(&b, "org/junit/Assert", "assertNull", "(Ljava/lang/Object;)V");
	invoke = method_ref(&b, "java/lang/reflect/Array", "get", "()Ljava/lang/Object;");
	{
		const uint8_t code[] = { OPC_invokestatic, U2(invoke), OPC_invokestatic, U2(check),
					 OPC_return };
		struct oracle_test test = judged(&arena, &b, (struct span){ code, sizeof(code) });

		EXPECT(test.strength == STRENGTH_STRONG);
	}
	arena_release(&arena);
}

TEST(an_assertion_that_cannot_be_reached_is_none)
{
	struct arena arena = ARENA_INIT;
	struct build b;
	uint16_t check;

	build_start(&b, &arena, 49);
	check = method_ref(&b, "org/junit/Assert", "assertTrue", "(Z)V");
	{
		const uint8_t code[] = { OPC_iconst_0, OPC_ifeq, 0, 7, OPC_iconst_1,
					 OPC_invokestatic, U2(check), OPC_return };
		struct oracle_test test = judged(&arena, &b, (struct span){ code, sizeof(code) });

		EXPECT(test.strength == STRENGTH_NONE);
	}
	arena_release(&arena);
}

TEST(a_test_that_is_not_there_is_unknown)
{
	struct arena arena = ARENA_INIT;
	struct oracle *oracle = oracle_new(&arena);
	struct oracle_test test;

	oracle_add(oracle, project_class(&arena), false);
	oracle_finish(oracle);
	oracle_test(oracle, "shop.Nowhere", "total", &test);
	EXPECT(test.strength == STRENGTH_UNKNOWN);
	arena_release(&arena);
}
