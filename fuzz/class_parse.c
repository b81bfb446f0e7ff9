/* Any bytes as a class file: what is read at all is written back the same, and
 * asking for everything it claims to hold ends without harm. */
#include "classfile/dump.h"
#include "fuzz/class_target.h"
#include "util/die.h"

static void check_method(struct arena *arena, const struct class *class,
			 const struct member *method)
{
	struct err err = ERR_INIT;
	struct code *code;
	struct frame *frames;
	unsigned pops, pushes;

	if (!method->code ||
	    code_parse(arena, class, method, &code, &err) != ERR_OK)
		return;
	for (uint32_t i = 0; i < code->n_insns; i++) {
		code_stack_effect(class, &code->insns[i], &pops, &pushes);
		code_line(code, code->insns[i].pc);
		code_local(code, code->insns[i].pc, code->insns[i].index);
	}
	if (frames_compute(arena, class, method, code, &frames, &err) != ERR_OK)
		return;
	for (uint32_t i = 0; i < code->n_insns; i++)
		if (frames[i].is_known &&
		    (frames[i].n_stack > code->max_stack ||
		     frames[i].n_locals > code->max_locals))
			BUG("a frame larger than the method's");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span span = { bytes, len };
	struct class *class;
	struct buf buf;

	if (len > CLASS_INPUT_MAX)
		return 0;
	buf_init(&buf, (size_t)1 << 24);
	if (class_parse(&arena, span, "fuzz", &class, &err) == ERR_OK) {
		class_write(class, &buf);
		if (!span_equal(buf_get(&buf), span))
			BUG("not the same when written back");
		for (uint16_t i = 0; i < class->n_methods; i++)
			check_method(&arena, class, &class->methods[i]);
		class_source_file(class);
		class_has_annotation(class, &class->attributes, "Generated");
		buf_clear(&buf);
		dump_class(class, NULL, &buf);
	}
	buf_release(&buf);
	arena_release(&arena);
	return 0;
}
