/* changes_parts.h: what the files that look for changes share. Floor: engine, changes*.c only. */
#ifndef POLDER_ENGINE_CHANGES_PARTS_H
#define POLDER_ENGINE_CHANGES_PARTS_H

#include "base/clock.h"
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
    size_t failed; /* rules */
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
    char today[CLOCK_DATE_TEXT];
    value fields;  /* list of the fields that rules read; some are `undeclared` */
    value asked;   /* one map a field: what of the demand it is held against */
    value named;   /* one list a field: numbers that the measures name which read it */
    value spoken;  /* one list a field: texts of the demand whose words count in it */
    value others;  /* one list a field: values of other solutions */
    value was;     /* the pair as it stands: {rank, score, rules} */
    size_t failed; /* rules, as it stands */
    int64_t rank;  /* 0: none, or beyond those in `ranked` */
    bool beyond;   /* it has one, but beyond those */
    try *tries;
    size_t len, cap;
} search;

/* The fields, those that aren't declared as yet without a type. */
void changes_find_fields(search *s);
bool changes_is_undeclared(const value *field);
void changes_find_type(search *s, size_t field, const value *asked, const value *spoken);
bool changes_read_others(search *s, err *e);
/* List of {field, tried, why}: fields that gain nothing, of which not every value was tried. */
value changes_untried(const search *s);

const value *changes_stands(const search *s, size_t field);
value changes_name(const search *s, size_t field); /* "solution.trl" */
/* The new try, for words and towards. Takes over `new`. */
try *changes_try(search *s, size_t field, value new);
/* With a value that makes a rule fail nothing is gained. */
bool changes_gains(const search *s, const try *t);
/* The try that is told of a field; SIZE_MAX: none gains. */
size_t changes_best(const search *s, size_t field);
/* Tries between the smallest change of the field that gains and the largest that doesn't. */
void changes_close_in(search *s, size_t field);

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

#endif
