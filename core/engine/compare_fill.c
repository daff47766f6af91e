/* What a ranking doesn't say of solutions that entered or left its top is asked of the rules
 * themselves, on the stage of that run. */
#include "engine/compare.h"
#include "engine/compare_parts.h"
#include "engine/explainer.h"

/* Each is a question to a worker: the rest stays as the rankings tell it, and is counted. */
enum { ASKED_MOST = 200 };

typedef struct side {
    const value *inputs, *document;
    stage on;
    explainer *explainer; /* NULL until it is asked */
    bool failed;
} side;

static const value *ranked_in(const side *s, const char *demand, const char *solution)
{
    const value *one = compare_find(value_get(s->document, "demands"), "demand", demand);
    return compare_find(value_get(one, "ranked"), "solution", solution);
}

/* false: it can't be asked, for the solution wasn't there, or the run's plugins aren't. */
static bool ask(host *h, side *s, const char *demand, const char *solution, value *out)
{
    if (!s->explainer && !s->failed) {
        if (stage_then(h, s->inputs, &s->on, NULL))
            s->explainer = explainer_new(&s->on, value_get_str(s->inputs, "scorecard", ""),
                                         value_get_str(s->inputs, "today", NULL),
                                         (uint64_t)value_get_int(s->inputs, "seed", 0),
                                         value_get(s->inputs, "stopped"), NULL);
        s->failed = !s->explainer;
    }
    return s->explainer && explainer_ask(s->explainer, demand, solution, out, NULL);
}

static value place_of(const value *explained, const value *gate)
{
    value place = value_map();
    const value *score = value_get(explained, "score");
    value_add(&place, "rank", value_nil());
    value_add(&place, "score", score ? value_copy(score) : value_nil());
    if (gate)
        value_add(&place, "gate", value_copy(gate));
    return place;
}

/* One that a gate keeps out has no score: then the gate is the reason, and rules don't count. */
static void fill_move(value *move, const value *ranked, const value *explained, bool was)
{
    const value *gate = compare_failed_gate(explained);
    value_set(move, was ? "was" : "is", place_of(explained, gate));
    if (gate)
        return;
    const value *before = was ? explained : ranked, *after = was ? ranked : explained;
    const value *a = value_get(before, "score"), *b = value_get(after, "score");
    if (a && b && !value_is(a, VALUE_NIL) && !value_is(b, VALUE_NIL))
        value_set(move, "by", value_double(value_as_double(b, 0) - value_as_double(a, 0)));
    value_set(move, "rules", compare_rules(before, after));
}

static void fill_demand(host *h, side *was, side *is, const char *demand, value *moves, int *asked)
{
    for (size_t i = 0; i < value_len(moves); i++) {
        value *move = &moves->as.list.items[i];
        const char *solution = value_get_str(move, "solution", "");
        bool entered = value_is(value_get(move, "was"), VALUE_NIL);
        if (!entered && !value_is(value_get(move, "is"), VALUE_NIL))
            continue;
        if (++*asked > ASKED_MOST)
            continue;
        value explained = value_nil();
        if (ask(h, entered ? was : is, demand, solution, &explained))
            fill_move(move, ranked_in(entered ? is : was, demand, solution), &explained, entered);
        value_free(&explained);
    }
}

int compare_fill(host *h, const value *was_inputs, const value *was, const value *is_inputs,
                 const value *is, value *demands)
{
    side before = {.inputs = was_inputs, .document = was},
         after = {.inputs = is_inputs, .document = is};
    int asked = 0;
    for (size_t i = 0; i < value_len(demands); i++) {
        value *one = &demands->as.list.items[i];
        fill_demand(h, &before, &after, value_get_str(one, "demand", ""),
                    (value *)value_get(one, "moves"), &asked);
    }
    explainer_free(before.explainer);
    explainer_free(after.explainer);
    stage_free(&before.on);
    stage_free(&after.on);
    return asked > ASKED_MOST ? asked - ASKED_MOST : 0;
}
