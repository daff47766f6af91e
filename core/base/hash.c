/* hash.c: libsodium's SHA-256 and random bytes; FNV-1a as published (Fowler, Noll, Vo). */
#include "base/hash.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/mem.h"

struct hash {
    crypto_hash_sha256_state state;
};

static const char DIGITS[] = "0123456789abcdef";

static void to_hex(const unsigned char *bytes, size_t len, char *out)
{
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = DIGITS[bytes[i] >> 4];
        out[2 * i + 1] = DIGITS[bytes[i] & 15];
    }
    out[2 * len] = '\0';
}

hash *hash_new(void)
{
    hash *h = mem_alloc(sizeof *h);
    crypto_hash_sha256_init(&h->state);
    return h;
}

void hash_add(hash *h, const void *bytes, size_t len)
{
    if (len)
        crypto_hash_sha256_update(&h->state, bytes, len);
}

void hash_end(hash *h, char out[HASH_TEXT])
{
    unsigned char digest[HASH_BYTES];
    crypto_hash_sha256_final(&h->state, digest);
    to_hex(digest, sizeof digest, out);
    free(h);
}

void hash_of(const void *bytes, size_t len, char out[HASH_TEXT])
{
    hash *h = hash_new();
    hash_add(h, bytes, len);
    hash_end(h, out);
}

uint64_t hash_damage(const void *bytes, size_t len)
{
    static const unsigned char KEY[crypto_shorthash_KEYBYTES];
    uint64_t sum;
    _Static_assert(sizeof sum == crypto_shorthash_BYTES, "a sum is 64 bits");
    crypto_shorthash((unsigned char *)&sum, bytes, len, KEY);
    return sum;
}

uint64_t hash_quick(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ at[i]) * UINT64_C(0x100000001b3);
    return sum;
}

void hash_random(size_t bytes, char *out)
{
    unsigned char part[32];
    if (sodium_init() < 0) /* once is enough, but any thread may be the first */
        abort();
    *out = '\0';
    while (bytes > 0) {
        size_t now = bytes < sizeof part ? bytes : sizeof part;
        randombytes_buf(part, now); /* ends the process when the system has none to give */
        to_hex(part, now, out);
        out += 2 * now;
        bytes -= now;
    }
}
