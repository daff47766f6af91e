/* The rank that a try has: the solution is asked about with the changed row in the place of its
 * own, and held against the ranking as it stands. */
#include <string.h>

#include "engine/answer.h"
#include "engine/changes_parts.h"
#include "engine/compare_parts.h"
#include "engine/counted.h"
#include "engine/rows.h"
#include "engine/scoring.h"

enum { BYTES = 16 << 20 }; /* of rows that are made at once */

static const char *id_at(const search *s, size_t at)
{
    return value_str(value_at(value_at(&s->ranked, at), 0), "");
}

static int64_t rank_with(const search *s, const value *score)
{
    int64_t rank = 1;
    if (!score || value_is(score, VALUE_NIL))
        return 0;
    for (size_t i = 0; i < value_len(&s->ranked); i++) {
        const value *theirs = value_at(value_at(&s->ranked, i), 1);
        int order = strcmp(id_at(s, i), s->ask->solution);
        if (order == 0 || value_is(theirs, VALUE_NIL))
            continue;
        double a = value_as_double(theirs, 0), b = value_as_double(score, 0);
        rank += a > b || (a == b && order < 0);
    }
    return rank;
}

bool changes_gains(const search *s, const try *t)
{
    bool known = !s->beyond || t->rank <= (int64_t)value_len(&s->ranked);
    return t->rank && known && t->failed <= s->failed && (!s->rank || t->rank < s->rank);
}

static size_t count_failed(const value *rules)
{
    size_t count = 0;
    for (size_t i = 0; i < value_len(rules); i++)
        count += strcmp(value_get_str(value_at(rules, i), "outcome", ""), "failed") == 0;
    return count;
}

static void take_answer(search *s, try *t, value *result)
{
    item said = item_look(value_at(value_get(result, "items"), 0));
    t->item = value_map();
    value_add(&t->item, "score", value_number(said.score));
    value_add(&t->item, "gates", answer_gates(&s->plan, &said));
    value_add(&t->item, "rules", answer_rules(&s->plan, &said));
    t->failed = count_failed(value_get(&t->item, "rules"));
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

/* `as`: with it the solution is explained, else all are ranked. */
static bool run(search *s, const value *demands, const value *as, value *results, err *e)
{
    scoring run = {.on = s->on,
                   .plan = &s->plan,
                   .solutions = &s->solutions,
                   .demands = demands,
                   .as = as,
                   .top = 1,
                   .only = as ? s->ask->solution : NULL,
                   .reserve = as ? 0 : CHANGES_RANKED - 1,
                   .seed = s->ask->seed,
                   .today = s->today,
                   .workers = 1};
    if (!s->crew) {
        if (!counted_open(s->on, &s->plan, &s->solutions, &s->log, e))
            return false;
        s->crew = scoring_open(&run, e);
    }
    run.log = s->log;
    return s->crew && scoring_ask(s->crew, &run, results, e);
}

static bool ask_some(search *s, size_t from, size_t to, err *e)
{
    value demands = value_list(), rows = value_list(), results = value_nil();
    for (size_t i = from; i < to; i++) {
        value_push(&demands, row_of(&s->demand, &s->plan.demand_fields));
        value_push(&rows, row_with(s, &s->tries[i]));
    }
    bool ok = run(s, &demands, &rows, &results, e);
    for (size_t i = from; ok && i < to; i++)
        take_answer(s, &s->tries[i], &results.as.list.items[i - from]);
    if (s->ask->progress)
        s->ask->progress(s->ask->ctx, (int64_t)to, 0);
    value_free(&demands);
    value_free(&rows);
    value_free(&results);
    return ok;
}

/* Each try is a whole row, so of long texts few go at once. */
bool changes_ask(search *s, size_t first, err *e)
{
    size_t all = value_memory(&s->solution) + value_memory(&s->demand);
    bool ok = true;
    for (size_t from = first, to; ok && from < s->len; from = to) {
        size_t bytes = 0;
        for (to = from; to < s->len && bytes < BYTES; to++)
            bytes += all + value_memory(&s->tries[to].new);
        ok = ask_some(s, from, to, e);
    }
    return ok;
}

static void take_ranking(search *s, const value *result)
{
    const value *items = value_get(result, "items"), *rest = value_get(result, "reserve");
    s->ranked = value_list();
    if (value_len(items)) {
        item best = item_look(value_at(items, 0));
        value *first = value_push(&s->ranked, value_list());
        value_push(first, value_text(best.id));
        value_push(first, value_number(best.score));
    }
    for (size_t i = 0; i < value_len(rest); i++)
        value_push(&s->ranked, value_copy(value_at(rest, i)));
    size_t all = value_len(&s->ranked);
    for (size_t i = 0; i < all && !s->rank; i++)
        if (strcmp(id_at(s, i), s->ask->solution) == 0)
            s->rank = (int64_t)i + 1;
    s->beyond = !s->rank && value_get_int(result, "scored", 0) > (int64_t)all;
}

bool changes_rank_now(search *s, err *e)
{
    value demands = value_list(), results = value_nil();
    value_push(&demands, row_of(&s->demand, &s->plan.demand_fields));
    bool ok = run(s, &demands, NULL, &results, e);
    if (ok)
        take_ranking(s, value_at(&results, 0));
    value_free(&demands);
    value_free(&results);
    return ok;
}
