/* A method body run on terms, one instruction at a time: what it does is told
 * by its chain of events, what it computes by its variables and operand stack.
 *
 * Whatever may throw is an event where it is not known that it cannot: a null
 * receiver, an index out of bounds, a division by 0, a class that has to be
 * initialised. So two machines with the same chain threw, or did not, at the
 * same places with the same effects before. An event names the handlers that cover it
 * and the variables they need. Not told apart: stack traces, running out of
 * memory, errors of linking, what other threads write meanwhile.
 */
#ifndef PROOF_MACHINE_H
#define PROOF_MACHINE_H

#include "proof/fact.h"
#include "proof/scene.h"

struct machine {
	uint32_t at;			/* number of the instruction that comes next */
	uint32_t next_case;		/* of a switch: those before are ruled out */
	bool is_mutated;		/* does what the mutant does */
	bool is_done;			/* returned or threw; the last event says what */
	uint16_t n_stack;
	const struct term **locals, **stack;	/* slots; the second of a long is NULL */
	const struct term *trace;	/* the last event */
	const struct fact *own;		/* what it found out by not throwing */
};

enum machine_stop {
	MACHINE_ON,		/* one instruction further */
	MACHINE_SPLIT,		/* a condition is not decided: see struct split */
	MACHINE_STUCK,		/* not followed */
};

struct split {			/* if `relations` of a to b hold, control goes to `taken` */
	const struct term *a, *b;
	unsigned relations;
	uint32_t taken, not_taken;
	uint32_t next_case;	/* where not taken */
	bool is_switch;
};

/* Goes the one way or the other. */
void machine_branch(struct machine *machine, const struct split *split, bool taken);

struct machine machine_copy(const struct scene *scene, const struct machine *machine);

/* `shared`: what is known on the path. */
enum machine_stop machine_step(const struct scene *scene, const struct fact *shared,
			       struct machine *machine, struct split *ret);

/* ---- for what the instructions do: machine_plain.c, machine_object.c, machine_call.c ---- */

/* What an event is, beside opcodes and hashes of members. */
enum { CHECK_NULL = 1000, CHECK_BOUNDS, CHECK_ZERO, CHECK_CAST, CHECK_CLASS };

#define OPERANDS_MAX 256		/* of an event */

struct event {			/* what happens, beyond its operands */
	uint64_t what;
	uint64_t touches;	/* a hash of the field's name and type; EVENT_...: */
};

enum {
	EVENT_ANYTHING = 1,	/* it may write to everything */
	EVENT_LIBRARY,		/* a call of the JDK */
	EVENT_NOTHING,		/* it only throws, or not */
	EVENT_ELEMENTS,		/* of arrays, or what library objects are made of */
};

void machine_event(const struct scene *scene, struct machine *machine, struct event event,
		   const struct term *const *operands, unsigned n);

/* The same, unless this machine passed it before. */
void machine_check(const struct scene *scene, const struct fact *shared,
		   struct machine *machine, struct event event,
		   const struct term *const *operands, unsigned n);
void machine_check_null(const struct scene *scene, const struct fact *shared,
			struct machine *machine, const struct term *object);

/* The last event that may have written to what `touches` names; EVENT_ANYTHING: to
 * anything at all. */
const struct term *machine_memory(const struct scene *scene, const struct machine *machine,
				  uint64_t touches);

char machine_letter(const char *descriptor);	/* of a value, as in opcodes.def */

struct facts machine_facts(const struct fact *shared, const struct machine *machine);

/* Names a member, or one of its kind. Never one of EVENT_..., CHECK_... or an opcode. */
uint64_t machine_hash(const char *a, const char *b, const char *c);

/* A value of that descriptor, as something `like` (op, bits, args). */
const struct term *machine_value(const struct scene *scene, struct term like,
				 const struct term *const *args, const char *descriptor);

void machine_push(struct machine *machine, const struct term *term);
const struct term *machine_pop(struct machine *machine, char type);	/* NULL: not there */

#endif
