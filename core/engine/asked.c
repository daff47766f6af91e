#include "engine/asked.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/match.h"

/* A ranked pair. Borrowed from the document. */
typedef struct pair {
    const char *demand, *solution;
    const value *row;
} pair;

/* By solution, the best first; ties go to the lower demand. */
static int by_solution(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    int order = strcmp(a->solution, b->solution);
    double one = value_get_double(a->row, "score", 0), other = value_get_double(b->row, "score", 0);
    if (order != 0)
        return order;
    return one != other ? (one < other) - (one > other) : strcmp(a->demand, b->demand);
}

static pair *pairs_of(const value *demands, size_t *count)
{
    size_t all = 0;
    for (size_t i = 0; i < value_len(demands); i++)
        all += value_len(value_get(value_at(demands, i), "ranked"));
    pair *pairs = mem_zero(all + 1, sizeof *pairs);
    for (size_t i = 0; i < value_len(demands); i++) {
        const value *one = value_at(demands, i), *ranked = value_get(one, "ranked");
        for (size_t n = 0; n < value_len(ranked); n++)
            pairs[(*count)++] =
                (pair){.demand = value_get_str(one, "demand", ""),
                       .solution = value_get_str(value_at(ranked, n), "solution", ""),
                       .row = value_at(ranked, n)};
    }
    return pairs;
}

/* Map solution → {demand, rank, score}: where it fits best. */
static value best_of_each(const value *demands)
{
    size_t count = 0;
    pair *pairs = pairs_of(demands, &count);
    value best = value_map();
    qsort(pairs, count, sizeof *pairs, by_solution);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(pairs[i].solution, pairs[i - 1].solution) == 0)
            continue;
        value *row = value_add(&best, pairs[i].solution, value_map());
        value_add(row, "demand", value_text(pairs[i].demand));
        value_add(row, "rank", value_copy(value_get(pairs[i].row, "rank")));
        value_add(row, "score", value_copy(value_get(pairs[i].row, "score")));
    }
    free(pairs);
    return best;
}

static bool match(host *h, const value *asked, err *unkept, value *out, err *e)
{
    const match_request r = {
        .scorecard = value_get_str(asked, "scorecard", ""),
        .demands = value_get(asked, "demands"),
        .top = (int64_t)value_get_double(asked, "top", MATCH_TOP),
        .today = value_get_str(asked, "today", NULL),
        .keep = value_get_bool(asked, "keep", true),
        .unkept = unkept,
    };
    if (!match_run(h, &r, out, e))
        return false;
    if (value_get(asked, "by"))
        value_add(out, "solutions", best_of_each(value_get(out, "demands")));
    return true;
}

static bool explain(host *h, const value *asked, value *out, err *e)
{
    const char *run = value_get_str(asked, "run", NULL);
    const explain_request r = {
        .scorecard = value_get_str(asked, "scorecard", ""),
        .demand = value_get_str(asked, "demand", ""),
        .solution = value_get_str(asked, "solution", ""),
        .today = value_get_str(asked, "today", NULL),
    };
    value doc = value_nil();
    bool ok =
        run ? explain_run(h, run, r.demand, r.solution, &doc, e) : explain_pair(h, &r, &doc, e);
    if (ok && value_get_bool(asked, "what_if", false))
        ok = explain_changes(h, run, &r, &doc, e);
    if (ok)
        *out = doc;
    else
        value_free(&doc);
    return ok;
}

const host_answers asked_answers = {.match = match, .explain = explain};
