#include "report/json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "report/leverage.h"
#include "report/lies_json.h"
#include "report/utf8.h"
#include "report/version.h"
#include "runner/fix.h"
#include "runner/gates.h"
#include "runner/metrics.h"
#include "runner/spending.h"
#include "util/die.h"

/* The large arrays are written item by item, one a line: a tree of all of a
 * large run would take hundreds of megabytes. */

/* ---- values ---- */

static cJSON *object(void)
{
	cJSON *item = cJSON_CreateObject();

	if (!item)
		die_out_of_memory();
	return item;
}

static void add(cJSON *to, const char *name, cJSON *item)
{
	if (!item || !cJSON_AddItemToObject(to, name, item))
		die_out_of_memory();
}

/* `text` may be NULL: null. */
static void add_text(cJSON *to, const char *name, const char *text)
{
	struct buf clean;

	if (!text) {
		add(to, name, cJSON_CreateNull());
		return;
	}
	buf_init(&clean, SIZE_MAX);
	utf8_clean(&clean, text);
	buf_u1(&clean, 0);
	add(to, name, cJSON_CreateString((const char *)clean.bytes));
	buf_release(&clean);
}

static void add_number(cJSON *to, const char *name, double number)
{
	add(to, name, cJSON_CreateNumber(number));
}

/* To the nearest 1 / steps; never negative. */
static void add_rounded(cJSON *to, const char *name, double number, double steps)
{
	add_number(to, name, (double)(unsigned long long)(number * steps + 0.5) / steps);
}

/* Zero is how the code says "not recorded"; in JSON that is null. */
static void add_number_or_null(cJSON *to, const char *name, double number)
{
	add(to, name, number > 0 ? cJSON_CreateNumber(number) : cJSON_CreateNull());
}

static void put(struct buf *out, cJSON *item)
{
	char *text = cJSON_PrintUnformatted(item);

	if (!text)
		die_out_of_memory();
	buf_text(out, text);
	cJSON_free(text);
	cJSON_Delete(item);
}

static void put_field(struct buf *out, const char *name, cJSON *item)
{
	buf_fmt(out, ",\n\"%s\":", name);
	put(out, item);
}

static void put_item(struct buf *out, uint32_t number, cJSON *item)
{
	buf_text(out, number ? ",\n" : "\n");
	put(out, item);
}

/* ---- the parts ---- */

static void put_head(struct buf *out, const char *schema, const struct run *run)
{
	cJSON *tool = object(), *project = object(), *jvm = object();

	buf_fmt(out, "{\"schema\":\"%s\"", schema);
	add_text(tool, "name", "vary");
	add_text(tool, "version", VERSION);
	put_field(out, "tool", tool);
	add_text(project, "directory", run->project.directory);
	add_text(project, "layout", run->project.layout);
	put_field(out, "project", project);
	add_text(jvm, "version", run->java_version && *run->java_version ? run->java_version : NULL);
	add_text(jvm, "home", run->java_home);
	put_field(out, "jvm", jvm);
}

static void put_outcome(struct buf *out, const struct run *run, const struct err *failure,
			int exit_status)
{
	cJSON *outcome = object();

	add_number(outcome, "exit_status", exit_status);
	add(outcome, "complete", cJSON_CreateBool(!failure));
	add(outcome, "interrupted", cJSON_CreateBool(run->interrupted));
	add_text(outcome, "error", failure ? failure->text : NULL);
	put_field(out, "outcome", outcome);
}

static void put_score(struct buf *out, const struct run *run)
{
	struct run_counts counts = run_count(run);
	cJSON *score = object();

	add_number(score, "mutants", run->plan.n_mutants);
	add_number(score, "counted", counts.counted);
	add_number(score, "detected", counts.detected);
	if (counts.counted)
		add_rounded(score, "score", counts.score, 100);
	else
		add(score, "score", cJSON_CreateNull());
	for (int i = 0; i < N_STATUSES; i++)
		add_number(score, run_status_name((enum status)i), counts.by_status[i]);
	put_field(out, "score", score);
}

static void put_metrics(struct buf *out, const struct run *run)
{
	struct metrics metrics = metrics_of(run);
	cJSON *item = object(), *classes = object();

	add_number(item, "survivors", metrics.survivors);
	if (run->explanations) {
		for (int i = SURVIVOR_NONE + 1; i < N_SURVIVOR_CLASSES; i++)
			add_number(classes, metrics_class_name((enum survivor_class)i), metrics.by_class[i]);
		add(item, "survivor_classes", classes);
		add_number(item, "actionable", metrics.actionable);
	} else {
		cJSON_Delete(classes);
		add(item, "survivor_classes", cJSON_CreateNull());
		add(item, "actionable", cJSON_CreateNull());
	}
	if (metrics.counts.counted)
		add_rounded(item, "kill_rate", metrics.kill_rate, 100);
	else
		add(item, "kill_rate", cJSON_CreateNull());
	if (metrics.is_complete)
		add_rounded(item, "observability", metrics.observability, 100);
	else
		add(item, "observability", cJSON_CreateNull());
	put_field(out, "metrics", item);
}

static void put_gates(struct buf *out, const struct run *run)
{
	buf_text(out, ",\n\"gates\":[");
	for (uint32_t i = 0; i < run->n_gates; i++) {
		const struct gate *gate = &run->gates[i];
		cJSON *item = object();

		add_text(item, "name", gate->name);
		add(item, "limit", gate->has_limit ? cJSON_CreateNumber(gate->limit) : cJSON_CreateNull());
		if (gate->reached < 0)
			add(item, "reached", cJSON_CreateNull());
		else
			add_rounded(item, "reached", gate->reached, 100);
		add(item, "violated", cJSON_CreateBool(gate->is_violated));
		add_text(item, "says", gate->says);
		put_item(out, i, item);
	}
	buf_text(out, "]");
}

static const char *const unit_states[] = {
	[UNIT_UNKNOWN] = "unknown", [UNIT_PASSED] = "passed", [UNIT_SKIPPED] = "skipped",
	[UNIT_FAILED] = "failed", [UNIT_FLAKY] = "flaky",
};

static void put_tests(struct buf *out, const struct run *run)
{
	buf_text(out, ",\n\"tests\":[");
	for (uint32_t i = 0; i < run->n_units; i++) {
		const struct unit *unit = &run->units[i];
		const struct container *container = &run->containers[unit->container_number];
		cJSON *item = object();

		add_text(item, "name", unit->name);
		add_text(item, "class", container->name);
		add_text(item, "id", unit->id);
		add_text(item, "driver", container->driver);
		add_text(item, "state", unit_states[unit->state]);
		add_text(item, "strength", run->oracles ? strength_name(run->oracles[i].strength) : NULL);
		add_rounded(item, "ms", (double)unit->wall_ns / 1e6, 1000);
		add_rounded(item, "least_cpu_ms", (double)unit->least_cpu_ns / 1e6, 1000);
		add_text(item, "failure", unit->failure);
		put_item(out, i, item);
	}
	buf_text(out, "]");
}

static cJSON *mutant_object(const struct plan *plan, const struct mutant *mutant)
{
	const struct plan_class *class = &plan->classes[mutant->class_number];
	const struct member *method = &class->class->methods[mutant->method];
	cJSON *item = object();

	add_text(item, "id", mutant->id);
	add_text(item, "class", class->display_name);
	add_text(item, "method", method->name);
	add_text(item, "descriptor", method->descriptor);
	add_text(item, "written_in", mutant->method_name);
	add_text(item, "source_file", class->source_file);
	add_number_or_null(item, "line", mutant->line);
	add_text(item, "family", family_names[mutant->operator->family]);
	add_text(item, "kind", mutant->operator->name);
	add_text(item, "pit_mutator", mutant->pit_mutator);
	add_text(item, "description", mutant->description);
	return item;
}

static cJSON *number_array(const uint32_t *numbers, uint32_t n)
{
	cJSON *array = cJSON_CreateArray();

	if (!array)
		die_out_of_memory();
	for (uint32_t i = 0; i < n; i++)
		if (!cJSON_AddItemToArray(array, cJSON_CreateNumber(numbers[i])))
			die_out_of_memory();
	return array;
}

/* What the reference tells too. */
static void add_outcome(cJSON *item, const struct run *run, const struct verdict *verdict)
{
	uint32_t killer = verdict->killing_unit;
	bool has_killer = killer != UNIT_NONE && killer < run->n_units;

	add_text(item, "status", run_status_name(verdict->status));
	add_text(item, "killing_test", has_killer ? run->units[killer].name : NULL);
	add(item, "killing_test_number", has_killer ? cJSON_CreateNumber(killer)
						     : cJSON_CreateNull());
	add_number(item, "tests_run", verdict->tests_run);
	add_rounded(item, "ms", (double)verdict->wall_ns / 1e6, 1000);
	add_rounded(item, "cpu_ms", (double)verdict->cpu_ns / 1e6, 1000);
	add_text(item, "detail", verdict->detail);
}

static void add_site(cJSON *to, const struct trace_site *site)
{
	add_text(to, "class", site->class_name);
	add_text(to, "method", site->method_name);
	add_number_or_null(to, "line", site->line);
	add_text(to, "callee", site->callee);
}

static void add_crossed(cJSON *item, const struct run *run, const struct explanation *explanation)
{
	cJSON *crossed;

	if (explanation->crossing_unit == UNIT_NONE) {
		add(item, "crossed", cJSON_CreateNull());
		return;
	}
	crossed = object();
	add_text(crossed, "test", run->units[explanation->crossing_unit].name);
	add_text(crossed, "kind", explanation_kind_name(explanation->crossing_kind));
	add_site(crossed, &explanation->crossing);
	add_number(crossed, "operand", explanation->crossing_operand);
	add_text(crossed, "original", explanation->crossing_original);
	add_text(crossed, "mutated", explanation->crossing_mutated);
	add(item, "crossed", crossed);
}

static void add_asserted(cJSON *item, const struct explanation *explanation)
{
	cJSON *asserted;

	if (!explanation->asserted.class_name) {
		add(item, "asserted", cJSON_CreateNull());
		return;
	}
	asserted = object();
	add_site(asserted, &explanation->asserted);
	add_text(asserted, "original", explanation->asserted_original);
	add_text(asserted, "mutated", explanation->asserted_mutated);
	add(item, "asserted", asserted);
}

static void add_fix(cJSON *item, const struct run *run, uint32_t number)
{
	static const char *const places[] = {
		[FIX_REPLACES] = "replaces", [FIX_AFTER] = "after", [FIX_TEST] = "test",
	};
	const struct fix *fix = run->fixes ? &run->fixes[number] : NULL;
	cJSON *found;

	if (!fix || (fix->place == FIX_NONE && !fix->says)) {
		add(item, "fix", cJSON_CreateNull());
		return;
	}
	found = object();
	add(found, "verified", cJSON_CreateBool(fix->is_verified));
	add_text(found, "says", fix->says);
	add_text(found, "place", fix->place == FIX_NONE ? NULL : places[fix->place]);
	if (fix->place != FIX_NONE) {
		add_text(found, "path", fix->path);
		add_number(found, "first_line", fix->first_line);
		add_number(found, "last_line", fix->last_line);
		add_text(found, "test", run->units[fix->unit].name);
		add_text(found, "code", fix->code);
		add_text(found, "imports", fix->imports);
		add_text(found, "original", fix->original);
		add_text(found, "mutated", fix->mutated);
	}
	add(item, "fix", found);
}

static void add_explanation(cJSON *item, const struct run *run, uint32_t number)
{
	enum survivor_class class = metrics_class_of(run, number);
	const struct explanation *explanation = run->explanations ? &run->explanations[number] : NULL;
	cJSON *equivalence = NULL, *witness = NULL;

	add_text(item, "survivor_class", metrics_class_name(class));
	if (run->fixes || class != SURVIVOR_NONE)
		add_fix(item, run, number);
	if (class == SURVIVOR_NONE)
		return;
	add_text(item, "survivor_says", explanation->says);
	if (explanation->equivalence_rule) {
		equivalence = object();
		add_rounded(equivalence, "confidence", explanation->equivalence, 100);
		add_text(equivalence, "rule", explanation->equivalence_rule);
		add_text(equivalence, "says", explanation->equivalence_says);
	}
	add(item, "equivalence", equivalence ? equivalence : cJSON_CreateNull());
	add_number(item, "reached_by", explanation->n_reached);
	add_number(item, "infected_in", explanation->n_infected);
	add_number(item, "traced_in", explanation->n_traced);
	add_crossed(item, run, explanation);
	add_asserted(item, explanation);
	if (explanation->operands) {
		witness = object();
		add_text(witness, "operands", explanation->operands);
		add_text(witness, "original", explanation->original);
		add_text(witness, "mutated", explanation->mutated);
	}
	add(item, "witness", witness ? witness : cJSON_CreateNull());
}

static void add_verdict(cJSON *item, const struct run *run, uint32_t number)
{
	static const struct verdict none = { .killing_unit = UNIT_NONE };
	uint32_t point = run->plan.mutants[number].point;

	add_outcome(item, run, run->verdicts ? &run->verdicts[number] : &none);
	add_explanation(item, run, number);
	if (run->settings.matrix)
		add(item, "killing_tests", number_array(run->verdicts ? run->verdicts[number].killers : NULL,
							run->verdicts ? run->verdicts[number].n_killers : 0));
	add(item, "covering_tests", run->reach_start
	    ? cJSON_CreateNumber(run->reach_start[point + 1] - run->reach_start[point])
	    : cJSON_CreateNull());
}

static void put_mutants(struct buf *out, const struct run *run, bool with_verdicts)
{
	buf_text(out, ",\n\"mutants\":[");
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		cJSON *item = mutant_object(&run->plan, &run->plan.mutants[i]);

		if (with_verdicts)
			add_verdict(item, run, i);
		put_item(out, i, item);
	}
	buf_text(out, "]");
}

/* Null where all of the plan was tried. */
static void put_sample(struct buf *out, const struct run *run)
{
	cJSON *sample;

	if (run->plan.n_mutants >= run->n_sampled_from) {
		put_field(out, "sample", cJSON_CreateNull());
		return;
	}
	sample = object();
	add_number(sample, "size", run->plan.n_mutants);
	add_number(sample, "of", run->n_sampled_from);
	add_number(sample, "seed", run->settings.seed);
	put_field(out, "sample", sample);
}

static void put_differences(struct buf *out, const struct run *run, const struct parity *parity)
{
	buf_text(out, ",\n\"differences\":[");
	for (uint32_t i = 0; i < parity->n; i++) {
		const struct parity_difference *difference = &parity->differences[i];
		cJSON *item = mutant_object(&run->plan, &run->plan.mutants[difference->mutant]);
		cJSON *fast = object(), *reference = object();

		add_text(item, "difference", parity_kind_name(difference->kind));
		add_outcome(fast, run, &run->verdicts[difference->mutant]);
		add(item, "fast", fast);
		add_outcome(reference, run, &run->reference[difference->mutant]);
		add(item, "reference", reference);
		put_item(out, i, item);
	}
	buf_text(out, "]");
}

static void put_left_out(struct buf *out, const struct plan *plan)
{
	cJSON *filters = object();

	for (unsigned i = 0; i < N_FILTERS; i++)
		if (plan->settings.filters & 1u << i)
			add_number(filters, filter_info[i].name, plan->filtered.counts[i]);
	put_field(out, "filters", filters);
	buf_text(out, ",\n\"skipped\":[");
	for (uint32_t i = 0; i < plan->n_skips; i++) {
		cJSON *item = object();

		add_text(item, "class", plan->skips[i].class_name);
		add_text(item, "method", plan->skips[i].method);
		add_text(item, "reason", plan->skips[i].reason);
		put_item(out, i, item);
	}
	buf_text(out, "]");
}

static cJSON *text_array(const char *const *texts, uint32_t n)
{
	cJSON *array = cJSON_CreateArray(), *holder = object();

	if (!array)
		die_out_of_memory();
	for (uint32_t i = 0; i < n; i++) {
		add_text(holder, "text", texts[i]);
		if (!cJSON_AddItemToArray(array, cJSON_DetachItemFromObject(holder, "text")))
			die_out_of_memory();
	}
	cJSON_Delete(holder);
	return array;
}

static void add_spending(cJSON *timing, const struct run *run)
{
	struct spending_part parts[SPENDING_PARTS];
	cJSON *by_part = object();

	spending_parts(run, parts);
	for (int i = 0; i < SPENDING_PARTS; i++)
		add_rounded(by_part, parts[i].name, parts[i].cpu_s, 1e6);
	add(timing, "cpu_parts_s", by_part);
	add_rounded(timing, "passed_before_kill_s", run->spending.passed_before_s, 1e6);
	add_rounded(timing, "supervisor_peak_mb", run->peak_mb, 10);
	add_rounded(timing, "idle_s", spending_idle(run), 1000);
	add_rounded(timing, "floor_s", run->spending.floor_s, 1e6);
	if (spending_efficiency(run) > 0)
		add_rounded(timing, "efficiency", spending_efficiency(run), 10000);
	else
		add(timing, "efficiency", cJSON_CreateNull());
}

static void put_timing(struct buf *out, const struct run *run)
{
	cJSON *timing = object(), *phases = object();

	add_rounded(timing, "wall_s", run->wall_s, 1000);
	add_rounded(timing, "cpu_s", run->cpu_s, 1e6);
	add_rounded(timing, "suite_s", run->suite_s, 1000);
	if (run->n_decided && run->cpu_s > 0)
		add_rounded(timing, "mutants_per_cpu_s", run->n_decided / run->cpu_s, 100);
	else
		add(timing, "mutants_per_cpu_s", cJSON_CreateNull());
	add_number(timing, "jobs", run->settings.jobs);
	add_number(timing, "slots", run->settings.slots);
	add_number(timing, "workers_started", run->workers_started);
	add_number(timing, "workers_lost", run->workers_lost);
	for (uint32_t i = 0; i < run->n_phases; i++)
		add_rounded(phases, run->phases[i].name, run->phases[i].wall_s, 1000);
	add(timing, "phases_s", phases);
	add_spending(timing, run);
	put_field(out, "timing", timing);
}

void json_report(const struct run *run, const struct err *failure, int exit_status,
		 struct buf *out)
{
	put_head(out, JSON_REPORT_SCHEMA, run);
	put_outcome(out, run, failure, exit_status);
	put_field(out, "reference", cJSON_CreateBool(run->settings.way == RUN_REFERENCE));
	put_sample(out, run);
	put_score(out, run);
	put_metrics(out, run);
	put_gates(out, run);
	put_tests(out, run);
	put_mutants(out, run, true);
	if (run->verdicts) {
		leverage_json(run, out);
		lies_json_methods(run, out);
	}
	put_left_out(out, &run->plan);
	put_field(out, "problems", text_array(run->problems, run->n_problems));
	put_timing(out, run);
	buf_text(out, "}\n");
}

void json_parity(const struct run *run, const struct parity *parity,
		 const struct err *failure, int exit_status, struct buf *out)
{
	cJSON *cpu = object();

	put_head(out, JSON_PARITY_SCHEMA, run);
	put_outcome(out, run, failure, exit_status);
	put_sample(out, run);
	put_field(out, "compared", cJSON_CreateNumber(parity->compared));
	put_differences(out, run, parity);
	add_rounded(cpu, "fast", run->ways_cpu_s[RUN_FAST], 1000);
	add_rounded(cpu, "reference", run->ways_cpu_s[RUN_REFERENCE], 1000);
	put_field(out, "ways_cpu_s", cpu);
	put_timing(out, run);
	buf_text(out, "}\n");
}

void json_list(const struct run *run, struct buf *out)
{
	put_head(out, JSON_LIST_SCHEMA, run);
	put_sample(out, run);
	buf_fmt(out, ",\n\"count\":%u", run->plan.n_mutants);
	put_mutants(out, run, false);
	put_left_out(out, &run->plan);
	buf_text(out, "}\n");
}

/* ---- earlier runs ---- */

static cJSON *names_of_tests(const struct stored_run *run, const uint32_t *tests, uint32_t n)
{
	const char **names = calloc((size_t)n + 1, sizeof(*names));
	cJSON *array;

	if (!names)
		die_out_of_memory();
	for (uint32_t i = 0; i < n; i++)
		names[i] = run->tests[tests[i]].name;
	array = text_array(names, n);
	free(names);
	return array;
}

static cJSON *stored_object(const struct stored_run *run, const struct expansion_item *of)
{
	const struct stored_mutant *mutant = &run->mutants[of->number];
	const struct stored_class *class = &run->classes[mutant->class_number];
	uint32_t killer = mutant->killing_test;
	cJSON *item = object();

	add_text(item, "id", mutant->id);
	add_text(item, "class", class->name);
	add_text(item, "method", mutant->method);
	add_text(item, "descriptor", mutant->descriptor);
	add_text(item, "written_in", mutant->written_in);
	add_text(item, "source_file", class->source_file);
	add_number_or_null(item, "line", mutant->line);
	add_text(item, "family", mutant->family);
	add_text(item, "kind", mutant->kind);
	add_text(item, "pit_mutator", mutant->pit_mutator);
	add_text(item, "description", mutant->description);
	add_text(item, "status", run_status_name(mutant->status));
	add_text(item, "survivor_class", metrics_class_name(mutant->class));
	add_text(item, "survivor_says", of->explanation.says);
	add_text(item, "killing_test", killer == UNIT_NONE ? NULL : run->tests[killer].name);
	add_number(item, "tests_run", mutant->tests_run);
	add_rounded(item, "ms", (double)mutant->wall_ns / 1e6, 1000);
	add_rounded(item, "cpu_ms", (double)mutant->cpu_ns / 1e6, 1000);
	add_text(item, "detail", mutant->detail);
	add(item, "reached_by", names_of_tests(run, of->reached, of->n_reached));
	add(item, "infected_in", names_of_tests(run, of->infected, of->n_infected));
	return item;
}

void json_expand(const struct expansion *expansion, const char *key, struct buf *out)
{
	const struct stored_run *run = expansion->run;
	cJSON *tool = object(), *of = object();

	buf_fmt(out, "{\"schema\":\"%s\"", JSON_EXPAND_SCHEMA);
	add_text(tool, "name", "vary");
	add_text(tool, "version", VERSION);
	put_field(out, "tool", tool);
	add_number(of, "number", (double)run->id);
	add_number(of, "started", (double)run->started);
	add(of, "complete", cJSON_CreateBool(run->is_finished));
	add(of, "arguments", text_array(run->arguments, run->n_arguments));
	put_field(out, "run", of);
	put_field(out, "warnings", text_array(expansion->warnings, expansion->n_warnings));
	of = object();
	add_text(of, "key", key);
	put_field(out, "key", cJSON_DetachItemFromObject(of, "key"));
	cJSON_Delete(of);
	buf_text(out, ",\n\"mutants\":[");
	for (uint32_t i = 0; i < expansion->n; i++)
		put_item(out, i, stored_object(run, &expansion->items[i]));
	buf_text(out, "]}\n");
}
