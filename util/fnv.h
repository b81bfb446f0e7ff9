/* FNV-1a, 64 bits: a hash for keys and digests that nobody tries to forge.
 *
 *	key = fnv_text(fnv_text(FNV_BASIS, name), value)
 *
 * What is added is hashed in its order; the result is the same on every machine.
 * (Fowler, Noll, Vo; draft-eastlake-fnv.)
 */
#ifndef UTIL_FNV_H
#define UTIL_FNV_H

#include <stddef.h>
#include <stdint.h>

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)

/* `hash` with the bytes added. */
uint64_t fnv_bytes(uint64_t hash, const void *bytes, size_t len);

/* The same for `n` hashes at once: each step of one waits for the one before, so
 * several take hardly longer than one. */
void fnv_bytes_each(uint64_t *hashes, size_t n, const void *bytes, size_t len);

/* The same for a text with its NUL: "ab" "c" is not "a" "bc". */
uint64_t fnv_text(uint64_t hash, const char *text);

#endif
