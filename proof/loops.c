#include "proof/loops.h"

#include <string.h>

#define LOOPS_MAX 200
#define SUCCESSORS_MAX 2000

static void each_edge(const struct scene *scene, uint32_t insn, uint32_t *scratch, uint32_t *ret_n)
{
	const struct code *code = scene->code;
	uint32_t n = scene_successors(code, insn, scratch, SUCCESSORS_MAX);

	for (unsigned e = 0; e < code->n_exceptions && n < SUCCESSORS_MAX; e++)
		if (code->exceptions[e].start <= code->insns[insn].pc &&
		    code->insns[insn].pc < code->exceptions[e].end)
			scratch[n++] = code->insn_at[code->exceptions[e].handler];
	*ret_n = n;
}

static void find_edges(struct loops *loops, uint32_t *scratch)
{
	struct arena *arena = loops->scene->terms->arena;
	uint32_t n_insns = loops->scene->code->n_insns, n;
	uint32_t *next;

	loops->first = ARENA_NEW_N(arena, uint32_t, n_insns + 2);
	for (uint32_t i = 0; i < n_insns; i++) {
		each_edge(loops->scene, i, scratch, &n);
		for (uint32_t s = 0; s < n; s++)
			loops->first[scratch[s] + 1]++;
	}
	for (uint32_t i = 0; i < n_insns; i++)
		loops->first[i + 1] += loops->first[i];
	loops->from = ARENA_NEW_N(arena, uint32_t, loops->first[n_insns] + 1);
	next = arena_memdup(arena, loops->first, (n_insns + 1) * sizeof(*next));
	for (uint32_t i = 0; i < n_insns; i++) {
		each_edge(loops->scene, i, scratch, &n);
		for (uint32_t s = 0; s < n; s++)
			loops->from[next[scratch[s]]++] = i;
	}
}

static void note_store(const struct scene *scene, uint32_t insn, bool *changes)
{
	const struct insn *at = &scene->code->insns[insn];

	if (!opcode_is_store(at->opcode) && at->opcode != OPC_iinc)
		return;
	changes[at->index] = true;
	if (at->index + 1u < scene->code->max_locals &&
	    (opcode_info[at->opcode].pops[0] == 'L' || opcode_info[at->opcode].pops[0] == 'D'))
		changes[at->index + 1u] = true;
}

/* All that comes round to `header`: backwards from where it is jumped back to. */
static struct loop *find_loop(const struct loops *loops, uint32_t header)
{
	const struct scene *scene = loops->scene;
	struct arena *arena = scene->terms->arena;
	bool *is_in = ARENA_NEW_N(arena, bool, scene->code->n_insns);
	uint32_t *todo = ARENA_NEW_N(arena, uint32_t, scene->code->n_insns + 1);
	struct loop *loop = ARENA_NEW(arena, struct loop);
	uint32_t n = 0;

	loop->changes = ARENA_NEW_N(arena, bool, scene->code->max_locals + 1u);
	loop->supposed = ARENA_NEW_N(arena, struct supposition, scene->code->max_locals + 1u);
	is_in[header] = true;
	note_store(scene, header, loop->changes);
	for (uint32_t e = loops->first[header]; e < loops->first[header + 1]; e++) {
		uint32_t from = loops->from[e];

		if (scene->order[from] != UINT32_MAX && !is_in[from] &&
		    scene->order[from] >= scene->order[header]) {
			is_in[from] = true;
			todo[n++] = from;
		}
	}
	while (n > 0) {
		uint32_t at = todo[--n];

		note_store(scene, at, loop->changes);
		for (uint32_t e = loops->first[at]; e < loops->first[at + 1]; e++)
			if (!is_in[loops->from[e]]) {
				is_in[loops->from[e]] = true;
				todo[n++] = loops->from[e];
			}
	}
	return loop;
}

bool loops_find(struct loops *loops, const struct scene *scene)
{
	struct arena *arena = scene->terms->arena;
	const struct code *code = scene->code;
	uint32_t *scratch = ARENA_NEW_N(arena, uint32_t, SUCCESSORS_MAX);
	unsigned n_loops = 0;

	*loops = (struct loops){ .scene = scene };
	find_edges(loops, scratch);
	loops->at = ARENA_NEW_N(arena, struct loop *, code->n_insns);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		bool is_header = false;

		if (scene->order[i] == UINT32_MAX)
			continue;
		for (uint32_t e = loops->first[i]; e < loops->first[i + 1]; e++)
			is_header |= scene->order[loops->from[e]] != UINT32_MAX &&
				     scene->order[loops->from[e]] >= scene->order[i];
		if (!is_header)
			continue;
		if (++n_loops > LOOPS_MAX)
			return false;
		loops->at[i] = find_loop(loops, i);
	}
	return true;
}

bool loops_is_header(const struct loops *loops, uint32_t insn)
{
	return loops->at[insn] != NULL;
}

bool loops_changes(const struct loops *loops, uint32_t insn, uint16_t variable)
{
	return loops->at[insn]->changes[variable];
}

/* A counter starts at its least (or most) and comes at most to -1, one below the indices. */
const struct term *loops_suppose(const struct loops *loops, uint32_t insn, uint16_t variable,
				 const struct term *like, const int64_t range[2],
				 struct terms *terms)
{
	struct supposition *supposed = &loops->at[insn]->supposed[variable];

	supposed->lo = term_min(like->type);
	supposed->hi = term_max(like->type);
	if ((like->type == 'I' || like->type == 'L') && !loops->nothing) {
		if (supposed->lo_level == 0)
			supposed->lo = range[0];
		else if (supposed->lo_level == 1 && range[0] >= -1)
			supposed->lo = -1;
		if (supposed->hi_level == 0)
			supposed->hi = range[1];
	}
	supposed->symbol = term_symbol_in(terms, like->type, supposed->lo, supposed->hi);
	return supposed->symbol;
}

static bool is_within(struct supposition *supposed, const int64_t range[2])
{
	bool holds = true;

	if (range[0] < supposed->lo) {
		supposed->lo_level++;
		holds = false;
	}
	if (range[1] > supposed->hi) {
		supposed->hi_level++;
		holds = false;
	}
	return holds;
}

bool loops_holds(const struct loops *loops, const struct machine *machine)
{
	const struct loop *loop = loops->at[machine->at];
	struct facts facts = { NULL, machine->own };
	bool holds = true;

	for (uint16_t i = 0; i < loops->scene->code->max_locals; i++) {
		const struct term *term = machine->locals[i];
		int64_t range[2];

		if (!loop->changes[i] || !loop->supposed[i].symbol ||
		    !scene_is_live(loops->scene, machine->at, i))
			continue;
		if (!term || term->type != loop->supposed[i].symbol->type)
			return false;
		if (term->type != 'I' && term->type != 'L')
			continue;
		fact_range(&facts, term, range);
		holds &= is_within(&loop->supposed[i], range);
	}
	return holds;
}

static bool is_handler(const struct code *code, uint32_t insn)
{
	for (unsigned e = 0; e < code->n_exceptions; e++)
		if (code->insn_at[code->exceptions[e].handler] == insn)
			return true;
	return false;
}

uint32_t loops_region(const struct loops *loops, uint32_t insn)
{
	const struct scene *scene = loops->scene;
	bool *is_in = ARENA_NEW_N(scene->terms->arena, bool, scene->code->n_insns);
	uint32_t *todo = ARENA_NEW_N(scene->terms->arena, uint32_t, scene->code->n_insns + 1);
	uint32_t n = 0, found = INSN_NONE;

	is_in[insn] = true;
	todo[n++] = insn;
	while (n > 0) {
		uint32_t at = todo[--n];

		if (at == 0 || loops->at[at] || is_handler(scene->code, at)) {
			if (found != INSN_NONE)
				return INSN_NONE;
			found = at;
			continue;
		}
		for (uint32_t e = loops->first[at]; e < loops->first[at + 1]; e++)
			if (!is_in[loops->from[e]] &&
			    scene->order[loops->from[e]] != UINT32_MAX) {
				is_in[loops->from[e]] = true;
				todo[n++] = loops->from[e];
			}
	}
	return found;
}

void loops_suppose_nothing(struct loops *loops)
{
	loops->nothing = true;
}
