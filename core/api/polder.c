/* polder.c: libpolder, the embedding API: include/polder.h over workspace, store and engine. Here:
 * errors, and a workspace from open to close. The only names of the library that others see are
 * polder_…. Floor: api. */
#include <stdlib.h>
#include <string.h>

#include "api/polder_in.h"
#include "api/sigpipe.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "engine/asked.h"

const char *polder_version(void)
{
    return POLDER_VERSION;
}

void polder_text_free(char *text)
{
    free(text);
}

polder_error *polder_error_new(void)
{
    return mem_zero(1, sizeof(polder_error));
}

void polder_error_free(polder_error *e)
{
    free(e);
}

const char *polder_error_code(const polder_error *e)
{
    return err_name(e ? e->err.code : ERR_NONE);
}

const char *polder_error_message(const polder_error *e)
{
    return e ? e->err.message : "";
}

const char *polder_error_where(const polder_error *e)
{
    return e ? e->err.where : "";
}

const char *polder_error_hint(const polder_error *e)
{
    return e ? e->err.hint : "";
}

int polder_error_exit(const polder_error *e)
{
    return err_exit(e ? e->err.code : ERR_NONE);
}

err *api_fresh(polder_error *e)
{
    if (!e)
        return NULL;
    e->err = (err){0};
    return &e->err;
}

char *api_json(const value *v)
{
    buf text = {0};
    json_write(&text, v);
    return buf_take(&text);
}

bool api_options(const void *given, size_t least, void *out, size_t size, const char *name, err *e)
{
    size_t has = 0;
    memset(out, 0, size);
    if (given)
        memcpy(&has, given, sizeof has);
    if (has < least)
        return err_set(e, ERR_USAGE, "%s.size must be sizeof(%s)", name, name);
    memcpy(out, given, has < size ? has : size);
    return true;
}

bool api_given(const char *text, const char *name, err *e)
{
    return text || err_set(e, ERR_USAGE, "%s is NULL, which it can't be", name);
}

bool api_may_act(const polder *p, err *e)
{
    if (p->reading == 0)
        return true;
    return err_set(e, ERR_NOT_ALLOWED, "a check or a callback for rows may only read");
}

bool api_plugins(polder *p, err *e)
{
    if (!p->host)
        p->host = host_open(p->ws, false, e);
    if (p->host)
        host_offer(p->host, &asked_answers);
    return p->host && host_load(p->host, e);
}

/* An actor is told apart from a person at the command line ("cli:…") and a plugin ("plugin:…")
 * whatever the program calls it. */
static void name_actor(store *st, const char *actor)
{
    buf name = {0};
    buf_str(&name, "api");
    if (actor && *actor)
        buf_fmt(&name, ":%s", actor);
    store_actor(st, buf_text(&name));
    buf_free(&name);
}

polder *polder_open(const char *home, const char *actor, polder_error *error)
{
    err *e = api_fresh(error);
    polder *p = mem_zero(1, sizeof *p);
    p->ws = workspace_open(home, e);
    p->store = p->ws ? workspace_store(p->ws, e) : NULL;
    if (!p->store) {
        polder_close(p);
        return NULL;
    }
    name_actor(p->store, actor);
    return p;
}

void polder_close(polder *p)
{
    if (!p)
        return;
    sigpipe held;
    sigpipe_hold(&held);
    host_close(p->host);
    sigpipe_release(&held);
    listen_free(p);
    guard_free(p);
    workspace_close(p->ws);
    free(p);
}
