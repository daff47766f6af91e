#include "engine/rows.h"

#include <string.h>

#include "base/pack.h"
#include "base/pack_json.h"
#include "base/pack_walk.h"

/* A frame of about FRAME_BYTES is through the socket while the next one is made. A row of more than
 * LARGE_ROW may be over a limit of frames. */
enum { FRAME_BYTES = 128 << 10, LARGE_ROW = 1 << 20 };

/* {op = "solutions", count, rows}, where count and the length of rows are written when the frame is
 * closed. */
static const char HEAD[] = "\0\0\0\0\x83\xA2op\xA9solutions\xA5"
                           "count\xCE\0\0\0\0\xA4rows\xDB\0\0\0\0";
enum { HEAD_LEN = sizeof HEAD - 1, COUNT_AT = HEAD_LEN - 14, ROWS_AT = HEAD_LEN - 4 };

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

static bool add_row(const cursor *c, pack_fields *fields, buf *frame, err *e)
{
    size_t len, before = frame->len;
    const char *json = cursor_json(c, &len);
    if (!json || !pack_json_row(frame, cursor_id(c), json, len, fields))
        return damaged(cursor_id(c), e);
    size_t bytes = frame->len - before;
    return bytes < LARGE_ROW || pack_walk(frame->data + before, bytes, 1, &PACK_TO_WORKER, e);
}

bool solution_rows_open(solution_rows *r, int64_t as_of, err *e)
{
    const selection all = {.kind = r->kind, .limit = -1, .as_of = as_of};
    solution_rows_close(r);
    texts_free(&r->ids);
    r->wanted = pack_fields_new(r->fields);
    r->at = cursor_open(r->store, &all, e);
    r->more = r->at && cursor_step(r->at, e);
    return r->at && !cursor_failed(r->at);
}

/* Rows into `frame` until it is large enough or there are no more. */
static bool fill(solution_rows *r, buf *frame, size_t *count, err *e)
{
    for (*count = 0; r->more && frame->len < FRAME_BYTES; ++*count) {
        if (!add_row(r->at, r->wanted, frame, e))
            return false;
        texts_add(&r->ids, cursor_id(r->at));
        r->more = cursor_step(r->at, e);
        if (cursor_failed(r->at))
            return false;
    }
    return frame->len <= PACK_TO_WORKER.max_bytes || pack_over_bytes(&PACK_TO_WORKER, e);
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
    put_number(frame->data + COUNT_AT, count);
    put_number(frame->data + ROWS_AT, frame->len - HEAD_LEN);
    pack_head(frame, 0);
    return true;
}

void solution_rows_close(solution_rows *r)
{
    cursor_free(r->at);
    pack_fields_free(r->wanted);
    r->at = NULL;
    r->wanted = NULL;
    r->more = false;
}

int64_t solution_rows_find(const solution_rows *r, const char *id)
{
    for (size_t i = 0; i < r->ids.len; i++)
        if (strcmp(texts_at(&r->ids, i), id) == 0)
            return (int64_t)i;
    return -1;
}

void solution_rows_free(solution_rows *r)
{
    solution_rows_close(r);
    texts_free(&r->ids);
}
