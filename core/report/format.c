#include "report/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

lang lang_of(const char *code)
{
    return code && strcmp(code, "en") == 0 ? LANG_EN : LANG_NL;
}

const char *lang_word(lang l, const char *nl, const char *en)
{
    return l == LANG_NL ? nl : en;
}

/* Digits of whole thousands apart; `digits` is "1234" or "1234.50", without a sign. */
static void add_grouped(buf *out, const char *digits, lang l)
{
    size_t whole = strcspn(digits, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buf_char(out, l == LANG_NL ? '.' : ',');
        buf_char(out, digits[i]);
    }
    if (!digits[whole])
        return;
    buf_char(out, l == LANG_NL ? ',' : '.');
    buf_str(out, digits + whole + 1);
}

static bool is_zero(const char *digits)
{
    return digits[strspn(digits, "0.")] == '\0';
}

void format_number(buf *out, double number, int decimals, lang l)
{
    char digits[400];
    if (!isfinite(number)) {
        buf_str(out, "?");
        return;
    }
    snprintf(digits, sizeof digits, "%.*f", decimals < 0 ? 6 : decimals, fabs(number));
    if (decimals < 0) {
        for (size_t end = strlen(digits); end > 0 && digits[end - 1] == '0'; end--)
            digits[end - 1] = '\0';
        size_t len = strlen(digits);
        if (len > 0 && digits[len - 1] == '.')
            digits[len - 1] = '\0';
    }
    if (number < 0 && !is_zero(digits))
        buf_str(out, "-");
    add_grouped(out, digits, l);
}

void format_money(buf *out, double amount, const char *currency, int decimals, lang l,
                  const char *space)
{
    bool euro = strcmp(currency, "EUR") == 0;
    buf digits = {0};
    format_number(&digits, amount, decimals < 0 ? 2 : decimals, l);
    if (l == LANG_NL || !euro) {
        buf_str(out, euro ? "€" : currency);
        buf_str(out, space);
        buf_str(out, buf_text(&digits));
    } else {
        const char *text = buf_text(&digits);
        buf_str(out, *text == '-' ? "-€" : "€");
        buf_str(out, text + (*text == '-'));
    }
    buf_free(&digits);
}

void format_percentage(buf *out, double share, int decimals, lang l)
{
    format_number(out, share * 100, decimals < 0 ? 1 : decimals, l);
    buf_char(out, '%');
}

static const char *month_name(int month, lang l)
{
    static const char *const NL[] = {"januari",   "februari", "maart",    "april",
                                     "mei",       "juni",     "juli",     "augustus",
                                     "september", "oktober",  "november", "december"};
    static const char *const EN[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
    return month < 1 || month > 12 ? "?" : (l == LANG_NL ? NL : EN)[month - 1];
}

void format_day(buf *out, const char *iso, lang l)
{
    int year, month, day;
    int64_t days;
    if (clock_date_parse(iso, &days) && sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) == 3)
        buf_fmt(out, "%d %s %d", day, month_name(month, l), year);
    else
        buf_str(out, iso);
}

void format_time(buf *out, const char *time, lang l)
{
    char text[CLOCK_TIME_TEXT];
    int64_t ms;
    if (!clock_time_parse(time, &ms)) {
        buf_str(out, time);
        return;
    }
    clock_time_text(ms, text);
    text[10] = '\0';
    format_day(out, text, l);
    buf_fmt(out, ", %.5s UTC", text + 11);
}

static void add_unit(buf *out, const value *form, const char *space)
{
    const char *unit = value_get_str(form, "unit", "");
    if (*unit)
        buf_fmt(out, "%s%s", space, unit);
}

static void add_money(buf *out, const value *form, const value *v, lang l, const char *space)
{
    bool map = value_is(v, VALUE_MAP);
    double amount = map ? value_get_double(v, "amount", 0) : value_as_double(v, 0);
    const char *otherwise = value_get_str(form, "unit", "EUR");
    format_money(out, amount, map ? value_get_str(v, "currency", otherwise) : otherwise,
                 (int)value_get_int(form, "decimals", -1), l, space);
}

/* A list of plain texts, as a field of many has, with commas; all else as pieces. */
static void format_words(buf *out, const value *v, lang l, const char *space)
{
    bool words = format_is_words(v);
    for (size_t i = 0; words && i < value_len(v); i++) {
        buf_str(out, i ? ", " : "");
        format_pieces(out, value_at(v, i), l, space);
    }
    if (!words)
        format_pieces(out, v, l, space);
}

bool format_is_words(const value *v)
{
    for (size_t i = 0; i < value_len(v); i++)
        if (!value_is(value_at(v, i), VALUE_TEXT))
            return false;
    return value_is(v, VALUE_LIST);
}

void format_cell(buf *out, const value *form, const char *otherwise, const value *v, lang l,
                 const char *space)
{
    const char *type = value_get_str(form, "type", otherwise);
    int decimals = (int)value_get_int(form, "decimals", -1);
    if (!v || value_is(v, VALUE_NIL))
        return;
    if (strcmp(type, "money") == 0) {
        add_money(out, form, v, l, space);
    } else if (strcmp(type, "number") == 0) {
        if (value_is(v, VALUE_MAP))
            v = value_get(v, "amount");
        format_number(out, value_as_double(v, 0), decimals, l);
        add_unit(out, form, space);
    } else if (strcmp(type, "percentage") == 0) {
        format_percentage(out, value_as_double(v, 0), decimals, l);
    } else if (strcmp(type, "date") == 0) {
        format_day(out, value_str(v, ""), l);
    } else if (strcmp(type, "time") == 0) {
        format_time(out, value_str(v, ""), l);
    } else if (strcmp(type, "boolean") == 0) {
        buf_str(out,
                value_as_bool(v, false) ? lang_word(l, "ja", "yes") : lang_word(l, "nee", "no"));
    } else {
        format_words(out, v, l, space);
    }
}

static void add_piece(buf *out, const value *piece, lang l, const char *space)
{
    if (value_is(piece, VALUE_MAP) && value_get(piece, "type"))
        format_cell(out, piece, "text", value_get(piece, "value"), l, space);
    else if (value_is(piece, VALUE_MAP))
        buf_add(out, value_get_str(piece, "text", ""), value_len(value_get(piece, "text")));
    else if (value_is(piece, VALUE_TEXT))
        buf_add(out, piece->as.text.bytes, piece->as.text.len);
    else if (piece)
        format_number(out, value_as_double(piece, 0), -1, l);
}

void format_pieces(buf *out, const value *text, lang l, const char *space)
{
    if (!value_is(text, VALUE_LIST)) {
        add_piece(out, text, l, space);
        return;
    }
    for (size_t i = 0; i < value_len(text); i++)
        add_piece(out, value_at(text, i), l, space);
}

bool format_is_amount(const value *form)
{
    const char *type = value_get_str(form, "type", "text");
    return strcmp(type, "number") == 0 || strcmp(type, "money") == 0 ||
           strcmp(type, "percentage") == 0;
}
