#include "operators/pit.h"

#include <stdio.h>
#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

#define CODE(...) ((struct span)BYTES(__VA_ARGS__))

TEST(every_row_of_pit_def_is_sound)
{
	struct buf out;

	buf_init(&out, 10000);
	EXPECT(pit_check_table(&out) == 0);
	buf_u1(&out, 0);
	EXPECT_STR((const char *)out.bytes, "");
	buf_release(&out);
}

/* PIT's name of what `row` does to the last instruction of a method; "-": none. */
static const char *mutator_of(const char *row, const char *descriptor, struct span code)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	struct code *parsed;
	struct build b;
	const char *ret;

	build_start(&b, &arena, 52);
	build_method(&b, "m", descriptor, (struct build_code){ .bytes = code });
	class = build_parsed(&b);
	EXPECT(code_parse(&arena, class, &class->methods[0], &parsed, &err) == ERR_OK);
	ret = pit_mutator(operator_find(row), class, &class->methods[0],
			  &parsed->insns[parsed->n_insns - 1]);
	arena_release(&arena);
	return ret ? ret : "-";
}

TEST(what_is_returned_goes_by_the_methods_type)
{
	static const struct { const char *row, *type, *mutator; } cases[] = {
		{ "RETURN_ZERO", "()Ljava/lang/Long;", "EMPTY_RETURNS" },
		{ "RETURN_ZERO", "()Ljava/lang/Byte;", "-" },
		{ "RETURN_NULL", "()Ljava/lang/Byte;", "NULL_RETURNS" },
		{ "RETURN_NULL", "()Ljava/lang/Long;", "-" },
		{ "RETURN_NULL", "()Ljava/lang/Boolean;", "-" },
		{ "RETURN_NULL", "()Ljava/lang/Object;", "NULL_RETURNS" },
		{ "RETURN_NULL", "()[I", "NULL_RETURNS" },
		{ "RETURN_NULL", "()Ljava/util/Set;", "-" },
		{ "RETURN_NULL", "()Ljava/util/Iterator;", "NULL_RETURNS" },
		{ "RETURN_TRUE", "()Ljava/lang/Boolean;", "TRUE_RETURNS" },
		{ "RETURN_FALSE", "()Ljava/lang/Boolean;", "FALSE_RETURNS" },
		{ "POISON_EMPTY_STRING", "()Ljava/lang/String;", "EMPTY_RETURNS" },
		{ "POISON_EMPTY_STRING", "()Ljava/lang/CharSequence;", "-" },
		{ "POISON_EMPTY_COLLECTION", "()Ljava/lang/Iterable;", "EMPTY_RETURNS" },
		{ "POISON_EMPTY_COLLECTION", "()Ljava/util/Iterator;", "-" },
		{ "POISON_EMPTY_OPTIONAL", "()Ljava/util/Optional;", "EMPTY_RETURNS" },
		{ "POISON_EMPTY_OPTIONAL", "()Ljava/util/OptionalInt;", "-" },
		{ "POISON_EMPTY_STREAM", "()Ljava/util/stream/Stream;", "EMPTY_RETURNS" },
		{ "POISON_EMPTY_STREAM", "()Ljava/util/stream/IntStream;", "-" },
		{ "POISON_EMPTY_ARRAY", "()[I", "-" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		EXPECT_STR(mutator_of(cases[i].row, cases[i].type,
				      CODE(OPC_aconst_null, OPC_areturn)), cases[i].mutator);
	EXPECT_STR(mutator_of("RETURN_ZERO", "()I", CODE(OPC_iconst_1, OPC_ireturn)),
		   "PRIMITIVE_RETURNS");
	EXPECT_STR(mutator_of("POISON_MINUS_ONE", "()I", CODE(OPC_iconst_1, OPC_ireturn)), "-");
}

TEST(pit_removes_calls_of_void_methods_only)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	struct code *code;
	struct build b;
	uint16_t nothing, number;

	build_start(&b, &arena, 52);
	nothing = build_ref(&b, CONSTANT_METHODREF, "T", "a", "()V");
	number = build_ref(&b, CONSTANT_METHODREF, "T", "b", "()I");
	build_method(&b, "m", "()I", (struct build_code)
		     { .bytes = BYTES(OPC_invokestatic, (uint8_t)(nothing >> 8), (uint8_t)nothing,
			     OPC_invokestatic, (uint8_t)(number >> 8), (uint8_t)number,
			     OPC_ireturn) });
	class = build_parsed(&b);
	EXPECT(code_parse(&arena, class, &class->methods[0], &code, &err) == ERR_OK);
	EXPECT_STR(pit_mutator(operator_find("CALL_REMOVED"), class, &class->methods[0],
			       &code->insns[0]), "VOID_METHOD_CALLS");
	EXPECT(!pit_mutator(operator_find("CALL_REMOVED"), class, &class->methods[0],
			    &code->insns[1]));
	arena_release(&arena);
}

TEST(docs_name_every_mutator_of_pit)
{
	static const char *const mutators[] = {
#define PIT(operator, type, mutator) mutator,
#include "operators/pit.def"
#undef PIT
	};
	static char text[30000];
	FILE *file = fopen("docs/pit.md", "r");
	size_t len;

	EXPECT(file != NULL);
	if (!file)
		return;
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	for (size_t i = 0; i < sizeof(mutators) / sizeof(mutators[0]); i++)
		if (!strstr(text, mutators[i]))
			EXPECT_STR("missing in docs/pit.md", mutators[i]);
}
