/* Text of class files made presentable, into a wording. */
#ifndef ENGINE_WORDING_TEXT_H
#define ENGINE_WORDING_TEXT_H

#include "engine/wording.h"

/* Modified UTF-8 of `len` bytes; what is no character to be seen becomes ?. */
void wording_add_name(struct wording *wording, const char *name, size_t len);

/* In quotes, escaped; no more than about `max` bytes of it. */
void wording_add_string(struct wording *wording, const char *text, size_t len,
			size_t max);

/* A descriptor or an internal name: I is int, java/lang/String is String. */
void wording_add_type(struct wording *wording, const char *type, size_t len);

/* An EXPR_NUMBER: a character, true or false where one is `wanted`; in
 * lower case 'c' only if it is a letter or a digit. */
void wording_add_number(struct wording *wording, const struct expr *expr,
			char wanted);

#endif
