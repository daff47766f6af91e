/* Walks the hash chain of the log. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/event_parts.h"
#include "store/store_parts.h"

enum { PROGRESS_STEP = 4096 };

/* An event without its salt: what is left of its data must be what a later record.forgotten says is
 * left. */
typedef struct erased {
    int64_t seq;
    char digest[HASH_TEXT]; /* of the data that is left */
    bool told;
} erased;

typedef struct walk {
    int64_t next;         /* the seq that must come now */
    char prev[HASH_TEXT]; /* the hash of the event before it */
    char time[CLOCK_TIME_TEXT];
    erased *erased; /* by seq; owned */
    size_t erased_len, erased_cap;
} walk;

static bool damage(event_report *out, int64_t seq, const char *what)
{
    out->bad_seq = seq;
    snprintf(out->damage, sizeof out->damage, "%s", what);
    return false;
}

static void note_erased(walk *w, int64_t seq, const char *left, size_t len)
{
    if (w->erased_len == w->erased_cap) {
        w->erased_cap = w->erased_cap ? 2 * w->erased_cap : 16;
        w->erased = mem_grow(w->erased, w->erased_cap, sizeof *w->erased);
    }
    erased *item = &w->erased[w->erased_len++];
    *item = (erased){.seq = seq};
    hash_of(left, len, item->digest);
}

static int by_seq(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = ((const erased *)b)->seq;
    return (left > right) - (left < right);
}

/* The last event that tells of an erasure has the last word. */
static bool take_forgotten(walk *w, query *q, err *e)
{
    value data = value_nil();
    const char *text = query_text(q, 5);
    if (strcmp(query_text(q, 3), "record.forgotten") != 0 || !text)
        return true;
    if (!store_read_map(text, query_bytes(q, 5), query_text(q, 4), &data, e))
        return false;
    const value *list = value_get(&data, "erased");
    for (size_t i = 0; i < value_len(list) && w->erased_len; i++) {
        int64_t seq = value_get_int(value_at(list, i), "seq", 0);
        erased *item = bsearch(&seq, w->erased, w->erased_len, sizeof *w->erased, by_seq);
        if (item)
            item->told = strcmp(item->digest, value_get_str(value_at(list, i), "digest", "")) == 0;
    }
    value_free(&data);
    return true;
}

static void check_erased(const walk *w, event_report *out)
{
    for (size_t i = 0; i < w->erased_len; i++) {
        if (w->erased[i].told)
            continue;
        out->checked = w->erased[i].seq - 1;
        damage(out, w->erased[i].seq,
               "its data was erased, and no record.forgotten tells of what is there now");
        return;
    }
}

static bool data_is_right(query *q, walk *w)
{
    const char *data = query_text(q, 5), *salt = query_text(q, 6);
    if (!salt) { /* erased: the digest stands for what was there */
        note_erased(w, query_int64(q, 0), data ? data : "", query_bytes(q, 5));
        return true;
    }
    if (!data)
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
    if (!data_is_right(q, w))
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
    bool ok = true;
    while (ok && query_step(q, e) && event_is_right(q, &w, out)) {
        ok = take_forgotten(&w, q, e);
        out->checked++;
        if (progress && (out->checked % PROGRESS_STEP == 0 || out->checked == of))
            progress(ctx, out->checked, of);
    }
    ok = ok && !query_failed(q);
    if (ok && out->bad_seq == 0)
        check_erased(&w, out);
    query_free(q);
    free(w.erased);
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
