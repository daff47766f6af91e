/* shares.h: what each rule says of each pair, kept so that rankings can be reckoned anew with other
 * weights without asking a rule again. Floor: engine. */
#ifndef POLDER_ENGINE_SHARES_H
#define POLDER_ENGINE_SHARES_H

#include "engine/match.h"
#include "engine/qrels.h"
#include "engine/quality.h"

/* The pairs of one demand that passed the gates, by id of the solution. */
typedef struct shares_demand {
    const qrels_row *rows; /* borrowed; its known answers */
    size_t count;
    size_t pairs;
    double *points;   /* by pair, then rule; NaN: the rule did not apply */
    size_t *known;    /* pairs that are right */
    double *relevant; /* their relevance */
    size_t known_len;
    double *all; /* relevance of all right ones, also of those that a gate kept out */
    size_t all_len;
} shares_demand;

/* Plain data; starts as {0}. */
typedef struct shares {
    shares_demand *demands;
    size_t len;
    value rules; /* list of {rule, max, weight} */
    double *max; /* by rule */
    size_t rules_len;
    size_t cut;      /* pairs that were not told: beyond MATCH_TOP_MAX */
    value scorecard; /* {scorecard, today, log, counted (as of match_run), failed_rules} */
} shares;

/* Asks the match for all pairs of the demands that `known` has a right answer for, some demands at
 * a time. */
bool shares_read(host *h, const match_request *r, const qrels *known, shares *out, err *e);
void shares_free(shares *s);

/* The score of a pair as the match reckons it, NaN where no rule applied. */
double shares_score(const shares *s, const shares_demand *d, size_t pair, const double *weights);
/* How good the ranking of one demand is, looked at as deep as `polder eval` does; `scores` by pair.
 */
quality shares_quality(const shares_demand *d, const double *scores);

#endif
