#include "engine/loops.h"

#include <string.h>

#define LOOPS_MAX 200
#define SUCCESSORS_MAX 2000

struct edges {			/* backwards: of each instruction those before it */
	uint32_t *first;	/* [n_insns + 1] in `from` */
	uint32_t *from;
};

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

static struct edges find_edges(const struct scene *scene, uint32_t *scratch)
{
	struct arena *arena = scene->terms->arena;
	uint32_t n_insns = scene->code->n_insns, n;
	struct edges edges;
	uint32_t *next;

	edges.first = ARENA_NEW_N(arena, uint32_t, n_insns + 2);
	for (uint32_t i = 0; i < n_insns; i++) {
		each_edge(scene, i, scratch, &n);
		for (uint32_t s = 0; s < n; s++)
			edges.first[scratch[s] + 1]++;
	}
	for (uint32_t i = 0; i < n_insns; i++)
		edges.first[i + 1] += edges.first[i];
	edges.from = ARENA_NEW_N(arena, uint32_t, edges.first[n_insns] + 1);
	next = arena_memdup(arena, edges.first, (n_insns + 1) * sizeof(*next));
	for (uint32_t i = 0; i < n_insns; i++) {
		each_edge(scene, i, scratch, &n);
		for (uint32_t s = 0; s < n; s++)
			edges.from[next[scratch[s]]++] = i;
	}
	return edges;
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
static struct loop *find_loop(const struct scene *scene, const struct edges *edges,
			      uint32_t header)
{
	struct arena *arena = scene->terms->arena;
	bool *is_in = ARENA_NEW_N(arena, bool, scene->code->n_insns);
	uint32_t *todo = ARENA_NEW_N(arena, uint32_t, scene->code->n_insns + 1);
	struct loop *loop = ARENA_NEW(arena, struct loop);
	uint32_t n = 0;

	loop->changes = ARENA_NEW_N(arena, bool, scene->code->max_locals + 1u);
	loop->supposed = ARENA_NEW_N(arena, struct supposition, scene->code->max_locals + 1u);
	is_in[header] = true;
	note_store(scene, header, loop->changes);
	for (uint32_t e = edges->first[header]; e < edges->first[header + 1]; e++) {
		uint32_t from = edges->from[e];

		if (scene->order[from] != UINT32_MAX && !is_in[from] &&
		    scene->order[from] >= scene->order[header]) {
			is_in[from] = true;
			todo[n++] = from;
		}
	}
	while (n > 0) {
		uint32_t at = todo[--n];

		note_store(scene, at, loop->changes);
		for (uint32_t e = edges->first[at]; e < edges->first[at + 1]; e++)
			if (!is_in[edges->from[e]]) {
				is_in[edges->from[e]] = true;
				todo[n++] = edges->from[e];
			}
	}
	return loop;
}

bool loops_find(struct loops *loops, const struct scene *scene)
{
	struct arena *arena = scene->terms->arena;
	const struct code *code = scene->code;
	uint32_t *scratch = ARENA_NEW_N(arena, uint32_t, SUCCESSORS_MAX);
	struct edges edges = find_edges(scene, scratch);
	unsigned n_loops = 0;

	*loops = (struct loops){ .scene = scene };
	loops->at = ARENA_NEW_N(arena, struct loop *, code->n_insns);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		bool is_header = false;

		if (scene->order[i] == UINT32_MAX)
			continue;
		for (uint32_t e = edges.first[i]; e < edges.first[i + 1]; e++)
			is_header |= scene->order[edges.from[e]] != UINT32_MAX &&
				     scene->order[edges.from[e]] >= scene->order[i];
		if (!is_header)
			continue;
		if (++n_loops > LOOPS_MAX)
			return false;
		loops->at[i] = find_loop(scene, &edges, i);
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

void loops_suppose_nothing(struct loops *loops)
{
	loops->nothing = true;
}
