/* The two ways a program of ours ends without returning. */
#ifndef UTIL_DIE_H
#define UTIL_DIE_H

/* A programming error: prints where, aborts. Stays on in every build. */
#define BUG(...) die_bug(__FILE__, __LINE__, __VA_ARGS__)

void die_bug(const char *file, int line, const char *format, ...)
	__attribute__((noreturn, format(printf, 3, 4)));

/* Out of memory: one line, exit status 5 (the engine could not finish). */
void die_out_of_memory(void) __attribute__((noreturn));

#endif
