#include "holding.h"

#include "store/settle.h"

static void fill(store *st)
{
    err e = {0};
    put_json(st, "source/krant", "{\"title\":\"Krant\"}", NULL);
    put_json(st, "solution/a", "{\"title\":\"A\",\"trl\":5}", NULL);
    put_json(st, "solution/a", "{\"trl\":6}", "source/krant");
    put_json(st, "solution/a", "{\"title\":\"B\"}", NULL);
    put_json(st, "solution/b", "{\"title\":\"C\"}", NULL);
    assert_true(store_delete(st, "solution/b", &e));
}

static void each_change_in_a_table_is_named(void **state)
{
    static const damage ROWS[] = {
        {"update record set data = json_set(data, '$.trl', 9) where id = 'solution/a'", NULL,
         "solution/a: the table says trl 9, the log 5"},
        {"update record set data = json_set(data, '$.x', 1) where id = 'solution/b'", NULL,
         "solution/b: the table says x 1, the log nothing"},
        {"update record set data = json_remove(data, '$.trl') where id = 'solution/a'", NULL,
         "solution/a: the table says trl nothing, the log 5"},
        {"update record set data = '[' where id = 'solution/a'", NULL, "can't be read"},
        {"update record set deleted = null where id = 'solution/b'", NULL, "deleted by event"},
        {"update record set version = 7 where id = 'solution/a'", NULL, "version 7, the log 3"},
        {"update record set created = 1 where id = 'solution/a'", NULL,
         "made by event 1, the log 2"},
        {"update record set kind = 'demand' where id = 'solution/a'", NULL, "another kind"},
        {"update version set data = json_set(data, '$.trl', 9) where version = 1 and"
         " record = 'solution/a'",
         NULL, "solution/a: version 1 in the table says trl 9, the log 5"},
        {"delete from version where version = 1 and record = 'solution/a'", NULL,
         "solution/a: the table says version 2, the log 1"},
        {"update version set since = 1 where version = 1 and record = 'solution/a'", NULL,
         "from event 1, the log 2"},
        {"insert into version (record, version, data, since, until)"
         " values ('solution/a', 9, '{}', 4, 5)",
         NULL, "version 9 is in the table and not in the log"},
        {"update claim set value = '9' where source = 'source/krant'", NULL,
         "solution/a: the claim on trl by source/krant of event 3 says 9, the log 6"},
        {"update claim set ended = 3 where source = 'source/krant'", NULL,
         "ended by event (0: not) 3"},
        {"update claim set date = '2001-01-01' where source = 'source/krant'", NULL,
         "date 2001-01-01"},
        {"update claim set place = 'p. 3' where source = 'source/krant'", NULL, "place p. 3"},
        {"delete from claim where source = 'source/krant'", NULL,
         "the claim on trl by source/krant of event 3 is in the log"},
        {"insert into claim (record, field, value, event) values ('solution/a', 'x', '1', 2)", NULL,
         "the claim on x of event 2 is in the table and not in the log"},
        {"insert into record values ('solution/z', 'solution', 1, '{}', 1, 1, null)", NULL,
         "solution/z: it is in the table and not in the log"},
        {"pragma foreign_keys = off; delete from record where id = 'solution/a'", NULL,
         "solution/a: it is in the log and not in the table"},
    };
    fixture *f = *state;
    fill(f->st);
    assert_named(f->st, ROWS, sizeof ROWS / sizeof *ROWS);
}

static void of_many_the_first_are_told_and_all_are_counted(void **state)
{
    fixture *f = *state;
    err e = {0};
    past_report report = {0};
    for (int i = 0; i < 25; i++) {
        char id[32];
        snprintf(id, sizeof id, "solution/s%02d", i);
        put_json(f->st, id, "{\"n\":1}", NULL);
    }
    assert_true(db_exec(store_db(f->st), "update record set data = '{\"n\":2}'", &e));
    assert_true(past_verify(f->st, &report, NULL, NULL, &e));
    assert_int_equal(report.records, 25);
    assert_int_equal(report.differ, 25);
    assert_int_equal(value_len(&report.first), PAST_FIRST);
    value_free(&report.first);
}

/* Values that are the same and written otherwise are no difference, nor is what was erased. */
static void what_is_the_same_is_no_difference(void **state)
{
    fixture *f = *state;
    err e = {0};
    free(live_a_life(f));
    value report = forget(f, "person/p1");
    assert_whole(f->st);
    assert_true(db_exec(store_db(f->st),
                        "update record set data = replace(data, ':', ': ')"
                        " where id = 'person/p2'",
                        &e));
    assert_whole(f->st);
    assert_true(store_delete(f->st, "person/p2", &e));
    value again = forget(f, "person/p2");
    assert_whole(f->st);
    value_free(&report);
    value_free(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(each_change_in_a_table_is_named),
        T(of_many_the_first_are_told_and_all_are_counted),
        T(what_is_the_same_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
