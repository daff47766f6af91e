/* pack.c: frames. msgpack-c writes them; they are read by pack_walk.c and pack_cell.c, for
 * msgpack_unpack_next (measured on 4.0.0) takes memory for as many elements as a list or map
 * declares before it reads the first, so five bytes can ask for 100 GB. */
#include "base/pack.h"

#include <msgpack.h>
#include <string.h>

#include "base/pack_cell.h"
#include "base/pack_walk.h"

enum { HEAD_BYTES = 4 };

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

static int put_bytes(void *ctx, const char *bytes, size_t len)
{
    writer *w = ctx;
    if (len > w->limits->max_bytes - (w->out->len - w->start)) {
        pack_over_bytes(w->limits, w->e);
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
            return pack_over_elements(w->limits, w->e);
        if (!put_text(w, entry->key, strlen(entry->key)) || !put_value(w, &entry->value, depth))
            return false;
    }
    return true;
}

/* `depth` is the number of lists and maps around `v`. */
static bool put_value(writer *w, const value *v, int depth)
{
    if (++w->elements > w->limits->max_elements)
        return pack_over_elements(w->limits, w->e);
    bool nested = v->type == VALUE_LIST || v->type == VALUE_MAP;
    if (nested && depth >= pack_depth(w->limits))
        return pack_over_depth(w->limits, w->e);
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

bool pack_add(buf *out, const value *v, const pack_limits *limits, err *e)
{
    const size_t before = out->len;
    writer w = {.out = out, .start = before, .limits = limits, .e = e};
    msgpack_packer_init(&w.packer, &w, put_bytes);
    if (put_value(&w, v, 0))
        return true;
    out->len = before;
    if (out->data)
        out->data[before] = '\0';
    return false;
}

void pack_head(buf *out, size_t at)
{
    size_t len = out->len - at - HEAD_BYTES;
    for (int i = 0; i < HEAD_BYTES; i++)
        out->data[at + (size_t)i] = (char)(len >> (8 * i) & 0xFF);
}

bool pack_write(buf *out, const value *v, const pack_limits *limits, err *e)
{
    const size_t before = out->len;
    buf_add(out, "\0\0\0\0", HEAD_BYTES);
    if (!pack_add(out, v, limits, e)) {
        out->len = before;
        out->data[before] = '\0';
        return false;
    }
    pack_head(out, before);
    return true;
}

bool pack_next(const void *bytes, size_t len, const pack_limits *limits, const char **out,
               size_t *used, err *e)
{
    const unsigned char *head = bytes;
    size_t payload = 0;
    if (len >= HEAD_BYTES)
        for (int i = 0; i < HEAD_BYTES; i++)
            payload |= (size_t)head[i] << (8 * i);
    if (payload > limits->max_bytes)
        return pack_over_bytes(limits, e);
    if (len < HEAD_BYTES || len - HEAD_BYTES < payload) {
        *used = 0;
        return true;
    }
    *out = (const char *)bytes + HEAD_BYTES;
    *used = HEAD_BYTES + payload;
    return pack_walk(*out, payload, 1, limits, e);
}

bool pack_read(const void *bytes, size_t len, const pack_limits *limits, value *out, size_t *used,
               err *e)
{
    const char *payload;
    value v = value_nil();
    if (!pack_next(bytes, len, limits, &payload, used, e))
        return false;
    if (!*used)
        return true;
    if (!pack_make(payload, &v, e)) {
        value_free(&v);
        return false;
    }
    *out = v;
    return true;
}
