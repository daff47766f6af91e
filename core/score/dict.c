#include "score/dict.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

typedef struct entry {
    uint64_t hash;
    size_t start, len;
} entry;

struct dict {
    entry *entries;
    uint32_t len, cap;
    uint32_t *slots;  /* number + 1, 0: free */
    size_t slots_len; /* a power of two */
    buf texts;        /* each with a NUL behind it */
};

dict *dict_new(void)
{
    dict *d = mem_zero(1, sizeof *d);
    d->slots_len = 32;
    d->slots = mem_zero(d->slots_len, sizeof *d->slots);
    return d;
}

void dict_free(dict *d)
{
    if (!d)
        return;
    free(d->entries);
    free(d->slots);
    buf_free(&d->texts);
    free(d);
}

/* The slot that holds the text, or the free one where it would go. */
static size_t slot_of(const dict *d, uint64_t hash, const char *text, size_t len)
{
    size_t slot = (hash ^ hash >> 32) & (d->slots_len - 1);
    for (; d->slots[slot]; slot = (slot + 1) & (d->slots_len - 1)) {
        const entry *e = &d->entries[d->slots[slot] - 1];
        if (e->hash == hash && e->len == len && memcmp(d->texts.data + e->start, text, len) == 0)
            break;
    }
    return slot;
}

static void widen(dict *d)
{
    free(d->slots);
    d->slots_len *= 2;
    d->slots = mem_zero(d->slots_len, sizeof *d->slots);
    for (uint32_t i = 0; i < d->len; i++) {
        size_t slot = (d->entries[i].hash ^ d->entries[i].hash >> 32) & (d->slots_len - 1);
        while (d->slots[slot])
            slot = (slot + 1) & (d->slots_len - 1);
        d->slots[slot] = i + 1;
    }
}

uint32_t dict_add(dict *d, const char *text, size_t len)
{
    uint64_t hash = hash_quick(text, len);
    size_t slot = slot_of(d, hash, text, len);
    if (d->slots[slot])
        return d->slots[slot] - 1;
    if (d->len == d->cap) {
        d->cap = d->cap ? d->cap * 2 : 16;
        d->entries = mem_grow(d->entries, d->cap, sizeof *d->entries);
    }
    d->entries[d->len++] = (entry){hash, d->texts.len, len};
    buf_add(&d->texts, text, len);
    buf_char(&d->texts, '\0');
    d->slots[slot] = d->len;
    if (2 * (size_t)d->len > d->slots_len)
        widen(d);
    return d->len - 1;
}

uint32_t dict_find(const dict *d, const char *text, size_t len)
{
    size_t slot = slot_of(d, hash_quick(text, len), text, len);
    return d->slots[slot] ? d->slots[slot] - 1 : DICT_NONE;
}

uint32_t dict_len(const dict *d)
{
    return d->len;
}

const char *dict_text(const dict *d, uint32_t number)
{
    return d->texts.data + d->entries[number].start;
}

size_t dict_bytes(const dict *d, uint32_t number)
{
    return d->entries[number].len;
}
