/* options.h: the options of a contribution as rows, checked one by one with messages that say what
 * was expected and got. Works on values, not on Lua. Floor: vm. */
#ifndef POLDER_VM_OPTIONS_H
#define POLDER_VM_OPTIONS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"

typedef enum option_type {
    OPTION_NAME,       /* "min-trl" */
    OPTION_FIELD_NAME, /* "delivery_days", not a reserved one */
    OPTION_TEXT,
    OPTION_TITLE,  /* text or {nl, en}; becomes {nl, en} */
    OPTION_CHOICE, /* one of `choices` */
    OPTION_FLAG,
    OPTION_NUMBER,     /* finite */
    OPTION_POSITIVE,   /* finite, 0 or more */
    OPTION_FULL_NAME,  /* "name" or "plugin/name" */
    OPTION_FULL_NAMES, /* list of these */
    OPTION_GLOB,       /* "record.*", of events */
    OPTION_GLOBS,      /* list of "plugin/name" with '*' and '?' */
    OPTION_WEIGHTS,    /* map full name → 0 or more */
    OPTION_NEEDS,      /* map side → list of field names */
    OPTION_TERMS,      /* list of {name, nl, en, parent} */
    OPTION_FIELDS,     /* list of maps by OPTIONS_FIELD */
    OPTION_WORD,       /* "slot_minutes" */
    OPTION_TEXTS,      /* list of different texts */
    OPTION_SOME_TEXTS, /* a text, or a list of them; becomes a list */
    OPTION_LIMIT,      /* finite, 0 or more; or "all" */
    OPTION_ANY,
    OPTION_ARGS,     /* list of maps by OPTIONS_ARG */
    OPTION_FORMATS,  /* list of those of a report */
    OPTION_FUNCTION, /* checked by the caller: values hold none */
    OPTION_MEASURE,  /* what polder.overlap and the like make; here its spec */
    OPTION_GATE,     /* a function or a measure */
    OPTION_REASON,   /* template, or map outcome → template */
    /* Of measures (measure_types.c). */
    OPTION_FIELD,        /* "demand.themes"; becomes {side, field, key} */
    OPTION_FIELD_NUMBER, /* a field or a number */
    OPTION_RANGE,        /* list of two of those, rising */
    OPTION_FIELD_PAIR,   /* list of two fields */
    OPTION_WEIGHTED,     /* field, list of fields, or map field → weight; becomes a list of
                            {side, field, key, weight} */
    OPTION_DATES,        /* field, "today", or list of two: a window */
    OPTION_SHARE,        /* 0 to 1 */
    OPTION_TERM_SHARES,  /* map term → 0 to 1 */
    OPTION_TERM_WEIGHTS, /* map term → 0 or more */
    OPTION_TERM_TEXTS,   /* map term → text */
    OPTION_TERM_PARENTS, /* map term → wider term, without circles */
    OPTION_CURVE,        /* list of {x, share}, x rising */
    OPTION_WITHOUT,      /* map side → 0 to 1 */
} option_type;

typedef struct option_row {
    const char *name;
    option_type type;
    bool required;
    const char *choices; /* "solution demand pair" */
    const char *doc;
} option_row;

/* Plain data; `rows` ends with a name of NULL. */
extern const option_row OPTIONS_KIND[], OPTIONS_FIELD[], OPTIONS_TERM[], OPTIONS_RULE[],
    OPTIONS_SCORECARD[], OPTIONS_HANDLER[], OPTIONS_CHECK[], OPTIONS_QUERY[], OPTIONS_EVENTS[],
    OPTIONS_STATED[], OPTIONS_COMMAND[], OPTIONS_REPORT[], OPTIONS_ARG[], OPTIONS_MATCH[],
    OPTIONS_EXPLAIN[], OPTIONS_EACH[];

/* Checks `v`, a map, against the rows and replaces it with the same in the rows' order, titles and
 * lists made regular. */
bool options_check(const option_row *rows, value *v, err *e);
/* ERR_BAD_DATA "unknown option 'naem'; did you mean 'name'?" */
bool options_unknown(const option_row *rows, const char *name, err *e);
/* What goes together within one contribution of `type`; `functions` is a space-separated list of
 * those given. */
bool options_agree(const char *type, value *spec, const char *functions, err *e);

/* One row's value, made regular in place (option_types.c). */
bool option_check(const option_row *row, value *v, err *e);
/* A list of maps, each checked by the rows and with a name of its own. */
bool option_maps(value *v, const option_row *rows, err *e);
bool option_args(const option_row *row, value *v, err *e);   /* option_args.c */
bool option_terms(const option_row *row, value *v, err *e);  /* option_fields.c */
bool option_fields(const option_row *row, value *v, err *e); /* option_fields.c */
bool option_choice(const option_row *row, value *v, err *e); /* option_choice.c */
void option_add_title(value *spec);                        /* the name, where no title was given */
bool option_is_among(const char *word, const char *words); /* of space-separated ones */
void option_choices(const char *words, buf *out);          /* the same with commas, appended */
bool options_is_name(const char *text,
                     const char *also); /* [a-z][a-z0-9…]*, with the characters of `also` */
bool option_expected(const char *what, const value *got, err *e); /* "expected a text, got 3" */
const char *option_text(const value *v); /* "" for what is no text, or has a NUL inside */
bool option_is_number(const value *v);   /* finite */

/* Those of measures (measure_types.c), by type from OPTION_MEASURE on. */
bool measure_option_check(const option_row *row, value *v, err *e);

#endif
