/* The column `push` of values.def: what it says, and whether code says it
 * already. */
#ifndef OPERATORS_VALUE_H
#define OPERATORS_VALUE_H

#include "classfile/code.h"

struct push {			/* one instruction of the column `push` */
	enum {
		PUSH_INT, PUSH_LONG, PUSH_FLOAT, PUSH_DOUBLE, PUSH_NULL,
		PUSH_EMPTY_STRING, PUSH_STATIC_CALL, PUSH_STATIC_FIELD,
		PUSH_NEW_ARRAY, PUSH_UNKNOWN,
	} kind;
	uint64_t bits;
	bool is_interface;
	char owner[60], name[20], descriptor[50];
};

/* The next instruction of the text, *at behind it; false at the end. Ends the
 * process if a row names a member badly: the table is ours. */
bool value_next_push(const char **at, struct push *ret);

/* Whether what instruction number `number` returns is just what `text` pushes,
 * from wherever control comes. */
bool value_is_pushed(const struct class *class, const struct code *code,
		     uint32_t number, const char *text);

#endif
