/* guard.c: checks of the program's own, asked before those of plugins. Floor: api. */
#include <stdlib.h>
#include <string.h>

#include "api/polder_in.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/checks.h"

enum { NAME_BYTES = 60, REASON_BYTES = 400 };

struct guard {
    char *name, *kind; /* kind NULL: all */
    polder_check_fn *fn;
    void *ctx;
};

static bool refuse(const guard *g, const char *reason, const value *change, err *e)
{
    buf said = {0};
    text_escape(&said, reason, strlen(reason), REASON_BYTES);
    err_set(e, ERR_NOT_ALLOWED, "the check %s refuses this%s%s", g->name, said.len ? ": " : "",
            buf_text(&said));
    buf_free(&said);
    return err_where(e, "%s", value_get_str(change, "id", ""));
}

static bool ask_all(void *ctx, const value *change, err *e)
{
    polder *p = ctx;
    const char *kind = value_get_str(change, "kind", "");
    char *text = p->guard_count ? api_json(change) : NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < p->guard_count; i++) {
        const guard *g = &p->guards[i];
        if (g->kind && strcmp(g->kind, kind) != 0)
            continue;
        p->reading++;
        const char *reason = g->fn(g->ctx, text);
        p->reading--;
        ok = !reason || refuse(g, reason, change, e);
    }
    free(text);
    return ok && (!p->attached || checks_ask(p->host, change, e));
}

void guard_attach(polder *p)
{
    bool any = p->guard_count > 0 || p->attached;
    store_set_check(p->store, any ? ask_all : NULL, p);
}

static void guard_clear(guard *g)
{
    free(g->name);
    free(g->kind);
}

static size_t find(const polder *p, const char *name)
{
    size_t at = 0;
    while (at < p->guard_count && strcmp(p->guards[at].name, name) != 0)
        at++;
    return at;
}

static void drop(polder *p, size_t at)
{
    if (at == p->guard_count)
        return;
    guard_clear(&p->guards[at]);
    p->guard_count--;
    memmove(&p->guards[at], &p->guards[at + 1], (p->guard_count - at) * sizeof *p->guards);
}

static void put(polder *p, size_t at, guard g)
{
    if (at < p->guard_count) {
        guard_clear(&p->guards[at]);
    } else {
        p->guard_count++;
        p->guards = mem_grow(p->guards, p->guard_count, sizeof g);
    }
    p->guards[at] = g;
}

bool polder_check(polder *p, const char *name, const char *kind, polder_check_fn *fn, void *ctx,
                  polder_error *error)
{
    err *e = api_fresh(error);
    size_t len = name ? strlen(name) : 0;
    if (!api_may_act(p, e))
        return false;
    if (len == 0 || len > NAME_BYTES ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != len)
        return err_set(e, ERR_USAGE, "a check's name is small letters, digits, '-' and '_'");
    size_t at = find(p, name);
    if (fn)
        put(p, at,
            (guard){.name = mem_text(name),
                    .kind = kind ? mem_text(kind) : NULL,
                    .fn = fn,
                    .ctx = ctx});
    else
        drop(p, at);
    guard_attach(p);
    return true;
}

void guard_free(polder *p)
{
    for (size_t i = 0; i < p->guard_count; i++)
        guard_clear(&p->guards[i]);
    free(p->guards);
}
