#include "engine/field_reads.h"

#include <string.h>

#include "engine/probe_call.h"
#include "engine/setter.h"

#define CODE_MAX 8192	/* bytes: a method of that size has room for all probes */
#define CALL_MAX 16	/* bytes woven in at once */
#define KIND_GETFIELD 1	/* reference_kind, JVMS table 5.4.3.5-A */

bool field_reads_looks_up(struct span class_bytes)
{
	static const char name[] = "privateLookupIn";

	return memmem(class_bytes.bytes, class_bytes.len, name, sizeof(name) - 1) != NULL;
}

/* ---- nests (JVMS 4.7.28, 4.7.29) ---- */

/* The members of a nest, its host first. */
struct nest {
	const struct plan_class **classes;
	uint32_t n;
};

static const struct plan_class *host_of(const struct plan *plan, const struct plan_class *planned)
{
	const struct class *class = planned->class;
	const struct attribute *host = attributes_find(&class->attributes, "NestHost");
	const char *name;

	if (!host)
		return planned;
	if (host->bytes.len != 2)
		return NULL;
	name = class_name_at(class, (uint16_t)(host->bytes.bytes[0] << 8 | host->bytes.bytes[1]));
	return name ? plan_class_named(plan, name) : NULL;
}

/* False where not all of them are in the plan. */
static bool nest_find(const struct plan *plan, const struct plan_class *planned,
		      struct arena *arena, struct nest *ret)
{
	const struct plan_class *host = host_of(plan, planned);
	const struct attribute *members = host
		? attributes_find(&host->class->attributes, "NestMembers") : NULL;
	uint32_t n = members && members->bytes.len >= 2
		? (uint32_t)(members->bytes.bytes[0] << 8 | members->bytes.bytes[1]) : 0;

	if (!host || (members && members->bytes.len != 2 + 2 * (size_t)n))
		return false;
	ret->classes = ARENA_NEW_N(arena, const struct plan_class *, n + 1);
	ret->classes[0] = host;
	ret->n = 1;
	for (uint32_t i = 0; i < n; i++) {
		const uint8_t *at = members->bytes.bytes + 2 + 2 * i;
		const char *name = class_name_at(host->class, (uint16_t)(at[0] << 8 | at[1]));
		const struct plan_class *member = name ? plan_class_named(plan, name) : NULL;

		if (!member)
			return false;
		ret->classes[ret->n++] = member;
	}
	for (uint32_t i = 0; i < ret->n; i++)
		if (ret->classes[i] == planned)
			return true;
	return false;		/* it names a host that does not name it */
}

/* ---- which fields ---- */

static bool makes_handles(const struct class *class)
{
	for (uint32_t i = 1; i < class->n_constants; i++) {
		const struct constant *constant = &class->constants[i];
		struct member_ref ref;

		if (constant->tag == CONSTANT_METHOD_HANDLE && constant->bytes.bytes[0] == KIND_GETFIELD)
			return true;
		if (constant->tag == CONSTANT_METHODREF &&
		    class_member_ref_at(class, (uint16_t)i, &ref) && ref.owner &&
		    !strcmp(ref.owner, "java/lang/invoke/MethodHandles"))
			return true;
	}
	return false;
}

static bool tells_its_reads(const struct class *class)
{
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (class->methods[i].access & ACCESS_NATIVE ||
		    (class->methods[i].code && class->methods[i].code->bytes.len > CODE_MAX))
			return false;
	return !makes_handles(class);
}

static bool is_private(const struct class *class, const struct member_ref *field)
{
	for (uint16_t i = 0; i < class->n_fields; i++)
		if (!strcmp(class->fields[i].name, field->name) &&
		    !strcmp(class->fields[i].descriptor, field->descriptor))
			return class->fields[i].access & ACCESS_PRIVATE;
	return false;
}

static bool is_field(const struct setter *setter, const struct member_ref *ref)
{
	return !strcmp(setter->field.name, ref->name) &&
	       !strcmp(setter->field.descriptor, ref->descriptor);
}

/* Another setter's counter, if that has the same field. */
static uint32_t counter_of(const struct plan *plan, const struct plan_class *planned,
			  const struct setter *setter, uint32_t next)
{
	for (const struct setter *at = plan->setters + planned->first_setter; at < setter; at++)
		if (is_field(at, &setter->field))
			return at->reads;
	return next;
}

static uint32_t settle_class(struct plan *plan, const struct plan_class *planned, uint32_t next)
{
	struct arena local = ARENA_INIT;
	struct nest nest;
	bool is_told = !plan->settings.has_private_lookups && nest_find(plan, planned, &local, &nest);

	for (uint32_t i = 0; is_told && i < nest.n; i++)
		is_told = tells_its_reads(nest.classes[i]->class);
	for (uint32_t i = 0; i < planned->n_setters; i++) {
		struct setter *setter = &plan->setters[planned->first_setter + i];

		setter->reads = FIELD_READS_UNKNOWN;
		if (!is_told || !is_private(planned->class, &setter->field))
			continue;
		setter->reads = counter_of(plan, planned, setter, next);
		next += setter->reads == next;
		for (uint32_t k = 0; k < nest.n; k++)
			plan->classes[nest.classes[k] - plan->classes].has_field_reads = true;
	}
	arena_release(&local);
	return next;
}

void field_reads_settle(struct plan *plan)
{
	uint32_t first = plan->n_points + plan->n_bodies, next = first;

	for (uint32_t i = 0; i < plan->n_classes; i++)
		if (plan->classes[i].n_setters)
			next = settle_class(plan, &plan->classes[i], next);
	plan->n_field_reads = next - first;
}

/* ---- weaving ---- */

static void weave_read(uint32_t counter, uint16_t method, uint32_t pc, struct rewrite *rewrite)
{
	struct buf buf;

	buf_init(&buf, CALL_MAX);
	probe_call_hit(&buf, rewrite, counter);
	rewrite_edit(rewrite, method, (struct edit){
		.pc = pc, .inserted = buf_get(&buf), .extra_stack = 1 });
	buf_release(&buf);
}

static void weave_code(const struct plan *plan, const struct nest *nest, const struct class *class,
		       uint16_t method, const struct code *code, struct rewrite *rewrite)
{
	for (uint32_t i = 0; i < code->n_insns; i++) {
		struct member_ref ref;

		if (code->insns[i].opcode != OPC_getfield ||
		    !class_member_ref_at(class, code->insns[i].index, &ref))
			continue;
		for (uint32_t k = 0; k < nest->n; k++) {
			const struct setter *setter = plan->setters + nest->classes[k]->first_setter;
			const struct setter *end = setter + nest->classes[k]->n_setters;

			while (setter < end &&
			       (setter->reads == FIELD_READS_UNKNOWN || !is_field(setter, &ref)))
				setter++;
			if (setter < end)
				weave_read(setter->reads, method, code->insns[i].pc, rewrite);
		}
	}
}

enum err_code field_reads_weave(const struct plan *plan, uint32_t class_number,
				struct arena *arena, struct rewrite *rewrite, struct err *err)
{
	const struct plan_class *planned = &plan->classes[class_number];
	const struct class *class = planned->class;
	struct nest nest;

	if (!nest_find(plan, planned, arena, &nest))
		return ERR_OK;	/* it has_field_reads, so it is found */
	for (uint16_t i = 0; i < class->n_methods; i++) {
		struct code *code;

		if (!class->methods[i].code)
			continue;
		TRY(code_parse(arena, class, &class->methods[i], &code, err));
		weave_code(plan, &nest, class, i, code, rewrite);
	}
	return ERR_OK;
}
