/* The rank that a try has: the solution is asked about with the changed row in the place of its
 * own, and held against the ranking as it stands. */
#include <string.h>

#include "engine/answer.h"
#include "engine/changes_parts.h"
#include "engine/compare_parts.h"
#include "engine/rows.h"
#include "engine/scoring.h"
#include "store/event.h"

static int64_t rank_with(const search *s, const value *score)
{
    int64_t rank = 1;
    if (!score || value_is(score, VALUE_NIL))
        return 0;
    for (size_t i = 0; i < value_len(&s->ranked); i++) {
        const value *other = value_at(&s->ranked, i);
        const char *id = value_get_str(other, "solution", "");
        const value *theirs = value_get(other, "score");
        if (strcmp(id, s->ask->solution) == 0 || value_is(theirs, VALUE_NIL))
            continue;
        double a = value_as_double(theirs, 0), b = value_as_double(score, 0);
        rank += a > b || (a == b && strcmp(id, s->ask->solution) < 0);
    }
    return rank;
}

bool changes_gains(const search *s, const try *t)
{
    bool known = !s->beyond || t->rank <= (int64_t)value_len(&s->ranked);
    return t->rank && known && (!s->rank || t->rank < s->rank);
}

static void take_answer(search *s, try *t, const value *result)
{
    const value *said = value_at(value_get(result, "items"), 0);
    value gates = answer_gates(&s->plan, said);
    t->item = value_map();
    const value *score = value_get(said, "score");
    value_add(&t->item, "score", score ? value_copy(score) : value_nil());
    value_add(&t->item, "gates", gates);
    value_add(&t->item, "rules", answer_rules(&s->plan, said));
    t->rank = compare_failed_gate(&t->item) ? 0 : rank_with(s, value_get(&t->item, "score"));
}

static value row_with(const search *s, const try *t)
{
    value record = value_copy(&s->solution);
    value_set(&record, value_get_str(value_at(&s->fields, t->field), "name", ""),
              value_copy(&t->new));
    value row = row_of(&record, &s->plan.solution_fields);
    value_free(&record);
    return row;
}

bool changes_ask(search *s, size_t first, err *e)
{
    value demands = value_list(), rows = value_list(), results = value_nil();
    char today[CLOCK_DATE_TEXT];
    solution_rows solutions = {
        .store = s->on->store, .kind = ROLE_SOLUTION, .fields = &s->plan.solution_fields};
    for (size_t i = first; i < s->len; i++) {
        value_push(&demands, row_of(&s->demand, &s->plan.demand_fields));
        value_push(&rows, row_with(s, &s->tries[i]));
    }
    int64_t log = s->on->as_of;
    bool ok = match_today(s->ask->today, today, e) &&
              solution_rows_open(&solutions, s->on->as_of, e) &&
              (log || event_head(s->on->store, &log, e));
    scoring run = {.on = s->on,
                   .plan = &s->plan,
                   .solutions = &solutions,
                   .log = log,
                   .demands = &demands,
                   .as = &rows,
                   .top = 1,
                   .only = s->ask->solution,
                   .seed = s->ask->seed,
                   .today = today,
                   .workers = 1};
    ok = ok && scoring_run(&run, &results, e);
    for (size_t i = first; ok && i < s->len; i++)
        take_answer(s, &s->tries[i], value_at(&results, i - first));
    solution_rows_free(&solutions);
    value_free(&demands);
    value_free(&rows);
    value_free(&results);
    return ok;
}

bool changes_rank_now(search *s, const value *stopped, err *e)
{
    value ids = value_list(), doc = value_nil();
    value_push(&ids, value_text(s->ask->demand));
    const match_request r = {.scorecard = s->ask->scorecard,
                             .demands = &ids,
                             .top = MATCH_TOP_MAX,
                             .today = s->ask->today,
                             .seed = s->ask->seed};
    bool ok = match_on(s->on, &r, stopped, &doc, NULL, e);
    const value *demand = value_at(value_get(&doc, "demands"), 0),
                *ranked = value_get(demand, "ranked");
    if (ok) {
        s->ranked = ranked ? value_copy(ranked) : value_list();
        const value *own = compare_find(&s->ranked, "solution", s->ask->solution);
        s->rank = value_get_int(own, "rank", 0);
        s->beyond = !own && value_get_int(demand, "scored", 0) > (int64_t)value_len(ranked);
    }
    value_free(&ids);
    value_free(&doc);
    return ok;
}
