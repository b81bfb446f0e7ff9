#include <ctype.h>
#include <string.h>

#include "engine/idiom.h"
#include "engine/operand.h"
#include "engine/wording_text.h"
#include "util/name.h"

#define SITES_MAX 4096

static bool is_self(const struct express *express, const struct expr *expr)
{
	(void)express;
	return expr->kind == EXPR_CALL && expr->n_args == 1 && expr->opcode != OPC_invokestatic &&
	       (!strcmp(expr->ref.name, "getThisObject") || !strcmp(expr->ref.name, "getOwner")) &&
	       name_starts_with(expr->ref.owner, "groovy/lang/");
}

static void trim(const char **name, size_t *len)
{
	(void)name;
	(void)len;
}

/* shop/Cart$_total_closure1 */
static bool is_function_class(const char *name)
{
	const char *at = strstr(name, "_closure");

	return at && isdigit((unsigned char)at[strlen("_closure")]);
}

static bool hides(const struct expr *arg, const char *type, bool is_last)
{
	(void)arg;
	(void)type;
	(void)is_last;
	return false;
}

/* ---- calls by name ---- */

/* What an instruction pushes that pushes an int not below 0; UINT64_MAX for others. */
static uint64_t number_of(const struct class *class, const struct insn *insn)
{
	const struct constant *constant;

	if (insn->opcode >= OPC_iconst_0 && insn->opcode <= OPC_sipush && insn->value >= 0)
		return (uint64_t)insn->value;
	if (insn->opcode != OPC_ldc && insn->opcode != OPC_ldc_w)
		return UINT64_MAX;
	constant = &class->constants[insn->index];
	return constant->tag == CONSTANT_INTEGER
	       ? (uint64_t)constant->bytes.bytes[2] << 8 | constant->bytes.bytes[3] : UINT64_MAX;
}

/* The name with number `site` in $createCallSiteArray_1(String[]), which fills the array. */
static const char *site_name(const struct express *express, uint64_t site)
{
	const struct class *class = express->class;
	struct err err = ERR_INIT;
	struct code *code;

	for (uint16_t i = 0; i < class->n_methods; i++) {
		const struct member *method = &class->methods[i];

		if (!name_starts_with(method->name, "$createCallSiteArray_") || !method->code ||
		    code_parse(express->arena, class, method, &code, &err) != ERR_OK)
			continue;
		for (uint32_t k = 1; k + 1 < code->n_insns; k++)
			if (code->insns[k + 1].opcode == OPC_aastore && number_of(class, &code->insns[k - 1]) == site)
				return class_string_at(class, code->insns[k].index);
	}
	return NULL;
}

/* What $getCallSiteArray()[n].call(receiver, a, b) calls: a copy of the call by that
 * name, of the class "". */
static bool by_site(const struct express *express, const struct expr *call, struct expr *ret)
{
	const struct expr *site = call->kind == EXPR_CALL && call->n_args > 1 ? call->args[0] : NULL;
	const char *name;

	if (!site || site->kind != EXPR_INDEX || !call->ref.owner ||
	    strcmp(call->ref.owner, "org/codehaus/groovy/runtime/callsite/CallSite") ||
	    site->args[1]->kind != EXPR_NUMBER || site->args[1]->bits >= SITES_MAX)
		return false;
	name = site_name(express, site->args[1]->bits);
	if (!name)
		return false;
	*ret = *call;
	ret->opcode = OPC_invokestatic;		/* the receiver is in the descriptor */
	ret->ref.owner = "";
	ret->ref.name = name;
	ret->args = call->args + 1;
	ret->n_args = (uint16_t)(call->n_args - 1);
	return true;
}

static bool is_property_read(const struct expr *call)
{
	return strstr(call->ref.name, "GetProperty") != NULL;
}

/* ---- calls ---- */

static void add_property(struct wording *w, const struct expr *receiver, const char *name)
{
	idiom_add_receiver(w, receiver);
	idiom_add_name(w, name);
}

/* A call whose method is found when it runs. */
static void say_dynamic(struct wording *w, const struct expr *call, bool is_property,
			enum wording_precedence least)
{

	if (is_property) {
		add_property(w, call->args[0], call->ref.name);
	} else if (idiom_row_of(w->idiom, call)) {
		wording_expr(w, call, '?', least);
	} else {
		idiom_add_receiver(w, call->args[0]);
		idiom_add_name(w, call->ref.name);
		idiom_add_arguments(w, call, 1, false);
	}
}

static bool say_property(struct wording *w, const struct expr *call)
{
	const char *name = call->ref.name;
	char property[128];

	if (call->n_args != 1 || call->opcode == OPC_invokestatic || !name_starts_with(name, "get") ||
	    !isupper((unsigned char)name[3]) || strlen(name) >= sizeof(property))
		return false;
	strcpy(property, name + 3);
	if (!isupper((unsigned char)property[1]))
		*property = (char)tolower((unsigned char)*property);
	add_property(w, call->args[0], property);
	return true;
}

/* A conversion to a type that is written elsewhere: its first argument is the value. */
static bool is_conversion(const struct expr *call)
{
	return call->n_args == 2 && (!strcmp(call->ref.name, "castToType") || !strcmp(call->ref.name, "castToEnum") ||
				     !strcmp(call->ref.name, "castToPrimitive"));
}

/* createRange(from, to, inclusive), since Groovy 4 (from, to, without from, without to). */
static void say_range(struct wording *w, const struct expr *call, enum wording_precedence least)
{
	bool is_open = call->n_args > 3 ? call->args[3]->bits != 0 : call->args[2]->bits == 0;

	if (least > WORDING_SHIFT)
		wording_add(w, "(");
	wording_left(w, call->args[0], '?', WORDING_SUM);
	wording_add(w, is_open ? "..<" : "..");
	wording_expr(w, call->args[1], '?', WORDING_SUM);
	if (least > WORDING_SHIFT)
		wording_add(w, ")");
}

/* createMap(key, value, ...) */
static void say_map(struct wording *w, const struct expr *call)
{
	const struct expr *args[OPERAND_ARGS_MAX + 1];
	char types[OPERAND_ARGS_MAX + 1];
	uint16_t n = idiom_arguments(w, call, 0, args, types);

	wording_add(w, n ? "[" : "[:");
	for (uint16_t i = 0; i + 1 < n; i += 2) {
		if (i > 0)
			wording_add(w, ", ");
		if (args[i]->kind == EXPR_STRING && args[i]->text)
			wording_add_name(w, args[i]->text, args[i]->text_len);
		else
			wording_expr(w, args[i], types[i], WORDING_ATOM);
		wording_add(w, ": ");
		wording_expr(w, args[i + 1], types[i + 1], WORDING_ANY);
	}
	wording_add(w, "]");
}

static bool say_call(struct wording *w, const struct expr *call, char wanted,
		     enum wording_precedence least)
{
	struct expr named;

	if (!call->ref.owner || *call->ref.name == '<')
		return false;
	if (is_conversion(call)) {
		wording_expr(w, call->args[0], wanted, least);
		return true;
	}
	if (by_site(w->express, call, &named)) {
		say_dynamic(w, &named, is_property_read(call), least);
		return true;
	}
	if (idiom_row_of(w->idiom, call))
		return false;
	if (!strcmp(call->ref.name, "createRange") && call->n_args >= 3) {
		say_range(w, call, least);
		return true;
	}
	if (!strcmp(call->ref.name, "createMap") && call->opcode == OPC_invokestatic) {
		say_map(w, call);
		return true;
	}
	if (say_property(w, call))
		return true;
	if (call->opcode == OPC_invokestatic) {
		if (strcmp(call->ref.owner, w->express->class->name)) {
			idiom_add_class(w, call->ref.owner);
			wording_add(w, ".");
		}
	} else if (call->opcode == OPC_invokespecial && strcmp(call->ref.owner, w->express->class->name)) {
		wording_add(w, "super.");
	} else {
		idiom_add_receiver(w, call->args[0]);
	}
	idiom_add_name(w, call->ref.name);
	idiom_add_arguments(w, call, 0, false);
	return true;
}

/* "hello ${name}!": GStringImpl(values, texts) */
static bool say_text(struct wording *w, const struct expr *made)
{
	const struct expr *values, *texts;

	if (!made->text || strcmp(made->text, "org/codehaus/groovy/runtime/GStringImpl") || made->n_args != 2)
		return false;
	values = made->args[0];
	texts = made->args[1];
	if (values->kind != EXPR_ARRAY || texts->kind != EXPR_ARRAY || !texts->is_filled)
		return false;
	wording_add(w, "\"");
	for (uint16_t i = 0; i < texts->n_args; i++) {
		const struct expr *text = texts->args[i];

		if (text->kind == EXPR_STRING && text->text)
			wording_add_name(w, text->text, text->text_len);
		if (i >= values->n_args || !values->is_filled)
			continue;
		wording_add(w, "${");
		wording_expr(w, values->args[i], '?', WORDING_ANY);
		wording_add(w, "}");
	}
	wording_add(w, "\"");
	return true;
}

static bool is_same(const struct expr *a, const struct expr *b)
{
	if (a->kind == EXPR_LOCAL && b->kind == EXPR_LOCAL)
		return a->index == b->index;
	return a == b;
}

/* a ? a : b is a ?: b. */
static bool say_elvis(struct wording *w, const struct expr *choice, char wanted,
		      enum wording_precedence least)
{
	const struct expr *condition = choice->args[0], *tested;

	if (condition->kind != EXPR_CONDITION)
		return false;
	tested = idiom_peeled(w->idiom, condition->args[0]);
	if (condition->n_args != 1 || !is_same(tested, idiom_peeled(w->idiom, choice->args[1])))
		return false;
	if (least > WORDING_CHOICE)
		wording_add(w, "(");
	wording_left(w, tested, wanted, WORDING_CHOICE + 1);
	wording_add(w, " ?: ");
	wording_expr(w, choice->args[2], wanted, WORDING_CHOICE);
	if (least > WORDING_CHOICE)
		wording_add(w, ")");
	return true;
}

/* Of invokedynamic: "cast" and "init" are of the value and the class that come first. */
static void say_linked(struct wording *w, const struct expr *expr, char wanted,
		       enum wording_precedence least)
{
	struct expr call = *expr;

	call.kind = EXPR_CALL;
	call.opcode = OPC_invokestatic;		/* the receiver is in the descriptor */
	if (!strcmp(expr->text, "cast")) {
		wording_expr(w, expr->args[0], wanted, least);
	} else if (!strcmp(expr->text, "init")) {
		wording_add(w, "new ");
		call.ref.name = "";
		if (expr->args[0]->kind == EXPR_CLASS && expr->args[0]->text)
			idiom_add_class(w, expr->args[0]->text);
		idiom_add_arguments(w, &call, 1, false);
	} else {
		say_dynamic(w, &call, !strcmp(expr->text, "getProperty"), least);
	}
}

static bool say(struct wording *w, const struct expr *expr, char wanted, enum wording_precedence least)
{
	if (expr->kind == EXPR_CALL)
		return say_call(w, expr, wanted, least);
	if (expr->kind == EXPR_CHOICE)
		return say_elvis(w, expr, wanted, least);
	if (expr->kind == EXPR_DYNAMIC) {
		say_linked(w, expr, wanted, least);
		return true;
	}
	if (expr->kind == EXPR_CLASS && expr->text) {
		idiom_add_class(w, expr->text);
		return true;
	}
	return expr->kind == EXPR_NEW && say_text(w, expr);
}

const struct idiom idiom_groovy = {
	.language = IDIOM_GROOVY,
	.create = "new ", .lambda = "{ … }",
	.same = { "===", "!==" },
	.integers = "Integer", .largest = ".MAX_VALUE", .smallest = ".MIN_VALUE",
	.has_steps = true, .has_trailing = true,
	.trim = trim, .is_self = is_self, .is_function_class = is_function_class, .hides = hides, .say = say,
};
