#include "engine/oracle_graph.h"

#include <string.h>

#include "engine/oracle_reach.h"

#define DEPTH_MAX 100u		/* of a tree: deeper ones are unsure */
#define TARGETS_MAX 64u		/* methods that one call may run */
#define TRIES_MAX 1000u		/* of a method's exception table */
#define CONSTANT_NODE 0u
#define UNSURE_NODE 1u

struct seen_expr {
	const struct expr *expr;
	uint32_t node;
};

struct builder {
	struct oracle *oracle;
	struct arena scratch;
	struct oracle_method *method;
	const struct class *class;
	const struct code *code;
	const struct express *express;
	const uint8_t *reached;		/* [n_insns] enum oracle_reach */
	struct seen_expr *seen;		/* hash table by address */
	uint32_t n_seen, size_seen;
	uint32_t conditions;		/* node of all that was asked so far */
	uint16_t *n_stores;		/* [max_locals + 1] instructions that change the variable */
	bool *is_tried;			/* [n_insns] an exception may lead away from it */
	struct variable {
		uint16_t index;
		const struct local_entry *entry;
		uint32_t node;
	} *variables;
	uint32_t n_variables;
	unsigned depth;
};

/* ---- nodes ---- */

static struct oracle_node *node_at(struct builder *b, uint32_t n)
{
	return &b->method->nodes[n];
}

static uint32_t add_node(struct builder *b, enum oracle_node_kind kind)
{
	struct oracle_method *method = b->method;

	if (method->n_nodes == method->size_nodes) {
		uint32_t size = method->size_nodes ? 2 * method->size_nodes : 16;

		method->nodes = arena_grow(b->oracle->arena, method->nodes, method->n_nodes,
					   size, sizeof(*method->nodes));
		method->size_nodes = size;
	}
	method->nodes[method->n_nodes].kind = (uint8_t)kind;
	return method->n_nodes++;
}

static void add_arg(struct builder *b, uint32_t node, uint32_t arg)
{
	struct oracle_node *at = node_at(b, node);

	if (at->n_args == UINT16_MAX)
		return;
	for (uint16_t i = 0; at->kind == NODE_VARIABLE && i < at->n_args; i++)
		if (at->args[i] == arg)
			return;
	if ((at->n_args & (at->n_args - 1)) == 0)
		at->args = arena_grow(b->oracle->arena, at->args, at->n_args,
				      at->n_args ? 2u * at->n_args : 1u, sizeof(*at->args));
	at->args[at->n_args++] = arg;
}

/* ---- types ---- */

static bool starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

/* Of a descriptor: nobody who is handed one can change what it holds. */
static bool is_immutable(const char *type)
{
	static const char *const names[] = {
		"java/lang/String;", "java/lang/Integer;", "java/lang/Long;", "java/lang/Short;",
		"java/lang/Byte;", "java/lang/Character;", "java/lang/Boolean;", "java/lang/Float;",
		"java/lang/Double;", "java/lang/Class;", "java/lang/Number;", "java/math/",
		"java/time/", "java/util/Locale;", "java/util/UUID;", "java/util/Currency;",
		"java/util/regex/Pattern;", "java/nio/charset/Charset;", "java/net/URI;",
		"java/net/URL;", "java/lang/Enum;",
	};

	if (!type)
		return false;
	if (*type != 'L')
		return *type != '[';
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (starts_with(type + 1, names[i]))
			return true;
	return false;
}

/* The class of a descriptor like [[Lshop/Price; if it is code under test. */
static bool is_project_type(const struct builder *b, const char *type)
{
	const struct oracle_class *class;
	char name[512];
	size_t len;

	while (type && *type == '[')
		type++;
	if (!type || *type != 'L')
		return false;
	len = strcspn(++type, ";");
	if (len >= sizeof(name))
		return false;
	memcpy(name, type, len);
	name[len] = 0;
	class = oracle_class_find(b->oracle, name);
	return class && !class->is_test;
}

static const char *descriptor_of_name(struct builder *b, const char *name)
{
	if (!name || *name == '[')
		return name;
	return arena_strfmt(b->oracle->arena, "L%s;", name);
}

/* What every kind of value has in common. */
static uint32_t typed(struct builder *b, uint32_t node, const struct expr *expr,
		      const char *type)
{
	struct oracle_node *at = node_at(b, node);

	at->line = code_line(b->code, b->code->insns[expr->number].pc);
	at->type = type ? type : expr->type;
	at->is_mutable = !is_immutable(at->type);
	if (at->kind != NODE_PROJECT && is_project_type(b, at->type))
		at->mask |= FROM_PROJECT;
	return node;
}

/* ---- variables ---- */

static uint32_t variable_node(struct builder *b, uint32_t pc, uint16_t index)
{
	const struct local_entry *entry = code_local(b->code, pc, index);
	struct variable *variable;
	uint32_t node;

	for (uint32_t i = 0; i < b->n_variables; i++)
		if (b->variables[i].index == index && b->variables[i].entry == entry)
			return b->variables[i].node;
	node = add_node(b, NODE_VARIABLE);
	if (entry && is_project_type(b, entry->descriptor))
		node_at(b, node)->mask |= FROM_PROJECT;
	node_at(b, node)->type = entry ? entry->descriptor : NULL;
	node_at(b, node)->is_mutable = !entry || !is_immutable(entry->descriptor);
	b->variables = arena_grow(&b->scratch, b->variables, b->n_variables,
				  b->n_variables + 1, sizeof(*b->variables));
	variable = &b->variables[b->n_variables++];
	*variable = (struct variable){ index, entry, node };
	return node;
}

/* A parameter is also a variable, which code may store into. */
static void add_parameters(struct builder *b)
{
	bool has_this = !(b->method->access & ACCESS_STATIC);
	const char *at = b->method->descriptor + 1;
	struct descriptor_type type;
	uint16_t slot = has_this, n = has_this;
	uint32_t node;

	if (has_this) {
		node = add_node(b, NODE_PARAMETER);
		add_arg(b, variable_node(b, 0, 0), node);
		node_at(b, node)->is_mutable = true;
	}
	while (descriptor_next(&at, &type)) {
		node = add_node(b, NODE_PARAMETER);
		node_at(b, node)->index = n++;
		node_at(b, node)->is_mutable = !is_immutable(type.start);
		if (is_project_type(b, type.start))
			node_at(b, node)->mask |= FROM_PROJECT;
		add_arg(b, variable_node(b, 0, slot), node);
		slot = (uint16_t)(slot + type.slots);
	}
}

/* ---- calls ---- */

static uint32_t node_of(struct builder *b, const struct expr *expr);

static void add_args(struct builder *b, uint32_t node, const struct expr *expr)
{
	for (uint16_t i = 0; i < expr->n_args; i++)
		if (expr->args[i])
			add_arg(b, node, node_of(b, expr->args[i]));
}

static void add_target(struct builder *b, uint32_t node, struct oracle_method *method)
{
	struct oracle_node *at = node_at(b, node);

	if (!method->has_code || at->n_targets == TARGETS_MAX)
		return;
	for (uint16_t i = 0; i < at->n_targets; i++)
		if (at->targets[i] == method)
			return;
	at->targets = arena_grow(b->oracle->arena, at->targets, at->n_targets,
				 at->n_targets + 1u, sizeof(struct oracle_method *));
	at->targets[at->n_targets++] = method;
}

static void add_overriding(struct builder *b, uint32_t node, const struct oracle_class *class,
			   const char *name, const char *descriptor, unsigned depth)
{
	for (uint32_t i = 0; i < class->n_subclasses && depth < DEPTH_MAX; i++) {
		struct oracle_class *sub = class->subclasses[i];

		for (uint16_t m = 0; m < sub->n_methods; m++)
			if (!strcmp(sub->methods[m].name, name) &&
			    !strcmp(sub->methods[m].descriptor, descriptor))
				add_target(b, node, &sub->methods[m]);
		add_overriding(b, node, sub, name, descriptor, depth + 1);
	}
}

/* Whoever gets hold of an object of a nested class may call any method of it. */
static void add_callbacks(struct builder *b, uint32_t node, struct oracle_class *class)
{
	for (uint16_t m = 0; class->is_nested && m < class->n_methods; m++)
		if (class->methods[m].name[0] != '<' &&
		    !(class->methods[m].access & ACCESS_STATIC))
			add_target(b, node, &class->methods[m]);
}

static uint32_t call_node(struct builder *b, const struct expr *expr,
			  const struct oracle_class *class, struct oracle_method *found)
{
	uint32_t node = add_node(b, NODE_CALL);

	add_args(b, node, expr);
	add_target(b, node, found);
	if (!(found->access & (ACCESS_STATIC | ACCESS_PRIVATE)) &&
	    expr->opcode != OPC_invokespecial && found->name[0] != '<')
		add_overriding(b, node, class, found->name, found->descriptor, 0);
	node_at(b, node)->ref = expr->ref;
	if (!node_at(b, node)->n_targets)
		node_at(b, node)->mask |= FROM_UNSURE;
	return typed(b, node, expr, NULL);
}

/* What a lambda is given besides what it captured comes from the other
 * arguments of the call that it is handed to. */
static void link_lambdas(struct builder *b, uint32_t node, bool to_project)
{
	for (uint16_t i = 0; i < node_at(b, node)->n_args; i++) {
		struct oracle_node *lambda = node_at(b, node_at(b, node)->args[i]);

		if (lambda->kind != NODE_CALL || !lambda->is_lambda)
			continue;
		lambda->rest_unsure = to_project;
		lambda->rest = node_at(b, node)->args;
		lambda->n_rest = node_at(b, node)->n_args;
	}
}

static uint32_t project_node(struct builder *b, const struct expr *expr,
			     const struct member_ref *ref)
{
	uint32_t node = add_node(b, NODE_PROJECT);

	node_at(b, node)->ref = *ref;
	node_at(b, node)->mask = FROM_PROJECT;
	add_args(b, node, expr);
	for (uint16_t i = 0; i < node_at(b, node)->n_args; i++)
		node_at(b, node_at(b, node)->args[i])->is_used = true;
	link_lambdas(b, node, true);
	return typed(b, node, expr, NULL);
}

/* ---- assertions ---- */

static uint32_t argument_node(const struct oracle_node *node, const struct expr *expr,
			      uint16_t parameter)
{
	uint16_t i = (uint16_t)(parameter + (expr->opcode != OPC_invokestatic));

	return i < node->n_args ? node->args[i] : CONSTANT_NODE;
}

static struct oracle_assertion *add_assertion(struct builder *b, enum assertion_kind kind,
					      uint32_t i)
{
	struct oracle_method *method = b->method;

	method->assertions = arena_grow(b->oracle->arena, method->assertions,
					method->n_assertions, method->n_assertions + 1,
					sizeof(*method->assertions));
	method->assertions[method->n_assertions] = (struct oracle_assertion){
		.kind = kind, .line = code_line(b->code, b->code->insns[i].pc),
		.by_calls = kind == ASSERTION_FAIL || kind == ASSERTION_EXPECTS ||
			    kind == ASSERTION_VERIFY,
	};
	return &method->assertions[method->n_assertions++];
}

static void add_judged(struct builder *b, struct oracle_assertion *assertion, uint32_t node)
{
	assertion->nodes = arena_grow(b->oracle->arena, assertion->nodes, assertion->n_nodes,
				      assertion->n_nodes + 1u, sizeof(*assertion->nodes));
	assertion->nodes[assertion->n_nodes++] = node;
}

static void judge(struct builder *b, uint32_t node, const struct expr *expr,
		  const struct assertion *found)
{
	struct oracle_assertion *assertion = add_assertion(b, found->kind, expr->number);
	bool has_code = false;

	assertion->name = expr->ref.name;
	assertion->is_loose = assertions_is_loose(expr->ref.name);
	for (uint16_t i = 0; i < expr->n_args; i++)	/* a matcher */
		assertion->is_loose |= expr->args[i]->kind == EXPR_CALL &&
				       expr->args[i]->ref.name &&
				       strstr(expr->args[i]->ref.descriptor, "Matcher;") &&
				       assertions_is_loose(expr->args[i]->ref.name);
	if (assertion_role_is_judged(found->receiver) && expr->opcode != OPC_invokestatic &&
	    node_at(b, node)->n_args)
		add_judged(b, assertion, node_at(b, node)->args[0]);
	for (uint16_t i = 0; i < found->n_parameters; i++) {
		uint32_t argument = argument_node(node_at(b, node), expr, i);

		if (!assertion_role_is_judged(found->roles[i]))
			continue;
		has_code |= found->roles[i] == ROLE_CODE &&
			    node_at(b, argument)->kind == NODE_CALL;
		add_judged(b, assertion, argument);
	}
	if (found->kind == ASSERTION_THROWS && !has_code)
		assertion->by_calls = true;
}

/* ---- what a call is a call of ---- */

static bool inherited_assertion(const struct builder *b, const struct oracle_class *class,
				const struct member_ref *ref, unsigned depth,
				struct assertion *ret)
{
	for (; class && depth < DEPTH_MAX; depth++) {
		for (uint16_t i = 0; i < class->n_interfaces; i++) {
			const struct oracle_class *known =
				oracle_class_find(b->oracle, class->interfaces[i]);

			if (known ? inherited_assertion(b, known, ref, depth + 1, ret)
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
static bool asks_class(const struct builder *b, const struct expr *expr)
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
static void use_args(struct builder *b, uint32_t node, const struct expr *expr)
{
	const struct oracle_node *at = node_at(b, node);
	uint16_t first = expr->opcode != OPC_invokestatic && expr->type && *expr->type != 'V';

	for (uint16_t i = first; i < at->n_args; i++)
		node_at(b, at->args[i])->is_used = true;
}

static uint32_t library_node(struct builder *b, const struct expr *expr,
			     const struct assertion *found)
{
	bool unsure = is_reflection(&expr->ref) || asks_class(b, expr);
	uint32_t node = add_node(b, NODE_MIX);

	add_args(b, node, expr);
	link_lambdas(b, node, unsure);
	node_at(b, node)->is_link = !found;
	node_at(b, node)->is_plain = found ? found->kind == ASSERTION_SUBJECT ||
					     found->receiver != ROLE_NONE
					   : is_conversion(&expr->ref);
	if (unsure)
		node_at(b, node)->mask |= FROM_UNSURE;
	if (!found)
		use_args(b, node, expr);
	node_at(b, node)->ref = expr->ref;
	if (found && found->kind != ASSERTION_SUBJECT && found->kind != ASSERTION_OTHER &&
	    found->kind != ASSERTION_GROUP)
		judge(b, node, expr, found);
	return typed(b, node, expr, NULL);
}

static uint32_t invoked(struct builder *b, const struct expr *expr)
{
	struct oracle_class *class = oracle_class_find(b->oracle, expr->ref.owner);
	struct oracle_method *found = NULL;
	struct assertion assertion;
	bool asserts;

	if (class)
		found = oracle_method_find(b->oracle, class, expr->ref.name,
					   expr->ref.descriptor);
	if (found && found->class->is_test)
		return call_node(b, expr, class, found);
	if (found || (class && !class->is_test))
		return project_node(b, expr, &expr->ref);
	if (class)
		asserts = inherited_assertion(b, class, &expr->ref, 0, &assertion);
	else
		asserts = assertions_find(expr->ref.owner, expr->ref.name,
					  expr->ref.descriptor, &assertion);
	return library_node(b, expr, asserts ? &assertion : NULL);
}

static uint32_t constructed(struct builder *b, const struct expr *expr)
{
	struct oracle_class *class = expr->text ? oracle_class_find(b->oracle, expr->text) : NULL;
	const char *type = descriptor_of_name(b, expr->text);
	struct oracle_method *found;
	uint32_t node;

	if (!expr->is_filled)
		return CONSTANT_NODE;
	if (class && !class->is_test)
		return typed(b, project_node(b, expr, &expr->ref), expr, type);
	if (!class) {
		node = add_node(b, NODE_MIX);
		node_at(b, node)->is_link = true;
		add_args(b, node, expr);
		return typed(b, node, expr, type);
	}
	found = oracle_method_find(b->oracle, class, "<init>", expr->ref.descriptor);
	node = add_node(b, NODE_CALL);
	node_at(b, node)->is_construction = true;
	add_arg(b, node, CONSTANT_NODE);	/* the new object itself */
	add_args(b, node, expr);
	if (found)
		add_target(b, node, found);
	add_callbacks(b, node, class);
	return typed(b, node, expr, type);
}

static uint32_t lambda(struct builder *b, const struct expr *expr)
{
	struct oracle_class *class = expr->ref.owner
		? oracle_class_find(b->oracle, expr->ref.owner) : NULL;
	struct oracle_method *found = class
		? oracle_method_find(b->oracle, class, expr->ref.name, expr->ref.descriptor) : NULL;
	uint32_t node;

	if (found && found->class->is_test) {
		node = call_node(b, expr, class, found);
		node_at(b, node)->is_lambda = true;
		node_at(b, node)->rest_unsure = true;
		return node;
	}
	if (class)
		return project_node(b, expr, &expr->ref);
	node = add_node(b, NODE_MIX);
	add_args(b, node, expr);
	return typed(b, node, expr, NULL);
}

static uint32_t field(struct builder *b, const struct expr *expr)
{
	struct oracle_class *class = oracle_class_find(b->oracle, expr->ref.owner);
	struct oracle_field *found = class ? oracle_field_find(b->oracle, class, expr->ref.name)
					   : NULL;
	uint32_t node;

	if (!class)
		return CONSTANT_NODE;
	if (!class->is_test || !found)
		return project_node(b, expr, &expr->ref);
	node = add_node(b, NODE_FIELD);
	node_at(b, node)->field = found;
	add_args(b, node, expr);
	return typed(b, node, expr, NULL);
}

/* ---- trees ---- */

static bool is_equality(enum opcode opcode)
{
	return opcode == OPC_ifeq || opcode == OPC_ifne || opcode == OPC_if_icmpeq ||
	       opcode == OPC_if_icmpne || opcode == OPC_if_acmpeq || opcode == OPC_if_acmpne;
}

static uint32_t mixed(struct builder *b, const struct expr *expr, bool is_plain)
{
	uint32_t node = add_node(b, NODE_MIX);

	node_at(b, node)->is_plain = is_plain;
	node_at(b, node)->is_loose = expr->kind == EXPR_INSTANCEOF ||
				     (expr->kind == EXPR_CONDITION && !is_equality(expr->opcode));
	add_args(b, node, expr);
	return typed(b, node, expr,
		     expr->kind == EXPR_CAST && expr->opcode == OPC_checkcast
		     ? descriptor_of_name(b, expr->text) : NULL);
}

static uint32_t make_node(struct builder *b, const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_NUMBER: case EXPR_NULL: case EXPR_STRING: case EXPR_CLASS:
		return CONSTANT_NODE;
	case EXPR_UNKNOWN:
		return UNSURE_NODE;
	case EXPR_LOCAL:
		return variable_node(b, expr->pc, expr->index);
	case EXPR_FIELD:
		return field(b, expr);
	case EXPR_CALL:
		return expr->ref.owner ? invoked(b, expr) : UNSURE_NODE;
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

static struct seen_expr *seen_slot(struct builder *b, const struct expr *expr)
{
	size_t at = ((uintptr_t)expr >> 4) * 2654435761u;

	for (;; at++) {
		struct seen_expr *slot = &b->seen[at & (b->size_seen - 1)];

		if (!slot->expr || slot->expr == expr)
			return slot;
	}
}

static void remember(struct builder *b, const struct expr *expr, uint32_t node)
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

static uint32_t node_of(struct builder *b, const struct expr *expr)
{
	uint32_t node = UNSURE_NODE;

	if (b->size_seen && seen_slot(b, expr)->expr)
		return seen_slot(b, expr)->node;
	if (b->depth < DEPTH_MAX) {
		b->depth++;
		node = make_node(b, expr);
		b->depth--;
	}
	remember(b, expr, node);
	return node;
}

/* ---- instructions ---- */

static void store_field(struct builder *b, uint32_t i, uint32_t value)
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
	found->stored = arena_grow(b->oracle->arena, found->stored, found->n_stored,
				   found->n_stored + 1u, sizeof(*found->stored));
	found->stored[found->n_stored++] = (struct oracle_stored){ b->method, value };
}

static void keep_result(struct builder *b, uint32_t node)
{
	struct oracle_method *method = b->method;

	method->results = arena_grow(b->oracle->arena, method->results, method->n_results,
				     method->n_results + 1, sizeof(*method->results));
	method->results[method->n_results++] = node;
}

static bool is_assertion_error(const char *name)
{
	return name && (strstr(name, "AssertionError") || strstr(name, "AssertionFailedError") ||
			strstr(name, "ComparisonFailure"));
}

/* What decides whether control gets here: it is part of what fail() judges and
 * of what a variable holds that is changed on the way. */
static void ask(struct builder *b, uint32_t node)
{
	uint32_t all = add_node(b, NODE_MIX);

	node_at(b, node)->is_used = true;
	add_arg(b, all, node);
	if (b->conditions)
		add_arg(b, all, b->conditions);
	b->conditions = all;
}

static void add_conditions(struct builder *b, struct oracle_assertion *assertion)
{
	if (b->conditions)
		add_judged(b, assertion, b->conditions);
}

static void thrown(struct builder *b, uint32_t i, const struct expr *made)
{
	if (made->kind == EXPR_NEW && (b->method->is_test || is_assertion_error(made->text)))
		add_conditions(b, add_assertion(b, ASSERTION_FAIL, i));
}

/* A failure that only an exception leads to says no more than the exception. */
static void drop_failures(struct builder *b, uint32_t first, bool is_normal)
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
static void changed(struct builder *b, uint32_t i, uint32_t variable)
{
	const struct insn *insn = &b->code->insns[i];

	if (insn->index >= b->code->max_locals || b->n_stores[insn->index] < 2)
		return;
	if (b->conditions)
		add_arg(b, variable, b->conditions);
	if (b->reached[i] == ORACLE_AFTER_THROW || b->is_tried[i])
		add_arg(b, variable, UNSURE_NODE);
}

static void stored(struct builder *b, uint32_t i, uint32_t value)
{
	const struct insn *insn = &b->code->insns[i];
	uint32_t variable = variable_node(b, insn->pc + insn->length, insn->index);

	add_arg(b, variable, value);
	changed(b, i, variable);
}

static void instruction(struct builder *b, uint32_t i)
{
	const struct expr *made = b->express->made[i];
	enum opcode opcode = b->code->insns[i].opcode;
	uint32_t node;

	if (!made)
		return;
	node = node_of(b, made);
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
		node_at(b, node)->is_link = true;
	else if (made->kind == EXPR_CALL && made->args && made->n_args &&
		 made->args[0]->kind == EXPR_NEW)
		node_of(b, made->args[0]);
}

/* How often variables change, and where exceptions may lead away. */
static void survey(struct builder *b)
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
	struct builder b = { .oracle = oracle, .method = method, .class = method->class->parsed };
	struct err ignored = ERR_INIT;
	struct code *code;

	add_node(&b, NODE_CONSTANT);
	node_at(&b, add_node(&b, NODE_UNSURE))->mask = FROM_UNSURE;
	if (code_parse(&b.scratch, b.class, member, &code, &ignored) != ERR_OK) {
		arena_release(&b.scratch);
		return;
	}
	b.code = code;
	method->line = code_line(code, 0);
	b.express = express_build(&b.scratch, b.class, member, code);
	b.reached = oracle_reach(&b.scratch, b.express);
	survey(&b);
	add_parameters(&b);
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
