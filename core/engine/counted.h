/* counted.h: as of which event a match counts texts. How much a word says depends on all texts, so
 * each change of one would move every score a little, and nothing could be kept between matches.
 * Therefore the statistics of a large collection stay those of an earlier match until a tenth of it
 * has changed. Floor: engine. */
#ifndef POLDER_ENGINE_COUNTED_H
#define POLDER_ENGINE_COUNTED_H

#include "engine/rows.h"
#include "engine/scorecard.h"
#include "engine/stage.h"

enum { COUNTED_FROM = 1000, COUNTED_SHARE = 10 };

/* Can a rule of the plan look at texts? Any in Lua can. */
bool counted_matters(const plan *p);
/* Are there COUNTED_FROM solutions? */
bool counted_large(store *st, bool *out, err *e);
/* *out: that event (for solution_rows.counted); 0: texts as they are. On the stage of a run it is
 * the run's; now it is that of the newest match which says so, as long as there are COUNTED_FROM
 * solutions and no more than one in COUNTED_SHARE has changed since. */
bool counted_on(const stage *on, const plan *p, int64_t *out, err *e);
/* Has no more than that share of the solutions changed when so many did? */
bool counted_few(store *st, int64_t changed, bool *out, err *e);
/* Were texts counted, and not where the log was? */
bool counted_differs(int64_t counted, int64_t log);
/* Then adds `counted` to a document: that event. */
void counted_tell(int64_t counted, int64_t log, value *document);
/* Opens the solutions that a plan ranks on a stage, their texts counted so. *log: the position
 * whose records they are. *r is set also when it fails. */
bool counted_open(const stage *on, const plan *p, solution_rows *r, int64_t *log, err *e);

#endif
