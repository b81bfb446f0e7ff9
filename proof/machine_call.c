#include "proof/machine_call.h"

#include <string.h>

#include "operators/value.h"

enum contract_kind { IMMUTABLE, QUERY };

static const struct contract {
	const char *owner, *name;
	enum contract_kind kind;
	bool throws;
	int64_t lo, hi;
	bool nonnull;
} contracts[] = {
#define CONTRACT(owner, name, kind, throws, lo, hi, nonnull) \
	{ owner, name, kind, throws, lo, hi, nonnull },
#include "proof/contracts.def"
#undef CONTRACT
};

static const struct contract *contract_of(const struct scene *scene,
					  const struct member_ref *ref)
{
	for (size_t i = 0; i < sizeof(contracts) / sizeof(*contracts); i++)
		if (!strcmp(contracts[i].name, ref->name) &&
		    !strcmp(contracts[i].owner, ref->owner))
			return contracts[i].kind == IMMUTABLE ||
			       (scene->assumptions & ASSUME_CONTRACTS) ? &contracts[i] : NULL;
	return NULL;
}

/* ---- operands ---- */

struct call {
	struct member_ref ref;
	bool has_receiver;
	const struct term *operands[OPERANDS_MAX];	/* the receiver first */
	unsigned n;
};

static bool pop_operands(const struct scene *scene, struct machine *machine,
			 const struct insn *insn, struct call *call)
{
	char letters[OPERANDS_MAX];
	struct descriptor_type type;
	const char *at;

	call->n = 0;
	if (!class_member_ref_at(scene->class, insn->index, &call->ref) ||
	    !descriptor_is_method(call->ref.descriptor))
		return false;
	call->has_receiver = insn->opcode != OPC_invokestatic &&
			     insn->opcode != OPC_invokedynamic;
	if (call->has_receiver)
		letters[call->n++] = 'A';
	for (at = call->ref.descriptor + 1; descriptor_next(&at, &type); ) {
		if (call->n >= OPERANDS_MAX - 1)
			return false;
		letters[call->n++] = machine_letter(type.start);
	}
	for (unsigned i = call->n; i-- > 0; ) {
		call->operands[i] = machine_pop(machine, letters[i]);
		if (!call->operands[i])
			return false;
	}
	return true;
}

/* ---- what is known to do nothing, or little ---- */

static const struct term *number(const struct scene *scene, int64_t value)
{
	return term_const(scene->terms, 'I', (uint64_t)value);
}

static bool is_equal(const struct fact *shared, const struct machine *machine,
		     const struct term *a, const struct term *b)
{
	struct facts facts = { shared, machine->own };

	return a->type == b->type && fact_relations(&facts, a, b) == RELATION_EQUAL;
}

/* What a QUERY depends on: of the library's own classes not on the project's fields. */
static const struct term *asked_memory(const struct scene *scene, const struct machine *machine,
				       const char *owner)
{
	bool is_library = !strncmp(owner, "java/util/", 10) ||
			  !strncmp(owner, "java/lang/StringBu", 18);

	return machine_memory(scene, machine, is_library ? EVENT_ELEMENTS : EVENT_ANYTHING);
}

/* text.length(), of a String or of something that has been written to. */
static const struct term *length_of(const struct scene *scene, const struct machine *machine,
				    const char *owner, const struct term *text)
{
	struct term like = { .op = TERM_PURE, .type = 'I', .n_args = 2, .lo = 0,
			     .hi = INT32_MAX };
	const struct term *args[2] = { NULL, text };

	if (strcmp(owner, "java/lang/String") != 0)
		args[0] = asked_memory(scene, machine, owner);
	like.bits = machine_hash(owner, "length", "()I");
	return term_make(scene->terms, &like, args);
}

static bool is_empty_text(const struct term *term)
{
	return term->op == TERM_CONST && term->bits == machine_hash("\"", "", "");
}

static bool is_writer(const struct call *call)
{
	return !strcmp(call->ref.name, "append") || !strcmp(call->ref.name, "write") ||
	       !strcmp(call->ref.name, "print");
}

/* append(text, 3, 3), write(buffer, 0, 0), arraycopy(a, 0, b, 0, 0), delete(3, 3),
 * setLength(length()), append(""). */
static bool writes_nothing(const struct scene *scene, const struct fact *shared,
			   const struct machine *machine, const struct call *call)
{
	const struct term *last = call->n > 0 ? call->operands[call->n - 1] : NULL;
	const char *name = call->ref.name, *descriptor = call->ref.descriptor;

	if (!(scene->assumptions & ASSUME_EMPTY) || call->n < 2)
		return false;
	if (is_writer(call) && is_empty_text(call->operands[call->has_receiver]) &&
	    (call->n == 2 || *descriptor_return(descriptor).start == 'V'))
		return true;
	if (last->type != 'I')
		return false;
	if (!strcmp(name, "setLength"))
		return is_equal(shared, machine, last,
				length_of(scene, machine, call->ref.owner, call->operands[0]));
	if (call->n < 3)
		return false;
	if (!strcmp(name, "delete") ||
	    (!strcmp(name, "append") && !strncmp(descriptor, "(Ljava/lang/CharSequence;II)", 28)))
		return is_equal(shared, machine, call->operands[call->n - 2], last);
	if ((!strcmp(name, "append") && !strncmp(descriptor, "([CII)", 6)) ||
	    (!strcmp(name, "write") && call->n == 4) ||
	    (!strcmp(name, "arraycopy") && call->n == 5))
		return is_equal(shared, machine, last, number(scene, 0));
	return false;
}

/* text.substring(3, 3): "". */
static bool is_empty_part(const struct scene *scene, const struct fact *shared,
			  const struct machine *machine, const struct call *call)
{
	return (scene->assumptions & ASSUME_EMPTY) && call->n == 3 &&
	       !strcmp(call->ref.name, "substring") &&
	       is_equal(shared, machine, call->operands[1], call->operands[2]);
}

static const char *const with_capacity[] = {
	"java/lang/StringBuilder", "java/lang/StringBuffer", "java/util/ArrayList",
	"java/util/HashMap", "java/util/HashSet", "java/util/LinkedHashMap",
	"java/util/LinkedHashSet", "java/util/ArrayDeque", "java/io/StringWriter",
	"java/io/ByteArrayOutputStream", "java/io/CharArrayWriter",
};

/* A negative capacity is refused. */
static bool is_never_negative(const struct fact *shared, const struct machine *machine,
			      const struct term *term)
{
	struct facts facts = { shared, machine->own };
	int64_t range[2];

	fact_range(&facts, term, range);
	return range[0] >= 0;
}

static bool has_capacity(const struct call *call)
{
	for (size_t i = 0; i < sizeof(with_capacity) / sizeof(*with_capacity); i++)
		if (!strcmp(call->ref.owner, with_capacity[i]))
			return true;
	return false;
}

/* text.substring(0), text.substring(0, text.length()): the very text, of a String. */
static bool is_whole(const struct scene *scene, const struct fact *shared,
		     const struct machine *machine, const struct call *call)
{
	const char *owner = call->ref.owner;

	if (!(scene->assumptions & ASSUME_CONTRACTS) || call->n < 2 ||
	    strcmp(owner, "java/lang/String") != 0 ||
	    (strcmp(call->ref.name, "substring") && strcmp(call->ref.name, "subSequence")) ||
	    !is_equal(shared, machine, call->operands[1], number(scene, 0)))
		return false;
	return call->n == 2 ||
	       is_equal(shared, machine, call->operands[2],
			length_of(scene, machine, owner, call->operands[0]));
}

const struct term *machine_call_text(const struct scene *scene, const struct fact *shared,
				     const struct machine *machine, const struct term *text)
{
	const struct term *length = length_of(scene, machine, "java/lang/String", text);

	if ((scene->assumptions & ASSUME_CONTRACTS) &&
	    is_equal(shared, machine, length, number(scene, 0)))
		return term_const(scene->terms, 'A', machine_hash("\"", "", ""));
	return text;
}

/* ---- calls ---- */

static const char *return_of(const struct call *call)
{
	return descriptor_return(call->ref.descriptor).start;
}

static void push_result(struct machine *machine, const struct call *call,
			const struct term *result)
{
	if (*return_of(call) != 'V')
		machine_push(machine, result);
}

/* A call that only asks: what it returns follows from what it is given, and for a QUERY from
 * what was written last. */
static void ask(const struct scene *scene, const struct fact *shared,
		struct machine *machine, const struct call *call, const struct contract *contract)
{
	const struct term *args[OPERANDS_MAX + 1];
	struct term like = { .op = TERM_PURE, .lo = contract->lo, .hi = contract->hi,
			     .nonnull = contract->nonnull };

	if (call->has_receiver)
		machine_check_null(scene, shared, machine, call->operands[0]);
	args[0] = contract->kind == QUERY ? asked_memory(scene, machine, call->ref.owner) : NULL;
	memcpy(args + 1, call->operands, call->n * sizeof(*args));
	like.bits = machine_hash(call->ref.owner, call->ref.name, call->ref.descriptor);
	like.n_args = (uint16_t)(call->n + 1);
	if (contract->throws)
		machine_check(scene, shared, machine, (struct event){ like.bits, EVENT_NOTHING },
			      args, like.n_args);
	push_result(machine, call, machine_value(scene, like, args, return_of(call)));
}

/* A String's methods and a builder's never return null where they return an object. */
static bool is_never_null(const char *owner)
{
	return !strcmp(owner, "java/lang/String") || !strcmp(owner, "java/lang/StringBuilder") ||
	       !strcmp(owner, "java/lang/StringBuffer");
}

static void happen(const struct scene *scene, struct machine *machine, struct call *call,
		   const struct insn *insn)
{
	struct event event = { .touches = EVENT_ANYTHING };
	const char *owner = call->ref.owner ? call->ref.owner : "";

	event.what = machine_hash(owner, call->ref.name, call->ref.descriptor);
	if (insn->opcode == OPC_invokedynamic || insn->opcode == OPC_invokespecial)
		event.what ^= (uint64_t)insn->index << 16 | insn->opcode;
	if (!strncmp(owner, "java/", 5))
		event.touches = EVENT_LIBRARY;
	machine_event(scene, machine, event, call->operands, call->n);
	if (call->has_receiver)
		fact_add(scene->terms, &machine->own, call->operands[0],
			 term_null(scene->terms), RELATION_OTHER);
	if (*return_of(call) == 'V')
		return;
	machine_push(machine, machine_value(scene, (struct term){ .op = TERM_RESULT, .n_args = 1,
						.nonnull = is_never_null(owner) },
					    &machine->trace, return_of(call)));
}

bool machine_call(const struct scene *scene, const struct fact *shared,
		  struct machine *machine, const struct insn *insn)
{
	const struct contract *contract;
	struct call call;

	if (!pop_operands(scene, machine, insn, &call))
		return false;
	if (!call.ref.owner) {
		happen(scene, machine, &call, insn);
		return true;
	}
	if (writes_nothing(scene, shared, machine, &call) ||
	    is_whole(scene, shared, machine, &call)) {
		push_result(machine, &call, call.operands[0]);
		return true;
	}
	if (is_empty_part(scene, shared, machine, &call)) {
		machine_push(machine, term_const(scene->terms, 'A', machine_hash("\"", "", "")));
		return true;
	}
	if ((scene->assumptions & ASSUME_CAPACITY) && has_capacity(&call)) {
		if (!strcmp(call.ref.name, "ensureCapacity") || !strcmp(call.ref.name, "trimToSize"))
			return true;
		if (!strcmp(call.ref.name, "<init>") && !strcmp(call.ref.descriptor, "(I)V") &&
		    is_never_negative(shared, machine, call.operands[1]))
			call.operands[1] = number(scene, 0);
	}
	contract = contract_of(scene, &call.ref);
	if (contract)
		ask(scene, shared, machine, &call, contract);
	else
		happen(scene, machine, &call, insn);
	return true;
}

static const struct term *nothing(const struct scene *scene, const char *descriptor)
{
	char letter = machine_letter(descriptor);

	return letter == 'A' ? term_null(scene->terms) : term_const(scene->terms, letter, 0);
}

bool machine_call_skip(const struct scene *scene, struct machine *machine,
		       const struct insn *insn)
{
	struct call call;

	if (!pop_operands(scene, machine, insn, &call))
		return false;
	push_result(machine, &call, nothing(scene, return_of(&call)));
	return true;
}

/* ---- values.def ---- */

static bool call_static(const struct scene *scene, const struct fact *shared,
			struct machine *machine, const struct push *push)
{
	static const struct insn insn = { .opcode = OPC_invokestatic };
	struct call call = { .ref = { push->owner, push->name, push->descriptor, false, 0 } };
	const struct contract *contract = contract_of(scene, &call.ref);

	if (push->descriptor[1] != ')') {
		call.operands[call.n++] = machine_pop(machine, machine_letter(push->descriptor + 1));
		if (!call.operands[0])
			return false;
	}
	if (contract)
		ask(scene, shared, machine, &call, contract);
	else
		happen(scene, machine, &call, &insn);
	return true;
}

static bool push_value(const struct scene *scene, const struct fact *shared,
		       struct machine *machine, const struct push *push)
{
	struct term like = { .op = TERM_LOAD, .n_args = 2, .nonnull = true };
	const struct term *args[2] = { NULL, NULL };

	switch (push->kind) {
	case PUSH_INT: machine_push(machine, term_const(scene->terms, 'I', push->bits)); break;
	case PUSH_LONG: machine_push(machine, term_const(scene->terms, 'L', push->bits)); break;
	case PUSH_FLOAT: machine_push(machine, term_const(scene->terms, 'F', push->bits)); break;
	case PUSH_DOUBLE: machine_push(machine, term_const(scene->terms, 'D', push->bits)); break;
	case PUSH_NULL: machine_push(machine, term_null(scene->terms)); break;
	case PUSH_EMPTY_STRING:
		machine_push(machine, term_const(scene->terms, 'A', machine_hash("\"", "", "")));
		break;
	case PUSH_STATIC_CALL:
		return call_static(scene, shared, machine, push);
	case PUSH_STATIC_FIELD:
		like.bits = machine_hash(push->owner, push->name, push->descriptor);
		machine_push(machine, machine_value(scene, like, args, push->descriptor));
		break;
	default:
		return false;	/* a new array: never the same one */
	}
	return true;
}

bool machine_call_value(const struct scene *scene, const struct fact *shared,
			struct machine *machine, const char *text)
{
	struct push push;

	while (value_next_push(&text, &push)) {
		if (machine->n_stack > scene->code->max_stack ||
		    !push_value(scene, shared, machine, &push))
			return false;
	}
	return true;
}
