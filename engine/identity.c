#include "engine/identity.h"

#include <string.h>

#include "util/fnv.h"

#define SHAPE_BEFORE 4		/* instructions looked at before the point */
#define SHAPE_AFTER 3

static uint64_t scatter(uint64_t hash)
{
	hash = (hash ^ hash >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ hash >> 27) * UINT64_C(0x94d049bb133111eb);
	return hash ^ hash >> 31;
}

/* ---- labels ---- */

static const char *simple_name(const char *name)
{
	const char *start = name;

	for (const char *at = name; *at; at++)
		if ((*at == '/' || *at == '$') && at[1])
			start = at + 1;
	return start;
}

static const char *special_label(const struct class *class, const char *name)
{
	if (!strcmp(name, "<init>") || !strcmp(name, "new"))
		return simple_name(class->name);
	if (!strcmp(name, "<clinit>") || !strcmp(name, "static"))
		return "static";
	return name;
}

static bool is_number(const char *text, size_t len)
{
	return len > 0 && strspn(text, "0123456789") >= len;
}

/* The part of a lambda body's name that is the method's, or NULL:
 * lambda$total$0 (javac), total$lambda$0 and total$lambda-0 (kotlinc),
 * $anonfun$total$1 (scalac). */
static const char *lambda_part(const char *name, size_t *ret_len)
{
	const char *start, *end;

	if (!strncmp(name, "lambda$", 7) || !strncmp(name, "$anonfun$", 9)) {
		start = strchr(name + 1, '$') + 1;
		end = strrchr(start, '$');
		if (!end || !is_number(end + 1, strlen(end + 1)))
			return NULL;
	} else {
		start = name;
		end = strstr(name, "$lambda");
		if (!end || end == name)
			return NULL;
	}
	/* A lambda in a lambda: lambda$lambda$total$0$1 */
	while (!strncmp(start, "lambda$", 7) && start + 7 < end) {
		const char *at = end;

		start += 7;
		while (at > start && at[-1] >= '0' && at[-1] <= '9')
			at--;
		if (at > start + 1 && at < end && at[-1] == '$')
			end = at - 1;
	}
	*ret_len = (size_t)(end - start);
	return start;
}

static const char *raw_label(struct arena *arena, const struct class *class,
			     const struct member *method)
{
	const char *part;
	size_t len;

	part = lambda_part(method->name, &len);
	if (!part)
		return *method->name == '<'
		       ? special_label(class, method->name) : method->name;
	if (len == 4 && !strncmp(part, "null", 4))
		return "lambda";	/* javac 8: does not say where */
	return special_label(class, arena_strndup(arena, part, len));
}

static bool is_typeable(uint8_t c)
{
	return c > ' ' && c != 0x7f && !strchr(":\"'`\\", c);
}

/* Ids are typed, and are names of folders: no colons, blanks or quotes. */
const char *identity_label(struct arena *arena, const struct class *class,
			   const struct member *method)
{
	const char *label = raw_label(arena, class, method);
	char *copy = NULL;

	for (size_t i = 0; label[i]; i++)
		if (!is_typeable((uint8_t)label[i])) {
			copy = copy ? copy : arena_strdup(arena, label);
			copy[i] = '_';
		}
	return copy ? copy : label;
}

/* ---- shapes ---- */

#define PARTS_MAX 4

/* What is hashed of one instruction: `n` pieces of text, most with their NUL. */
struct shape {
	struct span parts[PARTS_MAX];
	unsigned n;
};

static void add_part(struct shape *shape, const char *text, size_t len)
{
	shape->parts[shape->n++] = (struct span){ (const uint8_t *)text, len };
}

static void add_text(struct shape *shape, const char *text)
{
	add_part(shape, text, strlen(text) + 1);
}

/* A number that the compiler counted up is no part of a name. */
static void add_member(struct shape *shape, const struct member_ref *ref)
{
	size_t len = strlen(ref->name);
	const char *dollar = strrchr(ref->name, '$');

	if (dollar && is_number(dollar + 1, strlen(dollar + 1)))
		len = (size_t)(dollar - ref->name);
	add_part(shape, ref->name, len);
	add_text(shape, ref->owner ? ref->owner : "");
	add_text(shape, ref->descriptor);
}

/* Loads, stores and constants count by what they do, not by which variable or
 * value; of variants that depend on distances or indices one stands for all. */
static struct shape shape_of(const struct class *class, const struct insn *insn)
{
	enum opcode opcode = insn->opcode;
	struct shape shape = { .n = 0 };
	struct member_ref ref;
	const char *name;

	if (opcode_is_load(opcode)) {
		add_text(&shape, "load");
	} else if (opcode_is_store(opcode)) {
		add_text(&shape, "store");
	} else if (opcode > OPC_aconst_null && opcode <= OPC_ldc2_w) {
		add_text(&shape, "constant");
	} else if (opcode_is_switch(opcode)) {
		add_text(&shape, "switch");
	} else {
		add_text(&shape, opcode_info[opcode == OPC_goto_w ? OPC_goto : opcode].name);
		if (opcode >= OPC_getstatic && opcode <= OPC_invokedynamic) {
			if (class_member_ref_at(class, insn->index, &ref))
				add_member(&shape, &ref);
		} else if (opcode == OPC_new || opcode == OPC_anewarray ||
			   opcode == OPC_checkcast || opcode == OPC_instanceof ||
			   opcode == OPC_multianewarray) {
			name = class_name_at(class, insn->index);
			add_text(&shape, name ? name : "");
		}
	}
	return shape;
}

uint64_t identity_of_method(const struct class *class, const char *label,
			    const struct member *method)
{
	uint64_t hash = fnv_text(FNV_BASIS, class->name);

	hash = fnv_text(hash, label);
	return fnv_text(hash, method->descriptor);
}

/* The points whose shape instruction `number` is part of: the next SHAPE_BEFORE and
 * the last SHAPE_AFTER. Returns how many of them are wanted. */
static unsigned points_around(const struct body *body, uint32_t number, const bool *wanted,
			      uint32_t *ret)
{
	uint32_t from = number < SHAPE_AFTER ? 0 : number - SHAPE_AFTER;
	uint32_t left = body->code->n_insns - number;
	uint32_t to = left <= SHAPE_BEFORE ? body->code->n_insns : number + SHAPE_BEFORE + 1;
	unsigned n = 0;

	for (uint32_t i = from; i < to; i++)
		if (wanted[i])
			ret[n++] = i;
	return n;
}

void identity_of_points(uint64_t method, const struct body *body, const bool *wanted,
			uint64_t *ret)
{
	uint32_t points[SHAPE_BEFORE + 1 + SHAPE_AFTER];
	uint64_t hashes[SHAPE_BEFORE + 1 + SHAPE_AFTER];

	for (uint32_t i = 0; i < body->code->n_insns; i++)
		ret[i] = i < SHAPE_BEFORE && wanted[i] ? fnv_text(method, "start") : method;
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		unsigned n = points_around(body, i, wanted, points);
		struct shape shape;

		if (!n)
			continue;
		if (wanted[i])
			ret[i] = fnv_text(ret[i], "here");
		for (unsigned k = 0; k < n; k++)
			hashes[k] = ret[points[k]];
		shape = shape_of(body->class, &body->code->insns[i]);
		for (unsigned p = 0; p < shape.n; p++)
			fnv_bytes_each(hashes, n, shape.parts[p].bytes, shape.parts[p].len);
		for (unsigned k = 0; k < n; k++)
			ret[points[k]] = hashes[k];
	}
}

uint64_t identity_of_mutant(uint64_t point, const struct operator *row)
{
	return fnv_text(point, row->name);
}

uint64_t identity_of_ordinal(uint64_t mutant, uint32_t ordinal)
{
	return scatter(mutant + ordinal * UINT64_C(0x9e3779b97f4a7c15));
}

uint64_t identity_of_label(const char *label)
{
	return fnv_text(FNV_BASIS, label);
}
