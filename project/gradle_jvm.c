#include "project/gradle_jvm.h"

#include <string.h>

#include "project/gradle_blocks.h"

#define STRINGS_MAX 1000	/* of one statement */

enum kind { KIND_ARGUMENT, KIND_PROPERTY, KIND_VARIABLE };

struct setting {
	enum kind kind;
	const char *name, *value;	/* of an argument: its text, NULL */
};

struct reading {
	struct arena *arena;
	struct text_list *looked_at;
	struct setting *settings;	/* [n] what is set again is set anew */
	uint32_t n;
};

static void put(struct reading *r, enum kind kind, const char *name, const char *value)
{
	for (uint32_t i = 0; i < r->n; i++)
		if (kind != KIND_ARGUMENT && r->settings[i].kind == kind && !strcmp(r->settings[i].name, name)) {
			r->settings[i].value = value;
			return;
		}
	r->settings = arena_room(r->arena, r->settings, r->n, sizeof(*r->settings));
	r->settings[r->n++] = (struct setting){ kind, name, value };
}

/* A string, true, false or a whole number; behind it in *at. NULL: something else. */
static const char *take_value(struct reading *r, const struct token **at)
{
	const struct token *token = *at;
	const char *text = "";

	if (token->kind == TOKEN_STRING || script_is(token, TOKEN_NAME, "true") || script_is(token, TOKEN_NAME, "false")) {
		++*at;
		return token->text;
	}
	for (; token->kind == TOKEN_SIGN && *token->text >= '0' && *token->text <= '9'; token++)
		text = arena_strfmt(r->arena, "%s%s", text, token->text);
	*at = token;
	return *text ? text : NULL;
}

/* "'name', value", in brackets or not. */
static bool take_pair(struct reading *r, const struct token *at, enum kind kind)
{
	bool is_enclosed = script_is(at, TOKEN_SIGN, "(");
	const char *name, *value;

	at += is_enclosed;
	name = at->kind == TOKEN_STRING ? at++->text : NULL;
	if (!name || !*name || !script_is(at, TOKEN_SIGN, ","))
		return false;
	at++;
	value = take_value(r, &at);
	if (!value || (is_enclosed && !script_is(at++, TOKEN_SIGN, ")")) || !script_ends(at))
		return false;
	put(r, kind, name, value);
	return true;
}

/* "'a': 'b', c: 1" or "'a' to 'b'", up to a bracket. */
static bool take_map(struct reading *r, const struct token *at, enum kind kind)
{
	bool is_enclosed;

	at += script_is(at, TOKEN_SIGN, "=");
	is_enclosed = script_is(at, TOKEN_SIGN, "(");
	at += is_enclosed;
	if (script_is(at, TOKEN_NAME, "mapOf") && script_is(at + 1, TOKEN_SIGN, "("))
		at += 2;
	else if (script_is(at, TOKEN_SIGN, "["))
		at++;
	else if (at->kind == TOKEN_END)
		return false;
	for (;;) {
		const char *name, *value;

		while (at->kind == TOKEN_LINE)
			at++;
		name = at->kind == TOKEN_STRING || at->kind == TOKEN_NAME ? at++->text : NULL;
		if (!name || !*name || !(script_is(at, TOKEN_SIGN, ":") || script_is(at, TOKEN_NAME, "to")))
			return false;
		at++;
		value = take_value(r, &at);
		if (!value)
			return false;
		put(r, kind, name, value);
		while (at->kind == TOKEN_LINE)
			at++;
		if (!script_is(at, TOKEN_SIGN, ","))
			break;
		at++;
	}
	if (script_is(at, TOKEN_SIGN, "]") || script_is(at, TOKEN_SIGN, ")"))
		at++;
	if (is_enclosed && script_is(at, TOKEN_SIGN, ")"))
		at++;
	return script_ends(at);
}

static bool take_arguments(struct reading *r, const struct token *at)
{
	const char **strings = ARENA_NEW_N(r->arena, const char *, STRINGS_MAX);
	uint32_t n;

	if (script_is(at, TOKEN_SIGN, "+"))
		at++;
	if (!gradle_blocks_strings(at, strings, STRINGS_MAX, &n))
		return false;
	for (uint32_t i = 0; i < n; i++)
		put(r, KIND_ARGUMENT, strings[i], NULL);
	return true;
}

static bool take_heap(struct reading *r, const struct token *at, const char *option)
{
	const char *size;
	uint32_t n;

	if (!gradle_blocks_strings(at, &size, 1, &n) || n != 1)
		return false;
	put(r, KIND_ARGUMENT, arena_strfmt(r->arena, "%s%s", option, size), NULL);
	return true;
}

/* NULL: the name is none of these. */
static const char *take(struct reading *r, const struct gradle_word *word, bool *ret_is_taken)
{
	const struct token *behind = word->at + 1;
	const char *name = word->at->text;
	bool is_plain = word->in == GRADLE_TEST && word->begins_statement;

	if (!strcmp(name, "jvmArgs"))
		*ret_is_taken = is_plain && take_arguments(r, behind);
	else if (!strcmp(name, "systemProperty"))
		*ret_is_taken = is_plain && take_pair(r, behind, KIND_PROPERTY);
	else if (!strcmp(name, "systemProperties"))
		*ret_is_taken = is_plain && take_map(r, behind, KIND_PROPERTY);
	else if (!strcmp(name, "environment"))
		*ret_is_taken = is_plain && (take_pair(r, behind, KIND_VARIABLE) || take_map(r, behind, KIND_VARIABLE));
	else if (!strcmp(name, "maxHeapSize"))
		*ret_is_taken = is_plain && take_heap(r, behind, "-Xmx");
	else if (!strcmp(name, "minHeapSize"))
		*ret_is_taken = is_plain && take_heap(r, behind, "-Xms");
	else if (!strcmp(name, "allJvmArgs") || !strcmp(name, "jvmArgumentProviders"))
		*ret_is_taken = false;
	else
		return NULL;
	return name;
}

static void hear(void *context, const struct gradle_word *word)
{
	struct reading *r = context;
	bool is_taken;
	const char *name = take(r, word, &is_taken);

	if (name && !is_taken)
		text_list_add(r->arena, r->looked_at,
			      arena_strfmt(r->arena, "skipped %s of %s: only Gradle can tell its value; where tests need it, %s", name, word->path,
					   strcmp(name, "environment") ? "--jvm-arg gives it to them"
					   : "it can be set in the environment before vary is started"));
}

static void give(struct reading *r, const struct setting *setting, struct test_jvm *ret)
{
	const char *refused = NULL;

	if (setting->kind == KIND_VARIABLE) {
		if (!test_jvm_set_variable(r->arena, ret, setting->name, setting->value))
			text_list_add(r->arena, r->looked_at,
				      arena_strfmt(r->arena, "skipped environment variable %.100s of a Gradle build: too long, or another module gives it another value",
						   setting->name));
		return;
	}
	refused = test_jvm_add_argument(r->arena, ret, setting->kind == KIND_ARGUMENT ? setting->name
					: arena_strfmt(r->arena, "-D%s=%s", setting->name, setting->value));
	if (refused)
		text_list_add(r->arena, r->looked_at,
			      arena_strfmt(r->arena, "skipped %s of a Gradle build: all is on the class path here, not in modules", refused));
}

void gradle_jvm_read(struct arena *arena, const char *base, struct test_jvm *ret, struct text_list *looked_at)
{
	struct reading r = { .arena = arena, .looked_at = looked_at };
	const char *taken = "";

	gradle_blocks_walk(arena, base, hear, &r);
	for (uint32_t i = 0; i < r.n; i++) {
		const struct setting *setting = &r.settings[i];

		give(&r, setting, ret);
		taken = arena_strfmt(arena, "%s %s%s%s%s", taken, setting->kind == KIND_PROPERTY ? "-D" : "", setting->name,
				     setting->value ? "=" : "", setting->value ? setting->value : "");
	}
	if (r.n)
		text_list_add(arena, looked_at, arena_strfmt(arena, "Gradle, for the JVM of the tests of %s:%s", base, taken));
}
