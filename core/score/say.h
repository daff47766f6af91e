/* say.h: reasons: sentences from templates, numbers in Dutch notation. Floor: score. */
#ifndef POLDER_SCORE_SAY_H
#define POLDER_SCORE_SAY_H

#include <stdint.h>

#include "base/buf.h"
#include "base/value.h"

/* "1.234,5": at most `decimals`, no trailing zeros. */
void say_number(buf *out, double number, int decimals);
void say_year(buf *out, double year);   /* "1991": without points, where it is whole */
void say_euro(buf *out, double amount); /* "€ 12.500", "€ 0,50" */
void say_date(buf *out, int64_t days);  /* "23 februari 2026" */
/* A cell as people read it; `titles` (map, may be NULL) has texts for terms. */
void say_cell(buf *out, const value *cell, const value *titles);
/* Adds one more to an enumeration "a, b en c", of many "a, b en nog 3": call say_item for each,
 * then say_items_end. */
typedef struct say_list {
    buf text;
    size_t len, last; /* where the last one begins, its comma first */
    value *each;      /* a list that takes them one by one too, of very many the first; NULL: no */
} say_list;
void say_item(say_list *list, const char *text);
void say_items_end(say_list *list);

/* What a template may name in braces. Those left empty give "-". */
typedef struct words {
    const char *outcome; /* "full": which template; NULL: by the share */
    const char *own;     /* what we say when the rule has nothing else; static */
    buf asked, found, value, other, km, days, title;
    say_list terms, missing;
} words;
void words_free(words *w);

/* {asked} {found} {terms} {missing} {value} {other} {km} {days} {share} {title}, and with a noun
 * "{value dag|dagen}": "1 dag", "90 dagen"; what is in other braces stays as it is. */
void say_template(buf *out, const char *template, const words *w, double share);

#endif
