#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "cli/doctor.h"
#include "cli/progress.h"
#include "cli/scratch.h"
#include "host/install.h"
#include "store/event.h"
#include "store/past.h"
#include "store/reference.h"
#include "store/select.h"

/* An error as a row: what it says, and its hint as what to do. */
static void add_error(value *rows, const char *part, const char *what, const err *why)
{
    buf text = {0};
    buf_str(&text, why->message);
    if (*why->where)
        buf_fmt(&text, " (%s)", why->where);
    doctor_add(rows, part, what, DOCTOR_BAD, buf_text(&text), *why->hint ? why->hint : NULL);
    buf_free(&text);
}

static void add_file(value *rows, const char *what, char *path, const err *why)
{
    if (path)
        doctor_add(rows, "installation", what, DOCTOR_OK, path, NULL);
    else
        add_error(rows, "installation", what, why);
    free(path);
}

static void add_layer(value *rows, const value *layer)
{
    bool works = value_get_bool(layer, "works", false);
    bool needed = value_get_bool(layer, "needed", true);
    bool allowed = value_get_bool(layer, "allowed", false);
    const char *name = value_get_str(layer, "layer", ""),
               *detail = value_get_str(layer, "detail", "");
    if (works) {
        doctor_add(rows, "sandbox", name, DOCTOR_OK, *detail ? detail : "works", NULL);
        return;
    }
    buf advice = {0}, text = {0};
    buf_fmt(&text, "does not work%s%s%s", *detail ? ": " : "", detail,
            allowed ? "; polder.lua allows to go without" : "");
    buf_fmt(
        &advice,
        "use a kernel that has it, or accept the risk in polder.lua: allow_without = { \"%s\" }",
        name);
    bool bad = needed && !allowed;
    doctor_add(rows, "sandbox", name, bad ? DOCTOR_BAD : DOCTOR_NOTE, buf_text(&text),
               bad ? buf_text(&advice) : NULL);
    buf_free(&advice);
    buf_free(&text);
}

static void add_plugins(value *rows, host *h)
{
    const plugin_list *list = host_plugins(h);
    err why = {0};
    buf failed = {0}, text = {0};
    size_t enabled = 0, bad = 0;
    host_load_anew(h);
    if (!host_load(h, &why)) {
        add_error(rows, "plugins", "loading", &why);
        return;
    }
    for (size_t i = 0; i < list->len; i++) {
        enabled += list->items[i].state == PLUGIN_ENABLED;
        if (list->items[i].state == PLUGIN_FAILED)
            buf_fmt(&failed, "%s%s", bad++ ? ", " : "", list->items[i].name);
    }
    buf_fmt(&text, "%zu enabled, %zu failed", enabled, bad);
    if (bad)
        buf_fmt(&text, ": %s", buf_text(&failed));
    doctor_add(rows, "plugins", "loading", bad ? DOCTOR_BAD : DOCTOR_OK, buf_text(&text),
               bad ? "polder plugin check NAME" : NULL);
    buf_free(&failed);
    buf_free(&text);
}

void doctor_sandbox(cli *c, value *rows)
{
    err no_worker = {0}, no_plugins = {0}, why = {0};
    value layers = value_nil();
    char *worker = install_worker(&no_worker), *scratch = NULL;
    bool found = worker != NULL;
    add_file(rows, "worker program", worker, &no_worker);
    add_file(rows, "bundled plugins", install_plugins(&no_plugins), &no_plugins);
    if (!found)
        return;
    if (!cli_workspace(c, &why))
        scratch = scratch_open(c, NULL, &why);
    host *h = cli_host(c, &why);
    if (!h || !host_sandbox(h, &layers, &why))
        add_error(rows, "sandbox", "workers", &why);
    for (size_t i = 0; i < value_len(&layers); i++)
        add_layer(rows, value_at(&layers, i));
    if (h)
        add_plugins(rows, h);
    value_free(&layers);
    scratch_close(c, scratch);
}

static void progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("events checked", done, of);
}

/* Only of a log that is whole: what isn't can't tell anything. */
static void add_tables(value *rows, store *st)
{
    past_report tables = {0};
    err why = {0};
    buf text = {0};
    bool read = past_verify(st, &tables, progress, NULL, &why);
    const value *first = value_at(&tables.first, 0);
    progress_clear();
    if (!read) {
        add_error(rows, "store", "tables", &why);
    } else if (tables.differ) {
        buf_fmt(&text, "%lld of %lld records are not what the log tells; %s: %s",
                (long long)tables.differ, (long long)tables.records, value_get_str(first, "id", ""),
                value_get_str(first, "says", ""));
        doctor_add(rows, "store", "tables", DOCTOR_BAD, buf_text(&text), "polder audit verify");
    } else {
        doctor_add(rows, "store", "tables", DOCTOR_OK, "all as the log tells", NULL);
    }
    value_free(&tables.first);
    buf_free(&text);
}

static void add_log(value *rows, store *st)
{
    event_report report = {0};
    err why = {0};
    buf text = {0};
    bool read = event_verify(st, &report, progress, NULL, &why);
    progress_clear();
    if (!read) {
        add_error(rows, "store", "log", &why);
    } else if (report.bad_seq) {
        buf_fmt(&text, "damaged at event %lld: %s", (long long)report.bad_seq, report.damage);
        doctor_add(rows, "store", "log", DOCTOR_BAD, buf_text(&text),
                   "compare with a backup before you write anything more");
    } else {
        buf_fmt(&text, "%lld %s, every hash is right", (long long)report.checked,
                text_plural(report.checked, "event", "events"));
        doctor_add(rows, "store", "log", DOCTOR_OK, buf_text(&text), NULL);
        add_tables(rows, st);
    }
    buf_free(&text);
}

static void add_clock(value *rows, store *st)
{
    buf text = {0};
    char newest[CLOCK_TIME_TEXT] = "";
    err why = {0};
    int64_t behind_ms = 0;
    if (!event_clock(st, &behind_ms, newest, &why)) {
        add_error(rows, "store", "clock", &why);
    } else if (behind_ms > 0) {
        buf_fmt(&text, "stands before the newest event, of %s", newest);
        doctor_add(rows, "store", "clock", DOCTOR_NOTE, buf_text(&text),
                   "set this machine's clock; until it has come past that, new events get that "
                   "time");
    }
    buf_free(&text);
}

static void add_records(value *rows, store *st)
{
    value kinds = value_nil();
    err why = {0};
    buf text = {0};
    if (!store_kinds(st, &kinds, &why)) {
        add_error(rows, "store", "records", &why);
        return;
    }
    for (size_t i = 0; i < value_len(&kinds); i++)
        buf_fmt(&text, "%s%lld %s", i ? ", " : "",
                (long long)value_as_int(&kinds.as.map.items[i].value, 0),
                kinds.as.map.items[i].key);
    doctor_add(rows, "store", "records", DOCTOR_OK, text.len ? buf_text(&text) : "none yet", NULL);
    buf_free(&text);
    value_free(&kinds);
}

static void add_references(value *rows, store *st)
{
    value first = value_nil();
    int64_t count = 0;
    err why = {0};
    buf text = {0};
    if (!reference_missing(st, 0, 1, &count, &first, &why)) {
        add_error(rows, "store", "references", &why);
        return;
    }
    const value *row = value_at(&first, 0);
    if (count == 0)
        buf_str(&text, "every record that another points at is there");
    else
        buf_fmt(&text, "%lld to records that are not there, %s from %s among them",
                (long long)count, value_get_str(row, "target", ""),
                value_get_str(row, "record", ""));
    doctor_add(rows, "store", "references", count ? DOCTOR_NOTE : DOCTOR_OK, buf_text(&text),
               count
                   ? "polder query --sql \"select * from reference where target not in (select id "
                     "from record where deleted is null)\""
                   : NULL);
    buf_free(&text);
    value_free(&first);
}

void doctor_store(cli *c, value *rows)
{
    err why = {0};
    if (!cli_workspace(c, &why)) {
        bool asked = c->home != NULL;
        if (asked)
            add_error(rows, "store", "workspace", &why);
        else
            doctor_add(rows, "store", "workspace", DOCTOR_NOTE, why.message, why.hint);
        return;
    }
    doctor_add(rows, "store", "workspace", DOCTOR_OK, workspace_home(c->ws), NULL);
    store *st = cli_store(c, &why);
    if (!st) {
        add_error(rows, "store", "polder.db", &why);
        return;
    }
    add_records(rows, st);
    add_references(rows, st);
    add_log(rows, st);
    add_clock(rows, st);
}
