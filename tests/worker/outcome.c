#include "tests/worker/outcome.h"

#include <stdio.h>
#include <string.h>

#include "crew/traces.h"
#include "tests/worker/setting.h"
#include "util/test.h"

static bool is_chosen(const struct unit *unit, const char *container, const char *methods)
{
	size_t len = strlen(unit->method);

	if (strcmp(unit->container, container))
		return false;
	if (!*methods)
		return true;
	for (const char *at = methods; (at = strstr(at, unit->method)); at += len)
		if ((at == methods || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

void outcome_send(struct host *host, uint32_t job, uint8_t flags, const char *mutated,
		  const char *container, const char *methods)
{
	struct wire *wire = &host->wire;
	const char *driver = "";
	uint32_t n = 0;

	for (uint32_t i = 0; i < setting.n_units; i++) {
		if (is_chosen(&setting.units[i], container, methods)) {
			driver = setting.units[i].driver;
			n++;
		}
	}
	wire_begin(wire, WIRE_RUN);
	wire_u4(wire, job);
	wire_u1(wire, flags);
	wire_u4(wire, *mutated ? 1 : 0);
	if (*mutated) {
		wire_text(wire, mutated);
		wire_blob(wire, setting.mutant);
	}
	wire_u4(wire, 1);
	wire_text(wire, driver);
	wire_text(wire, container);
	wire_u1(wire, !*methods);
	wire_u4(wire, n);
	for (uint32_t i = 0; i < setting.n_units; i++)
		if (is_chosen(&setting.units[i], container, methods)) {
			wire_text(wire, setting.units[i].id);
			wire_u8(wire, host->budget);
		}
	host_send(host);
}

static void read_points(struct wire_reader *in, bool *points)
{
	uint32_t n = wire_get_count(in, 8);

	while (n--) {
		uint32_t point = wire_get_u4(in);

		EXPECT(wire_get_u4(in) > 0);
		EXPECT(point < HOST_POINTS);
		if (point < HOST_POINTS)
			points[point] = true;
	}
}

static void read_finished(struct host *host, struct wire_reader *in, struct outcome *outcome)
{
	uint8_t result;
	const char *failure;

	wire_get_u4(in);
	result = wire_get_u1(in);
	EXPECT(result <= WIRE_MISSING);
	outcome->n[result & 3]++;
	EXPECT(wire_get_u8(in) < 60000000000u);
	EXPECT(wire_get_u8(in) < 60000000000u);
	failure = wire_get_text(in, &host->arena);
	if (*failure)
		outcome->failure = failure;
	read_points(in, outcome->reached);
	EXPECT(wire_get_u1(in) <= 1);
}

static void read_done(struct host *host, struct wire_reader *in, struct outcome *outcome)
{
	outcome->done = true;
	outcome->end = (enum wire_end)wire_get_u1(in);
	EXPECT(wire_get_u8(in) < 60000000000u);
	outcome->cpu = wire_get_u8(in);
	EXPECT(outcome->cpu < 60000000000u);
	outcome->left = wire_get_u4(in);
	outcome->detail = wire_get_text(in, &host->arena);
	read_points(in, outcome->outside);
	for (uint32_t n = wire_get_count(in, 8); n; n--) {
		outcome->touched_jvm |= wire_get_u8(in) == WIRE_TOUCHED_JVM;
		outcome->n_touched++;
	}
	wire_get_texts(in, &host->arena, &outcome->n_copies);
}

void outcome_init(struct outcome *outcome, uint32_t job)
{
	memset(outcome, 0, sizeof(*outcome));
	outcome->job = job;
	outcome->failure = outcome->detail = "";
}

static void outcome_add(struct host *host, struct outcome *outcomes, unsigned n,
			const struct wire_message *message)
{
	struct wire_reader in = wire_reader(message);
	uint32_t job = wire_get_u4(&in);
	struct outcome *outcome = NULL;

	for (unsigned i = 0; i < n; i++)
		if (outcomes[i].job == job)
			outcome = &outcomes[i];
	EXPECT(outcome != NULL);
	if (!outcome)
		return;
	EXPECT(!outcome->done);
	switch (message->kind) {
	case WIRE_STARTED:
		wire_get_u4(&in);
		outcome->n_started++;
		break;
	case WIRE_FINISHED:
		read_finished(host, &in, outcome);
		break;
	case WIRE_TRACE:
		wire_get_u4(&in);
		outcome->trace = traces_read(&in, &host->arena);
		break;
	case WIRE_CONTAINER:
		wire_get_u4(&in);
		outcome->n_containers++;
		outcome->failure = wire_get_text(&in, &host->arena);
		break;
	case WIRE_DONE:
		read_done(host, &in, outcome);
		break;
	default:
		EXPECT_LONG(message->kind, WIRE_DONE);
		printf("%s\n", wire_get_text(&in, &host->arena));
	}
	EXPECT(wire_check(&in, &host->err) == ERR_OK);
}

bool outcome_await(struct host *host, struct outcome *outcomes, unsigned n, int ms)
{
	struct wire_message message;

	for (;;) {
		bool all = true;

		for (unsigned i = 0; i < n; i++)
			all &= outcomes[i].done;
		if (all)
			return true;
		if (!host_next(host, &message, ms))
			return false;
		outcome_add(host, outcomes, n, &message);
	}
}

struct outcome outcome_of(struct host *host, uint32_t job, uint8_t flags, const char *mutated,
			  const char *container, const char *methods)
{
	struct outcome outcome;

	outcome_init(&outcome, job);
	outcome_send(host, job, flags, mutated, container, methods);
	EXPECT(outcome_await(host, &outcome, 1, HOST_PATIENCE));
	return outcome;
}

static void send_stop(struct host *host, uint32_t job)
{
	wire_begin(&host->wire, WIRE_STOP);
	wire_u4(&host->wire, job);
	host_send(host);
}

bool outcome_of_stopped(struct host *host, uint32_t job, const char *method,
			struct outcome *outcome)
{
	struct wire_message message;

	outcome_init(outcome, job);
	outcome_send(host, job, 0, "", "faults.Faults", method);
	while (!outcome->n_started && host_next(host, &message, HOST_PATIENCE))
		outcome_add(host, outcome, 1, &message);
	/* Not while it is still on its way into what it will do for ever. */
	while (host_next(host, &message, 200))
		outcome_add(host, outcome, 1, &message);
	send_stop(host, job);
	return outcome_await(host, outcome, 1, 2000);
}
