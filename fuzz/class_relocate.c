/* The last byte says how many bytes before it choose edits; the rest is a
 * class. What rewriting gives must be a class again, every method of which can
 * be read if it could be before, and its types found if they could be before
 * and nothing was taken out. */
#include "classfile/rewrite.h"
#include "fuzz/class_target.h"
#include "util/die.h"

static const struct span insertions[] = {
	{ (const uint8_t[]){ 0x00 }, 1 },			/* nop */
	{ (const uint8_t[]){ 0x00, 0x00, 0x00 }, 3 },
	{ (const uint8_t[]){ 0x03, 0x57 }, 2 },			/* iconst_0, pop */
	{ (const uint8_t[]){ 0x09, 0x58 }, 2 },			/* lconst_0, pop2 */
	{ (const uint8_t[]){ 0x11, 0x12, 0x34, 0x57 }, 4 },	/* sipush, pop */
};

/* One edit from two bytes: which instruction, and what happens there. */
static bool plan_edit(struct rewrite *rewrite, uint16_t method,
		      const struct code *code, uint8_t where, uint8_t what)
{
	static const uint8_t many[30000];
	uint32_t i = (uint32_t)((uint64_t)where * code->n_insns / 256);
	struct edit edit = {
		.pc = code->insns[i].pc,
		.inserted = insertions[what % 5],
		.extra_stack = 2,
	};

	if ((what & 0xb8) == 0x80)	/* seldom: it costs much time */
		edit.inserted = (struct span){ many, sizeof(many) };
	if (what & 0x40)
		edit.removed = code->insns[i].length;
	rewrite_edit(rewrite, method, edit);
	return edit.removed;
}

static void check_result(struct arena *arena, const struct class *class,
			 struct span bytes, const bool *was_read,
			 const bool *must_compute)
{
	struct err err = ERR_INIT;
	struct class *edited;
	struct code *code;

	if (class_parse(arena, bytes, "edited", &edited, &err) != ERR_OK)
		BUG("%s", err.text);
	for (uint16_t i = 0; i < class->n_methods; i++) {
		enum err_code result = class_target_read(arena, edited, i, &code);

		if (was_read[i] && !code)
			BUG("method %u cannot be read after the edit", i);
		if (must_compute[i] && result == ERR_FORMAT)
			BUG("method %u has no frames after the edit", i);
	}
}

static void edit_class(struct arena *arena, const struct class *class,
		       const uint8_t *choices, size_t n)
{
	struct rewrite *rewrite = rewrite_start(arena, class);
	const char **skip = ARENA_NEW_N(arena, const char *, class->n_methods);
	bool *was_read = ARENA_NEW_N(arena, bool, class->n_methods);
	bool *must_compute = ARENA_NEW_N(arena, bool, class->n_methods);
	struct err err = ERR_INIT;
	struct span bytes;
	struct code *code;

	for (uint16_t i = 0; i < class->n_methods; i++) {
		must_compute[i] = class_target_read(arena, class, i, &code) == ERR_OK;
		was_read[i] = code != NULL;
		for (size_t k = 0; code && k + 1 < n; k += 2)
			if (plan_edit(rewrite, i, code, choices[k],
				      choices[k + 1]))
				must_compute[i] = false;
	}
	rewrite_string(rewrite, "added");
	rewrite_methodref(rewrite, "added/Owner", "hit", "(I)V", false);
	if (rewrite_finish(rewrite, arena, skip, &bytes, &err) == ERR_OK)
		check_result(arena, class, bytes, was_read, must_compute);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct class *class;
	size_t n;

	if (!len || len > CLASS_INPUT_MAX)
		return 0;
	n = bytes[--len] % 32;
	if (n > len)
		return 0;
	len -= n;
	if (class_parse(&arena, (struct span){ bytes, len }, "fuzz", &class,
			&err) == ERR_OK)
		edit_class(&arena, class, bytes + len, n);
	arena_release(&arena);
	return 0;
}
