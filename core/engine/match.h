/* match.h: ranks solutions for demands by a scorecard, in scoring workers. Floor: engine. Loop
 * thread only. */
#ifndef POLDER_ENGINE_MATCH_H
#define POLDER_ENGINE_MATCH_H

#include "base/err.h"
#include "base/value.h"
#include "host/host.h"

enum { MATCH_TOP = 10, MATCH_TOP_MAX = 10000 };

typedef struct match_request {
    const char *scorecard; /* "zeeland" or "zeeland/zeeland" */
    const value *demands;  /* list of ids; NULL or empty: all */
    int64_t top;           /* ranked solutions per demand, 1 to MATCH_TOP_MAX */
    const char *today;     /* ISO date for ctx.today; NULL: today in UTC */
    uint64_t seed;         /* of ctx and math.random; 0 is fine */
    int workers;           /* 0: as many as the configuration says, else the processors */
    bool keep;             /* store the run */
    void (*progress)(void *ctx, int64_t done, int64_t of); /* demands; may be NULL */
    void *ctx;
} match_request;

/* The document of CONTRACT ("match --json"), owned by the caller; "run" is absent unless kept.
 * failed_rules: list of {rule, plugin, pairs, reason, where}. true also when rules failed: look at
 * failed_rules. */
bool match_run(host *h, const match_request *r, value *out, err *e);

typedef struct explain_request {
    const char *scorecard;
    const char *demand, *solution; /* ids */
    const char *today;             /* as above */
    uint64_t seed;
} explain_request;

/* One pair as CONTRACT's "explain --json": {demand, solution, scorecard, today, score, coverage,
 * rank (when known), gates, rules with fields and their sources}. */
bool explain_pair(host *h, const explain_request *r, value *out, err *e);
/* The same for a stored run: its scorecard, date and seed; "log_moved" tells how many changes of
 * records are newer than the run. */
bool explain_run(host *h, const char *run, const char *demand, const char *solution, value *out,
                 err *e);

#endif
