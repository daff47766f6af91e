#include "holding.h"

/* Two decisions, one of them undone; a source that was withdrawn, and is back, and is withdrawn
 * again; a person of whom something was forgotten. */
static void fill(fixture *f)
{
    err e = {0};
    store *st = f->st;
    save_kinds(st);
    put_json(st, "source/krant", "{\"title\":\"Krant\"}", NULL);
    put_json(st, "source/blad", "{\"title\":\"Blad\"}", NULL);
    put_json(st, "ship/a", "{\"trl\":6,\"size\":1}", "source/krant");
    put_json(st, "ship/a", "{\"trl\":7,\"size\":2}", "source/blad");
    store_actor(st, "cli:anna");
    assert_true(store_settle(st, "ship/a", "trl", "source/krant", "saw it", &e));
    assert_true(store_settle(st, "ship/a", "size", "source/blad", "measured", &e));
    assert_true(store_unsettle(st, "ship/a", "size", "with an old rule", &e));
    assert_true(store_withdraw(st, "source/krant", "made up", NULL, NULL, NULL, &e));
    assert_true(store_restore(st, "source/krant", "no, it wasn't", NULL, NULL, NULL, &e));
    assert_true(store_withdraw(st, "source/blad", "a mistake", NULL, NULL, NULL, &e));
    put_json(st, "person/p1", "{\"name\":\"Annelies Oudenaam\",\"note\":\"x\"}", NULL);
    value report = forget(f, "person/p1");
    value_free(&report);
}

static void each_change_of_a_decision_is_named(void **state)
{
    static const damage ROWS[] = {
        {"update settlement set why = 'paid for it' where why = 'saw it' and ended is null",
         "settlement", "in the table says why paid for it, the log saw it"},
        {"update settlement set actor = 'cli:piet' where ended is null", "settlement",
         "says actor cli:piet, the log cli:anna"},
        {"update settlement set source = 'source/blad' where ended is null", "settlement",
         "says source source/blad, the log source/krant"},
        {"update settlement set source = null where ended is null", "settlement",
         "says source nothing, the log source/krant"},
        {"update settlement set ended = null where field = 'size'", "settlement",
         "says ended by event (0: not) 0, the log 8"},
        {"update settlement set ended = 9 where field = 'trl'", "settlement",
         "says ended by event (0: not) 9, the log 0"},
        {"delete from settlement where field = 'trl' and ended is null", "settlement",
         "ship/a: the decision on trl of event"},
        {"insert into settlement (record, field, source, why, actor, event)"
         " values ('ship/a', 'x', null, 'so', 'cli:anna', 6)",
         "settlement", "the decision on x of event 6 is in the table and not in the log"},
        {"update settlement set waits = 'source/blad' where field = 'size'", "settlement",
         "says waits for source/blad, the log nothing"},
        {"insert into settlement (record, field, source, why, actor, event)"
         " values ('ship/z', 'x', null, 'so', 'cli:anna', 6)",
         "settlement", "ship/z: it has decisions, and is no record"},
    };
    fixture *f = *state;
    fill(f);
    assert_named(f->st, ROWS, sizeof ROWS / sizeof *ROWS);
}

static void each_change_of_a_withdrawal_is_named(void **state)
{
    static const damage ROWS[] = {
        {"update withdrawal set why = 'so' where source = 'source/blad'", "withdrawal",
         "source/blad: its withdrawal of event"},
        {"update withdrawal set actor = 'cli:piet'", "withdrawal",
         "says actor cli:piet, the log cli:anna"},
        {"update withdrawal set source = 'source/krant' where source = 'source/blad'", "withdrawal",
         "says source source/krant, the log source/blad"},
        {"update withdrawal set ended = null where source = 'source/krant'", "withdrawal",
         "says undone by event (0: not) 0, the log"},
        {"update withdrawal set ended = 11 where source = 'source/blad'", "withdrawal",
         "says undone by event (0: not) 11, the log 0"},
        {"delete from withdrawal where source = 'source/blad'", "withdrawal",
         "is in the log and not in the table"},
        {"insert into withdrawal (source, why, actor, event, ended)"
         " values ('source/blad', 'so', 'cli:anna', 2, 3)",
         "withdrawal", "its withdrawal of event 2 is in the table and not in the log"},
    };
    fixture *f = *state;
    fill(f);
    assert_named(f->st, ROWS, sizeof ROWS / sizeof *ROWS);
}

static void each_change_of_what_was_forgotten_is_named(void **state)
{
    static const damage ROWS[] = {
        {"delete from forgotten where field = 'name'", "forgotten",
         "person/p1: that name was forgotten is in the log and not in the table"},
        {"delete from forgotten where field = 'emails'", "forgotten",
         "that emails was forgotten is in the log"},
        {"delete from forgotten", "forgotten", "is in the log and not in the table"},
        {"update forgotten set event = 1 where field = 'note'", "forgotten",
         "that note was forgotten says by event 1, the log"},
        {"insert into forgotten select record, 'region', event from forgotten limit 1", "forgotten",
         "that region was forgotten is in the table and not in the log"},
        {"insert into forgotten values ('person/zz', '*', 1)", "forgotten",
         "person/zz: it was forgotten, and is no record"},
        {"insert into forgotten values ('ship/a', '*', 1)", "forgotten",
         "ship/a: that * was forgotten is in the table and not in the log"},
    };
    fixture *f = *state;
    fill(f);
    assert_named(f->st, ROWS, sizeof ROWS / sizeof *ROWS);
}

/* An event of before there was "barred" tells only what was found, and not what the kind marks. */
static void what_an_older_polder_forgot_is_no_difference(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t differ = 0;
    fill(f);
    assert_true(db_exec(store_db(f->st),
                        "update event set data = json_remove(data, '$.barred')"
                        " where type = 'record.forgotten'",
                        &e));
    char *says = difference(f->st, NULL, &differ);
    if (says)
        fail_msg("%s", says);
    assert_true(db_exec(store_db(f->st), "delete from forgotten where field = 'name'", &e));
    says = difference(f->st, "forgotten", &differ);
    assert_says(says, "that name was forgotten is in the log and not in the table");
    free(says);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(each_change_of_a_decision_is_named),
        T(each_change_of_a_withdrawal_is_named),
        T(each_change_of_what_was_forgotten_is_named),
        T(what_an_older_polder_forgot_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
