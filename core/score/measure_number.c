/* number: a number against another, or a quantity made of it and a shape. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "score/measure_in.h"
#include "score/shape.h"

typedef enum operation { AT_LEAST, AT_MOST, BETWEEN, VALUE, DIFFERENCE, RATIO, DISTANCE } operation;

/* x NaN: absent; currency 0: a plain number. */
typedef struct amount {
    double x;
    uint32_t currency;
} amount;

/* What is compared: a, then the limit or what it is compared with, then the upper limit. */
enum { A, B, C, OPERANDS };

typedef struct number {
    operation operation;
    shape shape;
    double unlike;
    ref refs[OPERANDS];
    amount *column[OPERANDS]; /* of a solution's field */
    amount one[OPERANDS];     /* of a number, or of the demand at hand */
    bool asks;                /* the demand at hand has its fields */
} number;

static amount amount_of(const value *cell)
{
    const value *currency = value_get(cell, "currency");
    if (value_is(cell, VALUE_MAP))
        cell = value_get(cell, "amount");
    double x = value_as_double(cell, NAN);
    uint32_t code = 0;
    if (value_is(currency, VALUE_TEXT))
        code = (uint32_t)hash_quick(currency->as.text.bytes, value_len(currency)) | 1;
    return (amount){isfinite(x) ? x : NAN, code};
}

static amount operand(const number *n, int o, const value *solution, const value *demand)
{
    const ref *r = &n->refs[o];
    return r->side == SIDE_NONE ? (amount){r->number, 0} : amount_of(ref_cell(r, solution, demand));
}

static bool read_operation(number *n, const value *spec, err *e)
{
    static const char *const OF[] = {"value", "difference", "ratio", "distance"};
    const char *of = value_get_str(spec, "of", "value");
    for (int i = 0; i < 4; i++) {
        if (strcmp(of, OF[i]) != 0)
            continue;
        n->operation = (operation)(VALUE + i);
        return true;
    }
    return err_set(e, ERR_BAD_DATA, "of: expected value, difference, ratio or distance, got '%s'",
                   of);
}

static bool read_limits(measure *m, number *n, const value *spec, err *e)
{
    const value *between = value_get(spec, "between");
    if (value_get(spec, "at_least")) {
        n->operation = AT_LEAST;
        return ref_read(m, &n->refs[B], value_get(spec, "at_least"), "at_least", true, e);
    }
    if (value_get(spec, "at_most")) {
        n->operation = AT_MOST;
        return ref_read(m, &n->refs[B], value_get(spec, "at_most"), "at_most", true, e);
    }
    n->operation = BETWEEN;
    if (value_len(between) != 2)
        return err_set(e, ERR_BAD_DATA, "between: expected {low, high}");
    return ref_read(m, &n->refs[B], value_at(between, 0), "between", true, e) &&
           ref_read(m, &n->refs[C], value_at(between, 1), "between", true, e);
}

static bool read_quantity(measure *m, number *n, const value *spec, err *e)
{
    if (!read_operation(n, spec, e) ||
        !ref_read(m, &n->refs[B], value_get(spec, "with"), "with", true, e))
        return false;
    bool compared = n->refs[B].side != SIDE_NONE || isfinite(n->refs[B].number);
    if (compared == (n->operation == VALUE))
        return err_set(e, ERR_BAD_DATA,
                       compared ? "with: of = \"value\" compares with nothing"
                                : "with: expected a field or number");
    return n->shape.form != SHAPE_NONE ||
           err_set(e, ERR_BAD_DATA,
                   "expected at_least, at_most, between, or a shape: curve, or full with zero, "
                   "half or inverse");
}

static bool make(measure *m, const value *spec, err *e)
{
    number *n = mem_zero(1, sizeof *n);
    m->state = n;
    n->unlike = unlike_share(m);
    for (int o = 0; o < OPERANDS; o++)
        n->refs[o] = (ref){.side = SIDE_NONE, .number = NAN};
    int limits =
        !!value_get(spec, "at_least") + !!value_get(spec, "at_most") + !!value_get(spec, "between");
    if (!ref_read(m, &n->refs[A], value_get(spec, "a"), "a", false, e) ||
        !shape_read(&n->shape, spec, e))
        return false;
    if (limits > 1 || (limits && n->shape.form != SHAPE_NONE))
        return err_set(e, ERR_BAD_DATA, "expected one of at_least, at_most, between and a shape");
    if (!(limits ? read_limits(m, n, spec, e) : read_quantity(m, n, spec, e)))
        return false;
    bool year = n->refs[A].year || n->refs[B].year || n->refs[C].year;
    for (int o = 0; o < OPERANDS; o++)
        n->refs[o].year = year; /* what is compared with a year is one */
    return true;
}

static void number_free(measure *m)
{
    number *n = m->state;
    for (int o = 0; n && o < OPERANDS; o++) {
        ref_free(&n->refs[o]);
        free(n->column[o]);
    }
    if (n)
        shape_free(&n->shape);
    free(n);
}

static inline bool are_unlike(amount a, amount b)
{
    return a.currency && b.currency && a.currency != b.currency;
}

/* `operation` is n->operation: a constant in each of the loops that this becomes part of. */
static inline double share_of(const number *n, operation operation, const amount v[OPERANDS])
{
    if (operation != VALUE &&
        (are_unlike(v[A], v[B]) || (operation == BETWEEN && are_unlike(v[A], v[C]))))
        return n->unlike;
    switch (operation) {
    case AT_LEAST:
        return v[A].x >= v[B].x;
    case AT_MOST:
        return v[A].x <= v[B].x;
    case BETWEEN:
        return v[A].x >= v[B].x && v[A].x <= v[C].x;
    case VALUE:
        return shape_share(&n->shape, v[A].x);
    case DIFFERENCE:
        return shape_share(&n->shape, v[A].x - v[B].x);
    case RATIO:
        return v[B].x > 0 ? shape_share(&n->shape, v[A].x / v[B].x) : n->unlike;
    case DISTANCE:
        return shape_share(&n->shape, fabs(v[A].x - v[B].x));
    }
    return NAN;
}

static void number_add(measure *m, const value *row)
{
    number *n = m->state;
    for (int o = 0; o < OPERANDS; o++) {
        if (n->refs[o].side != SIDE_SOLUTION)
            continue;
        n->column[o] = column_grow(m, n->column[o], sizeof(amount));
        n->column[o][m->len] = amount_of(ref_in(&n->refs[o], row));
    }
}

static void number_demand(measure *m, const value *row)
{
    number *n = m->state;
    n->asks = true;
    for (int o = 0; o < OPERANDS; o++) {
        n->one[o] = operand(n, o, NULL, row);
        if (n->refs[o].side == SIDE_DEMAND && isnan(n->one[o].x))
            n->asks = false;
    }
}

static inline __attribute__((always_inline)) void each(const measure *m, operation operation,
                                                       size_t from, const uint32_t *which,
                                                       size_t count, double *shares)
{
    const number *n = m->state;
    double absent = m->absent[SIDE_SOLUTION];
    const amount *a = n->column[A], *b = n->column[B], *c = n->column[C];
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        const amount v[OPERANDS] = {a ? a[row] : n->one[A], b ? b[row] : n->one[B],
                                    c ? c[row] : n->one[C]};
        bool there = (!a || !isnan(v[A].x)) && (!b || !isnan(v[B].x)) && (!c || !isnan(v[C].x));
        shares[i] = there ? share_of(n, operation, v) : absent;
    }
}

static void number_some(measure *m, size_t from, const uint32_t *which, size_t count,
                        double *shares)
{
    const number *n = m->state;
    if (!n->asks) {
        for (size_t i = 0; i < count; i++)
            shares[i] = m->absent[SIDE_DEMAND];
        return;
    }
#define EACH(o)                                                                                    \
    case o:                                                                                        \
        each(m, o, from, which, count, shares);                                                    \
        break;
    switch (n->operation) {
        EACH(AT_LEAST)
        EACH(AT_MOST)
        EACH(BETWEEN)
        EACH(VALUE)
        EACH(DIFFERENCE)
        EACH(RATIO)
        EACH(DISTANCE)
    }
#undef EACH
}

static const ref *number_absent(const measure *m, const value *solution, const value *demand)
{
    const number *n = m->state;
    for (int side = SIDE_DEMAND; side <= SIDE_SOLUTION; side++)
        for (int o = 0; o < OPERANDS; o++)
            if ((int)n->refs[o].side == side && isnan(operand(n, o, solution, demand).x))
                return &n->refs[o];
    return NULL;
}

static double number_one(const measure *m, const value *solution, const value *demand)
{
    const number *n = m->state;
    amount v[OPERANDS];
    for (int o = 0; o < OPERANDS; o++)
        v[o] = operand(n, o, solution, demand);
    return share_of(n, n->operation, v);
}

static void say_operand(buf *out, const number *n, int o, const value *solution,
                        const value *demand)
{
    if (n->refs[o].side != SIDE_NONE)
        ref_say(out, &n->refs[o], solution, demand, NULL);
    else if (n->refs[o].year)
        say_year(out, n->refs[o].number);
    else
        say_number(out, n->refs[o].number, 2);
}

static void number_words(const measure *m, const value *solution, const value *demand, double share,
                         words *w)
{
    static const char *const OWN[][2] = {
        [AT_LEAST] = {"{value}, minder dan {other}", "{value}, minstens {other}"},
        [AT_MOST] = {"{value}, meer dan {other}", "{value}, hoogstens {other}"},
        [BETWEEN] = {"{value}, niet tussen {other}", "{value}, tussen {other}"},
        [VALUE] = {"{value}", "{value}"},
        [DIFFERENCE] = {"{value} tegen {other}", "{value} tegen {other}"},
        [RATIO] = {"{value} tegen {other}", "{value} tegen {other}"},
        [DISTANCE] = {"{value} tegen {other}", "{value} tegen {other}"},
    };
    const number *n = m->state;
    amount a = operand(n, A, solution, demand), b = operand(n, B, solution, demand),
           c = operand(n, C, solution, demand);
    say_operand(&w->value, n, A, solution, demand);
    if (n->operation != VALUE)
        say_operand(&w->other, n, B, solution, demand);
    if (n->operation == BETWEEN) {
        buf_str(&w->other, " en ");
        say_operand(&w->other, n, C, solution, demand);
    }
    w->own = OWN[n->operation][share > 0];
    if (are_unlike(a, b) || are_unlike(a, c) || (n->operation == RATIO && !(b.x > 0))) {
        w->outcome = "unlike";
        w->own = "{value} is niet te vergelijken met {other}";
    }
}

const measure_kind MEASURE_NUMBER = {
    .name = "number",
    .make = make,
    .free = number_free,
    .add = number_add,
    .demand = number_demand,
    .some = number_some,
    .absent = number_absent,
    .one = number_one,
    .says_asked = true,
    .words = number_words,
};
