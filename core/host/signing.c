#include "host/signing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "host/config.h"
#include "store/head.h"

enum { KEY_BYTES = 4096 };

bool signing_secret(const char *path, char secret[SIGN_KEY_TEXT], err *e)
{
    buf text = {0};
    value key = value_nil();
    if (!file_read(path, KEY_BYTES, &text, e)) {
        buf_free(&text);
        return err_hint(e, "`polder audit key` makes a key");
    }
    bool ok = json_read(buf_text(&text), text.len, path, &key, NULL);
    const char *found = ok ? value_get_str(&key, "secret", "") : "";
    ok = strlen(found) == SIGN_KEY_TEXT - 1;
    if (ok)
        memcpy(secret, found, SIGN_KEY_TEXT);
    else
        err_set(e, ERR_BAD_DATA, "this is no key that `polder audit key` made");
    if (!ok)
        err_where(e, "%s", path);
    if (value_is(value_get(&key, "secret"), VALUE_TEXT))
        sign_wipe(value_get(&key, "secret")->as.text.bytes, value_len(value_get(&key, "secret")));
    sign_wipe(text.data, text.len);
    value_free(&key);
    buf_free(&text);
    return ok;
}

/* Absolute, or in the workspace. Owned by the caller. */
static char *path_of(workspace *ws, const char *name)
{
    return name[0] == '/' ? mem_text(name) : mem_text(workspace_path(ws, name));
}

/* A signature is kept when it is on disk; one line in one write, so that none is torn. */
static bool keep(const char *path, const value *head, err *e)
{
    buf line = {0};
    json_write(&line, head);
    buf_char(&line, '\n');
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    bool ok =
        fd >= 0 && write(fd, buf_text(&line), line.len) == (ssize_t)line.len && fsync(fd) == 0;
    if (!ok) {
        err_set(e, ERR_UNAVAILABLE, "the signature can't be appended: %s", strerror(errno));
        err_where(e, "%s", path);
    }
    if (fd >= 0)
        close(fd);
    buf_free(&line);
    return ok;
}

static bool sign(workspace *ws, store *st, const value *audit, int64_t *signed_seq, err *e)
{
    char secret[SIGN_KEY_TEXT] = {0};
    char *key = path_of(ws, value_get_str(audit, "key", "audit.key"));
    const char *kept = value_get_str(audit, "keep", NULL);
    char *keep_path = kept ? path_of(ws, kept) : NULL;
    value head = value_nil();
    bool ok = signing_secret(key, secret, e) && head_sign(st, secret, &head, e);
    if (ok)
        *signed_seq = value_get_int(&head, "seq", 0);
    ok = ok && (!keep_path || keep(keep_path, &head, e));
    sign_wipe(secret, sizeof secret);
    value_free(&head);
    free(key);
    free(keep_path);
    return ok;
}

bool signing_run(workspace *ws, store *st, const value *config, int64_t *signed_seq,
                 int64_t *wait_ms, err *e)
{
    const value *audit = value_get(config, "audit");
    int64_t every = 0, last = 0, at = 0, head = 0;
    *signed_seq = 0;
    *wait_ms = -1;
    if (!config_duration(value_get_str(audit, "sign_every", ""), &every))
        return true;
    if (!head_last(st, &last, &at, e) || !event_head(st, &head, e))
        return false;
    int64_t left = at + every - clock_now_ms();
    *wait_ms = left > 0 ? left : 0;
    if (head <= last || left > 0) {
        *wait_ms = head <= last ? -1 : left;
        return true;
    }
    *wait_ms = every;
    return sign(ws, st, audit, signed_seq, e);
}
