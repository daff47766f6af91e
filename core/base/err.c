/* err.c: every text is formatted aside first, so that an argument may point into the error
 * itself. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int exit_code;
} CODES[] = {
#define ERR_ROW(code, name, exit_code) [code] = {name, exit_code},
    ERR_CODES(ERR_ROW)
#undef ERR_ROW
};

/* Copies at most size - 1 bytes, and no half character. */
static void put(char *out, size_t size, const char *text)
{
    size_t len = strlen(text);
    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(out, text, len);
    out[len] = '\0';
}

__attribute__((format(printf, 3, 0))) static void put_format(char *out, size_t size,
                                                             const char *format, va_list args)
{
    char text[1024];
    if (vsnprintf(text, sizeof text, format, args) < 0)
        text[0] = '\0';
    put(out, size, text);
}

bool err_set(err *e, err_code code, const char *format, ...)
{
    if (!e)
        return false;
    va_list args;
    va_start(args, format);
    put_format(e->message, sizeof e->message, format, args);
    va_end(args);
    e->code = code;
    e->where[0] = '\0';
    e->hint[0] = '\0';
    return false;
}

bool err_where(err *e, const char *format, ...)
{
    if (!e)
        return false;
    va_list args;
    va_start(args, format);
    put_format(e->where, sizeof e->where, format, args);
    va_end(args);
    return false;
}

bool err_hint(err *e, const char *format, ...)
{
    if (!e)
        return false;
    va_list args;
    va_start(args, format);
    put_format(e->hint, sizeof e->hint, format, args);
    va_end(args);
    return false;
}

bool err_prefix(err *e, const char *format, ...)
{
    char text[2 * sizeof e->message];
    if (!e)
        return false;
    va_list args;
    va_start(args, format);
    put_format(text, sizeof e->message, format, args);
    va_end(args);
    memcpy(text + strlen(text), e->message, strlen(e->message) + 1);
    put(e->message, sizeof e->message, text);
    return false;
}

bool err_copy(err *e, const err *from)
{
    if (e)
        *e = *from;
    return false;
}

const char *err_name(err_code code)
{
    return (size_t)code < sizeof CODES / sizeof *CODES && CODES[code].name ? CODES[code].name
                                                                           : "bug";
}

int err_exit(err_code code)
{
    return (size_t)code < sizeof CODES / sizeof *CODES && CODES[code].name
               ? CODES[code].exit_code
               : CODES[ERR_BUG].exit_code;
}
