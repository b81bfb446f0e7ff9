#include "util/replace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/test.h"

static struct span span_of(const char *text)
{
	return (struct span){ (const uint8_t *)text, strlen(text) };
}

static void expect_content(const char *path, const char *wanted)
{
	char text[80] = "";
	FILE *file = fopen(path, "re");

	EXPECT(file != NULL);
	if (!file)
		return;
	text[fread(text, 1, sizeof(text) - 1, file)] = 0;
	fclose(file);
	EXPECT_STR(text, wanted);
}

TEST(a_file_is_made_and_replaced_and_nothing_is_left_beside_it)
{
	char directory[] = "/tmp/vary-replace-XXXXXX", path[100];
	struct err err = ERR_INIT;

	EXPECT(mkdtemp(directory) != NULL);
	snprintf(path, sizeof(path), "%s/f", directory);
	EXPECT_LONG(replace_file(path, span_of("one"), &err), ERR_OK);
	expect_content(path, "one");
	EXPECT_LONG(replace_file(path, span_of("2"), &err), ERR_OK);
	expect_content(path, "2");
	unlink(path);
	EXPECT_LONG(rmdir(directory), 0);
}

TEST(a_file_that_cannot_be_replaced_is_named_and_nothing_is_left)
{
	char directory[] = "/tmp/vary-replace-XXXXXX", path[100];
	struct err err = ERR_INIT;

	EXPECT_LONG(replace_file("/nowhere/at/all", span_of("x"), &err), ERR_IO);
	EXPECT_STR(err.text, "cannot write /nowhere/at/all: No such file or directory");
	EXPECT(mkdtemp(directory) != NULL);
	snprintf(path, sizeof(path), "%s/.", directory);	/* a directory: rename() refuses */
	EXPECT_LONG(replace_file(path, span_of("x"), &err), ERR_IO);
	EXPECT_LONG(rmdir(directory), 0);
}
