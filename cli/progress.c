#include "cli/progress.h"

#include <string.h>
#include <unistd.h>

#include "util/clock.h"

#define REDRAW_S 0.1
#define PLAIN_S 2.0	/* a plain line at most this often */
#define RATE_S 1.0	/* no rate before a phase has lasted so long */
#define BAR_MIN 10u
#define BAR_MAX 30u

static void write_stderr(const void *bytes, size_t len)
{
	/* Progress that cannot be shown is no reason to stop. */
	if (write(STDERR_FILENO, bytes, len) < 0)
		return;
}

static double now_monotonic(void)
{
	return (double)clock_ns() / 1e9;
}

void progress_init(struct progress *progress, struct style style, bool redraws, bool quiet)
{
	*progress = (struct progress){
		.style = style, .redraws = redraws, .quiet = quiet,
		.write = write_stderr, .now = now_monotonic,
	};
}

/* The names of run.h's phases, as said to people. */
static const struct phase_words {
	const char *name, *says;
	bool is_short;		/* worth a line only where it is wiped again */
} phases[] = {
	{ "resolving", "finding classes and tests", true },
	{ "compiling", "compiling", false },
	{ "planning", "planning", true },
	{ "starting", "starting the JVM", false },
	{ "discovering", "finding tests", false },
	{ "baseline", "running the tests unchanged", false },
	{ "mutants", "trying mutants", false },
	{ "fixing", "looking for assertions", false },
	{ "replaying", "running the tests on the change", false },
	{ "reference", "trying mutants on the whole suite", false },
	{ "explaining", "looking into why mutants survived", false },
};

static struct phase_words phase_words(const char *name)
{
	for (size_t i = 0; i < sizeof(phases) / sizeof(*phases); i++)
		if (!strcmp(phases[i].name, name))
			return phases[i];
	return (struct phase_words){ name, name, false };
}

static void clear_line(struct progress *progress)
{
	if (progress->is_line_shown)
		progress->write("\r\033[K", 4);
	progress->is_line_shown = false;
}

/* "  12.3/s, 8 s left" */
static void put_rate(const struct progress *progress, uint32_t done, uint32_t total,
		     struct buf *out)
{
	double elapsed = progress->now() - progress->started;
	double rate;

	if (elapsed < RATE_S || !done)
		return;
	rate = done / elapsed;
	buf_fmt(out, rate < 10 ? "  %.1f/s" : "  %.0f/s", rate);
	if (done >= total)
		return;
	buf_text(out, ", ");
	if ((total - done) / rate < 1)
		buf_text(out, "1 s");
	else if ((total - done) / rate < 60)
		buf_fmt(out, "%.0f s", (total - done) / rate);
	else
		style_duration(out, (total - done) / rate);
	buf_text(out, " left");
}

static void put_verdicts(const struct progress *progress, const struct run *run, struct buf *out)
{
	struct run_counts counts = run_count(run);

	if (!run->verdicts)
		return;
	buf_text(out, "  ");
	style_ink(&progress->style, out, INK_GOOD);
	buf_fmt(out, "%u killed", counts.detected);
	style_ink(&progress->style, out, INK_PLAIN);
	buf_text(out, ", ");
	style_ink(&progress->style, out, INK_BAD);
	buf_fmt(out, "%u survived", counts.by_status[STATUS_SURVIVED]);
	style_ink(&progress->style, out, INK_PLAIN);
}

/* Columns of what buf holds: escape sequences take none. */
static unsigned columns_of(const struct buf *text)
{
	unsigned columns = 0;

	for (size_t i = 0; i < text->len; i++) {
		if (text->bytes[i] == 0x1b)
			while (i < text->len && text->bytes[i] != 'm')
				i++;
		else
			columns += (text->bytes[i] & 0xc0) != 0x80;
	}
	return columns;
}

static void draw(struct progress *progress, const struct run *run, uint32_t done, uint32_t total)
{
	const char *says = phase_words(progress->phase).says;
	unsigned width = progress->style.width - 1, taken = (unsigned)strlen(says), bar;
	struct buf line, tail;

	buf_init(&line, 4096);
	buf_init(&tail, 4096);
	if (total) {
		buf_fmt(&tail, "  %u/%u", done, total);
		if (run)
			put_verdicts(progress, run, &tail);
		put_rate(progress, done, total, &tail);
	}
	taken += columns_of(&tail);
	buf_text(&line, "\r");
	buf_text(&line, says);
	bar = taken + 2 < width ? width - taken - 2 : 0;
	if (total && bar >= BAR_MIN) {
		buf_text(&line, "  ");
		style_bar(&progress->style, &line, bar < BAR_MAX ? bar : BAR_MAX, done, total);
	}
	if (taken < width)
		buf_span(&line, buf_get(&tail));
	buf_text(&line, "\033[K");
	progress->write(line.bytes, line.len);
	progress->is_line_shown = true;
	buf_release(&tail);
	buf_release(&line);
}

static void plain(struct progress *progress, const struct run *run, uint32_t done, uint32_t total)
{
	struct buf line;

	buf_init(&line, 4096);
	buf_fmt(&line, "vary: %s", phase_words(progress->phase).says);
	if (done) {
		buf_fmt(&line, ": %u of %u (%u %%)", done, total,
			(unsigned)(100ull * done / total));
		if (run)
			put_verdicts(progress, run, &line);
		put_rate(progress, done, total, &line);
	} else if (total && run) {
		buf_fmt(&line, ": %u", total);
	}
	buf_u1(&line, '\n');
	progress->write(line.bytes, line.len);
	buf_release(&line);
}

static void on_phase(void *context, const char *name, uint32_t total)
{
	struct progress *progress = context;

	progress->phase = name;
	progress->total = total;
	progress->started = progress->drawn = progress->now();
	progress->tenths = 0;
	if (progress->quiet)
		return;
	if (progress->redraws)
		draw(progress, NULL, 0, total);
	else if (!progress->is_brief && !phase_words(name).is_short)
		plain(progress, NULL, 0, total);
}

static void on_step(void *context, const struct run *run, uint32_t done, uint32_t total)
{
	struct progress *progress = context;
	unsigned tenths = total ? (unsigned)(10ull * done / total) : 0;
	double now;

	if (progress->quiet)
		return;
	now = progress->now();
	if (progress->redraws) {
		if (now - progress->drawn < REDRAW_S && done < total)
			return;
		draw(progress, run, done, total);
	} else {
		if (progress->is_brief || tenths == progress->tenths || now - progress->drawn < PLAIN_S)
			return;
		progress->tenths = tenths;
		plain(progress, run, done, total);
	}
	progress->drawn = now;
}

static void on_note(void *context, const char *text)
{
	struct progress *progress = context;
	struct buf line;

	if (progress->quiet)
		return;
	clear_line(progress);
	buf_init(&line, 65536);
	buf_text(&line, "vary: ");
	style_text(&progress->style, &line, text, STYLE_NO_LIMIT);
	buf_u1(&line, '\n');
	progress->write(line.bytes, line.len);
	buf_release(&line);
}

struct run_events progress_events(struct progress *progress)
{
	return (struct run_events){ progress, on_phase, on_step, on_note };
}

void progress_end(struct progress *progress)
{
	clear_line(progress);
}
