/* qrels.h: known answers: which solutions are right for a demand. A file of lines "demand,
 * solution, relevance" with tabs between, behind which notes may stand; empty lines and a first
 * line of names are fine; ids with or without their kind. Floor: engine. */
#ifndef POLDER_ENGINE_QRELS_H
#define POLDER_ENGINE_QRELS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/value.h"
#include "store/store.h"

typedef struct qrels_row {
    char *demand, *solution; /* whole ids; owned */
    double relevance;        /* 0 and below: known to be wrong */
    int64_t line;
} qrels_row;

/* Plain data; starts as {0}. Rows stand by demand, then solution. */
typedef struct qrels {
    char *path;                              /* owned */
    char *heading_demand, *heading_solution; /* ids that the names of columns would be; owned; NULL:
                                                there is no such line */
    qrels_row *rows;
    size_t len;
} qrels;

/* ERR_BAD_DATA names the first bad line. */
bool qrels_read(const char *path, qrels *out, err *e);
void qrels_free(qrels *q);
/* Takes away the rows whose demand or solution the store does not have; `unknown`: a list that gets
 * {where, id} for each. */
bool qrels_keep_known(qrels *q, store *st, value *unknown, err *e);
/* Both; ERR_BAD_DATA when no right answer is left. */
bool qrels_read_known(const char *path, store *st, qrels *out, value *unknown, err *e);
/* Rows from `from` on that are of the same demand. */
size_t qrels_of_demand(const qrels *q, size_t from);
/* Relevance of a solution among `count` rows of one demand; 0 when it isn't there. */
double qrels_relevance(const qrels_row *rows, size_t count, const char *solution);

#endif
