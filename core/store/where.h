/* where.h: Polder's condition language, compiled to SQL on table `record` with every value and path
 * bound. Floor: store. condition = condition "or" condition | condition "and" condition | "not"
 * condition | "(" condition ")" | test test = field ("==" "!=" "<" "<=" ">" ">=") value | field
 * "in" "[" value, … "]" | field "contains" text | "has" field A list meets a test when one of its
 * items does; != is the opposite of ==, so it also holds without the field. Text is compared
 * bytewise, except by contains: there case and accents don't count. */
#ifndef POLDER_STORE_WHERE_H
#define POLDER_STORE_WHERE_H

#include "base/buf.h"
#include "base/value.h"
#include "store/db.h"

/* Plain data; starts as `condition c = {0}`. */
typedef struct condition {
    buf sql;          /* an expression with a ? for each parameter */
    value parameters; /* a list of texts and numbers */
} condition;

/* NULL or blank text is the condition that always holds. ERR_USAGE with the column and what was
 * expected. */
bool where_compile(const char *text, condition *out, err *e);
/* Binds the parameters from number `first` on; returns the number after the last. */
int where_bind(query *q, int first, const condition *c);
void where_free(condition *c);

/* '$."budget"."amount"' for budget.amount; false when `name` isn't the name of a field. Owned by
 * the caller. */
bool where_path(const char *name, char **out);
/* The column that holds `name` itself (id, kind, version), NULL for a field. */
const char *where_column(const char *name);

#endif
