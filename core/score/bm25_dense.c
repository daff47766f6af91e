/* Loops over all documents, four at a time. A word that most documents have is faster added to all
 * in a row than to each that has it; adding 0 changes no bit. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "score/bm25_in.h"

/* LANES: what the compiler makes of the instructions there are. */
enum { LANES = 4 };
typedef double lanes __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

static bool is_dense(const bm25 *c, size_t term)
{
    return (c->starts[term + 1] - c->starts[term]) * 2 > c->documents;
}

/* NULL: it has none. */
static double *column_of(const bm25 *c, size_t term)
{
    size_t number = c->dense_at[term];
    return number ? c->dense + (number - 1) * c->documents : NULL;
}

void bm25_dense_make(bm25 *c)
{
    size_t len = 0;
    c->dense_at = mem_zero(c->terms + 1, sizeof *c->dense_at);
    for (size_t t = 0; t < c->terms; t++)
        if (is_dense(c, t))
            c->dense_at[t] = (uint32_t)++len;
    c->dense = mem_zero(len * c->documents + 1, sizeof *c->dense);
    for (size_t t = 0; t < c->terms; t++) {
        double *column = column_of(c, t);
        for (size_t p = c->starts[t]; column && p < c->starts[t + 1]; p++)
            column[c->posted[p]] = bm25_gain_at(c, p);
    }
}

static void add_column(const double *restrict gains, size_t len, double weight,
                       double *restrict out)
{
    size_t d = 0;
    for (; d + LANES <= len; d += LANES)
        *(lanes *)(out + d) += weight * *(const lanes *)(gains + d);
    for (; d < len; d++)
        out[d] += weight * gains[d];
}

static void add_postings(const bm25 *c, uint32_t term, double weight, double *restrict out)
{
    const uint32_t *restrict posted = c->posted;
    const double *restrict gains = c->gains;
    const uint16_t *restrict numbers = c->gain_numbers;
    size_t from = c->starts[term], to = c->starts[term + 1];
    for (size_t p = from; numbers && p < to; p++)
        out[posted[p]] += weight * gains[numbers[p]];
    for (size_t p = from; !numbers && p < to; p++)
        out[posted[p]] += weight * gains[p];
}

void bm25_add_term(const bm25 *c, uint32_t term, double weight, double *out)
{
    const double *column = column_of(c, term);
    if (column && isfinite(weight))
        add_column(column, c->documents, weight, out);
    else
        add_postings(c, term, weight, out);
}

void bm25_add_term_some(const bm25 *c, uint32_t term, double weight, const uint32_t *which,
                        size_t count, double *out)
{
    const double *column = column_of(c, term);
    if (!column || !isfinite(weight)) {
        add_postings(c, term, weight, out);
        return;
    }
    for (size_t i = 0; i < count; i++)
        out[which[i]] += weight * column[which[i]];
}

/* bm25_moved for each. */
void bm25_move_all(const bm25 *c, double *out)
{
    size_t d = 0;
    for (; d + LANES <= c->documents; d += LANES) {
        lanes x = *(lanes *)(out + d) * *(const lanes *)(c->factor + d);
        *(lanes *)(out + d) = x - 0.25 * x * x;
    }
    for (; d < c->documents; d++)
        out[d] = bm25_moved(out[d], c->factor[d]);
}
