#include "judge/bodies.h"

#include <stdlib.h>
#include <string.h>

#include "run/metrics.h"

const char *body_state_name(enum body_state state)
{
	static const char *const names[N_BODY_STATES] = {
		[BODY_UNMEASURED] = "unmeasured", [BODY_NOT_COVERED] = "not_covered",
		[BODY_PSEUDO] = "pseudo_tested", [BODY_PARTIAL] = "partially_tested",
		[BODY_TESTED] = "tested",
	};

	return names[state];
}

struct judging {
	const struct run *run;
	struct arena *arena;
	struct body *bodies;		/* one for each method of the plan's classes */
	uint32_t *first;		/* [plan.n_classes] of the class in `bodies` */
	uint32_t n;
	struct run_by {			/* whoever reaches the point runs the body */
		uint32_t body, point;
	} *run_by;
	uint32_t n_run_by;
};

static void list_methods(struct judging *j)
{
	const struct plan *plan = &j->run->plan;

	j->first = ARENA_NEW_N(j->arena, uint32_t, plan->n_classes);
	for (uint32_t c = 0; c < plan->n_classes; c++) {
		j->first[c] = j->n;
		j->n += plan->classes[c].class->n_methods;
	}
	j->bodies = ARENA_NEW_N(j->arena, struct body, j->n);
	for (uint32_t c = 0; c < plan->n_classes; c++)
		for (uint16_t m = 0; m < plan->classes[c].class->n_methods; m++) {
			j->bodies[j->first[c] + m].class_number = c;
			j->bodies[j->first[c] + m].method = m;
		}
}

static void note_point(struct judging *j, uint32_t body, uint32_t point)
{
	j->run_by[j->n_run_by++] = (struct run_by){ body, point };
}

/* Of the plan's bodies: tests that entered them. */
static uint32_t *count_entered(const struct judging *j)
{
	const struct run *run = j->run;
	uint32_t *n = ARENA_NEW_N(j->arena, uint32_t, run->plan.n_bodies);

	for (uint32_t u = 0; u < run->n_units; u++)
		for (uint32_t i = 0; i < run->units[u].n_loops; i++)
			if (run->units[u].loops[i].body < run->plan.n_bodies)
				n[run->units[u].loops[i].body]++;
	return n;
}

static int by_body(const void *a, const void *b)
{
	const struct run_by *left = a, *right = b;

	return left->body < right->body ? -1 : left->body > right->body;
}

static void count_tests(struct judging *j)
{
	const struct run *run = j->run;
	uint32_t *seen = ARENA_NEW_N(j->arena, uint32_t, run->n_units);	/* body + 1 last counted for */
	uint32_t *entered = count_entered(j);	/* also where only other mutants were chosen */

	if (j->n_run_by)
		qsort(j->run_by, j->n_run_by, sizeof(*j->run_by), by_body);
	for (uint32_t k = 0; k < j->n_run_by; k++) {
		uint32_t body = j->run_by[k].body, point = j->run_by[k].point;

		for (uint32_t i = run->reach_start[point]; i < run->reach_start[point + 1]; i++) {
			j->bodies[body].n_tests += seen[run->reach[i]] != body + 1;
			seen[run->reach[i]] = body + 1;
		}
	}
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		const struct mutant *mutant = &run->plan.mutants[i];
		struct body *body = &j->bodies[j->first[mutant->class_number] + mutant->method];

		if (mutant->body < run->plan.n_bodies && entered[mutant->body] > body->n_tests)
			body->n_tests = entered[mutant->body];
	}
}

static bool counts(const struct run *run, uint32_t mutant)
{
	return run_status_is_counted(run->verdicts[mutant].status) &&
	       metrics_class_of(run, mutant) != SURVIVOR_EQUIVALENT_LIKELY;
}

static void add_extreme(struct body *body, bool noticed)
{
	body->n_extreme++;
	body->n_noticed += noticed;
}

/* The method of the plan that a removed call would have run: the one named, as
 * a class of the plan declares it. */
static struct body *called(struct judging *j, const struct mutant *mutant)
{
	const struct plan *plan = &j->run->plan;
	const struct class *class = plan->classes[mutant->class_number].class;
	const struct member *method = &class->methods[mutant->method];
	const uint8_t *code = method->code->bytes.bytes + 8;	/* JVMS 4.7.3 */
	struct member_ref ref;

	if (mutant->pcs[0] + 10u >= method->code->bytes.len ||
	    !class_member_ref_at(class, (uint16_t)(code[mutant->pcs[0] + 1] << 8 |
						   code[mutant->pcs[0] + 2]), &ref) || !ref.owner)
		return NULL;
	for (uint32_t c = 0; c < plan->n_classes; c++) {
		const struct class *owner = plan->classes[c].class;

		if (strcmp(owner->name, ref.owner) != 0)
			continue;
		for (uint16_t m = 0; m < owner->n_methods; m++)
			if (!strcmp(owner->methods[m].name, ref.name) &&
			    !strcmp(owner->methods[m].descriptor, ref.descriptor))
				return &j->bodies[j->first[c] + m];
	}
	return NULL;
}

static void take_mutant(struct judging *j, uint32_t number)
{
	const struct run *run = j->run;
	const struct mutant *mutant = &run->plan.mutants[number];
	uint32_t n = j->first[mutant->class_number] + mutant->method;
	struct body *body = &j->bodies[n], *callee = NULL;
	bool noticed = run_status_is_detected(run->verdicts[number].status);

	if (!body->line || (mutant->line && mutant->line < body->line))
		body->line = mutant->line;
	note_point(j, n, mutant->point);
	if (!counts(run, number))
		return;
	body->n_mutants++;
	body->n_detected += noticed;
	if (mutant->operator->family == FAMILY_RETURN)
		add_extreme(body, noticed);
	if (mutant->operator->family == FAMILY_CALL &&
	    run->verdicts[number].status != STATUS_NO_COVERAGE)
		callee = called(j, mutant);
	if (!callee || callee == body)
		return;
	add_extreme(callee, noticed);
	note_point(j, (uint32_t)(callee - j->bodies), mutant->point);
}

static enum body_state state_of(const struct body *body)
{
	if (!body->n_tests)
		return body->n_mutants ? BODY_NOT_COVERED : BODY_UNMEASURED;
	if (!body->n_extreme)
		return BODY_UNMEASURED;
	if (body->n_noticed == body->n_extreme)
		return BODY_TESTED;
	return body->n_noticed || body->n_detected ? BODY_PARTIAL : BODY_PSEUDO;
}

static int rank(enum body_state state)
{
	static const int ranks[N_BODY_STATES] = {
		[BODY_PSEUDO] = 0, [BODY_PARTIAL] = 1, [BODY_NOT_COVERED] = 2,
		[BODY_TESTED] = 3, [BODY_UNMEASURED] = 4,
	};

	return ranks[state];
}

static int worst_first(const void *a, const void *b)
{
	const struct body *left = a, *right = b;

	if (left->state != right->state)
		return rank(left->state) - rank(right->state);
	if (left->n_tests != right->n_tests)
		return left->n_tests > right->n_tests ? -1 : 1;
	if (left->class_number != right->class_number)
		return left->class_number < right->class_number ? -1 : 1;
	return left->method - right->method;
}

static bool is_written(const struct run *run, const struct body *body)
{
	const struct member *method =
		&run->plan.classes[body->class_number].class->methods[body->method];

	return strncmp(method->name, "lambda$", 7) != 0 && *method->name != '<' &&
	       !(method->access & ACCESS_SYNTHETIC);
}

uint32_t bodies_judge(const struct run *run, struct arena *arena, struct body **ret)
{
	struct judging j = { .run = run, .arena = arena };
	uint32_t kept = 0;

	list_methods(&j);
	j.run_by = ARENA_NEW_N(arena, struct run_by, (size_t)run->plan.n_mutants * 2);
	for (uint32_t i = 0; i < run->plan.n_mutants; i++)
		take_mutant(&j, i);
	count_tests(&j);
	for (uint32_t i = 0; i < j.n; i++) {
		struct body *body = &j.bodies[i];

		if (!is_written(run, body) || (!body->n_mutants && !body->n_extreme))
			continue;
		body->state = state_of(body);
		j.bodies[kept++] = *body;
	}
	if (kept)
		qsort(j.bodies, kept, sizeof(*j.bodies), worst_first);
	*ret = j.bodies;
	return kept;
}
