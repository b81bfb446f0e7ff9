#include "toml/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum err_code fail(const struct scan *scan, struct span word, const char *what)
{
	return toml_error(scan->toml, scan->pos, scan->err, "%.*s %s",
			  (int)(word.len < 100 ? word.len : 100), (const char *)word.bytes, what);
}

static int digit_value(uint8_t c, unsigned base)
{
	unsigned value = 99;

	if (c >= '0' && c <= '9')
		value = c - '0';
	else if (c >= 'a' && c <= 'f')
		value = c - 'a' + 10u;
	else if (c >= 'A' && c <= 'F')
		value = c - 'A' + 10u;
	return value < base ? (int)value : -1;
}

/* How many bytes of `word` from `at` on are digits, with single underscores
 * between them. */
static size_t digits(struct span word, size_t at, unsigned base)
{
	size_t start = at;

	while (at < word.len) {
		bool joins = word.bytes[at] == '_' && at > start && at + 1 < word.len &&
			     digit_value(word.bytes[at + 1], base) >= 0 && word.bytes[at - 1] != '_';

		if (!joins && digit_value(word.bytes[at], base) < 0)
			break;
		at++;
	}
	return at - start;
}

/* The digits from `at` to the end, which digits() has seen. */
static enum err_code read_integer(const struct scan *scan, struct span word, size_t at,
				  unsigned base, struct toml_value *ret)
{
	bool is_negative = word.bytes[0] == '-';
	uint64_t most = (uint64_t)INT64_MAX + is_negative, sum = 0;

	for (; at < word.len; at++) {
		uint64_t digit;

		if (word.bytes[at] == '_')
			continue;
		digit = (uint64_t)digit_value(word.bytes[at], base);
		if (sum > (most - digit) / base)
			return fail(scan, word, "does not fit 64 bits");
		sum = sum * base + digit;
	}
	ret->kind = TOML_INTEGER;
	if (!is_negative)
		ret->integer = (int64_t)sum;
	else
		ret->integer = sum > (uint64_t)INT64_MAX ? INT64_MIN : -(int64_t)sum;
	return ERR_OK;
}

static enum err_code read_float(const struct scan *scan, struct span word, struct toml_value *ret)
{
	char *plain = arena_alloc(scan->arena, word.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < word.len; i++)
		if (word.bytes[i] != '_')
			plain[n++] = (char)word.bytes[i];
	ret->kind = TOML_FLOAT;
	ret->real = strtod(plain, NULL);
	if (isinf(ret->real))
		return fail(scan, word, "does not fit a float of 64 bits");
	return ERR_OK;
}

static bool read_special(struct span word, size_t at, struct toml_value *ret)
{
	double sign = word.bytes[0] == '-' ? -1 : 1;

	if (word.len - at != 3)
		return false;
	ret->kind = TOML_FLOAT;
	ret->real = copysign(memcmp(word.bytes + at, "inf", 3) ? (double)NAN : (double)INFINITY, sign);
	return !memcmp(word.bytes + at, "inf", 3) || !memcmp(word.bytes + at, "nan", 3);
}

static unsigned prefix_base(struct span word)
{
	if (word.len < 2 || word.bytes[0] != '0')
		return 10;
	return word.bytes[1] == 'x' ? 16 : word.bytes[1] == 'o' ? 8 : word.bytes[1] == 'b' ? 2 : 10;
}

enum err_code number_read(const struct scan *scan, struct span word, struct toml_value *ret)
{
	unsigned base = prefix_base(word);
	size_t at = word.bytes[0] == '+' || word.bytes[0] == '-', whole, part;

	if (base != 10) {
		if (word.len == 2 || digits(word, 2, base) != word.len - 2)
			return fail(scan, word, "is not a number");
		return read_integer(scan, word, 2, base, ret);
	}
	if (read_special(word, at, ret))
		return ERR_OK;
	whole = digits(word, at, 10);
	if (!whole)
		return fail(scan, word, word.bytes[0] == '.' ? "is not a number: write 0 before the point"
							     : "is not a value; strings stand in quotes");
	if (whole > 1 && word.bytes[at] == '0')
		return fail(scan, word, "is not a number: it begins with 0");
	if (at + whole == word.len)
		return read_integer(scan, word, at, 10, ret);
	at += whole;
	if (word.bytes[at] == '.') {
		part = digits(word, at + 1, 10);
		if (!part)
			return fail(scan, word, "is not a number: digits must follow the point");
		at += 1 + part;
	}
	if (at < word.len && (word.bytes[at] == 'e' || word.bytes[at] == 'E')) {
		at++;
		at += at < word.len && (word.bytes[at] == '+' || word.bytes[at] == '-');
		part = digits(word, at, 10);
		if (!part)
			return fail(scan, word, "is not a number: digits must follow the e");
		at += part;
	}
	return at == word.len ? read_float(scan, word, ret) : fail(scan, word, "is not a number");
}
