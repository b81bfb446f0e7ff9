#include <string.h>

#include "classfile/class.h"

#define DIMENSIONS_MAX 255
#define ARGUMENT_SLOTS_MAX 255

/* The end of the field descriptor at `at`, or NULL. */
static const char *skip_type(const char *at)
{
	unsigned dimensions = 0;

	while (*at == '[') {
		if (++dimensions > DIMENSIONS_MAX)
			return NULL;
		at++;
	}
	switch (*at) {
	case 'B': case 'C': case 'D': case 'F':
	case 'I': case 'J': case 'S': case 'Z':
		return at + 1;
	case 'L':
		if (at[1] == ';')
			return NULL;
		at = strchr(at, ';');
		return at ? at + 1 : NULL;
	default:
		return NULL;
	}
}

static unsigned slots_of(char kind)
{
	return kind == 'V' ? 0 : kind == 'J' || kind == 'D' ? 2 : 1;
}

bool descriptor_is_field(const char *descriptor)
{
	const char *end = skip_type(descriptor);

	return end && !*end;
}

bool descriptor_is_method(const char *descriptor)
{
	unsigned slots = 0;

	if (*descriptor++ != '(')
		return false;
	while (*descriptor != ')') {
		slots += slots_of(*descriptor);
		descriptor = skip_type(descriptor);
		if (!descriptor || slots > ARGUMENT_SLOTS_MAX)
			return false;
	}
	descriptor++;
	if (*descriptor == 'V')
		return !descriptor[1];
	return descriptor_is_field(descriptor);
}

/* The type at `at`, which is known to be well formed. */
static struct descriptor_type type_at(const char *at)
{
	const char *end = *at == 'V' ? at + 1 : skip_type(at);

	return (struct descriptor_type){
		.kind = *at,
		.start = at,
		.len = (size_t)(end - at),
		.slots = slots_of(*at),
	};
}

bool descriptor_next(const char **at, struct descriptor_type *ret)
{
	if (**at == ')') {
		(*at)++;
		return false;
	}
	*ret = type_at(*at);
	*at += ret->len;
	return true;
}

struct descriptor_type descriptor_return(const char *method_descriptor)
{
	const char *at = method_descriptor + 1;

	while (*at != ')')	/* names of classes may hold one, too */
		at = skip_type(at);
	return type_at(at + 1);
}

unsigned descriptor_argument_slots(const char *method_descriptor)
{
	const char *at = method_descriptor + 1;
	struct descriptor_type type;
	unsigned slots = 0;

	while (descriptor_next(&at, &type))
		slots += type.slots;
	return slots;
}
