#include "oracle/oracle_graph.h"

#include <string.h>

#include "oracle/oracle_reach.h"
#include "oracle/oracle_value.h"

#define TRIES_MAX 1000u		/* of a method's exception table */

/* ---- instructions ---- */

static void store_field(struct oracle_builder *b, uint32_t i, uint32_t value)
{
	struct oracle_class *class;
	struct oracle_field *found;
	struct member_ref ref;

	if (!class_member_ref_at(b->class, b->code->insns[i].index, &ref) || !ref.owner)
		return;
	class = oracle_class_find(b->oracle, ref.owner);
	found = class ? oracle_field_find(b->oracle, class, ref.name) : NULL;
	if (!found)
		return;
	found->stored = arena_room(b->oracle->arena, found->stored, found->n_stored,
				   sizeof(*found->stored));
	found->stored[found->n_stored++] = (struct oracle_stored){ b->method, value };
}

static void keep_result(struct oracle_builder *b, uint32_t node)
{
	struct oracle_method *method = b->method;

	method->results = arena_room(b->oracle->arena, method->results, method->n_results,
				     sizeof(*method->results));
	method->results[method->n_results++] = node;
}

static bool is_assertion_error(const char *name)
{
	return name && (strstr(name, "AssertionError") || strstr(name, "AssertionFailedError") ||
			strstr(name, "ComparisonFailure"));
}

/* What decides whether control gets here: it is part of what fail() judges and
 * of what a variable holds that is changed on the way. */
static void ask(struct oracle_builder *b, uint32_t node)
{
	uint32_t all = oracle_node_add(b, NODE_MIX);

	oracle_node_at(b, node)->is_used = true;
	oracle_node_arg(b, all, node);
	if (b->conditions)
		oracle_node_arg(b, all, b->conditions);
	b->conditions = all;
}

static void add_conditions(struct oracle_builder *b, struct oracle_assertion *assertion)
{
	if (b->conditions)
		oracle_value_judged(b, assertion, b->conditions);
}

static void thrown(struct oracle_builder *b, uint32_t i, const struct expr *made)
{
	if (made->kind == EXPR_NEW && (b->method->is_test || is_assertion_error(made->text)))
		add_conditions(b, oracle_value_assertion(b, ASSERTION_FAIL, i));
}

/* A failure that only an exception leads to says no more than the exception. */
static void drop_failures(struct oracle_builder *b, uint32_t first, bool is_normal)
{
	struct oracle_method *method = b->method;
	uint32_t kept = first;

	for (uint32_t i = first; i < method->n_assertions; i++)
		if (is_normal || method->assertions[i].kind != ASSERTION_FAIL)
			method->assertions[kept++] = method->assertions[i];
	method->n_assertions = kept;
}

/* A variable that is changed says also which way control went: a count of what
 * an iterator gave, a mark set in a handler. */
static void changed(struct oracle_builder *b, uint32_t i, uint32_t variable)
{
	const struct insn *insn = &b->code->insns[i];

	if (insn->index >= b->code->max_locals || b->n_stores[insn->index] < 2)
		return;
	if (b->conditions)
		oracle_node_arg(b, variable, b->conditions);
	if (b->reached[i] == ORACLE_AFTER_THROW || b->is_tried[i])
		oracle_node_arg(b, variable, ORACLE_UNSURE);
}

static void stored(struct oracle_builder *b, uint32_t i, uint32_t value)
{
	const struct insn *insn = &b->code->insns[i];
	uint32_t variable = oracle_node_variable(b, insn->pc + insn->length, insn->index);

	oracle_node_arg(b, variable, value);
	changed(b, i, variable);
}

static void instruction(struct oracle_builder *b, uint32_t i)
{
	const struct expr *made = b->express->made[i];
	enum opcode opcode = b->code->insns[i].opcode;
	uint32_t node;

	if (!made)
		return;
	node = oracle_value_node(b, made);
	if (opcode_is_conditional_jump(opcode) || opcode_is_switch(opcode))
		ask(b, node);
	else if (opcode_is_store(opcode))
		stored(b, i, node);
	else if (opcode == OPC_iinc)
		changed(b, i, node);
	else if (opcode == OPC_putfield || opcode == OPC_putstatic)
		store_field(b, i, node);
	else if (opcode_is_return(opcode))
		keep_result(b, node);
	else if (opcode == OPC_athrow)
		thrown(b, i, made);
	else if (opcode >= OPC_iastore && opcode <= OPC_sastore && made->n_args == 3)
		oracle_node_at(b, node)->is_link = true;
	else if (made->kind == EXPR_CALL && made->args && made->n_args &&
		 made->args[0]->kind == EXPR_NEW)
		oracle_value_node(b, made->args[0]);
}

/* How often variables change, and where exceptions may lead away. */
static void survey(struct oracle_builder *b)
{
	const struct code *code = b->code;

	b->n_stores = ARENA_NEW_N(&b->scratch, uint16_t, code->max_locals + 1u);
	b->is_tried = ARENA_NEW_N(&b->scratch, bool, code->n_insns);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		const struct insn *insn = &code->insns[i];

		if ((opcode_is_store(insn->opcode) || insn->opcode == OPC_iinc) &&
		    insn->index < code->max_locals && b->n_stores[insn->index] < 2)
			b->n_stores[insn->index]++;
	}
	for (unsigned e = 0; e < code->n_exceptions && e < TRIES_MAX; e++) {
		const struct exception_entry *entry = &code->exceptions[e];

		for (uint32_t i = code->insn_at[entry->start];
		     i < code->n_insns && code->insns[i].pc < entry->end; i++)
			b->is_tried[i] |= entry->catch_type != NULL;
	}
}

void oracle_graph_build(struct oracle *oracle, struct oracle_method *method,
			const struct member *member)
{
	struct oracle_builder b = { .oracle = oracle, .method = method, .class = method->class->parsed };
	struct err ignored = ERR_INIT;
	struct code *code;

	oracle_node_add(&b, NODE_CONSTANT);
	oracle_node_at(&b, oracle_node_add(&b, NODE_UNSURE))->mask = FROM_UNSURE;
	if (code_parse(&b.scratch, b.class, member, &code, &ignored) != ERR_OK) {
		arena_release(&b.scratch);
		return;
	}
	b.code = code;
	method->line = code_line(code, 0);
	b.express = express_build(&b.scratch, NULL, b.class, member, code);
	b.reached = oracle_reach(&b.scratch, b.express);
	survey(&b);
	oracle_node_parameters(&b);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		uint32_t n = method->n_assertions;

		if (!b.reached[i])
			continue;
		instruction(&b, i);
		drop_failures(&b, n, b.reached[i] == ORACLE_REACHED);
		for (; n < method->n_assertions; n++)
			if (method->assertions[n].kind == ASSERTION_FAIL &&
			    !method->assertions[n].n_nodes)
				add_conditions(&b, &method->assertions[n]);
	}
	arena_release(&b.scratch);
}
