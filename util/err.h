/* One record of what went wrong, filled by whoever detects it.
 *
 * A function that can fail returns enum err_code and takes `struct err *err`
 * last. The detector writes the message once; everyone above passes it up
 * untouched; only cli prints it. On success *err is left alone.
 */
#ifndef UTIL_ERR_H
#define UTIL_ERR_H

enum err_code {
	ERR_OK = 0,
	ERR_FORMAT,	/* the bytes or the text are not what they claim to be */
	ERR_LIMIT,	/* well formed, but larger than we accept */
	ERR_USAGE,	/* what the user asked for makes no sense */
	ERR_MISSING,	/* something that must be there is not: a file, a JVM, tests */
	ERR_IO,		/* the operating system said no */
	ERR_WORKER,	/* a JVM worker died or broke the protocol */
	ERR_TESTS,	/* the tests fail without any mutation */
	ERR_EMPTY,	/* nothing to measure: no mutants, no tests */
	ERR_STOPPED,	/* the user interrupted */
};

struct err {
	enum err_code code;
	char text[1000];	/* one line, no final stop, no "error:" prefix */
};

#define ERR_INIT { ERR_OK, "" }
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* Passes a failure up. Only in functions that hold nothing. */
#define TRY(call)                                                \
	do {                                                     \
		enum err_code try_code = (call);                 \
		if (try_code != ERR_OK)                          \
			return try_code;                         \
	} while (0)

/* Fills *err and returns `code`, so that a detector reads
 * `return err_set(err, ERR_IO, "%s: %s", path, strerror(errno))`.
 * Control characters in what is formatted are replaced by '?': names come
 * from untrusted files and the text ends up on a terminal. */
enum err_code err_set(struct err *err, enum err_code code,
		      const char *format, ...) PRINTF_LIKE(3, 4);

#endif
