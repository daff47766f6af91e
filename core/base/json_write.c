/* json_write.c: JSON in one fixed form: the same value is the same bytes, for hashes are taken
 * of them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_number.h"
#include "base/utf8.h"

static void write_value(buf *out, const value *v, int indent);

/* JSON writers print a control character or a broken byte in one way each: NUL, which json_read
 * can't keep, as U+FFFD too. */
static size_t write_char(buf *out, const char *text, size_t len)
{
    static const char replacement[] = "\xEF\xBF\xBD", letters[] = "btn.fr";
    unsigned char c = (unsigned char)*text;
    int32_t wide;
    size_t bytes = 1;
    if (c == '"' || c == '\\') {
        buf_char(out, '\\');
        buf_char(out, (char)c);
    } else if (c >= '\b' && c <= '\r' && c != '\v') {
        buf_char(out, '\\');
        buf_char(out, letters[c - '\b']);
    } else if (c == '\0') {
        buf_str(out, replacement);
    } else if (c < 0x20) {
        buf_fmt(out, "\\u%04x", (unsigned)c);
    } else {
        bytes = utf8_next(text, len, &wide);
        if (bytes > 0)
            buf_add(out, text, bytes);
        else
            buf_str(out, replacement);
    }
    return bytes > 0 ? bytes : 1;
}

static bool plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 && c != '"' && c != '\\';
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* In each byte whose highest bit is not set, that bit is set when the byte is below `least`. */
static uint64_t below(uint64_t bytes, uint64_t least)
{
    return (bytes - EACH(least)) & ~bytes;
}

/* Are all eight plain? Borrows between bytes can only make it say no. */
static bool eight_plain(const char *text)
{
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return !(
        (bytes | below(bytes, 0x20) | below(bytes ^ EACH('"'), 1) | below(bytes ^ EACH('\\'), 1)) &
        EACH(0x80));
}

static size_t plain_run(const char *text, size_t len)
{
    size_t run = 0;
    while (run + 8 <= len && eight_plain(text + run))
        run += 8;
    while (run < len && plain(text[run]))
        run++;
    return run;
}

static void write_plain(buf *out, const char *text, size_t len)
{
    char *at = buf_room(out, len + 2);
    *at++ = '"';
    memcpy(at, text, len);
    at[len] = '"';
    at[len + 1] = '\0';
    out->len += len + 2;
}

static void write_text(buf *out, const char *text, size_t len)
{
    if (plain_run(text, len) == len) { /* nearly always */
        write_plain(out, text, len);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < len;) {
        size_t run = plain_run(text + i, len - i);
        buf_add(out, text + i, run);
        i += run;
        if (i < len)
            i += write_char(out, text + i, len - i);
    }
    buf_char(out, '"');
}

static void write_whole(buf *out, int64_t number)
{
    char *at = buf_room(out, JSON_NUMBER);
    json_whole(at, number);
    out->len += strlen(at);
}

static void write_double(buf *out, double number)
{
    if (!isfinite(number)) {
        buf_str(out, "null");
        return;
    }
    if (fabs(number) <= 0x1p53 && number == trunc(number)) {
        write_whole(out, (int64_t)number);
        return;
    }
    char *at = buf_room(out, JSON_NUMBER);
    json_number(at, number);
    out->len += strlen(at);
    if (!strpbrk(at, ".e")) /* json_read refuses such a whole number when it has no point */
        buf_str(out, ".0");
}

/* A new line and `indent` levels; nothing when everything goes on one line (indent < 0). */
static void write_break(buf *out, int indent)
{
    if (indent < 0)
        return;
    buf_char(out, '\n');
    for (int i = 0; i < indent; i++)
        buf_str(out, "  ");
}

static void write_list(buf *out, const value *v, int indent)
{
    const int inner = indent < 0 ? indent : indent + 1;
    buf_char(out, '[');
    for (size_t i = 0; i < v->as.list.len; i++) {
        if (i > 0)
            buf_char(out, ',');
        write_break(out, inner);
        write_value(out, &v->as.list.items[i], inner);
    }
    if (v->as.list.len > 0)
        write_break(out, indent);
    buf_char(out, ']');
}

static void write_map(buf *out, const value *v, int indent)
{
    const int inner = indent < 0 ? indent : indent + 1;
    buf_char(out, '{');
    for (size_t i = 0; i < v->as.map.len; i++) {
        const value_entry *entry = &v->as.map.items[i];
        if (i > 0)
            buf_char(out, ',');
        write_break(out, inner);
        write_text(out, entry->key, strlen(entry->key));
        buf_char(out, ':');
        if (indent >= 0)
            buf_char(out, ' ');
        write_value(out, &entry->value, inner);
    }
    if (v->as.map.len > 0)
        write_break(out, indent);
    buf_char(out, '}');
}

static void write_value(buf *out, const value *v, int indent)
{
    switch (v->type) {
    case VALUE_NIL:
        buf_str(out, "null");
        break;
    case VALUE_BOOL:
        buf_str(out, v->as.boolean ? "true" : "false");
        break;
    case VALUE_INT:
        write_whole(out, v->as.integer);
        break;
    case VALUE_DOUBLE:
        write_double(out, v->as.number);
        break;
    case VALUE_TEXT:
        write_text(out, v->as.text.bytes, v->as.text.len);
        break;
    case VALUE_LIST:
        write_list(out, v, indent);
        break;
    case VALUE_MAP:
        write_map(out, v, indent);
        break;
    }
}

void json_write(buf *out, const value *v)
{
    write_value(out, v, -1);
}

void json_write_pretty(buf *out, const value *v)
{
    write_value(out, v, 0);
}

void json_write_error(buf *out, const err *e)
{
    value error = value_map(), document = value_map();
    value_add(&error, "code", value_text(err_name(e->code)));
    value_add(&error, "message", value_text(e->message));
    value_add(&error, "where", *e->where ? value_text(e->where) : value_nil());
    value_add(&error, "hint", *e->hint ? value_text(e->hint) : value_nil());
    value_add(&document, "error", error);
    json_write(out, &document);
    buf_char(out, '\n');
    value_free(&document);
}
