#include "engine/pit_body.h"

#include <string.h>

#include "engine/pit_equal.h"
#include "engine/pit_shape.h"
#include "operators/edit.h"
#include "operators/pit.h"

/* ---- mutators ---- */

bool pit_body_find(const struct pit_class *pit, uint16_t method, const struct body *body,
		   const uint64_t *rows_for, uint64_t without, struct pit_body *ret)
{
	const struct class *class = pit->class;
	const struct member *member = &class->methods[method];
	const struct code *code = body->code;
	bool not_null = class_has_annotation(class, &member->attributes, "NotNull");
	bool any = false;

	*ret = (struct pit_body){ .rows = ARENA_NEW_N(body->arena, uint64_t, code->n_insns) };
	for (uint32_t i = 0; i < code->n_insns; i++) {
		uint64_t rows = rows_for[code->insns[i].opcode] & ~without;

		for (unsigned row = 0; rows; row++, rows >>= 1) {
			if (!(rows & 1) || (row == ROW_RETURN_NULL && not_null) ||
			    !pit_mutator(&operators[row], class, member, &code->insns[i]) ||
			    !edit_can_apply(&operators[row], class, member, code, i))
				continue;
			ret->rows[i] |= UINT64_C(1) << row;
			any = true;
		}
	}
	return any;
}

/* ---- dropping ---- */

static void drop(const struct filtered_at *at, struct pit_body *found, uint32_t i, uint64_t rows,
		 enum filter filter)
{
	rows &= found->rows[i];
	found->rows[i] &= ~rows;
	filtered_note(at, i, rows, filter);
}

static void drop_shapes(const struct pit_class *pit, const struct filtered_at *at,
			const bool *labels, enum filter filter, struct pit_body *found)
{
	const struct body *body = at->body;
	uint32_t n = body->code->n_insns;
	bool *marks;

	if (!(pit->switched_on >> filter & 1))
		return;
	marks = ARENA_NEW_N(body->arena, bool, n);
	pit_shape_mark(body, labels, filter, marks);
	for (uint32_t i = 0; i < n; i++)
		if (marks[i])
			drop(at, found, i, UINT64_MAX, filter);
}

static bool ends_with_kt(const char *name)
{
	size_t len = name ? strlen(name) : 0;

	return len >= 3 && name[len - 3] == '.' && (name[len - 2] | 32) == 'k' &&
	       (name[len - 1] | 32) == 't';
}

static bool is_logging_line(const struct pit_class *pit, uint32_t line)
{
	for (uint32_t i = 0; i < pit->n_logging_lines; i++)
		if (pit->logging_lines[i] == line)
			return true;
	return false;
}

static void drop_lines(const struct pit_class *pit, const struct filtered_at *at,
		       struct pit_body *found)
{
	const struct code *code = at->body->code;
	bool kotlin = pit->switched_on >> FILTER_kotlin & 1 &&
		      ends_with_kt(class_source_file(pit->class));

	for (uint32_t i = 0; i < code->n_insns; i++) {
		uint32_t line;

		if (!found->rows[i])
			continue;
		line = code_line(code, code->insns[i].pc);
		if (kotlin && line == 0)
			drop(at, found, i, UINT64_MAX, FILTER_kotlin);
		if (pit->switched_on >> FILTER_logging & 1 && is_logging_line(pit, line))
			drop(at, found, i, UINT64_MAX, FILTER_logging);
	}
}

/* ---- copies of finally blocks ---- */

struct merging {
	const struct body *body;
	struct pit_body *found;
	const bool *in_handler;	/* [n_insns] of a finally, up to its first way out */
	const uint32_t *blocks;	/* [n_insns] number of the basic block; calls end one too */
	struct pit_merge *merges;
	uint32_t size;
};

static bool leaves(enum opcode opcode)
{
	return opcode_is_return(opcode) || opcode == OPC_athrow;
}

static bool *find_handlers(const struct body *body)
{
	const struct code *code = body->code;
	bool *in_handler = ARENA_NEW_N(body->arena, bool, code->n_insns);
	bool any = false;

	for (uint16_t e = 0; e < code->n_exceptions; e++)
		if (!code->exceptions[e].catch_index) {
			in_handler[code->insn_at[code->exceptions[e].handler]] = true;
			any = true;
		}
	for (uint32_t i = 1; i < code->n_insns; i++)
		if (in_handler[i - 1] && !leaves(code->insns[i - 1].opcode))
			in_handler[i] = true;
	return any ? in_handler : NULL;
}

static uint32_t *number_blocks(const struct body *body)
{
	const struct code *code = body->code;
	uint32_t *blocks = ARENA_NEW_N(body->arena, uint32_t, code->n_insns);

	for (uint32_t i = 1; i < code->n_insns; i++) {
		enum opcode before = code->insns[i - 1].opcode;
		bool starts = code->is_target[i] || opcode_is_jump(before) || leaves(before) ||
			      (opcode_is_invoke(before) && before != OPC_invokedynamic);

		blocks[i] = blocks[i - 1] + starts;
	}
	return blocks;
}

/* Whether PIT describes both mutants with the same words. */
static bool is_same_change(const struct body *body, unsigned row, uint32_t a, uint32_t b)
{
	const struct insn *x = &body->code->insns[a], *y = &body->code->insns[b];
	struct member_ref p, q;

	switch (edit_kind_of(&operators[row])) {
	case EDIT_OPCODE:	/* it names the type of what it computes, up to % */
		return x->opcode < OPC_iadd || x->opcode > OPC_drem || x->opcode == y->opcode;
	case EDIT_FLIP:
		return x->value == y->value;
	case EDIT_CALL:
		return class_member_ref_at(body->class, x->index, &p) &&
		       class_member_ref_at(body->class, y->index, &q) &&
		       !strcmp(p.name, q.name) && p.owner && q.owner && !strcmp(p.owner, q.owner);
	default:
		return true;
	}
}

/* The instructions of one line that `row` changes alike; ret has room for all. */
static uint16_t collect_alike(const struct merging *m, unsigned row, uint32_t first,
			      uint32_t *ret)
{
	const struct code *code = m->body->code;
	uint32_t line = code_line(code, code->insns[first].pc);
	uint16_t n = 0;

	for (uint32_t i = first; i < code->n_insns && n < UINT16_MAX; i++)
		if (m->found->rows[i] >> row & 1 && is_same_change(m->body, row, first, i) &&
		    code_line(code, code->insns[i].pc) == line)
			ret[n++] = i;
	return n;
}

/* Just one of them is in a handler, and not all are in its block. */
static bool are_copies(const struct merging *m, const uint32_t *numbers, uint16_t n)
{
	uint32_t block = 0;
	uint16_t handled = 0;

	for (uint16_t i = 0; i < n; i++)
		if (m->in_handler[numbers[i]] && handled++ == 0)
			block = m->blocks[numbers[i]];
	for (uint16_t i = 0; i < n && handled == 1; i++)
		if (m->blocks[numbers[i]] != block)
			return true;
	return false;
}

static void add_merge(struct merging *m, unsigned row, const uint32_t *numbers, uint16_t n)
{
	struct pit_body *found = m->found;

	if (found->n_merges == m->size) {
		m->size = m->size ? m->size * 2 : 4;
		m->merges = arena_grow(m->body->arena, m->merges, found->n_merges, m->size,
				       sizeof(*m->merges));
	}
	m->merges[found->n_merges++] = (struct pit_merge){
		.row = row, .n = n,
		.numbers = arena_memdup(m->body->arena, numbers, n * sizeof(*numbers)),
	};
	found->merges = m->merges;
}

static void merge_copies(const struct pit_class *pit, const struct filtered_at *at,
			 struct pit_body *found)
{
	const struct body *body = at->body;
	uint32_t n = body->code->n_insns;
	uint32_t *alike;
	struct merging m = { .body = body, .found = found };

	if (!(pit->switched_on >> FILTER_finally_copies & 1) ||
	    !(m.in_handler = find_handlers(body)))
		return;
	m.blocks = number_blocks(body);
	alike = ARENA_NEW_N(body->arena, uint32_t, n);
	for (uint32_t i = 0; i < n; i++)
		for (unsigned row = 0; found->rows[i] >> row; row++) {
			uint16_t count;

			if (!(found->rows[i] >> row & 1) || pit_body_merged(found, i, row))
				continue;
			count = collect_alike(&m, row, i, alike);
			if (!are_copies(&m, alike, count))
				continue;
			add_merge(&m, row, alike, count);
			for (uint16_t k = 1; k < count; k++)
				drop(at, found, alike[k], UINT64_C(1) << row, FILTER_finally_copies);
		}
}

const struct pit_merge *pit_body_merged(const struct pit_body *found, uint32_t number,
					unsigned row)
{
	for (uint32_t i = 0; i < found->n_merges; i++)
		if (found->merges[i].numbers[0] == number && found->merges[i].row == row)
			return &found->merges[i];
	return NULL;
}

/* ---- all filters, in PIT's order where that matters ---- */

void pit_body_filter(const struct pit_class *pit, const struct filtered_at *at,
		     struct pit_body *found)
{
	static const enum filter before[] = { FILTER_try_resources, FILTER_assertions,
					      FILTER_enum_switch };
	static const enum filter after[] = { FILTER_foreach, FILTER_loop_counter,
					     FILTER_string_switch, FILTER_generated };
	const struct body *body = at->body;
	const bool *labels = pit_shape_labels(body);
	enum filter whole = pit->drops[at->method];
	uint32_t n = body->code->n_insns;

	for (uint32_t i = 0; i < n && whole != N_FILTERS; i++)
		drop(at, found, i, UINT64_MAX, whole);
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		drop_shapes(pit, at, labels, before[i], found);
	merge_copies(pit, at, found);
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++)
		drop_shapes(pit, at, labels, after[i], found);
	drop_lines(pit, at, found);
	for (uint32_t i = 0; i < n && pit->switched_on >> FILTER_equivalent & 1; i++)
		drop(at, found, i, pit_equal_rows(body, labels, i), FILTER_equivalent);
}
