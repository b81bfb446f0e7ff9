#include "engine/wording.h"

#include <string.h>

#include "engine/idiom.h"
#include "engine/wording_condition.h"
#include "engine/wording_text.h"

#define DEPTH_MAX 10
#define KNOWN_DEPTH_MAX 5
#define CONCAT_MAX 40		/* operands */
#define STRING_MAX 24		/* bytes of a string literal shown */

/* ---- names ---- */

static void add_class(struct wording *w, const char *name)
{
	wording_add_type(w, name, strlen(name));
}

bool wording_is_this(const struct express *express, const struct expr *expr)
{
	if (express->method->access & ACCESS_STATIC)
		return false;
	if (expr->kind == EXPR_FIELD && expr->n_args == 1 &&
	    !strncmp(expr->ref.name, "this$", 5))
		return wording_is_this(express, expr->args[0]);
	return expr->kind == EXPR_LOCAL && expr->index == 0 && !expr->type;
}

/* A variable of the compiler's own: others have names. */
static bool is_hidden(const struct express *express, const struct expr *expr)
{
	return expr->stored && express->code->n_locals > 0;
}

/* A variable of the compiler's own stands for what was put there. */
static void add_local(struct wording *w, const struct expr *expr, char wanted,
		      enum wording_precedence least)
{
	const struct local_entry *entry =
		code_local(w->express->code, expr->pc, expr->index);

	if (wording_is_this(w->express, expr))
		wording_add(w, "this");
	else if (entry)
		wording_add_name(w, entry->name, strlen(entry->name));
	else if (is_hidden(w->express, expr))
		wording_expr(w, expr->stored, wanted, least);
	else
		wording_add(w, "…");
}

/* Values may be shared, so the depth bounds the work, not only the stack. */
static bool is_known(const struct express *express, const struct expr *expr,
		     unsigned depth)
{
	if (depth == KNOWN_DEPTH_MAX)
		return false;
	switch (expr->kind) {
	case EXPR_LOCAL:
		return wording_is_this(express, expr) ||
		       code_local(express->code, expr->pc, expr->index) ||
		       (is_hidden(express, expr) &&
			is_known(express, expr->stored, depth + 1));
	case EXPR_CAST: case EXPR_MINUS: case EXPR_LENGTH:
		return is_known(express, expr->args[0], depth + 1);
	case EXPR_BINARY: case EXPR_INDEX:
		return is_known(express, expr->args[0], depth + 1) ||
		       is_known(express, expr->args[1], depth + 1);
	default:
		return expr->kind != EXPR_UNKNOWN;
	}
}

bool wording_is_known(const struct express *express, const struct expr *expr)
{
	return is_known(express, expr, 0);
}

/* ---- what comes first ---- */

void wording_left(struct wording *w, const struct expr *left, char wanted,
		  enum wording_precedence own)
{
	size_t max = w->max;

	if (w->depth <= 1 && w->len + WORDING_OPERAND_MAX < max)
		w->max = w->len + WORDING_OPERAND_MAX;
	wording_expr(w, left, wanted, own);
	if (w->max != max)
		w->is_cut = false;
	w->max = max;
}

/* ---- calls ---- */

/* Variable arguments are an array that was filled for the call. */
bool wording_is_variable(const struct expr *arg, char type, bool is_last)
{
	return is_last && type == '[' && arg->kind == EXPR_ARRAY &&
	       arg->is_filled;
}

static void add_arguments(struct wording *w, const char *descriptor,
			  struct expr *const *args, uint16_t n)
{
	struct descriptor_type type;
	const char *at = descriptor + 1;

	wording_add(w, "(");
	for (uint16_t i = 0; i < n && descriptor_next(&at, &type); i++) {
		if (i > 0)
			wording_add(w, ", ");
		if (!wording_is_variable(args[i], type.kind, i + 1 == n)) {
			wording_expr(w, args[i], type.kind, WORDING_ANY);
			continue;
		}
		for (uint16_t k = 0; k < args[i]->n_args; k++) {
			if (k > 0)
				wording_add(w, ", ");
			wording_expr(w, args[i]->args[k], type.start[1],
				     WORDING_ANY);
		}
	}
	wording_add(w, ")");
}

static bool is_wrapper(const char *owner)
{
	return !strncmp(owner, "java/lang/", 10) &&
	       strstr("Boolean Byte Character Short Integer Long Float Double ",
		      owner + 10);
}

/* Boxing is not written in the source: the value it is applied to, or NULL. */
const struct expr *wording_boxed(const struct expr *call)
{
	const char *descriptor = call->ref.descriptor;
	size_t len = strlen(call->ref.name);

	if (!call->ref.owner || !is_wrapper(call->ref.owner) || call->n_args != 1)
		return NULL;
	if (!strcmp(call->ref.name, "valueOf") && descriptor[2] == ')')
		return call->args[0];
	if (descriptor[1] == ')' && len > 5 &&
	    !strcmp(call->ref.name + len - 5, "Value"))
		return call->args[0];
	return NULL;
}

static void add_receiver(struct wording *w, const struct expr *call)
{
	const char *self = w->express->class->name;

	if (call->opcode == OPC_invokestatic) {
		if (strcmp(call->ref.owner, self)) {
			add_class(w, call->ref.owner);
			wording_add(w, ".");
		}
	} else if (call->opcode == OPC_invokespecial &&
		   strcmp(call->ref.owner, self)) {
		wording_add(w, "super.");
	} else if (!wording_is_this(w->express, call->args[0])) {
		wording_left(w, call->args[0], 'L', WORDING_ATOM);
		wording_add(w, ".");
	}
}

static void add_call(struct wording *w, const struct expr *call)
{
	bool has_receiver = call->opcode != OPC_invokestatic;

	if (!call->ref.owner) {
		wording_add(w, "…");
	} else if (*call->ref.name == '<') {	/* this(...), super(...) */
		wording_add(w, strcmp(call->ref.owner, w->express->class->name)
				? "super" : "this");
	} else {
		add_receiver(w, call);
		wording_add_name(w, call->ref.name, strlen(call->ref.name));
	}
	add_arguments(w, call->ref.descriptor,
		      has_receiver ? call->args + 1 : call->args,
		      (uint16_t)(call->n_args - has_receiver));
}

static void add_field(struct wording *w, const struct expr *expr)
{
	const char *name = expr->ref.name;

	if (!strncmp(name, "val$", 4))
		name += 4;
	if (expr->n_args == 0) {
		if (strcmp(expr->ref.owner, w->express->class->name)) {
			add_class(w, expr->ref.owner);
			wording_add(w, ".");
		}
	} else if (wording_is_this(w->express, expr)) {
		name = "this";
	} else if (!wording_is_this(w->express, expr->args[0])) {
		wording_expr(w, expr->args[0], 'L', WORDING_ATOM);
		wording_add(w, ".");
	}
	wording_add_name(w, name, strlen(name));
}

static void add_new(struct wording *w, const struct expr *expr)
{
	wording_add(w, "new ");
	if (expr->text)
		add_class(w, expr->text);
	if (expr->is_filled)
		add_arguments(w, expr->ref.descriptor, expr->args, expr->n_args);
	else
		wording_add(w, "(…)");
}

/* ---- arrays ---- */

static void add_array(struct wording *w, const struct expr *expr)
{
	const char *element = expr->text ? expr->text
			      : expr->type ? expr->type + 1 : "Ljava/lang/Object;";
	size_t len = strlen(element);
	unsigned rest = 0;

	if (expr->opcode == OPC_multianewarray) {
		while (*element == '[') {
			element++;
			len--;
			rest++;
		}
		rest = rest > expr->n_args ? rest - expr->n_args : 0;
	}
	wording_add(w, "new ");
	wording_add_type(w, element, len);
	if (expr->is_filled) {
		wording_add(w, "[] {…}");
		return;
	}
	for (uint16_t i = 0; i < expr->n_args; i++) {
		wording_add(w, "[");
		wording_expr(w, expr->args[i], 'I', WORDING_ANY);
		wording_add(w, "]");
	}
	while (rest-- > 0)
		wording_add(w, "[]");
}

/* ---- operators ---- */

const char *wording_sign(enum opcode opcode)
{
	static const char *const signs[] = {	/* four types each from iadd */
		"+", "-", "*", "/", "%",
	};
	static const char *const bits[] = {	/* two types each from ishl */
		"<<", ">>", ">>>", "&", "|", "^",
	};

	if (opcode >= OPC_iadd && opcode <= OPC_drem)
		return signs[(opcode - OPC_iadd) / 4];
	if (opcode >= OPC_ishl && opcode <= OPC_lxor)
		return bits[(opcode - OPC_ishl) / 2];
	return "?";
}

static enum wording_precedence precedence_of(enum opcode opcode)
{
	static const enum wording_precedence bits[] = {
		WORDING_SHIFT, WORDING_SHIFT, WORDING_SHIFT, WORDING_BIT_AND,
		WORDING_BIT_OR, WORDING_BIT_XOR,
	};

	if (opcode >= OPC_ishl)
		return bits[(opcode - OPC_ishl) / 2];
	return opcode <= OPC_dsub ? WORDING_SUM : WORDING_PRODUCT;
}

void wording_infix(struct wording *w, const struct expr *left, const char *sign,
		   const struct expr *right, char wanted, enum wording_precedence own)
{
	wording_left(w, left, wanted, own);
	wording_add(w, " ");
	wording_add(w, sign);
	wording_add(w, " ");
	wording_expr(w, right, wanted, own + 1);
}

char wording_common_type(const struct express *express, const struct expr *a,
			 const struct expr *b)
{
	char left = express_type(express, a), right = express_type(express, b);

	if (left == 'C' || right == 'C')
		return 'C';
	return left == 'Z' || right == 'Z' ? 'Z' : 'I';
}

static void add_binary(struct wording *w, const struct expr *expr)
{
	char wanted = wording_common_type(w->express, expr->args[0], expr->args[1]);

	if (expr->opcode < OPC_ishl && wanted == 'Z')
		wanted = 'I';
	if (wanted == 'C')	/* c - '0', but c + 1 */
		wanted = 'c';
	wording_infix(w, expr->args[0], wording_sign(expr->opcode), expr->args[1],
		      wanted, precedence_of(expr->opcode));
}

static void add_cast(struct wording *w, const struct expr *expr,
		     char wanted, enum wording_precedence least)
{
	const struct expr *value = expr->args[0];
	bool is_erased = expr->text && value->type &&
			 (value->kind == EXPR_CALL || value->kind == EXPR_FIELD);
	bool widens = expr->opcode == OPC_i2l || expr->opcode == OPC_i2f ||
		      expr->opcode == OPC_i2d || expr->opcode == OPC_l2f ||
		      expr->opcode == OPC_l2d || expr->opcode == OPC_f2d;

	if (is_erased || widens) {	/* most likely not written */
		wording_expr(w, value, wanted, least);
		return;
	}
	wording_add(w, least > WORDING_UNARY ? "((" : "(");
	if (expr->text)
		add_class(w, expr->text);
	else if (expr->type)
		wording_add_type(w, expr->type, 1);
	wording_add(w, ") ");
	wording_expr(w, value, '?', WORDING_UNARY);
	if (least > WORDING_UNARY)
		wording_add(w, ")");
}

static void add_concat(struct wording *w, const struct expr *expr,
		       unsigned depth)
{
	const struct expr *before = expr->args[0];

	if (before && before->kind == EXPR_CONCAT) {
		if (depth < CONCAT_MAX)
			add_concat(w, before, depth + 1);
		else
			wording_add(w, "…");
		if (expr->args[1])
			wording_add(w, " + ");
	}
	if (expr->args[1])
		wording_expr(w, expr->args[1], '?', WORDING_SUM + 1);
}

static void add_lambda(struct wording *w, const struct expr *expr)
{
	if (!expr->ref.owner) {
		wording_add(w, "…");
	} else if (!strncmp(expr->ref.name, "lambda$", 7)) {
		wording_add(w, "… -> …");
	} else {
		if (expr->n_args == 1)	/* bound to an object */
			wording_expr(w, expr->args[0], 'L', WORDING_ATOM);
		else
			add_class(w, expr->ref.owner);
		wording_add(w, "::");
		if (*expr->ref.name == '<')
			wording_add(w, "new");
		else
			wording_add_name(w, expr->ref.name, strlen(expr->ref.name));
	}
}

/* ---- any ---- */

static enum wording_precedence own_precedence(const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_BINARY: return precedence_of(expr->opcode);
	case EXPR_MINUS: return WORDING_UNARY;
	case EXPR_INSTANCEOF: return WORDING_RELATION;
	case EXPR_AND: return WORDING_AND;
	case EXPR_OR: return WORDING_OR;
	case EXPR_CONCAT: return WORDING_SUM;
	case EXPR_LAMBDA: return WORDING_CHOICE;
	default: return WORDING_ATOM;	/* the others see to it themselves */
	}
}

static void add_plain(struct wording *w, const struct expr *expr, char wanted)
{
	switch (expr->kind) {
	case EXPR_NUMBER: wording_add_number(w, expr, wanted); break;
	case EXPR_NULL: wording_add(w, "null"); break;
	case EXPR_STRING:
		wording_add_string(w, expr->text, expr->text_len, STRING_MAX);
		break;
	case EXPR_CLASS:
		if (expr->text)
			add_class(w, expr->text);
		wording_add(w, ".class");
		break;
	case EXPR_FIELD: add_field(w, expr); break;
	case EXPR_CALL: add_call(w, expr); break;
	case EXPR_NEW: add_new(w, expr); break;
	case EXPR_ARRAY: add_array(w, expr); break;
	case EXPR_INDEX:
		wording_expr(w, expr->args[0], 'L', WORDING_ATOM);
		wording_add(w, "[");
		wording_expr(w, expr->args[1], 'I', WORDING_ANY);
		wording_add(w, "]");
		break;
	case EXPR_LENGTH:
		wording_expr(w, expr->args[0], 'L', WORDING_ATOM);
		wording_add(w, ".length");
		break;
	case EXPR_BINARY: add_binary(w, expr); break;
	case EXPR_MINUS:
		wording_add(w, "-");
		wording_expr(w, expr->args[0], 'I', WORDING_UNARY);
		break;
	case EXPR_INSTANCEOF:
		wording_expr(w, expr->args[0], 'L', WORDING_RELATION);
		wording_add(w, " instanceof ");
		if (expr->text)
			add_class(w, expr->text);
		break;
	case EXPR_AND: case EXPR_OR: wording_junction(w, expr); break;
	case EXPR_CONCAT: add_concat(w, expr, 0); break;
	case EXPR_LAMBDA: add_lambda(w, expr); break;
	default: wording_add(w, "…");
	}
}

void wording_expr(struct wording *w, const struct expr *expr, char wanted,
		  enum wording_precedence least)
{
	bool is_inner = own_precedence(expr) < least;

	if (w->is_cut)
		return;
	if (w->depth >= DEPTH_MAX) {
		wording_add(w, "…");
		return;
	}
	w->depth++;
	if (expr->kind == EXPR_CALL && wording_boxed(expr)) {
		wording_expr(w, wording_boxed(expr), expr->ref.descriptor[1] == ')'
			     ? wanted : expr->ref.descriptor[1], least);
	} else if (w->idiom && idiom_say(w, expr, wanted, least)) {
		;
	} else if (expr->kind == EXPR_LOCAL) {
		add_local(w, expr, wanted, least);
	} else if (expr->kind == EXPR_CAST) {
		add_cast(w, expr, wanted, least);
	} else if (expr->kind == EXPR_CHOICE) {
		wording_choice(w, expr, wanted, least);
	} else if (expr->kind == EXPR_CONDITION || expr->kind == EXPR_NOT) {
		wording_condition(w, expr, false, least);
	} else {
		if (is_inner)
			wording_add(w, "(");
		add_plain(w, expr, wanted);
		if (is_inner)
			wording_add(w, ")");
	}
	w->depth--;
}
