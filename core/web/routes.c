/* What can be read, each as the command of that name prints it with --json. One row a route. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/conflict.h"
#include "store/event.h"
#include "store/kinds.h"
#include "store/past.h"
#include "store/search.h"
#include "store/select.h"
#include "web/request.h"

enum { ROWS = 1000, ROWS_MOST = 10000, FOUND = 20, BODY_BYTES = 64 << 20, PARAMETERS = 5 };

typedef struct route {
    const char *path; /* behind /api/; with a '/' at its end more follows */
    const char *parameters[PARAMETERS];
    pool_lane lane;
    bool (*read)(store *st, request *r, err *e); /* on a thread of the pool; NULL: `here` answers */
    bool (*here)(request *r, err *e);            /* on the loop */
} route;

static bool add_json(request *r, const value *v, err *e)
{
    if (r->body.len > 1)
        buf_str(&r->body, ",\n");
    json_write(&r->body, v);
    if (r->body.len <= BODY_BYTES)
        return true;
    err_set(e, ERR_LIMIT, "the answer is larger than %d MiB", BODY_BYTES >> 20);
    return err_hint(e, "ask for less: limit=100");
}

static bool add_row(void *ctx, const value *row, err *e)
{
    return add_json(ctx, row, e);
}

static bool add_event(void *ctx, const value *event, err *e)
{
    value shown = event_shown(event);
    bool ok = add_json(ctx, &shown, e);
    value_free(&shown);
    return ok;
}

static bool add_found(void *ctx, const value *record, const char *snippet, err *e)
{
    value row = value_copy(record);
    value_set(&row, "snippet", value_text(snippet));
    bool ok = add_json(ctx, &row, e);
    value_free(&row);
    return ok;
}

static bool end_list(request *r, bool ok)
{
    buf_str(&r->body, "]\n");
    return ok;
}

static bool read_history(store *st, request *r, err *e)
{
    const event_filter f = {.subject = r->rest, .limit = -1};
    value record = value_nil();
    buf_char(&r->body, '[');
    bool ok = event_each(st, &f, add_event, r, e);
    if (ok && r->body.len == 1)
        ok = store_get(st, r->rest, &record, e); /* for its error, which names the nearest id */
    value_free(&record);
    return end_list(r, ok);
}

/* *seq: where in the log it is asked as of; 0: now. */
static bool read_as_of(store *st, const request *r, int64_t *seq, err *e)
{
    const char *when = request_text(r, "as_of");
    *seq = 0;
    return !when || past_at(st, when, seq, e) || err_prefix(e, "as_of: ");
}

static bool read_get(store *st, request *r, err *e)
{
    value record = value_nil(), claims = value_nil();
    int64_t as_of = 0;
    if (!store_check_id(r->rest, e) || !read_as_of(st, r, &as_of, e))
        return false;
    if (request_text(r, "history"))
        return read_history(st, r, e);
    bool ok = as_of ? past_get(st, r->rest, as_of, &record, e) : store_get(st, r->rest, &record, e);
    if (ok && request_text(r, "claims")) {
        ok = past_claims_all(st, r->rest, as_of, &claims, e);
        if (ok)
            value_set(&record, "claims", value_copy(&claims));
    }
    if (ok) {
        json_write(&r->body, &record);
        buf_char(&r->body, '\n');
    }
    value_free(&record);
    value_free(&claims);
    return ok;
}

/* A kind that no plugin declares may have records all the same. */
static bool check_kind(store *st, request *r, err *e)
{
    const char *kind = r->rest;
    value kinds = value_nil(), counts = value_nil();
    bool known = false, ok = kinds_load(st, &kinds, e);
    for (size_t i = 0; ok && !known && i < value_len(&kinds); i++)
        known = strcmp(value_get_str(value_at(&kinds, i), "name", ""), kind) == 0;
    if (ok && !known)
        ok = store_kinds(st, &counts, e);
    r->no_kind = ok && !known && !value_get(&counts, kind);
    if (r->no_kind) {
        ok = err_set(e, ERR_NOT_FOUND, "there is no kind \"%.80s\"", kind);
        err_hint(e, "/api/registry?type=kind lists those that plugins declare");
    }
    value_free(&kinds);
    value_free(&counts);
    return ok;
}

static bool read_query(store *st, request *r, err *e)
{
    selection s = {.kind = r->rest,
                   .where = request_text(r, "where"),
                   .order = request_text(r, "order"),
                   .after = request_text(r, "after")};
    if (!request_int(r, "limit", ROWS, ROWS_MOST, &s.limit, e) || !check_kind(st, r, e) ||
        !read_as_of(st, r, &s.as_of, e))
        return false;
    buf_char(&r->body, '[');
    return end_list(r, store_select_page(st, &s, add_row, r, &r->after, e));
}

static bool read_search(store *st, request *r, err *e)
{
    search_request s = {.text = request_text(r, "q"),
                        .kind = request_text(r, "kind"),
                        .after = request_text(r, "after")};
    if (!s.text)
        return err_set(e, ERR_USAGE, "q: what is to be looked for?");
    if (!request_int(r, "limit", FOUND, ROWS_MOST, &s.limit, e))
        return false;
    buf_char(&r->body, '[');
    return end_list(r, store_search_page(st, &s, add_found, r, &r->after, e));
}

static bool read_conflicts(store *st, request *r, err *e)
{
    const char *id = request_text(r, "id");
    if (id && !store_check_id(id, e))
        return false;
    buf_char(&r->body, '[');
    return end_list(r, store_conflicts(st, id, add_row, r, e));
}

static bool read_events(store *st, request *r, err *e)
{
    event_filter f = {.type = request_text(r, "type"), .subject = request_text(r, "subject")};
    if (!request_int(r, "since", 0, INT64_MAX, &f.since, e) ||
        !request_int(r, "limit", ROWS, ROWS_MOST, &f.limit, e))
        return false;
    buf_char(&r->body, '[');
    return end_list(r, event_each(st, &f, add_event, r, e));
}

/* From where the client was, by itself or (after a break) by its browser; else from now on. */
static bool open_stream(request *r, err *e)
{
    const web *w = r->web;
    const char *last =
        w->mhd->lookup_connection_value(r->connection, MHD_HEADER_KIND, "Last-Event-ID");
    int64_t since = 0, now = writer_look(keeper_writer(w->keeper)).log;
    if (last)
        value_set(&r->args, "since", value_text(last));
    if (!request_int(r, "since", now, INT64_MAX, &since, e))
        return false;
    stream_open(r, since, request_text(r, "type"));
    return true;
}

/* What plugins contribute, also what the store hasn't heard of yet. */
static bool read_registry(const request *r, value *list, err *e)
{
    buf text = {0};
    writer_registry(keeper_writer(r->web->keeper), &text);
    bool ok = json_read(buf_text(&text), text.len, NULL, list, e);
    buf_free(&text);
    return ok;
}

static bool is_declared(const request *r, const char *kind)
{
    value list = value_nil();
    bool found = false;
    if (!read_registry(r, &list, NULL))
        return false;
    for (size_t i = 0; !found && i < value_len(&list); i++)
        found = strcmp(value_get_str(value_at(&list, i), "type", ""), "kind") == 0 &&
                strcmp(value_get_str(value_at(&list, i), "name", ""), kind) == 0;
    value_free(&list);
    return found;
}

static bool show_registry(request *r, err *e)
{
    const char *type = request_text(r, "type");
    value list = value_nil();
    bool ok = read_registry(r, &list, e);
    buf_char(&r->body, '[');
    for (size_t i = 0; ok && i < value_len(&list); i++)
        if (!type || strcmp(value_get_str(value_at(&list, i), "type", ""), type) == 0)
            ok = add_json(r, value_at(&list, i), e);
    value_free(&list);
    return end_list(r, ok);
}

static bool show_health(request *r, err *e)
{
    const web *w = r->web;
    const writer_news news = writer_look(keeper_writer(w->keeper));
    const pool_state p = pool_look(keeper_pool(w->keeper));
    value out = value_map();
    (void)e;
    value_add(&out, "status", value_text(news.plugins ? "ok" : "no_plugins"));
    value_add(&out, "version", value_text(POLDER_VERSION));
    value_add(&out, "log", value_int(news.log));
    value_add(&out, "signed", value_int(news.signed_log));
    value_add(&out, "handled", value_int(news.runs));
    value_add(&out, "failures", value_int(news.failures));
    value_add(&out, "readers", value_int((int64_t)p.readers));
    value_add(&out, "busy", value_int((int64_t)p.busy));
    value_add(&out, "waiting", value_int((int64_t)p.waiting));
    value_add(&out, "answered", value_int(p.done));
    value_add(&out, "requests", value_int((int64_t)w->open));
    value_add(&out, "up_s", value_int((clock_monotonic_ms() - w->started_ms) / 1000));
    json_write(&r->body, &out);
    buf_char(&r->body, '\n');
    value_free(&out);
    return true;
}

static const route ROUTES[] = {
    {"get/", {"claims", "history", "as_of"}, POOL_QUICK, read_get, NULL},
    {"query/", {"where", "order", "limit", "after", "as_of"}, POOL_TRIED, read_query, NULL},
    {"search", {"q", "kind", "limit", "after"}, POOL_TRIED, read_search, NULL},
    {"conflicts", {"id"}, POOL_TRIED, read_conflicts, NULL},
    {"events", {"since", "type", "subject", "limit"}, POOL_TRIED, read_events, NULL},
    {"events/live", {"since", "type"}, POOL_TRIED, NULL, open_stream},
    {"registry", {"type"}, POOL_TRIED, NULL, show_registry},
    {"health", {NULL}, POOL_TRIED, NULL, show_health},
};
enum { ROUTE_COUNT = sizeof ROUTES / sizeof *ROUTES };

/* A path that ends in '/' has more behind it: *rest. */
static bool leads_to(const route *at, const char *path, const char **rest)
{
    size_t len = strlen(at->path);
    bool more = at->path[len - 1] == '/';
    if (more ? strncmp(path, at->path, len) != 0 || !path[len] : strcmp(path, at->path) != 0)
        return false;
    *rest = path + len;
    return true;
}

static const route *no_route(const request *r, err *e)
{
    buf all = {0};
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        const char *path = ROUTES[i].path;
        buf_fmt(&all, "%s/api/%s%s", i ? ", " : "", path, path[strlen(path) - 1] == '/' ? "…" : "");
    }
    err_set(e, ERR_NOT_FOUND, "there is nothing at %.200s", r->path);
    err_hint(e, "%s", buf_text(&all));
    buf_free(&all);
    return NULL;
}

static const route *find(request *r, err *e)
{
    const char *path = strncmp(r->path, "/api/", 5) == 0 ? r->path + 5 : "";
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        if (leads_to(&ROUTES[i], path, &r->rest))
            return &ROUTES[i];
    return no_route(r, e);
}

static bool check_parameters(const route *at, const request *r, err *e)
{
    size_t count = 0;
    while (count < PARAMETERS && at->parameters[count])
        count++;
    for (size_t i = 0; i < r->args.as.map.len; i++) {
        const char *name = r->args.as.map.items[i].key;
        const char *near = text_nearest(name, (const char **)at->parameters, count);
        if (near && strcmp(near, name) == 0)
            continue;
        err_set(e, ERR_USAGE, "there is no parameter \"%.80s\" here", name);
        return near ? err_hint(e, "did you mean \"%s\"?", near) : false;
    }
    return true;
}

/* A request and its route, for a job. */
typedef struct errand {
    request *request;
    const route *route;
} errand;

static bool run_errand(store *st, void *ctx, err *e)
{
    errand *job = ctx;
    buf_clear(&job->request->body); /* it may be the second time (pool.h) */
    free(job->request->after);
    job->request->after = NULL;
    FAULT_POINT_OF("http-read", job->request->path);
    bool ok = job->route->read(st, job->request, e);
    FAULT_POINT_OF("http-have-read", job->request->path);
    return ok;
}

/* The connection was suspended, so the request is still there. */
static void end_errand(void *ctx, bool ok, const err *why)
{
    errand *job = ctx;
    request *r = job->request;
    free(job);
    r->waits = false;
    if (r->no_kind && is_declared(r, r->rest)) { /* not saved yet, for another process writes */
        buf_clear(&r->body);
        buf_str(&r->body, "[]\n");
        ok = true;
    }
    request_answer(r, ok, why);
    r->web->mhd->resume_connection(r->connection);
    web_pump(r->web);
}

void route_request(request *r)
{
    err why = {0};
    if (r->web->stopping)
        err_set(&why, ERR_UNAVAILABLE, "the daemon is stopping");
    const route *at = r->web->stopping ? NULL : find(r, &why);
    if (!at || !check_parameters(at, r, &why)) {
        request_answer(r, false, &why);
        return;
    }
    if (at->here) {
        bool ok = at->here(r, &why);
        if (!r->stream)
            request_answer(r, ok, &why);
        return;
    }
    errand *job = mem_zero(1, sizeof *job);
    *job = (errand){r, at};
    r->waits = true;
    r->web->mhd->suspend_connection(r->connection);
    pool_lane lane = request_text(r, "history") ? POOL_TRIED : at->lane; /* of any length */
    pool_ask(keeper_pool(r->web->keeper), lane, run_errand, end_errand, job);
}
