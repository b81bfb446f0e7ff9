#include "tests/worker/setting.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "project/jvm.h"

struct setting setting;

void setting_send_compile(struct host *host, const char *pattern)
{
	glob_t found;

	if (glob(pattern, 0, NULL, &found)) {
		printf("%s: nothing there\n", pattern);
		exit(2);
	}
	wire_begin(&host->wire, WIRE_COMPILE);
	wire_text(&host->wire, setting.classpath);
	wire_u4(&host->wire, (uint32_t)found.gl_pathc);
	for (size_t i = 0; i < found.gl_pathc; i++)
		wire_text(&host->wire, found.gl_pathv[i]);
	host_send(host);
	globfree(&found);
}

/* Into the table, or the one class into *ret. */
static void get_compiled(struct host *host, struct span *ret)
{
	struct wire_message message;
	struct wire_reader in;
	const char *said;
	uint32_t n;

	if (!host_expect(host, WIRE_COMPILED, &message))
		exit(2);
	in = wire_reader(&message);
	wire_get_u1(&in);
	said = wire_get_text(&in, &setting.arena);
	n = wire_get_count(&in, 8);
	for (uint32_t i = 0; i < n && setting.n_classes < SETTING_CLASSES_MAX; i++) {
		const char *name = wire_get_text(&in, &setting.arena);
		struct span bytes = wire_get_blob(&in);

		bytes.bytes = arena_memdup(&setting.arena, bytes.bytes, bytes.len);
		if (ret)
			*ret = bytes;
		else
			setting.classes[setting.n_classes++] = (struct compiled){ name, bytes };
	}
	if (!n) {
		printf("%s\n", said);
		exit(2);
	}
}

static void discover(struct host *host)
{
	static const char *const names[] = { "faults.Calm", "faults.Empty", "faults.Faults", "faults.Leaky",
					     "faults.Traced" };
	struct wire_message message;

	wire_begin(&host->wire, WIRE_DISCOVER);
	wire_u4(&host->wire, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		wire_text(&host->wire, names[i]);
	for (int i = 0; i < 4; i++)	/* by which tests are chosen: all */
		wire_text(&host->wire, "");
	host_send(host);
	while (host_next(host, &message, HOST_PATIENCE) && message.kind == WIRE_UNIT) {
		struct wire_reader in = wire_reader(&message);
		struct unit *unit = &setting.units[setting.n_units];

		unit->driver = wire_get_text(&in, &setting.arena);
		unit->container = wire_get_text(&in, &setting.arena);
		unit->id = wire_get_text(&in, &setting.arena);
		unit->method = wire_get_text(&in, &setting.arena);
		setting.n_units += setting.n_units < SETTING_UNITS_MAX - 2;
	}
	if (message.kind != WIRE_DISCOVERED)
		printf("discovery ended with message %d\n", (int)message.kind);
}

void setting_make(char **args)
{
	const char *home;
	struct err err = ERR_INIT;
	struct host host;

	if (jvm_find(&setting.arena, args[0], &setting.libjvm, &home, &err) != ERR_OK) {
		printf("%s\n", err.text);
		exit(2);
	}
	setting.classpath = args[1];
	setting.sources = args[2];
	if (!host_start(&host))
		exit(2);
	setting_send_compile(&host, arena_strfmt(&setting.arena, "%s/faults/*.java", args[2]));
	get_compiled(&host, NULL);
	setting_send_compile(&host, arena_strfmt(&setting.arena, "%s/mutant/*.java", args[2]));
	get_compiled(&host, &setting.mutant);
	setting_send_compile(&host, arena_strfmt(&setting.arena, "%s/probed/*.java", args[2]));
	get_compiled(&host, &setting.probed);
	host_send_table(&host);
	discover(&host);
	host_close(&host);
}
