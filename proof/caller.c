#include "proof/caller.h"

#include <string.h>

#include "operators/edit.h"

static const struct class *class_of(const struct plan *plan, const struct mutant *mutant)
{
	return plan->classes[mutant->class_number].class;
}

static bool is_it(const struct class *class, uint16_t index, const struct member *method)
{
	struct member_ref ref;

	return class_member_ref_at(class, index, &ref) && ref.owner &&
	       !strcmp(ref.owner, class->name) && !strcmp(ref.name, method->name) &&
	       !strcmp(ref.descriptor, method->descriptor);
}

/* A method handle (lambda, method reference) to it may be called from anywhere. */
static bool has_handle(const struct class *class, const struct member *method)
{
	for (uint32_t i = 1; i < class->n_constants; i++) {
		struct span bytes = class->constants[i].bytes;

		if (class->constants[i].tag == CONSTANT_METHOD_HANDLE && bytes.len == 3 &&
		    is_it(class, (uint16_t)(bytes.bytes[1] << 8 | bytes.bytes[2]), method))
			return true;
	}
	return false;
}

/* Counts the calls in `code`; false where one's result is used. */
static bool drops_in(const struct class *class, const struct code *code,
		     const struct member *method, uint32_t *n_calls)
{
	for (uint32_t i = 0; i < code->n_insns; i++) {
		const struct insn *insn = &code->insns[i];

		if (!opcode_is_invoke(insn->opcode) || insn->opcode == OPC_invokedynamic ||
		    !is_it(class, insn->index, method))
			continue;
		(*n_calls)++;
		if (i + 1 == code->n_insns || (code->insns[i + 1].opcode != OPC_pop &&
					       code->insns[i + 1].opcode != OPC_pop2))
			return false;
	}
	return true;
}

bool caller_drops_result(const struct plan *plan, const struct mutant *mutant,
			 struct arena *arena)
{
	const struct class *class = class_of(plan, mutant);
	const struct member *method = &class->methods[mutant->method];
	struct err err = ERR_INIT;
	uint32_t n_calls = 0;

	if (edit_kind_of(mutant->operator) != EDIT_VALUE || !(method->access & ACCESS_PRIVATE) ||
	    attributes_find(&class->attributes, "NestMembers") ||
	    attributes_find(&class->attributes, "NestHost") || has_handle(class, method))
		return false;
	for (uint16_t i = 0; i < class->n_methods; i++) {
		struct code *code;

		if (!class->methods[i].code)
			continue;
		if (code_parse(arena, class, &class->methods[i], &code, &err) != ERR_OK ||
		    !drops_in(class, code, method, &n_calls))
			return false;
	}
	return n_calls > 0;	/* none: it is called in a way that is not seen here */
}

/* A private nested class, by its entry in InnerClasses (JVMS 4.7.6). */
static bool is_private(const struct class *class)
{
	const struct attribute *inner = attributes_find(&class->attributes, "InnerClasses");

	if (!inner)
		return false;
	for (size_t at = 2; at + 8 <= inner->bytes.len; at += 8) {
		const uint8_t *entry = inner->bytes.bytes + at;
		const char *name = class_name_at(class, (uint16_t)(entry[0] << 8 | entry[1]));

		if (name && !strcmp(name, class->name))
			return (entry[6] << 8 | entry[7]) & ACCESS_PRIVATE;
	}
	return false;
}

/* Not that an object becomes null, or a branch another: a hash stays one. */
static bool changes_number(const struct class *class, const struct member *method,
			   const struct mutant *mutant, struct arena *arena)
{
	struct err err = ERR_INIT;
	struct member_ref ref;
	struct code *code;

	if (mutant->operator->family == FAMILY_CONDITIONAL)
		return false;
	if (edit_kind_of(mutant->operator) != EDIT_CALL)
		return true;
	return code_parse(arena, class, method, &code, &err) == ERR_OK &&
	       class_member_ref_at(class, code->insns[code->insn_at[mutant->pcs[0]]].index, &ref) &&
	       *descriptor_return(ref.descriptor).start == 'I';
}

bool caller_only_hashes(const struct plan *plan, const struct mutant *mutant,
			struct arena *arena)
{
	const struct class *class = class_of(plan, mutant);
	const struct member *method = &class->methods[mutant->method];

	return !strcmp(method->name, "hashCode") && !strcmp(method->descriptor, "()I") &&
	       is_private(class) && class->n_interfaces == 0 && class->super_name &&
	       !strcmp(class->super_name, "java/lang/Object") &&
	       changes_number(class, method, mutant, arena);
}
