/* overlap: what two lists of terms have in common. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/overlap.h"

/* DEPTH: of parents; a circle among them ends there. FEW: up to here each is compared with each. */
enum { DEPTH = 64, FEW = 32 };

static bool has(const term_list *list, const term *t)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i].len == t->len && memcmp(list->items[i].text, t->text, t->len) == 0)
            return true;
    return false;
}

static void take(const overlap *o, term_list *list, dict *seen, const value *v)
{
    if (!value_is(v, VALUE_TEXT))
        return;
    term t = {DICT_NONE, v->as.text.bytes, value_len(v)};
    if (seen ? dict_add(seen, t.text, t.len) != list->len : has(list, &t))
        return;
    t.number = dict_find(o->terms, t.text, t.len);
    list->items[list->len++] = t;
}

term_list terms_of(const overlap *o, const value *cell)
{
    size_t len = value_is(cell, VALUE_LIST) ? value_len(cell) : 1;
    term_list list = {.items = mem_zero(len + 1, sizeof *list.items)};
    dict *seen = len > FEW ? dict_new() : NULL;
    if (value_is(cell, VALUE_LIST))
        for (size_t i = 0; i < len; i++)
            take(o, &list, seen, value_at(cell, i));
    else
        take(o, &list, seen, cell);
    dict_free(seen);
    return list;
}

double term_weight(const overlap *o, const term *t)
{
    return t->number == DICT_NONE ? 1 : o->weight[t->number];
}

double terms_weight(const overlap *o, const term_list *list)
{
    double sum = 0;
    for (size_t i = 0; i < list->len; i++)
        sum += term_weight(o, &list->items[i]);
    return sum;
}

void overlap_room(overlap *o)
{
    uint32_t all = dict_len(o->terms);
    if (all <= o->room)
        return;
    uint32_t room = all < 2 * o->room ? 2 * o->room : all;
    o->weight = mem_grow(o->weight, room, sizeof *o->weight);
    o->parent = mem_grow(o->parent, room, sizeof *o->parent);
    for (uint32_t i = o->room; i < room; i++) {
        o->weight[i] = 1;
        o->parent[i] = DICT_NONE;
    }
    o->room = room;
}

static uint32_t number_for(overlap *o, const char *text)
{
    uint32_t number = dict_add(o->terms, text, strlen(text));
    overlap_room(o);
    return number;
}

static bool read_weights(overlap *o, const value *weights, err *e)
{
    for (size_t i = 0; value_is(weights, VALUE_MAP) && i < value_len(weights); i++) {
        const value_entry *entry = &weights->as.map.items[i];
        double weight = value_as_double(&entry->value, NAN);
        if (!(weight >= 0 && isfinite(weight)))
            return err_set(e, ERR_BAD_DATA, "weights.%s: expected a number of 0 or more",
                           entry->key);
        uint32_t number = number_for(o, entry->key);
        o->weight[number] = weight;
        o->weighted = true;
    }
    return true;
}

static bool read_parents(overlap *o, const value *parents, err *e)
{
    for (size_t i = 0; value_is(parents, VALUE_MAP) && i < value_len(parents); i++) {
        const value_entry *entry = &parents->as.map.items[i];
        if (!value_is(&entry->value, VALUE_TEXT))
            return err_set(e, ERR_BAD_DATA, "parents.%s: expected a text", entry->key);
        uint32_t parent = number_for(o, entry->value.as.text.bytes);
        uint32_t number = number_for(o, entry->key);
        o->parent[number] = parent;
        o->tree = true;
    }
    return !(o->tree && o->jaccard) ||
           err_set(e, ERR_BAD_DATA, "parents: with as = \"share\" alone");
}

static bool make(measure *m, const value *spec, err *e)
{
    overlap *o = mem_zero(1, sizeof *o);
    const char *as = value_get_str(spec, "as", "share");
    m->state = o;
    o->terms = dict_new();
    o->unlike = unlike_share(m);
    o->jaccard = strcmp(as, "jaccard") == 0;
    o->wider = value_get_double(spec, "wider", 0);
    if (value_get(spec, "titles"))
        o->titles = value_copy(value_get(spec, "titles"));
    if (!o->jaccard && strcmp(as, "share") != 0)
        return err_set(e, ERR_BAD_DATA, "as: expected share or jaccard, got '%s'", as);
    if (!(o->wider >= 0 && o->wider <= 1))
        return err_set(e, ERR_BAD_DATA, "wider: expected a number from 0 to 1");
    return ref_read(m, &o->a, value_get(spec, "a"), "a", false, e) &&
           ref_read(m, &o->b, value_get(spec, "b"), "b", false, e) &&
           read_weights(o, value_get(spec, "weights"), e) &&
           read_parents(o, value_get(spec, "parents"), e);
}

static void overlap_free(measure *m)
{
    overlap *o = m->state;
    if (!o)
        return;
    ref_free(&o->a);
    ref_free(&o->b);
    value_free(&o->titles);
    dict_free(o->terms);
    free(o->weight);
    free(o->parent);
    free(o->start);
    free(o->numbers);
    free(o->total);
    free(o->bits);
    free(o->asked.items);
    free(o->own);
    free(o->whole);
    free(o->partly);
    free(o->answer);
    free(o);
}

static bool is_usable(const value *cell)
{
    for (size_t i = 0; value_is(cell, VALUE_LIST) && i < value_len(cell); i++)
        if (value_is(value_at(cell, i), VALUE_TEXT))
            return true;
    return value_is(cell, VALUE_TEXT);
}

static const ref *overlap_absent(const measure *m, const value *solution, const value *demand)
{
    const overlap *o = m->state;
    const ref *first = o->a.side == SIDE_DEMAND ? &o->a : &o->b,
              *second = first == &o->a ? &o->b : &o->a;
    if (!is_usable(ref_cell(first, solution, demand)))
        return first;
    return is_usable(ref_cell(second, solution, demand)) ? NULL : second;
}

/* Is `above` the parent, or the parent's parent, …, of `number`? */
static bool is_above(const overlap *o, uint32_t above, uint32_t number)
{
    for (int depth = 0; depth < DEPTH && number != DICT_NONE; depth++) {
        number = o->parent[number];
        if (number == above && number != DICT_NONE)
            return true;
    }
    return false;
}

/* 1, or o->wider, or 0. */
static double answered(const overlap *o, const term *asked, const term_list *by)
{
    double best = 0;
    if (has(by, asked))
        return 1;
    for (size_t i = 0; o->tree && asked->number != DICT_NONE && i < by->len; i++) {
        uint32_t other = by->items[i].number;
        if (other == DICT_NONE)
            continue;
        if (is_above(o, asked->number, other))
            return 1;
        if (is_above(o, other, asked->number))
            best = o->wider;
    }
    return best;
}

static double overlap_one(const measure *m, const value *solution, const value *demand)
{
    const overlap *o = m->state;
    term_list a = terms_of(o, ref_cell(&o->a, solution, demand)),
              b = terms_of(o, ref_cell(&o->b, solution, demand));
    double both = 0;
    for (size_t i = 0; i < a.len; i++)
        both += term_weight(o, &a.items[i]) * answered(o, &a.items[i], &b);
    double share = overlap_share(o, both, terms_weight(o, &a), terms_weight(o, &b));
    free(a.items);
    free(b.items);
    return share;
}

static void say_answer(say_list *list, const char *title, bool partly)
{
    buf text = {0};
    buf_fmt(&text, "%s%s", title, partly ? " (deels)" : "");
    say_item(list, buf_text(&text));
    buf_free(&text);
}

static void overlap_words(const measure *m, const value *solution, const value *demand,
                          double share, words *w)
{
    const overlap *o = m->state;
    term_list a = terms_of(o, ref_cell(&o->a, solution, demand)),
              b = terms_of(o, ref_cell(&o->b, solution, demand));
    size_t found = 0;
    for (size_t i = 0; i < a.len; i++) {
        char *text = mem_copy(a.items[i].text, a.items[i].len);
        const char *title = value_get_str(&o->titles, text, text);
        double answer = answered(o, &a.items[i], &b);
        found += answer > 0;
        say_answer(answer > 0 ? &w->terms : &w->missing, title, answer > 0 && answer < 1);
        free(text);
    }
    say_items_end(&w->terms);
    say_items_end(&w->missing);
    buf_fmt(&w->asked, "%zu", a.len);
    buf_fmt(&w->found, "%zu", found);
    w->own = isnan(share)      ? "de termen tellen niet mee: {missing}"
             : !w->missing.len ? "{terms}"
             : !w->terms.len   ? "niet {missing}"
                               : "{found} van {asked}: {terms}; niet {missing}";
    free(a.items);
    free(b.items);
}

const measure_kind MEASURE_OVERLAP = {
    .name = "overlap",
    .make = make,
    .free = overlap_free,
    .add = overlap_add,
    .ready = overlap_ready,
    .demand = overlap_demand,
    .some = overlap_some,
    .absent = overlap_absent,
    .one = overlap_one,
    .says_asked = true,
    .words = overlap_words,
};
