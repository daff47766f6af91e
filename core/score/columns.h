/* columns.h: the fields of one side, solution or demand, that a rule is given, and where they stand
 * in a row. Floor: score. */
#ifndef POLDER_SCORE_COLUMNS_H
#define POLDER_SCORE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/value.h"

/* Plain data. */
typedef struct columns {
    size_t *at;  /* cells of a row, whose cell 0 is the id */
    char **name; /* the fields */
    bool *many;  /* absent means an empty list */
    bool *year;  /* its numbers name years */
    size_t len;
} columns;

/* From a list of {at, name, many, year}. */
void columns_read(columns *c, const value *list);
void columns_free(columns *c);
/* The cell of a field; false when the rule isn't given it. */
bool columns_find(const columns *c, const char *name, size_t *at);
bool columns_is_year(const columns *c, const char *name);

#endif
