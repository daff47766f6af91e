#include "report/figure.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/clean.h"

#define DRAWN_MOST 1e200

static value column(const char *name, const char *title, const value *form)
{
    static const char *const KEYS[] = {"unit", "decimals"};
    value c = value_map();
    value_add(&c, "name", value_text(name));
    value_add(&c, "title", value_text(title));
    value_add(&c, "type", value_text(form ? value_get_str(form, "type", "number") : "text"));
    for (size_t i = 0; form && i < 2; i++)
        if (value_get(form, KEYS[i]))
            value_add(&c, KEYS[i], value_copy(value_get(form, KEYS[i])));
    return c;
}

static const char *label_of(const value *block, lang l)
{
    return value_get_str(block, "label", lang_word(l, "Naam", "Name"));
}

static const char *measure_of(const value *block, lang l)
{
    return value_get_str(block, "measure", lang_word(l, "Waarde", "Value"));
}

/* Rows {title, value} of those items that have a value, or of all. */
static void add_items(value *rows, const value *items)
{
    for (size_t i = 0; i < value_len(items); i++) {
        const value *item = value_at(items, i), *v = value_get(item, "value");
        value *row = value_push(rows, value_map());
        value_add(row, "title", value_copy(value_get(item, "title")));
        if (v)
            value_add(row, "value", value_copy(v));
    }
}

static void fill_items(const value *block, lang l, value *columns, value *rows)
{
    value_push(columns, column("title", label_of(block, l), NULL));
    value_push(columns, column("value", measure_of(block, l), block));
    add_items(rows, value_get(block, "items"));
}

static bool has_values(const value *items)
{
    for (size_t i = 0; i < value_len(items); i++)
        if (value_get(value_at(items, i), "value"))
            return true;
    return false;
}

static bool is_listed(const value *rows, const value *title)
{
    for (size_t i = 0; i < value_len(rows); i++)
        if (value_equal(value_get(value_at(rows, i), "title"), title))
            return true;
    return false;
}

/* Those outlines that say something, each once: one region may have several. */
static void add_outlines(value *rows, const value *outlines)
{
    for (size_t i = 0; i < value_len(outlines); i++) {
        const value *item = value_at(outlines, i), *v = value_get(item, "value");
        if (!v || is_listed(rows, value_get(item, "title")))
            continue;
        value *row = value_push(rows, value_map());
        value_add(row, "title", value_copy(value_get(item, "title")));
        value_add(row, "value", value_copy(v));
    }
}

static void fill_map(const value *block, lang l, value *columns, value *rows)
{
    const value *outlines = value_get(block, "outlines"), *points = value_get(block, "points");
    value_push(columns, column("title", label_of(block, l), NULL));
    if (has_values(outlines) || has_values(points))
        value_push(columns, column("value", measure_of(block, l), block));
    add_items(rows, points);
    add_outlines(rows, outlines);
}

static void fill_lines(const value *block, lang l, value *columns, value *rows)
{
    const value *x = value_get(block, "x"), *series = value_get(block, "series");
    value_push(columns, column("series", label_of(block, l), NULL));
    for (size_t i = 0; i < value_len(x); i++) {
        buf name = {0};
        buf_fmt(&name, "x%zu", i);
        value_push(columns, column(buf_text(&name), value_str(value_at(x, i), ""), block));
        buf_free(&name);
    }
    for (size_t s = 0; s < value_len(series); s++) {
        const value *one = value_at(series, s);
        value *row = value_push(rows, value_map());
        value_add(row, "series", value_copy(value_get(one, "title")));
        for (size_t i = 0; i < value_len(x); i++) {
            const value *v = figure_at(one, x, i);
            if (v)
                value_add(row, value_get_str(value_at(columns, i + 1), "name", ""), value_copy(v));
        }
    }
}

static const char *title_of(const value *nodes, const char *id)
{
    for (size_t i = 0; i < value_len(nodes); i++)
        if (strcmp(value_get_str(value_at(nodes, i), "id", ""), id) == 0)
            return value_get_str(value_at(nodes, i), "title", id);
    return id;
}

static void fill_network(const value *block, lang l, value *columns, value *rows)
{
    const value *nodes = value_get(block, "nodes"), *links = value_get(block, "links");
    value_push(columns, column("from", lang_word(l, "Van", "From"), NULL));
    value_push(columns, column("to", lang_word(l, "Naar", "To"), NULL));
    value_push(columns, column("title", lang_word(l, "Verband", "Relation"), NULL));
    for (size_t i = 0; i < value_len(links); i++) {
        const value *link = value_at(links, i);
        value *row = value_push(rows, value_map());
        value_add(row, "from", value_text(title_of(nodes, value_get_str(link, "from", ""))));
        value_add(row, "to", value_text(title_of(nodes, value_get_str(link, "to", ""))));
        value_add(row, "title", value_text(value_get_str(link, "title", "")));
    }
}

static const struct {
    const char *name;
    void (*fill)(const value *block, lang l, value *columns, value *rows);
    void (*draw)(buf *out, const value *block, lang l);
} FIGURES[] = {
    {"bars", fill_items, svg_bars},
    {"lines", fill_lines, svg_lines},
    {"map", fill_map, svg_map},
    {"network", fill_network, svg_network},
};

static int find(const value *block)
{
    const char *name = value_get_str(block, "block", "");
    for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++)
        if (strcmp(FIGURES[i].name, name) == 0)
            return (int)i;
    return -1;
}

bool figure_is(const value *block)
{
    return find(block) >= 0;
}

value figure_table(const value *block, lang l)
{
    value table = value_map(), columns = value_list(), rows = value_list();
    FIGURES[find(block)].fill(block, l, &columns, &rows);
    value_add(&table, "block", value_text("table"));
    value_add(&table, "caption", value_text(value_get_str(block, "caption", "")));
    value_add(&table, "columns", columns);
    value_add(&table, "rows", rows);
    return table;
}

void figure_svg(buf *out, const value *block, lang l)
{
    FIGURES[find(block)].draw(out, block, l);
}

bool figure_number(const value *v, double *out)
{
    if (value_is(v, VALUE_MAP))
        v = value_get(v, "amount");
    if (!value_is(v, VALUE_INT) && !value_is(v, VALUE_DOUBLE))
        return false;
    double number = value_as_double(v, 0);
    *out = fmax(-DRAWN_MOST, fmin(DRAWN_MOST, number)); /* sums of these stay finite */
    return isfinite(number);
}

const value *figure_at(const value *series, const value *x, size_t index)
{
    const value *values = value_get(series, "values"), *v;
    if (value_is(values, VALUE_LIST))
        v = value_at(values, index);
    else
        v = value_get(values, value_str(value_at(x, index), ""));
    return value_is(v, VALUE_BOOL) || value_is(v, VALUE_NIL) ? NULL : v;
}

const char *svg_colour(size_t index)
{
    static const char *const COLOURS[] = {"#1f4e8c", "#b3430a", "#1a6b3c", "#7a1f6b",
                                          "#0b6e74", "#7a5b00", "#a31235", "#4b4b9b"};
    return COLOURS[index % (sizeof COLOURS / sizeof *COLOURS)];
}

void svg_text(buf *out, double x, double y, const char *attributes, const char *text,
              size_t columns)
{
    buf fitted = {0}, clean = {0};
    clean_text(&clean, text, strlen(text));
    text_fit(&fitted, buf_text(&clean), clean.len, columns);
    buf_fmt(out, "<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, attributes);
    clean_html(out, buf_text(&fitted), fitted.len);
    buf_str(out, "</text>");
    buf_free(&fitted);
    buf_free(&clean);
}

void svg_label(buf *out, const value *form, const value *v, lang l)
{
    buf text = {0};
    format_cell(&text, form, "number", v, l, "\xc2\xa0");
    clean_html(out, buf_text(&text), text.len);
    buf_free(&text);
}

double svg_nice(double most)
{
    static const double STEPS[] = {1, 2, 2.5, 5, 10};
    double power = most > 0 ? pow(10, floor(log10(most))) : 1;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++)
        if (most <= STEPS[i] * power * (1 + 1e-12))
            return STEPS[i] * power;
    return 10 * power;
}
