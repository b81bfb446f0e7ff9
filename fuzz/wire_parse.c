/* Any bytes as what a worker, or a supervisor, sends. The first byte says how
 * each payload is read; whatever it says, no read may leave the payload. */
#include <sys/socket.h>
#include <unistd.h>

#include "wire/wire.h"

#define SIZE_LIMIT 4096	/* fits the socket's buffer, so that one thread does */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void read_payload(const struct wire_message *message, uint8_t script)
{
	struct wire_reader in = wire_reader(message);
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	volatile uint8_t seen = 0;	/* reads every byte handed out */

	while (!in.failed && in.pos < in.end) {
		struct span blob = span_none;
		uint32_t n = 0;

		switch (script & 3) {
		case 0:
			blob = wire_get_blob(&in);
			break;
		case 1:
			n = wire_get_count(&in, (script >> 4) + 1u);
			while (n--)
				wire_get_u1(&in);
			break;
		case 2:
			for (const char *c = wire_get_text(&in, &arena); *c; c++)
				seen ^= (uint8_t)*c;
			break;
		case 3:
			seen ^= (uint8_t)(wire_get_u8(&in) ^ wire_get_u4(&in));
			break;
		}
		for (size_t i = 0; i < blob.len; i++)
			seen ^= blob.bytes[i];
		script = (uint8_t)(script >> 2 | script << 6);
	}
	if (wire_check(&in, &err) == ERR_OK && in.pos != in.end)
		__builtin_trap();
	(void)seen;
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct wire_message message;
	struct err err = ERR_INIT;
	struct wire wire;
	int fds[2];

	if (len < 1 || len > SIZE_LIMIT || socketpair(AF_UNIX, SOCK_STREAM, 0, fds))
		return 0;
	wire_init(&wire, fds[1]);
	if (write(fds[0], bytes + 1, len - 1) == (ssize_t)(len - 1)) {
		close(fds[0]);
		while (wire_receive(&wire, &message, &err) == ERR_OK)
			read_payload(&message, bytes[0]);
	} else {
		close(fds[0]);
	}
	wire_close(&wire);
	return 0;
}
