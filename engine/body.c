#include "engine/body.h"

#include "classfile/code.h"

uint32_t body_line(const struct body *body, uint32_t number)
{
	uint32_t line = code_line(body->code, body->code->insns[number].pc), own;
	bool elsewhere;

	own = source_map_line(body->source_map, line, &elsewhere);
	return elsewhere ? line : own;
}
