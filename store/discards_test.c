#include "store/discards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "classfile/build_test.h"
#include "project/files.h"
#include "util/test.h"

struct bench {
	struct run run;
	struct verdict verdicts[8];
	char directory[40], notes[400];
	const char *path;
};

static void take_note(void *context, const char *text)
{
	struct bench *bench = context;

	snprintf(bench->notes, sizeof(bench->notes), "%s", text);
}

/* static int m(int a, int b) { return a + b; }, the same as a bridge of the
 * compiler's, and a method that cannot be read. */
static struct span sample(struct arena *arena)
{
	static const uint8_t code[] = { OPC_iload_0, OPC_iload_1, OPC_iadd, OPC_ireturn };
	static const uint8_t broken[] = { OPC_goto, 0x70, 0 };
	struct build b;

	build_start(&b, arena, 49);
	build_method(&b, "m", "(II)I", (struct build_code){ .bytes = { code, sizeof(code) } });
	build_method(&b, "bridge", "(II)I",
		     (struct build_code){ .bytes = { code, sizeof(code) }, .access = 0x1009 });
	build_method(&b, "broken", "()V", (struct build_code){ .bytes = { broken, sizeof(broken) } });
	return build_finish(&b);
}

static void bench_init(struct bench *bench)
{
	struct plan_settings settings = plan_default_settings();
	struct run *run = &bench->run;
	struct err err = ERR_INIT;

	memset(bench, 0, sizeof(*bench));
	strcpy(bench->directory, "/tmp/vary-discards-XXXXXX");
	EXPECT(mkdtemp(bench->directory) != NULL);
	run->project.directory = bench->directory;
	run->events = (struct run_events){ .context = bench, .note = take_note };
	settings.operators = UINT64_C(1) << (operator_find("ARITH_ADD_TO_SUB") - operators);
	plan_init(&run->plan, &run->arena, &settings);
	EXPECT(plan_class(&run->plan, sample(&run->arena), "Sample", &err) == ERR_OK);
	plan_finish(&run->plan);
	EXPECT_LONG(run->plan.n_mutants, 1);
	run->verdicts = bench->verdicts;
	bench->verdicts[0].status = STATUS_DISCARDED;
	bench->path = arena_strfmt(&run->arena, "%s/.vary/discarded.log", bench->directory);
	mkdir(arena_strfmt(&run->arena, "%s/.vary", bench->directory), 0700);
}

static void bench_release(struct bench *bench)
{
	unlink(bench->path);
	rmdir(arena_strfmt(&bench->run.arena, "%s/.vary", bench->directory));
	rmdir(bench->directory);
	arena_release(&bench->run.arena);
}

static const char *lines_of(struct bench *bench)
{
	struct buf out;
	const char *text;

	buf_init(&out, SIZE_MAX);
	discards_put(&bench->run, &out);
	text = arena_strndup(&bench->run.arena, (const char *)out.bytes, out.len);
	buf_release(&out);
	return text;
}

/* ---- lines ---- */

TEST(what_was_discarded_impossible_or_filtered_is_a_line_each_with_place_and_reason)
{
	const char *all, *rest;
	struct bench bench;

	bench_init(&bench);
	bench.verdicts[0].detail = "VerifyError: bad\n\ttype";
	all = lines_of(&bench);
	rest = strstr(all, "impossible\t-\tpkg.Sample.broken()V\t");
	EXPECT(!strncmp(all, "discarded\tm:ARITH_ADD_TO_SUB:", 29));
	EXPECT(strstr(all, "\tpkg.Sample.m(Unknown Source)\tVerifyError: bad  type\nimpossible") != NULL);
	EXPECT(rest && strstr(rest, "\nfiltered\tARITH_ADD_TO_SUB\tpkg.Sample.bridge(Unknown Source)\tsynthetic: ") != NULL);
	EXPECT_LONG(all[strlen(all) - 1], '\n');
	bench_release(&bench);
}

TEST(a_mutant_with_a_verdict_is_no_line)
{
	struct bench bench;

	bench_init(&bench);
	bench.verdicts[0].status = STATUS_SURVIVED;
	EXPECT(!strstr(lines_of(&bench), "discarded"));
	bench.run.verdicts = NULL;	/* the run ended before */
	EXPECT(!strstr(lines_of(&bench), "discarded"));
	bench_release(&bench);
}

TEST(a_reason_is_cut_between_characters)
{
	char detail[DISCARDS_REASON_MAX + 10];
	struct bench bench;
	const char *cut;

	bench_init(&bench);
	memset(detail, 'x', sizeof(detail));
	strcpy(detail + DISCARDS_REASON_MAX - 1, "\xc3\xa4!");
	bench.verdicts[0].detail = detail;
	cut = strchr(strstr(lines_of(&bench), "xxx"), '\n');
	EXPECT_LONG(cut[-1], 'x');
	bench_release(&bench);
}

TEST(more_lines_than_are_written_are_counted)
{
	struct bench bench;
	const char *all;

	bench_init(&bench);
	bench.run.plan.filtered.counts[FILTER_logging] += 41;
	all = lines_of(&bench);
	EXPECT(strlen(all) > 15 && !strcmp(all + strlen(all) - 16, "... and 41 more\n"));
	bench_release(&bench);
}

/* ---- the file ---- */

TEST(the_file_is_of_the_last_run_and_gone_where_nothing_was_left_out)
{
	struct err err = ERR_INIT;
	struct bench bench;
	struct span text;

	bench_init(&bench);
	discards_write(&bench.run);
	EXPECT(file_read(&bench.run.arena, bench.path, 1 << 20, &text, &err) == ERR_OK);
	EXPECT_LONG(text.len, strlen(lines_of(&bench)));
	bench.verdicts[0].status = STATUS_KILLED;
	bench.run.plan.n_skips = bench.run.plan.filtered.n = 0;
	memset(bench.run.plan.filtered.counts, 0, sizeof(bench.run.plan.filtered.counts));
	bench.run.settings.only_mutants = "m";
	discards_write(&bench.run);
	EXPECT(file_exists(bench.path));
	bench.run.settings.only_mutants = NULL;
	discards_write(&bench.run);
	EXPECT(!file_exists(bench.path));
	discards_write(&bench.run);
	EXPECT_STR(bench.notes, "");
	bench_release(&bench);
}

TEST(a_file_that_cannot_be_written_is_a_note)
{
	struct bench bench;

	bench_init(&bench);
	bench.run.project.directory = "/proc/nothing";
	discards_write(&bench.run);
	EXPECT(strstr(bench.notes, "cannot write /proc/nothing/.vary/discarded.log") != NULL);
	bench_release(&bench);
}
