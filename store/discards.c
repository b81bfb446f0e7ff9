#include "store/discards.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "store/store_schema.h"
#include "util/replace.h"

/* ---- lines ---- */

struct lines {
	struct buf *out;
	uint64_t n;		/* that there would be */
	uint64_t written;
};

/* A field: names in class files and messages of a JVM may hold anything. */
static void put_field(struct buf *out, const char *text, size_t max)
{
	size_t len = strnlen(text, max);

	if (text[len])		/* no half characters */
		while (len && ((uint8_t)text[len] & 0xc0) == 0x80)
			len--;
	for (size_t i = 0; i < len; i++)
		buf_u1(out, (uint8_t)text[i] < 0x20 || text[i] == 0x7f ? ' ' : (uint8_t)text[i]);
}

static bool begin_line(struct lines *lines, const char *what, const char *name)
{
	lines->n++;
	if (lines->written == DISCARDS_MAX)
		return false;
	lines->written++;
	buf_text(lines->out, what);
	buf_u1(lines->out, '\t');
	put_field(lines->out, name, SIZE_MAX);
	buf_u1(lines->out, '\t');
	return true;
}

static void put_place(struct buf *out, const struct plan_class *class, const char *method, uint32_t line)
{
	put_field(out, class->display_name, SIZE_MAX);
	buf_u1(out, '.');
	put_field(out, method, SIZE_MAX);
	buf_u1(out, '(');
	put_field(out, class->source_file ? class->source_file : "Unknown Source", SIZE_MAX);
	if (line)
		buf_fmt(out, ":%u", line);
	buf_text(out, ")\t");
}

static void end_line(struct buf *out, const char *reason)
{
	put_field(out, reason, DISCARDS_REASON_MAX);
	buf_u1(out, '\n');
}

/* ---- what there is ---- */

static void put_discarded(const struct run *run, struct lines *lines)
{
	for (uint32_t i = 0; run->verdicts && i < run->plan.n_mutants; i++) {
		const struct mutant *mutant = &run->plan.mutants[i];
		const struct verdict *verdict = &run->verdicts[i];

		if (verdict->status != STATUS_DISCARDED || !begin_line(lines, "discarded", mutant->id))
			continue;
		put_place(lines->out, &run->plan.classes[mutant->class_number], mutant->method_name,
			  mutant->line);
		end_line(lines->out, verdict->detail ? verdict->detail : "");
	}
}

static void put_impossible(const struct run *run, struct lines *lines)
{
	for (uint32_t i = 0; i < run->plan.n_skips; i++) {
		const struct plan_skip *skip = &run->plan.skips[i];

		if (!begin_line(lines, "impossible", "-"))
			continue;
		put_field(lines->out, skip->class_name, SIZE_MAX);
		buf_u1(lines->out, '.');
		put_field(lines->out, skip->method, SIZE_MAX);
		buf_u1(lines->out, '\t');
		end_line(lines->out, skip->reason);
	}
}

static void put_filtered(const struct run *run, struct lines *lines)
{
	const struct filtered *filtered = &run->plan.filtered;
	uint64_t n = 0;

	for (uint32_t i = 0; i < filtered->n; i++) {
		const struct filtered_change *change = &filtered->changes[i];
		const struct plan_class *class = &run->plan.classes[change->class_number];

		if (!begin_line(lines, "filtered", operators[change->row].name))
			continue;
		put_place(lines->out, class, class->class->methods[change->method].name, change->line);
		buf_fmt(lines->out, "%s: ", filter_info[change->filter].name);
		end_line(lines->out, filter_info[change->filter].says);
	}
	for (unsigned i = 0; i < N_FILTERS; i++)
		n += filtered->counts[i];
	lines->n += n - filtered->n;
}

void discards_put(const struct run *run, struct buf *out)
{
	struct lines lines = { .out = out };

	put_discarded(run, &lines);
	put_impossible(run, &lines);
	put_filtered(run, &lines);
	if (lines.n > lines.written)
		buf_fmt(out, "... and %llu more\n", (unsigned long long)(lines.n - lines.written));
}

/* ---- the file ---- */

static enum err_code put_file(const char *path, const struct buf *text, struct err *err)
{
	if (text->len)
		return replace_file(path, buf_get(text), err);
	if (unlink(path) && errno != ENOENT)
		return err_set(err, ERR_IO, "cannot remove %s: %s", path, strerror(errno));
	return ERR_OK;
}

void discards_write(const struct run *run)
{
	const struct run_events *events = &run->events;
	struct arena scratch = ARENA_INIT;
	struct err err = ERR_INIT;
	const char *path;
	struct buf text;

	if (run->settings.only_mutants)
		return;
	path = arena_strfmt(&scratch, "%s/" STORE_DIRECTORY "/" DISCARDS_FILE, run->project.directory);
	buf_init(&text, SIZE_MAX);
	discards_put(run, &text);
	if (put_file(path, &text, &err) != ERR_OK && events->note)
		events->note(events->context, err.text);
	buf_release(&text);
	arena_release(&scratch);
}
