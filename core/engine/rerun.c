#include "engine/rerun.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "engine/counted.h"
#include "engine/kept.h"
#include "engine/kept_points.h"
#include "engine/merge.h"
#include "engine/skipped.h"

/* RESERVE_LEAST: behind the best; a rerun in which more of a demand's best fall out is made in full
 * for it. */
enum { RESERVE_LEAST = 10 };

struct rerun {
    const scoring *s;
    bool keeps;
    bool moved;      /* something was scored */
    int64_t counted; /* 0: texts don't matter */
    int64_t points;  /* that were taken from what was kept */
    match_times *times;
    kept kept;
    value **found; /* of each demand what was kept; NULL: nothing of use */
    value fresh;   /* statistics that were asked for */
};

rerun *rerun_new(const scoring *s, int64_t counted, bool found_again, match_times *times)
{
    rerun *x = mem_zero(1, sizeof *x);
    x->s = s;
    x->counted = counted;
    x->times = times;
    x->keeps = found_again;
    x->found = mem_zero(value_len(s->demands) + 1, sizeof(value *));
    return x;
}

void rerun_free(rerun *x)
{
    if (!x)
        return;
    kept_free(&x->kept);
    value_free(&x->fresh);
    free(x->found);
    free(x);
}

static int64_t reserve_of(int64_t top)
{
    return top / 2 > RESERVE_LEAST ? top / 2 : RESERVE_LEAST;
}

/* With many changes a rerun saves little; statistics that are not there can't be asked for in part.
 */
static bool is_worth(const rerun *x)
{
    return x->kept.log &&
           (x->kept.changed.len == 0 || !x->counted || value_is(&x->kept.statistics, VALUE_LIST));
}

static void find_all(rerun *x)
{
    for (size_t i = 0; i < value_len(x->s->demands); i++)
        x->found[i] = kept_find(&x->kept, x->s->plan, value_at(x->s->demands, i), x->s->today);
}

static void find_none(rerun *x)
{
    for (size_t i = 0; i < value_len(x->s->demands); i++)
        x->found[i] = NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of the reserve those that may move up: their reasons are then needed. */
static size_t add_successors(const rerun *x, const value *found, const char **out)
{
    const value *reserve = value_get(found, "reserve");
    int64_t lost = merge_lost(found, &x->kept.changed);
    size_t len = 0;
    for (size_t i = 0; i < value_len(reserve) && (int64_t)len < lost; i++) {
        const char *id = value_str(value_at(value_at(reserve, i), 0), "");
        if (!merge_among(&x->kept.changed, id))
            out[len++] = id;
    }
    return len;
}

/* In order, each once. */
static texts successors(const rerun *x)
{
    size_t demands = value_len(x->s->demands), room = 0, len = 0;
    texts out = {0};
    for (size_t i = 0; i < demands; i++)
        room += value_len(value_get(x->found[i], "reserve"));
    const char **ids = mem_zero(room + 1, sizeof(char *));
    for (size_t i = 0; i < demands; i++)
        if (x->found[i])
            len += add_successors(x, x->found[i], ids + len);
    qsort(ids, len, sizeof *ids, by_text);
    for (size_t i = 0; i < len; i++)
        if (i == 0 || strcmp(ids[i - 1], ids[i]) != 0)
            texts_add(&out, ids[i]);
    free(ids);
    return out;
}

/* Both in one order; none is in both. */
static texts joined(const texts *a, const texts *b)
{
    texts out = {0};
    for (size_t i = 0, k = 0; i < a->len || k < b->len;) {
        bool first = k == b->len || (i < a->len && strcmp(texts_at(a, i), texts_at(b, k)) < 0);
        texts_add(&out, first ? texts_at(a, i++) : texts_at(b, k++));
    }
    return out;
}

/* The demands that were found, or those that were not. */
static value some_demands(const rerun *x, bool found)
{
    value list = value_list();
    for (size_t i = 0; i < value_len(x->s->demands); i++)
        if ((x->found[i] != NULL) == found)
            value_push(&list, value_copy(value_at(x->s->demands, i)));
    return list;
}

/* Of those found, in their order. */
static void bounds_of(const rerun *x, value *floors, value *leasts)
{
    *floors = value_list();
    *leasts = value_list();
    for (size_t i = 0; i < value_len(x->s->demands); i++) {
        if (!x->found[i])
            continue;
        value_push(floors, value_number(merge_floor(x->found[i], &x->kept.changed, x->s->top)));
        value_push(leasts, value_number(merge_least(x->found[i])));
    }
}

static bool all_well(const rerun *x, const value *results)
{
    for (size_t i = 0; i < value_len(results); i++)
        if (value_len(value_get(value_at(results, i), "failures")) ||
            !value_get_bool(value_at(results, i), "fresh", true))
            return false;
    return !skip_any(x->s->plan);
}

/* The news as they come are taken into what was kept, while workers are at the next demands. */
typedef struct merging {
    rerun *x;
    const solution_rows *rows;
    const texts *ids;
    size_t *places; /* in x->found, of each demand that is scored */
    bool *merged;   /* of these */
} merging;

static merging merging_of(rerun *x, const solution_rows *rows, const texts *ids)
{
    size_t demands = value_len(x->s->demands), len = 0;
    merging m = {.x = x, .rows = rows, .ids = ids};
    m.places = mem_zero(demands + 1, sizeof *m.places);
    m.merged = mem_zero(demands + 1, sizeof *m.merged);
    for (size_t i = 0; i < demands; i++)
        if (x->found[i])
            m.places[len++] = i;
    return m;
}

static void merging_free(merging *m)
{
    free(m->places);
    free(m->merged);
}

/* Where that can't be, nothing is found of the demand. */
static void merge_one(void *ctx, size_t demand, value *fresh)
{
    merging *m = ctx;
    rerun *x = m->x;
    value **found = &x->found[m->places[demand]];
    const merge_news what = {.ids = m->ids,
                             .ranked = m->rows->ranked,
                             .gone = (int64_t)m->rows->ids.len - m->rows->ranked};
    if (m->merged[demand])
        return;
    m->merged[demand] = true;
    bool dated = value_get_bool(*found, "dated", true) || value_get_bool(fresh, "dated", true);
    if (value_get_bool(fresh, "fresh", false) &&
        merge_ranking(*found, fresh, &what, x->s->top, reserve_of(x->s->top)))
        value_set(*found, "dated", value_bool(dated));
    else
        *found = NULL;
}

/* scoring_run, timed. */
static bool score(rerun *x, scoring *s, value *results, err *e)
{
    scoring_clock ranked = {0};
    int64_t called = clock_monotonic_us();
    s->clock = &ranked;
    bool ok = scoring_run(s, results, e);
    match_times_add(x->times, called, &ranked, clock_monotonic_us());
    return ok;
}

/* Scores what changed. Where something failed, or was not to be known, all is scored instead. */
static bool score_changed(rerun *x, err *e)
{
    texts also = successors(x), ids = joined(&x->kept.changed, &also);
    value demands = some_demands(x, true), news = value_nil(), floors, leasts;
    bool uncounted = false;
    solution_rows rows = {.store = x->s->on->store,
                          .kind = ROLE_SOLUTION,
                          .fields = &x->s->plan->solution_fields,
                          .since = x->kept.log,
                          .also = &also};
    scoring s = *x->s;
    merging m = merging_of(x, &rows, &ids);
    bounds_of(x, &floors, &leasts);
    s.solutions = &rows;
    s.demands = &demands;
    s.reserve = reserve_of(s.top);
    s.floors = &floors;
    s.leasts = &leasts;
    s.expected = (int64_t)ids.len;
    s.statistics = x->counted ? &x->kept.statistics : NULL;
    s.uncounted = &uncounted;
    s.taker = merge_one;
    s.taker_ctx = &m;
    bool ok = solution_rows_open(&rows, 0, e) && score(x, &s, &news, e);
    if (!ok || uncounted || !all_well(x, &news))
        find_none(x);
    if (uncounted) /* asked for anew with all that is scored now */
        value_free(&x->kept.statistics);
    x->moved = true;
    merging_free(&m);
    solution_rows_free(&rows);
    value_free(&demands);
    value_free(&floors);
    value_free(&leasts);
    value_free(&news);
    texts_free(&also);
    texts_free(&ids);
    return ok;
}

static size_t count_found(const rerun *x)
{
    size_t count = 0;
    for (size_t i = 0; i < value_len(x->s->demands); i++)
        count += x->found[i] != NULL;
    return count;
}

static bool find_kept(rerun *x, err *e)
{
    bool few = false;
    int64_t called = clock_monotonic_us();
    bool ok = kept_open(&x->kept, x->s, x->counted, e) &&
              (!is_worth(x) || counted_few(x->s->on->store, (int64_t)x->kept.changed.len, &few, e));
    if (ok && few)
        find_all(x);
    x->times->kept = clock_monotonic_us() - called;
    return ok;
}

static bool take_kept(rerun *x, err *e)
{
    return find_kept(x, e) && (!count_found(x) || !x->kept.changed.len || score_changed(x, e));
}

static bool open_points(rerun *x, scoring *s, err *e)
{
    int64_t called = clock_monotonic_us();
    bool ok = !x->keeps || kept_points_open(s, x->counted, &s->points, e);
    x->times->kept += clock_monotonic_us() - called;
    return ok;
}

static void keep_points(rerun *x, kept_points *points, const value *results)
{
    x->points = kept_points_taken(points);
    if (all_well(x, results))
        kept_points_put(points);
}

/* All solutions, for the demands of which nothing was found. */
static bool score_others(rerun *x, value *results, err *e)
{
    value demands = some_demands(x, false);
    scoring s = *x->s;
    s.demands = &demands;
    if (!s.bare) /* also when nothing is kept: whoever asks, the same work is done */
        s.reserve = reserve_of(s.top);
    s.untold = !x->keeps;
    if (x->keeps && x->counted && !value_is(&x->kept.statistics, VALUE_LIST))
        s.counted = &x->fresh;
    bool any = value_len(&demands) > 0;
    bool ok = !any || (open_points(x, &s, e) && score(x, &s, results, e));
    if (ok && s.points)
        keep_points(x, s.points, results);
    kept_points_free(s.points);
    x->moved = x->moved || any;
    value_free(&demands);
    return ok;
}

/* In the order of the demands: what was found, as a worker would have told it, or scored. */
static value in_order(rerun *x, value *scored)
{
    value all = value_list();
    size_t at = 0;
    for (size_t i = 0; i < value_len(x->s->demands); i++) {
        value *from = x->found[i] ? x->found[i] : &scored->as.list.items[at++];
        value_push(&all, *from); /* moves it */
        *from = value_nil();
    }
    return all;
}

bool rerun_score(rerun *x, value *results, err *e)
{
    value scored = value_nil();
    if (x->keeps && !take_kept(x, e))
        return false;
    if (skip_any(x->s->plan)) /* a rule that was stopped is left out for all */
        find_none(x);
    bool ok = score_others(x, &scored, e);
    if (ok)
        *results = in_order(x, &scored);
    value_free(&scored);
    return ok;
}

match_kept rerun_kept(const rerun *x)
{
    return (match_kept){.demands = (int64_t)count_found(x),
                        .changed = (int64_t)x->kept.changed.len,
                        .points = x->points};
}

void rerun_keep(rerun *x, value *results)
{
    char hash[HASH_TEXT];
    if (!x->keeps || !x->moved || !all_well(x, results) || !value_len(results))
        return;
    for (size_t i = 0; i < value_len(results); i++) {
        value *one = &results->as.list.items[i];
        const value *row = value_at(x->s->demands, i);
        kept_hash_row(row, hash);
        value_set(one, "demand", value_copy(value_at(row, 0)));
        value_set(one, "row", value_text(hash));
        value_set(one, "today", value_text(x->s->today));
    }
    kept_put(&x->kept, x->s, x->s->log, results);
    if (value_is(&x->fresh, VALUE_LIST))
        kept_put_statistics(&x->kept, &x->fresh);
}
