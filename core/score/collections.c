#include "score/collections.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/leb.h"

/* KEY_MOST, MANY: of what is imported. NEW_WORDS: of rules' own texts, outside their state's cap.
 */
enum { KEY_MOST = 1 << 14, MANY = 1 << 10, NEW_WORDS = 250000 };

static const char MAGIC[] = "polder text statistics 1";

struct collection {
    collections *of;
    buf key;            /* names, keys and weights of the fields */
    text_field *fields; /* names and keys owned; NULL: it was imported, and nobody has asked yet */
    size_t len;
    bm25 *index;   /* NULL: not made */
    bool has_rows; /* the solutions are in it */
};

struct collections {
    rows *solutions;
    terms *words;
    size_t words_made; /* with the last collection */
    collection **all;
    size_t len;
    buf taken;          /* statistics as they came, until they are read */
    bool imported;      /* there were any */
    bool uncounted;     /* and something else was asked for */
    uint32_t *document; /* by solution; NULL: its own number */
    bool numbered;      /* `document` is made */
    size_t stood_at;
    const char *stood; /* NULL: no row stands in the place of another */
};

collections *collections_new(rows *solutions)
{
    collections *c = mem_zero(1, sizeof *c);
    c->solutions = solutions;
    c->words = terms_new();
    return c;
}

static void collection_free(collection *one)
{
    for (size_t f = 0; one->fields && f < one->len; f++) {
        free((char *)one->fields[f].name);
        free((char *)one->fields[f].key);
    }
    free(one->fields);
    bm25_free(one->index);
    buf_free(&one->key);
    free(one);
}

void collections_free(collections *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->len; i++)
        collection_free(c->all[i]);
    free(c->all);
    free(c->document);
    buf_free(&c->taken);
    terms_free(c->words);
    free(c);
}

terms *collections_words(collections *c)
{
    return c->words;
}

/* ------------------------------------------------------------------ which there are */

static void write_key(buf *out, const text_field *fields, size_t len)
{
    leb_add(out, len);
    for (size_t f = 0; f < len; f++) {
        const char *key = fields[f].key;
        leb_add_text(out, fields[f].name, strlen(fields[f].name));
        leb_add(out, key != NULL);
        leb_add_text(out, key ? key : "", key ? strlen(key) : 0);
        leb_add_double(out, fields[f].weight);
    }
}

/* Fills in the weights; false: no key of ours. */
static bool read_key(leb from, double *weights, size_t *len)
{
    uint64_t fields, keyed;
    const char *text;
    size_t bytes;
    if (!leb_number(&from, BM25_FIELDS, &fields) || fields == 0)
        return false;
    for (size_t f = 0; f < fields; f++)
        if (!leb_text(&from, KEY_MOST, &text, &bytes) || !leb_number(&from, 1, &keyed) ||
            !leb_text(&from, KEY_MOST, &text, &bytes) || !leb_double(&from, &weights[f]) ||
            !(weights[f] > 0 && isfinite(weights[f])))
            return false;
    *len = fields;
    return from.len == 0;
}

static collection *find(const collections *c, const char *key, size_t len)
{
    for (size_t i = 0; i < c->len; i++)
        if (c->all[i]->key.len == len && memcmp(c->all[i]->key.data, key, len) == 0)
            return c->all[i];
    return NULL;
}

static collection *add(collections *c, const char *key, size_t len)
{
    collection *one = mem_zero(1, sizeof *one);
    one->of = c;
    buf_add(&one->key, key, len);
    c->all = mem_grow(c->all, c->len + 1, sizeof(collection *));
    c->all[c->len++] = one;
    return one;
}

collection *collections_get(collections *c, const text_field *fields, size_t len)
{
    buf key = {0};
    write_key(&key, fields, len);
    collection *one = find(c, key.data, key.len);
    if (!one)
        one = add(c, key.data, key.len);
    buf_free(&key);
    if (one->fields)
        return one;
    one->len = len;
    one->fields = mem_zero(len, sizeof *fields);
    for (size_t f = 0; f < len; f++) {
        one->fields[f] = fields[f];
        one->fields[f].name = mem_text(fields[f].name);
        one->fields[f].key = mem_text(fields[f].key);
    }
    return one;
}

/* ------------------------------------------------------------------ what is in them */

void text_of_cell(const value *cell, buf *joined, bm25_text *out)
{
    if (value_is(cell, VALUE_TEXT)) {
        out->text = cell->as.text.bytes;
        out->len = cell->as.text.len;
        return;
    }
    for (size_t i = 0; value_is(cell, VALUE_LIST) && i < value_len(cell); i++) {
        const value *item = value_at(cell, i);
        if (value_is(item, VALUE_TEXT)) {
            buf_add(joined, item->as.text.bytes, item->as.text.len);
            buf_str(joined, "\n");
        }
    }
    out->text = buf_text(joined);
    out->len = joined->len;
}

static void add_document(collection *one, size_t solution)
{
    bm25_text texts[BM25_FIELDS];
    value cells[BM25_FIELDS];
    buf joined[BM25_FIELDS] = {{0}};
    const rows *from = one->of->solutions;
    for (size_t f = 0; f < one->len; f++) {
        const text_field *field = &one->fields[f];
        texts[f] = (bm25_text){"", 0, 1};
        cells[f] = value_nil();
        if (!field->key && rows_text(from, solution, field->at, &texts[f].text, &texts[f].len))
            continue;
        cells[f] = rows_value(from, solution, field->at);
        text_of_cell(field->key ? value_get(&cells[f], field->key) : &cells[f], &joined[f],
                     &texts[f]);
    }
    bm25_add(one->index, texts);
    for (size_t f = 0; f < one->len; f++) {
        value_free(&cells[f]);
        buf_free(&joined[f]);
    }
}

static bool is_counted(const collections *c, size_t solution)
{
    char kind = rows_kind(c->solutions, solution);
    return !c->imported && (kind == ROW_BOTH || kind == ROW_COUNTED);
}

/* Those counted in the order they came, then the others. */
static void number_documents(collections *c)
{
    size_t all = rows_len(c->solutions), next = 0;
    c->numbered = true;
    c->document = mem_zero(all + 1, sizeof *c->document);
    for (int counted = 1; counted >= 0; counted--)
        for (size_t i = 0; i < all; i++)
            if (is_counted(c, i) == counted)
                c->document[i] = (uint32_t)next++;
}

static void add_documents(collection *one)
{
    collections *c = one->of;
    size_t all = rows_len(c->solutions);
    for (size_t i = 0; i < all; i++)
        if (is_counted(c, i))
            add_document(one, i);
    bm25_counted(one->index);
    for (size_t i = 0; i < all; i++)
        if (!is_counted(c, i))
            add_document(one, i);
}

static void make(collection *one)
{
    collections *c = one->of;
    double weights[BM25_FIELDS];
    for (size_t f = 0; f < one->len; f++)
        weights[f] = one->fields[f].weight;
    if (!one->index)
        one->index = bm25_new(c->words, weights, one->len);
    if (!c->numbered)
        number_documents(c);
    if (c->stood)
        c->stood = rows_swap(c->solutions, c->stood_at, c->stood);
    add_documents(one);
    if (c->stood)
        c->stood = rows_swap(c->solutions, c->stood_at, c->stood);
    one->has_rows = true;
    c->words_made = terms_count(c->words);
}

bool collection_unmade(const collection *one)
{
    return !one->has_rows && (one->index || !one->of->imported);
}

bm25 *collection_index(collection *one)
{
    collections *c = one->of;
    if (c->imported && !one->index) {
        c->uncounted = true;
        return NULL;
    }
    if (!one->has_rows)
        make(one);
    return one->index;
}

size_t collections_document(const collections *c, size_t solution)
{
    return c->document ? c->document[solution] : solution;
}

void collections_stood(collections *c, size_t solution, const char *packed)
{
    c->stood_at = solution;
    c->stood = packed;
}

bool collections_swapped(const collections *c, size_t solution)
{
    return c->stood && c->stood_at == solution;
}

/* ------------------------------------------------------------------ statistics */

bool collections_take(collections *c, const char *bytes, size_t len, err *e)
{
    if (c->numbered || len > COLLECTIONS_BYTES - c->taken.len)
        return err_set(e, ERR_BAD_DATA, "text statistics that come too late, or without end");
    c->imported = true;
    buf_add(&c->taken, bytes, len);
    return true;
}

static bool read_one(collections *c, leb *from, err *e)
{
    leb key, body;
    double weights[BM25_FIELDS];
    size_t fields;
    if (!leb_text(from, KEY_MOST, &key.at, &key.len) || !read_key(key, weights, &fields) ||
        !leb_text(from, SIZE_MAX, &body.at, &body.len))
        return err_set(e, ERR_BAD_DATA, "text statistics that can't be");
    collection *one = find(c, key.at, key.len);
    if (one && one->index)
        return err_set(e, ERR_BAD_DATA, "text statistics that come twice");
    if (!one)
        one = add(c, key.at, key.len);
    one->index = bm25_import(c->words, weights, fields, body.at, body.len, e);
    return one->index != NULL;
}

/* What one worker told. */
static bool read_some(collections *c, leb *from, err *e)
{
    const char *magic;
    size_t len;
    uint64_t many;
    if (!leb_text(from, sizeof MAGIC, &magic, &len) || len != sizeof MAGIC - 1 ||
        memcmp(magic, MAGIC, len) != 0 || !leb_number(from, MANY, &many))
        return err_set(e, ERR_BAD_DATA, "no text statistics of this version");
    for (uint64_t i = 0; i < many; i++)
        if (!read_one(c, from, e))
            return false;
    return true;
}

static bool read_all(collections *c, err *e)
{
    leb from = {buf_text(&c->taken), c->taken.len};
    do {
        if (!read_some(c, &from, e))
            return false;
    } while (from.len);
    return true;
}

bool collections_ready(collections *c, err *e)
{
    if (c->taken.len == 0)
        return true;
    if (!read_all(c, e))
        return false;
    buf_free(&c->taken);
    c->words_made = terms_count(c->words);
    for (size_t i = 0; i < c->len; i++)
        c->uncounted = c->uncounted || !c->all[i]->index;
    return true;
}

bool collections_uncounted(const collections *c)
{
    return c->uncounted;
}

static int by_key(const void *a, const void *b)
{
    const buf *x = &(*(collection *const *)a)->key, *y = &(*(collection *const *)b)->key;
    int order = memcmp(x->data, y->data, x->len < y->len ? x->len : y->len);
    return order ? order : (x->len > y->len) - (x->len < y->len);
}

static bool is_among(const value *keys, const collection *one)
{
    for (size_t i = 0; i < value_len(keys); i++) {
        const value *key = value_at(keys, i);
        if (value_len(key) == one->key.len &&
            memcmp(value_str(key, ""), buf_text(&one->key), one->key.len) == 0)
            return true;
    }
    return false;
}

static void add_statistics(collection *one, buf *out)
{
    buf body = {0};
    bm25_export(one->index, &body);
    leb_add_text(out, buf_text(&one->key), one->key.len);
    leb_add_text(out, buf_text(&body), body.len);
    buf_free(&body);
}

/* In the order of their keys: whichever demand made which first, the same bytes. */
void collections_export(collections *c, const value *known, buf *out, value *keys)
{
    collection **told = mem_zero(c->len + 1, sizeof(collection *));
    size_t count = 0;
    *keys = value_list();
    for (size_t i = 0; i < c->len; i++)
        if (!is_among(known, c->all[i]) && (c->all[i]->index || collection_index(c->all[i])))
            told[count++] = c->all[i];
    qsort(told, count, sizeof(collection *), by_key);
    if (count || !value_len(known)) {
        leb_add_text(out, MAGIC, sizeof MAGIC - 1);
        leb_add(out, count);
    }
    for (size_t i = 0; i < count; i++) {
        add_statistics(told[i], out);
        value_push(keys, value_bytes(buf_text(&told[i]->key), told[i]->key.len));
    }
    free(told);
}

/* ------------------------------------------------------------------ words */

void collections_tidy(collections *c)
{
    if (terms_count(c->words) <= c->words_made + NEW_WORDS)
        return;
    terms_forget(c->words, c->words_made);
    for (size_t i = 0; i < c->len; i++)
        if (c->all[i]->index)
            bm25_forget(c->all[i]->index);
}
