/* Doubles with the fewest of 15, 16 or 17 digits that read back as the same. Most are done in whole
 * numbers of 128 bits, exactly, which is many times as fast as printf and strtod; these are for the
 * rest, and give the same bytes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_number.h"

enum { LEAST_DIGITS = 15, MOST_DIGITS = 17 };

/* In some locales printf writes a comma (or more bytes) where JSON has a point. */
static void point_right(char *number)
{
    char *sign = number + strspn(number, "-0123456789");
    size_t rest = strspn(sign, "-+0123456789e");
    if (*sign == '\0' || *sign == '.' || *sign == 'e' || rest > 0)
        return;
    char *behind = sign + strcspn(sign, "0123456789");
    *sign = '.';
    memmove(sign + 1, behind, strlen(behind) + 1);
}

void json_number_slow(char out[JSON_NUMBER], double number)
{
    for (int digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++) {
        snprintf(out, JSON_NUMBER, "%.*g", digits, number);
        if (strtod(out, NULL) == number) /* same locale as the line above */
            break;
    }
    point_right(out);
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

/* A double is whole · 2^-shift. TOP: its highest bit; below it the next smaller double is nearer.
 */
static const uint64_t TOP = (uint64_t)1 << 52;
static const double FROM = 1e-3, BELOW = 1e15;

/* The largest that fits 64 bits is the last one needed. */
static const uint64_t TENS[] = {1,
                                10,
                                100,
                                1000,
                                10000,
                                100000,
                                1000000,
                                10000000,
                                100000000,
                                1000000000,
                                10000000000,
                                100000000000,
                                1000000000000,
                                10000000000000,
                                100000000000000,
                                1000000000000000,
                                10000000000000000,
                                100000000000000000,
                                1000000000000000000,
                                10000000000000000000u};

/* The exponent of the first digit. */
static int magnitude(double number)
{
    static const double POWERS[] = {1e-2, 1e-1, 1e0, 1e1,  1e2,  1e3,  1e4,  1e5, 1e6,
                                    1e7,  1e8,  1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
    int exponent = -3;
    for (size_t i = 0; i < sizeof POWERS / sizeof *POWERS && number >= POWERS[i]; i++)
        exponent++;
    return exponent;
}

/* The nearest number of `digits` digits, ties to the even one; 0: it reads as another double. */
static uint64_t rounded(uint64_t whole, int shift, int exponent, int digits)
{
    wide scale = TENS[digits - 1 - exponent], exact = whole * scale;
    wide unit = (wide)1 << shift, rest = exact & (unit - 1), near = exact >> shift;
    if (rest * 2 > unit || (rest * 2 == unit && (near & 1)))
        near++;
    wide back = near << shift, off = back > exact ? back - exact : exact - back;
    return off * 2 < scale ? (uint64_t)near : 0;
}

/* "0.00123", "12.5" */
static void write_digits(char *out, uint64_t digits, int count, int exponent)
{
    char text[24];
    int len = 0, at = 0;
    for (int i = count; i-- > 0; digits /= 10)
        text[i] = (char)('0' + digits % 10);
    for (len = count; len > 1 && len > exponent + 1 && text[len - 1] == '0';)
        len--;
    if (exponent < 0) {
        memcpy(out, "0.000", 5);
        at = 1 - exponent;
    }
    for (int i = 0; i < len; i++) {
        if (exponent >= 0 && i == exponent + 1)
            out[at++] = '.';
        out[at++] = text[i];
    }
    out[at] = '\0';
}

static bool fast(char out[JSON_NUMBER], double number)
{
    double size = fabs(number);
    int power;
    if (!(size >= FROM && size < BELOW))
        return false;
    uint64_t whole = (uint64_t)ldexp(frexp(size, &power), 53);
    int exponent = magnitude(size);
    if (whole == TOP)
        return false;
    for (int digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++) {
        uint64_t found = rounded(whole, 53 - power, exponent, digits);
        if (!found)
            continue;
        if (found == TENS[digits])
            return false;
        if (number < 0)
            *out++ = '-';
        write_digits(out, found, digits, exponent);
        return true;
    }
    return false;
}
#else
static bool fast(char out[JSON_NUMBER], double number)
{
    (void)out;
    (void)number;
    return false;
}
#endif

void json_whole(char out[JSON_NUMBER], int64_t number)
{
    char text[24];
    size_t at = sizeof text;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do
        text[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        *out++ = '-';
    memcpy(out, text + at, sizeof text - at);
    out[sizeof text - at] = '\0';
}

void json_number(char out[JSON_NUMBER], double number)
{
    if (!fast(out, number))
        json_number_slow(out, number);
}
