/* Questions to the index: a query as a bag of words, against all documents or one. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/bm25_bag.h"

/* What a document would get that held every word of the query that the collection knows, without
 * end. */
static double best_possible(const bm25 *c, const bag *query)
{
    double best = 0;
    for (size_t i = 0; i < query->len; i++) {
        uint32_t term = bm25_term(c, query->items[i].word);
        if (term != BM25_NO_TERM)
            best += query->items[i].count * c->idf[term];
    }
    return best;
}

/* Where a term's posting of a document is; SIZE_MAX: it has none. */
static size_t posting_at(const bm25 *c, uint32_t term, uint32_t document)
{
    if (term == BM25_NO_TERM)
        return SIZE_MAX;
    size_t from = c->starts[term], to = c->starts[term + 1];
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (c->posted[middle] < document)
            from = middle + 1;
        else
            to = middle;
    }
    return from < c->starts[term + 1] && c->posted[from] == document ? from : SIZE_MAX;
}

/* A word that the statistics don't have counts in the documents that have it, and only there. */
static double weight_in(const bm25 *c, const item *q, size_t posting)
{
    uint32_t term = bm25_term_here(c, q->word);
    return posting != SIZE_MAX || term < c->known ? q->count * c->idf[term] : 0;
}

/* The share of one document, as bm25_one has it. */
static double share_in(const bm25 *c, const bag *q, uint32_t document)
{
    double best = 0, sum = 0;
    for (size_t i = 0; i < q->len; i++) {
        uint32_t term = bm25_term_here(c, q->items[i].word);
        best += weight_in(c, &q->items[i], posting_at(c, term, document));
    }
    for (size_t i = 0; i < q->len; i++) {
        size_t p = posting_at(c, bm25_term_here(c, q->items[i].word), document);
        if (p != SIZE_MAX)
            sum += weight_in(c, &q->items[i], p) / best * bm25_gain_at(c, p);
    }
    return sum;
}

/* Does over the documents that have a word of the query which the statistics don't have. */
static void rank_unknown(const bm25 *c, const bag *q, double *out)
{
    for (size_t i = 0; c->known < c->terms && i < q->len; i++) {
        uint32_t term = bm25_term_here(c, q->items[i].word);
        if (term == BM25_NO_TERM || term < c->known)
            continue;
        for (size_t p = c->starts[term]; p < c->starts[term + 1]; p++)
            out[c->posted[p]] = share_in(c, q, c->posted[p]);
    }
}

/* `which` NULL: all. */
static void add_terms(const bm25 *c, const bag *q, const uint32_t *which, size_t count, double *out)
{
    double best = best_possible(c, q);
    for (size_t i = 0; i < q->len; i++) {
        uint32_t term = bm25_term(c, q->items[i].word);
        if (term == BM25_NO_TERM)
            continue;
        double weight = q->items[i].count * c->idf[term] / best;
        if (which)
            bm25_add_term_some(c, term, weight, which, count, out);
        else
            bm25_add_term(c, term, weight, out);
    }
    rank_unknown(c, q, out);
}

void bm25_rank(bm25 *c, const bm25_text *query, size_t parts, double *out)
{
    bm25_close(c);
    memset(out, 0, c->documents * sizeof *out);
    add_terms(c, bm25_query_bag(c, query, parts), NULL, 0, out);
    bm25_move_all(c, out);
}

void bm25_rank_some(bm25 *c, const bm25_text *query, size_t parts, const uint32_t *which,
                    size_t count, double *out)
{
    bm25_close(c);
    for (size_t i = 0; i < count; i++)
        out[which[i]] = 0;
    add_terms(c, bm25_query_bag(c, query, parts), which, count, out);
    for (size_t i = 0; i < count; i++)
        out[which[i]] = bm25_moved(out[which[i]], c->factor[which[i]]);
}

/* A document outside the index: its words with what they bring. */
typedef struct outside {
    item *items; /* by word; count: the gain */
    size_t len;
    double factor;
} outside;

static int by_item_word(const void *a, const void *b)
{
    const item *x = a, *y = b;
    return (x->word > y->word) - (x->word < y->word);
}

static item *outside_word(const outside *d, uint32_t word)
{
    const item key = {.word = word};
    return d->len ? bsearch(&key, d->items, d->len, sizeof key, by_item_word) : NULL;
}

/* The words of one field are evened, then added to those of the fields before it: the same sums in
 * the same order as in the index. */
static void add_field(const bm25 *c, size_t field, const bm25_text *text, bag *all)
{
    bag b = {0};
    bm25_text once = {text->text, text->len, 1};
    bm25_bag_read(&b, c->words, &once);
    double length = (double)b.len;
    bm25_bag_fold(&b);
    all->items = mem_grow(all->items, all->len + b.len + 1, sizeof *all->items);
    for (size_t i = 0; i < b.len; i++) {
        item *to = &all->items[all->len];
        *to = b.items[i];
        to->count = bm25_evened(c, field, to->count, length);
        to->place = (uint32_t)all->len++; /* rises with the field */
    }
    free(b.items);
}

typedef struct commonness {
    uint32_t term;
    double gain;
} commonness;

static int by_own_number(const void *a, const void *b)
{
    const commonness *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

/* In the order of the collection's numbers, as the index does. */
static double factor_of(const bm25 *c, const item *items, size_t len)
{
    commonness *known = mem_zero(len + 1, sizeof *known);
    size_t count = 0;
    double sum = 0;
    for (size_t i = 0; i < len; i++) {
        uint32_t term = bm25_term(c, items[i].word);
        if (term != BM25_NO_TERM)
            known[count++] = (commonness){term, items[i].count};
    }
    qsort(known, count, sizeof *known, by_own_number);
    for (size_t i = 0; i < count; i++)
        sum += c->common[known[i].term] * known[i].gain;
    free(known);
    return bm25_factor(c, sum);
}

static outside outside_of(const bm25 *c, const bm25_text *fields)
{
    bag all = {0};
    for (size_t f = 0; f < c->fields; f++)
        add_field(c, f, &fields[f], &all);
    bm25_bag_fold(&all);
    for (size_t i = 0; i < all.len; i++)
        all.items[i].count = bm25_gain(all.items[i].count);
    return (outside){all.items, all.len, factor_of(c, all.items, all.len)};
}

double bm25_one(bm25 *c, const bm25_text *query, size_t parts, const bm25_text *fields)
{
    bm25_close(c);
    const bag *q = bm25_query_bag(c, query, parts);
    outside d = outside_of(c, fields);
    double best = 0, sum = 0;

    for (size_t i = 0; i < q->len; i++)
        best += bm25_query_weight(c, &q->items[i], outside_word(&d, q->items[i].word) != NULL);
    for (size_t i = 0; i < q->len; i++) {
        const item *found = outside_word(&d, q->items[i].word);
        if (found)
            sum += bm25_query_weight(c, &q->items[i], true) / best * found->count;
    }
    free(d.items);
    return bm25_moved(sum, d.factor);
}
