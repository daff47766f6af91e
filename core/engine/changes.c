/* Tries one field at a time, all tries of a round in one call to a worker; a number's smallest
 * change is then closed in upon. */
#include "engine/changes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/answer.h"
#include "engine/compare_parts.h"
#include "engine/rows.h"
#include "engine/scoring.h"
#include "store/event.h"
#include "store/past.h"
#include "store/run.h"
#include "store/select.h"

/* POINTS: tries between two values in a round; 17^ROUNDS steps are enough for amounts of money. */
enum { POINTS = 16, ROUNDS = 6, OTHERS_MOST = 500 };

typedef struct
try {
    size_t field; /* index into search.fields */
    value new;
    value item;   /* as an explained pair: {score, gates, rules} */
    int64_t rank; /* 0: none */
}
try;

typedef struct search {
    const stage *on;
    const explain_request *ask;
    plan plan;
    value demand, solution; /* records */
    value ranked;           /* of the demand, as it stands */
    value fields;           /* list of the kind's fields that rules read */
    value others;           /* one list a field: values of other solutions */
    value was;              /* the pair as it stands: {rank, score, rules} */
    int64_t rank;
    try *tries;
    size_t len, cap;
} search;

static int64_t rank_with(const search *s, const value *score)
{
    int64_t rank = 1;
    if (!score || value_is(score, VALUE_NIL))
        return 0;
    for (size_t i = 0; i < value_len(&s->ranked); i++) {
        const value *other = value_at(&s->ranked, i);
        const char *id = value_get_str(other, "solution", "");
        const value *theirs = value_get(other, "score");
        if (strcmp(id, s->ask->solution) == 0 || value_is(theirs, VALUE_NIL))
            continue;
        double a = value_as_double(theirs, 0), b = value_as_double(score, 0);
        rank += a > b || (a == b && strcmp(id, s->ask->solution) < 0);
    }
    return rank;
}

static bool gains(const search *s, const try *t)
{
    return t->rank && (!s->rank || t->rank < s->rank);
}

static const value *stands_at(const search *s, size_t field)
{
    const char *name = value_get_str(value_at(&s->fields, field), "name", "");
    return value_get(&s->solution, name);
}

static void add_try(search *s, size_t field, value new)
{
    if (s->len == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 64;
        s->tries = mem_grow(s->tries, s->cap, sizeof *s->tries);
    }
    s->tries[s->len++] = (try){.field = field, .new = new};
}

static void free_tries(search *s)
{
    for (size_t i = 0; i < s->len; i++) {
        value_free(&s->tries[i].new);
        value_free(&s->tries[i].item);
    }
    s->len = 0;
}

static void take_answer(search *s, try *t, const value *result)
{
    const value *said = value_at(value_get(result, "items"), 0);
    value gates = answer_gates(&s->plan, said);
    t->item = value_map();
    const value *score = value_get(said, "score");
    value_add(&t->item, "score", score ? value_copy(score) : value_nil());
    value_add(&t->item, "gates", gates);
    value_add(&t->item, "rules", answer_rules(&s->plan, said));
    t->rank = compare_failed_gate(&t->item) ? 0 : rank_with(s, value_get(&t->item, "score"));
}

static value row_with(const search *s, const try *t)
{
    value record = value_copy(&s->solution);
    value_set(&record, value_get_str(value_at(&s->fields, t->field), "name", ""),
              value_copy(&t->new));
    value row = row_of(&record, &s->plan.solution_fields);
    value_free(&record);
    return row;
}

/* Answers all tries from `first` on. */
static bool ask_all(search *s, size_t first, err *e)
{
    value demands = value_list(), rows = value_list(), results = value_nil();
    char today[CLOCK_DATE_TEXT];
    solution_rows solutions = {
        .store = s->on->store, .kind = ROLE_SOLUTION, .fields = &s->plan.solution_fields};
    for (size_t i = first; i < s->len; i++) {
        value_push(&demands, row_of(&s->demand, &s->plan.demand_fields));
        value_push(&rows, row_with(s, &s->tries[i]));
    }
    int64_t log = s->on->as_of;
    bool ok = match_today(s->ask->today, today, e) &&
              solution_rows_open(&solutions, s->on->as_of, e) &&
              (log || event_head(s->on->store, &log, e));
    scoring run = {.on = s->on,
                   .plan = &s->plan,
                   .solutions = &solutions,
                   .log = log,
                   .demands = &demands,
                   .as = &rows,
                   .top = 1,
                   .only = s->ask->solution,
                   .seed = s->ask->seed,
                   .today = today,
                   .workers = 1};
    ok = ok && scoring_run(&run, &results, e);
    for (size_t i = first; ok && i < s->len; i++)
        take_answer(s, &s->tries[i], value_at(&results, i - first));
    solution_rows_free(&solutions);
    value_free(&demands);
    value_free(&rows);
    value_free(&results);
    return ok;
}

/* The smallest that gains; of those as small the one that gains most; else the first. SIZE_MAX:
 * none.
 */
static size_t best_of(const search *s, size_t field)
{
    size_t best = SIZE_MAX;
    double least = INFINITY;
    for (size_t i = 0; i < s->len; i++) {
        const try *t = &s->tries[i];
        if (t->field != field || !gains(s, t))
            continue;
        double distance =
            changes_distance(value_at(&s->fields, field), stands_at(s, field), &t->new);
        if (best == SIZE_MAX || distance < least ||
            (distance == least && t->rank < s->tries[best].rank)) {
            best = i;
            least = distance;
        }
    }
    return best;
}

/* The largest change towards `to` that gains nothing: from there on the smallest is looked for. */
static const value *last_without(const search *s, size_t field, const value *to)
{
    const value *spec = value_at(&s->fields, field), *stands = stands_at(s, field), *last = stands;
    double most = changes_distance(spec, stands, to), far = 0;
    for (size_t i = 0; i < s->len; i++) {
        const try *t = &s->tries[i];
        double distance = changes_distance(spec, stands, &t->new);
        bool same_way = t->field == field && changes_distance(spec, &t->new, to) < most;
        if (same_way && !gains(s, t) && distance < most && distance > far) {
            far = distance;
            last = &t->new;
        }
    }
    return last;
}

static bool close_in(search *s, err *e)
{
    for (int round = 0; round < ROUNDS; round++) {
        size_t first = s->len;
        for (size_t f = 0; f < value_len(&s->fields); f++) {
            size_t best = best_of(s, f);
            if (best == SIZE_MAX || !stands_at(s, f))
                continue;
            value to = value_copy(&s->tries[best].new), from = value_copy(last_without(s, f, &to)),
                  before = value_nil();
            for (int p = 1; p <= POINTS; p++) {
                value v =
                    changes_between(value_at(&s->fields, f), &from, &to, (double)p / (POINTS + 1));
                if (!value_is(&v, VALUE_NIL) && !value_equal(&v, &before))
                    add_try(s, f, value_copy(&v));
                value_free(&before);
                before = v;
            }
            value_free(&before);
            value_free(&from);
            value_free(&to);
        }
        if (s->len == first)
            return true;
        if (!ask_all(s, first, e))
            return false;
    }
    return true;
}

static bool take_other(void *ctx, const value *record, err *e)
{
    search *s = ctx;
    (void)e;
    for (size_t f = 0; f < value_len(&s->fields); f++) {
        value *list = &s->others.as.list.items[f];
        const value *v = value_get(record, value_get_str(value_at(&s->fields, f), "name", ""));
        bool known = !v || value_is(v, VALUE_NIL) || value_len(list) >= OTHERS_MOST;
        for (size_t i = 0; !known && i < value_len(list); i++)
            known = value_equal(value_at(list, i), v);
        if (!known)
            value_push(list, value_copy(v));
    }
    return true;
}

static bool read_others(search *s, err *e)
{
    selection all = {.kind = ROLE_SOLUTION, .limit = -1, .as_of = s->on->as_of};
    s->others = value_list();
    for (size_t f = 0; f < value_len(&s->fields); f++)
        value_push(&s->others, value_list());
    return store_select(s->on->store, &all, take_other, s, e);
}

/* Does a rule read the field? */
static bool is_read(const plan *p, const char *name)
{
    for (size_t i = 0; i < value_len(&p->solution_fields); i++)
        if (strcmp(value_str(value_at(&p->solution_fields, i), ""), name) == 0)
            return true;
    return false;
}

static void find_fields(search *s)
{
    const contribution *kind = registry_find(s->on->registry, "kind", ROLE_SOLUTION, NULL, NULL);
    const value *fields = kind ? value_get(kind->spec, "fields") : NULL;
    s->fields = value_list();
    for (size_t i = 0; i < value_len(fields); i++)
        if (is_read(&s->plan, value_get_str(value_at(fields, i), "name", "")))
            value_push(&s->fields, value_copy(value_at(fields, i)));
}

static bool read_one(const stage *on, const char *id, value *out, err *e)
{
    return on->as_of ? past_get(on->store, id, on->as_of, out, e)
                     : store_get(on->store, id, out, e);
}

static bool rank_now(search *s, const value *stopped, err *e)
{
    value ids = value_list(), doc = value_nil();
    value_push(&ids, value_text(s->ask->demand));
    const match_request r = {.scorecard = s->ask->scorecard,
                             .demands = &ids,
                             .top = MATCH_TOP_MAX,
                             .today = s->ask->today,
                             .seed = s->ask->seed};
    bool ok = match_on(s->on, &r, stopped, &doc, NULL, e);
    const value *ranked = value_get(value_at(value_get(&doc, "demands"), 0), "ranked");
    if (ok) {
        s->ranked = ranked ? value_copy(ranked) : value_list();
        const value *own = compare_find(&s->ranked, "solution", s->ask->solution);
        s->was = own ? value_copy(own) : value_nil();
        s->rank = value_get_int(own, "rank", 0);
    }
    value_free(&ids);
    value_free(&doc);
    return ok;
}

static value change_of(const search *s, const try *t)
{
    value row = value_map();
    buf name = {0};
    const value *old = stands_at(s, t->field), *score = value_get(&s->was, "score");
    buf_fmt(&name, "%s.%s", ROLE_SOLUTION,
            value_get_str(value_at(&s->fields, t->field), "name", ""));
    value_add(&row, "field", value_text(buf_text(&name)));
    value_add(&row, "old", old ? value_copy(old) : value_nil());
    value_add(&row, "new", value_copy(&t->new));
    value_add(&row, "rank", value_int(t->rank));
    value_add(&row, "rank_was", s->rank ? value_int(s->rank) : value_nil());
    value_add(&row, "score", value_copy(value_get(&t->item, "score")));
    value_add(&row, "score_was", score ? value_copy(score) : value_nil());
    value_add(&row, "rules", compare_rules(&s->was, &t->item));
    buf_free(&name);
    return row;
}

static int by_gain(const void *a, const void *b)
{
    int64_t left = value_get_int(a, "rank", 0), right = value_get_int(b, "rank", 0);
    if (left != right)
        return left < right ? -1 : 1;
    return strcmp(value_get_str(a, "field", ""), value_get_str(b, "field", ""));
}

static value found(const search *s)
{
    value list = value_list();
    for (size_t f = 0; f < value_len(&s->fields); f++) {
        size_t best = best_of(s, f);
        if (best != SIZE_MAX)
            value_push(&list, change_of(s, &s->tries[best]));
    }
    if (value_len(&list))
        qsort(list.as.list.items, value_len(&list), sizeof(value), by_gain);
    return list;
}

static bool try_all(search *s, err *e)
{
    for (size_t f = 0; f < value_len(&s->fields); f++) {
        value list = changes_candidates(value_at(&s->fields, f), stands_at(s, f),
                                        value_at(&s->others, f), &s->demand);
        for (size_t i = 0; i < value_len(&list); i++)
            add_try(s, f, value_copy(value_at(&list, i)));
        value_free(&list);
    }
    return s->len == 0 || (ask_all(s, 0, e) && close_in(s, e));
}

bool changes_find(const stage *on, const explain_request *r, const value *stopped, value *out,
                  err *e)
{
    search s = {.on = on, .ask = r};
    bool ok = plan_for(on, r->scorecard, &s.plan, e) && read_one(on, r->demand, &s.demand, e) &&
              read_one(on, r->solution, &s.solution, e);
    if (ok) {
        plan_stop(&s.plan, stopped);
        find_fields(&s);
        ok = rank_now(&s, stopped, e) && read_others(&s, e) && try_all(&s, e);
    }
    if (ok)
        *out = found(&s);
    free_tries(&s);
    free(s.tries);
    plan_free(&s.plan);
    value_free(&s.demand);
    value_free(&s.solution);
    value_free(&s.ranked);
    value_free(&s.fields);
    value_free(&s.others);
    value_free(&s.was);
    return ok;
}

bool explain_changes(host *h, const char *run, const explain_request *r, value *document, err *e)
{
    value stored = value_nil(), changes = value_nil();
    stage on = {0};
    store *st = workspace_store(host_workspace(h), e);
    bool ok = st && (run ? run_load_match(st, run, &stored, e) : stage_now(h, &on, e));
    const value *inputs = value_get(&stored, "inputs");
    explain_request ask = *r;
    if (run) {
        ask.scorecard = value_get_str(inputs, "scorecard", "");
        ask.today = value_get_str(inputs, "today", NULL);
        ask.seed = (uint64_t)value_get_int(inputs, "seed", 0);
        ok = ok && stage_then(h, inputs, &on, e);
    }
    ok = ok && changes_find(&on, &ask, value_get(inputs, "stopped"), &changes, e);
    if (ok)
        value_add(document, "changes", changes);
    stage_free(&on);
    value_free(&stored);
    return ok;
}
