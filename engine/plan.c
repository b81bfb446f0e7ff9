#include "engine/plan.h"

#include <string.h>

#include "engine/budget.h"
#include "engine/copies.h"
#include "engine/dropped.h"
#include "engine/field_reads.h"
#include "engine/filter.h"
#include "engine/identity.h"
#include "engine/ids.h"
#include "engine/infect.h"
#include "engine/pit_body.h"
#include "engine/plan_find.h"
#include "engine/polarity.h"
#include "engine/pure.h"
#include "engine/sentence.h"
#include "engine/setter.h"
#include "operators/edit.h"
#include "operators/pit.h"

struct plan_settings plan_default_settings(void)
{
	return (struct plan_settings){
		.operators = UINT64_MAX >> (64 - n_operators),
		.filters = ((1u << N_FILTERS) - 1) &
			   ~(1u << FILTER_hashcode),
	};
}

void plan_init(struct plan *plan, struct arena *arena,
	       const struct plan_settings *settings)
{
	*plan = (struct plan){ .arena = arena, .settings = *settings };
	operator_index(plan->rows_for);
}

/* ---- growing arrays ---- */

static void *make_room(struct plan *plan, void *items, uint32_t n,
		       uint32_t *size, size_t item_size)
{
	if (n < *size)
		return items;
	*size = *size ? *size * 4 : 16;	/* what is never filled costs large arrays nothing */
	return arena_grow(plan->arena, items, n, *size, item_size);
}

static struct mutant *add_mutant(struct plan *plan)
{
	plan->mutants = make_room(plan, plan->mutants, plan->n_mutants,
				  &plan->size_mutants, sizeof(*plan->mutants));
	return &plan->mutants[plan->n_mutants++];
}

/* Of the class planned last. */
static void add_skip(struct plan *plan, const struct member *method, const char *reason)
{
	struct plan_skip *skip;

	plan->skips = make_room(plan, plan->skips, plan->n_skips,
				&plan->size_skips, sizeof(*plan->skips));
	skip = &plan->skips[plan->n_skips++];
	skip->class_name = plan->classes[plan->n_classes - 1].display_name;
	skip->method = arena_strfmt(plan->arena, "%s%s", method->name,
				    method->descriptor);
	skip->reason = arena_strdup(plan->arena, reason);
}

/* The mutants from `first` on are in it. */
static void add_body(struct plan *plan, uint16_t method, uint32_t first)
{
	plan->bodies = make_room(plan, plan->bodies, plan->n_bodies, &plan->size_bodies,
				 sizeof(*plan->bodies));
	for (uint32_t i = first; i < plan->n_mutants; i++)
		plan->mutants[i].body = plan->n_bodies;
	plan->bodies[plan->n_bodies++] = method;
}

/* ---- one method ---- */

struct class_plan {		/* what the methods of one class share */
	const struct class *class;
	const struct pit_class *pit;	/* NULL unless that group is asked for */
	const struct body_class *shared;
	struct arena *local;		/* until the end of the method at hand */
};

struct method_plan {		/* what the mutants of one method share */
	struct body body;
	uint16_t number;
	const char *label;
	uint64_t hash;
	uint64_t *rows;		/* [n_insns] that apply there; plan_points() filters them */
	uint64_t *hashes;	/* [n_insns] of the points that get mutants */
	uint32_t *next_copy;	/* see copies.h */
	enum filter *drops;	/* see filter.h */
	struct pit_body pit;	/* see pit.h */
};

/* Which rows apply where; false if nowhere. */
static bool find_rows(const struct plan *plan, struct method_plan *at)
{
	const struct code *code = at->body.code;
	uint64_t chosen = plan->settings.operators &
			  ~edit_rows_without_value(at->body.method->descriptor);
	bool any = false;

	at->rows = ARENA_NEW_N(at->body.arena, uint64_t, code->n_insns);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		uint64_t rows = plan->rows_for[code->insns[i].opcode] & chosen;

		for (unsigned row; operator_next_row(&rows, &row); )
			if (edit_applies(&operators[row], at->body.class,
					 at->body.method, code, i)) {
				at->rows[i] |= UINT64_C(1) << row;
				any = true;
			}
	}
	return any;
}

/* The instructions that are changed with number `number`, which is the first
 * of them. */
static const uint32_t *pcs_of(struct plan *plan, const struct method_plan *at,
			      uint32_t number, uint16_t *ret_n)
{
	uint32_t *pcs, i = number;
	uint16_t n = 0;

	do {
		n++;
		i = at->next_copy[i];
	} while (i != number);
	pcs = ARENA_NEW_N(plan->arena, uint32_t, n);
	n = 0;
	do {
		pcs[n++] = at->body.code->insns[i].pc;
		i = at->next_copy[i];
	} while (i != number);
	*ret_n = n;
	return pcs;
}

struct change {			/* one mutant to be */
	unsigned row;
	bool is_pit;		/* the group pit asks for it */
	const uint32_t *pcs;
	uint16_t n_pcs;
};

static bool has_same_pcs(const struct change *a, const struct change *b)
{
	return a->n_pcs == b->n_pcs &&
	       !memcmp(a->pcs, b->pcs, a->n_pcs * sizeof(*a->pcs));
}

/* What PIT would change at `number`: there alone, or in the copies it knows. */
static struct change pit_change(struct plan *plan, const struct method_plan *at,
				uint32_t number, unsigned row)
{
	const struct pit_merge *merge = pit_body_merged(&at->pit, number, row);
	const uint32_t *numbers = merge ? merge->numbers : &number;
	struct change change = { .row = row, .is_pit = true, .n_pcs = merge ? merge->n : 1 };
	uint32_t *pcs = ARENA_NEW_N(plan->arena, uint32_t, change.n_pcs);

	for (uint16_t i = 0; i < change.n_pcs; i++)
		pcs[i] = at->body.code->insns[numbers[i]].pc;
	change.pcs = pcs;
	return change;
}

/* Adds a change of the group pit among those of the same instructions by row, or
 * at the end; one that is there is the group's too. Returns how many there are. */
static unsigned add_change(struct change *changes, unsigned n, struct change change)
{
	unsigned place = n;

	for (unsigned i = 0; i < n; i++) {
		if (!has_same_pcs(&changes[i], &change))
			continue;
		if (changes[i].row == change.row) {
			changes[i].is_pit = true;
			return n;
		}
		place = changes[i].row < change.row ? i + 1 : place < i ? place : i;
	}
	memmove(changes + place + 1, changes + place, (n - place) * sizeof(*changes));
	changes[place] = change;
	return n + 1;
}

/* Everything that is to be tried at `number`, by instructions changed and row. */
static unsigned collect_changes(struct plan *plan, const struct method_plan *at,
				uint32_t number, uint64_t rows, struct change *ret)
{
	struct change copies = { .pcs = NULL };
	uint64_t pit_rows = at->pit.rows ? at->pit.rows[number] : 0;
	unsigned n = 0;

	if (rows)
		copies.pcs = pcs_of(plan, at, number, &copies.n_pcs);
	for (unsigned row; operator_next_row(&rows, &row); ) {
		copies.row = row;
		ret[n++] = copies;
	}
	for (unsigned row; operator_next_row(&pit_rows, &row); )
		n = add_change(ret, n, pit_change(plan, at, number, row));
	return n;
}

static enum infect_call call_of(const struct class *class, const struct insn *insn)
{
	if (setter_may_be(class, insn))
		return INFECT_CALL_SETTER;
	return pure_may_be(class, insn) ? INFECT_CALL_PURE : INFECT_CALL_ANY;
}

static void add_changes(struct plan *plan, const struct method_plan *at, uint32_t number,
			const struct change *changes, unsigned n)
{
	const struct insn *insn = &at->body.code->insns[number];
	uint64_t hash = at->hashes[number];
	uint32_t first = plan->n_mutants, line = body_line(&at->body, number);

	for (unsigned i = 0; i < n; i++) {
		const struct operator *row = &operators[changes[i].row];
		struct mutant *mutant = add_mutant(plan);

		*mutant = (struct mutant){
			.hash = identity_of_mutant(hash, row),
			.operator = row,
			.class_number = plan->n_classes - 1,
			.method = at->number,
			.method_name = at->label,
			.line = line,
			.pit_mutator = changes[i].is_pit
				? pit_mutator(row, at->body.class, at->body.method, insn) : NULL,
			.description = sentence_of(plan->arena, &at->body,
						   number, row),
			.pcs = changes[i].pcs,
			.n_pcs = changes[i].n_pcs,
		};
	}
	plan->n_points += infect_number(plan->mutants + first, n, insn->opcode,
					at->body.method->descriptor,
					call_of(at->body.class, insn), plan->n_points);
}

/* `rows`: what is left for `number` of the operators that are not the group pit. */
static void add_points(struct plan *plan, const struct method_plan *at,
		       uint32_t number, uint64_t rows)
{
	struct change changes[128];	/* twice as many as rows */
	unsigned n = collect_changes(plan, at, number, rows, changes);

	for (unsigned first = 0, end; first < n; first = end) {
		for (end = first + 1; end < n && has_same_pcs(&changes[first], &changes[end]); )
			end++;
		add_changes(plan, at, number, changes + first, end - first);
	}
}

/* The numbers of copies are in rings; the lowest number speaks for all. */
static bool is_first_copy(const struct method_plan *at, uint32_t number)
{
	for (uint32_t i = at->next_copy[number]; i != number; i = at->next_copy[i])
		if (i < number)
			return false;
	return true;
}

static void filter_rows(struct method_plan *at, const struct filtered_at *filtered)
{
	for (uint32_t i = 0; i < at->body.code->n_insns; i++) {
		enum filter dropped = N_FILTERS;

		if (at->rows[i] && at->drops[i] != N_FILTERS)
			dropped = at->drops[i];
		else if (at->rows[i] && !is_first_copy(at, i))
			dropped = FILTER_finally_copies;
		if (dropped != N_FILTERS) {
			filtered_note(filtered, i, at->rows[i], dropped);
			at->rows[i] = 0;
		}
	}
}

static void plan_points(struct plan *plan, struct method_plan *at,
			const struct filtered_at *filtered)
{
	uint32_t n = at->body.code->n_insns;
	bool *wanted = ARENA_NEW_N(at->body.arena, bool, n);

	filter_rows(at, filtered);
	for (uint32_t i = 0; i < n; i++)
		wanted[i] = at->rows[i] || (at->pit.rows && at->pit.rows[i]);
	at->hashes = ARENA_NEW_N(at->body.arena, uint64_t, n);
	identity_of_points(at->hash, &at->body, wanted, at->hashes);
	for (uint32_t i = 0; i < n; i++)
		if (wanted[i])
			add_points(plan, at, i, at->rows[i]);
}

static void plan_mutants(struct plan *plan, const struct class_plan *of, uint16_t number,
			 const struct code *code)
{
	const struct class *class = of->class;
	const struct member *method = &class->methods[number];
	const struct pit_class *pit = of->pit;
	struct arena *local = of->local;
	struct method_plan at = { .number = number };
	const struct filtered_at filtered = { &plan->filtered, plan->arena, plan->n_classes - 1,
					      number, &at.body };
	bool *if_true, any;

	at.body = (struct body){ .arena = local, .class = class, .method = method,
				 .code = code, .shared = of->shared };
	any = find_rows(plan, &at);
	if (!(pit && pit_body_find(pit, number, &at.body, plan->rows_for,
			      plan->settings.pit_without, &at.pit)) && !any)
		return;
	at.body.express = express_build(local, of->shared->idiom, class, method, code);
	if_true = ARENA_NEW_N(local, bool, code->n_insns);
	polarity_find(local, class, code, if_true);
	at.body.if_true = if_true;
	at.label = identity_label(plan->arena, class, method);
	at.hash = identity_of_method(class, at.label, method);
	at.next_copy = ARENA_NEW_N(local, uint32_t, code->n_insns);
	at.drops = ARENA_NEW_N(local, enum filter, code->n_insns);
	for (uint32_t i = 0; i < code->n_insns; i++)
		at.next_copy[i] = i;
	if (plan->settings.filters >> FILTER_finally_copies & 1)
		copies_find(&at.body, at.next_copy);
	filter_body(&at.body, plan->settings.filters, at.drops);
	if (pit)
		pit_body_filter(pit, &filtered, &at.pit);
	plan_points(plan, &at, &filtered);
}

static void add_setter(struct plan *plan, const struct setter *setter)
{
	plan->setters = make_room(plan, plan->setters, plan->n_setters, &plan->size_setters,
				  sizeof(*plan->setters));
	plan->setters[plan->n_setters] = *setter;
	plan->setters[plan->n_setters++].class_number = plan->n_classes - 1;
}

static void add_dropped_calls(struct plan *plan, const struct class *class, const struct code *code)
{
	struct member_ref ref;

	for (uint32_t i = 0; i < code->n_insns; i++) {
		if (!dropped_at(class, code, i, &ref))
			continue;
		plan->dropped_calls = make_room(plan, plan->dropped_calls, plan->n_dropped_calls,
						&plan->size_dropped_calls,
						sizeof(*plan->dropped_calls));
		plan->dropped_calls[plan->n_dropped_calls++] = (struct dropped_call){
			plan->n_classes - 1, code->insns[i].opcode, ref };
	}
}

static void plan_method(struct plan *plan, const struct class_plan *of, uint16_t number)
{
	const struct member *method = &of->class->methods[number];
	uint32_t first = plan->n_mutants;
	struct err err = ERR_INIT;
	struct setter setter;
	struct code *code;

	if (!method->code)
		return;
	if (code_parse(of->local, of->class, method, &code, &err) != ERR_OK) {
		add_skip(plan, method, err.text);
		return;
	}
	plan->classes[plan->n_classes - 1].may_be_pure[number] = pure_may_have(code);
	plan_mutants(plan, of, number, code);
	if (plan->n_mutants > first || budget_loops(code)) {
		add_body(plan, number, first);
		add_dropped_calls(plan, of->class, code);
	}
	if (setter_find(of->class, number, code, &setter))
		add_setter(plan, &setter);
}

/* ---- one class ---- */

static const char *with_dots(struct arena *arena, const char *name)
{
	char *copy = arena_strdup(arena, name);

	for (char *at = copy; *at; at++)
		if (*at == '/')
			*at = '.';
	return copy;
}

enum err_code plan_class(struct plan *plan, struct span bytes,
			 const char *what, struct err *err)
{
	struct arena local = ARENA_INIT, whole = ARENA_INIT;
	struct class_plan of = { .local = &local };
	struct plan_class *planned;
	struct body_class shared;
	struct class *class;

	TRY(class_parse(plan->arena, bytes, what, &class, err));
	plan->classes = make_room(plan, plan->classes, plan->n_classes,
				  &plan->size_classes, sizeof(*plan->classes));
	planned = &plan->classes[plan->n_classes++];
	*planned = (struct plan_class){
		.class = class,
		.display_name = with_dots(plan->arena, class->name),
		.source_file = class_source_file(class),
		.first_mutant = plan->n_mutants,
		.first_body = plan->n_bodies,
		.first_setter = plan->n_setters,
		.may_be_pure = ARENA_NEW_N(plan->arena, bool, class->n_methods),
	};
	if (plan->settings.operators & OPERATORS_PIT)
		of.pit = pit_class_read(&whole, class, plan->settings.filters);
	of.class = class;
	shared = body_class_of(&whole, class);
	of.shared = &shared;
	for (uint16_t i = 0; i < class->n_methods; i++) {
		plan_method(plan, &of, i);
		arena_clear(&local);
	}
	planned->n_mutants = plan->n_mutants - planned->first_mutant;
	planned->n_bodies = plan->n_bodies - planned->first_body;
	planned->n_setters = plan->n_setters - planned->first_setter;
	arena_release(&local);
	arena_release(&whole);
	return ERR_OK;
}

void plan_finish(struct plan *plan)
{
	ids_give(plan);
	plan_find_settle(plan);
	setter_settle(plan);
	field_reads_settle(plan);
	pure_settle(plan);
	dropped_settle(plan);
}
