/* hash.h: SHA-256 (FIPS 180-4, by libsodium), as 64 lower-case hex digits. Floor: base. Any thread.
 */
#ifndef POLDER_BASE_HASH_H
#define POLDER_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_BYTES = 32, HASH_TEXT = 65 }; /* HASH_TEXT counts the NUL */

typedef struct hash hash; /* opaque: a hash under way */

hash *hash_new(void); /* owned by the caller */
void hash_add(hash *h, const void *bytes, size_t len);
void hash_end(hash *h, char out[HASH_TEXT]); /* frees `h` */

void hash_of(const void *bytes, size_t len, char out[HASH_TEXT]);

/* FNV-1a, 64 bits: for tables and seeds, never against an adversary. */
uint64_t hash_quick(const void *bytes, size_t len);
/* SipHash, 64 bits, with a key that all know: tells damage, never an adversary; in place of SHA-256
 * where many bytes are looked at each time. */
uint64_t hash_damage(const void *bytes, size_t len);
/* `bytes` of the system's randomness as lower-case hex (2 * bytes digits and a NUL). */
void hash_random(size_t bytes, char *out);

#endif
