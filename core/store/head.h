/* head.h: signed ends of the log. A chain can't tell that its end was cut off, or that all of it
 * was written anew; whoever has a signature of an earlier end can. Signed are the lines
 * "polder-head-1", seq, time, hash, each with a newline (Ed25519, base/sign.h). Floor: store. */
#ifndef POLDER_STORE_HEAD_H
#define POLDER_STORE_HEAD_H

#include "store/event.h"

/* Signs where the log ends now with `secret` (sign.h) and keeps the signature; {seq, time, hash,
 * public_key, signature}, time that of signing. ERR_NOT_FOUND when the log is empty, ERR_BAD_DATA
 * when the secret is none. *out owned by the caller. */
bool head_sign(store *st, const char *secret, value *out, err *e);

/* Whether `v` has all that head_sign gives, right or not. */
bool head_is(const value *v);

/* The newest signature: of which position, and when; 0 and 0 when there is none. */
bool head_last(store *st, int64_t *seq, int64_t *time_ms, err *e);

/* Whether the log is that of which the kept signatures, and those in the list `given` (NULL: none),
 * are. With `public_key` only its signatures count, and there must be one. What is wrong goes into
 * *report, as event_verify tells damage; *count is how many were right. */
bool head_verify(store *st, const value *given, const char *public_key, event_report *report,
                 int64_t *count, err *e);

#endif
