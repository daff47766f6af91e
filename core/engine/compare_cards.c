/* What the same solutions get by several scorecards. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/compare.h"
#include "engine/compare_ids.h"
#include "engine/compare_parts.h"
#include "engine/counted.h"
#include "engine/explainer.h"
#include "engine/failed.h"

/* Pairs that a scorecard doesn't rank are asked about one by one, to say why; no more than these,
 * the others are counted. */
enum { ASKED_MOST = 200 };

typedef struct cards {
    const stage *on;
    const match_request *request;
    value docs;             /* one a scorecard */
    compare_ids *ranked;    /* of the demand that is looked at, one a scorecard */
    explainer **explainers; /* one a scorecard; NULL until it is asked */
    int asked;
} cards;

static bool ask(cards *c, size_t card, const char *demand, const char *solution, value *out, err *e)
{
    explainer **x = &c->explainers[card];
    if (!*x)
        *x = explainer_new(c->on, value_get_str(value_at(&c->docs, card), "scorecard", ""),
                           c->request->today, c->request->seed, NULL, e);
    return *x && explainer_ask(*x, demand, solution, out, e);
}

/* Where a scorecard places it, and what its rules add there. */
static bool place(cards *c, size_t card, const char *demand, const char *solution, value *places,
                  value *adds, err *e)
{
    const value *ranked = compare_ids_find(&c->ranked[card], solution), *gate = NULL;
    value explained = value_nil();
    if (!ranked && c->asked++ < ASKED_MOST) {
        if (!ask(c, card, demand, solution, &explained, e))
            return false;
        gate = compare_failed_gate(&explained);
    }
    const value *from = ranked ? ranked : &explained;
    const value *rank = value_get(ranked, "rank"), *score = value_get(from, "score");
    value *row = value_push(places, value_map());
    value_add(row, "rank", rank ? value_copy(rank) : value_nil());
    value_add(row, "score", score ? value_copy(score) : value_nil());
    value_add(row, "gate", gate ? value_copy(gate) : value_nil());
    value_push(adds, gate ? value_list() : compare_adds(value_get(from, "rules")));
    value_free(&explained);
    return true;
}

static void add_rule(value *rules, const char *name, const value *adds)
{
    if (compare_find(rules, "rule", name))
        return;
    value *row = value_push(rules, value_map());
    value_add(row, "rule", value_text(name));
    value *list = value_add(row, "adds", value_list());
    for (size_t i = 0; i < value_len(adds); i++)
        value_push(list, compare_added(value_at(adds, i), name));
}

static value rules_of(const value *adds)
{
    value rules = value_list();
    for (size_t i = 0; i < value_len(adds); i++)
        for (size_t k = 0; k < value_len(value_at(adds, i)); k++)
            add_rule(&rules, value_get_str(value_at(value_at(adds, i), k), "rule", ""), adds);
    return rules;
}

static bool one_solution(cards *c, const char *demand, const char *solution, value *list, err *e)
{
    value row = value_map(), places = value_list(), adds = value_list();
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(&c->docs); i++)
        ok = place(c, i, demand, solution, &places, &adds, e);
    value_add(&row, "solution", value_text(solution));
    value_add(&row, "places", places);
    value_add(&row, "rules", rules_of(&adds));
    value_push(list, row);
    value_free(&adds);
    return ok;
}

/* How far apart the ranks are; one that a scorecard doesn't rank is behind its last. */
static int64_t spread_of(const value *row, int64_t behind)
{
    const value *places = value_get(row, "places");
    int64_t least = INT64_MAX, most = 0;
    for (size_t i = 0; i < value_len(places); i++) {
        int64_t rank = value_get_int(value_at(places, i), "rank", behind);
        least = rank < least ? rank : least;
        most = rank > most ? rank : most;
    }
    return most - least;
}

typedef struct spread {
    value row;
    int64_t ranks;
    size_t at;
} spread;

/* What is as far apart stays in the order of the first scorecard's ranks. */
static int by_spread(const void *a, const void *b)
{
    const spread *x = a, *y = b;
    if (x->ranks != y->ranks)
        return x->ranks > y->ranks ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void sort_solutions(value *list, int64_t behind)
{
    size_t len = value_len(list);
    spread *all = mem_zero(len + 1, sizeof *all);
    for (size_t i = 0; i < len; i++) {
        value row = list->as.list.items[i];
        all[i] = (spread){row, spread_of(&row, behind), i};
    }
    qsort(all, len, sizeof *all, by_spread);
    for (size_t i = 0; i < len; i++)
        list->as.list.items[i] = all[i].row;
    free(all);
}

static bool ranked_before(const cards *c, size_t card, const char *solution)
{
    bool found = false;
    for (size_t i = 0; i < card && !found; i++)
        found = compare_ids_find(&c->ranked[i], solution) != NULL;
    return found;
}

static bool all_solutions(cards *c, const char *demand, value *solutions, err *e)
{
    for (size_t card = 0; card < value_len(&c->docs); card++) {
        const value *ranked = c->ranked[card].list;
        for (size_t i = 0; i < value_len(ranked); i++) {
            const char *solution = value_get_str(value_at(ranked, i), "solution", "");
            if (!ranked_before(c, card, solution) &&
                !one_solution(c, demand, solution, solutions, e))
                return false;
        }
    }
    return true;
}

static bool one_demand(cards *c, const char *demand, value *list, err *e)
{
    value row = value_map(), solutions = value_list();
    size_t count = value_len(&c->docs);
    c->ranked = mem_zero(count + 1, sizeof *c->ranked);
    for (size_t i = 0; i < count; i++) {
        const value *demands = value_get(value_at(&c->docs, i), "demands");
        const value *ranked = value_get(compare_find(demands, "demand", demand), "ranked");
        c->ranked[i] = compare_ids_of(ranked, "solution");
    }
    bool ok = all_solutions(c, demand, &solutions, e);
    for (size_t i = 0; i < count; i++)
        compare_ids_free(&c->ranked[i]);
    free(c->ranked);
    sort_solutions(&solutions, c->request->top + 1);
    value_add(&row, "demand", value_text(demand));
    value_add(&row, "solutions", solutions);
    value_push(list, row);
    return ok;
}

/* One a scorecard: those that look at no text have counted none. */
static void push_counted(value *list, const value *inputs, bool *any)
{
    int64_t counted = value_get_int(inputs, "counted", 0);
    bool told = counted_differs(counted, value_get_int(inputs, "log", 0));
    value_push(list, told ? value_int(counted) : value_nil());
    *any = *any || told;
}

static bool match_all(cards *c, const value *names, value *out, err *e)
{
    value full = value_list(), failed = value_list(), counted = value_list();
    bool ok = true, any = false;
    for (size_t i = 0; ok && i < value_len(names); i++) {
        match_request r = *c->request;
        value doc = value_nil(), inputs = value_nil();
        r.scorecard = value_str(value_at(names, i), "");
        ok = match_on(c->on, &r, NULL, &doc, &inputs, e);
        failed_add(c->on->registry, &failed, value_get(&doc, "failed_rules"));
        push_counted(&counted, &inputs, &any);
        value_free(&inputs);
        value_push(&full, value_text(value_get_str(&doc, "scorecard", "")));
        value_push(&c->docs, doc);
    }
    const value *first = value_at(&c->docs, 0);
    value_add(out, "scorecards", full);
    value_add(out, "today", value_text(value_get_str(first, "today", "")));
    value_add(out, "log", value_int(value_get_int(first, "log", 0)));
    value_add(out, "failed_rules", failed);
    if (any)
        value_add(out, "counted", counted);
    else
        value_free(&counted);
    return ok;
}

bool compare_scorecards(host *h, const value *names, const match_request *r, value *out, err *e)
{
    stage on = {0};
    cards c = {.on = &on, .request = r, .docs = value_list()};
    value doc = value_map(), list = value_list();
    c.explainers = mem_zero(value_len(names) + 1, sizeof *c.explainers);
    bool ok = stage_now(h, &on, e) && match_all(&c, names, &doc, e);
    const value *demands = value_get(value_at(&c.docs, 0), "demands");
    for (size_t i = 0; ok && i < value_len(demands); i++)
        ok = one_demand(&c, value_get_str(value_at(demands, i), "demand", ""), &list, e);
    value_add(&doc, "demands", list);
    value_add(&doc, "unasked", value_int(c.asked > ASKED_MOST ? c.asked - ASKED_MOST : 0));
    if (ok)
        *out = doc;
    else
        value_free(&doc);
    for (size_t i = 0; i < value_len(names); i++)
        explainer_free(c.explainers[i]);
    free(c.explainers);
    value_free(&c.docs);
    stage_free(&on);
    return ok;
}
