#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/files.h"
#include "project/pom.h"

#define EXPANSIONS_MAX 16	/* of properties within properties */
#define VALUE_MAX ((size_t)1 << 20)
#define BLANKS " \t\r\n"

static bool same_text(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* ---- profiles ---- */

/* "1.8" and "8" are 8; an open end is 0. */
static unsigned feature(const char *version)
{
	version += strspn(version, BLANKS);
	if (!strncmp(version, "1.", 2))
		version += 2;
	return (unsigned)strtoul(version, NULL, 10);
}

/* <jdk> of an activation: "11", "!1.8", "[9,)", "(,17]", "[9,12)". */
static bool fits_java(const char *wanted, unsigned java)
{
	const char *comma = strchr(wanted, ',');
	bool is_not = *wanted == '!';
	unsigned low, high;

	if (!java)
		return false;
	if (!strchr("[(", *wanted))
		return (feature(wanted + is_not) == java) != is_not;
	if (!comma)
		return feature(wanted + 1) == java;
	low = feature(wanted + 1);
	high = feature(comma + 1);
	return (java > low || (java == low && *wanted == '[')) &&
	       (!high || java < high || (java == high && strchr(comma, ']')));
}

/* A property or an environment variable: nobody sets one for us, but the environment is there.
 * "!x" is one that is not set. */
static bool fits_property(const struct xml *profile)
{
	const char *name = xml_text(profile, "activation/property/name");
	const char *wanted = xml_text(profile, "activation/property/value"), *value;
	bool is_not;

	if (!name || !*name)
		return false;
	is_not = *name == '!';
	name += is_not;
	value = !strncmp(name, "env.", 4) ? getenv(name + 4) : NULL;
	if (wanted && *wanted == '!')
		return !value || strcmp(value, wanted + 1) != 0;
	if (wanted && *wanted)
		return value && !strcmp(value, wanted);
	return (value != NULL) != is_not;
}

/* Properties of the pom are not known yet when its profiles are chosen; its place is. */
static bool fits_file(const struct pom *pom, const struct xml *profile)
{
	static const char *const places[] = { "${basedir}/", "${project.basedir}/" };
	const char *exists = xml_text(profile, "activation/file/exists");
	const char *missing = xml_text(profile, "activation/file/missing");
	const char *path = exists && *exists ? exists : missing;

	if (!path)
		return false;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (!strncmp(path, places[i], strlen(places[i])))
			path += strlen(places[i]);
	if (!*path || strstr(path, "${"))
		return false;
	if (*path != '/')
		path = arena_strfmt(pom->poms->arena, "%s/%s", pom->directory, path);
	return file_exists(path) == (exists && *exists);
}

static bool fits_system(const struct xml *profile)
{
	const char *family = xml_text(profile, "activation/os/family"), *name = xml_text(profile, "activation/os/name");

	if (xml_find(profile, "activation/os/arch") || xml_find(profile, "activation/os/version"))
		return false;
	if (name)
		return !strcasecmp(name, "linux") && !family;
	return family && (*family == '!' ? strcasecmp(family + 1, "unix") != 0 : !strcasecmp(family, "unix"));
}

/* All that it names must hold. */
static bool is_called_for(const struct pom *pom, const struct xml *profile)
{
	const char *jdk = xml_text(profile, "activation/jdk");
	const struct xml *has_property = xml_find(profile, "activation/property");
	const struct xml *has_file = xml_find(profile, "activation/file"), *has_system = xml_find(profile, "activation/os");

	if (!(jdk && *jdk) && !has_property && !has_file && !has_system)
		return false;
	return (!jdk || !*jdk || fits_java(jdk, pom->poms->java)) && (!has_property || fits_property(profile)) &&
	       (!has_file || fits_file(pom, profile)) && (!has_system || fits_system(profile));
}

/* A default is one only where no other profile of its pom is active. */
static bool is_active(const struct pom *pom, const struct xml *profile)
{
	const struct xml *other = xml_find(pom->project, "profiles/profile");

	if (is_called_for(pom, profile))
		return true;
	if (!same_text(xml_text(profile, "activation/activeByDefault"), "true"))
		return false;
	while (other && !is_called_for(pom, other))
		other = other->next;
	return !other;
}

const struct xml *pom_next_part(const struct pom *pom, const struct xml *at)
{
	const struct xml *profile;

	if (at == pom->project)
		return NULL;
	profile = at ? at->next : xml_find(pom->project, "profiles/profile");
	while (profile && !is_active(pom, profile))
		profile = profile->next;
	return profile ? profile : pom->project;
}

/* ---- properties ---- */

const char *pom_build_path(const struct pom *pom, const char *element, const char *usual)
{
	const char *path = NULL;

	for (const struct pom *at = pom; at && !path; at = at->parent)
		for (const struct xml *part = NULL; !path && (part = pom_next_part(at, part));)
			path = pom_value(pom, xml_text(xml_find(part, "build"), element));
	if (!path || !*path)
		path = usual;
	return *path == '/' ? path : arena_strfmt(pom->poms->arena, "%s/%s", pom->directory, path);
}

/* Of the project itself: of an element that may stand in a parent instead. */
static const char *own_text(const struct pom *pom, const char *element)
{
	const struct pom *at = pom;

	for (; at; at = at->parent) {
		const char *text = xml_text(at->project, element);

		if (text)
			return text;
		text = strcmp(element, "version") && strcmp(element, "groupId") ? NULL
			: xml_text(xml_find(at->project, "parent"), element);
		if (text)
			return text;
	}
	return NULL;
}

static const char *build_place(const struct pom *pom, const char *name)
{
	const char *target = pom_build_path(pom, "directory", "target");

	if (!strcmp(name, "directory"))
		return target;
	if (!strcmp(name, "outputDirectory"))
		return pom_build_path(pom, name, arena_strfmt(pom->poms->arena, "%s/classes", target));
	if (!strcmp(name, "testOutputDirectory"))
		return pom_build_path(pom, name, arena_strfmt(pom->poms->arena, "%s/test-classes", target));
	if (!strcmp(name, "sourceDirectory"))
		return pom_build_path(pom, name, "src/main/java");
	if (!strcmp(name, "testSourceDirectory"))
		return pom_build_path(pom, name, "src/test/java");
	if (!strcmp(name, "finalName"))
		return arena_strfmt(pom->poms->arena, "%s-%s", own_text(pom, "artifactId"), own_text(pom, "version"));
	return NULL;
}

static const char *known_by_name(const struct pom *pom, const char *name)
{
	if (!strncmp(name, "env.", 4))
		return getenv(name + 4);
	if (!strcmp(name, "user.home"))
		return getenv("HOME");
	if (!strcmp(name, "file.separator") || !strcmp(name, "/"))
		return "/";
	if (!strcmp(name, "path.separator") || !strcmp(name, ":"))
		return ":";
	if (!strcmp(name, "surefire.forkNumber") || !strcmp(name, "surefire.threadNumber"))
		return "1";
	if (!strcmp(name, "basedir") || !strcmp(name, "project.basedir") || !strcmp(name, "user.dir"))
		return pom->directory;
	if (!strncmp(name, "project.build.", 14))
		return build_place(pom, name + 14);
	if (!strncmp(name, "project.parent.", 15))
		return xml_text(xml_find(pom->project, "parent"), name + 15);
	if (!strncmp(name, "project.", 8))
		return own_text(pom, strchr(name + 8, '.') ? "" : name + 8);
	return !strncmp(name, "pom.", 4) || !strcmp(name, "version") || !strcmp(name, "groupId")
		? own_text(pom, name + 4 * !strncmp(name, "pom.", 4)) : NULL;
}

const char *pom_property(const struct pom *pom, const char *name)
{
	for (const struct pom *from = pom; from; from = from->parent)
		for (const struct xml *part = NULL; (part = pom_next_part(from, part));) {
			const struct xml *at = xml_find(part, "properties");

			for (at = at ? at->first : NULL; at; at = at->next)
				if (!strcmp(at->name, name))
					return at->text;
		}
	return known_by_name(pom, name);
}

static bool expand(const struct pom *pom, const char *text, unsigned depth, struct buf *ret)
{
	while (*text && !ret->overflowed) {
		const char *value;
		size_t len;

		if ((*text != '$' && *text != '@') || text[1] != '{') {
			buf_u1(ret, (uint8_t)*text++);
			continue;
		}
		len = strcspn(text + 2, "}");
		value = pom_property(pom, arena_strndup(pom->poms->arena, text + 2, len));
		if (!value || depth == EXPANSIONS_MAX || !expand(pom, value, depth + 1, ret))
			return false;
		text += 2 + len + (text[2 + len] == '}');
	}
	return !ret->overflowed;
}

bool pom_expand(const struct pom *pom, const char *text, struct buf *ret)
{
	return expand(pom, text, 0, ret);
}

const char *pom_value(const struct pom *pom, const char *text)
{
	const char *value = NULL;
	struct buf whole;

	if (!text || !strstr(text, "{"))
		return text;
	buf_init(&whole, VALUE_MAX);
	if (pom_expand(pom, text, &whole))
		value = arena_strndup(pom->poms->arena, whole.len ? (const char *)whole.bytes : "", whole.len);
	buf_release(&whole);
	return value;
}
