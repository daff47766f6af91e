/* pack.c: frames. Bytes from a worker are walked before msgpack-c sees them: msgpack_unpack_next
 * (measured on 4.0.0) takes memory for as many elements as a list or map declares before it
 * reads the first, so five bytes can ask for 100 GB. */
#include "base/pack.h"

#include <msgpack.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { HEAD_BYTES = 4, DEPTH_MOST = 31, FEW_KEYS = 16 };

const pack_limits PACK_TO_WORKER = {(size_t)64 << 20, (size_t)8 << 20, 30};
const pack_limits PACK_FROM_WORKER = {(size_t)8 << 20, (size_t)512 << 10, 30};

typedef struct writer {
    msgpack_packer packer;
    buf *out;
    size_t start; /* of the payload in `out` */
    size_t elements;
    const pack_limits *limits;
    err *e;
} writer;

static bool over_bytes(const pack_limits *limits, err *e)
{
    return err_set(e, ERR_LIMIT, "a frame of more than %zu bytes", limits->max_bytes);
}

static bool over_elements(const pack_limits *limits, err *e)
{
    return err_set(e, ERR_LIMIT, "a frame of more than %zu values", limits->max_elements);
}

static bool over_depth(const pack_limits *limits, err *e)
{
    return err_set(e, ERR_LIMIT, "lists and maps are nested more than %d deep in a frame",
                   limits->max_depth);
}

static int depth_limit(const pack_limits *limits)
{
    return limits->max_depth < DEPTH_MOST ? limits->max_depth : DEPTH_MOST;
}

static int put_bytes(void *ctx, const char *bytes, size_t len)
{
    writer *w = ctx;
    if (len > w->limits->max_bytes - (w->out->len - w->start)) {
        over_bytes(w->limits, w->e);
        return -1;
    }
    buf_add(w->out, bytes, len);
    return 0;
}

static bool put_value(writer *w, const value *v, int depth);

static bool put_text(writer *w, const char *text, size_t len)
{
    return msgpack_pack_str(&w->packer, len) == 0 &&
           msgpack_pack_str_body(&w->packer, text, len) == 0;
}

static bool put_list(writer *w, const value *v, int depth)
{
    if (msgpack_pack_array(&w->packer, v->as.list.len) != 0)
        return false;
    for (size_t i = 0; i < v->as.list.len; i++)
        if (!put_value(w, &v->as.list.items[i], depth))
            return false;
    return true;
}

static bool put_map(writer *w, const value *v, int depth)
{
    if (msgpack_pack_map(&w->packer, v->as.map.len) != 0)
        return false;
    for (size_t i = 0; i < v->as.map.len; i++) {
        const value_entry *entry = &v->as.map.items[i];
        if (++w->elements > w->limits->max_elements)
            return over_elements(w->limits, w->e);
        if (!put_text(w, entry->key, strlen(entry->key)) || !put_value(w, &entry->value, depth))
            return false;
    }
    return true;
}

/* `depth` is the number of lists and maps around `v`. */
static bool put_value(writer *w, const value *v, int depth)
{
    if (++w->elements > w->limits->max_elements)
        return over_elements(w->limits, w->e);
    bool nested = v->type == VALUE_LIST || v->type == VALUE_MAP;
    if (nested && depth >= depth_limit(w->limits))
        return over_depth(w->limits, w->e);
    switch (v->type) {
    case VALUE_BOOL:
        return (v->as.boolean ? msgpack_pack_true : msgpack_pack_false)(&w->packer) == 0;
    case VALUE_INT:
        return msgpack_pack_int64(&w->packer, v->as.integer) == 0;
    case VALUE_DOUBLE:
        return msgpack_pack_double(&w->packer, v->as.number) == 0;
    case VALUE_TEXT:
        return put_text(w, v->as.text.bytes, v->as.text.len);
    case VALUE_LIST:
        return put_list(w, v, depth + 1);
    case VALUE_MAP:
        return put_map(w, v, depth + 1);
    default:
        return msgpack_pack_nil(&w->packer) == 0;
    }
}

bool pack_write(buf *out, const value *v, const pack_limits *limits, err *e)
{
    const size_t before = out->len;
    writer w = {.out = out, .start = before + HEAD_BYTES, .limits = limits, .e = e};
    buf_add(out, "\0\0\0\0", HEAD_BYTES);
    msgpack_packer_init(&w.packer, &w, put_bytes);
    if (!put_value(&w, v, 0)) {
        out->len = before;
        out->data[before] = '\0';
        return false;
    }
    size_t len = out->len - w.start;
    for (int i = 0; i < HEAD_BYTES; i++)
        out->data[before + (size_t)i] = (char)(len >> (8 * i) & 0xFF);
    return true;
}

/* One payload as it is walked. `left` counts the values still to come on each level; a map
 * counts two an entry. */
typedef struct walk {
    const unsigned char *at, *end;
    size_t left[DEPTH_MOST + 1];
    bool is_map[DEPTH_MOST + 1];
    int depth;
    size_t elements;
    const pack_limits *limits;
    err *e;
} walk;

static bool broken(walk *w, const char *what)
{
    return err_set(w->e, ERR_BAD_DATA, "a broken frame: %s", what);
}

/* `bytes` of a big-endian number. */
static bool take_number(walk *w, int bytes, uint64_t *out)
{
    if (w->end - w->at < bytes)
        return broken(w, "it ends inside a value");
    *out = 0;
    for (int i = 0; i < bytes; i++)
        *out = *out << 8 | *w->at++;
    return true;
}

static bool skip_bytes(walk *w, uint64_t count)
{
    if ((uint64_t)(w->end - w->at) < count)
        return broken(w, "it ends inside a value");
    w->at += count;
    return true;
}

/* A text of `len`; as a key it may hold no NUL. */
static bool walk_text(walk *w, uint64_t len, bool key)
{
    const unsigned char *start = w->at;
    if (!skip_bytes(w, len))
        return false;
    return !key || len == 0 || !memchr(start, '\0', (size_t)len) ||
           broken(w, "a key with a NUL in it");
}

static bool walk_nested(walk *w, uint64_t count, bool map)
{
    uint64_t values = map ? count * 2 : count;
    if (w->depth >= depth_limit(w->limits))
        return over_depth(w->limits, w->e);
    if (values > w->limits->max_elements - w->elements)
        return over_elements(w->limits, w->e);
    if (values > (uint64_t)(w->end - w->at))
        return broken(w, "it declares more values than it has bytes");
    w->elements += (size_t)values;
    w->depth++;
    w->left[w->depth] = (size_t)values;
    w->is_map[w->depth] = map;
    return true;
}

static bool walk_unsigned(walk *w, int bytes)
{
    uint64_t number;
    if (!take_number(w, bytes, &number))
        return false;
    return number <= INT64_MAX || broken(w, "an integer beyond 63 bits");
}

static bool walk_sized_text(walk *w, int bytes, bool key)
{
    uint64_t len;
    return take_number(w, bytes, &len) && walk_text(w, len, key);
}

static bool walk_sized_nested(walk *w, int bytes, bool map)
{
    uint64_t count;
    return take_number(w, bytes, &count) && walk_nested(w, count, map);
}

/* The first byte of a value, by the table "Formats" of the MessagePack specification. */
static bool walk_byte(walk *w, unsigned char byte, bool key)
{
    if (byte >= 0xA0 && byte <= 0xBF)
        return walk_text(w, byte & 0x1F, key);
    if (byte >= 0xD9 && byte <= 0xDB)
        return walk_sized_text(w, 1 << (byte - 0xD9), key);
    if (key)
        return broken(w, "a key that is no text");
    if (byte <= 0x7F || byte >= 0xE0 || byte == 0xC0 || byte == 0xC2 || byte == 0xC3)
        return true;
    if (byte <= 0x8F)
        return walk_nested(w, byte & 0x0F, true);
    if (byte <= 0x9F)
        return walk_nested(w, byte & 0x0F, false);
    if (byte == 0xCA || byte == 0xCB)
        return skip_bytes(w, byte == 0xCA ? 4 : 8);
    if (byte >= 0xCC && byte <= 0xCF)
        return walk_unsigned(w, 1 << (byte - 0xCC));
    if (byte >= 0xD0 && byte <= 0xD3)
        return skip_bytes(w, (uint64_t)1 << (byte - 0xD0));
    if (byte == 0xDC || byte == 0xDD)
        return walk_sized_nested(w, byte == 0xDC ? 2 : 4, false);
    if (byte == 0xDE || byte == 0xDF)
        return walk_sized_nested(w, byte == 0xDE ? 2 : 4, true);
    return broken(w, "binary data or an extension, which frames don't carry");
}

static bool walk_payload(walk *w)
{
    w->left[0] = 1;
    w->elements = 1;
    if (w->limits->max_elements < 1)
        return over_elements(w->limits, w->e);
    while (w->depth > 0 || w->left[0] > 0) {
        if (w->left[w->depth] == 0) {
            w->depth--;
            continue;
        }
        bool key = w->is_map[w->depth] && w->left[w->depth] % 2 == 0;
        w->left[w->depth]--;
        if (w->at == w->end)
            return broken(w, "it ends before its last value");
        if (!walk_byte(w, *w->at++, key))
            return false;
    }
    return w->at == w->end || broken(w, "bytes are left behind its value");
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

static bool from_object(const msgpack_object *object, value *out, err *e);

static bool from_array(const msgpack_object_array *array, value *out, err *e)
{
    *out = value_list();
    for (uint32_t i = 0; i < array->size; i++) {
        value item;
        bool ok = from_object(&array->ptr[i], &item, e);
        value_push(out, item);
        if (!ok)
            return false;
    }
    return true;
}

static bool from_map(const msgpack_object_map *map, value *out, err *e)
{
    buf key = {0};
    bool ok = true;
    *out = value_map();
    for (uint32_t i = 0; ok && i < map->size; i++) {
        value item;
        buf_clear(&key);
        buf_add(&key, map->ptr[i].key.via.str.ptr, map->ptr[i].key.via.str.size);
        ok = from_object(&map->ptr[i].val, &item, e);
        value_add(out, key.data, item);
    }
    buf_free(&key);
    if (ok && has_twice(out))
        return err_set(e, ERR_BAD_DATA, "a broken frame: a key is used twice in one map");
    return ok;
}

/* *out is set, to nil at least, also on failure. The walk has bounded depth and types. */
static bool from_object(const msgpack_object *object, value *out, err *e)
{
    *out = value_nil();
    switch (object->type) {
    case MSGPACK_OBJECT_BOOLEAN:
        *out = value_bool(object->via.boolean);
        return true;
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
        *out = value_int((int64_t)object->via.u64);
        return true;
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
        *out = value_int(object->via.i64);
        return true;
    case MSGPACK_OBJECT_FLOAT32:
    case MSGPACK_OBJECT_FLOAT64:
        *out = value_double(object->via.f64);
        return true;
    case MSGPACK_OBJECT_STR:
        *out = value_bytes(object->via.str.ptr, object->via.str.size);
        return true;
    case MSGPACK_OBJECT_ARRAY:
        return from_array(&object->via.array, out, e);
    case MSGPACK_OBJECT_MAP:
        return from_map(&object->via.map, out, e);
    default:
        return true;
    }
}

static bool unpack(const char *bytes, size_t len, value *out, err *e)
{
    msgpack_unpacked unpacked;
    value v = value_nil();
    size_t off = 0;
    bool ok = false;
    msgpack_unpacked_init(&unpacked);
    msgpack_unpack_return got = msgpack_unpack_next(&unpacked, bytes, len, &off);
    if (got == MSGPACK_UNPACK_SUCCESS)
        ok = from_object(&unpacked.data, &v, e);
    else if (got == MSGPACK_UNPACK_NOMEM_ERROR)
        mem_grow(NULL, SIZE_MAX, SIZE_MAX); /* ends the process, as everywhere */
    else
        err_set(e, ERR_BUG, "msgpack-c refuses a frame that was found right");
    msgpack_unpacked_destroy(&unpacked);
    if (ok)
        *out = v;
    else
        value_free(&v);
    return ok;
}

bool pack_read(const void *bytes, size_t len, const pack_limits *limits, value *out, size_t *used,
               err *e)
{
    const unsigned char *head = bytes;
    size_t payload = 0;
    if (len >= HEAD_BYTES)
        for (int i = 0; i < HEAD_BYTES; i++)
            payload |= (size_t)head[i] << (8 * i);
    if (payload > limits->max_bytes)
        return over_bytes(limits, e);
    if (len < HEAD_BYTES || len - HEAD_BYTES < payload) {
        *used = 0;
        return true;
    }
    walk w = {
        .at = head + HEAD_BYTES, .end = head + HEAD_BYTES + payload, .limits = limits, .e = e};
    if (!walk_payload(&w) || !unpack((const char *)bytes + HEAD_BYTES, payload, out, e))
        return false;
    *used = HEAD_BYTES + payload;
    return true;
}
