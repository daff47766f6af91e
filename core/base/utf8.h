/* utf8.h: one character at a time, for the files of this floor that walk over text. Floor: base,
 * inside only. */
#ifndef POLDER_BASE_UTF8_H
#define POLDER_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <utf8proc.h>

#include "base/buf.h"

/* Bytes of the character at `text`, 0 when it is broken (then *out is not set); `len` > 0. */
static inline size_t utf8_next(const char *text, size_t len, int32_t *out)
{
    if ((unsigned char)*text < 0x80) {
        *out = (unsigned char)*text;
        return 1;
    }
    utf8proc_ssize_t bytes =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, out);
    return bytes > 0 ? (size_t)bytes : 0;
}

static inline void utf8_add(buf *out, int32_t c)
{
    utf8proc_uint8_t bytes[4];
    buf_add(out, bytes, (size_t)utf8proc_encode_char(c, bytes));
}

/* Letters and digits (Unicode categories L and N) make words. */
static inline bool utf8_in_word(int32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    utf8proc_category_t category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

#endif
