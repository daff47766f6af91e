#include "engine/scorecard.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/skipped.h"
#include "host/absent.h"

enum { EXTENDS_MOST = 16 };

/* What is wrong in a scorecard is wrong in its plugin's data, also where typing the same name would
 * be wrong usage. */
static void place_of(const contribution *c, err *e)
{
    if (e->code == ERR_USAGE)
        e->code = ERR_BAD_DATA;
    err_where(e, "%s/%s:%d", c->plugin, c->file, c->line);
}

static bool is_gate(const contribution *rule)
{
    return strcmp(value_get_str(rule->spec, "computes", "score"), "gate") == 0;
}

static plan_rule *rule_in(plan *p, const contribution *from)
{
    for (size_t i = 0; i < p->len; i++)
        if (p->rules[i].from == from)
            return &p->rules[i];
    return NULL;
}

static void rule_drop(plan *p, plan_rule *r)
{
    size_t at = (size_t)(r - p->rules);
    memmove(r, r + 1, (p->len - at - 1) * sizeof *r);
    p->len--;
}

static void rule_put(plan *p, const contribution *from, bool gate, double weight)
{
    plan_rule *r = rule_in(p, from);
    if (weight == 0 && !gate) {
        if (r)
            rule_drop(p, r);
        return;
    }
    if (!r) {
        p->rules = mem_grow(p->rules, p->len + 1, sizeof *p->rules);
        r = &p->rules[p->len++];
        memset(r, 0, sizeof *r);
    }
    r->from = from;
    r->gate = gate;
    r->weight = weight;
    r->max = value_get_double(from->spec, "max", 0);
}

static const contribution *find_rule(const registry *r, const contribution *card, const char *name,
                                     bool gate, err *e)
{
    const contribution *rule = registry_find(r, "rule", name, card->plugin, e);
    if (!rule) {
        err_prefix(e, "scorecard %s: ", card->full);
        place_of(card, e);
        return NULL;
    }
    if (is_gate(rule) == gate)
        return rule;
    err_set(e, ERR_BAD_DATA, "scorecard %s: %s is a %s, but stands among the %s", card->full,
            rule->full, gate ? "rule that gives points" : "gate", gate ? "gates" : "rules");
    place_of(card, e);
    err_hint(e, gate ? "name it in `rules` with a weight" : "name it in `gates`");
    return NULL;
}

const contribution *plan_extends(const registry *r, const contribution *card, err *e)
{
    const char *extends = value_get_str(card->spec, "extends", NULL);
    if (!extends)
        return NULL;
    const contribution *base = registry_find(r, "scorecard", extends, card->plugin, e);
    if (!base) {
        err_prefix(e, "scorecard %s: extends: ", card->full);
        place_of(card, e);
    }
    return base;
}

static bool add_card(plan *p, const registry *r, const contribution *card, int depth, err *e)
{
    const value *gates = value_get(card->spec, "gates"), *rules = value_get(card->spec, "rules");
    bool extends = value_get_str(card->spec, "extends", NULL) != NULL;

    if (depth > EXTENDS_MOST) {
        err_set(e, ERR_BAD_DATA, "scorecard %s extends itself in a circle", card->full);
        return place_of(card, e), false;
    }
    if (extends) {
        const contribution *base = plan_extends(r, card, e);
        if (!base || !add_card(p, r, base, depth + 1, e))
            return false;
    }
    for (size_t i = 0; i < value_len(gates); i++) {
        const contribution *gate = find_rule(r, card, value_str(value_at(gates, i), ""), true, e);
        if (!gate)
            return false;
        rule_put(p, gate, true, 0);
    }
    for (size_t i = 0; value_is(rules, VALUE_MAP) && i < value_len(rules); i++) {
        const value_entry *entry = &rules->as.map.items[i];
        const contribution *rule = find_rule(r, card, entry->key, false, e);
        if (!rule)
            return false;
        rule_put(p, rule, false, value_as_double(&entry->value, 1));
    }
    return true;
}

static size_t index_in(value *list, const char *name)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (strcmp(value_str(value_at(list, i), ""), name) == 0)
            return i;
    value_push(list, value_text(name));
    return value_len(list) - 1;
}

static void gather_fields(value *fields, const contribution *rule, const char *role)
{
    const value *names = value_get(value_get(rule->spec, "needs"), role);
    for (size_t i = 0; i < value_len(names); i++) {
        const char *name = value_str(value_at(names, i), "");
        if (strcmp(name, "id") != 0)
            index_in(fields, name);
    }
}

static void gates_first(plan *p)
{
    plan_rule *sorted = mem_zero(p->len + 1, sizeof *sorted);
    size_t at = 0;
    for (int gate = 1; gate >= 0; gate--)
        for (size_t i = 0; i < p->len; i++)
            if (p->rules[i].gate == (gate == 1))
                sorted[at++] = p->rules[i];
    free(p->rules);
    p->rules = sorted;
}

bool plan_make(const registry *r, const char *name, plan *out, err *e)
{
    plan p = {
        .plugins = value_list(), .solution_fields = value_list(), .demand_fields = value_list()};

    p.card = registry_find(r, "scorecard", name, NULL, e);
    if (!p.card || !add_card(&p, r, p.card, 0, e)) {
        plan_free(&p);
        return false;
    }
    gates_first(&p);
    for (size_t i = 0; i < p.len; i++) {
        p.rules[i].plugin = index_in(&p.plugins, p.rules[i].from->plugin);
        gather_fields(&p.solution_fields, p.rules[i].from, ROLE_SOLUTION);
        gather_fields(&p.demand_fields, p.rules[i].from, ROLE_DEMAND);
    }
    *out = p;
    return true;
}

bool plan_for(const stage *on, const char *name, plan *out, err *e)
{
    if (plan_make(on->registry, name, out, e))
        return true;
    return e && e->code == ERR_NOT_FOUND ? absent_hint(on->plugins, e) : false;
}

void plan_stop(plan *p, const value *stopped)
{
    for (size_t i = 0; i < value_len(stopped); i++) {
        const value *one = value_at(stopped, i);
        for (size_t k = 0; k < p->len; k++) {
            plan_rule *r = &p->rules[k];
            if (strcmp(r->from->full, value_get_str(one, "rule", "")) == 0)
                skip_rule(r, value_get_str(one, "reason", ""), value_get_str(one, "where", ""));
        }
    }
}

void plan_free(plan *p)
{
    free(p->rules);
    value_free(&p->plugins);
    value_free(&p->solution_fields);
    value_free(&p->demand_fields);
    *p = (plan){0};
}

static bool is_measure(const plan_rule *r)
{
    return value_get(r->from->spec, "measure");
}

size_t plan_rules(const plan *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->len; i++)
        count += !p->rules[i].gate;
    return count;
}

bool plan_needs(const plan *p, size_t plugin)
{
    for (size_t i = 0; i < p->len; i++)
        if (p->rules[i].plugin == plugin && !p->rules[i].skip && !is_measure(&p->rules[i]))
            return true;
    return false;
}

/* The plugin's place among those that are loaded. */
static int64_t loaded_index(const plan *p, size_t plugin)
{
    int64_t index = 0;
    for (size_t i = 0; i < plugin; i++)
        index += plan_needs(p, i);
    return index;
}

/* What the kind says of a field; NULL: nothing. */
static const value *declared(const registry *r, const char *kind, const char *field)
{
    err ignored = {0};
    const contribution *c = registry_find(r, "kind", kind, NULL, &ignored);
    const value *fields = c ? value_get(c->spec, "fields") : NULL;
    for (size_t i = 0; i < value_len(fields); i++)
        if (strcmp(value_get_str(value_at(fields, i), "name", ""), field) == 0)
            return value_at(fields, i);
    return NULL;
}

static value columns(const plan *p, const registry *r, const plan_rule *rule, const char *role)
{
    const value *names = value_get(value_get(rule->from->spec, "needs"), role);
    const value *fields = strcmp(role, ROLE_DEMAND) == 0 ? &p->demand_fields : &p->solution_fields;
    value list = value_list();
    for (size_t i = 0; i < value_len(names); i++) {
        const char *name = value_str(value_at(names, i), "");
        value *column = value_push(&list, value_map());
        bool id = strcmp(name, "id") == 0;
        const value *field = declared(r, role, name);
        value_add(column, "at", value_int(id ? 0 : (int64_t)index_in((value *)fields, name) + 1));
        value_add(column, "name", value_text(name));
        value_add(column, "many", value_bool(value_get_bool(field, "many", false)));
        value_add(column, "year",
                  value_bool(strcmp(value_get_str(field, "unit", ""), "year") == 0));
    }
    return list;
}

/* Of a rule or gate that is data: what it measures, and in which words. */
static void add_measure(value *row, const contribution *rule)
{
    const value *measure = value_get(rule->spec, "measure");
    const value *reason = value_get(rule->spec, "reason");
    if (!measure)
        return;
    value_add(row, "measure", value_copy(measure));
    value_add(row, "reason", reason ? value_copy(reason) : value_nil());
    value_add(row, "title",
              value_text(value_get_str(value_get(rule->spec, "title"), "nl", rule->name)));
}

value plan_frame(const plan *p, const registry *r, uint64_t seed)
{
    value frame = value_map(), rules = value_list();
    for (size_t i = 0; i < p->len; i++) {
        const plan_rule *rule = &p->rules[i];
        value *row = value_push(&rules, value_map());
        value_add(row, "name", value_text(rule->from->full));
        value_add(row, "plugin", value_int(loaded_index(p, rule->plugin)));
        value_add(row, "number", value_int((int64_t)i + 1));
        value_add(row, "gate", value_bool(rule->gate));
        value_add(row, "on", value_text(value_get_str(rule->from->spec, "on", "pair")));
        value_add(row, "weight", value_double(rule->weight));
        value_add(row, "max", value_double(rule->max));
        value_add(row, "skip", value_bool(rule->skip));
        value_add(row, "solution", columns(p, r, rule, ROLE_SOLUTION));
        value_add(row, "demand", columns(p, r, rule, ROLE_DEMAND));
        add_measure(row, rule->from);
    }
    value_add(&frame, "op", value_text("card"));
    value_add(&frame, "seed", value_int((int64_t)seed));
    value_add(&frame, "rules", rules);
    return frame;
}
