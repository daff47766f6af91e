#include "engine/match_steps.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/wire.h"

typedef struct step {
    const plan_rule *rule;
    size_t place; /* by which they are ordered */
    int64_t asked, out, unseen, us;
} step;

static int64_t number_of(const value *step)
{
    return value_as_int(value_at(step, WIRE_STEP_NUMBER), 1);
}

static void add_up(step *steps, const value *told)
{
    for (size_t i = 0; i < value_len(told); i++) {
        const value *one = value_at(told, i);
        step *s = &steps[number_of(one) - 1];
        s->asked += value_as_int(value_at(one, WIRE_STEP_ASKED), 0);
        s->out += value_as_int(value_at(one, WIRE_STEP_OUT), 0);
        s->unseen += value_as_int(value_at(one, WIRE_STEP_UNSEEN), 0);
        s->us += value_as_int(value_at(one, WIRE_STEP_US), 0);
    }
}

/* The demand that met most of them tells the order: a worker's first one also asks what is asked
 * once for all demands. */
static void place_all(step *steps, size_t len, const value *results)
{
    const value *most = NULL;
    for (size_t d = 0; d < value_len(results); d++) {
        const value *told = value_get(value_at(results, d), "steps");
        if (value_len(told) > value_len(most))
            most = told;
    }
    for (size_t i = 0; i < len; i++)
        steps[i].place = len;
    for (size_t i = 0; i < value_len(most); i++)
        steps[number_of(value_at(most, i)) - 1].place = i;
}

static int by_place(const void *a, const void *b)
{
    const step *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static void say_step(value *list, const step *s)
{
    const value *spec = s->rule->from->spec;
    bool gate = s->rule->gate;
    value *row = value_push(list, value_map());
    value_add(row, "step", value_int((int64_t)value_len(list)));
    value_add(row, "rule", value_text(s->rule->from->full));
    value_add(row, "work", value_text(gate ? "gate" : "rule"));
    value_add(row, "on", value_text(value_get_str(spec, "on", "pair")));
    value_add(row, "by", value_text(value_get(spec, "measure") ? "measure" : "lua"));
    value_add(row, "asked", value_int(s->asked));
    value_add(row, "excluded", value_int(gate ? s->out : 0));
    value_add(row, "unseen", value_int(s->unseen));
    value_add(row, "pruned", value_int(gate ? 0 : s->out));
    value_add(row, "ms", value_double((double)s->us / 1000.0));
}

value match_steps(const plan *p, const value *results)
{
    step *steps = mem_zero(p->len + 1, sizeof *steps);
    value list = value_list();
    for (size_t i = 0; i < p->len; i++)
        steps[i].rule = &p->rules[i];
    place_all(steps, p->len, results);
    for (size_t d = 0; d < value_len(results); d++)
        add_up(steps, value_get(value_at(results, d), "steps"));
    qsort(steps, p->len, sizeof *steps, by_place);
    for (size_t i = 0; i < p->len; i++)
        say_step(&list, &steps[i]);
    free(steps);
    return list;
}

void match_times_add(match_times *t, int64_t called, const scoring_clock *ranked, int64_t now)
{
    bool any = ranked->ended > 0;
    t->records += (any ? ranked->began : now) - called;
    t->match += any ? ranked->ended - ranked->began : 0;
}

static void say_phase(value *phases, const char *name, int64_t us)
{
    value_add(phases, name, value_double((double)us / 1000.0));
}

value match_phases(const match_times *t, int64_t whole_us)
{
    value phases = value_map();
    say_phase(&phases, "kept", t->kept);
    say_phase(&phases, "records", t->records);
    say_phase(&phases, "match", t->match);
    say_phase(&phases, "document", whole_us - t->kept - t->records - t->match);
    return phases;
}
