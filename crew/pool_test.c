/* The pool against a worker that is no JVM: this program, started again with
 * --worker, behaves as the ids of the units tell it. */
#include "crew/pool.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/test.h"

#define MS 1000000ull

/* ---- the worker's side ---- */

static void send_or_leave(struct wire *wire)
{
	struct err err = ERR_INIT;

	if (wire_send(wire, &err) != ERR_OK)
		_exit(0);
}

static void send_finished(struct wire *wire, uint32_t job, uint32_t unit, enum wire_result result)
{
	wire_begin(wire, WIRE_FINISHED);
	wire_u4(wire, job);
	wire_u4(wire, unit);
	wire_u1(wire, result);
	wire_u8(wire, 7);
	wire_u8(wire, 7);
	wire_text(wire, result == WIRE_FAILED_TEST ? "AssertionError: no" : "");
	wire_u4(wire, 1);
	wire_u4(wire, 42);
	wire_u4(wire, 3);
	wire_u1(wire, 1);
	send_or_leave(wire);
}

static void send_done(struct wire *wire, uint32_t job, enum wire_end end, uint32_t left_behind)
{
	wire_begin(wire, WIRE_DONE);
	wire_u4(wire, job);
	wire_u1(wire, end);
	wire_u8(wire, 9);
	wire_u8(wire, 9);
	wire_u4(wire, left_behind);
	wire_text(wire, "");
	wire_u4(wire, 0);
	wire_u4(wire, 0);
	wire_u4(wire, 0);
	send_or_leave(wire);
}

/* True where the file did not exist: the first worker to come here. */
static bool is_first(const char *path)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Opens what another worker opens the other end of: neither goes on before. */
static void meet(const char *fifo, int flags)
{
	int fd = open(fifo, flags | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
}

/* "loop": unless there is a budget. */
static bool hangs(const char *id, uint64_t budget)
{
	return !strcmp(id, "hang") || (!strcmp(id, "loop") && !budget);
}

static void fake_unit(struct wire *wire, uint32_t job, uint32_t unit, const char *id,
		      uint64_t budget)
{
	wire_begin(wire, WIRE_STARTED);
	wire_u4(wire, job);
	wire_u4(wire, unit);
	send_or_leave(wire);
	if (!strcmp(id, "die"))
		raise(SIGKILL);
	if (!strncmp(id, "die-once ", 9) && is_first(id + 9))
		raise(SIGKILL);
	if (!strcmp(id, "babble")) {
		wire_begin(wire, 99);
		wire_u4(wire, job);
		send_or_leave(wire);
	}
	if (hangs(id, budget))
		return;
	if (!strncmp(id, "meet ", 5))
		meet(id + 5, O_WRONLY);
	send_finished(wire, job, unit, strcmp(id, "fail") ? WIRE_PASSED : WIRE_FAILED_TEST);
	if (!strncmp(id, "end-and-meet ", 13))
		meet(id + 13, O_RDONLY);
}

static void fake_run(struct wire *wire, struct wire_reader *in)
{
	struct arena arena = ARENA_INIT;
	uint32_t job = wire_get_u4(in), groups, unit = 0;
	bool hanging = false, memory = false, keeps = false;
	uint64_t budget = 0;

	wire_get_u1(in);
	wire_get_u4(in);	/* no classes */
	groups = wire_get_u4(in);
	while (groups--) {
		uint32_t n;

		wire_get_text(in, &arena);
		wire_get_text(in, &arena);
		wire_get_u1(in);
		n = wire_get_u4(in);
		while (n--) {
			const char *id = wire_get_text(in, &arena);

			budget = wire_get_u8(in);
			hanging |= hangs(id, budget);
			memory |= !strcmp(id, "memory");
			keeps |= !strcmp(id, "keep");
			fake_unit(wire, job, unit++, id, budget);
		}
	}
	arena_release(&arena);
	if (!hanging)
		send_done(wire, job, memory ? WIRE_END_MEMORY : budget ? WIRE_END_BUDGET : WIRE_END_RAN,
			  keeps ? WIRE_LEFT_CLASSES : 0);
}

static void fake_start(struct wire *wire, struct wire_reader *in)
{
	struct arena arena = ARENA_INIT;
	bool has_options, refuses;
	const char *jvm;

	wire_get_u4(in);
	jvm = wire_get_text(in, &arena);
	has_options = wire_get_u4(in) > 0;
	if (!strcmp(jvm, "dies") || (has_options && !strcmp(jvm, "dies-of-options")))
		_exit(1);
	refuses = !strcmp(jvm, "refuses") || (has_options && !strcmp(jvm, "refuses-options"));
	wire_begin(wire, refuses ? WIRE_FAILED : WIRE_READY);
	wire_text(wire, refuses ? "Unrecognized option: -Xoops" : "17");
	if (!refuses) {
		wire_text(wire, "fake");
		wire_u4(wire, 0);
	}
	send_or_leave(wire);
	arena_release(&arena);
}

__attribute__((constructor)) static void be_a_worker(int argc, char **argv)
{
	struct wire wire;

	if (argc < 3 || strcmp(argv[1], "--worker"))
		return;
	wire_init(&wire, atoi(argv[2]));
	for (;;) {
		struct wire_message message;
		struct err err = ERR_INIT;
		struct wire_reader in;

		if (wire_receive(&wire, &message, &err) != ERR_OK)
			_exit(0);
		in = wire_reader(&message);
		if (message.kind == WIRE_START)
			fake_start(&wire, &in);
		else if (message.kind == WIRE_RUN)
			fake_run(&wire, &in);
		else if (message.kind == WIRE_STOP)
			send_done(&wire, wire_get_u4(&in), WIRE_END_STOPPED, 0);
	}
}

/* ---- the supervisor's side ---- */

#define JOBS_MAX 8

struct play {
	const char *const *ids;		/* one job each */
	uint32_t n, next, done;
	bool once, goes_on;		/* what jobs ask; with `goes_on` each only when one is done */
	bool hears;			/* each only when a unit of the one before has ended */
	bool asks;			/* of every worker once; the job is the last of them */
	struct pool_unit units[JOBS_MAX];
	struct pool_group groups[JOBS_MAX];
	struct pool_job jobs[JOBS_MAX];
	struct ledger ledger;
	enum job_end ends[JOBS_MAX];
	uint32_t failed[JOBS_MAX], counters[JOBS_MAX];
	uint32_t ran_in[JOBS_MAX];
	uint32_t turns[JOBS_MAX];
	uint32_t asked;			/* the worker of the last question */
	uint32_t heard, touched;	/* units, and those by whose end the job had touched something */
	uint32_t together;		/* most under way at once of those called "port" */
};

static struct pool_job *play_job(struct play *play)
{
	static const uint64_t port[] = { 8080 };
	uint32_t i = play->next++;

	play->units[i] = (struct pool_unit){ play->ids[i], 100 * MS,
						!strcmp(play->ids[i], "loop") };
	play->groups[i] = (struct pool_group){ "fake", "A", true, &play->units[i], 1,
					       (play->hears ? 60000 : 2000) * MS };
	play->jobs[i] = (struct pool_job){ .groups = &play->groups[i],
					   .n_groups = 1, .n_units = 1,
					   .once = play->once };
	if (!strcmp(play->ids[i], "port")) {
		play->jobs[i].uses = port;
		play->jobs[i].n_uses = 1;
	}
	play->jobs[i].anew = !strcmp(play->ids[i], "anew");
	play->jobs[i].only_in = !strcmp(play->ids[i], "where the first ran") ? play->ran_in[0] : 0;
	return &play->jobs[i];
}

static struct pool_job *play_next(void *context)
{
	struct play *play = context;

	if (play->next >= play->n || (play->goes_on && play->next > play->done) ||
	    (play->hears && play->next > play->heard))
		return NULL;
	return play_job(play);
}

static struct pool_job *play_question(void *context, uint32_t worker)
{
	struct play *play = context;

	if (play->asked == worker)
		return NULL;
	play->asked = worker;
	return play_job(play);
}

static void play_unit_done(void *context, const struct pool_job *job, uint32_t unit)
{
	struct play *play = context;

	play->heard++;
	play->touched += job->results[unit].is_there && job->results[unit].touched_place;
}

static void play_done(void *context, struct pool_job *job)
{
	struct play *play = context;
	size_t i = (size_t)(job - play->jobs);
	uint32_t together = 1;

	for (uint32_t k = 0; k < play->next; k++)
		together += &play->jobs[k] != job && play->jobs[k].is_under_way && play->jobs[k].n_uses;
	if (job->n_uses && together > play->together)
		play->together = together;
	play->ends[i] = job->end;
	play->ran_in[i] = job->ran_in;
	play->turns[i] = job->turn;
	play->done++;
	if (job->end == JOB_ABANDONED)
		return;
	play->failed[i] = job->first_failed;
	play->counters[i] = job->results[0].n_counts ? job->results[0].counts[0].counter : 0;
}

static enum err_code play_all(struct play *play, const char *jvm, uint32_t workers,
			      int interrupt_fd, struct crew **ret, struct arena *arena, struct err *err)
{
	const struct crew_settings settings = {
		.libjvm = jvm, .place.directory = "/", .workers = workers, .slots = 1,
		.interrupt_fd = interrupt_fd,
	};
	const struct pool_client client = { .context = play, .next = play_next, .done = play_done,
					    .unit_done = play->hears ? play_unit_done : NULL,
					    .question = play->asks ? play_question : NULL };
	enum err_code code = crew_start(arena, &settings, ret, err);

	return code == ERR_OK ? pool_run(*ret, &client, err) : code;
}

static enum err_code play_ids(struct play *play, const char *const *ids, uint32_t n, uint32_t workers,
			      uint32_t *ret_lost)
{
	struct arena arena = ARENA_INIT;
	struct crew *crew = NULL;
	struct err err = ERR_INIT;
	enum err_code code;

	*play = (struct play){ .ids = ids, .n = n, .once = play->once, .goes_on = play->goes_on,
			      .hears = play->hears, .asks = play->asks };
	code = play_all(play, "fake", workers, -1, &crew, &arena, &err);
	*ret_lost = crew ? crew->lost : 0;
	crew_stop(crew);
	if (crew)
		play->ledger = crew->ledger;
	arena_release(&arena);
	return code;
}

TEST(jobs_come_back_with_their_results)
{
	static const char *const ids[] = { "pass", "fail", "pass", "pass", "fail" };
	struct play play = { .once = false };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 5, 2, &lost) == ERR_OK);
	EXPECT_LONG(play.done, 5);
	EXPECT_LONG(lost, 0);
	for (int i = 0; i < 5; i++) {
		EXPECT(play.ends[i] == JOB_RAN);
		EXPECT((play.failed[i] == 0) == !strcmp(ids[i], "fail"));
		EXPECT_LONG(play.counters[i], 42);
	}
}

TEST(what_a_unit_makes_possible_begins_while_its_job_is_under_way)
{
	static char fifo[] = "/tmp/vary-pool-XXXXXX/fifo";
	char *slash = strrchr(fifo, '/');
	char ends[64], meets[64];
	const char *const ids[] = { ends, meets };
	struct play play = { .hears = true };
	uint32_t lost;

	*slash = '\0';
	EXPECT(mkdtemp(fifo) != NULL);
	*slash = '/';
	EXPECT(mkfifo(fifo, 0600) == 0);
	snprintf(ends, sizeof(ends), "end-and-meet %s", fifo);
	snprintf(meets, sizeof(meets), "meet %s", fifo);
	EXPECT(play_ids(&play, ids, 2, 2, &lost) == ERR_OK);
	EXPECT(play.ends[0] == JOB_RAN && play.ends[1] == JOB_RAN);
	EXPECT_LONG(lost, 0);
	EXPECT_LONG(play.heard, 2);
	EXPECT_LONG(play.touched, 2);
	unlink(fifo);
	*slash = '\0';
	rmdir(fifo);
}

TEST(the_ledger_tells_tests_from_what_surrounds_them_and_from_what_was_in_vain)
{
	static const char *const ids[] = { "pass", "fail", "memory", "hang" };
	struct play play = { .once = false };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 4, 1, &lost) == ERR_OK);
	EXPECT_LONG(play.ledger.tests, 7 + 7 + 7);		/* that of each last attempt */
	EXPECT_LONG(play.ledger.around, 2 + 2);
	EXPECT_LONG(play.ledger.runaways, 9 + 2 + 9 + 9);	/* memory twice, hang twice */
	EXPECT_LONG(play.jobs[2].cpu_ns, 9);
	EXPECT_LONG(play.jobs[2].vain_cpu_ns, 9);
	EXPECT(play.ledger.starting > 0 && play.ledger.ended >= play.ledger.starting);
}

TEST(a_job_that_takes_its_worker_down_twice_has_crashed_and_the_others_go_on)
{
	static const char *const ids[] = { "pass", "die", "fail" };
	struct play play = { .once = false };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 3, 1, &lost) == ERR_OK);
	EXPECT(play.ends[0] == JOB_RAN);
	EXPECT(play.ends[1] == JOB_CRASHED);
	EXPECT(play.ends[2] == JOB_RAN && play.failed[2] == 0);
	EXPECT_LONG(lost, 2);
}

TEST(a_worker_killed_from_outside_costs_no_verdict)
{
	char path[] = "/tmp/vary-pool-test-XXXXXX", id[64];
	const char *ids[] = { "pass", id, "pass" };
	struct play play = { .once = false };
	uint32_t lost;
	int fd = mkstemp(path);

	EXPECT(fd >= 0);
	close(fd);
	unlink(path);
	snprintf(id, sizeof(id), "die-once %s", path);
	EXPECT(play_ids(&play, ids, 3, 1, &lost) == ERR_OK);
	for (int i = 0; i < 3; i++)
		EXPECT(play.ends[i] == JOB_RAN && play.failed[i] == UINT32_MAX);
	EXPECT_LONG(lost, 1);
	unlink(path);
}

TEST(a_job_can_ask_for_a_worker_that_had_none_before_or_for_that_of_another)
{
	static const char *const ids[] = { "pass", "where the first ran", "anew", "pass", "anew" };
	struct play play = { .goes_on = true };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 5, 2, &lost) == ERR_OK);
	EXPECT(play.turns[0] == 1 && play.turns[1] == 2 && play.turns[2] == 1 && play.turns[4] == 1);
	EXPECT_LONG(play.ran_in[1], play.ran_in[0]);
	EXPECT(play.ran_in[2] != play.ran_in[0] && play.ran_in[4] != play.ran_in[2]);
	EXPECT_LONG(lost, 0);
}

TEST(a_job_for_a_worker_that_is_no_more_comes_back_as_gone)
{
	static const char *const ids[] = { "pass", "die", "where the first ran", "pass" };
	struct play play = { .goes_on = true, .once = true };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 4, 1, &lost) == ERR_OK);
	EXPECT(play.ends[1] == JOB_CRASHED && play.ends[2] == JOB_GONE && play.ends[3] == JOB_RAN);
	EXPECT_LONG(lost, 1);
}

TEST(a_worker_is_asked_before_it_goes_and_when_all_is_done)
{
	static const char *const ids[] = { "pass", "anew", "pass", "pass" };
	struct play play = { .goes_on = true, .asks = true };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 2, 1, &lost) == ERR_OK);
	EXPECT_LONG(play.done, 4);	/* two jobs, and a question to each of two workers */
	EXPECT_LONG(play.ran_in[2], play.ran_in[0]);
	EXPECT_LONG(play.ran_in[3], play.ran_in[1]);
	EXPECT_LONG(play.turns[1], 1);
	EXPECT_LONG(lost, 0);
}

TEST(a_worker_in_which_classes_were_left_is_neither_asked_nor_used)
{
	static const char *const ids[] = { "keep", "where the first ran", "pass", "pass" };
	struct play play = { .goes_on = true, .asks = true };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 3, 1, &lost) == ERR_OK);
	EXPECT(play.ends[1] == JOB_GONE);
	EXPECT_LONG(play.done, 4);	/* three jobs, and a question to the other worker */
	EXPECT_LONG(play.ran_in[3], play.ran_in[2]);
	EXPECT(play.ran_in[2] != play.ran_in[0]);
	EXPECT_LONG(lost, 0);
}

TEST(a_job_past_its_deadline_twice_has_timed_out)
{
	static const char *const ids[] = { "hang", "pass" };
	struct play play = { .once = false };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 2, 1, &lost) == ERR_OK);
	EXPECT(play.ends[0] == JOB_TIMED_OUT);
	EXPECT_LONG(play.jobs[0].timeouts, 2);
	EXPECT(play.ends[1] == JOB_RAN);
	EXPECT_LONG(lost, 0);
}

TEST(a_job_that_uses_up_its_loop_budget_has_timed_out_at_once)
{
	static const char *const ids[] = { "loop", "pass" };
	struct play play = { .once = false };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 2, 1, &lost) == ERR_OK);
	EXPECT(play.ends[0] == JOB_TIMED_OUT);
	EXPECT_LONG(play.jobs[0].timeouts, 0);
	EXPECT(play.ends[1] == JOB_RAN);
}

TEST(once_tells_what_is_late_full_or_down_the_first_time)
{
	static const char *const ids[] = { "hang", "memory", "die", "pass" };
	struct play play = { .once = true };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 4, 1, &lost) == ERR_OK);
	EXPECT(play.ends[0] == JOB_TIMED_OUT);
	EXPECT_LONG(play.jobs[0].timeouts, 1);
	EXPECT(play.ends[1] == JOB_MEMORY);
	EXPECT(play.ends[2] == JOB_CRASHED);
	EXPECT(play.ends[3] == JOB_RAN);
	EXPECT_LONG(lost, 1);
}

TEST(a_client_without_a_job_is_asked_again_when_one_is_done)
{
	static const char *const ids[] = { "pass", "fail", "pass" };
	struct play play = { .goes_on = true };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 3, 2, &lost) == ERR_OK);
	EXPECT_LONG(play.done, 3);
}

TEST(memory_running_out_is_believed_the_second_time)
{
	static const char *const ids[] = { "memory" };
	struct play play = { .once = false };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 1, 1, &lost) == ERR_OK);
	EXPECT(play.ends[0] == JOB_MEMORY);
	EXPECT_LONG(play.jobs[0].memory_errors, 2);
}

TEST(a_worker_that_breaks_the_protocol_is_replaced)
{
	static const char *const ids[] = { "babble", "pass" };
	struct play play = { .once = false };
	uint32_t lost;

	EXPECT(play_ids(&play, ids, 2, 1, &lost) == ERR_OK);
	EXPECT(play.ends[0] == JOB_CRASHED);
	EXPECT(play.ends[1] == JOB_RAN);
	EXPECT_LONG(lost, 2);
}

TEST(a_jvm_that_says_why_it_does_not_start_ends_the_run_with_its_words)
{
	static const char *const ids[] = { "pass" };
	struct play play = { .ids = ids, .n = 1 };
	struct arena arena = ARENA_INIT;
	struct crew *crew = NULL;
	struct err err = ERR_INIT;

	EXPECT(play_all(&play, "refuses", 1, -1, &crew, &arena, &err) == ERR_MISSING);
	EXPECT_STR(err.text, "the JVM refuses does not start: Unrecognized option: -Xoops");
	EXPECT_LONG(crew->started, 1);
	EXPECT_LONG(play.done, 1);	/* abandoned */
	crew_stop(crew);
	arena_release(&arena);
}

TEST(a_jvm_that_does_not_start_with_an_archive_starts_without)
{
	static const char *const jvms[] = { "refuses-options", "dies-of-options" };
	static const char *const ids[] = { "pass", "pass" }, *const options[] = { "-XX:SharedArchiveFile=a" };
	const struct crew_jvm archived = { options, 1, "a.jar", false };

	for (int i = 0; i < 4; i++) {
		struct play play = { .ids = ids, .n = 2 };
		struct crew_settings settings = { .libjvm = jvms[i / 2], .place.directory = "/", .workers = 1,
						  .slots = 1, .interrupt_fd = -1 };
		const struct pool_client client = { .context = &play, .next = play_next, .done = play_done };
		struct arena arena = ARENA_INIT;
		struct crew *crew = NULL;
		struct err err = ERR_INIT;

		*(i % 2 ? &settings.recorder : &settings.archived) = archived;
		EXPECT(crew_start(&arena, &settings, &crew, &err) == ERR_OK);
		EXPECT(pool_run(crew, &client, &err) == ERR_OK);
		EXPECT_LONG(play.done, 2);
		EXPECT_LONG(crew->started, 2);
		EXPECT_LONG(crew->lost, 0);
		EXPECT(!crew_let_recorder_leave(crew));
		crew_stop(crew);
		arena_release(&arena);
	}
}

TEST(a_jvm_that_dies_while_starting_is_tried_three_times)
{
	static const char *const ids[] = { "pass" };
	struct play play = { .ids = ids, .n = 1 };
	struct arena arena = ARENA_INIT;
	struct crew *crew = NULL;
	struct err err = ERR_INIT;

	EXPECT(play_all(&play, "dies", 1, -1, &crew, &arena, &err) == ERR_WORKER);
	EXPECT_LONG(crew->started, 3);
	crew_stop(crew);
	arena_release(&arena);
}

TEST(jobs_that_use_the_same_port_are_done_one_after_the_other)
{
	static const char *const ids[] = { "port", "port", "pass", "port", "pass", "port" };
	const struct crew_settings settings = { .libjvm = "fake", .place.directory = "/", .workers = 1,
						.slots = 3, .interrupt_fd = -1 };
	struct play play = { .ids = ids, .n = 6 };
	const struct pool_client client = { .context = &play, .next = play_next, .done = play_done };
	struct arena arena = ARENA_INIT;
	struct crew *crew = NULL;
	struct err err = ERR_INIT;

	EXPECT(crew_start(&arena, &settings, &crew, &err) == ERR_OK);
	EXPECT(pool_run(crew, &client, &err) == ERR_OK);
	EXPECT_LONG(play.done, 6);
	EXPECT_LONG(play.together, 1);
	crew_stop(crew);
	arena_release(&arena);
}

TEST(an_interrupt_hands_every_job_back)
{
	static const char *const ids[] = { "hang", "hang", "pass" };
	struct play play = { .ids = ids, .n = 3 };
	struct arena arena = ARENA_INIT;
	struct crew *crew = NULL;
	struct err err = ERR_INIT;
	int fds[2];

	EXPECT(pipe2(fds, O_CLOEXEC) == 0);
	EXPECT(write(fds[1], "x", 1) == 1);
	EXPECT(play_all(&play, "fake", 2, fds[0], &crew, &arena, &err) == ERR_STOPPED);
	EXPECT_LONG(play.done, play.next);
	for (uint32_t i = 0; i < play.done; i++)
		EXPECT(play.ends[i] == JOB_ABANDONED);
	crew_stop(crew);
	arena_release(&arena);
	close(fds[0]);
	close(fds[1]);
}
