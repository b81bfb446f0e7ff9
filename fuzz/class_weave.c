/* The last byte says which mutants are planned; the rest is a class. What a
 * mutant makes of it, with a loop budget and without, what probes and
 * what records in tests make of it must be classes again, every method of which can be read if it could be before,
 * and its types found if they could be before. */
#include "engine/budget.h"
#include "engine/mutate.h"
#include "engine/probe.h"
#include "fuzz/class_target.h"
#include "oracle/observe.h"
#include "util/die.h"

#define MUTANTS_MAX 48	/* of one input, spread over the class */

struct before {			/* by method: */
	const bool *was_read;
	const bool *had_frames;
};

static struct plan_settings choose(uint8_t byte)
{
	struct plan_settings settings = plan_default_settings();
	uint64_t all;

	if (!operator_select("all", &all))
		BUG("no operators");
	if (byte & 1)
		settings.operators = all;
	if (byte & 2)
		settings.operators |= OPERATORS_PIT;
	if (byte & 4)
		settings.filters = 0;
	return settings;
}

static struct before look(struct arena *arena, const struct class *class)
{
	bool *was_read = ARENA_NEW_N(arena, bool, class->n_methods);
	bool *had_frames = ARENA_NEW_N(arena, bool, class->n_methods);
	struct code *code;

	for (uint16_t i = 0; i < class->n_methods; i++) {
		had_frames[i] = class_target_read(arena, class, i, &code) == ERR_OK;
		was_read[i] = code != NULL;
	}
	return (struct before){ was_read, had_frames };
}

static void check(struct span bytes, const struct before *before, const char *what)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	struct code *code;

	if (class_parse(&arena, bytes, what, &class, &err) != ERR_OK)
		BUG("%s: %s", what, err.text);
	for (uint16_t i = 0; i < class->n_methods; i++) {
		enum err_code result = class_target_read(&arena, class, i, &code);

		if (before->was_read[i] && !code)
			BUG("%s: method %u cannot be read", what, i);
		if (before->had_frames[i] && result == ERR_FORMAT)
			BUG("%s: method %u has no frames", what, i);
	}
	arena_release(&arena);
}

static void weave_mutant(const struct plan *plan, const struct mutant *mutant,
			 uint16_t budgeted, const struct before *before)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span bytes;

	if (mutate_class(plan, mutant, &arena, &bytes, &err) == ERR_OK) {
		check(bytes, before, mutant->id);
		if (budget_class(plan, 0, budgeted, bytes, &arena, &bytes, &err) == ERR_OK)
			check(bytes, before, "budget");
	}
	arena_release(&arena);
}

static void weave_all(const struct plan *plan, struct arena *arena)
{
	uint32_t step = plan->n_mutants / MUTANTS_MAX + 1;
	struct before before = look(arena, plan->classes[0].class);
	bool *unprobed = ARENA_NEW_N(arena, bool, plan->n_points + 1u);
	struct err err = ERR_INIT;
	struct span bytes;

	for (uint32_t i = 0; i < plan->n_mutants; i += step)
		weave_mutant(plan, &plan->mutants[i],
			     i % 2 ? BUDGET_BODIES : plan->mutants[i].method, &before);
	if (probe_class(plan, 0, arena, unprobed, &bytes, &err) == ERR_OK)
		check(bytes, &before, "probes");
}

/* As a test of itself. */
static void observe_all(const struct plan *plan, struct arena *arena)
{
	const struct class *class = plan->classes[0].class;
	struct before before = look(arena, class);
	struct known *known = known_new(arena);
	struct err err = ERR_INIT;
	struct span bytes;

	known_add(known, class, false);
	if (observe_class(observe_new(arena, known), class, arena, &bytes, &err) == ERR_OK)
		check(bytes, &before, "observed");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct plan_settings settings;
	struct err err = ERR_INIT;
	struct plan plan;

	if (!len || len > CLASS_INPUT_MAX)
		return 0;
	len--;
	settings = choose(bytes[len]);
	plan_init(&plan, &arena, &settings);
	if (plan_class(&plan, (struct span){ bytes, len }, "fuzz", &err) == ERR_OK) {
		plan_finish(&plan);
		weave_all(&plan, &arena);
		observe_all(&plan, &arena);
	}
	arena_release(&arena);
	return 0;
}
