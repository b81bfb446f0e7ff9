#include "report/mutant_json.h"

#include "explain/fix.h"
#include "run/metrics.h"

struct node *mutant_json_object(const struct plan *plan, const struct mutant *mutant)
{
	const struct plan_class *class = &plan->classes[mutant->class_number];
	const struct member *method = &class->class->methods[mutant->method];
	struct node *item = node_object();

	node_add_text(item, "id", mutant->id);
	node_add_text(item, "class", class->display_name);
	node_add_text(item, "method", method->name);
	node_add_text(item, "descriptor", method->descriptor);
	node_add_text(item, "written_in", mutant->method_name);
	node_add_text(item, "source_file", class->source_file);
	node_add_number_or_null(item, "line", mutant->line);
	node_add_text(item, "family", family_names[mutant->operator->family]);
	node_add_text(item, "kind", mutant->operator->name);
	node_add_text(item, "pit_mutator", mutant->pit_mutator);
	node_add_text(item, "description", mutant->description);
	return item;
}

void mutant_json_outcome(struct node *item, const struct run *run, const struct verdict *verdict)
{
	uint32_t killer = verdict->killing_unit;
	bool has_killer = killer != UNIT_NONE && killer < run->n_units;

	node_add_text(item, "status", run_status_name(verdict->status));
	node_add_text(item, "killing_test", has_killer ? run->units[killer].name : NULL);
	node_add(item, "killing_test_number", has_killer ? node_number(killer)
						     : node_null());
	node_add_number(item, "tests_run", verdict->tests_run);
	node_add_rounded(item, "ms", (double)verdict->wall_ns / 1e6, 1000);
	node_add_rounded(item, "cpu_ms", (double)verdict->cpu_ns / 1e6, 1000);
	node_add_text(item, "detail", verdict->detail);
}

static void add_site(struct node *to, const struct trace_site *site)
{
	node_add_text(to, "class", site->class_name);
	node_add_text(to, "method", site->method_name);
	node_add_number_or_null(to, "line", site->line);
	node_add_text(to, "callee", site->callee);
}

static void add_crossed(struct node *item, const struct run *run, const struct explanation *explanation)
{
	struct node *crossed;

	if (explanation->crossing_unit == UNIT_NONE) {
		node_add(item, "crossed", node_null());
		return;
	}
	crossed = node_object();
	node_add_text(crossed, "test", run->units[explanation->crossing_unit].name);
	node_add_text(crossed, "kind", explanation_kind_name(explanation->crossing_kind));
	add_site(crossed, &explanation->crossing);
	node_add_number(crossed, "operand", explanation->crossing_operand);
	node_add_text(crossed, "original", explanation->crossing_original);
	node_add_text(crossed, "mutated", explanation->crossing_mutated);
	node_add(item, "crossed", crossed);
}

static void add_asserted(struct node *item, const struct explanation *explanation)
{
	struct node *asserted;

	if (!explanation->asserted.class_name) {
		node_add(item, "asserted", node_null());
		return;
	}
	asserted = node_object();
	add_site(asserted, &explanation->asserted);
	node_add_text(asserted, "original", explanation->asserted_original);
	node_add_text(asserted, "mutated", explanation->asserted_mutated);
	node_add(item, "asserted", asserted);
}

static void add_fix(struct node *item, const struct run *run, uint32_t number)
{
	static const char *const places[] = {
		[FIX_REPLACES] = "replaces", [FIX_AFTER] = "after", [FIX_TEST] = "test",
	};
	const struct fix *fix = run->fixes ? &run->fixes[number] : NULL;
	struct node *found;

	if (!fix || (fix->place == FIX_NONE && !fix->says)) {
		node_add(item, "fix", node_null());
		return;
	}
	found = node_object();
	node_add(found, "verified", node_bool(fix->is_verified));
	node_add_text(found, "says", fix->says);
	node_add_text(found, "place", fix->place == FIX_NONE ? NULL : places[fix->place]);
	if (fix->place != FIX_NONE) {
		node_add_text(found, "path", fix->path);
		node_add_number(found, "first_line", fix->first_line);
		node_add_number(found, "last_line", fix->last_line);
		node_add_text(found, "test", run->units[fix->unit].name);
		node_add_text(found, "code", fix->code);
		node_add_text(found, "imports", fix->imports);
		node_add_text(found, "original", fix->original);
		node_add_text(found, "mutated", fix->mutated);
	}
	node_add(item, "fix", found);
}

static void add_explanation(struct node *item, const struct run *run, uint32_t number)
{
	enum survivor_class class = metrics_class_of(run, number);
	const struct explanation *explanation = run->explanations ? &run->explanations[number] : NULL;
	struct node *equivalence = NULL, *witness = NULL;

	node_add_text(item, "survivor_class", metrics_class_name(class));
	if (run->fixes || class != SURVIVOR_NONE)
		add_fix(item, run, number);
	if (class == SURVIVOR_NONE)
		return;
	node_add_text(item, "survivor_says", explanation->says);
	if (explanation->equivalence_rule) {
		equivalence = node_object();
		node_add_rounded(equivalence, "confidence", explanation->equivalence, 100);
		node_add_text(equivalence, "rule", explanation->equivalence_rule);
		node_add_text(equivalence, "says", explanation->equivalence_says);
	}
	node_add(item, "equivalence", equivalence ? equivalence : node_null());
	node_add_number(item, "reached_by", explanation->n_reached);
	node_add_number(item, "infected_in", explanation->n_infected);
	node_add_number(item, "traced_in", explanation->n_traced);
	add_crossed(item, run, explanation);
	add_asserted(item, explanation);
	if (explanation->operands) {
		witness = node_object();
		node_add_text(witness, "operands", explanation->operands);
		node_add_text(witness, "original", explanation->original);
		node_add_text(witness, "mutated", explanation->mutated);
	}
	node_add(item, "witness", witness ? witness : node_null());
}

void mutant_json_verdict(struct node *item, const struct run *run, uint32_t number)
{
	static const struct verdict none = { .killing_unit = UNIT_NONE };
	uint32_t point = run->plan.mutants[number].point;

	mutant_json_outcome(item, run, run->verdicts ? &run->verdicts[number] : &none);
	add_explanation(item, run, number);
	if (run->settings.matrix)
		node_add(item, "killing_tests", node_numbers(run->verdicts ? run->verdicts[number].killers : NULL,
							run->verdicts ? run->verdicts[number].n_killers : 0));
	node_add(item, "covering_tests", run->reach_start
	    ? node_number(run->reach_start[point + 1] - run->reach_start[point])
	    : node_null());
}
