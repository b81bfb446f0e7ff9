#include "engine/pit_shape.h"

#include <string.h>

#include "engine/javac.h"

#define JAVA_11 55	/* major version: from there on javac closes resources otherwise */

struct shape {			/* what all of them look at */
	const struct body *body;
	const struct code *code;
	const struct insn *insns;
	uint32_t n;
	const bool *labels;
	bool *marks;
};

/* ---- labels ---- */

static void label_at(const struct code *code, uint32_t pc, bool *labels)
{
	if (pc < code->bytes.len && code->insn_at[pc] != INSN_NONE)
		labels[code->insn_at[pc]] = true;
}

const bool *pit_shape_labels(const struct body *body)
{
	const struct code *code = body->code;
	bool *labels = ARENA_NEW_N(body->arena, bool, code->n_insns);

	for (uint32_t i = 0; i < code->n_insns; i++)
		labels[i] = code->is_target[i];
	for (uint32_t i = 0; i < code->n_lines; i++)
		label_at(code, code->lines[i].pc, labels);
	for (uint32_t i = 0; i < code->n_exceptions; i++) {
		label_at(code, code->exceptions[i].start, labels);
		label_at(code, code->exceptions[i].end, labels);
	}
	for (uint32_t i = 0; i < code->n_locals; i++) {
		label_at(code, code->locals[i].start, labels);
		label_at(code, code->locals[i].start + code->locals[i].length, labels);
	}
	return labels;
}

/* ---- small questions ---- */

/* Instructions from..from + n - 1 are there, and no label between them. */
static bool is_run(const struct shape *s, uint32_t from, uint32_t n)
{
	if (from >= s->n || n > s->n - from)
		return false;
	for (uint32_t i = from + 1; i < from + n; i++)
		if (s->labels[i])
			return false;
	return true;
}

static bool loads(const struct insn *insn, enum opcode general)	/* iload, aload */
{
	enum opcode first = general == OPC_iload ? OPC_iload_0 : OPC_aload_0;

	return insn->opcode == general ||
	       (insn->opcode >= first && insn->opcode < first + 4);
}

static bool stores(const struct insn *insn, enum opcode general)	/* istore, astore */
{
	enum opcode first = general == OPC_istore ? OPC_istore_0 : OPC_astore_0;

	return insn->opcode == general ||
	       (insn->opcode >= first && insn->opcode < first + 4);
}

static bool is_goto(const struct insn *insn)
{
	return insn->opcode == OPC_goto || insn->opcode == OPC_goto_w;
}

static bool is_small_constant(const struct insn *insn)
{
	return insn->opcode >= OPC_iconst_m1 && insn->opcode <= OPC_iconst_5;
}

static bool call_at(const struct shape *s, uint32_t i, struct member_ref *ret)
{
	const struct insn *insn = &s->insns[i];

	return opcode_is_invoke(insn->opcode) && insn->opcode != OPC_invokedynamic &&
	       class_member_ref_at(s->body->class, insn->index, ret) && ret->owner;
}

static bool calls(const struct shape *s, uint32_t i, const char *owner, const char *name)
{
	struct member_ref ref;

	return call_at(s, i, &ref) && !strcmp(ref.name, name) &&
	       (!owner || !strcmp(ref.owner, owner));
}

static bool field_named(const struct shape *s, uint32_t i, const char *part)
{
	enum opcode opcode = s->insns[i].opcode;
	struct member_ref ref;

	return opcode >= OPC_getstatic && opcode <= OPC_putfield &&
	       class_member_ref_at(s->body->class, s->insns[i].index, &ref) &&
	       strstr(ref.name, part);
}

static void mark(const struct shape *s, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		s->marks[i] = true;
}

static uint32_t target_of(const struct shape *s, uint32_t i)
{
	return s->code->insn_at[s->insns[i].target];
}

/* ---- for-each ---- */

static bool makes_iterator(const struct shape *s, uint32_t i)
{
	static const char type[] = "Ljava/util/Iterator;";
	struct descriptor_type result;
	struct member_ref ref;

	if (!call_at(s, i, &ref))
		return false;
	result = descriptor_return(ref.descriptor);
	return result.len == sizeof(type) - 1 && !memcmp(result.start, type, result.len);
}

/* PIT keeps one list of what it has seen of such loops in a method, whether or not
 * the rest of the loop followed, and believes all of it once one loop was whole. */
struct foreach {
	const struct shape *s;
	bool whole;		/* one loop was */
	bool *seen;		/* [n] */
};

/* iterator; astore; S: aload; hasNext; if -> E; aload; next; ... goto S; E: */
static void see_iterator_at_start(struct foreach *loops, uint32_t i)
{
	const struct shape *s = loops->s;
	uint32_t start = i + 2;

	if (!is_run(s, i, 2) || !is_run(s, start, 3) || !s->labels[start] ||
	    !makes_iterator(s, i) || !stores(&s->insns[i + 1], OPC_astore) ||
	    !loads(&s->insns[start], OPC_aload) ||
	    !calls(s, start + 1, "java/util/Iterator", "hasNext") ||
	    !opcode_is_conditional_jump(s->insns[start + 2].opcode))
		return;
	loops->seen[start + 2] = true;
	if (!is_run(s, start, 5) || !loads(&s->insns[start + 3], OPC_aload) ||
	    !calls(s, start + 4, "java/util/Iterator", "next"))
		return;
	for (uint32_t k = start + 5; k + 1 < s->n && !loops->whole; k++)
		loops->whole = is_goto(&s->insns[k]) && target_of(s, k) == start &&
			       target_of(s, start + 2) == k + 1;
}

/* iterator; astore; goto E; S: aload; next; ... E: aload; hasNext; if -> S */
static void see_iterator_at_end(struct foreach *loops, uint32_t i)
{
	const struct shape *s = loops->s;
	uint32_t start = i + 3, end;

	if (!is_run(s, i, 3) || !is_run(s, start, 2) || !s->labels[start] ||
	    !makes_iterator(s, i) || !stores(&s->insns[i + 1], OPC_astore) ||
	    !is_goto(&s->insns[i + 2]) || !loads(&s->insns[start], OPC_aload) ||
	    !calls(s, start + 1, "java/util/Iterator", "next"))
		return;
	end = target_of(s, i + 2);
	if (end > start + 1 && is_run(s, end, 3) && loads(&s->insns[end], OPC_aload) &&
	    calls(s, end + 1, "java/util/Iterator", "hasNext") &&
	    opcode_is_conditional_jump(s->insns[end + 2].opcode) &&
	    target_of(s, end + 2) == start)
		loops->whole = loops->seen[end + 2] = true;
}

static bool counts(const struct shape *s, uint32_t i, uint16_t variable)
{
	return s->insns[i].opcode == OPC_iinc && s->insns[i].index == variable;
}

/* arraylength; istore; iconst_0; istore c; S: iload; iload; if -> E; ... iinc c; goto S */
static void see_array_at_start(struct foreach *loops, uint32_t i)
{
	const struct shape *s = loops->s;
	uint32_t start = i + 4;

	if (!is_run(s, start, 3) || !s->labels[start] ||
	    !loads(&s->insns[start], OPC_iload) || !loads(&s->insns[start + 1], OPC_iload) ||
	    !opcode_is_conditional_jump(s->insns[start + 2].opcode))
		return;
	loops->seen[start + 2] = true;
	for (uint32_t k = start + 3; k < s->n; k++) {
		if (!counts(s, k, s->insns[i + 3].index))
			continue;
		loops->seen[k] = true;
		if (k + 1 < s->n && !s->labels[k + 1] && is_goto(&s->insns[k + 1]) &&
		    target_of(s, k + 1) == start)
			loops->whole = true;
	}
}

/* arraylength; istore; iconst_0; istore c; goto E; S: ... iinc c; E: iload; iload; if -> S */
static void see_array_at_end(struct foreach *loops, uint32_t i)
{
	const struct shape *s = loops->s;
	uint32_t start = i + 5, end;

	if (start >= s->n || s->labels[i + 4] || !is_goto(&s->insns[i + 4]) || !s->labels[start])
		return;
	for (uint32_t k = start; k < s->n; k++)
		loops->seen[k] = loops->seen[k] || counts(s, k, s->insns[i + 3].index);
	end = target_of(s, i + 4);
	if (end > start && is_run(s, end, 3) && counts(s, end - 1, s->insns[i + 3].index) &&
	    loads(&s->insns[end], OPC_iload) && loads(&s->insns[end + 1], OPC_iload) &&
	    opcode_is_conditional_jump(s->insns[end + 2].opcode) &&
	    target_of(s, end + 2) == start)
		loops->whole = loops->seen[end + 2] = true;
}

static void mark_foreach(const struct shape *s)
{
	struct foreach loops = { .s = s, .seen = ARENA_NEW_N(s->body->arena, bool, s->n) };

	for (uint32_t i = 0; i < s->n; i++) {
		see_iterator_at_start(&loops, i);
		see_iterator_at_end(&loops, i);
		if (!is_run(s, i, 4) || s->insns[i].opcode != OPC_arraylength ||
		    !stores(&s->insns[i + 1], OPC_istore) ||
		    s->insns[i + 2].opcode != OPC_iconst_0 ||
		    !stores(&s->insns[i + 3], OPC_istore))
			continue;
		see_array_at_start(&loops, i);
		see_array_at_end(&loops, i);
	}
	for (uint32_t i = 0; i < s->n && loops.whole; i++)
		s->marks[i] = loops.seen[i];
}

/* ---- for loops ---- */

/* S: iload v; ... if -> E; label; ... iinc v; goto S; E: */
static bool counts_loop_at_start(const struct shape *s, uint32_t i)
{
	uint32_t start;

	if (i + 2 >= s->n || s->labels[i + 1] || !opcode_is_jump(s->insns[i + 1].opcode))
		return false;
	start = target_of(s, i + 1);
	if (start >= i || !loads(&s->insns[start], OPC_iload) ||
	    s->insns[start].index != s->insns[i].index)
		return false;
	for (uint32_t k = start + 1; k < i; k++)
		if (opcode_is_conditional_jump(s->insns[k].opcode) &&
		    target_of(s, k) == i + 2 && s->labels[k + 1])
			return true;
	return false;
}

/* Compared with a number, an array's length, the result of a call. */
static bool is_limit(const struct shape *s, uint32_t i)
{
	enum opcode opcode = s->insns[i].opcode;

	return opcode == OPC_bipush || opcode == OPC_arraylength ||
	       is_small_constant(&s->insns[i]) ||
	       (opcode_is_invoke(opcode) && opcode != OPC_invokedynamic);
}

/* istore v; label; goto E; S: ... iinc v; E: iload v; ... limit; if -> S */
static bool counts_loop_at_end(const struct shape *s, uint32_t i)
{
	uint16_t variable = s->insns[i].index;

	if (i + 1 >= s->n || !loads(&s->insns[i + 1], OPC_iload) ||
	    s->insns[i + 1].index != variable)
		return false;
	for (uint32_t k = 1; k + 1 < i; k++) {
		uint32_t start = k + 1;

		if (!is_goto(&s->insns[k]) || target_of(s, k) != i + 1 ||
		    !s->labels[k] || !s->labels[start] ||
		    !stores(&s->insns[k - 1], OPC_istore) || s->insns[k - 1].index != variable)
			continue;
		for (uint32_t jump = i + 3; jump < s->n; jump++)
			if (opcode_is_conditional_jump(s->insns[jump].opcode) &&
			    target_of(s, jump) == start && !s->labels[jump] &&
			    is_limit(s, jump - 1))
				return true;
	}
	return false;
}

static void mark_loop_counters(const struct shape *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (s->insns[i].opcode == OPC_iinc &&
		    (counts_loop_at_start(s, i) || counts_loop_at_end(s, i)))
			mark(s, i, i);
}

/* ---- switches ---- */

/* aload; ldc; equals; ifeq; constant; istore; its length, 0 if it is another. */
static uint32_t string_case(const struct shape *s, uint32_t i)
{
	enum opcode number;

	if (i >= s->n || !s->labels[i] || !is_run(s, i, 6))
		return 0;
	number = s->insns[i + 4].opcode;
	if (!loads(&s->insns[i], OPC_aload) ||
	    (s->insns[i + 1].opcode != OPC_ldc && s->insns[i + 1].opcode != OPC_ldc_w) ||
	    !calls(s, i + 2, "java/lang/String", "equals") ||
	    s->insns[i + 3].opcode != OPC_ifeq ||
	    (!is_small_constant(&s->insns[i + 4]) && number != OPC_bipush &&
	     number != OPC_sipush) ||
	    !stores(&s->insns[i + 5], OPC_istore))
		return 0;
	return 6;
}

static void mark_string_switch(const struct shape *s)
{
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t at = i + 5, len, n = 0;

		if (!is_run(s, i, 5) || s->insns[i].opcode != OPC_iconst_m1 ||
		    !stores(&s->insns[i + 1], OPC_istore) ||
		    !loads(&s->insns[i + 2], OPC_aload) ||
		    !calls(s, i + 3, "java/lang/String", "hashCode") ||
		    !opcode_is_switch(s->insns[i + 4].opcode))
			continue;
		while ((len = string_case(s, at)) && at + len < s->n &&
		       !s->labels[at + len] && is_goto(&s->insns[at + len])) {
			at += len + 1;
			n++;
		}
		at += len;
		if (n > 0 && len && is_run(s, at, 2) && s->labels[at] &&
		    loads(&s->insns[at], OPC_iload) &&
		    opcode_is_switch(s->insns[at + 1].opcode))
			mark(s, i, at);
	}
}

/* From the default on to the last throw of the method: the exception that the
 * compiler has for a constant it has not seen is somewhere there. */
static void mark_enum_switch(const struct shape *s)
{
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t from, last;

		if (!is_run(s, i, 5) || !field_named(s, i, "$SwitchMap$") ||
		    !loads(&s->insns[i + 1], OPC_aload) || !calls(s, i + 2, NULL, "ordinal") ||
		    s->insns[i + 3].opcode != OPC_iaload ||
		    !opcode_is_switch(s->insns[i + 4].opcode))
			continue;
		mark(s, i, i + 3);
		from = s->code->insn_at[s->insns[i + 4].table->default_pc];
		for (last = s->n - 1; last > from; last--)
			if (s->insns[last].opcode == OPC_athrow)
				break;
		if (from > i + 4 && last > from)
			mark(s, from, last);
	}
}

/* ---- assert ---- */

static void mark_assertions(const struct shape *s)
{
	for (uint32_t i = 0; i + 1 < s->n; i++)
		if (field_named(s, i, "$assertionsDisabled") && is_run(s, i, 2) &&
		    s->insns[i + 1].opcode == OPC_ifne && target_of(s, i + 1) > i)
			mark(s, i, target_of(s, i + 1) - 1);
}

/* ---- try with resources ---- */

static bool is_throwable_handler(const struct shape *s, uint32_t i)
{
	for (uint32_t e = 0; e < s->code->n_exceptions; e++) {
		const struct exception_entry *entry = &s->code->exceptions[e];

		if (entry->catch_type && !strcmp(entry->catch_type, "java/lang/Throwable") &&
		    s->code->insn_at[entry->handler] == i)
			return true;
	}
	return false;
}

static bool is_close(const struct shape *s, uint32_t i)
{
	enum opcode opcode = s->insns[i].opcode;
	struct member_ref ref;

	return (opcode == OPC_invokevirtual || opcode == OPC_invokeinterface) &&
	       call_at(s, i, &ref) && !strcmp(ref.name, "close") &&
	       !strcmp(ref.descriptor, "()V");
}

/* handler: astore; aload; aload; addSuppressed */
static bool suppresses(const struct shape *s, uint32_t i)
{
	struct member_ref ref;

	return i >= 3 && call_at(s, i, &ref) && !strcmp(ref.name, "addSuppressed") &&
	       !strcmp(ref.descriptor, "(Ljava/lang/Throwable;)V") &&
	       loads(&s->insns[i - 1], OPC_aload) && loads(&s->insns[i - 2], OPC_aload) &&
	       stores(&s->insns[i - 3], OPC_astore) && is_throwable_handler(s, i - 3);
}

static void mark_try_resources(const struct shape *s)
{
	uint32_t last_handler = 0;

	if (s->code->n_exceptions <= 1)
		return;
	if (s->body->class->major < JAVA_11)	/* PIT's shape of those is wider */
		javac_mark_try_resources(s->body, s->marks);
	for (uint32_t i = 0; i < s->n; i++)
		if (is_throwable_handler(s, i))
			last_handler = i;
	for (uint32_t i = 0; i < s->n; i++) {
		if (suppresses(s, i))
			mark(s, i, i);
		if (!is_close(s, i) || i >= last_handler)
			continue;
		mark(s, i, i);
		if (i >= 2 && loads(&s->insns[i - 1], OPC_aload) &&
		    s->insns[i - 2].opcode == OPC_ifnull &&
		    !is_throwable_handler(s, i - 1) && !is_throwable_handler(s, i))
			mark(s, i - 2, i);
	}
}

/* ---- Lombok ---- */

/* aload; ifnonnull; new; dup; ldc "x is marked non-null but is null"; <init>; athrow */
static void mark_lombok(const struct shape *s)
{
	static const char end[] = "is marked non-null but is null";

	for (uint32_t i = 0; i + 6 < s->n; i++) {
		const char *text;
		size_t len;

		if (!loads(&s->insns[i], OPC_aload) ||
		    s->insns[i + 1].opcode != OPC_ifnonnull ||
		    s->insns[i + 2].opcode != OPC_new ||
		    (s->insns[i + 4].opcode != OPC_ldc && s->insns[i + 4].opcode != OPC_ldc_w) ||
		    s->insns[i + 6].opcode != OPC_athrow)
			continue;
		text = class_string_at(s->body->class, s->insns[i + 4].index);
		len = text ? strlen(text) : 0;
		if (len >= sizeof(end) - 1 && !strcmp(text + len - (sizeof(end) - 1), end))
			mark(s, i, i + 6);
	}
}

void pit_shape_mark(const struct body *body, const bool *labels, enum filter filter,
		    bool *marks)
{
	static void (*const marking[N_FILTERS])(const struct shape *s) = {
		[FILTER_foreach] = mark_foreach,
		[FILTER_loop_counter] = mark_loop_counters,
		[FILTER_string_switch] = mark_string_switch,
		[FILTER_enum_switch] = mark_enum_switch,
		[FILTER_assertions] = mark_assertions,
		[FILTER_try_resources] = mark_try_resources,
		[FILTER_generated] = mark_lombok,
	};
	struct shape shape = {
		.body = body, .code = body->code, .insns = body->code->insns,
		.n = body->code->n_insns, .labels = labels, .marks = marks,
	};

	if (marking[filter])
		marking[filter](&shape);
}
