#include "engine/rows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/pack.h"
#include "base/pack_json.h"
#include "base/pack_walk.h"
#include "store/select.h"

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

/* Closes the frame; an empty one takes its place. */
static void flush(solution_rows *out, buf *frame, size_t count)
{
    put_number(frame->data + COUNT_AT, count);
    put_number(frame->data + ROWS_AT, frame->len - HEAD_LEN);
    pack_head(frame, 0);
    out->frames = mem_grow(out->frames, out->len + 1, sizeof(buf));
    out->frames[out->len++] = *frame;
    *frame = (buf){0};
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

/* Rows into `frame` until it is large enough or there are no more (*end). */
static bool fill(cursor *c, pack_fields *fields, solution_rows *out, buf *frame, size_t *count,
                 bool *end, err *e)
{
    buf_add(frame, HEAD, HEAD_LEN);
    for (*count = 0; frame->len < FRAME_BYTES && !*end;) {
        *end = !cursor_step(c, e);
        if (*end)
            return !cursor_failed(c);
        if (!add_row(c, fields, frame, e))
            return false;
        value_push(&out->ids, value_text(cursor_id(c)));
        ++*count;
    }
    return frame->len <= PACK_TO_WORKER.max_bytes || pack_over_bytes(&PACK_TO_WORKER, e);
}

bool solution_rows_read(store *st, const char *kind, const value *fields, int64_t as_of,
                        solution_rows *out, err *e)
{
    solution_rows rows = {.ids = value_list()};
    selection all = {.kind = kind, .limit = -1, .as_of = as_of};
    pack_fields *wanted = pack_fields_new(fields);
    cursor *c = cursor_open(st, &all, e);
    bool ok = c != NULL, end = false;
    while (ok && !end) {
        buf frame = {0};
        size_t count;
        ok = fill(c, wanted, &rows, &frame, &count, &end, e);
        if (ok && count > 0)
            flush(&rows, &frame, count);
        buf_free(&frame);
    }
    cursor_free(c);
    pack_fields_free(wanted);
    if (ok)
        *out = rows;
    else
        solution_rows_free(&rows);
    return ok;
}

void solution_rows_free(solution_rows *rows)
{
    for (size_t i = 0; i < rows->len; i++)
        buf_free(&rows->frames[i]);
    free(rows->frames);
    value_free(&rows->ids);
    *rows = (solution_rows){0};
}
