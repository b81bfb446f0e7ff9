/* The changes that filters drop: how many by filter, and which.
 *
 *	struct filtered_at at = { &plan->filtered, arena, class_number, method, &body };
 *	filtered_note(&at, number, rows, FILTER_logging);
 */
#ifndef ENGINE_FILTERED_H
#define ENGINE_FILTERED_H

#include <stdint.h>

struct arena;
struct body;

/* Noise that is never generated; each can be switched off (engine/filter.h). */
enum filter {
#define FILTER(name, typed, says) FILTER_##name,
#include "engine/filters.def"
#undef FILTER
	N_FILTERS,
};

struct filter_info {
	const char *name;	/* as typed: "string-switch" */
	const char *says;	/* what it drops, for --help and the report */
};
extern const struct filter_info filter_info[N_FILTERS];

/* Of more, only the number is kept. */
#define FILTERED_KEPT_MAX 100000

struct filtered_change {
	uint32_t class_number;	/* in plan->classes */
	uint32_t line;		/* in the class's source file, or 0 */
	uint16_t method;	/* in class->methods */
	uint8_t row;		/* of operators.def */
	uint8_t filter;		/* enum filter */
};

struct filtered {
	uint32_t counts[N_FILTERS];
	struct filtered_change *changes;	/* [n] the first ones, in the order of methods */
	uint32_t n, size;
};

struct filtered_at {		/* a method whose changes are being filtered */
	struct filtered *to;
	struct arena *arena;	/* for to->changes */
	uint32_t class_number;
	uint16_t method;
	const struct body *body;
};

/* The filter drops what `rows` of operators.def would do at instruction `number`. */
void filtered_note(const struct filtered_at *at, uint32_t number, uint64_t rows,
		   enum filter filter);

#endif
