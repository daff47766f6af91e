/* terms_markup.h: HTML that raw data holds, which is no part of its words. Floor: base. Any thread.
 */
#ifndef POLDER_BASE_TERMS_MARKUP_H
#define POLDER_BASE_TERMS_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of the entity at `text` ("&nbsp;") and the character it stands for, 0 when it is none. */
size_t terms_entity(const char *text, size_t len, int32_t *out);
/* "&amp;nbsp;" was written twice over: the bytes of "nbsp;" when they stand at `text`. */
size_t terms_inner_entity(const char *text, size_t len, int32_t *out);
/* Bytes of the tag at `text` ("</p>", "<a href=…>"), 0 when it is none: "a < b" is not. */
size_t terms_tag(const char *text, size_t len);

#endif
