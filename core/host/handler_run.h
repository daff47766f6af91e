/* handler_run.h: one run of a handler at an event: begun, stepped until it has ended, and kept or
 * cut off. Floor: host. Loop thread only, and not from within a callback of the loop. What it
 * writes and its place in the log are one transaction. */
#ifndef POLDER_HOST_HANDLER_RUN_H
#define POLDER_HOST_HANDLER_RUN_H

#include "base/err.h"
#include "host/host.h"
#include "store/store.h"

enum { DISPATCH_ATTEMPTS = 5 }; /* then the event is parked */

typedef struct handler_run handler_run; /* opaque */

/* What came of it. */
typedef struct handler_end {
    int64_t seq; /* of the event */
    int64_t took_ms;
    bool failed, parked;
    value failure; /* {handler, event, type, subject, attempts, parked, next_ms, message, where};
                      nil: none. Owned by the caller */
} handler_end;

/* At event `seq`; `tried`: how often before. Never NULL: what goes wrong is told at its end.
 */
handler_run *handler_run_begin(host *h, store *st, const contribution *c, const plugin *p,
                               int64_t seq, int64_t tried);
/* After each turn of the loop: has it ended? */
bool handler_run_step(handler_run *r);
/* Since its plugin was asked; 0 while that is loaded. */
int64_t handler_run_ms(const handler_run *r);
/* Keeps what it did, or that it failed; frees it. false: the store failed, or no process can be
 * had, and nothing is kept. */
bool handler_run_keep(handler_run *r, handler_end *out, err *e);
/* Ends and frees it, and has it begin again in five minutes: that was no failure of its, so who has
 * the time need not wait (dispatch_limits). false: the store failed. */
bool handler_run_put_off(handler_run *r, int64_t wall_ms, err *e);
/* Ends and frees it, as if it had never begun. Accepts NULL. */
void handler_run_cut(handler_run *r);

#endif
