#include "cli/sql_says.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/kinds_known.h"
#include "host/absent.h"
#include "host/declared.h"
#include "store/kinds.h"

enum { NAME_BYTES = 100, SHOWN_BYTES = 240 };

static value tables(db *d)
{
    err ignored = {0};
    value out = value_list();
    query *q = db_prepare(d,
                          "select name from sqlite_master where type = 'view' or name in ('claim',"
                          " 'event', 'record', 'reference', 'run', 'version') order by type desc,"
                          " name",
                          &ignored);
    while (q && query_step(q, &ignored))
        value_push(&out, value_text(query_text(q, 0)));
    query_free(q);
    return out;
}

/* Of those that are named in the statement. */
static value columns(db *d, const char *sql)
{
    value out = value_list(), all = tables(d);
    for (size_t i = 0; i < value_len(&all); i++) {
        err ignored = {0};
        const char *name = value_str(value_at(&all, i), "");
        buf text = {0};
        buf_fmt(&text, "select * from \"%s\" limit 0", name);
        query *q = strcasestr(sql, name) ? db_prepare(d, buf_text(&text), &ignored) : NULL;
        for (int k = 0; q && k < query_columns(q); k++)
            value_push(&out, value_text(query_column_name(q, k)));
        query_free(q);
        buf_free(&text);
    }
    value_free(&all);
    return out;
}

/* The nearest of them; else what there is, as far as it fits. */
static void hint_names(value all, const char *name, err *e)
{
    size_t count = value_len(&all);
    const char **names = mem_zero(count + 1, sizeof *names);
    buf shown = {0};
    for (size_t i = 0; i < count; i++) {
        names[i] = value_str(value_at(&all, i), "");
        if (shown.len < SHOWN_BYTES)
            buf_fmt(&shown, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = text_nearest(name, names, count);
    if (near)
        err_hint(e, "did you mean \"%s\"?", near);
    else if (count)
        err_hint(e, "there are: %s%s", buf_text(&shown), shown.len < SHOWN_BYTES ? "" : ", …");
    free(names);
    buf_free(&shown);
    value_free(&all);
}

static bool has_view(db *d, const char *name)
{
    query *q = db_prepare(
        d, "select 1 from sqlite_master where type = 'view' and name = ? collate nocase", NULL);
    if (q)
        query_bind_text(q, 1, name);
    bool there = q && query_step(q, NULL);
    query_free(q);
    return there;
}

/* A kind of which the store hears only now; or not yet, for another process writes; or whose view
 * somebody took away. */
static bool hint_kind(host *h, db *d, const char *name, err *e)
{
    value known = value_nil(), saved = value_nil();
    bool is_kind = declared_known(h, &known, &(err){0}) && kinds_named(&known, name);
    if (is_kind && kinds_load(workspace_store(host_workspace(h), NULL), &saved, &(err){0})) {
        if (!kinds_named(&saved, name))
            err_hint(e,
                     "the kind %s is new: ask again when the process that writes to the store now "
                     "has finished",
                     name);
        else if (has_view(d, name))
            err_hint(e, "the kind %s is new: ask again", name);
        else
            err_hint(e,
                     "the view of the kind %s is lost: `polder audit reindex` makes it anew, "
                     "`polder audit verify` says what else is",
                     name);
    }
    value_free(&known);
    value_free(&saved);
    return is_kind;
}

/* The name behind `what` in the message, without a table in front of it. */
static bool named(const err *e, const char *what, char out[NAME_BYTES])
{
    const char *at = strstr(e->message, what);
    if (!at)
        return false;
    const char *name = at + strlen(what), *dot = strrchr(name, '.');
    buf kept = {0};
    buf_fmt(&kept, "%.*s", NAME_BYTES - 1, dot ? dot + 1 : name);
    memcpy(out, buf_text(&kept), kept.len + 1);
    buf_free(&kept);
    return true;
}

/* What people try besides select, and what to do instead. */
static void refuse_statement(const char *sql, err *e)
{
    static const char WRITES[] = "records change by `polder put`, `import` and `delete`, each an "
                                 "event with its source";
    static const struct {
        const char *words, *instead;
    } ROWS[] = {
        {"attach|detach", "the SQL sees this workspace's store and no other file"},
        {"pragma", "select name, sql from sqlite_master shows the tables and views, pragma "
                   "table_info(NAME) the columns"},
        {"begin|commit|end|rollback|savepoint|release",
         "a statement sees one moment of the store by itself"},
    };
    char word[16] = "";
    const char *at = sql + strspn(sql, " \t\r\n(");
    size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (len < sizeof word)
        memcpy(word, at, len);
    for (char *p = word; *p; p++)
        *p = (char)(*p | 0x20);
    const char *instead = WRITES;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (*word && choices_have(ROWS[i].words, word))
            instead = ROWS[i].instead;
    bool reads = !*word || choices_have("select|with|values|explain", word);
    err_set(e, ERR_NOT_ALLOWED, "--sql only reads: a select, not %s",
            reads ? "what writes, or reaches outside the store" : word);
    err_hint(e, "%s", instead);
}

bool sql_says(cli *c, db *d, const char *sql, err *e)
{
    char name[NAME_BYTES];
    if (e->code == ERR_LIMIT && strstr(e->message, "longer than its limit")) {
        err_hint(e, "ask for less, or give it more time, such as --seconds 60");
    } else if (e->code == ERR_NOT_ALLOWED || strstr(e->message, "cannot modify") ||
               strcmp(e->message, "SQL: not authorized") == 0) {
        refuse_statement(sql, e);
    } else if (e->code == ERR_USAGE && named(e, "no such table: ", name)) {
        host *h = cli_host(c, &(err){0});
        err_set(e, ERR_USAGE, "SQL: there is no table or view \"%s\"", name);
        hint_names(tables(d), name, e);
        if (h && cli_loaded(c, &(err){0}) && !hint_kind(h, d, name, e))
            absent_hint(host_plugins(h), e);
    } else if (e->code == ERR_USAGE && named(e, "no such column: ", name)) {
        err_set(e, ERR_USAGE, "SQL: there is no column \"%s\"", name);
        hint_names(columns(d, sql), name, e);
    }
    return false;
}
