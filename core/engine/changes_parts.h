/* changes_parts.h: what the files that look for changes share. Floor: engine, changes*.c only. */
#ifndef POLDER_ENGINE_CHANGES_PARTS_H
#define POLDER_ENGINE_CHANGES_PARTS_H

#include "engine/changes.h"
#include "engine/scorecard.h"
#include "engine/scoring.h"

typedef struct
try {
    size_t field; /* index into search.fields */
    value new;
    value words;   /* of a text: what was added; nil */
    value towards; /* of a place: "demand.place", which it is on the way to; nil */
    value item;    /* as an explained pair: {score, gates, rules} */
    int64_t rank;  /* 0: none */
}
try;

typedef struct search {
    const stage *on;
    const explain_request *ask;
    plan plan;
    scoring_crew *crew; /* has the solutions; NULL: not asked yet */
    solution_rows solutions;
    int64_t log;            /* whose records they are */
    value demand, solution; /* records */
    value ranked;           /* of the demand, as it stands: the best CHANGES_RANKED, [id, score] */
    value fields;           /* list of the kind's fields that rules read */
    value asked;            /* one map a field: what of the demand it is held against */
    value named;            /* one list a field: numbers that the measures name which read it */
    value spoken;           /* one list a field: texts of the demand whose words count in it */
    value others;           /* one list a field: values of other solutions */
    value was;              /* the pair as it stands: {rank, score, rules} */
    int64_t rank;           /* 0: none, or beyond those in `ranked` */
    bool beyond;            /* it has one, but beyond those */
    try *tries;
    size_t len, cap;
} search;

const value *changes_stands(const search *s, size_t field);
/* The new try, for words and towards. Takes over `new`. */
try *changes_try(search *s, size_t field, value new);
bool changes_gains(const search *s, const try *t);

/* What of the demand each field is held against, by the rules that read both. */
void changes_find_asked(search *s);
/* The ranking as it stands. */
bool changes_rank_now(search *s, err *e);
/* Answers all tries from `first` on. */
bool changes_ask(search *s, size_t first, err *e);

/* Tries for texts: words of the demand that they lack, one at a time; then, where none alone gains,
 * the best of them together. */
void changes_try_words(search *s);
bool changes_more_words(search *s, err *e);

/* Is it a map with degrees? */
bool place_is_known(const value *place);
/* Kilometres; NaN where one isn't known. */
double place_km(const value *from, const value *to);
/* That many kilometres on the way. */
value place_towards(const value *from, const value *to, double km);

#endif
