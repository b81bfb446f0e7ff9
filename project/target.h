/* One TARGET, or one of --tests: what was typed and what it stands for. */
#ifndef PROJECT_TARGET_H
#define PROJECT_TARGET_H

#include "project/class_table.h"

enum target_kind { TARGET_DIRECTORY, TARGET_SOURCE, TARGET_CLASS, TARGET_JAR };

struct target {
	const char *typed, *path;	/* as typed; absolute */
	enum target_kind kind;
	const char *package;		/* TARGET_SOURCE: source_package() */
	bool is_matched;		/* some class belongs to it */
};

/* ERR_MISSING for what is not there, ERR_USAGE for what is none. */
enum err_code target_read(struct arena *arena, const char *typed, struct target *ret,
			  struct err *err) MUST_CHECK;

/* Sets covered[i] for every class i of the table that the target stands for,
 * and is_matched. A directory stands for the classes below it, or if there are
 * none for those made from the sources below it. */
enum err_code target_match(struct target *target, const struct class_table *table,
			   bool *covered, struct err *err) MUST_CHECK;

/* "no classes for Price.java: ... compile the project first". */
enum err_code target_unmatched(const struct target *target, const struct class_table *table,
			       const char *layout, struct err *err);

#endif
