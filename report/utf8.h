/* Text from class files and sources, one character at a time.
 *
 * Class files hold "modified UTF-8" (JVMS 4.4.7): characters past U+FFFF as two
 * surrogates of three bytes each. Both that and plain UTF-8 are read; bytes
 * that are neither come out as U+FFFD, one each.
 */
#ifndef REPORT_UTF8_H
#define REPORT_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"

#define UTF8_INVALID 0xfffd

/* The character at *text, which is moved behind it. Not to be called at the
 * terminating NUL. */
uint32_t utf8_next(const char **text);

void utf8_put(struct buf *out, uint32_t character);

/* Whether a terminal could take it for a command, or it would change the
 * direction of the text around it: never to be shown as it is. */
bool utf8_is_control(uint32_t character);

/* How many columns of a terminal it takes: 0, 1 or 2. */
unsigned utf8_columns(uint32_t character);

/* Appends `text` as plain, valid UTF-8. */
void utf8_clean(struct buf *out, const char *text);

#endif
