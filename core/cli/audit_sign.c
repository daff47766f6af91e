#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/sign.h"
#include "cli/audit.h"
#include "cli/out.h"
#include "host/signing.h"
#include "store/head.h"

/* Owned by the caller; NULL sets *e. */
static char *key_path(cli *c, err *e)
{
    const char *given = args_text(&c->args, "key");
    workspace *ws = given ? NULL : cli_workspace(c, e);
    if (given)
        return mem_text(given);
    return ws ? mem_text(workspace_path(ws, "audit.key")) : NULL;
}

static bool write_key(const char *path, char public_key[SIGN_KEY_TEXT], err *e)
{
    char secret[SIGN_KEY_TEXT];
    buf text = {0};
    sign_new_key(secret, public_key);
    buf_fmt(&text, "{\"public_key\":\"%s\",\"secret\":\"%s\"}\n", public_key, secret);
    bool ok = file_create_private(path, buf_text(&text), text.len, e);
    sign_wipe(secret, sizeof secret);
    sign_wipe(text.data, text.len);
    buf_free(&text);
    return ok;
}

bool audit_key(cli *c, err *e)
{
    char public_key[SIGN_KEY_TEXT];
    char *path = key_path(c, e);
    bool ok = path && write_key(path, public_key, e);
    if (ok && c->json) {
        value document = value_map();
        value_add(&document, "public_key", value_text(public_key));
        value_add(&document, "file", value_text(path));
        out_json(&document);
        value_free(&document);
    } else if (ok) {
        out_fmt("public key: %s\nsecret key: ", public_key);
        out_safe(path);
        out_str("; keep it where whoever can write the store can't read it\n");
    }
    free(path);
    return ok && out_ok(e);
}

static bool sign(cli *c, value *head, err *e)
{
    char secret[SIGN_KEY_TEXT] = {0};
    char *path = key_path(c, e);
    store *st = path ? cli_store(c, e) : NULL;
    bool ok = st && signing_secret(path, secret, e) && head_sign(st, secret, head, e);
    sign_wipe(secret, sizeof secret);
    free(path);
    return ok;
}

bool audit_sign(cli *c, err *e)
{
    const char *path = args_text(&c->args, "output");
    value head = value_nil();
    buf text = {0};
    bool ok = sign(c, &head, e);
    if (ok) {
        json_write(&text, &head);
        buf_char(&text, '\n');
    }
    if (ok && path)
        ok = file_write(path, buf_text(&text), text.len, e);
    else if (ok)
        out_bytes(buf_text(&text), text.len);
    buf_free(&text);
    value_free(&head);
    return ok && out_ok(e);
}
