#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/page.h"
#include "store/schema.h"
#include "store/search_parts.h"

/* The texts of a record as they are indexed. */
typedef struct words {
    buf title, body;
} words;

static void add_text(buf *out, const char *text, size_t len)
{
    if (out->len > 0)
        buf_char(out, '\n');
    buf_add(out, text, len);
}

/* A term is found by what people call it. */
static void add_term(buf *out, const value *field, const char *name)
{
    const value *terms = value_get(field, "terms");
    for (size_t i = 0; i < value_len(terms); i++) {
        const value *term = value_at(terms, i);
        if (strcmp(value_get_str(term, "name", ""), name) != 0)
            continue;
        const char *nl = value_get_str(term, "nl", ""), *en = value_get_str(term, "en", "");
        add_text(out, nl, strlen(nl));
        add_text(out, en, strlen(en));
    }
}

static void add_value(buf *out, const value *field, const value *v)
{
    if (value_is(v, VALUE_TEXT) && value_len(v) > 0) {
        add_text(out, v->as.text.bytes, v->as.text.len);
        add_term(out, field, v->as.text.bytes);
    }
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < value_len(v); i++)
        add_value(out, field, value_at(v, i));
    for (size_t i = 0; value_is(v, VALUE_MAP) && i < value_len(v); i++)
        add_value(out, NULL, &v->as.map.items[i].value);
}

static bool is_searched(const value *field)
{
    const char *type = value_get_str(field, "type", "text");
    return strcmp(type, "text") == 0 || strcmp(type, "term") == 0 || strcmp(type, "place") == 0;
}

void search_texts(const value *schema, const value *data, buf *title, buf *body)
{
    for (size_t i = 0; i < value_len(data); i++) {
        const value_entry *entry = &data->as.map.items[i];
        const value *field = schema_field(schema, entry->key);
        bool names = strcmp(entry->key, "title") == 0 || strcmp(entry->key, "name") == 0;
        if (is_searched(field))
            add_value(names ? title : body, field, &entry->value);
    }
}

/* Row ids of their own: those of table record may change. 0: the record has none yet. */
static bool row_of(store *st, const char *id, int64_t *out, err *e)
{
    query *q = db_prepare(st->db, "select row from search_record where record = ?", e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    *out = query_step(q, e) ? query_int64(q, 0) : 0;
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* Most changes are of a number: then there is nothing to write. */
static bool is_same(store *st, int64_t row, const words *w, bool *same, err *e)
{
    query *q = db_prepare(st->db, "select title, body from search where rowid = ?", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, row);
    *same = query_step(q, e) && query_bytes(q, 0) == w->title.len &&
            query_bytes(q, 1) == w->body.len &&
            memcmp(query_text(q, 0), buf_text(&w->title), w->title.len) == 0 &&
            memcmp(query_text(q, 1), buf_text(&w->body), w->body.len) == 0;
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool drop_row(store *st, const char *id, int64_t row, err *e)
{
    query *q = db_prepare(st->db, "delete from search where rowid = ?", e);
    if (q)
        query_bind_int64(q, 1, row);
    bool ok = q && query_run(q, e);
    query_free(q);
    return ok && store_run(st, "delete from search_record where record = ?", &id, 1, e);
}

static bool add_row(store *st, const char *id, const words *w, err *e)
{
    int64_t row = 0;
    if (!store_run(st, "insert into search_record (record) values (?)", &id, 1, e) ||
        !row_of(st, id, &row, e))
        return false;
    query *q = db_prepare(
        st->db, "insert into search (rowid, id, kind, title, body) values (?, ?, ?, ?, ?)", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, row);
    query_bind_text(q, 2, id);
    query_bind_bytes(q, 3, id, strcspn(id, "/"));
    query_bind_bytes(q, 4, buf_text(&w->title), w->title.len);
    query_bind_bytes(q, 5, buf_text(&w->body), w->body.len);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

bool search_write(store *st, const char *id, const value *schema, const value *data, err *e)
{
    words w = {0};
    int64_t row = 0;
    bool same = false;
    search_texts(schema, data, &w.title, &w.body);
    bool ok = row_of(st, id, &row, e) && (!row || is_same(st, row, &w, &same, e));
    if (ok && row && !same)
        ok = drop_row(st, id, row, e);
    if (ok && !same && (w.title.len > 0 || w.body.len > 0))
        ok = add_row(st, id, &w, e);
    buf_free(&w.title);
    buf_free(&w.body);
    return ok;
}

/* Binds where the page before ended. */
static bool bind_after(query *q, const search_request *r, const char *expression, err *e)
{
    page_mark mark = {0};
    if (!r->after) {
        query_bind_null(q, 4);
        query_bind_null(q, 5);
        return true;
    }
    if (!page_read(r->after, expression, &mark, e)) {
        if (e && strncmp(e->message, "that page was", 13) == 0)
            err_set(e, ERR_USAGE, "that page was of another search");
        return false;
    }
    query_bind_double(q, 4, value_as_double(&mark.at, 0));
    query_bind_text(q, 5, mark.id);
    page_free(&mark);
    return true;
}

/* The rows found, best first: a list of row ids; *next as in store_search_page. */
static bool find_rows(store *st, const search_request *r, const char *expression, value *out,
                      char **next, err *e)
{
    query *q = db_prepare(st->db,
                          "select row, id, score from (select rowid as row, id,"
                          " bm25(search, 0, 0, 4, 1) as score from search where search match ?1"
                          " and (?2 is null or kind = ?2) order by score, id)"
                          " where ?4 is null or score > ?4 or (score = ?4 and id > ?5)"
                          " order by score, id limit ?3",
                          e);
    if (!q || !bind_after(q, r, expression, e)) {
        query_free(q);
        return false;
    }
    query_bind_text(q, 1, expression);
    query_bind_text(q, 2, r->kind);
    query_bind_int64(q, 3, r->limit < 0 ? -1 : r->limit + (next != NULL));
    page_mark last = {0};
    *out = value_list();
    while (query_step(q, e)) {
        if (next && r->limit >= 0 && (int64_t)value_len(out) == r->limit) {
            *next = page_write(&last, expression);
            continue;
        }
        value_push(out, value_int(query_int64(q, 0)));
        page_free(&last);
        last = (page_mark){value_double(query_double(q, 2)), mem_text(query_text(q, 1))};
    }
    page_free(&last);
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static void fold_blanks(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++) {
        bool blank = strchr(" \t\r\n", *at) != NULL;
        if (!blank)
            *to++ = *at;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    *to = '\0';
}

static bool read_row(store *st, const char *expression, int64_t row, char **id, char **snippet,
                     err *e)
{
    query *q = db_prepare(st->db,
                          "select id, snippet(search, -1, '', '', '…', 24) from search"
                          " where search match ? and rowid = ?",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, expression);
    query_bind_int64(q, 2, row);
    if (query_step(q, e)) {
        *id = mem_text(query_text(q, 0));
        *snippet = mem_text(query_text(q, 1));
        fold_blanks(*snippet);
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool store_search_page(store *st, const search_request *r,
                       bool (*row)(void *ctx, const value *record, const char *snippet, err *e),
                       void *ctx, char **next, err *e)
{
    buf expression = {0};
    value rows = value_nil();
    bool ok = search_expression(r->text, &expression);
    if (!ok) {
        err_set(e, ERR_USAGE, "there is no word to look for in \"%.200s\"", r->text);
        err_hint(e, "words such as \"de\" and \"the\" are in every text; -word only leaves out");
    }
    if (next)
        *next = NULL;
    ok = ok && find_rows(st, r, buf_text(&expression), &rows, next, e);
    for (size_t i = 0; ok && i < value_len(&rows); i++) {
        char *id = NULL, *snippet = NULL;
        value record = value_nil();
        ok = read_row(st, buf_text(&expression), rows.as.list.items[i].as.integer, &id, &snippet,
                      e) &&
             (!id || (store_get(st, id, &record, e) && row(ctx, &record, snippet, e)));
        value_free(&record);
        free(id);
        free(snippet);
    }
    value_free(&rows);
    buf_free(&expression);
    return ok;
}

bool store_search(store *st, const search_request *r,
                  bool (*row)(void *ctx, const value *record, const char *snippet, err *e),
                  void *ctx, err *e)
{
    return store_search_page(st, r, row, ctx, NULL, e);
}
