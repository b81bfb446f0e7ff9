/* How a worker starts, compiles and ends. */
#include <string.h>

#include "tests/worker/setting.h"
#include "util/test.h"

TEST(a_worker_tells_what_jvm_and_which_engines_it_has)
{
	struct wire_message message;
	struct wire_reader in;
	struct host host;

	host_spawn(&host);
	host_send_start(&host, setting.libjvm, NULL);
	if (host_expect(&host, WIRE_READY, &message)) {
		in = wire_reader(&message);
		EXPECT(*wire_get_text(&in, &host.arena));
		EXPECT(strstr(wire_get_text(&in, &host.arena), "VM") != NULL);
		EXPECT(wire_get_u4(&in) > 0);
		EXPECT_STR(wire_get_text(&in, &host.arena), "junit-jupiter");
	}
	host_close(&host);
}

static void expect_failed(const char *libjvm, const char *option, const char *why)
{
	struct wire_message message;
	struct wire_reader in;
	struct host host;
	const char *text;

	host_spawn(&host);
	host_send_start(&host, libjvm, option);
	if (host_next(&host, &message, HOST_PATIENCE)) {
		EXPECT_LONG(message.kind, WIRE_FAILED);
		in = wire_reader(&message);
		text = wire_get_text(&in, &host.arena);
		if (!strstr(text, why))
			EXPECT_STR(text, why);
	} else {
		EXPECT_STR("nothing", why);
	}
	host_close(&host);
}

TEST(a_jvm_that_does_not_start_fails_in_its_own_words)
{
	expect_failed(setting.libjvm, "-XX:NoSuchOption=1",
		      "Unrecognized VM option 'NoSuchOption=1'");
}

TEST(a_heap_larger_than_the_machine_fails_in_the_jvm_s_words)
{
	expect_failed(setting.libjvm, "-Xms40000g", "heap");
}

TEST(a_library_that_is_no_jvm_fails)
{
	expect_failed("/nowhere/libjvm.so", NULL, "/nowhere/libjvm.so: cannot open");
}

static const char *compile_one(struct host *host, const char *source)
{
	struct wire_message message;
	struct wire_reader in;

	wire_begin(&host->wire, WIRE_COMPILE);
	wire_text(&host->wire, "");
	wire_u4(&host->wire, 1);
	wire_text(&host->wire, source);
	host_send(host);
	if (!host_expect(host, WIRE_COMPILED, &message))
		return "";
	in = wire_reader(&message);
	EXPECT_LONG(wire_get_u1(&in), 0);
	return wire_get_text(&in, &host->arena);
}

TEST(sources_that_do_not_compile_are_told_by_file_and_line)
{
	struct host host;
	const char *said;

	if (host_start(&host)) {
		said = compile_one(&host, "/nowhere/Gone.java");
		EXPECT(strstr(said, "/nowhere/Gone.java") != NULL);
		said = compile_one(&host, arena_strfmt(&host.arena, "%s/faults/Empty.java", setting.sources));
		EXPECT(strstr(said, "Empty.java:3: package org.junit.jupiter.api does not exist") != NULL);
	}
	host_close(&host);
}

TEST(a_jvm_without_a_compiler_says_so)
{
	struct wire_message message;
	struct host host;

	host_spawn(&host);
	host_send_start(&host, setting.libjvm, "--limit-modules=java.base,java.logging,jdk.unsupported");
	if (host_expect(&host, WIRE_READY, &message))
		EXPECT(strstr(compile_one(&host, "A.java"), "has no compiler") != NULL);
	host_close(&host);
}

TEST(a_worker_asked_to_quit_leaves_with_0)
{
	struct host host;

	if (host_ready(&host)) {
		wire_begin(&host.wire, WIRE_QUIT);
		host_send(&host);
		EXPECT_LONG(host_wait(&host), 0);
	}
	host_close(&host);
}

TEST(a_broken_message_ends_the_worker_with_a_reason)
{
	struct wire_message message;
	struct wire_reader in;
	struct host host;

	if (host_ready(&host)) {
		wire_begin(&host.wire, WIRE_STOP);
		host_send(&host);
		if (host_expect(&host, WIRE_FAILED, &message)) {
			in = wire_reader(&message);
			EXPECT_STR(wire_get_text(&in, &host.arena), "a message that ends early");
		}
		EXPECT_LONG(host_wait(&host), 1);
	}
	host_close(&host);
}
