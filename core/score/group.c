#include "score/group.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

static const uint32_t EMPTY = UINT32_MAX;

static uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

static uint64_t hash_value(const value *v)
{
    if (!v)
        return 1;
    uint64_t hash = mix(2, (uint64_t)v->type);
    switch (v->type) {
    case VALUE_NIL:
        break;
    case VALUE_BOOL:
        hash = mix(hash, v->as.boolean);
        break;
    case VALUE_INT:
        hash = mix(hash, (uint64_t)v->as.integer);
        break;
    case VALUE_DOUBLE:
        hash = mix(hash, hash_quick(&v->as.number, sizeof v->as.number));
        break;
    case VALUE_TEXT:
        hash = mix(hash, hash_quick(v->as.text.bytes, v->as.text.len));
        break;
    case VALUE_LIST:
        for (size_t i = 0; i < v->as.list.len; i++)
            hash = mix(hash, hash_value(&v->as.list.items[i]));
        break;
    case VALUE_MAP:
        for (size_t i = 0; i < v->as.map.len; i++)
            hash = mix(hash, hash_value(&v->as.map.items[i].value));
        break;
    }
    return hash;
}

static bool same(const value *a, const value *b);

static bool same_items(const value *a, const value *b)
{
    for (size_t i = 0; i < a->as.list.len; i++)
        if (!same(&a->as.list.items[i], &b->as.list.items[i]))
            return false;
    return true;
}

/* In another order it is another map here: only a chance to save a call is lost. */
static bool same_entries(const value *a, const value *b)
{
    for (size_t i = 0; i < a->as.map.len; i++)
        if (strcmp(a->as.map.items[i].key, b->as.map.items[i].key) != 0 ||
            !same(&a->as.map.items[i].value, &b->as.map.items[i].value))
            return false;
    return true;
}

static bool same(const value *a, const value *b)
{
    if (!a || !b || a->type != b->type || value_len(a) != value_len(b))
        return a == b;
    switch (a->type) {
    case VALUE_NIL:
        return true;
    case VALUE_BOOL:
        return a->as.boolean == b->as.boolean;
    case VALUE_INT:
        return a->as.integer == b->as.integer;
    case VALUE_DOUBLE:
        return memcmp(&a->as.number, &b->as.number, sizeof a->as.number) == 0;
    case VALUE_TEXT:
        return memcmp(a->as.text.bytes, b->as.text.bytes, a->as.text.len) == 0;
    case VALUE_LIST:
        return same_items(a, b);
    case VALUE_MAP:
        return same_entries(a, b);
    }
    return false;
}

static uint64_t hash_row(const value *row, const size_t *cells, size_t len)
{
    uint64_t hash = 3;
    for (size_t i = 0; i < len; i++)
        hash = mix(hash, hash_value(value_at(row, cells[i])));
    return hash;
}

static bool same_row(const value *a, const value *b, const size_t *cells, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!same(value_at(a, cells[i]), value_at(b, cells[i])))
            return false;
    return true;
}

void group_rows(const value *rows, const size_t *cells, size_t len, uint32_t *out)
{
    size_t count = value_len(rows), slots = 16;
    while (slots < 2 * count)
        slots *= 2;
    uint32_t *table = mem_alloc(slots * sizeof *table);
    memset(table, 0xFF, slots * sizeof *table);
    for (size_t i = 0; i < count; i++) {
        const value *row = value_at(rows, i);
        size_t slot = hash_row(row, cells, len) & (slots - 1);
        while (table[slot] != EMPTY && !same_row(value_at(rows, table[slot]), row, cells, len))
            slot = (slot + 1) & (slots - 1);
        if (table[slot] == EMPTY)
            table[slot] = (uint32_t)i;
        out[i] = table[slot];
    }
    free(table);
}
