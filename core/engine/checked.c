#include "engine/checked.h"

#include <math.h>
#include <string.h>

/* REASON_BYTES: the worker cuts at 1,000 and may escape each; TEXT_BYTES: a traceback, escaped. */
enum { REASON_BYTES = 16384, TEXT_BYTES = 32768 };

static bool is_between(const value *v, double least, double most)
{
    double number = value_as_double(v, NAN);
    return isfinite(number) && number >= least && number <= most;
}

static bool is_short_text(const value *v, size_t most)
{
    return value_is(v, VALUE_TEXT) && value_len(v) <= most;
}

static bool is_nil(const value *v)
{
    return !v || value_is(v, VALUE_NIL);
}

static bool is_rule_answer(const plan_rule *r, const value *said)
{
    const char *outcome = value_str(value_at(said, 0), "");
    const value *points = value_at(said, 1);
    if (value_len(said) != 3 || !is_short_text(value_at(said, 2), REASON_BYTES))
        return false;
    if (strcmp(outcome, "points") == 0)
        return is_between(points, 0, r->max);
    return is_nil(points) &&
           (strcmp(outcome, "not_applicable") == 0 || strcmp(outcome, "failed") == 0);
}

static bool is_gate_answer(const value *said)
{
    const value *passed = value_at(said, 0);
    return value_len(said) >= 2 && (is_nil(passed) || value_is(passed, VALUE_BOOL)) &&
           is_short_text(value_at(said, value_len(said) - 1), REASON_BYTES);
}

/* One answer each, in the order of the plan. */
static bool are_answers(const plan *p, bool gates, const value *list)
{
    size_t index = 0;
    if (!value_is(list, VALUE_LIST))
        return false;
    for (size_t i = 0; i < p->len; i++) {
        if (p->rules[i].gate != gates)
            continue;
        const value *said = value_at(list, index++);
        if (!(gates ? is_gate_answer(said) : is_rule_answer(&p->rules[i], said)))
            return false;
    }
    return index == value_len(list);
}

static bool is_score(const value *v)
{
    return is_nil(v) || is_between(v, 0, 100.000001);
}

static bool is_ranked(const value *solution, const solution_rows *rows)
{
    return value_is(solution, VALUE_INT) && solution->as.integer >= 0 &&
           solution_rows_ranks(rows, (size_t)solution->as.integer);
}

bool checked_item(const plan *p, const value *item, const solution_rows *rows, bool explained)
{
    return is_ranked(value_get(item, "solution"), rows) && is_score(value_get(item, "score")) &&
           is_between(value_get(item, "coverage"), 0, 1.000001) &&
           are_answers(p, false, value_get(item, "rules")) &&
           (!explained || are_answers(p, true, value_get(item, "gates")));
}

static bool is_failure(const plan *p, const value *failure, int64_t solutions)
{
    int64_t number = value_get_int(failure, "number", 0),
            pairs = value_get_int(failure, "pairs", 0);
    return number >= 1 && (uint64_t)number <= p->len && pairs >= 1 && pairs <= solutions &&
           is_short_text(value_get(failure, "message"), TEXT_BYTES) &&
           is_short_text(value_get(failure, "where"), TEXT_BYTES) &&
           is_short_text(value_get(failure, "traceback"), TEXT_BYTES);
}

/* Far above what work can be, far below where their sum over all demands ends. */
static bool is_count(const value *step, const char *name)
{
    int64_t count = value_get_int(step, name, -1);
    return count >= 0 && count <= 1000000000000;
}

static bool is_step(const plan *p, const value *step)
{
    int64_t number = value_get_int(step, "number", 0);
    return number >= 1 && (uint64_t)number <= p->len && is_count(step, "asked") &&
           is_count(step, "out") && is_count(step, "unseen") && is_count(step, "us");
}

static bool are_steps(const plan *p, const value *steps)
{
    if (value_len(steps) > p->len)
        return false;
    for (size_t i = 0; i < value_len(steps); i++)
        if (!is_step(p, value_at(steps, i)))
            return false;
    return true;
}

static bool are_reserve(const value *list, const solution_rows *rows, int64_t most)
{
    if ((int64_t)value_len(list) > most)
        return false;
    for (size_t i = 0; i < value_len(list); i++) {
        const value *item = value_at(list, i);
        if (!is_ranked(value_at(item, 0), rows) || !is_score(value_at(item, 1)))
            return false;
    }
    return true;
}

static bool are_counts(const value *frame, const solution_rows *rows)
{
    int64_t scored = value_get_int(frame, "scored", -1),
            excluded = value_get_int(frame, "excluded", -1), gone = value_get_int(frame, "gone", 0);
    return scored >= 0 && excluded >= 0 && scored <= rows->ranked && excluded <= rows->ranked &&
           scored + excluded == rows->ranked && gone >= 0 &&
           gone <= (int64_t)rows->ids.len - rows->ranked;
}

bool checked_done(const plan *p, const value *frame, const solution_rows *rows, int64_t reserve)
{
    const value *failures = value_get(frame, "failures");
    if (!are_counts(frame, rows) || !are_reserve(value_get(frame, "reserve"), rows, reserve) ||
        !value_is(failures, VALUE_LIST) || value_len(failures) > p->len ||
        !are_steps(p, value_get(frame, "steps")))
        return false;
    for (size_t i = 0; i < value_len(failures); i++)
        if (!is_failure(p, value_at(failures, i), (int64_t)rows->ids.len))
            return false;
    return true;
}
