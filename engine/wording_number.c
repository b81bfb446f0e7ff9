#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/wording_text.h"

static void add_real(struct wording *w, double value, bool is_float)
{
	char text[40];

	for (int digits = 1; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (is_float ? strtof(text, NULL) == (float)value
			     : strtod(text, NULL) == value)
			break;
	}
	if (isnan(value))
		strcpy(text, "NaN");
	else if (isinf(value))
		strcpy(text, value < 0 ? "-infinity" : "infinity");
	else if (!strpbrk(text, ".e"))
		strcat(text, ".0");
	wording_add(w, text);
}

static void add_character(struct wording *w, uint16_t value)
{
	char text[12];

	if (value == '\n' || value == '\t' || value == '\r')
		snprintf(text, sizeof(text), "'\\%c'",
			 value == '\n' ? 'n' : value == '\t' ? 't' : 'r');
	else if (value == '\'' || value == '\\')
		snprintf(text, sizeof(text), "'\\%c'", value);
	else if (value >= 0x20 && value < 0x7f)
		snprintf(text, sizeof(text), "'%c'", value);
	else
		snprintf(text, sizeof(text), "'\\u%04x'", value);
	wording_add(w, text);
}

static void add_integer(struct wording *w, int64_t value, char wanted)
{
	char text[24];

	if (wanted == 'Z' && (value == 0 || value == 1))
		wording_add(w, value ? "true" : "false");
	else if ((wanted == 'C' && value >= 0 && value <= UINT16_MAX) ||
		 (wanted == 'c' && value >= '0' && value <= 'z' && isalnum((int)value)))
		add_character(w, (uint16_t)value);
	else if (value == INT32_MAX || value == INT32_MIN)
		wording_add(w, value > 0 ? "Integer.MAX_VALUE" : "Integer.MIN_VALUE");
	else if (value == INT64_MAX || value == INT64_MIN)
		wording_add(w, value > 0 ? "Long.MAX_VALUE" : "Long.MIN_VALUE");
	else {
		snprintf(text, sizeof(text), "%lld", (long long)value);
		wording_add(w, text);
	}
}

void wording_add_number(struct wording *w, const struct expr *expr, char wanted)
{
	uint32_t narrow = (uint32_t)expr->bits;
	double wide;
	float real;

	switch (*expr->type) {
	case 'F':
		memcpy(&real, &narrow, sizeof(real));
		add_real(w, (double)real, true);
		break;
	case 'D':
		memcpy(&wide, &expr->bits, sizeof(wide));
		add_real(w, wide, false);
		break;
	default:
		add_integer(w, (int64_t)expr->bits, wanted);
	}
}
