#include "engine/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pack.h"
#include "base/pack_json.h"
#include "base/pack_walk.h"
#include "store/past.h"

/* A frame of about FRAME_BYTES is through the socket while the next one is made. A row of more than
 * LARGE_ROW may be over a limit of frames. */
enum { FRAME_BYTES = 128 << 10, LARGE_ROW = 1 << 20 };

/* {op = "solutions", count, rows, kinds}, where count and the length of rows are written when the
 * frame is closed; kinds are left out of a frame where all rows are both. */
static const char HEAD[] = "\0\0\0\0\x84\xA2op\xA9solutions\xA5"
                           "count\xCE\0\0\0\0\xA4rows\xDB\0\0\0\0";
static const char KINDS[] = "\xA5kinds\xDB\0\0\0\0";
enum {
    HEAD_LEN = sizeof HEAD - 1,
    KINDS_LEN = sizeof KINDS - 1,
    ENTRIES_AT = 4,
    COUNT_AT = HEAD_LEN - 14,
    ROWS_AT = HEAD_LEN - 4
};

/* Records in order of their ids. */
typedef struct stream {
    cursor *at; /* NULL: none */
    bool more;
} stream;

/* now: as they are; then: as they were. */
typedef struct solution_reading {
    stream now, then;
    bool unopened; /* then is not open yet: few who open one read all of it */
    int64_t as_of; /* that now is; 0: as they are */
    texts changed; /* since they were counted */
    size_t next_changed, next_also;
    pack_fields *wanted;
} solution_reading;

value row_of(const value *record, const value *fields)
{
    value row = value_list();
    value_push(&row, value_text(value_get_str(record, "id", "")));
    for (size_t i = 0; i < value_len(fields); i++) {
        const value *field = value_get(record, value_str(value_at(fields, i), ""));
        value_push(&row, field ? value_copy(field) : value_nil());
    }
    return row;
}

static void put_number(char *at, size_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(number >> (8 * (3 - i)) & 0xFF);
}

static bool damaged(const char *id, err *e)
{
    err_set(e, ERR_UNAVAILABLE, "the store is damaged: %s can't be read", id);
    return err_where(e, "%s", id);
}

static bool open_stream(stream *s, const solution_rows *r, int64_t as_of, int64_t changed_after,
                        err *e)
{
    const selection chosen = {
        .kind = r->kind, .limit = -1, .as_of = as_of, .changed_after = changed_after};
    s->at = cursor_open(r->store, &chosen, e);
    s->more = s->at && cursor_step(s->at, e);
    return s->at && !cursor_failed(s->at);
}

static bool step(stream *s, err *e)
{
    s->more = cursor_step(s->at, e);
    return !cursor_failed(s->at);
}

static bool add_id(solution_rows *r, const char *id, char kind)
{
    texts_add(&r->ids, id);
    buf_char(&r->kinds, kind);
    r->ranked += kind == ROW_BOTH || kind == ROW_RANKED;
    return true;
}

static bool add_row(solution_rows *r, const stream *from, char kind, buf *frame, err *e)
{
    size_t len, before = frame->len;
    const char *id = cursor_id(from->at), *json = cursor_json(from->at, &len);
    if (!json || !pack_json_row(frame, id, json, len, r->reading->wanted))
        return damaged(id, e);
    size_t bytes = frame->len - before;
    return (bytes < LARGE_ROW || pack_walk(frame->data + before, bytes, 1, &PACK_TO_WORKER, e)) &&
           add_id(r, id, kind);
}

/* One that didn't change: as it was and as it is are the same. */
static bool add_also(solution_rows *r, buf *frame, size_t *count, err *e)
{
    const char *id = texts_at(r->also, r->reading->next_also++);
    value record = value_nil();
    int64_t as_of = r->reading->as_of;
    if (!(as_of ? past_get(r->store, id, as_of, &record, e) : store_get(r->store, id, &record, e)))
        return false;
    value row = row_of(&record, r->fields);
    bool ok = pack_add(frame, &row, &PACK_TO_WORKER, e) && add_id(r, id, ROW_GONE) &&
              pack_add(frame, &row, &PACK_TO_WORKER, e) && add_id(r, id, ROW_RANKED);
    *count += 2;
    value_free(&row);
    value_free(&record);
    return ok;
}

/* Is it one of those that changed since texts were counted? Asked in order of ids. */
static bool has_changed(solution_reading *x, const char *id)
{
    int order = -1;
    while (x->next_changed < x->changed.len &&
           (order = strcmp(texts_at(&x->changed, x->next_changed), id)) < 0)
        x->next_changed++;
    return x->next_changed < x->changed.len && order == 0;
}

static char kind_now(const solution_rows *r, const char *id)
{
    return r->since || has_changed(r->reading, id) ? ROW_RANKED : ROW_BOTH;
}

static const char *id_of(const stream *s)
{
    return s->more ? cursor_id(s->at) : NULL;
}

static bool is_before(const char *a, const char *b)
{
    return a && (!b || strcmp(a, b) < 0);
}

/* The next in order of ids; as it was comes before as it is. */
static bool add_next(solution_rows *r, buf *frame, size_t *count, err *e)
{
    solution_reading *x = r->reading;
    const char *now = id_of(&x->now), *then = id_of(&x->then);
    const char *also = r->also ? texts_at(r->also, x->next_also) : NULL;
    if (is_before(also, now) && is_before(also, then))
        return add_also(r, frame, count, e);
    ++*count;
    if (is_before(now, then))
        return add_row(r, &x->now, kind_now(r, now), frame, e) && step(&x->now, e);
    return add_row(r, &x->then, r->since ? ROW_GONE : ROW_COUNTED, frame, e) && step(&x->then, e);
}

static bool has_more(const solution_rows *r)
{
    const solution_reading *x = r->reading;
    return x->now.more || x->then.more || (r->also && x->next_also < r->also->len);
}

static int64_t then_of(const solution_rows *r)
{
    return r->since ? r->since : r->counted;
}

static bool open_then(solution_rows *r, err *e)
{
    solution_reading *x = r->reading;
    int64_t then = then_of(r);
    x->unopened = false;
    return open_stream(&x->then, r, then, then, e) &&
           (r->since || store_changed(r->store, r->kind, then, &x->changed, e));
}

bool solution_rows_open(solution_rows *r, int64_t as_of, err *e)
{
    solution_rows_close(r);
    texts_free(&r->ids);
    buf_clear(&r->kinds);
    r->ranked = 0;
    solution_reading *x = r->reading = mem_zero(1, sizeof *x);
    x->as_of = as_of;
    x->unopened = then_of(r) > 0;
    x->wanted = pack_fields_new(r->fields);
    bool ok = open_stream(&x->now, r, as_of, r->since, e);
    r->more = ok && (x->unopened || has_more(r));
    return ok;
}

/* Rows into `frame` until it is large enough or there are no more. */
static bool fill(solution_rows *r, buf *frame, size_t *count, err *e)
{
    *count = 0;
    if (r->reading->unopened && !open_then(r, e))
        return false;
    for (r->more = has_more(r); r->more && frame->len < FRAME_BYTES; r->more = has_more(r))
        if (!add_next(r, frame, count, e))
            return false;
    return frame->len <= PACK_TO_WORKER.max_bytes || pack_over_bytes(&PACK_TO_WORKER, e);
}

/* The last `count`, unless all of them are both. */
static void add_kinds(const solution_rows *r, buf *frame, size_t count)
{
    const char *kinds = r->kinds.data + (r->kinds.len - count);
    for (size_t i = 0; i < count; i++) {
        if (kinds[i] == ROW_BOTH)
            continue;
        buf_add(frame, KINDS, KINDS_LEN);
        put_number(frame->data + frame->len - 4, count);
        buf_add(frame, kinds, count);
        return;
    }
    frame->data[ENTRIES_AT]--;
}

bool solution_rows_next(solution_rows *r, buf *frame, err *e)
{
    size_t count = 0;
    buf_clear(frame);
    if (!r->more)
        return true;
    buf_add(frame, HEAD, HEAD_LEN);
    if (!fill(r, frame, &count, e))
        return false;
    if (count == 0) {
        buf_clear(frame);
        return true;
    }
    put_number(frame->data + COUNT_AT, count);
    put_number(frame->data + ROWS_AT, frame->len - HEAD_LEN);
    add_kinds(r, frame, count);
    pack_head(frame, 0);
    return true;
}

void solution_rows_close(solution_rows *r)
{
    solution_reading *x = r->reading;
    r->reading = NULL;
    r->more = false;
    if (!x)
        return;
    cursor_free(x->now.at);
    cursor_free(x->then.at);
    pack_fields_free(x->wanted);
    texts_free(&x->changed);
    free(x);
}

bool solution_rows_ranks(const solution_rows *r, size_t index)
{
    return index < r->kinds.len &&
           (r->ranked == (int64_t)r->kinds.len || r->kinds.data[index] == ROW_BOTH ||
            r->kinds.data[index] == ROW_RANKED);
}

int64_t solution_rows_find(const solution_rows *r, const char *id)
{
    for (size_t i = 0; i < r->ids.len; i++)
        if (strcmp(texts_at(&r->ids, i), id) == 0 && solution_rows_ranks(r, i))
            return (int64_t)i;
    return -1;
}

void solution_rows_free(solution_rows *r)
{
    solution_rows_close(r);
    texts_free(&r->ids);
    buf_free(&r->kinds);
}
