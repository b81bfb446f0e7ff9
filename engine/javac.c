#include "engine/javac.h"

#include <string.h>

/* ---- looking at instructions; false beyond the end ---- */

static const struct insn *at(const struct body *body, uint32_t i)
{
	return i < body->code->n_insns ? &body->code->insns[i] : NULL;
}

static bool is(const struct body *body, uint32_t i, enum opcode opcode)
{
	const struct insn *insn = at(body, i);

	return insn && insn->opcode == opcode;
}

/* The number of the local that instruction `i` loads (a reference, an int) or
 * stores, or -1. */
static int loaded(const struct body *body, uint32_t i)
{
	const struct insn *insn = at(body, i);

	return insn && opcode_is_load(insn->opcode) ? insn->index : -1;
}

static int stored(const struct body *body, uint32_t i)
{
	const struct insn *insn = at(body, i);

	return insn && opcode_is_store(insn->opcode) ? insn->index : -1;
}

static bool calls(const struct body *body, uint32_t i, const char *owner,
		  const char *name, const char *descriptor)
{
	const struct insn *insn = at(body, i);
	struct member_ref ref;

	return insn && opcode_is_invoke(insn->opcode) &&
	       class_member_ref_at(body->class, insn->index, &ref) &&
	       (!name || !strcmp(ref.name, name)) &&
	       (!owner || (ref.owner && !strcmp(ref.owner, owner))) &&
	       (!descriptor || !strcmp(ref.descriptor, descriptor));
}

/* Compiler-made variables have no entry in LocalVariableTable; without a table
 * every variable looks so, and the shape alone decides. */
static bool is_hidden(const struct body *body, uint32_t after, int index)
{
	const struct insn *insn = at(body, after);

	return index >= 0 && insn &&
	       !code_local(body->code, insn->pc, (uint16_t)index);
}

static uint32_t target_of(const struct body *body, uint32_t jump)
{
	return body->code->insn_at[body->code->insns[jump].target];
}

/* ---- for each ---- */

/* iterator(); astore k; L: aload k; hasNext(); ifeq; aload k; next() */
static bool mark_iterable(const struct body *body, uint32_t i, bool *marks)
{
	int k = stored(body, i + 1);

	if (k < 0 || loaded(body, i + 2) != k ||
	    !calls(body, i, NULL, "iterator", NULL) ||
	    !calls(body, i + 3, "java/util/Iterator", "hasNext", "()Z") ||
	    !is(body, i + 4, OPC_ifeq) || loaded(body, i + 5) != k ||
	    !calls(body, i + 6, "java/util/Iterator", "next", NULL) ||
	    !is_hidden(body, i + 2, k))
		return false;
	marks[i] = marks[i + 3] = marks[i + 4] = marks[i + 6] = true;
	return true;
}

/* astore a; aload a; arraylength; istore n; iconst_0; istore k;
 * L: iload k; iload n; if_icmpge; aload a; iload k; xaload; ... iinc k; goto L */
static void mark_array(const struct body *body, uint32_t i, bool *marks)
{
	int a = stored(body, i), n, k;

	if (a < 0 || !is(body, i + 2, OPC_arraylength))
		return;
	n = stored(body, i + 3);
	k = stored(body, i + 5);
	if (n < 0 || k < 0 || loaded(body, i + 1) != a || !is(body, i + 4, OPC_iconst_0) ||
	    loaded(body, i + 6) != k || loaded(body, i + 7) != n ||
	    !is(body, i + 8, OPC_if_icmpge) || loaded(body, i + 9) != a ||
	    loaded(body, i + 10) != k || !is_hidden(body, i + 6, k) ||
	    !is_hidden(body, i + 6, n))
		return;
	marks[i + 8] = true;
	/* The only iinc of a variable the source cannot name, until its end. */
	for (uint32_t j = i + 9; j < target_of(body, i + 8); j++)
		if (is(body, j, OPC_iinc) && at(body, j)->index == k)
			marks[j] = true;
}

/* Other compilers test at the end of the loop, in other orders. Where variables
 * have names, one without is the compiler's: an iterator, or an index that is
 * counted up. */
static bool is_nameless(const struct body *body, const struct expr *expr)
{
	return expr->kind == EXPR_LOCAL && body->code->n_locals > 0 &&
	       (expr->index > 0 || body->method->access & ACCESS_STATIC) &&
	       !code_local(body->code, expr->pc, expr->index);
}

static bool is_counted(const struct body *body, const struct expr *expr)
{
	if (!is_nameless(body, expr))
		return false;
	for (uint32_t i = 0; i < body->code->n_insns; i++)
		if (is(body, i, OPC_iinc) && at(body, i)->index == expr->index)
			return true;
	return false;
}

static bool is_iterating(const struct expr *made)
{
	return made->kind == EXPR_CALL && made->ref.owner &&
	       !strcmp(made->ref.owner, "java/util/Iterator") &&
	       (!strcmp(made->ref.name, "hasNext") ||
		!strcmp(made->ref.name, "next"));
}

static bool is_nameless_plumbing(const struct body *body, uint32_t i)
{
	const struct expr *made = body->express->made[i];

	if (!made)
		return false;
	if (is(body, i, OPC_iinc))
		return is_nameless(body, made);
	if (is_iterating(made))
		return is_nameless(body, made->args[0]);
	if (calls(body, i, NULL, "iterator", NULL))
		return stored(body, i + 1) > 0 && body->code->n_locals > 0 &&
		       is_hidden(body, i + 2, stored(body, i + 1));
	if (made->kind != EXPR_CONDITION)
		return false;
	if (made->n_args == 2)
		return is_counted(body, made->args[0]) ||
		       is_counted(body, made->args[1]);
	return is_iterating(made->args[0]) &&
	       is_nameless(body, made->args[0]->args[0]);
}

void javac_mark_foreach(const struct body *body, bool *marks)
{
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		if (!mark_iterable(body, i, marks))
			mark_array(body, i, marks);
		if (is_nameless_plumbing(body, i))
			marks[i] = true;
	}
}

/* ---- switches ---- */

/* One label's strings: aload s; ldc; equals(); ifeq next (ecj: ifne label). */
static void mark_equals(const struct body *body, uint32_t i, bool *marks)
{
	for (unsigned n = 0; n < body->code->n_insns; n++) {
		const struct insn *jump = at(body, i + 3);

		if (loaded(body, i) < 0 ||
		    !calls(body, i + 2, "java/lang/String", "equals", NULL) ||
		    !jump || !opcode_is_conditional_jump(jump->opcode) ||
		    marks[i + 2])
			return;
		marks[i + 2] = marks[i + 3] = true;
		i = jump->opcode == OPC_ifeq ? target_of(body, i + 3) : i + 4;
	}
}

void javac_mark_string_switch(const struct body *body, bool *marks)
{
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		const struct switch_table *table;

		if (!at(body, i + 1) || !at(body, i + 1)->table ||
		    !calls(body, i, "java/lang/String", "hashCode", "()I"))
			continue;
		marks[i] = true;
		table = at(body, i + 1)->table;
		for (uint32_t j = 0; j < table->n; j++)
			mark_equals(body, body->code->insn_at[table->targets[j]],
				    marks);
	}
}

/* A field or method that holds the map from ordinals to labels: javac's
 * $SwitchMap$..., kotlinc's $EnumSwitchMapping$..., ecj's $SWITCH_TABLE$... */
static bool is_switch_map(const struct body *body, uint32_t i)
{
	struct member_ref ref;

	if (!is(body, i, OPC_getstatic) && !is(body, i, OPC_invokestatic))
		return false;
	return class_member_ref_at(body->class, at(body, i)->index, &ref) &&
	       (!strncmp(ref.name, "$SwitchMap$", 11) ||
		!strncmp(ref.name, "$EnumSwitchMapping$", 19) ||
		!strncmp(ref.name, "$SWITCH_TABLE$", 14));
}

void javac_mark_enum_switch(const struct body *body, bool *marks)
{
	bool has_map = false;

	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		if (is_switch_map(body, i)) {
			has_map = true;
			marks[i] = true;
		}
		if (has_map && calls(body, i, NULL, "ordinal", "()I") &&
		    is(body, i + 1, OPC_iaload)) {
			marks[i] = true;
			has_map = false;
		}
	}
}

/* A condition on a constant is never the user's: those are folded away. javac
 * writes one where a component of a record pattern always matches. */
static bool is_constant_test(const struct body *body, uint32_t i)
{
	return (is(body, i, OPC_ifeq) || is(body, i, OPC_ifne)) &&
	       (is(body, i - 1, OPC_iconst_0) || is(body, i - 1, OPC_iconst_1)) &&
	       !body->code->is_target[i];
}

/* dup; requireNonNull(); pop: before a method reference, an inner class's
 * creation, a pattern switch; older: dup; getClass(); pop. And the same on
 * `this` where a constant field is read through it. */
static bool is_null_check(const struct body *body, uint32_t i)
{
	return is(body, i + 1, OPC_pop) &&
	       (is(body, i - 1, OPC_dup) ||
		(loaded(body, i - 1) == 0 &&
		 !(body->method->access & ACCESS_STATIC))) &&
	       (calls(body, i, "java/util/Objects", "requireNonNull",
		      "(Ljava/lang/Object;)Ljava/lang/Object;") ||
		calls(body, i, "java/lang/Object", "getClass", NULL));
}

/* new MatchException(t.toString(), t) around record patterns */
static bool is_match_failure(const struct body *body, uint32_t i)
{
	return is(body, i + 2, OPC_invokespecial) &&
	       calls(body, i, "java/lang/Throwable", "toString", NULL) &&
	       calls(body, i + 2, "java/lang/MatchException", "<init>", NULL);
}

void javac_mark_pattern_switch(const struct body *body, bool *marks)
{
	for (uint32_t i = 1; i < body->code->n_insns; i++)
		if (is_null_check(body, i) || is_constant_test(body, i) ||
		    is_match_failure(body, i))
			marks[i] = true;
}

/* ---- assert ---- */

static bool is_assertions_field(const struct body *body, uint32_t i,
				enum opcode opcode)
{
	struct member_ref ref;

	return is(body, i, opcode) &&
	       class_member_ref_at(body->class, at(body, i)->index, &ref) &&
	       !strcmp(ref.name, "$assertionsDisabled");
}

void javac_mark_assertions(const struct body *body, bool *marks)
{
	for (uint32_t i = 0; i < body->code->n_insns; i++) {
		if (is_assertions_field(body, i, OPC_getstatic) &&
		    is(body, i + 1, OPC_ifne))
			marks[i + 1] = true;
		/* desiredAssertionStatus(); ifne; iconst_1; goto; iconst_0 */
		if (is_assertions_field(body, i + 5, OPC_putstatic) &&
		    calls(body, i, "java/lang/Class", "desiredAssertionStatus",
			  "()Z"))
			marks[i] = marks[i + 1] = true;
	}
}

/* ---- try-with-resources ---- */

static bool is_add_suppressed(const struct body *body, uint32_t i)
{
	return calls(body, i, NULL, "addSuppressed", "(Ljava/lang/Throwable;)V");
}

/* aload r; close(): marks the call; r or -1. */
static int mark_close(const struct body *body, uint32_t i, bool *marks)
{
	int resource = loaded(body, i);

	if (resource < 0 || !calls(body, i + 1, NULL, "close", "()V"))
		return -1;
	marks[i + 1] = true;
	return resource;
}

/* Null tests before instruction `i`: aload; ifnull. */
static void mark_null_tests(const struct body *body, uint32_t i, bool *marks)
{
	while (i >= 2 && loaded(body, i - 2) >= 0 &&
	       (is(body, i - 1, OPC_ifnull) || is(body, i - 1, OPC_ifnonnull))) {
		marks[i - 1] = true;
		i -= 2;
	}
}

/* The close on the way out that throws nothing: where the range that `handler`
 * protects is interrupted stands [aload r; ifnull;] aload r; close(). */
static void mark_normal_closes(const struct body *body, uint32_t handler,
			       int resource, bool *marks)
{
	const struct code *code = body->code;

	for (unsigned e = 0; e < code->n_exceptions; e++) {
		const struct exception_entry *entry = &code->exceptions[e];
		uint32_t i;

		if (code->insn_at[entry->handler] != handler ||
		    entry->end >= code->bytes.len)
			continue;
		i = code->insn_at[entry->end];
		if (loaded(body, i) == resource &&
		    is(body, i + 1, OPC_ifnull) && loaded(body, i + 2) == resource)
			i += 2;
		if (loaded(body, i) == resource &&
		    mark_close(body, i, marks) >= 0)
			mark_null_tests(body, i, marks);
	}
}

/* The handler in which instruction `i` stands: the last one begun before it
 * that is not the inner one, at `inner`. */
static uint32_t handler_around(const struct body *body, uint32_t i,
			       uint32_t inner)
{
	const struct code *code = body->code;
	uint32_t found = INSN_NONE;

	for (unsigned e = 0; e < code->n_exceptions; e++) {
		uint32_t handler = code->insn_at[code->exceptions[e].handler];

		if (handler < i && handler != inner &&
		    (found == INSN_NONE || handler > found))
			found = handler;
	}
	return found;
}

/* The close that failed: handler `inner` holds addSuppressed and protects
 * aload r; close(). */
static void mark_failed_close(const struct body *body, uint32_t inner,
			      uint32_t suppressed, bool *marks)
{
	const struct code *code = body->code;

	for (unsigned e = 0; e < code->n_exceptions; e++) {
		const struct exception_entry *entry = &code->exceptions[e];
		uint32_t start = code->insn_at[entry->start], around, after;
		int resource;

		if (code->insn_at[entry->handler] != inner)
			continue;
		resource = mark_close(body, start, marks);
		if (resource < 0)
			continue;
		marks[suppressed] = true;
		mark_null_tests(body, start, marks);
		/* javac 7 and 8 close once more, where nothing was thrown */
		after = suppressed + 1;
		if (is(body, after, OPC_goto))
			after++;
		if (loaded(body, after) == resource)
			mark_close(body, after, marks);
		around = handler_around(body, start, inner);
		if (around != INSN_NONE)
			mark_normal_closes(body, around, resource, marks);
	}
}

void javac_mark_try_resources(const struct body *body, bool *marks)
{
	for (uint32_t i = 3; i < body->code->n_insns; i++) {
		/* javac 9 and 10 */
		if (calls(body, i, NULL, "$closeResource", NULL)) {
			marks[i] = true;
			mark_null_tests(body, i - 2, marks);
		}
		/* astore x; aload t; aload x; addSuppressed() */
		if (stored(body, i - 3) >= 0 && loaded(body, i - 2) >= 0 &&
		    loaded(body, i - 1) == stored(body, i - 3) &&
		    is_add_suppressed(body, i))
			mark_failed_close(body, i - 3, i, marks);
	}
}
