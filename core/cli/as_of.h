/* as_of.h: --as-of, the point in the log that a command looks from. Floor: cli. */
#ifndef POLDER_CLI_AS_OF_H
#define POLDER_CLI_AS_OF_H

#include "cli/cli.h"

#define OPTION_AS_OF_ROW                                                                           \
    {                                                                                              \
        .name = "as-of", .type = OPTION_TEXT, .value_name = "DATE",                                \
        .help = "as it was known at the end of this day (UTC), at this time, or after this event"  \
    }

/* The position that --as-of names; 0 without it. */
bool as_of_read(cli *c, store *st, int64_t *out_seq, err *e);

#endif
