#include "report/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "host/absent.h"
#include "host/broker.h"
#include "host/guest.h"
#include "report/document.h"
#include "store/event.h"
#include "store/forget.h"
#include "store/run.h"

/* One report under way. */
typedef struct writing {
    host *host;
    store *store;
    const contribution *report;
    const plugin *plugin;
    const char *lang;
    char today[CLOCK_DATE_TEXT];
    int64_t log;
    int64_t from; /* broker.from, when it was written */
} writing;

static bool find_today(const char *given, char out[CLOCK_DATE_TEXT], err *e)
{
    int64_t days = clock_today();
    if (given && !clock_date_parse(given, &days))
        return err_set(e, ERR_USAGE, "today: expected a date such as 2026-02-23");
    clock_date_text(days, out);
    return true;
}

/* A report of one language is never written in another: its words would stay, and its numbers and
 * days would be the other's. */
static bool find_lang(writing *w, const char *given, err *e)
{
    const char *only = value_get_str(w->report->spec, "lang", NULL);
    w->lang = given ? given : only ? only : "nl";
    if (!only || strcmp(only, w->lang) == 0)
        return true;
    err_set(e, ERR_USAGE, "the report %s is in %s only", w->report->full,
            strcmp(only, "nl") == 0 ? "Dutch" : "English");
    return err_hint(e, "leave --lang out");
}

static bool prepare(writing *w, const report_request *r, err *e)
{
    w->store = workspace_store(host_workspace(w->host), e);
    if (!w->store || !find_today(r->today, w->today, e) || !host_load(w->host, e))
        return false;
    w->report = registry_find(host_registry(w->host), "report", r->name, NULL, e);
    if (!w->report)
        return e && e->code == ERR_NOT_FOUND ? absent_hint(host_plugins(w->host), e) : false;
    if (!find_lang(w, r->lang, e))
        return false;
    w->plugin = plugin_find(host_plugins(w->host), w->report->plugin, e);
    w->log = r->as_of;
    return w->plugin && (r->as_of || event_head(w->store, &w->log, e));
}

static void name_failure(const writing *w, err *e)
{
    err_prefix(e, "the report %s: ", w->report->full);
    if (!e->where[0])
        err_where(e, "%s/%s:%d", w->report->plugin, w->report->file, w->report->line);
}

/* Asks the plugin; *read gets the ids of the records with personal fields that it was shown. */
static bool ask(writing *w, const report_request *r, value *blocks, value *read, err *e)
{
    broker_desk desk = {.host = w->host, .today = w->today, .keep = r->keep, .unkept = r->unkept};
    broker b = {
        .store = w->store, .plugin = w->plugin, .as_of = r->as_of, .notes = true, .desk = &desk};
    value given = value_map(), answer = value_nil();
    guest *g = guest_of(w->host, w->plugin);
    value_add(&given, "args", value_copy(r->args));
    value_add(&given, "today", value_text(w->today));
    value_add(&given, "lang", value_text(w->lang));
    bool ok = guest_ask(g, "report", w->report->name, &given, 0, broker_serve, &b, &answer, e);
    if (ok) {
        *blocks = value_copy(value_get(&answer, "blocks"));
        w->from = b.from;
        *read = b.personal;
        b.personal = value_nil();
    }
    value_free(&given);
    value_free(&answer);
    broker_free(&b);
    return ok;
}

static void add_about(const writing *w, value *doc)
{
    value about = value_map();
    value_add(&about, "report", value_text(w->report->full));
    value_add(&about, "plugin", value_text(w->plugin->name));
    value_add(&about, "version", value_text(value_get_str(&w->plugin->manifest, "version", "")));
    value_add(&about, "today", value_text(w->today));
    value_add(&about, "log", value_int(w->log));
    value_add(doc, "lang", value_text(w->lang));
    value_add(doc, "about", about);
}

static value inputs_of(const writing *w, const report_request *r)
{
    value inputs = value_map(), plugins = value_map();
    value *row = value_add(&plugins, w->plugin->name, value_map());
    value_add(row, "version", value_text(value_get_str(&w->plugin->manifest, "version", "")));
    value_add(row, "hash", value_text(w->plugin->hash));
    value_add(row, "settings", value_copy(&w->plugin->settings));
    value_add(&inputs, "report", value_text(w->report->full));
    value_add(&inputs, "args", value_copy(r->args));
    value_add(&inputs, "lang", value_text(w->lang));
    value_add(&inputs, "today", value_text(w->today));
    value_add(&inputs, "log", value_int(w->log));
    value_add(&inputs, "plugins", plugins);
    return inputs;
}

/* Not with what was read of one who was forgotten meanwhile. */
static char *keep_current(const writing *w, const value *inputs, const value *result, err *e)
{
    if (!store_begin(w->store, e))
        return NULL;
    char *id = forget_check_read(w->store, w->from, e)
                   ? run_store(w->store, "report", inputs, result, e)
                   : NULL;
    if (id && store_commit(w->store, e))
        return id;
    if (!id)
        store_rollback(w->store);
    free(id);
    return NULL;
}

/* `personal` stands with the answer so that forgetting one of those erases it (forget.h). */
static bool keep(const writing *w, const report_request *r, value *doc, const value *personal,
                 err *e)
{
    value inputs = inputs_of(w, r), result = value_map();
    value_add(&result, "document", value_copy(doc));
    value_add(&result, "personal", value_copy(personal));
    char *id = keep_current(w, &inputs, &result, e);
    value_free(&inputs);
    value_free(&result);
    if (id)
        value_add(doc, "run", value_text(id));
    free(id);
    return id != NULL;
}

static bool keep_if_asked(const writing *w, const report_request *r, value *doc,
                          const value *personal, err *e)
{
    err why = {0};
    bool lost = r->unkept && r->unkept->code != ERR_NONE; /* the run of a match that it shows */
    return !r->keep || lost || keep(w, r, doc, personal, &why) || run_unkept(&why, r->unkept, e);
}

bool report_run(host *h, const report_request *r, value *out, err *e)
{
    writing w = {.host = h};
    value blocks = value_nil(), doc = value_nil(), personal = value_nil();
    bool ok = false;
    if (!prepare(&w, r, e))
        goto done;
    const value *title = value_get(w.report->spec, "title");
    if (!ask(&w, r, &blocks, &personal, e) ||
        !document_make(&blocks, value_get_str(title, w.lang, w.report->name), &doc, e)) {
        name_failure(&w, e);
        goto done;
    }
    add_about(&w, &doc);
    if (!keep_if_asked(&w, r, &doc, &personal, e))
        goto done;
    *out = doc;
    doc = value_nil();
    ok = true;
done:
    value_free(&blocks);
    value_free(&personal);
    value_free(&doc);
    return ok;
}

bool report_of_run(host *h, const char *id, value *out, err *e)
{
    store *st = workspace_store(host_workspace(h), e);
    value run = value_nil();
    if (!st || !run_load(st, id, &run, e))
        return false;
    bool ok = strcmp(value_get_str(&run, "what", ""), "report") == 0;
    if (ok)
        *out = value_copy(value_get(value_get(&run, "result"), "document"));
    else
        err_set(e, ERR_NOT_FOUND, "%s is a run of %s, not of a report", id,
                value_get_str(&run, "what", "something else"));
    value_free(&run);
    return ok;
}
