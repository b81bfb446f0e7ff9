#include "proof/equivalent.h"

#include "proof/agree.h"
#include "proof/caller.h"

typedef bool holds(const struct plan *plan, const struct mutant *mutant, struct arena *arena);

static const struct row {
	const char *name;
	holds *holds;		/* NULL: a proof */
	unsigned assumes;
	double confidence;
	const char *says;
} rows[] = {
#define proof NULL
#define EQUIVALENT(name, holds, assumes, confidence, says) \
	{ name, holds, assumes, confidence, says },
#include "proof/equivalents.def"
#undef EQUIVALENT
#undef proof
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))
#define ASSUME_ALL (ASSUME_CONTRACTS | ASSUME_EMPTY | ASSUME_LIBRARY | ASSUME_CAPACITY)

/* From the mutated instruction itself, else from before it. */
static bool proves_at(const struct scene *scene, const struct loops *loops,
		      const struct entry *entry, uint32_t insn)
{
	uint32_t before;
	struct entry region;

	if (agree_from(scene, entry))
		return true;
	before = loops_region(loops, insn);
	return before != INSN_NONE && entry_find(scene, &before, 1, &region) &&
	       agree_region(scene, loops, &region, insn);
}

static bool proves(const struct plan *plan, const struct mutant *mutant,
		   const struct code *code, struct arena *arena, unsigned assumptions)
{
	const struct class *class = plan->classes[mutant->class_number].class;
	struct entry *entries = ARENA_NEW_N(arena, struct entry, mutant->n_pcs);
	uint32_t *insns = ARENA_NEW_N(arena, uint32_t, mutant->n_pcs);
	struct terms terms;
	struct scene scene;
	struct loops loops;

	term_init(&terms, arena);
	if (!scene_init(&scene, &terms, class, &class->methods[mutant->method], code) ||
	    !loops_find(&loops, &scene))
		return false;
	scene.mutant = mutant;
	scene.assumptions = assumptions;
	for (uint16_t i = 0; i < mutant->n_pcs; i++)
		insns[i] = code->insn_at[mutant->pcs[i]];
	if (!entry_find(&scene, insns, mutant->n_pcs, entries))
		return false;
	for (uint16_t i = 0; i < mutant->n_pcs; i++)
		if (!proves_at(&scene, &loops, &entries[i], insns[i]))
			return false;
	return true;
}

struct equivalent equivalent_judge(const struct plan *plan, const struct mutant *mutant,
				   struct arena *arena)
{
	const struct class *class = plan->classes[mutant->class_number].class;
	struct equivalent ret = { 0, NULL, NULL };
	struct err err = ERR_INIT;
	struct code *code;
	bool any;

	if (code_parse(arena, class, &class->methods[mutant->method], &code, &err) != ERR_OK)
		return ret;
	/* Most have no proof at all: asked first, with everything allowed. */
	any = proves(plan, mutant, code, arena, ASSUME_ALL);
	for (size_t i = 0; i < N_ROWS; i++) {
		const struct row *row = &rows[i];

		if (row->confidence <= ret.confidence)
			continue;
		if (row->holds ? !row->holds(plan, mutant, arena)
			       : !any || !proves(plan, mutant, code, arena, row->assumes))
			continue;
		ret = (struct equivalent){ row->confidence, row->name, row->says };
	}
	return ret;
}
