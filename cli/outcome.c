#include "cli/outcome.h"

#include <unistd.h>

#include "cli/terminal.h"

int outcome_status(enum err_code code)
{
	switch (code) {
	case ERR_OK:
		return EXIT_DONE;
	case ERR_FORMAT:
	case ERR_LIMIT:
	case ERR_USAGE:
	case ERR_MISSING:
	case ERR_IO:
		return EXIT_USAGE;
	case ERR_EMPTY:
		return EXIT_NOTHING;
	case ERR_TESTS:
		return EXIT_TESTS;
	case ERR_WORKER:
		return EXIT_UNFINISHED;
	case ERR_STOPPED:
		return EXIT_INTERRUPTED;
	}
	return EXIT_UNFINISHED;
}

int outcome_fail(const struct err *err)
{
	terminal_complain(err->text);
	return outcome_status(err->code);
}

int outcome_print(struct buf *result, int status)
{
	struct err err = ERR_INIT;

	if (terminal_write_all(STDOUT_FILENO, result, &err) != ERR_OK) {
		terminal_complain(err.text);
		status = EXIT_UNFINISHED;
	}
	buf_release(result);
	return status;
}
