/* The StackMapTable of a method being relocated. */
#ifndef CLASSFILE_MOVE_FRAMES_H
#define CLASSFILE_MOVE_FRAMES_H

#include "classfile/relocation.h"

/* Appends the contents of the StackMapTable whose contents were `old`, with
 * frames added behind widened conditions. */
enum err_code move_frames(struct relocation *r, struct span old,
			  struct buf *buf) MUST_CHECK;

#endif
