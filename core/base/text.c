/* text.c: UTF-8 by utf8proc, character by character; broken bytes never stop a function. */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum { SLUG_BYTES = 80, NEAREST_BYTES = 128, FOLD_MOST = 32 };

static const char ELLIPSIS[] = "\xE2\x80\xA6";

size_t text_invalid_at(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len) {
        int32_t c;
        size_t bytes = utf8_next(text + i, len - i, &c);
        if (bytes == 0)
            return i;
        i += bytes;
    }
    return len;
}

/* Unicode TR 36: controls, line separators, and what changes the direction of the text around
 * it. */
static bool unsafe(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static void escape_char(buf *out, int32_t c)
{
    if (c == '\n')
        buf_str(out, "\\n");
    else if (c == '\t')
        buf_str(out, "\\t");
    else if (c == '\r')
        buf_str(out, "\\r");
    else if (c < 0x80)
        buf_fmt(out, "\\x%02x", (unsigned)c);
    else
        buf_fmt(out, "\\u{%x}", (unsigned)c);
}

static void cut_to(buf *out, size_t len)
{
    out->len = len;
    if (out->data)
        out->data[len] = '\0';
}

/* Bytes of printable ASCII, which stand as they are. */
static size_t plain_run(const char *text, size_t len)
{
    size_t run = 0;
    while (run < len && text[run] >= 0x20 && text[run] < 0x7F)
        run++;
    return run;
}

void text_escape(buf *out, const char *text, size_t len, size_t max_bytes)
{
    const size_t dots = sizeof ELLIPSIS - 1, start = out->len;
    size_t keep = start; /* up to here the ellipsis still fits */
    for (size_t i = 0; i < len;) {
        int32_t c = 0;
        size_t run = plain_run(text + i, len - i);
        if (run > 0 && out->len - start + run + dots <= max_bytes) {
            buf_add(out, text + i, run);
            keep = out->len;
            i += run;
            continue;
        }
        size_t bytes = utf8_next(text + i, len - i, &c);
        if (bytes == 0)
            buf_fmt(out, "\\x%02x", (unsigned)(unsigned char)text[i]);
        else if (unsafe(c))
            escape_char(out, c);
        else
            buf_add(out, text + i, bytes);
        if (out->len - start > max_bytes) {
            cut_to(out, keep);
            if (max_bytes >= dots)
                buf_str(out, ELLIPSIS);
            return;
        }
        if (out->len - start + dots <= max_bytes)
            keep = out->len;
        i += bytes ? bytes : 1;
    }
}

/* Columns and bytes of one character; a broken byte is one column. */
static size_t char_columns(const char *text, size_t len, size_t *bytes)
{
    int32_t c = 0;
    *bytes = utf8_next(text, len, &c);
    if (*bytes == 0) {
        *bytes = 1;
        return 1;
    }
    int width = utf8proc_charwidth(c);
    return width > 0 ? (size_t)width : 0;
}

size_t text_columns(const char *text, size_t len)
{
    size_t columns = 0, bytes;
    for (size_t i = plain_run(text, len); i < len; i += bytes)
        columns += char_columns(text + i, len - i, &bytes);
    return columns + plain_run(text, len);
}

void text_fit(buf *out, const char *text, size_t len, size_t columns)
{
    size_t i = 0, used = 0, bytes;
    if (text_columns(text, len) <= columns) {
        buf_add(out, text, len);
        return;
    }
    if (columns == 0)
        return;
    while (i < len) {
        size_t width = char_columns(text + i, len - i, &bytes);
        if (used + width > columns - 1)
            break;
        used += width;
        i += bytes;
    }
    buf_add(out, text, i);
    buf_str(out, ELLIPSIS);
}

static void fold_char(buf *out, int32_t c)
{
    const utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                  UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    int32_t parts[FOLD_MOST];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(c, parts, FOLD_MOST, how, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < FOLD_MOST; i++)
        utf8_add(out, parts[i]);
}

void text_fold(buf *out, const char *text, size_t len)
{
    buf_room(out, len);
    for (size_t i = 0; i < len;) {
        int32_t c = 0;
        size_t bytes = utf8_next(text + i, len - i, &c);
        if (bytes == 0)
            utf8_add(out, 0xFFFD);
        else if (c >= 0x80)
            fold_char(out, c);
        else
            buf_char(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
        i += bytes ? bytes : 1;
    }
}

/* Letters of Europe's Latin alphabets that Unicode does not take apart. */
static const char *latin_of(int32_t c)
{
    static const struct {
        int32_t letter;
        const char *latin;
    } LETTERS[] = {{0xE6, "ae"}, {0xF0, "d"},  {0xF8, "o"},  {0xFE, "th"},
                   {0x111, "d"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}};
    for (size_t i = 0; i < sizeof LETTERS / sizeof LETTERS[0]; i++)
        if (LETTERS[i].letter == c)
            return LETTERS[i].latin;
    return "";
}

void text_slug(buf *out, const char *text, size_t len)
{
    buf folded = {0};
    const size_t start = out->len;
    bool gap = false;
    text_fold(&folded, text, len);
    for (size_t i = 0; i < folded.len;) {
        int32_t c = 0;
        size_t bytes = utf8_next(folded.data + i, folded.len - i, &c);
        char own[2] = {(char)c, '\0'};
        const char *kept = c >= 128 ? latin_of(c) : utf8_in_word(c) ? own : "";
        size_t dash = gap && out->len > start ? 1 : 0;
        if (out->len - start + dash + strlen(kept) > SLUG_BYTES)
            break;
        if (kept[0] && dash)
            buf_char(out, '-');
        buf_str(out, kept);
        gap = !kept[0];
        i += bytes;
    }
    buf_free(&folded);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Damerau-Levenshtein, restricted edit distance (optimal string alignment), over bytes. */
static unsigned distance(const buf *a, const buf *b)
{
    unsigned rows[3][NEAREST_BYTES + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    for (unsigned j = 0; j <= b->len; j++)
        last[j] = j;
    memset(before, 0, sizeof rows[0]);
    for (unsigned i = 1; i <= a->len; i++) {
        row[0] = i;
        for (unsigned j = 1; j <= b->len; j++) {
            bool same = a->data[i - 1] == b->data[j - 1];
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a->data[i - 1] == b->data[j - 2] &&
                a->data[i - 2] == b->data[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        unsigned *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b->len];
}

const char *text_nearest(const char *word, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    buf wanted = {0}, name = {0};
    text_fold(&wanted, word, strlen(word));
    unsigned limit = wanted.len <= 4 ? 1 : wanted.len <= 8 ? 2 : 3;
    if (wanted.len > NEAREST_BYTES)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        buf_clear(&name);
        text_fold(&name, names[i], strlen(names[i]));
        if (name.len > NEAREST_BYTES)
            continue;
        unsigned d = distance(&wanted, &name);
        if (d > limit || (d > 0 && d >= wanted.len)) /* every letter wrong is no typing error */
            continue;
        nearest = names[i];
        if (d == 0)
            break;
        limit = d - 1; /* the first of equals stays */
    }
    buf_free(&wanted);
    buf_free(&name);
    return nearest;
}

/* Only the last '*' is ever gone back to, so that time is at most glob times text. */
const char *text_plural(int64_t count, const char *one, const char *more)
{
    return count == 1 ? one : more;
}

bool text_glob(const char *glob, const char *text)
{
    const char *star = NULL, *again = NULL;
    while (*text) {
        int32_t c;
        size_t bytes = utf8_next(text, strlen(text), &c);
        if (*glob == '*') {
            star = ++glob;
            again = text;
        } else if (*glob == '?') {
            glob++;
            text += bytes ? bytes : 1;
        } else if (*glob == *text) {
            glob++;
            text++;
        } else if (star) {
            glob = star;
            text = ++again;
        } else {
            return false;
        }
    }
    while (*glob == '*')
        glob++;
    return *glob == '\0';
}
