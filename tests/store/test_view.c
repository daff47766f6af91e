#include "support.h"

#include "store/kinds.h"

static const char KIND[] =
    "[{\"name\":\"thing\",\"fields\":[{\"name\":\"title\",\"type\":\"text\"},"
    "{\"name\":\"trl\",\"type\":\"integer\"},{\"name\":\"share\",\"type\":\"decimal\"},"
    "{\"name\":\"open\",\"type\":\"boolean\"},{\"name\":\"price\",\"type\":\"money\"},"
    "{\"name\":\"tags\",\"type\":\"text\",\"many\":true},{\"name\":\"day\",\"type\":\"date\"},"
    "{\"name\":\"select\",\"type\":\"text\"}]}]";

static void save(fixture *f, const char *text)
{
    err e = {0};
    value kinds = json(text);
    if (!kinds_save(f->st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
}

/* Reads as people's own SQL is read. One line a row, each cell with its type in front. */
static void assert_rows(fixture *f, const char *sql, const char *expected)
{
    err e = {0};
    db *d = db_open_read_only(f->path, 0, &e);
    query *q = d ? db_prepare(d, sql, &e) : NULL;
    if (!q)
        fail_msg("%s", e.message);
    buf got = {0};
    while (query_step(q, &e)) {
        for (int i = 0; i < query_columns(q); i++)
            buf_fmt(&got, "%c:%s ", query_type(q, i), query_is_null(q, i) ? "" : query_text(q, i));
        buf_char(&got, '\n');
    }
    if (query_failed(q))
        fail_msg("%s", e.message);
    assert_string_equal(buf_text(&got), expected);
    buf_free(&got);
    query_free(q);
    db_close(d);
}

static void columns_have_the_types_of_their_fields(void **state)
{
    fixture *f = *state;
    save(f, KIND);
    put_json(
        f->st, "thing/a",
        "{\"title\":\"7\",\"trl\":7,\"share\":2,\"open\":true,\"tags\":[\"x\",\"y\"],"
        "\"price\":{\"amount\":1200,\"currency\":\"EUR\"},\"day\":\"2026-02-23\",\"select\":\"s\"}",
        NULL);
    put_json(f->st, "thing/b", "{\"title\":\"B\"}", NULL);
    put_json(f->st, "other/c", "{\"title\":\"C\"}", NULL);
    assert_rows(f, "select * from thing order by id",
                "t:thing/a i:1 t:7 i:7 d:2.0 i:1 d:1200.0 t:EUR t:[\"x\",\"y\"] t:2026-02-23 t:s \n"
                "t:thing/b i:1 t:B n: n: n: n: n: n: n: n: \n");
    assert_rows(f, "select sum(price), max(trl) from thing", "d:1200.0 i:7 \n");
}

static void the_view_follows_the_kind_and_its_records(void **state)
{
    fixture *f = *state;
    err e = {0};
    save(f, KIND);
    put_json(f->st, "thing/a", "{\"title\":\"A\"}", NULL);
    put_json(f->st, "thing/a", "{\"title\":\"B\"}", NULL);
    assert_rows(f, "select version, title from thing", "i:2 t:B \n");
    save(f, "[{\"name\":\"thing\",\"fields\":[{\"name\":\"colour\",\"type\":\"text\"}]}]");
    assert_rows(f, "select * from thing", "t:thing/a i:2 n: \n");
    assert_true(store_delete(f->st, "thing/a", &e));
    assert_rows(f, "select count(*) from thing", "i:0 \n");
    save(f, "[]");
    assert_rows(f, "select count(*) from sqlite_master where type = 'view'", "i:0 \n");
}

static void a_name_is_never_anything_but_a_name(void **state)
{
    fixture *f = *state;
    save(f, "[{\"name\":\"group\",\"fields\":[{\"name\":\"a b\",\"type\":\"text\"},"
            "{\"name\":\"x') from meta; "
            "--\",\"type\":\"text\"},{\"name\":\"q\\\"\",\"type\":\"text\"}]},"
            "{\"name\":\"odd\\\"; drop table record; --'\",\"fields\":[]}]");
    put_json(f->st, "group/a", "{\"a b\":\"c\",\"x') from meta; --\":\"d\"}", NULL);
    assert_rows(f, "select * from \"group\"", "t:group/a i:1 t:c t:d \n");
    assert_rows(f, "select count(*) from \"odd\"\"; drop table record; --'\"", "i:0 \n");
}

static void a_kind_with_the_name_of_a_table_is_refused_and_the_others_are_saved(void **state)
{
    fixture *f = *state;
    static const char *const NAMES[] = {"record", "claim",       "event",     "run",
                                        "kind",   "meta",        "reference", "search",
                                        "RECORD", "search_data", "sqlite_x"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        err e = {0};
        buf text = {0};
        buf_fmt(&text, "[{\"name\":\"%s\",\"fields\":[]},{\"name\":\"good%zu\",\"fields\":[]}]",
                NAMES[i], i);
        value kinds = json(buf_text(&text)), saved = value_nil();
        assert_false(kinds_save(f->st, &kinds, &e));
        assert_int_equal(e.code, ERR_BAD_DATA);
        assert_says(e.message, NAMES[i]);
        assert_true(kinds_load(f->st, &saved, &e));
        assert_int_equal(value_len(&saved), 1);
        value_free(&saved);
        value_free(&kinds);
        buf_free(&text);
    }
    put_json(f->st, "thing/a", "{}", NULL);
}

static void a_store_from_before_there_were_views_gets_them(void **state)
{
    fixture *f = *state;
    err e = {0};
    save(f, KIND);
    put_json(f->st, "thing/a", "{\"title\":\"Boot\"}", NULL);
    assert_true(db_exec(store_db(f->st),
                        "drop view thing; delete from reference; delete from search;"
                        "delete from search_record; delete from meta where key = 'index'",
                        &e));
    reopen(f);
    assert_rows(f, "select title from thing", "t:Boot \n");
    assert_rows(f, "select id from search where search match 'boten'", "t:thing/a \n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(columns_have_the_types_of_their_fields),
        T(the_view_follows_the_kind_and_its_records),
        T(a_name_is_never_anything_but_a_name),
        T(a_kind_with_the_name_of_a_table_is_refused_and_the_others_are_saved),
        T(a_store_from_before_there_were_views_gets_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
