/* Which words a query and a document share, and what each brings. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/bm25_bag.h"

/* Keeps `out` sorted by falling share; of equal ones the query's earlier word stands first. */
static size_t keep_word(bm25_word *out, size_t len, size_t most, bm25_word word)
{
    size_t at = len;
    while (at > 0 && out[at - 1].share < word.share)
        at--;
    if (at >= most)
        return len;
    if (len == most)
        len--;
    memmove(&out[at + 1], &out[at], (len - at) * sizeof *out);
    out[at] = word;
    return len + 1;
}

/* What of the query a document has, looked for while it is split. */
typedef struct shared {
    const char *text; /* where the document has it first; NULL: nowhere */
    size_t len;
    double count;  /* in the field that is read */
    double evened; /* of all fields */
} shared;

typedef struct search {
    const bm25_asked *asked;
    const bm25_text *field;
    shared *found; /* by place in the bag */
    double length; /* words of the field */
} search;

static void search_word(void *ctx, uint32_t word, size_t start, size_t end)
{
    search *s = ctx;
    uint32_t at = word < s->asked->words ? s->asked->at[word] : 0;
    s->length++;
    if (!at)
        return;
    shared *f = &s->found[at - 1];
    f->count++;
    if (!f->text) {
        f->text = s->field->text + start;
        f->len = end - start;
    }
}

static shared *search_document(const bm25 *c, const bm25_text *fields)
{
    search s = {.asked = c->asked};
    s.found = mem_zero(c->asked->bag.len + 1, sizeof *s.found);
    for (size_t f = 0; f < c->fields; f++) {
        s.field = &fields[f];
        s.length = 0;
        terms_each_at(c->words, fields[f].text, fields[f].len, search_word, &s);
        for (size_t i = 0; i < c->asked->bag.len; i++) {
            if (s.found[i].count > 0)
                s.found[i].evened += bm25_evened(c, f, s.found[i].count, s.length);
            s.found[i].count = 0;
        }
    }
    return s.found;
}

size_t bm25_words(bm25 *c, const bm25_text *query, size_t parts, const bm25_text *fields,
                  bm25_word *out, size_t most)
{
    bm25_close(c);
    const bag *q = bm25_query_bag(c, query, parts);
    shared *found = search_document(c, fields);
    size_t len = 0;
    double sum = 0;

    for (size_t i = 0; i < q->len; i++) {
        if (!found[i].text)
            continue;
        double part = bm25_query_weight(c, &q->items[i], true) * bm25_gain(found[i].evened);
        sum += part;
        len = keep_word(out, len, most, (bm25_word){found[i].text, found[i].len, part});
    }
    for (size_t i = 0; i < len; i++)
        out[i].share /= sum;
    free(found);
    return len;
}
