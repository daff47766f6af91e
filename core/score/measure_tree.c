/* tree: how near terms are in a taxonomy (Wu and Palmer 1994): 2 depth(lca) / (depth(a) +
 * depth(b)), where the one root above all has depth 0. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/term_column.h"

enum { DEPTH = 64, CPV_DIGITS = 8 };
typedef enum codes { CODES_NONE, CODES_CPV, CODES_NUTS } codes;

typedef struct tree {
    ref a, b;
    codes codes;
    value titles;
    dict *known; /* of parents */
    uint32_t *parent;
    term_column column;
    double *near; /* by term asked and number: how near they are; or by number to the nearest */
    size_t near_room, asked; /* terms of the demand at hand that can be placed */
} tree;

static bool read_parents(tree *t, const value *parents, err *e)
{
    t->known = dict_new();
    t->parent = mem_alloc((2 * value_len(parents) + 1) * sizeof *t->parent);
    for (size_t i = 0; i <= 2 * value_len(parents); i++)
        t->parent[i] = DICT_NONE;
    for (size_t i = 0; value_is(parents, VALUE_MAP) && i < value_len(parents); i++) {
        const value_entry *entry = &parents->as.map.items[i];
        if (!value_is(&entry->value, VALUE_TEXT))
            return err_set(e, ERR_BAD_DATA, "parents.%s: expected a text", entry->key);
        uint32_t parent = dict_add(t->known, entry->value.as.text.bytes, value_len(&entry->value));
        uint32_t child = dict_add(t->known, entry->key, strlen(entry->key));
        t->parent[child] = parent;
    }
    return true;
}

static bool make(measure *m, const value *spec, err *e)
{
    tree *t = mem_zero(1, sizeof *t);
    const char *codes = value_get_str(spec, "codes", "");
    m->state = t;
    t->codes = strcmp(codes, "cpv") == 0    ? CODES_CPV
               : strcmp(codes, "nuts") == 0 ? CODES_NUTS
                                            : CODES_NONE;
    if (value_get(spec, "titles"))
        t->titles = value_copy(value_get(spec, "titles"));
    if (!value_is(value_get(spec, "parents"), VALUE_MAP) == (t->codes == CODES_NONE))
        return err_set(e, ERR_BAD_DATA, "expected parents, or codes = \"cpv\" or \"nuts\"");
    return ref_read(m, &t->a, value_get(spec, "a"), "a", false, e) &&
           ref_read(m, &t->b, value_get(spec, "b"), "b", false, e) &&
           read_parents(t, value_get(spec, "parents"), e);
}

static void tree_free(measure *m)
{
    tree *t = m->state;
    if (!t)
        return;
    ref_free(&t->a);
    ref_free(&t->b);
    value_free(&t->titles);
    dict_free(t->known);
    free(t->parent);
    term_column_free(&t->column);
    free(t->near);
    free(t);
}

/* The digits or letters that count; 0: no such code. Two of them are the first level. */
static size_t significant(codes codes, const char *text, size_t len)
{
    if (codes == CODES_NUTS)
        return len >= 2 ? len : 0;
    size_t digits = 0;
    while (digits < len && digits < CPV_DIGITS && text[digits] >= '0' && text[digits] <= '9')
        digits++;
    if (digits < CPV_DIGITS || (len > digits && text[digits] != '-'))
        return 0;
    while (digits > 2 && text[digits - 1] == '0')
        digits--;
    return digits;
}

static double near_codes(codes codes, const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t x = significant(codes, a, a_len), y = significant(codes, b, b_len), same = 0;
    if (!x || !y)
        return 0;
    while (same < x && same < y && a[same] == b[same])
        same++;
    return same < 2 ? 0 : 2.0 * (double)(same - 1) / (double)(x - 1 + y - 1);
}

/* From the term up to the top, out[0] is the term. */
static size_t path_of(const tree *t, uint32_t term, uint32_t out[DEPTH])
{
    size_t len = 0;
    for (; term != DICT_NONE && len < DEPTH; term = t->parent[term])
        out[len++] = term;
    return len;
}

static double near_terms(const tree *t, const char *a, size_t a_len, const char *b, size_t b_len)
{
    uint32_t up[DEPTH], other[DEPTH];
    if (a_len == b_len && memcmp(a, b, a_len) == 0)
        return 1;
    size_t x = path_of(t, dict_find(t->known, a, a_len), up),
           y = path_of(t, dict_find(t->known, b, b_len), other), same = 0;
    while (same < x && same < y && up[x - 1 - same] == other[y - 1 - same])
        same++;
    return same ? 2.0 * (double)same / (double)(x + y) : 0;
}

static double near(const tree *t, const char *a, size_t a_len, const char *b, size_t b_len)
{
    return t->codes ? near_codes(t->codes, a, a_len, b, b_len) : near_terms(t, a, a_len, b, b_len);
}

/* Can the term be placed? */
static bool is_term(const tree *t, const value *term)
{
    return term && (!t->codes || significant(t->codes, term->as.text.bytes, value_len(term)));
}

static bool is_usable(const tree *t, const value *cell)
{
    for (size_t i = 0; i < terms_len(cell); i++)
        if (is_term(t, term_at(cell, i)))
            return true;
    return false;
}

/* Without what can't be placed, and each once. Owned. */
static value placed(const tree *t, const value *cell)
{
    value list = value_list();
    dict *seen = dict_new();
    for (size_t i = 0; i < terms_len(cell); i++) {
        const value *term = term_at(cell, i);
        uint32_t before = dict_len(seen);
        if (is_term(t, term) && dict_add(seen, term->as.text.bytes, value_len(term)) == before)
            value_push(&list, value_copy(term));
    }
    dict_free(seen);
    return list;
}

static double nearest(const tree *t, const char *text, size_t len, const value *list, bool is_a)
{
    double best = 0;
    for (size_t i = 0; i < value_len(list); i++) {
        const value *term = value_at(list, i);
        const char *other = term->as.text.bytes;
        double here = is_a ? near(t, text, len, other, value_len(term))
                           : near(t, other, value_len(term), text, len);
        best = here > best ? here : best;
    }
    return best;
}

static void tree_add(measure *m, const value *row)
{
    tree *t = m->state;
    value list = placed(t, ref_in(t->a.side == SIDE_SOLUTION ? &t->a : &t->b, row));
    term_column_add(&t->column, m, &list);
    value_free(&list);
}

static void tree_demand(measure *m, const value *row)
{
    tree *t = m->state;
    bool asks = t->a.side == SIDE_DEMAND;
    uint32_t all = t->column.terms ? dict_len(t->column.terms) : 0;
    value list = placed(t, ref_in(asks ? &t->a : &t->b, row));
    t->asked = value_len(&list);
    size_t need = (asks ? t->asked : 1) * (size_t)all + 1;
    if (need > t->near_room)
        t->near = mem_grow(t->near, t->near_room = need, sizeof *t->near);
    for (uint32_t n = 0; n < all; n++) {
        const char *text = dict_text(t->column.terms, n);
        size_t len = dict_bytes(t->column.terms, n);
        for (size_t i = 0; asks && i < t->asked; i++) {
            const value *term = value_at(&list, i);
            t->near[i * all + n] = near(t, term->as.text.bytes, value_len(term), text, len);
        }
        if (!asks)
            t->near[n] = nearest(t, text, len, &list, true);
    }
    value_free(&list);
}

static double asked_share(const tree *t, size_t row)
{
    const term_column *c = &t->column;
    size_t all = dict_len(c->terms);
    double sum = 0;
    for (size_t i = 0; i < t->asked; i++) {
        double best = 0;
        for (uint32_t n = c->start[row]; n < c->start[row + 1]; n++) {
            double here = t->near[i * all + c->numbers[n]];
            best = here > best ? here : best;
        }
        sum += best;
    }
    return sum / (double)t->asked;
}

static double own_share(const tree *t, size_t row)
{
    const term_column *c = &t->column;
    double sum = 0;
    for (uint32_t n = c->start[row]; n < c->start[row + 1]; n++)
        sum += t->near[c->numbers[n]];
    return sum / (double)(c->start[row + 1] - c->start[row]);
}

static void tree_some(measure *m, size_t from, const uint32_t *which, size_t count, double *shares)
{
    const tree *t = m->state;
    const uint32_t *start = t->column.start;
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        shares[i] = !t->asked                      ? m->absent[SIDE_DEMAND]
                    : start[row] == start[row + 1] ? m->absent[SIDE_SOLUTION]
                    : t->a.side == SIDE_DEMAND     ? asked_share(t, row)
                                                   : own_share(t, row);
    }
}

static const ref *tree_absent(const measure *m, const value *solution, const value *demand)
{
    const tree *t = m->state;
    const ref *first = t->a.side == SIDE_DEMAND ? &t->a : &t->b,
              *second = first == &t->a ? &t->b : &t->a;
    if (!is_usable(t, ref_cell(first, solution, demand)))
        return first;
    return is_usable(t, ref_cell(second, solution, demand)) ? NULL : second;
}

static double tree_one(const measure *m, const value *solution, const value *demand)
{
    const tree *t = m->state;
    value a = placed(t, ref_cell(&t->a, solution, demand)),
          b = placed(t, ref_cell(&t->b, solution, demand));
    double sum = 0;
    for (size_t i = 0; i < value_len(&a); i++) {
        const value *term = value_at(&a, i);
        sum += nearest(t, term->as.text.bytes, value_len(term), &b, true);
    }
    double share = sum / (double)value_len(&a);
    value_free(&a);
    value_free(&b);
    return share;
}

static void tree_words(const measure *m, const value *solution, const value *demand, double share,
                       words *w)
{
    const tree *t = m->state;
    value a = placed(t, ref_cell(&t->a, solution, demand)),
          b = placed(t, ref_cell(&t->b, solution, demand));
    size_t found = 0;
    for (size_t i = 0; i < value_len(&a); i++) {
        const value *term = value_at(&a, i);
        const char *text = term->as.text.bytes;
        bool is_near = nearest(t, text, value_len(term), &b, true) > 0;
        found += is_near;
        say_item(is_near ? &w->terms : &w->missing, value_get_str(&t->titles, text, text));
    }
    say_items_end(&w->terms);
    say_items_end(&w->missing);
    say_cell(&w->value, &a, &t->titles);
    say_cell(&w->other, &b, &t->titles);
    buf_fmt(&w->asked, "%zu", value_len(&a));
    buf_fmt(&w->found, "%zu", found);
    w->own = share >= 1  ? "{value}"
             : share > 0 ? "{value} is voor {share} verwant aan {other}"
                         : "{value} is niet verwant aan {other}";
    value_free(&a);
    value_free(&b);
}

const measure_kind MEASURE_TREE = {
    .name = "tree",
    .make = make,
    .free = tree_free,
    .add = tree_add,
    .demand = tree_demand,
    .some = tree_some,
    .absent = tree_absent,
    .one = tree_one,
    .words = tree_words,
};
