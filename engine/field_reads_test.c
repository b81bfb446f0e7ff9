#include "engine/field_reads.h"

#include "classfile/build_test.h"
#include "engine/setter.h"
#include "util/test.h"

/* Of a class with one field and its setter. */
struct sample {
	const char *name;
	uint16_t field_access;
	bool has_native, has_getfield_handle, makes_lookups;
	const char *nest_member;	/* which it names, or NULL */
	const char *nest_host;
	bool has_private_lookups;	/* some other class */
};

static void name_class(struct build *b, const char *attribute, bool is_list, const char *name)
{
	uint16_t index = build_class(b, name);
	uint8_t list[] = { 0, 1, (uint8_t)(index >> 8), (uint8_t)index };

	build_attribute(b, attribute, (struct span){ list + (is_list ? 0 : 2), is_list ? 4 : 2 });
}

static struct span build_sample(struct arena *arena, const struct sample *sample)
{
	struct build b;
	uint16_t field;

	build_start(&b, arena, 55);
	build_field(&b, sample->field_access, "name", "Ljava/lang/String;");
	field = build_ref(&b, CONSTANT_FIELDREF, "pkg/Sample", "name", "Ljava/lang/String;");
	build_method(&b, "set", "(Ljava/lang/String;)V", (struct build_code){
		.access = ACCESS_PUBLIC,
		.bytes = BYTES(OPC_aload_0, OPC_aload_1, OPC_putfield, 0, (uint8_t)field, OPC_return) });
	if (sample->has_native)
		build_method(&b, "peek", "()V", (struct build_code){
			.access = ACCESS_NATIVE, .bytes = BYTES(OPC_return) });
	if (sample->has_getfield_handle) {
		buf_u1(&b.constants, CONSTANT_METHOD_HANDLE);
		buf_u1(&b.constants, 1);	/* REF_getField */
		buf_u2(&b.constants, field);
		b.n_constants++;
	}
	if (sample->makes_lookups)
		build_ref(&b, CONSTANT_METHODREF, "java/lang/invoke/MethodHandles", "lookup",
			  "()Ljava/lang/invoke/MethodHandles$Lookup;");
	if (sample->nest_member)
		name_class(&b, "NestMembers", true, sample->nest_member);
	if (sample->nest_host)
		name_class(&b, "NestHost", false, sample->nest_host);
	return build_finish(&b);
}

static bool is_told(const struct sample *sample)
{
	struct plan_settings settings = plan_default_settings();
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct plan plan;
	bool told;

	settings.has_private_lookups = sample->has_private_lookups;
	plan_init(&plan, &arena, &settings);
	EXPECT(plan_class(&plan, build_sample(&arena, sample), "Test", &err) == ERR_OK);
	plan_finish(&plan);
	EXPECT_LONG(plan.n_setters, 1);
	told = plan.setters[0].reads != FIELD_READS_UNKNOWN;
	EXPECT(plan.classes[0].has_field_reads == told);
	arena_release(&arena);
	return told;
}

TEST(reads_are_told_of_a_field_that_only_known_code_can_read)
{
	const struct {
		struct sample sample;
		bool is;
	} cases[] = {
		{ { "private", .field_access = ACCESS_PRIVATE }, true },
		{ { "for the package", .field_access = 0 }, false },
		{ { "for subclasses", .field_access = ACCESS_PROTECTED }, false },
		{ { "native code may read it", .field_access = ACCESS_PRIVATE, .has_native = true }, false },
		{ { "a handle reads it", .field_access = ACCESS_PRIVATE, .has_getfield_handle = true }, false },
		{ { "hands out lookups", .field_access = ACCESS_PRIVATE, .makes_lookups = true }, false },
		{ { "a nested class that is not in the plan", .field_access = ACCESS_PRIVATE,
		    .nest_member = "pkg/Sample$A" }, false },
		{ { "in a class that is not in the plan", .field_access = ACCESS_PRIVATE,
		    .nest_host = "pkg/Outer" }, false },
		{ { "private lookups elsewhere", .field_access = ACCESS_PRIVATE, .has_private_lookups = true }, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		EXPECT_STR(is_told(&cases[i].sample) == cases[i].is ? "" : cases[i].sample.name, "");
}

TEST(a_class_that_makes_private_lookups_is_known_by_their_name)
{
	const uint8_t with[] = "..\1\0\17privateLookupIn..", without[] = "..\1\0\16privateLookup..";

	EXPECT(field_reads_looks_up((struct span){ with, sizeof(with) }));
	EXPECT(!field_reads_looks_up((struct span){ without, sizeof(without) }));
}
