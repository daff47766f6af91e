/* Rules that are measures: answered by kernels over columns, no Lua. Solutions that look the same
 * to one have one place in its columns. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/pack_put.h"
#include "base/text.h"
#include "score/card_in.h"
#include "score/group.h"
#include "score/rule_measure.h"

/* FEW: a measure that ranks all is asked about so many times fewer. */
enum { REASON_BYTES = 1000, FEW = 8 };

/* A row with just the cells of these columns. Owned. */
static value cells_of(const rows *solutions, const columns *fields, size_t row)
{
    size_t len = 0;
    for (size_t i = 0; i < fields->len; i++)
        len = fields->at[i] < len ? len : fields->at[i] + 1;
    value cells = value_list_of(len);
    while (value_len(&cells) < len)
        value_push(&cells, value_nil());
    for (size_t i = 0; i < fields->len; i++) {
        value *cell = &cells.as.list.items[fields->at[i]];
        value_free(cell); /* two fields may be one */
        *cell = rows_value(solutions, row, fields->at[i]);
    }
    return cells;
}

static void add_row(card *c, rule *r, size_t row)
{
    value cells = cells_of(c->solutions, &r->solution, row);
    measure_add(r->measure, &cells);
    value_free(&cells);
    r->group[row] = r->distinct++;
}

static void make_columns(card *c, rule *r)
{
    size_t all = rows_len(c->solutions);
    bool each = measure_is_collective(r->measure);
    r->group = mem_zero(all + 1, sizeof *r->group);
    if (r->on != ON_DEMAND && !each)
        group_rows(c->solutions, r->solution.at, r->solution.len, r->group);
    for (size_t i = 0; r->on != ON_DEMAND && i < all; i++) {
        if (each || r->group[i] == i)
            add_row(c, r, i);
        else
            r->group[i] = r->group[r->group[i]]; /* the first of its group has its number */
    }
    if (r->on == ON_DEMAND)
        r->distinct = 1;
    measure_ready(r->measure);
    r->shares = mem_zero((size_t)r->distinct + 1, sizeof *r->shares);
    r->round = r->round ? r->round : 1;
}

/* Who has left the race isn't asked about any more, but for gates: they are also asked about those
 * that are gone. */
static bool is_for_few(const card *c, const rule *r)
{
    return !r->gate && r->on == ON_PAIR && measure_is_collective(r->measure) &&
           c->alive_len <= rows_len(c->solutions) / FEW;
}

static void get_ready(card *c, rule *r)
{
    if (!r->group)
        make_columns(c, r);
    if (r->ready == r->round)
        return;
    if (is_for_few(c, r))
        measure_demand_some(r->measure, c->demand, c->alive, c->alive_len);
    else
        measure_demand(r->measure, c->demand);
    r->ready = r->round;
    r->dense = false;
}

/* All of the columns at once, unless fewer are asked for. */
static bool know_all(card *c, rule *r, size_t count)
{
    get_ready(c, r);
    if (r->dense || (r->on == ON_PAIR && r->distinct > count))
        return r->dense;
    measure_block(r->measure, 0, r->distinct, r->shares);
    r->tally.asked += r->on == ON_DEMAND ? 1 : r->distinct;
    return r->dense = true;
}

bool rule_measure_groups(card *c, rule *r, size_t most)
{
    int64_t begun = tally_begin(c);
    if (!r->group)
        make_columns(c, r);
    bool few = r->distinct <= most;
    if (few)
        know_all(c, r, r->distinct);
    tally_end(c, r, begun);
    return few;
}

/* Their places in the columns. Where no two look the same these are their numbers. */
static const uint32_t *places_of(card *c, const rule *r, const uint32_t *which, size_t count)
{
    if (r->distinct == rows_len(c->solutions))
        return which;
    for (size_t i = 0; i < count; i++)
        c->ask[i] = r->group[which[i]];
    return c->ask;
}

void rule_measure(card *c, rule *r, const uint32_t *which, size_t count)
{
    if (know_all(c, r, count))
        return;
    const uint32_t *places = places_of(c, r, which, count);
    measure_some(r->measure, places, count, c->shares);
    r->tally.asked += (int64_t)count;
    for (size_t i = 0; i < count; i++)
        r->shares[places[i]] = c->shares[i];
}

const double *rule_measure_told(card *c, rule *r, const uint32_t *which, size_t count)
{
    int64_t begun = tally_begin(c);
    bool known = know_all(c, r, count);
    if (!known) {
        measure_some(r->measure, places_of(c, r, which, count), count, c->shares);
        r->tally.asked += (int64_t)count;
    }
    tally_end(c, r, begun);
    return known ? NULL : c->shares;
}

static void put_text(const value *text, buf *out)
{
    buf safe = {0};
    text_escape(&safe, value_str(text, ""), value_len(text), REASON_BYTES);
    pack_put_text(out, buf_text(&safe), safe.len);
    buf_free(&safe);
}

/* [terms, missing, sentence]; nothing where all of them are empty. */
static void put_matched(const value *matched, buf *out)
{
    if (!value_len(value_at(matched, 0)) && !value_len(value_at(matched, 1)) &&
        !value_len(value_at(matched, 2)))
        return;
    pack_put_list(out, 3);
    for (size_t i = 0; i < 2; i++) {
        const value *texts = value_at(matched, i);
        pack_put_list(out, value_len(texts));
        for (size_t k = 0; k < value_len(texts); k++)
            put_text(value_at(texts, k), out);
    }
    put_text(value_at(matched, 2), out);
}

answer rule_measure_explain(card *c, rule *r, uint32_t solution, bool known, buf *reason,
                            buf *matched)
{
    value cells = cells_of(c->solutions, &r->solution, solution);
    buf text = {0};
    double share =
        known ? r->shares[r->group[solution]] : measure_one(r->measure, &cells, c->demand);
    value parts = value_nil();
    measure_explain(r->measure, &cells, c->demand, share, &text, matched ? &parts : NULL);
    if (matched)
        put_matched(&parts, matched);
    value_free(&parts);
    text_escape(reason, buf_text(&text), text.len, REASON_BYTES);
    buf_free(&text);
    value_free(&cells);
    return measure_answer(r, share);
}
