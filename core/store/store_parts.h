/* store_parts.h: what the files of this floor share of the store. Floor: store, nobody else. */
#ifndef POLDER_STORE_STORE_PARTS_H
#define POLDER_STORE_STORE_PARTS_H

#include "base/buf.h"
#include "store/store.h"

typedef struct known_kind known_kind;

struct store {
    db *db;
    char *actor;
    int depth;       /* of store_begin */
    char *acts_for;  /* in place of the actor, or NULL */
    int64_t cause;   /* of what it does, a seq; 0: none */
    char *handler;   /* that does it; NULL: none */
    bool told_clock; /* that it stands before the newest event */
    store_check_fn *check;
    void *check_ctx;
    bool tries_out;    /* changes that will be rolled back: the check isn't asked */
    known_kind *known; /* kinds read so far, for schema.c */
    int64_t known_at;  /* what `pragma data_version` said then */
};

/* What schema_load knows may not hold any more. */
void schema_forget(store *st);

enum {
    STORE_VALUE_DEPTH = 16, /* of a field's value: room for the maps around it in an event */
    STORE_RECORD_BYTES = 16 * 1048576, /* of one record's fields as JSON */
    STORE_FIELD_BYTES = 100,           /* of a field's name */
};

/* ERR_NOT_FOUND about `id`, with the nearest id there is as the hint; returns false. */
bool store_missing(store *st, const char *id, err *e);

/* Whether fields can be kept and come back the same: names, depth, UTF-8, whole numbers;
 * ERR_BAD_DATA names record and field. */
bool check_fields(const char *id, const value *fields, err *e);
/* The same for where and when it was stated. */
bool check_place(const statement *s, err *e);
/* id, kind, version, claims: keys of a record that are not fields. */
bool check_is_reserved(const char *name);

/* Several statements on one record, as one change and one event. With `sources_follow` a source may
 * be a record that isn't there yet. */
bool put_statements(store *st, const statement *s, size_t count, bool sources_follow,
                    put_outcome *outcome, err *e);

/* One record's data as stored. `found` also when it was deleted. */
typedef struct stored {
    bool found, deleted;
    int64_t version;
    value data; /* owned */
} stored;
bool store_load(store *st, const char *id, stored *out, err *e);

/* Asks the check of store_set_check; `before` and `after` are fields, nil or NULL where there is no
 * record. */
bool store_ask(store *st, const char *id, const value *before, const value *after,
               const char *source, err *e);

/* ERR_NOT_ALLOWED when other records rest on this one as their source; `what`: "deleted". */
bool store_check_not_needed(store *st, const char *id, const char *what, err *e);

/* Runs a statement whose parameters are all texts. */
bool store_run(store *st, const char *sql, const char *const *texts, size_t count, err *e);
/* JSON that this floor wrote itself; what can't be read is damage. */
bool store_read_json(const char *text, size_t len, const char *about, value *out, err *e);
bool store_read_map(const char *text, size_t len, const char *about, value *out,
                    err *e); /* the same, and it must be an object */
/* The object in the first row of a statement with one parameter; *out stays as it is when there is
 * no row. */
bool store_read_named(store *st, const char *sql, const char *name, value *out, err *e);
char *store_json(const value *v); /* owned by the caller */

#endif
