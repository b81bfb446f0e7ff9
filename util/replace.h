/* Files that are there whole or as they were before. */
#ifndef UTIL_REPLACE_H
#define UTIL_REPLACE_H

#include "util/buf.h"
#include "util/err.h"

/* Gives the file `path` this content, by way of a new one beside it. ERR_IO, naming
 * the file, where that cannot be: then nothing of it is left. */
enum err_code replace_file(const char *path, struct span content, struct err *err) MUST_CHECK;

#endif
