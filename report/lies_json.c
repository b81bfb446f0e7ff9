#include "report/lies_json.h"

#include <string.h>

#include "judge/bodies.h"
#include "report/json_text.h"
#include "report/lies_text.h"
#include "report/version.h"

static void put_head(struct buf *out, const struct run *run, const struct err *failure,
		     int exit_status)
{
	buf_fmt(out, "{\"schema\":\"%s\",\n\"tool\":{", JSON_LIES_SCHEMA);
	json_text_field(out, "name", "vary");
	json_text_field(out, "version", VERSION);
	buf_text(out, "},\n\"project\":{");
	json_text_field(out, "directory", run->project.directory);
	json_text_field(out, "layout", run->project.layout);
	buf_text(out, "},\n\"outcome\":{");
	json_number_field(out, "exit_status", (unsigned long)exit_status);
	buf_fmt(out, ",\"complete\":%s,\"interrupted\":%s", failure ? "false" : "true",
		run->interrupted ? "true" : "false");
	json_text_field(out, "error", failure ? failure->text : NULL);
	buf_text(out, "}");
}

static void put_assertion(struct buf *out, const struct oracle_loose *loose)
{
	buf_text(out, ",\"assertion\":");
	if (!loose) {
		buf_text(out, "null");
		return;
	}
	buf_u1(out, '{');
	json_text_field(out, "name", loose->assertion);
	json_number_field(out, "line", loose->line);
	json_text_field(out, "class", loose->place.owner);
	json_text_field(out, "method", loose->place.name);
	json_text_field(out, "descriptor", loose->place.descriptor);
	buf_u1(out, '}');
}

static void put_test(struct buf *out, const struct run *run, const struct lie *lie,
		     struct arena *arena)
{
	const struct unit *unit = &run->units[lie->unit];
	const struct oracle_test *oracle = &run->oracles[lie->unit];

	buf_u1(out, '{');
	json_text_field(out, "test", unit->name);
	json_text_field(out, "class", run->containers[unit->container_number].name);
	json_text_field(out, "bucket", bucket_name(lie->bucket));
	json_text_field(out, "strength", strength_name(oracle->strength));
	json_text_field(out, "reason", lies_reason(run, lie, arena));
	json_text_field(out, "remedy", lies_remedy(run, lie, arena));
	json_number_field(out, "line", oracle->line);
	json_number_field(out, "assertions", oracle->n_assertions);
	json_number_field(out, "met", lie->n_met);
	json_number_field(out, "killed", lie->n_killed);
	json_number_field(out, "evidence", lie->n_evidence);
	json_text_field(out, "mutant", lie->mutant == MUTANT_NONE
			? NULL : run->plan.mutants[lie->mutant].id);
	put_assertion(out, lie->loose);
	buf_u1(out, '}');
}

static void put_tests(struct buf *out, const struct run *run, const struct lies *lies)
{
	struct arena arena = ARENA_INIT;

	buf_text(out, ",\n\"counts\":{");
	for (int i = 0; i < N_BUCKETS; i++)
		json_number_field(out, bucket_name((enum bucket)i), lies->by_bucket[i]);
	buf_text(out, "},\n\"tests\":[");
	for (uint32_t i = 0; i < lies->n; i++) {
		arena_clear(&arena);
		buf_text(out, i ? ",\n" : "\n");
		put_test(out, run, &lies->tests[i], &arena);
		buf_pass(out);
	}
	buf_text(out, "]");
	arena_release(&arena);
}

void lies_json_methods(const struct run *run, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	struct body *bodies;
	uint32_t n = bodies_judge(run, &arena, &bodies);

	buf_text(out, ",\n\"methods\":[");
	for (uint32_t i = 0; i < n; i++) {
		const struct plan_class *class = &run->plan.classes[bodies[i].class_number];
		const struct member *method = &class->class->methods[bodies[i].method];

		buf_text(out, i ? ",\n{" : "\n{");
		json_text_field(out, "class", class->display_name);
		json_text_field(out, "method", method->name);
		json_text_field(out, "descriptor", method->descriptor);
		json_number_field(out, "line", bodies[i].line);
		json_text_field(out, "state", body_state_name(bodies[i].state));
		json_number_field(out, "extreme", bodies[i].n_extreme);
		json_number_field(out, "extreme_noticed", bodies[i].n_noticed);
		json_number_field(out, "mutants", bodies[i].n_mutants);
		json_number_field(out, "detected", bodies[i].n_detected);
		json_number_field(out, "tests", bodies[i].n_tests);
		buf_u1(out, '}');
		buf_pass(out);
	}
	buf_text(out, "]");
	arena_release(&arena);
}

static void put_unread(struct buf *out, const struct run *run)
{
	struct oracle_unread *unread;
	uint32_t n = oracle_unread(run->oracle, &unread);

	buf_text(out, ",\n\"never_asserted\":[");
	for (uint32_t i = 0; i < n; i++) {
		buf_text(out, i ? ",\n{" : "\n{");
		json_text_field(out, "kind", unread[i].is_field ? "field" : "result");
		json_text_field(out, "class", unread[i].place.owner);
		json_text_field(out, "name", unread[i].place.name);
		json_text_field(out, "descriptor", unread[i].place.descriptor);
		json_number_field(out, "uses", unread[i].n_gets);
		json_text_field(out, "example", unread[i].example);
		buf_u1(out, '}');
		buf_pass(out);
	}
	buf_text(out, "]");
}

void lies_json(const struct run *run, const struct lies *lies, const struct err *failure,
	       int exit_status, struct buf *out)
{
	put_head(out, run, failure, exit_status);
	if (lies) {
		put_tests(out, run, lies);
		lies_json_methods(run, out);
		put_unread(out, run);
	}
	buf_text(out, "}\n");
}
