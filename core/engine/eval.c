#include "engine/eval.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "engine/counted.h"
#include "engine/quality.h"
#include "store/run.h"

typedef struct judged {
    const qrels_row *rows; /* of one demand */
    size_t count, relevant;
    quality now;
    int64_t first;     /* place of the first right one, 0: none */
    const char *group; /* NULL: none; borrowed from `groups` */
} judged;

typedef struct evaluation {
    qrels known;
    judged *all;
    size_t len;
    value groups; /* list of texts, one a demand */
} evaluation;

/* Demands without a right answer say nothing of a ranking. */
static void find_demands(evaluation *v)
{
    v->all = mem_zero(v->known.len + 1, sizeof *v->all);
    for (size_t at = 0, count; at < v->known.len; at += count) {
        judged j = {.rows = &v->known.rows[at]};
        count = j.count = qrels_of_demand(&v->known, at);
        for (size_t i = 0; i < count; i++)
            j.relevant += j.rows[i].relevance > 0;
        if (j.relevant)
            v->all[v->len++] = j;
    }
}

static const value *ranked_of(const value *document, const char *demand)
{
    const value *demands = value_get(document, "demands");
    for (size_t i = 0; i < value_len(demands); i++)
        if (strcmp(value_get_str(value_at(demands, i), "demand", ""), demand) == 0)
            return value_get(value_at(demands, i), "ranked");
    return NULL;
}

/* As deep as `top`. */
static quality judge(const judged *j, const value *ranked, int64_t top, int64_t *first)
{
    size_t places = value_len(ranked), known = 0;
    if (top >= 0 && places > (size_t)top)
        places = (size_t)top;
    double *relevance = mem_zero(places + 1, sizeof *relevance);
    double *right = mem_zero(j->count, sizeof *right);
    *first = 0;
    for (size_t i = 0; i < places; i++) {
        const char *id = value_get_str(value_at(ranked, i), "solution", "");
        relevance[i] = qrels_relevance(j->rows, j->count, id);
        relevance[i] = relevance[i] > 0 ? relevance[i] : 0;
        if (relevance[i] > 0 && !*first)
            *first = (int64_t)i + 1;
    }
    for (size_t i = 0; i < j->count; i++)
        if (j->rows[i].relevance > 0)
            right[known++] = j->rows[i].relevance;
    quality q = quality_one(relevance, places, right, known);
    free(relevance);
    free(right);
    return q;
}

static void add_metrics(value *to, const quality *q)
{
    for (size_t m = 0; m < QUALITY_METRICS; m++)
        value_add(to, QUALITY_NAMES[m], value_double(q->of[m]));
}

static value pair_of(double low, double high)
{
    value pair = value_list();
    value_push(&pair, value_double(low));
    value_push(&pair, value_double(high));
    return pair;
}

static void add_all(const evaluation *v, uint64_t seed, value *doc)
{
    quality *now = mem_zero(v->len + 1, sizeof *now), low, high;
    for (size_t i = 0; i < v->len; i++)
        now[i] = v->all[i].now;
    quality mean = quality_mean(now, v->len);
    quality_interval(now, v->len, seed, &low, &high);
    value_add(doc, "n", value_int((int64_t)v->len));
    add_metrics(doc, &mean);
    value *intervals = value_add(doc, "intervals", value_map());
    for (size_t m = 0; m < QUALITY_METRICS; m++)
        value_add(intervals, QUALITY_NAMES[m], pair_of(low.of[m], high.of[m]));
    free(now);
}

static void add_demands(const evaluation *v, value *doc)
{
    value *list = value_add(doc, "demands", value_list());
    for (size_t i = 0; i < v->len; i++) {
        const judged *j = &v->all[i];
        value *row = value_push(list, value_map());
        value_add(row, "demand", value_text(j->rows[0].demand));
        if (j->group)
            value_add(row, "group", value_text(j->group));
        add_metrics(row, &j->now);
        value_add(row, "relevant", value_int((int64_t)j->relevant));
        value_add(row, "first", j->first ? value_int(j->first) : value_nil());
    }
}

/* A field as one text: terms of a list side by side. */
static value group_text(const value *record, const char *field)
{
    const value *v = value_get(record, field);
    buf text = {0};
    if (value_is(v, VALUE_TEXT))
        buf_str(&text, value_str(v, ""));
    else if (value_is(v, VALUE_LIST))
        for (size_t i = 0; i < value_len(v); i++)
            buf_fmt(&text, "%s%s", i ? ", " : "", value_str(value_at(v, i), "?"));
    else if (value_is(v, VALUE_BOOL))
        buf_str(&text, value_as_bool(v, false) ? "true" : "false");
    else if (value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE))
        buf_fmt(&text, "%.14g", value_as_double(v, 0));
    value group = value_text(buf_text(&text));
    buf_free(&text);
    return group;
}

static bool read_groups(evaluation *v, store *st, const char *field, err *e)
{
    v->groups = value_list();
    for (size_t i = 0; field && i < v->len; i++) {
        value record = value_nil();
        if (!store_get(st, v->all[i].rows[0].demand, &record, e))
            return false;
        value_push(&v->groups, group_text(&record, field));
        value_free(&record);
    }
    bool found = false;
    for (size_t i = 0; field && i < v->len; i++) {
        v->all[i].group = value_str(value_at(&v->groups, i), "");
        found = found || *v->all[i].group;
    }
    return !field || found ||
           err_set(e, ERR_USAGE, "none of the %zu demands has a field '%s'", v->len, field);
}

static int by_group(const void *a, const void *b)
{
    const judged *x = *(judged *const *)a, *y = *(judged *const *)b;
    int order = strcmp(x->group, y->group);
    return order ? order : strcmp(x->rows[0].demand, y->rows[0].demand);
}

static void add_groups(const evaluation *v, value *doc)
{
    value *list = value_add(doc, "groups", value_list());
    judged **order = mem_zero(v->len + 1, sizeof *order);
    quality *some = mem_zero(v->len + 1, sizeof *some);
    for (size_t i = 0; i < v->len; i++)
        order[i] = &v->all[i];
    qsort(order, v->len, sizeof(*order), by_group);
    for (size_t from = 0, count; from < v->len; from += count) {
        const char *group = order[from]->group;
        for (count = 0; from + count < v->len && !strcmp(order[from + count]->group, group);
             count++)
            some[count] = order[from + count]->now;
        quality mean = quality_mean(some, count);
        value *row = value_push(list, value_map());
        value_add(row, "group", value_text(group));
        value_add(row, "n", value_int((int64_t)count));
        add_metrics(row, &mean);
    }
    free(order);
    free(some);
}

/* Only demands that both have ranked can be compared, and only as deep as both were. */
static void compare(const evaluation *v, const value *run, const value *ranking, int64_t top,
                    uint64_t seed, value *to)
{
    quality *was = mem_zero(v->len + 1, sizeof *was), *now = mem_zero(v->len + 1, sizeof *now);
    quality *change = mem_zero(v->len + 1, sizeof *change), low, high;
    size_t count = 0;
    for (size_t i = 0; i < v->len; i++) {
        int64_t first;
        const char *demand = v->all[i].rows[0].demand;
        const value *ranked = ranked_of(value_get(run, "result"), demand);
        if (!ranked)
            continue;
        was[count] = judge(&v->all[i], ranked, top, &first);
        now[count] = judge(&v->all[i], ranked_of(ranking, demand), top, &first);
        for (size_t m = 0; m < QUALITY_METRICS; m++)
            change[count].of[m] = now[count].of[m] - was[count].of[m];
        count++;
    }
    quality before = quality_mean(was, count), after = quality_mean(now, count);
    quality difference = quality_mean(change, count), p = quality_chance(change, count, seed);
    quality_interval(change, count, seed, &low, &high);
    value_add(to, "n", value_int((int64_t)count));
    for (size_t m = 0; m < QUALITY_METRICS; m++) {
        value *row = value_add(to, QUALITY_NAMES[m], value_map());
        value_add(row, "was", value_double(before.of[m]));
        value_add(row, "now", value_double(after.of[m]));
        value_add(row, "difference", value_double(difference.of[m]));
        value_add(row, "interval", pair_of(low.of[m], high.of[m]));
        value_add(row, "p", value_double(p.of[m]));
    }
    free(was);
    free(now);
    free(change);
}

static bool add_against(const evaluation *v, store *st, const eval_request *r, const value *ranking,
                        value *doc, err *e)
{
    value run = value_nil();
    if (!r->against)
        return true;
    if (!run_load_match(st, r->against, &run, e))
        return false;
    value *to = value_add(doc, "against", value_map());
    value_add(to, "run", value_copy(value_get(&run, "id")));
    value_add(to, "scorecard",
              value_text(value_get_str(value_get(&run, "result"), "scorecard", "")));
    int64_t top = value_get_int(value_get(&run, "inputs"), "top", r->match.top);
    top = top < r->match.top ? top : r->match.top;
    value_add(to, "top", value_int(top));
    compare(v, &run, ranking, top, r->match.seed, to);
    value_free(&run);
    return true;
}

static bool match_known(host *h, evaluation *v, const eval_request *r, value *ranking, err *e)
{
    match_request asked = r->match;
    value demands = value_list();
    for (size_t i = 0; i < v->len; i++)
        value_push(&demands, value_text(v->all[i].rows[0].demand));
    asked.demands = &demands;
    bool ok = match_run(h, &asked, ranking, e);
    for (size_t i = 0; ok && i < v->len; i++) {
        const value *one = value_at(value_get(ranking, "demands"), i);
        v->all[i].now = judge(&v->all[i], value_get(one, "ranked"), asked.top, &v->all[i].first);
    }
    value_free(&demands);
    return ok;
}

static bool read_known(evaluation *v, const char *path, store *st, value *unknown, err *e)
{
    if (!qrels_read_known(path, st, &v->known, unknown, e))
        return false;
    find_demands(v);
    return true;
}

bool eval_run(host *h, const eval_request *r, value *out, err *e)
{
    evaluation v = {0};
    value doc = value_map(), ranking = value_nil(), unknown = value_list();
    store *st = workspace_store(host_workspace(h), e);
    bool ok = st && read_known(&v, r->qrels, st, &unknown, e) && read_groups(&v, st, r->group, e) &&
              match_known(h, &v, r, &ranking, e);
    if (ok) {
        value_add(&doc, "scorecard", value_copy(value_get(&ranking, "scorecard")));
        value_add(&doc, "today", value_copy(value_get(&ranking, "today")));
        value_add(&doc, "log", value_copy(value_get(&ranking, "log")));
        counted_tell(value_get_int(&ranking, "counted", 0), 0, &doc);
        value_add(&doc, "qrels", value_text(r->qrels));
        value_add(&doc, "top", value_int(r->match.top));
        add_all(&v, r->match.seed, &doc);
        add_demands(&v, &doc);
        if (r->group)
            add_groups(&v, &doc);
        ok = add_against(&v, st, r, &ranking, &doc, e);
        value_add(&doc, "unknown", unknown);
        unknown = value_nil();
        value_add(&doc, "failed_rules", value_copy(value_get(&ranking, "failed_rules")));
    }
    if (ok) {
        *out = doc;
        doc = value_nil();
    }
    value_free(&doc);
    value_free(&ranking);
    value_free(&unknown);
    value_free(&v.groups);
    free(v.all);
    qrels_free(&v.known);
    return ok;
}
