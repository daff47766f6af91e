#include "base/texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST = 64 };

void texts_add(texts *t, const char *text)
{
    if (t->len == t->cap) {
        t->cap = t->cap ? t->cap + t->cap / 2 : FIRST;
        t->at = mem_grow(t->at, t->cap, sizeof *t->at);
    }
    t->at[t->len++] = t->bytes.len;
    buf_add(&t->bytes, text, strlen(text) + 1);
}

const char *texts_at(const texts *t, size_t index)
{
    return index < t->len ? t->bytes.data + t->at[index] : NULL;
}

void texts_fetch(const texts *t, size_t index)
{
    __builtin_prefetch(texts_at(t, index));
}

void texts_free(texts *t)
{
    buf_free(&t->bytes);
    free(t->at);
    *t = (texts){0};
}
