/* signing.h: the key of `polder audit`, and signing where the log ends on a schedule. Floor: host.
 */
#ifndef POLDER_HOST_SIGNING_H
#define POLDER_HOST_SIGNING_H

#include "base/sign.h"
#include "host/workspace.h"

/* The secret in the file `path`; wiped by the caller (sign_wipe). */
bool signing_secret(const char *path, char secret[SIGN_KEY_TEXT], err *e);

/* By option `audit` of polder.lua: signs when the log has grown and the newest signature is older
 * than `sign_every`, and appends the signature to the file `keep`, where there is one. *wait_ms is
 * how long nothing will be due; below 0: for ever. *signed_seq is 0 when nothing was. */
bool signing_run(workspace *ws, store *st, const value *config, int64_t *signed_seq,
                 int64_t *wait_ms, err *e);

#endif
