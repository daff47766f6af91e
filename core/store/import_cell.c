/* One CSV cell: text, or what its field is declared to be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "store/import_parts.h"

const value *cell_field(const value *kinds, const char *kind, const char *field)
{
    for (size_t i = 0; i < value_len(kinds); i++) {
        const value *k = value_at(kinds, i), *fields = value_get(k, "fields");
        if (strcmp(value_get_str(k, "name", ""), kind) != 0)
            continue;
        for (size_t j = 0; j < value_len(fields); j++) {
            if (strcmp(value_get_str(value_at(fields, j), "name", ""), field) == 0)
                return value_at(fields, j);
        }
    }
    return NULL;
}

/* `text` is plain digits with an optional point, in JSON's form: no zeros in front, at most 15
 * digits. */
static bool looks_like_number(const char *text, size_t len)
{
    size_t at = len > 0 && text[0] == '-' ? 1 : 0, digits = 0, points = 0;
    if (at >= len || (text[at] == '0' && at + 1 < len && text[at + 1] != '.'))
        return false;
    for (size_t i = at; i < len; i++) {
        if (text[i] == '.')
            points++;
        else if (text[i] >= '0' && text[i] <= '9')
            digits++;
        else
            return false;
    }
    return digits > 0 && digits <= 15 && points <= 1 && text[len - 1] != '.' && text[at] != '.';
}

/* Without a declaration only what is a number in every country is one. */
static value guess(const char *text, size_t len, char separator)
{
    value v = value_nil();
    bool point_is_doubtful = separator == ';' && memchr(text, '.', len);
    if (looks_like_number(text, len) && !point_is_doubtful && json_read(text, len, NULL, &v, NULL))
        return v;
    return value_bytes(text, len);
}

/* Money has no thousandths, so there a group of three is thousands. */
typedef enum number_sort { WHOLE, DECIMAL, AMOUNT } number_sort;

typedef struct number_text {
    char digits[48]; /* with a point as the decimal sign and no others */
    bool has_decimals;
} number_text;

/* Groups of three digits after the first: 1.234.567 */
static bool is_grouped(const char *text, size_t len, char sign)
{
    size_t run = 0, groups = 0;
    for (size_t i = len; i-- > 0;) {
        if (text[i] == sign) {
            if (run != 3)
                return false;
            groups++;
            run = 0;
        } else {
            run++;
        }
    }
    return groups > 0 && run >= 1 && run <= 3;
}

/* The sign that divides decimals, '\0' for none, '?' when it could be either. */
static char decimal_sign(const char *text, size_t len, number_sort sort, char separator)
{
    const char *comma = memrchr(text, ',', len), *point = memrchr(text, '.', len);
    if (comma && point)
        return comma > point ? ',' : '.';
    const char *last = comma ? comma : point;
    if (!last)
        return '\0';
    char sign = *last, usual = separator == ';' ? ',' : '.';
    if (is_grouped(text, len, sign)) {
        if (sort != DECIMAL || memchr(text, sign, (size_t)(last - text)))
            return '\0';
        return sign == usual ? sign : '?';
    }
    return sign;
}

static bool bad_cell(const char *text, size_t len, const char *expected, err *e)
{
    buf shown = {0};
    text_escape(&shown, text, len, 60);
    err_set(e, ERR_BAD_DATA, "expected %s, got \"%s\"", expected, buf_text(&shown));
    buf_free(&shown);
    return false;
}

/* Takes thousands signs and blanks out of numbers as people write them: "1.234,5", "1 234.5", "+3".
 */
static bool plain_digits(const char *text, size_t len, char decimal, number_text *out)
{
    size_t at = 0;
    const char *point = decimal ? memrchr(text, decimal, len) : NULL;
    size_t whole_len = point ? (size_t)(point - text) : len;
    char thousands = memchr(text, ',', whole_len) ? ',' : '.';
    size_t sign = len > 0 && (text[0] == '-' || text[0] == '+');
    if (memchr(text, thousands, whole_len) &&
        (thousands == decimal || !is_grouped(text + sign, whole_len - sign, thousands)))
        return false;
    for (size_t i = 0; i < len && at + 1 < sizeof out->digits; i++) {
        if (&text[i] == point)
            out->digits[at++] = '.';
        else if (text[i] != thousands && text[i] != ' ' && !(i == 0 && text[i] == '+'))
            out->digits[at++] = text[i];
    }
    out->digits[at] = '\0';
    out->has_decimals = point != NULL;
    return len < sizeof out->digits;
}

static bool read_number(const char *text, size_t len, number_sort sort, char separator, value *out,
                        err *e)
{
    const char *expected = sort == WHOLE ? "a whole number" : "a number";
    size_t sign = len > 0 && (text[0] == '-' || text[0] == '+');
    char decimal = decimal_sign(text + sign, len - sign, sort, separator);
    if (decimal == '?') {
        bad_cell(text, len, "a number that can be read one way only", e);
        return err_hint(
            e, "is the sign in it for thousands or for decimals? Write it without thousands");
    }
    number_text n;
    value v = value_nil();
    if (!plain_digits(text, len, decimal, &n))
        return bad_cell(text, len, expected, e);
    const char *digits = n.digits;
    bool negative = digits[0] == '-';
    digits += negative;
    while (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
        digits++;
    buf json = {0};
    buf_fmt(&json, "%s%s", negative ? "-" : "", digits);
    bool ok = strspn(digits, "0123456789.") == strlen(digits) &&
              json_read(buf_text(&json), json.len, NULL, &v, NULL) &&
              (sort != WHOLE || value_is(&v, VALUE_INT));
    buf_free(&json);
    if (ok)
        *out = v;
    return ok || bad_cell(text, len, expected, e);
}

static bool read_boolean(const char *text, size_t len, value *out, err *e)
{
    static const char *const WORDS[] = {"ja",  "true",  "1", "yes", "waar",
                                        "nee", "false", "0", "no",  "onwaar"};
    for (size_t i = 0; i < 10; i++) {
        if (strlen(WORDS[i]) == len && strncasecmp(text, WORDS[i], len) == 0) {
            *out = value_bool(i < 5);
            return true;
        }
    }
    return bad_cell(text, len, "yes or no (ja, nee, true, false, 1 or 0)", e);
}

static void trim(const char **text, size_t *len)
{
    while (*len > 0 && strchr(" \t\r\n", (*text)[0])) {
        (*text)++;
        (*len)--;
    }
    while (*len > 0 && strchr(" \t\r\n", (*text)[*len - 1]))
        (*len)--;
}

/* The day that 2026-02-23 and 23-2-2026 are. */
static bool read_date(const char *text, size_t len, value *out, err *e)
{
    char iso[40];
    int64_t days;
    int day, month, year, end = 0;
    snprintf(iso, sizeof iso, "%.*s", (int)len, text);
    if (len <= 10 && sscanf(iso, "%2d-%2d-%4d%n", &day, &month, &year, &end) == 3 &&
        (size_t)end == len && year >= 1000)
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
    if (len > 10 || !clock_date_parse(iso, &days))
        return bad_cell(text, len, "a date, such as 2026-02-23 or 23-2-2026", e);
    *out = value_text(iso);
    return true;
}

static bool takes_off(const char **text, size_t *len, const char *word, bool at_end)
{
    size_t bytes = strlen(word);
    if (*len < bytes || memcmp(at_end ? *text + *len - bytes : *text, word, bytes) != 0)
        return false;
    *text += at_end ? 0 : bytes;
    *len -= bytes;
    return true;
}

/* Blanks, also the one that spreadsheets put between sign and amount. */
static void trim_amount(const char **text, size_t *len)
{
    do
        trim(text, len);
    while (takes_off(text, len, "\xc2\xa0", false) || takes_off(text, len, "\xc2\xa0", true));
}

static bool is_code(const char *text)
{
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= 3;
}

/* Takes the currency off one end; leaves `code` as it was when there is none. */
static void take_currency(const char **text, size_t *len, char code[4])
{
    static const char *const SIGNS[][2] = {{"\u20ac", "EUR"}, {"$", "USD"}, {"\u00a3", "GBP"}};
    char first[4] = "", last[4] = "";
    memcpy(first, *text, *len < 3 ? *len : 3);
    if (*len >= 3)
        memcpy(last, *text + *len - 3, 3);
    if (is_code(first) && takes_off(text, len, first, false))
        memcpy(code, first, 4);
    else if (is_code(last) && takes_off(text, len, last, true))
        memcpy(code, last, 4);
    for (size_t i = 0; i < 3; i++) {
        if (takes_off(text, len, SIGNS[i][0], false) || takes_off(text, len, SIGNS[i][0], true))
            memcpy(code, SIGNS[i][1], 4);
    }
    trim_amount(text, len);
}

static bool read_money(const char *text, size_t len, const value *field, char separator, value *out,
                       err *e)
{
    const char *unit = value_get_str(field, "unit", ""), *at = text;
    char code[4] = "";
    size_t left = len;
    value amount = value_nil();
    if (*text == '{' && json_read(text, len, NULL, out, NULL))
        return true;
    if (strlen(unit) == 3 && is_code(unit))
        memcpy(code, unit, 4);
    trim_amount(&at, &left);
    take_currency(&at, &left, code);
    if (takes_off(&at, &left, ",-", true)) /* "€ 1.200,-" */
        trim_amount(&at, &left);
    if (!read_number(at, left, AMOUNT, separator, &amount, NULL))
        return bad_cell(text, len, "money, such as EUR 1200", e);
    if (!code[0]) {
        value_free(&amount);
        bad_cell(text, len, "money with its currency", e);
        return err_hint(e, "such as EUR %.*s", len < 40 ? (int)len : 40, text);
    }
    *out = value_map();
    value_add(out, "amount", amount);
    value_add(out, "currency", value_text(code));
    return true;
}

static bool read_one(const char *text, size_t len, const value *field, char separator, value *out,
                     err *e)
{
    const char *type = value_get_str(field, "type", "");
    if (strcmp(type, "integer") == 0)
        return read_number(text, len, WHOLE, separator, out, e);
    if (strcmp(type, "decimal") == 0)
        return read_number(text, len, DECIMAL, separator, out, e);
    if (strcmp(type, "boolean") == 0)
        return read_boolean(text, len, out, e);
    if (strcmp(type, "date") == 0)
        return read_date(text, len, out, e);
    if (strcmp(type, "money") == 0)
        return read_money(text, len, field, separator, out, e);
    if (strcmp(type, "place") == 0 && (*text == '{' || *text == '[') &&
        json_read(text, len, NULL, out, NULL)) /* a list is refused later: no name looks like it */
        return true;
    *out = value_bytes(text, len);
    return true;
}

static bool read_many(const char *text, size_t len, const value *field, char separator, value *out,
                      err *e)
{
    value list = value_list(), item = value_nil();
    const char *end = text + len;
    bool ok = true;
    while (ok && text < end) {
        const char *stop = text;
        while (stop < end && *stop != ';' && *stop != '|')
            stop++;
        const char *part = text;
        size_t part_len = (size_t)(stop - text);
        trim(&part, &part_len);
        if (part_len > 0 && (ok = read_one(part, part_len, field, separator, &item, e)))
            value_push(&list, item);
        text = stop + 1;
    }
    if (ok && value_len(&list) > 0)
        *out = list;
    else
        value_free(&list);
    return ok;
}

/* Errors are kept in logs, and the hint may repeat the cell. */
static bool hide(err *e)
{
    char *got = e ? strstr(e->message, ", got \"") : NULL;
    if (got)
        snprintf(got, (size_t)(e->message + sizeof e->message - got),
                 ", got another (personal: not shown)");
    if (e)
        e->hint[0] = '\0';
    return false;
}

bool cell_read(const char *text, size_t len, const value *field, char separator, value *out, err *e)
{
    *out = value_nil();
    trim(&text, &len);
    if (len == 0)
        return true;
    if (!value_get(field, "type")) {
        *out = guess(text, len, separator);
        return true;
    }
    bool ok = value_get_bool(field, "many", false) ? read_many(text, len, field, separator, out, e)
                                                   : read_one(text, len, field, separator, out, e);
    return ok || (value_get_bool(field, "personal", false) && hide(e));
}
