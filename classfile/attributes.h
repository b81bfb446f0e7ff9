/* Reading lists of attributes: of a class, a member, or a Code attribute. */
#ifndef CLASSFILE_ATTRIBUTES_H
#define CLASSFILE_ATTRIBUTES_H

#include "classfile/class.h"
#include "classfile/reader.h"

/* Reads attributes_count and that many attributes; failure is the reader's. */
void attributes_read(struct reader *r, struct arena *arena,
		     const struct class *class, struct attributes *ret);

#endif
