#include "base/terms_markup.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { ENTITY_BYTES = 10, TAG_BYTES = 256 };

/* "#233" and "#xE9": a space when it is no character. */
static int32_t entity_number(const char *name, size_t len)
{
    char digits[ENTITY_BYTES + 1];
    memcpy(digits, name + 1, len - 1);
    digits[len - 1] = '\0';
    bool hex = digits[0] == 'x' || digits[0] == 'X';
    long number = strtol(hex ? digits + 1 : digits, NULL, hex ? 16 : 10);
    return number > 0 && number <= 0x10FFFF && utf8proc_codepoint_valid((int32_t)number)
               ? (int32_t)number
               : ' ';
}

/* "eacute": folding drops the accent in any case. "shy" is a place where a word may be broken,
 * not its end. */
static int32_t entity_letter(const char *name, size_t len)
{
    static const struct {
        const char *name;
        int32_t c;
    } rows[] = {{"amp", '&'},    {"shy", 0xAD},    {"szlig", 0xDF},  {"aelig", 0xE6},
                {"AElig", 0xE6}, {"oslash", 0xF8}, {"Oslash", 0xF8}, {"micro", 0xB5}};
    static const char *const accents[] = {"acute", "grave", "circ", "uml",
                                          "tilde", "cedil", "ring"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strlen(rows[i].name) == len && memcmp(name, rows[i].name, len) == 0)
            return rows[i].c;
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (strlen(accents[i]) == len - 1 && memcmp(name + 1, accents[i], len - 1) == 0)
            return (unsigned char)*name;
    return ' ';
}

/* Bytes of the entity at `text` ("&nbsp;"), 0 when it is none. */
size_t terms_entity(const char *text, size_t len, int32_t *out)
{
    size_t end = 1;
    while (end < len && end <= ENTITY_BYTES &&
           (ascii_letter(text[end]) || ascii_digit(text[end]) || (end == 1 && text[end] == '#')))
        end++;
    if (end < 3 || end >= len || text[end] != ';')
        return 0;
    *out = text[1] == '#' ? entity_number(text + 1, end - 1) : entity_letter(text + 1, end - 1);
    return end + 1;
}

/* Bytes of the tag at `text` ("</p>", "<a href=…>"), 0 when it is none: "a < b" is not. */
size_t terms_tag(const char *text, size_t len)
{
    size_t first = len > 1 && (text[1] == '/' || text[1] == '!') ? 2 : 1;
    if (first >= len || !ascii_letter(text[first]))
        return 0;
    for (size_t i = first; i < len && i < TAG_BYTES && text[i] != '<'; i++)
        if (text[i] == '>')
            return i + 1;
    return 0;
}

/* "&amp;nbsp;" was written twice over: the bytes of "nbsp;" when they stand at `text`, 0
 * otherwise. */
size_t terms_inner_entity(const char *text, size_t len, int32_t *out)
{
    char entity[ENTITY_BYTES + 3] = "&";
    size_t some = len < sizeof entity - 1 ? len : sizeof entity - 1;
    memcpy(entity + 1, text, some);
    size_t bytes = terms_entity(entity, some + 1, out);
    return bytes > 0 ? bytes - 1 : 0;
}
