/* explainer.h: pairs explained one after the other by one scorecard on one stage: the solutions go
 * to a worker once, which is most of what one question costs. Floor: engine. Loop thread only. */
#ifndef POLDER_ENGINE_EXPLAINER_H
#define POLDER_ENGINE_EXPLAINER_H

#include "engine/stage.h"

typedef struct explainer explainer; /* opaque */

/* `today` and `seed` as in explain_request, `stopped` as in match_on. All borrowed, `on` and
 * `stopped` until the end. NULL sets *e. */
explainer *explainer_new(const stage *on, const char *scorecard, const char *today, uint64_t seed,
                         const value *stopped, err *e);
/* As explain_pair, whatever was asked before: a rule that had to be stopped for one pair is asked
 * about the next. */
bool explainer_ask(explainer *x, const char *demand, const char *solution, value *out, err *e);
void explainer_free(explainer *x); /* accepts NULL */

#endif
