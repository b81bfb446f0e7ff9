#include "engine/pit_static.h"

#include <string.h>

#include "engine/indy.h"

#define HANDLES_MAX 16

/* ---- types whose values run later ---- */

/* A class, or all of a package (up to a slash) or a family of names. */
static const char *const later_types[] = {
	"com/google/common/base/Function", "com/google/common/base/Predicate",
	"com/google/common/base/Supplier", "com/google/common/cache/RemovalListener",
	"com/google/common/cache/Weigher", "com/google/common/collect/Maps$EntryTransformer",
	"com/google/common/util/concurrent/AsyncCallable",
	"com/google/common/util/concurrent/AsyncFunction",
	"java/io/FileFilter", "java/io/FilenameFilter", "java/io/ObjectInputFilter",
	"java/lang/Runnable", "java/util/Comparator", "java/util/concurrent/Callable",
	"java/util/function/", "kotlin/Function", "kotlin/jvm/functions/",
	"org/apache/commons/lang3/function/",
};

static bool runs_later(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(later_types) / sizeof(later_types[0]); i++) {
		const char *type = later_types[i];
		size_t known = strlen(type);
		bool is_package = type[known - 1] == '/';

		if ((is_package ? len > known : len == known) && !memcmp(type, name, known))
			return true;
	}
	return false;
}

static bool returns_what_runs_later(const char *descriptor)
{
	struct descriptor_type type;

	if (!descriptor_is_method(descriptor))
		return false;
	type = descriptor_return(descriptor);
	return type.kind == 'L' && runs_later(type.start + 1, type.len - 2);
}

/* Whether a field's generic signature (JVMS 4.7.9.1) names such a type. */
static bool signature_runs_later(const char *at)
{
	while (*at) {
		size_t len = 1;

		if (*at == 'L') {
			len = strcspn(at, "<;.");
			if (runs_later(at + 1, len - 1))
				return true;
		} else if (*at == 'T' || *at == '.') {	/* a variable, an inner class */
			len = 1 + strcspn(at + 1, "<;.");
		}
		at += len;
	}
	return false;
}

static bool field_runs_later(const struct class *class, const char *name)
{
	for (uint16_t i = 0; i < class->n_fields; i++) {
		const struct attribute *signature;
		const char *text;

		if (strcmp(class->fields[i].name, name))
			continue;
		signature = attributes_find(&class->fields[i].attributes, "Signature");
		if (!signature || signature->bytes.len != 2)
			return false;
		text = class_utf8(class, (uint16_t)(signature->bytes.bytes[0] << 8 |
						    signature->bytes.bytes[1]));
		return text && signature_runs_later(text);
	}
	return false;
}

/* ---- who calls whom ---- */

static int private_method(const struct class *class, const struct member_ref *ref)
{
	if (!ref->owner || strcmp(ref->owner, class->name))
		return -1;
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (class->methods[i].access & ACCESS_PRIVATE &&
		    !strcmp(class->methods[i].name, ref->name) &&
		    !strcmp(class->methods[i].descriptor, ref->descriptor))
			return i;
	return -1;
}

/* What instruction number `i` calls, now or (a lambda's body) later. */
static uint16_t called(const struct class *class, const struct code *code, uint32_t i,
		       struct member_ref *ret)
{
	struct member_ref ref;

	if (pit_class_call(class, code, i, ret))
		return 1;
	if (code->insns[i].opcode != OPC_invokedynamic ||
	    !class_member_ref_at(class, code->insns[i].index, &ref))
		return 0;
	return indy_handles(class, &ref, ret, HANDLES_MAX);
}

/* An enum constant is made, or a field that holds what runs later is set. */
static bool stores_for_later(const struct class *class, const struct code *code, uint32_t i)
{
	const struct insn *insn = &code->insns[i];
	struct member_ref ref;

	if (insn->opcode != OPC_putstatic || !class_member_ref_at(class, insn->index, &ref))
		return false;
	if (field_runs_later(class, ref.name))
		return true;
	return i > 0 && pit_class_call(class, code, i - 1, &ref) && !strcmp(ref.name, "<init>");
}

static bool makes_what_runs_later(const struct class *class, const struct code *code, uint32_t i)
{
	enum opcode opcode = code->insns[i].opcode;
	struct member_ref ref;

	return (opcode == OPC_invokestatic || opcode == OPC_invokedynamic) &&
	       class_member_ref_at(class, code->insns[i].index, &ref) &&
	       returns_what_runs_later(ref.descriptor);
}

/* Fills an array of n_methods: what is called for later, wherever it is called
 * in this method. */
static void find_later(const struct class *class, const struct code *code, bool *ret_later)
{
	struct member_ref refs[HANDLES_MAX];
	bool stored = false;

	memset(ret_later, false, class->n_methods * sizeof(*ret_later));
	for (uint32_t i = code->n_insns; i-- > 0; ) {
		uint16_t n = 0;

		if (stored && makes_what_runs_later(class, code, i))
			n = called(class, code, i, refs);
		for (uint16_t c = 0; c < n; c++) {
			int to = private_method(class, &refs[c]);

			if (to >= 0)
				ret_later[to] = true;
		}
		stored = stored || stores_for_later(class, code, i);
	}
}

struct search {
	bool *found, *later;	/* [n_methods] */
	uint16_t *queue;	/* [n_methods] of those found, in that order */
	uint16_t n;
};

static void follow(struct search *search, const struct class *class, const struct code *code)
{
	struct member_ref refs[HANDLES_MAX];

	find_later(class, code, search->later);
	for (uint32_t i = 0; i < code->n_insns; i++) {
		uint16_t n = called(class, code, i, refs);

		for (uint16_t c = 0; c < n; c++) {
			int to = private_method(class, &refs[c]);

			if (to < 0 || search->found[to] || search->later[to])
				continue;
			search->found[to] = true;
			search->queue[search->n++] = (uint16_t)to;
		}
	}
}

const bool *pit_static_find(const struct pit_class *pit)
{
	const struct class *class = pit->class;
	struct search search = {
		.found = ARENA_NEW_N(pit->arena, bool, class->n_methods + 1u),
		.later = ARENA_NEW_N(pit->arena, bool, class->n_methods + 1u),
		.queue = ARENA_NEW_N(pit->arena, uint16_t, class->n_methods + 1u),
	};

	for (uint16_t i = 0; i < class->n_methods && search.n == 0; i++) {
		if (strcmp(class->methods[i].name, "<clinit>"))
			continue;
		search.found[i] = true;
		search.queue[search.n++] = i;
	}
	for (uint16_t at = 0; at < search.n; at++)
		if (pit->codes[search.queue[at]])
			follow(&search, class, pit->codes[search.queue[at]]);
	return search.found;
}
