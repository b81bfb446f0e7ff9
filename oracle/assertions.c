#include "oracle/assertions.h"

#include <string.h>

#include "classfile/class.h"

enum message { FIRST, LAST, NEVER };

static const struct row {
	enum assertion_kind kind;
	const char *owner, *names, *operands;
	enum message message;
} rows[] = {
#define ASSERTION(kind, owner, names, operands, message) \
	{ ASSERTION_##kind, owner, names, operands, message },
#include "oracle/assertions.def"
#undef ASSERTION
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))

struct text {
	const char *start;
	size_t len;
};

/* With * for any text. */
static bool matches(struct text pattern, struct text text)
{
	const char *p = pattern.start, *p_end = p + pattern.len, *star = NULL;
	const char *t = text.start, *t_end = t + text.len, *resume = NULL;

	while (t < t_end) {
		if (p < p_end && *p == '*') {
			star = ++p;
			resume = t;
		} else if (p < p_end && *p == *t) {
			p++;
			t++;
		} else if (star) {
			p = star;
			t = ++resume;
		} else {
			return false;
		}
	}
	while (p < p_end && *p == '*')
		p++;
	return p == p_end;
}

static bool matches_any(const char *patterns, struct text text)
{
	while (*patterns) {
		struct text pattern = { patterns, strcspn(patterns, " ") };

		if (matches(pattern, text))
			return true;
		patterns += pattern.len;
		patterns += strspn(patterns, " ");
	}
	return false;
}

static const struct row *row_of(const char *owner, struct text name)
{
	struct text whole = { owner, strlen(owner) };

	for (size_t i = 0; i < N_ROWS; i++)
		if (matches((struct text){ rows[i].owner, strlen(rows[i].owner) }, whole) &&
		    matches_any(rows[i].names, name))
			return &rows[i];
	return NULL;
}

static bool ends_with(struct text text, const char *end)
{
	size_t len = strlen(end);

	return text.len > len && !memcmp(text.start + text.len - len, end, len);
}

static bool is_class(struct descriptor_type type, const char *name)
{
	return type.kind == 'L' && type.len == strlen(name) + 2 &&
	       !memcmp(type.start + 1, name, type.len - 2);
}

static bool is_text(struct descriptor_type type)
{
	return is_class(type, "java/lang/String");
}

static bool is_supplier(struct descriptor_type type)
{
	return is_class(type, "java/util/function/Supplier") ||
	       is_class(type, "kotlin/jvm/functions/Function0");
}

static enum assertion_role role_of(char letter)
{
	switch (letter) {
	case 'a': return ROLE_ACTUAL;
	case 'e': return ROLE_EXPECTED;
	case 't': return ROLE_TOLERANCE;
	case 'f': return ROLE_CODE;
	case 'd': return ROLE_DOUBLE;
	default:  return ROLE_NONE;
	}
}

/* Parameters first .. n of the source's own, by the letters of a row. */
static void assign(const char *letters, enum message message,
		   const struct descriptor_type *types, uint16_t first, uint16_t n,
		   struct assertion *ret)
{
	uint16_t required = 0, last = n;

	for (const char *at = letters; *at; at++)
		required += *at != 't' && *at != '+';
	if (message == FIRST && n - first > required && is_text(types[first]))
		ret->roles[first++] = ROLE_MESSAGE;
	if (message == LAST && n - first > required &&
	    (is_text(types[n - 1]) || is_supplier(types[n - 1])))
		ret->roles[--last] = ROLE_MESSAGE;
	for (uint16_t i = first; i < last && *letters; i++) {
		ret->roles[i] = (uint8_t)role_of(*letters);
		if (letters[1] != '+')
			letters++;
	}
}

bool assertions_find(const char *owner, const char *name, const char *descriptor,
		     struct assertion *ret)
{
	struct descriptor_type types[ASSERTION_PARAMETERS_MAX], type;
	struct text text = { name, strlen(name) };
	const char *at = descriptor + 1, *letters;
	uint16_t first = 0, n = 0, last;
	const struct row *row;

	while (n < ASSERTION_PARAMETERS_MAX && descriptor_next(&at, &type))
		types[n++] = type;
	last = n;
	if (ends_with(text, "$default") && n >= 2) {
		text.len -= strlen("$default");
		last -= 2;	/* which ones are defaults, and a mark */
	} else if (ends_with(text, "$")) {
		text.len--;
		first = n && is_class(types[0], owner);
	}
	row = row_of(owner, text);
	if (!row)
		return false;
	memset(ret, 0, sizeof(*ret));
	ret->kind = row->kind;
	ret->n_parameters = n;
	letters = row->operands;
	if (letters[0] && letters[1] == '.') {
		ret->receiver = role_of(*letters);
		letters += 2;
		if (first)
			ret->roles[0] = (uint8_t)ret->receiver;
	}
	assign(letters, row->message, types, first, last, ret);
	return true;
}

bool assertions_is_loose(const char *name)
{
	static const char names[] =
		"assertNot* assertInstanceOf assertIsNot* assertContains isNot* isInstance* "
		"isExactlyInstanceOf isPositive isNegative isGreater* isLess* isBetween "
		"isStrictlyBetween isAfter* isBefore* isCloseTo hasSizeGreater* hasSizeLess* "
		"startsWith* endsWith* contains containsString containsAnyOf matches* doesNot* "
		"hasSameClassAs notNullValue greaterThan* lessThan* instanceOf isA any anything "
		"closeTo not hasItem hasItems shouldNot* shouldContain beGreater* beLess*";

	return matches_any(names, (struct text){ name, strlen(name) });
}

bool assertion_role_is_judged(enum assertion_role role)
{
	return role == ROLE_ACTUAL || role == ROLE_EXPECTED || role == ROLE_CODE ||
	       role == ROLE_DOUBLE;
}
