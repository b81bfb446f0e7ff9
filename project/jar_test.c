#include "project/jar.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "project/tree_test.h"
#include "util/die.h"
#include "util/test.h"

struct heard {
	unsigned n;
	char names[200];
	size_t len;
};

static void hear(void *context, const char *name, struct span bytes)
{
	struct heard *heard = context;

	heard->n++;
	strncat(heard->names, name, sizeof(heard->names) - strlen(heard->names) - 2);
	strcat(heard->names, " ");
	heard->len += bytes.len;
}

struct entry {
	const char *name, *text;
	zip_int32_t method;
};

static const char *make_jar(struct tree *tree, const struct entry *entries, size_t n)
{
	const char *path = tree_path(tree, "some.jar");
	int why;
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &why);

	if (!zip)
		BUG("zip_open: %d", why);
	for (size_t i = 0; i < n; i++) {
		zip_source_t *source = zip_source_buffer(zip, entries[i].text,
							 strlen(entries[i].text), 0);
		zip_int64_t at = zip_file_add(zip, entries[i].name, source, 0);

		if (at < 0 || zip_set_file_compression(zip, (zip_uint64_t)at, entries[i].method, 0))
			BUG("%s: %s", entries[i].name, zip_strerror(zip));
	}
	if (zip_close(zip))
		BUG("%s", zip_strerror(zip));
	return path;
}

/* Overwrites the bytes after each place where `text` stands in the file. */
static void patch(struct tree *tree, const char *text, size_t skip, uint8_t value)
{
	FILE *file = fopen(tree_path(tree, "some.jar"), "r+b");
	char bytes[4000];
	size_t len = file ? fread(bytes, 1, sizeof(bytes), file) : 0, n = strlen(text);

	for (size_t i = 0; i + n + skip < len; i++)
		if (!memcmp(bytes + i, text, n))
			bytes[i + skip] = (char)value;
	if (!file || fseek(file, 0, SEEK_SET) || fwrite(bytes, 1, len, file) != len)
		BUG("some.jar");
	fclose(file);
}

TEST(a_jar_tells_its_classes_but_no_versions_and_nothing_that_climbs_out)
{
	static const struct entry entries[] = {
		{ "a/B.class", "one", ZIP_CM_DEFLATE },
		{ "META-INF/versions/9/a/B.class", "nine", ZIP_CM_STORE },
		{ "../C.class", "climbs", ZIP_CM_STORE },
		{ "a/../../C.class", "climbs", ZIP_CM_STORE },
		{ "/D.class", "absolute", ZIP_CM_STORE },
		{ "a/notes.txt", "text", ZIP_CM_STORE },
		{ "Odd..Name.class", "two", ZIP_CM_STORE },
	};
	struct heard heard = { 0 };
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	EXPECT(jar_read_classes(&tree.arena, make_jar(&tree, entries, 7), NULL, hear, &heard,
				&err) == ERR_OK);
	EXPECT_STR(heard.names, "a/B.class Odd..Name.class ");
	EXPECT_LONG(heard.len, 6);
	tree_remove(&tree);
}

TEST(entries_can_be_asked_for_by_name_and_those_not_there_are_passed_over)
{
	static const struct entry entries[] = {
		{ "a/B.class", "one", ZIP_CM_DEFLATE },
		{ "a/b/C.class", "two", ZIP_CM_STORE },
	};
	static const char *const names[] = { "a/b/C.class", "a/b/Gone.class" };
	struct heard heard = { 0 };
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	EXPECT(jar_read_entries(&tree.arena, make_jar(&tree, entries, 2), names, 2, hear, &heard,
				&err) == ERR_OK);
	EXPECT_STR(heard.names, "a/b/C.class ");
	EXPECT_LONG(heard.len, 3);
	tree_remove(&tree);
}

TEST(the_classes_of_one_package_can_be_asked_for)
{
	static const struct entry entries[] = {
		{ "a/B.class", "one", ZIP_CM_STORE },
		{ "a/b/C.class", "two", ZIP_CM_STORE },
		{ "D.class", "three", ZIP_CM_STORE },
	};
	struct heard heard = { 0 }, top = { 0 };
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	EXPECT(jar_read_classes(&tree.arena, make_jar(&tree, entries, 3), "a", hear, &heard,
				&err) == ERR_OK);
	EXPECT_STR(heard.names, "a/B.class ");
	EXPECT(jar_read_classes(&tree.arena, tree_path(&tree, "some.jar"), "", hear, &top,
				&err) == ERR_OK);
	EXPECT_STR(top.names, "D.class ");
	tree_remove(&tree);
}

TEST(a_jar_that_holds_a_name_twice_is_read_as_a_JVM_reads_it)
{
	static const struct entry entries[] = {
		{ "a/B.class", "one", ZIP_CM_STORE }, { "a/C.class", "two", ZIP_CM_STORE },
	};
	struct heard heard = { 0 };
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	make_jar(&tree, entries, 2);
	patch(&tree, "a/C.class", 2, 'B');
	EXPECT(jar_read_classes(&tree.arena, tree_path(&tree, "some.jar"), NULL, hear, &heard,
				&err) == ERR_OK);
	EXPECT_STR(heard.names, "a/B.class a/B.class ");
	tree_remove(&tree);
}

TEST(an_entry_whose_checksum_is_wrong_is_damage)
{
	static const struct entry entries[] = { { "a/B.class", "sixteen bytes ..", ZIP_CM_STORE } };
	struct heard heard = { 0 };
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	make_jar(&tree, entries, 1);
	patch(&tree, "sixteen", 3, 'T');
	EXPECT(jar_read_classes(&tree.arena, tree_path(&tree, "some.jar"), NULL, hear, &heard,
				&err) == ERR_FORMAT);
	EXPECT(strstr(err.text, "some.jar: damaged jar: a/B.class: ") != NULL);
	EXPECT_LONG(heard.n, 0);
	tree_remove(&tree);
}

/* The uncompressed size stands 22 bytes before the name in the directory at
 * the end of a zip file, 8 bytes before it in the entry's own header. */
TEST(an_entry_that_claims_more_than_compression_reaches_is_refused_before_memory_is_spent)
{
	static const struct entry entries[] = { { "a/B.class", "sixteen bytes ..", ZIP_CM_DEFLATE } };
	struct heard heard = { 0 };
	struct err err = ERR_INIT;
	struct tree tree;
	size_t used;

	tree_make(&tree);
	make_jar(&tree, entries, 1);
	patch(&tree, "PK\1\2", 26, 0xf0);	/* the third byte of the size: 15 MiB */
	used = tree.arena.used;
	EXPECT(jar_read_classes(&tree.arena, tree_path(&tree, "some.jar"), NULL, hear, &heard,
				&err) == ERR_LIMIT);
	EXPECT(strstr(err.text, "a/B.class") != NULL);
	EXPECT(tree.arena.used - used < 10000);
	tree_remove(&tree);
}

TEST(a_jar_that_ends_early_or_is_none_is_damage_and_a_pipe_is_not_waited_for)
{
	static const struct entry entries[] = { { "a/B.class", "one", ZIP_CM_STORE } };
	struct heard heard = { 0 };
	struct err err = ERR_INIT;
	struct tree tree;
	const char *path;

	tree_make(&tree);
	path = make_jar(&tree, entries, 1);
	if (truncate(path, 60))
		BUG("truncate");
	EXPECT(jar_read_classes(&tree.arena, path, NULL, hear, &heard, &err) == ERR_FORMAT);
	path = tree_text(&tree, "empty.jar", "");
	EXPECT(jar_read_classes(&tree.arena, path, NULL, hear, &heard, &err) == ERR_FORMAT);
	path = tree_path(&tree, "pipe.jar");
	EXPECT(!mkfifo(path, 0600));
	EXPECT(jar_read_classes(&tree.arena, path, NULL, hear, &heard, &err) == ERR_FORMAT);
	EXPECT_STR(err.text, arena_strfmt(&tree.arena, "%s: not a regular file", path));
	EXPECT_LONG(heard.n, 0);
	tree_remove(&tree);
}
