/* answer.h: what workers answered, in the shape of the command line's JSON. Floor: engine. */
#ifndef POLDER_ENGINE_ANSWER_H
#define POLDER_ENGINE_ANSWER_H

#include "base/clock.h"
#include "engine/item.h"
#include "engine/scorecard.h"

/* {demand, scored, excluded, ranked = [{rank, solution, score, coverage, rules}]}; `row` is the
 * demand's. */
value answer_demand(const plan *p, const value *row, const value *result);
/* With scoring.bare: {demand, scored, excluded, solutions, points} as in match_request.bare. */
value answer_bare(const value *row, value *result);
/* [{rule, max, weight}] of the rules that give points. */
value answer_points_of(const plan *p);
/* [{rule, outcome, value, max, weight, reason}] of one item. */
value answer_rules(const plan *p, const item *said);
/* [{gate, passed, reason}] of one item that was explained. */
value answer_gates(const plan *p, const item *said);

/* `asked` checked, or today in UTC. */
bool match_today(const char *asked, char out[CLOCK_DATE_TEXT], err *e);

#endif
