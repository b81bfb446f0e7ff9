#include "engine/idiom.h"

#include <string.h>

#include "engine/operand.h"
#include "engine/wording_condition.h"
#include "engine/wording_text.h"
#include "util/name.h"

const struct idiom *idiom_of(const char *source_file, bool is_kotlin, bool is_scala,
			     bool is_groovy)
{
	if (is_kotlin || (source_file && name_ends_with(source_file, ".kt")))
		return &idiom_kotlin;
	if (is_scala || (source_file && name_ends_with(source_file, ".scala")))
		return &idiom_scala;
	if (is_groovy || (source_file && name_ends_with(source_file, ".groovy")))
		return &idiom_groovy;
	return NULL;
}

/* ---- the table ---- */

#define KOTLIN IDIOM_KOTLIN
#define SCALA IDIOM_SCALA
#define GROOVY IDIOM_GROOVY

static const struct idiom_row rows[] = {
#define CALL(language, owner, method, form, as) { language, owner, method, form, as },
#include "engine/idioms.def"
#undef CALL
};

/* A * at either end of the pattern stands for anything. */
static bool fits(const char *pattern, const char *text)
{
	size_t len = strlen(pattern);

	if (*pattern == '*')
		return name_ends_with(text, pattern + 1);
	if (len && pattern[len - 1] == '*')
		return !strncmp(text, pattern, len - 1);
	return !strcmp(text, pattern);
}

static uint16_t least_arguments(enum idiom_form form)
{
	return form == FORM_INFIX || form == FORM_INDEX ? 2 : form == FORM_LIST || form == FORM_FUNCTION ? 0 : 1;
}

const struct idiom_row *idiom_row_of(const struct idiom *idiom, const struct expr *call)
{
	if (call->kind != EXPR_CALL || !call->ref.owner)
		return NULL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].language == idiom->language && fits(rows[i].owner, call->ref.owner) &&
		    fits(rows[i].method, call->ref.name) &&
		    call->n_args >= least_arguments(rows[i].form))
			return &rows[i];
	return NULL;
}

const struct expr *idiom_peeled(const struct idiom *idiom, const struct expr *expr)
{
	for (unsigned depth = 0; depth < 8; depth++) {
		const struct idiom_row *row = idiom_row_of(idiom, expr);

		if (expr->kind == EXPR_CAST && expr->text)
			expr = expr->args[0];
		else if (row && row->form == FORM_VALUE)
			expr = expr->args[expr->n_args - 1];
		else if (expr->kind == EXPR_CALL && wording_boxed(expr))
			expr = wording_boxed(expr);
		else
			break;
	}
	return expr;
}

/* ---- parts ---- */

bool idiom_is_this(const struct wording *w, const struct expr *expr)
{
	expr = idiom_peeled(w->idiom, expr);
	return wording_is_this(w->express, expr) || w->idiom->is_self(w->express, expr);
}

/* The only object of a class: MODULE$ in Scala, INSTANCE and Companion in Kotlin. */
static bool is_module(const struct expr *expr)
{
	const char *owner = expr->ref.owner, *name = expr->ref.name;
	size_t len;

	if (expr->kind != EXPR_FIELD || expr->n_args || !owner || *expr->ref.descriptor != 'L')
		return false;
	len = strlen(owner);
	if (strncmp(expr->ref.descriptor + 1, owner, len))
		return false;
	if (!strcmp(name, "MODULE$") || !strcmp(name, "INSTANCE"))
		return expr->ref.descriptor[len + 1] == ';';
	return expr->ref.descriptor[len + 1] == '$' &&
	       !strncmp(expr->ref.descriptor + len + 2, name, strlen(name));
}

/* Whose members are written without it: the class's own object, of a package, Predef. */
static bool is_open_module(const struct wording *w, const struct expr *expr)
{
	const char *self = w->express->class->name, *owner = expr->ref.owner;
	size_t len;

	if (!is_module(expr))
		return false;
	len = strlen(owner);
	while (len > 1 && owner[len - 1] == '$')
		len--;
	return !strcmp(owner, "scala/Predef$") || !strcmp(owner, "scala/package$") ||
	       (!strncmp(self, owner, len) && (!self[len] || self[len] == '$'));
}

void idiom_add_receiver(struct wording *w, const struct expr *receiver)
{
	if (idiom_is_this(w, receiver) || is_open_module(w, idiom_peeled(w->idiom, receiver)))
		return;
	wording_left(w, receiver, 'L', WORDING_ATOM);
	wording_add(w, ".");
}

uint16_t idiom_arguments(const struct wording *w, const struct expr *call, uint16_t first,
			 const struct expr **ret, char *ret_types)
{
	uint16_t i = call->kind == EXPR_CALL && call->opcode != OPC_invokestatic, n = 0;
	const char *at = call->ref.descriptor + 1;
	struct descriptor_type type;

	for (; i < call->n_args && descriptor_next(&at, &type); i++) {
		bool is_last = i + 1 == call->n_args;
		const struct expr *arg = call->args[i], *bare = idiom_peeled(w->idiom, arg);

		if (i < first || w->idiom->hides(bare, type.start, is_last))
			continue;
		if (n == OPERAND_ARGS_MAX)
			break;
		if (!(type.kind == '[' ? wording_is_variable(bare, '[', is_last)
				       : bare != arg && wording_is_variable(bare, '[', is_last))) {
			ret_types[n] = name_starts_with(type.start, "Lscala/Function0;") ? IDIOM_BY_NAME : type.kind;
			ret[n++] = arg;
			continue;
		}
		for (uint16_t k = 0; k < bare->n_args && n < OPERAND_ARGS_MAX; k++) {
			ret_types[n] = '?';
			ret[n++] = bare->args[k];
		}
	}
	return n;
}

static bool is_lambda(const struct idiom *idiom, const struct expr *expr)
{
	expr = idiom_peeled(idiom, expr);
	if (expr->kind == EXPR_LAMBDA)
		return !expr->ref.owner || strstr(expr->ref.name, "lambda$") || strstr(expr->ref.name, "$lambda") ||
		       strstr(expr->ref.name, "$anonfun$");
	if (expr->kind == EXPR_NEW)
		return expr->text && idiom->is_function_class(expr->text);
	return is_module(expr) && idiom->is_function_class(expr->ref.owner);
}

static void add_all(struct wording *w, const struct expr *const *args, const char *types, uint16_t n)
{
	for (uint16_t i = 0; i < n; i++) {
		if (i > 0)
			wording_add(w, ", ");
		wording_expr(w, args[i], types[i], WORDING_ANY);
	}
}

void idiom_add_arguments(struct wording *w, const struct expr *call, uint16_t first,
			 bool is_bare)
{
	const struct expr *args[OPERAND_ARGS_MAX + 1];
	char types[OPERAND_ARGS_MAX + 1];
	uint16_t n = idiom_arguments(w, call, first, args, types);
	bool trails = n > 0 && w->idiom->has_trailing && is_lambda(w->idiom, args[n - 1]);

	n = (uint16_t)(n - trails);
	if (n || !(trails || is_bare)) {
		wording_add(w, "(");
		add_all(w, args, types, n);
		wording_add(w, ")");
	}
	if (trails) {
		wording_add(w, " ");
		wording_add(w, w->idiom->lambda);
	}
}

enum wording_precedence idiom_precedence(char first)
{
	switch (first) {
	case '|': return WORDING_BIT_OR;
	case '^': return WORDING_BIT_XOR;
	case '&': return WORDING_BIT_AND;
	case '=': case '!': return WORDING_EQUALITY;
	case '<': case '>': return WORDING_RELATION;
	case ':': return WORDING_SHIFT;
	case '+': case '-': return WORDING_SUM;
	case '*': case '/': case '%': return WORDING_PRODUCT;
	default: return (first >= 'a' && first <= 'z') ? WORDING_SHIFT : WORDING_OPERATOR;
	}
}

void idiom_add_infix(struct wording *w, const struct expr *left, const char *sign,
		     const struct expr *right, enum wording_precedence own,
		     enum wording_precedence least)
{
	char wanted = wording_common_type(w->express, idiom_peeled(w->idiom, left), idiom_peeled(w->idiom, right));
	if (own < least)
		wording_add(w, "(");
	wording_infix(w, left, sign, right, wanted, own);
	if (own < least)
		wording_add(w, ")");
}

/* ---- calls in the table ---- */

static void say_list(struct wording *w, const struct expr *call)
{
	const struct expr *args[OPERAND_ARGS_MAX + 1];
	char types[OPERAND_ARGS_MAX + 1];
	uint16_t n = idiom_arguments(w, call, 0, args, types);

	wording_add(w, "[");
	add_all(w, args, types, n);
	wording_add(w, "]");
}

/* The type letter of the parameter that a call has last, or one of no type. */
static char kind_of_last(const struct expr *call)
{
	const char *at = call->ref.descriptor + 1;
	struct descriptor_type type = { .kind = '?' };

	while (descriptor_next(&at, &type))
		;
	return type.kind;
}

static void say_row(struct wording *w, const struct idiom_row *row, const struct expr *call,
		    char wanted, enum wording_precedence least)
{
	const struct expr *last = call->args[call->n_args - 1];

	switch (row->form) {
	case FORM_VALUE:
		if (strchr("CZ", kind_of_last(call)))	/* a box says more than who takes it */
			wanted = kind_of_last(call);
		wording_expr(w, last, wanted, least);
		break;
	case FORM_INFIX:
		idiom_add_infix(w, call->args[call->n_args - 2], row->as, last, idiom_precedence(*row->as), least);
		break;
	case FORM_PREFIX:
		wording_add(w, row->as);
		wording_expr(w, call->args[0], '?', WORDING_UNARY);
		break;
	case FORM_PROPERTY: case FORM_MEMBER:
		idiom_add_receiver(w, call->args[0]);
		idiom_add_name(w, row->as ? row->as : call->ref.name);
		if (row->form == FORM_MEMBER)
			idiom_add_arguments(w, call, 1, false);
		break;
	case FORM_FUNCTION:
		idiom_add_name(w, row->as ? row->as : call->ref.name);
		idiom_add_arguments(w, call, 0, false);
		break;
	case FORM_INDEX:
		wording_left(w, call->args[0], 'L', WORDING_ATOM);
		wording_add(w, "[");
		wording_expr(w, call->args[1], '?', WORDING_ANY);
		wording_add(w, "]");
		break;
	case FORM_LIST:
		say_list(w, call);
		break;
	}
}

/* ---- others ---- */

static void say_field(struct wording *w, const struct expr *field)
{
	const char *name = field->ref.name;

	if (field->n_args) {
		idiom_add_receiver(w, field->args[0]);
		idiom_add_name(w, !strncmp(name, "val$", 4) ? name + 4 : name);
		return;
	}
	if (is_module(field)) {
		idiom_add_class(w, field->ref.owner);
		return;
	}
	if (strcmp(field->ref.owner, w->express->class->name) && !name_ends_with(field->ref.owner, "Kt")) {
		idiom_add_class(w, field->ref.owner);
		wording_add(w, ".");
	}
	idiom_add_name(w, name);
}

static bool say_lambda(struct wording *w, const struct expr *lambda, char wanted,
		       enum wording_precedence least)
{
	bool is_inner = least > WORDING_CHOICE && !w->idiom->has_trailing;

	if (!is_lambda(w->idiom, lambda))
		return false;
	if (wanted == IDIOM_BY_NAME) {
		wording_add(w, "…");
		return true;
	}
	if (is_inner)
		wording_add(w, "(");
	wording_add(w, w->idiom->lambda);
	if (is_inner)
		wording_add(w, ")");
	return true;
}

static void say_new(struct wording *w, const struct expr *made)
{
	const char *simple = made->text ? idiom_simple_name(made->text) : "…";

	wording_add(w, w->idiom->create);
	if (*simple >= '0' && *simple <= '9') {		/* an object of a class without a name */
		wording_add(w, *w->idiom->create ? "{ … }" : "object { … }");
		return;
	}
	if (made->text)
		idiom_add_class(w, made->text);
	if (made->is_filled)
		idiom_add_arguments(w, made, 0, false);
	else
		wording_add(w, "(…)");
}

static void say_choice(struct wording *w, const struct expr *choice, char wanted,
		       enum wording_precedence least)
{
	if (least > WORDING_CHOICE)
		wording_add(w, "(");
	wording_add(w, "if (");
	wording_condition(w, choice->args[0], false, WORDING_ANY);
	wording_add(w, ") ");
	wording_expr(w, choice->args[1], wanted, WORDING_CHOICE);
	wording_add(w, " else ");
	wording_expr(w, choice->args[2], wanted, WORDING_CHOICE);
	if (least > WORDING_CHOICE)
		wording_add(w, ")");
}

static bool say_cast(struct wording *w, const struct expr *cast, char wanted,
		     enum wording_precedence least)
{
	const char *to;

	if (cast->text) {	/* the compiler knows the type, from a test or as an argument */
		wording_expr(w, cast->args[0], wanted, least);
		return true;
	}
	to = cast->type ? idiom_primitive(*cast->type, w->idiom->language) : NULL;
	if (!to || cast->opcode == OPC_i2l || cast->opcode == OPC_i2f || cast->opcode == OPC_i2d ||
	    cast->opcode == OPC_l2f || cast->opcode == OPC_l2d || cast->opcode == OPC_f2d)
		return false;
	wording_left(w, cast->args[0], '?', WORDING_ATOM);
	wording_add(w, ".to");
	wording_add(w, to);
	if (w->idiom->language == IDIOM_KOTLIN)
		wording_add(w, "()");
	return true;
}

static bool is_extreme(const struct expr *number, bool *ret_long)
{
	int64_t value = (int64_t)number->bits;

	*ret_long = value == INT64_MAX || value == INT64_MIN;
	return (*number->type == 'I' || *number->type == 'J') &&
	       (*ret_long || value == INT32_MAX || value == INT32_MIN);
}

static void say_extreme(struct wording *w, const struct expr *number, bool is_long)
{
	wording_add(w, is_long ? "Long" : w->idiom->integers);
	wording_add(w, (int64_t)number->bits > 0 ? w->idiom->largest : w->idiom->smallest);
}

static bool say_local(struct wording *w, const struct expr *local)
{
	const struct local_entry *entry = code_local(w->express->code, local->pc, local->index);

	if (!entry)
		return false;
	idiom_add_name(w, entry->name);
	return true;
}

bool idiom_say(struct wording *w, const struct expr *expr, char wanted,
	       enum wording_precedence least)
{
	const struct idiom_row *row;
	bool is_flag;

	if (expr->kind != EXPR_CALL && idiom_is_this(w, expr) && expr->kind != EXPR_CAST) {
		wording_add(w, "this");
		return true;
	}
	if (w->idiom->say(w, expr, wanted, least))
		return true;
	switch (expr->kind) {
	case EXPR_CALL:
		row = idiom_row_of(w->idiom, expr);
		if (row)
			say_row(w, row, expr, wanted, least);
		return row != NULL;
	case EXPR_LOCAL: return say_local(w, expr);
	case EXPR_FIELD:
		if (!say_lambda(w, expr, wanted, least))
			say_field(w, expr);
		return true;
	case EXPR_NEW:
		if (!say_lambda(w, expr, wanted, least))
			say_new(w, expr);
		return true;
	case EXPR_CAST: return say_cast(w, expr, wanted, least);
	case EXPR_LAMBDA: return say_lambda(w, expr, wanted, least);
	case EXPR_NUMBER:
		if (!is_extreme(expr, &is_flag))
			return false;
		say_extreme(w, expr, is_flag);
		return true;
	case EXPR_CHOICE:
		if (wording_put_down(expr, &is_flag) || w->idiom->language == IDIOM_GROOVY)
			return false;
		say_choice(w, expr, wanted, least);
		return true;
	default: return false;
	}
}

/* ---- conditions ---- */

void idiom_boolean(struct wording *w, const struct expr *expr, bool is_negated,
		   enum wording_precedence least)
{
	const struct expr *bare = idiom_peeled(w->idiom, expr), *condition;
	const struct idiom_row *row = idiom_row_of(w->idiom, bare);
	bool turns = false;

	condition = wording_put_down(bare, &turns);
	if (condition) {
		wording_condition(w, condition, is_negated != turns, least);
	} else if (bare->kind == EXPR_CONDITION || bare->kind == EXPR_NOT) {
		wording_condition(w, bare, is_negated, least);
	} else if (is_negated && row && row->form == FORM_INFIX && !strcmp(row->as, "==")) {
		idiom_add_infix(w, bare->args[bare->n_args - 2], "!=", bare->args[bare->n_args - 1],
				WORDING_EQUALITY, least);
	} else if (is_negated && bare->kind == EXPR_INSTANCEOF && w->idiom->language == IDIOM_KOTLIN) {
		wording_expr(w, bare->args[0], 'L', WORDING_RELATION);
		wording_add(w, " !is ");
		if (bare->text)
			idiom_add_class(w, bare->text);
	} else if (is_negated) {
		wording_add(w, "!");
		wording_expr(w, expr, 'Z', WORDING_UNARY);
	} else {
		wording_expr(w, expr, 'Z', least);
	}
}

static bool is_constant_of_own_type(const struct expr *expr)
{
	size_t len = expr->kind == EXPR_FIELD && expr->ref.owner ? strlen(expr->ref.owner) : 0;

	return len && expr->n_args == 0 && !strncmp(expr->ref.descriptor + 1, expr->ref.owner, len) &&
	       expr->ref.descriptor[len + 1] == ';';
}

const char *idiom_same(const struct wording *w, const struct expr *left,
		       const struct expr *right, bool is_negated)
{
	/* Of an enum, == is compiled so as well. */
	return is_constant_of_own_type(left) || is_constant_of_own_type(right) ? NULL : w->idiom->same[is_negated];
}

/* ---- values ---- */

const char *idiom_value(const struct idiom *idiom, const char *says)
{
	static const struct { const char *java, *kotlin, *scala; } values[] = {
		{ "Integer.MAX_VALUE", "Int.MAX_VALUE", "Int.MaxValue" },
		{ "Integer.MIN_VALUE", "Int.MIN_VALUE", "Int.MinValue" },
		{ "Long.MAX_VALUE", "Long.MAX_VALUE", "Long.MaxValue" },
		{ "Long.MIN_VALUE", "Long.MIN_VALUE", "Long.MinValue" },
		{ "Short.MAX_VALUE", "Short.MAX_VALUE", "Short.MaxValue" },
		{ "Short.MIN_VALUE", "Short.MIN_VALUE", "Short.MinValue" },
		{ "Byte.MAX_VALUE", "Byte.MAX_VALUE", "Byte.MaxValue" },
		{ "Byte.MIN_VALUE", "Byte.MIN_VALUE", "Byte.MinValue" },
		{ "Character.MAX_VALUE", "Char.MAX_VALUE", "Char.MaxValue" },
		{ "'\\0'", "'\\u0000'", "'\\u0000'" },
	};

	for (size_t i = 0; idiom && idiom->language != IDIOM_GROOVY && i < sizeof(values) / sizeof(*values); i++)
		if (!strcmp(says, values[i].java))
			return idiom->language == IDIOM_KOTLIN ? values[i].kotlin : values[i].scala;
	return says;
}
