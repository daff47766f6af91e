#include "base/sign.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

typedef struct pair {
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
} pair;

static bool from_hex(const char *text, unsigned char *out, size_t len)
{
    size_t read = 0;
    return strlen(text) == 2 * len &&
           sodium_hex2bin(out, len, text, 2 * len, NULL, &read, NULL) == 0 && read == len;
}

static bool pair_of(const char *secret, pair *out)
{
    unsigned char seed[crypto_sign_SEEDBYTES];
    bool ok = from_hex(secret, seed, sizeof seed) &&
              crypto_sign_seed_keypair(out->public_key, out->secret, seed) == 0;
    sodium_memzero(seed, sizeof seed);
    return ok;
}

void sign_new_key(char secret[SIGN_KEY_TEXT], char public_key[SIGN_KEY_TEXT])
{
    unsigned char seed[crypto_sign_SEEDBYTES];
    if (sodium_init() < 0)
        abort();
    randombytes_buf(seed, sizeof seed);
    sodium_bin2hex(secret, SIGN_KEY_TEXT, seed, sizeof seed);
    sodium_memzero(seed, sizeof seed);
    sign_public_key(secret, public_key);
}

bool sign_public_key(const char *secret, char public_key[SIGN_KEY_TEXT])
{
    pair key;
    bool ok = pair_of(secret, &key);
    if (ok)
        sodium_bin2hex(public_key, SIGN_KEY_TEXT, key.public_key, sizeof key.public_key);
    sodium_memzero(&key, sizeof key);
    return ok;
}

bool sign_make(const char *secret, const void *bytes, size_t len, char out[SIGN_TEXT])
{
    pair key;
    unsigned char signature[crypto_sign_BYTES];
    bool ok =
        pair_of(secret, &key) && crypto_sign_detached(signature, NULL, bytes, len, key.secret) == 0;
    if (ok)
        sodium_bin2hex(out, SIGN_TEXT, signature, sizeof signature);
    sodium_memzero(&key, sizeof key);
    return ok;
}

bool sign_check(const char *public_key, const void *bytes, size_t len, const char *signature)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES], made[crypto_sign_BYTES];
    return from_hex(public_key, key, sizeof key) && from_hex(signature, made, sizeof made) &&
           crypto_sign_verify_detached(made, bytes, len, key) == 0;
}

void sign_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}
