#include "oracle/observe.h"

#include <string.h>

#include "classfile/frames.h"
#include "operators/edit.h"
#include "oracle/assertions.h"
#include "oracle/callback.h"

#define WOVEN_MAX (1u << 16)	/* bytes one instruction becomes */
#define OPERANDS_MAX (1u << OBSERVE_OPERAND_BITS)
#define EXTRA_STACK 3		/* a value and where it is */

struct weaving {
	struct observe *observe;
	const struct class *class;
	struct arena *scratch;
	struct rewrite *rewrite;
	const char *class_name;		/* with dots */
	bool is_groovy;
	uint16_t method;		/* at hand */
	const struct code *code;
	const struct frame *frames;	/* of it, once needed */
	bool no_frames;
	uint32_t assert_end;		/* pc up to which a Java `assert` has its condition */
	struct buf bytes, guard;
};

struct observe *observe_new(struct arena *arena, const struct known *known)
{
	struct observe *observe = ARENA_NEW(arena, struct observe);

	observe->arena = arena;
	observe->known = known;
	return observe;
}

uint32_t observe_new_sites(struct observe *observe, uint32_t n)
{
	uint32_t first = observe->n_sites;

	if (n > observe->sites_size - first) {
		observe->sites_size = 2 * observe->sites_size + 256 + n;
		observe->sites = arena_grow(observe->arena, observe->sites, first,
					    observe->sites_size, sizeof(*observe->sites));
	}
	memset(observe->sites + first, 0, n * sizeof(*observe->sites));
	observe->n_sites += n;
	return first;
}

uint32_t observe_where(uint32_t site, enum trace_kind kind, uint32_t operand)
{
	return (site << OBSERVE_KIND_BITS | kind) << OBSERVE_OPERAND_BITS | operand;
}

static const struct member *method_of(const struct weaving *weaving)
{
	return &weaving->class->methods[weaving->method];
}

/* A new site in the method at hand. */
static uint32_t add_site(struct weaving *weaving, uint32_t pc, const char *callee)
{
	struct observe *observe = weaving->observe;
	const struct member *method = method_of(weaving);
	uint32_t site = observe_new_sites(observe, 1);

	observe->sites[site] = (struct trace_site){
		.class_name = weaving->class_name,
		.method_name = arena_strdup(observe->arena, method->name),
		.descriptor = arena_strdup(observe->arena, method->descriptor),
		.line = code_line(weaving->code, pc),
		.callee = callee,
	};
	return site;
}

/* ---- instructions ---- */

/* Takes a value of this type. */
static void write_told(struct weaving *weaving, struct buf *buf, struct descriptor_type type,
		     uint32_t site, enum trace_kind kind, uint32_t operand)
{
	char descriptor[] = "(?I)V";
	const char *of_object = "(Ljava/lang/Object;I)V";
	bool is_reference = type.kind == 'L' || type.kind == '[';

	descriptor[1] = type.kind;
	edit_push_int(buf, weaving->rewrite, (int32_t)observe_where(site, kind, operand));
	buf_u1(buf, OPC_invokestatic);
	buf_u2(buf, rewrite_methodref(weaving->rewrite, OBSERVE_CLASS, OBSERVE_METHOD,
				      is_reference ? of_object : descriptor, false));
}

/* The same with a copy: the value stays. */
static void write_at(struct weaving *weaving, struct buf *buf, struct descriptor_type type,
		     uint32_t site, enum trace_kind kind, uint32_t operand)
{
	buf_u1(buf, type.slots == 2 ? OPC_dup2 : OPC_dup);
	write_told(weaving, buf, type, site, kind, operand);
}

static void write_local(struct buf *buf, enum opcode of_int, char kind, unsigned local)
{
	static const char kinds[] = "ZBCSIJFD";
	static const uint8_t offsets[] = { 0, 0, 0, 0, 0, 1, 2, 3 };
	const char *at = strchr(kinds, kind);
	uint8_t opcode = (uint8_t)(of_int + (at ? offsets[at - kinds] : 4));

	if (local > UINT8_MAX) {
		buf_u1(buf, OPC_wide);
		buf_u1(buf, opcode);
		buf_u2(buf, (uint16_t)local);
	} else {
		buf_u1(buf, opcode);
		buf_u1(buf, (uint8_t)local);
	}
}

/* All arguments of a call, which are on the stack: into free local variables, and
 * back, those that matter told on their way. False where there is no room. */
static bool write_arguments(struct weaving *weaving, const char *descriptor,
			    const bool *matters, uint32_t site, struct edit *edit)
{
	struct descriptor_type types[OPERANDS_MAX], type;
	unsigned local = weaving->code->max_locals;
	const char *at = descriptor + 1;
	uint32_t n = 0;

	while (descriptor_next(&at, &type)) {
		if (n == OPERANDS_MAX)
			return false;
		types[n++] = type;
		local += type.slots;
	}
	if (local > UINT16_MAX)
		return false;
	edit->max_locals = (uint16_t)local;
	for (uint32_t i = n; i-- > 0; ) {
		local -= types[i].slots;
		write_local(&weaving->bytes, OPC_istore, types[i].kind, local);
	}
	for (uint32_t i = 0; i < n; i++) {
		write_local(&weaving->bytes, OPC_iload, types[i].kind, local);
		if (matters[i])
			write_at(weaving, &weaving->bytes, types[i], site, TRACE_ASSERTED, i);
		local += types[i].slots;
	}
	return true;
}

static const struct descriptor_type an_object = { 'L', "Ljava/lang/Object;", 18, 1 };

static void write_guard(struct weaving *weaving, uint32_t site, size_t start, struct edit *edit)
{
	buf_clear(&weaving->guard);
	write_at(weaving, &weaving->guard, an_object, site, TRACE_THROWN, 0);
	edit->guard = buf_get(&weaving->guard);
	edit->guarded_start = (uint16_t)start;
	edit->guarded_end = (uint16_t)weaving->bytes.len;
}

static void add_edit(struct weaving *weaving, struct edit *edit)
{
	edit->inserted = buf_get(&weaving->bytes);
	edit->extra_stack = EXTRA_STACK;
	rewrite_edit(weaving->rewrite, weaving->method, *edit);
}

static void write_insn(struct weaving *weaving, const struct insn *insn)
{
	buf_bytes(&weaving->bytes, weaving->code->bytes.bytes + insn->pc, insn->length);
}

/* ---- what crosses ---- */

/* Whether the constructor called by `insn` leaves its object on the stack. */
static bool leaves_object(struct weaving *weaving, const struct insn *insn, const char *descriptor)
{
	unsigned below = descriptor_argument_slots(descriptor) + 2;
	struct err ignored = ERR_INIT;
	const struct frame *frame;
	struct frame *frames;

	if (!weaving->frames && !weaving->no_frames) {
		weaving->no_frames = frames_compute(weaving->scratch, weaving->class, method_of(weaving),
						    weaving->code, &frames, &ignored) != ERR_OK;
		weaving->frames = weaving->no_frames ? NULL : frames;
	}
	if (!weaving->frames)
		return false;
	frame = &weaving->frames[insn - weaving->code->insns];
	return frame->is_known && frame->n_stack >= below &&
	       frame->stack[frame->n_stack - below].kind == VTYPE_UNINITIALIZED &&
	       frame->stack[frame->n_stack - below + 1].kind == VTYPE_UNINITIALIZED &&
	       frame->stack[frame->n_stack - below].pc == frame->stack[frame->n_stack - below + 1].pc;
}

static bool is_super_call(struct weaving *weaving, const struct insn *insn, const struct member_ref *ref)
{
	return insn->opcode == OPC_invokespecial && !strcmp(ref->name, "<init>") &&
	       !strcmp(method_of(weaving)->name, "<init>") && !leaves_object(weaving, insn, ref->descriptor);
}

static const char *callee_text(const struct weaving *weaving, const struct member_ref *ref)
{
	return arena_strfmt(weaving->observe->arena, "%s.%s%s", ref->owner, ref->name, ref->descriptor);
}

static void weave_result(struct weaving *weaving, const struct insn *insn,
			 const struct member_ref *ref, const char *callee)
{
	struct descriptor_type type = descriptor_return(ref->descriptor);
	uint32_t site = add_site(weaving, insn->pc, callee);
	struct edit edit = { .pc = insn->pc, .removed = insn->length };

	if (!strcmp(ref->name, "<init>") && leaves_object(weaving, insn, ref->descriptor))
		type = an_object;
	buf_clear(&weaving->bytes);
	write_insn(weaving, insn);
	write_guard(weaving, site, 0, &edit);
	if (type.kind != 'V')
		write_at(weaving, &weaving->bytes, type, site, TRACE_RESULT, 0);
	if (type.kind != 'V' && insn->pc < weaving->assert_end)
		write_at(weaving, &weaving->bytes, type, site, TRACE_ASSERTED, 0);
	add_edit(weaving, &edit);
}

/* `matters`: [OPERANDS_MAX] which arguments; `thrown`: the result is an exception. */
static void weave_claim(struct weaving *weaving, const struct insn *insn,
			const struct member_ref *ref, const bool *matters, bool thrown)
{
	struct descriptor_type type = descriptor_return(ref->descriptor);
	bool any = memchr(matters, true, OPERANDS_MAX) != NULL;
	struct edit edit = { .pc = insn->pc, .removed = insn->length };
	uint32_t site;

	if (!any && !thrown)
		return;
	site = add_site(weaving, insn->pc, callee_text(weaving, ref));
	buf_clear(&weaving->bytes);
	if (any && !write_arguments(weaving, ref->descriptor, matters, site, &edit))
		return;
	write_insn(weaving, insn);
	if (thrown && type.kind == 'L')
		write_at(weaving, &weaving->bytes, type, site, TRACE_THROWN, 0);
	add_edit(weaving, &edit);
}

/* Singletons of Scala and Kotlin are where the compiler finds methods, no values. */
static bool is_singleton(const char *field)
{
	return !strcmp(field, "MODULE$") || !strcmp(field, "INSTANCE") || !strcmp(field, "Companion");
}

static void weave_field(struct weaving *weaving, const struct insn *insn, const struct member_ref *ref)
{
	struct edit edit = { .pc = insn->pc, .removed = insn->length };
	struct descriptor_type type;
	const char *at = arena_strfmt(weaving->scratch, "%s)", ref->descriptor);
	uint32_t site;

	if (known_side_of(weaving->observe->known, ref->owner) != KNOWN_PROJECT || is_singleton(ref->name))
		return;
	if (!descriptor_next(&at, &type))
		return;
	site = add_site(weaving, insn->pc, arena_strfmt(weaving->observe->arena, "%s.%s%s%s", ref->owner,
							ref->name, ":", ref->descriptor));
	buf_clear(&weaving->bytes);
	write_insn(weaving, insn);
	write_at(weaving, &weaving->bytes, type, site, TRACE_RESULT, 0);
	add_edit(weaving, &edit);
}

/* Of all that extends Object, what is called on it is worth nothing but these. */
static bool may_be_project(const struct weaving *weaving, const char *owner, const struct member_ref *ref)
{
	if (strcmp(owner, "java/lang/Object") != 0)
		return strcmp(ref->name, "getClass") != 0 && strcmp(ref->name, "<init>") != 0 &&
		       known_is_extended(weaving->observe->known, owner);
	return !strcmp(ref->name, "toString") || !strcmp(ref->name, "equals") ||
	       !strcmp(ref->name, "hashCode");
}

/* Calls that stand for others: Groovy's, which chooses the callee when it runs, and
 * those by which a condition's values are noted. */
static const struct {
	const char *owner, *name;	/* the beginning of it */
	int noted;			/* number of the argument that is a value, -1: the result is */
} go_betweens[] = {
	{ "org/codehaus/groovy/runtime/callsite/CallSite", "call", -1 },
	{ "org/codehaus/groovy/runtime/ScriptBytecodeAdapter", "invoke", -1 },
	{ "org/codehaus/groovy/runtime/ScriptBytecodeAdapter", "get", -1 },
	{ "org/codehaus/groovy/runtime/powerassert/ValueRecorder", "record", 0 },
	{ "org/spockframework/runtime/ValueRecorder", "record", 1 },
};

static bool weave_go_between(struct weaving *weaving, const struct insn *insn,
			     const struct member_ref *ref)
{
	for (size_t i = 0; i < sizeof(go_betweens) / sizeof(go_betweens[0]); i++) {
		bool matters[OPERANDS_MAX] = { false };

		if (strcmp(go_betweens[i].owner, ref->owner) != 0 ||
		    strncmp(go_betweens[i].name, ref->name, strlen(go_betweens[i].name)) != 0)
			continue;
		if (go_betweens[i].noted < 0) {
			weave_result(weaving, insn, ref, callee_text(weaving, ref));
			return true;
		}
		matters[go_betweens[i].noted] = true;
		weave_claim(weaving, insn, ref, matters, false);
		return true;
	}
	return false;
}

/* What the call is inherited from may be a library's class that inherits in turn. */
static bool find_assertion(const struct member_ref *ref, const char *owner, bool is_inherited,
			   struct assertion *ret)
{
	return assertions_find(owner, ref->name, ref->descriptor, ret) ||
	       (is_inherited && assertions_find("junit/framework/Assert", ref->name, ref->descriptor, ret));
}

static bool weave_assertion(struct weaving *weaving, const struct insn *insn,
			    const struct member_ref *ref, const char *owner)
{
	bool matters[OPERANDS_MAX] = { false };
	struct assertion found;

	if (!find_assertion(ref, owner, owner != ref->owner, &found))
		return false;
	for (uint16_t i = 0; i < found.n_parameters && i < OPERANDS_MAX; i++)
		matters[i] = assertion_role_is_judged(found.roles[i]) || found.roles[i] == ROLE_TOLERANCE;
	if (found.kind == ASSERTION_CHECK || found.kind == ASSERTION_SUBJECT || found.kind == ASSERTION_THROWS)
		weave_claim(weaving, insn, ref, matters, found.kind == ASSERTION_THROWS);
	return true;
}

static void weave_call(struct weaving *weaving, const struct insn *insn, const struct member_ref *ref)
{
	const char *owner = ref->owner;
	enum known_side side = known_callee(weaving->observe->known, ref->owner, ref->name,
					    ref->descriptor, &owner);

	if (side == KNOWN_TEST || is_super_call(weaving, insn, ref))
		return;
	if (side == KNOWN_PROJECT) {
		weave_result(weaving, insn, ref, callee_text(weaving, ref));
		return;
	}
	if (weave_go_between(weaving, insn, ref) || weave_assertion(weaving, insn, ref, owner))
		return;
	if (may_be_project(weaving, owner, ref))
		weave_result(weaving, insn, ref, callee_text(weaving, ref));
}

/* Groovy compiles every call to one of these. */
static void weave_dynamic(struct weaving *weaving, const struct insn *insn, const struct member_ref *ref)
{
	if (!weaving->is_groovy || descriptor_return(ref->descriptor).kind == 'V')
		return;
	if (!strcmp(ref->name, "invoke") || !strcmp(ref->name, "init") || !strcmp(ref->name, "getProperty"))
		weave_result(weaving, insn, ref,
			     arena_strfmt(weaving->observe->arena, "groovy.%s%s", ref->name, ref->descriptor));
}

/* From the test of $assertionsDisabled up to the AssertionError. */
static uint32_t find_assert_end(const struct weaving *weaving, uint32_t i)
{
	const struct code *code = weaving->code;

	for (i++; i < code->n_insns; i++) {
		const char *made = code->insns[i].opcode == OPC_new ?
				   class_name_at(weaving->class, code->insns[i].index) : NULL;

		if (made && !strcmp(made, "java/lang/AssertionError"))
			return code->insns[i].pc;
	}
	return 0;
}

static void weave_insn(struct weaving *weaving, uint32_t i)
{
	const struct insn *insn = &weaving->code->insns[i];
	struct member_ref ref;

	if (insn->opcode == OPC_getfield || insn->opcode == OPC_getstatic) {
		if (!class_member_ref_at(weaving->class, insn->index, &ref))
			return;
		if (!strcmp(ref.name, "$assertionsDisabled"))
			weaving->assert_end = find_assert_end(weaving, i);
		weave_field(weaving, insn, &ref);
	} else if (opcode_is_invoke(insn->opcode) && class_member_ref_at(weaving->class, insn->index, &ref)) {
		if (ref.owner)
			weave_call(weaving, insn, &ref);
		else
			weave_dynamic(weaving, insn, &ref);
	}
}

/* ---- callbacks ---- */

/* `n_captured` arguments come before what the caller hands over. */
static void weave_entry(struct weaving *weaving, unsigned n_captured)
{
	const struct member *method = method_of(weaving);
	unsigned local = method->access & ACCESS_STATIC ? 0 : 1, number = 0;
	const char *at = method->descriptor + 1;
	struct edit edit = { .pc = 0 };
	struct descriptor_type type;
	uint32_t site;

	if (weaving->code->is_target[0])	/* each time round would look like a call */
		return;
	site = add_site(weaving, 0, "");
	buf_clear(&weaving->bytes);
	for (; descriptor_next(&at, &type); number++, local += type.slots) {
		if (number < n_captured || number - n_captured >= OPERANDS_MAX)
			continue;
		write_local(&weaving->bytes, OPC_iload, type.kind, local);
		write_told(weaving, &weaving->bytes, type, site, TRACE_CALLBACK, number - n_captured);
	}
	if (weaving->bytes.len)
		add_edit(weaving, &edit);
}

/* ---- the class ---- */

static enum err_code weave_method(struct weaving *weaving, const int32_t *captured, struct err *err)
{
	struct code *code;

	if (!method_of(weaving)->code)
		return ERR_OK;
	TRY(code_parse(weaving->scratch, weaving->class, method_of(weaving), &code, err));
	weaving->code = code;
	weaving->frames = NULL;
	weaving->no_frames = false;
	weaving->assert_end = 0;
	if (captured[weaving->method] != CALLBACK_NONE)
		weave_entry(weaving, (unsigned)captured[weaving->method]);
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (weaving->observe->n_sites < OBSERVE_SITES_MAX)
			weave_insn(weaving, i);
	return ERR_OK;
}

static enum err_code weave_class(struct weaving *weaving, struct arena *arena, struct span *ret,
				 struct err *err)
{
	const struct class *class = weaving->class;
	const char **skip = ARENA_NEW_N(weaving->scratch, const char *, class->n_methods + 1u);
	const int32_t *captured = callback_methods(weaving->scratch, class);
	uint32_t before = weaving->observe->n_sites;

	for (uint16_t i = 0; i < class->n_methods; i++) {
		weaving->method = i;
		TRY(weave_method(weaving, captured, err));
	}
	if (weaving->observe->n_sites == before) {
		*ret = class->bytes;
		return ERR_OK;
	}
	return rewrite_finish(weaving->rewrite, arena, skip, ret, err);
}

static char *with_dots(struct arena *arena, const char *name)
{
	char *dotted = arena_strdup(arena, name);

	for (char *at = dotted; *at; at++)
		if (*at == '/')
			*at = '.';
	return dotted;
}

enum err_code observe_class(struct observe *observe, const struct class *class,
			    struct arena *arena, struct span *ret, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct weaving weaving = { .observe = observe, .class = class, .scratch = &scratch };
	enum err_code code;

	weaving.rewrite = rewrite_start(&scratch, class);
	weaving.class_name = with_dots(observe->arena, class->name);
	weaving.is_groovy = callback_implements(class, "groovy/lang/GroovyObject");
	buf_init(&weaving.bytes, WOVEN_MAX);
	buf_init(&weaving.guard, WOVEN_MAX);
	code = weave_class(&weaving, arena, ret, err);
	if (code == ERR_LIMIT) {	/* no room for constants: unwoven */
		*ret = class->bytes;
		code = ERR_OK;
	}
	buf_release(&weaving.bytes);
	buf_release(&weaving.guard);
	arena_release(&scratch);
	return code;
}
