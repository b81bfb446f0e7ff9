/* A small tree of files in a temporary directory, for tests. */
#ifndef PROJECT_TREE_TEST_H
#define PROJECT_TREE_TEST_H

#include "util/arena.h"
#include "util/buf.h"

struct tree {
	struct arena arena;
	char *top;		/* absolute, without links */
};

void tree_make(struct tree *tree);
void tree_remove(struct tree *tree);

/* The absolute path of "a/b"; tree_file() also writes it, with its folders. */
const char *tree_path(struct tree *tree, const char *path);
const char *tree_file(struct tree *tree, const char *path, struct span bytes);
const char *tree_text(struct tree *tree, const char *path, const char *text);
const char *tree_folder(struct tree *tree, const char *path);

/* The bytes of a class with one method `run`, annotated with @`annotation`
 * unless that is NULL. */
struct span tree_class(struct tree *tree, const char *name, const char *source_file,
		       const char *annotation);

#endif
