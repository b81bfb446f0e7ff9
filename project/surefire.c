#include "project/surefire.h"

#include <stdlib.h>
#include <string.h>

#include "project/pom.h"

#define LINE_MAX_BYTES ((size_t)4 << 20)
#define MODULES_MAX 4		/* levels of modules below it */
#define EXPANSIONS_MAX 16	/* of properties within properties */
#define BLANKS " \t\r\n"

struct surefire {
	struct arena *arena;
	unsigned java;
	struct text_list *arguments, *looked_at;
	const struct pom *pom;		/* whose module's arguments are looked for */
	struct text_list names;		/* of its system properties so far */
	bool asks_for_tests;		/* not for the JVM: of surefire alone, not of failsafe */
	struct test_names *tests;	/* of test classes */
	const char *groups, *excluded;	/* of tests, by their tags; NULL: not found so far */
	bool are_unknown;		/* which are the tests */
	const char *execution;		/* whose configuration is taken; NULL: the plugin's own */
};

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

static bool is_for_java(const struct xml *profile, unsigned java)
{
	const char *jdk = xml_text(profile, "activation/jdk");

	return jdk && *jdk && fits_java(jdk, java);
}

/* A default is one only where no other profile of its pom is active. */
static bool is_active(const struct pom *pom, const struct xml *profile, unsigned java)
{
	const struct xml *other = xml_find(pom->project, "profiles/profile");

	if (is_for_java(profile, java))
		return true;
	if (!same_text(xml_text(profile, "activation/activeByDefault"), "true"))
		return false;
	while (other && !is_for_java(other, java))
		other = other->next;
	return !other;
}

/* The next active profile behind `at` (NULL: from the first), then the project itself. */
static const struct xml *next_part(const struct surefire *s, const struct pom *pom,
				   const struct xml *at)
{
	const struct xml *profile;

	if (at == pom->project)
		return NULL;
	profile = at ? at->next : xml_find(pom->project, "profiles/profile");
	while (profile && !is_active(pom, profile, s->java))
		profile = profile->next;
	return profile ? profile : pom->project;
}

/* ---- properties ---- */

static const char *known_by_name(const struct surefire *s, const char *name)
{
	const struct pom *pom = s->pom;

	if (!strncmp(name, "env.", 4))
		return getenv(name + 4);
	if (!strcmp(name, "user.home"))
		return getenv("HOME");
	if (!strcmp(name, "surefire.forkNumber") || !strcmp(name, "surefire.threadNumber"))
		return "1";
	if (!strcmp(name, "basedir") || !strcmp(name, "project.basedir") || !strcmp(name, "user.dir"))
		return pom->directory;
	if (!strcmp(name, "project.build.directory"))
		return arena_strfmt(s->arena, "%s/target", pom->directory);
	if (!strcmp(name, "project.build.outputDirectory"))
		return arena_strfmt(s->arena, "%s/target/classes", pom->directory);
	if (!strcmp(name, "project.build.testOutputDirectory"))
		return arena_strfmt(s->arena, "%s/target/test-classes", pom->directory);
	for (; pom && !strncmp(name, "project.", 8) && !strchr(name + 8, '.'); pom = pom->parent) {
		const char *text = xml_text(pom->project, name + 8);

		if (text)
			return text;
	}
	return NULL;
}

static const char *property(const struct surefire *s, const char *name)
{
	for (const struct pom *pom = s->pom; pom; pom = pom->parent)
		for (const struct xml *part = NULL; (part = next_part(s, pom, part));) {
			const struct xml *at = xml_find(part, "properties");

			for (at = at ? at->first : NULL; at; at = at->next)
				if (!strcmp(at->name, name))
					return at->text;
		}
	return known_by_name(s, name);
}

/* With properties in place of ${name} and surefire's @{name}. */
static bool expand(const struct surefire *s, const char *text, unsigned depth, struct buf *ret)
{
	while (*text) {
		const char *value;
		size_t len;

		if ((*text != '$' && *text != '@') || text[1] != '{') {
			buf_u1(ret, (uint8_t)*text++);
			continue;
		}
		len = strcspn(text + 2, "}");
		value = property(s, arena_strndup(s->arena, text + 2, len));
		if (!value || depth == EXPANSIONS_MAX || !expand(s, value, depth + 1, ret))
			return false;
		text += 2 + len + (text[2 + len] == '}');
	}
	return true;
}

static void skipped(const struct surefire *s, const char *what, const char *why)
{
	text_list_add(s->arena, s->looked_at,
		      arena_strfmt(s->arena, "skipped %s of %s/pom.xml: %s; the JVM of the tests can be given it with --jvm-arg",
				   what, s->pom->directory, why));
}

static bool starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

/* Speaks of modules that are none here, where all classes are on the class path:
 * the JVM would not even start. */
static bool needs_modules(const char *argument)
{
	static const char *const options[] = {
		"--module-path=", "--patch-module=", "--add-reads=", "--limit-modules=",
	};
	const char *module = argument + strlen("--add-modules=");

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (starts_with(argument, options[i]))
			return true;
	if (!starts_with(argument, "--add-modules="))
		return false;
	for (;;) {
		if (!starts_with(module, "java.") && !starts_with(module, "jdk.") && !starts_with(module, "ALL-"))
			return true;
		module += strcspn(module, ",");
		if (!*module++)
			return false;
	}
}

/* "--add-opens", "java.base/java.lang=ALL-UNNAMED" become one. */
static void add_argument(struct surefire *s, const char *argument)
{
	struct text_list *list = s->arguments;
	const char *last = list->n ? list->items[list->n - 1] : "";

	if (!strncmp(last, "--", 2) && !strchr(last, '=') && *argument != '-') {
		list->n--;
		argument = arena_strfmt(s->arena, "%s=%s", last, argument);
	}
	if (needs_modules(argument)) {
		skipped(s, argument, "all is on the class path here, not in modules");
		return;
	}
	for (uint32_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], argument))
			return;
	text_list_add(s->arena, list, argument);
}

/* ---- argLine ---- */

/* The next word of a command line, with quotes as in a shell; NULL at the end. */
static const char *next_word(struct arena *arena, const char **line)
{
	const char *at = *line + strspn(*line, BLANKS), *word;
	struct buf text;
	char quote = 0;

	if (!*at)
		return NULL;
	buf_init(&text, LINE_MAX_BYTES);
	for (; *at && (quote || !strchr(BLANKS, *at)); at++)
		if (quote ? *at == quote : *at == '"' || *at == '\'')
			quote = quote ? 0 : *at;
		else
			buf_u1(&text, (uint8_t)*at);
	word = arena_strndup(arena, (const char *)text.bytes, text.len);
	buf_release(&text);
	*line = at;
	return word;
}

/* A property that nobody set is a plugin's, set while Maven builds, and empty
 * without it (jacoco's agent): nothing is lost. */
static bool is_plugins_own(const char *word)
{
	return !strncmp(word, "@{", 2) || !strcmp(word, "${argLine}") ||
	       !strcmp(word, "${surefireArgLine}") || !strcmp(word, "${jacocoArgLine}");
}

static void take_words(struct surefire *s, const char *line, unsigned depth)
{
	const char *word;

	while ((word = next_word(s->arena, &line))) {
		bool is_property = (*word == '$' || *word == '@') && word[1] == '{' &&
				   strcspn(word, "}") + 1 == strlen(word);
		const char *value = is_property
			? property(s, arena_strndup(s->arena, word + 2, strlen(word) - 3)) : NULL;
		struct buf text;

		if (value && depth < EXPANSIONS_MAX) {	/* of several words, perhaps */
			take_words(s, value, depth + 1);
			continue;
		}
		buf_init(&text, LINE_MAX_BYTES);
		if (!is_property && expand(s, word, 0, &text))
			add_argument(s, arena_strndup(s->arena, (const char *)text.bytes, text.len));
		else if (!is_plugins_own(word))
			skipped(s, word, "it names what only a build knows");
		buf_release(&text);
	}
}

/* ---- system properties ---- */

static void take_property(struct surefire *s, const char *name, const char *value)
{
	struct buf text;

	for (uint32_t i = 0; i < s->names.n; i++)
		if (!strcmp(s->names.items[i], name))
			return;
	text_list_add(s->arena, &s->names, name);
	buf_init(&text, LINE_MAX_BYTES);
	if (expand(s, value, 0, &text))
		add_argument(s, arena_strfmt(s->arena, "-D%s=%.*s", name, (int)text.len,
					     text.len ? (const char *)text.bytes : ""));
	else
		skipped(s, name, arena_strfmt(s->arena, "its value %s names what only a build knows", value));
	buf_release(&text);
}

static void take_properties(struct surefire *s, const struct xml *configuration)
{
	const struct xml *list = xml_find(configuration, "systemPropertyVariables");

	for (list = list ? list->first : NULL; list; list = list->next)
		take_property(s, list->name, list->text);
	list = xml_find(configuration, "systemProperties");
	for (list = list ? list->first : NULL; list; list = list->next) {
		const char *name = xml_text(list, "name"), *value = xml_text(list, "value");

		if (name && value)
			take_property(s, name, value);
	}
	list = xml_find(configuration, "environmentVariables");
	for (list = list ? list->first : NULL; list; list = list->next)
		text_list_add(s->arena, s->looked_at,
			      arena_strfmt(s->arena, "skipped environment variable %s of %s/pom.xml: set it before vary is started",
					   list->name, s->pom->directory));
}

/* ---- the plugin ---- */

typedef void take_configuration(struct surefire *s, const struct xml *configuration);

static bool is_plugin(const struct surefire *s, const char *artifact)
{
	return same_text(artifact, "maven-surefire-plugin") ||
	       (!s->asks_for_tests && same_text(artifact, "maven-failsafe-plugin"));
}

static void each_configuration(struct surefire *s, const struct xml *plugins,
			       take_configuration *take)
{
	for (const struct xml *plugin = plugins ? plugins->first : NULL; plugin; plugin = plugin->next) {
		const struct xml *execution;

		if (!is_plugin(s, xml_text(plugin, "artifactId")))
			continue;
		execution = xml_find(plugin, "executions");
		for (execution = execution ? execution->first : NULL; execution; execution = execution->next) {
			const char *id = xml_text(execution, "id");

			s->execution = id ? id : "default";
			take(s, xml_find(execution, "configuration"));
		}
		s->execution = NULL;
		take(s, xml_find(plugin, "configuration"));
	}
}

/* Nearest first: what a pom says, what its parents say, what any manages. */
static void all_configurations(struct surefire *s, take_configuration *take)
{
	static const char *const paths[] = { "build/plugins", "build/pluginManagement/plugins" };

	for (size_t i = 0; i < 2; i++)
		for (const struct pom *pom = s->pom; pom; pom = pom->parent)
			for (const struct xml *part = NULL; (part = next_part(s, pom, part));)
				each_configuration(s, xml_find(part, paths[i]), take);
}

static void take_line(struct surefire *s, const struct xml *configuration)
{
	const char *line = xml_text(configuration, "argLine");

	if (line && !s->names.n) {	/* the nearest alone */
		text_list_add(s->arena, &s->names, line);
		take_words(s, line, 0);
	}
}

/* ---- which classes are tests ---- */

static void take_names(struct surefire *s, const struct xml *list, struct text_list *to)
{
	for (list = list ? list->first : NULL; list; list = list->next) {
		struct buf text;

		buf_init(&text, LINE_MAX_BYTES);
		if (!expand(s, list->text, 0, &text) ||
		    !test_names_add(s->arena, to, arena_strndup(s->arena, text.len ? (const char *)text.bytes : "",
								text.len))) {
			text_list_add(s->arena, s->looked_at,
				      arena_strfmt(s->arena, "skipped the pattern %s of %s/pom.xml: neither a path with stars nor a plain regular expression; every test class is taken, or see --include-tests",
						   list->text, s->pom->directory));
			s->are_unknown = true;
		}
		buf_release(&text);
	}
}

/* The nearest that has any. An execution beside the usual one runs others again:
 * too many are better than too few. */
static void take_tests(struct surefire *s, const struct xml *configuration)
{
	const struct xml *includes = xml_find(configuration, "includes");
	const struct xml *excludes = xml_find(configuration, "excludes");

	if (xml_find(configuration, "suiteXmlFiles") ||
	    ((includes || excludes) && s->execution && strcmp(s->execution, "default-test") != 0))
		s->are_unknown = true;
	if (!s->tests->includes.n)
		take_names(s, includes, &s->tests->includes);
	if (!s->tests->excludes.n)
		take_names(s, excludes, &s->tests->excludes);
}

bool surefire_test_names(struct arena *arena, const char *base, unsigned java,
			 struct test_names *ret, struct text_list *looked_at)
{
	struct surefire s = { .arena = arena, .java = java, .looked_at = looked_at,
			      .asks_for_tests = true, .tests = ret };

	memset(ret, 0, sizeof(*ret));
	s.pom = pom_read(arena, arena_strfmt(arena, "%s/pom.xml", base));
	if (!s.pom)
		return false;
	all_configurations(&s, take_tests);
	return !s.are_unknown;
}

/* ---- which tests, by their tags ---- */

static void take_expression(struct surefire *s, const char *name, const char *text, const char **ret)
{
	struct buf value;

	if (!text || *ret)	/* the nearest */
		return;
	buf_init(&value, LINE_MAX_BYTES);
	if (expand(s, text, 0, &value)) {
		*ret = arena_strndup(s->arena, value.len ? (const char *)value.bytes : "", value.len);
	} else {
		s->are_unknown = true;
		text_list_add(s->arena, s->looked_at,
			      arena_strfmt(s->arena, "skipped <%s> of %s/pom.xml: %s names what only a build knows; tests with any tags are taken",
					   name, s->pom->directory, text));
	}
	buf_release(&value);
}

static void take_groups(struct surefire *s, const struct xml *configuration)
{
	const char *groups = xml_text(configuration, "groups");
	const char *excluded = xml_text(configuration, "excludedGroups");

	if ((groups || excluded) && s->execution && strcmp(s->execution, "default-test") != 0)
		s->are_unknown = true;	/* as in take_tests() */
	take_expression(s, "groups", groups, &s->groups);
	take_expression(s, "excludedGroups", excluded, &s->excluded);
}

const struct test_choice *surefire_test_choice(struct arena *arena, const char *base, unsigned java,
					   struct text_list *looked_at)
{
	struct surefire s = { .arena = arena, .java = java, .looked_at = looked_at, .asks_for_tests = true };
	struct test_choice *tags;

	s.pom = pom_read(arena, arena_strfmt(arena, "%s/pom.xml", base));
	if (!s.pom)
		return NULL;
	all_configurations(&s, take_groups);
	take_expression(&s, "groups", property(&s, "groups"), &s.groups);
	take_expression(&s, "excludedGroups", property(&s, "excludedGroups"), &s.excluded);
	if (s.are_unknown || ((!s.groups || !*s.groups) && (!s.excluded || !*s.excluded)))
		return NULL;
	tags = ARENA_NEW(arena, struct test_choice);
	*tags = (struct test_choice){ s.groups ? s.groups : "", s.excluded ? s.excluded : "", "", "" };
	return tags;
}

/* ---- the JVM's arguments, of all modules ---- */

static void read_module(struct surefire *s, const char *directory, unsigned depth)
{
	const struct pom *pom = pom_read(s->arena, arena_strfmt(s->arena, "%s/pom.xml", directory));
	const struct xml *module;
	const char *line;

	if (!pom)
		return;
	s->pom = pom;
	s->names.n = 0;
	all_configurations(s, take_line);
	line = s->names.n ? NULL : property(s, "argLine");
	if (line)
		take_words(s, line, 0);
	s->names.n = 0;
	all_configurations(s, take_properties);
	module = xml_find(pom->project, "modules");
	for (module = module ? module->first : NULL; module && depth < MODULES_MAX; module = module->next)
		read_module(s, arena_strfmt(s->arena, "%s/%s", directory, module->text), depth + 1);
}

void surefire_read(struct arena *arena, const char *base, unsigned java,
		   struct text_list *ret, struct text_list *looked_at)
{
	struct surefire s = { .arena = arena, .java = java, .arguments = ret, .looked_at = looked_at };
	const char *taken = "";

	read_module(&s, base, 0);
	for (uint32_t i = 0; i < ret->n; i++)
		taken = arena_strfmt(arena, "%s %s", taken, ret->items[i]);
	if (ret->n)
		text_list_add(arena, looked_at, arena_strfmt(arena, "pom.xml, for the JVM of the tests:%s", taken));
}
