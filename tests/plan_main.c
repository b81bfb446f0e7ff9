/* Prints the plan of class files; makes and checks every mutant.
 *
 *	plan_main [option] CLASS...        "-" reads names from standard input
 *
 *	(none)      one line a mutant: Class.method(descriptor) line N  KIND  sentence
 *	--ids       the ids alone
 *	--filtered  also what each filter dropped, at the end
 *	--filters=a,b  only these filters; --filters= none
 *	--operators=a,b  only these operators or families, or the group pit
 *	--names     the names of all operators and filters
 *	--check     makes each mutant, reads it again; says what is wrong
 *	--emit DIR  each mutant as DIR/ID/path/of/Class.class
 *	--combined DIR   many mutants in one class, for the verifier: the n-th of
 *	            each point together as DIR/n/path/of/Class.class
 *	--budget    with --emit and --combined: the mutated methods under a loop budget
 *	--witness DIR  the originals telling what is seen at their changes, combined likewise
 *	--probe DIR the probed classes as DIR/path/of/Class.class
 *	--observe DIR  the classes as if they were tests of each other, recording what
 *	            crosses between them, as DIR/path/of/Class.class
 *	--docs      the tables of docs/operators.md
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "classfile/frames.h"
#include "engine/budget.h"
#include "engine/filter.h"
#include "engine/mutate.h"
#include "engine/probe.h"
#include "engine/witness.h"
#include "operators/edit.h"
#include "oracle/observe.h"
#include "util/fnv.h"

enum mode { MODE_LIST, MODE_IDS, MODE_CHECK, MODE_EMIT, MODE_COMBINED,
	    MODE_PROBE, MODE_OBSERVE, MODE_WITNESS };

struct options {
	enum mode mode;
	bool filtered;
	bool budget;
	const char *folder;
	struct plan_settings settings;
};

static struct span read_file(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	long len;
	uint8_t *bytes;

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

static void make_folders(char *path)
{
	for (char *at = path + 1; *at; at++)
		if (*at == '/') {
			*at = '\0';
			mkdir(path, 0777);
			*at = '/';
		}
}

static void write_file(struct arena *arena, const char *folder, const char *id,
		       const char *class_name, struct span bytes)
{
	char *path = arena_strfmt(arena, "%s/%s%s%s.class", folder, id,
				  *id ? "/" : "", class_name);
	FILE *file;

	make_folders(path);
	file = fopen(path, "wb");
	if (!file || fwrite(bytes.bytes, 1, bytes.len, file) != bytes.len) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(2);
	}
	fclose(file);
}

static void list(const struct plan *plan, const struct mutant *mutant)
{
	const struct class *class = plan->classes[mutant->class_number].class;
	const struct member *method = &class->methods[mutant->method];

	printf("%s.%s%s line %u  %s  %s\n", class->name, method->name,
	       method->descriptor, mutant->line, mutant->operator->name,
	       mutant->description);
}

/* Whether the mutated method reads and its types can be computed. */
static bool reads_again(struct arena *arena, struct span bytes,
			const struct mutant *mutant, struct err *err)
{
	struct class *class;
	struct code *code;
	struct frame *frames;

	if (class_parse(arena, bytes, "mutant", &class, err) != ERR_OK)
		return false;
	if (code_parse(arena, class, &class->methods[mutant->method], &code,
		       err) != ERR_OK)
		return false;
	return frames_compute(arena, class, &class->methods[mutant->method],
			      code, &frames, err) == ERR_OK;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static unsigned check_class(const struct plan *plan, uint32_t number)
{
	const struct plan_class *planned = &plan->classes[number];
	struct arena scratch = ARENA_INIT, kept = ARENA_INIT;
	uint64_t *hashes = ARENA_NEW_N(&kept, uint64_t, planned->n_mutants + 1);
	unsigned bad = 0;

	for (uint32_t i = 0; i < planned->n_mutants; i++) {
		const struct mutant *mutant =
			&plan->mutants[planned->first_mutant + i];
		struct err err = ERR_INIT;
		struct span bytes;

		if (mutate_class(plan, mutant, &scratch, &bytes, &err) != ERR_OK ||
		    !reads_again(&scratch, bytes, mutant, &err)) {
			printf("%s %s: %s\n", planned->class->name, mutant->id,
			       err.text);
			hashes[i] = i;
			bad++;
		} else {
			hashes[i] = fnv_bytes(FNV_BASIS, bytes.bytes, bytes.len);
		}
		arena_clear(&scratch);
	}
	qsort(hashes, planned->n_mutants, sizeof(*hashes), by_value);
	for (uint32_t i = 1; i < planned->n_mutants; i++)
		if (hashes[i] == hashes[i - 1]) {
			printf("%s: two equal mutants\n", planned->class->name);
			bad++;
		}
	arena_release(&scratch);
	arena_release(&kept);
	return bad;
}

static void emit(const struct plan *plan, const struct options *options)
{
	struct arena scratch = ARENA_INIT;

	for (uint32_t i = 0; i < plan->n_mutants; i++) {
		const struct mutant *mutant = &plan->mutants[i];
		struct err err = ERR_INIT;
		struct span bytes;

		if (mutate_class(plan, mutant, &scratch, &bytes, &err) != ERR_OK ||
		    (options->budget && budget_class(plan, mutant->class_number,
						     mutant->method, bytes, &scratch,
						     &bytes, &err) != ERR_OK))
			printf("%s\n", err.text);
		else
			write_file(&scratch, options->folder, mutant->id,
				   plan->classes[mutant->class_number].class->name,
				   bytes);
		arena_clear(&scratch);
	}
	arena_release(&scratch);
}

/* The bytes of `mutant` in the class as it is now. */
static size_t place_of(const struct class *class, const struct mutant *mutant,
		       unsigned pc)
{
	return (size_t)(class->methods[mutant->method].code->bytes.bytes -
			class->bytes.bytes) + 8 + mutant->pcs[pc];
}

/* The n-th mutant of a point, counted from 0. */
static unsigned rank_of(const struct mutant *first, const struct mutant *mutant)
{
	unsigned n = 0;

	for (; mutant > first && mutant[-1].point == mutant->point; mutant--)
		n++;
	return n;
}

static bool patch_all(const struct plan_class *planned,
		      const struct mutant *mutants, unsigned round, uint8_t *copy)
{
	bool any = false;

	for (uint32_t i = 0; i < planned->n_mutants; i++) {
		if (rank_of(mutants, &mutants[i]) != round)
			continue;
		any = true;
		for (unsigned pc = 0; pc < mutants[i].n_pcs; pc++)
			if (edit_is_in_place(mutants[i].operator))
				edit_patch(mutants[i].operator,
					   copy + place_of(planned->class, &mutants[i], pc));
	}
	return any;
}

/* Mutants number `round` of each point of a class, all in one; false if no
 * point has so many. */
static bool combine(const struct plan *plan, uint32_t number, unsigned round,
		    struct arena *scratch, struct span *ret, struct err *err)
{
	const struct plan_class *planned = &plan->classes[number];
	const struct mutant *mutants = plan->mutants + planned->first_mutant;
	const struct class *class = planned->class;
	uint8_t *copy = arena_memdup(scratch, class->bytes.bytes, class->bytes.len);
	struct rewrite *rewrite;
	struct class *patched;

	*ret = span_none;
	if (!patch_all(planned, mutants, round, copy))
		return false;
	if (class_parse(scratch, (struct span){ copy, class->bytes.len },
			"combined", &patched, err) != ERR_OK)
		return true;
	rewrite = rewrite_start(scratch, patched);
	for (uint32_t i = 0; i < planned->n_mutants; i++)
		for (unsigned pc = 0; pc < mutants[i].n_pcs; pc++)
			if (rank_of(mutants, &mutants[i]) == round &&
			    !edit_is_in_place(mutants[i].operator))
				edit_insert(mutants[i].operator, patched,
					    mutants[i].method, mutants[i].pcs[pc],
					    copy + place_of(class, &mutants[i], pc),
					    rewrite);
	if (rewrite_finish(rewrite, scratch, NULL, ret, err) != ERR_OK)
		*ret = span_none;
	return true;
}

static void combined(const struct plan *plan, const struct options *options)
{
	struct arena scratch = ARENA_INIT;

	for (uint32_t i = 0; i < plan->n_classes; i++) {
		struct err err = ERR_INIT;
		struct span bytes;

		for (unsigned round = 0; combine(plan, i, round, &scratch, &bytes, &err); round++) {
			char name[12];

			snprintf(name, sizeof(name), "%u", round);
			if (bytes.len && options->budget &&
			    budget_class(plan, i, BUDGET_BODIES, bytes, &scratch, &bytes,
					 &err) != ERR_OK)
				bytes = span_none;
			if (bytes.len)
				write_file(&scratch, options->folder, name,
					   plan->classes[i].class->name, bytes);
			else
				printf("%s: %s\n", plan->classes[i].class->name, err.text);
			arena_clear(&scratch);
		}
		arena_clear(&scratch);
	}
	arena_release(&scratch);
}

/* A class that tells of mutants number `round` of each point; false if no point has
 * so many. */
static bool tell(const struct plan *plan, uint32_t number, unsigned round,
		 struct arena *scratch, struct span *ret, struct err *err)
{
	const struct plan_class *planned = &plan->classes[number];
	const struct mutant *mutants = plan->mutants + planned->first_mutant;
	struct rewrite *rewrite = rewrite_start(scratch, planned->class);
	bool any = false;

	*ret = span_none;
	for (uint32_t i = 0; i < planned->n_mutants; i++)
		if (rank_of(mutants, &mutants[i]) == round) {
			witness_weave(plan, &mutants[i], scratch, rewrite);
			any = true;
		}
	if (any && rewrite_finish(rewrite, scratch, NULL, ret, err) != ERR_OK)
		*ret = span_none;
	return any;
}

static void witness(const struct plan *plan, const char *folder)
{
	struct arena scratch = ARENA_INIT;

	for (uint32_t i = 0; i < plan->n_classes; i++) {
		struct err err = ERR_INIT;
		struct span bytes;

		for (unsigned round = 0; tell(plan, i, round, &scratch, &bytes, &err); round++) {
			char name[12];

			snprintf(name, sizeof(name), "%u", round);
			if (bytes.len)
				write_file(&scratch, folder, name, plan->classes[i].class->name, bytes);
			else
				printf("%s: %s\n", plan->classes[i].class->name, err.text);
			arena_clear(&scratch);
		}
		arena_clear(&scratch);
	}
	arena_release(&scratch);
}

static void probe(const struct plan *plan, const char *folder)
{
	struct arena scratch = ARENA_INIT;
	bool *unprobed = calloc(plan->n_points + 1, sizeof(*unprobed));
	unsigned n_unprobed = 0;

	for (uint32_t i = 0; i < plan->n_classes; i++) {
		struct err err = ERR_INIT;
		struct span bytes;

		if (probe_class(plan, i, &scratch, unprobed, &bytes, &err) != ERR_OK)
			printf("%s\n", err.text);
		else
			write_file(&scratch, folder, "",
				   plan->classes[i].class->name, bytes);
		arena_clear(&scratch);
	}
	for (uint32_t i = 0; i < plan->n_points; i++)
		n_unprobed += unprobed[i];
	printf("%u of %u points without a probe\n", n_unprobed, plan->n_points);
	free(unprobed);
	arena_release(&scratch);
}

static uint32_t filters_named(char *names)
{
	uint32_t mask = 0;

	for (char *name = strtok(names, ","); name; name = strtok(NULL, ",")) {
		enum filter filter = filter_find(name);

		if (filter == N_FILTERS) {
			fprintf(stderr, "%s: no such filter\n", name);
			exit(2);
		}
		mask |= 1u << filter;
	}
	return mask;
}

static uint64_t operators_named(char *names)
{
	uint64_t mask = 0, one;

	for (char *name = strtok(names, ","); name; name = strtok(NULL, ",")) {
		if (!operator_select(name, &one)) {
			fprintf(stderr, "%s: no such operator\n", name);
			exit(2);
		}
		mask |= one;
	}
	return mask;
}

static void print_names(void)
{
	for (unsigned i = 0; i < n_operators; i++)
		puts(operators[i].name);
	puts("pit");
	for (unsigned i = 0; i < N_FILTERS; i++)
		puts(filter_info[i].name);
}

static void print_docs(void)
{
	for (unsigned i = 0; i < n_operators; i++)
		printf("| `%s` | %s | %s |\n", operators[i].name,
		       family_names[operators[i].family], operators[i].says);
	printf("\n");
	for (unsigned i = 0; i < N_FILTERS; i++)
		printf("| `%s` | %s |\n", filter_info[i].name,
		       filter_info[i].says);
}

static int take_options(int argc, char **argv, struct options *options)
{
	int i = 1;

	for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
		if (!strcmp(argv[i], "--ids")) {
			options->mode = MODE_IDS;
		} else if (!strcmp(argv[i], "--filtered")) {
			options->filtered = true;
		} else if (!strncmp(argv[i], "--filters=", 10)) {
			options->settings.filters = filters_named(argv[i] + 10);
		} else if (!strncmp(argv[i], "--operators=", 12)) {
			options->settings.operators = operators_named(argv[i] + 12);
		} else if (!strcmp(argv[i], "--names")) {
			print_names();
			exit(0);
		} else if (!strcmp(argv[i], "--check")) {
			options->mode = MODE_CHECK;
		} else if (!strcmp(argv[i], "--budget")) {
			options->budget = true;
		} else if (!strcmp(argv[i], "--emit") && i + 1 < argc) {
			options->mode = MODE_EMIT;
			options->folder = argv[++i];
		} else if (!strcmp(argv[i], "--combined") && i + 1 < argc) {
			options->mode = MODE_COMBINED;
			options->folder = argv[++i];
		} else if (!strcmp(argv[i], "--probe") && i + 1 < argc) {
			options->mode = MODE_PROBE;
			options->folder = argv[++i];
		} else if (!strcmp(argv[i], "--observe") && i + 1 < argc) {
			options->mode = MODE_OBSERVE;
			options->folder = argv[++i];
		} else if (!strcmp(argv[i], "--witness") && i + 1 < argc) {
			options->mode = MODE_WITNESS;
			options->folder = argv[++i];
		} else if (!strcmp(argv[i], "--docs")) {
			print_docs();
			exit(0);
		} else {
			fprintf(stderr, "%s: not understood\n", argv[i]);
			exit(2);
		}
	}
	return i;
}

static void observe(const struct plan *plan, const char *folder)
{
	struct arena arena = ARENA_INIT, scratch = ARENA_INIT;
	struct known *known = known_new(&arena);
	struct observe *all = observe_new(&arena, known);

	for (uint32_t i = 0; i < plan->n_classes; i++)
		known_add(known, plan->classes[i].class, false);
	for (uint32_t i = 0; i < plan->n_classes; i++) {
		struct err err = ERR_INIT;
		struct span bytes;

		if (observe_class(all, plan->classes[i].class, &scratch, &bytes, &err) != ERR_OK)
			printf("%s\n", err.text);
		else
			write_file(&scratch, folder, "", plan->classes[i].class->name, bytes);
		arena_clear(&scratch);
	}
	arena_release(&scratch);
	arena_release(&arena);
}

static bool next_path(char **argv, int argc, int *i, char *line, size_t size,
		      const char **ret)
{
	if (*i < argc && strcmp(argv[*i], "-")) {
		*ret = argv[(*i)++];
		return true;
	}
	if (*i >= argc || !fgets(line, (int)size, stdin))
		return false;
	line[strcspn(line, "\n")] = '\0';
	*ret = line;
	return true;
}

static unsigned report(const struct plan *plan, const struct options *options)
{
	unsigned bad = 0;

	for (uint32_t i = 0; i < plan->n_mutants; i++)
		if (options->mode == MODE_LIST)
			list(plan, &plan->mutants[i]);
		else if (options->mode == MODE_IDS)
			puts(plan->mutants[i].id);
	for (uint32_t i = 0; options->mode == MODE_CHECK && i < plan->n_classes; i++)
		bad += check_class(plan, i);
	if (options->mode == MODE_CHECK)
		printf("%u classes, %u mutants, %u bad, %u methods not read\n",
		       plan->n_classes, plan->n_mutants, bad, plan->n_skips);
	if (options->mode == MODE_EMIT)
		emit(plan, options);
	if (options->mode == MODE_COMBINED)
		combined(plan, options);
	if (options->mode == MODE_PROBE)
		probe(plan, options->folder);
	if (options->mode == MODE_OBSERVE)
		observe(plan, options->folder);
	if (options->mode == MODE_WITNESS)
		witness(plan, options->folder);
	for (unsigned i = 0; options->filtered && i < N_FILTERS; i++)
		if (plan->filtered.counts[i])
			printf("filtered %s %u\n", filter_info[i].name,
			       plan->filtered.counts[i]);
	for (uint32_t i = 0; i < plan->n_skips; i++)
		printf("skipped %s.%s: %s\n", plan->skips[i].class_name,
		       plan->skips[i].method, plan->skips[i].reason);
	return bad;
}

int main(int argc, char **argv)
{
	struct options options = { .settings = plan_default_settings() };
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	char line[4096];
	struct plan plan;
	const char *path;
	unsigned bad;
	int i;

	i = take_options(argc, argv, &options);
	plan_init(&plan, &arena, &options.settings);
	while (next_path(argv, argc, &i, line, sizeof(line), &path)) {
		struct span class = read_file(&arena, path);

		if (plan_class(&plan, class, path, &err) != ERR_OK)
			printf("%s\n", err.text);
	}
	plan_finish(&plan);
	bad = report(&plan, &options);
	arena_release(&arena);
	return bad != 0;
}
