/* overlap over columns: each solution's terms as numbers; of a demand one table says which of its
 * terms a number answers, 64 at a time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/overlap.h"

enum { A_TIME = 64, DEPTH = 64 };

static bool is_small(const overlap *o)
{
    return !o->weighted && !o->tree && dict_len(o->terms) <= 64;
}

static void number_term(overlap *o, const value *v)
{
    if (value_is(v, VALUE_TEXT))
        dict_add(o->terms, v->as.text.bytes, value_len(v));
}

static term_list row_terms(overlap *o, const value *row)
{
    const value *cell = ref_in(o->a.side == SIDE_SOLUTION ? &o->a : &o->b, row);
    number_term(o, cell);
    for (size_t i = 0; value_is(cell, VALUE_LIST) && i < value_len(cell); i++)
        number_term(o, value_at(cell, i));
    overlap_room(o);
    return cell ? terms_of(o, cell) : (term_list){0};
}

void overlap_add(measure *m, const value *row)
{
    overlap *o = m->state;
    term_list list = row_terms(o, row);
    /* one more than there are rows */
    bool full = !o->start || m->len == m->cap;
    if (full)
        o->start = mem_grow(o->start, (m->cap ? m->cap * 2 : 256) + 1, sizeof *o->start);
    if (!m->len)
        o->start[0] = 0;
    o->total = column_grow(m, o->total, sizeof *o->total);
    uint32_t at = o->start[m->len];
    while (at + list.len > o->numbers_room) {
        o->numbers_room = o->numbers_room ? o->numbers_room * 2 : 1024;
        o->numbers = mem_grow(o->numbers, o->numbers_room, sizeof *o->numbers);
    }
    for (size_t i = 0; i < list.len; i++)
        o->numbers[at++] = list.items[i].number;
    o->total[m->len] = terms_weight(o, &list);
    o->start[m->len + 1] = at;
    free(list.items);
}

void overlap_ready(measure *m)
{
    overlap *o = m->state;
    size_t all = dict_len(o->terms) + 1;
    o->bits = is_small(o) ? mem_zero(m->len + 1, sizeof *o->bits) : NULL;
    for (size_t row = 0; o->bits && row < m->len; row++)
        for (uint32_t n = o->start[row]; n < o->start[row + 1]; n++)
            o->bits[row] |= (uint64_t)1 << o->numbers[n];
    o->own = mem_zero(all, sizeof *o->own);
    o->whole = mem_zero(all, sizeof *o->whole);
    o->partly = mem_zero(all, sizeof *o->partly);
    o->answer = mem_zero(all, sizeof *o->answer);
}

/* How far the demand, as b, answers each term that solutions may ask. */
static void fill_answers(overlap *o)
{
    uint32_t all = dict_len(o->terms);
    for (uint32_t n = 0; n < all; n++)
        o->answer[n] = 0;
    for (size_t i = 0; i < o->asked.len; i++)
        if (o->asked.items[i].number != DICT_NONE)
            o->answer[o->asked.items[i].number] = 1;
    if (!o->tree)
        return;
    for (uint32_t n = 0; n < all; n++)
        o->own[n] = o->answer[n] == 1;
    for (uint32_t n = 0; n < all; n++) {
        uint32_t above = o->parent[n];
        for (int depth = 0; depth < DEPTH && above != DICT_NONE; depth++) {
            if (o->own[n])
                o->answer[above] = 1;
            else if (o->own[above] && o->answer[n] == 0)
                o->answer[n] = o->wider;
            above = o->parent[above];
        }
    }
}

void overlap_demand(measure *m, const value *row)
{
    overlap *o = m->state;
    bool asks = o->a.side == SIDE_DEMAND;
    const value *cell = ref_in(asks ? &o->a : &o->b, row);
    free(o->asked.items);
    o->asked = cell ? terms_of(o, cell) : (term_list){0};
    o->asked_total = terms_weight(o, &o->asked);
    o->asked_bits = 0;
    o->filled = SIZE_MAX;
    for (size_t i = 0; o->bits && i < o->asked.len; i++)
        if (o->asked.items[i].number != DICT_NONE)
            o->asked_bits |= (uint64_t)1 << o->asked.items[i].number;
    if (!asks && !o->bits)
        fill_answers(o);
}

/* The tables for the asked terms from `first` on. */
static void fill_tables(overlap *o, size_t first)
{
    uint32_t all = dict_len(o->terms);
    o->filled = first;
    memset(o->own, 0, all * sizeof *o->own);
    memset(o->partly, 0, all * sizeof *o->partly);
    for (size_t i = first; i < o->asked.len && i < first + A_TIME; i++) {
        uint32_t number = o->asked.items[i].number;
        uint64_t bit = (uint64_t)1 << (i - first);
        if (number == DICT_NONE)
            continue;
        o->own[number] |= bit;
        for (int depth = 0; depth < DEPTH && (number = o->parent[number]) != DICT_NONE; depth++)
            o->partly[number] |= bit;
    }
    memcpy(o->whole, o->own, all * sizeof *o->whole);
    for (uint32_t n = 0; o->tree && n < all; n++) {
        uint32_t above = n;
        for (int depth = 0; depth < DEPTH && (above = o->parent[above]) != DICT_NONE; depth++)
            o->whole[n] |= o->own[above];
    }
}

/* Set bits of a word, without an instruction that not all processors have. */
static inline unsigned count_bits(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (unsigned)(x * 0x0101010101010101u >> 56);
}

static void by_bits(const measure *m, size_t from, const uint32_t *which, size_t count,
                    double *shares)
{
    const overlap *o = m->state;
    bool asks = o->a.side == SIDE_DEMAND;
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        double both = count_bits(o->bits[row] & o->asked_bits), own = o->total[row];
        double share =
            overlap_share(o, both, asks ? o->asked_total : own, asks ? own : o->asked_total);
        shares[i] = own > 0 ? share : m->absent[SIDE_SOLUTION];
    }
}

/* Adds to each sum the weights of the asked terms from `first` on, in their order. */
static void add_asked(const measure *m, size_t first, size_t from, const uint32_t *which,
                      size_t count, double *sums)
{
    const overlap *o = m->state;
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        uint64_t whole = 0, partly = 0;
        for (uint32_t n = o->start[row]; n < o->start[row + 1]; n++) {
            whole |= o->whole[o->numbers[n]];
            partly |= o->partly[o->numbers[n]];
        }
        for (uint64_t left = whole | partly; left; left &= left - 1) {
            const term *t = &o->asked.items[first + (size_t)__builtin_ctzll(left)];
            sums[i] += term_weight(o, t) * (whole & (left & -left) ? 1 : o->wider);
        }
    }
}

static void by_asked(measure *m, size_t from, const uint32_t *which, size_t count, double *shares)
{
    overlap *o = m->state;
    for (size_t i = 0; i < count; i++)
        shares[i] = 0;
    for (size_t first = 0; first < o->asked.len; first += A_TIME) {
        if (o->filled != first)
            fill_tables(o, first);
        add_asked(m, first, from, which, count, shares);
    }
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        shares[i] = o->start[row] < o->start[row + 1]
                        ? overlap_share(o, shares[i], o->asked_total, o->total[row])
                        : m->absent[SIDE_SOLUTION];
    }
}

static void by_answers(const measure *m, size_t from, const uint32_t *which, size_t count,
                       double *shares)
{
    const overlap *o = m->state;
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        double both = 0;
        for (uint32_t n = o->start[row]; n < o->start[row + 1]; n++)
            both += o->weight[o->numbers[n]] * o->answer[o->numbers[n]];
        shares[i] = o->start[row] < o->start[row + 1]
                        ? overlap_share(o, both, o->total[row], o->asked_total)
                        : m->absent[SIDE_SOLUTION];
    }
}

void overlap_some(measure *m, size_t from, const uint32_t *which, size_t count, double *shares)
{
    overlap *o = m->state;
    if (!o->asked.len)
        for (size_t i = 0; i < count; i++)
            shares[i] = m->absent[SIDE_DEMAND];
    else if (o->bits)
        by_bits(m, from, which, count, shares);
    else if (o->a.side == SIDE_DEMAND)
        by_asked(m, from, which, count, shares);
    else
        by_answers(m, from, which, count, shares);
}
