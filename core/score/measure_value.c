/* value: one field of one record, so it is asked once a record. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/measure_in.h"
#include "score/shape.h"
#include "score/term_column.h"

typedef struct one_value {
    ref a;
    shape shape;
    value map; /* term → share, nil: none */
    double other, length;
    bool present;
} one_value;

static bool read_map(one_value *v, const value *map, err *e)
{
    for (size_t i = 0; value_is(map, VALUE_MAP) && i < value_len(map); i++) {
        const value_entry *entry = &map->as.map.items[i];
        double share = value_as_double(&entry->value, NAN);
        if (!(share >= 0 && share <= 1))
            return err_set(e, ERR_BAD_DATA, "map.%s: expected a share from 0 to 1", entry->key);
    }
    v->map = map ? value_copy(map) : value_nil();
    return (v->other >= 0 && v->other <= 1) ||
           err_set(e, ERR_BAD_DATA, "other: expected a share from 0 to 1");
}

static bool make(measure *m, const value *spec, err *e)
{
    one_value *v = mem_zero(1, sizeof *v);
    m->state = v;
    v->other = value_get_double(spec, "other", 0);
    v->length = value_get_double(spec, "length", 0);
    v->present = value_get_bool(spec, "present", false);
    if (!ref_read(m, &v->a, value_get(spec, "a"), "a", false, e) ||
        !shape_read(&v->shape, spec, e) || !read_map(v, value_get(spec, "map"), e))
        return false;
    int ways =
        (v->shape.form != SHAPE_NONE) + value_is(&v->map, VALUE_MAP) + (v->length > 0) + v->present;
    return ways == 1 ||
           err_set(e, ERR_BAD_DATA, "expected one of map, length, present and a shape");
}

static void one_value_free(measure *m)
{
    one_value *v = m->state;
    if (!v)
        return;
    ref_free(&v->a);
    shape_free(&v->shape);
    value_free(&v->map);
    free(v);
}

static double amount_in(const value *cell)
{
    if (value_is(cell, VALUE_MAP))
        cell = value_get(cell, "amount");
    double x = value_as_double(cell, NAN);
    return isfinite(x) ? x : NAN;
}

static size_t characters(const value *text)
{
    size_t count = 0;
    for (size_t i = 0; i < value_len(text); i++)
        count += ((unsigned char)text->as.text.bytes[i] & 0xC0) != 0x80;
    return count;
}

static const ref *value_absent(const measure *m, const value *solution, const value *demand)
{
    const one_value *v = m->state;
    const value *cell = ref_cell(&v->a, solution, demand);
    bool usable = v->present                     ? true
                  : value_is(&v->map, VALUE_MAP) ? has_terms(cell)
                  : v->length > 0                ? value_is(cell, VALUE_TEXT) && value_len(cell)
                                                 : !isnan(amount_in(cell));
    return usable ? NULL : &v->a;
}

/* Of a list the best counts. */
static double by_map(const one_value *v, const value *cell)
{
    double best = 0;
    for (size_t i = 0; i < terms_len(cell); i++) {
        const value *term = term_at(cell, i);
        double share = term ? value_get_double(&v->map, term->as.text.bytes, v->other) : 0;
        best = share > best ? share : best;
    }
    return best;
}

static double value_one(const measure *m, const value *solution, const value *demand)
{
    const one_value *v = m->state;
    const value *cell = ref_cell(&v->a, solution, demand);
    if (v->present)
        return cell != NULL;
    if (value_is(&v->map, VALUE_MAP))
        return by_map(v, cell);
    if (v->length > 0)
        return fmin(1, (double)characters(cell) / v->length);
    return shape_share(&v->shape, amount_in(cell));
}

static void value_words(const measure *m, const value *solution, const value *demand, double share,
                        words *w)
{
    const one_value *v = m->state;
    const value *cell = ref_cell(&v->a, solution, demand);
    say_cell(&w->value, cell, NULL);
    w->own = "{value}";
    if (v->present)
        w->own = share > 0 ? "opgegeven" : "niet opgegeven";
    if (v->length > 0) {
        say_number(&w->found, (double)characters(cell), 0);
        say_number(&w->asked, v->length, 0);
        w->own = share >= 1 ? "{found} tekens" : "{found} van {asked} tekens";
    }
}

const measure_kind MEASURE_VALUE = {
    .name = "value",
    .make = make,
    .free = one_value_free,
    .absent = value_absent,
    .one = value_one,
    .words = value_words,
};
