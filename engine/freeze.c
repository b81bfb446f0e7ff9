#include "engine/freeze.h"

#include <string.h>

#define BEGINNING 0xcbf29ce484222325ull		/* FNV-1a */
#define PRIME 0x100000001b3ull

static uint64_t add(uint64_t digest, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < len; i++)
		digest = (digest ^ at[i]) * PRIME;
	return digest;
}

static uint64_t add_text(uint64_t digest, const char *text)
{
	return text ? add(digest, text, strlen(text) + 1) : add(digest, "\1", 2);
}

static uint64_t add_number(uint64_t digest, uint64_t number)
{
	return add(digest, &number, sizeof(number));
}

uint64_t freeze_bytes(struct span bytes)
{
	return add(BEGINNING, bytes.bytes, bytes.len);
}

static uint64_t add_mutant(uint64_t digest, const struct mutant *mutant)
{
	digest = add_text(digest, mutant->id);
	digest = add_text(digest, mutant->operator->name);
	digest = add_text(digest, mutant->method_name);
	digest = add_text(digest, mutant->description);
	digest = add_text(digest, mutant->pit_mutator);
	digest = add_number(digest, mutant->class_number);
	digest = add_number(digest, mutant->method);
	digest = add_number(digest, mutant->line);
	digest = add_number(digest, mutant->point);
	digest = add_number(digest, mutant->infection);
	digest = add_number(digest, mutant->body);
	return add(digest, mutant->pcs, mutant->n_pcs * sizeof(*mutant->pcs));
}

uint64_t freeze_plan(const struct plan *plan)
{
	uint64_t digest = add_number(BEGINNING, plan->n_classes);

	for (uint32_t i = 0; i < plan->n_classes; i++) {
		const struct plan_class *class = &plan->classes[i];

		digest = add_text(digest, class->display_name);
		digest = add(digest, class->class->bytes.bytes, class->class->bytes.len);
		digest = add_number(digest, class->first_mutant);
		digest = add_number(digest, class->n_mutants);
	}
	for (uint32_t i = 0; i < plan->n_mutants; i++)
		digest = add_mutant(digest, &plan->mutants[i]);
	return digest;
}
