/* Stepping over annotations (JVMS 4.7.16). */
#ifndef CLASSFILE_ANNOTATION_H
#define CLASSFILE_ANNOTATION_H

#include "classfile/class.h"
#include "classfile/reader.h"

/* Reads one `annotation` structure; failure is the reader's. */
void annotation_skip(struct reader *r);

/* Whether an annotation (visible or not) whose simple name ends with `suffix`
 * gives a value for `element`. */
bool annotation_has_element(const struct class *class, const struct attributes *attributes,
			    const char *suffix, const char *element);

#endif
