/* match.h: ranks solutions for demands by a scorecard, in scoring workers. Floor: engine. Loop
 * thread only. */
#ifndef POLDER_ENGINE_MATCH_H
#define POLDER_ENGINE_MATCH_H

#include "base/err.h"
#include "base/value.h"
#include "engine/scorecard.h"
#include "engine/stage.h"
#include "host/host.h"

enum { MATCH_TOP = 10, MATCH_TOP_MAX = 10000 };
#define MATCH_SEED_MAX 9007199254740991 /* 2^53 - 1: what a run's JSON holds exactly */

/* What a match took over from the one before. */
typedef struct match_kept {
    int64_t demands; /* whose rankings were there */
    int64_t changed; /* solutions that changed since */
    int64_t points;  /* answers of rules in Lua about pairs, where all was scored */
} match_kept;

typedef struct match_request {
    const char *scorecard; /* "zeeland" or "zeeland/zeeland" */
    const value *demands;  /* list of ids; NULL or empty: all */
    int64_t top;           /* ranked solutions per demand, 1 to MATCH_TOP_MAX */
    const char *today;     /* ISO date for ctx.today; NULL: today in UTC */
    uint64_t seed;         /* of ctx and math.random; 0 is fine */
    int workers;           /* 0: as many as the configuration says, else as it is worth */
    bool keep;             /* store the run */
    bool recounts; /* count texts as they are, whatever an earlier match counted; kept, so do
                      those after it (counted.h) */
    err *unkept;   /* why the store could not take the run, and the answer has none; NULL: that ends
                      the match */
    bool bare;     /* no reasons: each demand of the document has solutions = [id], best
                      first, and points = a text of doubles by solution, then rule, NaN where
                      it gave none, and no ranked; the document has rules = [{rule, max,
                      weight}]. Nothing is kept for the next match */
    value *steps;  /* takes the work step by step (match_steps.h), kept nowhere; NULL: no */
    value *phases; /* takes wall times, as match_phases gives them; NULL: no */
    match_kept *kept;                                      /* may be NULL */
    void (*progress)(void *ctx, int64_t done, int64_t of); /* demands; may be NULL */
    void *ctx;
} match_request;

/* The document of CONTRACT ("match --json"), owned by the caller; "run" is absent unless kept,
 * "counted" (counted.h) where texts were counted at "log"; neither is in the stored document.
 * failed_rules: list of {rule, plugin, pairs, reason, where} (failed.h). true also when rules
 * failed: look at failed_rules. */
bool match_run(host *h, const match_request *r, value *out, err *e);

/* For this floor: the same on a stage, kept nowhere. `stopped`: rules to leave out, as a run's
 * inputs name them; NULL: none. *inputs (may be NULL): what a run needs to be repeated. Owned by
 * the caller.
 */
bool match_on(const stage *on, const match_request *r, const value *stopped, value *doc,
              value *inputs, err *e);

/* The plugins whose rules, scorecards and kinds decide this plan: name → what a run says of it
 * (pinned.h). Owned by the caller. */
value match_plugins(const stage *on, const plan *p);

/* match_run, which also gives what the run was made from; owned by the caller. */
bool match_run_with(host *h, const match_request *r, value *out, value *inputs, err *e);

typedef struct explain_request {
    const char *scorecard;
    const char *demand, *solution; /* ids */
    const char *today;             /* as above */
    uint64_t seed;
    void (*progress)(void *ctx, int64_t tried, int64_t of); /* of explain_changes; may be NULL */
    void *ctx;
} explain_request;

/* One pair as CONTRACT's "explain --json": {demand, solution, scorecard, today, score, coverage,
 * rank (when known), gates, rules with fields and their sources, counted (as of match_run)}. */
bool explain_pair(host *h, const explain_request *r, value *out, err *e);
/* Adds `changes` to an explained pair: the smallest change of each field of the solution, alone,
 * that gains it a rank, `untried` (both engine/changes.h), and the `rank` that it has. `run`: as it
 * was in that run; NULL: as it is. */
bool explain_changes(host *h, const char *run, const explain_request *r, value *document, err *e);
/* The same for a stored run, as it was: its scorecard, date, seed and plugins, the records at its
 * log position, "log". "log_moved" tells how many changes of records are newer. */
bool explain_run(host *h, const char *run, const char *demand, const char *solution, value *out,
                 err *e);

#endif
