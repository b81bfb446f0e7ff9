/* Stepping over annotations (JVMS 4.7.16). */
#ifndef CLASSFILE_ANNOTATION_H
#define CLASSFILE_ANNOTATION_H

#include "classfile/reader.h"

/* Reads one `annotation` structure; failure is the reader's. */
void annotation_skip(struct reader *r);

#endif
