/* What the program's streams are connected to. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "cli/options.h"
#include "report/style.h"

bool terminal_is(int fd);

/* Width, colour and symbols for what is written to `fd`. Needs setlocale(). */
struct style terminal_style(int fd, enum color_choice choice);

/* Writes all of it. ERR_IO where that fails: closed pipe, full disk. */
enum err_code terminal_write(int fd, struct span text, struct err *err) MUST_CHECK;

/* The same; ERR_LIMIT where it is not all there. */
enum err_code terminal_write_all(int fd, const struct buf *text, struct err *err) MUST_CHECK;

/* "vary: TEXT" on stderr. */
void terminal_complain(const char *text);

#endif
