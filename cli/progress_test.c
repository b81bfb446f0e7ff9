#include "cli/progress.h"

#include <string.h>

#include "util/test.h"

static char shown[65536];
static size_t shown_len;
static unsigned writes;
static double clock_s;

static void capture(const void *bytes, size_t len)
{
	if (len > sizeof(shown) - 1 - shown_len)
		len = sizeof(shown) - 1 - shown_len;
	memcpy(shown + shown_len, bytes, len);
	shown_len += len;
	shown[shown_len] = '\0';
	writes++;
}

static double fake_now(void)
{
	return clock_s;
}

static struct run_events begin(struct progress *progress, bool redraws, bool quiet)
{
	const struct style style = { 80, false, false };

	shown_len = 0;
	shown[0] = '\0';
	writes = 0;
	clock_s = 100;
	progress_init(progress, style, redraws, quiet);
	progress->write = capture;
	progress->now = fake_now;
	return progress_events(progress);
}

TEST(a_terminal_gets_one_line_at_most_ten_times_a_second)
{
	static const struct run run;
	struct progress progress;
	struct run_events events = begin(&progress, true, false);

	events.phase(events.context, "mutants", 1000);
	for (uint32_t i = 1; i <= 900; i++) {
		clock_s += 0.01;
		events.step(events.context, &run, i, 1000);
	}
	EXPECT(writes >= 80 && writes <= 95);
	EXPECT(!strchr(shown, '\n'));
	EXPECT(strstr(shown, "100/s, 1 s left"));
	shown_len = 0;
	progress_end(&progress);
	EXPECT_STR(shown, "\r\033[K");
}

TEST(elsewhere_every_phase_and_every_tenth_is_a_line)
{
	static const struct run run;
	struct progress progress;
	struct run_events events = begin(&progress, false, false);

	events.phase(events.context, "baseline", 4);
	events.phase(events.context, "mutants", 1000);
	for (uint32_t i = 1; i <= 1000; i++) {
		clock_s += 0.05;
		events.step(events.context, &run, i, 1000);
	}
	events.note(events.context, "odd\033[2J");
	progress_end(&progress);
	EXPECT(!strchr(shown, '\r'));
	EXPECT(!strchr(shown, '\033'));
	EXPECT(!strncmp(shown, "vary: running the tests unchanged\nvary: trying mutants\n"
			"vary: trying mutants: 100 of 1000 (10 %)  20/s, 45 s left\n", 40));
	EXPECT(strstr(shown, "vary: odd?[2J\n"));
	EXPECT_LONG(writes, 2 + 10 + 1);
}

TEST(quiet_is_quiet)
{
	static const struct run run;
	struct progress progress;
	struct run_events events = begin(&progress, true, true);

	events.phase(events.context, "mutants", 10);
	events.step(events.context, &run, 10, 10);
	events.note(events.context, "odd");
	progress_end(&progress);
	EXPECT_LONG(writes, 0);
}

TEST(the_line_never_reaches_the_last_column)
{
	static const struct run run;

	for (unsigned width = 40; width < 130; width++) {
		struct progress progress;
		struct run_events events = begin(&progress, true, false);

		progress.style.width = width;
		events.phase(events.context, "mutants", 100000);
		clock_s += 5000;
		shown_len = 0;
		events.step(events.context, &run, 55555, 100000);
		EXPECT(shown_len < width + 1 + 3);	/* \r and \033[K take no column */
	}
}
