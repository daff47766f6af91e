#include "score/bm25.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define K1 1.2
#define B  0.75

typedef struct posting {
    uint32_t document, count;
} posting;

typedef struct posting_list {
    posting *items;
    uint32_t len, cap;
} posting_list;

struct bm25 {
    terms *words;
    posting_list *lists; /* by term number */
    size_t lists_len;
    uint32_t *lengths; /* words per document */
    size_t documents, cap;
    uint64_t words_all;
};

/* The query's different words in the order they first appear, with how often each does. */
typedef struct query_word {
    uint32_t term, count;
} query_word;

typedef struct bag {
    query_word *items;
    size_t len, cap;
} bag;

bm25 *bm25_new(terms *words)
{
    bm25 *c = mem_zero(1, sizeof *c);
    c->words = words;
    return c;
}

void bm25_free(bm25 *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->lists_len; i++)
        free(c->lists[i].items);
    free(c->lists);
    free(c->lengths);
    free(c);
}

size_t bm25_documents(const bm25 *c)
{
    return c->documents;
}

static posting_list *list_of(bm25 *c, uint32_t term)
{
    if (term >= c->lists_len) {
        size_t len = c->lists_len ? c->lists_len : 256;
        while (len <= term)
            len *= 2;
        c->lists = mem_grow(c->lists, len, sizeof *c->lists);
        memset(c->lists + c->lists_len, 0, (len - c->lists_len) * sizeof *c->lists);
        c->lists_len = len;
    }
    return &c->lists[term];
}

static void add_word(void *ctx, uint32_t term)
{
    bm25 *c = ctx;
    uint32_t document = (uint32_t)(c->documents - 1);
    posting_list *list = list_of(c, term);

    c->lengths[document]++;
    if (list->len && list->items[list->len - 1].document == document) {
        list->items[list->len - 1].count++;
        return;
    }
    if (list->len == list->cap) {
        list->cap = list->cap ? list->cap * 2 : 4;
        list->items = mem_grow(list->items, list->cap, sizeof *list->items);
    }
    list->items[list->len++] = (posting){document, 1};
}

void bm25_add(bm25 *c, const char *text, size_t len)
{
    if (c->documents == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 64;
        c->lengths = mem_grow(c->lengths, c->cap, sizeof *c->lengths);
    }
    c->lengths[c->documents++] = 0;
    terms_each(c->words, text, len, add_word, c);
    c->words_all += c->lengths[c->documents - 1];
}

static void bag_word(void *ctx, uint32_t term)
{
    bag *b = ctx;
    if (b->len == b->cap) {
        b->cap = b->cap ? b->cap * 2 : 64;
        b->items = mem_grow(b->items, b->cap, sizeof *b->items);
    }
    b->items[b->len] = (query_word){term, (uint32_t)b->len};
    b->len++;
}

static int by_term_then_place(const void *a, const void *b)
{
    const query_word *x = a, *y = b;
    if (x->term != y->term)
        return x->term < y->term ? -1 : 1;
    return (x->count > y->count) - (x->count < y->count);
}

typedef struct placed {
    query_word word;
    uint32_t first;
} placed;

static int by_first(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* While bag_word collects, `count` holds the word's place in the text; after this it holds how
 * often it occurs. */
static void bag_close(bag *b)
{
    placed *seen = mem_zero(b->len + 1, sizeof *seen);
    size_t different = 0;

    if (b->len)
        qsort(b->items, b->len, sizeof *b->items, by_term_then_place);
    for (size_t i = 0; i < b->len; i++) {
        if (i && b->items[i].term == b->items[i - 1].term)
            seen[different - 1].word.count++;
        else
            seen[different++] = (placed){{b->items[i].term, 1}, b->items[i].count};
    }
    qsort(seen, different, sizeof *seen, by_first);
    for (size_t i = 0; i < different; i++)
        b->items[i] = seen[i].word;
    b->len = different;
    free(seen);
}

static bag bag_of(terms *words, const char *text, size_t len)
{
    bag b = {0};
    terms_each(words, text, len, bag_word, &b);
    bag_close(&b);
    return b;
}

static uint32_t frequency(const bm25 *c, uint32_t term)
{
    return term < c->lists_len ? c->lists[term].len : 0;
}

/* A collection with one document in it still tells words apart from nothing: the form with 1 +
 * keeps idf above 0. */
static double idf(const bm25 *c, uint32_t term)
{
    double n = (double)c->documents, df = frequency(c, term);
    return log(1.0 + (n - df + 0.5) / (df + 0.5));
}

static double mean_length(const bm25 *c)
{
    return c->words_all ? (double)c->words_all / (double)c->documents : 1.0;
}

static double saturated(double count, double length, double mean)
{
    return count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length / mean));
}

/* What a document would get that held every word of the query that the collection knows, without
 * end. */
static double best_possible(const bm25 *c, const bag *query)
{
    double best = 0;
    for (size_t i = 0; i < query->len; i++)
        if (frequency(c, query->items[i].term))
            best += query->items[i].count * idf(c, query->items[i].term) * (K1 + 1.0);
    return best;
}

void bm25_rank(bm25 *c, const char *query, size_t len, double *out)
{
    bag q = bag_of(c->words, query, len);
    double mean = mean_length(c), best = best_possible(c, &q);

    memset(out, 0, c->documents * sizeof *out);
    for (size_t i = 0; i < q.len; i++) {
        if (!frequency(c, q.items[i].term))
            continue;
        const posting_list *list = &c->lists[q.items[i].term];
        double weight = q.items[i].count * idf(c, q.items[i].term) / best;
        for (uint32_t p = 0; p < list->len; p++) {
            uint32_t d = list->items[p].document;
            out[d] += weight * saturated(list->items[p].count, c->lengths[d], mean);
        }
    }
    free(q.items);
}

static int by_term(const void *a, const void *b)
{
    const query_word *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

static uint32_t count_in(const bag *sorted, uint32_t term)
{
    query_word key = {term, 0};
    const query_word *found =
        sorted->len ? bsearch(&key, sorted->items, sorted->len, sizeof key, by_term) : NULL;
    return found ? found->count : 0;
}

double bm25_one(bm25 *c, const char *query, size_t len, const char *text, size_t text_len)
{
    bag q = bag_of(c->words, query, len), d = bag_of(c->words, text, text_len);
    double mean = mean_length(c), best = 0, sum = 0, length = 0;

    for (size_t i = 0; i < d.len; i++)
        length += d.items[i].count;
    if (d.len)
        qsort(d.items, d.len, sizeof *d.items, by_term);
    for (size_t i = 0; i < q.len; i++) {
        uint32_t count = count_in(&d, q.items[i].term);
        double weight = q.items[i].count * idf(c, q.items[i].term);
        if (count || frequency(c, q.items[i].term))
            best += weight * (K1 + 1.0);
        if (count)
            sum += weight * saturated(count, length, mean);
    }
    free(q.items);
    free(d.items);
    return best > 0 ? sum / best : 0;
}
