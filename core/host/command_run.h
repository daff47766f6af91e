/* command_run.h: one run of a plugin's command (polder.command), in a worker of its plugin, held
 * against its manifest. All that it wrote is kept in one transaction when it has returned, or
 * nothing. Floor: host. Loop thread only, and not from within a callback of the loop. */
#ifndef POLDER_HOST_COMMAND_RUN_H
#define POLDER_HOST_COMMAND_RUN_H

#include "base/err.h"
#include "base/value.h"
#include "host/host.h"

typedef struct command_request {
    const contribution *command; /* of type "command" */
    const value *args;           /* of command_args_read */
    const char *today;           /* ISO date for ctx.today; NULL: today in UTC */
    const char *lang;            /* "nl" or "en" for ctx.lang; NULL: "nl" */
    bool dry;                    /* keep nothing */
    void (*print)(void *ctx, const char *text, size_t len); /* as the plugin gave it: not escaped */
    void (*progress)(void *ctx, int64_t percent);           /* may be NULL */
    bool (*change)(void *ctx, err *e); /* asked before the first change, and may refuse it; may be
                                          NULL */
    void *ctx;
    err *unkept; /* why a run of its polder.match could not be stored; what it gives stands when
                    it writes nothing; NULL: that ends the command */
} command_request;

/* Plain data; starts as {0}. */
typedef struct command_outcome {
    value result;  /* the table that it returned, without `files`; nil when it returned none */
    value files;   /* map: name without a folder → text; nil when there are none */
    value effects; /* what it wrote: list of {id, fields} and {type, subject, data}, in order */
    int64_t event; /* "command.ran", which the changes name as their cause; 0: it wrote nothing */
} command_outcome;

/* After host_load; `change` does reactions_attach, where checks are to be asked. false: nothing was
 * kept. *e is the plugin's failure with its file:line, a limit, or the reason that the command
 * itself gave.
 */
bool command_run(host *h, const command_request *r, command_outcome *out, err *e);
void command_outcome_free(command_outcome *o);

#endif
