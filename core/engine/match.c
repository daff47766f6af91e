#include "engine/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/answer.h"
#include "engine/counted.h"
#include "engine/failed.h"
#include "engine/match_steps.h"
#include "engine/rerun.h"
#include "engine/rows.h"
#include "engine/scorecard.h"
#include "engine/scoring.h"
#include "engine/stage.h"
#include "host/cache.h"
#include "store/forget.h"
#include "store/past.h"
#include "store/run.h"
#include "store/select.h"

typedef struct taking {
    value *rows;
    const value *fields;
} taking;

static bool take_demand(void *ctx, const value *record, err *e)
{
    taking *t = ctx;
    (void)e;
    value_push(t->rows, row_of(record, t->fields));
    return true;
}

static bool one_demand(const stage *on, const char *id, taking *t, err *e)
{
    value record = value_nil();
    if (!(on->as_of ? past_get(on->store, id, on->as_of, &record, e)
                    : store_get(on->store, id, &record, e)))
        return false;
    bool is_demand = strcmp(value_get_str(&record, "kind", ""), ROLE_DEMAND) == 0;
    if (is_demand)
        take_demand(t, &record, e);
    value_free(&record);
    return is_demand || err_set(e, ERR_USAGE, "%s is not a %s", id, ROLE_DEMAND);
}

static bool read_demands(const stage *on, const value *ids, const value *fields, value *rows,
                         err *e)
{
    taking t = {.rows = rows, .fields = fields};
    selection all = {.kind = ROLE_DEMAND, .limit = -1, .as_of = on->as_of};
    *rows = value_list();
    if (value_len(ids) == 0)
        return store_select(on->store, &all, take_demand, &t, e);
    for (size_t i = 0; i < value_len(ids); i++)
        if (!one_demand(on, value_str(value_at(ids, i), ""), &t, e))
            return false;
    return true;
}

/* What all is computed from. */
typedef struct material {
    plan plan;
    value demands; /* list of rows */
    solution_rows solutions;
    int64_t log;     /* the position whose records these are */
    int64_t counted; /* as of which event texts are counted; 0: no rule looks at any */
} material;

static void material_free(material *m)
{
    plan_free(&m->plan);
    value_free(&m->demands);
    solution_rows_free(&m->solutions);
}

static bool read_material(const stage *on, const match_request *r, material *m, err *e)
{
    if (!counted_open(on, &m->plan, &m->solutions, &m->log, e) ||
        !read_demands(on, r->demands, &m->plan.demand_fields, &m->demands, e))
        return false;
    if (counted_matters(&m->plan))
        m->counted = m->solutions.counted ? m->solutions.counted : m->log;
    return true;
}

bool match_today(const char *asked, char out[CLOCK_DATE_TEXT], err *e)
{
    int64_t days = clock_today();
    if (asked && !clock_date_parse(asked, &days)) {
        err_set(e, ERR_USAGE, "'%s' is not a date", asked);
        return err_hint(e, "write it as in 2026-02-23");
    }
    clock_date_text(days, out);
    return true;
}

static void note_plugin(const stage *on, const char *name, value *notes)
{
    const plugin *p = plugin_find(on->plugins, name, NULL);
    if (p && !value_get(notes, name))
        value_add(notes, name, pinned_note(p));
}

static void note_maker(const stage *on, const char *type, const char *name, value *notes)
{
    const contribution *c = registry_find(on->registry, type, name, NULL, NULL);
    if (c)
        note_plugin(on, c->plugin, notes);
}

/* Those whose rules and scorecards are in the plan, and whose kinds say which fields are lists. */
value match_plugins(const stage *on, const plan *p)
{
    value notes = value_map();
    for (size_t i = 0; i < value_len(&p->plugins); i++)
        note_plugin(on, value_str(value_at(&p->plugins, i), ""), &notes);
    for (const contribution *card = p->card; card; card = plan_extends(on->registry, card, NULL))
        note_plugin(on, card->plugin, &notes);
    note_maker(on, "kind", ROLE_DEMAND, &notes);
    note_maker(on, "kind", ROLE_SOLUTION, &notes);
    return notes;
}

/* A limit depends on the machine: whoever repeats the run leaves out what was left out in it. */
static value stopped_of(const plan *p)
{
    value list = value_list();
    for (size_t i = 0; i < p->len; i++) {
        if (!p->rules[i].skip)
            continue;
        value *row = value_push(&list, value_map());
        value_add(row, "rule", value_text(p->rules[i].from->full));
        value_add(row, "reason", value_text(p->rules[i].reason));
        value_add(row, "where", value_text(p->rules[i].where));
    }
    return list;
}

/* What a run needs to be repeated: nothing here depends on the machine. */
static value inputs_of(const stage *on, const match_request *r, const material *m, const value *doc)
{
    value inputs = value_map();
    const plan *p = &m->plan;
    value_add(&inputs, "polder", value_text(POLDER_VERSION));
    value_add(&inputs, "scorecard", value_text(p->card->full));
    value_add(&inputs, "today", value_copy(value_get(doc, "today")));
    value_add(&inputs, "seed", value_int((int64_t)r->seed));
    value_add(&inputs, "top", value_int(r->top));
    value_add(&inputs, "demands", r->demands ? value_copy(r->demands) : value_list());
    value_add(&inputs, "log", value_copy(value_get(doc, "log")));
    if (m->counted)
        value_add(&inputs, "counted", value_int(m->counted));
    value_add(&inputs, "loaded", value_text(on->loaded));
    value_add(&inputs, "plugins", match_plugins(on, p));
    value_add(&inputs, "stopped", stopped_of(p));
    return inputs;
}

static bool keep_plugins(const stage *on, const value *inputs, err *e)
{
    const value *notes = value_get(inputs, "plugins");
    for (size_t i = 0; i < value_len(notes); i++) {
        const plugin *p = plugin_find(on->plugins, notes->as.map.items[i].key, e);
        if (!p || !pinned_keep(on->store, p, e))
            return false;
    }
    return true;
}

/* The run and the plugins that it needs, or neither. */
static char *store_all(const stage *on, const value *inputs, const value *doc, err *e)
{
    if (!store_begin(on->store, e))
        return NULL;
    int64_t from = value_get_int(inputs, "log", 0) + 1;
    char *id = forget_check_read(on->store, from, e) && keep_plugins(on, inputs, e)
                   ? run_store(on->store, "match", inputs, doc, e)
                   : NULL;
    if (id && store_commit(on->store, e))
        return id;
    if (!id)
        store_rollback(on->store);
    free(id);
    return NULL;
}

/* What the answer says of itself beside what is stored, and computed again by a replay: its run
 * (NULL: none), and as of when texts were counted. */
static void tell_inputs(const char *run, const value *inputs, value *doc)
{
    value all = value_map();
    if (run)
        value_add(&all, "run", value_text(run));
    for (size_t i = 0; i < value_len(doc); i++) {
        value_entry *one = &doc->as.map.items[i];
        value_add(&all, one->key, one->value);
        one->value = value_nil();
        if (strcmp(one->key, "log") == 0)
            counted_tell(value_get_int(inputs, "counted", 0), value_get_int(inputs, "log", 0),
                         &all);
    }
    value_free(doc);
    *doc = all;
}

/* Nothing is left of the results: both at once would take room. */
static value document(const material *m, const match_request *r, const char *today, value *results)
{
    value doc = value_map(), list = value_list_of(value_len(results)),
          failed = failed_rules(&m->plan, results);
    for (size_t i = 0; i < value_len(results); i++) {
        value *one = &results->as.list.items[i];
        const value *row = value_at(&m->demands, i);
        value_push(&list, r->bare ? answer_bare(row, one) : answer_demand(&m->plan, row, one));
        value_free(one);
    }
    value_add(&doc, "scorecard", value_text(m->plan.card->full));
    value_add(&doc, "today", value_text(today));
    value_add(&doc, "log", value_int(m->log));
    value_add(&doc, "failed_rules", failed);
    if (r->bare)
        value_add(&doc, "rules", answer_points_of(&m->plan));
    value_add(&doc, "demands", list);
    return doc;
}

static bool check_request(const match_request *r, err *e)
{
    if (r->top >= 1 && r->top <= MATCH_TOP_MAX)
        return true;
    return err_set(e, ERR_USAGE, "top: expected 1 to %d, got %lld", MATCH_TOP_MAX,
                   (long long)r->top);
}

/* The next match counts texts as this one does when this run says so, or an earlier one did. Few
 * solutions are ranked faster than a file is read; a plan that is to be told must be carried out.
 */
static bool is_kept_for_next(const stage *on, const match_request *r, const material *m, bool *out,
                             err *e)
{
    *out = !on->as_of && !r->steps && !r->bare && (!m->counted || m->solutions.counted || r->keep);
    return !*out || counted_large(on->store, out, e);
}

/* Forgetting clears the cache; of who was forgotten meanwhile this may have put something there
 * again. */
static void check_cache(const stage *on, const material *m)
{
    if (!forget_check_read(on->store, m->log + 1, NULL))
        cache_clear(host_workspace(on->host), NULL);
}

bool match_on(const stage *on, const match_request *r, const value *stopped, value *doc,
              value *inputs, err *e)
{
    material m = {0};
    value results = value_nil();
    char today[CLOCK_DATE_TEXT];
    int64_t began = clock_monotonic_us();
    bool ok = check_request(r, e) && match_today(r->today, today, e) &&
              plan_for(on, r->scorecard, &m.plan, e);
    if (!ok)
        return false;
    plan_stop(&m.plan, stopped);
    scoring s = {.on = on,
                 .plan = &m.plan,
                 .solutions = &m.solutions,
                 .demands = &m.demands,
                 .top = r->top,
                 .seed = r->seed,
                 .today = today,
                 .workers = r->workers,
                 .bare = r->bare,
                 .plan_told = r->steps != NULL,
                 .progress = r->progress,
                 .ctx = r->ctx};
    rerun *from_kept = NULL;
    match_times times = {0};
    bool keeps = false;
    ok = read_material(on, r, &m, e) && is_kept_for_next(on, r, &m, &keeps, e);
    s.log = m.log;
    if (ok) {
        times.records = clock_monotonic_us() - began;
        from_kept = rerun_new(&s, m.counted, keeps, &times);
        ok = rerun_score(from_kept, &results, e);
    }
    if (ok) {
        if (r->steps)
            *r->steps = match_steps(&m.plan, &results);
        rerun_keep(from_kept, &results);
        *doc = document(&m, r, today, &results);
        if (inputs)
            *inputs = inputs_of(on, r, &m, doc);
        if (r->phases)
            *r->phases = match_phases(&times, clock_monotonic_us() - began);
        if (r->kept)
            *r->kept = rerun_kept(from_kept);
    }
    rerun_free(from_kept);
    if (keeps)
        check_cache(on, &m);
    material_free(&m);
    value_free(&results);
    return ok;
}

/* What was found stands, also where a store that is busy or full can't take the run. */
static bool keep_if_asked(const stage *on, const match_request *r, const value *inputs,
                          const value *doc, char **run, err *e)
{
    err why = {0};
    return !r->keep || (*run = store_all(on, inputs, doc, &why)) || run_unkept(&why, r->unkept, e);
}

bool match_run_with(host *h, const match_request *r, value *out, value *inputs, err *e)
{
    stage on = {0};
    value doc = value_nil(), from = value_nil();
    char *run = NULL;
    bool ok = stage_now(h, &on, e);
    on.recounts = r->recounts;
    ok =
        ok && match_on(&on, r, NULL, &doc, &from, e) && keep_if_asked(&on, r, &from, &doc, &run, e);
    stage_free(&on);
    if (!ok) {
        value_free(&doc);
        value_free(&from);
        return false;
    }
    tell_inputs(run, &from, &doc);
    free(run);
    *out = doc;
    *inputs = from;
    return true;
}

bool match_run(host *h, const match_request *r, value *out, err *e)
{
    value inputs = value_nil();
    bool ok = match_run_with(h, r, out, &inputs, e);
    value_free(&inputs);
    return ok;
}
