/* merge.h: a demand's ranking put together from what was kept of it and from what was ranked anew.
 * Exact: it says no where it can't know. Floor: engine. */
#ifndef POLDER_ENGINE_MERGE_H
#define POLDER_ENGINE_MERGE_H

#include "base/texts.h"
#include "base/value.h"

/* What was looked at anew: all that changed, and more. `ids` in order; how many of the rows were
 * ranked, and how many were gone. */
typedef struct merge_news {
    const texts *ids;
    int64_t ranked, gone;
} merge_news;

/* `kept`: {items (item.h), reserve, scored, excluded} in which nothing ranks before the last of the
 * reserve but what is in it, as it was before the change; `fresh`: what scoring_run gave of the
 * news for the same top and reserve, those below merge_least left out or not. Makes of `kept` the
 * ranking of the best `top` and a reserve of at most `reserve`, as scoring all would give it, and
 * takes items out of `fresh`. false: that can't be known from these two; both are then still to be
 * freed and otherwise of no use. */
bool merge_ranking(value *kept, value *fresh, const merge_news *news, int64_t top, int64_t reserve);

/* What one of the news must score at least to be among the best; NaN: any may be. */
double merge_floor(const value *kept, const texts *ids, int64_t top);
/* What one of the news must score at least to be in what is known of the ranking; NaN: any is. */
double merge_least(const value *kept);
/* How many of the kept best are among the news, and so may leave their places. */
int64_t merge_lost(const value *kept, const texts *ids);
bool merge_among(const texts *ids, const char *id);
/* The order of all rankings: by score, those without one (NaN) last, ties by id. */
bool merge_is_before(double score, const char *id, double other, const char *other_id);

#endif
