#include "operators/edit.h"

#include <string.h>

#include "operators/value.h"
#include "util/die.h"

#define PUSH_MAX 600		/* bytes one edit inserts: 255 pops and a push */
#define INTERFACE_STATIC_MAJOR 52	/* Java 8 */

static const struct edit_value values[] = {
#define VALUE(operator, type, push, says) { ROW_##operator, type, push, says },
#include "operators/values.def"
#undef VALUE
};

#define N_VALUES (sizeof(values) / sizeof(values[0]))

/* Asked for every mutant many times, so by the first letter;
 * operator_check_table() holds the rest against edit_name(). */
enum edit_kind edit_kind_of(const struct operator *row)
{
	if (*row->becomes != '@')
		return EDIT_OPCODE;
	switch (row->becomes[1]) {
	case 'f': return EDIT_FLIP;
	case 'n': return EDIT_NOP;
	case 'c': return EDIT_CALL;
	case 'v': return EDIT_VALUE;
	default: return EDIT_UNKNOWN;
	}
}

const char *edit_name(enum edit_kind kind)
{
	switch (kind) {
	case EDIT_FLIP: return "@flip";
	case EDIT_NOP: return "@nop";
	case EDIT_CALL: return "@call";
	case EDIT_VALUE: return "@value";
	case EDIT_OPCODE: case EDIT_UNKNOWN: break;
	}
	return NULL;
}

bool edit_is_in_place(const struct operator *row)
{
	enum edit_kind kind = edit_kind_of(row);

	return kind == EDIT_OPCODE || kind == EDIT_FLIP || kind == EDIT_NOP;
}

/* The rows are in the order of operators.def: the first one of `row` or a later one. */
static size_t first_value(enum operator_row row)
{
	size_t low = 0, high = N_VALUES;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (values[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_of_type(const struct edit_value *value, const struct descriptor_type *type)
{
	if (value->type[0] != type->kind)
		return false;
	if (!value->type[1])	/* one letter: of that kind, whatever it is */
		return true;
	return strlen(value->type) == type->len && !memcmp(value->type, type->start, type->len);
}

const struct edit_value *edit_find_value(const struct operator *row,
					 const char *method_descriptor)
{
	struct descriptor_type type = descriptor_return(method_descriptor);
	enum operator_row number = (enum operator_row)(row - operators);

	for (size_t i = first_value(number); i < N_VALUES && values[i].row == number; i++)
		if (is_of_type(&values[i], &type))
			return &values[i];
	return NULL;
}

uint64_t edit_rows_without_value(const char *method_descriptor)
{
	struct descriptor_type type = descriptor_return(method_descriptor);
	uint64_t with = 0, all = 0;

	for (size_t i = 0; i < N_VALUES; i++) {
		all |= UINT64_C(1) << values[i].row;
		if (is_of_type(&values[i], &type))
			with |= UINT64_C(1) << values[i].row;
	}
	return all & ~with;
}

/* ---- where it applies ---- */

static bool flip_applies(const struct operator *row, const struct insn *insn)
{
	int32_t limit = insn->wide ? INT16_MIN : INT8_MIN;

	if (insn->value == 0 || insn->value == limit)	/* -limit does not fit */
		return false;
	return (insn->value > 0) == !strcmp(row->name, "ARITH_INC_TO_DEC");
}

static bool call_applies(const struct class *class, const struct insn *insn)
{
	struct member_ref ref;

	if (!class_member_ref_at(class, insn->index, &ref) || !ref.owner ||
	    !descriptor_is_method(ref.descriptor))
		return false;
	return *ref.name != '<';
}

static bool is_super_call(const struct class *class, const struct insn *insn)
{
	struct member_ref ref;

	return insn->opcode == OPC_invokespecial &&
	       class_member_ref_at(class, insn->index, &ref) && ref.owner &&
	       strcmp(ref.owner, class->name) != 0;
}

static bool value_applies(const struct operator *row, const struct class *class,
			  const struct member *method, const struct code *code,
			  uint32_t number)
{
	const struct edit_value *value;

	value = edit_find_value(row, method->descriptor);
	if (!value)
		return false;
	if (class->major < INTERFACE_STATIC_MAJOR && strstr(value->push, " interface "))
		return false;
	return !value_is_pushed(class, code, number, value->push);
}

bool edit_can_apply(const struct operator *row, const struct class *class,
		    const struct member *method, const struct code *code,
		    uint32_t number)
{
	const struct insn *insn = &code->insns[number];

	switch (edit_kind_of(row)) {
	case EDIT_OPCODE:	/* a jump to the next instruction decides nothing */
		return !opcode_is_conditional_jump(insn->opcode) ||
		       insn->target != insn->pc + insn->length;
	case EDIT_FLIP:
		return flip_applies(row, insn);
	case EDIT_CALL:
		return call_applies(class, insn);
	case EDIT_VALUE:
		return value_applies(row, class, method, code, number);
	case EDIT_NOP:
		return true;
	case EDIT_UNKNOWN:
		break;
	}
	return false;
}

bool edit_applies(const struct operator *row, const struct class *class,
		  const struct member *method, const struct code *code,
		  uint32_t number)
{
	return edit_can_apply(row, class, method, code, number) &&
	       (edit_kind_of(row) != EDIT_CALL ||
		!is_super_call(class, &code->insns[number]));
}

/* ---- doing it ---- */

static uint16_t read_u2(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

void edit_patch(const struct operator *row, uint8_t *at)
{
	switch (edit_kind_of(row)) {
	case EDIT_FLIP:
		if (*at == OPC_wide) {
			uint16_t amount = (uint16_t)(0 - read_u2(at + 4));

			at[4] = (uint8_t)(amount >> 8);
			at[5] = (uint8_t)amount;
		} else {
			at[2] = (uint8_t)(0 - at[2]);
		}
		break;
	case EDIT_NOP:
		*at = OPC_nop;
		break;
	case EDIT_OPCODE:
		*at = (uint8_t)operator_becomes(row, (enum opcode)*at);
		break;
	default:
		BUG("%s is not done in place", row->name);
	}
}

static void write_load(struct buf *buf, uint16_t index)
{
	if (index < 256) {
		buf_u1(buf, OPC_ldc);
		buf_u1(buf, (uint8_t)index);
	} else {
		buf_u1(buf, OPC_ldc_w);
		buf_u2(buf, index);
	}
}

void edit_push_int(struct buf *buf, struct rewrite *rewrite, int32_t value)
{
	if (value >= -1 && value <= 5) {
		buf_u1(buf, (uint8_t)(OPC_iconst_0 + value));
	} else if (value == (int8_t)value) {
		buf_u1(buf, OPC_bipush);
		buf_u1(buf, (uint8_t)value);
	} else if (value == (int16_t)value) {
		buf_u1(buf, OPC_sipush);
		buf_u2(buf, (uint16_t)value);
	} else {
		write_load(buf, rewrite_integer(rewrite, value));
	}
}

/* new T[0], where `type` is the descriptor of T[]. */
static void write_new_array(struct buf *buf, struct rewrite *rewrite,
			    struct descriptor_type type)
{
	static const char kinds[] = "ZCFDBSIJ";	/* newarray's codes 4 to 11 */
	const char *part = type.start + 1;
	size_t len = type.len - 1;
	const char *kind = len == 1 ? strchr(kinds, *part) : NULL;
	struct arena local = ARENA_INIT;

	buf_u1(buf, OPC_iconst_0);
	if (kind) {
		buf_u1(buf, OPC_newarray);
		buf_u1(buf, (uint8_t)(4 + (kind - kinds)));
		return;
	}
	if (*part == 'L') {
		part++;
		len -= 2;
	}
	buf_u1(buf, OPC_anewarray);
	buf_u2(buf, rewrite_class(rewrite, arena_strndup(&local, part, len)));
	arena_release(&local);
}

static void write_push(struct buf *buf, struct rewrite *rewrite,
		       const struct push *push, struct descriptor_type type)
{
	switch (push->kind) {
	case PUSH_INT:
		edit_push_int(buf, rewrite, (int32_t)push->bits);
		break;
	case PUSH_LONG:
		if (push->bits == 0) {
			buf_u1(buf, OPC_lconst_0);
			break;
		}
		buf_u1(buf, OPC_ldc2_w);
		buf_u2(buf, rewrite_long(rewrite, (int64_t)push->bits));
		break;
	case PUSH_FLOAT:
		if (push->bits == 0)
			buf_u1(buf, OPC_fconst_0);
		else
			write_load(buf, rewrite_float(rewrite, (uint32_t)push->bits));
		break;
	case PUSH_DOUBLE:
		if (push->bits == 0) {
			buf_u1(buf, OPC_dconst_0);
			break;
		}
		buf_u1(buf, OPC_ldc2_w);
		buf_u2(buf, rewrite_double(rewrite, push->bits));
		break;
	case PUSH_NULL:
		buf_u1(buf, OPC_aconst_null);
		break;
	case PUSH_EMPTY_STRING:
		write_load(buf, rewrite_string(rewrite, ""));
		break;
	case PUSH_STATIC_CALL:
		buf_u1(buf, OPC_invokestatic);
		buf_u2(buf, rewrite_methodref(rewrite, push->owner, push->name,
					      push->descriptor,
					      push->is_interface));
		break;
	case PUSH_STATIC_FIELD:
		buf_u1(buf, OPC_getstatic);
		buf_u2(buf, rewrite_fieldref(rewrite, push->owner, push->name,
					     push->descriptor));
		break;
	case PUSH_NEW_ARRAY:
		write_new_array(buf, rewrite, type);
		break;
	case PUSH_UNKNOWN:
		BUG("values.def: a push nobody knows");
	}
}

static void write_pop(struct buf *buf, unsigned slots)
{
	for (; slots >= 2; slots -= 2)
		buf_u1(buf, OPC_pop2);
	if (slots)
		buf_u1(buf, OPC_pop);
}

/* Pops what the call takes; the default of its type in place of the result. */
static struct edit edit_of_call(const struct class *class, const uint8_t *at,
				struct buf *buf)
{
	struct edit edit = { .removed = *at == OPC_invokeinterface ? 5 : 3 };
	struct descriptor_type result;
	struct member_ref ref;
	unsigned slots[257], n = 0, popped = 0;
	const char *types;

	if (!class_member_ref_at(class, read_u2(at + 1), &ref))
		BUG("%s: a call of nothing", class->name);
	if (*at != OPC_invokestatic)
		slots[n++] = 1;
	types = ref.descriptor + 1;
	for (struct descriptor_type type; n < 257 && descriptor_next(&types, &type); )
		slots[n++] = type.slots;
	while (n > 0) {
		bool pair = n > 1 && slots[n - 1] == 1 && slots[n - 2] == 1;

		write_pop(buf, pair ? 2 : slots[n - 1]);
		popped += pair ? 2 : slots[n - 1];
		n -= pair ? 2 : 1;
	}
	result = descriptor_return(ref.descriptor);
	switch (result.kind) {
	case 'V': break;
	case 'J': buf_u1(buf, OPC_lconst_0); break;
	case 'F': buf_u1(buf, OPC_fconst_0); break;
	case 'D': buf_u1(buf, OPC_dconst_0); break;
	case 'L': case '[': buf_u1(buf, OPC_aconst_null); break;
	default: buf_u1(buf, OPC_iconst_0); break;
	}
	if (result.slots > popped)
		edit.extra_stack = (uint16_t)(result.slots - popped);
	return edit;
}

static const struct edit_value *need_value(const struct operator *row, const char *descriptor)
{
	const struct edit_value *value = edit_find_value(row, descriptor);

	if (!value)
		BUG("%s returns nothing from %s", row->name, descriptor);
	return value;
}

void edit_write_value(const struct operator *row, const char *method_descriptor,
		      struct rewrite *rewrite, struct buf *buf)
{
	const char *at = need_value(row, method_descriptor)->push;
	struct push push;

	while (value_next_push(&at, &push))
		write_push(buf, rewrite, &push, descriptor_return(method_descriptor));
}

bool edit_value_is_fresh(const struct operator *row, const char *method_descriptor)
{
	const struct edit_value *value = need_value(row, method_descriptor);
	const char *at = value->push;
	struct push push;

	if (value->type[0] != 'L' && value->type[0] != '[')
		return false;
	while (value_next_push(&at, &push))
		if (push.kind == PUSH_NEW_ARRAY ||
		    (push.kind == PUSH_STATIC_CALL && !strncmp(push.owner, "java/util/stream/", 17)))
			return true;
	return false;
}

static struct edit edit_of_return(const struct operator *row,
				  const char *descriptor,
				  struct rewrite *rewrite, struct buf *buf)
{
	write_pop(buf, descriptor_return(descriptor).slots);
	edit_write_value(row, descriptor, rewrite, buf);
	return (struct edit){ .removed = 0, .extra_stack = 2 };
}

void edit_insert(const struct operator *row, const struct class *class,
		 uint16_t method, uint32_t pc, const uint8_t *at,
		 struct rewrite *rewrite)
{
	struct edit edit;
	struct buf buf;

	buf_init(&buf, PUSH_MAX);
	switch (edit_kind_of(row)) {
	case EDIT_CALL:
		edit = edit_of_call(class, at, &buf);
		break;
	case EDIT_VALUE:
		edit = edit_of_return(row, class->methods[method].descriptor,
				      rewrite, &buf);
		break;
	default:
		BUG("%s is done in place", row->name);
	}
	edit.pc = pc;
	edit.inserted = buf_get(&buf);
	rewrite_edit(rewrite, method, edit);
	buf_release(&buf);
}

unsigned edit_check_values(struct buf *out)
{
	unsigned bad = 0;

	for (size_t i = 0; i < N_VALUES; i++) {
		const struct edit_value *value = &values[i];
		const struct operator *row = &operators[value->row];
		const char *complaint = NULL, *at = value->push;
		struct push push;

		if (edit_kind_of(row) != EDIT_VALUE)
			complaint = "belongs to no operator with @value";
		if (value->type[1] && !descriptor_is_field(value->type))
			complaint = "has a type that is none";
		if (!*value->push || !*value->says)
			complaint = "lacks a column";
		if (i && values[i - 1].row > value->row)
			complaint = "stands after those of a later operator";
		while (value_next_push(&at, &push))
			if (push.kind == PUSH_UNKNOWN)
				complaint = "pushes something unknown";
		for (size_t j = 0; j < i; j++)
			if (!strcmp(values[j].type, value->type) &&
			    !strcmp(values[j].push, value->push))
				complaint = "is there twice";
		if (complaint) {
			bad++;
			buf_fmt(out, "values.def: %s %s %s\n", row->name,
				value->type, complaint);
		}
	}
	return bad;
}
