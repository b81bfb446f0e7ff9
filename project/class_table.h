/* Every class below some roots (directories and jars), once per name.
 *
 *	struct class_table table = { .arena = &arena, .looked_at = &lines };
 *	class_table_add_root(&table, root);
 *	class_table_read(&table, &err)         again after more roots were added
 *
 * The first root that has a name wins. A class that cannot be read, or lies
 * where its name does not belong, is left out and told in a line of looked_at
 * that begins with "skipped".
 */
#ifndef PROJECT_CLASS_TABLE_H
#define PROJECT_CLASS_TABLE_H

#include "project/libraries.h"
#include "project/project.h"

#define CLASS_NONE UINT32_MAX
#define CLASS_TABLE_ROOM 256u	/* of the first allocation; it doubles from there */

struct class;

struct root {
	const char *path;	/* absolute, without links: a directory or a jar */
	const char *found_at;	/* the same before links were followed */
	const char *only;	/* NULL: all below it; "": the files directly in it;
				   else a folder below it */
	bool is_test;		/* nothing but tests and what they need */
	bool is_mixed;		/* tests may lie among the rest */
};

/* What deciding about a class needs to know. */
struct seen {
	const char *package;	/* with dots */
	const char *source_file;	/* "" where the class does not say */
	const char *super;	/* with dots, or NULL */
	bool looks_like_test, is_abstract, is_suite;
};

struct class_table {
	struct arena *arena;
	struct text_list *looked_at;
	struct text_list named;	/* class files that must be readable */
	struct root *roots;
	uint32_t n_roots, size_roots, n_read;	/* n_read: roots already read */
	struct project_class *classes;
	struct seen *seen;	/* [n] beside classes */
	uint32_t n, size;
	uint32_t *by_name, size_by_name;	/* hash table: class number + 1 */
	uint32_t *by_source;	/* [n] sorted by source file, after class_table_read() */
	uint32_t n_skipped;
	struct err *err;	/* during class_table_read() */
};

/* A root that is there already, or is part of one, stays as it is. */
void class_table_add_root(struct class_table *table, struct root root);

/* Reads the roots added since the last time. ERR_FORMAT for a damaged jar or
 * the class `named`. */
enum err_code class_table_read(struct class_table *table, struct err *err) MUST_CHECK;

uint32_t class_table_find(const struct class_table *table, const char *name);

/* The number of the class that a nested one lies in; CLASS_NONE where it lies in
 * none, or in one that is not there. */
uint32_t class_table_outermost(const struct class_table *table, const char *name);

/* The numbers of the classes with that SourceFile are by_source[first],
 * by_source[first + 1] ... as long as source_file is the same. */
uint32_t class_table_first_of_source(const struct class_table *table, const char *source_file);

/* Takes back all classes and all roots but the first n_roots. */
void class_table_forget(struct class_table *table, uint32_t n_roots);

void class_table_see(struct arena *arena, const struct class *class,
		     struct project_class *ret, struct seen *ret_seen);

#endif
