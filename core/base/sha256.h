/* sha256.h: SHA-256 (FIPS 180-4) by the processor's own instructions: five times as fast as without
 * them. Floor: base. Any thread. */
#ifndef POLDER_BASE_SHA256_H
#define POLDER_BASE_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_BLOCK = 64 };

/* Plain data; the rest of what was added, that fills no block, is in `rest`. */
typedef struct sha256 {
    uint32_t state[8];
    uint64_t len; /* of all that was added */
    unsigned char rest[SHA256_BLOCK];
} sha256;

/* Whether this processor has such instructions; else nothing of what follows may be called. */
bool sha256_here(void);
void sha256_begin(sha256 *s);
void sha256_add(sha256 *s, const void *bytes, size_t len);
void sha256_end(sha256 *s, unsigned char digest[32]);

#endif
