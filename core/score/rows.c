#include "score/rows.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pack_cell.h"
#include "base/pack_walk.h"

struct rows {
    value *parts; /* texts, as they came */
    size_t parts_len, parts_cap;
    const char **at;   /* by row */
    char *kinds;       /* by row */
    uint16_t *cell_at; /* by row and cell: so far from the row's first byte; 0: walk there */
    size_t width;      /* cells of a row, as of the first */
    size_t len, cap;
    size_t raced, gone;
};

rows *rows_new(void)
{
    return mem_zero(1, sizeof(rows));
}

void rows_free(rows *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->parts_len; i++)
        value_free(&r->parts[i]);
    free(r->parts);
    free(r->at);
    free(r->kinds);
    free(r->cell_at);
    free(r);
}

static size_t room_for(size_t cap, size_t need)
{
    size_t more = cap + cap / 2;
    return need > more ? need : more;
}

/* Rules ask for cells all over a row, the same ones of all rows. Returns what stands behind it. */
static const char *note_cells(rows *r, size_t row)
{
    pack_cell head;
    const char *at = pack_look(r->at[row], &head);
    uint16_t *notes = r->cell_at + row * r->width;
    memset(notes, 0, r->width * sizeof *notes);
    for (size_t i = 0; i < head.len; i++) {
        size_t far = (size_t)(at - r->at[row]);
        if (i < r->width && far <= UINT16_MAX)
            notes[i] = (uint16_t)far;
        at = pack_skip(at);
    }
    return at;
}

static bool add_all(rows *r, const char *at, size_t count, err *e)
{
    for (size_t i = 0; i < count; i++) {
        pack_cell head;
        pack_look(at, &head);
        if (head.type != VALUE_LIST)
            return err_set(e, ERR_BAD_DATA, "a row that is no list");
        r->at[r->len + i] = at;
        at = note_cells(r, r->len + i);
    }
    if (count)
        memset(r->kinds + r->len, ROW_BOTH, count);
    r->len += count;
    r->raced += count;
    return true;
}

static size_t width_of(const char *row, size_t count)
{
    pack_cell head = {0};
    if (count)
        pack_look(row, &head);
    return count && head.type == VALUE_LIST ? head.len : 0;
}

bool rows_add(rows *r, value packed, size_t count, err *e)
{
    const char *bytes = value_str(&packed, "");
    if (!pack_walk(bytes, value_len(&packed), count, &PACK_TO_WORKER, e)) {
        value_free(&packed);
        return false;
    }
    if (r->parts_len == r->parts_cap) {
        r->parts_cap = room_for(r->parts_cap, r->parts_len + 1);
        r->parts = mem_grow(r->parts, r->parts_cap, sizeof *r->parts);
    }
    r->parts[r->parts_len++] = packed;
    if (!r->len)
        r->width = width_of(bytes, count);
    if (r->len + count > r->cap) {
        r->cap = room_for(r->cap, r->len + count);
        r->at = mem_grow(r->at, r->cap, sizeof *r->at);
        r->kinds = mem_grow(r->kinds, r->cap, 1);
        r->cell_at = mem_grow(r->cell_at, r->cap * r->width + 1, sizeof *r->cell_at);
    }
    return add_all(r, bytes, count, e);
}

size_t rows_len(const rows *r)
{
    return r->len;
}

bool rows_kinds(rows *r, const char *kinds, size_t count, err *e)
{
    if (count > r->len)
        return err_set(e, ERR_BAD_DATA, "kinds of more rows than there are");
    for (size_t i = 0; i < count; i++) {
        char *kind = &r->kinds[r->len - count + i];
        if (!kinds[i] || !strchr("bcrg", kinds[i]))
            return err_set(e, ERR_BAD_DATA, "a row of no kind that there is");
        r->raced -= kind_is_ranked(*kind);
        r->gone -= *kind == ROW_GONE;
        *kind = kinds[i];
        r->raced += kind_is_ranked(*kind);
        r->gone += *kind == ROW_GONE;
    }
    return true;
}

char rows_kind(const rows *r, size_t row)
{
    return r->kinds[row];
}

size_t rows_ranked(const rows *r, uint32_t *out)
{
    size_t len = 0;
    if (r->raced == r->len)
        for (; len < r->len; len++)
            out[len] = (uint32_t)len;
    for (size_t i = 0; r->raced < r->len && i < r->len; i++) {
        out[len] = (uint32_t)i;
        len += kind_is_ranked(r->kinds[i]);
    }
    return len;
}

size_t rows_raced(const rows *r)
{
    return r->raced;
}

size_t rows_gone(const rows *r)
{
    return r->gone;
}

const char *rows_cell(const rows *r, size_t row, size_t cell)
{
    pack_cell head;
    if (row >= r->len)
        return NULL;
    if (cell < r->width && r->cell_at[row * r->width + cell])
        return r->at[row] + r->cell_at[row * r->width + cell];
    const char *at = pack_look(r->at[row], &head);
    if (cell >= head.len)
        return NULL;
    for (size_t i = 0; i < cell; i++)
        at = pack_skip(at);
    return at;
}

/* Rows come from the host, which uses no key twice in a map: pack_make has nothing to say. */
value rows_value(const rows *r, size_t row, size_t cell)
{
    value v = value_nil();
    const char *at = rows_cell(r, row, cell);
    if (at)
        pack_make(at, &v, NULL);
    return v;
}

bool rows_text(const rows *r, size_t row, size_t cell, const char **text, size_t *len)
{
    pack_cell found;
    const char *at = rows_cell(r, row, cell);
    if (!at)
        return false;
    pack_look(at, &found);
    *text = found.inner;
    *len = found.len;
    return found.type == VALUE_TEXT;
}

const char *rows_swap(rows *r, size_t row, const char *packed)
{
    const char *before = r->at[row];
    r->at[row] = packed;
    note_cells(r, row);
    return before;
}
