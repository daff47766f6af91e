/* kept.h: what a match leaves in the cache for the next one that asks the same: of each demand the
 * best with their reasons and a reserve without, and the statistics of texts. Floor: engine. */
#ifndef POLDER_ENGINE_KEPT_H
#define POLDER_ENGINE_KEPT_H

#include "base/hash.h"
#include "base/texts.h"
#include "engine/scoring.h"

typedef struct kept {
    workspace *ws;                               /* borrowed */
    char rankings[HASH_TEXT], counts[HASH_TEXT]; /* keys */
    int64_t log;   /* the position whose records the rankings are of; 0: none are kept */
    value demands; /* list of {demand, row, today, dated, items, reserve, scored, excluded}: items
                      as scoring_run gives them, row: a hash */
    value statistics; /* list for scoring.statistics; nil: none */
    texts changed;    /* ids of the solutions that changed since, in order */
} kept;

/* What is in the cache for this: the same scorecard, plugins, settings, seed and top, texts
 * counted as of `counted`, nothing erased since, and a log that goes on from there. */
bool kept_open(kept *k, const scoring *s, int64_t counted, err *e);
/* The demand of this row, ranked on that day, or when no rule looked at the day; NULL: it isn't
 * there. */
value *kept_find(const kept *k, const plan *p, const value *row, const char *today);
/* Keeps `demands` as of `log`; they stay the caller's. */
void kept_put(kept *k, const scoring *s, int64_t log, value *demands);
void kept_put_statistics(kept *k, const value *statistics);
void kept_hash_row(const value *row, char out[HASH_TEXT]);
void kept_free(kept *k);

#endif
