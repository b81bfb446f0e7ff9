#include "oracle/callback.h"

#include <string.h>

#include "engine/indy.h"

#define HANDLES_MAX 8

static unsigned count_arguments(const char *descriptor)
{
	const char *at = descriptor + 1;
	struct descriptor_type type;
	unsigned n = 0;

	while (descriptor_next(&at, &type))
		n++;
	return n;
}

/* Names of methods that a runner of tests calls, with arguments of its own. */
static bool may_override(const struct class *class, const struct member *method)
{
	unsigned never = ACCESS_STATIC | ACCESS_PRIVATE | ACCESS_ABSTRACT | ACCESS_NATIVE |
			 ACCESS_BRIDGE | ACCESS_SYNTHETIC;
	bool extends = class->super_name && strcmp(class->super_name, "java/lang/Object") != 0;

	return !(method->access & never) && *method->name != '<' && (extends || class->n_interfaces);
}

static void note_handle(const struct class *class, const struct member_ref *handle,
			unsigned n_captured, int32_t *captured)
{
	if (!handle->owner || strcmp(handle->owner, class->name) != 0)
		return;
	for (uint16_t i = 0; i < class->n_methods; i++) {
		const struct member *method = &class->methods[i];
		unsigned n = n_captured;

		if (strcmp(method->name, handle->name) || strcmp(method->descriptor, handle->descriptor))
			continue;
		if (!(method->access & ACCESS_STATIC) && n)
			n--;	/* the receiver */
		if (n < count_arguments(method->descriptor))
			captured[i] = (int32_t)n;
	}
}

static void note_lambdas(const struct class *class, int32_t *captured)
{
	for (uint16_t i = 1; i < class->n_constants; i++) {
		struct member_ref handles[HANDLES_MAX], ref;
		uint16_t n;

		if (class->constants[i].tag != CONSTANT_INVOKE_DYNAMIC || !class_member_ref_at(class, i, &ref))
			continue;
		n = indy_handles(class, &ref, handles, HANDLES_MAX);
		for (uint16_t k = 0; k < n; k++)
			note_handle(class, &handles[k], count_arguments(ref.descriptor), captured);
	}
}

int32_t *callback_methods(struct arena *arena, const struct class *class)
{
	int32_t *captured = ARENA_NEW_N(arena, int32_t, class->n_methods + 1u);

	for (uint16_t i = 0; i < class->n_methods; i++) {
		const struct member *method = &class->methods[i];

		captured[i] = may_override(class, method) && count_arguments(method->descriptor) ?
			      0 : CALLBACK_NONE;
	}
	note_lambdas(class, captured);
	return captured;
}

bool callback_implements(const struct class *class, const char *interface)
{
	for (uint16_t i = 0; i < class->n_interfaces; i++) {
		const char *name = class_name_at(class, class->interfaces[i]);

		if (name && !strcmp(name, interface))
			return true;
	}
	return false;
}
