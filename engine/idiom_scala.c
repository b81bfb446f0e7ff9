#include <ctype.h>
#include <string.h>

#include "engine/idiom.h"
#include "engine/operand.h"
#include "engine/wording_text.h"
#include "util/name.h"

/* ---- names ---- */

static bool is_self_name(const char *name)
{
	return !strcmp(name, "$this") || name_ends_with(name, "$outer");
}

static bool is_self(const struct express *express, const struct expr *expr)
{
	const struct local_entry *entry;

	if (expr->kind == EXPR_FIELD)
		return expr->n_args == 1 && is_self_name(expr->ref.name);
	if (expr->kind == EXPR_CALL)
		return expr->n_args == 1 && expr->opcode != OPC_invokestatic && is_self_name(expr->ref.name);
	entry = expr->kind == EXPR_LOCAL ? code_local(express->code, expr->pc, expr->index) : NULL;
	return entry && is_self_name(entry->name);
}

/* A $ and nothing but digits to the end. */
static size_t without_number(const char *name, size_t len)
{
	size_t end = len;

	while (end > 0 && isdigit((unsigned char)name[end - 1]))
		end--;
	return end > 1 && end < len && name[end - 1] == '$' ? end - 1 : len;
}

static size_t without(const char *name, size_t len, const char *end)
{
	size_t end_len = strlen(end);

	return len > end_len && !memcmp(name + len - end_len, end, end_len) ? len - end_len : len;
}

/* x$4, x0$1: a parameter that the source has as _ or not at all. */
static bool is_unnamed(const char *name)
{
	const char *dollar = strchr(name, '$');

	return *name == 'x' && dollar && strspn(name + 1, "0123456789") == (size_t)(dollar - name - 1) &&
	       dollar[1] && strspn(dollar + 1, "0123456789$") == strlen(dollar + 1);
}

/* shop$Cart$$items, max$1, $anonfun$total$1, apply$mcI$sp, f$extension, greet$, loud$lzycompute. */
static void trim(const char **name, size_t *len)
{
	const char *start = *name, *at;
	size_t n;

	if (is_unnamed(start)) {
		*name = "_";
		*len = 1;
		return;
	}
	while ((at = strstr(start, "$$")) != NULL && at[2])
		start = at + 2;
	if ((at = strstr(start, "_setter_$")) != NULL)
		start = at + strlen("_setter_$");
	if (name_starts_with(start, "$anonfun$"))
		start += strlen("$anonfun$");
	n = without_number(start, strlen(start));
	n = without(start, without(start, n, "$lzycompute"), "$lzy");
	at = strstr(start, "$extension");	/* to$extension0 */
	if (at && at > start)
		n = (size_t)(at - start);
	n = without(start, without(start, n, "$sp"), "$module");
	for (size_t i = 1; i + 3 < n; i++)
		if (!memcmp(start + i, "$mc", 3)) {
			n = i;
			break;
		}
	if (n > 1 && start[n - 1] == '$')
		n--;
	if (n > 0) {
		*name = start;
		*len = n;
	}
}

static bool is_function_class(const char *name)
{
	return strstr(name, "$$anonfun$") != NULL;
}

static bool is_default(const struct expr *expr)
{
	return expr->kind == EXPR_CALL && strstr(expr->ref.name, "$default$");
}

/* Implicit parameters are known by their types. */
static bool hides(const struct expr *arg, const char *type, bool is_last)
{
	static const char *const implicits[] = {
		"Lscala/collection/generic/CanBuildFrom;", "Lscala/collection/BuildFrom;",
		"Lscala/math/Numeric;", "Lscala/math/Ordering;", "Lscala/reflect/ClassTag;",
		"Lscala/reflect/Manifest;", "Lscala/Predef$$less$colon$less;", "Lscala/$less$colon$less;",
		"Lscala/concurrent/ExecutionContext;", "Lscala/Predef$DummyImplicit;", NULL,
	};

	if (is_default(arg))
		return true;
	for (const char *const *at = implicits; is_last && *at; at++)
		if (name_starts_with(type, *at))
			return true;
	return false;
}

/* ---- calls ---- */

struct shape {			/* of a call as written */
	const struct expr *receiver;	/* NULL: none */
	uint16_t first;		/* argument that is written in parentheses */
};

static struct shape shape_of(const struct expr *call)
{
	struct shape shape = { .first = 0 };
	const char *owner = call->ref.owner, *name = call->ref.name;

	if (call->opcode == OPC_invokestatic) {
		/* Bodies of traits: X$class.m(this, ...), later X.m$(this, ...). */
		if (call->n_args > 0 && (name_ends_with(owner, "$class") || name_ends_with(name, "$"))) {
			shape.receiver = call->args[0];
			shape.first = 1;
		}
	} else if (strstr(name, "$extension") && call->n_args > 1) {
		shape.receiver = call->args[1];	/* of a value class */
		shape.first = 2;
	} else {
		shape.receiver = call->args[0];
		shape.first = 1;
	}
	return shape;
}

static bool is_symbolic(const char *name)
{
	const char *end = name + strcspn(name, "$");

	return *end && (end == name || end[-1] == '_' ) && end[1] && islower((unsigned char)end[1]);
}

static bool has_name(const char *name, const char *wanted)
{
	size_t len = strlen(name);

	trim(&name, &len);
	return len == strlen(wanted) && !memcmp(name, wanted, len);
}

/* The sign as text: "$plus$eq" is "+=". */
static bool sign_of(const struct wording *w, const char *name, struct wording *ret)
{
	wording_init(ret, w->express);
	ret->max = 12;
	idiom_add_name(ret, name);
	return ret->len > 0 && !ret->is_cut && !strpbrk(ret->text, "$…") && !isalnum((unsigned char)*ret->text);
}

static void add_owner(struct wording *w, const struct expr *call, const struct shape *shape)
{
	if (call->opcode == OPC_invokespecial && strcmp(call->ref.owner, w->express->class->name)) {
		wording_add(w, "super.");
	} else if (shape->receiver) {
		idiom_add_receiver(w, shape->receiver);
	} else if (strcmp(call->ref.owner, w->express->class->name)) {
		idiom_add_class(w, call->ref.owner);
		wording_add(w, ".");
	}
}

/* f(x) for f.apply(x), of objects and functions; v alone for what is passed by name. */
static bool say_apply(struct wording *w, const struct expr *call, const struct shape *shape)
{
	if (!has_name(call->ref.name, "apply") || !shape->receiver || idiom_is_this(w, shape->receiver))
		return false;
	wording_left(w, shape->receiver, 'L', WORDING_ATOM);
	idiom_add_arguments(w, call, shape->first, !strcmp(call->ref.owner, "scala/Function0"));
	return true;
}

static bool say_update(struct wording *w, const struct expr *call, const struct shape *shape,
		       const struct expr **args, uint16_t n)
{
	if (!has_name(call->ref.name, "update") || !shape->receiver || n != 2 || *call->type != 'V')
		return false;
	wording_left(w, shape->receiver, 'L', WORDING_ATOM);
	wording_add(w, "(");
	wording_expr(w, args[0], '?', WORDING_ANY);
	wording_add(w, ") = ");
	wording_expr(w, args[1], '?', WORDING_ANY);
	return true;
}

static bool say_setter(struct wording *w, const struct expr *call, const struct shape *shape,
		       const struct expr **args, uint16_t n)
{
	const char *name = call->ref.name;
	char own[128];

	if (!name_ends_with(name, "_$eq") || n != 1 || strlen(name) >= sizeof(own))
		return false;
	strcpy(own, name);
	own[strlen(own) - strlen("_$eq")] = '\0';
	add_owner(w, call, shape);
	idiom_add_name(w, own);
	wording_add(w, " = ");
	wording_expr(w, args[0], '?', WORDING_ANY);
	return true;
}

static bool say_operator(struct wording *w, const struct expr *call, const struct shape *shape,
			 const struct expr **args, const char *types, uint16_t n,
			 enum wording_precedence least)
{
	const char *name = call->ref.name;
	struct wording sign;
	bool is_right;

	if (!shape->receiver)
		return false;
	if (name_starts_with(name, "unary_$") && n == 0 && sign_of(w, name + strlen("unary_"), &sign)) {
		wording_add(w, sign.text);
		wording_expr(w, shape->receiver, '?', WORDING_UNARY);
		return true;
	}
	if (n != 1 || !is_symbolic(name) || !sign_of(w, name, &sign) || idiom_is_this(w, shape->receiver))
		return false;
	if (types[0] == IDIOM_BY_NAME && is_function_class(args[0]->text ? args[0]->text : "")) {
		wording_left(w, shape->receiver, '?', idiom_precedence(*sign.text));
		wording_add(w, " ");
		wording_add(w, sign.text);
		wording_add(w, " …");
		return true;
	}
	is_right = sign.text[sign.len - 1] == ':';
	idiom_add_infix(w, is_right ? args[0] : shape->receiver, sign.text,
			is_right ? shape->receiver : args[0], idiom_precedence(*sign.text), least);
	return true;
}

/* A lazy value in a method: whether it is there already is passed along. */
static bool is_local_lazy(const struct expr *call)
{
	return strstr(call->ref.descriptor, "Lscala/runtime/VolatileByteRef;") ||
	       strstr(call->ref.descriptor, "Lscala/runtime/LazyRef;") ||
	       strstr(call->ref.descriptor, "Lscala/runtime/LazyInt;") ||
	       strstr(call->ref.descriptor, "Lscala/runtime/LazyBoolean;");
}

/* Whether a call without arguments has parentheses: by custom where it does something. */
static bool is_bare(const struct expr *call, uint16_t first)
{
	for (uint16_t i = first; i < call->n_args; i++)
		if (is_default(call->args[i]))
			return false;
	return *call->type != 'V' && !(!strcmp(call->ref.name, "next") && strstr(call->ref.owner, "Iterator"));
}

static bool say_default(struct wording *w, const struct expr *call, const struct shape *shape)
{
	const char *at = strstr(call->ref.name, "$default$");
	char name[128];

	if (!at || (size_t)(at - call->ref.name) >= sizeof(name))
		return false;
	memcpy(name, call->ref.name, (size_t)(at - call->ref.name));
	name[at - call->ref.name] = '\0';
	add_owner(w, call, shape);
	idiom_add_name(w, !strcmp(name, "$lessinit$greater") ? "this" : name);
	wording_add(w, "(default of parameter ");
	wording_add(w, at + strlen("$default$"));
	wording_add(w, ")");
	return true;
}

static bool say_call(struct wording *w, const struct expr *call, enum wording_precedence least)
{
	const struct expr *args[OPERAND_ARGS_MAX + 1];
	char types[OPERAND_ARGS_MAX + 1];
	struct shape shape;
	uint16_t n;

	if (!call->ref.owner || *call->ref.name == '<' || idiom_row_of(w->idiom, call))
		return false;
	if (is_self(w->express, call)) {
		wording_add(w, "this");
		return true;
	}
	shape = shape_of(call);
	n = idiom_arguments(w, call, shape.first, args, types);
	if (say_default(w, call, &shape) || say_apply(w, call, &shape) ||
	    say_update(w, call, &shape, args, n) || say_setter(w, call, &shape, args, n) ||
	    say_operator(w, call, &shape, args, types, n, least))
		return true;
	if (is_local_lazy(call)) {
		idiom_add_name(w, call->ref.name);
		return true;
	}
	if (name_starts_with(call->ref.name, "super$") && call->n_args > 0 && idiom_is_this(w, call->args[0])) {
		wording_add(w, "super.");
		idiom_add_name(w, call->ref.name + strlen("super$"));
	} else {
		add_owner(w, call, &shape);
		idiom_add_name(w, call->ref.name);
	}
	idiom_add_arguments(w, call, shape.first, is_bare(call, shape.first));
	return true;
}

/* ---- others ---- */

/* A tuple, a list's cell, and what wraps a value in an implicit class of the library. */
static bool say_new(struct wording *w, const struct expr *made, char wanted,
		    enum wording_precedence least)
{
	const char *name = made->text ? made->text : "";

	if (!made->is_filled)
		return false;
	if (name_starts_with(name, "scala/Tuple")) {
		idiom_add_arguments(w, made, 0, false);
		return true;
	}
	if (!strcmp(name, "scala/collection/immutable/$colon$colon") && made->n_args == 2) {
		idiom_add_infix(w, made->args[0], "::", made->args[1], WORDING_SHIFT, least);
		return true;
	}
	if (made->n_args == 1 && (name_starts_with(name, "scala/collection/immutable/StringOps") ||
				  name_starts_with(name, "scala/collection/mutable/ArrayOps") ||
				  name_starts_with(name, "scala/runtime/Rich"))) {
		wording_expr(w, made->args[0], wanted, least);
		return true;
	}
	if (!strcmp(name, "scala/Some")) {
		wording_add(w, "Some");
		idiom_add_arguments(w, made, 0, false);
		return true;
	}
	return false;
}

static void say_array(struct wording *w, const struct expr *array)
{
	if (array->is_filled) {
		wording_add(w, "Array(…)");
		return;
	}
	wording_add(w, "new Array(");
	if (array->n_args)
		wording_expr(w, array->args[0], 'I', WORDING_ANY);
	wording_add(w, ")");
}

static bool say(struct wording *w, const struct expr *expr, char wanted, enum wording_precedence least)
{
	switch (expr->kind) {
	case EXPR_CALL: return say_call(w, expr, least);
	case EXPR_NEW: return say_new(w, expr, wanted, least);
	case EXPR_ARRAY: say_array(w, expr); return true;
	case EXPR_FIELD:	/* of scala.runtime.IntRef: a var that a function changes */
		if (expr->n_args != 1 || strcmp(expr->ref.name, "elem") ||
		    !name_starts_with(expr->ref.owner, "scala/runtime/"))
			return false;
		wording_expr(w, expr->args[0], wanted, least);
		return true;
	case EXPR_INDEX:
		wording_left(w, expr->args[0], 'L', WORDING_ATOM);
		wording_add(w, "(");
		wording_expr(w, expr->args[1], 'I', WORDING_ANY);
		wording_add(w, ")");
		return true;
	case EXPR_CLASS:
		wording_add(w, "classOf[");
		if (expr->text)
			idiom_add_class(w, expr->text);
		wording_add(w, "]");
		return true;
	case EXPR_INSTANCEOF:
		wording_left(w, expr->args[0], 'L', WORDING_ATOM);
		wording_add(w, ".isInstanceOf[");
		if (expr->text)
			idiom_add_class(w, expr->text);
		wording_add(w, "]");
		return true;
	default: return false;
	}
}

const struct idiom idiom_scala = {
	.language = IDIOM_SCALA,
	.create = "new ", .lambda = "… => …",
	.same = { "eq", "ne" },
	.integers = "Int", .largest = ".MaxValue", .smallest = ".MinValue",
	.trim = trim, .is_self = is_self, .is_function_class = is_function_class, .hides = hides, .say = say,
};
