/* err.h: what went wrong, where in the user's data or Lua, and what to do about it. Floor: base.
 * Any thread. */
#ifndef POLDER_BASE_ERR_H
#define POLDER_BASE_ERR_H

#include <stdbool.h>

/* One row a code: C name, name in JSON, exit code of the command line. */
#define ERR_CODES(X)                                                                               \
    X(ERR_NONE, "none", 0)                                                                         \
    X(ERR_PARTIAL, "partial", 1)                                                                   \
    X(ERR_USAGE, "usage", 2)                                                                       \
    X(ERR_BAD_DATA, "bad_data", 3)                                                                 \
    X(ERR_NOT_FOUND, "not_found", 4)                                                               \
    X(ERR_NOT_ALLOWED, "not_allowed", 5)                                                           \
    X(ERR_LIMIT, "limit", 6)                                                                       \
    X(ERR_UNAVAILABLE, "unavailable", 7)                                                           \
    X(ERR_BUG, "bug", 70)

typedef enum err_code {
#define ERR_ENUM(code, name, exit_code) code,
    ERR_CODES(ERR_ENUM)
#undef ERR_ENUM
} err_code;

/* Plain data; starts as `err e = {0}`. Texts are UTF-8, cut at a character's edge when too long. */
typedef struct err {
    err_code code;
    char message[768]; /* what was wrong: a sentence without a full stop */
    char where[320];   /* file:line, record id, JSON key; "" when there is no such place */
    char hint[320];    /* what to do about it; "" when there is nothing to say */
} err;

/* Sets code and message, clears place and hint; returns false, so that a function can `return
 * err_set(…)`. `e` may be NULL in all of these. */
bool err_set(err *e, err_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool err_where(err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool err_hint(err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Puts text in front of the message: "cannot load zeeland: " and what was there. */
bool err_prefix(err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes *e what `from` is; returns false. */
bool err_copy(err *e, const err *from);

const char *err_name(err_code code); /* the name in JSON, "bad_data" */
int err_exit(err_code code);         /* the exit code of the command line */

#endif
