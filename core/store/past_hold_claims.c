/* Holds the claims of one record against those that the log tells. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "store/past_hold.h"

static void name_claim(buf *out, const char *field, const char *source, int64_t event)
{
    buf_str(out, "the claim on ");
    text_escape(out, field, strlen(field), HOLD_SHOWN_BYTES);
    if (source) {
        buf_str(out, " by ");
        text_escape(out, source, strlen(source), HOLD_SHOWN_BYTES);
    }
    buf_fmt(out, " of event %" PRId64, event);
}

static value read_value(const char *json)
{
    value v = value_nil();
    if (json && !json_read(json, strlen(json), NULL, &v, NULL))
        v = value_text(json);
    return v;
}

static void hold_value(holding *h, const char *who, const told_claim *c, const char *table)
{
    if (table && strcmp(table, c->value) == 0)
        return;
    value left = read_value(table), right = read_value(c->value);
    if (table && value_equal(&left, &right)) {
        value_free(&left);
        value_free(&right);
        return;
    }
    hold_differ(h, "claim", who, NULL, left, right); /* takes them */
    value_set(&h->found, "field", value_text(c->field));
}

/* A change that was begun before midnight and kept after it is of the day before. */
static bool is_on_the_day(const char *table, const told_claim *c)
{
    int64_t at = 0, day = 0;
    return c->on_the_day && table && clock_date_parse(table, &at) &&
           clock_date_parse(c->date, &day) && (at == day || at == day - 1);
}

/* Columns: field, value, source, place, date, event, ended, rank, id, waits. */
static void hold_claim(holding *h, query *q, const told_claim *c)
{
    const char *field = query_text(q, 0), *source = query_text(q, 2);
    bool own = !source || !c->source;
    buf who = {0};
    name_claim(&who, c->field, c->source, c->event);
    if (strcmp(field, c->field) != 0 || query_int64(q, 5) != c->event ||
        (own ? source != c->source : strcmp(source, c->source) != 0)) {
        buf_str(&who, " is in the log; the table has in its place ");
        name_claim(&who, field, source, query_int64(q, 5));
        hold_so(h, "claim", buf_text(&who));
    } else {
        hold_value(h, buf_text(&who), c, query_text(q, 1));
        hold_number(h, "claim", buf_text(&who), "ended by event (0: not)", query_int64(q, 6),
                    c->ended);
        hold_text(h, "claim", buf_text(&who), "waits for", query_text(q, 9), c->waits);
        hold_text(h, "claim", buf_text(&who), "place", query_text(q, 3), c->place);
        if (!is_on_the_day(query_text(q, 4), c))
            hold_text(h, "claim", buf_text(&who), "date", query_text(q, 4), c->date);
    }
    buf_free(&who);
}

bool hold_claims(holding *h, const past_end *r, err *e)
{
    size_t len = 0, i = 0;
    const told_claim *told = told_end(h->claims, r, &len);
    query *q = db_prepare(
        h->st->db,
        "select field, value, source, place, date, event, coalesce(ended, 0),"
        " coalesce(first, id) as rank, id, waits from claim where record = ?1 and ended is null"
        " union all"
        " select field, value, source, place, date, event, ended, coalesce(first, id), id, waits"
        " from claim where record = ?1 and ended is not null order by rank, id",
        e);
    if (!q)
        return false;
    query_bind_text(q, 1, r->id);
    buf says = {0};
    while (!hold_has_found(h) && query_step(q, e)) {
        if (i < len) {
            hold_claim(h, q, &told[i++]);
            continue;
        }
        name_claim(&says, query_text(q, 0), query_text(q, 2), query_int64(q, 5));
        buf_str(&says, " is in the table and not in the log");
        hold_so(h, "claim", buf_text(&says));
    }
    bool ok = !query_failed(q);
    if (ok && !hold_has_found(h) && i < len) {
        name_claim(&says, told[i].field, told[i].source, told[i].event);
        buf_str(&says, " is in the log and not in the table");
        hold_so(h, "claim", buf_text(&says));
    }
    buf_free(&says);
    query_free(q);
    return ok;
}
