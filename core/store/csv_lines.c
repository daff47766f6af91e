#include "store/csv_lines.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"

void csv_lines_begin(csv_lines *l, input *in, const char *name)
{
    *l = (csv_lines){.in = in, .name = name, .kept = value_list()};
}

void csv_lines_free(csv_lines *l)
{
    buf_free(&l->line);
    buf_free(&l->utf8);
    value_free(&l->kept);
}

static void add_utf8(buf *out, unsigned code)
{
    if (code < 0x80) {
        buf_char(out, (char)code);
    } else if (code < 0x800) {
        buf_char(out, (char)(0xc0 | code >> 6));
        buf_char(out, (char)(0x80 | (code & 0x3f)));
    } else {
        buf_char(out, (char)(0xe0 | code >> 12));
        buf_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
        buf_char(out, (char)(0x80 | (code & 0x3f)));
    }
}

/* Windows-1252 is Latin-1 but for 0x80 to 0x9f; its five gaps become U+FFFD. */
static void add_cp1252(buf *out, const char *text, size_t len)
{
    static const unsigned short HIGH[32] = {
        0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    for (size_t i = 0; i < len; i++) {
        unsigned c = (unsigned char)text[i];
        add_utf8(out, c >= 0x80 && c < 0xa0 ? HIGH[c - 0x80] : c);
    }
}

static bool take_kept(csv_lines *l, csv_line *out)
{
    const value *text = value_at(&l->kept, l->next_kept++);
    l->number++;
    *out = (csv_line){.text = value_str(text, ""),
                      .len = value_len(text),
                      .number = l->number,
                      .cut = value_is(text, VALUE_NIL)};
    return true;
}

/* By line, not by file: a file is read once, and lines of two encodings are met in practice. */
static void convert(csv_lines *l, csv_line *out)
{
    if (text_invalid_at(out->text, out->len) == out->len)
        return;
    if (!l->told)
        log_line(LOG_INFO, "%s:%lld: not UTF-8; lines like this are read as Windows-1252", l->name,
                 (long long)out->number);
    l->told = true;
    buf_clear(&l->utf8);
    add_cp1252(&l->utf8, out->text, out->len);
    out->text = buf_text(&l->utf8);
    out->len = l->utf8.len;
}

bool csv_lines_next(csv_lines *l, csv_line *out)
{
    if (l->next_kept < value_len(&l->kept))
        return take_kept(l, out);
    bool cut = false;
    if (!input_line(l->in, &l->line, &cut))
        return false;
    size_t len = l->line.len;
    if (len > 0 && l->line.data[len - 1] == '\r')
        len--;
    l->number++;
    *out = (csv_line){.text = buf_text(&l->line), .len = len, .number = l->number, .cut = cut};
    convert(l, out);
    value_push(&l->kept, cut ? value_nil() : value_bytes(out->text, out->len));
    l->next_kept++;
    return true;
}

/* Lines that were given back and not taken again stay in front. */
void csv_lines_mark(csv_lines *l)
{
    value *kept = &l->kept;
    for (size_t i = 0; i < l->next_kept && i < kept->as.list.len; i++)
        value_free(&kept->as.list.items[i]);
    if (l->next_kept < kept->as.list.len) {
        kept->as.list.len -= l->next_kept;
        memmove(kept->as.list.items, kept->as.list.items + l->next_kept,
                kept->as.list.len * sizeof *kept->as.list.items);
    } else {
        kept->as.list.len = 0;
    }
    l->next_kept = 0;
}

void csv_lines_back(csv_lines *l)
{
    if (l->next_kept < 2)
        return;
    l->number -= (int64_t)l->next_kept - 1;
    l->next_kept = 1;
}
