/* Texts as bags of words. One query is asked of many documents, so the last one is kept. */
#include "score/bm25_bag.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void bag_word(void *ctx, uint32_t word, size_t start, size_t end)
{
    bag *b = ctx;
    if (b->len == b->cap) {
        b->cap = b->cap ? b->cap * 2 : 64;
        b->items = mem_grow(b->items, b->cap, sizeof *b->items);
    }
    b->items[b->len] =
        (item){word, (uint32_t)b->len, b->part->weight, b->part->text + start, end - start};
    b->len++;
}

static int by_word_then_place(const void *a, const void *b)
{
    const item *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static int by_place(const void *a, const void *b)
{
    const item *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

void bm25_bag_read(bag *b, terms *words, const bm25_text *part)
{
    b->part = part;
    terms_each_at(words, part->text, part->len, bag_word, b);
}

void bm25_bag_fold(bag *b)
{
    size_t kept = 0;
    if (b->len)
        qsort(b->items, b->len, sizeof *b->items, by_word_then_place);
    for (size_t i = 0; i < b->len; i++) {
        if (kept && b->items[kept - 1].word == b->items[i].word)
            b->items[kept - 1].count += b->items[i].count;
        else
            b->items[kept++] = b->items[i];
    }
    b->len = kept;
}

static void forget(bm25_asked *a)
{
    buf_clear(&a->parts);
    for (size_t i = 0; i < a->bag.len; i++)
        a->at[a->bag.items[i].word] = 0;
    a->bag.len = 0;
}

void bm25_forget(bm25 *c)
{
    if (c->asked)
        forget(c->asked);
}

void bm25_asked_free(bm25_asked *a)
{
    if (!a)
        return;
    buf_free(&a->parts);
    free(a->bag.items);
    free(a->at);
    free(a);
}

static bool is_asked(const bm25_asked *a, const bm25_text *query, size_t parts)
{
    const char *at = a->parts.data, *end = at + a->parts.len;
    for (size_t i = 0; i < parts; i++) {
        const size_t head = sizeof query[i].len + sizeof query[i].weight;
        if ((size_t)(end - at) < head + query[i].len ||
            memcmp(at, &query[i].len, sizeof query[i].len) != 0 ||
            memcmp(at + sizeof query[i].len, &query[i].weight, sizeof query[i].weight) != 0 ||
            memcmp(at + head, query[i].text, query[i].len) != 0)
            return false;
        at += head + query[i].len;
    }
    return at == end;
}

static void note_words(bm25_asked *a, size_t words)
{
    if (words > a->words) {
        a->at = mem_grow(a->at, words, sizeof *a->at);
        memset(a->at + a->words, 0, (words - a->words) * sizeof *a->at);
        a->words = words;
    }
    for (size_t i = 0; i < a->bag.len; i++)
        a->at[a->bag.items[i].word] = (uint32_t)i + 1;
}

const bag *bm25_query_bag(bm25 *c, const bm25_text *query, size_t parts)
{
    bm25_asked *a = c->asked;
    if (a && is_asked(a, query, parts))
        return &a->bag;
    if (!a)
        c->asked = a = mem_zero(1, sizeof *a);
    forget(a);
    for (size_t i = 0; i < parts; i++) {
        buf_add(&a->parts, (const char *)&query[i].len, sizeof query[i].len);
        buf_add(&a->parts, (const char *)&query[i].weight, sizeof query[i].weight);
        buf_add(&a->parts, query[i].text, query[i].len);
        bm25_bag_read(&a->bag, c->words, &query[i]);
    }
    bm25_bag_fold(&a->bag);
    if (a->bag.len)
        qsort(a->bag.items, a->bag.len, sizeof *a->bag.items, by_place);
    note_words(a, terms_count(c->words));
    return &a->bag;
}

double bm25_query_weight(const bm25 *c, const item *q, bool found)
{
    uint32_t term = bm25_term(c, q->word);
    if (term != BM25_NO_TERM)
        return q->count * c->idf[term];
    return found ? q->count * bm25_idf(c, BM25_NO_TERM) : 0;
}
