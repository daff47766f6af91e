/* polder_in.h: what stands behind the opaque types of polder.h. Floor: api, nobody else. One thread
 * for one workspace. */
#ifndef POLDER_API_POLDER_IN_H
#define POLDER_API_POLDER_IN_H

#include "api/sigpipe.h"
#include "base/err.h"
#include "base/value.h"
#include "host/host.h"
#include "host/workspace.h"
#include "polder.h"
#include "store/store.h"

struct polder_error {
    err err;
};

typedef struct guard guard; /* a check of the program's own (guard.c) */

struct polder {
    workspace *ws;
    store *store;  /* borrowed from ws */
    host *host;    /* made by the first call that needs plugins */
    bool looked;   /* whether plugins react to changes is known */
    bool attached; /* they do, and are asked */
    int reading;   /* callbacks under way that may only read */
    guard *guards;
    size_t guard_count;
    polder_subscription *listeners; /* in the order they came (listen.c) */
    int64_t seen;                   /* the newest event that listeners were told of */
    bool delivering;
};

/* The err behind a caller's error, cleared: an error always tells of the last call. NULL stays
 * NULL. */
err *api_fresh(polder_error *e);
char *api_json(const value *v); /* owned */

/* Copies the caller's struct of options, which may be one of a later or an earlier version: what it
 * doesn't have is 0. ERR_USAGE when it is NULL or its first member, the size, is below `least`. */
bool api_options(const void *given, size_t least, void *out, size_t size, const char *name, err *e);

/* ERR_USAGE when `text` is NULL; `name` is what it is called in polder.h. */
bool api_given(const char *text, const char *name, err *e);
/* false in a callback that may only read. */
bool api_may_act(const polder *p, err *e);
/* Loads the plugins at the first call: a program that only reads and writes records, where no
 * plugin reacts to that, starts no worker. */
bool api_plugins(polder *p, err *e);

/* What is given to a program's callback for rows; `ended`: by the program, which is no error. */
typedef struct api_rows {
    polder *polder;
    polder_row *row;
    void *ctx;
    bool ended;
} api_rows;
/* Gives it one row as JSON; false when the program wants no more. `ctx` is an api_rows. */
bool api_row(void *ctx, const value *row, err *e);
bool api_row_given(polder_row *row, err *e); /* ERR_USAGE when it is NULL */

/* Around each change. Before it: false when it may not be made, or those who may refuse it can't be
 * asked. After it, always: when it was kept handlers run, and listeners are told. Returns `kept`.
 */
bool api_change_begin(polder *p, sigpipe *held, err *e);
bool api_change_end(polder *p, sigpipe *held, bool kept);

/* The store asks the program's checks and the plugins' from now on, if there are any. */
void guard_attach(polder *p);
void guard_free(polder *p);

/* Tells listeners of a bounded number of events that are new; *more: there may be others. */
bool listen_deliver(polder *p, bool *more, err *e);
void listen_free(polder *p);

#endif
