#include "engine/scoring_take.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pack.h"
#include "base/pack_cell.h"
#include "base/pack_walk.h"
#include "engine/checked.h"
#include "engine/item.h"
#include "engine/merge.h"

/* STATISTICS_BYTES: of texts, more than that are not kept. */
enum { STATISTICS_BYTES = 32 << 20 };

static value *list_in(value *result, const char *name)
{
    value *list = (value *)value_get(result, name);
    return list ? list : value_add(result, name, value_list());
}

static const char *id_of(const scoring *s, size_t row)
{
    return texts_at(&s->solutions->ids, row);
}

static value moved(value *from)
{
    value taken = from ? *from : value_nil();
    if (from)
        *from = value_nil();
    return taken;
}

/* All of them looked at. Their ids lie far apart in memory: each is on its way to the cache while
 * the next item is looked at. */
static bool check_items(const scoring *s, const char *at, checked_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        at = checked_item(s->plan, at, s->solutions, s->only != NULL, &places[i]);
        if (!at)
            return false;
        texts_fetch(&s->solutions->ids, places[i].solution);
    }
    return true;
}

/* What one is called by its row there, it has a name for here. No two share a row, so one that
 * comes twice isn't behind itself. */
static bool name_items(const scoring *s, const checked_place *places, size_t count, value *kept)
{
    size_t had = value_len(kept);
    item last = item_look(had ? value_at(kept, had - 1) : NULL);
    for (size_t i = 0; i < count; i++) {
        const char *id = id_of(s, places[i].solution);
        if (had + i > 0 && !merge_is_before(last.score, last.id, places[i].score, id))
            return false;
        value_push(kept, item_make(id, places[i].said, places[i].len));
        last = (item){.id = id, .score = places[i].score};
    }
    return true;
}

bool take_items(const scoring *s, const char *packed, value *result)
{
    value *kept = list_in(result, "items");
    pack_cell count = {0}, items = {0};
    if (!pack_field(packed, "count", &count) || count.type != VALUE_INT || count.as.integer < 0 ||
        count.as.integer > s->top - (int64_t)value_len(kept) ||
        !pack_field(packed, "items", &items) || items.type != VALUE_TEXT ||
        !pack_walk(items.inner, items.len, (size_t)count.as.integer, &PACK_FROM_WORKER, NULL))
        return false;
    size_t some = (size_t)count.as.integer;
    checked_place *places = mem_zero(some + 1, sizeof *places);
    bool ok = check_items(s, items.inner, places, some) && name_items(s, places, some, kept);
    free(places);
    return ok;
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
        value_push(item, value_text(id_of(s, (size_t)index->as.integer)));
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
