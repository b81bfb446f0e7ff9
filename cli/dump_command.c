#include "cli/dump_command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "classfile/dump.h"
#include "cli/outcome.h"
#include "runner/runner.h"

#define CLASS_BYTES_MAX (64u << 20)	/* of one class file */
#define DUMP_MAX ((size_t)1 << 30)

static enum err_code read_class(struct arena *arena, const char *path, struct span *ret,
				struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err_code code = ERR_OK;
	struct stat status;
	uint8_t *bytes;
	size_t len = 0;
	ssize_t n = 1;

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (fstat(fd, &status) || !S_ISREG(status.st_mode) || status.st_size > CLASS_BYTES_MAX) {
		code = err_set(err, ERR_LIMIT, "%s: not a file, or larger than %u MiB", path,
			       CLASS_BYTES_MAX >> 20);
		goto out;
	}
	bytes = arena_alloc(arena, (size_t)status.st_size + 1);
	while (len < (size_t)status.st_size && n > 0) {
		n = read(fd, bytes + len, (size_t)status.st_size - len);
		len += n > 0 ? (size_t)n : 0;
	}
	if (n < 0)
		code = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	*ret = (struct span){ bytes, len };
out:
	close(fd);
	return code;
}

struct notes {
	const struct plan *plan;
};

static void put_notes(void *context, uint16_t method, const struct insn *insn, struct buf *out)
{
	const struct plan *plan = ((struct notes *)context)->plan;

	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[i];

		if (mutant->method != method)
			continue;
		for (uint16_t j = 0; j < mutant->n_pcs; j++) {
			if (mutant->pcs[j] != insn->pc)
				continue;
			buf_fmt(out, "      ; %s  %s%s\n", mutant->id, mutant->description,
				j ? " (a copy)" : "");
		}
	}
}

/* Dumped text holds names from the class file: harmless only without control
 * characters, of which our own output has tab and newline. */
static void make_harmless(struct buf *text)
{
	for (size_t i = 0; i < text->len; i++) {
		uint8_t c = text->bytes[i];

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f ||
		    (c == 0xc2 && i + 1 < text->len && text->bytes[i + 1] < 0xa0))
			text->bytes[i] = '?';
	}
}

static enum err_code dump_one(const struct options *options, struct span bytes,
			      const char *what, struct buf *out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct plan plan;
	struct notes notes = { &plan };
	enum err_code code;

	plan_init(&plan, &arena, &options->plan);
	code = plan_class(&plan, bytes, what, err);
	if (code == ERR_OK) {
		plan_finish(&plan);
		dump_class(plan.classes[0].class, &(struct dump_notes){ put_notes, &notes }, out);
		make_harmless(out);
	}
	arena_release(&arena);
	return code;
}

/* "shop.Price", "shop/Price.class" and "Price" all name shop.Price. */
static bool is_named(const char *name, const char *asked)
{
	size_t len = strlen(asked), name_len = strlen(name);
	const char *tail;

	if (len > 6 && !strcmp(asked + len - 6, ".class"))
		len -= 6;
	if (len > name_len)
		return false;
	tail = name + name_len - len;
	for (size_t i = 0; i < len; i++)
		if (tail[i] != (asked[i] == '/' ? '.' : asked[i]))
			return false;
	return tail == name || tail[-1] == '.';
}

static bool is_chosen(const struct options *options, const char *entry, const char *name)
{
	if (entry)
		return is_named(name, entry);
	for (uint32_t i = 1; i < options->targets.n; i++)
		if (is_named(name, options->targets.items[i]))
			return true;
	return options->targets.n == 1;
}

static enum err_code dump_target(struct options *options, struct arena *arena,
				 struct buf *out, struct err *err)
{
	struct run_settings settings = options_run_settings(options);
	char *target = arena_strdup(arena, options->targets.items[0]);
	char *entry = access(target, F_OK) ? strchr(target, '!') : NULL;
	const char *targets[1] = { target };
	struct run run;
	enum err_code code;
	uint32_t n = 0;

	if (entry) {
		*entry++ = '\0';
		entry += *entry == '/';
	}
	settings.request.targets = targets;
	settings.request.n_targets = 1;
	run_init(&run, &settings, NULL);
	code = runner_plan(&run, err);
	if (code == ERR_EMPTY)
		code = ERR_OK;	/* a class without mutants can be dumped */
	for (uint32_t i = 0; i < run.project.n_classes && code == ERR_OK; i++) {
		const struct project_class *class = &run.project.classes[i];

		if ((!class->is_target && options->targets.n == 1 && !entry) ||
		    !is_chosen(options, entry, class->name))
			continue;
		if (n++)
			buf_u1(out, '\n');
		code = dump_one(options, class->bytes, class->what, out, err);
	}
	if (code == ERR_OK && !n)
		code = err_set(err, ERR_MISSING, "%s: no such class in it",
			       options->targets.items[0]);
	runner_release(&run);
	return code;
}

int dump_command_run(struct options *options)
{
	const char *target = options->targets.items[0];
	size_t len = strlen(target);
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct span bytes = span_none;
	struct buf out;
	enum err_code code;
	int status;

	buf_init(&out, DUMP_MAX);
	if (len > 6 && !strcmp(target + len - 6, ".class") &&
	    (!access(target, F_OK) || !strchr(target, '!'))) {
		code = read_class(&arena, target, &bytes, &err);
		if (code == ERR_OK)
			code = dump_one(options, bytes, target, &out, &err);
	} else {
		code = dump_target(options, &arena, &out, &err);
	}
	status = code == ERR_OK ? EXIT_DONE : outcome_fail(&err);
	status = outcome_print(&out, status);
	arena_release(&arena);
	return status;
}
