/* Names, texts and types of class files for people to read.
 *
 * What comes from a class file may hold anything: control characters, what
 * turns a terminal's text around, broken encodings. All of that is escaped as
 * \n or \u202e, and what is very long is shortened with "...".
 */
#ifndef CLASSFILE_PRINTABLE_H
#define CLASSFILE_PRINTABLE_H

#include "classfile/class.h"

/* Modified UTF-8, escaped; at most about `max` bytes of it. */
void printable_text(struct buf *out, const char *text, size_t max);

/* The same in double quotes, as a Java string literal. */
void printable_string(struct buf *out, const char *text, size_t max);

/* A class's internal name or an array descriptor: java.lang.String, int[][]. */
void printable_class(struct buf *out, const char *name);

/* A field descriptor: int, java.lang.String[]. */
void printable_type(struct buf *out, const char *descriptor);

/* A method descriptor's parameters, "(int, java.lang.String)". */
void printable_parameters(struct buf *out, const char *descriptor);

#endif
