#include "score/group.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/pack_cell.h"

static const uint32_t EMPTY = UINT32_MAX;

/* Values that are the same are packed as the same bytes: the host writes all of them, each in its
 * shortest form. */
typedef struct span {
    const char *at;
    size_t len;
} span;

static span span_of(const rows *r, size_t row, size_t cell)
{
    const char *at = rows_cell(r, row, cell);
    return at ? (span){at, (size_t)(pack_skip(at) - at)} : (span){"", 0};
}

static uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

static uint64_t hash_row(const rows *r, size_t row, const size_t *cells, size_t len)
{
    uint64_t hash = 3;
    for (size_t i = 0; i < len; i++) {
        span cell = span_of(r, row, cells[i]);
        hash = mix(hash, hash_quick(cell.at, cell.len));
    }
    return hash;
}

static bool same_row(const rows *r, size_t a, size_t b, const size_t *cells, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        span x = span_of(r, a, cells[i]), y = span_of(r, b, cells[i]);
        if (x.len != y.len || memcmp(x.at, y.at, x.len) != 0)
            return false;
    }
    return true;
}

void group_rows(const rows *r, const size_t *cells, size_t len, uint32_t *out)
{
    size_t count = rows_len(r), slots = 16;
    while (slots < 2 * count)
        slots *= 2;
    uint32_t *table = mem_alloc(slots * sizeof *table);
    memset(table, 0xFF, slots * sizeof *table);
    for (size_t i = 0; i < count; i++) {
        size_t slot = hash_row(r, i, cells, len) & (slots - 1);
        while (table[slot] != EMPTY && !same_row(r, table[slot], i, cells, len))
            slot = (slot + 1) & (slots - 1);
        if (table[slot] == EMPTY)
            table[slot] = (uint32_t)i;
        out[i] = table[slot];
    }
    free(table);
}
