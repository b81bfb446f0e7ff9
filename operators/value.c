#include "operators/value.h"

#include <stdlib.h>
#include <string.h>

#include "util/die.h"

/* ---- what a value's text means ---- */

static void copy_part(char *to, size_t size, const char *from, size_t len)
{
	if (len >= size)
		BUG("values.def: %.*s is too long", (int)len, from);
	memcpy(to, from, len);
	to[len] = '\0';
}

/* owner.name, then the descriptor after the parenthesis or the colon. */
static void parse_member(struct push *push, const char *word, size_t len,
			 char separator)
{
	const char *dot = memchr(word, '.', len);
	const char *split = memchr(word, separator, len);

	if (!dot || !split)
		BUG("values.def: %.*s names no member", (int)len, word);
	copy_part(push->owner, sizeof(push->owner), word, (size_t)(dot - word));
	copy_part(push->name, sizeof(push->name), dot + 1,
		  (size_t)(split - dot - 1));
	if (separator == ':')
		split++;
	copy_part(push->descriptor, sizeof(push->descriptor), split,
		  len - (size_t)(split - word));
}

static bool take(const char **at, const char *word)
{
	size_t len;

	if (**at != *word)	/* most often so */
		return false;
	len = strlen(word);
	if (strncmp(*at, word, len) || ((*at)[len] && (*at)[len] != ' '))
		return false;
	*at += len;
	*at += strspn(*at, " ");
	return true;
}

static bool take_number(const char **at, const char *word, int base,
			uint64_t *ret)
{
	char *end;

	if (!take(at, word))
		return false;
	*ret = base == 10 ? (uint64_t)strtoll(*at, &end, base)
			  : strtoull(*at, &end, base);
	*at = end + strspn(end, " ");
	return true;
}

bool value_next_push(const char **at, struct push *ret)
{
	static const struct { const char *word; int kind; int64_t value; } words[] = {
		{ "iconst_m1", PUSH_INT, -1 }, { "iconst_0", PUSH_INT, 0 },
		{ "iconst_1", PUSH_INT, 1 }, { "lconst_0", PUSH_LONG, 0 },
		{ "fconst_0", PUSH_FLOAT, 0 }, { "dconst_0", PUSH_DOUBLE, 0 },
		{ "aconst_null", PUSH_NULL, 0 },
		{ "emptystring", PUSH_EMPTY_STRING, 0 },
		{ "newarray", PUSH_NEW_ARRAY, 0 },
	};
	size_t len;

	*ret = (struct push){ .kind = PUSH_UNKNOWN };
	if (!**at)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (take(at, words[i].word)) {
			ret->kind = words[i].kind;
			ret->bits = (uint64_t)words[i].value;
			return true;
		}
	if (take_number(at, "int", 10, &ret->bits)) {
		ret->kind = PUSH_INT;
	} else if (take_number(at, "long", 10, &ret->bits)) {
		ret->kind = PUSH_LONG;
	} else if (take_number(at, "float", 16, &ret->bits)) {
		ret->kind = PUSH_FLOAT;
	} else if (take_number(at, "double", 16, &ret->bits)) {
		ret->kind = PUSH_DOUBLE;
	} else if (take(at, "invokestatic")) {
		ret->kind = PUSH_STATIC_CALL;
		ret->is_interface = take(at, "interface");
		len = strcspn(*at, " ");
		parse_member(ret, *at, len, '(');
		*at += len + strspn(*at + len, " ");
	} else if (take(at, "getstatic")) {
		ret->kind = PUSH_STATIC_FIELD;
		len = strcspn(*at, " ");
		parse_member(ret, *at, len, ':');
		*at += len + strspn(*at + len, " ");
	} else {
		*at += strlen(*at);
	}
	return true;
}

/* ---- is it what is there already? ---- */

static uint64_t constant_bits(const struct constant *constant)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < constant->bytes.len; i++)
		bits = bits << 8 | constant->bytes.bytes[i];
	return bits;
}

static bool loads_constant(const struct class *class, const struct insn *insn,
			   struct push *ret)
{
	const struct constant *constant = &class->constants[insn->index];
	const char *text;

	switch (constant->tag) {
	case CONSTANT_INTEGER:
		ret->kind = PUSH_INT;
		ret->bits = (uint64_t)(int64_t)(int32_t)constant_bits(constant);
		return true;
	case CONSTANT_LONG:
		ret->kind = PUSH_LONG;
		ret->bits = constant_bits(constant);
		return true;
	case CONSTANT_FLOAT:
		ret->kind = PUSH_FLOAT;
		ret->bits = constant_bits(constant);
		return true;
	case CONSTANT_DOUBLE:
		ret->kind = PUSH_DOUBLE;
		ret->bits = constant_bits(constant);
		return true;
	case CONSTANT_STRING:
		text = class_string_at(class, insn->index);
		ret->kind = PUSH_EMPTY_STRING;
		return text && !*text;
	default:
		return false;
	}
}

static bool names_member(const struct class *class, const struct insn *insn,
			 struct push *ret)
{
	struct member_ref ref;

	ret->kind = insn->opcode == OPC_getstatic ? PUSH_STATIC_FIELD
						  : PUSH_STATIC_CALL;
	if (!class_member_ref_at(class, insn->index, &ref) || !ref.owner ||
	    strlen(ref.owner) >= sizeof(ret->owner) ||
	    strlen(ref.name) >= sizeof(ret->name) ||
	    strlen(ref.descriptor) >= sizeof(ret->descriptor))
		return false;
	strcpy(ret->owner, ref.owner);
	strcpy(ret->name, ref.name);
	strcpy(ret->descriptor, ref.descriptor);
	return true;
}

/* What an instruction pushes, as far as values.def can say it. */
static bool push_of_insn(const struct class *class, const struct insn *insn,
			 struct push *ret)
{
	static const uint64_t floats[] = { 0, 0x3f800000, 0x40000000 };
	static const uint64_t doubles[] = { 0, UINT64_C(0x3ff0000000000000) };
	enum opcode opcode = insn->opcode;

	*ret = (struct push){ .kind = PUSH_UNKNOWN };
	if ((opcode >= OPC_iconst_m1 && opcode <= OPC_iconst_5) ||
	    opcode == OPC_bipush || opcode == OPC_sipush) {
		ret->kind = PUSH_INT;
		ret->bits = (uint64_t)(int64_t)insn->value;
	} else if (opcode == OPC_lconst_0 || opcode == OPC_lconst_1) {
		ret->kind = PUSH_LONG;
		ret->bits = opcode == OPC_lconst_1;
	} else if (opcode >= OPC_fconst_0 && opcode <= OPC_fconst_2) {
		ret->kind = PUSH_FLOAT;
		ret->bits = floats[opcode - OPC_fconst_0];
	} else if (opcode == OPC_dconst_0 || opcode == OPC_dconst_1) {
		ret->kind = PUSH_DOUBLE;
		ret->bits = doubles[opcode - OPC_dconst_0];
	} else if (opcode == OPC_aconst_null) {
		ret->kind = PUSH_NULL;
	} else if (opcode >= OPC_ldc && opcode <= OPC_ldc2_w) {
		return loads_constant(class, insn, ret);
	} else if (opcode == OPC_invokestatic || opcode == OPC_getstatic) {
		return names_member(class, insn, ret);
	} else {
		return false;
	}
	return true;
}

static bool push_equal(const struct push *a, const struct push *b)
{
	return a->kind == b->kind && a->bits == b->bits &&
	       !strcmp(a->owner, b->owner) && !strcmp(a->name, b->name) &&
	       !strcmp(a->descriptor, b->descriptor);
}

/* The n-th instruction before `number`, if control can only come from it. */
static const struct insn *straight_before(const struct code *code,
					  uint32_t number, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (number < n || code->is_target[number - i])
			return NULL;
	return &code->insns[number - n];
}

static bool pushes_empty_array(const struct code *code, uint32_t number)
{
	const struct insn *length = straight_before(code, number, 2);

	return length && length->opcode == OPC_iconst_0 &&
	       (length[1].opcode == OPC_newarray ||
		length[1].opcode == OPC_anewarray);
}

/* Whether the last instruction of what values.def can say may be this one, or
 * the cast after it. Most returned values come from elsewhere. */
static bool may_end_push(enum opcode opcode)
{
	return (opcode >= OPC_aconst_null && opcode <= OPC_ldc2_w) ||
	       opcode == OPC_getstatic || opcode == OPC_invokestatic ||
	       opcode == OPC_newarray || opcode == OPC_anewarray || opcode == OPC_checkcast;
}

bool value_is_pushed(const struct class *class, const struct code *code,
		     uint32_t number, const char *text)
{
	struct push wanted[4], there;
	const char *at = text;
	uint32_t n = 0;

	if (!number || !may_end_push(code->insns[number - 1].opcode))
		return false;
	while (n < 4 && value_next_push(&at, &wanted[n]))
		n++;
	if (n == 1 && wanted[0].kind == PUSH_NEW_ARRAY)
		return pushes_empty_array(code, number);
	if (wanted[0].kind == PUSH_NULL && straight_before(code, number, 2) &&
	    code->insns[number - 1].opcode == OPC_checkcast)
		number--;	/* (String) null */
	if (!straight_before(code, number, n))
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (!push_of_insn(class, &code->insns[number - n + i], &there) ||
		    !push_equal(&there, &wanted[i]))
			return false;
	return true;
}
