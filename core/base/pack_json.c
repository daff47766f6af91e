#include "base/pack_json.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_scan.h"
#include "base/mem.h"
#include "base/pack_put.h"

/* DIGITS: whole numbers of that many are read without strtod. */
enum { NUMBER_BYTES = 63, DIGITS = 15 };

struct pack_fields {
    size_t len;
    const char **name;
    size_t *name_len;
    const char **found; /* in the object at hand; NULL: it has no such field */
    size_t next;        /* objects have their fields in much the same order */
    buf text;           /* a text or key with escapes */
};

typedef struct reader {
    const char *at, *end;
    buf *out;
    buf *text;
} reader;

pack_fields *pack_fields_new(const value *names)
{
    pack_fields *f = mem_zero(1, sizeof *f);
    f->len = value_len(names);
    f->name = mem_zero(f->len + 1, sizeof *f->name);
    f->name_len = mem_zero(f->len + 1, sizeof *f->name_len);
    f->found = mem_zero(f->len + 1, sizeof *f->found);
    for (size_t i = 0; i < f->len; i++) {
        f->name[i] = value_str(value_at(names, i), "");
        f->name_len[i] = strlen(f->name[i]);
    }
    return f;
}

void pack_fields_free(pack_fields *f)
{
    if (!f)
        return;
    free(f->name);
    free(f->name_len);
    free(f->found);
    buf_free(&f->text);
    free(f);
}

static void put_number(buf *out, double number)
{
    if (fabs(number) <= 0x1p53 && number == trunc(number))
        pack_put_whole(out, (int64_t)number);
    else
        pack_put_double(out, number);
}

/* ------------------------------------------------------------------ the text */

static void skip_space(reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
        r->at++;
}

/* Past `c`, with space around it. */
static bool take_char(reader *r, char c)
{
    skip_space(r);
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    skip_space(r);
    return true;
}

/* At the opening quote: past the closing one. What lies between is borrowed: from the text itself,
 * or unescaped in r->text. */
static bool take_text(reader *r, const char **text, size_t *len)
{
    const char *start = r->at + 1;
    const char *quote = start < r->end ? memchr(start, '"', (size_t)(r->end - start)) : NULL;
    if (!quote)
        return false;
    if (!memchr(start, '\\', (size_t)(quote - start))) {
        *text = start;
        *len = (size_t)(quote - start);
        r->at = quote + 1;
        return true;
    }
    json_scan s = json_scan_start(r->at, (size_t)(r->end - r->at), NULL, 1, NULL);
    buf_clear(r->text);
    if (!json_scan_text(&s, r->text))
        return false;
    *text = buf_text(r->text);
    *len = r->text->len;
    r->at = s.at;
    return true;
}

static bool skip_text(reader *r)
{
    for (r->at++; r->at < r->end; r->at++) {
        const char *quote = memchr(r->at, '"', (size_t)(r->end - r->at));
        const char *escape = quote ? memchr(r->at, '\\', (size_t)(quote - r->at)) : NULL;
        if (!quote)
            return false;
        r->at = escape ? escape + 1 : quote + 1;
        if (!escape)
            return true;
    }
    return false;
}

/* Brackets are counted, not matched: the text was written by json_write. */
static bool skip_value(reader *r)
{
    size_t open = 0;
    while (r->at < r->end) {
        char c = *r->at;
        if (c == '"') {
            if (!skip_text(r))
                return false;
        } else if (open == 0 && (c == ',' || c == ']' || c == '}')) {
            return true;
        } else {
            open += c == '[' || c == '{';
            open -= c == ']' || c == '}';
            r->at++;
        }
    }
    return false;
}

static bool take_number(reader *r)
{
    const char *start = r->at;
    bool minus = *start == '-';
    int64_t whole = 0;
    for (r->at += minus; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++)
        if (r->at - start < DIGITS)
            whole = whole * 10 + (*r->at - '0');
    size_t digits = (size_t)(r->at - start) - minus;
    bool more = r->at < r->end && (*r->at == '.' || *r->at == 'e' || *r->at == 'E');
    if (!digits)
        return false;
    if (!more && r->at - start <= DIGITS) {
        pack_put_whole(r->out, minus ? -whole : whole);
        return true;
    }
    while (r->at < r->end && strchr("0123456789.eE+-", *r->at) && *r->at)
        r->at++;
    if (r->at - start > NUMBER_BYTES)
        return false;
    put_number(r->out, json_scan_double(start, (size_t)(r->at - start)));
    return true;
}

static bool take_word(reader *r, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
        return false;
    r->at += len;
    if (*word == 'n')
        pack_put_nil(r->out);
    else
        pack_put_bool(r->out, *word == 't');
    return true;
}

static bool take_value(reader *r, int depth);

/* The number of items is known behind them: room for the longest head is left, and closed when a
 * shorter one will do. */
static void close_nested(buf *out, size_t at, size_t count, bool map)
{
    int bytes = count < 16 ? 0 : count <= UINT16_MAX ? 2 : 4;
    unsigned byte = bytes == 0   ? (map ? 0x80u : 0x90u) | (unsigned)count
                    : bytes == 2 ? (map ? 0xDEu : 0xDCu)
                                 : (map ? 0xDFu : 0xDDu);
    char *head = out->data + at;
    memmove(head + 1 + bytes, head + 5, out->len - at - 5);
    out->len -= (size_t)(4 - bytes);
    out->data[out->len] = '\0';
    *head++ = (char)byte;
    for (int i = bytes - 1; i >= 0; i--)
        *head++ = (char)(count >> (8 * i) & 0xFF);
}

static bool take_key(reader *r)
{
    const char *text;
    size_t len;
    if (r->at == r->end || *r->at != '"' || !take_text(r, &text, &len))
        return false;
    pack_put_text(r->out, text, len);
    return take_char(r, ':');
}

static bool take_nested(reader *r, int depth)
{
    const size_t at = r->out->len;
    const bool map = *r->at == '{';
    const char close = map ? '}' : ']';
    size_t count = 0;
    if (depth == JSON_MAX_DEPTH)
        return false;
    buf_add(r->out, "\0\0\0\0\0", 5);
    r->at++;
    skip_space(r);
    for (bool more = !take_char(r, close); more; count++) {
        if ((map && !take_key(r)) || !take_value(r, depth + 1))
            return false;
        more = take_char(r, ',');
        if (!more && !take_char(r, close))
            return false;
    }
    close_nested(r->out, at, count, map);
    return true;
}

/* `depth`: lists and maps around it. */
static bool take_value(reader *r, int depth)
{
    const char *text;
    size_t len;
    if (r->at == r->end)
        return false;
    switch (*r->at) {
    case '"':
        if (!take_text(r, &text, &len))
            return false;
        pack_put_text(r->out, text, len);
        return true;
    case '[':
    case '{':
        return take_nested(r, depth);
    case 't':
        return take_word(r, "true");
    case 'f':
        return take_word(r, "false");
    case 'n':
        return take_word(r, "null");
    default:
        return take_number(r);
    }
}

/* ------------------------------------------------------------------ the object */

static size_t field_of(pack_fields *f, const char *name, size_t len)
{
    for (size_t i = 0; i < f->len; i++) {
        size_t at = f->next + i < f->len ? f->next + i : f->next + i - f->len;
        if (f->name_len[at] == len && memcmp(f->name[at], name, len) == 0) {
            f->next = at + 1 < f->len ? at + 1 : 0;
            return at;
        }
    }
    return f->len;
}

/* Where the value of each field begins. */
static bool find_fields(reader *r, pack_fields *f)
{
    memset(f->found, 0, f->len * sizeof *f->found);
    if (!take_char(r, '{'))
        return false;
    for (bool more = !take_char(r, '}'); more;) {
        const char *name;
        size_t len;
        if (r->at == r->end || *r->at != '"' || !take_text(r, &name, &len))
            return false;
        size_t field = field_of(f, name, len);
        if (!take_char(r, ':'))
            return false;
        if (field < f->len)
            f->found[field] = r->at;
        if (!skip_value(r))
            return false;
        more = take_char(r, ',');
        if (!more && !take_char(r, '}'))
            return false;
    }
    return r->at == r->end;
}

bool pack_json_row(buf *out, const char *id, const char *json, size_t len, pack_fields *f)
{
    const size_t before = out->len;
    reader r = {.at = json, .end = json + len, .out = out, .text = &f->text};
    bool ok = find_fields(&r, f);
    pack_put_list(out, f->len + 1);
    pack_put_text(out, id, strlen(id));
    for (size_t i = 0; ok && i < f->len; i++) {
        r.at = f->found[i];
        if (r.at)
            ok = take_value(&r, 0);
        else
            pack_put_nil(out);
    }
    if (!ok) {
        out->len = before;
        out->data[before] = '\0';
    }
    return ok;
}
