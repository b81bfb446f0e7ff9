#include "engine/setter.h"

#include <string.h>

#include "classfile/build_test.h"
#include "util/test.h"

enum field { FIELD_NAME, FIELD_SHARED, FIELD_FIXED, FIELD_OF_ANOTHER, N_FIELDS };

/* A method of an object with a String and an int field, and a reference to one. */
struct sample {
	uint16_t access;
	const char *descriptor;
	enum field field;
	struct span code;	/* 0, 0 after putfield: the field */
};

static bool is_setter(const struct sample *sample)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	uint16_t refs[N_FIELDS];
	struct setter setter;
	struct class *class;
	struct code *code;
	struct build b;
	uint8_t *bytes;
	bool is;

	build_start(&b, &arena, 49);
	build_field(&b, ACCESS_PRIVATE, "name", "Ljava/lang/String;");
	build_field(&b, ACCESS_PRIVATE | ACCESS_VOLATILE, "shared", "Ljava/lang/String;");
	build_field(&b, ACCESS_PRIVATE | ACCESS_FINAL, "fixed", "Ljava/lang/String;");
	refs[FIELD_NAME] = build_ref(&b, CONSTANT_FIELDREF, "pkg/Sample", "name", "Ljava/lang/String;");
	refs[FIELD_SHARED] = build_ref(&b, CONSTANT_FIELDREF, "pkg/Sample", "shared", "Ljava/lang/String;");
	refs[FIELD_FIXED] = build_ref(&b, CONSTANT_FIELDREF, "pkg/Sample", "fixed", "Ljava/lang/String;");
	refs[FIELD_OF_ANOTHER] = build_ref(&b, CONSTANT_FIELDREF, "pkg/Other", "name", "Ljava/lang/String;");
	bytes = arena_memdup(&arena, sample->code.bytes, sample->code.len);
	for (size_t i = 0; i + 2 < sample->code.len; i++)
		if (bytes[i] == OPC_putfield)
			bytes[i + 2] = (uint8_t)refs[sample->field];
	build_method(&b, "set", sample->descriptor, (struct build_code){
		.bytes = { bytes, sample->code.len }, .access = sample->access });
	class = build_parsed(&b);
	EXPECT(code_parse(&arena, class, &class->methods[0], &code, &err) == ERR_OK);
	is = setter_find(class, 0, code, &setter);
	if (is)
		EXPECT_STR(setter.field.name, "name");
	arena_release(&arena);
	return is;
}

#define ONE "(Ljava/lang/String;)V"
#define SET BYTES(OPC_aload_0, OPC_aload_1, OPC_putfield, 0, 0, OPC_return)

TEST(a_method_that_only_sets_a_field_is_a_setter)
{
	const struct {
		const char *name;
		struct sample sample;
		bool is;
	} cases[] = {
		{ "plain", { ACCESS_PUBLIC, ONE, FIELD_NAME, SET }, true },
		{ "private and final", { ACCESS_PRIVATE | ACCESS_FINAL, ONE, FIELD_NAME, SET }, true },
		{ "null becomes another value",
		  { ACCESS_PUBLIC, ONE, FIELD_NAME,
		    BYTES(OPC_aload_1, OPC_ifnonnull, 0, 5, OPC_aconst_null, OPC_astore_1, OPC_aload_0,
			  OPC_aload_1, OPC_putfield, 0, 0, OPC_return) }, true },
		{ "other threads wait for it", { ACCESS_SYNCHRONIZED, ONE, FIELD_NAME, SET }, false },
		{ "of no object", { ACCESS_STATIC, ONE, FIELD_NAME, SET }, false },
		{ "two parameters", { ACCESS_PUBLIC, "(Ljava/lang/String;I)V", FIELD_NAME, SET }, false },
		{ "other threads see it", { ACCESS_PUBLIC, ONE, FIELD_SHARED, SET }, false },
		{ "a final field", { ACCESS_PUBLIC, ONE, FIELD_FIXED, SET }, false },
		{ "another class's", { ACCESS_PUBLIC, ONE, FIELD_OF_ANOTHER, SET }, false },
		{ "another object's",
		  { ACCESS_PUBLIC, "(Lpkg/Sample;)V", FIELD_NAME,
		    BYTES(OPC_aload_1, OPC_aconst_null, OPC_putfield, 0, 0, OPC_return) }, false },
		{ "another object put in the place of this",
		  { ACCESS_PUBLIC, "(Lpkg/Sample;)V", FIELD_NAME,
		    BYTES(OPC_aload_1, OPC_astore_0, OPC_aload_0, OPC_aconst_null, OPC_putfield, 0, 0,
			  OPC_return) }, false },
		{ "set twice",
		  { ACCESS_PUBLIC, ONE, FIELD_NAME,
		    BYTES(OPC_aload_0, OPC_aconst_null, OPC_putfield, 0, 0, OPC_aload_0, OPC_aload_1,
			  OPC_putfield, 0, 0, OPC_return) }, false },
		{ "never set", { ACCESS_PUBLIC, ONE, FIELD_NAME, BYTES(OPC_return) }, false },
		{ "for ever",
		  { ACCESS_PUBLIC, ONE, FIELD_NAME,
		    BYTES(OPC_aload_0, OPC_aload_1, OPC_putfield, 0, 0, OPC_goto, 0xff, 0xfb) }, false },
		{ "from a value of two ways",
		  { ACCESS_PUBLIC, ONE, FIELD_NAME,
		    BYTES(OPC_aload_0, OPC_aload_1, OPC_ifnull, 0, 7, OPC_aload_1, OPC_goto, 0, 4,
			  OPC_aconst_null, OPC_putfield, 0, 0, OPC_return) }, false },
		{ "with something thrown",
		  { ACCESS_PUBLIC, "(Ljava/lang/RuntimeException;)V", FIELD_NAME,
		    BYTES(OPC_aload_0, OPC_aconst_null, OPC_putfield, 0, 0, OPC_aload_1, OPC_athrow) }, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		EXPECT_STR(is_setter(&cases[i].sample) == cases[i].is ? "" : cases[i].name, "");
}

#define CALL_SETTER 3	/* pc */

/* Calls set(String) of the class if `known`, else another method, on its argument. */
static void plan_a_call(struct plan *plan, struct arena *arena, const char *called)
{
	struct plan_settings settings = plan_default_settings();
	struct err err = ERR_INIT;
	struct build b;
	uint16_t field, method;

	build_start(&b, arena, 49);
	build_field(&b, ACCESS_PRIVATE, "name", "Ljava/lang/String;");
	field = build_ref(&b, CONSTANT_FIELDREF, "pkg/Sample", "name", "Ljava/lang/String;");
	method = build_ref(&b, CONSTANT_METHODREF, "pkg/Sample", called, ONE);
	build_method(&b, "set", ONE, (struct build_code){
		.access = ACCESS_PUBLIC,
		.bytes = BYTES(OPC_aload_0, OPC_aload_1, OPC_putfield, 0, (uint8_t)field, OPC_return) });
	build_method(&b, "call", "(Lpkg/Sample;)V", (struct build_code){
		.bytes = BYTES(OPC_nop, OPC_aload_0, OPC_aconst_null, OPC_invokevirtual, 0,
			       (uint8_t)method, OPC_return) });
	plan_init(plan, arena, &settings);
	EXPECT(plan_class(plan, build_finish(&b), "Test", &err) == ERR_OK);
	plan_finish(plan);
}

static const struct mutant *removed_call(const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->n_mutants; i++)
		if (plan->mutants[i].pcs[0] == CALL_SETTER &&
		    plan->mutants[i].operator == &operators[ROW_CALL_REMOVED])
			return &plan->mutants[i];
	EXPECT(!"no such mutant");
	return &plan->mutants[0];
}

TEST(only_a_call_that_a_known_setter_can_answer_is_tried_out)
{
	struct arena arena = ARENA_INIT;
	struct plan plan;

	plan_a_call(&plan, &arena, "set");
	EXPECT_LONG(plan.n_setters, 1);
	EXPECT(setter_is_tried(removed_call(&plan)));
	plan_a_call(&plan, &arena, "fetch");
	EXPECT(!setter_is_tried(removed_call(&plan)));
	EXPECT_LONG(removed_call(&plan)->infection, removed_call(&plan)->point);
	arena_release(&arena);
}
