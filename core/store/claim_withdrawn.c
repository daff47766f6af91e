/* Claims that ended by the event that withdrew a source, and come back with it: its own, and those
 * of others who had no more to say than "there is none". One that an import brought before its
 * withdrawal ended by its own event. */
#include <stdlib.h>

#include "base/mem.h"
#include "store/claim.h"

/* After event ?2 (0: now): whether withdrawal w was in force, and the event that made record ?1. */
#define IN_FORCE                                                                                   \
    "case when ?2 = 0 then w.ended is null"                                                        \
    " else w.event <= ?2 and (w.ended is null or w.ended > ?2) end"
#define MADE                                                                                       \
    "case when ?2 = 0 then (select created from record where id = ?1) else (select max(seq)"       \
    " from event where subject = ?1 and type = 'record.created' and seq <= ?2) end"

bool claim_set_load_withdrawn(store *st, const char *record, int64_t seq, claim_set *out, err *e)
{
    query *q =
        db_prepare(st->db,
                   "select c.id, c.field, c.value, c.source, c.place, c.date, c.event, v.time,"
                   " c.data ->> 'reliability', c.data ->> 'date', c.data ->> 'published', c.why,"
                   " coalesce(c.first, c.id) from"
                   " (select claim.*, w.why, coalesce("
                   "   (select data from version where record = claim.source and since <= ?2"
                   "    and until > ?2),"
                   "   (select data from record where id = claim.source"
                   "    and (?2 = 0 or changed <= ?2))) as data"
                   "  from withdrawal w join claim on claim.source = w.source"
                   "  and claim.ended = w.event"
                   "  where claim.record = ?1 and claim.event >= (" MADE ") and " IN_FORCE ") c"
                   " join event v on v.seq = c.event order by coalesce(c.first, c.id)",
                   e);
    if (!q)
        return false;
    query_bind_text(q, 1, record);
    query_bind_int64(q, 2, seq);
    bool ok = claim_set_take(q, out, e);
    query_free(q);
    return ok;
}

static int by_rank(const void *a, const void *b)
{
    const claim *one = a, *other = b;
    return one->rank < other->rank ? -1 : one->rank > other->rank;
}

bool claim_set_add_withdrawn(store *st, const char *record, int64_t seq, claim_set *c, err *e)
{
    query *q = db_prepare(
        st->db,
        "select c.id, c.field, c.value, c.source, c.place, c.date, c.event, v.time,"
        " r.data ->> 'reliability', r.data ->> 'date', r.data ->> 'published', s.why,"
        " coalesce(c.first, c.id), w.source from claim c"
        " join withdrawal w on w.event = c.ended"
        " join record o on o.id = w.source"
        " and (o.deleted is null or (?2 > 0 and o.deleted > ?2))"
        " join event v on v.seq = c.event left join record r on r.id = c.source"
        " left join settlement s on s.record = c.record and s.field = c.field"
        " and s.source is c.source and s.ended = w.event"
        " where c.record = ?1 and c.ended is not null and c.event >= (" MADE ") and " IN_FORCE,
        e);
    if (!q)
        return false;
    size_t live = c->len;
    query_bind_text(q, 1, record);
    query_bind_int64(q, 2, seq);
    bool ok = claim_set_take(q, c, e);
    query_free(q);
    if (c->len > live)
        qsort(c->items, c->len, sizeof *c->items, by_rank);
    return ok;
}

bool claim_is_withdrawn(store *st, const statement *s, const char *field, bool *out, err *e)
{
    query *q = db_prepare(st->db,
                          "select 1 from claim c join record r on r.id = c.record"
                          " where c.record = ?1 and c.field = ?2 and c.source is ?3"
                          " and r.created <= c.event and (c.waits = ?4 or c.ended ="
                          "  (select event from withdrawal where source = ?4 and ended is null))",
                          e);
    if (!q)
        return false;
    const char *const texts[] = {s->id, field, s->source, s->withdrawn};
    for (int i = 0; i < 4; i++)
        query_bind_text(q, i + 1, texts[i]);
    *out = query_step(q, e);
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}
