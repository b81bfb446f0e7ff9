/* The attributes of Code that hold pcs, moved. */
#ifndef CLASSFILE_MOVE_H
#define CLASSFILE_MOVE_H

#include "classfile/relocation.h"

/* Appends attributes_count and the attributes of the method as they are after
 * `r`. */
enum err_code move_attributes(struct relocation *r, struct buf *buf) MUST_CHECK;

#endif
