#include "store/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

/* 128 bits of SHA-256 stand for the id: nobody can make two ids that meet. */
typedef struct slot {
    char key[16]; /* of the digest's hex digits, two of them packed in a byte */
    int64_t line; /* 0: free; negative: dropped */
} slot;

struct seen {
    slot *slots;
    size_t size, used; /* size is a power of two; used counts dropped ones too */
};

seen *seen_new(void)
{
    seen *s = mem_zero(1, sizeof *s);
    s->size = 1024;
    s->slots = mem_zero(s->size, sizeof *s->slots);
    return s;
}

void seen_free(seen *s)
{
    if (!s)
        return;
    free(s->slots);
    free(s);
}

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

static void key_of(const char *id, char key[16])
{
    char hex[HASH_TEXT];
    hash_of(id, strlen(id), hex);
    for (int i = 0; i < 16; i++)
        key[i] = (char)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
}

/* The slot of `key`, or the free one where it would go. */
static slot *find(const seen *s, const char key[16])
{
    uint64_t start;
    memcpy(&start, key, sizeof start);
    for (size_t at = start & (s->size - 1);; at = (at + 1) & (s->size - 1)) {
        slot *here = &s->slots[at];
        if (here->line == 0 || memcmp(here->key, key, 16) == 0)
            return here;
    }
}

static void grow(seen *s)
{
    slot *old = s->slots;
    size_t size = s->size;
    s->size *= 2;
    s->used = 0;
    s->slots = mem_zero(s->size, sizeof *s->slots);
    for (size_t i = 0; i < size; i++) {
        if (old[i].line > 0) {
            *find(s, old[i].key) = old[i];
            s->used++;
        }
    }
    free(old);
}

int64_t seen_add(seen *s, const char *id, int64_t line)
{
    if (2 * (s->used + 1) > s->size)
        grow(s);
    char key[16];
    key_of(id, key);
    slot *here = find(s, key);
    if (here->line > 0)
        return here->line;
    s->used += here->line == 0;
    memcpy(here->key, key, 16);
    here->line = line;
    return 0;
}

bool seen_has(const seen *s, const char *id)
{
    char key[16];
    key_of(id, key);
    return find(s, key)->line > 0;
}

void seen_drop(seen *s, const char *id)
{
    char key[16];
    key_of(id, key);
    slot *here = find(s, key);
    if (here->line > 0)
        here->line = -1;
}
