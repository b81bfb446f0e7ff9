/* Any class as a test beside itself as code under test: what its assertions
 * depend on is told in bounded time and without harm. */
#include "fuzz/class_target.h"
#include "oracle/oracle.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct oracle *oracle = oracle_new(&arena);
	struct err err = ERR_INIT;
	struct oracle_unread *unread;
	struct oracle_test test;
	struct class *class;
	struct span span = { bytes, len };

	if (len > CLASS_INPUT_MAX || class_parse(&arena, span, "fuzz", &class, &err) != ERR_OK) {
		arena_release(&arena);
		return 0;
	}
	oracle_add(oracle, span, true);
	oracle_finish(oracle);
	for (uint16_t i = 0; i < class->n_methods; i++)
		oracle_test(oracle, class->name, class->methods[i].name, &test);
	oracle_unread(oracle, &unread);
	arena_release(&arena);
	return 0;
}
