/* buf.c: doubling growth, one byte kept for the NUL. */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BUF_FIRST = 64 };

void buf_free(buf *b)
{
    if (!b)
        return;
    free(b->data);
    *b = (buf){0};
}

void buf_clear(buf *b)
{
    b->len = 0;
    if (b->data)
        b->data[0] = '\0';
}

char *buf_room(buf *b, size_t bytes)
{
    size_t need;
    if (__builtin_add_overflow(b->len + 1, bytes, &need))
        need = SIZE_MAX; /* ends in mem_grow, with its message */
    if (need > b->cap) {
        size_t cap = b->cap > SIZE_MAX / 2 ? need : b->cap * 2;
        if (cap < need)
            cap = need;
        if (cap < BUF_FIRST)
            cap = BUF_FIRST;
        b->data = mem_grow(b->data, cap, 1);
        b->cap = cap;
        b->data[b->len] = '\0';
    }
    return b->data + b->len;
}

void buf_add(buf *b, const void *bytes, size_t len)
{
    char *end = buf_room(b, len);
    if (len)
        memcpy(end, bytes, len);
    end[len] = '\0';
    b->len += len;
}

void buf_char(buf *b, char c)
{
    char *end = b->cap - b->len > 1 ? b->data + b->len : buf_room(b, 1);
    end[0] = c;
    end[1] = '\0';
    b->len++;
}

void buf_str(buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_fmt(buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vfmt(b, format, args);
    va_end(args);
}

void buf_vfmt(buf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    char *end = buf_room(b, BUF_FIRST);
    int len = vsnprintf(end, b->cap - b->len, format, args);
    if (len > 0 && (size_t)len >= b->cap - b->len) {
        end = buf_room(b, (size_t)len);
        len = vsnprintf(end, b->cap - b->len, format, again);
    }
    va_end(again);
    if (len > 0)
        b->len += (size_t)len;
    b->data[b->len] = '\0';
}

const char *buf_text(const buf *b)
{
    return b->data ? b->data : "";
}

char *buf_take(buf *b)
{
    char *data = b->data ? b->data : mem_text("");
    *b = (buf){0};
    return data;
}
