/* polder/match.h: ranking solutions for demands, and repeating and comparing it. Part of polder.h,
 * where ownership, errors and threads are explained. */
#ifndef POLDER_MATCH_H
#define POLDER_MATCH_H

#include <polder.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What to rank. Starts as `{.size = sizeof(polder_match_options), .scorecard = "zeeland"}`: 0 and
 * NULL mean the default. */
typedef struct polder_match_options {
    size_t size;                /* of this struct in bytes */
    const char *scorecard;      /* "zeeland", or with its plugin's name "zeeland/zeeland" */
    const char *const *demands; /* ids; NULL: every demand */
    size_t demand_count;        /* how many ids; 0: every demand */
    int64_t top;                /* ranked solutions for each demand, to 10000; 0: 10 */
    const char *today;          /* date that rules are told; NULL: today in UTC */
    int workers;                /* processes, to 256; 0: as configured, else as it is worth */
    bool keep;                  /* stores the run, to explain it later; adds "run" to the result */
} polder_match_options;

/* Ranks solutions for demands by a scorecard. The first call loads the workspace's plugins. Plugin
 * code runs in worker processes only, which this waits for: for a second or for minutes, by the
 * size of the collection. Gives the document of `polder match --json`, {"scorecard","today",
 * "log","failed_rules","demands":[{"demand","scored","excluded","ranked":[…]}]}, "run" with
 * `keep`, and "counted" where texts were counted as of an earlier event than "log". A rule that
 * failed (a bug, over its time or memory) is named in "failed_rules", counts for nothing and is no
 * error here. Where another process writes for so long, or the disk is so full, that the run can't
 * be kept, the document is given without "run" and *e says why. Owned by the caller; NULL sets *e.
 * On p's thread, in no check and no callback for rows. */
POLDER_EXPORT char *polder_match(polder *p, const polder_match_options *o, polder_error *e);

/* Computes a stored run again, with the records and plugins of then, and gives the document of
 * `polder replay --json`, {"run","scorecard","today","log","same","bytes","demands","differences",
 * "erased"}. A result that differs is no error here: *same is false then. `run` is an id that
 * polder_match gave with `keep`, or "last". Owned by the caller; NULL sets *e. On p's thread, in no
 * check and no callback for rows. */
POLDER_EXPORT char *polder_replay(polder *p, const char *run, bool *same, polder_error *e);

/* What moved between two stored runs, and which rules moved it: the document of `polder compare
 * --json`. Owned by the caller; NULL sets *e. On p's thread, in no check and no callback for rows.
 * */
POLDER_EXPORT char *polder_compare(polder *p, const char *was, const char *is, polder_error *e);

#ifdef __cplusplus
}
#endif

#endif
