#include "proof/agree.h"

#define STEPS_MAX 3000
#define SPLITS_MAX 40		/* one inside the other */
#define FEW 4			/* numbers tried one after the other */
#define NORMAL_DEPTH 40
#define NORMAL_BUDGET 20000

struct walk {
	const struct scene *scene;
	const struct loops *loops;	/* only where it starts before the instruction */
	uint32_t target;		/* that instruction */
	uint32_t steps;		/* left */
	uint32_t normal;	/* left for comparing */
};

struct pair {
	struct machine original, mutated;
	const struct fact *shared;
};

/* ---- the same state ---- */

static bool is_same(struct walk *walk, const struct fact *shared, const struct term *a,
		    const struct term *b)
{
	struct facts facts = { shared, NULL };

	if (a == b)
		return true;
	if (!a || !b || a->type != b->type)
		return false;
	a = fact_normal(walk->scene->terms, &facts, a, NORMAL_DEPTH, &walk->normal);
	return a == fact_normal(walk->scene->terms, &facts, b, NORMAL_DEPTH, &walk->normal);
}

static bool is_same_state(struct walk *walk, const struct pair *pair)
{
	const struct machine *a = &pair->original, *b = &pair->mutated;

	if (a->is_done || b->is_done)
		return a->is_done && b->is_done &&
		       is_same(walk, pair->shared, a->trace, b->trace);
	if (a->at != b->at || a->next_case != b->next_case || a->n_stack != b->n_stack ||
	    !is_same(walk, pair->shared, a->trace, b->trace))
		return false;
	for (uint16_t i = 0; i < a->n_stack; i++)
		if (!is_same(walk, pair->shared, a->stack[i], b->stack[i]))
			return false;
	for (uint16_t i = 0; i < walk->scene->code->max_locals; i++)
		if (scene_is_live(walk->scene, a->at, i) &&
		    !is_same(walk, pair->shared, a->locals[i], b->locals[i]))
			return false;
	return true;
}

/* ---- both ways ---- */

static bool agree(struct walk *walk, struct pair *pair, unsigned depth);

static bool agree_split(struct walk *walk, const struct pair *pair, bool is_mutated,
			const struct split *split, unsigned depth)
{
	if (depth >= SPLITS_MAX)
		return false;
	for (unsigned taken = 0; taken < 2; taken++) {
		unsigned relations = taken ? split->relations : RELATION_ANY & ~split->relations;
		struct pair copy = *pair;
		struct facts facts = { pair->shared, NULL };

		if (!(fact_relations(&facts, split->a, split->b) & relations))
			continue;
		copy.original = machine_copy(walk->scene, &pair->original);
		copy.mutated = machine_copy(walk->scene, &pair->mutated);
		fact_add(walk->scene->terms, &copy.shared, split->a, split->b, relations);
		machine_branch(is_mutated ? &copy.mutated : &copy.original, split, taken);
		if (!agree(walk, &copy, depth + 1))
			return false;
	}
	return true;
}

/* The one that is behind goes next, so that they meet where ways join. */
static bool mutated_goes(const struct walk *walk, const struct pair *pair)
{
	if (pair->original.is_done || pair->mutated.is_done)
		return pair->original.is_done;
	return walk->scene->order[pair->mutated.at] < walk->scene->order[pair->original.at];
}

/* Not the same now; until they are. */
static bool agree(struct walk *walk, struct pair *pair, unsigned depth)
{
	struct split split;

	while (!is_same_state(walk, pair)) {
		bool is_mutated = mutated_goes(walk, pair);
		struct machine *machine = is_mutated ? &pair->mutated : &pair->original;

		if (machine->is_done || walk->steps == 0)
			return false;	/* ended in another way */
		walk->steps--;
		switch (machine_step(walk->scene, pair->shared, machine, &split)) {
		case MACHINE_STUCK:
			return false;
		case MACHINE_SPLIT:
			return agree_split(walk, pair, is_mutated, &split, depth);
		case MACHINE_ON:
			break;
		}
	}
	return true;
}

/* Both take the step in which they differ. */
static bool agree_first(struct walk *walk, struct pair *pair, bool original_went, unsigned depth)
{
	struct split split;
	struct machine *machine = original_went ? &pair->mutated : &pair->original;

	if (depth > 2)
		return false;
	switch (machine_step(walk->scene, pair->shared, machine, &split)) {
	case MACHINE_ON:
		return original_went ? agree(walk, pair, 0)
				     : agree_first(walk, pair, true, depth);
	case MACHINE_STUCK:
		return false;
	case MACHINE_SPLIT:
		break;
	}
	for (unsigned taken = 0; taken < 2; taken++) {
		unsigned relations = taken ? split.relations : RELATION_ANY & ~split.relations;
		struct pair copy = *pair;
		struct facts facts = { pair->shared, NULL };

		if (!(fact_relations(&facts, split.a, split.b) & relations))
			continue;
		copy.original = machine_copy(walk->scene, &pair->original);
		copy.mutated = machine_copy(walk->scene, &pair->mutated);
		fact_add(walk->scene->terms, &copy.shared, split.a, split.b, relations);
		machine_branch(original_went ? &copy.mutated : &copy.original, &split, taken);
		if (!(original_went ? agree(walk, &copy, 0)
				    : agree_first(walk, &copy, true, depth + 1)))
			return false;
	}
	return true;
}

static bool agree_here(struct walk *walk, const struct machine *machine,
		       const struct fact *shared)
{
	struct pair pair = { .shared = shared };

	pair.original = machine_copy(walk->scene, machine);
	pair.mutated = machine_copy(walk->scene, machine);
	pair.mutated.is_mutated = true;
	return agree_first(walk, &pair, false, 0);
}

/* What the instruction works on, where that can only be one of a few numbers. */
static const struct term *few_numbers(const struct machine *machine, const struct fact *shared,
				      int64_t range[2])
{
	struct facts facts = { shared, NULL };
	const struct term *top = machine->n_stack > 0 ? machine->stack[machine->n_stack - 1] : NULL;

	if (!top || top->type != 'I' || term_is_const(top))
		return NULL;
	fact_range(&facts, top, range);
	return range[1] - range[0] < FEW ? top : NULL;
}

static bool agree_at(struct walk *walk, const struct machine *machine,
		     const struct fact *shared)
{
	const struct term *top;
	int64_t range[2];

	if (agree_here(walk, machine, shared))
		return true;
	top = few_numbers(machine, shared, range);
	if (!top)
		return false;
	for (; range[0] <= range[1]; range[0]++) {
		const struct term *number = term_const(walk->scene->terms, 'I', (uint64_t)range[0]);
		struct facts facts = { shared, NULL };
		const struct fact *one = shared;

		if (!(fact_relations(&facts, top, number) & RELATION_EQUAL))
			continue;
		fact_add(walk->scene->terms, &one, top, number, RELATION_EQUAL);
		if (!agree_here(walk, machine, one))
			return false;
	}
	return true;
}

/* Both have passed what is known by not having thrown. */
static const struct fact *known(const struct scene *scene, const struct fact *shared,
				struct machine *machine)
{
	const struct fact *own = machine->own;

	machine->own = NULL;
	if (!shared)
		return own;
	for (; own; own = own->before)
		fact_add(scene->terms, &shared, own->a, own->b, own->relations);
	return shared;
}

bool agree_from(const struct scene *scene, const struct entry *entry)
{
	struct walk walk = { .scene = scene, .steps = STEPS_MAX, .normal = NORMAL_BUDGET };
	struct machine machine = entry->machine;
	const struct fact *shared;

	if (!entry->is_reached)
		return true;
	shared = known(scene, NULL, &machine);
	return agree_at(&walk, &machine, shared);
}

/* ---- from a place before ---- */

static bool explore(struct walk *walk, struct machine *machine, const struct fact *shared,
		    unsigned depth);

static bool explore_split(struct walk *walk, const struct machine *machine,
			  const struct fact *shared, const struct split *split, unsigned depth)
{
	if (depth >= SPLITS_MAX)
		return false;
	for (unsigned taken = 0; taken < 2; taken++) {
		unsigned relations = taken ? split->relations : RELATION_ANY & ~split->relations;
		struct facts facts = { shared, machine->own };
		const struct fact *added = shared;
		struct machine copy;

		if (!(fact_relations(&facts, split->a, split->b) & relations))
			continue;
		copy = machine_copy(walk->scene, machine);
		fact_add(walk->scene->terms, &added, split->a, split->b, relations);
		machine_branch(&copy, split, taken);
		if (!explore(walk, &copy, added, depth + 1))
			return false;
	}
	return true;
}

/* Where a loop begins, or goes round, no way leads to the target but through the start. At
 * other mutated instructions (copies of the target) the original goes on: what is shown
 * for them is that both are in one state again. */
static bool explore(struct walk *walk, struct machine *machine, const struct fact *shared,
		    unsigned depth)
{
	bool is_first = depth == 0;
	struct split split;

	for (;; is_first = false) {
		if (machine->is_done || (!is_first && loops_is_header(walk->loops, machine->at)))
			return true;
		if (machine->at == walk->target)
			break;
		if (walk->steps == 0)
			return false;
		walk->steps--;
		switch (machine_step(walk->scene, shared, machine, &split)) {
		case MACHINE_STUCK:
			return false;
		case MACHINE_SPLIT:
			return explore_split(walk, machine, shared, &split, depth);
		case MACHINE_ON:
			break;
		}
	}
	shared = known(walk->scene, shared, machine);
	return agree_at(walk, machine, shared);
}

bool agree_region(const struct scene *scene, const struct loops *loops,
		  const struct entry *entry, uint32_t insn)
{
	struct walk walk = { scene, loops, insn, STEPS_MAX, NORMAL_BUDGET };
	struct machine machine;
	const struct fact *shared;

	if (!entry->is_reached)
		return true;
	machine = machine_copy(scene, &entry->machine);
	shared = known(scene, NULL, &machine);
	return explore(&walk, &machine, shared, 0);
}
