#include "oracle/doubles.h"

#include <string.h>

#include "classfile/code.h"
#include "classfile/rewrite.h"
#include "operators/edit.h"

#define WOVEN_MAX 64		/* bytes at the method's entry */
#define EXTRA_STACK 4

struct row {
	const char *class, *name, *descriptor;
	const char *given[3];	/* the double, its method, the arguments */
	const char *says_class, *says_method;
};

static const struct row rows[] = {
#define UNRECORDED(package, says)
#define DOUBLE(class, name, descriptor, mock, called, arguments, says, how) \
	{ class, name, descriptor, { mock, called, arguments }, says, how },
#include "oracle/doubles.def"
#undef DOUBLE
#undef UNRECORDED
};
#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct {
	const char *package, *says;
} unrecorded[] = {
#define DOUBLE(class, name, descriptor, mock, called, arguments, says, how)
#define UNRECORDED(package, says) { package, says },
#include "oracle/doubles.def"
#undef DOUBLE
#undef UNRECORDED
};
#define N_UNRECORDED (sizeof(unrecorded) / sizeof(unrecorded[0]))

uint32_t doubles_count(void)
{
	return N_ROWS;
}

const char *doubles_class(uint32_t row)
{
	return rows[row].class;
}

/* ---- weaving ---- */

static uint32_t add_sites(struct observe *observe, const struct row *row)
{
	uint32_t first = observe_new_sites(observe, DOUBLES_SITES);

	for (uint32_t i = first; i < first + DOUBLES_SITES; i++)
		observe->sites[i] = (struct trace_site){
			.class_name = row->says_class, .method_name = row->says_method,
			.descriptor = "", .callee = "",
		};
	return first;
}

/* The type of parameter `number` (the receiver is 0), and in which local it is. */
static struct descriptor_type parameter(const char *descriptor, unsigned number, unsigned *ret_local)
{
	const char *at = descriptor + 1;
	struct descriptor_type type = { 0 };

	*ret_local = 0;
	for (unsigned i = 0, next = 1; i < number && descriptor_next(&at, &type); i++) {
		*ret_local = next;
		next += type.slots;
	}
	return type;
}

static void push_given(struct rewrite *rewrite, struct buf *buf, const struct row *row, const char *given)
{
	const char *stop = strchr(given, '.'), *end = stop ? strchr(stop, '(') : NULL;
	struct arena scratch = ARENA_INIT;
	struct descriptor_type type;
	unsigned local;

	type = parameter(row->descriptor, (unsigned)(*given - '0'), &local);
	buf_u1(buf, OPC_aload);
	buf_u1(buf, (uint8_t)local);
	if (end) {
		const char *owner = arena_strndup(&scratch, type.start + 1, type.len - 2);
		const char *name = arena_strndup(&scratch, stop + 1, (size_t)(end - stop) - 1);

		buf_u1(buf, OPC_invokeinterface);
		buf_u2(buf, rewrite_methodref(rewrite, owner, name, end, true));
		buf_u1(buf, 1);		/* the receiver alone */
		buf_u1(buf, 0);
	}
	arena_release(&scratch);
}

static int32_t find_method(const struct class *class, const struct row *row)
{
	for (uint16_t i = 0; i < class->n_methods; i++)
		if (!strcmp(class->methods[i].name, row->name) && class->methods[i].code &&
		    !(class->methods[i].access & ACCESS_STATIC) &&
		    !strcmp(class->methods[i].descriptor, row->descriptor))
			return i;
	return -1;
}

enum err_code doubles_weave(struct observe *observe, uint32_t number, const struct class *class,
			    struct arena *arena, struct span *ret, struct err *err)
{
	const struct row *row = &rows[number];
	int32_t method = find_method(class, row);
	struct edit edit = { .extra_stack = EXTRA_STACK };
	struct rewrite *rewrite;
	struct buf bytes;
	enum err_code code;

	if (method < 0)
		return err_set(err, ERR_FORMAT, "%s has no method %s%s", row->class, row->name, row->descriptor);
	rewrite = rewrite_start(arena, class);
	buf_init(&bytes, WOVEN_MAX);
	for (unsigned i = 0; i < sizeof(row->given) / sizeof(row->given[0]); i++)
		push_given(rewrite, &bytes, row, row->given[i]);
	edit_push_int(&bytes, rewrite, (int32_t)observe_where(add_sites(observe, row), TRACE_CALLBACK, 0));
	buf_u1(&bytes, OPC_invokestatic);
	buf_u2(&bytes, rewrite_methodref(rewrite, DOUBLES_CLASS, "called",
			"(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;I)V", false));
	edit.inserted = buf_get(&bytes);
	rewrite_edit(rewrite, (uint16_t)method, edit);
	code = rewrite_finish(rewrite, arena, NULL, ret, err);
	buf_release(&bytes);
	return code;
}

/* ---- what is not recorded ---- */

/* org/mockito/ of org/mockito/internal/..., the first two parts of a name. */
static size_t package_len(const char *class)
{
	const char *second = strchr(strchr(class, '/') + 1, '/');

	return (size_t)(second - class) + 1;
}

static const char *of_name(const char *name, const bool *woven)
{
	for (size_t i = 0; i < N_UNRECORDED; i++)
		if (!strncmp(name, unrecorded[i].package, strlen(unrecorded[i].package)))
			return unrecorded[i].says;
	for (size_t i = 0; i < N_ROWS; i++)
		if (!woven[i] && !strncmp(name, rows[i].class, package_len(rows[i].class)))
			return rows[i].says_class;
	return NULL;
}

const char *doubles_unrecorded(const struct class *class, const bool *woven)
{
	for (uint16_t i = 1; i < class->n_constants; i++) {
		const char *name = class->constants[i].tag == CONSTANT_CLASS ? class_name_at(class, i) : NULL;
		const char *says = name ? of_name(name, woven) : NULL;

		if (says)
			return says;
	}
	return NULL;
}
