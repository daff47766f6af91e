/* Holds what records are found by against them, as the log tells them: tables `reference` and
 * `unique_value`, and the full-text index: its texts record by record, and its words by sums over
 * all places where a word stands, for the index can only be read by word. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/terms.h"
#include "base/text.h"
#include "store/index.h"
#include "store/past_hold.h"
#include "store/schema.h"
#include "store/search_parts.h"

enum { TERMS_KEPT = 200000, TOKEN_BYTES = 32768, COLUMN_TITLE = 2, COLUMN_BODY = 3 };

/* What the tables should hold of one record. */
typedef struct expected {
    struct found_row {
        index_table table;
        char *field, *text;
    } * items;
    size_t len, cap;
} expected;

static bool keep_row(void *ctx, index_table table, const char *field, const char *text, err *e)
{
    expected *x = ctx;
    (void)e;
    if (x->len == x->cap) {
        x->cap = x->cap ? 2 * x->cap : 8;
        x->items = mem_grow(x->items, x->cap, sizeof *x->items);
    }
    x->items[x->len++] = (struct found_row){table, mem_text(field), mem_text(text)};
    return true;
}

static int by_row(const void *a, const void *b)
{
    const struct found_row *x = a, *y = b;
    int order = (x->table > y->table) - (x->table < y->table);
    order = order ? order : strcmp(x->field, y->field);
    return order ? order : strcmp(x->text, y->text);
}

static void expected_free(expected *x)
{
    for (size_t i = 0; i < x->len; i++) {
        free(x->items[i].field);
        free(x->items[i].text);
    }
    free(x->items);
}

/* A list may name the same twice; the tables don't. */
static size_t after(const expected *x, size_t i)
{
    size_t next = i + 1;
    while (next < x->len && by_row(&x->items[i], &x->items[next]) == 0)
        next++;
    return next;
}

static void tell_row(holding *h, const struct found_row *row, bool in_log)
{
    static const char *const PARTS[] = {
        [INDEX_REFERENCE] = "reference", [INDEX_UNIQUE] = "unique_value"};
    buf says = {0};
    buf_fmt(&says, "table %s %s that its ", PARTS[row->table], in_log ? "lacks" : "says");
    text_escape(&says, row->field, strlen(row->field), HOLD_SHOWN_BYTES);
    buf_str(&says, row->table == INDEX_REFERENCE ? " points at " : " is ");
    text_escape(&says, row->text, strlen(row->text), HOLD_SHOWN_BYTES);
    if (!in_log)
        buf_str(&says, ", the log doesn't");
    hold_so(h, PARTS[row->table], buf_text(&says));
    buf_free(&says);
}

static bool hold_rows(holding *h, const char *id, const expected *x, err *e)
{
    query *q = db_prepare(h->st->db,
                          "select 0, field, target from reference where record = ?1 union all"
                          " select 1, field, value from unique_value where record = ?1"
                          " order by 1, 2, 3",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    size_t i = 0;
    while (!hold_has_found(h) && query_step(q, e)) {
        const struct found_row row = {(index_table)query_int64(q, 0), (char *)query_text(q, 1),
                                      (char *)query_text(q, 2)};
        int order = i < x->len ? by_row(&x->items[i], &row) : 1;
        if (order == 0)
            i = after(x, i);
        else
            tell_row(h, order < 0 ? &x->items[i] : &row, order < 0);
    }
    bool ok = !query_failed(q);
    if (ok && !hold_has_found(h) && i < x->len)
        tell_row(h, &x->items[i], true);
    query_free(q);
    return ok;
}

/* One number for a word at its place; the sum of all is the same in whatever order they come. */
static uint64_t sum_of(const char *word, size_t len, int64_t row, int column, int64_t at)
{
    const uint64_t prime = 1099511628211u;
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ (unsigned char)word[i]) * prime;
    sum = (sum ^ (uint64_t)row) * prime;
    sum = (sum ^ (uint64_t)(column * 131)) * prime;
    sum = (sum ^ (uint64_t)at) * prime;
    return sum ^ (sum >> 29);
}

typedef struct summing {
    holding *h;
    int64_t row, at;
    int column;
} summing;

static void add_word(void *ctx, uint32_t term)
{
    summing *s = ctx;
    const char *stem = terms_stem(s->h->words, term);
    size_t len = strlen(stem);
    s->h->sums[(uint64_t)s->row % s->h->sums_len] +=
        sum_of(stem, len < TOKEN_BYTES ? len : TOKEN_BYTES, s->row, s->column, s->at++);
}

static int64_t add_words(holding *h, int64_t row, int column, const buf *text)
{
    summing s = {.h = h, .row = row, .column = column};
    if (!h->words)
        h->words = terms_new();
    if (terms_count(h->words) > TERMS_KEPT)
        terms_forget(h->words, 0);
    terms_each(h->words, buf_text(text), text->len, add_word, &s);
    return s.at;
}

static bool same_bytes(query *q, int column, const buf *text)
{
    return query_bytes(q, column) == text->len &&
           (text->len == 0 || memcmp(query_text(q, column), buf_text(text), text->len) == 0);
}

/* As FTS5 writes numbers. */
static void add_varint(buf *out, uint64_t number)
{
    int shift = 0;
    while (shift < 49 && number >> (shift + 7))
        shift += 7;
    for (; shift > 0; shift -= 7)
        buf_char(out, (char)(0x80 | ((number >> shift) & 0x7f)));
    buf_char(out, (char)(number & 0x7f));
}

/* How many words its columns id, kind, title and body have, by which matches are ranked; id and
 * kind aren't searched. */
static void hold_sizes(holding *h, query *q, int column, int64_t title, int64_t body)
{
    buf sizes = {0};
    buf_add(&sizes, "\0\0", 2);
    add_varint(&sizes, (uint64_t)title);
    add_varint(&sizes, (uint64_t)body);
    if (!hold_has_found(h) && !same_bytes(q, column, &sizes))
        hold_so(h, "search", "the full-text index has it as longer or shorter than its text is");
    buf_free(&sizes);
    h->texts++;
    h->title_words += title;
    h->body_words += body;
}

static void hold_texts(holding *h, const char *id, query *q, const buf *title, const buf *body)
{
    const char *as = query_text(q, 3), *kind = query_text(q, 4);
    size_t len = strcspn(id, "/");
    if (!as || strcmp(as, id) != 0 || !kind || strlen(kind) != len || memcmp(kind, id, len) != 0)
        hold_so(h, "search", "the full-text index has it under another id or kind");
    else if (!same_bytes(q, 1, title) || !same_bytes(q, 2, body))
        hold_so(h, "search", "the full-text index holds another text than the log tells");
}

static bool hold_search(holding *h, const char *id, const value *schema, const value *data, err *e)
{
    buf title = {0}, body = {0};
    query *q = db_prepare(h->st->db,
                          "select r.row, s.title, s.body, s.id, s.kind, d.sz from search_record r"
                          " left join search s on s.rowid = r.row"
                          " left join search_docsize d on d.id = r.row where r.record = ?",
                          e);
    if (!q)
        return false;
    search_texts(schema, data, &title, &body);
    query_bind_text(q, 1, id);
    bool there = query_step(q, e), ok = !query_failed(q);
    bool found = hold_has_found(h);
    if (ok && !found && there && title.len + body.len == 0)
        hold_so(h, "search", "the full-text index holds it, and there is no text to find");
    else if (ok && !found && !there && title.len + body.len > 0)
        hold_so(h, "search", "the full-text index lacks it");
    else if (ok && !found && there)
        hold_texts(h, id, q, &title, &body);
    if (ok && there) {
        int64_t titles = add_words(h, query_int64(q, 0), COLUMN_TITLE, &title);
        int64_t bodies = add_words(h, query_int64(q, 0), COLUMN_BODY, &body);
        hold_sizes(h, q, 5, titles, bodies);
    }
    query_free(q);
    buf_free(&title);
    buf_free(&body);
    return ok;
}

bool hold_found(holding *h, const past_end *r, err *e)
{
    const value *schema = NULL, *data = r->is_there ? r->data : NULL;
    char *kind = mem_copy(r->id, strcspn(r->id, "/"));
    expected x = {0};
    bool ok = schema_load(h->st, kind, &schema, e) && index_rows(schema, data, keep_row, &x, e);
    free(kind);
    if (x.len > 1)
        qsort(x.items, x.len, sizeof *x.items, by_row);
    ok = ok && hold_rows(h, r->id, &x, e) && hold_search(h, r->id, schema, data, e);
    expected_free(&x);
    return ok;
}

/* The sums take eight bytes a record; from four million records on, some share one. */
bool hold_words_begin(holding *h, err *e)
{
    query *q = db_prepare(h->st->db, "select coalesce(max(row), 0) + 1 from search_record", e);
    bool ok = q && query_step(q, e);
    int64_t rows = ok ? query_int64(q, 0) : 1;
    query_free(q);
    h->sums_len = rows < 1 || rows > HOLD_SUMS_MOST ? HOLD_SUMS_MOST : (size_t)rows;
    h->sums = mem_zero(h->sums_len, sizeof *h->sums);
    return ok;
}

/* A walk goes from page to page; who asks for one word goes by another way, which must lead there.
 */
static bool is_found(holding *h, const char *word, int64_t count, bool *found, err *e)
{
    query *q = db_prepare(h->st->db, "select cnt from search_term where term = ?", e);
    if (!q)
        return false;
    query_bind_text(q, 1, word);
    *found = query_step(q, e) && query_int64(q, 0) == count;
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool end_word(holding *h, const buf *word, int64_t count, err *e)
{
    bool found = true;
    bool ok = count == 0 || is_found(h, buf_text(word), count, &found, e);
    if (ok && !found) {
        hold_so(h, "search", "the full-text index has a word that asking for it doesn't find");
        hold_note(h, "(full-text index)");
    }
    return ok;
}

/* Takes what the index says from what it should. */
static bool take_words(holding *h, err *e)
{
    query *q = db_prepare(h->st->db, "select term, doc, col = 'title', offset from search_word", e);
    buf word = {0};
    int64_t count = 0;
    bool ok = q != NULL;
    while (ok && query_step(q, e)) {
        int64_t row = query_int64(q, 1);
        if (!same_bytes(q, 0, &word)) {
            ok = end_word(h, &word, count, e);
            buf_clear(&word);
            buf_add(&word, query_text(q, 0), query_bytes(q, 0));
            count = 0;
        }
        count++;
        h->sums[(uint64_t)row % h->sums_len] -=
            sum_of(query_text(q, 0), query_bytes(q, 0), row,
                   query_int64(q, 2) ? COLUMN_TITLE : COLUMN_BODY, query_int64(q, 3));
    }
    ok = ok && !query_failed(q) && end_word(h, &word, count, e);
    query_free(q);
    buf_free(&word);
    return ok;
}

/* How many texts and words there are in all, by which matches are ranked, too. */
static bool hold_totals(holding *h, err *e)
{
    query *q = db_prepare(h->st->db, "select block from search_data where id = 1", e);
    if (!q)
        return false;
    buf totals = {0};
    add_varint(&totals, (uint64_t)h->texts);
    buf_add(&totals, "\0\0", 2);
    add_varint(&totals, (uint64_t)h->title_words);
    add_varint(&totals, (uint64_t)h->body_words);
    bool there = query_step(q, e), ok = !query_failed(q);
    if (ok && (!there || !same_bytes(q, 0, &totals)) && (h->texts > 0 || query_bytes(q, 0) > 0)) {
        hold_so(h, "search", "the full-text index counts other texts or words than it holds");
        hold_note(h, "(full-text index)");
    }
    query_free(q);
    buf_free(&totals);
    return ok;
}

static bool tell_one(holding *h, size_t row, err *e)
{
    query *q = db_prepare(h->st->db, "select record from search_record where row = ?", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, (int64_t)row);
    bool there = query_step(q, e), ok = !query_failed(q);
    hold_so(h, "search", "the full-text index finds it by other words than its text holds");
    hold_note(h, there ? query_text(q, 0) : "(no record)");
    query_free(q);
    return ok;
}

/* Where the sums don't come out. */
static bool tell_words(holding *h, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < h->sums_len; i++)
        ok = h->sums[i] == 0 || tell_one(h, i, e);
    return ok;
}

static void drop_walks(holding *h)
{
    db_exec(h->st->db,
            "drop table if exists temp.search_word; drop table if exists temp.search_term", NULL);
}

/* A damaged index can't be read at all, or not to its end. */
bool hold_words_end(holding *h, err *e)
{
    err why = {0};
    if (!db_exec(h->st->db,
                 "create virtual table temp.search_word using fts5vocab(main, search, instance);"
                 "create virtual table temp.search_term using fts5vocab(main, search, row)",
                 e))
        return false;
    bool read = take_words(h, &why), ok = !read || (tell_words(h, e) && hold_totals(h, e));
    if (!read) {
        hold_so(h, "search", why.message);
        hold_note(h, "(full-text index)");
    }
    drop_walks(h);
    return ok;
}
