#include "cli/events_handlers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/events_waiting.h"
#include "cli/out.h"
#include "cli/react.h"
#include "cli/table.h"
#include "host/waiting.h"
#include "store/handler.h"

static bool parked(cli *c, err *e)
{
    static const rows_column COLUMNS[] = {
        {"id", "nr", COLUMN_RIGHT},           {"handler", "handler", 0},
        {"event", "event", COLUMN_RIGHT},     {"type", "type", 0},
        {"subject", "about", COLUMN_SHRINKS}, {"message", "why", COLUMN_WRAPS}};
    value list = value_nil();
    store *st = cli_store(c, e);
    if (!st || !handler_parked(st, &list, e))
        return false;
    rows *out = rows_new(rows_format_of(c), COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < value_len(&list); i++) {
        value *row = &list.as.list.items[i];
        value_drop(row, "next_ms");
        rows_add(out, row);
    }
    rows_end(out, "nothing is parked");
    rows_free(out);
    value_free(&list);
    return out_ok(e);
}

static bool waiting(cli *c, err *e)
{
    host *h = cli_loaded(c, e);
    value list = value_nil();
    if (!h || !waiting_list(h, &list, e))
        return false;
    events_waiting_print(rows_format_of(c), &list);
    value_free(&list);
    return out_ok(e);
}

/* *waits is taken over. */
static bool print_runs(const cli *c, int64_t runs, value *waits, err *e)
{
    if (c->json) {
        value document = value_map();
        value_add(&document, "runs", value_int(runs));
        value_add(&document, "waiting", *waits);
        *waits = value_nil();
        out_json(&document);
        value_free(&document);
    } else {
        events_runs_print(runs, waits);
    }
    return out_ok(e);
}

/* What still waits is told also when a handler failed: that is when it matters. */
static bool run_due(cli *c, err *e)
{
    err why = {0};
    int64_t runs = 0;
    value waits = value_nil();
    bool ok = cli_writer(c, e) && (react_now(c, &runs, &why) || why.code == ERR_PARTIAL);
    if (!ok)
        return why.code == ERR_NONE ? false : err_copy(e, &why);
    ok = waiting_list(c->host, &waits, e) && print_runs(c, runs, &waits, e);
    value_free(&waits);
    return ok && (why.code == ERR_NONE || err_copy(e, &why));
}

static bool retry(cli *c, err *e)
{
    const char *word = args_word(&c->args, 1);
    char *end = NULL;
    errno = 0;
    long long id = word ? strtoll(word, &end, 10) : 0;
    if (!word || *end || errno || id <= 0) {
        err_set(e, ERR_USAGE,
                "expected the number of what is parked, as in `polder events retry 3`");
        return err_hint(e, "`polder events parked` lists them");
    }
    store *st = cli_writer(c, e);
    return st && handler_retry(st, id, e) && run_due(c, e);
}

bool events_handlers(cli *c, err *e)
{
    const char *what = args_word(&c->args, 0);
    if (strcmp(what, "retry") == 0)
        return retry(c, e);
    if (args_word(&c->args, 1)) {
        err_set(e, ERR_USAGE, "events %s takes no argument", what);
        return err_hint(e, "usage: polder events waiting, polder events parked, polder events run, "
                           "polder events retry NR");
    }
    if (strcmp(what, "waiting") == 0)
        return waiting(c, e);
    return strcmp(what, "parked") == 0 ? parked(c, e) : run_due(c, e);
}
