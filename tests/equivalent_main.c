/* Judges every mutant of class files: is there an input that tells it?
 *
 *	equivalent_main [CLASS...]       no names: they come from standard input
 *
 * One line a mutant that a rule speaks for: id, confidence, rule, class, line,
 * description, separated by tabs. At the end, on standard error, how many there were
 * and what judging and planning cost.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "proof/equivalent.h"

static struct span read_file(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	long len;

	if (!file) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(2);
	}
	fseek(file, 0, SEEK_END);
	len = ftell(file);
	rewind(file);
	bytes = arena_alloc(arena, (size_t)len + 1);
	if (fread(bytes, 1, (size_t)len, file) != (size_t)len)
		exit(2);
	fclose(file);
	return (struct span){ bytes, (size_t)len };
}

static double cpu_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_class(struct plan *plan, struct arena *arena, const char *path)
{
	struct err err = ERR_INIT;

	if (plan_class(plan, read_file(arena, path), path, &err) != ERR_OK) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
}

static void judge_all(const struct plan *plan)
{
	struct arena scratch = ARENA_INIT;
	double slowest = 0;
	const char *slowest_id = "none";

	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[i];
		double start = cpu_s(), took;
		struct equivalent judged = equivalent_judge(plan, mutant, &scratch);

		took = cpu_s() - start;
		if (took > slowest) {
			slowest = took;
			slowest_id = mutant->id;
		}
		arena_clear(&scratch);
		if (judged.rule)
			printf("%s\t%.2f\t%s\t%s\t%u\t%s\n", mutant->id, judged.confidence,
			       judged.rule, plan->classes[mutant->class_number].display_name,
			       mutant->line, mutant->description);
	}
	fprintf(stderr, "slowest %s: %.1f ms\n", slowest_id, slowest * 1e3);
	arena_release(&scratch);
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct plan_settings settings = plan_default_settings();
	struct plan plan;
	double start = cpu_s(), planned;
	char line[4096];

	plan_init(&plan, &arena, &settings);
	for (int i = 1; i < argc; i++)
		add_class(&plan, &arena, argv[i]);
	while (argc == 1 && fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		add_class(&plan, &arena, line);
	}
	plan_finish(&plan);
	planned = cpu_s();
	judge_all(&plan);
	fprintf(stderr, "%u mutants: planned in %.2f s, judged in %.2f s of CPU\n",
		plan.n_mutants, planned - start, cpu_s() - planned);
	arena_release(&arena);
	return 0;
}
