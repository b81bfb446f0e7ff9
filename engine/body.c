#include "engine/body.h"

#include "classfile/code.h"
#include "engine/groovy.h"
#include "engine/idiom.h"
#include "engine/kotlin.h"
#include "engine/scala.h"

bool body_is_synthetic(uint16_t access, const struct attributes *attributes)
{
	return access & ACCESS_SYNTHETIC || attributes_find(attributes, "Synthetic");
}

struct body_class body_class_of(struct arena *arena, const struct class *class)
{
	struct body_class shared = {
		.is_synthetic = body_is_synthetic(class->access, &class->attributes),
		.is_kotlin = kotlin_is(class),
		.is_scala = scala_is(class),
		.is_groovy = groovy_is(class),
		.is_generated = class_has_annotation(class, &class->attributes, "Generated"),
		.source_map = source_map_of(arena, class),
	};

	shared.idiom = idiom_of(class_source_file(class), shared.is_kotlin, shared.is_scala, shared.is_groovy);
	return shared;
}

uint32_t body_line(const struct body *body, uint32_t number)
{
	uint32_t line = code_line(body->code, body->code->insns[number].pc), own;
	bool elsewhere;

	own = source_map_line(body->shared->source_map, line, &elsewhere);
	return elsewhere ? line : own;
}

struct member_ref body_ref_at(const struct body *body, uint32_t i)
{
	struct member_ref ref = { .owner = "", .name = "", .descriptor = "" };
	struct member_ref found;

	if (i < body->code->n_insns &&
	    class_member_ref_at(body->class, body->code->insns[i].index, &found) && found.owner &&
	    (opcode_is_invoke(body->code->insns[i].opcode) ||
	     body->code->insns[i].opcode == OPC_getstatic))
		ref = found;
	return ref;
}
