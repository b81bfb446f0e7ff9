#include "engine/literals.h"

#include <string.h>

#include "classfile/bytes.h"

#define TEXT_MAX 24	/* characters of a string that is worth an input */

struct list {
	struct arena *arena;
	const char **items;
	uint32_t n, max;
};

static void add(struct list *list, const char *literal)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], literal))
			return;
	if (list->n < list->max)
		list->items[list->n++] = literal;
}

static const char *escaped(struct arena *arena, char c)
{
	switch (c) {
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	default:
		return c >= ' ' && c < 127 ? arena_strfmt(arena, "%c", c) : NULL;
	}
}

static void add_number(struct list *list, int32_t value)
{
	const char *c = value > 0 && value < 127 ? escaped(list->arena, (char)value) : NULL;

	add(list, arena_strfmt(list->arena, "%d", value));
	if (c && value != '"')
		add(list, value == '\'' ? "'\\''" : arena_strfmt(list->arena, "'%s'", c));
	else if (c)
		add(list, "'\"'");
}

static void add_text(struct list *list, const char *text)
{
	const char *spelt = "";

	if (!text || strlen(text) > TEXT_MAX)
		return;
	for (; *text; text++) {
		const char *c = escaped(list->arena, *text);

		if (!c)
			return;
		spelt = arena_strfmt(list->arena, "%s%s", spelt, c);
	}
	add(list, arena_strfmt(list->arena, "\"%s\"", spelt));
}

static void add_constant(struct list *list, const struct class *class, uint16_t index)
{
	const struct constant *constant = index < class->n_constants ? &class->constants[index] : NULL;

	if (constant && constant->tag == CONSTANT_INTEGER)
		add_number(list, (int32_t)bytes_u4(constant->bytes.bytes));
	else
		add_text(list, class_string_at(class, index));
}

uint32_t literals_of(struct arena *arena, const struct class *class, const struct member *method,
		     uint32_t max, const char ***ret)
{
	struct list list = { arena, ARENA_NEW_N(arena, const char *, max), 0, max };
	struct err none = ERR_INIT;
	struct code *code;

	*ret = list.items;
	if (!method->code || code_parse(arena, class, method, &code, &none) != ERR_OK)
		return 0;
	for (uint32_t i = 0; i < code->n_insns; i++) {
		const struct insn *insn = &code->insns[i];

		if (insn->table)
			for (uint32_t k = 0; k < insn->table->n; k++)
				add_number(&list, insn->table->keys[k]);
		else if (insn->opcode == OPC_bipush || insn->opcode == OPC_sipush ||
			 (insn->opcode >= OPC_iconst_m1 && insn->opcode <= OPC_iconst_5))
			add_number(&list, insn->value);
		else if (insn->opcode == OPC_ldc || insn->opcode == OPC_ldc_w)
			add_constant(&list, class, insn->index);
	}
	return list.n;
}
