/* pack_put.c: writes by the table "Formats" of the MessagePack specification, each number in the
 * fewest bytes. */
#include "base/pack_put.h"

#include <string.h>

enum { LONGEST = 9 };

static void put_head(buf *out, unsigned byte, uint64_t number, int bytes)
{
    char *at = buf_room(out, LONGEST);
    *at++ = (char)byte;
    for (int i = bytes - 1; i >= 0; i--)
        *at++ = (char)(number >> (8 * i) & 0xFF);
    *at = '\0';
    out->len += (size_t)bytes + 1;
}

void pack_put_nil(buf *out)
{
    put_head(out, 0xC0, 0, 0);
}

void pack_put_bool(buf *out, bool boolean)
{
    put_head(out, boolean ? 0xC3 : 0xC2, 0, 0);
}

void pack_put_whole(buf *out, int64_t number)
{
    uint64_t bits = (uint64_t)number;
    if (number >= 0)
        number <= 0x7F         ? put_head(out, (unsigned)number, 0, 0)
        : number <= UINT8_MAX  ? put_head(out, 0xCC, bits, 1)
        : number <= UINT16_MAX ? put_head(out, 0xCD, bits, 2)
        : number <= UINT32_MAX ? put_head(out, 0xCE, bits, 4)
                               : put_head(out, 0xCF, bits, 8);
    else
        number >= -32         ? put_head(out, (unsigned)(bits & 0xFF), 0, 0)
        : number >= INT8_MIN  ? put_head(out, 0xD0, bits, 1)
        : number >= INT16_MIN ? put_head(out, 0xD1, bits, 2)
        : number >= INT32_MIN ? put_head(out, 0xD2, bits, 4)
                              : put_head(out, 0xD3, bits, 8);
}

void pack_put_double(buf *out, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    put_head(out, 0xCB, bits, 8);
}

void pack_put_text(buf *out, const char *text, size_t len)
{
    if (len < 32)
        put_head(out, 0xA0 | (unsigned)len, 0, 0);
    else if (len <= UINT8_MAX)
        put_head(out, 0xD9, len, 1);
    else if (len <= UINT16_MAX)
        put_head(out, 0xDA, len, 2);
    else
        put_head(out, 0xDB, len, 4);
    buf_add(out, text, len);
}

void pack_put_list(buf *out, size_t count)
{
    if (count < 16)
        put_head(out, 0x90 | (unsigned)count, 0, 0);
    else if (count <= UINT16_MAX)
        put_head(out, 0xDC, count, 2);
    else
        put_head(out, 0xDD, count, 4);
}
