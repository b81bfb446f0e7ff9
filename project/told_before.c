#include "project/told_before.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "project/build_tool.h"
#include "project/cache.h"
#include "project/files.h"
#include "project/jvm.h"
#include "project/pom.h"
#include "util/fnv.h"
#include "util/replace.h"

#define FORMAT 1		/* of the file */
#define FILE_MAX ((size_t)64 << 20)
#define MODULES_MAX 4		/* levels of modules below a pom */

struct reading {
	struct arena *arena;
	struct poms *poms;
	uint64_t key;
	bool is_unsure;		/* what Maven says may change although nothing here does */
};

/* ---- the key ---- */

static void add_bytes(struct reading *reading, const void *bytes, size_t len)
{
	reading->key = fnv_bytes(reading->key, bytes, len);
}

static void add_text(struct reading *reading, const char *text)
{
	add_bytes(reading, text ? text : "", text ? strlen(text) + 1 : 1);
}

static void add_file(struct reading *reading, const char *path)
{
	struct err unreadable = ERR_INIT;
	struct span bytes = span_none;

	add_text(reading, path);
	if (file_is_regular(path) &&
	    file_read(reading->arena, path, FILE_MAX, &bytes, &unreadable) == ERR_OK)
		add_bytes(reading, bytes.bytes, bytes.len);
	add_bytes(reading, &bytes.len, sizeof(bytes.len));
}

/* A range of versions; an imported pom of a version that still changes. */
static bool is_unsure_of(const struct xml *at)
{
	for (; at; at = at->next) {
		const char *version = xml_text(at, "version"), *scope = xml_text(at, "scope");

		if (version && (*version == '[' || *version == '('))
			return true;
		if (version && scope && !strcmp(scope, "import") &&
		    (strstr(version, "SNAPSHOT") || strstr(version, "${project.")))
			return true;
		if (is_unsure_of(at->first))
			return true;
	}
	return false;
}

/* What profiles look for: files that are there or not, properties of the environment. */
static void add_activations(struct reading *reading, const struct pom *pom)
{
	static const char *const looks_for[] = { "activation/file/exists", "activation/file/missing" };
	const struct xml *profile = xml_find(pom->project, "profiles/profile");

	for (; profile; profile = profile->next) {
		const char *name = xml_text(profile, "activation/property/name");

		if (name && !strncmp(name, "env.", 4))
			add_text(reading, getenv(name + 4));
		for (size_t i = 0; i < 2; i++) {
			const char *path = xml_text(profile, looks_for[i]), *rest;

			if (!path)
				continue;
			rest = strstr(path, "basedir}");
			rest = rest ? rest + strlen("basedir}/") - (rest[8] != '/') : path;
			reading->is_unsure |= strstr(rest, "${") != NULL;
			add_text(reading, file_exists(arena_strfmt(reading->arena, "%s/%s", pom->directory, rest))
				 ? "is there" : "is not there");
		}
	}
}

static void add_module(struct reading *reading, const char *directory, unsigned depth)
{
	const struct pom *pom = pom_read(reading->poms,
					 arena_strfmt(reading->arena, "%s/pom.xml", directory));
	const struct xml *modules;

	reading->is_unsure |= !pom;
	for (const struct pom *at = pom; at; at = at->parent) {
		add_text(reading, at->path);
		add_bytes(reading, at->bytes.bytes, at->bytes.len);
		add_activations(reading, at);
		reading->is_unsure |= is_unsure_of(at->project);
		reading->is_unsure |= !at->parent && xml_find(at->project, "parent");
	}
	modules = pom ? xml_find(pom->project, "modules") : NULL;
	for (const struct xml *module = modules ? modules->first : NULL; module; module = module->next) {
		reading->is_unsure |= depth == MODULES_MAX;
		if (depth < MODULES_MAX)
			add_module(reading, arena_strfmt(reading->arena, "%s/%s", directory, module->text),
				   depth + 1);
	}
}

static void add_surroundings(struct reading *reading, const char *base)
{
	static const char *const variables[] = {
		"MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_HOME", "M2_HOME", "JAVA_HOME", "PATH",
	};
	static const char *const files[] = { "maven.config", "jvm.config", "extensions.xml" };
	const char *home = getenv("HOME"), *libjvm = NULL, *java = NULL;
	struct err none = ERR_INIT;

	if (jvm_find(reading->arena, NULL, &libjvm, &java, &none) == ERR_OK)
		add_text(reading, libjvm);	/* profiles look for its version */
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		add_text(reading, getenv(variables[i]));
	add_file(reading, arena_strfmt(reading->arena, "%s/.m2/settings.xml", home ? home : ""));
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		add_file(reading, arena_strfmt(reading->arena, "%s/.mvn/%s", base, files[i]));
	add_text(reading, repository_maven(reading->arena));
}

struct told_before told_before(struct poms *poms, const char *base)
{
	struct arena *arena = poms->arena;
	struct reading reading = { arena, poms, FNV_BASIS, false }, name = { arena, poms, FNV_BASIS, false };
	const char *directory = cache_directory(arena);
	struct told_before told = { .base = base };

	add_module(&reading, base, 0);
	add_surroundings(&reading, base);
	add_text(&name, base);
	told.key = reading.key;
	if (directory && !reading.is_unsure)
		told.file = arena_strfmt(arena, "%s/%016" PRIx64 ".classpath", directory, name.key);
	return told;
}

/* ---- the file ---- */

static const char *head(struct arena *arena, const struct told_before *told)
{
	return arena_strfmt(arena, "vary class path %d %016" PRIx64 " %s\n", FORMAT, told->key, told->base);
}

static bool are_there(struct arena *arena, const char *classpath)
{
	while (*classpath) {
		size_t len = strcspn(classpath, ":");

		if (!file_exists(arena_strndup(arena, classpath, len)))
			return false;
		classpath += len + (classpath[len] == ':');
	}
	return true;
}

const char *told_before_find(struct arena *arena, const struct told_before *told)
{
	struct err unreadable = ERR_INIT;
	const char *text, *start = head(arena, told);
	struct span bytes;

	if (!told->file || !file_is_regular(told->file) ||
	    file_read(arena, told->file, FILE_MAX, &bytes, &unreadable) != ERR_OK)
		return NULL;
	text = arena_strndup(arena, (const char *)bytes.bytes, bytes.len);
	if (strncmp(text, start, strlen(start)))
		return NULL;
	text += strlen(start);
	return *text && are_there(arena, text) ? text : NULL;
}

/* Whether an entry outside the project is a version that still changes. */
static bool has_snapshot(const char *classpath, const char *base)
{
	while (*classpath) {
		size_t len = strcspn(classpath, ":");
		const char *snapshot = strstr(classpath, "SNAPSHOT");

		if (snapshot && snapshot < classpath + len && strncmp(classpath, base, strlen(base)))
			return true;
		classpath += len + (classpath[len] == ':');
	}
	return false;
}

void told_before_keep(struct arena *arena, const struct told_before *told, const char *classpath)
{
	struct err ignored = ERR_INIT;
	struct buf text;

	if (!told->file || has_snapshot(classpath, told->base) || !are_there(arena, classpath))
		return;
	buf_init(&text, FILE_MAX);
	buf_text(&text, head(arena, told));
	buf_text(&text, classpath);
	(void)!replace_file(told->file, buf_get(&text), &ignored);	/* Maven is asked again */
	buf_release(&text);
}
