/* Big-endian numbers in bytes already known to be there. */
#ifndef CLASSFILE_BYTES_H
#define CLASSFILE_BYTES_H

#include <stdint.h>

uint16_t bytes_u2(const uint8_t *at);
uint32_t bytes_u4(const uint8_t *at);
int16_t bytes_s2(const uint8_t *at);
int32_t bytes_s4(const uint8_t *at);

#endif
