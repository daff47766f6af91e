#include "base/pack_walk.h"

#include <string.h>

enum { DEPTH_MOST = 31 };

bool pack_over_bytes(const pack_limits *limits, err *e)
{
    return err_set(e, ERR_LIMIT, "a frame of more than %zu bytes", limits->max_bytes);
}

bool pack_over_elements(const pack_limits *limits, err *e)
{
    return err_set(e, ERR_LIMIT, "a frame of more than %zu values", limits->max_elements);
}

bool pack_over_depth(const pack_limits *limits, err *e)
{
    return err_set(e, ERR_LIMIT, "lists and maps are nested more than %d deep in a frame",
                   limits->max_depth);
}

int pack_depth(const pack_limits *limits)
{
    return limits->max_depth < DEPTH_MOST ? limits->max_depth : DEPTH_MOST;
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
    if (w->depth >= pack_depth(w->limits))
        return pack_over_depth(w->limits, w->e);
    if (values > w->limits->max_elements - w->elements)
        return pack_over_elements(w->limits, w->e);
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

bool pack_walk(const char *bytes, size_t len, size_t values, const pack_limits *limits, err *e)
{
    const unsigned char *at = (const unsigned char *)bytes;
    walk w = {.at = at, .end = at + len, .limits = limits, .e = e};
    w.left[0] = w.elements = values;
    if (values > limits->max_elements)
        return pack_over_elements(limits, e);
    while (w.depth > 0 || w.left[0] > 0) {
        if (w.left[w.depth] == 0) {
            w.depth--;
            continue;
        }
        bool key = w.is_map[w.depth] && w.left[w.depth] % 2 == 0;
        w.left[w.depth]--;
        if (w.at == w.end)
            return broken(&w, "it ends before its last value");
        if (!walk_byte(&w, *w.at++, key))
            return false;
    }
    return w.at == w.end || broken(&w, "bytes are left behind its value");
}
