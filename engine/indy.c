#include "engine/indy.h"

#include <string.h>

#include "classfile/reader.h"
#include "engine/idiom.h"

#define RECIPE_ARGUMENT 1	/* StringConcatFactory */
#define RECIPE_CONSTANT 2

struct bootstrap {
	uint16_t n_args;
	struct span args;	/* u2 each */
};

static bool find_bootstrap(const struct class *class, uint16_t index,
			   struct bootstrap *ret)
{
	const struct attribute *attribute =
		attributes_find(&class->attributes, "BootstrapMethods");
	struct err err = ERR_INIT;
	struct reader r;
	uint16_t n;

	if (!attribute)
		return false;
	reader_init(&r, attribute->bytes, class->what, &err);
	n = reader_u2(&r);
	if (index >= n)
		return false;
	for (uint16_t i = 0; ; i++) {
		reader_u2(&r);
		ret->n_args = reader_u2(&r);
		ret->args = reader_span(&r, ret->n_args * (size_t)2);
		if (r.failed)
			return false;
		if (i == index)
			return true;
	}
}

static uint16_t argument(const struct bootstrap *bootstrap, uint16_t i)
{
	const uint8_t *at = bootstrap->args.bytes + i * 2;

	return (uint16_t)(at[0] << 8 | at[1]);
}

static struct expr *make(struct express *express, enum expr_kind kind,
			 uint32_t number)
{
	struct expr *expr = ARENA_NEW(express->arena, struct expr);

	expr->kind = kind;
	expr->number = expr->first = number;
	return expr;
}

static struct expr *append(struct express *express, struct expr *before,
			   struct expr *operand, uint32_t number)
{
	struct expr *expr = make(express, EXPR_CONCAT, number);

	expr->args = ARENA_NEW_N(express->arena, struct expr *, 2);
	expr->args[0] = before;
	expr->args[1] = operand;
	expr->n_args = 2;
	return expr;
}

static struct expr *literal(struct express *express, const char *text,
			    size_t len, uint32_t number)
{
	struct expr *expr = make(express, EXPR_STRING, number);

	expr->text = text;
	expr->text_len = (uint32_t)len;
	return expr;
}

/* A recipe: text with \1 for each argument and \2 for each constant. */
static struct expr *concatenation(struct express *express, uint32_t number,
				  const char *recipe, struct expr **args,
				  uint16_t n_args)
{
	static const char marks[] = { RECIPE_ARGUMENT, RECIPE_CONSTANT, 0 };
	struct expr *expr = NULL;
	uint16_t next = 0;

	while (*recipe) {
		size_t len = strcspn(recipe, marks);
		struct expr *operand;

		if (len > 0) {
			operand = literal(express, recipe, len, number);
			recipe += len;
		} else if (*recipe++ == RECIPE_ARGUMENT && next < n_args) {
			operand = args[next++];
		} else {
			operand = make(express, EXPR_UNKNOWN, number);
		}
		expr = append(express, expr, operand, number);
	}
	if (!expr)
		return make(express, EXPR_UNKNOWN, number);
	expr->is_filled = true;
	return expr;
}

/* The method that constant `index`, if it is a handle, refers to. */
static bool find_handle(const struct class *class, uint16_t index, struct member_ref *ret)
{
	const struct constant *handle;

	if (index >= class->n_constants)
		return false;
	handle = &class->constants[index];
	if (handle->tag != CONSTANT_METHOD_HANDLE || handle->bytes.len < 3)
		return false;
	index = (uint16_t)(handle->bytes.bytes[1] << 8 | handle->bytes.bytes[2]);
	return class_member_ref_at(class, index, ret);
}

uint16_t indy_handles(const struct class *class, const struct member_ref *indy,
		      struct member_ref *ret, uint16_t max)
{
	struct bootstrap bootstrap;
	uint16_t n = 0;

	if (!find_bootstrap(class, indy->bootstrap, &bootstrap))
		return 0;
	for (uint16_t i = 0; i < bootstrap.n_args && n < max; i++)
		if (find_handle(class, argument(&bootstrap, i), &ret[n]))
			n++;
	return n;
}

/* LambdaMetafactory's second argument is a handle of the body. */
static struct expr *lambda(struct express *express, uint32_t number,
			   const struct bootstrap *bootstrap,
			   struct expr **args, uint16_t n_args)
{
	const struct class *class = express->class;
	struct expr *expr = make(express, EXPR_UNKNOWN, number);

	if (!find_handle(class, argument(bootstrap, 1), &expr->ref))
		return expr;
	expr->kind = EXPR_LAMBDA;
	expr->args = arena_memdup(express->arena, args, n_args * sizeof(*args));
	expr->n_args = n_args;
	return expr;
}

/* Groovy's bootstrap is given a name and flags. */
static struct expr *dynamic(struct express *express, uint32_t number, const struct member_ref *ref,
			    const struct bootstrap *bootstrap, struct expr **args, uint16_t n_args)
{
	struct expr *expr = make(express, EXPR_UNKNOWN, number);
	const char *name = class_string_at(express->class, argument(bootstrap, 0));

	if (!name || n_args == 0)
		return expr;
	expr->kind = EXPR_DYNAMIC;
	expr->text = ref->name;
	expr->ref = (struct member_ref){ .owner = "", .name = name, .descriptor = ref->descriptor };
	expr->args = arena_memdup(express->arena, args, n_args * sizeof(*args));
	expr->n_args = n_args;
	return expr;
}

struct expr *indy_expression(struct express *express, uint32_t number,
			     const struct member_ref *ref, struct expr **args,
			     uint16_t n_args)
{
	struct bootstrap bootstrap;
	const char *recipe;

	if (!find_bootstrap(express->class, ref->bootstrap, &bootstrap))
		return make(express, EXPR_UNKNOWN, number);
	if (!strcmp(ref->name, "makeConcatWithConstants") &&
	    bootstrap.n_args >= 1) {
		recipe = class_string_at(express->class, argument(&bootstrap, 0));
		if (recipe)
			return concatenation(express, number, recipe, args,
					     n_args);
	}
	if (bootstrap.n_args == 2 && express->idiom == &idiom_groovy)
		return dynamic(express, number, ref, &bootstrap, args, n_args);
	if (bootstrap.n_args >= 3)
		return lambda(express, number, &bootstrap, args, n_args);
	return make(express, EXPR_UNKNOWN, number);
}
