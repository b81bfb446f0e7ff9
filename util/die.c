#include "util/die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void die_bug(const char *file, int line, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "vary: BUG at %s:%d: ", file, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

void die_out_of_memory(void)
{
	static const char text[] = "vary: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(5);
	_exit(5);
}
