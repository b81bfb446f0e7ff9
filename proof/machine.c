#include "proof/machine.h"

#include <string.h>

#include "proof/term_fold.h"
#include "util/fnv.h"

#define CHECKS_MAX 200		/* looked at in a chain of facts */
#define MEMORY_MAX 500		/* events walked back over */

uint64_t machine_hash(const char *a, const char *b, const char *c)
{
	const char *texts[] = { a, b, c };
	uint64_t hash = FNV_BASIS;

	for (unsigned i = 0; i < 3; i++) {
		if (texts[i])
			hash = fnv_bytes(hash, texts[i], strlen(texts[i]));
		hash = fnv_bytes(hash, "\xff", 1);
	}
	return hash | UINT64_C(1) << 63;	/* never one of EVENT_... or an opcode */
}

struct machine machine_copy(const struct scene *scene, const struct machine *machine)
{
	struct machine copy = *machine;
	const struct code *code = scene->code;
	size_t n = code->max_locals + (size_t)code->max_stack + 2;

	copy.locals = ARENA_NEW_N(scene->terms->arena, const struct term *, n);
	copy.stack = copy.locals + code->max_locals;
	memcpy(copy.locals, machine->locals, code->max_locals * sizeof(*copy.locals));
	memcpy(copy.stack, machine->stack, machine->n_stack * sizeof(*copy.stack));
	return copy;
}

/* ---- stack ---- */

static bool is_wide(const struct term *term)
{
	return term->type == 'L' || term->type == 'D';
}

void machine_push(struct machine *machine, const struct term *term)
{
	machine->stack[machine->n_stack++] = term;
	if (is_wide(term))
		machine->stack[machine->n_stack++] = NULL;
}

const struct term *machine_pop(struct machine *machine, char type)
{
	unsigned slots = type == 'L' || type == 'D' ? 2 : 1;
	const struct term *term;

	if (machine->n_stack < slots)
		return NULL;
	machine->n_stack = (uint16_t)(machine->n_stack - slots);
	term = machine->stack[machine->n_stack];
	return term && term->type == type ? term : NULL;
}

/* ---- events ---- */

static const struct term *handlers_here(const struct scene *scene, const struct machine *machine)
{
	const struct code *code = scene->code;
	uint32_t pc = code->insns[machine->at].pc;
	const struct term **needed;
	struct term like = { .op = TERM_HANDLERS, .type = 'E', .n_args = code->max_locals,
			     .bits = scene->handlers[machine->at] };

	if (!like.bits)
		return NULL;
	needed = ARENA_NEW_N(scene->terms->arena, const struct term *, code->max_locals + 1u);
	for (unsigned e = 0; e < code->n_exceptions; e++) {
		const struct exception_entry *entry = &code->exceptions[e];

		if (pc < entry->start || pc >= entry->end)
			continue;
		for (uint16_t i = 0; i < code->max_locals; i++)
			if (scene_is_live(scene, code->insn_at[entry->handler], i))
				needed[i] = machine->locals[i];
	}
	return term_make(scene->terms, &like, needed);
}

void machine_event(const struct scene *scene, struct machine *machine, struct event event,
		   const struct term *const *operands, unsigned n)
{
	struct term like = { .op = TERM_EVENT, .type = 'E', .bits = event.what,
			     .n_args = (uint16_t)(n + 3) };
	const struct term *args[OPERANDS_MAX + 3];

	args[0] = machine->trace;
	args[1] = handlers_here(scene, machine);
	args[2] = term_const(scene->terms, 'L', event.touches);
	memcpy(args + 3, operands, n * sizeof(*args));
	machine->trace = term_make(scene->terms, &like, args);
}

static bool passed_in(const struct fact *fact, const struct term *check)
{
	for (unsigned n = 0; fact && n < CHECKS_MAX; fact = fact->before, n++)
		if (fact->a == check)
			return true;
	return false;
}

void machine_check(const struct scene *scene, const struct fact *shared,
		   struct machine *machine, struct event event,
		   const struct term *const *operands, unsigned n)
{
	struct term like = { .op = TERM_EVENT, .type = 'E', .bits = event.what,
			     .n_args = (uint16_t)n };
	const struct term *check = term_make(scene->terms, &like, operands);

	if (passed_in(shared, check) || passed_in(machine->own, check))
		return;
	machine_event(scene, machine, event, operands, n);
	fact_add(scene->terms, &machine->own, check, check, RELATION_ANY);
}

struct facts machine_facts(const struct fact *shared, const struct machine *machine)
{
	return (struct facts){ shared, machine->own };
}

void machine_check_null(const struct scene *scene, const struct fact *shared,
			struct machine *machine, const struct term *object)
{
	const struct term *null = term_null(scene->terms);
	struct facts facts = machine_facts(shared, machine);

	if (!(fact_relations(&facts, object, null) & RELATION_EQUAL))
		return;
	machine_event(scene, machine, (struct event){ CHECK_NULL, EVENT_NOTHING }, &object, 1);
	fact_add(scene->terms, &machine->own, object, null, RELATION_OTHER);
}

/* Fields are told apart by name and type, not by class: the same field can be named by
 * several. */
static bool may_write(const struct scene *scene, const struct term *event, uint64_t touches)
{
	uint64_t touched = event->args[2]->bits;

	if (touched == EVENT_NOTHING || touches == EVENT_ANYTHING)
		return touched != EVENT_NOTHING;
	if (touched == EVENT_LIBRARY)
		return touches == EVENT_ELEMENTS || !(scene->assumptions & ASSUME_LIBRARY);
	return touched == EVENT_ANYTHING || touched == touches;
}

const struct term *machine_memory(const struct scene *scene, const struct machine *machine,
				  uint64_t touches)
{
	const struct term *event = machine->trace;

	for (unsigned n = 0; event->op == TERM_EVENT && n < MEMORY_MAX; n++) {
		if (may_write(scene, event, touches))
			break;
		event = event->args[0];
	}
	return event;
}

/* ---- values ---- */

char machine_letter(const char *descriptor)
{
	switch (*descriptor) {
	case 'J': return 'L';
	case 'F': case 'D': return *descriptor;
	case 'L': case '[': return 'A';
	default: return 'I';
	}
}

static void range_of_type(const char *descriptor, int64_t range[2])
{
	switch (*descriptor) {
	case 'Z': range[0] = 0; range[1] = 1; break;
	case 'B': term_fold_narrow_range(OPC_i2b, range); break;
	case 'C': term_fold_narrow_range(OPC_i2c, range); break;
	case 'S': term_fold_narrow_range(OPC_i2s, range); break;
	case 'J': range[0] = INT64_MIN; range[1] = INT64_MAX; break;
	default: range[0] = INT32_MIN; range[1] = INT32_MAX; break;
	}
}

const struct term *machine_value(const struct scene *scene, struct term like,
				 const struct term *const *args, const char *descriptor)
{
	int64_t range[2];

	range_of_type(descriptor, range);
	like.type = machine_letter(descriptor);
	if (like.lo == 0 && like.hi == 0) {	/* nothing better known */
		like.lo = range[0];
		like.hi = range[1];
	}
	return term_make(scene->terms, &like, args);
}
