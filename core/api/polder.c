/* polder.c: libpolder, the embedding API: include/polder.h over workspace, store and engine. The
 * only names here that others see are polder_…. Floor: api. */
#include "polder.h"

#include <stdlib.h>
#include <string.h>

#include "api/sigpipe.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/value.h"
#include "engine/match.h"
#include "host/host.h"
#include "host/workspace.h"
#include "store/select.h"
#include "store/store.h"

enum { WORKERS_MOST = 256 }; /* as on the command line */

struct polder_error {
    err err;
};

struct polder {
    workspace *ws;
    store *store; /* borrowed from ws */
    host *host;   /* made by the first call that needs plugins */
};

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

/* The err behind a caller's error, cleared: an error always tells of the last call. NULL stays
 * NULL. */
static err *fresh(polder_error *e)
{
    if (!e)
        return NULL;
    e->err = (err){0};
    return &e->err;
}

static char *json_text(const value *v)
{
    buf text = {0};
    json_write(&text, v);
    return buf_take(&text);
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
    err *e = fresh(error);
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
    workspace_close(p->ws);
    free(p);
}

char *polder_get(polder *p, const char *id, polder_error *error)
{
    err *e = fresh(error);
    value record = {0};
    if (!store_check_id(id, e) || !store_get(p->store, id, &record, e))
        return NULL;
    char *text = json_text(&record);
    value_free(&record);
    return text;
}

static polder_outcome public_outcome(put_outcome outcome)
{
    switch (outcome) {
    case PUT_CREATED:
        return POLDER_CREATED;
    case PUT_CHANGED:
        return POLDER_CHANGED;
    case PUT_SAME:
        break;
    }
    return POLDER_SAME;
}

bool polder_put(polder *p, const char *id, const char *fields, const char *source,
                const char *place, polder_outcome *outcome, polder_error *error)
{
    err *e = fresh(error);
    bool ok = false;
    put_outcome done_as = PUT_SAME;
    value map = {0};
    if (!json_read(fields, strlen(fields), "fields", &map, e))
        goto done;
    if (!value_is(&map, VALUE_MAP)) {
        err_set(e, ERR_USAGE, "fields must be a JSON object, not %s", value_type_name(map.type));
        goto done;
    }
    const statement s = {.id = id, .fields = &map, .source = source, .place = place};
    ok = store_put(p->store, &s, &done_as, e);
    if (ok && outcome)
        *outcome = public_outcome(done_as);
done:
    value_free(&map);
    return ok;
}

struct row_call {
    polder_row *row;
    void *ctx;
    bool ended; /* by the program, which is no error */
};

static bool pass_row(void *ctx, const value *record, err *e)
{
    struct row_call *call = ctx;
    (void)e;
    buf text = {0};
    json_write(&text, record);
    call->ended = !call->row(call->ctx, buf_text(&text), text.len);
    buf_free(&text);
    return !call->ended;
}

bool polder_query(polder *p, const char *kind, const char *where, const char *order, int64_t limit,
                  polder_row *row, void *ctx, polder_error *error)
{
    struct row_call call = {.row = row, .ctx = ctx};
    const selection s = {.kind = kind, .where = where, .order = order, .limit = limit};
    return store_select(p->store, &s, pass_row, &call, fresh(error)) || call.ended;
}

/* Plugins are loaded at the first match: a program that only reads and writes records starts no
 * worker. */
static bool need_plugins(polder *p, err *e)
{
    if (!p->host)
        p->host = host_open(p->ws, false, e);
    return p->host && host_load(p->host, e);
}

/* The caller's options, whose struct may be one of a later or an earlier version: what it doesn't
 * have is 0. */
static bool read_options(const polder_match_options *given, polder_match_options *o, err *e)
{
    *o = (polder_match_options){0};
    if (!given || given->size < offsetof(polder_match_options, scorecard) + sizeof o->scorecard)
        return err_set(e, ERR_USAGE,
                       "polder_match_options.size must be sizeof(polder_match_options)");
    memcpy(o, given, given->size < sizeof *o ? given->size : sizeof *o);
    if (!o->scorecard)
        return err_set(e, ERR_USAGE, "polder_match_options.scorecard is missing");
    if (o->workers < 0 || o->workers > WORKERS_MOST)
        return err_set(e, ERR_USAGE, "polder_match_options.workers: expected 0 to %d, got %d",
                       WORKERS_MOST, o->workers);
    return true;
}

char *polder_match(polder *p, const polder_match_options *given, polder_error *error)
{
    err *e = fresh(error);
    char *text = NULL;
    polder_match_options o;
    value demands = value_list(), document = {0};
    sigpipe held;
    sigpipe_hold(&held);
    if (!read_options(given, &o, e) || !need_plugins(p, e))
        goto done;
    for (size_t i = 0; o.demands && i < o.demand_count; i++)
        value_push(&demands, value_text(o.demands[i]));
    const match_request request = {
        .scorecard = o.scorecard,
        .demands = &demands,
        .top = o.top ? o.top : MATCH_TOP,
        .today = o.today,
        .workers = o.workers,
        .keep = o.keep,
    };
    if (match_run(p->host, &request, &document, e))
        text = json_text(&document);
done:
    sigpipe_release(&held);
    value_free(&document);
    value_free(&demands);
    return text;
}
