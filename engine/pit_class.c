#include "engine/pit_class.h"

#include <string.h>

#include "engine/indy.h"
#include "engine/pit_static.h"

#define HANDLES_MAX 16

static bool starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

bool pit_class_call(const struct class *class, const struct code *code, uint32_t i,
		    struct member_ref *ret)
{
	const struct insn *insn = &code->insns[i];

	return opcode_is_invoke(insn->opcode) && insn->opcode != OPC_invokedynamic &&
	       class_member_ref_at(class, insn->index, ret) && ret->owner;
}

/* ---- annotations ---- */

static bool has_excluding_annotation(const struct class *class,
				     const struct attributes *attributes)
{
	return class_has_annotation(class, attributes, "Generated") ||
	       class_has_annotation(class, attributes, "DoNotMutate") ||
	       class_has_annotation(class, attributes, "CoverageIgnore");
}

static int find_method(const struct class *class, const struct member_ref *ref)
{
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (!strcmp(class->methods[i].name, ref->name) &&
		    !strcmp(class->methods[i].descriptor, ref->descriptor))
			return i;
	return -1;
}

/* The lambdas written in method number `number`, left out as it is; appended to
 * the `n` of the queue. */
static uint16_t exclude_lambdas(const struct pit_class *pit, uint16_t number,
				uint16_t *queue, uint16_t n)
{
	const struct class *class = pit->class;
	const struct code *code = pit->codes[number];
	struct member_ref ref, handles[HANDLES_MAX];

	for (uint32_t i = 0; code && i < code->n_insns; i++) {
		uint16_t n_handles;

		if (code->insns[i].opcode != OPC_invokedynamic ||
		    !class_member_ref_at(class, code->insns[i].index, &ref))
			continue;
		n_handles = indy_handles(class, &ref, handles, HANDLES_MAX);
		for (uint16_t h = 0; h < n_handles; h++) {
			int body = find_method(class, &handles[h]);

			if (!handles[h].owner || strcmp(handles[h].owner, class->name) ||
			    !starts_with(handles[h].name, "lambda$") || body < 0 ||
			    pit->drops[body] == FILTER_generated)
				continue;
			pit->drops[body] = FILTER_generated;
			queue[n++] = (uint16_t)body;
		}
	}
	return n;
}

static void exclude_annotated(const struct pit_class *pit)
{
	const struct class *class = pit->class;
	bool whole = has_excluding_annotation(class, &class->attributes);
	uint16_t *queue = ARENA_NEW_N(pit->arena, uint16_t, class->n_methods + 1u);
	uint16_t n = 0;

	for (uint16_t i = 0; i < class->n_methods; i++) {
		if (!whole && !has_excluding_annotation(class, &class->methods[i].attributes))
			continue;
		pit->drops[i] = FILTER_generated;
		queue[n++] = i;
	}
	for (uint16_t at = 0; at < n; at++)
		n = exclude_lambdas(pit, queue[at], queue, n);
}

/* ---- members that the compiler or the language made ---- */

static void exclude_synthetic(const struct pit_class *pit)
{
	for (uint16_t i = 0; i < pit->class->n_methods; i++) {
		const struct member *method = &pit->class->methods[i];

		if ((method->access & ACCESS_SYNTHETIC ||
		     attributes_find(&method->attributes, "Synthetic")) &&
		    !starts_with(method->name, "lambda$"))
			pit->drops[i] = FILTER_synthetic;
	}
}

static void exclude_enum_members(const struct pit_class *pit)
{
	const struct class *class = pit->class;

	if (!class->super_name || strcmp(class->super_name, "java/lang/Enum"))
		return;
	for (uint16_t i = 0; i < class->n_methods; i++) {
		const struct member *method = &class->methods[i];

		if (!strcmp(method->name, "<init>") ||
		    (!strcmp(method->name, "values") && starts_with(method->descriptor, "()[")) ||
		    (!strcmp(method->name, "valueOf") &&
		     starts_with(method->descriptor, "(Ljava/lang/String;)L")))
			pit->drops[i] = FILTER_enum_plumbing;
	}
}

static bool has_line(const struct code *code, uint32_t line)
{
	for (uint32_t i = 0; code && i < code->n_lines; i++)
		if (code->lines[i].line == line)
			return true;
	return false;
}

/* Where all of a record's methods are that nobody wrote: on the line of its
 * declaration, the first that is all there is of a method. 0: nowhere. */
static uint32_t declaration_line(const struct pit_class *pit)
{
	uint32_t first = 0;

	for (uint16_t i = 0; i < pit->class->n_methods; i++) {
		const struct code *code = pit->codes[i];
		bool one = code && code->n_lines > 0;

		for (uint32_t k = 1; one && k < code->n_lines; k++)
			one = code->lines[k].line == code->lines[0].line;
		if (one && (!first || code->lines[0].line < first))
			first = code->lines[0].line;
	}
	return first;
}

static void exclude_record_members(const struct pit_class *pit)
{
	const char *super_name = pit->class->super_name;
	uint32_t line;

	if (!super_name || strcmp(super_name, "java/lang/Record"))
		return;
	line = declaration_line(pit);
	for (uint16_t i = 0; line && i < pit->class->n_methods; i++)
		if (has_line(pit->codes[i], line))
			pit->drops[i] = FILTER_record_plumbing;
}

static void exclude_groovy(const struct pit_class *pit)
{
	const struct class *class = pit->class;

	for (uint16_t i = 0; i < class->n_interfaces; i++) {
		const char *name = class_name_at(class, class->interfaces[i]);

		if (!name || (!starts_with(name, "groovy/lang/") &&
			      !starts_with(name, "org/codehaus/groovy/runtime")))
			continue;
		for (uint16_t m = 0; m < class->n_methods; m++)
			pit->drops[m] = FILTER_groovy;
	}
}

static void exclude_static_initialisers(const struct pit_class *pit)
{
	const bool *found = pit_static_find(pit);

	for (uint16_t i = 0; i < pit->class->n_methods; i++)
		if (found[i])
			pit->drops[i] = FILTER_static_init;
}

/* ---- logging ---- */

static bool is_logging(const char *owner)
{
	static const char *const packages[] = {
		"java/util/logging", "org/apache/log4j", "org/apache/logging/log4j",
		"org/slf4j", "org/apache/commons/logging", "org/jboss/logging",
	};

	for (size_t i = 0; i < sizeof(packages) / sizeof(packages[0]); i++)
		if (starts_with(owner, packages[i]))
			return true;
	return false;
}

static void find_logging(struct pit_class *pit)
{
	struct member_ref ref;
	uint32_t size = 0;

	for (uint16_t m = 0; m < pit->class->n_methods; m++) {
		const struct code *code = pit->codes[m];

		for (uint32_t i = 0; code && i < code->n_insns; i++) {
			if (!pit_class_call(pit->class, code, i, &ref) || !is_logging(ref.owner))
				continue;
			if (pit->n_logging_lines == size) {
				size = size ? size * 2 : 16;
				pit->logging_lines =
					arena_grow(pit->arena, pit->logging_lines,
						   pit->n_logging_lines, size,
						   sizeof(*pit->logging_lines));
			}
			pit->logging_lines[pit->n_logging_lines++] =
				code_line(code, code->insns[i].pc);
		}
	}
}

/* ---- all of it ---- */

const struct pit_class *pit_class_read(struct arena *arena, const struct class *class,
				       uint32_t switched_on)
{
	static const struct {
		enum filter filter;
		void (*exclude)(const struct pit_class *pit);
	} steps[] = {	/* the first one counts what several drop: so it comes last */
		{ FILTER_groovy, exclude_groovy },
		{ FILTER_record_plumbing, exclude_record_members },
		{ FILTER_enum_plumbing, exclude_enum_members },
		{ FILTER_static_init, exclude_static_initialisers },
		{ FILTER_generated, exclude_annotated },
		{ FILTER_synthetic, exclude_synthetic },
	};
	struct pit_class *pit = ARENA_NEW(arena, struct pit_class);

	pit->arena = arena;
	pit->class = class;
	pit->switched_on = switched_on;
	pit->codes = ARENA_NEW_N(arena, struct code *, class->n_methods + 1u);
	pit->drops = ARENA_NEW_N(arena, enum filter, class->n_methods + 1u);
	for (uint16_t i = 0; i < class->n_methods; i++) {
		struct err err = ERR_INIT;	/* told when the method itself is planned */

		pit->drops[i] = N_FILTERS;
		if (!class->methods[i].code ||
		    code_parse(arena, class, &class->methods[i], &pit->codes[i], &err) != ERR_OK)
			pit->codes[i] = NULL;
	}
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (switched_on >> steps[i].filter & 1)
			steps[i].exclude(pit);
	find_logging(pit);
	return pit;
}
