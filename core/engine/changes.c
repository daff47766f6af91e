/* Tries one field at a time, all tries of a round in one call to a worker; the smallest change of a
 * number or place is then closed in upon. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/answer.h"
#include "engine/changes_candidates.h"
#include "engine/changes_parts.h"
#include "engine/compare_parts.h"
#include "store/past.h"
#include "store/run.h"
#include "store/schema.h"

/* So many rounds of changes_close_in are enough for amounts of money. */
enum { ROUNDS = 6 };

const value *changes_stands(const search *s, size_t field)
{
    const char *name = value_get_str(value_at(&s->fields, field), "name", "");
    return value_get(&s->solution, name);
}

value changes_name(const search *s, size_t field)
{
    buf name = {0};
    buf_fmt(&name, "%s.%s", ROLE_SOLUTION, value_get_str(value_at(&s->fields, field), "name", ""));
    value told = value_text(buf_text(&name));
    buf_free(&name);
    return told;
}

try *changes_try(search *s, size_t field, value new)
{
    if (s->len == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 64;
        s->tries = mem_grow(s->tries, s->cap, sizeof *s->tries);
    }
    s->tries[s->len] = (try){.field = field, .new = new};
    return &s->tries[s->len++];
}

static void free_tries(search *s)
{
    for (size_t i = 0; i < s->len; i++) {
        value_free(&s->tries[i].new);
        value_free(&s->tries[i].words);
        value_free(&s->tries[i].towards);
        value_free(&s->tries[i].item);
    }
    s->len = 0;
}

static bool close_in_on_all(search *s, err *e)
{
    for (int round = 0; round < ROUNDS; round++) {
        size_t first = s->len;
        for (size_t f = 0; f < value_len(&s->fields); f++)
            changes_close_in(s, f);
        if (s->len == first)
            return true;
        if (!changes_ask(s, first, e))
            return false;
    }
    return true;
}

static bool read_one(const stage *on, const char *id, value *out, err *e)
{
    return on->as_of ? past_get(on->store, id, on->as_of, out, e)
                     : store_get(on->store, id, out, e);
}

static value change_of(const search *s, const try *t)
{
    value row = value_map();
    bool had = s->rank || s->beyond;
    const value *old = changes_stands(s, t->field), *score = value_get(&s->was, "score");
    value_add(&row, "field", changes_name(s, t->field));
    value_add(&row, "old", old ? value_copy(old) : value_nil());
    value_add(&row, "new", value_copy(&t->new));
    if (value_len(&t->words))
        value_add(&row, "words", value_copy(&t->words));
    double km = place_km(old, &t->new);
    if (!isnan(km))
        value_add(&row, "km", value_double(round(km * 10) / 10));
    if (!value_is(&t->towards, VALUE_NIL))
        value_add(&row, "towards", value_copy(&t->towards));
    value_add(&row, "rank", value_int(t->rank));
    value_add(&row, "rank_was", s->rank ? value_int(s->rank) : value_nil());
    value_add(&row, "score", value_copy(value_get(&t->item, "score")));
    value_add(&row, "score_was", score && had ? value_copy(score) : value_nil());
    value_add(&row, "rules", compare_rules(&s->was, &t->item));
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
        size_t best = changes_best(s, f);
        if (best != SIZE_MAX)
            value_push(&list, change_of(s, &s->tries[best]));
    }
    if (value_len(&list))
        qsort(list.as.list.items, value_len(&list), sizeof(value), by_gain);
    return list;
}

/* Where in the demand the value stands: "demand.place"; nil when it is another's. */
static value whose(const search *s, size_t field, const value *v)
{
    const value *asked = value_at(&s->asked, field);
    for (size_t i = 0; place_is_known(v) && i < value_len(asked); i++) {
        const value_entry *from = &asked->as.map.items[i];
        buf name = {0};
        if (!value_equal(&from->value, v))
            continue;
        buf_fmt(&name, "%s.%s", ROLE_DEMAND, from->key);
        value told = value_text(buf_text(&name));
        buf_free(&name);
        return told;
    }
    return value_nil();
}

static void try_field(search *s, size_t field)
{
    const value *spec = value_at(&s->fields, field);
    bool others = value_len(value_at(&s->spoken, field)) == 0 || changes_is_undeclared(spec);
    value list = changes_candidates(spec, changes_stands(s, field),
                                    others ? value_at(&s->others, field) : NULL,
                                    value_at(&s->asked, field), value_at(&s->named, field));
    for (size_t i = 0; i < value_len(&list); i++) {
        if (!schema_check(spec, value_at(&list, i), NULL))
            continue; /* no record could have it */
        try *t = changes_try(s, field, value_copy(value_at(&list, i)));
        t->towards = whose(s, field, &t->new);
    }
    value_free(&list);
}

/* The first try changes nothing: how the pair stands, gates and all. */
static bool try_all(search *s, err *e)
{
    const value *stands = changes_stands(s, 0);
    if (value_len(&s->fields) == 0)
        return true;
    changes_try(s, 0, stands ? value_copy(stands) : value_nil());
    for (size_t f = 0; f < value_len(&s->fields); f++)
        try_field(s, f);
    changes_try_words(s);
    if (!changes_ask(s, 0, e))
        return false;
    s->was = value_copy(&s->tries[0].item);
    s->failed = s->tries[0].failed;
    s->beyond = s->beyond && s->tries[0].rank > 0;
    return changes_more_words(s, e) && close_in_on_all(s, e);
}

bool changes_find(const stage *on, const explain_request *r, const value *stopped, value *out,
                  value *untried, int64_t *rank, err *e)
{
    search s = {.on = on, .ask = r};
    bool ok = match_today(r->today, s.today, e) && plan_for(on, r->scorecard, &s.plan, e) &&
              read_one(on, r->demand, &s.demand, e) && read_one(on, r->solution, &s.solution, e);
    if (ok) {
        plan_stop(&s.plan, stopped);
        changes_find_fields(&s);
        ok = changes_rank_now(&s, e);
    }
    if (ok && s.rank != 1) { /* nothing is above first */
        ok = changes_read_others(&s, e);
        changes_find_asked(&s);
        ok = ok && try_all(&s, e);
    }
    if (ok) {
        *out = found(&s);
        *untried = s.rank == 1 ? value_list() : changes_untried(&s);
        *rank = s.rank;
    }
    scoring_close(s.crew);
    solution_rows_free(&s.solutions);
    free_tries(&s);
    free(s.tries);
    plan_free(&s.plan);
    value_free(&s.demand);
    value_free(&s.solution);
    value_free(&s.ranked);
    value_free(&s.fields);
    value_free(&s.asked);
    value_free(&s.spoken);
    value_free(&s.others);
    value_free(&s.named);
    value_free(&s.was);
    return ok;
}

bool explain_changes(host *h, const char *run, const explain_request *r, value *document, err *e)
{
    value stored = value_nil(), changes = value_nil(), untried = value_nil();
    stage on = {0};
    int64_t rank = 0;
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
    ok = ok && changes_find(&on, &ask, value_get(inputs, "stopped"), &changes, &untried, &rank, e);
    if (ok) {
        value_set(document, "rank", rank ? value_int(rank) : value_nil());
        value_add(document, "changes", changes);
        value_add(document, "untried", untried);
    }
    stage_free(&on);
    value_free(&stored);
    return ok;
}
