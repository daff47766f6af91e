/* measure_in.h: what the kinds of measures share. Not for others. Floor: score. */
#ifndef POLDER_SCORE_MEASURE_IN_H
#define POLDER_SCORE_MEASURE_IN_H

#include "base/mem.h"
#include "score/measure.h"
#include "score/say.h"

typedef enum side { SIDE_DEMAND, SIDE_SOLUTION, SIDE_NONE } side;

/* A field, or one entry of a map in it; or a number (side none). */
typedef struct ref {
    side side;
    size_t at; /* cell of a row */
    char *key; /* owned, NULL: the field itself */
    bool year; /* its numbers name years */
    double number;
} ref;

typedef struct measure_kind {
    const char *name;
    bool collective, dear; /* measure_is_collective, measure_is_dear */
    bool (*make)(measure *m, const value *spec, err *e); /* sets m->state */
    void (*free)(measure *m);                            /* m->state may be NULL */
    void (*collect)(measure *m);                         /* or NULL */
    /* These five are only called when the measure looks at both sides; `add` with each row as
     * number m->len, `ready` (or NULL) behind the last; `demand_some` may be NULL. */
    void (*add)(measure *m, const value *row);
    void (*ready)(measure *m);
    void (*demand)(measure *m, const value *row);
    void (*demand_some)(measure *m, const value *row, const uint32_t *which, size_t count);
    void (*some)(measure *m, size_t from, const uint32_t *which, size_t count, double *shares);
    /* The first field that is absent or can't be used, the demand's before the solution's; NULL:
     * none. The two below are only called then. */
    const ref *(*absent)(const measure *m, const value *solution, const value *demand);
    double (*one)(const measure *m, const value *solution, const value *demand);
    bool says_sentence; /* {found} is one */
    bool says_asked;    /* `words` also tells what is asked of a solution that says nothing */
    void (*words)(const measure *m, const value *solution, const value *demand, double share,
                  words *w);
} measure_kind;

extern const measure_kind MEASURE_OVERLAP, MEASURE_NUMBER, MEASURE_MEMBER, MEASURE_VALUE,
    MEASURE_PLACE, MEASURE_DATES, MEASURE_TREE, MEASURE_TEXT;

enum { MEASURE_REFS = 40 };

struct measure {
    const measure_kind *kind;
    void *state;
    bool gate;
    double absent[2];        /* by side: the share when a field of it is absent */
    ref *refs[MEASURE_REFS]; /* of `state`: all that name a field */
    size_t refs_len;
    const columns *columns[2]; /* by side */
    struct collections *texts; /* borrowed, NULL: none */
    int64_t today;             /* days since 1970 */
    bool dated;                /* it looks at that */
    value reason;
    char *title;     /* owned */
    size_t len, cap; /* solutions added, and room for them in columns */
    double *fixed;   /* by solution, when it looks at solutions alone */
    double share;    /* when it looks at the demand alone */
};

/* Reads `name` of the spec: a field, or a number where `number` allows it. An absent one that need
 * not be there is left as it is: side none, NaN. */
bool ref_read(measure *m, ref *r, const value *v, const char *name, bool number, err *e);
void ref_free(ref *r);
/* The cell, NULL when it is absent (nil, empty list, no such entry) or the row of its side is. */
const value *ref_cell(const ref *r, const value *solution, const value *demand);
/* The same from a row of its own side. */
const value *ref_in(const ref *r, const value *row);
/* What it holds, as people read it; `titles` as of say_cell. */
void ref_say(buf *out, const ref *r, const value *solution, const value *demand,
             const value *titles);
/* The share when the field of `r` can't be used. */
static inline double absent_share(const measure *m, const ref *r)
{
    return m->absent[r->side == SIDE_SOLUTION];
}
/* Not to be compared with each other: in a gate that fails. */
static inline double unlike_share(const measure *m)
{
    return m->gate ? 0 : __builtin_nan("");
}

/* Room for one more solution in a column; grows with all the others. */
static inline void *column_grow(const measure *m, void *column, size_t bytes)
{
    return m->len == m->cap || !column ? mem_grow(column, m->cap ? m->cap * 2 : 256, bytes)
                                       : column;
}

#define ROW_OF(which, i) ((which) ? (which)[i] : from + (i))

#endif
