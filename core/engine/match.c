#include "engine/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/answer.h"
#include "engine/rows.h"
#include "engine/scorecard.h"
#include "engine/scoring.h"
#include "store/event.h"
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

static bool one_demand(store *st, const char *id, taking *t, err *e)
{
    value record = value_nil();
    if (!store_get(st, id, &record, e))
        return false;
    bool is_demand = strcmp(value_get_str(&record, "kind", ""), ROLE_DEMAND) == 0;
    if (is_demand)
        take_demand(t, &record, e);
    value_free(&record);
    return is_demand || err_set(e, ERR_USAGE, "%s is not a %s", id, ROLE_DEMAND);
}

static bool read_demands(store *st, const value *ids, const value *fields, value *rows, err *e)
{
    taking t = {.rows = rows, .fields = fields};
    selection all = {.kind = ROLE_DEMAND, .limit = -1};
    *rows = value_list();
    if (value_len(ids) == 0)
        return store_select(st, &all, take_demand, &t, e);
    for (size_t i = 0; i < value_len(ids); i++)
        if (!one_demand(st, value_str(value_at(ids, i), ""), &t, e))
            return false;
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

/* What a run needs to be repeated: nothing here depends on the machine. */
static value inputs_of(const match_request *r, const plan *p, host *h, const value *doc)
{
    value inputs = value_map(), plugins = value_map();
    for (size_t i = 0; i < value_len(&p->plugins); i++) {
        err ignored = {0};
        const char *name = value_str(value_at(&p->plugins, i), "");
        const plugin *found = plugin_find(host_plugins(h), name, &ignored);
        value *row = value_add(&plugins, name, value_map());
        value_add(row, "version", value_text(value_get_str(&found->manifest, "version", "")));
        value_add(row, "hash", value_text(found->hash));
        value_add(row, "settings", value_copy(&found->settings));
    }
    value_add(&inputs, "scorecard", value_text(p->card->full));
    value_add(&inputs, "today", value_copy(value_get(doc, "today")));
    value_add(&inputs, "seed", value_int((int64_t)r->seed));
    value_add(&inputs, "top", value_int(r->top));
    value_add(&inputs, "demands", r->demands ? value_copy(r->demands) : value_list());
    value_add(&inputs, "log", value_copy(value_get(doc, "log")));
    value_add(&inputs, "plugins", plugins);
    return inputs;
}

static bool keep_run(store *st, const value *inputs, value *doc, err *e)
{
    char *id = run_store(st, "match", inputs, doc, e);
    if (!id)
        return false;
    value with_id = value_map();
    value_add(&with_id, "run", value_text(id));
    for (size_t i = 0; i < value_len(doc); i++)
        value_add(&with_id, doc->as.map.items[i].key, value_copy(&doc->as.map.items[i].value));
    value_free(doc);
    *doc = with_id;
    free(id);
    return true;
}

static value document(const plan *p, const char *today, int64_t log, const value *demands,
                      const solution_rows *solutions, const value *results)
{
    value doc = value_map(), list = value_list();
    for (size_t i = 0; i < value_len(results); i++)
        value_push(&list,
                   answer_demand(p, value_at(demands, i), &solutions->ids, value_at(results, i)));
    value_add(&doc, "scorecard", value_text(p->card->full));
    value_add(&doc, "today", value_text(today));
    value_add(&doc, "log", value_int(log));
    value_add(&doc, "failed_rules", answer_failed_rules(p, results));
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

bool match_run(host *h, const match_request *r, value *out, err *e)
{
    plan p = {0};
    solution_rows solutions = {0};
    value demands = value_nil(), results = value_nil(), doc = value_nil();
    char today[CLOCK_DATE_TEXT];
    int64_t log = 0;
    bool ok = false;
    store *st = workspace_store(host_workspace(h), e);

    if (!st || !check_request(r, e) || !match_today(r->today, today, e) || !host_load(h, e) ||
        !plan_for(h, r->scorecard, &p, e) || !event_head(st, &log, e) ||
        !read_demands(st, r->demands, &p.demand_fields, &demands, e) ||
        !solution_rows_read(st, ROLE_SOLUTION, &p.solution_fields, &solutions, e))
        goto done;
    scoring s = {.host = h,
                 .plan = &p,
                 .solutions = &solutions,
                 .demands = &demands,
                 .top = r->top,
                 .only = -1,
                 .seed = r->seed,
                 .today = today,
                 .workers = r->workers,
                 .progress = r->progress,
                 .ctx = r->ctx};
    if (!scoring_run(&s, &results, e))
        goto done;
    doc = document(&p, today, log, &demands, &solutions, &results);
    if (r->keep) {
        value inputs = inputs_of(r, &p, h, &doc);
        ok = keep_run(st, &inputs, &doc, e);
        value_free(&inputs);
    } else {
        ok = true;
    }
    if (ok) {
        *out = doc;
        doc = value_nil();
    }
done:
    plan_free(&p);
    solution_rows_free(&solutions);
    value_free(&demands);
    value_free(&results);
    value_free(&doc);
    return ok;
}
