#include "classfile/dump.h"

#include <inttypes.h>
#include <string.h>

#include "classfile/bytes.h"
#include "classfile/frames.h"
#include "classfile/printable.h"
#include "classfile/reader.h"

#define STRING_MAX_SHOWN 60
#define NAME_MAX_SHOWN 300
#define TYPES_MAX_SHOWN 40	/* of locals and stack at one place */
#define BOOTSTRAPS_MAX_SHOWN 4096	/* each is searched for from the first */
#define ARGUMENTS_MAX_SHOWN 8

enum place { OF_CLASS = 1, OF_FIELD = 2, OF_METHOD = 4 };

static void put_access(struct buf *out, uint16_t access, enum place place)
{
	static const struct { uint16_t bit; unsigned places; const char *word; } words[] = {
		{ ACCESS_PUBLIC, OF_CLASS | OF_FIELD | OF_METHOD, "public" },
		{ ACCESS_PRIVATE, OF_FIELD | OF_METHOD, "private" },
		{ ACCESS_PROTECTED, OF_FIELD | OF_METHOD, "protected" },
		{ ACCESS_STATIC, OF_FIELD | OF_METHOD, "static" },
		{ ACCESS_FINAL, OF_CLASS | OF_FIELD | OF_METHOD, "final" },
		{ 0x0020, OF_METHOD, "synchronized" },
		{ ACCESS_BRIDGE, OF_METHOD, "bridge" },
		{ 0x0040, OF_FIELD, "volatile" },
		{ ACCESS_VARARGS, OF_METHOD, "varargs" },
		{ 0x0080, OF_FIELD, "transient" },
		{ ACCESS_NATIVE, OF_METHOD, "native" },
		{ ACCESS_ABSTRACT, OF_CLASS | OF_METHOD, "abstract" },
		{ 0x0800, OF_METHOD, "strictfp" },
		{ ACCESS_SYNTHETIC, OF_CLASS | OF_FIELD | OF_METHOD, "synthetic" },
		{ ACCESS_ENUM, OF_FIELD, "enum" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if ((access & words[i].bit) && (words[i].places & place))
			buf_fmt(out, "%s ", words[i].word);
}

static const char *kind_of_class(uint16_t access)
{
	if (access & ACCESS_MODULE)
		return "module";
	if (access & ACCESS_ANNOTATION)
		return "@interface";
	if (access & ACCESS_INTERFACE)
		return "interface";
	return access & ACCESS_ENUM ? "enum" : "class";
}

static void put_header(const struct class *class, struct buf *out)
{
	const char *source = class_source_file(class);
	uint16_t access = class->access;

	if (access & ACCESS_INTERFACE)	/* abstract goes without saying */
		access &= (uint16_t)~ACCESS_ABSTRACT;
	put_access(out, access, OF_CLASS);
	buf_fmt(out, "%s ", kind_of_class(access));
	printable_class(out, class->name);
	if (class->super_name && strcmp(class->super_name, "java/lang/Object") != 0) {
		buf_text(out, " extends ");
		printable_class(out, class->super_name);
	}
	for (uint16_t i = 0; i < class->n_interfaces; i++) {
		buf_text(out, i ? ", " : access & ACCESS_INTERFACE
					 ? " extends " : " implements ");
		printable_class(out, class_name_at(class, class->interfaces[i]));
	}
	buf_fmt(out, "\n  class file %u.%u", class->major, class->minor);
	if (class->major >= 49)
		buf_fmt(out, " (Java %u)", class->major - 44u);
	if (source) {
		buf_text(out, ", from ");
		printable_text(out, source, NAME_MAX_SHOWN);
	}
	buf_fmt(out, ", %u constants, %zu bytes\n",
		class->n_constants ? class->n_constants - 1u : 0u,
		class->bytes.len);
}

/* Attributes that the dump does not show otherwise, by name. */
static void put_attribute_names(const struct attributes *attributes,
				const char *indent, struct buf *out)
{
	static const char *const shown[] = {
		"Code", "ConstantValue", "SourceFile", "LineNumberTable",
		"LocalVariableTable", "StackMapTable",
	};
	bool is_first = true;

	for (uint16_t i = 0; i < attributes->n; i++) {
		const char *name = attributes->items[i].name;
		bool is_shown = false;

		for (size_t k = 0; k < sizeof(shown) / sizeof(*shown); k++)
			is_shown = is_shown || !strcmp(name, shown[k]);
		if (is_shown)
			continue;
		buf_fmt(out, is_first ? "%sattributes: " : ", ", indent);
		printable_text(out, name, NAME_MAX_SHOWN);
		is_first = false;
	}
	if (!is_first)
		buf_u1(out, '\n');
}

/* A method handle's method as owner.name; nothing for any other constant. */
static bool put_handle(const struct class *class, uint16_t index,
		       const char *before, struct buf *out)
{
	const struct constant *constant;
	struct member_ref ref;

	if (index >= class->n_constants)
		return false;
	constant = &class->constants[index];
	if (constant->tag != CONSTANT_METHOD_HANDLE ||
	    !class_member_ref_at(class, bytes_u2(constant->bytes.bytes + 1), &ref) ||
	    !ref.owner)
		return false;
	buf_text(out, before);
	printable_class(out, ref.owner);
	buf_u1(out, '.');
	printable_text(out, ref.name, NAME_MAX_SHOWN);
	return true;
}

/* Who links an invokedynamic, and with what: lambda bodies, templates. */
static void put_bootstrap(const struct class *class, uint16_t index,
			  struct buf *out)
{
	const struct attribute *attribute =
		attributes_find(&class->attributes, "BootstrapMethods");
	struct err ignored = ERR_INIT;	/* what cannot be read is not shown */
	struct reader r;
	uint16_t method, n;

	if (!attribute || index >= BOOTSTRAPS_MAX_SHOWN)
		return;
	reader_init(&r, attribute->bytes, class->what, &ignored);
	if (index >= reader_u2(&r))
		return;
	for (; index; index--) {
		reader_u2(&r);
		reader_span(&r, 2 * (size_t)reader_u2(&r));
	}
	method = reader_u2(&r);
	n = reader_u2(&r);
	if (r.failed || !put_handle(class, method, "  by ", out))
		return;
	for (uint16_t i = 0; i < n && i < ARGUMENTS_MAX_SHOWN; i++) {
		uint16_t argument = reader_u2(&r);
		const char *text = class_string_at(class, argument);

		if (text) {
			buf_text(out, ", ");
			printable_string(out, text, STRING_MAX_SHOWN);
		} else {
			put_handle(class, argument, ", ", out);
		}
	}
}

static void put_member_ref(const struct class *class, uint16_t index,
			   struct buf *out)
{
	struct member_ref ref;

	if (!class_member_ref_at(class, index, &ref)) {
		buf_fmt(out, "#%u", index);
		return;
	}
	if (ref.owner) {
		printable_class(out, ref.owner);
		buf_u1(out, '.');
	}
	printable_text(out, ref.name, NAME_MAX_SHOWN);
	if (descriptor_is_method(ref.descriptor)) {
		printable_parameters(out, ref.descriptor);
		buf_text(out, " : ");
		printable_type(out, descriptor_return(ref.descriptor).start);
	} else if (descriptor_is_field(ref.descriptor)) {
		buf_text(out, " : ");
		printable_type(out, ref.descriptor);
	}
	if (!ref.owner)
		put_bootstrap(class, ref.bootstrap, out);
}

static void put_float(struct buf *out, uint32_t bits)
{
	float value;

	memcpy(&value, &bits, sizeof(value));
	buf_fmt(out, "%.9gf", (double)value);
}

static void put_double(struct buf *out, const uint8_t *at)
{
	uint64_t bits = (uint64_t)bytes_u4(at) << 32 | bytes_u4(at + 4);
	double value;

	memcpy(&value, &bits, sizeof(value));
	buf_fmt(out, "%.17gd", value);
}

/* A constant that can be loaded, or the value of a field. */
static void put_constant(const struct class *class, uint16_t index,
			 struct buf *out)
{
	const struct constant *constant;
	const uint8_t *at;

	if (index >= class->n_constants) {
		buf_fmt(out, "#%u", index);
		return;
	}
	constant = &class->constants[index];
	at = constant->bytes.bytes;
	switch (constant->tag) {
	case CONSTANT_INTEGER:
		buf_fmt(out, "%" PRId32, bytes_s4(at));
		break;
	case CONSTANT_LONG:
		buf_fmt(out, "%" PRId64 "L",
			(int64_t)((uint64_t)bytes_u4(at) << 32 | bytes_u4(at + 4)));
		break;
	case CONSTANT_FLOAT:
		put_float(out, bytes_u4(at));
		break;
	case CONSTANT_DOUBLE:
		put_double(out, at);
		break;
	case CONSTANT_STRING:
		if (class_string_at(class, index))
			printable_string(out, class_string_at(class, index),
					 STRING_MAX_SHOWN);
		break;
	case CONSTANT_CLASS:
		if (class_name_at(class, index))
			printable_class(out, class_name_at(class, index));
		buf_text(out, ".class");
		break;
	case CONSTANT_METHOD_TYPE:
		buf_text(out, "method type ");
		if (class_utf8(class, bytes_u2(at)))
			printable_text(out, class_utf8(class, bytes_u2(at)),
				       NAME_MAX_SHOWN);
		break;
	case CONSTANT_METHOD_HANDLE:
		buf_text(out, "method handle ");
		put_member_ref(class, bytes_u2(at + 1), out);
		break;
	default:
		put_member_ref(class, index, out);
	}
}

static bool uses_local(enum opcode opcode)
{
	enum operand operand = opcode_info[opcode].operand;

	return opcode_is_load(opcode) || opcode_is_store(opcode) ||
	       operand == OPERAND_LOCAL || operand == OPERAND_IINC;
}

/* The variable that an instruction uses, where its name is known. */
static const struct local_entry *local_of(const struct code *code,
					  const struct insn *insn)
{
	uint32_t pc = insn->pc;

	if (!uses_local(insn->opcode))
		return NULL;
	if (opcode_is_store(insn->opcode))
		pc += insn->length;
	return code_local(code, pc, insn->index);
}

static void put_local_operand(const struct code *code, const struct insn *insn,
			      struct buf *out)
{
	const struct local_entry *entry = local_of(code, insn);

	if (opcode_info[insn->opcode].operand != OPERAND_NONE)
		buf_fmt(out, " %u", insn->index);
	if (entry) {
		buf_u1(out, ' ');
		printable_text(out, entry->name, NAME_MAX_SHOWN);
	}
	if (insn->opcode == OPC_iinc)
		buf_fmt(out, " by %" PRId32, insn->value);
}

static void put_switch(const struct switch_table *table, struct buf *out)
{
	for (uint32_t i = 0; i < table->n; i++)
		buf_fmt(out, "\n%26" PRId32 ": -> %" PRIu32, table->keys[i],
			table->targets[i]);
	buf_fmt(out, "\n%26s: -> %" PRIu32, "default", table->default_pc);
}

static const char *array_type_name(int32_t type)
{
	static const char *const names[] = {
		"boolean", "char", "float", "double",
		"byte", "short", "int", "long" };

	return type >= 4 && type <= 11 ? names[type - 4] : "?";
}

static void put_operand(const struct class *class, const struct code *code,
			const struct insn *insn, struct buf *out)
{
	enum operand operand = opcode_info[insn->opcode].operand;

	if (uses_local(insn->opcode)) {
		put_local_operand(code, insn, out);
	} else if (operand == OPERAND_BYTE || operand == OPERAND_SHORT) {
		buf_fmt(out, " %" PRId32, insn->value);
	} else if (operand == OPERAND_JUMP2 || operand == OPERAND_JUMP4) {
		buf_fmt(out, " -> %" PRIu32, insn->target);
	} else if (insn->table) {
		put_switch(insn->table, out);
	} else if (operand == OPERAND_NEWARRAY) {
		buf_fmt(out, " %s", array_type_name(insn->value));
	} else if (operand == OPERAND_CLASS || operand == OPERAND_MULTIARRAY) {
		buf_u1(out, ' ');
		printable_class(out, class_name_at(class, insn->index));
		if (operand == OPERAND_MULTIARRAY)
			buf_fmt(out, "  (%" PRId32 " dimensions)", insn->value);
	} else if (operand != OPERAND_NONE) {
		buf_u1(out, ' ');
		put_constant(class, insn->index, out);
	}
}

static void put_vtype(const struct vtype *type, struct buf *out)
{
	static const char *const names[] = {
		"-", "int", "float", "double", "long", "null",
		"uninitialized this" };

	switch (type->kind) {
	case VTYPE_OBJECT:
		printable_class(out, type->name);
		break;
	case VTYPE_UNINITIALIZED:
		buf_fmt(out, "new@%" PRIu32, type->pc);
		break;
	case VTYPE_RETURN_ADDRESS:
		buf_fmt(out, "return from %" PRIu32, type->pc);
		break;
	default:
		buf_text(out, names[type->kind]);
	}
}

static void put_vtypes(const struct vtype *types, uint16_t n, struct buf *out)
{
	for (uint16_t i = 0; i < n; i++) {
		if (i)
			buf_text(out, ", ");
		if (i >= TYPES_MAX_SHOWN) {
			buf_text(out, "...");
			return;
		}
		put_vtype(&types[i], out);
		if (types[i].kind == VTYPE_LONG || types[i].kind == VTYPE_DOUBLE)
			i++;	/* its second slot */
	}
}

static void put_frame(const struct frame *frame, struct buf *out)
{
	if (!frame->is_known) {
		buf_text(out, "           .. never reached\n");
		return;
	}
	buf_text(out, "           .. locals [");
	put_vtypes(frame->locals, frame->n_locals, out);
	buf_text(out, "] stack [");
	put_vtypes(frame->stack, frame->n_stack, out);
	buf_text(out, "]\n");
}

static void put_insn(const struct class *class, const struct code *code,
		     const struct insn *insn, bool is_target, struct buf *out)
{
	const char *name = opcode_info[insn->opcode].name;
	enum operand operand = opcode_info[insn->opcode].operand;
	bool has_operand = (operand != OPERAND_NONE || local_of(code, insn)) &&
			   !insn->table;
	int width = !has_operand ? 0 : insn->wide ? 10 : 15;

	buf_fmt(out, "    %c%6" PRIu32 "  %s%-*s", is_target ? '>' : ' ',
		insn->pc, insn->wide ? "wide " : "", width, name);
	put_operand(class, code, insn, out);
	buf_u1(out, '\n');
}

static void put_exceptions(const struct code *code, struct buf *out)
{
	for (uint16_t i = 0; i < code->n_exceptions; i++) {
		const struct exception_entry *entry = &code->exceptions[i];

		buf_fmt(out, "    try %" PRIu32 "..%" PRIu32 " catch ",
			entry->start, entry->end);
		if (entry->catch_type)
			printable_class(out, entry->catch_type);
		else
			buf_text(out, "anything");
		buf_fmt(out, " -> %" PRIu32 "\n", entry->handler);
	}
}

static void put_locals(const struct code *code, struct buf *out)
{
	for (uint32_t i = 0; i < code->n_locals; i++) {
		const struct local_entry *entry = &code->locals[i];

		buf_fmt(out, "    local %u  ", entry->index);
		printable_type(out, entry->descriptor);
		buf_u1(out, ' ');
		printable_text(out, entry->name, NAME_MAX_SHOWN);
		buf_fmt(out, "  %" PRIu32 "..%" PRIu32 "\n", entry->start,
			entry->start + entry->length);
	}
}

static void put_insns(const struct class *class, uint16_t method,
		      const struct code *code, const struct frame *frames,
		      const struct dump_notes *notes, struct buf *out)
{
	uint32_t next_line = 0;

	for (uint32_t i = 0; i < code->n_insns && !out->overflowed; i++) {
		const struct insn *insn = &code->insns[i];

		for (; next_line < code->n_lines &&
		       code->lines[next_line].pc <= insn->pc; next_line++)
			buf_fmt(out, "    line %" PRIu32 "\n",
				code->lines[next_line].line);
		if (frames && (code->is_target[i] || !frames[i].is_known) &&
		    (!i || frames[i].is_known || frames[i - 1].is_known))
			put_frame(&frames[i], out);
		if (notes && notes->before_insn)
			notes->before_insn(notes->context, method, insn, out);
		put_insn(class, code, insn, code->is_target[i], out);
	}
}

static void put_code(const struct class *class, uint16_t method,
		     const struct dump_notes *notes, struct buf *out)
{
	const struct member *member = &class->methods[method];
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct frame *frames = NULL;
	struct code *code;

	if (code_parse(&arena, class, member, &code, &err) != ERR_OK) {
		buf_text(out, "    cannot be read: ");
		printable_text(out, err.text, sizeof(err.text));
		buf_u1(out, '\n');
		arena_release(&arena);
		return;
	}
	buf_fmt(out, "    stack %u, locals %u, %zu bytes\n", code->max_stack,
		code->max_locals, code->bytes.len);
	if (frames_compute(&arena, class, member, code, &frames, &err) != ERR_OK) {
		buf_text(out, "    types unknown: ");
		printable_text(out, err.text, sizeof(err.text));
		buf_u1(out, '\n');
	}
	put_insns(class, method, code, frames, notes, out);
	put_exceptions(code, out);
	put_locals(code, out);
	put_attribute_names(&code->attributes, "    code ", out);
	arena_release(&arena);
}

static void put_method(const struct class *class, uint16_t method,
		       const struct dump_notes *notes, struct buf *out)
{
	const struct member *member = &class->methods[method];

	buf_text(out, "\n  ");
	put_access(out, member->access, OF_METHOD);
	printable_type(out, descriptor_return(member->descriptor).start);
	buf_u1(out, ' ');
	printable_text(out, member->name, NAME_MAX_SHOWN);
	printable_parameters(out, member->descriptor);
	buf_text(out, "    ");
	printable_text(out, member->descriptor, NAME_MAX_SHOWN);
	buf_u1(out, '\n');
	put_attribute_names(&member->attributes, "    ", out);
	if (member->code)
		put_code(class, method, notes, out);
}

static void put_field(const struct class *class, const struct member *field,
		      struct buf *out)
{
	const struct attribute *value =
		attributes_find(&field->attributes, "ConstantValue");

	buf_text(out, "  ");
	put_access(out, field->access, OF_FIELD);
	printable_type(out, field->descriptor);
	buf_u1(out, ' ');
	printable_text(out, field->name, NAME_MAX_SHOWN);
	if (value && value->bytes.len == 2) {
		buf_text(out, " = ");
		put_constant(class, bytes_u2(value->bytes.bytes), out);
	}
	buf_u1(out, '\n');
	put_attribute_names(&field->attributes, "    ", out);
}

void dump_class(const struct class *class, const struct dump_notes *notes,
		struct buf *out)
{
	put_header(class, out);
	put_attribute_names(&class->attributes, "  ", out);
	if (class->n_fields)
		buf_u1(out, '\n');
	for (uint16_t i = 0; i < class->n_fields && !out->overflowed; i++)
		put_field(class, &class->fields[i], out);
	for (uint16_t i = 0; i < class->n_methods && !out->overflowed; i++)
		put_method(class, i, notes, out);
}

void dump_method(const struct class *class, uint16_t method, struct buf *out)
{
	put_method(class, method, NULL, out);
}
