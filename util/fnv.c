#include "util/fnv.h"

#include <string.h>

#define PRIME UINT64_C(0x100000001b3)

uint64_t fnv_bytes(uint64_t hash, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ at[i]) * PRIME;
	return hash;
}

static void fnv_bytes_four(uint64_t *hashes, const uint8_t *at, size_t len)
{
	uint64_t a = hashes[0], b = hashes[1], c = hashes[2], d = hashes[3];

	for (size_t i = 0; i < len; i++) {
		a = (a ^ at[i]) * PRIME;
		b = (b ^ at[i]) * PRIME;
		c = (c ^ at[i]) * PRIME;
		d = (d ^ at[i]) * PRIME;
	}
	hashes[0] = a;
	hashes[1] = b;
	hashes[2] = c;
	hashes[3] = d;
}

void fnv_bytes_each(uint64_t *hashes, size_t n, const void *bytes, size_t len)
{
	size_t i = 0;

	for (; i + 4 <= n; i += 4)
		fnv_bytes_four(hashes + i, bytes, len);
	for (; i + 2 <= n; i += 2) {
		uint64_t a = hashes[i], b = hashes[i + 1];

		for (const uint8_t *at = bytes, *end = at + len; at < end; at++) {
			a = (a ^ *at) * PRIME;
			b = (b ^ *at) * PRIME;
		}
		hashes[i] = a;
		hashes[i + 1] = b;
	}
	for (; i < n; i++)
		hashes[i] = fnv_bytes(hashes[i], bytes, len);
}

uint64_t fnv_text(uint64_t hash, const char *text)
{
	return fnv_bytes(hash, text, strlen(text) + 1);
}
