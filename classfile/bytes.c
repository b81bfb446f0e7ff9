#include "classfile/bytes.h"

uint16_t bytes_u2(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

uint32_t bytes_u4(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

int16_t bytes_s2(const uint8_t *at)
{
	return (int16_t)bytes_u2(at);
}

int32_t bytes_s4(const uint8_t *at)
{
	return (int32_t)bytes_u4(at);
}
