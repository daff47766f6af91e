/* card.h: one scorecard at work: gates and rules bound to their plugins' states, the solutions they
 * look at, and the ranking for one demand at a time. Runs in scoring workers. Floor: score. One
 * thread. */
#ifndef POLDER_SCORE_CARD_H
#define POLDER_SCORE_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/value.h"
#include "vm/vm.h"

typedef struct card card; /* opaque */

/* Gives a plugin's state back as it was right after loading: a new one in the place of vms[index],
 * which is freed. NULL sets *e. */
typedef vm *card_reload(void *ctx, size_t index, err *e);

/* `setup` as the engine sends it: {seed, today, rules = list of {name, plugin (index into vms),
 * number, gate, on, weight, max, skip, solution = list of {at, name, many}, demand = the same}},
 * and where a measure (measure.h) computes it, whatever its plugin and `on`, also measure, reason
 * and title: `at` is the column of that field
 * in the rows that follow. The vms are loaded and outlive the card. Each demand meets the plugins
 * as they were loaded: one that keeps something between calls is loaded again through `reload`, so
 * that nothing depends on which demand came first. NULL sets *e. */
card *card_new(const value *setup, vm **vms, size_t vm_count, card_reload *reload, void *ctx,
               err *e);
void card_free(card *c); /* accepts NULL */

/* Text statistics that another card counted (card_count), in any number of parts, before the first
 * solutions. Then this one counts nothing itself. */
bool card_add_statistics(card *c, const char *bytes, size_t len, err *e);

/* Takes over a text of `count` packed rows (pack_cell.h), each {id, field, field, …}: the next
 * solutions, which must come in order of their ids. `kinds`: a letter each (rows.h), NULL: all are
 * counted and ranked. An id may come twice, once only counted or gone, and then ranked. */
bool card_add_solutions(card *c, value packed, size_t count, const char *kinds, err *e);

typedef struct card_request {
    const value *demand; /* a row: {id, field, …} */
    int64_t top;         /* how many of the best to tell */
    int64_t reserve;     /* how many of the next to tell without reasons */
    bool untold;         /* the reserve is found, but not told: the same work for who keeps none */
    double floor;        /* those that score less are told among the reserve, also of the best */
    double least;        /* those that score less need not be told at all; 0: none */
    int64_t only;        /* index of one solution to explain, gates and all; below 0: rank */
    const value *as;     /* with `only`: a row that stands in that solution's place; NULL. The texts
                            that ctx.text knows stay those of the solutions */
    bool keep;           /* what rules in Lua say of pairs is told; says so from the first on */
    const value *known;  /* with `keep`: what was told of this demand before; NULL */
    bool bare;           /* the best are told as numbers, without reasons */
    bool plan;           /* count and time the steps */
} card_request;

/* Called with parts of the answer: {op = "ranked", count, items}, then {op = "done", scored,
 * excluded, failures, dated (has a rule looked at the day, here or before?), fresh (does no
 * plugin keep anything, and did no rule fail for any pair it was asked about?), with `reserve` a
 * list of [solution, score or nil], with `keep` what is known now as `points` for the next card and
 * how many answers were `taken`, with rows that are gone how many of them passed the gates as
 * `gone`, and with `plan` steps (tally.h)}, or {op = "broken", number, reason} alone: a rule that
 * gave two answers for one pair, or may have given others than those `known`, or {op =
 * "uncounted"}, before which nothing counts: a text was compared by fields that are not in the
 * statistics that came. The value is borrowed. `items` is a text of `count` packed items (wire.h):
 * [solution = index, score or nil, coverage, rules = list of [outcome, value, reason], gates] in
 * the order of `setup`; gates are nil, with `only` a list of [passed, reason], and then behind the
 * reason of a measure [terms = list of texts, missing = list of texts, sentence] where anything
 * matched. With `bare` a part is {op = "ranked", solutions = 32-bit indexes, points = doubles by
 * solution, then rule, NaN where it gave none}, both as bytes of this machine. */
typedef bool card_send(void *ctx, const value *part, err *e);

bool card_run(card *c, const card_request *r, card_send *send, void *ctx, err *e);

/* After the solutions: where each row of the card whose `points` are `known` now stands (points.h),
 * when these are not the same rows. */
bool card_known_rows(card *c, const char *bytes, size_t len, err *e);

/* The text statistics of all that was compared so far, but for what others told: {op =
 * "statistics", bytes} for each part, one at least when nobody has told any, then {op = "counted",
 * keys = what was told, by names that mean nothing to the host}. `known`: the keys of others, or
 * NULL. */
bool card_count(card *c, const value *known, card_send *send, void *ctx, err *e);

#endif
