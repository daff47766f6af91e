#include "engine/scoring_take.h"

#include <math.h>
#include <string.h>

#include "base/wire.h"

#include "engine/checked.h"
#include "engine/merge.h"

/* STATISTICS_BYTES: of texts, more than that are not kept. */
enum { STATISTICS_BYTES = 32 << 20 };

static value *list_in(value *result, const char *name)
{
    value *list = (value *)value_get(result, name);
    return list ? list : value_add(result, name, value_list());
}

static const char *id_of(const scoring *s, int64_t index)
{
    return texts_at(&s->solutions->ids, (size_t)index);
}

static value moved(value *from)
{
    value taken = from ? *from : value_nil();
    if (from)
        *from = value_nil();
    return taken;
}

/* What one is called by its place there, it has a name for here. */
static value item_of(const scoring *s, value *told)
{
    value item = value_map_literal(WIRE_GATES + 1), *at = told->as.list.items;
    value_add(&item, "solution", value_text(id_of(s, at[WIRE_SOLUTION].as.integer)));
    value_add(&item, "score", at[WIRE_SCORE]);
    value_add(&item, "coverage", at[WIRE_COVERAGE]);
    value_add(&item, "rules", moved(&at[WIRE_RULES]));
    if (s->only)
        value_add(&item, "gates", moved(&at[WIRE_GATES]));
    return item;
}

/* No two share a place, so one that comes twice isn't behind itself. */
static bool comes_behind(const value *last, const value *item)
{
    return merge_is_before(
        value_as_double(value_get(last, "score"), NAN), value_get_str(last, "solution", ""),
        value_as_double(value_get(item, "score"), NAN), value_get_str(item, "solution", ""));
}

bool take_items(const scoring *s, value *frame, value *result)
{
    value *kept = list_in(result, "items"), *items = (value *)value_get(frame, "items");
    for (size_t i = 0; value_is(items, VALUE_LIST) && i < value_len(items); i++) {
        value *item = &items->as.list.items[i];
        if ((int64_t)value_len(kept) >= s->top ||
            !checked_item(s->plan, item, s->solutions, s->only != NULL))
            return false;
        value *now = value_push(kept, item_of(s, item));
        if (value_len(kept) > 1 && !comes_behind(now - 1, now))
            return false;
    }
    return true;
}

/* Of each solution one number a rule, in the order of the plan. */
static bool are_points(const plan *p, const char *at, size_t count)
{
    while (count-- > 0) {
        for (size_t i = 0; i < p->len; i++) {
            double points;
            if (p->rules[i].gate)
                continue;
            memcpy(&points, at, sizeof points);
            at += sizeof points;
            if (!isnan(points) && !(points >= 0 && points <= p->rules[i].max))
                return false;
        }
    }
    return true;
}

bool take_points(const scoring *s, value *frame, value *result)
{
    value *ids = list_in(result, "solutions"), *parts = list_in(result, "points");
    const value *which = value_get(frame, "solutions");
    value *points = (value *)value_get(frame, "points");
    size_t count = value_len(which) / sizeof(uint32_t);
    if (!value_is(which, VALUE_TEXT) || !value_is(points, VALUE_TEXT) ||
        value_len(which) != count * sizeof(uint32_t) ||
        value_len(points) != count * plan_rules(s->plan) * sizeof(double) ||
        (int64_t)(value_len(ids) + count) > s->top ||
        !are_points(s->plan, value_str(points, ""), count))
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t index;
        memcpy(&index, value_str(which, "") + i * sizeof index, sizeof index);
        if (!solution_rows_ranks(s->solutions, index))
            return false;
        value_push(ids, value_text(id_of(s, index)));
    }
    value_push(parts, *points); /* moves it */
    *points = value_nil();
    return true;
}

static int64_t reserve_most(const scoring *s)
{
    return s->floors ? s->top + s->reserve : s->reserve;
}

static value reserve_of(const scoring *s, const value *told)
{
    value list = value_list_of(value_len(told));
    for (size_t i = 0; i < value_len(told); i++) {
        const value *index = value_at(value_at(told, i), 0),
                    *score = value_at(value_at(told, i), 1);
        value *item = value_push(&list, value_list());
        value_push(item, value_text(id_of(s, index->as.integer)));
        value_push(item, score ? value_copy(score) : value_nil());
    }
    return list;
}

bool take_counts(const scoring *s, value *frame, value *result)
{
    if (!checked_done(s->plan, frame, s->solutions, reserve_most(s)))
        return false;
    list_in(result, s->bare ? "solutions" : "items");
    value_set(result, "scored", value_int(value_get_int(frame, "scored", 0)));
    value_set(result, "excluded", value_int(value_get_int(frame, "excluded", 0)));
    value_set(result, "failures", moved((value *)value_get(frame, "failures")));
    value_set(result, "dated", value_bool(value_get_bool(frame, "dated", true)));
    value_set(result, "fresh", value_bool(value_get_bool(frame, "fresh", false)));
    value_set(result, "gone", value_int(value_get_int(frame, "gone", 0)));
    if (s->reserve && !s->untold)
        value_set(result, "reserve", reserve_of(s, value_get(frame, "reserve")));
    if (s->plan_told)
        value_set(result, "steps", moved((value *)value_get(frame, "steps")));
    return true;
}

bool take_statistics(const scoring *s, const value *frame)
{
    const value *bytes = value_get(frame, "bytes");
    size_t most = STATISTICS_BYTES;
    if (!value_is(bytes, VALUE_TEXT) || !value_is(s->counted, VALUE_LIST))
        return true;
    for (size_t i = 0; i < value_len(s->counted); i++)
        most -= value_len(value_at(s->counted, i));
    if (value_len(bytes) <= most) {
        value_push(s->counted, value_copy(bytes));
        return true;
    }
    value_free(s->counted);
    *s->counted = value_nil();
    return false;
}
