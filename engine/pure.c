#include "engine/pure.h"

#include <stdlib.h>
#include <string.h>

#include "engine/operands.h"
#include "engine/probe_call.h"
#include "util/name.h"

/* ---- the JDK's ---- */

struct known {
	const char *class, *methods, *any;
};

static const struct known known[] = {
#define PURE(class, methods, any) { class, methods, any },
#define PURE_OF(class, methods)
#include "engine/pure.def"
#undef PURE
#undef PURE_OF
};

static const struct known known_of[] = {
#define PURE(class, methods, any)
#define PURE_OF(class, methods) { class, methods, "" },
#include "engine/pure.def"
#undef PURE
#undef PURE_OF
};

#define N_KNOWN (sizeof(known) / sizeof(known[0]))
#define N_KNOWN_OF (sizeof(known_of) / sizeof(known_of[0]))

static int by_class(const void *name, const void *row)
{
	return strcmp(name, ((const struct known *)row)->class);
}

/* A call of nearly every method asks, so rows are found by halves. */
static unsigned check_rows(struct buf *out, const struct known *rows, size_t n)
{
	unsigned bad = 0;

	for (size_t i = 0; i < n; i++) {
		if (!strncmp(rows[i].class, "java/", 5) &&
		    (!i || strcmp(rows[i - 1].class, rows[i].class) < 0))
			continue;
		bad++;
		buf_fmt(out, "pure.def: %s is no class of java/, or not in its place\n", rows[i].class);
	}
	return bad;
}

unsigned pure_check_table(struct buf *out)
{
	return check_rows(out, known, N_KNOWN) + check_rows(out, known_of, N_KNOWN_OF);
}

static bool is_word(const char *words, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = words; (at = strstr(at, name)); at += len)
		if ((at == words || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

/* Nothing that could be asked to run code of its own. */
static bool takes_plain_values(const char *descriptor)
{
	const char *at = descriptor + 1;
	struct descriptor_type type;

	while (descriptor_next(&at, &type)) {
		bool is_plain = type.kind != 'L' && (type.kind != '[' || type.len == 2);

		if (!is_plain && strncmp(type.start, "Ljava/lang/String;", type.len) != 0 &&
		    strncmp(type.start, "Ljava/lang/Class;", type.len) != 0)
			return false;
	}
	return true;
}

static bool takes_supplier(const char *descriptor)
{
	return strstr(descriptor, "Ljava/util/function/") != NULL;
}

static bool is_known(const struct member_ref *ref)
{
	const struct known *found;

	if (*ref->owner == '[')
		return !strcmp(ref->name, "clone");
	if (strncmp(ref->owner, "java/", 5) != 0)
		return false;
	found = bsearch(ref->owner, known, N_KNOWN, sizeof(*known), by_class);
	if (!found)
		return false;
	if (is_word(found->any, ref->name))
		return !takes_supplier(ref->descriptor);
	return is_word(found->methods, ref->name) && takes_plain_values(ref->descriptor);
}

/* Whether it is one of PURE_OF. */
static bool tells_by_receiver(const struct member_ref *ref)
{
	const struct known *found;

	if (ref->descriptor[1] != ')' || strncmp(ref->owner, "java/", 5) != 0)
		return false;
	found = bsearch(ref->owner, known_of, N_KNOWN_OF, sizeof(*known_of), by_class);
	return found && is_word(found->methods, ref->name);
}

/* To make an exception of the JDK with a text is to do nothing, until it is thrown. */
static bool is_exception(const char *class)
{
	return !strncmp(class, "java/", 5) && (name_ends_with(class, "Exception") || name_ends_with(class, "Error"));
}

static bool makes_exception(enum opcode opcode, const struct member_ref *ref)
{
	return opcode == OPC_invokespecial && !strcmp(ref->name, "<init>") &&
	       is_exception(ref->owner) && takes_plain_values(ref->descriptor);
}

/* ---- the project's ---- */

enum purity { PURITY_UNKNOWN, PURITY_PURE, PURITY_IMPURE };

struct judge {
	const struct plan *plan;
	struct arena arena;		/* of this */
	uint8_t **purity;		/* [n_classes] NULL, or enum purity [n_methods] */
};

#define DEPTH_MAX 32	/* of calls */
#define LDC_CLASS_MAJOR 49	/* from there up a class can ask for another one's Class */

static bool is_pure_call(struct judge *judge, const struct class *caller, enum opcode opcode,
			 const struct member_ref *ref, unsigned depth);

/* A field of a planned class that no other thread is to see change; of the class
 * itself, where reading it could initialise the class. */
static bool reads_quietly(const struct judge *judge, const struct class *class, const struct insn *insn)
{
	const struct plan_class *owner;
	struct member_ref ref;

	if (!class_member_ref_at(class, insn->index, &ref) || !ref.owner)
		return false;
	owner = plan_class_named(judge->plan, ref.owner);
	if (!owner || (insn->opcode == OPC_getstatic && owner->class != class))
		return false;
	for (uint16_t i = 0; i < owner->class->n_fields; i++) {
		const struct member *field = &owner->class->fields[i];

		if (!strcmp(field->name, ref.name) && !strcmp(field->descriptor, ref.descriptor))
			return !(field->access & ACCESS_VOLATILE);
	}
	return false;
}

/* Strings and numbers put together by what the compiler calls for +. */
static bool joins_plain_values(const struct class *class, const struct insn *insn)
{
	struct member_ref ref;

	return class_member_ref_at(class, insn->index, &ref) &&
	       !strcmp(ref.name, "makeConcatWithConstants") && takes_plain_values(ref.descriptor) &&
	       !strchr(ref.descriptor, '[');
}

static bool is_pure_invoke(struct judge *judge, const struct class *class, const struct insn *insn,
			   unsigned depth)
{
	struct member_ref ref;

	if (!class_member_ref_at(class, insn->index, &ref) || !ref.owner)
		return false;
	return makes_exception(insn->opcode, &ref) ||
	       is_pure_call(judge, class, insn->opcode, &ref, depth + 1);
}

/* For all that the opcode alone tells. */
static bool may_be_pure(enum opcode opcode)
{
	switch (opcode) {
	case OPC_getfield:
	case OPC_getstatic:
	case OPC_invokestatic:
	case OPC_invokespecial:
	case OPC_invokevirtual:
	case OPC_invokedynamic:
	case OPC_new:
	case OPC_arraylength:
	case OPC_athrow:
	case OPC_instanceof:
	case OPC_checkcast:
	case OPC_newarray:
	case OPC_anewarray:
	case OPC_goto:
	case OPC_iinc:
		return true;
	default:
		return opcode <= OPC_saload || opcode_is_store(opcode) || opcode_is_return(opcode) ||
		       opcode_is_conditional_jump(opcode) || opcode_is_switch(opcode) ||
		       (opcode >= OPC_pop && opcode <= OPC_dcmpg);
	}
}

bool pure_may_have(const struct code *code)
{
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (!may_be_pure(code->insns[i].opcode))
			return false;
	return true;
}

static bool is_pure_insn(struct judge *judge, const struct class *class, const struct insn *insn,
			 unsigned depth)
{
	const char *name;

	switch (insn->opcode) {
	case OPC_ldc:
	case OPC_ldc_w:
	case OPC_ldc2_w:
		return class_is_plain_constant(class, insn->index);
	case OPC_getfield:
	case OPC_getstatic:
		return reads_quietly(judge, class, insn);
	case OPC_invokestatic:
	case OPC_invokespecial:
	case OPC_invokevirtual:
		return is_pure_invoke(judge, class, insn, depth);
	case OPC_invokedynamic:
		return joins_plain_values(class, insn);
	case OPC_new:
		name = class_name_at(class, insn->index);
		return name && is_exception(name);
	default:
		return may_be_pure(insn->opcode);
	}
}

static bool has_pure_code(struct judge *judge, const struct class *class, const struct member *method,
			  unsigned depth)
{
	struct arena local = ARENA_INIT;
	struct err err = ERR_INIT;
	struct code *code;
	bool is;

	if (!method->code || method->access & (ACCESS_SYNCHRONIZED | ACCESS_NATIVE))
		return false;
	is = code_parse(&local, class, method, &code, &err) == ERR_OK;
	for (uint32_t i = 0; is && i < code->n_insns; i++)
		is = is_pure_insn(judge, class, &code->insns[i], depth);
	arena_release(&local);
	return is;
}

/* While a method is judged it counts as impure: so no method that may come back to
 * itself is pure. */
static bool is_pure_method(struct judge *judge, const struct plan_class *owner, uint16_t number,
			   unsigned depth)
{
	uint8_t **of_class = &judge->purity[owner - judge->plan->classes];
	const struct class *class = owner->class;

	if (!*of_class)
		*of_class = ARENA_NEW_N(&judge->arena, uint8_t, class->n_methods);
	if ((*of_class)[number] == PURITY_UNKNOWN) {
		(*of_class)[number] = PURITY_IMPURE;
		if (depth < DEPTH_MAX && owner->may_be_pure[number] && has_pure_code(judge, class, &class->methods[number], depth))
			(*of_class)[number] = PURITY_PURE;
	}
	return (*of_class)[number] == PURITY_PURE;
}

/* Whether a call that names the method runs this one and none that overrides it. */
static bool is_bound(enum opcode opcode, const struct class *caller, const struct class *owner,
		     const struct member *method)
{
	switch (opcode) {
	case OPC_invokestatic:
		return method->access & ACCESS_STATIC;
	case OPC_invokespecial:
		return owner == caller && method->access & ACCESS_PRIVATE;
	case OPC_invokevirtual:
		return !(method->access & ACCESS_STATIC) &&
		       (method->access & (ACCESS_PRIVATE | ACCESS_FINAL) || owner->access & ACCESS_FINAL);
	default:
		return false;
	}
}

/* Whether no class is initialised because of a call of its static method, or none
 * that has anything to do. */
static bool is_initialised(const struct class *caller, const struct plan_class *owner)
{
	if (owner->class == caller)
		return true;
	return plan_method_named(owner, "<clinit>", NULL) == PLAN_NO_METHOD &&
	       owner->class->super_name && !strcmp(owner->class->super_name, "java/lang/Object");
}

/* `depth` 0: the call that is removed; what it calls must initialise nothing. */
static bool is_pure_call(struct judge *judge, const struct class *caller, enum opcode opcode,
			 const struct member_ref *ref, unsigned depth)
{
	const struct plan_class *owner;
	uint32_t method;

	if (is_known(ref))
		return opcode == OPC_invokestatic || opcode == OPC_invokevirtual;
	if (tells_by_receiver(ref))
		return !depth && (opcode == OPC_invokevirtual || opcode == OPC_invokeinterface);
	owner = plan_class_named(judge->plan, ref->owner);
	if (!owner || *ref->name == '<' || owner->class->access & ACCESS_INTERFACE ||
	    (opcode == OPC_invokestatic && !is_initialised(caller, owner) &&
	     (depth || caller->major < LDC_CLASS_MAJOR)))
		return false;
	method = plan_method_named(owner, ref->name, ref->descriptor);
	return method != PLAN_NO_METHOD &&
	       is_bound(opcode, caller, owner->class, &owner->class->methods[method]) &&
	       is_pure_method(judge, owner, (uint16_t)method, depth);
}

/* ---- the plan's calls ---- */

bool pure_may_be(const struct class *class, const struct insn *insn)
{
	struct member_ref ref;

	if (!opcode_is_invoke(insn->opcode) || insn->opcode == OPC_invokedynamic ||
	    !class_member_ref_at(class, insn->index, &ref) || !ref.owner || *ref.name == '<')
		return false;
	if (tells_by_receiver(&ref))
		return true;
	return insn->opcode != OPC_invokeinterface &&
	       (is_known(&ref) || strncmp(ref.owner, "java/", 5) != 0);
}

bool pure_is_tried(const struct mutant *mutant)
{
	return edit_kind_of(mutant->operator) == EDIT_CALL && mutant->infection != mutant->point &&
	       mutant->propagation == mutant->infection;
}

static bool calls_pure(struct judge *judge, const struct mutant *mutant)
{
	enum opcode opcode;
	struct member_ref ref;

	return plan_call(judge->plan, mutant, &opcode, &ref) && ref.owner &&
	       is_pure_call(judge, judge->plan->classes[mutant->class_number].class, opcode, &ref, 0);
}

void pure_settle(struct plan *plan)
{
	struct judge judge = { .plan = plan, .arena = ARENA_INIT };

	judge.purity = ARENA_NEW_N(&judge.arena, uint8_t *, plan->n_classes);
	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		struct mutant *mutant = &plan->mutants[i];

		if (pure_is_tried(mutant) && !calls_pure(&judge, mutant))
			mutant->infection = mutant->propagation = mutant->point;
	}
	arena_release(&judge.arena);
}

/* ---- weaving ---- */

#define TOKEN "Ljava/util/concurrent/atomic/AtomicInteger;"
#define EXTRA_STACK 6	/* a result of two slots, twice, the token and the counter */

/* Of Reach's method for a result of this kind. */
static void write_left(struct buf *buf, struct rewrite *rewrite, char kind)
{
	struct buf descriptor;

	buf_init(&descriptor, 100);
	buf_fmt(&descriptor, "(%s" TOKEN "I)V", kind == 'V' ? "" : probe_call_type(kind));
	buf_u1(&descriptor, 0);
	probe_call_write(buf, rewrite, "left", (const char *)descriptor.bytes);
	buf_release(&descriptor);
}

/* Leaves the token. */
static void write_enter(const struct plan *plan, const struct class *caller, const struct mutant *mutant,
			const struct insn *insn, const struct member_ref *ref,
			struct rewrite *rewrite, struct buf *buf)
{
	const struct plan_class *owner =
		insn->opcode == OPC_invokestatic ? plan_class_named(plan, ref->owner) : NULL;

	if (tells_by_receiver(ref)) {
		buf_u1(buf, OPC_dup);
		edit_push_int(buf, rewrite, (int32_t)mutant->infection);
		probe_call_write(buf, rewrite, "enter", "(Ljava/lang/Object;I)" TOKEN);
		return;
	}
	edit_push_int(buf, rewrite, (int32_t)mutant->infection);
	if (owner && !is_initialised(caller, owner)) {
		buf_u1(buf, OPC_ldc_w);
		buf_u2(buf, rewrite_class(rewrite, ref->owner));
		probe_call_write(buf, rewrite, "enter", "(ILjava/lang/Class;)" TOKEN);
	} else {
		probe_call_write(buf, rewrite, "enter", "(I)" TOKEN);
	}
}

void pure_write_call(const struct plan *plan, const struct mutant *mutant,
		     const struct insn *insn, bool is_dropped, uint16_t max_locals,
		     struct rewrite *rewrite, struct buf *buf, struct edit *edit)
{
	const struct class *caller = plan->classes[mutant->class_number].class;
	struct member_ref ref;
	char kind;

	if (!class_member_ref_at(caller, insn->index, &ref))
		return;
	kind = is_dropped ? 'V' : descriptor_return(ref.descriptor).kind;
	write_enter(plan, caller, mutant, insn, &ref, rewrite, buf);
	operands_local(buf, OPC_istore, 'A', max_locals);
	buf_u1(buf, (uint8_t)insn->opcode);
	buf_u2(buf, insn->index);
	if (insn->opcode == OPC_invokeinterface) {
		buf_u1(buf, 1);		/* the receiver is all it takes */
		buf_u1(buf, 0);
	}
	if (kind != 'V')
		buf_u1(buf, kind == 'J' || kind == 'D' ? OPC_dup2 : OPC_dup);
	operands_local(buf, OPC_iload, 'A', max_locals);
	edit_push_int(buf, rewrite, (int32_t)mutant->infection);
	write_left(buf, rewrite, kind);
	edit->removed = insn->length;
	if (edit->max_locals < max_locals + 1)
		edit->max_locals = max_locals + 1;
	if (edit->extra_stack < EXTRA_STACK)
		edit->extra_stack = EXTRA_STACK;
}
