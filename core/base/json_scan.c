/* json_scan.c: the words of RFC 8259, and what cJSON (measured on 1.7.15) would spoil in them. */
#include "base/json_scan.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

enum {
    NUMBER_BYTES = 63, /* cJSON 1.7.15 copies a number into 64 bytes and splits a longer one */
    SHOWN_BYTES = 60,
};

static const char A_VALUE[] = "a value (text in quotes, number, true, false, null, list or map)";

size_t json_scan_mark(const char *text, size_t len)
{
    return len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

json_scan json_scan_start(const char *text, size_t len, const char *name, int first_line, err *e)
{
    const char *start = len ? text : ""; /* nothing may come as a null pointer */
    json_scan s = {.end = start + len, .line = first_line, .name = name, .e = e};
    s.at = s.line_start = start + json_scan_mark(start, len);
    return s;
}

int json_scan_column(const char *line_start, const char *at)
{
    int column = 1;
    for (; line_start < at; line_start++)
        column += ((unsigned char)*line_start & 0xC0) != 0x80 ? 1 : 0;
    return column;
}

bool json_scan_place(json_scan *s, int line, const char *line_start, const char *at)
{
    int column = json_scan_column(line_start, at);
    if (s->name)
        return err_where(s->e, "%s:%d:%d", s->name, line, column);
    return err_where(s->e, "%d:%d", line, column);
}

static bool bad(json_scan *s, const char *at, const char *message)
{
    err_set(s->e, ERR_BAD_DATA, "%s", message);
    return json_scan_place(s, s->line, s->line_start, at);
}

bool json_scan_expected(json_scan *s, const char *what)
{
    buf found = {0};
    if (s->at == s->end) {
        err_set(s->e, ERR_BAD_DATA, "expected %s, but the text ends here", what);
    } else {
        int32_t c;
        size_t bytes = utf8_next(s->at, (size_t)(s->end - s->at), &c);
        text_escape(&found, s->at, bytes ? bytes : 1, SHOWN_BYTES);
        err_set(s->e, ERR_BAD_DATA, "expected %s, found %s", what, buf_text(&found));
    }
    buf_free(&found);
    return json_scan_place(s, s->line, s->line_start, s->at);
}

void json_scan_space(json_scan *s)
{
    for (; s->at < s->end; s->at++) {
        if (*s->at == '\n') {
            s->line++;
            s->line_start = s->at + 1;
        } else if (*s->at != ' ' && *s->at != '\t' && *s->at != '\r') {
            return;
        }
    }
}

bool json_scan_is(const json_scan *s, char c)
{
    return s->at < s->end && *s->at == c;
}

/* Four hex digits behind "\u"; -1 when there are none. */
static int32_t hex4(const json_scan *s, const char *at)
{
    int32_t number = 0;
    if (s->end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        number = number * 16 + digit;
    }
    return number;
}

/* At the backslash of "\uXXXX". */
static bool scan_unicode(json_scan *s, buf *keep)
{
    int32_t c = hex4(s, s->at + 2);
    if (c < 0)
        return bad(s, s->at, "expected four hexadecimal digits behind \\u");
    if (c == 0)
        return bad(s, s->at, "\\u0000 cannot be kept in a text");
    if (c >= 0xDC00 && c <= 0xDFFF)
        return bad(s, s->at, "half a surrogate pair: \\u of the low half without the high half");
    size_t bytes = 6;
    if (c >= 0xD800 && c <= 0xDBFF) {
        bool pair = s->end - s->at >= 12 && s->at[6] == '\\' && s->at[7] == 'u';
        int32_t low = pair ? hex4(s, s->at + 8) : -1;
        if (low < 0xDC00 || low > 0xDFFF)
            return bad(s, s->at,
                       "half a surrogate pair: \\u of the high half without the low half");
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        bytes = 12;
    }
    if (keep)
        utf8_add(keep, c);
    s->at += bytes;
    return true;
}

static bool scan_escape(json_scan *s, buf *keep)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    char c = s->end - s->at >= 2 ? s->at[1] : '\0';
    if (c == 'u')
        return scan_unicode(s, keep);
    const char *letter = c ? strchr(letters, c) : NULL;
    if (!letter)
        return bad(s, s->at, "a backslash must be followed by one of \" \\ / b f n r t u");
    if (keep)
        utf8_add(keep, meanings[letter - letters]);
    s->at += 2;
    return true;
}

/* One character of a text that is neither quote nor backslash. */
static bool scan_plain(json_scan *s, buf *keep)
{
    int32_t c;
    unsigned char first = (unsigned char)*s->at;
    if (first == '\n')
        return bad(s, s->at,
                   "a text ends with \" on the line where it began (write \\n for a new line)");
    if (first < 0x20)
        return bad(s, s->at, "a control character in a text (write it as \\u00XX)");
    size_t bytes = utf8_next(s->at, (size_t)(s->end - s->at), &c);
    if (bytes == 0)
        return bad(s, s->at, "this is not valid UTF-8");
    if (keep)
        buf_add(keep, s->at, bytes);
    s->at += bytes;
    return true;
}

bool json_scan_text(json_scan *s, buf *keep)
{
    const char *start = s->at++;
    while (s->at < s->end && *s->at != '"') {
        bool ok = *s->at == '\\' ? scan_escape(s, keep) : scan_plain(s, keep);
        if (!ok)
            return false;
    }
    if (s->at == s->end)
        return bad(s, start, "this text has no closing \"");
    s->at++;
    return true;
}

static size_t digits(const char *at, const char *end)
{
    size_t count = 0;
    while (at + count < end && at[count] >= '0' && at[count] <= '9')
        count++;
    return count;
}

static locale_t c_locale;

static void make_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* `number` is the whole literal. An embedding program may have set a locale in which the decimal
 * sign is a comma. */
double json_scan_double(const char *number, size_t len)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char copy[NUMBER_BYTES + 1];
    pthread_once(&once, make_locale);
    memcpy(copy, number, len);
    copy[len] = '\0';
    return c_locale ? strtod_l(copy, NULL, c_locale) : strtod(copy, NULL);
}

static bool bad_number(json_scan *s, const char *start, const char *message)
{
    bad(s, start, message);
    return err_hint(s->e, "put it in quotes");
}

/* The literal from `start` to s->at has the right form: is its value kept? */
static bool check_number(json_scan *s, const char *start, bool whole)
{
    size_t len = (size_t)(s->at - start);
    if (len > NUMBER_BYTES)
        return bad_number(s, start, "a number of more than 63 characters can't be read");
    double number = json_scan_double(start, len);
    if (isinf(number))
        return bad_number(s, start, "this number is too large to be read");
    if (whole && fabs(number) >= 0x1p53) {
        /* 2^53 itself is exact, but so is what 2^53 + 1 is rounded to: compare the digits. */
        static const char most[] = "9007199254740992";
        const char *first = *start == '-' ? start + 1 : start;
        size_t count = (size_t)(s->at - first);
        if (count != sizeof most - 1 || memcmp(first, most, count) != 0)
            return bad_number(s, start, "this whole number can't be read exactly");
    }
    return true;
}

/* Past the digits that must stand here. */
static bool scan_digits(json_scan *s, const char *what)
{
    size_t count = digits(s->at, s->end);
    s->at += count;
    return count > 0 || json_scan_expected(s, what);
}

static bool scan_number(json_scan *s)
{
    const char *start = s->at;
    if (json_scan_is(s, '-'))
        s->at++;
    const char *first = s->at;
    if (!scan_digits(s, "a digit"))
        return false;
    if (*first == '0' && s->at - first > 1)
        return bad(s, start, "a number can't begin with 0");
    const char *whole_end = s->at;
    if (json_scan_is(s, '.')) {
        s->at++;
        if (!scan_digits(s, "a digit behind the point"))
            return false;
    }
    if (json_scan_is(s, 'e') || json_scan_is(s, 'E')) {
        s->at++;
        if (json_scan_is(s, '+') || json_scan_is(s, '-'))
            s->at++;
        if (!scan_digits(s, "a digit in the exponent"))
            return false;
    }
    return check_number(s, start, s->at == whole_end);
}

static bool scan_literal(json_scan *s, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0)
        return json_scan_expected(s, A_VALUE);
    s->at += len;
    return true;
}

bool json_scan_word(json_scan *s)
{
    switch (s->at < s->end ? *s->at : '\0') {
    case '"':
        return json_scan_text(s, NULL);
    case 't':
        return scan_literal(s, "true");
    case 'f':
        return scan_literal(s, "false");
    case 'n':
        return scan_literal(s, "null");
    case '-':
        return scan_number(s);
    default:
        if (digits(s->at, s->end) > 0)
            return scan_number(s);
        return json_scan_expected(s, A_VALUE);
    }
}
