/* import.h: records in from JSON, JSONL and CSV. A bad row is reported with file:line and left out;
 * the good ones are kept. Floor: store. */
#ifndef POLDER_STORE_IMPORT_H
#define POLDER_STORE_IMPORT_H

#include "store/store.h"

typedef enum import_format { IMPORT_AUTO, IMPORT_JSON, IMPORT_JSONL, IMPORT_CSV } import_format;

typedef struct import_options {
    const char *path; /* "-": stdin */
    const char *kind; /* of rows that don't say; NULL: every row must */
    import_format format;
    const char *source; /* id of a source record for rows that don't carry claims; NULL: the actor's
                           own word */
    const value *kinds; /* kinds_load: types for CSV cells; NULL: every cell is text, or a number
                           where it looks like one */
    bool dry_run;       /* everything but the commit */
    bool atomic;        /* none when one is bad */
    /* Called for each bad row, and after each commit with the number of rows now safe; may be NULL.
     */
    void (*bad_row)(void *ctx, const err *why);
    void (*progress)(void *ctx, int64_t rows_safe, int64_t bytes_done, int64_t bytes_all);
    /* At the end, for each field that rows have and their kind doesn't declare; it was kept.
     * `nearest` is NULL when no declared name is near. May be NULL. */
    void (*unknown_field)(void *ctx, const char *kind, const char *field, const char *nearest,
                          int64_t rows);
    /* The same for words outside the vocabulary of an open field. */
    void (*unknown_term)(void *ctx, const char *field, const char *word, const char *nearest,
                         int64_t times);
    void *ctx;
} import_options;

typedef struct import_report {
    int64_t rows, created, changed, same, bad;
} import_report;

/* true when the file was read to its end, also with bad rows (report->bad). */
bool import_file(store *st, const import_options *o, import_report *report, err *e);

/* Records out as JSONL, by kind and id, each with its claims, and among a source's own that it is
 * withdrawn: import_file of it elsewhere gives the same records, claims, decisions and
 * withdrawals. `kinds`: list of text, NULL or empty: all. `as_of`: a log position
 * (past.h) for the records as they were then; 0: as they are. */
bool export_records(store *st, const value *kinds, int64_t as_of,
                    bool (*line)(void *ctx, const char *text, size_t len, err *e), void *ctx,
                    err *e);

#endif
