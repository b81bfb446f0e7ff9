#include "toml/moment.h"

#include <ctype.h>

#define NANOSECOND_DIGITS 9

/* What is left of the word; a read that does not find what it wants fails, and
 * all after it do. */
struct cursor {
	const uint8_t *at, *end;
	bool failed;
};

static bool take(struct cursor *cursor, char c)
{
	if (cursor->failed || cursor->at == cursor->end || *cursor->at != c)
		return false;
	cursor->at++;
	return true;
}

static void want(struct cursor *cursor, char c)
{
	if (!take(cursor, c))
		cursor->failed = true;
}

/* Exactly `n` digits, a number from `least` to `most`. */
static unsigned number(struct cursor *cursor, int n, unsigned least, unsigned most)
{
	unsigned sum = 0;

	for (int i = 0; i < n && !cursor->failed; i++) {
		if (cursor->at == cursor->end || !isdigit(*cursor->at))
			cursor->failed = true;
		else
			sum = sum * 10 + (unsigned)(*cursor->at++ - '0');
	}
	if (sum < least || sum > most)
		cursor->failed = true;
	return sum;
}

static unsigned days_in(unsigned year, unsigned month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && is_leap);
}

static void read_date(struct cursor *cursor, struct toml_moment *ret)
{
	ret->year = (uint16_t)number(cursor, 4, 0, 9999);
	want(cursor, '-');
	ret->month = (uint8_t)number(cursor, 2, 1, 12);
	want(cursor, '-');
	ret->day = (uint8_t)number(cursor, 2, 1, days_in(ret->year, ret->month));
}

static void read_time(struct cursor *cursor, struct toml_moment *ret)
{
	int n = 0;

	ret->hour = (uint8_t)number(cursor, 2, 0, 23);
	want(cursor, ':');
	ret->minute = (uint8_t)number(cursor, 2, 0, 59);
	want(cursor, ':');
	ret->second = (uint8_t)number(cursor, 2, 0, 60);
	if (!take(cursor, '.'))
		return;
	for (; cursor->at < cursor->end && isdigit(*cursor->at); cursor->at++)
		if (n++ < NANOSECOND_DIGITS)
			ret->nanosecond = ret->nanosecond * 10 + (uint32_t)(*cursor->at - '0');
	if (!n)
		cursor->failed = true;
	for (; n < NANOSECOND_DIGITS; n++)
		ret->nanosecond *= 10;
}

static bool read_offset(struct cursor *cursor, struct toml_moment *ret)
{
	bool is_west = false;
	unsigned minutes;

	if (take(cursor, 'Z') || take(cursor, 'z'))
		return true;
	if (!take(cursor, '+')) {
		is_west = take(cursor, '-');
		if (!is_west)
			return false;
	}
	minutes = number(cursor, 2, 0, 23) * 60;
	want(cursor, ':');
	minutes += number(cursor, 2, 0, 59);
	ret->offset = (int16_t)(is_west ? -(int)minutes : (int)minutes);
	return true;
}

static bool begins_with_digits(struct span word, size_t n)
{
	if (word.len <= n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isdigit(word.bytes[i]))
			return false;
	return true;
}

bool moment_looks_like(struct span word)
{
	if (!begins_with_digits(word, 1))
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (word.bytes[i] == ':')
			return true;
	return begins_with_digits(word, 4) && word.bytes[4] == '-';
}

enum err_code moment_read(const struct scan *scan, struct span word, struct toml_value *ret)
{
	struct cursor cursor = { word.bytes, word.bytes + word.len, false };

	ret->moment = (struct toml_moment){ 0 };
	if (!(begins_with_digits(word, 4) && word.bytes[4] == '-')) {
		ret->kind = TOML_LOCAL_TIME;
		read_time(&cursor, &ret->moment);
	} else {
		ret->kind = TOML_LOCAL_DATE;
		read_date(&cursor, &ret->moment);
		if (take(&cursor, 'T') || take(&cursor, 't') || take(&cursor, ' ')) {
			read_time(&cursor, &ret->moment);
			ret->kind = read_offset(&cursor, &ret->moment) ? TOML_OFFSET_DATETIME
								       : TOML_LOCAL_DATETIME;
		}
	}
	if (!cursor.failed && cursor.at == cursor.end)
		return ERR_OK;
	return toml_error(scan->toml, scan->pos, scan->err,
			  "%.*s is not a date or time that exists, as in 1979-05-27T07:32:00Z",
			  (int)(word.len < 100 ? word.len : 100), (const char *)word.bytes);
}
