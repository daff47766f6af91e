/* tune.h: which weights would rank better, by known answers. Nothing is changed. Floor: engine.
 * Loop thread only. */
#ifndef POLDER_ENGINE_TUNE_H
#define POLDER_ENGINE_TUNE_H

#include "engine/match.h"
#include "engine/qrels.h"

typedef struct tune_request {
    match_request match; /* `seed` also deals the demands out to folds; top and demands are ours */
    const char *qrels;   /* the file */
    const char *metric;  /* one of QUALITY_NAMES: what is to rise */
    int folds;           /* 2 or more, up to as many as there are demands */
} tune_request;

/* {scorecard, today, log, counted (as of match_run), qrels, metric, folds, n, cut, rules = list of
 * {rule, max, weight, suggested}, before = {mrr, …}, fitted = {mrr, …}, held_out = {mrr, …},
 * difference = {mrr = {difference, interval, p}, …}, unknown, failed_rules}. `before`: today's
 * weights; `fitted`: the suggested ones on the demands they were fitted to; `held_out`: each demand
 * by weights fitted without its fold; `difference`: held out less before. `cut`: pairs beyond the
 * first MATCH_TOP_MAX, which were not looked at. Owned by the caller. */
bool tune_run(host *h, const tune_request *r, value *out, err *e);

#endif
