#include "engine/sentence.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "engine/idiom.h"
#include "engine/wording_condition.h"
#include "operators/edit.h"

struct context {
	struct arena *arena;
	const struct body *body;
	uint32_t number;
	const struct operator *row;
	const struct expr *made;
};

/* In `wording`. */
static const char *text_of(const struct context *c, const struct expr *expr,
			   char wanted, struct wording *wording)
{
	wording_init(wording, c->body->express);
	wording_expr(wording, expr, wanted, WORDING_ANY);
	return wording->text;
}

/* The parts, up to a NULL, one behind the other: there are as many sentences
 * as mutants, and formatting is slow. */
static const char *__attribute__((sentinel))
join(const struct context *c, const char *first, ...)
{
	size_t len = 0;
	char *text, *end;
	va_list parts;

	va_start(parts, first);
	for (const char *part = first; part; part = va_arg(parts, const char *))
		len += strlen(part);
	va_end(parts);
	text = end = arena_alloc(c->arena, len + 1);
	va_start(parts, first);
	for (const char *part = first; part; part = va_arg(parts, const char *))
		end = stpcpy(end, part);
	va_end(parts);
	return text;
}

/* ---- comparisons ---- */

/* Both operands are to be seen, so each gets its share of the room. */
static const char *relation_text(const struct context *c,
				 const struct comparison *comparison,
				 enum relation relation, struct wording *wording)
{
	wording_init(wording, c->body->express);
	wording_relation(wording, comparison, relation, WORDING_ANY);
	return wording->text;
}

static bool is_told(const struct context *c, const struct comparison *comparison)
{
	const struct express *express = c->body->express;

	return wording_is_known(express, comparison->left) ||
	       (comparison->right &&
		comparison->right->kind != EXPR_NUMBER &&
		wording_is_known(express, comparison->right));
}

static const char *of_condition(const struct context *c)
{
	static const char *const signs[] = { "==", "!=", "<", ">=", ">", "<=" };
	struct comparison comparison =
		wording_comparison(c->body->express, c->made);
	bool is_boundary = !strcmp(c->row->name, "COND_BOUNDARY");
	enum relation was = comparison.relation, now;
	struct wording before, after;

	if (!c->body->if_true[c->number])
		was ^= 1u;
	now = is_boundary ? 7u - was : was ^ 1u;
	comparison.relation = was;
	if (!is_told(c, &comparison))
		return comparison.is_boolean || comparison.is_null
		       ? c->row->says
		       : join(c, "replaced ", signs[was], " with ", signs[now], NULL);
	return join(c, is_boundary ? "replaced `" : "negated `",
		    relation_text(c, &comparison, was, &before),
		    is_boundary ? "` with `" : "`: now `",
		    relation_text(c, &comparison, now, &after), "`", NULL);
}

/* ---- arithmetic ---- */

static const char *binary_text(const struct context *c, enum opcode opcode,
			       struct wording *wording)
{
	struct expr changed = *c->made;

	changed.opcode = opcode;
	return text_of(c, &changed, '?', wording);
}

static const char *of_arithmetic(const struct context *c)
{
	enum opcode opcode = c->body->code->insns[c->number].opcode;
	struct wording before, after;

	if (c->made->kind != EXPR_BINARY ||
	    !wording_is_known(c->body->express, c->made))
		return c->row->says;
	return join(c, "replaced `", binary_text(c, opcode, &before), "` with `",
		    binary_text(c, operator_becomes(c->row, opcode), &after), "`", NULL);
}

static const char *of_increment(const struct context *c)
{
	const struct insn *insn = &c->body->code->insns[c->number];
	int amount = abs(insn->value);
	struct wording wording;
	const char *name;

	if (!wording_is_known(c->body->express, c->made))
		return c->row->says;
	name = text_of(c, c->made, 'I', &wording);
	if (amount == 1 && (!wording.idiom || wording.idiom->has_steps))
		return arena_strfmt(c->arena, "replaced `%s%s` with `%s%s`",
				    name, insn->value > 0 ? "++" : "--",
				    name, insn->value > 0 ? "--" : "++");
	return arena_strfmt(c->arena, "replaced `%s %s= %d` with `%s %s= %d`",
			    name, insn->value > 0 ? "+" : "-", amount,
			    name, insn->value > 0 ? "-" : "+", amount);
}

static const char *of_negation(const struct context *c)
{
	struct wording wording;

	if (!wording_is_known(c->body->express, c->made))
		return c->row->says;
	return join(c, "removed the minus of `", text_of(c, c->made, 'I', &wording), "`", NULL);
}

/* ---- returns and calls ---- */

static const char *of_return(const struct context *c)
{
	const char *descriptor = c->body->method->descriptor;
	const struct edit_value *value = edit_find_value(c->row, descriptor);
	struct descriptor_type type = descriptor_return(descriptor);
	const char *says;
	struct wording wording;

	if (!value)
		return c->row->says;
	says = idiom_value(c->body->express->idiom, value->says);
	if (!wording_is_known(c->body->express, c->made))
		return join(c, "returned ", says, " instead of the result", NULL);
	return join(c, "returned ", says, " instead of `",
		    text_of(c, c->made, type.kind, &wording), "`", NULL);
}

static const char *default_of(char kind, const struct idiom *idiom)
{
	switch (kind) {
	case 'V': return NULL;
	case 'Z': return "false";
	case 'C': return idiom_value(idiom, "'\\0'");
	case 'L': case '[': return "null";
	default: return "0";
	}
}

/* A call that is a statement of its own: what it returns is popped at once. */
static bool is_dropped(const struct context *c)
{
	const struct code *code = c->body->code;

	return c->number + 1 < code->n_insns &&
	       (code->insns[c->number + 1].opcode == OPC_pop ||
		code->insns[c->number + 1].opcode == OPC_pop2);
}

static const char *of_call(const struct context *c)
{
	const char *left, *text;
	struct wording wording;

	if (c->made->kind != EXPR_CALL)
		return c->row->says;
	left = default_of(descriptor_return(c->made->ref.descriptor).kind, c->body->express->idiom);
	text = text_of(c, c->made, '?', &wording);
	if (left && !is_dropped(c))
		return join(c, "removed the call to `", text, "`: now ", left, NULL);
	return join(c, "removed the call to `", text, "`", NULL);
}

const char *sentence_of(struct arena *arena, const struct body *body,
			uint32_t number, const struct operator *row)
{
	struct context c = { arena, body, number, row,
			     body->express->made[number] };

	if (!c.made)
		return row->says;
	switch (row->family) {
	case FAMILY_ARITHMETIC:
		return edit_kind_of(row) == EDIT_FLIP ? of_increment(&c)
						      : of_arithmetic(&c);
	case FAMILY_CONDITIONAL: return of_condition(&c);
	case FAMILY_RETURN: case FAMILY_POISON: return of_return(&c);
	case FAMILY_NEGATION: return of_negation(&c);
	case FAMILY_CALL: return of_call(&c);
	case N_FAMILIES: break;
	}
	return row->says;
}
