/* CSV: every table and figure, each below a line with its caption where there are several. Numbers
 * have a decimal point, days are ISO: a program reads it. Texts that a spreadsheet would run as a
 * formula get an apostrophe before them. */
#include <string.h>

#include "base/json.h"
#include "report/clean.h"
#include "report/figure.h"
#include "report/render.h"

static void add_quoted(buf *out, const buf *text)
{
    const char *bytes = buf_text(text);
    if (!strpbrk(bytes, "\",\n\r;") && *bytes != ' ') {
        buf_add(out, bytes, text->len);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < text->len; i++)
        buf_str(out, bytes[i] == '"' ? "\"\"" : (char[]){bytes[i], '\0'});
    buf_char(out, '"');
}

static void add_text(buf *out, const char *bytes, size_t len)
{
    buf text = {0};
    if (len && strchr("=+-@\t\r", bytes[0]))
        buf_char(&text, '\'');
    clean_text(&text, bytes, len);
    add_quoted(out, &text);
    buf_free(&text);
}

static void add_words(buf *out, const char *text)
{
    add_text(out, text, strlen(text));
}

static void add_cell(buf *out, const value *column, const value *v, lang l)
{
    const char *type = value_get_str(column, "type", "text");
    buf text = {0};
    if (!v || value_is(v, VALUE_NIL))
        return;
    if (strcmp(type, "text") == 0) {
        format_cell(&text, column, "text", v, l, " ");
        add_text(out, buf_text(&text), text.len);
    } else if (value_is(v, VALUE_TEXT)) {
        add_text(out, v->as.text.bytes, v->as.text.len);
    } else {
        json_write(&text, value_is(v, VALUE_MAP) ? value_get(v, "amount") : v);
        buf_add(out, buf_text(&text), text.len);
    }
    buf_free(&text);
}

static void table(buf *out, const value *block, lang l)
{
    const value *columns = value_get(block, "columns"), *rows = value_get(block, "rows");
    for (size_t i = 0; i < value_len(columns); i++) {
        const value *column = value_at(columns, i);
        buf_str(out, i ? "," : "");
        add_words(out, value_get_str(column, "title", value_get_str(column, "name", "")));
    }
    buf_str(out, "\r\n");
    for (size_t r = 0; r < value_len(rows); r++) {
        for (size_t i = 0; i < value_len(columns); i++) {
            const value *column = value_at(columns, i);
            buf_str(out, i ? "," : "");
            add_cell(out, column, value_get(value_at(rows, r), value_get_str(column, "name", "")),
                     l);
        }
        buf_str(out, "\r\n");
    }
}

static bool is_table(const value *block)
{
    return strcmp(value_get_str(block, "block", ""), "table") == 0 || figure_is(block);
}

void render_csv(buf *out, const value *document)
{
    lang l = lang_of(value_get_str(document, "lang", "nl"));
    const value *blocks = value_get(document, "blocks");
    size_t count = 0, written = 0;
    for (size_t i = 0; i < value_len(blocks); i++)
        count += is_table(value_at(blocks, i));
    for (size_t i = 0; i < value_len(blocks); i++) {
        const value *block = value_at(blocks, i);
        if (!is_table(block))
            continue;
        if (count > 1) {
            buf_str(out, written++ ? "\r\n" : "");
            add_words(out, value_get_str(block, "caption", ""));
            buf_str(out, "\r\n");
        }
        value beside = figure_is(block) ? figure_table(block, l) : value_nil();
        table(out, figure_is(block) ? &beside : block, l);
        value_free(&beside);
    }
}
