#include "store/past.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/claim.h"
#include "store/event_parts.h"
#include "store/settle.h"

enum { DAY_MS = 86400000 };

static bool time_of(store *st, int64_t seq, char out[CLOCK_TIME_TEXT], err *e)
{
    query *q = db_prepare(st->db, "select time from event where seq = ?", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, seq);
    bool ok = query_step(q, e);
    if (ok)
        snprintf(out, CLOCK_TIME_TEXT, "%s", query_text(q, 0));
    else if (!query_failed(q))
        err_set(e, ERR_UNAVAILABLE, "the log is damaged: event %lld is missing", (long long)seq);
    query_free(q);
    return ok;
}

/* Time never falls within the log (event_last), so a search by halves finds the last event at or
 * before `time`. */
static bool last_before(store *st, const char *time, int64_t *out, err *e)
{
    int64_t low = 0, high = 0;
    if (!event_head(st, &high, e))
        return false;
    while (low < high) {
        int64_t middle = low + (high - low + 1) / 2;
        char at[CLOCK_TIME_TEXT];
        if (!time_of(st, middle, at, e))
            return false;
        if (strcmp(at, time) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    *out = low;
    return true;
}

static bool at_number(store *st, const char *when, int64_t *out, err *e)
{
    int64_t head = 0;
    errno = 0;
    long long number = strtoll(when, NULL, 10);
    if (!event_head(st, &head, e))
        return false;
    if (errno == 0 && number <= head) {
        *out = number;
        return true;
    }
    err_set(e, ERR_USAGE, "there is no event %s yet: the log ends at %lld", when, (long long)head);
    return err_hint(e, "a day is written as 2026-02-23");
}

static bool at_time(store *st, const char *when, int64_t *out, err *e)
{
    int64_t days = 0, ms = 0;
    char time[CLOCK_TIME_TEXT];
    if (clock_date_parse(when, &days)) {
        ms = (days + 1) * DAY_MS - 1;
    } else if (!clock_time_parse(when, &ms)) {
        err_set(e, ERR_USAGE, "\"%s\" is no day, time or event", when);
        return err_hint(e, "write 2026-02-23, 2026-02-23T13:05:00Z or the number of an event");
    }
    clock_time_text(ms, time);
    return last_before(st, time, out, e);
}

bool past_at(store *st, const char *when, int64_t *out_seq, err *e)
{
    int64_t seq = 0;
    bool is_number = *when && when[strspn(when, "0123456789")] == '\0';
    if (!(is_number ? at_number(st, when, &seq, e) : at_time(st, when, &seq, e)))
        return false;
    if (seq > 0) {
        *out_seq = seq;
        return true;
    }
    char first[CLOCK_TIME_TEXT];
    err_set(e, ERR_NOT_FOUND, "nothing was known yet at %s", when);
    if (time_of(st, 1, first, NULL))
        err_hint(e, "the log begins at %s", first);
    return false;
}

static value as_record(query *q, const char *id, value *data)
{
    value record = value_map();
    value_add(&record, "id", value_text(id));
    value_add(&record, "kind", value_bytes(id, strcspn(id, "/")));
    value_add(&record, "version", value_int(query_int64(q, 0)));
    for (size_t i = 0; i < data->as.map.len; i++) {
        value_entry *field = &data->as.map.items[i];
        value_add(&record, field->key, field->value); /* moves it */
        field->value = value_nil();
    }
    return record;
}

/* A record that is there now, or was, but not then. */
static bool not_then(store *st, const char *id, int64_t seq, err *e)
{
    char time[CLOCK_TIME_TEXT];
    if (!time_of(st, seq, time, e))
        return false;
    query *q = db_prepare(st->db, "select min(seq) from event where subject = ?", e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    bool known = query_step(q, e) && !query_is_null(q, 0);
    int64_t first = known ? query_int64(q, 0) : 0;
    bool ok = !query_failed(q);
    query_free(q);
    if (!ok)
        return false;
    if (!known)
        return store_missing(st, id, e);
    err_set(e, ERR_NOT_FOUND, "there was no record %s at event %lld (%s)", id, (long long)seq,
            time);
    err_where(e, "%s", id);
    if (first > seq)
        return err_hint(e, "it was made by event %lld", (long long)first);
    return err_hint(e, "it had been deleted; `polder get %s --history` shows its past", id);
}

bool past_get(store *st, const char *id, int64_t seq, value *out, err *e)
{
    query *q =
        db_prepare(st->db, "select version, data from " PAST_RECORDS " as record where id = ?", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, seq);
    query_bind_text(q, 2, id);
    value data = value_nil();
    bool found = query_step(q, e), failed = query_failed(q);
    bool ok = found && store_read_map(query_text(q, 1), query_bytes(q, 1), id, &data, e);
    if (ok)
        *out = as_record(q, id, &data);
    value_free(&data);
    query_free(q);
    return ok || found || failed ? ok : not_then(st, id, seq, e);
}

/* Of what was said of a record that was there. */
static bool claims_of(store *st, const char *id, int64_t seq, bool withdrawn, value *out, err *e)
{
    claim_set claims = {0};
    value record = value_nil();
    bool ok = past_get(st, id, seq, &record, e) &&
              (withdrawn ? claim_set_load_withdrawn(st, id, seq, &claims, e)
                         : claim_set_load_at(st, id, seq, &claims, e)) &&
              claim_values(&claims, id, withdrawn, out, e);
    claim_set_free(&claims);
    value_free(&record);
    return ok;
}

bool past_claims(store *st, const char *id, int64_t seq, value *out, err *e)
{
    return claims_of(st, id, seq, false, out, e);
}

static bool withdrawn_of(store *st, const char *id, int64_t seq, value *out, err *e)
{
    return seq ? claims_of(st, id, seq, true, out, e) : store_claims_withdrawn(st, id, out, e);
}

bool past_claims_all(store *st, const char *id, int64_t seq, value *out, err *e)
{
    value live = value_nil(), gone = value_nil();
    if (!(seq ? past_claims(st, id, seq, &live, e) : store_claims(st, id, &live, e)))
        return false;
    if (!withdrawn_of(st, id, seq, &gone, e)) {
        value_free(&live);
        return false;
    }
    for (size_t i = 0; i < value_len(&gone); i++)
        value_push(&live, value_copy(value_at(&gone, i)));
    value_free(&gone);
    *out = live;
    return true;
}
