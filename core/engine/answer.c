#include "engine/answer.h"

#include <string.h>

#include "base/buf.h"
#include "base/pack_cell.h"

/* *more: what stands behind these cells, NULL: nothing. */
static const char *look_inside(const char *at, pack_cell *cells, size_t count, const char **more)
{
    pack_cell list = {0};
    at = at ? pack_look(at, &list) : NULL;
    for (size_t i = 0; i < count; i++) {
        cells[i] = (pack_cell){.type = VALUE_NIL};
        at = at ? pack_look(at, &cells[i]) : NULL;
    }
    *more = at && list.len > count ? at : NULL;
    return *more ? pack_skip(at) : at;
}

/* Of [terms, missing, sentence] what there is, by name. */
static void add_matched(const char *at, value *out)
{
    static const char *const NAMES[] = {"terms", "missing", "sentence"};
    value parts = value_nil();
    if (!at || !pack_make(at, &parts, NULL)) {
        value_free(&parts);
        return;
    }
    value *matched = value_add(out, "matched", value_map());
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (value_len(value_at(&parts, i)))
            value_add(matched, NAMES[i], value_copy(value_at(&parts, i)));
    value_free(&parts);
}

static value text_of(const pack_cell *c, const char *otherwise)
{
    return c->type == VALUE_TEXT ? value_bytes(c->inner, c->len) : value_text(otherwise);
}

static value points_of(const pack_cell *c)
{
    return c->type == VALUE_DOUBLE ? value_double(c->as.number)
           : c->type == VALUE_INT  ? value_int(c->as.integer)
                                   : value_nil();
}

/* A rule that was left out says why itself. Returns what stands behind its answer. */
static const char *rule_answer(const plan_rule *r, const char *at, value *out)
{
    enum { OUTCOME, POINTS, REASON, CELLS };
    pack_cell said[CELLS];
    const char *matched;
    at = look_inside(at, said, CELLS, &matched);
    *out = value_map_literal(6);
    value_add(out, "rule", value_text(r->from->full));
    value_add(out, "outcome", r->skip ? value_text("failed") : text_of(&said[OUTCOME], "failed"));
    value_add(out, "value", r->skip ? value_nil() : points_of(&said[POINTS]));
    value_add(out, "max", value_double(r->max));
    value_add(out, "weight", value_double(r->weight));
    value_add(out, "reason", r->skip ? value_text(r->reason) : text_of(&said[REASON], ""));
    add_matched(r->skip ? NULL : matched, out);
    return at;
}

/* Where the first of them stands; NULL: there are none. */
static const char *first_of(const char *answers)
{
    pack_cell list = {0};
    const char *at = answers ? pack_look(answers, &list) : NULL;
    return list.type == VALUE_LIST ? at : NULL;
}

value answer_rules(const plan *p, const item *said)
{
    const char *at = first_of(said->answers);
    value list = value_list_of(p->len);
    for (size_t i = 0; i < p->len; i++)
        if (!p->rules[i].gate)
            at = rule_answer(&p->rules[i], at, value_push(&list, value_nil()));
    return list;
}

static const char *gate_answer(const plan_rule *r, const char *at, value *out)
{
    enum { PASSED, REASON, CELLS };
    pack_cell said[CELLS];
    const char *matched;
    at = look_inside(at, said, CELLS, &matched);
    bool known = !r->skip && said[PASSED].type == VALUE_BOOL;
    *out = value_map();
    value_add(out, "gate", value_text(r->from->full));
    value_add(out, "passed", known ? value_bool(said[PASSED].as.boolean) : value_nil());
    value_add(out, "reason", r->skip ? value_text(r->reason) : text_of(&said[REASON], ""));
    add_matched(r->skip ? NULL : matched, out);
    return at;
}

value answer_gates(const plan *p, const item *said)
{
    const char *at = first_of(said->answers ? pack_skip(said->answers) : NULL);
    value list = value_list();
    for (size_t i = 0; i < p->len; i++)
        if (p->rules[i].gate)
            at = gate_answer(&p->rules[i], at, value_push(&list, value_nil()));
    return list;
}

static void add_head(value *out, const value *row, const value *result)
{
    const value *demand = value_at(row, 0);
    value_add(out, "demand", demand ? value_copy(demand) : value_nil());
    value_add(out, "scored", value_int(value_get_int(result, "scored", 0)));
    value_add(out, "excluded", value_int(value_get_int(result, "excluded", 0)));
}

value answer_demand(const plan *p, const value *row, const value *result)
{
    const value *items = value_get(result, "items");
    value out = value_map(), ranked = value_list_of(value_len(items));

    for (size_t i = 0; i < value_len(items); i++) {
        item said = item_look(value_at(items, i));
        value *place = value_push(&ranked, value_map_literal(5));
        value_add(place, "rank", value_int((int64_t)i + 1));
        value_add(place, "solution", value_text(said.id));
        value_add(place, "score", value_number(said.score));
        value_add(place, "coverage", value_number(said.coverage));
        value_add(place, "rules", answer_rules(p, &said));
    }
    add_head(&out, row, result);
    value_add(&out, "ranked", ranked);
    return out;
}

static value joined(const value *parts)
{
    buf all = {0};
    for (size_t i = 0; i < value_len(parts); i++) {
        const value *part = value_at(parts, i);
        buf_add(&all, value_str(part, ""), value_len(part));
    }
    value v = value_bytes(buf_text(&all), all.len);
    buf_free(&all);
    return v;
}

value answer_bare(const value *row, value *result)
{
    value out = value_map(), *solutions = (value *)value_get(result, "solutions");
    add_head(&out, row, result);
    value_add(&out, "solutions", *solutions); /* moves it */
    *solutions = value_nil();
    value_add(&out, "points", joined(value_get(result, "points")));
    return out;
}

value answer_points_of(const plan *p)
{
    value list = value_list();
    for (size_t i = 0; i < p->len; i++) {
        const plan_rule *r = &p->rules[i];
        if (r->gate)
            continue;
        value *row = value_push(&list, value_map());
        value_add(row, "rule", value_text(r->from->full));
        value_add(row, "max", value_double(r->max));
        value_add(row, "weight", value_double(r->weight));
    }
    return list;
}
