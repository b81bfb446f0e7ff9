#include "report/expand_json.h"

#include <stdlib.h>

#include "report/json_text.h"
#include "report/node.h"
#include "report/version.h"
#include "run/metrics.h"
#include "util/die.h"

static struct node *names_of_tests(const struct stored_run *run, const uint32_t *tests, uint32_t n)
{
	const char **names = calloc((size_t)n + 1, sizeof(*names));
	struct node *array;

	if (!names)
		die_out_of_memory();
	for (uint32_t i = 0; i < n; i++)
		names[i] = run->tests[tests[i]].name;
	array = node_texts(names, n);
	free(names);
	return array;
}

static struct node *stored_object(const struct stored_run *run, const struct expansion_item *of)
{
	const struct stored_mutant *mutant = &run->mutants[of->number];
	const struct stored_class *class = &run->classes[mutant->class_number];
	uint32_t killer = mutant->killing_test;
	struct node *item = node_object();

	node_add_text(item, "id", mutant->id);
	node_add_text(item, "class", class->name);
	node_add_text(item, "method", mutant->method);
	node_add_text(item, "descriptor", mutant->descriptor);
	node_add_text(item, "written_in", mutant->written_in);
	node_add_text(item, "source_file", class->source_file);
	node_add_number_or_null(item, "line", mutant->line);
	node_add_text(item, "family", mutant->family);
	node_add_text(item, "kind", mutant->kind);
	node_add_text(item, "pit_mutator", mutant->pit_mutator);
	node_add_text(item, "description", mutant->description);
	node_add_text(item, "status", run_status_name(mutant->status));
	node_add_text(item, "survivor_class", metrics_class_name(mutant->class));
	node_add_text(item, "survivor_says", of->explanation.says);
	node_add_text(item, "killing_test", killer == UNIT_NONE ? NULL : run->tests[killer].name);
	node_add_number(item, "tests_run", mutant->tests_run);
	node_add_rounded(item, "ms", (double)mutant->wall_ns / 1e6, 1000);
	node_add_rounded(item, "cpu_ms", (double)mutant->cpu_ns / 1e6, 1000);
	node_add_text(item, "detail", mutant->detail);
	node_add(item, "reached_by", names_of_tests(run, of->reached, of->n_reached));
	node_add(item, "infected_in", names_of_tests(run, of->infected, of->n_infected));
	return item;
}

void expand_json(const struct expansion *expansion, const char *key, struct buf *out)
{
	const struct stored_run *run = expansion->run;
	struct node *tool = node_object(), *of = node_object();

	buf_fmt(out, "{\"schema\":\"%s\"", EXPAND_JSON_SCHEMA);
	node_add_text(tool, "name", "vary");
	node_add_text(tool, "version", VERSION);
	node_put_field(out, "tool", tool);
	node_add_number(of, "number", (double)run->id);
	node_add_number(of, "started", (double)run->started);
	node_add(of, "complete", node_bool(run->is_finished));
	node_add(of, "arguments", node_texts(run->arguments, run->n_arguments));
	node_put_field(out, "run", of);
	node_put_field(out, "warnings", node_texts(expansion->warnings, expansion->n_warnings));
	buf_text(out, ",\n\"key\":");
	json_text(out, key);
	buf_text(out, ",\n\"mutants\":[");
	for (uint32_t i = 0; i < expansion->n; i++)
		node_put_item(out, i, stored_object(run, &expansion->items[i]));
	buf_text(out, "]}\n");
}
