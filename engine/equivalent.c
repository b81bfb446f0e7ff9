#include "engine/equivalent.h"

#include "engine/agree.h"

static const struct row {
	const char *name;
	unsigned assumes;
	double confidence;
	const char *says;
} rows[] = {
#define EQUIVALENT(name, assumes, confidence, says) { name, assumes, confidence, says },
#include "engine/equivalents.def"
#undef EQUIVALENT
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))

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
	       agree_region(scene, loops, &region);
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

	if (code_parse(arena, class, &class->methods[mutant->method], &code, &err) != ERR_OK)
		return ret;
	if (!proves(plan, mutant, code, arena, rows[N_ROWS - 1].assumes))
		return ret;
	for (size_t i = 0; i < N_ROWS; i++) {
		if (i < N_ROWS - 1 && !proves(plan, mutant, code, arena, rows[i].assumes))
			continue;
		ret.confidence = rows[i].confidence;
		ret.rule = rows[i].name;
		ret.says = rows[i].says;
		break;
	}
	return ret;
}
