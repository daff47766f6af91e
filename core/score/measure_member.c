/* member: is one of a's terms in the list b, or does it begin with one that is? */
#include <stdlib.h>
#include <string.h>

#include "score/term_column.h"

typedef struct member {
    ref a, b;
    bool prefix;
    term_column column;
    uint8_t *hit; /* by number: does the demand at hand have its counterpart? */
    bool asks;
} member;

static bool make(measure *m, const value *spec, err *e)
{
    member *x = mem_zero(1, sizeof *x);
    m->state = x;
    x->prefix = value_get_bool(spec, "prefix", false);
    return ref_read(m, &x->a, value_get(spec, "a"), "a", false, e) &&
           ref_read(m, &x->b, value_get(spec, "b"), "b", false, e);
}

static void member_free(measure *m)
{
    member *x = m->state;
    if (!x)
        return;
    ref_free(&x->a);
    ref_free(&x->b);
    term_column_free(&x->column);
    free(x->hit);
    free(x);
}

static bool fits(const member *x, const char *a, size_t a_len, const char *b, size_t b_len)
{
    return (x->prefix ? a_len >= b_len : a_len == b_len) && memcmp(a, b, b_len) == 0;
}

/* The first of a's terms that fits one of b's, NULL: none. */
static const value *find(const member *x, const value *a, const value *b)
{
    for (size_t i = 0; i < terms_len(a); i++) {
        const value *one = term_at(a, i);
        for (size_t j = 0; one && j < terms_len(b); j++) {
            const value *other = term_at(b, j);
            if (other &&
                fits(x, one->as.text.bytes, value_len(one), other->as.text.bytes, value_len(other)))
                return one;
        }
    }
    return NULL;
}

static void member_add(measure *m, const value *row)
{
    member *x = m->state;
    term_column_add(&x->column, m, ref_in(x->a.side == SIDE_SOLUTION ? &x->a : &x->b, row));
}

static void member_ready(measure *m)
{
    member *x = m->state;
    x->hit = mem_zero(dict_len(x->column.terms) + 1, sizeof *x->hit);
}

static bool has_counterpart(const member *x, uint32_t number, const value *cell, bool is_a)
{
    const char *text = dict_text(x->column.terms, number);
    size_t len = dict_bytes(x->column.terms, number);
    for (size_t i = 0; i < terms_len(cell); i++) {
        const value *other = term_at(cell, i);
        if (!other)
            continue;
        const char *bytes = other->as.text.bytes;
        if (is_a ? fits(x, text, len, bytes, value_len(other))
                 : fits(x, bytes, value_len(other), text, len))
            return true;
    }
    return false;
}

static void member_demand(measure *m, const value *row)
{
    member *x = m->state;
    bool is_a = x->a.side == SIDE_SOLUTION;
    const value *cell = ref_in(is_a ? &x->b : &x->a, row);
    x->asks = has_terms(cell);
    for (uint32_t n = 0; x->hit && x->asks && n < dict_len(x->column.terms); n++)
        x->hit[n] = has_counterpart(x, n, cell, is_a);
}

static void member_some(measure *m, size_t from, const uint32_t *which, size_t count,
                        double *shares)
{
    const member *x = m->state;
    const term_column *c = &x->column;
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        uint8_t any = 0;
        for (uint32_t n = c->start[row]; n < c->start[row + 1]; n++)
            any |= x->hit[c->numbers[n]];
        shares[i] = !x->asks                             ? m->absent[SIDE_DEMAND]
                    : c->start[row] == c->start[row + 1] ? m->absent[SIDE_SOLUTION]
                                                         : any;
    }
}

static const ref *member_absent(const measure *m, const value *solution, const value *demand)
{
    const member *x = m->state;
    const ref *first = x->a.side == SIDE_DEMAND ? &x->a : &x->b,
              *second = first == &x->a ? &x->b : &x->a;
    if (!has_terms(ref_cell(first, solution, demand)))
        return first;
    return has_terms(ref_cell(second, solution, demand)) ? NULL : second;
}

static double member_one(const measure *m, const value *solution, const value *demand)
{
    const member *x = m->state;
    return find(x, ref_cell(&x->a, solution, demand), ref_cell(&x->b, solution, demand)) != NULL;
}

static void member_words(const measure *m, const value *solution, const value *demand, double share,
                         words *w)
{
    const member *x = m->state;
    const value *a = ref_cell(&x->a, solution, demand), *b = ref_cell(&x->b, solution, demand);
    const value *found = find(x, a, b);
    say_cell(&w->value, a, NULL);
    say_cell(&w->other, b, NULL);
    if (found)
        say_item(&w->terms, found->as.text.bytes);
    w->own = share > 0 ? "{terms}" : "{value}, niet in {other}";
}

const measure_kind MEASURE_MEMBER = {
    .name = "member",
    .make = make,
    .free = member_free,
    .add = member_add,
    .ready = member_ready,
    .demand = member_demand,
    .some = member_some,
    .absent = member_absent,
    .one = member_one,
    .words = member_words,
};
