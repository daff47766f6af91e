/* Which change of a field is the smallest that gains, and what lies between it and those that
 * don't. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/changes_candidates.h"
#include "engine/changes_parts.h"

enum { POINTS = 16 }; /* tries between two values in a round */

static double distance_of(const search *s, const try *t)
{
    if (value_len(&t->words))
        return (double)value_len(&t->words);
    return changes_distance(value_at(&s->fields, t->field), changes_stands(s, t->field), &t->new);
}

/* The smallest that gains; of those as small the one that gains most; else the first. */
static size_t nearest(const search *s, size_t field)
{
    size_t best = SIZE_MAX;
    double least = INFINITY;
    for (size_t i = 0; i < s->len; i++) {
        const try *t = &s->tries[i];
        if (t->field != field || !changes_gains(s, t))
            continue;
        double distance = distance_of(s, t);
        if (best == SIZE_MAX || distance < least ||
            (distance == least && t->rank < s->tries[best].rank)) {
            best = i;
            least = distance;
        }
    }
    return best;
}

/* The largest change on the way to `to` that gains nothing: from there on the smallest is looked
 * for. */
static const value *last_without(const search *s, size_t field, const value *to)
{
    const value *spec = value_at(&s->fields, field), *stands = changes_stands(s, field),
                *last = stands;
    double far = 0;
    for (size_t i = 0; i < s->len; i++) {
        const try *t = &s->tries[i];
        if (t->field != field || changes_gains(s, t) || !changes_on_way(spec, stands, &t->new, to))
            continue;
        double distance = changes_distance(spec, stands, &t->new);
        if (distance > far) {
            far = distance;
            last = &t->new;
        }
    }
    return last;
}

/* A number that is to stand where none does. */
typedef struct point {
    double number;
    size_t at; /* index into tries */
} point;

static int by_number(const void *a, const void *b)
{
    const point *left = a, *right = b;
    if (left->number != right->number)
        return left->number < right->number ? -1 : 1;
    return left->at < right->at ? -1 : left->at > right->at;
}

static bool from_nothing(const search *s, size_t field)
{
    const value *spec = value_at(&s->fields, field);
    return changes_is_number(spec) && !value_get_bool(spec, "many", false) &&
           isnan(changes_number(spec, changes_stands(s, field)));
}

/* In order. Owned by the caller. */
static point *points_of(const search *s, size_t field, size_t *len)
{
    point *points = mem_zero(s->len + 1, sizeof *points);
    *len = 0;
    for (size_t i = 0; i < s->len; i++) {
        double number = changes_number(value_at(&s->fields, field), &s->tries[i].new);
        if (s->tries[i].field == field && !isnan(number))
            points[(*len)++] = (point){number, i};
    }
    if (*len)
        qsort(points, *len, sizeof *points, by_number);
    return points;
}

/* The one beside it that gains nothing; SIZE_MAX: there is none. */
static size_t edge(const search *s, const point *points, size_t len, size_t p)
{
    if (p > 0 && !changes_gains(s, &s->tries[points[p - 1].at]))
        return points[p - 1].at;
    if (p + 1 < len && !changes_gains(s, &s->tries[points[p + 1].at]))
        return points[p + 1].at;
    return SIZE_MAX;
}

/* Gains the field with that score, the lowest that does? */
static bool is_lowest(const search *s, const try *t, double lowest)
{
    return changes_gains(s, t) && value_as_double(value_get(&t->item, "score"), 0) == lowest;
}

static double lowest_of(const search *s, const point *points, size_t len)
{
    double lowest = INFINITY;
    for (size_t p = 0; p < len; p++) {
        const try *t = &s->tries[points[p].at];
        double score = value_as_double(value_get(&t->item, "score"), 0);
        if (changes_gains(s, t) && score < lowest)
            lowest = score;
    }
    return lowest;
}

/* From nothing there is no distance, so the least is what gains the lowest score: where more is
 * better the smallest, where less is the largest. Of equals the first beside one that gains
 * nothing (*without, else SIZE_MAX), else the one in their middle. */
static size_t least(const search *s, size_t field, size_t *without)
{
    size_t len, equals = 0, best = SIZE_MAX;
    point *points = points_of(s, field, &len);
    double lowest = lowest_of(s, points, len);
    *without = SIZE_MAX;
    for (size_t p = 0; p < len && *without == SIZE_MAX; p++) {
        if (!is_lowest(s, &s->tries[points[p].at], lowest))
            continue;
        equals++;
        best = points[p].at;
        *without = edge(s, points, len, p);
    }
    size_t middle = (equals + 1) / 2;
    for (size_t p = 0; p < len && middle && *without == SIZE_MAX; p++)
        if (is_lowest(s, &s->tries[points[p].at], lowest) && --middle == 0)
            best = points[p].at;
    free(points);
    return best;
}

size_t changes_best(const search *s, size_t field)
{
    size_t without;
    return from_nothing(s, field) ? least(s, field, &without) : nearest(s, field);
}

static void try_between(search *s, size_t field, const value *from, const try *best)
{
    value a = value_copy(from), b = value_copy(&best->new), towards = value_copy(&best->towards),
          before = value_nil();
    for (int p = 1; p <= POINTS; p++) {
        value v = changes_between(value_at(&s->fields, field), &a, &b, (double)p / (POINTS + 1));
        if (!value_is(&v, VALUE_NIL) && !value_equal(&v, &before))
            changes_try(s, field, value_copy(&v))->towards = value_copy(&towards);
        value_free(&before);
        before = v;
    }
    value_free(&before);
    value_free(&a);
    value_free(&b);
    value_free(&towards);
}

void changes_close_in(search *s, size_t field)
{
    size_t without, best;
    if (from_nothing(s, field)) {
        best = least(s, field, &without);
        if (without != SIZE_MAX)
            try_between(s, field, &s->tries[without].new, &s->tries[best]);
        return;
    }
    best = nearest(s, field);
    if (best != SIZE_MAX && changes_stands(s, field))
        try_between(s, field, last_without(s, field, &s->tries[best].new), &s->tries[best]);
}
