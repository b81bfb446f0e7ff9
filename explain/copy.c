#include "explain/copy.h"

#include <stdlib.h>
#include <string.h>

#include "measure/task.h"

/* ---- one job ---- */

struct single {
	struct task *task;
	struct arena *arena;
	struct copy_outcome *outcomes;	/* in the order of `units` */
	const uint32_t *units;
	uint32_t n_units;
};

static struct pool_job *single_next(void *context)
{
	struct single *single = context;
	struct task *task = single->task;

	single->task = NULL;
	return task ? &task->job : NULL;
}

static void single_done(void *context, struct pool_job *job)
{
	struct single *single = context;
	struct task *task = (struct task *)job;

	for (uint32_t i = 0; job->results && i < job->n_units; i++) {
		const struct pool_result *result = &job->results[i];

		for (uint32_t u = 0; u < single->n_units; u++)
			if (single->units[u] == task->units[i] && result->is_there)
				single->outcomes[u] = (struct copy_outcome){
					true, result->result == WIRE_PASSED && !job->container_failure,
					arena_strdup(single->arena, result->failure) };
	}
	task_free(task);
}

enum err_code copies_run(struct copies *copies, const uint32_t *units, uint32_t n_units,
			 const struct pool_class *classes, uint32_t n_classes, uint64_t more_ns,
			 struct copy_outcome *ret, struct err *err)
{
	struct single single = { .arena = &copies->run->arena, .outcomes = ret,
				 .units = units, .n_units = n_units };
	const struct pool_client client = { .context = &single, .next = single_next,
					    .done = single_done };
	enum err_code code;

	memset(ret, 0, n_units * sizeof(*ret));
	single.task = task_new(copies->run, units, n_units, 0, false);
	single.task->job.classes = arena_memdup(&single.task->arena, classes, n_classes * sizeof(*classes));
	single.task->job.n_classes = n_classes;
	for (uint32_t g = 0; g < single.task->job.n_groups; g++)
		for (uint32_t u = 0; u < single.task->job.groups[g].n_units; u++)
			single.task->job.groups[g].units[u].limit_ns += more_ns;
	single.task->job.once = true;
	single.task->job.alone = true;	/* Notes are the JVM's, not the run's */
	code = pool_run(copies->crew, &client, err);
	if (single.task)
		task_free(single.task);
	return code;
}

/* ---- copies ---- */

static bool is_same(const struct copy *copy, uint32_t container, bool explores,
		    const char *const *request, uint32_t n)
{
	if (copy->container != container || copy->explores != explores || copy->n_request != n)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(copy->request[i], request[i]))
			return false;
	return true;
}

static bool parse_place(struct arena *arena, const char *text, struct copy_place *ret)
{
	char *end;

	ret->number = (uint32_t)strtoul(text, &end, 10);
	if (*end != '\t')
		return false;
	ret->rank = (uint32_t)strtoul(end + 1, &end, 10);
	if (*end != '\t')
		return false;
	ret->n_shapes = (uint32_t)strtoul(end + 1, &end, 10);
	ret->method = arena_strdup(arena, *end == '\t' ? end + 1 : end);
	return true;
}

static void take_places(struct arena *arena, struct copy *copy)
{
	uint32_t first = copy->explores && copy->made.n_texts;

	copy->host = first ? copy->made.texts[0] : NULL;
	copy->places = ARENA_NEW_N(arena, struct copy_place, copy->made.n_texts);
	for (uint32_t i = first; i < copy->made.n_texts; i++)
		copy->n_places += parse_place(arena, copy->made.texts[i], &copy->places[copy->n_places]);
}

static enum err_code make(struct copies *copies, struct copy *copy, struct err *err)
{
	struct arena *arena = &copies->run->arena;
	uint32_t n_units = copies->run->containers[copy->container].n_units;
	const char **request = ARENA_NEW_N(arena, const char *, copy->n_request + 1);

	memcpy(request, copy->request, copy->n_request * sizeof(*request));
	request[copy->n_request] = copy->explores ? "mode=explore" : "mode=probe";
	TRY(ask_propose(copies->crew, arena, copies->classpath, request, copy->n_request + 1,
			&copy->made, err));
	if (!copy->made.success)
		copy->why = copy->made.problem;
	else
		take_places(arena, copy);
	copy->first = ARENA_NEW_N(arena, struct notes, n_units);
	copy->second = ARENA_NEW_N(arena, struct notes, n_units);
	for (uint32_t i = 0; i < n_units; i++)
		copy->first[i].n = UINT32_MAX;
	return ERR_OK;
}

enum err_code copies_get(struct copies *copies, uint32_t container, bool explores,
			 const char *const *request, uint32_t n_request,
			 struct copy **ret, struct err *err)
{
	struct copy *copy = copies->list;

	while (copy && !is_same(copy, container, explores, request, n_request))
		copy = copy->next;
	if (!copy) {
		copy = ARENA_NEW(&copies->run->arena, struct copy);
		copy->container = container;
		copy->explores = explores;
		copy->request = request;
		copy->n_request = n_request;
		TRY(make(copies, copy, err));
		copy->next = copies->list;
		copies->list = copy;
	}
	*ret = copy;
	return ERR_OK;
}

enum err_code copies_run_original(struct copies *copies, struct copy *copy,
				  const uint32_t *units, uint32_t n_units, struct err *err)
{
	struct arena *arena = &copies->run->arena;
	uint32_t first = copies->run->containers[copy->container].first_unit;
	uint32_t *missing = ARENA_NEW_N(arena, uint32_t, n_units), n = 0;
	struct copy_outcome *once, *twice;

	for (uint32_t i = 0; i < n_units; i++)
		if (copy->first[units[i] - first].n == UINT32_MAX)
			missing[n++] = units[i];
	if (!n)
		return ERR_OK;
	once = ARENA_NEW_N(arena, struct copy_outcome, n);
	twice = ARENA_NEW_N(arena, struct copy_outcome, n);
	TRY(copies_run(copies, missing, n, copy->made.classes, copy->made.n_classes, COPIES_NOTES_NS, once, err));
	TRY(copies_run(copies, missing, n, copy->made.classes, copy->made.n_classes, COPIES_NOTES_NS,
		       twice, err));
	for (uint32_t i = 0; i < n; i++) {
		notes_parse(arena, once[i].passed ? once[i].text : "", &copy->first[missing[i] - first]);
		notes_parse(arena, twice[i].passed ? twice[i].text : "", &copy->second[missing[i] - first]);
	}
	return ERR_OK;
}
