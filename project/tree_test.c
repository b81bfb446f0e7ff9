#include "project/tree_test.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/die.h"

void tree_make(struct tree *tree)
{
	char path[] = "/tmp/vary-tree-XXXXXX";
	char *real;

	memset(tree, 0, sizeof(*tree));
	if (!mkdtemp(path))
		BUG("mkdtemp");
	real = realpath(path, NULL);
	tree->top = arena_strdup(&tree->arena, real);
	free(real);
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *where)
{
	(void)about;
	(void)type;
	(void)where;
	return remove(path);
}

void tree_remove(struct tree *tree)
{
	nftw(tree->top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_release(&tree->arena);
}

const char *tree_path(struct tree *tree, const char *path)
{
	return arena_strfmt(&tree->arena, "%s/%s", tree->top, path);
}

static void make_parents(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

const char *tree_file(struct tree *tree, const char *path, struct span bytes)
{
	char *full = arena_strfmt(&tree->arena, "%s/%s", tree->top, path);
	FILE *file;

	make_parents(full);
	file = fopen(full, "wb");
	if (!file || fwrite(bytes.bytes, 1, bytes.len, file) != bytes.len)
		BUG("%s", full);
	fclose(file);
	return full;
}

const char *tree_text(struct tree *tree, const char *path, const char *text)
{
	return tree_file(tree, path, (struct span){ (const uint8_t *)text, strlen(text) });
}

const char *tree_folder(struct tree *tree, const char *path)
{
	char *full = arena_strfmt(&tree->arena, "%s/%s/", tree->top, path);

	make_parents(full);
	full[strlen(full) - 1] = '\0';
	return full;
}

static void put_utf8(struct buf *buf, const char *text)
{
	buf_u1(buf, 1);
	buf_u2(buf, (uint16_t)strlen(text));
	buf_text(buf, text);
}

static void put_method(struct buf *buf, bool annotated)
{
	buf_u2(buf, 0x0001);
	buf_u2(buf, 5);			/* run */
	buf_u2(buf, 6);			/* ()V */
	buf_u2(buf, annotated ? 2 : 1);
	buf_u2(buf, 7);			/* Code */
	buf_u4(buf, 13);
	buf_u2(buf, 0);
	buf_u2(buf, 1);
	buf_u4(buf, 1);
	buf_u1(buf, 0xb1);		/* return */
	buf_u2(buf, 0);
	buf_u2(buf, 0);
	if (!annotated)
		return;
	buf_u2(buf, 10);		/* RuntimeVisibleAnnotations */
	buf_u4(buf, 6);
	buf_u2(buf, 1);
	buf_u2(buf, 11);
	buf_u2(buf, 0);
}

struct span tree_class(struct tree *tree, const char *name, const char *source_file,
		       const char *annotation)
{
	struct buf buf;
	struct span bytes;

	buf_init(&buf, 1 << 16);
	buf_u4(&buf, 0xcafebabe);
	buf_u2(&buf, 0);
	buf_u2(&buf, 52);
	buf_u2(&buf, 12);
	put_utf8(&buf, name);		/* 1 */
	buf_u1(&buf, 7);		/* 2: this class */
	buf_u2(&buf, 1);
	put_utf8(&buf, "java/lang/Object");	/* 3 */
	buf_u1(&buf, 7);		/* 4 */
	buf_u2(&buf, 3);
	put_utf8(&buf, "run");		/* 5 */
	put_utf8(&buf, "()V");		/* 6 */
	put_utf8(&buf, "Code");		/* 7 */
	put_utf8(&buf, "SourceFile");	/* 8 */
	put_utf8(&buf, source_file);	/* 9 */
	put_utf8(&buf, "RuntimeVisibleAnnotations");	/* 10 */
	put_utf8(&buf, annotation ? arena_strfmt(&tree->arena, "L%s;", annotation) : "-");	/* 11 */
	buf_u2(&buf, 0x0021);
	buf_u2(&buf, 2);
	buf_u2(&buf, 4);
	buf_u2(&buf, 0);
	buf_u2(&buf, 0);
	buf_u2(&buf, 1);
	put_method(&buf, annotation != NULL);
	buf_u2(&buf, 1);
	buf_u2(&buf, 8);
	buf_u4(&buf, 2);
	buf_u2(&buf, 9);
	bytes = (struct span){ arena_memdup(&tree->arena, buf.bytes, buf.len), buf.len };
	buf_release(&buf);
	return bytes;
}
