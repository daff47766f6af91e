/* What the file declares is held against what Polder makes, and made anew where it can be. */
#include "holding.h"

#include "store/kinds.h"
#include "store/search.h"

static const damage MENDED[] = {
    {"drop trigger record_version", "trigger", "record_version: this trigger is missing"},
    {"drop trigger record_version;"
     "create trigger record_version after update on record begin select 1; end",
     "trigger", "record_version: this trigger is another than Polder makes"},
    {"create trigger mine after insert on claim begin delete from claim; end", "trigger",
     "mine: this trigger is not Polder's"},
    {"drop index claim_record", "index", "claim_record: this index is missing"},
    {"create index \"my \"\"own\" on record (data)", "index",
     "my \"own: this index is not Polder's"},
    {"drop view ship", "view", "ship: the kind has no view"},
    {"drop view ship; create view ship as select 'ship/x' as id, 1 as version", "view",
     "ship: the kind's view is another"},
    {"create view odd as select 1", "view", "odd: this view is of no kind"},
    {"update kind set schema = replace(schema, '\"personal\":true', '\"personal\":false')", "kind",
     "ship: the table declares it otherwise"},
    {"delete from kind", "kind", "ship: it is in the log and not in the table"},
    {"delete from version", "version", "version 1 is in the log and not in the table"},
};

static const damage LOST[] = {
    {"alter table run add column more text", "table", "run: this table is another"},
    {"create table more (id text)", "table", "more: this table is not Polder's"},
};

static void fill(fixture *f)
{
    err e = {0};
    value kinds = json("[{\"name\":\"ship\",\"plugin\":\"p\",\"fields\":["
                       "{\"name\":\"title\",\"type\":\"text\"},"
                       "{\"name\":\"mail\",\"type\":\"text\",\"personal\":true}]}]");
    if (!kinds_save(f->st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
    put_json(f->st, "ship/a", "{\"title\":\"Aak\"}", NULL);
    put_json(f->st, "ship/a", "{\"title\":\"Boot\"}", NULL);
}

static void what_polder_does_not_declare_so_is_named(void **state)
{
    fixture *f = *state;
    fill(f);
    assert_named(f->st, MENDED, sizeof MENDED / sizeof *MENDED);
    assert_named(f->st, LOST, sizeof LOST / sizeof *LOST);
}

static void what_the_log_tells_is_made_anew(void **state)
{
    fixture *f = *state;
    err e = {0};
    fill(f);
    for (size_t i = 0; i < sizeof MENDED / sizeof *MENDED; i++) {
        if (!db_exec(store_db(f->st), MENDED[i].sql, &e) || !store_reindex(f->st, &e))
            fail_msg("%s: %s", MENDED[i].sql, e.message);
        assert_whole(f->st);
    }
}

static void the_past_that_nothing_kept_is_told_by_the_log(void **state)
{
    fixture *f = *state;
    err e = {0};
    fill(f);
    assert_true(db_exec(store_db(f->st), "drop trigger record_version", &e));
    put_json(f->st, "ship/a", "{\"title\":\"Catamaran\"}", NULL);
    assert_true(store_reindex(f->st, &e));
    assert_whole(f->st);
    value was = value_nil();
    assert_true(past_get(f->st, "ship/a", 3, &was, &e));
    assert_string_equal(value_get_str(&was, "title", ""), "Boot");
    value_free(&was);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(what_polder_does_not_declare_so_is_named),
        T(what_the_log_tells_is_made_anew),
        T(the_past_that_nothing_kept_is_told_by_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
