#include "explain/woven.h"

#include <string.h>

#include "measure/library_patches.h"
#include "oracle/observe.h"

/* What every class of the project is, for who calls whom. */
static struct known *know_classes(struct run *run)
{
	const struct project *project = &run->project;
	struct known *known = known_new(&run->arena);
	struct arena scratch = ARENA_INIT;

	for (uint32_t i = 0; i < project->n_classes; i++) {
		struct err ignored = ERR_INIT;	/* it was told when the project was read */
		struct class *class;

		arena_clear(&scratch);
		if (class_parse(&scratch, project->classes[i].bytes, project->classes[i].what, &class,
				&ignored) == ERR_OK)
			known_add(known, class, project->classes[i].is_test);
	}
	arena_release(&scratch);
	return known;
}

static void put_class(struct observe *observe, const struct project_class *class,
		      struct arena *scratch, struct buf *table)
{
	struct err ignored = ERR_INIT;	/* one that cannot be woven stays as it is */
	struct span bytes = span_none;
	struct class *parsed;

	if (class_parse(scratch, class->bytes, class->what, &parsed, &ignored) == ERR_OK &&
	    observe_class(observe, parsed, scratch, &bytes, &ignored) != ERR_OK)
		bytes = span_none;
	if (bytes.bytes == class->bytes.bytes)
		bytes = span_none;
	buf_u4(table, (uint32_t)strlen(class->name));
	buf_text(table, class->name);
	buf_u4(table, (uint32_t)bytes.len);
	buf_span(table, bytes);
}

enum err_code woven_prepare(struct run *run, struct crew *crew, struct err *err)
{
	const struct project *project = &run->project;
	struct arena scratch = ARENA_INIT;
	struct observe *observe;
	struct buf table;
	uint32_t n = 0;

	if (run->sites)
		return ERR_OK;
	observe = observe_new(&run->arena, know_classes(run));
	buf_init(&table, WIRE_PAYLOAD_MAX);
	buf_u4(&table, 0);
	for (uint32_t i = 0; i < project->n_classes; i++) {
		if (!project->classes[i].is_test)
			continue;
		arena_clear(&scratch);
		put_class(observe, &project->classes[i], &scratch, &table);
		n++;
	}
	arena_release(&scratch);
	library_patches_put_doubles(run, observe, &table);
	if (table.overflowed) {
		buf_release(&table);
		return err_set(err, ERR_LIMIT, "the tests' classes with what records in them are more than %u MiB",
			       WIRE_PAYLOAD_MAX >> 20);
	}
	buf_set_u4(&table, 0, n);
	run->sites = observe->sites ? observe->sites : ARENA_NEW(&run->arena, struct trace_site);
	run->n_sites = observe->n_sites;
	crew_set_woven(crew, &table);
	return ERR_OK;
}
