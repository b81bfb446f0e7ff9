#include "crew/ask.h"

#include <string.h>

#include "project/project.h"

#define SECOND 1000000000ull
#define START_LIMIT (60 * SECOND)
#define ANSWER_LIMIT (600 * SECOND)	/* between two messages of an answer */
#define TRIES_MAX 3

/* The next message of a worker that has no jobs, however long it takes up to
 * the limit. */
static enum err_code ask_receive(struct crew *crew, struct worker *worker, uint64_t limit,
				 struct wire_message *ret, struct err *err)
{
	uint64_t deadline = crew_now() + limit;

	while (!wire_next(&worker->wire, ret, err)) {
		if (err->code != ERR_OK)
			return err->code;
		TRY(crew_wait(crew, deadline, err));
		if (crew->polls[worker - crew->workers].revents)
			TRY(wire_fill(&worker->wire, err));
		else if (crew_now() >= deadline)
			return err_set(err, ERR_WORKER, "the JVM %s does not answer; try another with --jvm",
				       crew->settings.libjvm);
	}
	return ERR_OK;
}

/* The first worker, up and ready. */
static enum err_code ask_worker(struct crew *crew, struct worker **ret, struct err *err)
{
	struct worker *worker = &crew->workers[0];

	while (worker->state != WORKER_READY) {
		struct wire_message message;
		struct err why = ERR_INIT;
		enum err_code code;

		if (worker->state == WORKER_NONE)
			TRY(crew_start_worker(crew, worker, err));
		code = ask_receive(crew, worker, START_LIMIT, &message, &why);
		if (code == ERR_OK)
			code = crew_hear_start(crew, worker, &message, &why);
		if (code == ERR_OK)
			continue;
		if (code == ERR_STOPPED)
			return err_set(err, code, "%s", why.text);
		TRY(crew_start_failed(crew, worker, &why, err));
	}
	*ret = worker;
	return ERR_OK;
}

/* Asks again where the worker was lost over the question. */
static enum err_code ask(struct crew *crew,
			 enum err_code (*question)(struct crew *crew, struct worker *worker,
						   void *context, struct err *err),
			 void *context, struct err *err)
{
	for (unsigned tries = 1;; tries++) {
		struct worker *worker = NULL;
		struct err why = ERR_INIT;

		TRY(ask_worker(crew, &worker, err));
		if (question(crew, worker, context, &why) == ERR_OK)
			return ERR_OK;
		if (why.code == ERR_WORKER)
			crew_lose(crew, worker);
		if (why.code != ERR_WORKER || tries == TRIES_MAX) {
			*err = why;
			return why.code;
		}
	}
}

struct compilation {
	const char *classpath;
	const char *const *sources;
	uint32_t n_sources;
	void (*add)(void *context, const char *name, struct span bytes);
	void *context;
};

/* The first diagnostic, and how many lines more there are. */
static enum err_code refuse_sources(const char *diagnostics, struct err *err)
{
	int first = (int)strcspn(diagnostics, "\n");
	unsigned more = 0;

	for (const char *c = diagnostics + first; *c; c++)
		more += c[0] == '\n' && c[1] && c[1] != '\n';
	if (more)
		return err_set(err, ERR_FORMAT, "%.*s (and %u more; javac tells them all)",
			       first, diagnostics, more);
	return err_set(err, ERR_FORMAT, "%.*s", first, diagnostics);
}

static enum err_code compile_once(struct crew *crew, struct worker *worker, void *context,
				 struct err *err)
{
	const struct compilation *asked = context;
	struct wire_message message;
	struct wire_reader in;
	const char *diagnostics;
	bool compiled;
	uint32_t n;

	wire_begin(&worker->wire, WIRE_COMPILE);
	wire_text(&worker->wire, asked->classpath);
	wire_u4(&worker->wire, asked->n_sources);
	for (uint32_t i = 0; i < asked->n_sources; i++)
		wire_text(&worker->wire, asked->sources[i]);
	TRY(wire_send(&worker->wire, err));
	TRY(ask_receive(crew, worker, ANSWER_LIMIT, &message, err));
	in = wire_reader(&message);
	if (message.kind != WIRE_COMPILED)
		return err_set(err, ERR_WORKER, "a worker answered a compilation with message %u",
			       message.kind);
	compiled = wire_get_u1(&in);
	diagnostics = wire_get_text(&in, crew->arena);
	if (!in.failed && !compiled)
		return refuse_sources(diagnostics, err);
	n = wire_get_count(&in, 8);
	for (uint32_t i = 0; i < n; i++) {
		const char *name = wire_get_text(&in, crew->arena);
		struct span bytes = wire_get_blob(&in);

		asked->add(asked->context, name,
			   (struct span){ arena_memdup(crew->arena, bytes.bytes, bytes.len),
					  bytes.len });
	}
	return wire_check(&in, err);
}

enum err_code ask_compile(struct crew *crew, const char *classpath,
			   const char *const *sources, uint32_t n_sources,
			   void (*add)(void *context, const char *name, struct span bytes),
			   void *context, struct err *err)
{
	struct compilation asked = { classpath, sources, n_sources, add, context };

	return ask(crew, compile_once, &asked, err);
}

struct discovery {
	const char *const *names;
	uint32_t n_names;
	const struct test_choice *choice;
	const struct ask_finder *finder;
};

static enum err_code discover_once(struct crew *crew, struct worker *worker, void *context,
				  struct err *err)
{
	const struct discovery *asked = context;
	const struct ask_finder *finder = asked->finder;

	finder->start(finder->context);
	wire_begin(&worker->wire, WIRE_DISCOVER);
	wire_u4(&worker->wire, asked->n_names);
	for (uint32_t i = 0; i < asked->n_names; i++)
		wire_text(&worker->wire, asked->names[i]);
	wire_text(&worker->wire, asked->choice->groups);
	wire_text(&worker->wire, asked->choice->excluded);
	wire_text(&worker->wire, asked->choice->names);
	wire_text(&worker->wire, asked->choice->excluded_names);
	TRY(wire_send(&worker->wire, err));
	for (;;) {
		struct wire_message message;
		struct wire_reader in;
		const char *text[4];

		TRY(ask_receive(crew, worker, ANSWER_LIMIT, &message, err));
		in = wire_reader(&message);
		if (message.kind == WIRE_DISCOVERED)
			return ERR_OK;
		for (int i = 0; i < (message.kind == WIRE_UNIT ? 4 : 2); i++)
			text[i] = wire_get_text(&in, crew->arena);
		TRY(wire_check(&in, err));
		if (message.kind == WIRE_UNIT)
			finder->unit(finder->context, text[0], text[1], text[2], text[3]);
		else if (message.kind == WIRE_PROBLEM)
			finder->problem(finder->context, text[0], text[1]);
		else
			return err_set(err, ERR_WORKER, "a worker answered a discovery with message %u",
				       message.kind);
	}
}

enum err_code ask_discover(struct crew *crew, const char *const *names, uint32_t n_names,
			    const struct test_choice *choice, const struct ask_finder *finder,
			    struct err *err)
{
	static const struct test_choice all = { "", "", "", "" };
	struct discovery asked = { names, n_names, choice ? choice : &all, finder };

	return ask(crew, discover_once, &asked, err);
}

struct proposing {
	struct arena *arena;
	const char *classpath;
	const char *const *request;
	uint32_t n_request;
	struct ask_proposal *answer;
};

static enum err_code propose_once(struct crew *crew, struct worker *worker, void *context,
				  struct err *err)
{
	const struct proposing *asked = context;
	struct ask_proposal *answer = asked->answer;
	struct wire_message message;
	struct wire_reader in;

	wire_begin(&worker->wire, WIRE_PROPOSE);
	wire_text(&worker->wire, asked->classpath);
	wire_u4(&worker->wire, asked->n_request);
	for (uint32_t i = 0; i < asked->n_request; i++)
		wire_text(&worker->wire, asked->request[i]);
	TRY(wire_send(&worker->wire, err));
	TRY(ask_receive(crew, worker, ANSWER_LIMIT, &message, err));
	in = wire_reader(&message);
	if (message.kind != WIRE_PROPOSED)
		return err_set(err, ERR_WORKER, "a worker answered a proposal with message %u",
			       message.kind);
	answer->success = wire_get_u1(&in);
	answer->problem = wire_get_text(&in, asked->arena);
	answer->n_classes = wire_get_count(&in, 8);
	answer->classes = ARENA_NEW_N(asked->arena, struct pool_class, answer->n_classes);
	for (uint32_t i = 0; i < answer->n_classes; i++) {
		struct span bytes;

		answer->classes[i].name = wire_get_text(&in, asked->arena);
		bytes = wire_get_blob(&in);
		answer->classes[i].bytes =
			(struct span){ arena_memdup(asked->arena, bytes.bytes, bytes.len), bytes.len };
	}
	answer->texts = wire_get_texts(&in, asked->arena, &answer->n_texts);
	return wire_check(&in, err);
}

enum err_code ask_propose(struct crew *crew, struct arena *arena, const char *classpath,
			  const char *const *request, uint32_t n_request,
			  struct ask_proposal *ret, struct err *err)
{
	struct proposing asked = { arena, classpath, request, n_request, ret };

	return ask(crew, propose_once, &asked, err);
}
