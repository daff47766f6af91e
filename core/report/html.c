/* HTML in one file: no script, nothing fetched, and a policy that forbids both, should an escape be
 * missing after all. Headings go down by one, tables have captions and scopes, a region that
 * scrolls can be reached by keyboard. */
#include <string.h>

#include "report/clean.h"
#include "report/figure.h"
#include "report/html_fold.h"
#include "report/html_style.h"
#include "report/render.h"
#include "report/rich.h"

#define NO_BREAK_SPACE "\xc2\xa0"

typedef struct page {
    buf *out;
    lang l;
    size_t sections, tables; /* so far */
} page;

static void add_plain(buf *out, const char *text)
{
    clean_html(out, text, strlen(text));
}

static void add_piece(buf *out, const value *piece, lang l)
{
    const char *url = value_get_str(piece, "url", NULL);
    bool strong = value_get_bool(piece, "strong", false);
    bool link = url && clean_url(url, value_len(value_get(piece, "url")));
    const char *said = value_get_str(piece, "lang", lang_word(l, "nl", "en"));
    bool other = lang_of(said) != l; /* a screen reader has to change its voice */
    buf text = {0};
    format_pieces(&text, piece, l, NO_BREAK_SPACE);
    if (link) {
        buf_str(out, "<a href=\"");
        add_plain(out, url);
        buf_str(out, "\">");
    }
    if (other)
        buf_fmt(out, "<span lang=\"%s\">", lang_word(lang_of(said), "nl", "en"));
    buf_str(out, strong ? "<strong>" : "");
    clean_html(out, buf_text(&text), text.len);
    buf_str(out, strong ? "</strong>" : "");
    buf_str(out, other ? "</span>" : "");
    buf_str(out, link ? "</a>" : "");
    buf_free(&text);
}

static const rich HTML = {NO_BREAK_SPACE, clean_html, add_piece};

static const char *class_of(const value *column)
{
    if (format_is_amount(column))
        return " class=\"n\"";
    return strcmp(value_get_str(column, "type", "text"), "date") == 0 ? " class=\"d\"" : "";
}

/* What stands before a cell when its row is folded. */
static void add_label(page *p, const value *column)
{
    buf_str(p->out, " data-label=\"");
    add_plain(p->out, value_get_str(column, "title", value_get_str(column, "name", "")));
    buf_char(p->out, '"');
}

/* The first cell names its row. */
static void add_row(page *p, const value *columns, const value *row, bool folds)
{
    buf_str(p->out, "<tr>");
    for (size_t i = 0; i < value_len(columns); i++) {
        const value *column = value_at(columns, i);
        const char *tag = i == 0 ? "th" : "td";
        buf_fmt(p->out, "<%s%s%s", tag, i == 0 ? " scope=\"row\"" : "", class_of(column));
        if (folds && i > 0)
            add_label(p, column);
        buf_char(p->out, '>');
        rich_cell(p->out, &HTML, column, "text", value_get(row, value_get_str(column, "name", "")),
                  p->l);
        buf_fmt(p->out, "</%s>", tag);
    }
    buf_str(p->out, "</tr>\n");
}

static void add_head(page *p, const value *columns)
{
    buf_str(p->out, "<thead><tr>");
    for (size_t i = 0; i < value_len(columns); i++) {
        const value *column = value_at(columns, i);
        buf_fmt(p->out, "<th scope=\"col\"%s>", class_of(column));
        add_plain(p->out, value_get_str(column, "title", value_get_str(column, "name", "")));
        buf_str(p->out, "</th>");
    }
    buf_str(p->out, "</tr></thead>\n");
}

/* What is too wide for a telephone is folded there: every row with its columns under each other;
 * and what has many columns already on a small screen. */
static const char *folding(const value *columns)
{
    size_t count = value_len(columns);
    return count > 6 ? " folds wide" : count > 4 ? " folds many" : count > 2 ? " folds" : "";
}

static void table(page *p, const value *block)
{
    const value *columns = value_get(block, "columns"), *rows = value_get(block, "rows");
    size_t number = ++p->tables;
    const char *folds = folding(columns);
    buf_fmt(p->out,
            "<div class=\"scroll%s\" role=\"region\" tabindex=\"0\" aria-labelledby=\"t%zu\">\n"
            "<table><caption id=\"t%zu\">",
            folds, number, number);
    add_plain(p->out, value_get_str(block, "caption", ""));
    buf_str(p->out, "</caption>\n");
    add_head(p, columns);
    buf_str(p->out, "<tbody>\n");
    for (size_t i = 0; i < value_len(rows); i++)
        add_row(p, columns, value_at(rows, i), *folds);
    if (value_len(rows) == 0)
        buf_fmt(p->out, "<tr><td colspan=\"%zu\">%s</td></tr>\n", value_len(columns),
                lang_word(p->l, "Er is niets om te tonen.", "There is nothing to show."));
    buf_str(p->out, "</tbody>\n");
    if (value_get(block, "total")) {
        buf_str(p->out, "<tfoot>");
        add_row(p, columns, value_get(block, "total"), *folds);
        buf_str(p->out, "</tfoot>");
    }
    buf_str(p->out, "</table></div>\n");
    if (value_get(block, "note")) {
        buf_str(p->out, "<p>");
        rich_pieces(p->out, &HTML, value_get(block, "note"), p->l);
        buf_str(p->out, "</p>\n");
    }
}

static void figure(page *p, const value *block)
{
    value beside = figure_table(block, p->l);
    bool network = strcmp(value_get_str(block, "block", ""), "network") == 0;
    buf_str(p->out, "<figure><figcaption>");
    add_plain(p->out, value_get_str(block, "caption", ""));
    buf_str(p->out, "</figcaption>\n");
    if (network) {
        buf_str(p->out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        add_plain(p->out, value_get_str(block, "caption", ""));
        buf_str(p->out, lang_word(p->l, ", tekening\">", ", drawing\">"));
    }
    figure_svg(p->out, block, p->l);
    buf_str(p->out, network ? "</div>\n" : "\n");
    table(p, &beside);
    buf_str(p->out, "</figure>\n");
    value_free(&beside);
}

static void numbers(page *p, const value *block)
{
    const value *items = value_get(block, "items");
    if (value_len(items) == 0)
        return;
    buf_str(p->out, "<dl class=\"numbers\">\n");
    for (size_t i = 0; i < value_len(items); i++) {
        const value *item = value_at(items, i);
        buf_str(p->out, "<div><dt>");
        add_plain(p->out, value_get_str(item, "title", ""));
        buf_str(p->out, "</dt><dd>");
        if (value_get(item, "value"))
            rich_cell(p->out, &HTML, item, "number", value_get(item, "value"), p->l);
        else
            buf_str(p->out, lang_word(p->l, "niet bekend", "not known"));
        buf_str(p->out, "</dd>");
        if (value_get(item, "note")) {
            buf_str(p->out, "<dd class=\"more\">");
            rich_pieces(p->out, &HTML, value_get(item, "note"), p->l);
            buf_str(p->out, "</dd>");
        }
        buf_str(p->out, "</div>\n");
    }
    buf_str(p->out, "</dl>\n");
}

static void list(page *p, const value *block)
{
    const value *items = value_get(block, "items");
    const char *tag = value_get_bool(block, "ordered", false) ? "ol" : "ul";
    if (value_len(items) == 0)
        return;
    buf_fmt(p->out, "<%s>\n", tag);
    for (size_t i = 0; i < value_len(items); i++) {
        buf_str(p->out, "<li>");
        rich_pieces(p->out, &HTML, value_at(items, i), p->l);
        buf_str(p->out, "</li>\n");
    }
    buf_fmt(p->out, "</%s>\n", tag);
}

static void source(page *p, const value *item)
{
    const char *publisher = value_get_str(item, "publisher", "");
    const value *url = value_get(item, "url");
    bool link = url && clean_url(value_str(url, ""), value_len(url));
    buf day = {0};
    buf_str(p->out, "<li>");
    if (link) {
        buf_str(p->out, "<a href=\"");
        add_plain(p->out, value_str(url, ""));
        buf_str(p->out, "\">");
    }
    add_plain(p->out, value_get_str(item, "title", ""));
    buf_str(p->out, link ? "</a>" : "");
    buf_str(p->out, *publisher ? ", " : "");
    add_plain(p->out, publisher);
    format_day(&day, value_get_str(item, "date", ""), p->l);
    buf_str(p->out, day.len ? ", " : "");
    add_plain(p->out, buf_text(&day));
    if (value_get(item, "reliability")) {
        buf_str(p->out, lang_word(p->l, ", betrouwbaarheid ", ", reliability "));
        add_plain(p->out, value_get_str(item, "reliability", ""));
    }
    buf_str(p->out, value_get(item, "note") ? ". " : "");
    add_plain(p->out, value_get_str(item, "note", ""));
    buf_str(p->out, "</li>\n");
    buf_free(&day);
}

static void sources(page *p, const value *block)
{
    const value *items = value_get(block, "items");
    if (value_len(items) == 0)
        return;
    buf_str(p->out, "<ol class=\"sources\">\n");
    for (size_t i = 0; i < value_len(items); i++)
        source(p, value_at(items, i));
    buf_str(p->out, "</ol>\n");
}

static void section(page *p, const value *block)
{
    int level = (int)value_get_int(block, "level", 1) + 1;
    buf_fmt(p->out, "<h%d", level);
    if (level == 2)
        buf_fmt(p->out, " id=\"s%zu\"", ++p->sections);
    buf_char(p->out, '>');
    add_plain(p->out, value_get_str(block, "title", ""));
    buf_fmt(p->out, "</h%d>\n", level);
}

static void paragraph(page *p, const value *block)
{
    bool note = strcmp(value_get_str(block, "block", ""), "note") == 0;
    buf_str(p->out, note ? "<p class=\"note\">" : "<p>");
    rich_pieces(p->out, &HTML, value_get(block, "text"), p->l);
    buf_str(p->out, "</p>\n");
}

static void new_page(page *p, const value *block)
{
    (void)block;
    buf_str(p->out, "<div class=\"page\"></div>\n");
}

static void add_block(page *p, const value *block)
{
    static const struct {
        const char *name;
        void (*add)(page *p, const value *block);
    } BLOCKS[] = {{"section", section}, {"text", paragraph}, {"note", paragraph},
                  {"list", list},       {"table", table},    {"numbers", numbers},
                  {"sources", sources}, {"page", new_page}};
    const char *name = value_get_str(block, "block", "");
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
        if (strcmp(BLOCKS[i].name, name) == 0)
            BLOCKS[i].add(p, block);
    if (figure_is(block))
        figure(p, block);
}

/* What is in it, where that is worth a list. */
static void contents(page *p, const value *blocks)
{
    enum { WORTH = 4 };
    size_t count = 0;
    for (size_t i = 0; i < value_len(blocks); i++)
        count += value_get_int(value_at(blocks, i), "level", 0) == 1;
    if (count < WORTH)
        return;
    buf_fmt(p->out, "<nav aria-label=\"%s\"><ol>\n", lang_word(p->l, "Inhoud", "Contents"));
    count = 0;
    for (size_t i = 0; i < value_len(blocks); i++) {
        const value *block = value_at(blocks, i);
        if (value_get_int(block, "level", 0) != 1)
            continue;
        buf_fmt(p->out, "<li><a href=\"#s%zu\">", ++count);
        add_plain(p->out, value_get_str(block, "title", ""));
        buf_str(p->out, "</a></li>\n");
    }
    buf_str(p->out, "</ol></nav>\n");
}

static void head(page *p, const value *document)
{
    const char *title = value_get_str(document, "title", "");
    buf_fmt(p->out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
            lang_word(p->l, "nl", "en"));
    add_plain(p->out, title);
    buf_str(p->out, "</title>\n<style>");
    buf_str(p->out, HTML_STYLE);
    buf_str(p->out, HTML_FOLDS);
    buf_str(p->out, HTML_PRINT);
    buf_fmt(p->out,
            "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n<header>\n<h1>",
            lang_word(p->l, "Naar de inhoud", "Skip to the content"));
    add_plain(p->out, title);
    buf_str(p->out, "</h1>\n");
    if (value_get(document, "subtitle")) {
        buf_str(p->out, "<p class=\"subtitle\">");
        add_plain(p->out, value_get_str(document, "subtitle", ""));
        buf_str(p->out, "</p>\n");
    }
    buf_str(p->out, "</header>\n");
}

void render_html(buf *out, const value *document)
{
    const value *blocks = value_get(document, "blocks");
    page p = {.out = out, .l = lang_of(value_get_str(document, "lang", "nl"))};
    buf about = {0};
    head(&p, document);
    contents(&p, blocks);
    buf_str(out, "<main id=\"main\" tabindex=\"-1\">\n");
    for (size_t i = 0; i < value_len(blocks); i++)
        add_block(&p, value_at(blocks, i));
    buf_str(out, "</main>\n");
    render_about(&about, document);
    if (about.len) {
        buf_str(out, "<footer><p>");
        clean_html(out, buf_text(&about), about.len);
        buf_str(out, "</p></footer>\n");
    }
    buf_str(out, "</body>\n</html>\n");
    buf_free(&about);
}
