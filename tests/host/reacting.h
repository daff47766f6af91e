/* reacting.h: a workspace whose plugins react to changes, for the tests of broker, checks and
 * dispatch. */
#ifndef POLDER_TESTS_HOST_REACTING_H
#define POLDER_TESTS_HOST_REACTING_H

#include "base/json.h"
#include "base/log.h"
#include "folder.h"
#include "host/dispatch.h"
#include "host/host.h"
#include "host/install.h"
#include "host/reactions.h"
#include "store/event.h"
#include "store/handler.h"
#include "store/select.h"

#define POLDER "local polder = require 'polder'\n"

typedef struct reacting {
    char *folder;
    workspace *ws;
    host *host;
    store *store;
    dispatch_report report; /* of the last `handle` */
    buf failures;           /* of it, a line each */
} reacting;

/* A host finds its worker from the folder its program lies in, which must be bin/ of a whole tree.
 */
static inline void need_tree(void)
{
    char *worker = install_worker(NULL);
    if (!worker) {
        print_message("skipped: this test does not lie in bin/ of a tree\n");
        skip();
    }
    free(worker);
}

static inline void quiet(void *ctx, log_level level, const char *line)
{
    (void)ctx, (void)level, (void)line;
}

static inline reacting reacting_new(void)
{
    reacting r = {.folder = folder_new()};
    need_tree();
    assert_true(workspace_init(r.folder, NULL));
    log_set_sink(quiet, NULL);
    folder_text(r.folder, "polder.lua",
                "return { disabled = { 'partnership', 'noord-holland', 'zeeland' } }");
    return r;
}

/* May do all it likes with records, and emit NAME.*; short of memory, and of time only for what
 * never ends. */
static inline void reacting_plugin(reacting *r, const char *name, const char *lua)
{
    buf path = {0}, text = {0};
    buf_fmt(&path, "plugins/%s/plugin.json", name);
    buf_fmt(&text,
            "{\"name\":\"%s\",\"version\":\"1.0.0\",\"api\":1,\"capabilities\":{\"records\":{"
            "\"read\":[\"*\"],\"write\":[\"*\"]},\"emit\":[\"%s.*\"],\"call_ms\":2000,"
            "\"memory_mb\":16}}",
            name, name);
    folder_text(r->folder, buf_text(&path), buf_text(&text));
    buf_clear(&path);
    buf_fmt(&path, "plugins/%s/init.lua", name);
    folder_text(r->folder, buf_text(&path), lua);
    buf_free(&path);
    buf_free(&text);
}

static inline void reacting_open(reacting *r)
{
    err e = {0};
    r->ws = workspace_open(r->folder, &e);
    r->store = r->ws ? workspace_store(r->ws, &e) : NULL;
    r->host = r->store ? host_open(r->ws, false, &e) : NULL;
    if (!r->host || !host_load(r->host, &e) || !reactions_attach(r->host, &e))
        fail_msg("%s (%s)", e.message, e.where);
    store_actor(r->store, "cli:anna");
}

static inline void reacting_close(reacting *r)
{
    host_close(r->host);
    workspace_close(r->ws);
    r->host = NULL;
    r->ws = NULL;
}

static inline void reacting_free(reacting *r)
{
    reacting_close(r);
    buf_free(&r->failures);
    folder_free(r->folder);
    log_set_sink(NULL, NULL);
}

static inline bool try_put(reacting *r, const char *id, const char *fields, err *e)
{
    value v = value_nil();
    assert_true(json_read(fields, strlen(fields), NULL, &v, NULL));
    bool ok = store_put(r->store, &(statement){.id = id, .fields = &v}, NULL, e);
    value_free(&v);
    return ok;
}

static inline void put(reacting *r, const char *id, const char *fields)
{
    err e = {0};
    if (!try_put(r, id, fields, &e))
        fail_msg("%s (%s)", e.message, e.where);
}

static inline void keep_failure(void *ctx, const value *f)
{
    reacting *r = ctx;
    buf_fmt(&r->failures, "%s %lld %s%s at %s: %s\n", value_get_str(f, "handler", ""),
            (long long)value_get_int(f, "attempts", 0), value_get_str(f, "subject", ""),
            value_get_bool(f, "parked", false) ? " parked" : "", value_get_str(f, "where", ""),
            value_get_str(f, "message", ""));
}

static inline void handle_within(reacting *r, int64_t runs, int64_t wall_ms, bool patient)
{
    err e = {0};
    const dispatch_limits limits = {
        .runs = runs, .wall_ms = wall_ms, .failed = keep_failure, .ctx = r, .patient = patient};
    buf_clear(&r->failures);
    if (!dispatch_run(r->host, &limits, &r->report, &e))
        fail_msg("%s (%s)", e.message, e.where);
}

static inline void handle_most(reacting *r, int64_t runs)
{
    handle_within(r, runs, 60000, true);
}

static inline void handle(reacting *r)
{
    handle_most(r, 10000);
}

/* The field of a record, as text; "-" without the one or the other. Good until the next call. */
static inline const char *field(reacting *r, const char *id, const char *name)
{
    static buf text;
    value record = value_nil();
    buf_clear(&text);
    if (store_get(r->store, id, &record, NULL) && value_get(&record, name))
        json_write(&text, value_get(&record, name));
    else
        buf_str(&text, "-");
    value_free(&record);
    return buf_text(&text);
}

static inline bool add_event_line(void *ctx, const value *event, err *e)
{
    (void)e;
    buf_fmt(ctx, "%s %s %s %lld\n", value_get_str(event, "actor", ""),
            value_get_str(event, "type", ""), value_get_str(event, "subject", ""),
            (long long)value_get_int(value_get(event, "data"), "cause", 0));
    return true;
}

/* "actor type subject cause" a line, of the events after `since`. Good until the next call. */
static inline const char *events(reacting *r, int64_t since)
{
    static buf text;
    buf_clear(&text);
    assert_true(event_each(r->store, &(event_filter){.since = since, .limit = -1}, add_event_line,
                           &text, NULL));
    return buf_text(&text);
}

static inline int64_t head(reacting *r)
{
    int64_t seq = 0;
    assert_true(event_head(r->store, &seq, NULL));
    return seq;
}

static inline void says(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" does not say \"%s\"", text, part);
}

#endif
