#include <string.h>

#include "engine/idiom.h"
#include "engine/wording_text.h"

/* Scala's names of the characters of operators, and what any language may have. */
static const char *operator_at(const char *text, size_t len, size_t *ret_len)
{
	static const struct { const char *name, *sign; } signs[] = {
		{ "$plus", "+" }, { "$minus", "-" }, { "$times", "*" }, { "$div", "/" },
		{ "$percent", "%" }, { "$eq", "=" }, { "$less", "<" }, { "$greater", ">" },
		{ "$bang", "!" }, { "$amp", "&" }, { "$bar", "|" }, { "$up", "^" },
		{ "$tilde", "~" }, { "$colon", ":" }, { "$qmark", "?" }, { "$at", "@" },
		{ "$hash", "#" }, { "$bslash", "\\" },
	};

	for (size_t i = 0; *text == '$' && i < sizeof(signs) / sizeof(*signs); i++) {
		*ret_len = strlen(signs[i].name);
		if (*ret_len <= len && !memcmp(text, signs[i].name, *ret_len))
			return signs[i].sign;
	}
	return NULL;
}

/* Operators spelled as such. */
static void add_decoded(struct wording *w, const char *name, size_t len)
{
	size_t from = 0, sign_len;
	const char *sign;

	for (size_t i = 0; w->idiom->language == IDIOM_SCALA && i < len; ) {
		sign = operator_at(name + i, len - i, &sign_len);
		if (!sign) {
			i++;
			continue;
		}
		wording_add_name(w, name + from, i - from);
		wording_add(w, sign);
		from = i += sign_len;
	}
	wording_add_name(w, name + from, len - from);
}

void idiom_add_name(struct wording *w, const char *name)
{
	size_t len = strlen(name);

	w->idiom->trim(&name, &len);
	add_decoded(w, name, len);
}

const char *idiom_primitive(char letter, enum idiom_language language)
{
	static const char *const names[] = { "Byte", "Char", "Double", "Float", "Int", "Long", "Short", "Boolean" };
	const char *at = letter ? strchr("BCDFIJSZ", letter) : NULL;

	return at && language != IDIOM_GROOVY ? names[at - "BCDFIJSZ"] : NULL;
}

const char *idiom_simple_name(const char *name)
{
	const char *start = name;
	size_t skip;

	for (const char *at = name; *at; at++)
		if (operator_at(at, strlen(at), &skip))
			at += skip - 1;
		else if ((*at == '/' || *at == '$') && at[1])
			start = at + 1;
	return start;
}

void idiom_add_class(struct wording *w, const char *name)
{
	const char *start = idiom_simple_name(name);
	size_t len = strlen(start);

	if (*name == '[') {
		wording_add_type(w, name, strlen(name));
		return;
	}
	if (len > 1 && start[len - 1] == '$')	/* of a Scala object */
		len--;
	if (!strcmp(start, "package$") || !strcmp(start, "class") || !strcmp(start, "DefaultImpls")) {
		const char *end = start - 1;

		for (start = end; start > name && start[-1] != '/' && start[-1] != '$'; )
			start--;
		len = start < end ? (size_t)(end - start) : 0;
	}
	add_decoded(w, start, len);
}
