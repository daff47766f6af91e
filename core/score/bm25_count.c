/* Statistics as bytes: numbers as LEB128, doubles as their eight bytes, words as the stems that
 * they are the same by in every process. What reads them takes nothing for granted: each number has
 * a range in which the formulas stay between their bounds. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/bm25_in.h"
#include "score/leb.h"

/* WORDS_MOST: whole numbers up to here are doubles without loss. TERM_LEAST: bytes of the shortest
 * term, so that a number of terms is known to be a lie before room is made for them. */
enum { STEM_MOST = 255, TERM_LEAST = 1 + 1 + 8 };
static const uint64_t WORDS_MOST = (uint64_t)1 << 53;

/* Of the collection as a query and a document in it: 1, and the rounding of long sums. */
static const double COMMON_MOST = 1.000001;

static const char *stem_of(const char *const *stems, size_t term)
{
    return stems[term] ? stems[term] : "";
}

/* By the collection's number. */
static const char **stems_by_term(const bm25 *c)
{
    const char **stems = mem_zero(c->terms + 1, sizeof *stems);
    for (size_t word = 0; word < c->own_len; word++)
        if (c->own[word])
            stems[c->own[word] - 1] = terms_stem(c->words, (uint32_t)word);
    return stems;
}

void bm25_export(bm25 *c, buf *out)
{
    bm25_close(c);
    const char **stems = stems_by_term(c);
    leb_add(out, c->fields);
    leb_add(out, c->counted);
    for (size_t f = 0; f < c->fields; f++)
        leb_add(out, c->words_all[f]);
    leb_add_double(out, c->mean_common);
    leb_add(out, c->known);
    for (size_t t = 0; t < c->known; t++) {
        leb_add_text(out, stem_of(stems, t), strlen(stem_of(stems, t)));
        leb_add(out, c->df[t]);
        leb_add_double(out, c->common[t]);
    }
    free(stems);
}

static bool is_common(double x)
{
    return x >= 0 && x <= COMMON_MOST; /* NaN is not */
}

static bool read_term(bm25 *c, size_t term, leb *from)
{
    const char *stem;
    size_t len;
    uint64_t df;
    if (!leb_text(from, STEM_MOST, &stem, &len) || !leb_number(from, c->counted, &df) ||
        !leb_double(from, &c->common[term]) || !is_common(c->common[term]) || df == 0 ||
        memchr(stem, '\0', len))
        return false;
    c->df[term] = (uint32_t)df;
    return bm25_term_made(c, terms_of_stem(c->words, stem, len)) == term; /* or it was there */
}

static bool read_all(bm25 *c, leb *from)
{
    uint64_t fields, counted, known;
    if (!leb_number(from, BM25_FIELDS, &fields) || fields != c->fields ||
        !leb_number(from, UINT32_MAX, &counted))
        return false;
    c->counted = counted;
    for (size_t f = 0; f < c->fields; f++)
        if (!leb_number(from, counted ? WORDS_MOST : 0, &c->words_all[f]))
            return false;
    if (!leb_double(from, &c->mean_common) || !is_common(c->mean_common) ||
        !leb_number(from, from->len / TERM_LEAST, &known))
        return false;
    c->known = known;
    c->df = mem_zero(known + 1, sizeof *c->df);
    c->common = mem_zero(known + 1, sizeof *c->common);
    for (size_t t = 0; t < known; t++)
        if (!read_term(c, t, from))
            return false;
    return from->len == 0;
}

bm25 *bm25_import(terms *words, const double *weights, size_t fields, const char *bytes, size_t len,
                  err *e)
{
    bm25 *c = bm25_new(words, weights, fields);
    leb from = {bytes, len};
    c->fixed = c->imported = 1;
    if (read_all(c, &from))
        return c;
    bm25_free(c);
    err_set(e, ERR_BAD_DATA, "text statistics that can't be");
    return NULL;
}
