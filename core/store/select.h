/* select.h: reading many records of a kind: a condition in Polder's small language, compiled to SQL
 * with bound values. Floor: store. */
#ifndef POLDER_STORE_SELECT_H
#define POLDER_STORE_SELECT_H

#include "base/texts.h"
#include "store/store.h"

typedef struct selection {
    const char *kind;  /* must not be NULL */
    const char *where; /* 'trl >= 6 and region == "NL34"'; NULL: all. A list field equals what one
                          of its items equals */
    const char *order; /* field, "-field" for falling; NULL: by id. Ties by id, records without the
                          field last */
    int64_t limit;     /* below 0: no limit */
    const char *after; /* where the page before ended; NULL: from the first */
    int64_t as_of; /* log position (past.h): the records as they were after that event; 0: as they
                      are */
    int64_t changed_after; /* of all these only records that changed after this event, or were made
                              or deleted then; 0: all */
} selection;

/* Calls `row` with each record ({id, kind, version, …fields}, borrowed) until it returns false
 * (then *e is its). */
bool store_select(store *st, const selection *s,
                  bool (*row)(void *ctx, const value *record, err *e), void *ctx, err *e);
/* The same; when `limit` left records out, *next is where this page ended, for `after` of the same
 * selection; else NULL. Owned by the caller. */
bool store_select_page(store *st, const selection *s,
                       bool (*row)(void *ctx, const value *record, err *e), void *ctx, char **next,
                       err *e);
/* The same one by one and as they are stored, for who reads many and wants little of each. From the
 * first step on all reading of this store sees what was there then, until the cursor is freed. */
typedef struct cursor cursor;                               /* opaque */
cursor *cursor_open(store *st, const selection *s, err *e); /* owned; NULL sets *e */
void cursor_free(cursor *c);                                /* accepts NULL */
bool cursor_step(cursor *c, err *e); /* false: the end, or an error (cursor_failed) */
bool cursor_failed(const cursor *c);
const char *cursor_id(const cursor *c); /* borrowed until the next step, as all of these */
const char *cursor_json(const cursor *c,
                        size_t *len); /* the fields; NULL when the store is damaged */
bool cursor_record(const cursor *c, value *out, err *e); /* as store_select gives it; *out owned */
/* Where it stands: for `after` of the same selection, whose page begins behind this one. Owned. */
char *cursor_mark(const cursor *c);

/* How many there are, whatever the limit. */
bool store_count(store *st, const selection *s, int64_t *out, err *e);
/* Ids of the records of a kind that changed, were made or deleted after event `seq`, in order. */
bool store_changed(store *st, const char *kind, int64_t seq, texts *out, err *e);
/* How many there are of a kind, deleted ones too, counted no further than `most`: fast. */
bool store_size(store *st, const char *kind, int64_t most, int64_t *out, err *e);
/* Kinds that have records, with the number of each: {"demand": 12, …}, by name. */
bool store_kinds(store *st, value *out, err *e);

#endif
