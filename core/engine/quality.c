#include "engine/quality.h"

#include <math.h>
#include <stdlib.h>

#include "base/chance.h"
#include "base/mem.h"

const char *const QUALITY_NAMES[QUALITY_METRICS] = {"mrr", "p1", "ndcg10", "recall10", "recall20"};

enum { MRR, P1, NDCG10, RECALL10, RECALL20 };

/* Means that differ by less come from the order of the sum. */
static const double ROUNDING = 1e-12;

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static double gained(const double *relevance, size_t places)
{
    double sum = 0;
    for (size_t i = 0; i < places && i < 10; i++)
        sum += relevance[i] / log2((double)i + 2.0);
    return sum;
}

static double best_gain(const double *known, size_t count)
{
    double *sorted = mem_zero(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = known[i];
    qsort(sorted, count, sizeof *sorted, falling);
    double best = gained(sorted, count);
    free(sorted);
    return best;
}

quality quality_one(const double *ranked, size_t places, const double *known, size_t count)
{
    quality q = {{0}};
    double found10 = 0, found20 = 0;
    for (size_t i = 0; i < places; i++) {
        if (!(ranked[i] > 0))
            continue;
        if (q.of[MRR] == 0)
            q.of[MRR] = 1.0 / (double)(i + 1);
        found10 += i < 10;
        found20 += i < 20;
    }
    q.of[P1] = places > 0 && ranked[0] > 0;
    q.of[NDCG10] = gained(ranked, places) / best_gain(known, count);
    q.of[RECALL10] = found10 / (double)count;
    q.of[RECALL20] = found20 / (double)count;
    return q;
}

quality quality_mean(const quality *all, size_t count)
{
    quality mean = {{0}};
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < QUALITY_METRICS; m++)
            mean.of[m] += all[i].of[m];
    for (size_t m = 0; count > 0 && m < QUALITY_METRICS; m++)
        mean.of[m] /= (double)count;
    return mean;
}

static size_t draw_below(uint64_t *state, size_t count)
{
    return (size_t)(chance_unit(state) * (double)count);
}

static quality resampled(const quality *all, size_t count, uint64_t *state)
{
    quality mean = {{0}};
    for (size_t i = 0; i < count; i++) {
        const quality *one = &all[draw_below(state, count)];
        for (size_t m = 0; m < QUALITY_METRICS; m++)
            mean.of[m] += one->of[m];
    }
    for (size_t m = 0; m < QUALITY_METRICS; m++)
        mean.of[m] /= (double)count;
    return mean;
}

void quality_interval(const quality *all, size_t count, uint64_t seed, quality *low, quality *high)
{
    enum { CUT = QUALITY_RESAMPLES / 40 }; /* 2.5 % on either side */
    double *means[QUALITY_METRICS];
    *low = *high = (quality){{0}};
    if (count == 0)
        return;
    for (size_t m = 0; m < QUALITY_METRICS; m++)
        means[m] = mem_zero(QUALITY_RESAMPLES, sizeof *means[m]);
    for (size_t r = 0; r < QUALITY_RESAMPLES; r++) {
        quality mean = resampled(all, count, &seed);
        for (size_t m = 0; m < QUALITY_METRICS; m++)
            means[m][r] = mean.of[m];
    }
    for (size_t m = 0; m < QUALITY_METRICS; m++) {
        qsort(means[m], QUALITY_RESAMPLES, sizeof *means[m], falling);
        high->of[m] = means[m][CUT];
        low->of[m] = means[m][QUALITY_RESAMPLES - 1 - CUT];
        free(means[m]);
    }
}

quality quality_chance(const quality *differences, size_t count, uint64_t seed)
{
    quality real = quality_mean(differences, count), p;
    size_t as_large[QUALITY_METRICS] = {0};
    for (size_t r = 0; count > 0 && r < QUALITY_RESAMPLES; r++) {
        quality sum = {{0}};
        for (size_t i = 0; i < count; i++) {
            double sign = chance_next(&seed) >> 63 ? 1 : -1;
            for (size_t m = 0; m < QUALITY_METRICS; m++)
                sum.of[m] += sign * differences[i].of[m];
        }
        for (size_t m = 0; m < QUALITY_METRICS; m++)
            as_large[m] += fabs(sum.of[m] / (double)count) >= fabs(real.of[m]) - ROUNDING;
    }
    for (size_t m = 0; m < QUALITY_METRICS; m++)
        p.of[m] = count > 0 ? ((double)as_large[m] + 1) / (QUALITY_RESAMPLES + 1.0) : 1;
    return p;
}
