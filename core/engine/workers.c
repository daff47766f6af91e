#include "engine/workers.h"

#include <string.h>

#include "host/loop.h"

/* Measured (tests/bench/match) and rounded. A rule in Lua is asked about groups of solutions, and
 * no more of those that can't be among the best; where measures come first, about few. */
enum {
    START_US = 15000,
    SOLUTION_NS = 10000,
    SOLUTION_BYTES = 1500,
    LUA_NS = 100,
    LUA_LAST_NS = 10,
    MEASURE_NS = 5,
    SOLUTIONS_MOST = 1 << 20,
};

static const int64_t BYTES_MOST = (int64_t)1 << 30;

static bool is_pair(const plan_rule *r)
{
    return strcmp(value_get_str(r->from->spec, "on", "pair"), "pair") == 0;
}

int64_t workers_pair_ns(const plan *p)
{
    int64_t measures = 0, lua = 0;
    for (size_t i = 0; i < p->len; i++) {
        if (value_get(p->rules[i].from->spec, "measure"))
            measures++;
        else
            lua += is_pair(&p->rules[i]);
    }
    return measures * MEASURE_NS + lua * (measures > lua ? LUA_LAST_NS : LUA_NS);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t workers_worth(int64_t demands, int64_t solutions, int64_t pair_ns, int64_t processors)
{
    double work = (double)demands * (double)solutions * (double)pair_ns;
    double each = START_US * 1e3 + (double)solutions * SOLUTION_NS;
    int64_t most = least(processors, demands);
    if (solutions > 0)
        most = least(most, BYTES_MOST / (solutions * SOLUTION_BYTES));
    double worth = 1 + work / each / 2;
    return most < 1 ? 1 : worth < (double)most ? (int64_t)worth : most;
}

size_t workers_for(const scoring *s, err *e)
{
    int64_t asked =
        s->workers > 0 ? s->workers : value_get_int(host_config(s->on->host), "workers", 0);
    int64_t demands = (int64_t)value_len(s->demands), solutions = 0;
    if (demands < 1)
        return 1;
    if (asked > 0)
        return (size_t)least(asked, demands);
    solutions = s->expected;
    if (!solutions && !store_size(s->on->store, s->solutions->kind, SOLUTIONS_MOST, &solutions, e))
        return 0;
    return (size_t)workers_worth(demands, solutions, workers_pair_ns(s->plan),
                                 uv_available_parallelism());
}
