#include "engine/checked.h"

#include <math.h>
#include <string.h>

#include "base/pack.h"
#include "base/pack_cell.h"
#include "base/pack_walk.h"
#include "base/wire.h"
#include "engine/item.h"

/* REASON_BYTES: the worker cuts at 1,000 and may escape each; TEXT_BYTES: a traceback, escaped. */
enum { REASON_BYTES = 16384, TEXT_BYTES = 32768, MATCHED_MOST = 50 };

/* Sums of doubles may end a little above. */
static const double SCORE_MOST = 100.000001, COVERAGE_MOST = 1.000001;

/* Not NaN either. */
static bool is_between(double number, double most)
{
    return number >= 0 && number <= most;
}

static bool is_short_text(const value *v, size_t most)
{
    return value_is(v, VALUE_TEXT) && value_len(v) <= most;
}

static bool is_nil(const value *v)
{
    return !v || value_is(v, VALUE_NIL);
}

static bool is_reason(const pack_cell *c)
{
    return c->type == VALUE_TEXT && c->len <= REASON_BYTES;
}

static bool are_points(const pack_cell *c, double max)
{
    return is_between(pack_number(c), max);
}

static const char *past_texts(const char *at)
{
    pack_cell list, text;
    at = pack_look(at, &list);
    bool ok = list.type == VALUE_LIST && list.len <= MATCHED_MOST;
    for (size_t i = 0; ok && i < list.len; i++) {
        at = pack_look(at, &text);
        ok = is_reason(&text);
    }
    return ok ? at : NULL;
}

/* Past [terms, missing, sentence]. */
static const char *past_matched(const char *at)
{
    pack_cell said, sentence;
    at = pack_look(at, &said);
    if (said.type != VALUE_LIST || said.len != 3 || !(at = past_texts(at)) ||
        !(at = past_texts(at)))
        return NULL;
    at = pack_look(at, &sentence);
    return is_reason(&sentence) ? at : NULL;
}

/* Past [outcome, value, reason], and where it is explained perhaps what matched; NULL: it is none.
 */
static const char *past_rule(const plan_rule *r, bool explained, const char *at)
{
    pack_cell said, outcome, points, reason;
    at = pack_look(at, &said);
    if (said.type != VALUE_LIST || said.len < 3 || said.len > (explained ? 4 : 3))
        return NULL;
    at = pack_look(at, &outcome);
    at = pack_look(at, &points);
    at = pack_look(at, &reason);
    bool ok = pack_is(&outcome, "points")
                  ? are_points(&points, r->max)
                  : points.type == VALUE_NIL &&
                        (pack_is(&outcome, "not_applicable") || pack_is(&outcome, "failed"));
    if (!ok || !is_reason(&reason))
        return NULL;
    return said.len == 4 ? past_matched(at) : at;
}

/* Past [passed, reason], and perhaps what matched. */
static const char *past_gate(const char *at)
{
    pack_cell said, passed, reason;
    at = pack_look(at, &said);
    if (said.type != VALUE_LIST || said.len < 2 || said.len > 3)
        return NULL;
    at = pack_look(at, &passed);
    at = pack_look(at, &reason);
    if ((passed.type != VALUE_NIL && passed.type != VALUE_BOOL) || !is_reason(&reason))
        return NULL;
    return said.len == 3 ? past_matched(at) : at;
}

/* Past a list of answers, of rules or of gates. */
static const char *past_answers(const plan *p, bool gates, bool explained, const char *at)
{
    pack_cell list;
    at = pack_look(at, &list);
    if (list.type != VALUE_LIST || list.len != (gates ? p->len - plan_rules(p) : plan_rules(p)))
        return NULL;
    for (size_t i = 0; at && i < p->len; i++)
        if (p->rules[i].gate == gates)
            at = gates ? past_gate(at) : past_rule(&p->rules[i], explained, at);
    return at;
}

static const char *past_nil(const char *at)
{
    pack_cell cell;
    at = pack_look(at, &cell);
    return cell.type == VALUE_NIL ? at : NULL;
}

static bool is_score(const pack_cell *c)
{
    return c->type == VALUE_NIL || is_between(pack_number(c), SCORE_MOST);
}

/* Past a score, a coverage, answers of rules, and of gates. */
static const char *past_said(const plan *p, bool explained, const char *at, double *score)
{
    pack_cell points, coverage;
    at = pack_look(at, &points);
    at = pack_look(at, &coverage);
    *score = pack_number(&points);
    if (!is_score(&points) || !is_between(pack_number(&coverage), COVERAGE_MOST) ||
        !(at = past_answers(p, false, explained, at)))
        return NULL;
    return explained ? past_answers(p, true, explained, at) : past_nil(at);
}

static bool is_ranked(int64_t solution, const solution_rows *rows)
{
    return solution >= 0 && solution_rows_ranks(rows, (size_t)solution);
}

const char *checked_item(const plan *p, const char *at, const solution_rows *rows, bool explained,
                         checked_place *out)
{
    pack_cell item, solution;
    at = pack_look(at, &item);
    if (item.type != VALUE_LIST || item.len != WIRE_GATES + 1)
        return NULL;
    at = pack_look(at, &solution);
    if (solution.type != VALUE_INT || !is_ranked(solution.as.integer, rows))
        return NULL;
    out->solution = (size_t)solution.as.integer;
    out->said = at;
    at = past_said(p, explained, at, &out->score);
    out->len = at ? (size_t)(at - out->said) : 0;
    return at;
}

bool checked_kept(const plan *p, const value *packed)
{
    pack_cell item, id;
    double score;
    if (!value_is(packed, VALUE_TEXT) ||
        !pack_walk(value_str(packed, ""), value_len(packed), 1, &PACK_FROM_WORKER, NULL))
        return false;
    const char *at = pack_look(value_str(packed, ""), &item);
    if (item.type != VALUE_LIST || item.len != ITEM_CELLS)
        return false;
    at = pack_look(at, &id);
    return id.type == VALUE_TEXT && id.len > 1 &&
           memchr(id.inner, '\0', id.len) == id.inner + id.len - 1 &&
           past_said(p, false, at, &score);
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
static bool is_count(const value *step, size_t place)
{
    int64_t count = value_as_int(value_at(step, place), -1);
    return count >= 0 && count <= 1000000000000;
}

static bool is_step(const plan *p, const value *step)
{
    int64_t number = value_as_int(value_at(step, WIRE_STEP_NUMBER), 0);
    return number >= 1 && (uint64_t)number <= p->len && is_count(step, WIRE_STEP_ASKED) &&
           is_count(step, WIRE_STEP_OUT) && is_count(step, WIRE_STEP_UNSEEN) &&
           is_count(step, WIRE_STEP_US);
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
        const value *solution = value_at(item, 0), *score = value_at(item, 1);
        if (!value_is(solution, VALUE_INT) || !is_ranked(solution->as.integer, rows) ||
            (!is_nil(score) && !is_between(value_as_double(score, NAN), SCORE_MOST)))
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
