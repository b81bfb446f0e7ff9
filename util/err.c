#include "util/err.h"

#include <stdarg.h>
#include <stdio.h>

enum err_code err_set(struct err *err, enum err_code code,
		      const char *format, ...)
{
	va_list args;

	err->code = code;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	for (char *c = err->text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	return code;
}
