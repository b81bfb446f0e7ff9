#include "engine/pit_equal.h"

#include <string.h>

#define ROW(name) (UINT64_C(1) << ROW_##name)
#define ROWS_ZERO ROW(RETURN_ZERO)
#define ROWS_EMPTY (ROW(RETURN_ZERO) | ROW(POISON_EMPTY_STRING) | \
		    ROW(POISON_EMPTY_COLLECTION) | ROW(POISON_EMPTY_OPTIONAL) | \
		    ROW(POISON_EMPTY_STREAM))

static bool is_zero(const struct insn *insn)
{
	return insn->opcode == OPC_iconst_0 || insn->opcode == OPC_lconst_0 ||
	       insn->opcode == OPC_fconst_0 || insn->opcode == OPC_dconst_0;
}

static bool call_at(const struct body *body, uint32_t i, struct member_ref *ret)
{
	const struct insn *insn = &body->code->insns[i];

	return opcode_is_invoke(insn->opcode) && insn->opcode != OPC_invokedynamic &&
	       class_member_ref_at(body->class, insn->index, ret) && ret->owner;
}

static bool makes_empty(const struct member_ref *ref)
{
	static const char *const makers[][2] = {
		{ "java/util/Optional", "empty" }, { "java/util/stream/Stream", "empty" },
		{ "java/util/Collections", "emptyList" }, { "java/util/Collections", "emptyMap" },
		{ "java/util/Collections", "emptySet" }, { "java/util/List", "of" },
		{ "java/util/Map", "of" }, { "java/util/Set", "of" },
	};

	if (ref->descriptor[1] != ')')
		return false;
	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
		if (!strcmp(ref->owner, makers[i][0]) && !strcmp(ref->name, makers[i][1]))
			return true;
	return false;
}

/* The rows that return what a reference's maker, instruction number `i`, makes. */
static uint64_t rows_making(const struct body *body, uint32_t i)
{
	const struct insn *insn = &body->code->insns[i];
	struct member_ref ref;
	const char *text;

	if (insn->opcode == OPC_aconst_null)
		return ROW(RETURN_NULL);
	if (insn->opcode == OPC_ldc || insn->opcode == OPC_ldc_w) {
		text = class_string_at(body->class, insn->index);
		return text && !*text ? ROWS_EMPTY | ROW(RETURN_FALSE) : 0;
	}
	if (insn->opcode == OPC_getstatic &&
	    class_member_ref_at(body->class, insn->index, &ref) && ref.owner &&
	    !strcmp(ref.owner, "java/lang/Boolean"))
		return !strcmp(ref.name, "FALSE") ? ROWS_EMPTY | ROW(RETURN_FALSE)
		     : !strcmp(ref.name, "TRUE") ? ROW(RETURN_TRUE) : 0;
	if (!call_at(body, i, &ref))
		return 0;
	if (!strcmp(ref.name, "valueOf") && i > 0 && is_zero(insn - 1))
		return ROWS_EMPTY | ROW(RETURN_FALSE);
	if (!strcmp(ref.name, "valueOf") && i > 0 && insn[-1].opcode == OPC_iconst_1)
		return ROW(RETURN_TRUE);
	return makes_empty(&ref) ? ROWS_EMPTY | ROW(RETURN_FALSE) : 0;
}

/* Where what `aload`, instruction number `i`, loads was stored last before it in
 * the text of the method; 0: nowhere. */
static uint32_t last_store(const struct body *body, uint32_t i)
{
	uint16_t variable = body->code->insns[i].index;

	while (i-- > 0) {
		const struct insn *insn = &body->code->insns[i];

		if ((insn->opcode == OPC_astore ||
		     (insn->opcode >= OPC_astore_0 && insn->opcode <= OPC_astore_3)) &&
		    insn->index == variable)
			return i;
	}
	return 0;
}

static bool loads_reference(const struct insn *insn)
{
	return insn->opcode == OPC_aload ||
	       (insn->opcode >= OPC_aload_0 && insn->opcode <= OPC_aload_3);
}

static uint64_t rows_returning(const struct body *body, uint32_t i)
{
	const struct insn *insns = body->code->insns;
	uint64_t rows = rows_making(body, i - 1);

	if (loads_reference(&insns[i - 1])) {
		uint32_t store = last_store(body, i - 1);

		if (store > 0)
			rows |= rows_making(body, store - 1);
	}
	return rows;
}

static bool is_minus_one(const struct class *class, const struct insn *insn)
{
	static const uint8_t float_one[] = { 0xbf, 0x80, 0, 0 };
	static const uint8_t double_one[] = { 0xbf, 0xf0, 0, 0, 0, 0, 0, 0 };
	static const uint8_t long_one[] = { 255, 255, 255, 255, 255, 255, 255, 255 };
	struct span bytes;

	if (insn->opcode == OPC_iconst_m1)
		return true;
	if (insn->opcode < OPC_ldc || insn->opcode > OPC_ldc2_w)
		return false;
	bytes = class->constants[insn->index].bytes;
	switch (class->constants[insn->index].tag) {
	case CONSTANT_FLOAT: return !memcmp(bytes.bytes, float_one, 4);
	case CONSTANT_DOUBLE: return !memcmp(bytes.bytes, double_one, 8);
	case CONSTANT_LONG: return !memcmp(bytes.bytes, long_one, 8);
	default: return false;
	}
}

uint64_t pit_equal_rows(const struct body *body, const bool *labels, uint32_t i)
{
	const struct insn *insn = &body->code->insns[i];

	if (i == 0)
		return 0;
	switch (insn->opcode) {
	case OPC_ireturn: case OPC_lreturn: case OPC_freturn: case OPC_dreturn:
		if (is_zero(insn - 1))
			return ROWS_ZERO | ROW(RETURN_FALSE);
		return insn->opcode == OPC_ireturn && insn[-1].opcode == OPC_iconst_1
		       ? ROW(RETURN_TRUE) : 0;
	case OPC_areturn:
		return rows_returning(body, i);
	case OPC_imul: case OPC_lmul: case OPC_fmul: case OPC_dmul:
		return !labels[i] && is_minus_one(body->class, insn - 1)
		       ? ROW(ARITH_MUL_TO_DIV) : 0;
	default:
		return 0;
	}
}
