/* polder.h: Polder inside another program: open a workspace, read and write its records, check
 * changes, follow events, rank solutions for demands.
 *
 *     cc program.c $(pkg-config --cflags --libs polder)
 *
 * Texts. All are UTF-8 and end in a NUL. Records, fields and results are JSON texts, in the shapes
 * that the command line prints with --json. Whole JSON numbers are exact up to 2^53; scores run
 * from 0 to 100, coverage from 0 to 1; dates are ISO 8601 ("2026-11-24"), times RFC 3339 in UTC.
 *
 * Ownership. What a function takes is borrowed for the time of the call, and copied when it is
 * kept. What it returns as `char *` belongs to the caller, who gives it back with polder_text_free.
 * What it returns as `const char *` stays Polder's and is good for as long as its comment says.
 *
 * Errors. A function that can fail returns false or NULL and fills the `polder_error` that it was
 * given, which may be NULL for a program that doesn't ask why. A success clears it. Outputs change
 * only on success. A workspace must not be NULL; another argument that is, where its comment gives
 * that no meaning, is "usage".
 *
 * Threads. Polder makes none. One thread of the program makes all calls on a workspace, and all
 * callbacks run on it, inside those calls. An error object is used by one thread at a time. A
 * callback for rows and a check may read the workspace (get, kinds, query, search) and get
 * "not_allowed" for anything else; a callback for events may do all but close it. Plugins' code
 * runs in processes that Polder starts and waits for through SIGCHLD, by libuv, so beside a uv loop
 * of the program's own; SIGPIPE is kept from the program while that lasts.
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

POLDER_EXPORT polder_error *polder_error_new(void);    /* owned by the caller; says "none" */
POLDER_EXPORT void polder_error_free(polder_error *e); /* accepts NULL */

/* What an error says is good until the next call that is given it; "" when there is nothing to say.
 * A NULL error reads as "none". */

/* "none", "partial", "usage", "bad_data", "not_found", "not_allowed", "limit", "unavailable" or
 * "bug". Static. */
POLDER_EXPORT const char *polder_error_code(const polder_error *e);
/* What was wrong: a sentence without a full stop. */
POLDER_EXPORT const char *polder_error_message(const polder_error *e);
/* Where in the data or in a plugin: "file.csv:17", "zeeland/init.lua:12", a record's id. */
POLDER_EXPORT const char *polder_error_where(const polder_error *e);
/* What to do about it. */
POLDER_EXPORT const char *polder_error_hint(const polder_error *e);
/* The exit code of the command line for it: 0 for "none", 1 to 7, 70 for "bug". */
POLDER_EXPORT int polder_error_exit(const polder_error *e);

/* Opens the workspace in the folder `home`; NULL: $POLDER_HOME, else the nearest parent of the
 * current folder that has a polder.lua. (`polder init` makes one.) `actor` stands in the log for
 * every change made here, as "api:ACTOR"; NULL: "api". No plugin is loaded yet. Several may be open
 * at once, also on one folder. The result is owned by the caller; NULL sets *e. */
POLDER_EXPORT polder *polder_open(const char *home, const char *actor, polder_error *e);
/* Accepts NULL. Ends every worker process, check and subscription of this workspace. Not in a
 * callback. */
POLDER_EXPORT void polder_close(polder *p);

/* One record as {"id","kind","version",…fields}. `id` is "kind/slug". "not_found" when it isn't
 * there or was deleted. The text is owned by the caller; NULL sets *e. */
POLDER_EXPORT char *polder_get(polder *p, const char *id, polder_error *e);

/* The same as it was known at `when`: a day ("2026-02-23": at its end), a time, or the number of an
 * event. "usage" when that isn't one of these, or an event that isn't there yet. What was erased
 * since is gone from it too. */
POLDER_EXPORT char *polder_get_as_of(polder *p, const char *id, const char *when, polder_error *e);

/* The kinds of records that plugins declare, as a list of {"name","plugin","title","fields":[…]}. A
 * workspace that has heard of none loads its plugins for it. The text is owned by the caller; NULL
 * sets *e. */
POLDER_EXPORT char *polder_kinds(polder *p, polder_error *e);

/* What changes something (put, delete, emit): checks are asked first; one that says no, or that
 * can't be asked, is "not_allowed" with its name and reason. After the change plugins' handlers
 * that are due run, for about 10 s at most, then subscriptions are told. What comes of those is no
 * error of the change: it is kept. The first change looks at the workspace's plugins and loads them
 * if any reacts to changes; what is done to their files later is for who opens the workspace later.
 */

typedef enum polder_outcome {
    POLDER_SAME,    /* nothing was new: nothing was written */
    POLDER_CREATED, /* the record is new */
    POLDER_CHANGED, /* the record, or what a source states about it, changed */
} polder_outcome;

/* Writes what a source states about a record, which is made when it isn't there: one claim for each
 * field, one event in the log, in one transaction, on disk when this returns true. `fields` is a
 * JSON object; null takes a field away; "id", "kind", "version" and "claims" can't be fields.
 * `source` is the id of a record of kind source; NULL: the actor's own word, which stands over what
 * sources graded C to F state and is kept beside what one graded A or B does. `place` says where in
 * the source; NULL: the whole. *outcome may be NULL. */
POLDER_EXPORT bool polder_put(polder *p, const char *id, const char *fields, const char *source,
                              const char *place, polder_outcome *outcome, polder_error *e);

/* Marks a record deleted; its past stays. "not_found" when it isn't there. */
POLDER_EXPORT bool polder_delete(polder *p, const char *id, polder_error *e);

/* Appends an event of the program's own. `type` is like "harbour.closed" (small letters, digits,
 * '-', '_', a point); the types that Polder writes ("record.…", "run.…", …) are "not_allowed".
 * `subject` is one line of at most 200 bytes, a record's id or another name. `data` is a JSON
 * object; NULL: {}. */
POLDER_EXPORT bool polder_emit(polder *p, const char *type, const char *subject, const char *data,
                               polder_error *e);

/* Asked before a change is kept, inside its transaction. `change` is {"id","kind","before","after",
 * "source"}, records as {"id","kind",…fields}; "before" is null for one that is new, "after" for
 * one that is to be deleted. Borrowed. NULL lets it pass; a text refuses it and says why, and must
 * be good until this is called again. */
typedef const char *polder_check_fn(void *ctx, const char *change);

/* Has changes of records of `kind` (NULL: of all) checked, when they are made through `p`: by the
 * program, or by handlers that run after its changes. `name` ([a-z0-9_-], at most 60) stands in the
 * error; a check of the same name is replaced, or taken away when `fn` is NULL. The program's
 * checks are asked in the order they came, then those of plugins. */
POLDER_EXPORT bool polder_check(polder *p, const char *name, const char *kind, polder_check_fn *fn,
                                void *ctx, polder_error *e);

/* An event: {"seq","time","actor","type","subject","kind","data"}, "kind" only when the subject is
 * a record's id. `event` is borrowed, `len` its bytes without the NUL. */
typedef void polder_event_fn(void *ctx, const char *event, size_t len);

/* Calls `fn` for each event from now on, whoever wrote it, whose type fits the glob `type`
 * ("record.*"; NULL: all) and whose subject is of `kind` (NULL: all), in the order of the log:
 * right after the program's own change, or from polder_poll. It is told once while the program
 * runs, and nothing is kept for the next time: for effects that must not be missed write a plugin.
 * The result is good until polder_unsubscribe or polder_close; NULL sets *e. */
POLDER_EXPORT polder_subscription *polder_subscribe(polder *p, const char *type, const char *kind,
                                                    polder_event_fn *fn, void *ctx,
                                                    polder_error *e);
/* Accepts NULL. Also in a callback for events. */
POLDER_EXPORT void polder_unsubscribe(polder_subscription *s);

/* Tells subscriptions what is new, other processes' events too, 256 events at most: *more (may be
 * NULL) says that there may be others. Waits for no event and for no writer, and starts no process:
 * for a timer or an idle turn of the program's loop. With nothing new it costs one look into an
 * index. */
POLDER_EXPORT bool polder_poll(polder *p, bool *more, polder_error *e);

/* One record of a query or search; `record` is borrowed for the time of the call, `len` its bytes
 * without the NUL. false ends it. */
typedef bool polder_row(void *ctx, const char *record, size_t len);

/* What to read. Starts as `{.size = sizeof(polder_query_options), .kind = "solution"}`: 0 and NULL
 * mean the default. */
typedef struct polder_query_options {
    size_t size; /* of this struct in bytes, so that later versions can add to it */
    const char *kind;
    const char *where; /* condition, as 'trl >= 6 and region == "NL34"'; NULL: all */
    const char *order; /* field, "-field" for falling; NULL: by id */
    const char *after; /* what `next` of the page before gave, same kind and order; NULL: start */
    int64_t limit;     /* rows at most; 0 or less: no limit */
    const char *as_of; /* records as they were known then, as in polder_get_as_of; NULL: now */
} polder_query_options;

/* Calls `row` for each record; a kind that nobody declares and that has no record gives none.
 * *next (may be NULL) becomes what `after` takes for the page behind this one, owned by the
 * caller, or NULL when `limit` left nothing out or `row` ended it. true also when `row` ended
 * it. */
POLDER_EXPORT bool polder_query(polder *p, const polder_query_options *o, polder_row *row,
                                void *ctx, char **next, polder_error *e);

/* Calls `row` for each record with all these words in a text, in any form (Dutch, English), best
 * first, with "snippet" beside its fields. "a phrase" in quotes; -word must not be there. `kind`
 * NULL: all. `limit` 0 or less: no limit. true also when `row` ended it. */
POLDER_EXPORT bool polder_search(polder *p, const char *text, const char *kind, int64_t limit,
                                 polder_row *row, void *ctx, polder_error *e);

/* What to rank. Starts as `{.size = sizeof(polder_match_options), .scorecard = "zeeland"}`: 0 and
 * NULL mean the default. */
typedef struct polder_match_options {
    size_t size;                /* of this struct in bytes, so that later versions can add to it */
    const char *scorecard;      /* "zeeland", or with its plugin's name "zeeland/zeeland" */
    const char *const *demands; /* ids; NULL: every demand */
    size_t demand_count;        /* how many ids; 0: every demand */
    int64_t top;                /* ranked solutions for each demand, to 10000; 0: 10 */
    const char *today;          /* date that rules are told; NULL: today in UTC */
    int workers;                /* processes, to 256; 0: as configured, else as it is worth */
    bool keep;                  /* stores the run, to explain it later; adds "run" to the result */
} polder_match_options;

/* Ranks solutions for demands by a scorecard. The first call loads the workspace's plugins. Plugin
 * code runs in worker processes only, which this waits for: for a second or for minutes, by the
 * size of the collection. Gives the document of `polder match --json`, {"scorecard","today",
 * "log","failed_rules","demands":[{"demand","scored","excluded","ranked":[…]}]}, and "run" with
 * `keep`. A rule that failed (a bug, over its time or memory) is named in "failed_rules", counts
 * for nothing and is no error here. The text is owned by the caller; NULL sets *e. */
POLDER_EXPORT char *polder_match(polder *p, const polder_match_options *o, polder_error *e);

/* Computes a stored run again, with the records and plugins of then, and gives the document of
 * `polder replay --json`, {"run","scorecard","today","log","same","bytes","demands","differences",
 * "erased"}. A result that differs is no error here: *same (may be NULL) is false then. `run` is an
 * id that polder_match gave with `keep`, or "last". The text is owned by the caller; NULL sets *e.
 */
POLDER_EXPORT char *polder_replay(polder *p, const char *run, bool *same, polder_error *e);

/* What moved between two stored runs, and which rules moved it: the document of
 * `polder compare --json`. The text is owned by the caller; NULL sets *e. */
POLDER_EXPORT char *polder_compare(polder *p, const char *was, const char *is, polder_error *e);

#ifdef __cplusplus
}
#endif

#endif
