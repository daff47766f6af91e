/* What all measures have in common: their fields, absent ones, reasons. */
#include "score/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "score/measure_in.h"

static const measure_kind *const KINDS[] = {
    &MEASURE_OVERLAP, &MEASURE_NUMBER, &MEASURE_MEMBER, &MEASURE_VALUE,
    &MEASURE_PLACE,   &MEASURE_DATES,  &MEASURE_TREE,   &MEASURE_TEXT,
};

static const char *const SIDES[] = {"demand", "solution"};

static const measure_kind *kind_of(const value *spec, err *e)
{
    const char *name = value_get_str(spec, "kind", "");
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++)
        if (strcmp(KINDS[i]->name, name) == 0)
            return KINDS[i];
    err_set(e, ERR_BAD_DATA, "there is no measure '%s'", name);
    return NULL;
}

bool ref_read(measure *m, ref *r, const value *v, const char *name, bool number, err *e)
{
    *r = (ref){.side = SIDE_NONE, .number = NAN};
    if (number && (value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE))) {
        r->number = value_as_double(v, NAN);
        return isfinite(r->number) ||
               err_set(e, ERR_BAD_DATA, "%s: expected a finite number", name);
    }
    if (number && !v)
        return true;
    const char *side = value_get_str(v, "side", ""), *field = value_get_str(v, "field", "");
    bool demand = strcmp(side, "demand") == 0;
    if (!demand && strcmp(side, "solution") != 0)
        return err_set(e, ERR_BAD_DATA, "%s: expected a field of a demand or solution", name);
    r->side = demand ? SIDE_DEMAND : SIDE_SOLUTION;
    if (!columns_find(m->columns[r->side], field, &r->at))
        return err_set(e, ERR_BUG, "%s: the measure is not given %s.%s", name, side, field);
    r->key = mem_text(value_get_str(v, "key", NULL));
    r->year = !r->key && columns_is_year(m->columns[r->side], field);
    m->refs[m->refs_len++] = r;
    return true;
}

void ref_free(ref *r)
{
    free(r->key);
}

const value *ref_in(const ref *r, const value *row)
{
    const value *cell = value_at(row, r->at);
    if (r->key)
        cell = value_get(cell, r->key);
    if (!cell || cell->type == VALUE_NIL || (cell->type == VALUE_LIST && !value_len(cell)))
        return NULL;
    return cell;
}

const value *ref_cell(const ref *r, const value *solution, const value *demand)
{
    return r->side == SIDE_NONE ? NULL : ref_in(r, r->side == SIDE_DEMAND ? demand : solution);
}

void ref_say(buf *out, const ref *r, const value *solution, const value *demand,
             const value *titles)
{
    const value *cell = ref_cell(r, solution, demand);
    if (r->year && (value_is(cell, VALUE_INT) || value_is(cell, VALUE_DOUBLE)))
        say_year(out, value_as_double(cell, NAN));
    else
        say_cell(out, cell, titles);
}

static bool looks_at(const measure *m, side side)
{
    for (size_t i = 0; i < m->refs_len; i++)
        if (m->refs[i]->side == side)
            return true;
    return false;
}

bool measure_is_solution(const measure *m)
{
    return !looks_at(m, SIDE_DEMAND);
}

bool measure_is_demand(const measure *m)
{
    return !looks_at(m, SIDE_SOLUTION);
}

bool measure_is_collective(const measure *m)
{
    return m->kind->collective;
}

bool measure_is_dated(const measure *m)
{
    return m->dated;
}

bool measure_is_dear(const measure *m)
{
    return m->kind->dear;
}

static bool read_without(measure *m, const value *without, err *e)
{
    m->absent[SIDE_DEMAND] = m->gate ? 1 : NAN;
    m->absent[SIDE_SOLUTION] = m->gate ? 0 : NAN;
    for (int s = SIDE_DEMAND; s <= SIDE_SOLUTION; s++) {
        const value *share = value_get(without, SIDES[s]);
        if (!share)
            continue;
        m->absent[s] = value_as_double(share, NAN);
        if (!(m->absent[s] >= 0 && m->absent[s] <= 1))
            return err_set(e, ERR_BAD_DATA, "without.%s: expected a number from 0 to 1", SIDES[s]);
    }
    return true;
}

measure *measure_new(const value *spec, const measure_setting *s, err *e)
{
    const measure_kind *kind = kind_of(spec, e);
    if (!kind)
        return NULL;
    measure *m = mem_zero(1, sizeof *m);
    m->kind = kind;
    m->gate = s->gate;
    m->columns[SIDE_DEMAND] = s->demand;
    m->columns[SIDE_SOLUTION] = s->solution;
    m->texts = s->texts;
    m->reason = s->reason ? value_copy(s->reason) : value_nil();
    m->title = mem_text(s->title);
    bool ok = read_without(m, value_get(spec, "without"), e);
    if (ok && !clock_date_parse(s->today ? s->today : "", &m->today))
        m->today = 0;
    ok = ok && kind->make(m, spec, e);
    if (ok && !m->refs_len)
        ok = err_set(e, ERR_BAD_DATA, "measure %s names no field", kind->name);
    if (ok)
        return m;
    measure_free(m);
    return NULL;
}

void measure_free(measure *m)
{
    if (!m)
        return;
    m->kind->free(m);
    value_free(&m->reason);
    free(m->title);
    free(m->fixed);
    free(m);
}

void measure_add(measure *m, const value *row)
{
    if (measure_is_demand(m))
        return;
    if (measure_is_solution(m)) {
        m->fixed = column_grow(m, m->fixed, sizeof *m->fixed);
        m->fixed[m->len] = measure_one(m, row, NULL);
    } else {
        m->kind->add(m, row);
    }
    if (m->len == m->cap)
        m->cap = m->cap ? m->cap * 2 : 256;
    m->len++;
}

void measure_ready(measure *m)
{
    if (m->len && !m->fixed && m->kind->ready)
        m->kind->ready(m);
}

void measure_collect(measure *m)
{
    if (m->kind->collect)
        m->kind->collect(m);
}

void measure_demand(measure *m, const value *row)
{
    if (measure_is_demand(m))
        m->share = measure_one(m, NULL, row);
    else if (m->len && !m->fixed) /* where no solution came there is nothing to prepare */
        m->kind->demand(m, row);
}

void measure_demand_some(measure *m, const value *row, const uint32_t *which, size_t count)
{
    if (measure_is_demand(m) || !m->len || m->fixed || !m->kind->demand_some)
        measure_demand(m, row);
    else
        m->kind->demand_some(m, row, which, count);
}

static void shares(measure *m, size_t from, const uint32_t *which, size_t count, double *out)
{
    if (measure_is_demand(m))
        for (size_t i = 0; i < count; i++)
            out[i] = m->share;
    else if (m->fixed)
        for (size_t i = 0; i < count; i++)
            out[i] = m->fixed[ROW_OF(which, i)];
    else if (m->len)
        m->kind->some(m, from, which, count, out);
}

void measure_block(measure *m, size_t from, size_t count, double *out)
{
    shares(m, from, NULL, count, out);
}

void measure_some(measure *m, const uint32_t *which, size_t count, double *out)
{
    shares(m, 0, which, count, out);
}

double measure_one(measure *m, const value *solution, const value *demand)
{
    const ref *absent = m->kind->absent(m, solution, demand);
    return absent ? absent_share(m, absent) : m->kind->one(m, solution, demand);
}

static const char *outcome_of(double share)
{
    return isnan(share) ? "unlike" : share >= 1 ? "full" : share > 0 ? "part" : "none";
}

static void words_absent(const measure *m, const ref *r, const value *solution, const value *demand,
                         words *w)
{
    bool asked = r->side == SIDE_DEMAND;
    w->outcome = asked ? "absent_demand" : "absent_solution";
    if (ref_cell(r, solution, demand))
        w->own = asked ? "wat de vraag hierover noemt, is niet bruikbaar"
                       : "wat de oplossing hierover noemt, is niet bruikbaar";
    else if (asked && m->gate && m->absent[SIDE_DEMAND] > 0)
        w->own = "de vraag stelt hier geen eis";
    else
        w->own = asked ? "de vraag noemt hierover niets" : "de oplossing noemt hierover niets";
}

/* One text for all is for pairs that have what it speaks of. */
static const char *template_of(const measure *m, const words *w)
{
    const char *given = value_get_str(&m->reason, w->outcome, NULL);
    bool compared = strncmp(w->outcome, "absent", 6) != 0 && strcmp(w->outcome, "unlike") != 0;
    if (!given && compared)
        given = value_str(&m->reason, NULL);
    return given ? given : w->own;
}

void measure_reason(measure *m, const value *solution, const value *demand, double share, buf *out)
{
    measure_explain(m, solution, demand, share, out, NULL);
}

/* Of a list whose first two places the words were said into. */
static void add_sentence(const measure *m, const words *w, value *matched)
{
    bool said = m->kind->says_sentence;
    value_push(matched, value_bytes(said ? buf_text(&w->found) : "", said ? w->found.len : 0));
}

void measure_explain(measure *m, const value *solution, const value *demand, double share, buf *out,
                     value *matched)
{
    words w = {0};
    value terms = value_list(), missing = value_list();
    w.terms.each = matched ? &terms : NULL;
    w.missing.each = matched ? &missing : NULL;
    const ref *absent = m->kind->absent(m, solution, demand);
    if (!absent || (m->kind->says_asked && absent->side == SIDE_SOLUTION))
        m->kind->words(m, solution, demand, share, &w);
    if (absent)
        words_absent(m, absent, solution, demand, &w);
    if (!w.outcome)
        w.outcome = outcome_of(share);
    if (m->title)
        buf_str(&w.title, m->title);
    say_template(out, template_of(m, &w), &w, share);
    if (matched) {
        *matched = value_list();
        value_push(matched, terms);
        value_push(matched, missing);
        add_sentence(m, &w, matched);
    }
    words_free(&w);
}
