#include "wire/wire.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util/test.h"

struct pair {
	struct wire a, b;
	struct err err;
};

static void pair_open(struct pair *pair)
{
	int fds[2];

	memset(pair, 0, sizeof(*pair));
	EXPECT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
	wire_init(&pair->a, fds[0]);
	wire_init(&pair->b, fds[1]);
}

static void pair_close(struct pair *pair)
{
	wire_close(&pair->a);
	wire_close(&pair->b);
}

TEST(a_message_arrives_as_it_was_built)
{
	struct arena arena = ARENA_INIT;
	struct wire_message message;
	struct wire_reader in;
	struct span blob;
	struct pair pair;

	pair_open(&pair);
	wire_begin(&pair.a, WIRE_RUN);
	wire_u1(&pair.a, 7);
	wire_u4(&pair.a, 0x01020304);
	wire_u8(&pair.a, 0x0102030405060708);
	wire_text(&pair.a, "shop.Price");
	wire_blob(&pair.a, (struct span){ (const uint8_t *)"\0\1", 2 });
	EXPECT(wire_send(&pair.a, &pair.err) == ERR_OK);

	EXPECT(wire_receive(&pair.b, &message, &pair.err) == ERR_OK);
	EXPECT(message.kind == WIRE_RUN);
	in = wire_reader(&message);
	EXPECT(wire_get_u1(&in) == 7);
	EXPECT(wire_get_u4(&in) == 0x01020304);
	EXPECT(wire_get_u8(&in) == 0x0102030405060708);
	EXPECT_STR(wire_get_text(&in, &arena), "shop.Price");
	blob = wire_get_blob(&in);
	EXPECT(blob.len == 2 && blob.bytes[1] == 1);
	EXPECT(wire_check(&in, &pair.err) == ERR_OK);
	arena_release(&arena);
	pair_close(&pair);
}

TEST(a_header_is_the_big_endian_length_and_the_kind)
{
	uint8_t bytes[16];
	struct pair pair;

	pair_open(&pair);
	wire_begin(&pair.a, WIRE_STOP);
	wire_u4(&pair.a, 9);
	EXPECT(wire_send(&pair.a, &pair.err) == ERR_OK);
	EXPECT(read(pair.b.fd, bytes, sizeof(bytes)) == 9);
	EXPECT(!memcmp(bytes, "\0\0\0\4\6\0\0\0\11", 9));
	pair_close(&pair);
}

TEST(queued_messages_go_out_in_order_with_the_next_one_sent)
{
	static const enum wire_kind kinds[] = { WIRE_FINISHED, WIRE_STARTED, WIRE_DONE };
	struct wire_message message;
	struct pair pair;

	pair_open(&pair);
	for (unsigned i = 0; i < 3; i++) {
		EXPECT(wire_fill(&pair.b, &pair.err) == ERR_OK);
		EXPECT(!wire_next(&pair.b, &message, &pair.err));
		wire_begin(&pair.a, kinds[i]);
		wire_u4(&pair.a, i);
		if (i < 2)
			wire_queue(&pair.a);
	}
	EXPECT(wire_send(&pair.a, &pair.err) == ERR_OK);
	for (unsigned i = 0; i < 3; i++) {
		struct wire_reader in;

		EXPECT(wire_receive(&pair.b, &message, &pair.err) == ERR_OK);
		in = wire_reader(&message);
		EXPECT_LONG(message.kind, kinds[i]);
		EXPECT_LONG(wire_get_u4(&in), i);
		EXPECT(wire_check(&in, &pair.err) == ERR_OK);
	}
	pair_close(&pair);
}

TEST(a_non_blocking_reader_gets_messages_only_when_they_are_whole)
{
	static const uint8_t stream[] = {
		0, 0, 0, 0, WIRE_QUIT, 0, 0, 0, 4, WIRE_STOP, 0, 0, 0, 9,
	};
	struct wire_message message;
	unsigned quits = 0, stops = 0;
	struct pair pair;

	pair_open(&pair);
	EXPECT(wire_fill(&pair.b, &pair.err) == ERR_OK);	/* nothing there: no wait */
	for (size_t i = 0; i < sizeof(stream); i++) {
		EXPECT(write(pair.a.fd, stream + i, 1) == 1);
		EXPECT(wire_fill(&pair.b, &pair.err) == ERR_OK);
		while (wire_next(&pair.b, &message, &pair.err)) {
			quits += message.kind == WIRE_QUIT;
			stops += message.kind == WIRE_STOP;
		}
		EXPECT_LONG(quits, i >= 4);
		EXPECT_LONG(stops, i >= 13);
	}
	EXPECT(pair.err.code == ERR_OK);
	pair_close(&pair);
}

static void *send_large(void *arg)
{
	struct pair *pair = arg;
	uint8_t *bytes = calloc(1, 5000000);

	bytes[4999999] = 42;
	for (int i = 0; i < 2; i++) {
		wire_begin(&pair->a, WIRE_TABLE);
		wire_blob(&pair->a, (struct span){ bytes, 5000000 });
		if (wire_send(&pair->a, &pair->err) != ERR_OK)
			break;
	}
	free(bytes);
	return NULL;
}

TEST(messages_larger_than_the_socket_s_buffer_pass_even_when_it_does_not_block)
{
	struct wire_message message;
	struct wire_reader in;
	pthread_t thread;
	struct pair pair;
	struct err err = ERR_INIT;

	pair_open(&pair);
	EXPECT(fcntl(pair.a.fd, F_SETFL, O_NONBLOCK) == 0);
	EXPECT(fcntl(pair.b.fd, F_SETFL, O_NONBLOCK) == 0);
	EXPECT(pthread_create(&thread, NULL, send_large, &pair) == 0);
	for (int i = 0; i < 2; i++) {
		struct span blob = span_none;

		EXPECT(wire_receive(&pair.b, &message, &err) == ERR_OK);
		in = wire_reader(&message);
		blob = wire_get_blob(&in);
		EXPECT(blob.len == 5000000 && blob.bytes[4999999] == 42);
		EXPECT(wire_check(&in, &err) == ERR_OK);
	}
	pthread_join(thread, NULL);
	EXPECT(pair.err.code == ERR_OK);
	pair_close(&pair);
}

TEST(a_closed_connection_is_an_error_on_both_sides_and_raises_no_signal)
{
	struct wire_message message;
	struct pair pair;

	pair_open(&pair);
	wire_begin(&pair.a, WIRE_QUIT);
	EXPECT(wire_send(&pair.a, &pair.err) == ERR_OK);
	wire_close(&pair.a);
	EXPECT(wire_receive(&pair.b, &message, &pair.err) == ERR_OK);	/* sent before */
	EXPECT(wire_receive(&pair.b, &message, &pair.err) == ERR_WORKER);
	EXPECT(wire_fill(&pair.b, &pair.err) == ERR_WORKER);
	wire_begin(&pair.b, WIRE_READY);
	EXPECT(wire_send(&pair.b, &pair.err) == ERR_WORKER);
	EXPECT_STR(pair.err.text, "the other side closed the connection");
	wire_close(&pair.b);
}

TEST(a_length_beyond_the_limit_is_refused_before_any_allocation)
{
	static const uint8_t header[] = { 0xff, 0xff, 0xff, 0xff, WIRE_DONE };
	struct wire_message message;
	struct pair pair;

	pair_open(&pair);
	EXPECT(write(pair.a.fd, header, sizeof(header)) == sizeof(header));
	EXPECT(wire_receive(&pair.b, &message, &pair.err) == ERR_WORKER);
	EXPECT_STR(pair.err.text, "a message that claims 4294967295 bytes");
	EXPECT(!wire_next(&pair.b, &message, &pair.err));
	EXPECT(wire_fill(&pair.b, &pair.err) == ERR_WORKER);
	pair_close(&pair);
}

static struct wire_reader payload_reader(const void *bytes, size_t len)
{
	struct wire_message message = { WIRE_RUN, { bytes, len } };

	return wire_reader(&message);
}

TEST(reads_past_the_end_of_a_payload_fail_and_stay_failed)
{
	struct wire_reader in = payload_reader("\1\2\3", 3);
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;

	EXPECT(wire_get_u4(&in) == 0);
	EXPECT(wire_get_u1(&in) == 0);	/* bytes are left; they are not handed out */
	EXPECT(wire_get_u8(&in) == 0);
	EXPECT(wire_get_blob(&in).len == 0);
	EXPECT_STR(wire_get_text(&in, &arena), "");
	EXPECT(wire_check(&in, &err) == ERR_WORKER);
	EXPECT_STR(err.text, "a message that ends early");
	arena_release(&arena);
}

TEST(bytes_left_over_in_a_payload_are_an_error)
{
	struct wire_reader in = payload_reader("\0\0\0\1\0", 5);
	struct err err = ERR_INIT;

	EXPECT(wire_get_u4(&in) == 1);
	EXPECT(wire_check(&in, &err) == ERR_WORKER);
	EXPECT_STR(err.text, "a message with 1 bytes too many");
}

TEST(a_count_that_cannot_fit_is_refused)
{
	struct wire_reader in = payload_reader("\0\0\0\2abcdefgh", 12);

	EXPECT(wire_get_count(&in, 4) == 2);
	EXPECT(!in.failed);
	in = payload_reader("\0\0\0\3abcdefgh", 12);
	EXPECT(wire_get_count(&in, 4) == 0);
	EXPECT(in.failed);
}

TEST(a_text_with_a_nul_or_a_length_beyond_the_payload_is_refused)
{
	struct arena arena = ARENA_INIT;
	struct wire_reader in = payload_reader("\0\0\0\3a\0b", 7);

	EXPECT_STR(wire_get_text(&in, &arena), "");
	EXPECT(in.failed);
	in = payload_reader("\0\0\0\4abc", 7);
	EXPECT_STR(wire_get_text(&in, &arena), "");
	EXPECT(in.failed);
	arena_release(&arena);
}
