#include "explain/fix.h"

#include <stdlib.h>
#include <string.h>

#include "engine/calls.h"
#include "engine/literals.h"
#include "engine/mutate.h"
#include "explain/copy.h"
#include "explain/differences.h"
#include "explain/draft.h"
#include "explain/test_source.h"

#define CONTAINERS_MAX 3u	/* test classes looked into for one survivor */
#define UNITS_MAX 16u		/* tests of one class */
#define TRIES_MAX 10u		/* assertions put to the test for one survivor */
#define ENTRIES_MAX 12u		/* methods called to get to one change */
#define LITERALS_MAX 16u	/* of one method, to call them with */
#define VERIFY_TIMES 2u		/* on the original and the mutant in turn */
#define HOSTS_MAX 2u		/* test classes that lend their place to made-up calls */
#define CPU_MAX (20ull * 1000000000)	/* of the workers, for one survivor */

struct fixing {
	struct run *run;
	struct copies copies;
	struct calls *calls;		/* NULL before it is needed */
	bool *is_wanted;		/* [n_units] that some survivor is looked into with */
	uint32_t *chosen;		/* [n_units] room */
};

/* What is under way for one survivor. */
struct search {
	struct fixing *fixing;
	const struct mutant *mutant;
	struct pool_class mutated;	/* the class that has the change */
	uint64_t cpu_end;		/* of the workers */
	uint32_t tries;
	bool has_run;			/* any copy on the mutant */
	struct fix *fix;
};

static struct arena *arena_of(const struct fixing *fixing)
{
	return &fixing->run->arena;
}

/* ---- which tests ---- */

static int by_work(const void *a, const void *b)
{
	const struct unit *const *left = a, *const *right = b;

	if ((*left)->work != (*right)->work)
		return (*left)->work < (*right)->work ? -1 : 1;
	return *left < *right ? -1 : *left > *right;
}

/* The test that was seen to hold another value comes first of all. */
static void put_first(const struct run *run, uint32_t number, const struct unit **units, uint32_t n)
{
	uint32_t crossing = run->explanations ? run->explanations[number].crossing_unit : UINT32_MAX;

	for (uint32_t i = 1; i < n; i++)
		if (units[i] == &run->units[crossing]) {
			memmove(units + 1, units, i * sizeof(*units));
			*units = &run->units[crossing];
		}
}

/* Tests in which the mutant made a difference, else those that reach it: the lightest,
 * of a few classes, ascending. Into fixing->chosen; returns how many. */
static uint32_t choose_units(struct fixing *fixing, const struct mutant *mutant)
{
	const struct run *run = fixing->run;
	uint32_t from = run->reach_start[mutant->infection], until = run->reach_start[mutant->infection + 1];
	const struct unit **units;
	uint32_t containers[CONTAINERS_MAX], counts[CONTAINERS_MAX], n_containers = 0, n = 0, n_chosen = 0;

	if (from == until) {
		from = run->reach_start[mutant->point];
		until = run->reach_start[mutant->point + 1];
	}
	units = malloc((until - from + 1) * sizeof(*units));
	for (uint32_t i = from; units && i < until; i++) {
		const struct unit *unit = &run->units[run->reach[i]];

		if (unit->state == UNIT_PASSED && !unit->needs_company)
			units[n++] = unit;
	}
	if (units)
		qsort(units, n, sizeof(*units), by_work);
	if (units)
		put_first(run, (uint32_t)(mutant - run->plan.mutants), units, n);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t c = 0;

		while (c < n_containers && containers[c] != units[i]->container_number)
			c++;
		if (c == CONTAINERS_MAX)
			continue;
		if (c == n_containers) {
			containers[n_containers] = units[i]->container_number;
			counts[n_containers++] = 0;
		}
		if (counts[c]++ < UNITS_MAX)
			fixing->chosen[n_chosen++] = (uint32_t)(units[i] - run->units);
	}
	free(units);
	return n_chosen;
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *left = a, *right = b;

	return *left < *right ? -1 : *left > *right;
}

static bool needs_fix(const struct run *run, uint32_t mutant)
{
	return run->verdicts[mutant].status == STATUS_SURVIVED ||
	       run->verdicts[mutant].status == STATUS_NO_COVERAGE;
}

/* ---- asking for copies ---- */

struct request {
	const char **items;
	uint32_t n, size;
};

static void add(struct arena *arena, struct request *request, const char *item)
{
	if (request->n == request->size) {
		uint32_t size = request->size ? request->size * 2 : 16;

		request->items = arena_grow(arena, request->items, request->n, size, sizeof(*request->items));
		request->size = size;
	}
	request->items[request->n++] = item;
}

static const char *method_of(const struct run *run, const struct unit *unit)
{
	const char *container = run->containers[unit->container_number].name;
	size_t len = strlen(container);

	return strncmp(unit->name, container, len) || unit->name[len] != '.' ? "" : unit->name + len + 1;
}

/* Source, class and other sources; false, and why in fix->says, where there is no source. */
static bool begin_request(const struct search *search, uint32_t container, struct request *request)
{
	struct arena *arena = arena_of(search->fixing);
	const struct run *run = search->fixing->run;
	const char *name = run->containers[container].name, *why = NULL;
	const char *path = test_source_find(arena, run, name, &why);

	if (!path) {
		search->fix->says = why;
		return false;
	}
	add(arena, request, arena_strfmt(arena, "source=%s", path));
	add(arena, request, arena_strfmt(arena, "class=%s", name));
	for (uint32_t i = 0; i < run->project.n_sources; i++)
		add(arena, request, arena_strfmt(arena, "other=%s", run->project.sources[i]));
	return true;
}

static void add_methods(const struct search *search, uint32_t container, const char *key,
			bool only_wanted, struct request *request)
{
	const struct run *run = search->fixing->run;
	uint32_t first = run->containers[container].first_unit;

	for (uint32_t u = first; u < first + run->containers[container].n_units; u++)
		if (run->units[u].state == UNIT_PASSED && *method_of(run, &run->units[u]) &&
		    (!only_wanted || search->fixing->is_wanted[u]))
			add(arena_of(search->fixing), request,
			    arena_strfmt(arena_of(search->fixing), "%s=%s", key,
					 method_of(run, &run->units[u])));
}

static const struct calls *calls_of(struct fixing *fixing)
{
	const struct project *project = &fixing->run->project;
	const struct class **classes;
	uint32_t n = 0;

	if (fixing->calls)
		return fixing->calls;
	classes = ARENA_NEW_N(arena_of(fixing), const struct class *, project->n_classes);
	for (uint32_t i = 0; i < project->n_classes; i++) {
		struct err none = ERR_INIT;
		struct class *class;

		if (!project->classes[i].is_test &&
		    class_parse(arena_of(fixing), project->classes[i].bytes, project->classes[i].what,
				&class, &none) == ERR_OK)
			classes[n++] = class;
	}
	fixing->calls = calls_build(arena_of(fixing), classes, n);
	return fixing->calls;
}

/* What is asked of values must not touch the world outside, nor what makes inputs. */
static void add_unsafe(const struct search *search, struct request *request)
{
	struct arena *arena = arena_of(search->fixing);
	const char **names;
	uint32_t n = calls_unsafe(calls_of(search->fixing), arena, &names);

	for (uint32_t i = 0; i < n; i++)
		add(arena, request, arena_strfmt(arena, "unsafe=%s", names[i]));
}

/* ---- trying ---- */

static enum err_code run_copy(struct search *search, uint32_t unit, const struct ask_proposal *made,
			      bool on_mutant, struct copy_outcome *ret, struct err *err)
{
	struct pool_class *classes = ARENA_NEW_N(arena_of(search->fixing), struct pool_class, made->n_classes + 1);

	memcpy(classes, made->classes, made->n_classes * sizeof(*classes));
	classes[made->n_classes] = search->mutated;
	return copies_run(&search->fixing->copies, &unit, 1, classes, made->n_classes + on_mutant, 0,
			  ret, err);
}

static void take_fix(struct search *search, const struct copy *copy, const struct difference *difference,
		     const struct ask_proposal *made)
{
	struct fix *fix = search->fix;
	const char *how = made->texts[2];

	*fix = (struct fix){
		.place = !strcmp(how, "replace") ? FIX_REPLACES : !strcmp(how, "test") ? FIX_TEST : FIX_AFTER,
		.is_verified = true,
		.path = copy->request[0] + strlen("source="),
		.first_line = (uint32_t)strtoul(made->texts[0], NULL, 10),
		.last_line = (uint32_t)strtoul(made->texts[1], NULL, 10),
		.unit = difference->unit,
		.code = made->texts[3], .imports = made->texts[4],
		.original = difference->original->text, .mutated = difference->mutated->text,
	};
}

/* What the assertion shall say: of something thrown its class alone, where the mutant
 * does not throw the same. */
static const char *value_of(struct arena *arena, const struct difference *difference)
{
	const struct note *original = difference->original, *mutated = difference->mutated;
	size_t class = strcspn(original->text, "\t");

	if (original->kind != 'x' || (mutated->kind == 'x' && strcspn(mutated->text, "\t") == class &&
				      !strncmp(mutated->text, original->text, class)))
		class = strlen(original->text);
	return arena_strfmt(arena, "value=%c\t%.*s", original->kind, (int)class, original->text);
}

/* Whether the test passes on the original and fails on the mutant, each time: what
 * threads leave to chance may do so once. */
static enum err_code verify(struct search *search, uint32_t unit, const struct ask_proposal *made,
			    bool *ret, struct err *err)
{
	struct copy_outcome outcome;

	*ret = false;
	for (unsigned i = 0; i < 2 * VERIFY_TIMES; i++) {
		bool on_mutant = i % 2;

		TRY(run_copy(search, unit, made, on_mutant, &outcome, err));
		if (!outcome.is_there || outcome.passed == on_mutant)
			return ERR_OK;
	}
	*ret = true;
	return ERR_OK;
}

/* Compiles one assertion into a copy and runs it on both. */
static enum err_code try_shape(struct search *search, const struct copy *copy,
			       const struct difference *difference, uint32_t shape, struct err *err)
{
	struct arena *arena = arena_of(search->fixing);
	const char **request = ARENA_NEW_N(arena, const char *, copy->n_request + 5);
	struct ask_proposal made;
	uint32_t n = copy->n_request;
	bool notices;

	memcpy(request, copy->request, n * sizeof(*request));
	request[n++] = "mode=fix";
	request[n++] = copy->explores ? "of=explore" : "of=probe";
	request[n++] = arena_strfmt(arena, "candidate=%u", difference->place->number);
	request[n++] = arena_strfmt(arena, "shape=%u", shape);
	request[n++] = value_of(arena, difference);
	search->tries++;
	TRY(ask_propose(search->fixing->copies.crew, arena, search->fixing->copies.classpath, request, n,
			&made, err));
	if (!made.success || made.n_texts < 5)
		return ERR_OK;
	TRY(verify(search, difference->unit, &made, &notices, err));
	if (notices)
		take_fix(search, copy, difference, &made);
	return ERR_OK;
}

static bool is_over(const struct search *search)
{
	return search->fix->is_verified || search->tries >= TRIES_MAX ||
	       crew_cpu(search->fixing->copies.crew) > search->cpu_end;
}

static enum err_code try_all(struct search *search, const struct copy *copy,
			     struct difference *differences, uint32_t n, struct err *err)
{
	differences_sort(differences, n);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t shape = 0; shape < differences[i].place->n_shapes; shape++) {
			if (is_over(search))
				return ERR_OK;
			TRY(try_shape(search, copy, &differences[i], shape, err));
		}
	return ERR_OK;
}

/* What the copy writes down on the mutant: of each unit, none where it does not pass. */
static enum err_code run_on_mutant(struct search *search, const struct copy *copy, const uint32_t *units,
				   uint32_t n_units, struct notes *ret, struct err *err)
{
	struct arena *arena = arena_of(search->fixing);
	struct copy_outcome *outcomes = ARENA_NEW_N(arena, struct copy_outcome, n_units);
	struct pool_class *classes = ARENA_NEW_N(arena, struct pool_class, copy->made.n_classes + 1);

	memcpy(classes, copy->made.classes, copy->made.n_classes * sizeof(*classes));
	classes[copy->made.n_classes] = search->mutated;
	TRY(copies_run(&search->fixing->copies, units, n_units, classes, copy->made.n_classes + 1,
		       COPIES_NOTES_NS, outcomes, err));
	search->has_run = true;
	for (uint32_t u = 0; u < n_units; u++)
		notes_parse(arena, outcomes[u].passed ? outcomes[u].text : "", &ret[u]);
	return ERR_OK;
}

/* Runs the copy on the mutant, twice, and tries what differs. */
static enum err_code search_copy(struct search *search, struct copy *copy, const uint32_t *units,
				 uint32_t n_units, struct err *err)
{
	struct arena *arena = arena_of(search->fixing);
	struct notes *mutated = ARENA_NEW_N(arena, struct notes, n_units);
	const struct container *container = &search->fixing->run->containers[copy->container];
	struct difference *differences, *again;
	uint32_t n, n_again;

	TRY(copies_run_original(&search->fixing->copies, copy, units, n_units, err));
	TRY(run_on_mutant(search, copy, units, n_units, mutated, err));
	n = differences_find(arena, copy, container, units, n_units, mutated, &differences);
	if (!n)
		return ERR_OK;
	TRY(run_on_mutant(search, copy, units, n_units, mutated, err));
	n_again = differences_find(arena, copy, container, units, n_units, mutated, &again);
	n = differences_keep(differences, n, again, n_again);
	return try_all(search, copy, differences, n, err);
}

static enum err_code search_container(struct search *search, const uint32_t *units, uint32_t n_units,
				      struct err *err)
{
	uint32_t container = search->fixing->run->units[units[0]].container_number;
	struct request request = { NULL, 0, 0 };
	struct copy *copy;

	if (!begin_request(search, container, &request))
		return ERR_OK;
	add_unsafe(search, &request);
	add_methods(search, container, "method", true, &request);
	TRY(copies_get(&search->fixing->copies, container, false, request.items, request.n, &copy, err));
	if (copy->why) {
		search->fix->says = copy->why;
		return ERR_OK;
	}
	return search_copy(search, copy, units, n_units, err);
}

/* ---- its own tests ---- */

static enum err_code search_tests(struct search *search, struct err *err)
{
	uint32_t n = choose_units(search->fixing, search->mutant), *units;
	const struct unit *all = search->fixing->run->units;

	units = arena_memdup(arena_of(search->fixing), search->fixing->chosen, n * sizeof(*units));
	qsort(units, n, sizeof(*units), by_number);
	for (uint32_t from = 0, until; from < n && !is_over(search); from = until) {
		for (until = from + 1; until < n &&
		     all[units[until]].container_number == all[units[from]].container_number; until++)
			;
		TRY(search_container(search, units + from, until - from, err));
	}
	return ERR_OK;
}

/* ---- calls made up for it ---- */

static void add_literals(const struct search *search, struct request *request)
{
	struct arena *arena = arena_of(search->fixing);
	const struct class *class = search->fixing->run->plan.classes[search->mutant->class_number].class;
	const char **literals;
	uint32_t n = literals_of(arena, class, &class->methods[search->mutant->method], LITERALS_MAX, &literals);

	for (uint32_t i = 0; i < n; i++)
		add(arena, request, arena_strfmt(arena, "literal=%s", literals[i]));
}

static void add_entries(const struct search *search, const struct calls_entry *entries, uint32_t n,
			struct request *request)
{
	struct arena *arena = arena_of(search->fixing);

	for (uint32_t i = 0; i < n; i++) {
		char *name = arena_strfmt(arena, "entry=%s#%s", entries[i].class_name, entries[i].method_name);
		bool is_new = true;

		for (char *c = name; *c != '#'; c++)
			if (*c == '/')
				*c = '.';
		for (uint32_t r = 0; r < request->n; r++)
			is_new &= strcmp(request->items[r], name) != 0;
		if (is_new)
			add(arena, request, name);
	}
}

static uint32_t unit_called(const struct run *run, uint32_t container, const char *method)
{
	uint32_t first = run->containers[container].first_unit;

	for (uint32_t u = first; u < first + run->containers[container].n_units; u++)
		if (run->units[u].state == UNIT_PASSED && !strcmp(method_of(run, &run->units[u]), method))
			return u;
	return UNIT_NONE;
}

static enum err_code explore_in(struct search *search, uint32_t container, const struct calls_entry *entries,
				uint32_t n, struct err *err)
{
	struct request request = { NULL, 0, 0 };
	struct copy *copy;
	uint32_t unit;

	if (!begin_request(search, container, &request))
		return ERR_OK;
	add_literals(search, &request);
	add_entries(search, entries, n, &request);
	add_unsafe(search, &request);
	add_methods(search, container, "host", false, &request);
	TRY(copies_get(&search->fixing->copies, container, true, request.items, request.n, &copy, err));
	if (copy->why) {
		search->fix->says = copy->why;
		return ERR_OK;
	}
	unit = unit_called(search->fixing->run, container, copy->host);
	return unit == UNIT_NONE ? ERR_OK : search_copy(search, copy, &unit, 1, err);
}

/* PriceTest, PriceTests, TestPrice for shop.Price. */
static bool is_named_after(const char *test, const char *simple)
{
	size_t len = strcspn(simple, "$");

	test += !strncmp(test, "Test", 4) && !strncmp(test + 4, simple, len) ? 4 : 0;
	return !strncmp(test, simple, len) &&
	       (!test[len] || !strcmp(test + len, "Test") || !strcmp(test + len, "Tests"));
}

static bool is_reached_by(const struct run *run, const struct mutant *mutant, const struct container *container)
{
	for (uint32_t i = run->reach_start[mutant->point]; i < run->reach_start[mutant->point + 1]; i++)
		if (&run->containers[run->units[run->reach[i]].container_number] == container)
			return true;
	return false;
}

/* How well a test class suits: in the package of the changed class, so that it can
 * call what is not public; called after it; one that reaches it. 0: not at all, for
 * none of its tests can lend its place. */
#define SUITS_MAX 15u
static unsigned suits(const struct run *run, const struct container *container, const struct mutant *mutant)
{
	const char *changed = run->plan.classes[mutant->class_number].display_name;
	const char *dot = strrchr(changed, '.'), *simple = dot ? dot + 1 : changed, *name = container->name;
	size_t package = dot ? (size_t)(dot - changed) + 1 : 0;
	bool has_any = false, is_near = !strncmp(name, changed, package) && !strchr(name + package, '.');
	const char *test = strrchr(name, '.') ? strrchr(name, '.') + 1 : name;

	for (uint32_t u = 0; u < container->n_units; u++)
		has_any |= run->units[container->first_unit + u].state == UNIT_PASSED;
	return !has_any ? 0 : 1 + 8 * is_near + 4 * is_named_after(test, simple) +
			      2 * is_reached_by(run, mutant, container);
}

static enum err_code explore(struct search *search, struct err *err)
{
	struct run *run = search->fixing->run;
	const struct plan_class *changed = &run->plan.classes[search->mutant->class_number];
	const struct member *method = &changed->class->methods[search->mutant->method];
	struct calls_entry *entries, fields = { changed->class->name, method->name, method->descriptor };
	uint32_t n = calls_leading_to(calls_of(search->fixing), &run->arena, changed->class->name, method->name,
				      method->descriptor, ENTRIES_MAX, &entries);
	unsigned hosts = 0;

	if (!strcmp(method->name, "<clinit>")) {	/* shows in the fields that it sets */
		entries = &fields;
		n = 1;
	}

	for (unsigned score = SUITS_MAX; n && score && hosts < HOSTS_MAX; score--)
		for (uint32_t c = 0; c < run->n_containers && hosts < HOSTS_MAX && !is_over(search); c++)
			if (suits(run, &run->containers[c], search->mutant) == score) {
				hosts++;
				TRY(explore_in(search, c, entries, n, err));
			}
	return ERR_OK;
}

/* ---- one survivor ---- */

static enum err_code fix_one(struct fixing *fixing, uint32_t number, struct err *err)
{
	struct run *run = fixing->run;
	struct search search = { .fixing = fixing, .mutant = &run->plan.mutants[number],
				 .fix = &run->fixes[number] };
	struct err why = ERR_INIT;

	search.cpu_end = crew_cpu(fixing->copies.crew) + CPU_MAX;
	search.mutated.name = run->plan.classes[search.mutant->class_number].display_name;
	if (mutate_class(&run->plan, search.mutant, &run->arena, &search.mutated.bytes, &why) != ERR_OK) {
		search.fix->says = arena_strdup(&run->arena, why.text);
		return ERR_OK;
	}
	TRY(search_tests(&search, err));
	if (!is_over(&search))
		TRY(explore(&search, err));
	if (search.fix->place != FIX_NONE)
		return ERR_OK;
	if (!search.has_run && search.fix->says && draft_fix(run, number, search.fix->says, search.fix))
		return ERR_OK;
	if (search.has_run || !search.fix->says)
		search.fix->says = "nothing that was tried tells it from the original";
	return ERR_OK;
}

enum err_code fix_run(struct run *run, struct crew *crew, const char *classpath, struct err *err)
{
	struct fixing fixing = { .run = run,
				 .copies = { .run = run, .crew = crew, .classpath = classpath } };

	run->fixes = ARENA_NEW_N(&run->arena, struct fix, run->plan.n_mutants);
	fixing.is_wanted = ARENA_NEW_N(&run->arena, bool, run->n_units);
	fixing.chosen = ARENA_NEW_N(&run->arena, uint32_t, run->n_units);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		uint32_t n = needs_fix(run, i) ? choose_units(&fixing, &run->plan.mutants[i]) : 0;

		for (uint32_t u = 0; u < n; u++)
			fixing.is_wanted[fixing.chosen[u]] = true;
	}
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		if (needs_fix(run, i))
			TRY(fix_one(&fixing, i, err));
		if (run->events.step)
			run->events.step(run->events.context, run, i + 1, run->plan.n_mutants);
	}
	return ERR_OK;
}
