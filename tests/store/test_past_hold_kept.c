/* Somebody writes in the file beside Polder: each column of each table is changed in turn, and each
 * row taken away. What answers people is held against the log, so that `audit verify` tells. */
#include "support.h"

#include "base/sign.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/forget.h"
#include "store/head.h"
#include "store/kinds.h"
#include "store/plugin_source.h"
#include "store/run.h"
#include "store/settle.h"

/* What changes nothing that people see, or is of no event: places in an order of their own, how far
 * handlers are, what is made again when it is lost. The index's own pages are held word by word
 * (past_hold_found.c), and a kept plugin without any file is one that was erased. */
static const char *const FREE[] = {
    "claim.id",          "claim.first",  "version.id",      "settlement.id",   "withdrawal.id",
    "head_signature.*",  "meta.*",       "handler_*.*",     "plugin_source.*", "search_config.*",
    "search_data.block", "search_idx.*", "plugin_file.row",
};

static bool is_free(const char *table, const char *column)
{
    char name[80];
    snprintf(name, sizeof name, "%s.%s", table, column);
    for (size_t i = 0; i < sizeof FREE / sizeof *FREE; i++)
        if (text_glob(FREE[i], name))
            return true;
    return false;
}

static void fill(fixture *f)
{
    err e = {0};
    store *st = f->st;
    value kinds = json("[{\"name\":\"ship\",\"plugin\":\"p\",\"title\":{\"nl\":\"S\",\"en\":\"S\"},"
                       "\"fields\":[{\"name\":\"title\",\"type\":\"text\"},"
                       "{\"name\":\"code\",\"type\":\"text\",\"unique\":true},"
                       "{\"name\":\"of\",\"type\":\"reference\",\"kind\":\"ship\"},"
                       "{\"name\":\"mail\",\"type\":\"text\",\"personal\":true}]}]");
    if (!kinds_save(st, &kinds, &e))
        fail_msg("%s", e.message);
    put_json(st, "source/a", "{\"title\":\"Aap\",\"reliability\":\"A\"}", NULL);
    put_json(st, "source/b", "{\"title\":\"Bes\",\"reliability\":\"E\"}", NULL);
    put_json(st, "ship/a", "{\"title\":\"Aak\",\"code\":\"a\",\"of\":\"ship/b\"}", "source/a");
    put_json(st, "ship/a", "{\"title\":\"Botter\"}", "source/b");
    put_json(st, "ship/b", "{\"title\":\"Boeier op de wadden\",\"code\":\"b\"}", "source/b");
    put_json(st, "ship/b", "{\"mail\":\"geheim@voorbeeld.example\"}", NULL);
    put_json(st, "ship/c", "{\"title\":\"Tjalk\",\"of\":\"ship/a\"}", NULL);
    assert_true(store_settle(st, "ship/a", "title", "source/b", "gezien", &e));
    assert_true(store_delete(st, "ship/c", &e));
    assert_true(store_withdraw(st, "source/b", "fout", NULL, NULL, NULL, &e));
    value report = value_nil();
    assert_true(store_forget(st, "ship/b", "gevraagd", &report, &e));
    value inputs = json("{\"log\":3}"), result = json("{\"ranked\":[]}"),
          files = json("{\"init.lua\":\"-- een\",\"plugin.json\":\"{}\"}");
    char hash_text[HASH_TEXT];
    hash *h = hash_new();
    for (size_t i = 0; i < value_len(&files); i++)
        plugin_source_add(h, files.as.map.items[i].key, value_str(&files.as.map.items[i].value, ""),
                          value_len(&files.as.map.items[i].value));
    hash_end(h, hash_text);
    assert_true(plugin_source_keep(st, hash_text, "p", "1.0.0", &files, &e));
    for (int i = 0; i < 2; i++)
        free(run_store(st, "match", &inputs, &result, &e));
    char secret[SIGN_KEY_TEXT], public_key[SIGN_KEY_TEXT];
    value head = value_nil();
    sign_new_key(secret, public_key);
    assert_true(head_sign(st, secret, &head, &e));
    value_free(&head);
    value_free(&kinds);
    value_free(&report);
    value_free(&inputs);
    value_free(&result);
    value_free(&files);
}

/* Whether the check says so; an error is as clear. */
static bool is_noticed(store *st)
{
    err e = {0};
    audit a = {0};
    bool whole =
        audit_run(st, NULL, NULL, NULL, &a, &e) && a.log.bad_seq == 0 && a.tables.differ == 0;
    audit_free(&a);
    return !whole;
}

/* What keeps the past, taken away while rows are changed: "" where it stays. */
static char trigger[600];

static void take_trigger(db *d)
{
    err e = {0};
    query *q = db_prepare(d, "select sql from sqlite_master where name = 'record_version'", &e);
    assert_true(query_step(q, &e));
    snprintf(trigger, sizeof trigger, "%s", query_text(q, 0));
    query_free(q);
    assert_true(db_exec(d, "drop trigger record_version", &e));
}

/* Does it, looks, and undoes it. */
static void try(fixture *f, const char *sql)
{
    err e = {0};
    db *d = store_db(f->st);
    assert_true(db_begin(d, &e));
    if (db_exec(d, sql, &e)) { /* else the engine itself refuses it */
        query *q = db_prepare(d, "select changes()", &e);
        bool changed = query_step(q, &e) && query_int64(q, 0) > 0;
        query_free(q);
        assert_true(db_exec(d, trigger, &e));
        if (changed && !is_noticed(f->st))
            fail_msg("not noticed: %s", sql);
    }
    db_rollback(d);
}

static void try_column(fixture *f, const char *table, const char *column, const char *type,
                       const char *row)
{
    char sql[400];
    bool whole = strcmp(type, "INTEGER") == 0;
    snprintf(sql, sizeof sql,
             "update \"%s\" set \"%s\" = \"%s\" %s where %s and \"%s\" is not null", table, column,
             column, whole ? "+ 1000003" : "|| 'x'", row, column);
    try(f, sql);
    snprintf(sql, sizeof sql, "update \"%s\" set \"%s\" = null where %s and \"%s\" is not null",
             table, column, row, column);
    try(f, sql);
    snprintf(sql, sizeof sql, "update \"%s\" set \"%s\" = %s where %s and \"%s\" is null", table,
             column, whole ? "1" : "'x'", row, column);
    try(f, sql);
}

/* Its first and its last row, in the order of its first column. */
static void try_rows(fixture *f, const char *table, const char *first, const char *column,
                     const char *type)
{
    static const char *const ENDS[] = {"min", "max"};
    for (size_t i = 0; i < 2; i++) {
        char row[200], sql[400];
        snprintf(row, sizeof row, "\"%s\" = (select %s(\"%s\") from \"%s\")", first, ENDS[i], first,
                 table);
        if (column) {
            try_column(f, table, column, type, row);
            continue;
        }
        snprintf(sql, sizeof sql, "delete from \"%s\" where %s", table, row);
        try(f, sql);
    }
}

static void what_is_changed_beside_polder_is_noticed(void **state)
{
    fixture *f = *state;
    err e = {0};
    fill(f);
    db *d = store_db(f->st);
    assert_false(is_noticed(f->st)); /* else this could not fail */
    assert_true(db_exec(d, "pragma foreign_keys = off", &e));
    take_trigger(d);
    query *q =
        db_prepare(d,
                   "select t.name, (select name from pragma_table_info(t.name) where cid = 0),"
                   " c.name, upper(c.type) from sqlite_master t, pragma_table_info(t.name) c"
                   " where t.type = 'table' and t.name not like 'sqlite_%'"
                   " and t.name <> 'search' order by t.name, c.cid",
                   &e);
    value columns = value_list();
    while (query_step(q, &e)) {
        value row = value_list();
        for (int i = 0; i < 4; i++)
            value_push(&row, value_text(query_text(q, i)));
        value_push(&columns, row);
    }
    query_free(q);
    assert_true(value_len(&columns) > 60);
    for (size_t i = 0; i < value_len(&columns); i++) {
        const char *row[4];
        for (size_t k = 0; k < 4; k++)
            row[k] = value_str(value_at(value_at(&columns, i), k), "");
        if (!is_free(row[0], row[2]))
            try_rows(f, row[0], row[1], row[2], row[3]);
        if (strcmp(row[1], row[2]) == 0 && !is_free(row[0], "row"))
            try_rows(f, row[0], row[1], NULL, NULL);
    }
    value_free(&columns);
}

static void what_was_added_beside_polder_is_noticed(void **state)
{
    static const char *const ADDED[] = {
        "insert into run select 'run/x', what, time, log, inputs, result from run limit 1",
        "insert into kind select 'boat', plugin, schema from kind",
        ("insert into record select 'ship/x', kind, version, data, created, changed, deleted"
         " from record limit 1"),
        "insert into plugin_file select plugin_source, 'z.lua', 'x' from plugin_file limit 1",
        "update run set result = '{}'",
        "update run set result = '{\"erased\":true}'",
        "update kind set schema = replace(schema, '\"personal\":true', '\"personal\":false')",
    };
    fixture *f = *state;
    err e = {0};
    *trigger = '\0';
    fill(f);
    assert_true(db_exec(store_db(f->st), "pragma foreign_keys = off", &e));
    for (size_t i = 0; i < sizeof ADDED / sizeof *ADDED; i++)
        try(f, ADDED[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_changed_beside_polder_is_noticed, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_added_beside_polder_is_noticed, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
