/* Holds what people decided (table `settlement`), which sources were withdrawn and what was
 * forgotten against the log. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/past_hold.h"

static void name_decision(buf *out, const char *field, int64_t event)
{
    buf_str(out, "the decision on ");
    text_escape(out, field, strlen(field), HOLD_SHOWN_BYTES);
    buf_fmt(out, " of event %" PRId64, event);
}

static void hold_missing(holding *h, const char *part, buf *who, bool in_log)
{
    buf_str(who,
            in_log ? " is in the log and not in the table" : " is in the table and not in the log");
    hold_so(h, part, buf_text(who));
}

void hold_text(holding *h, const char *part, const char *who, const char *what, const char *table,
               const char *log)
{
    if (hold_has_found(h) || table == log || (table && log && strcmp(table, log) == 0))
        return;
    buf name = {0};
    buf_fmt(&name, "%s in the table", who);
    hold_differ(h, part, buf_text(&name), what, value_text(table), value_text(log));
    value_set(&h->found, "field", value_nil());
    buf_free(&name);
}

/* Columns: field, source, why, actor, event, ended, waits. */
static void hold_decision(holding *h, query *q, const told_decision *d)
{
    static const char PART[] = "settlement";
    buf who = {0};
    name_decision(&who, d->field, d->event);
    if (strcmp(query_text(q, 0), d->field) != 0 || query_int64(q, 4) != d->event) {
        buf_str(&who, " is in the log; the table has in its place ");
        name_decision(&who, query_text(q, 0), query_int64(q, 4));
        hold_so(h, PART, buf_text(&who));
    } else {
        hold_text(h, PART, buf_text(&who), "source", query_text(q, 1), d->source);
        hold_text(h, PART, buf_text(&who), "why", query_text(q, 2), d->why);
        hold_text(h, PART, buf_text(&who), "actor", query_text(q, 3), d->actor);
        hold_number(h, PART, buf_text(&who), "ended by event (0: not)", query_int64(q, 5),
                    d->ended);
        hold_text(h, PART, buf_text(&who), "waits for", query_text(q, 6), d->waits);
    }
    buf_free(&who);
}

bool hold_decisions(holding *h, const char *id, err *e)
{
    size_t len = 0, i = 0;
    const told_decision *told = told_decided(h->claims, &len);
    query *q = db_prepare(h->st->db,
                          "select field, source, why, actor, event, coalesce(ended, 0), waits"
                          " from settlement where record = ? order by field, event, id",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    buf who = {0};
    while (!hold_has_found(h) && query_step(q, e)) {
        if (i < len) {
            hold_decision(h, q, &told[i++]);
            continue;
        }
        name_decision(&who, query_text(q, 0), query_int64(q, 4));
        hold_missing(h, "settlement", &who, false);
    }
    bool ok = !query_failed(q);
    if (ok && !hold_has_found(h) && i < len) {
        name_decision(&who, told[i].field, told[i].event);
        hold_missing(h, "settlement", &who, true);
    }
    buf_free(&who);
    query_free(q);
    return ok;
}

/* Events of before there was "barred" tell only what was found: then a field more in the table is
 * one that the kind marked as personal. */
void hold_forgotten_event(holding *h, const past_event *v)
{
    const value *barred = value_get(v->data, "barred"), *fields = value_get(v->data, "fields");
    bool whole = value_get_bool(v->data, "deleted", false);
    if (value_is(&h->barred, VALUE_NIL))
        h->barred = value_map();
    for (size_t i = 0; i < value_len(barred); i++)
        if (!value_get(&h->barred, value_str(value_at(barred, i), "")))
            value_add(&h->barred, value_str(value_at(barred, i), ""), value_int(v->seq));
    if (barred)
        return;
    h->barred_by = v->seq;
    if (whole && !value_get(&h->barred, "*"))
        value_add(&h->barred, "*", value_int(v->seq));
    for (size_t i = 0; !whole && i < value_len(fields); i++)
        if (!value_get(&h->barred, fields->as.map.items[i].key))
            value_add(&h->barred, fields->as.map.items[i].key, value_int(v->seq));
}

static void name_barred(buf *out, const char *field)
{
    buf_str(out, "that ");
    text_escape(out, field, strlen(field), HOLD_SHOWN_BYTES);
    buf_str(out, " was forgotten");
}

static void hold_bar(holding *h, const char *field, int64_t event)
{
    const value *log = value_get(&h->barred, field);
    buf who = {0};
    name_barred(&who, field);
    if (log)
        hold_number(h, "forgotten", buf_text(&who), "by event", event, log->as.integer);
    else if (event != h->barred_by)
        hold_missing(h, "forgotten", &who, false);
    if (log)
        value_drop(&h->barred, field);
    buf_free(&who);
}

bool hold_forgotten(holding *h, const char *id, err *e)
{
    query *q = db_prepare(h->st->db, "select field, event from forgotten where record = ?", e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    while (query_step(q, e))
        if (!hold_has_found(h))
            hold_bar(h, query_text(q, 0), query_int64(q, 1));
    if (!query_failed(q) && !hold_has_found(h) && value_len(&h->barred) > 0) {
        buf who = {0};
        name_barred(&who, h->barred.as.map.items[0].key);
        hold_missing(h, "forgotten", &who, true);
        buf_free(&who);
    }
    bool ok = !query_failed(q);
    query_free(q);
    value_free(&h->barred);
    h->barred_by = 0;
    return ok;
}

/* Columns of both: source, event, actor, why, ended. */
static void hold_withdrawal(holding *h, query *table, query *log)
{
    static const char PART[] = "withdrawal";
    buf who = {0};
    buf_fmt(&who, "its withdrawal of event %" PRId64, query_int64(log, 1));
    hold_text(h, PART, buf_text(&who), "source", query_text(table, 0), query_text(log, 0));
    hold_text(h, PART, buf_text(&who), "actor", query_text(table, 2), query_text(log, 2));
    hold_text(h, PART, buf_text(&who), "why", query_text(table, 3), query_text(log, 3));
    hold_number(h, PART, buf_text(&who), "undone by event (0: not)", query_int64(table, 4),
                query_int64(log, 4));
    buf_free(&who);
}

static void only_one_has(holding *h, query *q, bool in_log)
{
    buf who = {0};
    buf_fmt(&who, "its withdrawal of event %" PRId64, query_int64(q, 1));
    hold_missing(h, "withdrawal", &who, in_log);
    buf_free(&who);
}

bool hold_withdrawals(holding *h, err *e)
{
    query *log = db_prepare(
        h->st->db,
        "select subject, seq, actor, data ->> 'why', coalesce((select min(seq) from event r"
        "  where r.subject = w.subject and r.type = 'source.restored' and r.seq > w.seq), 0)"
        " from event w where type = 'source.withdrawn' order by seq",
        e);
    query *table = log ? db_prepare(h->st->db,
                                    "select source, event, actor, why, coalesce(ended, 0)"
                                    " from withdrawal order by event, id",
                                    e)
                       : NULL;
    bool ok = table != NULL;
    bool told = ok && query_step(log, e), there = ok && query_step(table, e);
    while (told || there) {
        int64_t in_log = told ? query_int64(log, 1) : INT64_MAX;
        int64_t in_table = there ? query_int64(table, 1) : INT64_MAX;
        if (in_log == in_table)
            hold_withdrawal(h, table, log);
        else
            only_one_has(h, in_log < in_table ? log : table, in_log < in_table);
        hold_note(h, query_text(in_log <= in_table ? log : table, 0));
        told = in_log <= in_table ? query_step(log, e) : told;
        there = in_table <= in_log ? query_step(table, e) : there;
    }
    ok = ok && !query_failed(log) && !query_failed(table);
    query_free(table);
    query_free(log);
    return ok;
}
