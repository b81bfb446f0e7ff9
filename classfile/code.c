#include "classfile/code.h"

#include <stdlib.h>
#include <string.h>

#include "classfile/attributes.h"
#include "classfile/bytes.h"
#include "classfile/reader.h"

#define EXCEPTION_SIZE 8
#define LINE_SIZE 4
#define LOCAL_SIZE 10
#define NEWARRAY_MIN 4
#define NEWARRAY_MAX 11

/* One method body being read. */
struct parsing {
	struct arena *arena;
	const struct class *class;
	const struct member *method;
	struct code *code;
	struct err *err;
};

static enum err_code refuse(const struct parsing *p, uint32_t pc,
			    const char *text)
{
	return err_set(p->err, ERR_FORMAT, "%s: %s%s: %s at pc %u",
		       p->class->what, p->method->name, p->method->descriptor,
		       text, pc);
}

/* Bytes of the switch at `pc`, or 0 if it does not fit. */
static uint32_t switch_length(const uint8_t *code, uint32_t pc, uint32_t len)
{
	uint32_t at = (pc + 4) & ~3u;
	uint32_t left, n;

	if (at > len || len - at < 8)
		return 0;
	if (code[pc] == OPC_lookupswitch) {
		n = bytes_u4(code + at + 4);
		left = (len - at - 8) / 8;
		return n > left ? 0 : at - pc + 8 + 8 * n;
	}
	if (len - at < 12)
		return 0;
	n = bytes_u4(code + at + 8) - bytes_u4(code + at + 4);
	left = (len - at - 12) / 4;
	if (bytes_s4(code + at + 8) < bytes_s4(code + at + 4) || n >= left)
		return 0;
	return at - pc + 12 + 4 * (n + 1);
}

uint32_t code_insn_length(const uint8_t *code, uint32_t pc, uint32_t len)
{
	static const uint8_t operand_length[] = {
		[OPERAND_BYTE] = 1, [OPERAND_SHORT] = 2, [OPERAND_LOCAL] = 1,
		[OPERAND_IINC] = 2, [OPERAND_JUMP2] = 2, [OPERAND_JUMP4] = 4,
		[OPERAND_CONST1] = 1, [OPERAND_CONST2] = 2,
		[OPERAND_FIELD] = 2, [OPERAND_METHOD] = 2,
		[OPERAND_INTERFACE] = 4, [OPERAND_DYNAMIC] = 4,
		[OPERAND_CLASS] = 2, [OPERAND_NEWARRAY] = 1,
		[OPERAND_MULTIARRAY] = 3, [OPERAND_WIDE] = 0,
	};
	const struct opcode_info *info = &opcode_info[code[pc]];
	uint32_t length;

	if (!info->name)
		return 0;
	if (opcode_is_switch(code[pc]))
		return switch_length(code, pc, len);
	if (info->operand == OPERAND_WIDE) {
		if (len - pc < 2)
			return 0;
		info = &opcode_info[code[pc + 1]];
		if (!info->name || (info->operand != OPERAND_LOCAL &&
				    info->operand != OPERAND_IINC))
			return 0;
		length = info->operand == OPERAND_LOCAL ? 4 : 6;
	} else {
		length = 1u + operand_length[info->operand];
	}
	return length <= len - pc ? length : 0;
}

/* First walk: where instructions start. */
static enum err_code find_insns(struct parsing *p)
{
	struct code *code = p->code;
	uint32_t len = (uint32_t)code->bytes.len;
	uint32_t pc = 0;

	code->insn_at = ARENA_NEW_N(p->arena, uint32_t, len + 1);
	memset(code->insn_at, 0xff, (len + 1) * sizeof(*code->insn_at));
	while (pc < len) {
		uint32_t length = code_insn_length(code->bytes.bytes, pc, len);

		if (!length)
			return refuse(p, pc, "no instruction");
		code->insn_at[pc] = code->n_insns++;
		pc += length;
	}
	code->insns = ARENA_NEW_N(p->arena, struct insn, code->n_insns);
	code->is_target = ARENA_NEW_N(p->arena, bool, code->n_insns);
	return ERR_OK;
}

/* Where a jump by `offset` leads; marks it. */
static enum err_code resolve(struct parsing *p, uint32_t pc, int32_t offset,
			     uint32_t *ret)
{
	uint32_t target = pc + (uint32_t)offset;	/* wraps as it should */

	if (target >= p->code->bytes.len ||
	    p->code->insn_at[target] == INSN_NONE)
		return refuse(p, pc, "a jump to no instruction");
	p->code->is_target[p->code->insn_at[target]] = true;
	*ret = target;
	return ERR_OK;
}

static enum err_code decode_switch(struct parsing *p, struct insn *insn)
{
	const uint8_t *at = p->code->bytes.bytes + ((insn->pc + 4) & ~3u);
	bool is_lookup = insn->opcode == OPC_lookupswitch;
	struct switch_table *table = ARENA_NEW(p->arena, struct switch_table);
	int32_t *keys, low = 0;
	uint32_t *targets;

	TRY(resolve(p, insn->pc, bytes_s4(at), &table->default_pc));
	if (is_lookup) {
		table->n = bytes_u4(at + 4);
		at += 8;
	} else {
		low = bytes_s4(at + 4);
		table->n = bytes_u4(at + 8) - (uint32_t)low + 1;
		at += 12;
	}
	keys = ARENA_NEW_N(p->arena, int32_t, table->n);
	targets = ARENA_NEW_N(p->arena, uint32_t, table->n);
	for (uint32_t i = 0; i < table->n; i++) {
		if (is_lookup) {
			keys[i] = bytes_s4(at);
			at += 4;
			if (i && keys[i] <= keys[i - 1])
				return refuse(p, insn->pc, "unsorted switch keys");
		} else {
			keys[i] = low + (int32_t)i;
		}
		TRY(resolve(p, insn->pc, bytes_s4(at), &targets[i]));
		at += 4;
	}
	table->keys = keys;
	table->targets = targets;
	insn->table = table;
	return ERR_OK;
}

static bool is_two_slots(const char *descriptor)
{
	return *descriptor == 'J' || *descriptor == 'D';
}

static bool is_loadable(const struct class *class, const struct insn *insn)
{
	struct member_ref ref;

	switch (class->constants[insn->index].tag) {
	case CONSTANT_LONG:
	case CONSTANT_DOUBLE:
		return insn->opcode == OPC_ldc2_w;
	case CONSTANT_INTEGER:
	case CONSTANT_FLOAT:
	case CONSTANT_METHOD_HANDLE:
	case CONSTANT_METHOD_TYPE:
		return insn->opcode != OPC_ldc2_w;
	case CONSTANT_CLASS:
		return insn->opcode != OPC_ldc2_w &&
		       class_name_at(class, insn->index);
	case CONSTANT_STRING:
		return insn->opcode != OPC_ldc2_w &&
		       class_string_at(class, insn->index);
	case CONSTANT_DYNAMIC:
		return class_member_ref_at(class, insn->index, &ref) &&
		       descriptor_is_field(ref.descriptor) &&
		       is_two_slots(ref.descriptor) ==
			       (insn->opcode == OPC_ldc2_w);
	default:
		return false;
	}
}

/* Whether the constant is of the kind that `operand` needs. */
static bool is_fitting(const struct class *class, const struct insn *insn,
		       enum operand operand)
{
	struct member_ref ref;
	uint8_t tag;

	if (insn->index >= class->n_constants)
		return false;
	tag = class->constants[insn->index].tag;
	switch (operand) {
	case OPERAND_CONST1:
	case OPERAND_CONST2:
		return is_loadable(class, insn);
	case OPERAND_CLASS:
	case OPERAND_MULTIARRAY:
		return class_name_at(class, insn->index) != NULL;
	case OPERAND_FIELD:
		return tag == CONSTANT_FIELDREF &&
		       class_member_ref_at(class, insn->index, &ref) &&
		       descriptor_is_field(ref.descriptor);
	case OPERAND_METHOD:
		if (tag != CONSTANT_METHODREF && tag != CONSTANT_INTERFACE_METHODREF)
			return false;
		break;
	case OPERAND_INTERFACE:
		if (tag != CONSTANT_INTERFACE_METHODREF)
			return false;
		break;
	default:
		if (tag != CONSTANT_INVOKE_DYNAMIC)
			return false;
	}
	return class_member_ref_at(class, insn->index, &ref) &&
	       descriptor_is_method(ref.descriptor);
}

static enum err_code decode_constant(struct parsing *p, struct insn *insn,
				     enum operand operand, const uint8_t *at)
{
	insn->index = operand == OPERAND_CONST1 ? at[0] : bytes_u2(at);
	if (operand == OPERAND_MULTIARRAY) {
		insn->value = at[2];
		if (!insn->value)
			return refuse(p, insn->pc, "an array of no dimensions");
	}
	if (!is_fitting(p->class, insn, operand))
		return refuse(p, insn->pc, "a constant of the wrong kind");
	return ERR_OK;
}

/* The number in an opcode's name: iload_3, iconst_m1. */
static void decode_implicit(struct insn *insn)
{
	enum opcode opcode = insn->opcode;

	if (opcode >= OPC_iload_0 && opcode <= OPC_aload_3)
		insn->index = (uint16_t)(opcode - OPC_iload_0) % 4;
	else if (opcode >= OPC_istore_0 && opcode <= OPC_astore_3)
		insn->index = (uint16_t)(opcode - OPC_istore_0) % 4;
	else if (opcode >= OPC_iconst_m1 && opcode <= OPC_iconst_5)
		insn->value = (int32_t)opcode - OPC_iconst_0;
	else if (opcode == OPC_lconst_0 || opcode == OPC_lconst_1)
		insn->value = (int32_t)opcode - OPC_lconst_0;
	else if (opcode >= OPC_fconst_0 && opcode <= OPC_fconst_2)
		insn->value = (int32_t)opcode - OPC_fconst_0;
	else if (opcode == OPC_dconst_0 || opcode == OPC_dconst_1)
		insn->value = (int32_t)opcode - OPC_dconst_0;
}

/* Second walk: one instruction, known to fit. */
static enum err_code decode(struct parsing *p, struct insn *insn)
{
	const uint8_t *at = p->code->bytes.bytes + insn->pc;
	enum operand operand;

	insn->opcode = *at++;
	if (insn->opcode == OPC_wide) {
		insn->wide = true;
		insn->opcode = *at++;
	}
	operand = opcode_info[insn->opcode].operand;
	switch (operand) {
	case OPERAND_NONE:
		decode_implicit(insn);
		return ERR_OK;
	case OPERAND_BYTE:
		insn->value = (int8_t)at[0];
		return ERR_OK;
	case OPERAND_SHORT:
		insn->value = bytes_s2(at);
		return ERR_OK;
	case OPERAND_LOCAL:
	case OPERAND_IINC:
		insn->index = insn->wide ? bytes_u2(at) : at[0];
		if (operand == OPERAND_IINC)
			insn->value = insn->wide ? bytes_s2(at + 2) : (int8_t)at[1];
		return ERR_OK;
	case OPERAND_JUMP2:
		return resolve(p, insn->pc, bytes_s2(at), &insn->target);
	case OPERAND_JUMP4:
		return resolve(p, insn->pc, bytes_s4(at), &insn->target);
	case OPERAND_NEWARRAY:
		insn->value = at[0];
		if (insn->value < NEWARRAY_MIN || insn->value > NEWARRAY_MAX)
			return refuse(p, insn->pc, "an array of unknown type");
		return ERR_OK;
	case OPERAND_TABLESWITCH:
	case OPERAND_LOOKUPSWITCH:
		return decode_switch(p, insn);
	default:
		return decode_constant(p, insn, operand, at);
	}
}

static enum err_code decode_insns(struct parsing *p)
{
	struct code *code = p->code;
	uint32_t len = (uint32_t)code->bytes.len;
	uint32_t pc = 0;

	TRY(find_insns(p));
	for (uint32_t i = 0; i < code->n_insns; i++) {
		struct insn *insn = &code->insns[i];

		insn->pc = pc;
		do
			pc++;
		while (pc < len && code->insn_at[pc] == INSN_NONE);
		insn->length = pc - insn->pc;
		TRY(decode(p, insn));
	}
	return ERR_OK;
}

static enum err_code check_exceptions(struct parsing *p)
{
	struct code *code = p->code;
	uint32_t len = (uint32_t)code->bytes.len;

	for (uint16_t i = 0; i < code->n_exceptions; i++) {
		struct exception_entry *entry = &code->exceptions[i];

		if (entry->start >= entry->end || entry->end > len ||
		    code->insn_at[entry->start] == INSN_NONE ||
		    (entry->end < len &&
		     code->insn_at[entry->end] == INSN_NONE))
			return refuse(p, entry->start, "a protected range that is none");
		if (entry->handler >= len ||
		    code->insn_at[entry->handler] == INSN_NONE)
			return refuse(p, entry->start, "a handler at no instruction");
		code->is_target[code->insn_at[entry->handler]] = true;
		if (!entry->catch_index)
			continue;
		entry->catch_type = class_name_at(p->class, entry->catch_index);
		if (!entry->catch_type)
			return refuse(p, entry->start, "a handler for no class");
	}
	return ERR_OK;
}

static void read_exceptions(struct parsing *p, struct reader *r)
{
	struct code *code = p->code;
	uint16_t n = reader_u2(r);

	if (!reader_fits(r, n, EXCEPTION_SIZE))
		return;
	code->exceptions = ARENA_NEW_N(p->arena, struct exception_entry, n);
	code->n_exceptions = n;
	for (uint16_t i = 0; i < n; i++) {
		struct exception_entry *entry = &code->exceptions[i];

		entry->start = reader_u2(r);
		entry->end = reader_u2(r);
		entry->handler = reader_u2(r);
		entry->catch_index = reader_u2(r);
	}
}

/* At most how many entries of `size` bytes the tables called `name` hold. */
static uint32_t count_entries(const struct code *code, const char *name,
			      size_t size)
{
	uint32_t n = 0;

	for (uint16_t i = 0; i < code->attributes.n; i++) {
		const struct attribute *attribute = &code->attributes.items[i];

		if (!strcmp(attribute->name, name))
			n += (uint32_t)(attribute->bytes.len / size);
	}
	return n;
}

/* The next table called `name` from *at on: its entries, and how many. A table
 * whose count is a lie counts as absent. */
static bool next_table(const struct code *code, const char *name, size_t size,
		       uint16_t *at, const uint8_t **ret, uint16_t *ret_n)
{
	while (*at < code->attributes.n) {
		const struct attribute *attribute = &code->attributes.items[(*at)++];
		struct span bytes = attribute->bytes;

		if (strcmp(attribute->name, name) != 0 || bytes.len < 2)
			continue;
		*ret_n = bytes_u2(bytes.bytes);
		*ret = bytes.bytes + 2;
		if (*ret_n <= (bytes.len - 2) / size)
			return true;
	}
	return false;
}

static int compare_keys(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Entries that point outside the code are left out. One number holds pc,
 * order of appearance and line, so that sorting keeps the order. */
static void read_lines(struct parsing *p)
{
	struct code *code = p->code;
	uint32_t max = count_entries(code, "LineNumberTable", LINE_SIZE);
	uint64_t *keys;
	const uint8_t *at;
	uint16_t next = 0, n;
	uint32_t count = 0;
	bool is_sorted = true;

	if (!max)
		return;
	keys = ARENA_NEW_N(p->arena, uint64_t, max);
	while (next_table(code, "LineNumberTable", LINE_SIZE, &next, &at, &n)) {
		for (; n; n--, at += LINE_SIZE) {
			if (bytes_u2(at) >= code->bytes.len)
				continue;
			keys[count] = (uint64_t)bytes_u2(at) << 48 |
				      (uint64_t)count << 16 | bytes_u2(at + 2);
			if (count && keys[count] < keys[count - 1])
				is_sorted = false;
			count++;
		}
	}
	if (!is_sorted)
		qsort(keys, count, sizeof(*keys), compare_keys);
	code->lines = ARENA_NEW_N(p->arena, struct line_entry, count);
	code->n_lines = count;
	for (uint32_t i = 0; i < count; i++) {
		code->lines[i].pc = (uint32_t)(keys[i] >> 48);
		code->lines[i].line = (uint32_t)(keys[i] & 0xffff);
	}
}

static void read_locals(struct parsing *p)
{
	static const char name[] = "LocalVariableTable";
	struct code *code = p->code;
	uint32_t max = count_entries(code, name, LOCAL_SIZE);
	const uint8_t *at;
	uint16_t next = 0, n;

	if (!max)
		return;
	code->locals = ARENA_NEW_N(p->arena, struct local_entry, max);
	while (next_table(code, name, LOCAL_SIZE, &next, &at, &n)) {
		for (; n; n--, at += LOCAL_SIZE) {
			struct local_entry entry = {
				.start = bytes_u2(at),
				.length = bytes_u2(at + 2),
				.name = class_utf8(p->class, bytes_u2(at + 4)),
				.descriptor = class_utf8(p->class, bytes_u2(at + 6)),
				.index = bytes_u2(at + 8),
			};

			if (entry.start + entry.length <= code->bytes.len &&
			    entry.name && entry.descriptor &&
			    descriptor_is_field(entry.descriptor))
				code->locals[code->n_locals++] = entry;
		}
	}
}

bool code_is_ancient(const struct class *class)
{
	return class->major == 45 && class->minor < 3;
}

/* The fields before the code array. */
static void read_head(struct reader *r, const struct class *class,
		      struct code *code)
{
	size_t len;

	if (code_is_ancient(class)) {
		code->max_stack = reader_u1(r);
		code->max_locals = reader_u1(r);
		len = reader_u2(r);
	} else {
		code->max_stack = reader_u2(r);
		code->max_locals = reader_u2(r);
		len = reader_u4(r);
	}
	if (!len || len > CODE_LENGTH_MAX)
		reader_fail(r, "code of impossible length");
	code->bytes_offset = reader_offset(r);
	code->bytes = reader_span(r, len);
}

enum err_code code_parse(struct arena *arena, const struct class *class,
			 const struct member *method, struct code **ret,
			 struct err *err)
{
	struct code *code = ARENA_NEW(arena, struct code);
	struct parsing p = { arena, class, method, code, err };
	struct reader r;

	reader_init_part(&r, method->code->bytes, class->bytes, class->what,
			 err);
	read_head(&r, class, code);
	read_exceptions(&p, &r);
	attributes_read(&r, arena, class, &code->attributes);
	reader_expect_end(&r);
	TRY(reader_check(&r));
	TRY(decode_insns(&p));
	TRY(check_exceptions(&p));
	read_lines(&p);
	read_locals(&p);
	*ret = code;
	return ERR_OK;
}

uint32_t code_line(const struct code *code, uint32_t pc)
{
	uint32_t low = 0, high = code->n_lines;

	while (low < high) {	/* the first entry after pc */
		uint32_t middle = low + (high - low) / 2;

		if (code->lines[middle].pc <= pc)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? code->lines[low - 1].line : 0;
}

const struct local_entry *code_local(const struct code *code, uint32_t pc,
				     uint16_t index)
{
	for (uint32_t i = 0; i < code->n_locals; i++) {
		const struct local_entry *entry = &code->locals[i];

		if (entry->index == index && pc >= entry->start &&
		    pc - entry->start < entry->length)
			return entry;
	}
	return NULL;
}
