/* The index: documents are taken word by word, then turned at once into postings by word, which lie
 * side by side. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/bm25_in.h"

#define K1 1.2
#define B  0.75

enum { FIRST_ENTRIES = 1024, FIRST_TERMS = 256 };

bm25 *bm25_new(terms *words, const double *weights, size_t fields)
{
    bm25 *c = mem_zero(1, sizeof *c);
    c->words = words;
    c->fields = fields;
    memcpy(c->weights, weights, fields * sizeof *weights);
    return c;
}

void bm25_free(bm25 *c)
{
    if (!c)
        return;
    free(c->lengths);
    free(c->own);
    free(c->entries);
    free(c->begins);
    free(c->last);
    free(c->starts);
    free(c->posted);
    free(c->gains);
    free(c->gain_numbers);
    free(c->dense_at);
    free(c->dense);
    free(c->df);
    free(c->idf);
    free(c->common);
    free(c->factor);
    bm25_asked_free(c->asked);
    free(c);
}

size_t bm25_documents(const bm25 *c)
{
    return c->documents;
}

uint32_t bm25_term_here(const bm25 *c, uint32_t word)
{
    return word < c->own_len && c->own[word] ? c->own[word] - 1 : BM25_NO_TERM;
}

uint32_t bm25_term(const bm25 *c, uint32_t word)
{
    uint32_t term = bm25_term_here(c, word);
    return term < c->known ? term : BM25_NO_TERM;
}

uint32_t bm25_term_made(bm25 *c, uint32_t word)
{
    if (word >= c->own_len) {
        size_t len = c->own_len ? c->own_len : FIRST_TERMS;
        while (len <= word)
            len *= 2;
        c->own = mem_grow(c->own, len, sizeof *c->own);
        memset(c->own + c->own_len, 0, (len - c->own_len) * sizeof *c->own);
        c->own_len = len;
    }
    if (!c->own[word])
        c->own[word] = (uint32_t)++c->terms;
    return c->own[word] - 1;
}

typedef struct adding {
    bm25 *c;
    uint32_t field;
    size_t from; /* the field's first entry */
    uint32_t length;
} adding;

static void add_word(void *ctx, uint32_t word)
{
    adding *a = ctx;
    bm25 *c = a->c;
    uint32_t term = bm25_term_made(c, word);
    a->length++;
    if (term >= c->last_cap) {
        size_t cap = c->last_cap ? c->last_cap * 2 : FIRST_TERMS;
        while (cap <= term)
            cap *= 2;
        c->last = mem_grow(c->last, cap, sizeof *c->last);
        memset(c->last + c->last_cap, 0, (cap - c->last_cap) * sizeof *c->last);
        c->last_cap = cap;
    }
    if (c->last[term] > a->from) {
        entry *again = &c->entries[c->last[term] - 1];
        if (again->count < ENTRY_COUNT_MOST)
            again->count++;
        return;
    }
    if (c->entries_len == c->entries_cap) {
        c->entries_cap = c->entries_cap ? c->entries_cap + c->entries_cap / 2 : FIRST_ENTRIES;
        c->entries = mem_grow(c->entries, c->entries_cap, sizeof *c->entries);
    }
    c->entries[c->entries_len++] = (entry){.term = term, .count = 1, .field = a->field & 0xFF};
    c->last[term] = (uint32_t)c->entries_len;
}

void bm25_add(bm25 *c, const bm25_text *fields)
{
    if (c->documents == c->documents_cap) {
        c->documents_cap = c->documents_cap ? c->documents_cap * 2 : 64;
        c->lengths = mem_grow(c->lengths, c->documents_cap * c->fields, sizeof *c->lengths);
        c->begins = mem_grow(c->begins, c->documents_cap, sizeof *c->begins);
    }
    c->begins[c->documents] = c->entries_len;
    for (size_t f = 0; f < c->fields; f++) {
        adding a = {.c = c, .field = (uint32_t)f, .from = c->entries_len};
        terms_each(c->words, fields[f].text, fields[f].len, add_word, &a);
        c->lengths[c->documents * c->fields + f] = a.length;
        c->words_all[f] += c->fixed ? 0 : a.length;
    }
    c->documents++;
}

void bm25_counted(bm25 *c)
{
    if (c->fixed)
        return;
    c->fixed = 1;
    c->counting = c->counted = c->documents;
    c->known = c->terms;
}

/* A collection with one document in it still tells words apart from nothing: the form with 1 +
 * keeps idf above 0. */
double bm25_idf(const bm25 *c, uint32_t term)
{
    double n = (double)c->counted, df = term < c->known ? c->df[term] : 0;
    return log(1.0 + (n - df + 0.5) / (df + 0.5));
}

double bm25_evened(const bm25 *c, size_t field, double count, double length)
{
    double mean = c->words_all[field] ? (double)c->words_all[field] / (double)c->counted : 1.0;
    return c->weights[field] * count / (1.0 - B + B * length / mean);
}

double bm25_gain(double evened)
{
    return evened / (evened + K1);
}

double bm25_factor(const bm25 *c, double commonness)
{
    double sum = c->mean_common + commonness;
    return sum > 0 ? 2.0 * c->mean_common / sum : 1.0;
}

static size_t end_of(const bm25 *c, size_t d)
{
    return d + 1 < c->documents ? c->begins[d + 1] : c->entries_len;
}

/* Where each term's postings begin: one for each document that has it, in however many fields. */
static void find_starts(bm25 *c)
{
    uint32_t *seen = mem_zero(c->terms + 1, sizeof *seen); /* the last document, plus 1 */
    for (size_t d = 0; d < c->documents; d++)
        for (size_t i = c->begins[d]; i < end_of(c, d); i++) {
            uint32_t term = c->entries[i].term;
            bool again = seen[term] == d + 1;
            c->starts[term + 1] += !again;
            c->df[term] += !again && d < c->counting;
            seen[term] = (uint32_t)d + 1;
        }
    for (size_t t = 0; t < c->terms; t++)
        c->starts[t + 1] += c->starts[t];
    free(seen);
}

/* The posting of the next entry, documents being taken in their order. */
static size_t posting_of(bm25 *c, size_t *next, uint32_t term, size_t d)
{
    size_t p = next[term];
    if (p > c->starts[term] && c->posted[p - 1] == d)
        return p - 1;
    c->posted[p] = (uint32_t)d;
    c->gains[p] = 0;
    next[term]++;
    return p;
}

/* Fields of one document that have the word become one posting. Until make_gains a gain is what
 * bm25_gain is to be given, and `counts` how often a query would have the word; but of a single
 * field, whose count gives both, it is the count, and there are no `counts`. */
static void make_postings(bm25 *c, double *counts)
{
    size_t *next = mem_alloc((c->terms + 1) * sizeof *next);
    memcpy(next, c->starts, (c->terms + 1) * sizeof *next);
    for (size_t d = 0; d < c->documents; d++)
        for (size_t i = c->begins[d]; i < end_of(c, d); i++) {
            const entry *x = &c->entries[i];
            size_t p = posting_of(c, next, x->term, d);
            if (!counts) {
                c->gains[p] = x->count;
                continue;
            }
            c->gains[p] += bm25_evened(c, x->field, x->count, c->lengths[d * c->fields + x->field]);
            counts[p] += c->weights[x->field] * x->count;
        }
    free(next);
}

static double count_of(const bm25 *c, const double *counts, size_t posting)
{
    return counts ? counts[posting] : c->weights[0] * c->gains[posting];
}

static void make_gains(bm25 *c, const double *counts)
{
    for (size_t p = 0; p < c->starts[c->terms]; p++) {
        double evened =
            counts ? c->gains[p] : bm25_evened(c, 0, c->gains[p], c->lengths[c->posted[p]]);
        c->gains[p] = bm25_gain(evened);
    }
}

/* Each document counted as a query of weight 1, all of them added up: by term. Their postings stand
 * before those of the others. */
static void find_common(bm25 *c, const double *counts)
{
    double *whole = mem_zero(c->counting + 1, sizeof *whole), n = (double)c->counted;
    for (size_t t = 0; t < c->known; t++)
        for (size_t p = c->starts[t]; p < c->starts[t] + c->df[t]; p++)
            whole[c->posted[p]] += count_of(c, counts, p) * c->idf[t];
    for (size_t t = 0; t < c->known; t++)
        for (size_t p = c->starts[t]; p < c->starts[t] + c->df[t]; p++)
            c->common[t] += count_of(c, counts, p) * c->idf[t] / whole[c->posted[p]] / n;
    free(whole);
}

static void find_factors(bm25 *c)
{
    double sum = 0;
    for (size_t t = 0; t < c->known; t++)
        for (size_t p = c->starts[t]; p < c->starts[t + 1]; p++)
            c->factor[c->posted[p]] += c->common[t] * c->gains[p];
    for (size_t d = 0; d < c->counting; d++)
        sum += c->factor[d];
    if (!c->imported)
        c->mean_common = c->counted ? sum / (double)c->counted : 0;
    for (size_t d = 0; d < c->documents; d++)
        c->factor[d] = bm25_factor(c, c->factor[d]);
}

/* Terms beyond the statistics have none. */
static void make_statistics(bm25 *c)
{
    size_t from = c->imported ? c->known : 0, more = c->terms + 1 - from;
    c->df = mem_grow(c->df, c->terms + 1, sizeof *c->df);
    c->common = mem_grow(c->common, c->terms + 1, sizeof *c->common);
    memset(c->df + from, 0, more * sizeof *c->df);
    memset(c->common + from, 0, more * sizeof *c->common);
}

void bm25_close(bm25 *c)
{
    if (c->closed)
        return;
    bm25_counted(c);
    make_statistics(c);
    c->starts = mem_zero(c->terms + 1, sizeof *c->starts);
    find_starts(c);
    size_t all = c->starts[c->terms];
    double *counts = c->fields > 1 ? mem_zero(all + 1, sizeof *counts) : NULL;
    c->posted = mem_grow(NULL, all + 1, sizeof *c->posted);
    c->gains = mem_grow(NULL, all + 1, sizeof *c->gains);
    c->idf = mem_zero(c->terms + 1, sizeof *c->idf);
    c->factor = mem_zero(c->documents + 1, sizeof *c->factor);
    make_postings(c, counts);
    free(c->entries);
    free(c->begins);
    free(c->last);
    c->entries = NULL;
    c->begins = NULL;
    c->last = NULL;
    for (size_t t = 0; t < c->terms; t++)
        c->idf[t] = bm25_idf(c, (uint32_t)t);
    if (!c->imported)
        find_common(c, counts);
    make_gains(c, counts);
    find_factors(c);
    bm25_gains_number(c);
    bm25_dense_make(c);
    free(counts);
    c->closed = 1;
}
