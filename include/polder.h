/* polder.h: Polder inside another program: open a workspace, read and write its records, see what
 * sources state and decide between them, check changes, follow events, prove the past, rank.
 *
 *     cc program.c $(pkg-config --cflags --libs polder)
 *
 * Texts. All are UTF-8 and end in a NUL. Records, fields and results are JSON texts, in the shapes
 * that the command line prints with --json. Whole JSON numbers are exact up to 2^53; scores run
 * from 0 to 100, coverage from 0 to 1; dates are ISO 8601 ("2026-11-24"), times RFC 3339 in UTC.
 *
 * Ownership. What a function takes is borrowed for the time of the call, and copied when it is
 * kept. What it returns as `char *`, or in a `char **`, is owned by the caller, who gives it back
 * with polder_text_free. What it returns as `const char *` stays Polder's and is good for as long
 * as its comment says.
 *
 * Errors. A function that can fail returns false or NULL and fills the `polder_error` that it was
 * given, which may be NULL for a program that doesn't ask why. A success clears it. Outputs change
 * only on success, and each `char **` or other pointer for one may be NULL. A workspace must not be
 * NULL; another argument that is, where its comment gives that no meaning, is "usage".
 *
 * Threads. Polder makes none. A workspace belongs to one thread of the program, which makes all
 * calls on it ("p's thread"); all callbacks run on that thread, inside those calls. A callback for
 * rows and a check may read, and get "not_allowed" for anything else; one for events may do all but
 * close the workspace. An error object is used by one thread at a time. Each comment says it again.
 * Plugins' code runs in processes that Polder starts and waits for through SIGCHLD, by libuv, so
 * beside a uv loop of the program's own; SIGPIPE is kept from the program while that lasts.
 *
 * Changes (put, delete, emit, settle, unsettle, withdraw, restore, forget). Each is one
 * transaction, on disk when its function returns with success. Of a record, checks are asked first:
 * one that says no, or that can't be asked, is "not_allowed" with its name and reason. After it
 * plugins' handlers that are due run, for about 10 s at most (those that take long are left to the
 * daemon where one serves the workspace), then subscriptions are told; what comes of those is no
 * error of the change: it is kept, and a handler that fails is a line on stderr. The first change
 * looks at the workspace's plugins and loads them if any reacts to changes; what is done to their
 * files later is for who opens the workspace later.
 *
 * Memory that runs out ends the process with a message on stderr and exit code 70; what was
 * acknowledged is on disk by then.
 */
#ifndef POLDER_H
#define POLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POLDER_EXPORT __attribute__((visibility("default")))

typedef struct polder polder;                           /* opaque: one open workspace */
typedef struct polder_error polder_error;               /* opaque: why the last call failed */
typedef struct polder_subscription polder_subscription; /* opaque */

/* Version of the library, "0.1.0". Static. Any thread. */
POLDER_EXPORT const char *polder_version(void);

/* Gives back a text that the caller owns. Accepts NULL. Any thread. */
POLDER_EXPORT void polder_text_free(char *text);

/* Says "none". Owned by the caller. Any thread. */
POLDER_EXPORT polder_error *polder_error_new(void);
/* Accepts NULL. Any thread. */
POLDER_EXPORT void polder_error_free(polder_error *e);

/* A NULL error reads as "none"; "" where there is nothing to say. */

/* "none", "partial", "usage", "bad_data", "not_found", "not_allowed", "limit", "unavailable" or
 * "bug". Static. Any thread. */
POLDER_EXPORT const char *polder_error_code(const polder_error *e);
/* What was wrong: a sentence without a full stop. Good until the next call that is given `e`. Any
 * thread. */
POLDER_EXPORT const char *polder_error_message(const polder_error *e);
/* Where in the data or in a plugin: "file.csv:17", "zeeland/init.lua:12", a record's id. Good until
 * the next call that is given `e`. Any thread. */
POLDER_EXPORT const char *polder_error_where(const polder_error *e);
/* What to do about it. Good until the next call that is given `e`. Any thread. */
POLDER_EXPORT const char *polder_error_hint(const polder_error *e);
/* The exit code of the command line for it: 0 for "none", 1 to 7, 70 for "bug". Any thread. */
POLDER_EXPORT int polder_error_exit(const polder_error *e);

/* Opens the workspace in the folder `home`; NULL: $POLDER_HOME, else the nearest parent of the
 * current folder that has a polder.lua. (`polder init` makes one.) `actor` stands in the log for
 * every change made here, as "api:ACTOR"; NULL: "api". No plugin is loaded yet. Several may be open
 * at once, also on one folder. Owned by the caller (polder_close); NULL sets *e. Any thread, to
 * which the workspace then belongs. */
POLDER_EXPORT polder *polder_open(const char *home, const char *actor, polder_error *e);
/* Accepts NULL. Ends every worker process, check and subscription of this workspace. The
 * workspace's thread, in no callback. */
POLDER_EXPORT void polder_close(polder *p);

/* One row of what is read, a JSON object, borrowed for the time of the call; `len` its bytes
 * without the NUL. false ends the reading, which is no error. Called on p's thread. */
typedef bool polder_row(void *ctx, const char *row, size_t len);

#ifdef __cplusplus
}
#endif

#include "polder/claims.h"
#include "polder/events.h"
#include "polder/match.h"
#include "polder/records.h"

#endif
