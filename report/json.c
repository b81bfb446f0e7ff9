#include "report/json.h"

#include "judge/gates.h"
#include "measure/spending.h"
#include "report/leverage.h"
#include "report/lies_json.h"
#include "report/mutant_json.h"
#include "report/node.h"
#include "report/version.h"
#include "run/metrics.h"

/* The large arrays are written item by item, one a line: a tree or text of all of
 * a large run would take hundreds of megabytes. */

static void put_head(struct buf *out, const char *schema, const struct run *run)
{
	struct node *tool = node_object(), *project = node_object(), *jvm = node_object();

	buf_fmt(out, "{\"schema\":\"%s\"", schema);
	node_add_text(tool, "name", "vary");
	node_add_text(tool, "version", VERSION);
	node_put_field(out, "tool", tool);
	node_add_text(project, "directory", run->project.directory);
	node_add_text(project, "layout", run->project.layout);
	node_put_field(out, "project", project);
	node_add_text(jvm, "version", run->java_version && *run->java_version ? run->java_version : NULL);
	node_add_text(jvm, "home", run->java_home);
	node_put_field(out, "jvm", jvm);
}

static void put_outcome(struct buf *out, const struct run *run, const struct err *failure,
			int exit_status)
{
	struct node *outcome = node_object();

	node_add_number(outcome, "exit_status", exit_status);
	node_add(outcome, "complete", node_bool(!failure));
	node_add(outcome, "interrupted", node_bool(run->interrupted));
	node_add_text(outcome, "error", failure ? failure->text : NULL);
	node_put_field(out, "outcome", outcome);
}

static void put_score(struct buf *out, const struct run *run)
{
	struct run_counts counts = run_count(run);
	struct node *score = node_object();

	node_add_number(score, "mutants", run->plan.n_mutants);
	node_add_number(score, "counted", counts.counted);
	node_add_number(score, "detected", counts.detected);
	if (counts.counted)
		node_add_rounded(score, "score", counts.score, 100);
	else
		node_add(score, "score", node_null());
	for (int i = 0; i < N_STATUSES; i++)
		node_add_number(score, run_status_name((enum status)i), counts.by_status[i]);
	node_put_field(out, "score", score);
}

static void put_metrics(struct buf *out, const struct run *run)
{
	struct metrics metrics = metrics_of(run);
	struct node *item = node_object(), *classes;

	node_add_number(item, "survivors", metrics.survivors);
	if (run->explanations) {
		classes = node_object();
		for (int i = SURVIVOR_NONE + 1; i < N_SURVIVOR_CLASSES; i++)
			node_add_number(classes, metrics_class_name((enum survivor_class)i), metrics.by_class[i]);
		node_add(item, "survivor_classes", classes);
		node_add_number(item, "actionable", metrics.actionable);
	} else {
		node_add(item, "survivor_classes", node_null());
		node_add(item, "actionable", node_null());
	}
	if (metrics.counts.counted)
		node_add_rounded(item, "kill_rate", metrics.kill_rate, 100);
	else
		node_add(item, "kill_rate", node_null());
	if (metrics.is_complete)
		node_add_rounded(item, "observability", metrics.observability, 100);
	else
		node_add(item, "observability", node_null());
	node_put_field(out, "metrics", item);
}

static void put_gates(struct buf *out, const struct run *run)
{
	buf_text(out, ",\n\"gates\":[");
	for (uint32_t i = 0; i < run->n_gates; i++) {
		const struct gate *gate = &run->gates[i];
		struct node *item = node_object();

		node_add_text(item, "name", gate->name);
		node_add(item, "limit", gate->has_limit ? node_number(gate->limit) : node_null());
		if (gate->reached < 0)
			node_add(item, "reached", node_null());
		else
			node_add_rounded(item, "reached", gate->reached, 100);
		node_add(item, "violated", node_bool(gate->is_violated));
		node_add_text(item, "says", gate->says);
		node_put_item(out, i, item);
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
		struct node *item = node_object();

		node_add_text(item, "name", unit->name);
		node_add_text(item, "class", container->name);
		node_add_text(item, "id", unit->id);
		node_add_text(item, "driver", container->driver);
		node_add_text(item, "state", unit_states[unit->state]);
		node_add_text(item, "strength", run->oracles ? strength_name(run->oracles[i].strength) : NULL);
		node_add_rounded(item, "ms", (double)unit->wall_ns / 1e6, 1000);
		node_add_rounded(item, "least_cpu_ms", (double)unit->least_cpu_ns / 1e6, 1000);
		node_add(item, "is_victim", node_bool(unit->is_victim));
		node_add_text(item, "failure", unit->failure);
		node_put_item(out, i, item);
	}
	buf_text(out, "]");
}

static void put_mutants(struct buf *out, const struct run *run, bool with_verdicts)
{
	buf_text(out, ",\n\"mutants\":[");
	for (uint32_t i = 0; i < run->plan.n_mutants; i++) {
		struct node *item = mutant_json_object(&run->plan, &run->plan.mutants[i]);

		if (with_verdicts)
			mutant_json_verdict(item, run, i);
		node_put_item(out, i, item);
	}
	buf_text(out, "]");
}

/* Null where all of the plan was tried. */
static void put_sample(struct buf *out, const struct run *run)
{
	struct node *sample;

	if (run->plan.n_mutants >= run->n_sampled_from) {
		node_put_field(out, "sample", node_null());
		return;
	}
	sample = node_object();
	node_add_number(sample, "size", run->plan.n_mutants);
	node_add_number(sample, "of", run->n_sampled_from);
	node_add_number(sample, "seed", run->settings.seed);
	node_put_field(out, "sample", sample);
}

static void put_differences(struct buf *out, const struct run *run, const struct parity *parity)
{
	buf_text(out, ",\n\"differences\":[");
	for (uint32_t i = 0; i < parity->n; i++) {
		const struct parity_difference *difference = &parity->differences[i];
		struct node *item = mutant_json_object(&run->plan, &run->plan.mutants[difference->mutant]);
		struct node *fast = node_object(), *reference = node_object();

		node_add_text(item, "difference", parity_kind_name(difference->kind));
		mutant_json_outcome(fast, run, &run->verdicts[difference->mutant]);
		node_add(item, "fast", fast);
		mutant_json_outcome(reference, run, &run->reference[difference->mutant]);
		node_add(item, "reference", reference);
		node_put_item(out, i, item);
	}
	buf_text(out, "]");
}

static void put_left_out(struct buf *out, const struct plan *plan)
{
	struct node *filters = node_object();

	for (unsigned i = 0; i < N_FILTERS; i++)
		if (plan->settings.filters & 1u << i)
			node_add_number(filters, filter_info[i].name, plan->filtered.counts[i]);
	node_put_field(out, "filters", filters);
	buf_text(out, ",\n\"skipped\":[");
	for (uint32_t i = 0; i < plan->n_skips; i++) {
		struct node *item = node_object();

		node_add_text(item, "class", plan->skips[i].class_name);
		node_add_text(item, "method", plan->skips[i].method);
		node_add_text(item, "reason", plan->skips[i].reason);
		node_put_item(out, i, item);
	}
	buf_text(out, "]");
}

static void add_spending(struct node *timing, const struct run *run)
{
	struct spending_part parts[SPENDING_PARTS];
	struct node *by_part = node_object();

	spending_parts(run, parts);
	for (int i = 0; i < SPENDING_PARTS; i++)
		node_add_rounded(by_part, parts[i].name, parts[i].cpu_s, 1e6);
	node_add(timing, "cpu_parts_s", by_part);
	node_add_rounded(timing, "passed_before_kill_s", run->spending.passed_before_s, 1e6);
	node_add_rounded(timing, "supervisor_peak_mb", run->peak_mb, 10);
	node_add_rounded(timing, "idle_s", spending_idle(run), 1000);
	node_add_rounded(timing, "floor_s", run->spending.floor_s, 1e6);
	if (spending_efficiency(run) > 0)
		node_add_rounded(timing, "efficiency", spending_efficiency(run), 10000);
	else
		node_add(timing, "efficiency", node_null());
}

static void put_timing(struct buf *out, const struct run *run)
{
	struct node *timing = node_object(), *phases = node_object(), *pollution = node_object();

	node_add_rounded(timing, "wall_s", run->wall_s, 1000);
	node_add_rounded(timing, "cpu_s", run->cpu_s, 1e6);
	node_add_rounded(timing, "suite_s", run->suite_s, 1000);
	if (run->n_decided && run->cpu_s > 0)
		node_add_rounded(timing, "mutants_per_cpu_s", run->n_decided / run->cpu_s, 100);
	else
		node_add(timing, "mutants_per_cpu_s", node_null());
	node_add_number(timing, "jobs", run->settings.jobs);
	node_add_number(timing, "slots", run->settings.slots);
	node_add_number(timing, "workers_started", run->workers_started);
	node_add_number(timing, "workers_lost", run->workers_lost);
	node_add_number(pollution, "tests", run->pollution.victims);
	node_add_number(pollution, "mutants_heard_again", run->pollution.heard_again);
	node_add_rounded(pollution, "cpu_s", (double)run->pollution.cpu_ns / 1e9, 1e6);
	node_add(timing, "pollution", pollution);
	for (uint32_t i = 0; i < run->n_phases; i++)
		node_add_rounded(phases, run->phases[i].name, run->phases[i].wall_s, 1000);
	node_add(timing, "phases_s", phases);
	add_spending(timing, run);
	node_put_field(out, "timing", timing);
}

void json_report(const struct run *run, const struct err *failure, int exit_status,
		 struct buf *out)
{
	put_head(out, JSON_REPORT_SCHEMA, run);
	put_outcome(out, run, failure, exit_status);
	node_put_field(out, "reference", node_bool(run->settings.way == RUN_REFERENCE));
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
	node_put_field(out, "problems", node_texts(run->problems, run->n_problems));
	node_put_field(out, "copies", node_texts(run->copies, run->n_copies));
	put_timing(out, run);
	buf_text(out, "}\n");
}

void json_parity(const struct run *run, const struct parity *parity,
		 const struct err *failure, int exit_status, struct buf *out)
{
	struct node *cpu = node_object();

	put_head(out, JSON_PARITY_SCHEMA, run);
	put_outcome(out, run, failure, exit_status);
	put_sample(out, run);
	node_put_field(out, "compared", node_number(parity->compared));
	put_differences(out, run, parity);
	node_add_rounded(cpu, "fast", run->ways_cpu_s[RUN_FAST], 1000);
	node_add_rounded(cpu, "reference", run->ways_cpu_s[RUN_REFERENCE], 1000);
	node_put_field(out, "ways_cpu_s", cpu);
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
