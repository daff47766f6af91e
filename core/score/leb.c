#include "score/leb.h"

#include <string.h>

enum { BITS = 7, MORE = 0x80, DOUBLE_BYTES = 8, NUMBER_BITS = 64 };

void leb_add(buf *out, uint64_t number)
{
    for (; number >= MORE; number >>= BITS)
        buf_char(out, (char)(unsigned char)(number | MORE));
    buf_char(out, (char)(unsigned char)number);
}

/* Lowest byte first, whatever the machine. */
void leb_add_double(buf *out, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    for (int i = 0; i < DOUBLE_BYTES; i++)
        buf_char(out, (char)(unsigned char)(bits >> 8 * i));
}

void leb_add_text(buf *out, const char *text, size_t len)
{
    leb_add(out, len);
    buf_add(out, text, len);
}

bool leb_number(leb *from, uint64_t most, uint64_t *out)
{
    *out = 0;
    for (int shift = 0; from->len > 0 && shift < NUMBER_BITS; shift += BITS) {
        unsigned char byte = (unsigned char)*from->at++;
        from->len--;
        if (shift == NUMBER_BITS - 1 && byte > 1)
            return false;
        *out |= (uint64_t)(byte & (MORE - 1)) << shift;
        if (byte < MORE)
            return *out <= most;
    }
    return false;
}

bool leb_double(leb *from, double *out)
{
    uint64_t bits = 0;
    if (from->len < DOUBLE_BYTES)
        return false;
    for (int i = 0; i < DOUBLE_BYTES; i++)
        bits |= (uint64_t)(unsigned char)from->at[i] << 8 * i;
    from->at += DOUBLE_BYTES;
    from->len -= DOUBLE_BYTES;
    memcpy(out, &bits, sizeof bits);
    return true;
}

bool leb_text(leb *from, size_t most, const char **text, size_t *len)
{
    uint64_t bytes;
    if (!leb_number(from, most, &bytes) || bytes > from->len)
        return false;
    *text = from->at;
    *len = (size_t)bytes;
    from->at += bytes;
    from->len -= (size_t)bytes;
    return true;
}
