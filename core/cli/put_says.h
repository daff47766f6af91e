/* put_says.h: what to tell of a change that was kept: what it does not do, and what it may not have
 * meant. As warnings. Floor: cli. */
#ifndef POLDER_CLI_PUT_SAYS_H
#define POLDER_CLI_PUT_SAYS_H

#include "store/store.h"

/* Fields on which another's claim stands over what was said; `record` as it is now. */
bool put_says_outweighed(store *st, const statement *said, const value *record, err *e);
/* References to records that are not there: the first of them, and how many there are. */
void put_says_missing(store *st, const value *missing, int64_t count);

#endif
