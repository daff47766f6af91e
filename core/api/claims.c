/* claims.c: what sources state, where they disagree, and what people decide about that. Floor: api.
 */
#include "api/polder_in.h"
#include "host/cache.h"
#include "store/conflict.h"
#include "store/forget.h"
#include "store/past.h"
#include "store/settle.h"

char *polder_claims(polder *p, const char *id, const char *when, polder_error *error)
{
    err *e = api_fresh(error);
    value claims = value_nil();
    int64_t seq = 0;
    if (!api_given(id, "id", e) || !store_check_id(id, e) ||
        (when && !past_at(p->store, when, &seq, e)) ||
        !past_claims_all(p->store, id, seq, &claims, e))
        return NULL;
    char *text = api_json(&claims);
    value_free(&claims);
    return text;
}

bool polder_conflicts(polder *p, const char *id, polder_row *row, void *ctx, polder_error *error)
{
    err *e = api_fresh(error);
    api_rows rows = {.polder = p, .row = row, .ctx = ctx};
    if (!api_row_given(row, e) || (id && !store_check_id(id, e)))
        return false;
    return store_conflicts(p->store, id, api_row, &rows, e) || rows.ended;
}

/* A decision as an event with its reason: `decide` may need no field or source. */
typedef struct decision {
    const char *id, *field, *source, *why;
    value *out;
} decision;

/* What is done in part is done: handlers and listeners are told of it. */
static bool decide(polder *p, bool (*how)(store *st, const decision *d, err *e), const decision *d,
                   err *e)
{
    sigpipe held;
    err why = {0};
    bool ok = api_change_begin(p, &held, &why) && how(p->store, d, &why);
    api_change_end(p, &held, ok || why.code == ERR_PARTIAL);
    return ok || err_copy(e, &why);
}

static bool settle(store *st, const decision *d, err *e)
{
    return store_settle(st, d->id, d->field, d->source, d->why, e);
}

static bool unsettle(store *st, const decision *d, err *e)
{
    return store_unsettle(st, d->id, d->field, d->why, e);
}

static bool withdraw(store *st, const decision *d, err *e)
{
    return store_withdraw(st, d->source, d->why, NULL, NULL, d->out, e);
}

static bool restore(store *st, const decision *d, err *e)
{
    return store_restore(st, d->source, d->why, NULL, NULL, d->out, e);
}

static bool forget(store *st, const decision *d, err *e)
{
    return store_forget(st, d->id, d->why, d->out, e);
}

bool polder_settle(polder *p, const char *id, const char *field, const char *source,
                   const char *why, polder_error *error)
{
    err *e = api_fresh(error);
    const decision d = {.id = id, .field = field, .source = source, .why = why};
    return api_given(id, "id", e) && api_given(field, "field", e) && api_given(why, "why", e) &&
           decide(p, settle, &d, e);
}

bool polder_unsettle(polder *p, const char *id, const char *field, const char *why,
                     polder_error *error)
{
    err *e = api_fresh(error);
    const decision d = {.id = id, .field = field, .why = why};
    return api_given(id, "id", e) && api_given(field, "field", e) && api_given(why, "why", e) &&
           decide(p, unsettle, &d, e);
}

static char *told(polder *p, bool (*how)(store *st, const decision *d, err *e), decision d, err *e)
{
    value document = value_nil();
    d.out = &document;
    char *text = decide(p, how, &d, e) ? api_json(&document) : NULL;
    value_free(&document);
    return text;
}

char *polder_withdraw(polder *p, const char *source, const char *why, polder_error *error)
{
    err *e = api_fresh(error);
    if (!api_given(source, "source", e) || !api_given(why, "why", e))
        return NULL;
    return told(p, withdraw, (decision){.source = source, .why = why}, e);
}

char *polder_restore(polder *p, const char *source, const char *why, polder_error *error)
{
    err *e = api_fresh(error);
    if (!api_given(source, "source", e) || !api_given(why, "why", e))
        return NULL;
    return told(p, restore, (decision){.source = source, .why = why}, e);
}

/* What was erased stands in no answer that was kept either. */
char *polder_forget(polder *p, const char *id, const char *why, polder_error *error)
{
    err *e = api_fresh(error);
    if (!api_given(id, "id", e) || !api_given(why, "why", e))
        return NULL;
    char *text = told(p, forget, (decision){.id = id, .why = why}, e);
    if (text && !cache_clear(p->ws, e)) {
        polder_text_free(text);
        text = NULL;
    }
    return text;
}
