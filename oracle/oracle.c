#include "oracle/oracle.h"

#include <stdlib.h>
#include <string.h>

#include "classfile/annotation.h"
#include "oracle/oracle_flow.h"

const char *strength_name(enum strength strength)
{
	static const char *const names[N_STRENGTHS] = { "unknown", "none", "constant", "strong" };

	return names[strength];
}

/* ---- classes ---- */

static uint32_t bucket_of(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (uint8_t)*name) * 16777619u;
	return hash % ORACLE_BUCKETS;
}

struct oracle_class *oracle_class_find(const struct oracle *oracle, const char *name)
{
	struct oracle_class *class = oracle->buckets[bucket_of(name)];

	while (class && strcmp(class->name, name) != 0)
		class = class->next;
	return class;
}

#define ANCESTORS_MAX 100u
#define INTERFACES_MAX 20u	/* above one another */

static struct oracle_method *declared(const struct oracle_class *class, const char *name,
				      const char *descriptor)
{
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (!strcmp(class->methods[i].name, name) &&
		    !strcmp(class->methods[i].descriptor, descriptor))
			return &class->methods[i];
	return NULL;
}

static struct oracle_method *find_in_interfaces(const struct oracle *oracle,
						const struct oracle_class *class,
						const char *name, const char *descriptor,
						unsigned depth, unsigned *steps)
{
	for (uint16_t i = 0; depth && i < class->n_interfaces && *steps; i++, --*steps) {
		const struct oracle_class *known = oracle_class_find(oracle, class->interfaces[i]);
		struct oracle_method *found = NULL;

		if (known)
			found = declared(known, name, descriptor);
		if (known && !found)
			found = find_in_interfaces(oracle, known, name, descriptor, depth - 1,
						   steps);
		if (found)
			return found;
	}
	return NULL;
}

struct oracle_method *oracle_method_find(const struct oracle *oracle,
					 const struct oracle_class *class,
					 const char *name, const char *descriptor)
{
	const struct oracle_class *at = class;
	unsigned steps = ORACLE_STEPS;

	for (unsigned i = 0; at && i < ANCESTORS_MAX; i++) {
		struct oracle_method *found = declared(at, name, descriptor);

		if (found)
			return found;
		at = at->super ? oracle_class_find(oracle, at->super) : NULL;
	}
	for (unsigned i = 0; class && i < ANCESTORS_MAX; i++) {
		struct oracle_method *found =
			find_in_interfaces(oracle, class, name, descriptor, INTERFACES_MAX,
					   &steps);

		if (found)
			return found;
		class = class->super ? oracle_class_find(oracle, class->super) : NULL;
	}
	return NULL;
}

static bool implements(const struct oracle *oracle, const struct oracle_class *class,
		       const char *name, unsigned depth, unsigned *steps)
{
	for (uint16_t i = 0; depth && i < class->n_interfaces && *steps; i++, --*steps) {
		const struct oracle_class *known = oracle_class_find(oracle, class->interfaces[i]);

		if (!strcmp(class->interfaces[i], name) ||
		    (known && implements(oracle, known, name, depth - 1, steps)))
			return true;
	}
	return false;
}

struct oracle_field *oracle_field_find(const struct oracle *oracle,
				       const struct oracle_class *class, const char *name)
{
	for (unsigned i = 0; class && i < ANCESTORS_MAX; i++) {
		for (uint16_t f = 0; f < class->n_fields; f++)
			if (!strcmp(class->fields[f].name, name))
				return &class->fields[f];
		class = class->super ? oracle_class_find(oracle, class->super) : NULL;
	}
	return NULL;
}

/* ---- adding ---- */

struct oracle *oracle_new(struct arena *arena)
{
	struct oracle *oracle = ARENA_NEW(arena, struct oracle);

	oracle->arena = arena;
	return oracle;
}

static bool has(const struct oracle_class *class, const struct member *member, const char *name)
{
	return class_has_annotation(class->parsed, &member->attributes, name);
}

/* aload_0 getfield xreturn, and nothing else. */
static const char *field_got(const struct class *class, const struct member *member)
{
	const struct attribute *code = member->code;
	struct member_ref ref;

	if (!code || code->bytes.len < 13)
		return NULL;
	if (code->bytes.bytes[7] != 5 || code->bytes.bytes[8] != OPC_aload_0 ||
	    code->bytes.bytes[9] != OPC_getfield || !opcode_is_return(code->bytes.bytes[12]) ||
	    !class_member_ref_at(class, (uint16_t)(code->bytes.bytes[10] << 8 |
						   code->bytes.bytes[11]), &ref))
		return NULL;
	return ref.name;
}

/* Of a class under test only names are kept. */
static const char *keep(struct oracle *oracle, const struct oracle_class *class, const char *text)
{
	return text && !class->is_test ? arena_strdup(oracle->arena, text) : text;
}

static void add_method(struct oracle *oracle, struct oracle_class *class, uint16_t i)
{
	const struct member *member = &class->parsed->methods[i];
	struct oracle_method *method = &class->methods[i];
	struct descriptor_type type;
	const char *at = member->descriptor + 1;

	method->class = class;
	method->name = keep(oracle, class, member->name);
	method->descriptor = keep(oracle, class, member->descriptor);
	method->access = member->access;
	method->has_code = member->code != NULL;
	method->n_parameters = !(member->access & ACCESS_STATIC);
	while (descriptor_next(&at, &type))
		method->n_parameters++;
	if (!class->is_test) {
		method->gets = keep(oracle, class, field_got(class->parsed, member));
		class->has_equals |= !strcmp(member->name, "equals");
		return;
	}
	method->pushed = ARENA_NEW_N(oracle->arena, uint64_t, method->n_parameters + 1u);
	method->given = ARENA_NEW_N(oracle->arena, uint64_t, method->n_parameters + 1u);
	method->is_test = has(class, member, "Test") || has(class, member, "TestFactory") ||
			  has(class, member, "TestTemplate") || has(class, member, "Property") ||
			  has(class, member, "FeatureMetadata") ||
			  (!strncmp(member->name, "test", 4) &&
			   !strcmp(member->descriptor, "()V"));
	method->is_after = has(class, member, "After") || has(class, member, "AfterEach") ||
			   has(class, member, "AfterMethod") || has(class, member, "AfterTest") ||
			   (!strcmp(member->descriptor, "()V") &&
			    (!strcmp(member->name, "tearDown") || !strcmp(member->name, "cleanup")));
	method->is_given = has(class, member, "MethodSource") || has(class, member, "ArgumentsSource");
	method->expects = annotation_has_element(class->parsed, &member->attributes, "Test",
						 "expected") ||
			  annotation_has_element(class->parsed, &member->attributes, "Test",
						 "expectedExceptions");
}

static struct oracle_class *make_class(struct oracle *oracle, struct class *parsed, bool is_test)
{
	struct oracle_class *class = ARENA_NEW(oracle->arena, struct oracle_class);
	const char **interfaces = ARENA_NEW_N(oracle->arena, const char *, parsed->n_interfaces + 1u);

	class->is_test = is_test;
	class->parsed = parsed;
	class->name = keep(oracle, class, parsed->name);
	class->super = keep(oracle, class, parsed->super_name);
	class->is_nested = strchr(parsed->name, '$') != NULL;
	class->n_interfaces = parsed->n_interfaces;
	for (uint16_t i = 0; i < parsed->n_interfaces; i++)
		interfaces[i] = keep(oracle, class, class_name_at(parsed, parsed->interfaces[i]));
	class->interfaces = interfaces;
	class->n_fields = parsed->n_fields;
	class->fields = ARENA_NEW_N(oracle->arena, struct oracle_field, parsed->n_fields + 1u);
	for (uint16_t i = 0; i < parsed->n_fields; i++)
		class->fields[i].name = keep(oracle, class, parsed->fields[i].name);
	class->n_methods = parsed->n_methods;
	class->methods = ARENA_NEW_N(oracle->arena, struct oracle_method, parsed->n_methods + 1u);
	for (uint16_t i = 0; i < parsed->n_methods; i++)
		add_method(oracle, class, i);
	if (!is_test)
		class->parsed = NULL;
	return class;
}

static void add_class(struct oracle *oracle, struct oracle_class *class)
{
	class->next = oracle->buckets[bucket_of(class->name)];
	oracle->buckets[bucket_of(class->name)] = class;
	if (oracle->n_classes == oracle->size_classes) {
		uint32_t size = oracle->size_classes ? 2 * oracle->size_classes : 64;

		oracle->classes = arena_grow(oracle->arena, oracle->classes, oracle->n_classes,
					     size, sizeof(*oracle->classes));
		oracle->size_classes = size;
	}
	oracle->classes[oracle->n_classes++] = class;
}

void oracle_add(struct oracle *oracle, struct span bytes, bool is_test)
{
	struct arena scratch = ARENA_INIT;
	struct err ignored = ERR_INIT;
	struct class *parsed;

	if (class_parse(is_test ? oracle->arena : &scratch, bytes, "", &parsed, &ignored) == ERR_OK &&
	    !oracle_class_find(oracle, parsed->name))
		add_class(oracle, make_class(oracle, parsed, is_test));
	arena_release(&scratch);
}

static void add_subclass(struct oracle *oracle, const char *super, struct oracle_class *class)
{
	struct oracle_class *above = super ? oracle_class_find(oracle, super) : NULL;

	if (!above || !class->is_test)
		return;
	above->subclasses = arena_room(oracle->arena, above->subclasses, above->n_subclasses,
				       sizeof(*above->subclasses));
	above->subclasses[above->n_subclasses++] = class;
}

void oracle_finish(struct oracle *oracle)
{
	for (uint32_t c = 0; c < oracle->n_classes; c++) {
		struct oracle_class *class = oracle->classes[c];

		add_subclass(oracle, class->super, class);
		for (uint16_t i = 0; i < class->n_interfaces; i++)
			add_subclass(oracle, class->interfaces[i], class);
	}
	for (uint32_t c = 0; c < oracle->n_classes; c++) {
		struct oracle_class *class = oracle->classes[c];

		for (uint16_t m = 0; class->is_test && m < class->n_methods; m++)
			if (class->methods[m].has_code)
				oracle_graph_build(oracle, &class->methods[m],
						   &class->parsed->methods[m]);
	}
	oracle_flow_solve(oracle);
	oracle_flow_mark(oracle);
}

/* ---- a test ---- */

struct asked {
	struct oracle *oracle;
	struct oracle_test *test;
	uint64_t judged;
	bool asserts, only_passes, calls_project, expects;
};

static void keep_loose(struct asked *asked, const struct oracle_node *node)
{
	struct oracle_test *test = asked->test;

	if (node->kind != NODE_PROJECT || !(node->judged & JUDGED_LOOSELY) || !node->ref.owner ||
	    *node->ref.descriptor != '(' || *node->ref.name == '<')
		return;
	for (uint32_t i = 0; i < test->n_loose; i++)
		if (!strcmp(test->loose[i].place.owner, node->ref.owner) &&
		    !strcmp(test->loose[i].place.name, node->ref.name) &&
		    !strcmp(test->loose[i].place.descriptor, node->ref.descriptor))
			return;
	test->loose = arena_room(asked->oracle->arena, test->loose, test->n_loose, sizeof(*test->loose));
	test->loose[test->n_loose++] = (struct oracle_loose){
		{ node->ref.owner, node->ref.name, node->ref.descriptor },
		node->loosely && node->loosely->name ? node->loosely->name : "",
		node->loosely ? node->loosely->line : 0,
	};
}

/* Everything a method can reach in test code. */
static void visit(struct asked *asked, struct oracle_method *method, unsigned depth)
{
	if (method->seen == asked->oracle->walk || depth > 200)
		return;
	method->seen = asked->oracle->walk;
	for (uint32_t i = 0; i < method->n_assertions; i++) {
		asked->test->n_assertions++;
		if (!asked->test->line && !depth)
			asked->test->line = method->assertions[i].line;
	}
	for (uint32_t i = 0; i < method->n_nodes; i++) {
		keep_loose(asked, &method->nodes[i]);
		for (uint16_t t = 0; t < method->nodes[i].n_targets; t++)
			visit(asked, method->nodes[i].targets[t], depth + 1);
	}
}

static void ask(struct asked *asked, struct oracle_method *method)
{
	visit(asked, method, 0);
	if (!asked->test->line)
		asked->test->line = method->line;
	asked->judged |= oracle_flow_concrete(method, method->judged) |
			 (method->judged & FROM_CALLS);
	asked->asserts |= method->asserts;
	asked->only_passes |= method->only_passes;
	asked->calls_project |= method->calls_project;
	asked->expects |= method->expects;
}

static void decide(struct asked *asked)
{
	struct oracle_test *test = asked->test;

	if (asked->expects) {
		asked->asserts = true;
		asked->judged |= FROM_CALLS;
	}
	test->says = "";
	if (asked->judged & (FROM_PROJECT | FROM_UNSURE) ||
	    (asked->judged & FROM_CALLS && asked->calls_project)) {
		test->strength = STRENGTH_STRONG;
	} else if (asked->asserts) {
		test->strength = STRENGTH_CONSTANT;
		test->says = asked->calls_project
			? "asserts nothing that comes from the code under test"
			: "asserts, but never runs the code under test";
	} else {
		test->strength = STRENGTH_NONE;
		test->says = asked->only_passes ? "asserts only that nothing is thrown"
						: "has no assertion: only an exception fails it";
	}
}

/* The methods of that name nearest to `class` from there upwards; those that
 * are marked as tests, or all where none is. */
static uint32_t ask_nearest(struct asked *asked, const struct oracle_class *class,
			    const char *name)
{
	for (unsigned i = 0; class && class->is_test && i < ANCESTORS_MAX; i++) {
		uint32_t n = 0, n_tests = 0;

		for (uint16_t m = 0; m < class->n_methods; m++)
			if (!strcmp(class->methods[m].name, name) && class->methods[m].has_code) {
				n++;
				n_tests += class->methods[m].is_test;
			}
		for (uint16_t m = 0; n && m < class->n_methods; m++)
			if (!strcmp(class->methods[m].name, name) && class->methods[m].has_code &&
			    (!n_tests || class->methods[m].is_test))
				ask(asked, &class->methods[m]);
		if (n)
			return n;
		class = class->super ? oracle_class_find(asked->oracle, class->super) : NULL;
	}
	return 0;
}

static void ask_after(struct asked *asked, const struct oracle_class *class)
{
	bool calls_project = asked->calls_project;

	for (unsigned i = 0; class && i < ANCESTORS_MAX; i++) {
		for (uint16_t m = 0; m < class->n_methods; m++)
			if (class->methods[m].is_after)
				ask(asked, &class->methods[m]);
		class = class->super ? oracle_class_find(asked->oracle, class->super) : NULL;
	}
	asked->calls_project = calls_project;
}

void oracle_test(struct oracle *oracle, const char *class_name, const char *method,
		 struct oracle_test *ret)
{
	char *internal = arena_strdup(oracle->arena, class_name);
	struct asked asked = { .oracle = oracle, .test = ret };
	struct oracle_class *class;

	memset(ret, 0, sizeof(*ret));
	ret->says = "";
	oracle->walk++;
	for (char *at = internal; *at; at++)
		if (*at == '.')
			*at = '/';
	class = oracle_class_find(oracle, internal);
	if (!class || !ask_nearest(&asked, class, method))
		return;
	ask_after(&asked, class);
	decide(&asked);
}

bool oracle_is_kind(const struct oracle *oracle, const char *class_name, const char *owner)
{
	const struct oracle_class *class = oracle_class_find(oracle, class_name);
	unsigned steps = ORACLE_STEPS;

	for (unsigned i = 0; class && i < ANCESTORS_MAX; i++) {
		if (!strcmp(class->name, owner) || implements(oracle, class, owner, INTERFACES_MAX, &steps))
			return true;
		class = class->super ? oracle_class_find(oracle, class->super) : NULL;
	}
	return false;
}
