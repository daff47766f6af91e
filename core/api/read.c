/* read.c: records, queries, search and kinds. Floor: api. */
#include <stdlib.h>

#include "api/polder_in.h"
#include "base/buf.h"
#include "base/json.h"
#include "host/declared.h"
#include "store/kinds.h"
#include "store/past.h"
#include "store/search.h"
#include "store/select.h"

char *polder_get(polder *p, const char *id, polder_error *error)
{
    err *e = api_fresh(error);
    value record = value_nil();
    if (!api_given(id, "id", e) || !store_check_id(id, e) || !store_get(p->store, id, &record, e))
        return NULL;
    char *text = api_json(&record);
    value_free(&record);
    return text;
}

char *polder_get_as_of(polder *p, const char *id, const char *when, polder_error *error)
{
    err *e = api_fresh(error);
    value record = value_nil();
    int64_t seq = 0;
    if (!api_given(id, "id", e) || !api_given(when, "when", e) || !store_check_id(id, e) ||
        !past_at(p->store, when, &seq, e) || !past_get(p->store, id, seq, &record, e))
        return NULL;
    char *text = api_json(&record);
    value_free(&record);
    return text;
}

/* A workspace that was made just now has heard of no kind yet. */
char *polder_kinds(polder *p, polder_error *error)
{
    err *e = api_fresh(error);
    value kinds = value_nil();
    if (!kinds_load(p->store, &kinds, e))
        return NULL;
    if (value_len(&kinds) == 0 && p->reading == 0) {
        value_free(&kinds);
        if (!api_plugins(p, e) || !declared_known(p->host, &kinds, e))
            return NULL;
    }
    char *text = api_json(&kinds);
    value_free(&kinds);
    return text;
}

bool api_row_given(polder_row *row, err *e)
{
    return row || err_set(e, ERR_USAGE, "row is NULL, which it can't be");
}

bool api_row(void *ctx, const value *row, err *e)
{
    api_rows *rows = ctx;
    buf text = {0};
    (void)e;
    json_write(&text, row);
    rows->polder->reading++;
    rows->ended = !rows->row(rows->ctx, buf_text(&text), text.len);
    rows->polder->reading--;
    buf_free(&text);
    return !rows->ended;
}

/* The end of a page: `next` of the caller, when all went well. */
static bool end_page(bool ok, char *end, char **next)
{
    if (ok && next)
        *next = end;
    else
        free(end);
    return ok;
}

bool polder_query(polder *p, const polder_query_options *given, polder_row *row, void *ctx,
                  char **next, polder_error *error)
{
    err *e = api_fresh(error);
    polder_query_options o;
    api_rows rows = {.polder = p, .row = row, .ctx = ctx};
    char *end = NULL;
    if (!api_options(given, offsetof(polder_query_options, where), &o, sizeof o,
                     "polder_query_options", e))
        return false;
    if (!o.kind)
        return err_set(e, ERR_USAGE, "polder_query_options.kind is missing");
    if (!api_row_given(row, e))
        return false;
    int64_t as_of = 0;
    if (o.as_of && !past_at(p->store, o.as_of, &as_of, e))
        return false;
    const selection s = {.kind = o.kind,
                         .as_of = as_of,
                         .where = o.where,
                         .order = o.order,
                         .after = o.after,
                         .limit = o.limit > 0 ? o.limit : -1};
    bool ok = store_select_page(p->store, &s, api_row, &rows, &end, e) || rows.ended;
    return end_page(ok, end, next);
}

static bool pass_found(void *ctx, const value *record, const char *snippet, err *e)
{
    value row = value_copy(record);
    value_set(&row, "snippet", value_text(snippet));
    bool ok = api_row(ctx, &row, e);
    value_free(&row);
    return ok;
}

bool polder_search(polder *p, const polder_search_options *given, polder_row *row, void *ctx,
                   char **next, polder_error *error)
{
    err *e = api_fresh(error);
    polder_search_options o;
    api_rows rows = {.polder = p, .row = row, .ctx = ctx};
    char *end = NULL;
    if (!api_options(given, offsetof(polder_search_options, kind), &o, sizeof o,
                     "polder_search_options", e) ||
        !api_given(o.text, "polder_search_options.text", e) || !api_row_given(row, e))
        return false;
    const search_request r = {
        .text = o.text, .kind = o.kind, .limit = o.limit > 0 ? o.limit : -1, .after = o.after};
    bool ok = store_search_page(p->store, &r, pass_found, &rows, &end, e) || rows.ended;
    return end_page(ok, end, next);
}
