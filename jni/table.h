/* The classes of the project, as WIRE_TABLE brings them, for the loaders.
 *
 * A table is never freed: loaders point to it, and a loader may be kept alive
 * by whatever a test left behind. There is one, or a few, in a worker's life.
 */
#ifndef JNI_TABLE_H
#define JNI_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "wire/wire.h"

struct table_class {
	const char *name;	/* with dots */
	uint32_t root;
	struct span plain;
	struct span probed;	/* the same as plain where there are no probes */
	bool is_test;		/* as WIRE_WOVEN says */
	struct span traced;	/* empty where nothing is woven */
};

struct table_library {
	const char *name;	/* of a class, in internal form */
	struct span bytes;	/* that it is to have */
};

struct table {
	struct arena arena;
	uint8_t *payload;	/* what the spans point into */
	const char **roots;
	uint32_t n_roots;
	struct table_class *classes;
	uint32_t n_classes;
	uint32_t n_counters;
	bool is_woven;		/* WIRE_WOVEN has come */
	struct table_library *libraries;	/* [n_libraries] of the latest message */
	uint32_t n_libraries;
	uint32_t *slots;	/* [n_slots], a power of two: number of a class + 1, or 0 */
	uint32_t n_slots;
};

/* Takes the message's payload, which was malloc()ed, also when it fails. */
enum err_code table_parse(const struct wire_message *message, struct table **ret,
			  struct err *err) MUST_CHECK;

/* Takes a WIRE_WOVEN, and its payload, which was malloc()ed, for as long as the
 * process lives. No traced run may be under way. */
enum err_code table_weave(struct table *table, const struct wire_message *message,
			  struct err *err) MUST_CHECK;

/* The class's number, or -1. */
int32_t table_find(const struct table *table, const char *name);

#endif
