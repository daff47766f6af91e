/* run.h: one execution of a match, report, connector or job, with all that is needed to repeat it.
 * Floor: store. */
#ifndef POLDER_STORE_RUN_H
#define POLDER_STORE_RUN_H

#include "base/buf.h"
#include "store/store.h"

/* Stores a finished run and appends the event "run.finished" in one transaction. `inputs` (log
 * position, scorecard, plugin hashes, date, seed, arguments) and `result` are maps. The id is
 * "run/" and a time-ordered name; owned by the caller; NULL sets *e. */
char *run_store(store *st, const char *what, const value *inputs, const value *result, err *e);
/* {id, what, time, log, inputs, result}; ERR_NOT_FOUND names the newest runs, or says that the
 * answer was erased (forget.h). *out owned by the caller. */
bool run_load(store *st, const char *id, value *out, err *e);
/* The same of a match; ERR_USAGE when the run isn't one. `id` may be "last", the newest match,
 * whatever other runs there are since, or "last~1", the one before it, and so on. */
bool run_load_match(store *st, const char *id, value *out, err *e);
/* The bytes of its result as they were stored; ERR_BAD_DATA when the log has another digest of
 * them, or of the inputs: somebody changed the run. */
bool run_result(store *st, const char *id, buf *out, err *e);

/* When the store could not take a run: true, with the reason in `unkept`, where it was busy or full
 * and the caller lets the answer stand (`unkept` isn't NULL); else false and *e. */
bool run_unkept(const err *why, err *unkept, err *e);

/* What is known of a run but its result: {id, what, time, log, inputs}; nil where there is none of
 * that id, or none yet after event `as_of` (0: now). *out owned by the caller. */
bool run_find(store *st, const char *id, int64_t as_of, value *out, err *e);

/* Of the newest matches the last one that says so: the position in the log whose texts it counted
 * (inputs.counted); 0: none does. */
bool run_last_counted(store *st, int64_t *out, err *e);

#endif
