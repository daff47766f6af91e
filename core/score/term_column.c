#include "score/term_column.h"

#include <stdlib.h>

void term_column_free(term_column *c)
{
    dict_free(c->terms);
    free(c->start);
    free(c->numbers);
}

size_t terms_len(const value *cell)
{
    return value_is(cell, VALUE_LIST) ? value_len(cell) : value_is(cell, VALUE_TEXT);
}

const value *term_at(const value *cell, size_t index)
{
    const value *item = value_is(cell, VALUE_LIST) ? value_at(cell, index) : cell;
    return value_is(item, VALUE_TEXT) ? item : NULL;
}

bool has_terms(const value *cell)
{
    for (size_t i = 0; i < terms_len(cell); i++)
        if (term_at(cell, i))
            return true;
    return false;
}

static bool is_there(const term_column *c, uint32_t from, uint32_t to, uint32_t number)
{
    for (uint32_t i = from; i < to; i++)
        if (c->numbers[i] == number)
            return true;
    return false;
}

void term_column_add(term_column *c, const measure *m, const value *cell)
{
    size_t len = terms_len(cell);
    if (!c->terms)
        c->terms = dict_new();
    if (!c->start || m->len == m->cap)
        c->start = mem_grow(c->start, (m->cap ? m->cap * 2 : 256) + 1, sizeof *c->start);
    uint32_t from = m->len ? c->start[m->len] : 0, at = from;
    c->start[m->len] = from;
    while (from + len >= c->room) {
        c->room = c->room ? c->room * 2 : 1024;
        c->numbers = mem_grow(c->numbers, c->room, sizeof *c->numbers);
    }
    for (size_t i = 0; i < len; i++) {
        const value *term = term_at(cell, i);
        uint32_t before = dict_len(c->terms), number;
        if (!term)
            continue;
        number = dict_add(c->terms, term->as.text.bytes, value_len(term));
        if (number == before || !is_there(c, from, at, number))
            c->numbers[at++] = number;
    }
    c->start[m->len + 1] = at;
}
