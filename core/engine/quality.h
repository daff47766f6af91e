/* quality.h: how good rankings are, held against known answers. For one demand, with r(i) the
 * relevance of what stands i-th (0 when unknown) and relevant meaning above 0:
 *   mrr       1 / place of the first relevant one, 0 when none was ranked; the mean is MRR
 *   p1        1 when the first is relevant, else 0
 *   ndcg10    sum of r(i) / log2(i + 1) over the first 10, divided by the same sum of the best
 * order of all known answers (Järvelin and Kekäläinen 2002; discount as in trec_eval) recall10
 * share of the relevant ones that stand in the first 10; recall20 in the first 20 Intervals are
 * percentiles of bootstrap means over demands (Efron 1979); p is of the paired randomisation test
 * (Smucker, Allan and Carterette 2007). Seeded: the same numbers everywhere. Floor: engine. Any
 * thread. */
#ifndef POLDER_ENGINE_QUALITY_H
#define POLDER_ENGINE_QUALITY_H

#include <stddef.h>
#include <stdint.h>

enum { QUALITY_METRICS = 5, QUALITY_RESAMPLES = 10000 };

extern const char *const QUALITY_NAMES[QUALITY_METRICS]; /* as in JSON and --min */

typedef struct quality {
    double of[QUALITY_METRICS];
} quality;

/* One demand: `ranked`: relevance by place, best place first; `known`: all relevances above 0, in
 * any order, at least one. */
quality quality_one(const double *ranked, size_t places, const double *known, size_t count);
quality quality_mean(const quality *all, size_t count); /* 0 of none */

/* 95 % of the means of `count` demands drawn with replacement lie from `low` to `high`. */
void quality_interval(const quality *all, size_t count, uint64_t seed, quality *low, quality *high);
/* How probable a mean difference at least this large, either way, is when nothing but chance says
 * which of each pair is which. `differences`: by demand. */
quality quality_chance(const quality *differences, size_t count, uint64_t seed);

#endif
