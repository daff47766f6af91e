/* buf.h: a growing run of bytes, always with a NUL behind it. Floor: base. One thread at a time. */
#ifndef POLDER_BASE_BUF_H
#define POLDER_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

/* Plain data; starts as `buf b = {0}`. `data` may be NULL while `len` is 0: read it through
 * buf_text. */
typedef struct buf {
    char *data;
    size_t len, cap;
} buf;

void buf_free(buf *b);                /* leaves an empty buffer; NULL is fine */
void buf_clear(buf *b);               /* keeps the memory */
char *buf_room(buf *b, size_t bytes); /* room for `bytes` more at the end; len is unchanged */
void buf_add(buf *b, const void *bytes, size_t len);
void buf_char(buf *b, char c);
void buf_str(buf *b, const char *text);
void buf_fmt(buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vfmt(buf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
const char *buf_text(const buf *b); /* borrowed, NUL-terminated, never NULL */
char *buf_take(buf *b);             /* owned by the caller; the buffer is empty after */

#endif
