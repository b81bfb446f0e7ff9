/* How fast class files are read, planned and mutated on one core, in memory.
 *
 *	throughput [--list] [PASSES]        names of class files on standard input
 *
 * --list prints each file's name and the number of its mutants, for
 * bench/Throughput.java to do as much; else one line for each thing measured:
 * its name, how much it worked on (MB or mutants), CPU seconds. Of several
 * passes over everything, the fastest counts. bench/throughput runs both.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "classfile/code.h"
#include "classfile/rewrite.h"
#include "engine/budget.h"
#include "engine/mutate.h"
#include "engine/probe.h"
#include "util/die.h"

struct file {
	const char *path;
	struct span bytes;
};

struct files {
	struct arena arena;
	struct file *items;
	uint32_t n, size;
	size_t bytes;
};

static double cpu_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- input ---- */

static void read_file(struct files *files, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct file *item;
	uint8_t *bytes;
	long len;

	if (!file || fseek(file, 0, SEEK_END) || (len = ftell(file)) < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(2);
	}
	rewind(file);
	bytes = arena_alloc(&files->arena, (size_t)len + 1);
	if (fread(bytes, 1, (size_t)len, file) != (size_t)len)
		exit(2);
	fclose(file);
	if (files->n == files->size) {
		files->size = files->size ? 2 * files->size : 1024;
		files->items = realloc(files->items, files->size * sizeof(*files->items));
		if (!files->items)
			die_out_of_memory();
	}
	item = &files->items[files->n++];
	item->path = arena_strdup(&files->arena, path);
	item->bytes = (struct span){ bytes, (size_t)len };
	files->bytes += (size_t)len;
}

static void read_files(struct files *files)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		read_file(files, line);
	}
	if (!files->n) {
		fprintf(stderr, "no class files named on standard input\n");
		exit(2);
	}
}

/* ---- what is measured: one pass over everything ---- */

static struct class *read_class(struct arena *arena, const struct file *file)
{
	struct err err = ERR_INIT;
	struct class *class;
	struct code *code;

	if (class_parse(arena, file->bytes, file->path, &class, &err) != ERR_OK) {
		fprintf(stderr, "%s\n", err.text);
		return NULL;
	}
	for (uint16_t m = 0; m < class->n_methods; m++)
		if (class->methods[m].code &&
		    code_parse(arena, class, &class->methods[m], &code, &err) != ERR_OK)
			fprintf(stderr, "%s\n", err.text);
	return class;
}

/* Every instruction of every method. */
static void pass_read(const struct files *files)
{
	struct arena arena = ARENA_INIT;

	for (uint32_t i = 0; i < files->n; i++) {
		arena_clear(&arena);
		read_class(&arena, &files->items[i]);
	}
	arena_release(&arena);
}

/* The same, and each class written with a nop at the start of each method. */
static void pass_rewrite(const struct files *files)
{
	static const uint8_t nop = 0;
	struct arena arena = ARENA_INIT;

	for (uint32_t i = 0; i < files->n; i++) {
		struct err err = ERR_INIT;
		struct rewrite *rewrite;
		struct class *class;
		struct span bytes;

		arena_clear(&arena);
		class = read_class(&arena, &files->items[i]);
		if (!class)
			continue;
		rewrite = rewrite_start(&arena, class);
		for (uint16_t m = 0; m < class->n_methods; m++)
			if (class->methods[m].code)
				rewrite_edit(rewrite, m, (struct edit){ .inserted = { &nop, 1 } });
		if (rewrite_finish(rewrite, &arena, ARENA_NEW_N(&arena, const char *, class->n_methods),
				   &bytes, &err) != ERR_OK)
			fprintf(stderr, "%s\n", err.text);
	}
	arena_release(&arena);
}

static void make_plan(const struct files *files, struct plan *plan, struct arena *arena)
{
	struct plan_settings settings = plan_default_settings();
	struct err err = ERR_INIT;

	plan_init(plan, arena, &settings);
	for (uint32_t i = 0; i < files->n; i++)
		if (plan_class(plan, files->items[i].bytes, files->items[i].path, &err) != ERR_OK)
			fprintf(stderr, "%s\n", err.text);
	plan_finish(plan);
}

static void pass_mutate(const struct plan *plan, bool budget)
{
	struct arena arena = ARENA_INIT;

	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[i];
		struct err err = ERR_INIT;
		struct span bytes;

		arena_clear(&arena);
		if (mutate_class(plan, mutant, &arena, &bytes, &err) == ERR_OK && budget &&
		    budget_class(plan, mutant->class_number, mutant->method, bytes, &arena, &bytes,
				 &err) != ERR_OK)
			fprintf(stderr, "%s\n", err.text);
	}
	arena_release(&arena);
}

static void pass_probe(const struct plan *plan)
{
	struct arena arena = ARENA_INIT, flags = ARENA_INIT;
	bool *unprobed = ARENA_NEW_N(&flags, bool, plan->n_points);

	for (uint32_t i = 0; i < plan->n_classes; i++) {
		struct err err = ERR_INIT;
		struct span bytes;

		arena_clear(&arena);
		if (probe_class(plan, i, &arena, unprobed, &bytes, &err) != ERR_OK)
			fprintf(stderr, "%s\n", err.text);
	}
	arena_release(&arena);
	arena_release(&flags);
}

/* ---- measuring ---- */

enum measure { READ, REWRITE, PLAN, MUTATE, MUTATE_BUDGET, PROBE, N_MEASURES };

static void one_pass(const struct files *files, double took[N_MEASURES], uint32_t *ret_mutants)
{
	struct arena arena = ARENA_INIT;
	double at[N_MEASURES + 1];
	struct plan plan;

	at[READ] = cpu_now();
	pass_read(files);
	at[REWRITE] = cpu_now();
	pass_rewrite(files);
	at[PLAN] = cpu_now();
	make_plan(files, &plan, &arena);
	at[MUTATE] = cpu_now();
	pass_mutate(&plan, false);
	at[MUTATE_BUDGET] = cpu_now();
	pass_mutate(&plan, true);
	at[PROBE] = cpu_now();
	pass_probe(&plan);
	at[N_MEASURES] = cpu_now();
	for (int i = 0; i < N_MEASURES; i++)
		if (at[i + 1] - at[i] < took[i])
			took[i] = at[i + 1] - at[i];
	*ret_mutants = plan.n_mutants;
	arena_release(&arena);
}

static void list(const struct files *files)
{
	struct arena arena = ARENA_INIT;
	struct plan plan;

	make_plan(files, &plan, &arena);
	for (uint32_t i = 0; i < plan.n_classes; i++)
		printf("%u %s\n", plan.classes[i].n_mutants, plan.classes[i].class->what);
	arena_release(&arena);
}

int main(int argc, char **argv)
{
	static const char *const names[N_MEASURES] = { "read", "rewrite", "plan", "mutate",
						       "mutate+budget", "probe" };
	double took[N_MEASURES];
	struct files files = { .arena = ARENA_INIT };
	int passes = argc > 1 ? atoi(argv[argc - 1]) : 0;
	uint32_t mutants = 0;

	read_files(&files);
	if (argc > 1 && !strcmp(argv[1], "--list")) {
		list(&files);
		return 0;
	}
	for (int i = 0; i < N_MEASURES; i++)
		took[i] = 1e9;
	for (int i = 0; i < (passes > 0 ? passes : 5); i++)
		one_pass(&files, took, &mutants);
	for (int i = 0; i < N_MEASURES; i++)
		printf("%s %.6f %.6f\n", names[i],
		       i == MUTATE || i == MUTATE_BUDGET ? mutants : (double)files.bytes / 1e6, took[i]);
	arena_release(&files.arena);
	free(files.items);
	return 0;
}
