/* The messages between supervisor and worker.
 *
 * One stream socket, both ways: a header of 5 bytes (u4 length of the payload,
 * u1 kind), then the payload; numbers are big-endian, text is u4 length and
 * bytes (UTF-8, no NUL inside). docs/worker-protocol.md shows each message.
 *
 *	wire_init(&wire, fd);
 *	wire_begin(&wire, WIRE_RUN); wire_u4(&wire, job); ... wire_send(&wire, &err)
 *	wire_receive(&wire, &message, &err)       blocks for one whole message
 *	wire_fill(&wire, &err); while (wire_next(&wire, &message, &err)) ...
 *	                                          for a non-blocking reader
 *	in = wire_reader(&message); job = wire_get_u4(&in); ... wire_check(&in, &err)
 *
 * Both sides treat the other as untrusted: reading past the end of a payload
 * is sticky (returns 0 and ""), wire_check() tells.
 */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "util/arena.h"
#include "util/buf.h"
#include "util/err.h"

#define WIRE_VERSION 1
#define WIRE_PAYLOAD_MAX (1u << 30)

enum wire_kind {
	/* supervisor -> worker */
	WIRE_START = 1,	/* u4 version; text libjvm; u4 n, n x text JVM option; text class
			   path to put in place once the JVM is up, "": the options' stays;
			   u1 whether QUIT destroys the JVM -> READY or FAILED */
	WIRE_COMPILE,	/* text class path; u4 n, n x text source path -> COMPILED */
	WIRE_TABLE,	/* classes of the project for the isolated loaders. u4 n of roots, n x text
			   path (directory or jar, for resources, in class path order); u4 n of classes,
			   n x (text name with dots, u4 root, bytes plain, bytes probed: empty = as plain);
			   u4 number of the probes' counters; u4 n, n x (text name in internal form, bytes):
			   classes of libraries, redefined so in the JVM's own loader. Replaces an earlier table. */
	WIRE_DISCOVER,	/* u4 n, n x text class name with dots, 4 x text by which tests are chosen -> UNIT*, PROBLEM*, DISCOVERED */
	WIRE_RUN,	/* u4 job; u1 flags (enum wire_run);
			   u4 n of classes with other bytes than the table's, n x (text name with dots,
			   bytes); u4 n of groups, n x (text driver, text container, u1 whole,
			   u4 n, n x (text unit id, u8 loop budget, 0: none; engine/budget.h)) -> STARTED*, FINISHED*, CONTAINER*, DONE.
			   A fresh loader and a fresh thread for each RUN; several may be under way. */
	WIRE_STOP,	/* u4 job: end it with JVMTI StopThread; DONE follows, or nothing if it cannot be stopped */
	WIRE_QUIT,	/* leave with _exit(0), after DestroyJavaVM where START said so */
	WIRE_WOVEN,	/* a third version of the table's classes, for traced runs: u4 n, n x (text name with
			   dots, bytes: empty = as the table's). They are all the classes that are test code.
			   Then classes of libraries, as in TABLE */

	WIRE_PROPOSE,	/* text class path; u4 n, n x text KEY=VALUE (jni/harness/fix/Fixer.java) -> PROPOSED */

	/* worker -> supervisor */
	WIRE_READY = 64,	/* text java.version, text java.vm.name, u4 n, n x text driver */
	WIRE_FAILED,	/* text why: the JVM could not be started; the worker leaves */
	WIRE_COMPILED,	/* u1 success, text diagnostics; u4 n, n x (text name with dots, bytes) */
	WIRE_UNIT,	/* text driver, text container, text id, text method */
	WIRE_PROBLEM,	/* text container, text why */
	WIRE_DISCOVERED,	/* u4 number of units */
	WIRE_STARTED,	/* u4 job, u4 unit: its number in the RUN, counted over all groups */
	WIRE_FINISHED,	/* u4 job, u4 unit, u1 enum wire_result, u8 wall ns, u8 thread CPU ns,
			   text failure (when passed: what varyharness.Notes was told, or ""), u4 n, n x (u4 counter, u4 count): what the probes counted since it started;
			   u1: with PROBED, whether the run has touched a port or file by then (enum wire_touched) */
	WIRE_CONTAINER,	/* u4 job, u4 group, text failure: class-level failure */
	WIRE_DONE,	/* u4 job, u1 enum wire_end, u8 wall ns, u8 CPU ns of the thread, u4 threads left
			   behind that could not be stopped, or other damage that lasts: the worker must
			   be replaced (WIRE_LEFT_CLASSES: and is good for nothing meanwhile); text detail; u4 n, n x (u4 counter, u4 count) while no unit ran;
			   u4 n, n x u8: with PROBED, what the run used that is not its own (enum wire_touched);
			   u4 n, n x text: with PROBED, names with dots of classes of the table that the JVM's
			   own loader has defined as well, each told once */
	WIRE_PROPOSED,	/* u1 success, text why not; u4 n, n x (text name with dots, bytes): the
			   copy of a test class; u4 n, n x text: about it */
	WIRE_TRACE,	/* u4 job, u4 unit; u4 n, n x text; u4 n, n x (u4 site, u1 kind, u1 operand, u8 digest,
			   u4 number of its text): what crossed into test code while the unit ran
			   (oracle/trace.h), before its FINISHED; text 0 is "" */
};

enum wire_run {		/* flags of WIRE_RUN */
	WIRE_RUN_PROBED = 1,	/* use the probed classes and report their counters */
	WIRE_RUN_FAIL_FAST = 2,	/* stop after the first failure */
	WIRE_RUN_TRACED = 4,	/* use the woven test classes and report WIRE_TRACE for each unit */
	WIRE_RUN_TEXTS = 8,	/* with TRACED: values as people read them, too (else all are "") */
	WIRE_RUN_ALONE = 16,	/* no other run is under way in the worker meanwhile: the JVM's system
				   class loader can have the run's classes. The pool sets it */
	WIRE_RUN_DIRECT = 32,	/* without the test engine, where it comes to the same */
};

enum wire_result {
	WIRE_PASSED, WIRE_FAILED_TEST, WIRE_SKIPPED,
	WIRE_MISSING,	/* the driver did not find this unit again */
};

enum wire_end {
	WIRE_END_RAN,		/* to the end, or to the first failure */
	WIRE_END_STOPPED,	/* by WIRE_STOP */
	WIRE_END_MEMORY,	/* the JVM ran out of heap (or other) memory while it ran */
	WIRE_END_ERROR,		/* the harness itself failed: detail */
	WIRE_END_BUDGET,	/* what was woven used up the loop budget */
};

enum wire_touched {	/* or a number made from the name of a port or file */
	WIRE_TOUCHED_JVM = 1,	/* what a JVM has once */
	WIRE_TOUCHED_MANY = 2,	/* more than are told: perhaps anything */
	WIRE_TOUCHED_LAST = WIRE_TOUCHED_MANY
};

/* Classes of the run are still held by what all runs share, and a later run would meet
 * them instead of its own. */
#define WIRE_LEFT_CLASSES UINT32_MAX

struct wire {
	int fd;
	struct buf out, in;
	size_t out_start;	/* of the message being built */
	size_t in_start;	/* of what is not yet handed out */
};

struct wire_message {
	enum wire_kind kind;
	struct span payload;	/* valid until the next call on the wire */
};

struct wire_reader {
	const uint8_t *pos, *end;
	bool failed;
};

/* Takes the descriptor; wire_close() closes it. */
void wire_init(struct wire *wire, int fd);
void wire_close(struct wire *wire);

/* Building and sending one message. Not thread-safe: the worker locks. */
void wire_begin(struct wire *wire, enum wire_kind kind);
void wire_u1(struct wire *wire, uint8_t value);
void wire_u4(struct wire *wire, uint32_t value);
void wire_u8(struct wire *wire, uint64_t value);
void wire_text(struct wire *wire, const char *text);
void wire_blob(struct wire *wire, struct span bytes);

/* Ends what was begun; it goes out together with the next wire_send(). */
void wire_queue(struct wire *wire);

/* Sends what was begun, waiting for room if need be. ERR_WORKER when the other
 * side is gone (SIGPIPE is not raised). */
enum err_code wire_send(struct wire *wire, struct err *err) MUST_CHECK;

/* Blocks until one message is there. ERR_WORKER at end of stream. */
enum err_code wire_receive(struct wire *wire, struct wire_message *ret,
			   struct err *err) MUST_CHECK;

/* Reads what is there without waiting (the descriptor is readable);
 * ERR_WORKER at end of stream. Then wire_next() hands out whole messages
 * until false. A length beyond WIRE_PAYLOAD_MAX ends the stream: wire_next()
 * sets *err and returns false, wire_fill() fails from then on. */
enum err_code wire_fill(struct wire *wire, struct err *err) MUST_CHECK;
bool wire_next(struct wire *wire, struct wire_message *ret, struct err *err);

struct wire_reader wire_reader(const struct wire_message *message);
uint8_t wire_get_u1(struct wire_reader *reader);
uint32_t wire_get_u4(struct wire_reader *reader);
uint64_t wire_get_u8(struct wire_reader *reader);
const char *wire_get_text(struct wire_reader *reader, struct arena *arena);	/* "" when failed */
struct span wire_get_blob(struct wire_reader *reader);	/* points into the payload */

/* A count of items of at least `size` bytes each; 0 and failed where so many
 * cannot be in what is left. */
uint32_t wire_get_count(struct wire_reader *reader, size_t size);

/* A list of texts, u4 n and n x text: *ret_n of them. */
const char **wire_get_texts(struct wire_reader *reader, struct arena *arena, uint32_t *ret_n);

/* ERR_WORKER where a read failed or bytes are left over. */
enum err_code wire_check(const struct wire_reader *reader, struct err *err) MUST_CHECK;

#endif
