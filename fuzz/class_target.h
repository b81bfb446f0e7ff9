/* What the targets that read classes share. */
#ifndef FUZZ_CLASS_TARGET_H
#define FUZZ_CLASS_TARGET_H

#include "classfile/code.h"
#include "classfile/frames.h"

#define CLASS_INPUT_MAX ((size_t)1 << 16)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Reads the code of a method, *ret_code NULL where that fails, and finds its frames. */
static inline enum err_code class_target_read(struct arena *arena, const struct class *class,
					      uint16_t i, struct code **ret_code)
{
	const struct member *method = &class->methods[i];
	struct err err = ERR_INIT;
	struct frame *frames;

	*ret_code = NULL;
	if (!method->code)
		return ERR_MISSING;
	TRY(code_parse(arena, class, method, ret_code, &err));
	return frames_compute(arena, class, method, *ret_code, &frames, &err);
}

#endif
