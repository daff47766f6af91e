/* Holds the tables that answer against the log. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "store/event.h"
#include "store/past_hold.h"

enum { PROGRESS_STEP = 4096 };

static void show(buf *out, const value *v)
{
    char *json = v && !value_is(v, VALUE_NIL) ? store_json(v) : NULL;
    size_t len = json ? strlen(json) : 0;
    if (!json)
        buf_str(out, "nothing");
    else if (value_is(v, VALUE_TEXT) && len <= HOLD_SHOWN_BYTES)
        text_escape(out, v->as.text.bytes, v->as.text.len, HOLD_SHOWN_BYTES);
    else
        text_escape(out, json, len, HOLD_SHOWN_BYTES);
    free(json);
}

/* `who`: "the table", "version 2 in the table"; takes the values over. */
void hold_differ(holding *h, const char *part, const char *who, const char *field, value table,
                 value log)
{
    buf says = {0};
    buf_fmt(&says, "%s says %s%s", who, field ? field : "", field ? " " : "");
    show(&says, &table);
    buf_str(&says, ", the log ");
    show(&says, &log);
    value_free(&h->found);
    h->found = value_map();
    value_add(&h->found, "id", value_nil());
    value_add(&h->found, "part", value_text(part));
    value_add(&h->found, "field", value_text(field));
    value_add(&h->found, "table", table);
    value_add(&h->found, "log", log);
    value_add(&h->found, "says", value_text(buf_text(&says)));
    buf_free(&says);
}

/* The same in words alone. */
void hold_so(holding *h, const char *part, const char *says)
{
    value nil = value_nil();
    hold_differ(h, part, "", NULL, nil, nil);
    value_set(&h->found, "says", value_text(says));
}

bool hold_has_found(const holding *h)
{
    return !value_is(&h->found, VALUE_NIL);
}

/* Whether the log and the records tell how it should be, so that store_reindex can make it so. */
static bool can_make(const char *part)
{
    static const char *const PARTS[] = {"reference", "unique_value", "search", "version",
                                        "kind",      "view",         "index",  "trigger"};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (strcmp(PARTS[i], part) == 0)
            return true;
    return false;
}

void hold_note(holding *h, const char *id)
{
    if (hold_has_found(h)) {
        h->out->made += can_make(value_get_str(&h->found, "part", ""));
        value_set(&h->found, "id", value_text(id));
        if (h->out->differ++ < PAST_FIRST) {
            value_push(&h->out->first, h->found); /* moves it */
            h->found = value_nil();
        }
    }
    value_free(&h->found);
}

static value copy_of(const value *v)
{
    return v ? value_copy(v) : value_nil();
}

/* Fields of a JSON text against those that the log tells. */
static void hold_data(holding *h, const char *part, const char *who, query *q, int column,
                      const value *log)
{
    const char *text = query_text(q, column);
    char *expected = store_json(log);
    value data = value_nil();
    if (text && strcmp(text, expected) == 0)
        goto done;
    if (!text || !json_read(text, query_bytes(q, column), NULL, &data, NULL) ||
        !value_is(&data, VALUE_MAP)) {
        hold_so(h, part, "its data can't be read");
        goto done;
    }
    for (size_t i = 0; i < value_len(log) && !hold_has_found(h); i++) {
        const value_entry *field = &log->as.map.items[i];
        const value *table = value_get(&data, field->key);
        if (!table || !value_equal(table, &field->value))
            hold_differ(h, part, who, field->key, copy_of(table), value_copy(&field->value));
    }
    for (size_t i = 0; i < value_len(&data) && !hold_has_found(h); i++) {
        const value_entry *field = &data.as.map.items[i];
        if (!value_get(log, field->key))
            hold_differ(h, part, who, field->key, value_copy(&field->value), value_nil());
    }
done:
    value_free(&data);
    free(expected);
}

bool hold_number(holding *h, const char *part, const char *who, const char *what, int64_t table,
                 int64_t log)
{
    if (table == log || hold_has_found(h))
        return table == log;
    buf says = {0};
    buf_fmt(&says, "%s says %s %" PRId64 ", the log %" PRId64, who, what, table, log);
    hold_so(h, part, buf_text(&says));
    buf_free(&says);
    return false;
}

static bool begin_versions(holding *h, const char *id, err *e)
{
    if (h->versions)
        return true;
    h->versions = db_prepare(h->st->db,
                             "select version, data, since, until from version where record = ?"
                             " order by since, id",
                             e);
    if (h->versions)
        query_bind_text(h->versions, 1, id);
    return h->versions != NULL;
}

/* One earlier state; the one that stands is looked at when all events were. */
static bool hold_state(void *ctx, const past_state *s, err *e)
{
    holding *h = ctx;
    char who[60];
    if (s->until == 0)
        return true;
    if (!begin_versions(h, s->id, e))
        return false;
    query *q = h->versions;
    if (hold_has_found(h)) /* rows and states may not be side by side any more */
        return true;
    if (!query_step(q, e)) {
        snprintf(who, sizeof who, "version %" PRId64 " is in the log and not in the table",
                 s->version);
        if (!query_failed(q))
            hold_so(h, "version", who);
        return !query_failed(q);
    }
    snprintf(who, sizeof who, "version %" PRId64 " in the table", s->version);
    if (hold_number(h, "version", "the table", "version", query_int64(q, 0), s->version) &&
        hold_number(h, "version", who, "from event", query_int64(q, 2), s->since) &&
        hold_number(h, "version", who, "until event", query_int64(q, 3), s->until))
        hold_data(h, "version", who, q, 1, s->data);
    return true;
}

static bool end_versions(holding *h, const char *id, err *e)
{
    bool ok = begin_versions(h, id, e);
    if (ok && !hold_has_found(h) && query_step(h->versions, e)) {
        char says[80];
        snprintf(says, sizeof says, "version %" PRId64 " is in the table and not in the log",
                 query_int64(h->versions, 0));
        hold_so(h, "version", says);
    }
    ok = ok && !query_failed(h->versions);
    query_free(h->versions);
    h->versions = NULL;
    return ok;
}

static bool hold_record(holding *h, const past_end *r, err *e)
{
    query *q = db_prepare(h->st->db,
                          "select version, data, created, changed, coalesce(deleted, 0), kind"
                          " from record where id = ?",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, r->id);
    size_t kind = strcspn(r->id, "/");
    value_free(&h->found); /* what stands now is said before the past */
    if (!query_step(q, e)) {
        hold_so(h, "record", "it is in the log and not in the table");
    } else {
        const char *as = query_text(q, 5);
        if (strlen(as) != kind || memcmp(as, r->id, kind) != 0)
            hold_so(h, "record", "the table says another kind");
        hold_data(h, "record", "the table", q, 1, r->data);
        hold_number(h, "record", "the table", "version", query_int64(q, 0), r->version);
        hold_number(h, "record", "the table", "deleted by event (0: not)", query_int64(q, 4),
                    r->is_there ? 0 : r->changed);
        hold_number(h, "record", "the table", "changed by event", query_int64(q, 3), r->changed);
        hold_number(h, "record", "the table", "made by event", query_int64(q, 2), r->created);
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool hold_event(void *ctx, const past_event *v, err *e)
{
    holding *h = ctx;
    (void)e;
    told_event(h->claims, v);
    if (strcmp(v->type, "record.forgotten") == 0)
        hold_forgotten_event(h, v);
    if (h->progress && ++h->events % PROGRESS_STEP == 0)
        h->progress(h->ctx, h->events, h->of);
    return true;
}

static bool hold_end(void *ctx, const past_end *r, err *e)
{
    holding *h = ctx;
    if (!end_versions(h, r->id, e))
        return false;
    value earlier = h->found; /* moves it */
    h->found = value_nil();
    bool ok = hold_record(h, r, e);
    if (hold_has_found(h))
        value_free(&earlier);
    else
        h->found = earlier;
    ok = ok && hold_claims(h, r, e) && hold_decisions(h, r->id, e) && hold_forgotten(h, r->id, e) &&
         hold_found(h, r, e);
    h->out->records++;
    hold_note(h, r->id);
    return ok;
}

/* What no event tells of; of versions and claims only those that hang on no record: the others were
 * held with it. */
static bool hold_untold(holding *h, err *e)
{
    query *q = db_prepare(
        h->st->db,
        "select id, 'record', 'it is in the table and not in the log' from record"
        " where not exists (select 1 from event where subject = record.id"
        " and type glob 'record.*') union all"
        " select id, 'run', 'it is in the table and not in the log' from run"
        " where not exists (select 1 from event where subject = run.id"
        " and type = 'run.finished') union all"
        " select record, 'version', 'it has versions, and is no record' from version"
        " where not exists (select 1 from record where id = version.record) union all"
        " select record, 'claim', 'it has claims, and is no record' from claim"
        " where not exists (select 1 from record where id = claim.record) union all"
        " select record, 'settlement', 'it has decisions, and is no record'"
        " from settlement"
        " where not exists (select 1 from record where id = settlement.record) union all"
        " select record, 'forgotten', 'it was forgotten, and is no record' from forgotten"
        " where not exists (select 1 from record where id = forgotten.record) union all"
        " select record, 'reference', 'table reference has it, and it is no record'"
        " from reference"
        " where not exists (select 1 from record where id = reference.record) union all"
        " select record, 'unique_value', 'table unique_value has it, and it is no record'"
        " from unique_value"
        " where not exists (select 1 from record where id = unique_value.record)"
        " union all"
        " select record, 'search', 'the full-text index has it, and it is no record'"
        " from search_record"
        " where not exists (select 1 from record where id = search_record.record)"
        " union all"
        " select 'row ' || id, 'search', 'the full-text index has a text of no record'"
        " from search_content"
        " where not exists (select 1 from search_record where row = search_content.id)",
        e);
    if (!q)
        return false;
    while (query_step(q, e)) {
        hold_so(h, query_text(q, 1), query_text(q, 2));
        hold_note(h, query_text(q, 0));
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool past_verify(store *st, past_report *out, void (*progress)(void *ctx, int64_t done, int64_t of),
                 void *ctx, err *e)
{
    past_report report = {.first = value_list()};
    holding h = {.st = st, .out = &report, .progress = progress, .ctx = ctx};
    const past_teller teller = {
        .state = hold_state, .event = hold_event, .end = hold_end, .ctx = &h};
    bool own = !db_in_transaction(st->db); /* one moment of the log and of the tables */
    bool ok = !own || db_begin_read(st->db, e);
    ok = ok && event_head(st, &h.of, e) && (h.claims = told_new(st, e)) != NULL &&
         hold_words_begin(&h, e) && past_tell(st, &teller, e) && hold_withdrawals(&h, e) &&
         hold_runs(&h, e) && hold_declared(&h, e) && hold_kinds(&h, e) && hold_plugins(&h, e) &&
         hold_untold(&h, e) && hold_words_end(&h, e);
    if (ok && progress)
        progress(ctx, h.of, h.of);
    query_free(h.versions);
    told_free(h.claims);
    terms_free(h.words);
    free(h.sums);
    value_free(&h.found);
    value_free(&h.barred);
    if (own)
        db_rollback(st->db);
    if (ok)
        *out = report;
    else
        value_free(&report.first);
    return ok;
}
