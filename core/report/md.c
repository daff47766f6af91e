/* Markdown as GitHub reads it. Signs that mean something there are escaped, and a cell is one line.
 */
#include <string.h>

#include "report/clean.h"
#include "report/figure.h"
#include "report/render.h"
#include "report/rich.h"

static void add_plain(buf *out, const char *text, size_t len)
{
    buf clean = {0};
    clean_text(&clean, text, len);
    for (size_t i = 0; i < clean.len; i++) {
        if (clean.data[i] && strchr("\\`*_[]<>|#~$&!", clean.data[i]))
            buf_char(out, '\\');
        buf_char(out, clean.data[i]);
    }
    buf_free(&clean);
}

static void add_text(buf *out, const char *text)
{
    add_plain(out, text, strlen(text));
}

static void add_piece(buf *out, const value *piece, lang l)
{
    const char *url = value_get_str(piece, "url", NULL);
    bool strong = value_get_bool(piece, "strong", false);
    bool link = url && clean_url(url, value_len(value_get(piece, "url")));
    buf text = {0};
    format_pieces(&text, piece, l, " ");
    buf_str(out, strong ? "**" : link ? "[" : "");
    add_plain(out, buf_text(&text), text.len);
    buf_str(out, strong ? "**" : "");
    if (link) /* no sign of Markdown's is in such an address but these two */
        buf_fmt(out, "](<%s>)", url);
    buf_free(&text);
}

static const rich MARKDOWN = {" ", add_plain, add_piece};

static void add_row(buf *out, const value *columns, const value *row, lang l, bool strong)
{
    for (size_t i = 0; i < value_len(columns); i++) {
        const value *column = value_at(columns, i);
        const value *v = value_get(row, value_get_str(column, "name", ""));
        buf_str(out, strong && v ? "| **" : "| ");
        rich_cell(out, &MARKDOWN, column, "text", v, l);
        buf_str(out, strong && v ? "** " : " ");
    }
    buf_str(out, "|\n");
}

static void table(buf *out, const value *block, lang l)
{
    const value *columns = value_get(block, "columns"), *rows = value_get(block, "rows");
    buf_str(out, "**");
    add_text(out, value_get_str(block, "caption", ""));
    buf_str(out, "**\n\n");
    for (size_t i = 0; i < value_len(columns); i++) {
        const value *column = value_at(columns, i);
        buf_str(out, "| ");
        add_text(out, value_get_str(column, "title", value_get_str(column, "name", "")));
        buf_char(out, ' ');
    }
    buf_str(out, "|\n");
    for (size_t i = 0; i < value_len(columns); i++)
        buf_str(out, format_is_amount(value_at(columns, i)) ? "| ---: " : "| --- ");
    buf_str(out, "|\n");
    for (size_t i = 0; i < value_len(rows); i++)
        add_row(out, columns, value_at(rows, i), l, false);
    if (value_get(block, "total"))
        add_row(out, columns, value_get(block, "total"), l, true);
    if (value_get(block, "note")) {
        buf_char(out, '\n');
        rich_pieces(out, &MARKDOWN, value_get(block, "note"), l);
        buf_char(out, '\n');
    }
    buf_char(out, '\n');
}

static void numbers(buf *out, const value *block, lang l)
{
    const value *items = value_get(block, "items");
    for (size_t i = 0; i < value_len(items); i++) {
        const value *item = value_at(items, i);
        buf_str(out, "- ");
        add_text(out, value_get_str(item, "title", ""));
        buf_str(out, ": **");
        if (value_get(item, "value"))
            rich_cell(out, &MARKDOWN, item, "number", value_get(item, "value"), l);
        else
            buf_str(out, lang_word(l, "niet bekend", "not known"));
        buf_str(out, "**");
        if (value_get(item, "note")) {
            buf_str(out, " (");
            rich_pieces(out, &MARKDOWN, value_get(item, "note"), l);
            buf_char(out, ')');
        }
        buf_char(out, '\n');
    }
    buf_char(out, '\n');
}

static void list(buf *out, const value *block, lang l)
{
    const value *items = value_get(block, "items");
    for (size_t i = 0; i < value_len(items); i++) {
        if (value_get_bool(block, "ordered", false))
            buf_fmt(out, "%zu. ", i + 1);
        else
            buf_str(out, "- ");
        rich_pieces(out, &MARKDOWN, value_at(items, i), l);
        buf_char(out, '\n');
    }
    buf_char(out, '\n');
}

static void sources(buf *out, const value *block, lang l)
{
    const value *items = value_get(block, "items");
    for (size_t i = 0; i < value_len(items); i++) {
        const value *item = value_at(items, i), *url = value_get(item, "url");
        const char *publisher = value_get_str(item, "publisher", "");
        buf day = {0};
        buf_fmt(out, "%zu. ", i + 1);
        add_text(out, value_get_str(item, "title", ""));
        buf_str(out, *publisher ? ", " : "");
        add_text(out, publisher);
        format_day(&day, value_get_str(item, "date", ""), l);
        buf_str(out, day.len ? ", " : "");
        add_text(out, buf_text(&day));
        buf_free(&day);
        if (url && clean_url(value_str(url, ""), value_len(url)))
            buf_fmt(out, " <%s>", value_str(url, ""));
        buf_char(out, '\n');
    }
    buf_char(out, '\n');
}

static void block_md(buf *out, const value *block, lang l)
{
    const char *name = value_get_str(block, "block", "");
    if (strcmp(name, "section") == 0) {
        buf_fmt(out, "%.*s ", (int)value_get_int(block, "level", 1) + 1, "####");
        add_text(out, value_get_str(block, "title", ""));
        buf_str(out, "\n\n");
    } else if (strcmp(name, "text") == 0 || strcmp(name, "note") == 0) {
        buf_str(out, *name == 'n' ? "> " : "");
        rich_pieces(out, &MARKDOWN, value_get(block, "text"), l);
        buf_str(out, "\n\n");
    } else if (strcmp(name, "list") == 0) {
        list(out, block, l);
    } else if (strcmp(name, "table") == 0) {
        table(out, block, l);
    } else if (strcmp(name, "numbers") == 0) {
        numbers(out, block, l);
    } else if (strcmp(name, "sources") == 0) {
        sources(out, block, l);
    } else if (figure_is(block)) {
        value beside = figure_table(block, l);
        table(out, &beside, l);
        value_free(&beside);
    }
}

void render_md(buf *out, const value *document)
{
    lang l = lang_of(value_get_str(document, "lang", "nl"));
    const value *blocks = value_get(document, "blocks");
    buf about = {0};
    buf_str(out, "# ");
    add_text(out, value_get_str(document, "title", ""));
    buf_str(out, "\n\n");
    if (value_get(document, "subtitle")) {
        add_text(out, value_get_str(document, "subtitle", ""));
        buf_str(out, "\n\n");
    }
    for (size_t i = 0; i < value_len(blocks); i++)
        block_md(out, value_at(blocks, i), l);
    render_about(&about, document);
    if (about.len) {
        buf_str(out, "---\n\n");
        add_text(out, buf_text(&about));
        buf_char(out, '\n');
    }
    buf_free(&about);
}
