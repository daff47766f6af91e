#include "report/document.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

const char DOCUMENT_TYPES[] = "text number money date time percentage boolean";

typedef struct checking {
    err *e;
    size_t cells;  /* so far */
    int64_t level; /* of the last section */
    bool titled;
} checking;

static bool refuse(checking *c, const char *what, const char *expected, const value *got)
{
    err_set(c->e, ERR_BAD_DATA, "%s: expected %s, got %s", what, expected,
            got ? value_type_name(got->type) : "nothing");
    return false;
}

static bool among(const char *word, const char *words)
{
    size_t len = strlen(word);
    for (const char *at = words; *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == len && strncmp(at, word, len) == 0)
            return len > 0;
    return false;
}

static bool is_number(const value *v)
{
    return value_is(v, VALUE_INT) || (value_is(v, VALUE_DOUBLE) && isfinite(v->as.number));
}

static bool is_money(const value *v)
{
    return is_number(v) || (value_is(v, VALUE_MAP) && is_number(value_get(v, "amount")) &&
                            value_is(value_get(v, "currency"), VALUE_TEXT));
}

static bool is_day(const value *v)
{
    int64_t days;
    return value_is(v, VALUE_TEXT) && clock_date_parse(v->as.text.bytes, &days);
}

static bool is_time(const value *v)
{
    int64_t ms;
    return value_is(v, VALUE_TEXT) && clock_time_parse(v->as.text.bytes, &ms);
}

static bool check_text(checking *c, const char *what, const value *v);

static bool fits(checking *c, const char *what, const char *type, const value *v)
{
    if (!v || value_is(v, VALUE_NIL))
        return true;
    if (strcmp(type, "text") == 0)
        return check_text(c, what, v);
    if (strcmp(type, "money") == 0)
        return is_money(v) || refuse(c, what, "a number, or {amount, currency}", v);
    if (strcmp(type, "date") == 0)
        return is_day(v) || refuse(c, what, "a date such as 2026-02-23", v);
    if (strcmp(type, "time") == 0)
        return is_time(v) || refuse(c, what, "a time such as 2026-02-23T13:05:00Z", v);
    if (strcmp(type, "boolean") == 0)
        return value_is(v, VALUE_BOOL) || refuse(c, what, "true or false", v);
    return is_number(v) || refuse(c, what, "a number", v);
}

/* type, unit and decimals of a column, a piece, or a figure. */
static bool check_form(checking *c, const char *what, const value *map)
{
    const char *type = value_get_str(map, "type", "text");
    const value *decimals = value_get(map, "decimals"), *unit = value_get(map, "unit");
    if ((value_get(map, "type") && !value_is(value_get(map, "type"), VALUE_TEXT)) ||
        !among(type, DOCUMENT_TYPES))
        return err_set(c->e, ERR_BAD_DATA, "%s: type: one of %s", what, DOCUMENT_TYPES);
    if (decimals && (value_as_int(decimals, -1) < 0 || value_as_int(decimals, -1) > 9))
        return refuse(c, what, "decimals from 0 to 9", decimals);
    if (unit && !value_is(unit, VALUE_TEXT))
        return refuse(c, what, "a text as unit", unit);
    return true;
}

static bool check_piece(checking *c, const char *what, const value *v)
{
    const value *text = value_get(v, "text"), *url = value_get(v, "url");
    if (value_is(v, VALUE_TEXT) || is_number(v))
        return true;
    if (!value_is(v, VALUE_MAP))
        return refuse(c, what, "a text", v);
    if (value_get(v, "type"))
        return check_form(c, what, v) &&
               fits(c, what, value_get_str(v, "type", ""), value_get(v, "value"));
    if (!value_is(text, VALUE_TEXT))
        return refuse(c, what, "a piece with a text", text);
    const value *lang = value_get(v, "lang");
    const char *code = value_str(lang, "");
    if (lang && strcmp(code, "nl") != 0 && strcmp(code, "en") != 0)
        return refuse(c, what, "nl or en as lang", lang);
    return !url || value_is(url, VALUE_TEXT) || refuse(c, what, "a text as url", url);
}

static bool check_text(checking *c, const char *what, const value *v)
{
    if (!value_is(v, VALUE_LIST))
        return check_piece(c, what, v);
    for (size_t i = 0; i < value_len(v); i++)
        if (!check_piece(c, what, value_at(v, i)))
            return false;
    c->cells += value_len(v);
    return true;
}

static bool need_text(checking *c, const value *block, const char *key)
{
    const value *v = value_get(block, key);
    return v ? check_text(c, key, v) : refuse(c, key, "a text", v);
}

static bool plain_text(checking *c, const value *map, const char *key, bool needed)
{
    const value *v = value_get(map, key);
    if (!v && !needed)
        return true;
    return value_is(v, VALUE_TEXT) || refuse(c, key, "a text", v);
}

/* A list of maps; an empty Lua table comes as a map. */
static bool need_list(checking *c, const value *block, const char *key, const value **out)
{
    static const value NONE = {.type = VALUE_LIST};
    const value *v = value_get(block, key);
    bool empty = value_is(v, VALUE_MAP) && value_len(v) == 0;
    if (!v || !(value_is(v, VALUE_LIST) || empty))
        return refuse(c, key, "a list", v);
    *out = empty ? &NONE : v;
    c->cells += value_len(*out);
    return c->cells <= DOCUMENT_CELLS ||
           err_set(c->e, ERR_LIMIT, "a report has at most %d cells and items", DOCUMENT_CELLS);
}

static bool each(checking *c, const value *block, const char *key,
                 bool (*check)(checking *c, const value *block, const value *item))
{
    const value *list = NULL;
    if (!need_list(c, block, key, &list))
        return false;
    for (size_t i = 0; i < value_len(list); i++) {
        const value *item = value_at(list, i);
        if (!value_is(item, VALUE_MAP))
            return refuse(c, key, "a list of tables", item);
        if (!check(c, block, item))
            return err_prefix(c->e, "%s[%zu]: ", key, i + 1);
    }
    return true;
}

static bool check_title(checking *c, const value *block)
{
    if (c->titled)
        return err_set(c->e, ERR_BAD_DATA, "the report has a title already");
    c->titled = true;
    return plain_text(c, block, "text", true) && plain_text(c, block, "subtitle", false);
}

static bool check_section(checking *c, const value *block)
{
    int64_t level = value_get_int(block, "level", 0);
    if (!plain_text(c, block, "title", true))
        return false;
    if (level < 1 || level > 3 || level > c->level + 1)
        return err_set(c->e, ERR_BAD_DATA, "level: 1 to 3, and at most %lld here, got %lld",
                       (long long)(c->level < 3 ? c->level + 1 : 3), (long long)level);
    c->level = level;
    return true;
}

static bool check_paragraph(checking *c, const value *block)
{
    return need_text(c, block, "text");
}

static bool check_list(checking *c, const value *block)
{
    const value *items = NULL;
    if (!need_list(c, block, "items", &items))
        return false;
    for (size_t i = 0; i < value_len(items); i++)
        if (!check_text(c, "items", value_at(items, i)))
            return false;
    return true;
}

static bool check_column(checking *c, const value *block, const value *column)
{
    (void)block;
    return plain_text(c, column, "name", true) && plain_text(c, column, "title", false) &&
           check_form(c, "column", column);
}

/* By the columns: a name that none has is a typing error. */
static bool check_row(checking *c, const value *block, const value *row)
{
    const value *columns = value_get(block, "columns");
    size_t known = 0;
    for (size_t i = 0; i < value_len(columns); i++) {
        const value *column = value_at(columns, i);
        const char *name = value_get_str(column, "name", "");
        const value *cell = value_get(row, name);
        known += cell != NULL;
        if (!fits(c, name, value_get_str(column, "type", "text"), cell))
            return false;
    }
    c->cells += value_len(columns);
    for (size_t i = 0; known < value_len(row) && i < value_len(row); i++) {
        const char *key = row->as.map.items[i].key;
        bool there = false;
        for (size_t k = 0; k < value_len(columns); k++)
            there = there || strcmp(value_get_str(value_at(columns, k), "name", ""), key) == 0;
        if (!there) {
            buf shown = {0};
            text_escape(&shown, key, strlen(key), 60);
            err_set(c->e, ERR_BAD_DATA, "there is no column '%s'", buf_text(&shown));
            buf_free(&shown);
            return false;
        }
    }
    return true;
}

static bool check_table(checking *c, const value *block)
{
    const value *columns = value_get(block, "columns"), *total = value_get(block, "total");
    if (!plain_text(c, block, "caption", true) || !each(c, block, "columns", check_column))
        return false;
    if (value_len(columns) == 0 || value_len(columns) > DOCUMENT_COLUMNS)
        return err_set(c->e, ERR_BAD_DATA, "columns: 1 to %d", DOCUMENT_COLUMNS);
    if (!each(c, block, "rows", check_row))
        return false;
    if (total && (!value_is(total, VALUE_MAP) || !check_row(c, block, total)))
        return value_is(total, VALUE_MAP) ? err_prefix(c->e, "total: ")
                                          : refuse(c, "total", "a row", total);
    return !value_get(block, "note") || check_text(c, "note", value_get(block, "note"));
}

static bool check_number(checking *c, const value *block, const value *item)
{
    (void)block;
    if (!plain_text(c, item, "title", true) || !check_form(c, "number", item) ||
        (value_get(item, "note") && !check_text(c, "note", value_get(item, "note"))))
        return false;
    return fits(c, "value", value_get_str(item, "type", "number"), value_get(item, "value"));
}

static bool check_numbers(checking *c, const value *block)
{
    return each(c, block, "items", check_number);
}

static bool check_figure(checking *c, const value *block)
{
    const char *type = value_get_str(block, "type", "number");
    return plain_text(c, block, "caption", true) && plain_text(c, block, "label", false) &&
           plain_text(c, block, "measure", false) && check_form(c, "figure", block) &&
           (among(type, "number money percentage") ||
            err_set(c->e, ERR_BAD_DATA, "type: a figure shows number, money or percentage"));
}

/* Of a figure: one number, or nothing. */
static bool check_value(checking *c, const char *key, const value *v)
{
    return !v || value_is(v, VALUE_NIL) || is_money(v) || refuse(c, key, "a number", v);
}

static bool check_bar(checking *c, const value *block, const value *item)
{
    (void)block;
    return plain_text(c, item, "title", true) && check_value(c, "value", value_get(item, "value"));
}

static bool check_bars(checking *c, const value *block)
{
    return check_figure(c, block) && each(c, block, "items", check_bar);
}

/* `values` in the order of x, or by the texts of x; false stands for a gap. */
static bool check_series(checking *c, const value *block, const value *series)
{
    const value *values = value_get(series, "values");
    (void)block;
    if (!plain_text(c, series, "title", true))
        return false;
    if (!value_is(values, VALUE_LIST) && !value_is(values, VALUE_MAP))
        return refuse(c, "values", "a list of numbers", values);
    for (size_t i = 0; i < value_len(values); i++) {
        const value *one =
            value_is(values, VALUE_LIST) ? value_at(values, i) : &values->as.map.items[i].value;
        if (!value_is(one, VALUE_BOOL) && !check_value(c, "values", one))
            return false;
    }
    c->cells += value_len(values);
    return true;
}

static bool check_lines(checking *c, const value *block)
{
    const value *x = NULL;
    if (!check_figure(c, block) || !need_list(c, block, "x", &x))
        return false;
    for (size_t i = 0; i < value_len(x); i++)
        if (!value_is(value_at(x, i), VALUE_TEXT))
            return refuse(c, "x", "a list of texts", value_at(x, i));
    return each(c, block, "series", check_series);
}

static bool is_degrees(const value *v, double most)
{
    return is_number(v) && fabs(value_as_double(v, 0)) <= most;
}

static bool check_point(checking *c, const value *block, const value *point)
{
    (void)block;
    if (!plain_text(c, point, "title", true))
        return false;
    if (!is_degrees(value_get(point, "lon"), 180) || !is_degrees(value_get(point, "lat"), 85))
        return err_set(c->e, ERR_BAD_DATA, "expected lon and lat in degrees");
    return check_value(c, "value", value_get(point, "value"));
}

static bool check_ring(checking *c, const value *ring)
{
    for (size_t i = 0; i < value_len(ring); i++) {
        const value *at = value_at(ring, i);
        if (value_len(at) != 2 || !is_degrees(value_at(at, 0), 180) ||
            !is_degrees(value_at(at, 1), 85))
            return err_set(c->e, ERR_BAD_DATA, "rings: a ring is a list of {lon, lat}");
    }
    c->cells += value_len(ring);
    return value_is(ring, VALUE_LIST) || refuse(c, "rings", "a list of rings", ring);
}

static bool check_outline(checking *c, const value *block, const value *outline)
{
    const value *rings = value_get(outline, "rings");
    (void)block;
    if (!plain_text(c, outline, "title", true) ||
        !check_value(c, "value", value_get(outline, "value")))
        return false;
    if (!value_is(rings, VALUE_LIST))
        return refuse(c, "rings", "a list of rings", rings);
    for (size_t i = 0; i < value_len(rings); i++)
        if (!check_ring(c, value_at(rings, i)))
            return false;
    return true;
}

static bool check_map(checking *c, const value *block)
{
    return check_figure(c, block) &&
           (!value_get(block, "outlines") || each(c, block, "outlines", check_outline)) &&
           (!value_get(block, "points") || each(c, block, "points", check_point));
}

static bool check_node(checking *c, const value *block, const value *node)
{
    const value *x = value_get(node, "x"), *y = value_get(node, "y");
    (void)block;
    if (!plain_text(c, node, "id", true) || !plain_text(c, node, "title", true) ||
        !plain_text(c, node, "group", false))
        return false;
    for (int i = 0; i < 2; i++) {
        double at = value_as_double(i ? y : x, -1);
        if ((x || y) && !(at >= 0 && at <= 1))
            return err_set(c->e, ERR_BAD_DATA, "x and y: both from 0 to 1, or neither");
    }
    return true;
}

static bool check_link(checking *c, const value *block, const value *link)
{
    (void)block;
    return plain_text(c, link, "from", true) && plain_text(c, link, "to", true) &&
           plain_text(c, link, "title", false);
}

static bool check_network(checking *c, const value *block)
{
    enum { NODES = 400, LINKS = 2000 };
    if (!plain_text(c, block, "caption", true) || !each(c, block, "nodes", check_node) ||
        !each(c, block, "links", check_link))
        return false;
    if (value_len(value_get(block, "nodes")) > NODES ||
        value_len(value_get(block, "links")) > LINKS)
        return err_set(c->e, ERR_LIMIT, "a network to look at has at most %d nodes and %d links",
                       NODES, LINKS);
    return true;
}

static bool check_source(checking *c, const value *block, const value *source)
{
    static const char *const KEYS[] = {"url", "publisher", "date", "reliability", "note"};
    (void)block;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (!plain_text(c, source, KEYS[i], false))
            return false;
    return plain_text(c, source, "title", true);
}

static bool check_sources(checking *c, const value *block)
{
    return each(c, block, "items", check_source);
}

static bool check_page(checking *c, const value *block)
{
    (void)c;
    (void)block;
    return true;
}

static const struct {
    const char *name;
    bool (*check)(checking *c, const value *block);
} BLOCKS[] = {
    {"title", check_title},     {"section", check_section}, {"text", check_paragraph},
    {"note", check_paragraph},  {"list", check_list},       {"table", check_table},
    {"numbers", check_numbers}, {"bars", check_bars},       {"lines", check_lines},
    {"map", check_map},         {"network", check_network}, {"sources", check_sources},
    {"page", check_page},
};

static bool check_block(checking *c, const value *block)
{
    const char *name = value_get_str(block, "block", "");
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++) {
        if (strcmp(BLOCKS[i].name, name) != 0)
            continue;
        if (!BLOCKS[i].check(c, block))
            return err_prefix(c->e, "report:%s: ", name);
        return c->cells <= DOCUMENT_CELLS ||
               err_set(c->e, ERR_LIMIT, "a report has at most %d cells and items", DOCUMENT_CELLS);
    }
    return err_set(c->e, ERR_BAD_DATA, "a report has no such part");
}

static void place(err *e, const value *block)
{
    buf shown = {0};
    const char *at = value_get_str(block, "at", "");
    text_escape(&shown, at, strlen(at), 200);
    err_where(e, "%s", buf_text(&shown));
    buf_free(&shown);
}

static void add_block(const value *block, value *blocks)
{
    value *copy = value_push(blocks, value_copy(block));
    value_drop(copy, "at");
}

bool document_make(const value *blocks, const char *title, value *out, err *e)
{
    checking c = {.e = e};
    value list = value_list(), doc = value_map();
    value_add(&doc, "title", value_text(title));
    for (size_t i = 0; i < value_len(blocks); i++) {
        const value *block = value_at(blocks, i);
        if (!check_block(&c, block)) {
            place(e, block);
            value_free(&list);
            value_free(&doc);
            return false;
        }
        if (strcmp(value_get_str(block, "block", ""), "title") != 0) {
            add_block(block, &list);
            continue;
        }
        value_set(&doc, "title", value_copy(value_get(block, "text")));
        if (value_get(block, "subtitle"))
            value_set(&doc, "subtitle", value_copy(value_get(block, "subtitle")));
    }
    value_add(&doc, "blocks", list);
    *out = doc;
    return true;
}
