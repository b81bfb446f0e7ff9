#include "wire/wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER_SIZE 5u
#define READ_CHUNK ((size_t)1 << 16)
#define FILL_MAX ((size_t)1 << 20)	/* one wire_fill() must come to an end */
#define KEEP_MAX ((size_t)1 << 20)	/* larger buffers are given back after use */

void wire_init(struct wire *wire, int fd)
{
	memset(wire, 0, sizeof(*wire));
	wire->fd = fd;
	buf_init(&wire->out, HEADER_SIZE + (size_t)WIRE_PAYLOAD_MAX);
	buf_init(&wire->in, HEADER_SIZE + (size_t)WIRE_PAYLOAD_MAX + FILL_MAX);
}

void wire_close(struct wire *wire)
{
	buf_release(&wire->out);
	buf_release(&wire->in);
	if (wire->fd >= 0)
		close(wire->fd);
	wire->fd = -1;
}

/* --- sending --- */

void wire_begin(struct wire *wire, enum wire_kind kind)
{
	wire->out_start = wire->out.len;
	buf_u4(&wire->out, 0);	/* the length, set by wire_send() */
	buf_u1(&wire->out, (uint8_t)kind);
}

void wire_u1(struct wire *wire, uint8_t value) { buf_u1(&wire->out, value); }
void wire_u4(struct wire *wire, uint32_t value) { buf_u4(&wire->out, value); }
void wire_u8(struct wire *wire, uint64_t value) { buf_u8(&wire->out, value); }

void wire_text(struct wire *wire, const char *text)
{
	wire_blob(wire, (struct span){ (const uint8_t *)text, strlen(text) });
}

void wire_blob(struct wire *wire, struct span bytes)
{
	if (bytes.len > WIRE_PAYLOAD_MAX) {	/* its length may not fit a u4 */
		wire->out.overflowed = true;
		return;
	}
	buf_u4(&wire->out, (uint32_t)bytes.len);
	buf_span(&wire->out, bytes);
}

static enum err_code gone(struct err *err)
{
	return err_set(err, ERR_WORKER, "the other side closed the connection");
}

static enum err_code wait_for(int fd, short events, struct err *err)
{
	struct pollfd poll_fd = { fd, events, 0 };

	while (poll(&poll_fd, 1, -1) < 0)
		if (errno != EINTR)
			return err_set(err, ERR_IO, "poll: %s", strerror(errno));
	return ERR_OK;
}

static enum err_code send_all(struct wire *wire, struct err *err)
{
	struct span rest = buf_get(&wire->out);

	while (rest.len) {
		ssize_t n = send(wire->fd, rest.bytes, rest.len, MSG_NOSIGNAL);

		if (n >= 0) {
			rest.bytes += n;
			rest.len -= (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			TRY(wait_for(wire->fd, POLLOUT, err));
		} else if (errno == EPIPE || errno == ECONNRESET) {
			return gone(err);
		} else if (errno != EINTR) {
			return err_set(err, ERR_WORKER, "cannot send: %s", strerror(errno));
		}
	}
	return ERR_OK;
}

void wire_queue(struct wire *wire)
{
	if (!wire->out.overflowed)
		buf_set_u4(&wire->out, wire->out_start,
			   (uint32_t)(wire->out.len - wire->out_start - HEADER_SIZE));
}

enum err_code wire_send(struct wire *wire, struct err *err)
{
	enum err_code code;

	if (wire->out.overflowed) {
		code = err_set(err, ERR_LIMIT, "a message of more than %u bytes",
			       WIRE_PAYLOAD_MAX);
	} else {
		wire_queue(wire);
		code = send_all(wire, err);
	}
	if (wire->out.size > KEEP_MAX)
		buf_release(&wire->out);
	else
		buf_clear(&wire->out);
	return code;
}

/* --- receiving --- */

/* Moves what is not yet handed out to the front. */
static void compact(struct wire *wire)
{
	size_t rest = wire->in.len - wire->in_start;

	if (!wire->in_start)
		return;	/* maybe nothing was ever allocated */
	if (!rest && wire->in.size > KEEP_MAX) {
		buf_release(&wire->in);
	} else {
		memmove(wire->in.bytes, wire->in.bytes + wire->in_start, rest);
		wire->in.len = rest;
	}
	wire->in_start = 0;
}

/* One read; *ret_n is 0 where nothing is there and flags say not to wait. */
static enum err_code receive_some(struct wire *wire, int flags, size_t *ret_n,
				  struct err *err)
{
	uint8_t chunk[READ_CHUNK];
	ssize_t n;

	do {
		n = recv(wire->fd, chunk, sizeof(chunk), flags);
	} while (n < 0 && errno == EINTR);
	if (n > 0) {
		buf_bytes(&wire->in, chunk, (size_t)n);
		*ret_n = (size_t)n;
		return ERR_OK;
	}
	if (n == 0 || errno == ECONNRESET)
		return gone(err);
	if (errno != EAGAIN && errno != EWOULDBLOCK)
		return err_set(err, ERR_WORKER, "cannot receive: %s", strerror(errno));
	*ret_n = 0;
	return ERR_OK;
}

static uint32_t load_u4(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

/* The message at in_start: whole, not yet whole, or larger than allowed. */
static enum err_code peek(struct wire *wire, bool *ret_whole,
			  struct wire_message *ret, struct err *err)
{
	size_t have = wire->in.len - wire->in_start;
	const uint8_t *at;
	uint32_t len;

	*ret_whole = false;
	if (have < HEADER_SIZE)
		return ERR_OK;
	at = wire->in.bytes + wire->in_start;
	len = load_u4(at);
	if (len > WIRE_PAYLOAD_MAX)
		return err_set(err, ERR_WORKER, "a message that claims %u bytes", len);
	if (len > have - HEADER_SIZE)
		return ERR_OK;
	ret->kind = (enum wire_kind)at[4];
	ret->payload = (struct span){ at + HEADER_SIZE, len };
	*ret_whole = true;
	return ERR_OK;
}

enum err_code wire_receive(struct wire *wire, struct wire_message *ret,
			   struct err *err)
{
	size_t n;
	bool whole;

	for (;;) {
		TRY(peek(wire, &whole, ret, err));
		if (whole)
			break;
		compact(wire);
		TRY(receive_some(wire, 0, &n, err));
		if (!n)
			TRY(wait_for(wire->fd, POLLIN, err));
	}
	wire->in_start += HEADER_SIZE + ret->payload.len;
	return ERR_OK;
}

enum err_code wire_fill(struct wire *wire, struct err *err)
{
	struct wire_message message;
	size_t n, sum = 0;
	bool whole;

	compact(wire);
	do {
		/* Before reading more, so that `in` never passes its ceiling. */
		TRY(peek(wire, &whole, &message, err));
		if (whole && sum)
			break;
		TRY(receive_some(wire, MSG_DONTWAIT, &n, err));
		sum += n;
	} while (n && sum < FILL_MAX);
	return ERR_OK;
}

bool wire_next(struct wire *wire, struct wire_message *ret, struct err *err)
{
	bool whole;

	if (peek(wire, &whole, ret, err) != ERR_OK || !whole)
		return false;
	wire->in_start += HEADER_SIZE + ret->payload.len;
	return true;
}

/* --- reading a payload --- */

struct wire_reader wire_reader(const struct wire_message *message)
{
	const uint8_t *start = message->payload.bytes;

	return (struct wire_reader){ start, start + message->payload.len, false };
}

/* The next `len` bytes, or NULL and failed. */
static const uint8_t *take(struct wire_reader *reader, size_t len)
{
	const uint8_t *at = reader->pos;

	if (reader->failed || len > (size_t)(reader->end - at)) {
		reader->failed = true;
		return NULL;
	}
	reader->pos += len;
	return at;
}

uint8_t wire_get_u1(struct wire_reader *reader)
{
	const uint8_t *at = take(reader, 1);

	return at ? *at : 0;
}

uint32_t wire_get_u4(struct wire_reader *reader)
{
	const uint8_t *at = take(reader, 4);

	return at ? load_u4(at) : 0;
}

uint64_t wire_get_u8(struct wire_reader *reader)
{
	const uint8_t *at = take(reader, 8);

	return at ? (uint64_t)load_u4(at) << 32 | load_u4(at + 4) : 0;
}

struct span wire_get_blob(struct wire_reader *reader)
{
	uint32_t len = wire_get_u4(reader);
	const uint8_t *at = take(reader, len);

	return at ? (struct span){ at, len } : span_none;
}

const char *wire_get_text(struct wire_reader *reader, struct arena *arena)
{
	struct span text = wire_get_blob(reader);

	if (!text.len)
		return "";
	if (memchr(text.bytes, 0, text.len)) {
		reader->failed = true;
		return "";
	}
	return arena_strndup(arena, (const char *)text.bytes, text.len);
}

uint32_t wire_get_count(struct wire_reader *reader, size_t size)
{
	uint32_t n = wire_get_u4(reader);

	if (size && n > (size_t)(reader->end - reader->pos) / size) {
		reader->failed = true;
		return 0;
	}
	return n;
}

const char **wire_get_texts(struct wire_reader *reader, struct arena *arena, uint32_t *ret_n)
{
	uint32_t n = wire_get_count(reader, 4);
	const char **texts = ARENA_NEW_N(arena, const char *, n);

	for (uint32_t i = 0; i < n; i++)
		texts[i] = wire_get_text(reader, arena);
	*ret_n = n;
	return texts;
}

enum err_code wire_check(const struct wire_reader *reader, struct err *err)
{
	if (reader->failed)
		return err_set(err, ERR_WORKER, "a message that ends early");
	if (reader->pos != reader->end)
		return err_set(err, ERR_WORKER, "a message with %zu bytes too many",
			       (size_t)(reader->end - reader->pos));
	return ERR_OK;
}
