#include <ctype.h>
#include <string.h>

#include "engine/idiom.h"
#include "engine/operand.h"
#include "engine/wording_text.h"
#include "util/name.h"

/* ---- names ---- */

/* $this$shout, this$0, $this, this_$iv: what a function is called on or written in. */
static bool is_self_name(const char *name)
{
	return name_starts_with(name, "$this") || name_starts_with(name, "this$") || name_starts_with(name, "this_$");
}

static bool is_self(const struct express *express, const struct expr *expr)
{
	const struct local_entry *entry;

	if (expr->kind == EXPR_FIELD)
		return expr->n_args == 1 && is_self_name(expr->ref.name);
	entry = expr->kind == EXPR_LOCAL ? code_local(express->code, expr->pc, expr->index) : NULL;
	return entry && is_self_name(entry->name);
}

/* $captured, inlined$iv, price-3Q2MFMI, async$default, access$items, label$delegate. */
static void trim(const char **name, size_t *len)
{
	const char *start = *name, *end;

	if (name_starts_with(start, "access$"))
		start += strlen("access$");
	if (*start == '$' && start[1])
		start++;
	end = start + strcspn(start, "$\\");
	if (memchr(start, '-', (size_t)(end - start)) > (const void *)start)
		end = memchr(start, '-', (size_t)(end - start));
	if (end > start) {
		*name = start;
		*len = (size_t)(end - start);
	}
}

/* shop/Cart$apply$1: what is written in place has a number. */
static bool is_function_class(const char *name)
{
	const char *dollar = strrchr(name, '$');

	return dollar && dollar[1] && strspn(dollar + 1, "0123456789") == strlen(dollar + 1);
}

static bool hides(const struct expr *arg, const char *type, bool is_last)
{
	(void)arg;
	return is_last && (name_starts_with(type, "Lkotlin/coroutines/Continuation;") ||
			   name_starts_with(type, "Lkotlin/jvm/internal/DefaultConstructorMarker;"));
}

/* ---- functions of files and extensions ---- */

static bool is_file_class(const char *owner)
{
	return name_ends_with(owner, "Kt") || strstr(owner, "Kt__");
}

/* Of Kotlin's own libraries nearly all are extensions. */
static bool is_library_extension(const struct expr *call)
{
	static const char *const others[] = {
		"listOf", "mutableListOf", "arrayListOf", "emptyList", "listOfNotNull", "setOf", "mutableSetOf",
		"hashSetOf", "linkedSetOf", "emptySet", "mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf",
		"sortedMapOf", "emptyMap", "sequenceOf", "sequence", "iterator", "emptySequence",
		"generateSequence", "maxOf", "minOf", "println", "print", "readLine", "lazy", "lazyOf",
		"compareValues", "compareBy", "compareByDescending", "runBlocking", "withContext", "delay",
		"coroutineScope", "supervisorScope", "withTimeout", "withTimeoutOrNull", "flow", "flowOf",
		"emptyFlow", "channelFlow", "callbackFlow", "buildString", "buildList", "buildMap", "to",
		"createFailure", "yield", "assertEquals", "assertTrue", NULL,
	};

	return (name_starts_with(call->ref.owner, "kotlin/") || name_starts_with(call->ref.owner, "kotlinx/")) &&
	       !name_is_one_of(call->ref.name, others) && call->n_args > 0;
}

/* getName for name, isOpen for isOpen. Set in `ret`, which has room for the name. */
static bool property_name(const char *method, char *ret, size_t size)
{
	size_t len = strlen(method);

	if (len < 4 || len - 2 > size || strncmp(method, "get", 3) || !isupper((unsigned char)method[3]))
		return false;
	memcpy(ret, method + 3, len - 2);
	for (size_t i = 0; isupper((unsigned char)ret[i]); i++) {	/* getURLPath for urlPath, getURL for url */
		if (i > 0 && ret[i + 1] && !isupper((unsigned char)ret[i + 1]))
			break;
		ret[i] = (char)tolower((unsigned char)ret[i]);
	}
	return true;
}

/* The function's own table of variables has "$this$shout" where it is an extension. */
static bool is_own_extension(const struct express *express, const struct expr *call)
{
	const struct class *class = express->class;
	char property[128];
	bool has_property = call->n_args == 1 && property_name(call->ref.name, property, sizeof(property));

	if (strcmp(call->ref.owner, class->name) || call->n_args == 0)
		return false;
	for (uint16_t i = 1; i < class->n_constants; i++) {
		const char *text = class_utf8(class, i);

		if (text && name_starts_with(text, "$this$") &&
		    (!strcmp(text + strlen("$this$"), call->ref.name) ||
		     (has_property && !strcmp(text + strlen("$this$"), property))))
			return true;
	}
	return false;
}

/* A method of a value class, which gets the value that it is of. */
static bool is_of_value(const struct expr *call)
{
	return call->n_args > 0 && strchr(call->ref.name, '-') && !is_file_class(call->ref.owner) &&
	       !name_starts_with(call->ref.name, "constructor-") && !name_starts_with(call->ref.name, "box-");
}

static bool has_receiver_argument(const struct wording *w, const struct expr *call)
{
	if (is_of_value(call))
		return true;
	return is_file_class(call->ref.owner) &&
	       (is_library_extension(call) || is_own_extension(w->express, call));
}

/* ---- calls ---- */

/* f$default(x, a, 0, mask, null): the call without what the mask says is left out.
 * Arguments of the result are in the express's arena. */
static bool without_defaults(const struct wording *w, const struct expr *call, struct expr *ret)
{
	uint16_t n = call->n_args, kept = 0, receivers;
	const struct expr *mask;

	if (!name_ends_with(call->ref.name, "$default") || n < 3 || call->opcode != OPC_invokestatic)
		return false;
	mask = call->args[n - 2];
	if (mask->kind != EXPR_NUMBER)
		return false;
	*ret = *call;
	ret->args = ARENA_NEW_N(w->express->arena, struct expr *, n);
	ret->ref.name = arena_strndup(w->express->arena, call->ref.name, strlen(call->ref.name) - strlen("$default"));
	receivers = !is_file_class(call->ref.owner) || has_receiver_argument(w, ret);
	for (uint16_t i = 0; i + 2 < n; i++)
		if (i < receivers || !(mask->bits >> (i - receivers) & 1))
			ret->args[kept++] = call->args[i];
	ret->n_args = kept;
	return true;
}

/* The arguments of what is left, whose types are not told by their number. */
static void add_kept(struct wording *w, const struct expr *call, uint16_t first)
{
	struct expr kept = *call;

	kept.ref.descriptor = "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;"
			      "Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)V";
	kept.opcode = OPC_invokestatic;
	idiom_add_arguments(w, &kept, first, false);
}

static bool say_default(struct wording *w, const struct expr *call)
{
	struct expr kept;
	uint16_t first;

	if (!without_defaults(w, call, &kept))
		return false;
	first = kept.n_args > 0 && (!is_file_class(call->ref.owner) || has_receiver_argument(w, &kept));
	if (first)
		idiom_add_receiver(w, kept.args[0]);
	idiom_add_name(w, kept.ref.name);
	add_kept(w, &kept, first);
	return true;
}

/* Whether the class at hand has it as a function: Kotlin would have called it so. */
static bool is_function_here(const struct express *express, const struct expr *call, const char *property)
{
	const struct class *class = express->class;

	if (strcmp(call->ref.owner, class->name))
		return false;
	for (uint16_t i = 1; i < class->n_constants; i++) {
		const char *text = class_utf8(class, i);

		if (text && !strcmp(text, property))
			return false;
	}
	return true;
}

static bool say_property(struct wording *w, const struct expr *call)
{
	const char *name = call->ref.name, *dash = strchr(name, '-');
	char property[128];
	bool is_is = name_starts_with(name, "is") && isupper((unsigned char)name[2]) && !dash &&
		     descriptor_return(call->ref.descriptor).kind == 'Z';

	if (call->n_args != 1 || call->opcode == OPC_invokestatic)
		return false;
	if (is_is && !name_starts_with(call->ref.owner, "java/")) {
		strcpy(property, "");
		if (strlen(name) < sizeof(property))
			strcpy(property, name);
	} else if (is_is || !property_name(name, property, sizeof(property))) {
		return false;
	}
	if (!*property || is_function_here(w->express, call, property))
		return false;
	idiom_add_receiver(w, call->args[0]);
	idiom_add_name(w, property);
	return true;
}

static bool say_setter(struct wording *w, const struct expr *call)
{
	char getter[128], property[128];

	if (call->n_args != 2 || call->opcode == OPC_invokestatic || strlen(call->ref.name) >= sizeof(getter) ||
	    !name_starts_with(call->ref.name, "set") || *call->type != 'V')
		return false;
	strcpy(getter, call->ref.name);
	*getter = 'g';
	if (!property_name(getter, property, sizeof(property)) || is_function_here(w->express, call, property))
		return false;
	idiom_add_receiver(w, call->args[0]);
	idiom_add_name(w, property);
	wording_add(w, " = ");
	wording_expr(w, call->args[1], '?', WORDING_ANY);
	return true;
}

/* Functions of Kotlin's classes that have a sign. */
static bool say_operator(struct wording *w, const struct expr *call, enum wording_precedence least)
{
	static const struct { const char *name, *sign; } signs[] = {
		{ "plus", "+" }, { "minus", "-" }, { "times", "*" }, { "div", "/" }, { "rem", "%" },
	};
	size_t len = strcspn(call->ref.name, "-");

	if (call->n_args != 2 || name_starts_with(call->ref.owner, "java/") ||
	    (call->opcode == OPC_invokestatic && !has_receiver_argument(w, call)) ||
	    (call->opcode != OPC_invokestatic && idiom_is_this(w, call->args[0])))
		return false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strlen(signs[i].name) == len && !strncmp(signs[i].name, call->ref.name, len)) {
			idiom_add_infix(w, call->args[0], signs[i].sign, call->args[1],
					idiom_precedence(*signs[i].sign), least);
			return true;
		}
	return false;
}

/* f.invoke(x) is f(x). */
static bool say_invocation(struct wording *w, const struct expr *call)
{
	if (strcmp(call->ref.name, "invoke") || !name_starts_with(call->ref.owner, "kotlin/jvm/functions/Function"))
		return false;
	wording_left(w, call->args[0], 'L', WORDING_ATOM);
	idiom_add_arguments(w, call, 0, false);
	return true;
}

static bool say_text(struct wording *w, const struct expr *call)
{
	bool up = !strcmp(call->ref.name, "toUpperCase");

	if (strcmp(call->ref.owner, "java/lang/String") || call->n_args != 2 ||
	    (!up && strcmp(call->ref.name, "toLowerCase")) || call->args[1]->kind != EXPR_FIELD ||
	    strcmp(call->args[1]->ref.name, "ROOT"))
		return false;
	idiom_add_receiver(w, call->args[0]);
	wording_add(w, up ? "uppercase()" : "lowercase()");
	return true;
}

static bool say_static(struct wording *w, const struct expr *call)
{
	const char *owner = call->ref.owner;
	uint16_t first = has_receiver_argument(w, call);
	char property[128];

	if (call->opcode != OPC_invokestatic)
		return false;
	if (first && call->n_args == 1 && is_file_class(owner) &&
	    property_name(call->ref.name, property, sizeof(property))) {
		idiom_add_receiver(w, call->args[0]);
		idiom_add_name(w, property);
		return true;
	}
	if (name_starts_with(call->ref.name, "constructor-") || name_starts_with(call->ref.name, "box-")) {
		idiom_add_class(w, owner);
	} else {
		if (first)
			idiom_add_receiver(w, call->args[0]);
		else if (!is_file_class(owner) && strcmp(owner, w->express->class->name)) {
			idiom_add_class(w, owner);
			wording_add(w, ".");
		}
		idiom_add_name(w, call->ref.name);
	}
	idiom_add_arguments(w, call, first, false);
	return true;
}

/* ((Number) x).intValue() of a value whose type is a parameter; x.toInt() has no cast. */
static bool is_unboxing(const struct expr *call)
{
	return !strcmp(call->ref.owner, "java/lang/Number") && call->args[0]->kind == EXPR_CAST &&
	       name_ends_with(call->ref.name, "Value");
}

static bool say_call(struct wording *w, const struct expr *call, enum wording_precedence least)
{
	if (!call->ref.owner || *call->ref.name == '<' || (idiom_row_of(w->idiom, call) && !is_unboxing(call)))
		return false;
	if (is_unboxing(call) || (name_starts_with(call->ref.name, "unbox-") && call->n_args == 1)) {
		wording_expr(w, call->args[0], '?', least);
		return true;
	}
	if (say_default(w, call) || say_invocation(w, call) || say_text(w, call) || say_property(w, call) ||
	    say_setter(w, call) || say_operator(w, call, least) || say_static(w, call))
		return true;
	if (call->opcode == OPC_invokespecial && strcmp(call->ref.owner, w->express->class->name))
		wording_add(w, "super.");
	else
		idiom_add_receiver(w, call->args[0]);
	idiom_add_name(w, call->ref.name);
	idiom_add_arguments(w, call, 0, false);
	return true;
}

/* ---- others ---- */

/* What a coroutine kept in I$0 while it waited; Ref.IntRef.element. */
static bool say_field(struct wording *w, const struct expr *field, char wanted,
		      enum wording_precedence least)
{
	const char *name = field->ref.name;

	if (field->n_args == 1 && strchr("LIJFDZCSB", *name) && name[1] == '$' && isdigit((unsigned char)name[2])) {
		wording_add(w, "…");
		return true;
	}
	if (field->n_args == 1 && name_starts_with(field->ref.owner, "kotlin/jvm/internal/Ref$")) {
		wording_expr(w, field->args[0], wanted, least);
		return true;
	}
	return false;
}

static bool say_bits(struct wording *w, const struct expr *expr, enum wording_precedence least)
{
	static const char *const names[] = { "shl", "shr", "ushr", "and", "or", "xor" };

	if (expr->opcode < OPC_ishl || expr->opcode > OPC_lxor || (expr->type && *expr->type == 'Z'))
		return false;
	idiom_add_infix(w, expr->args[0], names[(expr->opcode - OPC_ishl) / 2], expr->args[1], WORDING_SHIFT, least);
	return true;
}

static bool say_array(struct wording *w, const struct expr *array)
{
	static const char letters[] = "ZBCSIJFD";
	static const char *const names[] = { "Boolean", "Byte", "Char", "Short", "Int", "Long", "Float", "Double" };
	const char *at = array->type && array->type[1] ? strchr(letters, array->type[1]) : NULL;

	if (array->opcode == OPC_multianewarray)
		return false;
	if (array->is_filled || !at) {
		wording_add(w, array->is_filled ? "arrayOf(…)" : "arrayOfNulls(");
		if (array->is_filled)
			return true;
	} else {
		wording_add(w, names[at - letters]);
		wording_add(w, "Array(");
	}
	if (array->n_args)
		wording_expr(w, array->args[0], 'I', WORDING_ANY);
	wording_add(w, ")");
	return true;
}

/* The value of a value class, in its own methods. */
static bool say_value(struct wording *w, const struct expr *local)
{
	const struct local_entry *entry = code_local(w->express->code, local->pc, local->index);
	const struct class *class = w->express->class;

	if (!entry || strcmp(entry->name, "arg0") || local->index != 0)
		return false;
	for (uint16_t i = 0; i < class->n_fields; i++)
		if (!(class->fields[i].access & ACCESS_STATIC)) {
			idiom_add_name(w, class->fields[i].name);
			return true;
		}
	return false;
}

static bool say(struct wording *w, const struct expr *expr, char wanted, enum wording_precedence least)
{
	switch (expr->kind) {
	case EXPR_CALL: return say_call(w, expr, least);
	case EXPR_FIELD: return say_field(w, expr, wanted, least);
	case EXPR_LOCAL: return say_value(w, expr);
	case EXPR_ARRAY: return say_array(w, expr);
	case EXPR_BINARY: return say_bits(w, expr, least);
	case EXPR_LENGTH:
		idiom_add_receiver(w, expr->args[0]);
		wording_add(w, "size");
		return true;
	case EXPR_CLASS:
		if (expr->text)
			idiom_add_class(w, expr->text);
		wording_add(w, "::class");
		return true;
	case EXPR_INSTANCEOF:
		if (least > WORDING_RELATION)
			wording_add(w, "(");
		wording_expr(w, expr->args[0], 'L', WORDING_RELATION);
		wording_add(w, " is ");
		if (expr->text)
			idiom_add_class(w, expr->text);
		if (least > WORDING_RELATION)
			wording_add(w, ")");
		return true;
	default: return false;
	}
}

const struct idiom idiom_kotlin = {
	.language = IDIOM_KOTLIN,
	.create = "", .lambda = "{ … }",
	.same = { "===", "!==" },
	.integers = "Int", .largest = ".MAX_VALUE", .smallest = ".MIN_VALUE",
	.has_steps = true, .has_trailing = true,
	.trim = trim, .is_self = is_self, .is_function_class = is_function_class, .hides = hides, .say = say,
};
