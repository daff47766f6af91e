/* past_decisions.h: what people decided about the claims of one record, as the log alone tells it:
 * what settle.c, withdraw.c, claim.c and forget.c do to table `settlement`, done again to a list.
 * Floor: store, past_*.c only. */
#ifndef POLDER_STORE_PAST_DECISIONS_H
#define POLDER_STORE_PAST_DECISIONS_H

#include "store/store_parts.h"

/* Owned by the list; as in `settlement`. */
typedef struct told_decision {
    char *field, *source, *why, *actor;
    char *waits;          /* for this source's withdrawal; NULL: it doesn't */
    int64_t event, ended; /* 0: it stands */
    size_t at;            /* when it was made */
} told_decision;

/* Plain data; starts zeroed. */
typedef struct decisions {
    told_decision *items;
    size_t len, cap, made;
} decisions;

/* Whether the record has such a live claim, of event `event` (0: of any). */
typedef bool decided_fn(void *ctx, const char *field, const char *source, int64_t event);

void decisions_free(decisions *d); /* leaves it empty */
void decisions_clear(decisions *d);
void decisions_add(decisions *d, const told_decision *like);      /* copies */
void decisions_end(decisions *d, const char *field, int64_t seq); /* field NULL: all that stand */
/* Those whose claim is no more end. */
void decisions_end_lost(decisions *d, int64_t seq, decided_fn *has, void *ctx);
/* With their source; `own`: the record is that source, and may speak on. */
void decisions_withdraw(decisions *d, const char *source, bool own, int64_t seq);
/* What ended by event `was` stands again, where its claim does and nothing else was decided. */
void decisions_restore(decisions *d, int64_t was, int64_t seq, decided_fn *has, void *ctx);
void decisions_forget(decisions *d, const value *fields); /* NULL: of all fields */
void decisions_sort(decisions *d);                        /* by field, event, as made */

#endif
