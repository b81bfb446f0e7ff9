#include "proof/scene.h"

#include <string.h>

#define INSNS_MAX 6000
#define SLOTS_MAX 1000		/* variables and operand stack: copied wherever ways part */
#define CELLS_MAX (1u << 20)	/* slots of all instructions */
#define EXCEPTIONS_MAX 200
#define SWITCH_MAX 2000
#define PASSES_MAX 200

uint32_t scene_successors(const struct code *code, uint32_t insn, uint32_t *ret, uint32_t max)
{
	const struct insn *at = &code->insns[insn];
	uint32_t n = 0;

	if (!opcode_ends_block(at->opcode) && insn + 1 < code->n_insns && n < max)
		ret[n++] = insn + 1;
	if (opcode_is_jump(at->opcode) && n < max)
		ret[n++] = code->insn_at[at->target];
	if (!at->table)
		return n;
	if (n < max)
		ret[n++] = code->insn_at[at->table->default_pc];
	for (uint32_t i = 0; i < at->table->n && n < max; i++)
		ret[n++] = code->insn_at[at->table->targets[i]];
	return n;
}

static bool covers(const struct exception_entry *entry, uint32_t pc)
{
	return entry->start <= pc && pc < entry->end;
}

/* ---- reverse postorder ---- */


/* The successor number `which`, handlers last; UINT32_MAX: no more. */
static uint32_t successor(const struct code *code, uint32_t insn, uint32_t which,
			  uint32_t *scratch)
{
	uint32_t n = scene_successors(code, insn, scratch, SWITCH_MAX);

	if (which < n)
		return scratch[n - 1 - which];	/* fall through last: bodies before exits */
	which -= n;
	for (unsigned e = 0; e < code->n_exceptions; e++)
		if (covers(&code->exceptions[e], code->insns[insn].pc) && which-- == 0)
			return code->insn_at[code->exceptions[e].handler];
	return UINT32_MAX;
}

static void find_order(struct scene *scene)
{
	const struct code *code = scene->code;
	struct arena *arena = scene->terms->arena;
	uint32_t *path = ARENA_NEW_N(arena, uint32_t, code->n_insns + 1);
	uint32_t *next = ARENA_NEW_N(arena, uint32_t, code->n_insns + 1);
	uint32_t *scratch = ARENA_NEW_N(arena, uint32_t, SWITCH_MAX);
	bool *seen = ARENA_NEW_N(arena, bool, code->n_insns);
	uint32_t n = 1, number = code->n_insns;

	for (uint32_t i = 0; i < code->n_insns; i++)
		scene->order[i] = UINT32_MAX;
	seen[0] = true;
	while (n > 0) {
		uint32_t to = successor(code, path[n - 1], next[n - 1]++, scratch);

		if (to == UINT32_MAX) {
			scene->order[path[--n]] = --number;
		} else if (!seen[to]) {
			seen[to] = true;
			path[n] = to;
			next[n++] = 0;
		}
	}
}

/* ---- handlers ---- */

/* A set is named by a hash of handlers and types in order: entries of the same over
 * several ranges (the compiler interrupts those around finally) are one. */
static void find_handlers(struct scene *scene)
{
	const struct code *code = scene->code;

	for (uint32_t i = 0; i < code->n_insns; i++) {
		uint32_t hash = 0;

		for (unsigned e = 0; e < code->n_exceptions; e++) {
			const struct exception_entry *entry = &code->exceptions[e];

			if (!covers(entry, code->insns[i].pc))
				continue;
			hash = ((hash ^ entry->handler) * 0x01000193 ^ entry->catch_index) *
			       0x01000193;
			hash |= 1;
		}
		scene->handlers[i] = hash;
	}
}

/* ---- liveness ---- */

static void add_all(uint64_t *to, const uint64_t *from, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		to[i] |= from[i];
}

static bool is_wide_load(enum opcode opcode)
{
	return opcode_info[opcode].pushes[0] == 'L' || opcode_info[opcode].pushes[0] == 'D';
}

static void set_bit(uint64_t *words, uint32_t bit, bool on)
{
	if (on)
		words[bit / 64] |= UINT64_C(1) << bit % 64;
	else
		words[bit / 64] &= ~(UINT64_C(1) << bit % 64);
}

static void find_needs(const struct scene *scene, uint32_t i, uint64_t *needs, uint32_t *scratch)
{
	const struct code *code = scene->code;
	const struct insn *insn = &code->insns[i];
	uint32_t n = scene_successors(code, i, scratch, SWITCH_MAX);

	memset(needs, 0, scene->n_words * sizeof(*needs));
	for (uint32_t s = 0; s < n; s++)
		add_all(needs, scene->live + (size_t)scratch[s] * scene->n_words, scene->n_words);
	if (opcode_is_store(insn->opcode))
		set_bit(needs, insn->index, false);
	if (opcode_is_load(insn->opcode) || insn->opcode == OPC_iinc)
		set_bit(needs, insn->index, true);
	if (opcode_is_load(insn->opcode) && is_wide_load(insn->opcode))
		set_bit(needs, insn->index + 1u, true);
	for (unsigned e = 0; e < code->n_exceptions; e++)
		if (covers(&code->exceptions[e], insn->pc))
			add_all(needs, scene->live +
				(size_t)code->insn_at[code->exceptions[e].handler] * scene->n_words,
				scene->n_words);
}

static bool find_live(struct scene *scene)
{
	struct arena *arena = scene->terms->arena;
	uint32_t *scratch = ARENA_NEW_N(arena, uint32_t, SWITCH_MAX);
	uint64_t *needs = ARENA_NEW_N(arena, uint64_t, scene->n_words);
	bool changed = true;

	for (unsigned pass = 0; changed && pass < PASSES_MAX; pass++) {
		changed = false;
		for (uint32_t i = scene->code->n_insns; i-- > 0; ) {
			uint64_t *live = scene->live + (size_t)i * scene->n_words;

			find_needs(scene, i, needs, scratch);
			if (!memcmp(live, needs, scene->n_words * sizeof(*needs)))
				continue;
			memcpy(live, needs, scene->n_words * sizeof(*needs));
			changed = true;
		}
	}
	return !changed;
}

bool scene_is_live(const struct scene *scene, uint32_t insn, uint16_t variable)
{
	return scene->live[(size_t)insn * scene->n_words + variable / 64] >> variable % 64 & 1;
}

static bool is_followed(const struct code *code)
{
	uint32_t slots = (uint32_t)code->max_locals + code->max_stack;

	if (code->n_insns > INSNS_MAX || code->n_exceptions > EXCEPTIONS_MAX ||
	    slots > SLOTS_MAX || code->n_insns * slots > CELLS_MAX)
		return false;
	for (uint32_t i = 0; i < code->n_insns; i++) {
		const struct insn *insn = &code->insns[i];

		if (insn->opcode == OPC_jsr || insn->opcode == OPC_jsr_w ||
		    insn->opcode == OPC_ret)
			return false;
		if (insn->table && insn->table->n >= SWITCH_MAX)
			return false;
		if (!opcode_ends_block(insn->opcode) && i + 1 == code->n_insns)
			return false;
		if ((opcode_is_load(insn->opcode) || opcode_is_store(insn->opcode) ||
		     insn->opcode == OPC_iinc) && insn->index + 1u > code->max_locals)
			return false;
	}
	return code->n_insns > 0;
}

bool scene_init(struct scene *scene, struct terms *terms, const struct class *class,
		const struct member *method, const struct code *code)
{
	*scene = (struct scene){ .terms = terms, .class = class, .method = method, .code = code };
	scene->n_words = code->max_locals / 64u + 1;
	if (!is_followed(code))
		return false;
	scene->order = ARENA_NEW_N(terms->arena, uint32_t, code->n_insns);
	scene->handlers = ARENA_NEW_N(terms->arena, uint32_t, code->n_insns);
	scene->live = ARENA_NEW_N(terms->arena, uint64_t, (size_t)code->n_insns * scene->n_words);
	find_order(scene);
	find_handlers(scene);
	return find_live(scene);
}

bool scene_is_mutated(const struct scene *scene, uint32_t insn)
{
	for (uint16_t i = 0; scene->mutant && i < scene->mutant->n_pcs; i++)
		if (scene->mutant->pcs[i] == scene->code->insns[insn].pc)
			return true;
	return false;
}
