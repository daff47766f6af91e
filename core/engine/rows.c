#include "engine/rows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/pack.h"
#include "store/select.h"

/* Whichever comes first: a frame stays far below its limit, also with texts of megabytes. */
enum { ROWS_A_FRAME = 500, BYTES_A_FRAME = 8 << 20 };

typedef struct reading {
    solution_rows *out;
    const value *fields;
    value pending;
    size_t bytes; /* of the texts pending */
} reading;

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

static bool flush(reading *r, err *e)
{
    value frame = value_map();
    buf bytes = {0};
    value_add(&frame, "op", value_text("solutions"));
    value_add(&frame, "rows", r->pending);
    r->pending = value_list();
    r->bytes = 0;
    bool ok = pack_write(&bytes, &frame, &PACK_TO_WORKER, e);
    if (ok) {
        r->out->frames = mem_grow(r->out->frames, r->out->len + 1, sizeof(buf));
        r->out->frames[r->out->len++] = bytes;
    }
    value_free(&frame);
    return ok;
}

static size_t text_bytes(const value *row)
{
    size_t bytes = 0;
    for (size_t i = 0; i < value_len(row); i++)
        if (value_is(value_at(row, i), VALUE_TEXT))
            bytes += value_len(value_at(row, i));
    return bytes;
}

static bool take(void *ctx, const value *record, err *e)
{
    reading *r = ctx;
    value_push(&r->out->ids, value_text(value_get_str(record, "id", "")));
    r->bytes += text_bytes(value_push(&r->pending, row_of(record, r->fields)));
    bool full = value_len(&r->pending) >= ROWS_A_FRAME || r->bytes >= BYTES_A_FRAME;
    return !full || flush(r, e);
}

bool solution_rows_read(store *st, const char *kind, const value *fields, solution_rows *out,
                        err *e)
{
    solution_rows rows = {.ids = value_list()};
    reading r = {.out = &rows, .fields = fields, .pending = value_list()};
    selection all = {.kind = kind, .limit = -1};
    bool ok = store_select(st, &all, take, &r, e) && flush(&r, e);
    value_free(&r.pending);
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
