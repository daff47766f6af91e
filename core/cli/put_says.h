/* put_says.h: what to tell of a change that was kept, as warnings. Floor: cli. */
#ifndef POLDER_CLI_PUT_SAYS_H
#define POLDER_CLI_PUT_SAYS_H

#include "store/put_notes.h"

/* `notes` of `said`; of references to records that are not there the first, and how many more. */
void put_says(const statement *said, const value *notes);
/* Those references as {record, field, target}; owned by the caller. */
value put_says_missing(const statement *said, const value *notes);

#endif
