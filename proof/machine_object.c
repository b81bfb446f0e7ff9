#include "proof/machine_object.h"

#include <string.h>

static const struct term *small(const struct scene *scene, int64_t value)
{
	return term_const(scene->terms, 'I', (uint64_t)value);
}

/* ---- arrays ---- */

static bool step_length(const struct scene *scene, const struct fact *shared,
			struct machine *machine)
{
	const struct term *array = machine_pop(machine, 'A');

	if (!array)
		return false;
	machine_check_null(scene, shared, machine, array);
	if (array->op == TERM_RESULT && array->args[0]->bits == OPC_newarray &&
	    array->args[0]->args[4]->lo >= 0)
		machine_push(machine, array->args[0]->args[4]);
	else
		machine_push(machine, term_unary(scene->terms, OPC_arraylength, array));
	return true;
}

static void check_bounds(const struct scene *scene, const struct fact *shared,
			 struct machine *machine, const struct term *array,
			 const struct term *index)
{
	const struct term *length = term_unary(scene->terms, OPC_arraylength, array);

	machine_check_null(scene, shared, machine, array);
	machine_check(scene, shared, machine, (struct event){ CHECK_BOUNDS, EVENT_NOTHING },
		      (const struct term *[]){ array, index }, 2);
	fact_add(scene->terms, &machine->own, index, small(scene, 0),
		 RELATION_EQUAL | RELATION_GREATER);
	fact_add(scene->terms, &machine->own, index, length, RELATION_LESS);
}

static bool step_element(const struct scene *scene, const struct fact *shared,
			 struct machine *machine, enum opcode opcode)
{
	static const char *const types[] = { "I", "J", "F", "D", "L", "B", "C", "S" };
	const struct term *args[3];

	args[2] = machine_pop(machine, 'I');
	args[1] = machine_pop(machine, 'A');
	if (!args[1] || !args[2])
		return false;
	check_bounds(scene, shared, machine, args[1], args[2]);
	args[0] = machine_memory(scene, machine, EVENT_ELEMENTS);
	machine_push(machine, machine_value(scene, (struct term){ .op = TERM_LOAD, .n_args = 3,
								   .bits = opcode },
					    args, types[opcode - OPC_iaload]));
	return true;
}

static bool step_store_element(const struct scene *scene, struct machine *machine,
			       enum opcode opcode)
{
	const char *pops = opcode_info[opcode].pops;
	const struct term *operands[3];

	operands[2] = machine_pop(machine, pops[2]);
	operands[1] = machine_pop(machine, 'I');
	operands[0] = machine_pop(machine, 'A');
	if (!operands[0] || !operands[1] || !operands[2])
		return false;
	machine_event(scene, machine, (struct event){ opcode, EVENT_ELEMENTS }, operands, 3);
	return true;
}

/* ---- fields ---- */

static const struct member *own_field(const struct scene *scene, const struct member_ref *ref)
{
	if (strcmp(ref->owner, scene->class->name) != 0)
		return NULL;
	for (uint16_t i = 0; i < scene->class->n_fields; i++)
		if (!strcmp(scene->class->fields[i].name, ref->name) &&
		    !strcmp(scene->class->fields[i].descriptor, ref->descriptor))
			return &scene->class->fields[i];
	return NULL;
}

static bool is_named_as_constant(const char *name)
{
	for (; *name; name++)
		if (*name >= 'a' && *name <= 'z')
			return false;
	return true;
}

/* Whether the field has one value, from before this method ran. */
static bool is_settled(const struct scene *scene, const struct member_ref *ref)
{
	const struct member *field = own_field(scene, ref);

	if (field)
		return (field->access & ACCESS_FINAL) && *scene->method->name != '<';
	if (!strncmp(ref->owner, "java/", 5))
		return strcmp(ref->owner, "java/lang/System") && is_named_as_constant(ref->name);
	return (scene->assumptions & ASSUME_LIBRARY) && is_named_as_constant(ref->name);
}

/* A class starts when it is first used; those of the JDK without anybody seeing it. */
static void check_class(const struct scene *scene, const struct fact *shared,
			struct machine *machine, const char *owner)
{
	const struct term *name = term_const(scene->terms, 'A', machine_hash("class", owner, ""));

	if (strcmp(owner, scene->class->name) != 0 && strncmp(owner, "java/", 5) != 0)
		machine_check(scene, shared, machine,
			      (struct event){ CHECK_CLASS, EVENT_ANYTHING }, &name, 1);
}

/* What the field holds; NULL object: static. */
static const struct term *held(const struct scene *scene, const struct machine *machine,
			       const struct member_ref *ref, const struct term *object)
{
	struct term like = { .op = TERM_LOAD, .n_args = 2 };
	const struct term *args[2] = { NULL, object };

	like.bits = machine_hash(ref->owner, ref->name, ref->descriptor);
	if (!is_settled(scene, ref))
		args[0] = machine_memory(scene, machine,
					 machine_hash("field", ref->name, ref->descriptor));
	if (args[0] && args[0]->op == TERM_EVENT && args[0]->bits == like.bits &&
	    args[0]->args[3] == (object ? object : args[0]->args[3]) &&
	    strchr("IJFDL[", *ref->descriptor))
		return args[0]->args[args[0]->n_args - 1];
	if (!args[0] && !strncmp(ref->owner, "java/", 5))
		like.nonnull = *ref->descriptor == 'L';
	return machine_value(scene, like, args, ref->descriptor);
}

static bool step_get(const struct scene *scene, const struct fact *shared,
		     struct machine *machine, const struct insn *insn)
{
	const struct term *object = NULL;
	struct member_ref ref;

	if (!class_member_ref_at(scene->class, insn->index, &ref) || !ref.owner)
		return false;
	if (insn->opcode == OPC_getfield) {
		object = machine_pop(machine, 'A');
		if (!object)
			return false;
		machine_check_null(scene, shared, machine, object);
	} else {
		check_class(scene, shared, machine, ref.owner);
	}
	machine_push(machine, held(scene, machine, &ref, object));
	return true;
}

/* Storing what is there already; of a volatile field that could be seen. */
static bool changes_nothing(const struct scene *scene, const struct fact *shared,
			    const struct machine *machine, const struct member_ref *ref,
			    const struct term *object, const struct term *value)
{
	const struct member *field = own_field(scene, ref);
	struct facts facts = machine_facts(shared, machine);

	return field && !(field->access & (ACCESS_FINAL | ACCESS_VOLATILE)) &&
	       value->type != 'F' && value->type != 'D' &&
	       fact_relations(&facts, held(scene, machine, ref, object), value) ==
	       RELATION_EQUAL;
}

static bool step_put(const struct scene *scene, const struct fact *shared,
		     struct machine *machine, const struct insn *insn)
{
	const struct term *operands[2], *object = NULL;
	struct event event;
	struct member_ref ref;

	if (!class_member_ref_at(scene->class, insn->index, &ref) || !ref.owner)
		return false;
	operands[1] = machine_pop(machine, machine_letter(ref.descriptor));
	operands[0] = term_null(scene->terms);
	if (insn->opcode == OPC_putfield) {
		object = operands[0] = machine_pop(machine, 'A');
		if (object)
			machine_check_null(scene, shared, machine, object);
	} else {
		check_class(scene, shared, machine, ref.owner);
	}
	if (!operands[0] || !operands[1])
		return false;
	if (changes_nothing(scene, shared, machine, &ref, object, operands[1]))
		return true;
	event.what = machine_hash(ref.owner, ref.name, ref.descriptor);
	event.touches = machine_hash("field", ref.name, ref.descriptor);
	machine_event(scene, machine, event, operands, 2);
	return true;
}

/* ---- objects ---- */

static bool step_new(const struct scene *scene, const struct fact *shared,
		     struct machine *machine, const struct insn *insn)
{
	const struct term *operands[2], *length = NULL;
	const char *name = class_name_at(scene->class, insn->index);
	struct term like = { .op = TERM_RESULT, .n_args = 1, .nonnull = true };
	uint64_t what = insn->opcode == OPC_new ? OPC_new : OPC_newarray;

	operands[0] = insn->opcode == OPC_newarray
		    ? term_const(scene->terms, 'L', (uint64_t)insn->value)
		    : term_const(scene->terms, 'A', machine_hash("class", name, ""));
	if (insn->opcode != OPC_new) {
		length = machine_pop(machine, 'I');
		if (!length)
			return false;
		operands[1] = length;
	} else if (name) {
		check_class(scene, shared, machine, name);
	}
	machine_event(scene, machine, (struct event){ what, EVENT_NOTHING }, operands,
		      length ? 2 : 1);
	machine_push(machine, machine_value(scene, like, &machine->trace, "L"));
	return true;
}

static bool step_cast(const struct scene *scene, const struct fact *shared,
		      struct machine *machine, const struct insn *insn)
{
	const char *name = class_name_at(scene->class, insn->index);
	const struct term *operands[2];
	struct term like = { .op = OPC_instanceof, .n_args = 1, .lo = 0, .hi = 1 };

	operands[0] = machine_pop(machine, 'A');
	if (!operands[0] || !name)
		return false;
	operands[1] = term_const(scene->terms, 'A', machine_hash("class", name, ""));
	if (insn->opcode == OPC_checkcast) {
		if (operands[0]->op != TERM_CONST || operands[0]->bits)
			machine_check(scene, shared, machine, (struct event){ CHECK_CAST, EVENT_NOTHING }, operands, 2);
		machine_push(machine, operands[0]);
		return true;
	}
	like.bits = operands[1]->bits;
	if (operands[0]->op == TERM_CONST && !operands[0]->bits)
		machine_push(machine, small(scene, 0));
	else
		machine_push(machine, machine_value(scene, like, operands, "Z"));
	return true;
}

static bool step_monitor(const struct scene *scene, const struct fact *shared,
			 struct machine *machine, enum opcode opcode)
{
	const struct term *object = machine_pop(machine, 'A');

	if (!object)
		return false;
	machine_check_null(scene, shared, machine, object);
	machine_event(scene, machine, (struct event){ opcode, EVENT_ANYTHING }, &object, 1);
	return true;
}

bool machine_object_step(const struct scene *scene, const struct fact *shared,
			 struct machine *machine, const struct insn *insn)
{
	enum opcode opcode = insn->opcode;

	if (opcode >= OPC_iaload && opcode <= OPC_saload)
		return step_element(scene, shared, machine, opcode);
	if (opcode >= OPC_iastore && opcode <= OPC_sastore)
		return step_store_element(scene, machine, opcode);
	switch (opcode) {
	case OPC_getfield: case OPC_getstatic: return step_get(scene, shared, machine, insn);
	case OPC_putfield: case OPC_putstatic: return step_put(scene, shared, machine, insn);
	case OPC_new: case OPC_newarray: case OPC_anewarray:
		return step_new(scene, shared, machine, insn);
	case OPC_arraylength: return step_length(scene, shared, machine);
	case OPC_checkcast: case OPC_instanceof: return step_cast(scene, shared, machine, insn);
	case OPC_monitorenter: case OPC_monitorexit:
		return step_monitor(scene, shared, machine, opcode);
	default: return false;
	}
}
