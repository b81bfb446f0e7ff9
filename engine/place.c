#include "engine/place.h"

#include <ctype.h>
#include <string.h>

#include "engine/idiom.h"
#include "util/name.h"

struct place {
	const char *package;	/* with its dot; or "" */
	const char *class_name, *method;
};

static bool is_number(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

/* Up to the first `mark` in `text`; NULL where there is none, or nothing before it. */
static char *before(struct arena *arena, const char *text, const char *mark)
{
	const char *at = strstr(text, mark);

	return at && at > text ? arena_strndup(arena, text, (size_t)(at - text)) : NULL;
}

/* Nested classes as the source has them: Cart.Companion; Util for Scala's Util$. */
static const char *with_dots(struct arena *arena, const char *name)
{
	char *copy = arena_strdup(arena, name);
	size_t len = strlen(copy);

	while (len > 1 && copy[len - 1] == '$')
		copy[--len] = '\0';
	for (char *at = copy; *at; at++)
		if (*at == '$')
			*at = '.';
	return copy;
}

/* ShopKt$evens$1.invokeSuspend is in evens(), Cents.isFree-impl in isFree(). */
static void of_kotlin(struct arena *arena, const char *source_file, struct place *place)
{
	char *copy = arena_strdup(arena, place->class_name), *rest = copy, *part, *written = NULL;
	const char *dash = strchr(place->method, '-');

	strsep(&rest, "$");
	while (!written && (part = strsep(&rest, "$")) != NULL) {
		if (islower((unsigned char)*part) && rest && isdigit((unsigned char)*rest))
			written = part;
	}
	if (written) {
		place->class_name = arena_strndup(arena, place->class_name, (size_t)(written - copy) - 1);
		place->method = written;
	} else if (!strcmp(place->method, "constructor-impl")) {
		place->method = "init";
	} else if (dash && dash > place->method) {
		place->method = arena_strndup(arena, place->method, (size_t)(dash - place->method));
	}
	if (source_file && name_ends_with(place->class_name, "Kt") && !strchr(place->class_name, '$'))
		place->class_name = source_file;
}

/* Cart$$anonfun$cheap$2.apply is in cheap, Shape$Ops$.isBig$extension in isBig. */
static void of_scala(struct arena *arena, struct place *place)
{
	const char *lambda = strstr(place->class_name, "$$anonfun$"), *cut;
	struct express express = { .idiom = &idiom_scala };
	struct wording name;

	if (lambda) {
		const char *method = lambda + strlen("$$anonfun$");

		cut = before(arena, method, "$");
		if (cut && !is_number(method)) {
			place->method = cut;
			place->class_name = arena_strndup(arena, place->class_name,
							  (size_t)(lambda - place->class_name));
		}
	}
	cut = before(arena, place->class_name, "$$anon$");
	if (cut)
		place->class_name = cut;
	if (name_ends_with(place->class_name, "$class"))
		place->class_name = arena_strndup(arena, place->class_name,
						  strlen(place->class_name) - strlen("$class"));
	cut = before(arena, place->method, "$default$");
	if (cut)
		place->method = !strcmp(cut, "$lessinit$greater") ? "this" : cut;
	wording_init(&name, &express);
	idiom_add_name(&name, place->method);
	if (!name.is_cut && name.len)
		place->method = arena_strdup(arena, name.text);
}

/* Cart$_total_closure1.doCall is in total(). */
static void of_groovy(struct arena *arena, struct place *place)
{
	const char *at = strstr(place->class_name, "$_");
	const char *method = at ? before(arena, at + 2, "_closure") : NULL;

	if (!method || at == place->class_name)
		return;
	place->method = method;
	place->class_name = arena_strndup(arena, place->class_name, (size_t)(at - place->class_name));
}

const char *place_name(struct arena *arena, const char *source_file, const char *class_name,
		     const char *method)
{
	const struct idiom *idiom = idiom_of(source_file, false, false, false);
	const char *dot = strrchr(class_name, '.');
	struct place place = { "", dot ? dot + 1 : class_name, method };

	if (!idiom || !*place.class_name)
		return arena_strfmt(arena, "%s#%s", class_name, method);
	if (dot)
		place.package = arena_strndup(arena, class_name, (size_t)(dot + 1 - class_name));
	switch (idiom->language) {
	case IDIOM_KOTLIN: of_kotlin(arena, source_file, &place); break;
	case IDIOM_SCALA: of_scala(arena, &place); break;
	case IDIOM_GROOVY: of_groovy(arena, &place); break;
	}
	if (place.class_name == source_file)
		return arena_strfmt(arena, "%s#%s", source_file, place.method);
	return arena_strfmt(arena, "%s%s#%s", place.package, with_dots(arena, place.class_name), place.method);
}
