/* dates: the days from one to another and a shape, or the part of a window that another covers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "score/measure_in.h"
#include "score/shape.h"

/* Days: a or its window, then b or its window. */
enum { A, A_UNTIL, B, B_UNTIL, DAYS, DATE_BYTES = 10 };

typedef struct dates {
    bool windows;
    shape shape;
    ref refs[DAYS]; /* today is a number; side none and NaN: not used */
    double *column[DAYS], one[DAYS];
} dates;

static bool read_day(measure *m, ref *r, const value *v, const char *name, err *e)
{
    if (!value_is(v, VALUE_TEXT))
        return ref_read(m, r, v, name, false, e);
    if (strcmp(value_str(v, ""), "today") != 0)
        return err_set(e, ERR_BAD_DATA, "%s: expected a field, or \"today\"", name);
    m->dated = true;
    *r = (ref){.side = SIDE_NONE, .number = (double)m->today};
    return true;
}

static bool read_days(measure *m, dates *d, int at, const value *v, const char *name, err *e)
{
    if (!d->windows)
        return read_day(m, &d->refs[at], v, name, e);
    if (value_len(v) != 2)
        return err_set(e, ERR_BAD_DATA, "%s: expected a window {from, until}", name);
    return read_day(m, &d->refs[at], value_at(v, 0), name, e) &&
           read_day(m, &d->refs[at + 1], value_at(v, 1), name, e);
}

static bool make(measure *m, const value *spec, err *e)
{
    dates *d = mem_zero(1, sizeof *d);
    m->state = d;
    for (int i = 0; i < DAYS; i++)
        d->refs[i] = (ref){.side = SIDE_NONE, .number = NAN};
    d->windows = value_is(value_get(spec, "a"), VALUE_LIST);
    if (!read_days(m, d, A, value_get(spec, "a"), "a", e) ||
        !read_days(m, d, B, value_get(spec, "b"), "b", e) || !shape_read(&d->shape, spec, e))
        return false;
    return (d->shape.form == SHAPE_NONE) == d->windows ||
           err_set(e, ERR_BAD_DATA,
                   d->windows ? "two windows go without a shape"
                              : "expected a shape: curve, or full with zero, half or inverse");
}

static void dates_free(measure *m)
{
    dates *d = m->state;
    for (int i = 0; d && i < DAYS; i++) {
        ref_free(&d->refs[i]);
        free(d->column[i]);
    }
    if (d)
        shape_free(&d->shape);
    free(d);
}

/* A date, or the date of a time. */
static double days_of(const value *cell)
{
    char text[DATE_BYTES + 1];
    int64_t days = 0;
    size_t len = value_is(cell, VALUE_TEXT) ? value_len(cell) : 0;
    if (len < DATE_BYTES || (len > DATE_BYTES && cell->as.text.bytes[DATE_BYTES] != 'T'))
        return NAN;
    memcpy(text, cell->as.text.bytes, DATE_BYTES);
    text[DATE_BYTES] = '\0';
    return clock_date_parse(text, &days) ? (double)days : NAN;
}

static double operand(const dates *d, int i, const value *solution, const value *demand)
{
    const ref *r = &d->refs[i];
    return r->side == SIDE_NONE ? r->number : days_of(ref_cell(r, solution, demand));
}

/* A window that ends before it begins is none: NaN. */
static double share_of(const dates *d, const double v[DAYS], double unlike)
{
    if (!d->windows)
        return shape_share(&d->shape, v[B] - v[A]);
    double from = v[A] > v[B] ? v[A] : v[B],
           until = v[A_UNTIL] < v[B_UNTIL] ? v[A_UNTIL] : v[B_UNTIL];
    if (v[A_UNTIL] < v[A] || v[B_UNTIL] < v[B])
        return unlike;
    return until < from ? 0 : (until - from + 1) / (v[A_UNTIL] - v[A] + 1);
}

static void dates_add(measure *m, const value *row)
{
    dates *d = m->state;
    for (int i = 0; i < DAYS; i++) {
        if (d->refs[i].side != SIDE_SOLUTION)
            continue;
        d->column[i] = column_grow(m, d->column[i], sizeof(double));
        d->column[i][m->len] = days_of(ref_in(&d->refs[i], row));
    }
}

static void dates_demand(measure *m, const value *row)
{
    dates *d = m->state;
    for (int i = 0; i < DAYS; i++)
        d->one[i] = operand(d, i, NULL, row);
}

static double share_or_absent(const measure *m, const double v[DAYS])
{
    const dates *d = m->state;
    for (int side = SIDE_DEMAND; side <= SIDE_SOLUTION; side++)
        for (int i = 0; i < DAYS; i++)
            if ((int)d->refs[i].side == side && isnan(v[i]))
                return m->absent[side];
    return share_of(d, v, unlike_share(m));
}

static void dates_some(measure *m, size_t from, const uint32_t *which, size_t count, double *shares)
{
    const dates *d = m->state;
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        double v[DAYS];
        for (int o = 0; o < DAYS; o++)
            v[o] = d->column[o] ? d->column[o][row] : d->one[o];
        shares[i] = share_or_absent(m, v);
    }
}

static const ref *dates_absent(const measure *m, const value *solution, const value *demand)
{
    const dates *d = m->state;
    for (int side = SIDE_DEMAND; side <= SIDE_SOLUTION; side++)
        for (int i = 0; i < DAYS; i++)
            if ((int)d->refs[i].side == side && isnan(operand(d, i, solution, demand)))
                return &d->refs[i];
    return NULL;
}

static double dates_one(const measure *m, const value *solution, const value *demand)
{
    const dates *d = m->state;
    double v[DAYS];
    for (int i = 0; i < DAYS; i++)
        v[i] = operand(d, i, solution, demand);
    return share_of(d, v, unlike_share(m));
}

static void say_days(buf *out, const double *v, bool window)
{
    say_date(out, (int64_t)v[0]);
    if (!window)
        return;
    buf_str(out, " tot en met ");
    say_date(out, (int64_t)v[1]);
}

/* Where the second lies before the first, a rule may have a sentence for that: its days go back. */
static void say_distance(const measure *m, double days, words *w)
{
    bool past = days < 0, told = past && value_get_str(&m->reason, "past", NULL);
    w->outcome = told ? "past" : NULL;
    w->own = past ? "{other} is {found dag|dagen} voor {value}"
                  : "{value} tot {other}: {days dag|dagen}";
    say_number(&w->found, fabs(days), 0);
    say_number(&w->days, told ? -days : days, 0);
}

static void dates_words(const measure *m, const value *solution, const value *demand, double share,
                        words *w)
{
    const dates *d = m->state;
    double v[DAYS];
    for (int i = 0; i < DAYS; i++)
        v[i] = operand(d, i, solution, demand);
    say_days(&w->value, &v[A], d->windows);
    say_days(&w->other, &v[B], d->windows);
    if (!d->windows) {
        say_distance(m, v[B] - v[A], w);
        return;
    }
    double all = v[A_UNTIL] - v[A] + 1;
    say_number(&w->asked, all, 0);
    say_number(&w->days, isnan(share) ? 0 : rint(share * all), 0);
    w->own = "{days} van {asked dag|dagen}";
    if (v[A_UNTIL] < v[A] || v[B_UNTIL] < v[B]) {
        w->outcome = "unlike";
        w->own = "een periode eindigt voor zij begint";
    }
}

const measure_kind MEASURE_DATES = {
    .name = "dates",
    .make = make,
    .free = dates_free,
    .add = dates_add,
    .demand = dates_demand,
    .some = dates_some,
    .absent = dates_absent,
    .one = dates_one,
    .words = dates_words,
};
