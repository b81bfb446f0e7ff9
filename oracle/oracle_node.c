#include "oracle/oracle_node.h"

#include <string.h>

/* ---- nodes ---- */

struct oracle_node *oracle_node_at(struct oracle_builder *b, uint32_t n)
{
	return &b->method->nodes[n];
}

uint32_t oracle_node_add(struct oracle_builder *b, enum oracle_node_kind kind)
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

void oracle_node_arg(struct oracle_builder *b, uint32_t node, uint32_t arg)
{
	struct oracle_node *at = oracle_node_at(b, node);

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
static bool is_project_type(const struct oracle_builder *b, const char *type)
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

/* What every kind of value has in common. */
uint32_t oracle_node_typed(struct oracle_builder *b, uint32_t node, const struct expr *expr,
		      const char *type)
{
	struct oracle_node *at = oracle_node_at(b, node);

	at->line = code_line(b->code, b->code->insns[expr->number].pc);
	at->type = type ? type : expr->type;
	at->is_mutable = !is_immutable(at->type);
	if (at->kind != NODE_PROJECT && is_project_type(b, at->type))
		at->mask |= FROM_PROJECT;
	return node;
}

/* ---- variables ---- */

uint32_t oracle_node_variable(struct oracle_builder *b, uint32_t pc, uint16_t index)
{
	const struct local_entry *entry = code_local(b->code, pc, index);
	struct variable *variable;
	uint32_t node;

	for (uint32_t i = 0; i < b->n_variables; i++)
		if (b->variables[i].index == index && b->variables[i].entry == entry)
			return b->variables[i].node;
	node = oracle_node_add(b, NODE_VARIABLE);
	if (entry && is_project_type(b, entry->descriptor))
		oracle_node_at(b, node)->mask |= FROM_PROJECT;
	oracle_node_at(b, node)->type = entry ? entry->descriptor : NULL;
	oracle_node_at(b, node)->is_mutable = !entry || !is_immutable(entry->descriptor);
	b->variables = arena_grow(&b->scratch, b->variables, b->n_variables,
				  b->n_variables + 1, sizeof(*b->variables));
	variable = &b->variables[b->n_variables++];
	*variable = (struct variable){ index, entry, node };
	return node;
}

/* A parameter is also a variable, which code may store into. */
void oracle_node_parameters(struct oracle_builder *b)
{
	bool has_this = !(b->method->access & ACCESS_STATIC);
	const char *at = b->method->descriptor + 1;
	struct descriptor_type type;
	uint16_t slot = has_this, n = has_this;
	uint32_t node;

	if (has_this) {
		node = oracle_node_add(b, NODE_PARAMETER);
		oracle_node_arg(b, oracle_node_variable(b, 0, 0), node);
		oracle_node_at(b, node)->is_mutable = true;
	}
	while (descriptor_next(&at, &type)) {
		node = oracle_node_add(b, NODE_PARAMETER);
		oracle_node_at(b, node)->index = n++;
		oracle_node_at(b, node)->is_mutable = !is_immutable(type.start);
		if (is_project_type(b, type.start))
			oracle_node_at(b, node)->mask |= FROM_PROJECT;
		oracle_node_arg(b, oracle_node_variable(b, 0, slot), node);
		slot = (uint16_t)(slot + type.slots);
	}
}
