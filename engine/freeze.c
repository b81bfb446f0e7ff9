#include "engine/freeze.h"

#include "util/fnv.h"

static uint64_t add_text(uint64_t digest, const char *text)
{
	return text ? fnv_text(digest, text) : fnv_text(digest, "\1");
}

static uint64_t add_number(uint64_t digest, uint64_t number)
{
	return fnv_bytes(digest, &number, sizeof(number));
}

uint64_t freeze_bytes(struct span bytes)
{
	return fnv_bytes(FNV_BASIS, bytes.bytes, bytes.len);
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
	digest = add_number(digest, mutant->propagation);
	digest = add_number(digest, mutant->body);
	return fnv_bytes(digest, mutant->pcs, mutant->n_pcs * sizeof(*mutant->pcs));
}

uint64_t freeze_plan(const struct plan *plan)
{
	uint64_t digest = add_number(FNV_BASIS, plan->n_classes);

	for (uint32_t i = 0; i < plan->n_classes; i++) {
		const struct plan_class *class = &plan->classes[i];

		digest = add_text(digest, class->display_name);
		digest = fnv_bytes(digest, class->class->bytes.bytes, class->class->bytes.len);
		digest = add_number(digest, class->first_mutant);
		digest = add_number(digest, class->n_mutants);
	}
	for (uint32_t i = 0; i < plan->n_mutants; i++)
		digest = add_mutant(digest, &plan->mutants[i]);
	return digest;
}
