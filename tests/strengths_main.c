/* What the assertions of each test depend on, without running anything:
 *
 *	strengths MAIN-DIRECTORY TEST-DIRECTORY
 *
 * One line for each method marked as a test: strength, class.method, how many
 * assertions it reaches, what they judge loosely; then the
 * results and fields that no assertion reads.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/oracle.h"
#include "oracle/oracle_graph.h"
#include "project/files.h"

#define CLASS_MAX ((size_t)1 << 26)

struct adding {
	struct arena *arena;
	struct oracle *oracle;
	bool is_test;
};

static bool add(void *context, const char *path)
{
	struct adding *adding = context;
	struct err err = ERR_INIT;
	struct span bytes;

	if (!file_has_suffix(path, ".class"))
		return true;
	if (file_read(adding->arena, path, CLASS_MAX, &bytes, &err) != ERR_OK) {
		fprintf(stderr, "%s\n", err.text);
		return true;
	}
	oracle_add(adding->oracle, bytes, adding->is_test);
	return true;
}

static void print_test(struct arena *arena, struct oracle *oracle, const struct oracle_class *class,
		       const struct oracle_method *method)
{
	char *name = arena_strdup(arena, class->name);
	struct oracle_test test;

	for (char *at = name; *at; at++)
		if (*at == '/')
			*at = '.';
	oracle_test(oracle, name, method->name, &test);
	printf("%-8s %s.%s:%u %u", strength_name(test.strength), name, method->name, test.line,
	       test.n_assertions);
	for (uint32_t i = 0; i < test.n_loose; i++)
		printf(" %s:%u(%s.%s)", test.loose[i].assertion, test.loose[i].line,
		       test.loose[i].place.owner, test.loose[i].place.name);
	printf("%s%s\n", *test.says ? ": " : "", test.says);
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct oracle *oracle = oracle_new(&arena);
	struct adding adding = { &arena, oracle, false };
	struct oracle_unread *unread;
	struct err err = ERR_INIT;
	uint32_t n;

	if (argc != 3) {
		fprintf(stderr, "usage: strengths MAIN-DIRECTORY TEST-DIRECTORY\n");
		return 2;
	}
	for (int i = 1; i < 3; i++) {
		adding.is_test = i == 2;
		if (files_walk(argv[i], add, &adding, &err) != ERR_OK) {
			fprintf(stderr, "%s\n", err.text);
			return 2;
		}
	}
	oracle_finish(oracle);
	for (uint32_t c = 0; c < oracle->n_classes; c++)
		for (uint16_t m = 0; m < oracle->classes[c]->n_methods; m++)
			if (oracle->classes[c]->methods[m].is_test)
				print_test(&arena, oracle, oracle->classes[c],
					   &oracle->classes[c]->methods[m]);
	n = oracle_unread(oracle, &unread);
	for (uint32_t i = 0; i < n; i++)
		printf("unread %s %s.%s%s %u %s\n", unread[i].is_field ? "field" : "result",
		       unread[i].place.owner, unread[i].place.name, unread[i].place.descriptor,
		       unread[i].n_gets, unread[i].example);
	arena_release(&arena);
	return 0;
}
