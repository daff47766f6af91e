/* Rules that are measures: answered by kernels over columns, no Lua. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "score/card_in.h"

enum { REASON_BYTES = 1000, A_TIME = 512 };

static answer measure_answer(const rule *r, double share)
{
    if (r->gate)
        return share > 0 ? (answer){1, OUTCOME_POINTS} : (answer){0, OUTCOME_REFUSED};
    return isnan(share) ? (answer){0, OUTCOME_NOT_APPLICABLE}
                        : (answer){r->max * share, OUTCOME_POINTS};
}

static void get_ready(card *c, rule *r)
{
    size_t all = rows_len(c->solutions);
    if (!r->group) {
        r->group = mem_zero(all + 1, sizeof *r->group);
        r->answers = mem_zero(all + 1, sizeof *r->answers);
        for (size_t i = 0; i < all; i++)
            r->group[i] = (uint32_t)i;
        for (size_t i = 0; i < all; i++) {
            value row = rows_row(c->solutions, i);
            measure_add(r->measure, &row);
            value_free(&row);
        }
        measure_ready(r->measure);
        r->round = r->round ? r->round : 1;
    }
    if (r->ready != r->round)
        measure_demand(r->measure, c->demand);
    r->ready = r->round;
}

void rule_measure(card *c, rule *r, const uint32_t *which, size_t count)
{
    double shares[A_TIME];
    get_ready(c, r);
    if (r->on == ON_SOLUTION)
        count = rows_len(c->solutions);
    for (size_t from = 0; from < count; from += A_TIME) {
        size_t some = count - from < A_TIME ? count - from : A_TIME;
        if (r->on == ON_SOLUTION)
            measure_block(r->measure, from, some, shares);
        else
            measure_some(r->measure, which + from, some, shares);
        for (size_t i = 0; i < some; i++)
            r->answers[r->on == ON_SOLUTION ? from + i : which[from + i]] =
                measure_answer(r, shares[i]);
    }
}

answer rule_measure_explain(card *c, rule *r, uint32_t solution, value *reason)
{
    value row = rows_row(c->solutions, solution);
    buf text = {0}, safe = {0};
    double share = measure_one(r->measure, &row, c->demand);
    measure_reason(r->measure, &row, c->demand, share, &text);
    value_free(&row);
    text_escape(&safe, buf_text(&text), text.len, REASON_BYTES);
    value_push(reason, value_bytes(buf_text(&safe), safe.len));
    buf_free(&text);
    buf_free(&safe);
    return measure_answer(r, share);
}
