#include "oracle/oracle_flow.h"

#include <string.h>

#define ROUNDS_MAX 100u		/* each can only add; few are needed */

struct filling {		/* of a value with what it did not hold when it was made */
	struct oracle_method *method;
	uint32_t node;
	uint64_t mask;
};

struct solver {
	struct oracle *oracle;
	bool changed;
	struct arena arena;
	struct filling *todo;
	uint32_t n_todo, size_todo;
};

static void add(struct solver *solver, uint64_t *mask, uint64_t more)
{
	if ((*mask | more) == *mask)
		return;
	*mask |= more;
	solver->changed = true;
}

uint64_t oracle_flow_concrete(const struct oracle_method *method, uint64_t mask)
{
	uint64_t result = mask & (FROM_PROJECT | FROM_UNSURE);

	for (uint16_t i = 0; i < method->n_parameters && i < ORACLE_PARAMETERS; i++)
		if (mask >> i & 1)
			result |= method->given[i];
	return result;
}

/* ---- what a value is filled with after it was made ---- */

static void push(struct solver *solver, struct oracle_method *method, uint32_t n,
		 uint64_t mask)
{
	struct oracle_node *node = &method->nodes[n];

	if (n < 2 || (node->pushed | mask) == node->pushed)
		return;
	add(solver, &node->pushed, mask);
	if (solver->n_todo == solver->size_todo) {
		uint32_t size = solver->size_todo ? 2 * solver->size_todo : 256;

		solver->todo = arena_grow(&solver->arena, solver->todo, solver->n_todo, size,
					  sizeof(*solver->todo));
		solver->size_todo = size;
	}
	solver->todo[solver->n_todo++] = (struct filling){ method, n, mask };
}

static void push_to_args(struct solver *solver, struct oracle_method *method,
			 const struct oracle_node *node, uint64_t mask)
{
	for (uint16_t i = 0; i < node->n_args; i++)
		if (method->nodes[node->args[i]].is_mutable)
			push(solver, method, node->args[i], mask);
}

static void push_to_field(struct solver *solver, struct oracle_method *method,
			  struct oracle_field *field, uint64_t mask)
{
	uint64_t known = oracle_flow_concrete(method, mask);

	add(solver, &field->mask, known);
	for (uint32_t i = 0; known && i < field->n_stored; i++) {
		struct oracle_method *stores = field->stored[i].method;

		if (stores->nodes[field->stored[i].node].is_mutable)
			push(solver, stores, field->stored[i].node, known);
	}
}

static void push_on(struct solver *solver, const struct filling *from)
{
	struct oracle_method *method = from->method;
	const struct oracle_node *node = &method->nodes[from->node];

	switch (node->kind) {
	case NODE_VARIABLE: case NODE_MIX:
		push_to_args(solver, method, node, from->mask);
		break;
	case NODE_CALL:
		if (node->is_construction)
			push_to_args(solver, method, node, from->mask);
		break;
	case NODE_FIELD:
		push_to_field(solver, method, node->field, from->mask);
		break;
	case NODE_PARAMETER:
		if (node->index < method->n_parameters)
			add(solver, &method->pushed[node->index], from->mask);
		break;
	default:
		break;
	}
}

/* Ends because a node only comes here again when its mask grew. */
static void push_all(struct solver *solver)
{
	while (solver->n_todo) {
		struct filling from = solver->todo[--solver->n_todo];

		push_on(solver, &from);
	}
}

/* ---- calls of test code ---- */

/* What argument i of `target` is, as seen from the call. */
static uint64_t argument_mask(const struct oracle_method *method,
			      const struct oracle_node *node,
			      const struct oracle_method *target, uint16_t i)
{
	uint64_t mask = 0;

	if (node->is_construction && target->name[0] != '<')
		return i ? FROM_UNSURE : 0;	/* called back */
	if (i < node->n_args)
		return method->nodes[node->args[i]].mask;
	if (!node->is_lambda)
		return 0;
	for (uint16_t k = 0; k < node->n_rest; k++)
		if (&method->nodes[node->rest[k]] != node)
			mask |= method->nodes[node->rest[k]].mask;
	return node->rest_unsure ? mask | FROM_UNSURE : mask;
}

static uint64_t substitute(const struct oracle_method *method, const struct oracle_node *node,
			   const struct oracle_method *target, uint64_t mask)
{
	uint64_t result = mask & FROM_ANYWHERE;

	for (uint16_t i = 0; i < ORACLE_PARAMETERS && mask >> i; i++)
		if (mask >> i & 1)
			result |= argument_mask(method, node, target, i);
	return result;
}

static uint64_t call(struct solver *solver, struct oracle_method *method,
		     struct oracle_node *node)
{
	uint64_t result = 0;

	for (uint16_t t = 0; t < node->n_targets; t++) {
		struct oracle_method *target = node->targets[t];

		if (target->name[0] != '<' || !node->is_construction)
			result |= substitute(method, node, target, target->result);
		if (node->is_lambda && target->calls_project)
			result |= FROM_PROJECT;
		add(solver, &method->judged, substitute(method, node, target, target->judged));
		for (uint16_t i = 0; i < target->n_parameters; i++) {
			uint64_t given = argument_mask(method, node, target, i);

			add(solver, &target->given[i], oracle_flow_concrete(method, given));
			if (target->pushed[i] && i < node->n_args &&
			    method->nodes[node->args[i]].is_mutable &&
			    !(node->is_construction && target->name[0] != '<'))
				push(solver, method, node->args[i],
				     substitute(method, node, target, target->pushed[i]));
		}
		solver->changed |= target->asserts > method->asserts ||
				   target->only_passes > method->only_passes ||
				   target->calls_project > method->calls_project;
		method->asserts |= target->asserts;
		method->only_passes |= target->only_passes;
		method->calls_project |= target->calls_project;
	}
	if (node->is_construction)
		for (uint16_t i = 0; i < node->n_args; i++)
			result |= method->nodes[node->args[i]].mask;
	return result;
}

/* ---- a method ---- */

static uint64_t args_mask(const struct oracle_method *method, const struct oracle_node *node)
{
	uint64_t mask = 0;

	for (uint16_t i = 0; i < node->n_args; i++)
		mask |= method->nodes[node->args[i]].mask;
	return mask;
}

static void node_step(struct solver *solver, struct oracle_method *method,
		      struct oracle_node *node)
{
	uint64_t mask = node->pushed;

	switch (node->kind) {
	case NODE_PARAMETER:
		mask |= node->index < ORACLE_PARAMETERS ? UINT64_C(1) << node->index
							: FROM_UNSURE;
		break;
	case NODE_PROJECT:
		if (!method->calls_project && node->ref.descriptor &&
		    *node->ref.descriptor == '(') {
			method->calls_project = true;
			solver->changed = true;
		}
		push_to_args(solver, method, node, FROM_PROJECT);
		break;
	case NODE_FIELD:
		mask |= node->field->mask | args_mask(method, node);
		break;
	case NODE_VARIABLE: case NODE_MIX:
		mask |= args_mask(method, node);
		if (node->is_link)
			push_to_args(solver, method, node, mask | node->mask);
		if (node->is_link && node->mask & FROM_UNSURE && !method->calls_project)
			solver->changed = method->calls_project = true;
		break;
	case NODE_CALL:
		mask |= call(solver, method, node);
		break;
	default:
		break;
	}
	add(solver, &node->mask, mask);
	push_all(solver);
}

static void assertion_step(struct solver *solver, struct oracle_method *method,
			   const struct oracle_assertion *assertion)
{
	uint64_t mask = assertion->by_calls ? FROM_CALLS : 0;

	if (assertion->kind == ASSERTION_PASSES) {
		method->only_passes = true;
		return;
	}
	for (uint16_t i = 0; i < assertion->n_nodes; i++)
		mask |= method->nodes[assertion->nodes[i]].mask;
	add(solver, &method->judged, mask);
	method->asserts = true;
}

static void method_step(struct solver *solver, struct oracle_method *method)
{
	for (uint32_t i = 0; i < method->n_nodes; i++)
		node_step(solver, method, &method->nodes[i]);
	for (uint32_t i = 0; i < method->n_results; i++)
		add(solver, &method->result, method->nodes[method->results[i]].mask);
	for (uint32_t i = 0; i < method->n_assertions; i++)
		assertion_step(solver, method, &method->assertions[i]);
}

/* Test methods and constructors with parameters get them from methods of the
 * class that make many of something, or from elsewhere. */
static bool is_provider(const struct oracle_method *method)
{
	const char *result = strchr(method->descriptor, ')') + 1;

	return method->descriptor[1] == ')' &&
	       (*result == '[' || !strncmp(result, "Ljava/util/", 11));
}

static void provide(struct solver *solver, struct oracle_class *class)
{
	uint64_t given = 0;
	bool any = false;

	for (uint16_t m = 0; m < class->n_methods; m++)
		if (is_provider(&class->methods[m])) {
			any = true;
			given |= oracle_flow_concrete(&class->methods[m], class->methods[m].result);
		}
	for (uint16_t m = 0; m < class->n_methods; m++) {
		struct oracle_method *method = &class->methods[m];
		bool is_given = method->is_given && !any;

		if (!method->is_test && strcmp(method->name, "<init>") != 0)
			continue;
		for (uint16_t i = 1; i < method->n_parameters; i++)
			add(solver, &method->given[i], is_given ? FROM_UNSURE : given);
	}
}

static void field_step(struct solver *solver, struct oracle_field *field)
{
	for (uint32_t i = 0; i < field->n_stored; i++) {
		const struct oracle_stored *stored = &field->stored[i];
		const struct oracle_node *node = &stored->method->nodes[stored->node];

		add(solver, &field->mask, oracle_flow_concrete(stored->method, node->mask));
	}
}

void oracle_flow_solve(struct oracle *oracle)
{
	struct solver solver = { .oracle = oracle, .changed = true, .arena = ARENA_INIT };

	for (uint32_t round = 0; solver.changed && round < ROUNDS_MAX; round++) {
		solver.changed = false;
		for (uint32_t c = 0; c < oracle->n_classes; c++) {
			struct oracle_class *class = oracle->classes[c];

			if (class->is_test)
				provide(&solver, class);
			for (uint16_t m = 0; m < class->n_methods; m++)
				method_step(&solver, &class->methods[m]);
			for (uint16_t f = 0; f < class->n_fields; f++)
				field_step(&solver, &class->fields[f]);
		}
	}
	arena_release(&solver.arena);
}

/* ---- what is judged ---- */

struct mark {
	struct oracle_method *method;
	uint32_t node;
	uint8_t bits;		/* JUDGED_... that are new there */
	const struct oracle_assertion *by;
};

struct marker {
	struct arena arena;
	struct mark *todo;
	uint32_t n, size;
};

static void mark(struct marker *marker, const struct mark *from, struct oracle_method *method,
		 uint32_t n, uint8_t bits)
{
	struct oracle_node *node = &method->nodes[n];

	bits &= (uint8_t)~node->judged;
	if (!bits)
		return;
	node->judged |= bits;
	if (bits & JUDGED_LOOSELY)
		node->loosely = from->by;
	if (marker->n == marker->size) {
		uint32_t size = marker->size ? 2 * marker->size : 1024;

		marker->todo = arena_grow(&marker->arena, marker->todo, marker->n, size,
					  sizeof(*marker->todo));
		marker->size = size;
	}
	marker->todo[marker->n++] = (struct mark){ method, n, bits, from->by };
}

static void mark_args(struct marker *marker, const struct mark *from, uint8_t bits)
{
	const struct oracle_node *node = &from->method->nodes[from->node];

	for (uint16_t i = 0; i < node->n_args; i++)
		mark(marker, from, from->method, node->args[i], bits);
}

static void mark_callers(struct marker *marker, const struct mark *from)
{
	const struct oracle_method *method = from->method;
	uint16_t index = method->nodes[from->node].index;

	for (uint32_t i = 0; i < method->n_callers; i++) {
		struct oracle_method *caller = method->callers[i].method;
		const struct oracle_node *node = &caller->nodes[method->callers[i].node];

		if (node->is_construction && method->name[0] != '<')
			continue;
		if (index < node->n_args)
			mark(marker, from, caller, node->args[index], from->bits);
		else
			for (uint16_t k = 0; k < node->n_rest; k++)
				mark(marker, from, caller, node->rest[k], JUDGED_READ);
	}
}

/* What is computed from a value says less than the value. */
static uint8_t bits_of_args(const struct oracle_node *node, uint8_t bits)
{
	if (!node->is_plain)
		return JUDGED_READ;
	if (node->is_loose && bits & (JUDGED_EXACTLY | JUDGED_LOOSELY))
		return JUDGED_READ | JUDGED_LOOSELY;
	return bits;
}

static void mark_stored(struct marker *marker, const struct mark *from,
			const struct oracle_field *field)
{
	for (uint32_t i = 0; i < field->n_stored; i++)
		mark(marker, from, field->stored[i].method, field->stored[i].node, from->bits);
	mark_args(marker, from, JUDGED_READ);
}

static void mark_results(struct marker *marker, const struct mark *from,
			 const struct oracle_node *node)
{
	for (uint16_t t = 0; t < node->n_targets; t++)
		for (uint32_t i = 0; i < node->targets[t]->n_results; i++)
			mark(marker, from, node->targets[t], node->targets[t]->results[i],
			     from->bits);
	if (node->is_construction)
		mark_args(marker, from, JUDGED_READ);
}

static void mark_step(struct marker *marker, const struct mark *from)
{
	const struct oracle_node *node = &from->method->nodes[from->node];

	switch (node->kind) {
	case NODE_VARIABLE:
		mark_args(marker, from, from->bits);
		break;
	case NODE_MIX:
		mark_args(marker, from, bits_of_args(node, from->bits));
		break;
	case NODE_PROJECT:
		mark_args(marker, from, JUDGED_READ);
		break;
	case NODE_PARAMETER:
		mark_callers(marker, from);
		break;
	case NODE_FIELD:
		mark_stored(marker, from, node->field);
		break;
	case NODE_CALL:
		mark_results(marker, from, node);
		break;
	default:
		break;
	}
}

/* What must throw has no result to be read. */
static void mark_thrower(struct marker *marker, struct oracle_method *method)
{
	const struct mark none = { .by = NULL };

	for (uint32_t i = 0; i < method->n_nodes; i++)
		mark(marker, &none, method, i, JUDGED_READ);
}

static void mark_assertion(struct marker *marker, struct oracle_method *method,
			   const struct oracle_assertion *assertion)
{
	const struct mark from = { .by = assertion };
	uint8_t bits = JUDGED_READ | (assertion->is_loose ? JUDGED_LOOSELY : JUDGED_EXACTLY);

	for (uint16_t k = 0; k < assertion->n_nodes; k++) {
		const struct oracle_node *node = &method->nodes[assertion->nodes[k]];

		mark(marker, &from, method, assertion->nodes[k], bits);
		for (uint16_t t = 0; assertion->kind == ASSERTION_THROWS && t < node->n_targets; t++)
			mark_thrower(marker, node->targets[t]);
	}
	if (assertion->by_calls && assertion->kind != ASSERTION_VERIFY)
		mark_thrower(marker, method);
}

static void mark_method(struct marker *marker, struct oracle_method *method)
{
	const struct mark none = { .by = NULL };

	for (uint32_t i = 0; i < method->n_assertions; i++)
		mark_assertion(marker, method, &method->assertions[i]);
	for (uint32_t i = 0; i < method->n_nodes; i++)
		if (method->nodes[i].is_used)
			mark(marker, &none, method, i, JUDGED_READ);
	if (method->expects)
		mark_thrower(marker, method);
}

static void note_callers(struct oracle *oracle, struct oracle_method *method)
{
	for (uint32_t i = 0; i < method->n_nodes; i++)
		for (uint16_t t = 0; t < method->nodes[i].n_targets; t++) {
			struct oracle_method *target = method->nodes[i].targets[t];

			target->callers = arena_room(oracle->arena, target->callers, target->n_callers,
						     sizeof(*target->callers));
			target->callers[target->n_callers++] =
				(struct oracle_caller){ method, i };
		}
}

void oracle_flow_mark(struct oracle *oracle)
{
	struct marker marker = { .arena = ARENA_INIT };

	for (uint32_t c = 0; c < oracle->n_classes; c++)
		for (uint16_t m = 0; m < oracle->classes[c]->n_methods; m++)
			note_callers(oracle, &oracle->classes[c]->methods[m]);
	for (uint32_t c = 0; c < oracle->n_classes; c++)
		for (uint16_t m = 0; m < oracle->classes[c]->n_methods; m++)
			mark_method(&marker, &oracle->classes[c]->methods[m]);
	while (marker.n) {
		struct mark from = marker.todo[--marker.n];

		mark_step(&marker, &from);
	}
	arena_release(&marker.arena);
}
