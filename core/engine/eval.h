/* eval.h: the quality of a scorecard, held against known answers. Floor: engine. Loop thread only.
 */
#ifndef POLDER_ENGINE_EVAL_H
#define POLDER_ENGINE_EVAL_H

#include "engine/match.h"
#include "engine/qrels.h"

enum { EVAL_TOP = 100, EVAL_TOP_LEAST = 20 };

typedef struct eval_request {
    match_request match; /* top: EVAL_TOP_LEAST or more; its demands are those of the file */
    const char *qrels;   /* the file */
    const char *group;   /* a field of demands; NULL: no groups */
    const char *against; /* id of a run; NULL: none */
} eval_request;

/* {scorecard, today, log, counted (as of match_run), qrels, top, n, mrr, p1, ndcg10, recall10,
 * recall20 (quality.h), intervals = {mrr = [low, high], …}, demands = list of {demand, mrr, …,
 * relevant, first}, groups = list of {group, n, mrr, …}, against = {run, scorecard, top, n, mrr =
 * {was, now, difference, interval, p}, …}, unknown = list of {where, id}, failed_rules}. n: demands
 * with a right answer that the store knows. Against a run both are judged as deep as both were
 * ranked: `top`. Owned by the caller. */
bool eval_run(host *h, const eval_request *r, value *out, err *e);

#endif
