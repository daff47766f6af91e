/* sign.h: Ed25519 signatures (RFC 8032, by libsodium); keys and signatures are lower-case hex.
 * Floor: base. Any thread. */
#ifndef POLDER_BASE_SIGN_H
#define POLDER_BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

enum { SIGN_KEY_TEXT = 65, SIGN_TEXT = 129 }; /* with the NUL */

/* `secret` is the seed, from which all else of a key can be made. */
void sign_new_key(char secret[SIGN_KEY_TEXT], char public_key[SIGN_KEY_TEXT]);
/* false when `secret` is no 64 hex digits. */
bool sign_public_key(const char *secret, char public_key[SIGN_KEY_TEXT]);
bool sign_make(const char *secret, const void *bytes, size_t len, char out[SIGN_TEXT]);
/* false also when key or signature are no hex of the right length. */
bool sign_check(const char *public_key, const void *bytes, size_t len, const char *signature);
/* Overwrites a secret that is no longer needed. */
void sign_wipe(void *bytes, size_t len);

#endif
