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
    value map, titles; /* term → share, and → what people read; nil: none */
    double other, length;
    bool prefix, present;
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
    v->prefix = value_get_bool(spec, "prefix", false);
    v->titles = value_get(spec, "titles") ? value_copy(value_get(spec, "titles")) : value_nil();
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
    value_free(&v->titles);
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

/* The entry of the map for a term: of its own name, or the longest name that it begins with. */
static const value_entry *entry_of(const one_value *v, const value *term)
{
    const value_entry *best = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < value_len(&v->map); i++) {
        const value_entry *entry = &v->map.as.map.items[i];
        size_t len = strlen(entry->key);
        bool fits = len == value_len(term) || (v->prefix && len < value_len(term));
        if (fits && len >= longest && memcmp(entry->key, term->as.text.bytes, len) == 0) {
            best = entry;
            longest = len;
        }
    }
    return best;
}

/* Of a list the best counts; of equals the first. *entry (may be NULL): which it was, NULL:
 * none of the map. */
static double by_map(const one_value *v, const value *cell, const value_entry **entry)
{
    double best = -1;
    for (size_t i = 0; i < terms_len(cell); i++) {
        const value *term = term_at(cell, i);
        const value_entry *found = term ? entry_of(v, term) : NULL;
        double share = !term ? 0 : found ? value_as_double(&found->value, 0) : v->other;
        if (share > best) {
            best = share;
            if (entry)
                *entry = found;
        }
    }
    return best > 0 ? best : 0;
}

static double value_one(const measure *m, const value *solution, const value *demand)
{
    const one_value *v = m->state;
    const value *cell = ref_cell(&v->a, solution, demand);
    if (v->present)
        return cell != NULL;
    if (value_is(&v->map, VALUE_MAP))
        return by_map(v, cell, NULL);
    if (v->length > 0)
        return fmin(1, (double)characters(cell) / v->length);
    return shape_share(&v->shape, amount_in(cell));
}

static void value_words(const measure *m, const value *solution, const value *demand, double share,
                        words *w)
{
    const one_value *v = m->state;
    const value *cell = ref_cell(&v->a, solution, demand);
    ref_say(&w->value, &v->a, solution, demand, &v->titles);
    w->own = "{value}";
    if (value_is(&v->map, VALUE_MAP) && cell) {
        const value_entry *found = NULL;
        by_map(v, cell, &found);
        if (found)
            say_item(&w->terms, value_get_str(&v->titles, found->key, found->key));
        say_items_end(&w->terms);
    }
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
