#include "project/surefire.h"

#include <stdlib.h>
#include <string.h>

#include "project/files.h"

#define LINE_MAX_BYTES ((size_t)4 << 20)
#define MODULES_MAX 4		/* levels of modules below it */
#define EXPANSIONS_MAX 16	/* of arguments within arguments */
#define BLANKS " \t\r\n"

struct surefire {
	struct arena *arena;
	struct poms *poms;
	struct test_jvm *jvm;
	struct text_list *looked_at;
	const struct pom *pom;		/* whose module's arguments are looked for */
	struct text_list names;		/* of its system properties so far */
	bool is_failsafe;		/* the plugin looked at: failsafe, whose tests may be named */
	struct test_names *tests;	/* of test classes */
	const char *groups, *excluded;	/* of tests, by their tags; NULL: not found so far */
	bool are_unknown;		/* which are the tests */
	const char *execution;		/* whose configuration is taken; NULL: the plugin's own */
};

static bool same_text(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static void skipped(const struct surefire *s, const char *what, const char *why)
{
	text_list_add(s->arena, s->looked_at,
		      arena_strfmt(s->arena, "skipped %s of %s/pom.xml: %s%s", what, s->pom->directory, why,
				   strstr(why, "before vary is started") ? "" : "; the JVM of the tests can be given it with --jvm-arg"));
}

static void add_argument(struct surefire *s, const char *argument)
{
	const char *refused = test_jvm_add_argument(s->arena, s->jvm, argument);

	if (refused)
		skipped(s, refused, "all is on the class path here, not in modules");
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
			? pom_property(s->pom, arena_strndup(s->arena, word + 2, strlen(word) - 3)) : NULL;
		struct buf text;

		if (value && depth < EXPANSIONS_MAX) {	/* of several words, perhaps */
			take_words(s, value, depth + 1);
			continue;
		}
		buf_init(&text, LINE_MAX_BYTES);
		if (!is_property && pom_expand(s->pom, word, &text))
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

	if (text_list_has(&s->names, name))
		return;
	text_list_add(s->arena, &s->names, name);
	buf_init(&text, LINE_MAX_BYTES);
	if (pom_expand(s->pom, value, &text))
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
}

/* A file of properties: "name=value" or "name: value" a line, what Java writes there. */
static void take_properties_file(struct surefire *s, const struct xml *configuration)
{
	const char *path = pom_value(s->pom, xml_text(configuration, "systemPropertiesFile"));
	struct err unreadable = ERR_INIT;
	char *text, *rest = NULL;
	struct span bytes;

	if (!path || !*path)
		return;
	if (*path != '/')
		path = arena_strfmt(s->arena, "%s/%s", s->pom->directory, path);
	if (!file_is_regular(path) || file_read(s->arena, path, LINE_MAX_BYTES, &bytes, &unreadable) != ERR_OK) {
		skipped(s, "systemPropertiesFile", arena_strfmt(s->arena, "%s cannot be read", path));
		return;
	}
	text = arena_strndup(s->arena, bytes.len ? (const char *)bytes.bytes : "", bytes.len);
	for (char *line = strtok_r(text, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
		char *name = line + strspn(line, BLANKS), *value = name + strcspn(name, "=: \t");

		if (!*name || strchr("#!", *name))
			continue;
		if (*value)
			*value++ = 0;
		value += strspn(value, "=: \t");
		if (strchr(name, '\\') || strchr(value, '\\'))
			skipped(s, name, arena_strfmt(s->arena, "%s writes it with a backslash", path));
		else
			take_property(s, name, value);
	}
}

/* ---- variables of the environment ---- */

static void take_variable(struct surefire *s, const char *name, const char *value)
{
	if (text_list_has(&s->names, name))
		return;	/* nearer */
	text_list_add(s->arena, &s->names, name);
	if (!test_jvm_set_variable(s->arena, s->jvm, name, value))
		text_list_add(s->arena, s->looked_at,
			      arena_strfmt(s->arena, "skipped environment variable %.100s of %s/pom.xml: too long, or another module gives it another value",
					   name, s->pom->directory));
}

static void take_variables(struct surefire *s, const struct xml *configuration)
{
	const struct xml *at = xml_find(configuration, "environmentVariables");

	for (at = at ? at->first : NULL; at; at = at->next) {
		const char *value = pom_value(s->pom, at->text);

		if (value)
			take_variable(s, at->name, value);
		else
			skipped(s, at->name, arena_strfmt(s->arena, "its value %s names what only a build knows; it can be set in the environment before vary is started",
							  at->text));
	}
	at = xml_find(configuration, "excludedEnvironmentVariables");
	for (at = at ? at->first : NULL; at; at = at->next)
		take_variable(s, at->text, NULL);
}

/* ---- the plugin ---- */

typedef void take_configuration(struct surefire *s, const struct xml *configuration);

static bool is_plugin(const struct surefire *s, const char *artifact)
{
	return same_text(artifact, s->is_failsafe ? "maven-failsafe-plugin" : "maven-surefire-plugin");
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
			for (const struct xml *part = NULL; (part = pom_next_part(pom, part));)
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
		if (!pom_expand(s->pom, list->text, &text) ||
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

bool surefire_test_names(struct poms *poms, const char *base, struct test_names *ret,
			 struct text_list *looked_at)
{
	struct surefire s = { .arena = poms->arena, .poms = poms, .looked_at = looked_at, .tests = ret };

	memset(ret, 0, sizeof(*ret));
	s.pom = pom_read(poms, arena_strfmt(poms->arena, "%s/pom.xml", base));
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
	if (pom_expand(s->pom, text, &value)) {
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

const struct test_choice *surefire_test_choice(struct poms *poms, const char *base,
					       struct text_list *looked_at)
{
	struct surefire s = { .arena = poms->arena, .poms = poms, .looked_at = looked_at };
	struct test_choice *tags;

	s.pom = pom_read(poms, arena_strfmt(poms->arena, "%s/pom.xml", base));
	if (!s.pom)
		return NULL;
	all_configurations(&s, take_groups);
	take_expression(&s, "groups", pom_property(s.pom, "groups"), &s.groups);
	take_expression(&s, "excludedGroups", pom_property(s.pom, "excludedGroups"), &s.excluded);
	if (s.are_unknown || ((!s.groups || !*s.groups) && (!s.excluded || !*s.excluded)))
		return NULL;
	tags = ARENA_NEW(poms->arena, struct test_choice);
	*tags = (struct test_choice){ s.groups ? s.groups : "", s.excluded ? s.excluded : "", "", "" };
	return tags;
}

/* ---- the JVM's arguments, of all modules ---- */

/* Surefire's, then what failsafe says where that says nothing. */
static void both_plugins(struct surefire *s, take_configuration *take)
{
	s->is_failsafe = false;
	all_configurations(s, take);
	s->is_failsafe = true;
	all_configurations(s, take);
	s->is_failsafe = false;
}

static void read_module(struct surefire *s, const char *directory, unsigned depth)
{
	const struct pom *pom = pom_read(s->poms, arena_strfmt(s->arena, "%s/pom.xml", directory));
	const struct xml *module;
	const char *line;

	if (!pom)
		return;
	s->pom = pom;
	s->names.n = 0;
	all_configurations(s, take_line);
	line = s->names.n ? NULL : pom_property(pom, "argLine");
	if (line)
		take_words(s, line, 0);
	else if (!s->names.n)
		both_plugins(s, take_line);
	s->names.n = 0;
	both_plugins(s, take_properties);
	both_plugins(s, take_properties_file);
	s->names.n = 0;
	both_plugins(s, take_variables);
	module = xml_find(pom->project, "modules");
	for (module = module ? module->first : NULL; module && depth < MODULES_MAX; module = module->next)
		read_module(s, arena_strfmt(s->arena, "%s/%s", directory, module->text), depth + 1);
}

static const char *joined(struct arena *arena, const struct text_list *list, uint32_t from)
{
	const char *text = "";

	for (uint32_t i = from; i < list->n; i++)
		text = arena_strfmt(arena, "%s %s", text, list->items[i]);
	return text;
}

void surefire_read(struct poms *poms, const char *base, struct test_jvm *ret, struct text_list *looked_at)
{
	struct surefire s = { .arena = poms->arena, .poms = poms, .jvm = ret, .looked_at = looked_at };
	uint32_t n_arguments = ret->arguments.n, n_environment = ret->environment.n;

	read_module(&s, base, 0);
	if (ret->arguments.n > n_arguments)
		text_list_add(s.arena, looked_at, arena_strfmt(s.arena, "pom.xml, for the JVM of the tests:%s",
							       joined(s.arena, &ret->arguments, n_arguments)));
	if (ret->environment.n > n_environment)
		text_list_add(s.arena, looked_at, arena_strfmt(s.arena, "pom.xml, environment of the tests:%s",
							       joined(s.arena, &ret->environment, n_environment)));
}
