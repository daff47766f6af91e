/* pack_cell.c: reads by the table "Formats" of the MessagePack specification. */
#include "base/pack_cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

enum { FEW_KEYS = 16 };

static uint64_t big_endian(const char *at, int bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++)
        number = number << 8 | (unsigned char)at[i];
    return number;
}

static int64_t signed_number(const char *at, int bytes)
{
    switch (bytes) {
    case 1:
        return (int8_t)*at;
    case 2:
        return (int16_t)big_endian(at, 2);
    case 4:
        return (int32_t)big_endian(at, 4);
    default:
        return (int64_t)big_endian(at, 8);
    }
}

static double real_number(const char *at, int bytes)
{
    if (bytes == 4) {
        float number;
        uint32_t bits = (uint32_t)big_endian(at, 4);
        memcpy(&number, &bits, sizeof number);
        return (double)number;
    }
    double number;
    uint64_t bits = big_endian(at, 8);
    memcpy(&number, &bits, sizeof number);
    return number;
}

static const char *look_integer(const char *behind, int64_t number, pack_cell *out)
{
    out->type = VALUE_INT;
    out->as.integer = number;
    return behind;
}

static const char *look_text(const char *at, size_t len, pack_cell *out)
{
    out->type = VALUE_TEXT;
    out->inner = at;
    out->len = len;
    return at + len;
}

static const char *look_nested(const char *at, size_t count, value_type type, pack_cell *out)
{
    out->type = type;
    out->inner = at;
    out->len = count;
    return at;
}

/* What has its size in the bytes behind the first. */
static const char *look_sized(unsigned char byte, const char *at, pack_cell *out)
{
    int bytes;
    if (byte == 0xCA || byte == 0xCB) {
        out->type = VALUE_DOUBLE;
        out->as.number = real_number(at, bytes = byte == 0xCA ? 4 : 8);
        return at + bytes;
    }
    if (byte >= 0xCC && byte <= 0xCF) {
        bytes = 1 << (byte - 0xCC);
        return look_integer(at + bytes, (int64_t)big_endian(at, bytes), out);
    }
    if (byte >= 0xD0 && byte <= 0xD3) {
        bytes = 1 << (byte - 0xD0);
        return look_integer(at + bytes, signed_number(at, bytes), out);
    }
    if (byte >= 0xD9 && byte <= 0xDB) {
        bytes = 1 << (byte - 0xD9);
        return look_text(at + bytes, (size_t)big_endian(at, bytes), out);
    }
    bytes = byte == 0xDC || byte == 0xDE ? 2 : 4;
    return look_nested(at + bytes, (size_t)big_endian(at, bytes),
                       byte <= 0xDD ? VALUE_LIST : VALUE_MAP, out);
}

const char *pack_look(const char *at, pack_cell *out)
{
    unsigned char byte = (unsigned char)*at++;
    out->len = 0;
    out->inner = at;
    if (byte <= 0x7F || byte >= 0xE0)
        return look_integer(at, (int8_t)byte, out);
    if (byte <= 0x8F)
        return look_nested(at, byte & 0x0F, VALUE_MAP, out);
    if (byte <= 0x9F)
        return look_nested(at, byte & 0x0F, VALUE_LIST, out);
    if (byte <= 0xBF)
        return look_text(at, byte & 0x1F, out);
    if (byte > 0xC3)
        return look_sized(byte, at, out);
    out->type = byte == 0xC0 ? VALUE_NIL : VALUE_BOOL;
    out->as.boolean = byte == 0xC3;
    return at;
}

double pack_number(const pack_cell *c)
{
    return c->type == VALUE_DOUBLE ? c->as.number
           : c->type == VALUE_INT  ? (double)c->as.integer
                                   : NAN;
}

const char *pack_skip(const char *at)
{
    size_t left = 1;
    while (left-- > 0) {
        pack_cell cell;
        at = pack_look(at, &cell);
        left += cell.type == VALUE_LIST ? cell.len : cell.type == VALUE_MAP ? 2 * cell.len : 0;
    }
    return at;
}

bool pack_is(const pack_cell *c, const char *text)
{
    return c->type == VALUE_TEXT && c->len == strlen(text) && memcmp(c->inner, text, c->len) == 0;
}

bool pack_field(const char *map, const char *key, pack_cell *out)
{
    pack_cell all, name;
    const char *at = pack_look(map, &all);
    size_t found = 0;
    for (size_t i = 0; all.type == VALUE_MAP && i < all.len; i++) {
        at = pack_look(at, &name);
        if (pack_is(&name, key)) {
            pack_look(at, out);
            found++;
        }
        at = pack_skip(at);
    }
    return found == 1;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has_twice(const value *map)
{
    const size_t count = map->as.map.len;
    const value_entry *items = map->as.map.items;
    bool twice = false;
    if (count <= FEW_KEYS) {
        for (size_t i = 1; i < count; i++)
            for (size_t j = 0; j < i; j++)
                if (strcmp(items[i].key, items[j].key) == 0)
                    return true;
        return false;
    }
    const char **keys = mem_alloc(count * sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = items[i].key;
    qsort(keys, count, sizeof *keys, compare_texts);
    for (size_t i = 1; i < count && !twice; i++)
        twice = strcmp(keys[i - 1], keys[i]) == 0;
    free(keys);
    return twice;
}

static const char *make(const char *at, value *out, err *e);

static const char *make_list(const pack_cell *cell, value *out, err *e)
{
    const char *at = cell->inner;
    *out = value_list();
    if (!cell->len)
        return at;
    out->as.list.items = mem_alloc(cell->len * sizeof(value));
    out->as.list.cap = cell->len;
    for (size_t i = 0; at && i < cell->len; i++) {
        value item;
        at = make(at, &item, e);
        value_push(out, item);
    }
    return at;
}

static const char *make_map(const pack_cell *cell, value *out, err *e)
{
    const char *at = cell->inner;
    *out = value_map();
    if (!cell->len)
        return at;
    out->as.map.items = mem_alloc(cell->len * sizeof(value_entry));
    out->as.map.cap = cell->len;
    for (size_t i = 0; at && i < cell->len; i++) {
        value_entry *entry = &out->as.map.items[out->as.map.len++];
        pack_cell key;
        at = pack_look(at, &key);
        entry->key = mem_copy(key.inner, key.len);
        at = make(at, &entry->value, e);
    }
    if (at && has_twice(out)) {
        err_set(e, ERR_BAD_DATA, "a broken frame: a key is used twice in one map");
        return NULL;
    }
    return at;
}

/* What stands behind it; NULL sets *e. Depth is bounded by who walked or wrote the bytes. */
static const char *make(const char *at, value *out, err *e)
{
    pack_cell cell;
    *out = value_nil();
    at = pack_look(at, &cell);
    switch (cell.type) {
    case VALUE_BOOL:
        *out = value_bool(cell.as.boolean);
        return at;
    case VALUE_INT:
        *out = value_int(cell.as.integer);
        return at;
    case VALUE_DOUBLE:
        *out = value_double(cell.as.number);
        return at;
    case VALUE_TEXT:
        *out = value_bytes(cell.inner, cell.len);
        return at;
    case VALUE_LIST:
        return make_list(&cell, out, e);
    case VALUE_MAP:
        return make_map(&cell, out, e);
    default:
        return at;
    }
}

bool pack_make(const char *at, value *out, err *e)
{
    return make(at, out, e) != NULL;
}
