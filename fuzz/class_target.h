/* What the targets that read classes share. */
#ifndef FUZZ_CLASS_TARGET_H
#define FUZZ_CLASS_TARGET_H

#include "classfile/code.h"
#include "classfile/frames.h"

#define CLASS_INPUT_MAX ((size_t)1 << 16)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#endif
