#include <stdlib.h>
#include <string.h>

#include "oracle/oracle.h"
#include "oracle/oracle_graph.h"

struct gathered {
	struct oracle *oracle;
	struct oracle_unread *items;
	uint32_t n, size;
};

static int by_signature(const void *a, const void *b)
{
	const struct oracle_unread *left = a, *right = b;
	int order = strcmp(left->place.name, right->place.name);

	return order ? order : strcmp(left->place.descriptor, right->place.descriptor);
}

static int by_place(const void *a, const void *b)
{
	const struct oracle_unread *left = a, *right = b;
	int order = strcmp(left->place.owner, right->place.owner);

	return order ? order : by_signature(a, b);
}

static int by_signature_then_place(const void *a, const void *b)
{
	int order = by_signature(a, b);

	return order ? order : by_place(a, b);
}

static const char *with_dots(struct arena *arena, const char *name)
{
	char *text = arena_strdup(arena, name);

	for (char *at = text; *at; at++)
		if (*at == '/')
			*at = '.';
	return text;
}

static void gather(struct gathered *all, struct oracle_unread item)
{
	if (all->n == all->size) {
		uint32_t size = all->size ? 2 * all->size : 64;

		all->items = arena_grow(all->oracle->arena, all->items, all->n, size,
					sizeof(*all->items));
		all->size = size;
	}
	all->items[all->n++] = item;
}

/* ---- results ---- */

/* Something that returns its own object or what it was given, to be called in
 * a chain, has nothing new for an assertion to read. */
static bool is_fluent(const struct oracle_method *method)
{
	struct descriptor_type result = descriptor_return(method->descriptor), type;
	size_t len = strlen(method->class->name);
	const char *at = method->descriptor + 1;

	if (result.kind != 'L')
		return false;
	if (result.len == len + 2 && !memcmp(result.start + 1, method->class->name, len))
		return true;
	while (descriptor_next(&at, &type))
		if (type.len == result.len && !memcmp(type.start, result.start, type.len))
			return true;
	return false;
}

/* The method that a node calls, where the JVM would find it. */
static struct oracle_method *called(const struct oracle *oracle, const struct oracle_node *node)
{
	const struct oracle_class *class;

	if (node->kind != NODE_PROJECT || !node->ref.owner || *node->ref.descriptor != '(' ||
	    *node->ref.name == '<' || descriptor_return(node->ref.descriptor).kind == 'V')
		return NULL;
	class = oracle_class_find(oracle, node->ref.owner);
	return class ? oracle_method_find(oracle, class, node->ref.name, node->ref.descriptor)
		     : NULL;
}

static void gather_result(struct gathered *all, const struct oracle_class *class,
			  const struct oracle_node *node)
{
	struct oracle_method *method = called(all->oracle, node);
	struct oracle_unread item = { .n_gets = 1 };

	if (!method || method->class->is_test || is_fluent(method))
		return;
	item.place = (struct oracle_place){ method->class->name, method->name,
					    method->descriptor };
	if (node->judged)
		item.n_gets = 0;	/* read */
	else
		item.example = arena_strfmt(all->oracle->arena, "%s:%u",
					    with_dots(all->oracle->arena, class->name), node->line);
	gather(all, item);
}

/* One item a place. Those that are read anywhere are left out, under whatever
 * class they are called: an interface's method may be meant. */
static void drop_read(struct gathered *all)
{
	uint32_t kept = 0;

	if (all->n)
		qsort(all->items, all->n, sizeof(*all->items), by_signature_then_place);
	for (uint32_t i = 0, end; i < all->n; i = end) {
		bool is_read = false;

		for (end = i; end < all->n && !by_signature(&all->items[i], &all->items[end]); end++)
			is_read |= !all->items[end].n_gets;
		for (uint32_t k = i; k < end && !is_read; k++) {
			if (kept && !by_place(&all->items[kept - 1], &all->items[k]))
				all->items[kept - 1].n_gets += all->items[k].n_gets;
			else
				all->items[kept++] = all->items[k];
		}
	}
	all->n = kept;
}

/* ---- fields ---- */

/* What tests do with objects of code under test, by class and by method. */
static void note_use(struct oracle *oracle, const struct oracle_node *node)
{
	struct oracle_class *owner, *type = NULL;
	struct oracle_method *method;
	const char *end;

	if (node->kind != NODE_PROJECT || !node->ref.owner)
		return;
	owner = oracle_class_find(oracle, node->ref.owner);
	if (owner)
		owner->n_uses++;
	method = called(oracle, node);
	if (method)
		method->is_read |= node->judged != 0;
	if (!(node->judged & (JUDGED_EXACTLY | JUDGED_LOOSELY)) || !node->type || *node->type != 'L')
		return;
	end = strchr(node->type, ';');
	if (end)
		type = oracle_class_find(oracle, arena_strndup(oracle->arena, node->type + 1,
							       (size_t)(end - node->type - 1)));
	if (type)
		type->is_compared = true;
}

/* Read under the name of a class above or below: an interface's, an heir's. */
static bool is_read_anywhere(const struct oracle *oracle, const struct oracle_method *getter)
{
	for (uint32_t c = 0; c < oracle->n_classes; c++)
		for (uint16_t m = 0; m < oracle->classes[c]->n_methods; m++) {
			const struct oracle_method *method = &oracle->classes[c]->methods[m];

			if (method->is_read && !strcmp(method->name, getter->name) &&
			    !strcmp(method->descriptor, getter->descriptor))
				return true;
		}
	return false;
}

static void gather_fields(struct gathered *all, const struct oracle_class *class)
{
	for (uint16_t m = 0; class->n_uses && m < class->n_methods; m++) {
		const struct oracle_method *method = &class->methods[m];

		if (!method->gets || !(method->access & ACCESS_PUBLIC) ||
		    method->descriptor[1] != ')' || is_fluent(method) ||
		    !strcmp(method->name, "toString") || !strcmp(method->name, "hashCode") ||
		    (class->is_compared && class->has_equals) ||
		    is_read_anywhere(all->oracle, method))
			continue;
		gather(all, (struct oracle_unread){
			.place = { class->name, method->gets, method->descriptor + 2 },
			.is_field = true, .n_gets = class->n_uses,
			.example = arena_strfmt(all->oracle->arena, "%s()", method->name) });
	}
}

uint32_t oracle_unread(struct oracle *oracle, struct oracle_unread **ret)
{
	struct gathered all = { .oracle = oracle };
	uint32_t n_results;

	for (uint32_t c = 0; c < oracle->n_classes; c++)
		for (uint16_t m = 0; m < oracle->classes[c]->n_methods; m++) {
			const struct oracle_method *method = &oracle->classes[c]->methods[m];

			for (uint32_t i = 0; i < method->n_nodes; i++) {
				gather_result(&all, oracle->classes[c], &method->nodes[i]);
				note_use(oracle, &method->nodes[i]);
			}
		}
	drop_read(&all);
	n_results = all.n;
	for (uint32_t c = 0; c < oracle->n_classes; c++)
		if (!oracle->classes[c]->is_test)
			gather_fields(&all, oracle->classes[c]);
	if (n_results)
		qsort(all.items, n_results, sizeof(*all.items), by_place);
	*ret = all.items;
	return all.n;
}
