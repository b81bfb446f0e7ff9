#include "oracle/oracle_value.h"

#include <string.h>

#define TARGETS_MAX 64u		/* methods that one call may run */

static bool starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

static const char *descriptor_of_name(struct oracle_builder *b, const char *name)
{
	if (!name || *name == '[')
		return name;
	return arena_strfmt(b->oracle->arena, "L%s;", name);
}

/* ---- calls ---- */

static void add_args(struct oracle_builder *b, uint32_t node, const struct expr *expr)
{
	for (uint16_t i = 0; i < expr->n_args; i++)
		if (expr->args[i])
			oracle_node_arg(b, node, oracle_value_node(b, expr->args[i]));
}

static void add_target(struct oracle_builder *b, uint32_t node, struct oracle_method *method)
{
	struct oracle_node *at = oracle_node_at(b, node);

	if (!method->has_code || at->n_targets == TARGETS_MAX)
		return;
	for (uint16_t i = 0; i < at->n_targets; i++)
		if (at->targets[i] == method)
			return;
	at->targets = arena_room(b->oracle->arena, at->targets, at->n_targets,
				 sizeof(struct oracle_method *));
	at->targets[at->n_targets++] = method;
}

static void add_overriding(struct oracle_builder *b, uint32_t node, const struct oracle_class *class,
			   const char *name, const char *descriptor, unsigned depth)
{
	for (uint32_t i = 0; i < class->n_subclasses && depth < ORACLE_DEPTH_MAX; i++) {
		struct oracle_class *sub = class->subclasses[i];

		if (sub->seen == b->oracle->walk)
			continue;
		sub->seen = b->oracle->walk;
		for (uint16_t m = 0; m < sub->n_methods; m++)
			if (!strcmp(sub->methods[m].name, name) &&
			    !strcmp(sub->methods[m].descriptor, descriptor))
				add_target(b, node, &sub->methods[m]);
		add_overriding(b, node, sub, name, descriptor, depth + 1);
	}
}

/* Whoever gets hold of an object of a nested class may call any method of it. */
static void add_callbacks(struct oracle_builder *b, uint32_t node, struct oracle_class *class)
{
	for (uint16_t m = 0; class->is_nested && m < class->n_methods; m++)
		if (class->methods[m].name[0] != '<' &&
		    !(class->methods[m].access & ACCESS_STATIC))
			add_target(b, node, &class->methods[m]);
}

static uint32_t call_node(struct oracle_builder *b, const struct expr *expr,
			  const struct oracle_class *class, struct oracle_method *found)
{
	uint32_t node = oracle_node_add(b, NODE_CALL);

	add_args(b, node, expr);
	add_target(b, node, found);
	if (!(found->access & (ACCESS_STATIC | ACCESS_PRIVATE)) &&
	    expr->opcode != OPC_invokespecial && found->name[0] != '<') {
		b->oracle->walk++;
		add_overriding(b, node, class, found->name, found->descriptor, 0);
	}
	oracle_node_at(b, node)->ref = expr->ref;
	if (!oracle_node_at(b, node)->n_targets)
		oracle_node_at(b, node)->mask |= FROM_UNSURE;
	return oracle_node_typed(b, node, expr, NULL);
}

/* What a lambda is given besides what it captured comes from the other
 * arguments of the call that it is handed to. */
static void link_lambdas(struct oracle_builder *b, uint32_t node, bool to_project)
{
	for (uint16_t i = 0; i < oracle_node_at(b, node)->n_args; i++) {
		struct oracle_node *lambda = oracle_node_at(b, oracle_node_at(b, node)->args[i]);

		if (lambda->kind != NODE_CALL || !lambda->is_lambda)
			continue;
		lambda->rest_unsure = to_project;
		lambda->rest = oracle_node_at(b, node)->args;
		lambda->n_rest = oracle_node_at(b, node)->n_args;
	}
}

static uint32_t project_node(struct oracle_builder *b, const struct expr *expr,
			     const struct member_ref *ref)
{
	uint32_t node = oracle_node_add(b, NODE_PROJECT);

	oracle_node_at(b, node)->ref = *ref;
	oracle_node_at(b, node)->mask = FROM_PROJECT;
	add_args(b, node, expr);
	for (uint16_t i = 0; i < oracle_node_at(b, node)->n_args; i++)
		oracle_node_at(b, oracle_node_at(b, node)->args[i])->is_used = true;
	link_lambdas(b, node, true);
	return oracle_node_typed(b, node, expr, NULL);
}

/* ---- assertions ---- */

static uint32_t argument_node(const struct oracle_node *node, const struct expr *expr,
			      uint16_t parameter)
{
	uint16_t i = (uint16_t)(parameter + (expr->opcode != OPC_invokestatic));

	return i < node->n_args ? node->args[i] : ORACLE_CONSTANT;
}

struct oracle_assertion *oracle_value_assertion(struct oracle_builder *b, enum assertion_kind kind,
					      uint32_t i)
{
	struct oracle_method *method = b->method;

	method->assertions = arena_room(b->oracle->arena, method->assertions, method->n_assertions,
					sizeof(*method->assertions));
	method->assertions[method->n_assertions] = (struct oracle_assertion){
		.kind = kind, .line = code_line(b->code, b->code->insns[i].pc),
		.by_calls = kind == ASSERTION_FAIL || kind == ASSERTION_EXPECTS ||
			    kind == ASSERTION_VERIFY,
	};
	return &method->assertions[method->n_assertions++];
}

void oracle_value_judged(struct oracle_builder *b, struct oracle_assertion *assertion, uint32_t node)
{
	assertion->nodes = arena_room(b->oracle->arena, assertion->nodes, assertion->n_nodes,
				      sizeof(*assertion->nodes));
	assertion->nodes[assertion->n_nodes++] = node;
}

static void judge(struct oracle_builder *b, uint32_t node, const struct expr *expr,
		  const struct assertion *found)
{
	struct oracle_assertion *assertion = oracle_value_assertion(b, found->kind, expr->number);
	bool has_code = false;

	assertion->name = expr->ref.name;
	assertion->is_loose = assertions_is_loose(expr->ref.name);
	for (uint16_t i = 0; i < expr->n_args; i++)	/* a matcher */
		assertion->is_loose |= expr->args[i]->kind == EXPR_CALL &&
				       expr->args[i]->ref.name &&
				       strstr(expr->args[i]->ref.descriptor, "Matcher;") &&
				       assertions_is_loose(expr->args[i]->ref.name);
	if (assertion_role_is_judged(found->receiver) && expr->opcode != OPC_invokestatic &&
	    oracle_node_at(b, node)->n_args)
		oracle_value_judged(b, assertion, oracle_node_at(b, node)->args[0]);
	for (uint16_t i = 0; i < found->n_parameters; i++) {
		uint32_t argument = argument_node(oracle_node_at(b, node), expr, i);

		if (!assertion_role_is_judged(found->roles[i]))
			continue;
		has_code |= found->roles[i] == ROLE_CODE &&
			    oracle_node_at(b, argument)->kind == NODE_CALL;
		oracle_value_judged(b, assertion, argument);
	}
	if (found->kind == ASSERTION_THROWS && !has_code)
		assertion->by_calls = true;
}

/* ---- what a call is a call of ---- */

static bool inherited_assertion(const struct oracle_builder *b, const struct oracle_class *class,
				const struct member_ref *ref, unsigned *steps,
				struct assertion *ret)
{
	while (class && *steps && --*steps) {
		for (uint16_t i = 0; i < class->n_interfaces && *steps; i++) {
			const struct oracle_class *known =
				oracle_class_find(b->oracle, class->interfaces[i]);

			if (known ? inherited_assertion(b, known, ref, steps, ret)
				  : assertions_find(class->interfaces[i], ref->name,
						    ref->descriptor, ret))
				return true;
		}
		if (!class->super)
			return false;
		if (!oracle_class_find(b->oracle, class->super))
			return assertions_find(class->super, ref->name, ref->descriptor, ret);
		class = oracle_class_find(b->oracle, class->super);
	}
	return false;
}

static bool is_reflection(const struct member_ref *ref)
{
	return starts_with(ref->owner, "java/lang/reflect/") ||
	       starts_with(ref->owner, "java/lang/invoke/") ||
	       starts_with(ref->owner, "org/codehaus/groovy/runtime/callsite/") ||
	       starts_with(ref->owner, "org/codehaus/groovy/runtime/ScriptBytecodeAdapter") ||
	       starts_with(ref->owner, "kotlin/reflect/") ||
	       (!strcmp(ref->owner, "java/lang/Class") && !strcmp(ref->name, "newInstance"));
}

/* Price.class.getDeclaredMethods(): what code under test is made of. */
static bool asks_class(const struct oracle_builder *b, const struct expr *expr)
{
	const struct oracle_class *class;

	if (strcmp(expr->ref.owner, "java/lang/Class") != 0 || !expr->n_args ||
	    expr->args[0]->kind != EXPR_CLASS || !expr->args[0]->text)
		return false;
	class = oracle_class_find(b->oracle, expr->args[0]->text);
	return class && !class->is_test;
}

static bool is_conversion(const struct member_ref *ref)	/* boxing, and what compares */
{
	size_t len = strlen(ref->name);

	return (starts_with(ref->owner, "java/lang/") &&
		(!strcmp(ref->name, "valueOf") ||
		 (len > 5 && !strcmp(ref->name + len - 5, "Value")))) ||
	       !strcmp(ref->name, "equals") || starts_with(ref->name, "assertThat") ||
	       starts_with(ref->name, "boxTo") || starts_with(ref->name, "unboxTo");
}

/* What is handed to a library may end up anywhere; of the object whose method
 * it is only the result tells, if there is one. */
static void use_args(struct oracle_builder *b, uint32_t node, const struct expr *expr)
{
	const struct oracle_node *at = oracle_node_at(b, node);
	uint16_t first = expr->opcode != OPC_invokestatic && expr->type && *expr->type != 'V';

	for (uint16_t i = first; i < at->n_args; i++)
		oracle_node_at(b, at->args[i])->is_used = true;
}

static uint32_t library_node(struct oracle_builder *b, const struct expr *expr,
			     const struct assertion *found)
{
	bool unsure = is_reflection(&expr->ref) || asks_class(b, expr);
	uint32_t node = oracle_node_add(b, NODE_MIX);

	add_args(b, node, expr);
	link_lambdas(b, node, unsure);
	oracle_node_at(b, node)->is_link = !found;
	oracle_node_at(b, node)->is_plain = found ? found->kind == ASSERTION_SUBJECT ||
					     found->receiver != ROLE_NONE
					   : is_conversion(&expr->ref);
	if (unsure)
		oracle_node_at(b, node)->mask |= FROM_UNSURE;
	if (!found)
		use_args(b, node, expr);
	oracle_node_at(b, node)->ref = expr->ref;
	if (found && found->kind != ASSERTION_SUBJECT && found->kind != ASSERTION_OTHER &&
	    found->kind != ASSERTION_GROUP)
		judge(b, node, expr, found);
	return oracle_node_typed(b, node, expr, NULL);
}

static uint32_t invoked(struct oracle_builder *b, const struct expr *expr)
{
	struct oracle_class *class = oracle_class_find(b->oracle, expr->ref.owner);
	struct oracle_method *found = NULL;
	struct assertion assertion;
	unsigned steps = ORACLE_STEPS;
	bool asserts;

	if (class)
		found = oracle_method_find(b->oracle, class, expr->ref.name,
					   expr->ref.descriptor);
	if (found && found->class->is_test)
		return call_node(b, expr, class, found);
	if (found || (class && !class->is_test))
		return project_node(b, expr, &expr->ref);
	if (class)
		asserts = inherited_assertion(b, class, &expr->ref, &steps, &assertion);
	else
		asserts = assertions_find(expr->ref.owner, expr->ref.name,
					  expr->ref.descriptor, &assertion);
	return library_node(b, expr, asserts ? &assertion : NULL);
}

static uint32_t constructed(struct oracle_builder *b, const struct expr *expr)
{
	struct oracle_class *class = expr->text ? oracle_class_find(b->oracle, expr->text) : NULL;
	const char *type = descriptor_of_name(b, expr->text);
	struct oracle_method *found;
	uint32_t node;

	if (!expr->is_filled)
		return ORACLE_CONSTANT;
	if (class && !class->is_test)
		return oracle_node_typed(b, project_node(b, expr, &expr->ref), expr, type);
	if (!class) {
		node = oracle_node_add(b, NODE_MIX);
		oracle_node_at(b, node)->is_link = true;
		add_args(b, node, expr);
		return oracle_node_typed(b, node, expr, type);
	}
	found = oracle_method_find(b->oracle, class, "<init>", expr->ref.descriptor);
	node = oracle_node_add(b, NODE_CALL);
	oracle_node_at(b, node)->is_construction = true;
	oracle_node_arg(b, node, ORACLE_CONSTANT);	/* the new object itself */
	add_args(b, node, expr);
	if (found)
		add_target(b, node, found);
	add_callbacks(b, node, class);
	return oracle_node_typed(b, node, expr, type);
}

static uint32_t lambda(struct oracle_builder *b, const struct expr *expr)
{
	struct oracle_class *class = expr->ref.owner
		? oracle_class_find(b->oracle, expr->ref.owner) : NULL;
	struct oracle_method *found = class
		? oracle_method_find(b->oracle, class, expr->ref.name, expr->ref.descriptor) : NULL;
	uint32_t node;

	if (found && found->class->is_test) {
		node = call_node(b, expr, class, found);
		oracle_node_at(b, node)->is_lambda = true;
		oracle_node_at(b, node)->rest_unsure = true;
		return node;
	}
	if (class)
		return project_node(b, expr, &expr->ref);
	node = oracle_node_add(b, NODE_MIX);
	add_args(b, node, expr);
	return oracle_node_typed(b, node, expr, NULL);
}

static uint32_t field(struct oracle_builder *b, const struct expr *expr)
{
	struct oracle_class *class = oracle_class_find(b->oracle, expr->ref.owner);
	struct oracle_field *found = class ? oracle_field_find(b->oracle, class, expr->ref.name)
					   : NULL;
	uint32_t node;

	if (!class)
		return ORACLE_CONSTANT;
	if (!class->is_test || !found)
		return project_node(b, expr, &expr->ref);
	node = oracle_node_add(b, NODE_FIELD);
	oracle_node_at(b, node)->field = found;
	add_args(b, node, expr);
	return oracle_node_typed(b, node, expr, NULL);
}

/* ---- trees ---- */

static bool is_equality(enum opcode opcode)
{
	return opcode == OPC_ifeq || opcode == OPC_ifne || opcode == OPC_if_icmpeq ||
	       opcode == OPC_if_icmpne || opcode == OPC_if_acmpeq || opcode == OPC_if_acmpne;
}

static uint32_t mixed(struct oracle_builder *b, const struct expr *expr, bool is_plain)
{
	uint32_t node = oracle_node_add(b, NODE_MIX);

	oracle_node_at(b, node)->is_plain = is_plain;
	oracle_node_at(b, node)->is_loose = expr->kind == EXPR_INSTANCEOF ||
				     (expr->kind == EXPR_CONDITION && !is_equality(expr->opcode));
	add_args(b, node, expr);
	return oracle_node_typed(b, node, expr,
		     expr->kind == EXPR_CAST && expr->opcode == OPC_checkcast
		     ? descriptor_of_name(b, expr->text) : NULL);
}

static uint32_t make_node(struct oracle_builder *b, const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_NUMBER: case EXPR_NULL: case EXPR_STRING: case EXPR_CLASS:
		return ORACLE_CONSTANT;
	case EXPR_UNKNOWN:
		return ORACLE_UNSURE;
	case EXPR_LOCAL:
		return oracle_node_variable(b, expr->pc, expr->index);
	case EXPR_FIELD:
		return field(b, expr);
	case EXPR_CALL:
		return expr->ref.owner ? invoked(b, expr) : ORACLE_UNSURE;
	case EXPR_NEW:
		return constructed(b, expr);
	case EXPR_LAMBDA:
		return lambda(b, expr);
	case EXPR_CAST: case EXPR_INSTANCEOF: case EXPR_COMPARE3: case EXPR_CONDITION:
	case EXPR_NOT: case EXPR_AND: case EXPR_OR: case EXPR_CHOICE:
		return mixed(b, expr, true);
	default:
		return mixed(b, expr, false);
	}
}

static struct seen_expr *seen_slot(struct oracle_builder *b, const struct expr *expr)
{
	size_t at = ((uintptr_t)expr >> 4) * 2654435761u;

	for (;; at++) {
		struct seen_expr *slot = &b->seen[at & (b->size_seen - 1)];

		if (!slot->expr || slot->expr == expr)
			return slot;
	}
}

static void remember(struct oracle_builder *b, const struct expr *expr, uint32_t node)
{
	struct seen_expr *old = b->seen;
	uint32_t n = b->size_seen;

	if (2 * ++b->n_seen > n) {
		b->size_seen = n ? 2 * n : 256;
		b->seen = ARENA_NEW_N(&b->scratch, struct seen_expr, b->size_seen);
		for (uint32_t i = 0; i < n; i++)
			if (old[i].expr)
				*seen_slot(b, old[i].expr) = old[i];
	}
	*seen_slot(b, expr) = (struct seen_expr){ expr, node };
}

uint32_t oracle_value_node(struct oracle_builder *b, const struct expr *expr)
{
	uint32_t node = ORACLE_UNSURE;

	if (b->size_seen && seen_slot(b, expr)->expr)
		return seen_slot(b, expr)->node;
	if (b->depth < ORACLE_DEPTH_MAX) {
		b->depth++;
		node = make_node(b, expr);
		b->depth--;
	}
	remember(b, expr, node);
	return node;
}
