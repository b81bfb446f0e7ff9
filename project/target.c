#include "project/target.h"

#include <string.h>

#include "project/files.h"
#include "project/source.h"

enum err_code target_read(struct arena *arena, const char *typed, struct target *ret,
			  struct err *err)
{
	struct err missing = ERR_INIT;

	*ret = (struct target){ .typed = typed };
	if (file_absolute(arena, typed, &ret->path, &missing) != ERR_OK)
		return err_set(err, ERR_MISSING, "%s: no such file or directory", typed);
	if (file_is_directory(ret->path))
		ret->kind = TARGET_DIRECTORY;
	else if (file_has_suffix(ret->path, ".class"))
		ret->kind = TARGET_CLASS;
	else if (file_has_suffix(ret->path, ".jar") || file_has_suffix(ret->path, ".zip"))
		ret->kind = TARGET_JAR;
	else if (source_is(ret->path))
		ret->kind = TARGET_SOURCE;
	else
		return err_set(err, ERR_USAGE, "%s: not a source file, class, jar or directory", typed);
	if (ret->kind == TARGET_SOURCE)
		return source_package(arena, ret->path, &ret->package, err);
	return ERR_OK;
}

/* Classes made from one source; whether there are any. */
static bool cover_source(const struct class_table *table, const char *path, const char *package,
			 bool *covered)
{
	const char *name = file_name(path);
	bool any = false;

	for (uint32_t at = class_table_first_of_source(table, name); at < table->n; at++) {
		uint32_t i = table->by_source[at];

		if (strcmp(table->seen[i].source_file, name))
			break;
		if (source_fits_package(path, package, table->seen[i].package))
			covered[i] = any = true;
	}
	return any;
}

static bool cover_below(const struct class_table *table, const char *directory, bool *covered)
{
	bool any = false;

	for (uint32_t i = 0; i < table->n; i++) {
		const struct project_class *class = &table->classes[i];

		if (file_below(class->what, directory) ||
		    file_below(table->roots[class->root].found_at, directory))
			covered[i] = any = true;
	}
	return any;
}

struct match {
	const struct class_table *table;
	bool *covered;
	bool any;
};

static bool hear_source(void *context, const char *path)
{
	struct match *match = context;
	struct err unreadable = ERR_INIT;
	const char *package;

	if (source_is(path) &&
	    source_package(match->table->arena, path, &package, &unreadable) == ERR_OK)
		match->any |= cover_source(match->table, path, package, match->covered);
	return true;
}

static bool cover_file(const struct class_table *table, const struct target *target, bool *covered)
{
	bool any = false;

	for (uint32_t i = 0; i < table->n; i++) {
		const char *path = target->kind == TARGET_JAR
			? table->roots[table->classes[i].root].path : table->classes[i].what;

		if (!strcmp(path, target->path))
			covered[i] = any = true;
	}
	return any;
}

enum err_code target_match(struct target *target, const struct class_table *table, bool *covered,
			   struct err *err)
{
	struct match match = { table, covered, false };

	if (target->kind == TARGET_SOURCE) {
		match.any = cover_source(table, target->path, target->package, covered);
	} else if (target->kind == TARGET_DIRECTORY) {
		match.any = cover_below(table, target->path, covered);
		if (!match.any && table->n)
			TRY(files_walk(target->path, hear_source, &match, err));
	} else {
		match.any = cover_file(table, target, covered);
	}
	target->is_matched = match.any;
	return ERR_OK;
}

static const char *remedy(const char *layout)
{
	if (!strcmp(layout, "maven"))
		return " (mvn test-compile)";
	return strcmp(layout, "gradle") ? "" : " (gradle testClasses)";
}

enum err_code target_unmatched(const struct target *target, const struct class_table *table,
			       const char *layout, struct err *err)
{
	const char *where = table->n_roots ? table->roots[table->n_roots - 1].path : "";
	const char *package = target->package;

	if (target->kind == TARGET_SOURCE && table->n_roots)
		return err_set(err, ERR_MISSING, "no classes for %s: %s%s holds no class%s%s with SourceFile %s; compile the project first%s",
			       target->typed, where, table->n_roots > 1 ? " (and the other roots)" : "",
			       package && *package ? " of package " : "", package ? package : "",
			       file_name(target->path), remedy(layout));
	if (target->kind == TARGET_JAR)
		return err_set(err, ERR_MISSING, "%s: holds no classes", target->typed);
	if (target->kind == TARGET_DIRECTORY && !table->n)
		return err_set(err, ERR_MISSING, "%s: neither classes nor Java sources below it; looked for target/classes, build/classes/*/main, *.class, *.jar and *.java",
			       target->typed);
	return err_set(err, ERR_MISSING, "no classes for %s: compile the project first%s, or name its classes",
		       target->typed, remedy(layout));
}
