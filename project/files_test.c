#include "project/files.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "project/tree_test.h"
#include "util/die.h"
#include "util/test.h"

static bool hear(void *context, const char *path)
{
	char *heard = context;

	strcat(strcat(heard, file_name(path)), " ");
	return true;
}

TEST(a_walk_follows_links_to_directories_but_never_in_a_circle)
{
	char heard[200] = "";
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "real/a/One.class", "");
	tree_text(&tree, "elsewhere/b/Two.class", "");
	if (symlink("../elsewhere", tree_path(&tree, "real/linked")) ||
	    symlink("..", tree_path(&tree, "real/a/up")) ||
	    symlink("nowhere", tree_path(&tree, "real/dead")) ||
	    symlink("real", tree_path(&tree, "top")))
		BUG("symlink");
	EXPECT(files_walk(tree_path(&tree, "top"), hear, heard, &err) == ERR_OK);
	EXPECT_STR(heard, "One.class Two.class ");
	tree_remove(&tree);
}

TEST(a_walk_passes_over_hidden_directories_and_those_it_may_not_read)
{
	char heard[200] = "";
	struct err err = ERR_INIT;
	struct tree tree;

	tree_make(&tree);
	tree_text(&tree, "x/.hidden/One.class", "");
	tree_text(&tree, "x/a/Two.class", "");
	chmod(tree_folder(&tree, "x/closed"), 0);
	EXPECT(files_walk(tree_path(&tree, "x"), hear, heard, &err) == ERR_OK);
	EXPECT_STR(heard, "Two.class ");
	chmod(tree_path(&tree, "x/closed"), 0700);
	tree_remove(&tree);
}

TEST(a_file_is_read_whole_or_refused)
{
	struct err err = ERR_INIT;
	struct span bytes;
	struct tree tree;

	tree_make(&tree);
	EXPECT(file_read(&tree.arena, tree_text(&tree, "a", "text"), 4, &bytes, &err) == ERR_OK);
	EXPECT(bytes.len == 4 && !memcmp(bytes.bytes, "text", 4));
	EXPECT(file_read(&tree.arena, tree_path(&tree, "a"), 3, &bytes, &err) == ERR_LIMIT);
	EXPECT(file_read(&tree.arena, tree_path(&tree, "b"), 3, &bytes, &err) == ERR_MISSING);
	EXPECT(file_read(&tree.arena, tree.top, 3, &bytes, &err) == ERR_IO);
	EXPECT(!mkfifo(tree_path(&tree, "pipe"), 0600));
	EXPECT(file_read(&tree.arena, tree_path(&tree, "pipe"), 3, &bytes, &err) == ERR_IO);
	tree_remove(&tree);
}

TEST(a_file_is_looked_for_above_but_not_above_a_repository_nor_where_everybody_leaves_files)
{
	struct tree tree;
	const char *code;

	tree_make(&tree);
	code = tree_text(&tree, "a/b/c/Cart.java", "");
	tree_folder(&tree, "a/.git");
	tree_text(&tree, "vary.toml", "");
	EXPECT(!file_find_above(&tree.arena, code, "vary.toml"));
	tree_text(&tree, "a/vary.toml", "");
	EXPECT_STR(file_find_above(&tree.arena, code, "vary.toml"), tree_path(&tree, "a/vary.toml"));
	tree_text(&tree, "a/b/vary.toml", "");
	EXPECT_STR(file_find_above(&tree.arena, tree_path(&tree, "a/b/c"), "vary.toml"),
		   tree_path(&tree, "a/b/vary.toml"));
	chmod(tree_path(&tree, "a/b"), 01777);
	EXPECT_STR(file_find_above(&tree.arena, code, "vary.toml"), tree_path(&tree, "a/vary.toml"));
	EXPECT(!file_find_above(&tree.arena, tree_path(&tree, "nowhere"), "vary.toml"));
	tree_remove(&tree);
}
