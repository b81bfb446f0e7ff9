#include "engine/calls.h"

#include <stdlib.h>
#include <string.h>

#include "classfile/code.h"
#include "engine/indy.h"
#include "util/fnv.h"

#define HANDLES_MAX 8	/* method handles of one invokedynamic */
#define ABOVE_MAX 32	/* superclasses followed */
#define NONE UINT32_MAX

struct node {
	const struct class *class;
	const struct member *method;
	uint32_t *callees, n_callees, size_callees;
	bool is_unsafe;		/* may reach what no made-up call should touch */
	uint32_t next;		/* with the same hash */
};

struct calls {
	struct arena *arena;
	const struct class *const *classes;
	uint32_t n_classes;
	struct node *nodes;
	uint32_t n_nodes;
	uint32_t *buckets, n_buckets;	/* a power of two; by name and descriptor */
};

static uint32_t hash(const char *name, const char *descriptor)
{
	uint64_t h = fnv_text(fnv_text(FNV_BASIS, name), descriptor);

	return (uint32_t)(h ^ h >> 32);
}

static const struct class *find_class(const struct calls *calls, const char *name)
{
	for (uint32_t i = 0; name && i < calls->n_classes; i++)
		if (!strcmp(calls->classes[i]->name, name))
			return calls->classes[i];
	return NULL;
}

/* Whether `name` is the class, or above it within the project. */
static bool is_above(const struct calls *calls, const struct class *class, const char *name, unsigned depth)
{
	if (!class || depth == ABOVE_MAX)
		return false;
	if (!strcmp(class->name, name) || (class->super_name && !strcmp(class->super_name, name)))
		return true;
	for (uint16_t i = 0; i < class->n_interfaces; i++) {
		const char *one = class_name_at(class, class->interfaces[i]);

		if (one && (!strcmp(one, name) || is_above(calls, find_class(calls, one), name, depth + 1)))
			return true;
	}
	return is_above(calls, find_class(calls, class->super_name), name, depth + 1);
}

/* ---- what no made-up call should touch ---- */

/* Those that only begin like the others. */
static bool is_harmless(const char *owner)
{
	static const char *const prefixes[] = {
		"java/lang/RuntimeException", "java/lang/ThreadLocal", "java/io/FileNotFoundException",
		"java/util/concurrent/atomic/", "java/util/concurrent/Concurrent",
		"java/util/concurrent/CopyOnWrite", "java/util/concurrent/TimeUnit",
		"java/util/concurrent/Callable",
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (!strncmp(owner, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

static bool is_unsafe(const struct member_ref *ref)
{
	static const char *const prefixes[] = {
		"java/io/File", "java/io/RandomAccessFile", "java/nio/file/Files", "java/nio/channels/",
		"java/lang/Process", "java/lang/Runtime", "java/lang/Thread", "java/net/Socket",
		"java/net/ServerSocket", "java/net/URL.", "java/net/Http", "java/net/URLConnection",
		"java/net/DatagramSocket", "java/net/http/", "java/net/InetAddress", "java/sql/",
		"java/util/concurrent/", "java/util/prefs/", "java/rmi/", "javax/", "sun/", "jdk/",
		"java/util/logging/FileHandler", "java/util/Timer",
	};
	static const char *const of_system[] = {
		"exit", "load", "loadLibrary", "setProperty", "setProperties", "clearProperty",
		"setOut", "setErr", "setIn", "setSecurityManager", "runFinalization",
		"identityHashCode",	/* does no harm, but says something else in each JVM */
	};

	if (!ref->owner || is_harmless(ref->owner))
		return false;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		size_t len = strcspn(prefixes[i], ".");

		if (!strncmp(ref->owner, prefixes[i], len) && (prefixes[i][len] != '.' || !ref->owner[len]))
			return true;
	}
	for (size_t i = 0; !strcmp(ref->owner, "java/lang/System") && i < sizeof(of_system) / sizeof(*of_system); i++)
		if (!strcmp(ref->name, of_system[i]))
			return true;
	return false;
}

/* ---- building ---- */

static void add_callee(struct calls *calls, struct node *node, uint32_t callee)
{
	if (node->n_callees == node->size_callees) {
		uint32_t size = node->size_callees ? node->size_callees * 2 : 8;

		node->callees = arena_grow(calls->arena, node->callees, node->n_callees, size,
					   sizeof(*node->callees));
		node->size_callees = size;
	}
	node->callees[node->n_callees++] = callee;
}

static void add_call(struct calls *calls, struct node *node, const struct member_ref *ref)
{
	uint32_t at = calls->buckets[hash(ref->name, ref->descriptor) & (calls->n_buckets - 1)];
	const struct class *owner = NULL;

	if (*ref->descriptor != '(')
		return;
	node->is_unsafe |= is_unsafe(ref);
	if (at != NONE)
		owner = find_class(calls, ref->owner);
	for (; at != NONE; at = calls->nodes[at].next) {
		const struct node *other = &calls->nodes[at];

		if (!strcmp(other->method->name, ref->name) &&
		    !strcmp(other->method->descriptor, ref->descriptor) &&
		    (is_above(calls, other->class, ref->owner, 0) ||
		     is_above(calls, owner, other->class->name, 0)))
			add_callee(calls, node, at);
	}
}

static void read_body(struct calls *calls, struct node *node)
{
	struct arena scratch = ARENA_INIT;
	struct err none = ERR_INIT;
	struct code *code;
	struct member_ref ref, handles[HANDLES_MAX];

	if (code_parse(&scratch, node->class, node->method, &code, &none) == ERR_OK)
		for (uint32_t i = 0; i < code->n_insns; i++) {
			enum operand operand = opcode_info[code->insns[i].opcode].operand;

			if ((operand != OPERAND_METHOD && operand != OPERAND_INTERFACE && operand != OPERAND_DYNAMIC) ||
			    !class_member_ref_at(node->class, code->insns[i].index, &ref))
				continue;
			if (ref.owner) {
				add_call(calls, node, &ref);
			} else {
				uint16_t n = indy_handles(node->class, &ref, handles, HANDLES_MAX);

				for (uint16_t h = 0; h < n; h++)
					add_call(calls, node, &handles[h]);
			}
		}
	arena_release(&scratch);
}

static void add_nodes(struct calls *calls)
{
	uint32_t most = 0;

	for (uint32_t i = 0; i < calls->n_classes; i++)
		most += calls->classes[i]->n_methods;
	calls->nodes = ARENA_NEW_N(calls->arena, struct node, most);
	for (calls->n_buckets = 64; calls->n_buckets < most; calls->n_buckets *= 2)
		;
	calls->buckets = ARENA_NEW_N(calls->arena, uint32_t, calls->n_buckets);
	memset(calls->buckets, 0xff, calls->n_buckets * sizeof(*calls->buckets));
	for (uint32_t i = 0; i < calls->n_classes; i++)
		for (uint16_t m = 0; m < calls->classes[i]->n_methods; m++) {
			struct node *node = &calls->nodes[calls->n_nodes];
			uint32_t *bucket;

			node->class = calls->classes[i];
			node->method = &node->class->methods[m];
			bucket = &calls->buckets[hash(node->method->name, node->method->descriptor) &
						 (calls->n_buckets - 1)];
			node->next = *bucket;
			*bucket = calls->n_nodes++;
		}
}

/* Whoever calls what is unsafe is so too. */
static void spread_unsafe(struct calls *calls)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < calls->n_nodes; i++) {
			struct node *node = &calls->nodes[i];

			for (uint32_t c = 0; c < node->n_callees && !node->is_unsafe; c++)
				if (calls->nodes[node->callees[c]].is_unsafe)
					node->is_unsafe = changed = true;
		}
	}
}

struct calls *calls_build(struct arena *arena, const struct class *const *classes, uint32_t n)
{
	struct calls *calls = ARENA_NEW(arena, struct calls);

	calls->arena = arena;
	calls->classes = classes;
	calls->n_classes = n;
	add_nodes(calls);
	for (uint32_t i = 0; i < calls->n_nodes; i++)
		if (calls->nodes[i].method->code)
			read_body(calls, &calls->nodes[i]);
	spread_unsafe(calls);
	return calls;
}

/* ---- asking ---- */

static bool can_be_called(const struct node *node)
{
	return !(node->method->access & (ACCESS_PRIVATE | ACCESS_SYNTHETIC | ACCESS_ABSTRACT)) &&
	       !(node->class->access & ACCESS_SYNTHETIC) && !node->is_unsafe &&
	       strcmp(node->method->name, "<clinit>") && !strchr(node->method->name, '$');
}

static bool calls_any(const struct node *node, const uint32_t *distance, uint32_t of)
{
	for (uint32_t i = 0; i < node->n_callees; i++)
		if (distance[node->callees[i]] == of)
			return true;
	return false;
}

static bool is_method(const struct node *node, const char *class_name, const char *name, const char *descriptor)
{
	return !strcmp(node->class->name, class_name) && !strcmp(node->method->name, name) &&
	       !strcmp(node->method->descriptor, descriptor);
}

uint32_t calls_leading_to(const struct calls *calls, struct arena *arena, const char *class_name,
			  const char *method_name, const char *descriptor, uint32_t max,
			  struct calls_entry **ret)
{
	uint32_t *distance = ARENA_NEW_N(arena, uint32_t, calls->n_nodes), n = 0;
	bool grew = true;

	*ret = ARENA_NEW_N(arena, struct calls_entry, max);
	for (uint32_t i = 0; i < calls->n_nodes; i++)
		distance[i] = is_method(&calls->nodes[i], class_name, method_name, descriptor) ? 0 : NONE;
	for (uint32_t step = 0; grew && n < max; step++) {
		for (uint32_t i = 0; i < calls->n_nodes && n < max; i++)
			if (distance[i] == step && can_be_called(&calls->nodes[i]))
				(*ret)[n++] = (struct calls_entry){ calls->nodes[i].class->name,
					calls->nodes[i].method->name, calls->nodes[i].method->descriptor };
		grew = false;
		for (uint32_t i = 0; i < calls->n_nodes; i++)
			if (distance[i] == NONE && calls_any(&calls->nodes[i], distance, step)) {
				distance[i] = step + 1;
				grew = true;
			}
	}
	return n;
}

uint32_t calls_unsafe(const struct calls *calls, struct arena *arena, const char ***ret)
{
	uint32_t n = 0;

	*ret = ARENA_NEW_N(arena, const char *, calls->n_nodes);
	for (uint32_t i = 0; i < calls->n_nodes; i++) {
		const struct node *node = &calls->nodes[i];
		char *name;

		if (!node->is_unsafe || (node->method->access & (ACCESS_PRIVATE | ACCESS_SYNTHETIC)))
			continue;
		name = arena_strfmt(arena, "%s#%s%s", node->class->name, node->method->name,
				    node->method->descriptor);
		for (char *c = name; *c != '#'; c++)
			if (*c == '/')
				*c = '.';
		(*ret)[n++] = name;
	}
	return n;
}
