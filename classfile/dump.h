/* A class file as text, for `vary dump` and for debugging. */
#ifndef CLASSFILE_DUMP_H
#define CLASSFILE_DUMP_H

#include "classfile/code.h"

/* Called before each instruction's line with the buffer, to add notes of the
 * caller's (mutation points); may be NULL. */
struct dump_notes {
	void (*before_insn)(void *context, uint16_t method,
			    const struct insn *insn, struct buf *out);
	void *context;
};

/* Appends header, fields, methods, instructions with resolved constants, line
 * numbers, local variables, exception table and stack map frames (as frames.h
 * computes them: types at every jump target). A method that cannot be read
 * gets one line saying why; the rest is dumped all the same. */
void dump_class(const struct class *class, const struct dump_notes *notes,
		struct buf *out);

/* One method of it, by its number in class->methods. */
void dump_method(const struct class *class, uint16_t method, struct buf *out);

#endif
