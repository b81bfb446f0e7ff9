#include "engine/mutate.h"

#include <string.h>

#include "operators/edit.h"

/* max_stack, max_locals and code_length stand before the code itself. */
#define CODE_HEADER 8

static const uint8_t *code_of(const struct class *class, uint16_t method)
{
	return class->methods[method].code->bytes.bytes + CODE_HEADER;
}

static struct span patched(const struct class *class,
			   const struct mutant *mutant, struct arena *arena)
{
	uint8_t *copy = arena_memdup(arena, class->bytes.bytes,
				     class->bytes.len);
	size_t code = (size_t)(code_of(class, mutant->method) -
			       class->bytes.bytes);

	for (unsigned i = 0; i < mutant->n_pcs; i++)
		edit_patch(mutant->operator, copy + code + mutant->pcs[i]);
	return (struct span){ copy, class->bytes.len };
}

static enum err_code rewritten(const struct class *class,
			       const struct mutant *mutant,
			       struct arena *arena, struct span *ret,
			       struct err *err)
{
	struct rewrite *rewrite = rewrite_start(arena, class);
	const uint8_t *code = code_of(class, mutant->method);

	for (unsigned i = 0; i < mutant->n_pcs; i++)
		edit_insert(mutant->operator, class, mutant->method,
			    mutant->pcs[i], code + mutant->pcs[i], rewrite);
	return rewrite_finish(rewrite, arena, NULL, ret, err);
}

enum err_code mutate_class(const struct plan *plan, const struct mutant *mutant,
			   struct arena *arena, struct span *ret,
			   struct err *err)
{
	const struct class *class = plan->classes[mutant->class_number].class;
	struct span bytes;

	if (edit_is_in_place(mutant->operator))
		bytes = patched(class, mutant, arena);
	else
		TRY(rewritten(class, mutant, arena, &bytes, err));
	if (span_equal(bytes, class->bytes))
		return err_set(err, ERR_LIMIT, "%s: equal to the original",
			       mutant->id);
	*ret = bytes;
	return ERR_OK;
}
