#include "cli/emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/test.h"

TEST(a_directory_with_something_in_it_is_left_alone)
{
	char directory[] = "/tmp/vary-test-XXXXXX", path[100];
	struct emit_result result;
	struct err err = ERR_INIT;
	struct plan plan = { .n_mutants = 0 };
	FILE *stream;

	EXPECT(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/mine", directory);
	stream = fopen(path, "w");
	EXPECT(stream && !fclose(stream));
	EXPECT_LONG(emit_mutants(&plan, directory, &result, &err), ERR_USAGE);
	EXPECT(strstr(err.text, "is not empty"));
	EXPECT(!access(path, F_OK));
	unlink(path);
	EXPECT_LONG(emit_mutants(&plan, directory, &result, &err), ERR_OK);
	rmdir(directory);
}

TEST(names_that_lead_elsewhere_are_not_written)
{
	static const char *const names[] = { "../../x", "a//b", "/etc/x", "a/./b", "a/../b" };
	char directory[] = "/tmp/vary-test-XXXXXX";
	struct class class = { .name = NULL };
	struct plan_class plan_class = { .class = &class };
	struct mutant mutant = { .id = "m:K:1" };
	struct plan plan = { .classes = &plan_class, .n_classes = 1, .mutants = &mutant,
			     .n_mutants = 1 };
	struct emit_result result;
	struct err err = ERR_INIT;

	EXPECT(mkdtemp(directory));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		class.name = names[i];
		EXPECT_LONG(emit_mutants(&plan, directory, &result, &err), ERR_OK);
		EXPECT_LONG(result.discarded, 1);
		EXPECT_STR(result.last_reason, "its name cannot be a path");
		EXPECT_LONG(result.written, 0);
	}
	EXPECT(!rmdir(directory));	/* still empty */
}
