#include "support.h"

#include "store/kinds.h"
#include "store/migrate.h"

static int64_t schema_of(store *st)
{
    err e = {0};
    query *q = db_prepare(store_db(st), "select value from meta where key = 'schema'", &e);
    assert_true(q && query_step(q, &e));
    int64_t schema = query_int64(q, 0);
    query_free(q);
    return schema;
}

static void a_new_store_has_the_newest_schema_and_opening_again_changes_nothing(void **state)
{
    fixture *f = *state;
    assert_int_equal(schema_of(f->st), migrate_newest());
    reopen(f);
    assert_int_equal(schema_of(f->st), migrate_newest());
}

static void a_store_of_a_newer_polder_is_refused_and_left_as_it_is(void **state)
{
    fixture *f = *state;
    err e = {0};
    assert_true(db_exec(store_db(f->st), "update meta set value = '99' where key = 'schema'", &e));
    store_close(f->st);
    f->st = NULL;
    assert_null(store_open(f->path, true, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "schema 99");
    assert_says(e.hint, "upgrade");
    assert_string_equal(e.where, f->path);
    db *d = db_open(f->path, false, &e);
    query *q = db_prepare(d, "select value from meta where key = 'schema'", &e);
    assert_true(query_step(q, &e));
    assert_string_equal(query_text(q, 0), "99");
    query_free(q);
    db_close(d);
}

/* A daemon runs on while somebody upgrades Polder and uses the store. */
static void one_that_has_it_open_stops_when_a_newer_polder_took_it(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "demand/a", "{\"title\":\"A\"}", NULL);
    db *newer = db_open(f->path, false, &e);
    assert_true(db_exec(newer, "update meta set value = '99' where key = 'schema'", &e));
    assert_false(try_put(f->st, "demand/b", "{\"title\":\"B\"}", NULL, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "schema 99");
    assert_false(migrate_check(store_db(f->st), &e));
    db_close(newer);
}

static void a_store_that_does_not_say_its_schema_is_damaged(void **state)
{
    fixture *f = *state;
    err e = {0};
    assert_true(db_exec(store_db(f->st), "delete from meta where key = 'schema'", &e));
    store_close(f->st);
    f->st = NULL;
    assert_null(store_open(f->path, false, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "damaged: it doesn't say which Polder made it");
    db *d = db_open(f->path, false, &e);
    assert_true(db_exec(d, "drop table meta", &e));
    db_close(d);
    e = (err){0};
    assert_null(store_open(f->path, false, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "damaged: it doesn't say which Polder made it");
}

static void a_file_that_was_marked_and_got_no_tables_is_finished(void **state)
{
    fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/half.db", f->folder);
    err e = {0};
    db *d = db_open(path, true, &e); /* the process ends before migrate */
    assert_non_null(d);
    db_close(d);
    store *st = store_open(path, false, &e);
    assert_non_null(st);
    assert_int_equal(schema_of(st), migrate_newest());
    store_close(st);
}

static void two_that_open_a_new_store_at_once_both_get_it(void **state)
{
    fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/both.db", f->folder);
    err e = {0};
    db *first = db_open(path, true, &e), *second = db_open(path, true, &e);
    assert_true(migrate(first, &e));
    assert_true(migrate(second, &e));
    db_close(first);
    db_close(second);
}

static void run(db *d, const char *sql)
{
    err e = {0};
    if (!db_exec(d, sql, &e))
        fail_msg("%s: %s", sql, e.message);
}

/* Takes away all but the tables of the first step. */
static void go_back_to_the_first_schema(db *d)
{
    err e = {0};
    buf drops = {0};
    run(d, "pragma foreign_keys = off; drop table search");
    query *q = db_prepare(d,
                          "select type || ' if exists \"' || name || '\"' from sqlite_master"
                          " where name not like 'sqlite_%' and name not in ('meta', 'event',"
                          " 'record', 'claim', 'run', 'kind', 'event_subject', 'record_kind',"
                          " 'claim_record', 'claim_source') order by type desc",
                          &e);
    while (query_step(q, &e))
        buf_fmt(&drops, "drop %s;", query_text(q, 0));
    query_free(q);
    run(d, buf_text(&drops));
    run(d, "alter table claim drop column first; alter table claim drop column waits; delete from "
           "meta where key <> 'schema';"
           "update meta set value = '1' where key = 'schema'");
    buf_free(&drops);
}

static void an_older_store_gets_tables_views_and_words_for_what_it_holds(void **state)
{
    fixture *f = *state;
    err e = {0};
    value kinds = json("[{\"name\":\"thing\",\"fields\":[{\"name\":\"title\",\"type\":\"text\"},"
                       "{\"name\":\"owner\",\"type\":\"reference\",\"kind\":\"thing\"}]}]");
    assert_true(kinds_save(f->st, &kinds, &e));
    value_free(&kinds);
    put_json(f->st, "thing/a", "{\"title\":\"Boten\",\"owner\":\"thing/b\"}", NULL);
    put_json(f->st, "thing/a", "{\"title\":\"Boot\"}", NULL);
    go_back_to_the_first_schema(store_db(f->st));
    /* Kinds of an older Polder, with names that are tables now. */
    value older = json("{\"kinds\":[{\"name\":\"reference\",\"plugin\":\"p\"}]}");
    assert_true(store_begin(f->st, &e) &&
                event_append(f->st, "kinds.changed", "kinds", &older, NULL, &e) &&
                store_commit(f->st, &e));
    value_free(&older);
    run(store_db(f->st),
        "insert into kind values ('reference', 'p', '{\"name\":\"reference\",\"plugin\":\"p\"}');"
        "create view \"reference\" as select 1; create view \"a\"\"b\" as select 1");
    reopen(f);
    assert_int_equal(schema_of(f->st), migrate_newest());
    query *q = db_prepare(store_db(f->st),
                          "select (select target from reference where record = 'thing/a'),"
                          " (select id from search where search match 'boten'),"
                          " (select group_concat(name) from sqlite_master where type = 'view')",
                          &e);
    assert_true(query_step(q, &e));
    assert_string_equal(query_text(q, 0), "thing/b");
    assert_string_equal(query_text(q, 1), "thing/a");
    assert_string_equal(query_text(q, 2), "thing");
    query_free(q);
    assert_whole(f->st);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_new_store_has_the_newest_schema_and_opening_again_changes_nothing),
        T(a_store_of_a_newer_polder_is_refused_and_left_as_it_is),
        T(one_that_has_it_open_stops_when_a_newer_polder_took_it),
        T(a_store_that_does_not_say_its_schema_is_damaged),
        T(a_file_that_was_marked_and_got_no_tables_is_finished),
        T(an_older_store_gets_tables_views_and_words_for_what_it_holds),
        T(two_that_open_a_new_store_at_once_both_get_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
