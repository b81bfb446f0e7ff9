#include "project/repository.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "project/files.h"

#define SETTINGS_MAX ((size_t)1 << 20)

static const char *home(void)
{
	const char *path = getenv("HOME");

	return path ? path : "/";
}

/* The text behind `start` in `text`, up to one of `ends`; NULL for none. */
static const char *text_after(struct arena *arena, const char *text, const char *start,
			      const char *ends)
{
	const char *found = text ? strstr(text, start) : NULL;

	if (!found)
		return NULL;
	found += strlen(start);
	return arena_strndup(arena, found, strcspn(found, ends));
}

const char *repository_maven(struct arena *arena)
{
	const char *named = text_after(arena, getenv("MAVEN_OPTS"), "-Dmaven.repo.local=", " ");
	struct err unreadable = ERR_INIT;
	struct span settings;

	if (named)
		return named;
	if (file_read(arena, arena_strfmt(arena, "%s/.m2/settings.xml", home()), SETTINGS_MAX,
		      &settings, &unreadable) == ERR_OK)
		named = text_after(arena, arena_strndup(arena, (const char *)settings.bytes, settings.len),
				   "<localRepository>", "<");
	return named && *named == '/' ? named : arena_strfmt(arena, "%s/.m2/repository", home());
}

const char *repository_gradle(struct arena *arena)
{
	const char *own = getenv("GRADLE_USER_HOME");

	return own && *own ? arena_strfmt(arena, "%s/caches/modules-2/files-2.1", own)
			   : arena_strfmt(arena, "%s/.gradle/caches/modules-2/files-2.1", home());
}

/* They become parts of a path, and of a pattern of glob's. */
static bool is_part(const char *text)
{
	return *text && !strpbrk(text, "/\\*?[]{}$ \t\r\n") && strcmp(text, ".") && strcmp(text, "..");
}

static const char *fetched_by_gradle(struct arena *arena, const char *top, const struct artifact *artifact,
				     const char *file)
{
	const char *found = NULL;
	glob_t matches;

	if (!glob(arena_strfmt(arena, "%s/%s/%s/%s/*/%s", top, artifact->group, artifact->name,
			       artifact->version, file), 0, NULL, &matches)) {
		found = arena_strdup(arena, matches.gl_pathv[0]);
		globfree(&matches);
	}
	return found;
}

const char *repository_file(struct arena *arena, const struct repository *repository,
			    const struct artifact *artifact)
{
	const char *top = repository->top ? repository->top : repository_maven(arena), *file;
	char *folder;

	if (!is_part(artifact->group) || !is_part(artifact->name) || !is_part(artifact->version) ||
	    !is_part(artifact->extension) || (*artifact->classifier && !is_part(artifact->classifier)))
		return NULL;
	file = arena_strfmt(arena, "%s-%s%s%s.%s", artifact->name, artifact->version,
			    *artifact->classifier ? "-" : "", artifact->classifier, artifact->extension);
	if (repository->is_gradle)
		return fetched_by_gradle(arena, top, artifact, file);
	folder = arena_strdup(arena, artifact->group);
	for (char *c = folder; *c; c++)
		*c = *c == '.' ? '/' : *c;
	return arena_strfmt(arena, "%s/%s/%s/%s/%s", top, folder, artifact->name, artifact->version, file);
}
