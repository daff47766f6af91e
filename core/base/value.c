/* value.c: making, building and reading the variant type. Depth is bounded by those who make
 * values (JSON, frames, Lua). */
#include "base/value.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_ITEMS = 4 };

value value_nil(void)
{
    return (value){0};
}

value value_bool(bool boolean)
{
    return (value){.type = VALUE_BOOL, .as.boolean = boolean};
}

value value_int(int64_t integer)
{
    return (value){.type = VALUE_INT, .as.integer = integer};
}

value value_double(double number)
{
    return (value){.type = VALUE_DOUBLE, .as.number = number};
}

value value_number(double number)
{
    return isnan(number) ? value_nil() : value_double(number);
}

value value_text(const char *text)
{
    return text ? value_bytes(text, strlen(text)) : value_nil();
}

value value_bytes(const char *bytes, size_t len)
{
    return value_adopt(mem_copy(bytes, len), len);
}

value value_adopt(char *bytes, size_t len)
{
    value v = {.type = VALUE_TEXT};
    v.as.text.bytes = bytes;
    v.as.text.len = len;
    return v;
}

value value_list(void)
{
    return (value){.type = VALUE_LIST};
}

value value_map(void)
{
    return (value){.type = VALUE_MAP};
}

static value copy_list(const value *v)
{
    value copy = value_list();
    size_t len = v->as.list.len;
    copy.as.list.items = mem_alloc(len * sizeof(value));
    copy.as.list.len = copy.as.list.cap = len;
    for (size_t i = 0; i < len; i++)
        copy.as.list.items[i] = value_copy(&v->as.list.items[i]);
    return copy;
}

static value copy_map(const value *v)
{
    value copy = value_map();
    size_t len = v->as.map.len;
    copy.as.map.items = mem_alloc(len * sizeof(value_entry));
    copy.as.map.len = copy.as.map.cap = len;
    for (size_t i = 0; i < len; i++) {
        copy.as.map.items[i].key = mem_text(v->as.map.items[i].key);
        copy.as.map.items[i].value = value_copy(&v->as.map.items[i].value);
    }
    return copy;
}

value value_list_of(size_t room)
{
    value list = value_list();
    list.as.list.items = mem_grow(NULL, room ? room : 1, sizeof(value));
    list.as.list.cap = room ? room : 1;
    return list;
}

value value_map_of(size_t room)
{
    value map = value_map();
    map.as.map.items = mem_grow(NULL, room ? room : 1, sizeof(value_entry));
    map.as.map.cap = room ? room : 1;
    return map;
}

value value_map_literal(size_t room)
{
    value map = value_map_of(room);
    map.literal = true;
    return map;
}

value value_copy(const value *v)
{
    if (!v)
        return value_nil();
    switch (v->type) {
    case VALUE_TEXT:
        return value_bytes(v->as.text.bytes, v->as.text.len);
    case VALUE_LIST:
        return copy_list(v);
    case VALUE_MAP:
        return copy_map(v);
    default:
        return *v;
    }
}

static void free_entry(const value *map, value_entry *entry)
{
    if (!map->literal)
        free(entry->key);
    value_free(&entry->value);
}

void value_free(value *v)
{
    if (!v)
        return;
    if (v->type == VALUE_TEXT) {
        free(v->as.text.bytes);
    } else if (v->type == VALUE_LIST) {
        for (size_t i = 0; i < v->as.list.len; i++)
            value_free(&v->as.list.items[i]);
        free(v->as.list.items);
    } else if (v->type == VALUE_MAP) {
        for (size_t i = 0; i < v->as.map.len; i++)
            free_entry(v, &v->as.map.items[i]);
        free(v->as.map.items);
    }
    *v = value_nil();
}

value *value_push(value *list, value item)
{
    assert(list->type == VALUE_LIST && "value_push: not a list");
    if (list->as.list.len == list->as.list.cap) {
        size_t cap = list->as.list.cap ? list->as.list.cap * 2 : FIRST_ITEMS;
        list->as.list.items = mem_grow(list->as.list.items, cap, sizeof(value));
        list->as.list.cap = cap;
    }
    value *slot = &list->as.list.items[list->as.list.len++];
    *slot = item;
    return slot;
}

static value_entry *find_entry(const value *map, const char *key)
{
    for (size_t i = 0; i < map->as.map.len; i++)
        if (strcmp(map->as.map.items[i].key, key) == 0)
            return &map->as.map.items[i];
    return NULL;
}

value *value_set(value *map, const char *key, value item)
{
    assert(map->type == VALUE_MAP && "value_set: not a map");
    value_entry *entry = find_entry(map, key);
    if (!entry)
        return value_add(map, key, item);
    value_free(&entry->value);
    entry->value = item;
    return &entry->value;
}

value *value_add(value *map, const char *key, value item)
{
    assert(map->type == VALUE_MAP && "value_add: not a map");
    if (map->as.map.len == map->as.map.cap) {
        size_t cap = map->as.map.cap ? map->as.map.cap * 2 : FIRST_ITEMS;
        map->as.map.items = mem_grow(map->as.map.items, cap, sizeof(value_entry));
        map->as.map.cap = cap;
    }
    value_entry *entry = &map->as.map.items[map->as.map.len++];
    entry->key = map->literal ? (char *)key : mem_text(key);
    entry->value = item;
    return &entry->value;
}

bool value_drop(value *map, const char *key)
{
    assert(map->type == VALUE_MAP && "value_drop: not a map");
    value_entry *entry = find_entry(map, key);
    if (!entry)
        return false;
    free_entry(map, entry);
    size_t after = map->as.map.len - (size_t)(entry - map->as.map.items) - 1;
    memmove(entry, entry + 1, after * sizeof *entry);
    map->as.map.len--;
    return true;
}

value value_take(value *map, const char *key)
{
    value_entry *entry = value_is(map, VALUE_MAP) ? find_entry(map, key) : NULL;
    if (!entry)
        return value_nil();
    value taken = entry->value;
    entry->value = value_nil();
    value_drop(map, key);
    return taken;
}

const value *value_get(const value *map, const char *key)
{
    if (!value_is(map, VALUE_MAP))
        return NULL;
    const value_entry *entry = find_entry(map, key);
    return entry ? &entry->value : NULL;
}

const value *value_at(const value *list, size_t index)
{
    return value_is(list, VALUE_LIST) && index < list->as.list.len ? &list->as.list.items[index]
                                                                   : NULL;
}

bool value_holds(const value *list, const char *text)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (strcmp(value_str(value_at(list, i), ""), text) == 0)
            return true;
    return false;
}

size_t value_len(const value *v)
{
    if (!v)
        return 0;
    switch (v->type) {
    case VALUE_TEXT:
        return v->as.text.len;
    case VALUE_LIST:
        return v->as.list.len;
    case VALUE_MAP:
        return v->as.map.len;
    default:
        return 0;
    }
}

bool value_is(const value *v, value_type type)
{
    return v ? v->type == type : type == VALUE_NIL;
}

const char *value_str(const value *v, const char *otherwise)
{
    return value_is(v, VALUE_TEXT) ? v->as.text.bytes : otherwise;
}

/* 2^63 is a double, INT64_MAX is not: hence the lopsided comparison. */
static bool whole(double number, int64_t *out)
{
    if (!(number >= -0x1p63 && number < 0x1p63) || number != trunc(number))
        return false;
    *out = (int64_t)number;
    return true;
}

int64_t value_as_int(const value *v, int64_t otherwise)
{
    int64_t integer;
    if (value_is(v, VALUE_INT))
        return v->as.integer;
    return value_is(v, VALUE_DOUBLE) && whole(v->as.number, &integer) ? integer : otherwise;
}

double value_as_double(const value *v, double otherwise)
{
    if (value_is(v, VALUE_INT))
        return (double)v->as.integer;
    return value_is(v, VALUE_DOUBLE) ? v->as.number : otherwise;
}

bool value_as_bool(const value *v, bool otherwise)
{
    return value_is(v, VALUE_BOOL) ? v->as.boolean : otherwise;
}

const char *value_get_str(const value *map, const char *key, const char *otherwise)
{
    return value_str(value_get(map, key), otherwise);
}

int64_t value_get_int(const value *map, const char *key, int64_t otherwise)
{
    return value_as_int(value_get(map, key), otherwise);
}

double value_get_double(const value *map, const char *key, double otherwise)
{
    return value_as_double(value_get(map, key), otherwise);
}

bool value_get_bool(const value *map, const char *key, bool otherwise)
{
    return value_as_bool(value_get(map, key), otherwise);
}

static bool equal_numbers(const value *a, const value *b)
{
    int64_t integer;
    if (a->type == b->type)
        return a->type == VALUE_INT ? a->as.integer == b->as.integer : a->as.number == b->as.number;
    const value *whole_one = a->type == VALUE_INT ? a : b;
    const value *other = a->type == VALUE_INT ? b : a;
    return whole(other->as.number, &integer) && integer == whole_one->as.integer;
}

static bool equal_lists(const value *a, const value *b)
{
    if (a->as.list.len != b->as.list.len)
        return false;
    for (size_t i = 0; i < a->as.list.len; i++)
        if (!value_equal(&a->as.list.items[i], &b->as.list.items[i]))
            return false;
    return true;
}

static bool equal_maps(const value *a, const value *b)
{
    if (a->as.map.len != b->as.map.len)
        return false;
    for (size_t i = 0; i < a->as.map.len; i++) {
        const value_entry *here = &a->as.map.items[i], *there = &b->as.map.items[i];
        if (strcmp(here->key, there->key) !=
            0) /* most maps have the same order: look up only when not */
            there = find_entry(b, here->key);
        if (!there || !value_equal(&here->value, &there->value))
            return false;
    }
    return true;
}

static bool is_number(const value *v)
{
    return v->type == VALUE_INT || v->type == VALUE_DOUBLE;
}

bool value_equal(const value *a, const value *b)
{
    static const value nil;
    a = a ? a : &nil;
    b = b ? b : &nil;
    if (is_number(a) && is_number(b))
        return equal_numbers(a, b);
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case VALUE_BOOL:
        return a->as.boolean == b->as.boolean;
    case VALUE_TEXT:
        return a->as.text.len == b->as.text.len &&
               memcmp(a->as.text.bytes, b->as.text.bytes, a->as.text.len) == 0;
    case VALUE_LIST:
        return equal_lists(a, b);
    case VALUE_MAP:
        return equal_maps(a, b);
    default:
        return true;
    }
}

size_t value_memory(const value *v)
{
    size_t bytes = sizeof *v;
    if (value_is(v, VALUE_TEXT))
        bytes += v->as.text.len;
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < v->as.list.len; i++)
        bytes += value_memory(&v->as.list.items[i]);
    for (size_t i = 0; value_is(v, VALUE_MAP) && i < v->as.map.len; i++)
        bytes += strlen(v->as.map.items[i].key) + value_memory(&v->as.map.items[i].value);
    return bytes;
}

const char *value_type_name(value_type type)
{
    static const char *const names[] = {
        [VALUE_NIL] = "nothing",   [VALUE_BOOL] = "boolean", [VALUE_INT] = "integer",
        [VALUE_DOUBLE] = "number", [VALUE_TEXT] = "text",    [VALUE_LIST] = "list",
        [VALUE_MAP] = "map",
    };
    return (size_t)type < sizeof names / sizeof *names ? names[type] : "nothing";
}
