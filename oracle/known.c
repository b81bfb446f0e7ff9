#include "oracle/known.h"

#include <string.h>

#define DEPTH_MAX 64	/* of a chain of classes; longer ones are no classes */

struct known_class {
	const char *name;
	bool is_test, is_library;	/* the latter: only extended by code under test */
	const char *super;		/* or NULL */
	const char **interfaces;
	uint16_t n_interfaces;
	uint32_t *methods;		/* hashes of names and descriptors */
	uint16_t n_methods;
};

struct known {
	struct arena *arena;
	struct known_class **slots;	/* [n_slots], a power of two; NULL: free */
	uint32_t n_slots, n;
};

/* Interfaces of the JDK and what they extend: a call of Iterator.next() may end
 * in a project's ListIterator. */
static const char *const extended[][2] = {
	{ "java/util/ListIterator", "java/util/Iterator" },
	{ "java/util/AbstractList", "java/util/AbstractCollection" },
	{ "java/util/AbstractSet", "java/util/AbstractCollection" },
	{ "java/util/AbstractQueue", "java/util/AbstractCollection" },
	{ "java/util/AbstractList", "java/util/List" },
	{ "java/util/AbstractSet", "java/util/Set" },
	{ "java/util/AbstractCollection", "java/util/Collection" },
	{ "java/util/AbstractMap", "java/util/Map" },
	{ "java/util/ArrayList", "java/util/AbstractList" },
	{ "java/util/HashMap", "java/util/AbstractMap" },
	{ "java/util/HashSet", "java/util/AbstractSet" },
	{ "java/util/List", "java/util/Collection" },
	{ "java/util/Set", "java/util/Collection" },
	{ "java/util/SortedSet", "java/util/Set" },
	{ "java/util/NavigableSet", "java/util/SortedSet" },
	{ "java/util/Queue", "java/util/Collection" },
	{ "java/util/Deque", "java/util/Queue" },
	{ "java/util/SortedMap", "java/util/Map" },
	{ "java/util/NavigableMap", "java/util/SortedMap" },
	{ "java/util/concurrent/ConcurrentMap", "java/util/Map" },
	{ "java/util/Collection", "java/lang/Iterable" },
	{ "java/io/Reader", "java/io/Closeable" },
	{ "java/io/Reader", "java/lang/Readable" },
	{ "java/io/Writer", "java/io/Closeable" },
	{ "java/io/Writer", "java/io/Flushable" },
	{ "java/io/Writer", "java/lang/Appendable" },
	{ "java/io/FilterReader", "java/io/Reader" },
	{ "java/io/FilterWriter", "java/io/Writer" },
	{ "java/io/BufferedReader", "java/io/Reader" },
	{ "java/io/InputStream", "java/io/Closeable" },
	{ "java/io/OutputStream", "java/io/Closeable" },
	{ "java/io/FilterInputStream", "java/io/InputStream" },
	{ "java/io/FilterOutputStream", "java/io/OutputStream" },
	{ "java/io/Closeable", "java/lang/AutoCloseable" },
	{ "java/io/IOException", "java/lang/Exception" },
	{ "java/lang/RuntimeException", "java/lang/Exception" },
	{ "java/lang/IllegalArgumentException", "java/lang/RuntimeException" },
	{ "java/lang/IllegalStateException", "java/lang/RuntimeException" },
	{ "java/lang/Exception", "java/lang/Throwable" },
	{ "java/lang/Error", "java/lang/Throwable" },
	{ "java/text/NumberFormat", "java/text/Format" },
	{ "java/text/DateFormat", "java/text/Format" },
};

static uint32_t hash_on(uint32_t sum, const char *text)
{
	for (; *text; text++)	/* FNV-1a */
		sum = (sum ^ (uint8_t)*text) * 16777619u;
	return sum;
}

static uint32_t hash(const char *name)
{
	return hash_on(2166136261u, name);
}

static struct known_class **slot(const struct known *known, const char *name)
{
	uint32_t i = hash(name) & (known->n_slots - 1);

	while (known->slots[i] && strcmp(known->slots[i]->name, name) != 0)
		i = (i + 1) & (known->n_slots - 1);
	return &known->slots[i];
}

static const struct known_class *find(const struct known *known, const char *name)
{
	return known->n_slots ? *slot(known, name) : NULL;
}

static void put(struct known *known, struct known_class *class)
{
	struct known_class **old = known->slots;
	uint32_t n_old = known->n_slots;

	if (2 * known->n >= n_old) {
		known->n_slots = n_old ? 2 * n_old : 1024;
		known->slots = ARENA_NEW_N(known->arena, struct known_class *, known->n_slots);
		for (uint32_t i = 0; i < n_old; i++)
			if (old[i])
				*slot(known, old[i]->name) = old[i];
	}
	*slot(known, class->name) = class;
	known->n++;
}

struct known *known_new(struct arena *arena)
{
	struct known *known = ARENA_NEW(arena, struct known);

	known->arena = arena;
	return known;
}

/* A library's class that code under test extends, and those above it. */
static void add_extended(struct known *known, const char *name)
{
	struct known_class *class;

	if (find(known, name))
		return;
	class = ARENA_NEW(known->arena, struct known_class);
	class->name = arena_strdup(known->arena, name);
	class->is_library = true;
	put(known, class);
	for (size_t i = 0; i < sizeof(extended) / sizeof(extended[0]); i++)
		if (!strcmp(extended[i][0], name))
			add_extended(known, extended[i][1]);
}

static void copy(struct known *known, struct known_class *to, const struct class *class)
{
	struct arena *arena = known->arena;

	to->super = class->super_name ? arena_strdup(arena, class->super_name) : NULL;
	to->interfaces = ARENA_NEW_N(arena, const char *, class->n_interfaces);
	for (uint16_t i = 0; i < class->n_interfaces; i++) {
		const char *name = class_name_at(class, class->interfaces[i]);

		if (name)
			to->interfaces[to->n_interfaces++] = arena_strdup(arena, name);
	}
	to->methods = ARENA_NEW_N(arena, uint32_t, class->n_methods);
	for (uint16_t i = 0; i < class->n_methods; i++)
		to->methods[to->n_methods++] = hash_on(hash(class->methods[i].name),
						       class->methods[i].descriptor);
}

void known_add(struct known *known, const struct class *class, bool is_test)
{
	const struct known_class *before = find(known, class->name);
	struct known_class *to;

	if (before && !before->is_library)
		return;
	to = ARENA_NEW(known->arena, struct known_class);
	to->name = arena_strdup(known->arena, class->name);
	to->is_test = is_test;
	copy(known, to, class);
	put(known, to);		/* in the place of one that seemed a library's */
	if (is_test)
		return;
	if (to->super)
		add_extended(known, to->super);
	for (uint16_t i = 0; i < to->n_interfaces; i++)
		add_extended(known, to->interfaces[i]);
}

static bool declares(const struct known_class *class, uint32_t method)
{
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (class->methods[i] == method)
			return true;
	return false;
}

struct search {
	const struct known *known;
	uint32_t method;	/* hash of its name and descriptor */
	const char *library;	/* the first of a library that was met */
	const char **ret_owner;
};

/* In `owner` and above it. */
static enum known_side look_up(struct search *search, const char *owner, unsigned depth)
{
	const struct known_class *class = find(search->known, owner);

	if (!class || class->is_library) {
		if (!search->library || !strcmp(search->library, "java/lang/Object"))
			search->library = owner;
		return KNOWN_LIBRARY;
	}
	*search->ret_owner = class->name;
	if (depth == DEPTH_MAX || declares(class, search->method) || (!depth && !class->is_test))
		return class->is_test ? KNOWN_TEST : KNOWN_PROJECT;
	for (uint32_t i = 0; i < class->n_interfaces + 1u; i++) {
		const char *above = i ? class->interfaces[i - 1] : class->super;
		enum known_side side = above ? look_up(search, above, depth + 1) : KNOWN_LIBRARY;

		if (side != KNOWN_LIBRARY)
			return side;
	}
	return KNOWN_LIBRARY;
}

enum known_side known_callee(const struct known *known, const char *owner, const char *name,
			     const char *descriptor, const char **ret_owner)
{
	struct search search = { known, hash_on(hash(name), descriptor), NULL, ret_owner };
	enum known_side side = look_up(&search, owner, 0);

	if (side == KNOWN_LIBRARY)
		*ret_owner = search.library;
	return side;
}

enum known_side known_side_of(const struct known *known, const char *name)
{
	const struct known_class *class = find(known, name);

	if (!class || class->is_library)
		return KNOWN_LIBRARY;
	return class->is_test ? KNOWN_TEST : KNOWN_PROJECT;
}

bool known_is_extended(const struct known *known, const char *library_class)
{
	const struct known_class *class = find(known, library_class);

	return class && class->is_library;
}
