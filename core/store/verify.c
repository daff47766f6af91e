/* Walks the hash chain of the log. */
#include <string.h>

#include "store/event_parts.h"
#include "store/store_parts.h"

enum { PROGRESS_STEP = 4096 };

typedef struct walk {
    int64_t next;         /* the seq that must come now */
    char prev[HASH_TEXT]; /* the hash of the event before it */
    char time[CLOCK_TIME_TEXT];
} walk;

static bool damage(event_report *out, int64_t seq, const char *what)
{
    out->bad_seq = seq;
    snprintf(out->damage, sizeof out->damage, "%s", what);
    return false;
}

static bool data_is_right(query *q)
{
    const char *data = query_text(q, 5), *salt = query_text(q, 6);
    if (!data && !salt)
        return true; /* erased: the digest stands for it */
    if (!data || !salt)
        return false;
    char digest[HASH_TEXT];
    event_digest(salt, data, query_bytes(q, 5), digest);
    return strcmp(digest, query_text(q, 7)) == 0;
}

static bool event_is_right(query *q, walk *w, event_report *out)
{
    event_line line = {.seq = query_int64(q, 0),
                       .time = query_text(q, 1),
                       .actor = query_text(q, 2),
                       .type = query_text(q, 3),
                       .subject = query_text(q, 4),
                       .digest = query_text(q, 7),
                       .prev = query_text(q, 8)};
    if (line.seq != w->next)
        return damage(out, w->next, "the event is missing: it was deleted, or its number changed");
    if (strcmp(line.prev, w->prev) != 0)
        return damage(out, line.seq,
                      "it does not follow from the event before it: one of the two was replaced or "
                      "moved");
    if (!data_is_right(q))
        return damage(out, line.seq, "its data was changed after it was written");
    char whole[HASH_TEXT];
    event_hash(&line, whole);
    if (strcmp(whole, query_text(q, 9)) != 0)
        return damage(out, line.seq,
                      "its time, actor, type, subject or hash was changed after it was written");
    if (strcmp(line.time, w->time) < 0)
        return damage(out, line.seq, "its time is before that of the event before it");
    snprintf(w->prev, sizeof w->prev, "%s", whole);
    snprintf(w->time, sizeof w->time, "%s", line.time);
    w->next++;
    return true;
}

/* A chain can't tell that its end was cut off; what the rest of the store knows of the log can. */
static bool tail_is_there(store *st, int64_t head, event_report *out, err *e)
{
    query *q = db_prepare(st->db,
                          "select max(coalesce((select max(changed) from record), 0),"
                          " coalesce((select max(event) from claim), 0),"
                          " coalesce((select max(ended) from claim), 0),"
                          " coalesce((select max(log) from run), 0))",
                          e);
    bool ok = q && query_step(q, e);
    int64_t known = ok ? query_int64(q, 0) : 0;
    query_free(q);
    if (ok && known > head) {
        out->bad_seq = head + 1;
        snprintf(out->damage, sizeof out->damage,
                 "the end of the log is missing: records name events up to %lld", (long long)known);
    }
    return ok;
}

static bool walk_all(store *st, event_report *out, int64_t of,
                     void (*progress)(void *ctx, int64_t done, int64_t of), void *ctx, err *e)
{
    query *q = db_prepare(st->db,
                          "select seq, time, actor, type, subject, data, salt, digest, prev, hash"
                          " from event order by seq",
                          e);
    if (!q)
        return false;
    walk w = {.next = 1};
    memset(w.prev, '0', HASH_TEXT - 1);
    while (query_step(q, e) && event_is_right(q, &w, out)) {
        out->checked++;
        if (progress && (out->checked % PROGRESS_STEP == 0 || out->checked == of))
            progress(ctx, out->checked, of);
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool event_verify(store *st, event_report *out,
                  void (*progress)(void *ctx, int64_t done, int64_t of), void *ctx, err *e)
{
    event_report report = {0};
    int64_t head = 0;
    if (!event_head(st, &head, e) || !walk_all(st, &report, head, progress, ctx, e))
        return false;
    if (report.bad_seq == 0 && !tail_is_there(st, report.checked, &report, e))
        return false;
    *out = report;
    return true;
}
