#include "support.h"

#include "store/import.h"
#include "store/kinds.h"
#include "store/settle.h"

static void withdraw(fixture *f, const char *source)
{
    err e = {0};
    if (!store_withdraw(f->st, source, "it was a draft", NULL, NULL, NULL, &e))
        fail_msg("%s", e.message);
}

static void restore(fixture *f, const char *source)
{
    err e = {0};
    if (!store_restore(f->st, source, "it was the real one", NULL, NULL, NULL, &e))
        fail_msg("%s", e.message);
}

/* The newspaper says what the ministry says otherwise, and more. */
static void fill(fixture *f)
{
    put_json(f->st, "source/paper", "{\"reliability\":\"C\"}", NULL);
    put_json(f->st, "source/ministry", "{\"reliability\":\"D\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"paper\",\"budget\":5}", "source/paper");
    put_json(f->st, "demand/a", "{\"title\":\"ministry\"}", "source/ministry");
    put_json(f->st, "demand/b", "{\"title\":\"paper\"}", "source/paper");
    put_json(f->st, "demand/b", "{\"title\":\"own\"}", NULL);
    put_json(f->st, "demand/c", "{\"title\":\"ministry\"}", "source/ministry");
}

static char *state_of(fixture *f)
{
    buf out = {0};
    err e = {0};
    query *q = db_prepare(store_db(f->st), "select id, data from record order by id", &e);
    while (query_step(q, &e)) {
        value claims = value_nil();
        buf_fmt(&out, "%s %s\n", query_text(q, 0), query_text(q, 1));
        assert_true(store_claims(f->st, query_text(q, 0), &claims, &e));
        for (size_t i = 0; i < value_len(&claims); i++) {
            const value *c = value_at(&claims, i);
            char *stated = text_of(value_get(c, "value"));
            buf_fmt(&out, "  %s %s %s %s %s\n", value_get_str(c, "field", ""), stated,
                    value_get_str(c, "source", "own"), value_get_str(c, "date", ""),
                    value_get_str(c, "settled", ""));
            free(stated);
        }
        value_free(&claims);
    }
    query_free(q);
    return buf_take(&out);
}

static int64_t count(fixture *f, const char *sql)
{
    err e = {0};
    query *q = db_prepare(store_db(f->st), sql, &e);
    if (!q || !query_step(q, &e))
        fail_msg("%s", e.message);
    int64_t number = query_int64(q, 0);
    query_free(q);
    return number;
}

static void what_a_withdrawn_source_stated_is_gone_and_the_others_speak(void **state)
{
    fixture *f = *state;
    fill(f);
    withdraw(f, "source/paper");
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":3,\"title\":\"ministry\"}");
    assert_record(f->st, "demand/b",
                  "{\"id\":\"demand/b\",\"kind\":\"demand\",\"version\":2,\"title\":\"own\"}");
    assert_whole(f->st);
}

static void it_is_one_event_and_one_for_each_record_whose_value_changed(void **state)
{
    fixture *f = *state;
    fill(f);
    int64_t before = count(f, "select max(seq) from event");
    withdraw(f, "source/paper");
    assert_int_equal(count(f, "select max(seq) from event"), before + 2);
    err e = {0};
    query *q = db_prepare(store_db(f->st),
                          "select type, subject, data from event order by seq desc limit 2", &e);
    assert_true(query_step(q, &e));
    assert_string_equal(query_text(q, 0), "record.changed");
    assert_string_equal(query_text(q, 2),
                        "{\"version\":3,\"fields\":{\"budget\":null,\"title\":\"ministry\"},"
                        "\"claims\":[],\"withdrawn\":\"source/paper\"}");
    assert_true(query_step(q, &e));
    assert_string_equal(query_text(q, 0), "source.withdrawn");
    assert_string_equal(query_text(q, 1), "source/paper");
    assert_string_equal(query_text(q, 2), "{\"why\":\"it was a draft\","
                                          "\"records\":[\"demand/a\",\"demand/b\"]}");
    query_free(q);
}

static void the_report_names_records_new_values_and_required_fields_that_are_lost(void **state)
{
    fixture *f = *state;
    err e = {0};
    value kinds = json("[{\"name\":\"demand\",\"plugin\":\"p\",\"fields\":["
                       "{\"name\":\"title\",\"type\":\"text\",\"required\":true},"
                       "{\"name\":\"budget\",\"type\":\"integer\"}]}]");
    assert_true(kinds_save(f->st, &kinds, &e));
    value_free(&kinds);
    fill(f);
    put_json(f->st, "demand/d", "{\"title\":\"paper\",\"budget\":1}", "source/paper");
    value out = value_nil();
    assert_true(store_withdraw(f->st, "source/paper", "a draft", NULL, NULL, &out, &e));
    char *records = text_of(value_get(&out, "records"));
    assert_string_equal(
        records,
        "[{\"id\":\"demand/a\",\"fields\":{\"budget\":null,\"title\":\"ministry\"},\"lost\":[]},"
        "{\"id\":\"demand/b\",\"fields\":{},\"lost\":[]},"
        "{\"id\":\"demand/d\",\"fields\":{\"budget\":null,\"title\":null},\"lost\":[\"title\"]}]");
    free(records);
    value_free(&out);
}

static void nothing_is_taken_from_it_until_it_is_back(void **state)
{
    fixture *f = *state;
    err e = {0};
    fill(f);
    store_actor(f->st, "cli:anna");
    withdraw(f, "source/paper");
    assert_false(try_put(f->st, "demand/a", "{\"x\":1}", "source/paper", &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_says(e.message, "by cli:anna (it was a draft)");
    assert_says(e.hint, "polder withdraw source/paper --undo");
    restore(f, "source/paper");
    assert_true(try_put(f->st, "demand/a", "{\"x\":1}", "source/paper", &e));
}

static void rows_of_an_import_that_rest_on_it_are_bad_rows(void **state)
{
    static const char ROWS[] =
        "{\"id\":\"demand/x\",\"claims\":[{\"field\":\"title\",\"value\":\"x\","
        "\"source\":\"source/paper\"}]}\n{\"id\":\"demand/y\",\"title\":\"y\"}\n";
    fixture *f = *state;
    err e = {0};
    char path[128];
    import_report report = {0};
    fill(f);
    withdraw(f, "source/paper");
    snprintf(path, sizeof path, "%s/rows.jsonl", f->folder);
    write_file(path, ROWS, sizeof ROWS - 1);
    assert_true(import_file(f->st, &(import_options){.path = path}, &report, &e));
    assert_int_equal(report.bad, 1);
    assert_int_equal(report.created, 1);
    const import_options all = {.path = path, .source = "source/paper"};
    assert_false(import_file(f->st, &all, &report, &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
}

static void of_itself_a_source_may_speak_on(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/paper", "{\"title\":\"Paper\"}", "source/paper");
    err e = {0};
    value out = value_nil();
    assert_true(store_withdraw(f->st, "source/paper", "a draft", NULL, NULL, &out, &e));
    assert_int_equal(value_len(value_get(&out, "records")), 0);
    value_free(&out);
    put_json(f->st, "source/paper", "{\"note\":\"a draft\"}", "source/paper");
    assert_record(f->st, "source/paper",
                  "{\"id\":\"source/paper\",\"kind\":\"source\",\"version\":2,"
                  "\"note\":\"a draft\",\"title\":\"Paper\"}");
}

static void a_source_that_it_judged_weighs_what_it_weighed_without(void **state)
{
    fixture *f = *state;
    fill(f);
    put_json(f->st, "source/paper", "{\"reliability\":\"B\"}", NULL);
    put_json(f->st, "source/judge", "{\"reliability\":\"A\"}", NULL);
    put_json(f->st, "source/two", "{\"reliability\":\"A\"}", "source/judge");
    put_json(f->st, "demand/a", "{\"title\":\"two\"}", "source/two");
    withdraw(f, "source/judge");
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":4,"
                  "\"budget\":5,\"title\":\"paper\"}");
}

static void taken_back_all_is_as_it_was(void **state)
{
    fixture *f = *state;
    err e = {0};
    fill(f);
    put_json(f->st, "demand/b", "{\"note\":null,\"title\":null}", NULL);
    put_json(f->st, "demand/b", "{\"note\":\"paper\"}", "source/paper");
    put_json(f->st, "demand/b", "{\"note\":null}", NULL);
    put_json(f->st, "source/ministry", "{\"reliability\":\"C\"}", NULL); /* equals: order decides */
    assert_true(store_settle(f->st, "demand/a", "title", "source/paper", "so be it", &e));
    assert_true(store_settle(f->st, "demand/b", "note", NULL, "there is none", &e));
    char *before = state_of(f);
    withdraw(f, "source/paper");
    restore(f, "source/paper");
    char *after = state_of(f);
    assert_string_equal(after, before);
    free(after);
    withdraw(f, "source/paper");
    restore(f, "source/paper");
    after = state_of(f);
    assert_string_equal(after, before);
    free(after);
    free(before);
    assert_whole(f->st);
}

static void what_others_did_in_the_meantime_stays(void **state)
{
    fixture *f = *state;
    err e = {0};
    fill(f);
    put_json(f->st, "demand/a", "{\"budget\":null}", NULL);
    assert_true(store_settle(f->st, "demand/a", "title", "source/paper", "one", &e));
    assert_true(store_settle(f->st, "demand/a", "budget", NULL, "there is none", &e));
    withdraw(f, "source/paper");
    assert_true(store_settle(f->st, "demand/a", "title", "source/ministry", "two", &e));
    put_json(f->st, "demand/a", "{\"budget\":9}", NULL); /* no longer the word that was settled */
    assert_true(store_delete(f->st, "demand/b", &e));
    put_json(f->st, "demand/b", "{\"title\":\"new\"}", "source/ministry");
    restore(f, "source/paper");
    value claims = value_nil();
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":8,"
                  "\"budget\":9,\"title\":\"ministry\"}");
    assert_false(store_unsettle(f->st, "demand/a", "budget", "x", &e));
    assert_true(store_claims(f->st, "demand/b", &claims, &e));
    assert_int_equal(value_len(&claims), 1);
    value_free(&claims);
}

static void its_claims_can_still_be_seen_as_withdrawn(void **state)
{
    fixture *f = *state;
    err e = {0};
    value claims = value_nil();
    fill(f);
    assert_true(store_claims_withdrawn(f->st, "demand/a", &claims, &e));
    assert_int_equal(value_len(&claims), 0);
    value_free(&claims);
    withdraw(f, "source/paper");
    assert_true(store_claims_withdrawn(f->st, "demand/a", &claims, &e));
    assert_int_equal(value_len(&claims), 2);
    assert_string_equal(value_get_str(value_at(&claims, 0), "withdrawn", ""), "it was a draft");
    assert_null(value_get(value_at(&claims, 0), "settled"));
    value_free(&claims);
    assert_true(store_delete(f->st, "demand/a", &e));
    put_json(f->st, "demand/a", "{}", NULL); /* another record of that name */
    assert_true(store_claims_withdrawn(f->st, "demand/a", &claims, &e));
    assert_int_equal(value_len(&claims), 0);
    value_free(&claims);
}

static void a_withdrawn_source_may_be_deleted_and_stays_withdrawn(void **state)
{
    fixture *f = *state;
    err e = {0};
    fill(f);
    assert_false(store_delete(f->st, "source/paper", &e));
    withdraw(f, "source/paper");
    assert_true(store_delete(f->st, "source/paper", &e));
    assert_false(store_restore(f->st, "source/paper", "x", NULL, NULL, NULL, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    put_json(f->st, "source/paper", "{}", NULL);
    assert_false(try_put(f->st, "demand/a", "{\"x\":1}", "source/paper", &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
}

/* The ministry says that there is none, which alone is no claim; but it says so again beside the
 * paper when that is back. */
static void a_source_that_speaks_again_when_another_is_back_can_t_be_deleted(void **state)
{
    fixture *f = *state;
    err e = {0};
    fill(f);
    put_json(f->st, "demand/b", "{\"budget\":7}", "source/paper");
    put_json(f->st, "demand/b", "{\"budget\":null}", "source/ministry");
    assert_true(store_delete(f->st, "demand/a", &e));
    assert_true(store_delete(f->st, "demand/c", &e));
    withdraw(f, "source/paper");
    assert_int_equal(
        count(f, "select count(*) from claim where ended is null and source is not null"), 0);
    assert_false(store_delete(f->st, "source/ministry", &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_says(e.message, "1 record rests on it, demand/b");
    assert_says(e.hint, "comes back with a source that is withdrawn");
    restore(f, "source/paper");
    assert_record(f->st, "demand/b",
                  "{\"id\":\"demand/b\",\"kind\":\"demand\",\"version\":6,\"budget\":7,"
                  "\"title\":\"own\"}");
    assert_true(store_delete(f->st, "demand/b", &e));
    assert_true(store_delete(f->st, "source/ministry", &e));
}

static void what_can_t_be_withdrawn_is_refused_and_nothing_happens(void **state)
{
    static const struct {
        const char *source, *why;
        bool undo;
        err_code code;
        const char *says;
    } ROWS[] = {
        {"source/none", "x", false, ERR_NOT_FOUND, "source/none"},
        {"demand/a", "x", false, ERR_USAGE, "not a source"},
        {"paper", "x", false, ERR_BAD_DATA, "kind/slug"},
        {"source/paper", "", false, ERR_USAGE, "reason"},
        {"source/paper", "x", true, ERR_NOT_FOUND, "not withdrawn"},
        {"source/gone", "x", false, ERR_NOT_ALLOWED, "was withdrawn"},
    };
    fixture *f = *state;
    fill(f);
    put_json(f->st, "source/gone", "{}", NULL);
    withdraw(f, "source/gone");
    int64_t before = count(f, "select max(seq) from event");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        err e = {0};
        assert_false((ROWS[i].undo ? store_restore : store_withdraw)(
            f->st, ROWS[i].source, ROWS[i].why, NULL, NULL, NULL, &e));
        assert_int_equal(e.code, ROWS[i].code);
        assert_says(e.message, ROWS[i].says);
    }
    assert_int_equal(count(f, "select max(seq) from event"), before);
}

/* Refuses the third change that it is asked about. */
static bool refuse(void *ctx, const value *change, err *e)
{
    (void)change;
    int *left = ctx;
    return --*left > 0 || err_set(e, ERR_NOT_ALLOWED, "not this one");
}

static void it_is_all_or_nothing(void **state)
{
    fixture *f = *state;
    err e = {0};
    int left = 3;
    fill(f);
    put_json(f->st, "demand/d", "{\"title\":\"paper\"}", "source/paper");
    put_json(f->st, "demand/e", "{\"title\":\"paper\"}", "source/paper");
    char *before = state_of(f);
    store_set_check(f->st, refuse, &left);
    assert_false(store_withdraw(f->st, "source/paper", "x", NULL, NULL, NULL, &e));
    assert_says(e.message, "not this one");
    store_set_check(f->st, NULL, NULL);
    char *after = state_of(f);
    assert_string_equal(after, before);
    free(before);
    free(after);
    assert_int_equal(count(f, "select count(*) from withdrawal"), 0);
    assert_whole(f->st);
}

static void save_unique(fixture *f)
{
    err e = {0};
    value kinds = json("[{\"name\":\"firm\",\"plugin\":\"p\",\"fields\":["
                       "{\"name\":\"kvk\",\"type\":\"text\",\"unique\":true}]}]");
    assert_true(kinds_save(f->st, &kinds, &e));
    value_free(&kinds);
}

/* firm/a has "1" by its own word, under the register's "2"; and firm/b has "1" since. */
static void fill_unique(fixture *f)
{
    put_json(f->st, "source/register", "{\"reliability\":\"A\"}", NULL);
    put_json(f->st, "source/paper", "{\"reliability\":\"C\"}", NULL);
    put_json(f->st, "firm/a", "{\"kvk\":\"1\"}", "source/paper");
    put_json(f->st, "firm/a", "{\"kvk\":\"2\"}", "source/register");
    put_json(f->st, "firm/b", "{\"kvk\":\"1\"}", NULL);
}

static void a_unique_value_that_would_come_back_twice_is_refused(void **state)
{
    fixture *f = *state;
    err e = {0};
    save_unique(f);
    fill_unique(f);
    char *before = state_of(f), *after = NULL;
    assert_false(
        store_withdraw(f->st, "source/register", "wrong", NULL, NULL, NULL, &e)); /* withdrawal */
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_string_equal(e.where, "firm/a");
    assert_says(e.message, "got \"1\", which firm/b has");
    assert_says(e.hint, "first");
    e = (err){0}; /* a source that weighs less */
    assert_false(try_put(f->st, "source/register", "{\"reliability\":\"F\"}", NULL, &e));
    assert_says(e.message, "got \"1\", which firm/b has");
    e = (err){0}; /* a decision */
    assert_false(store_settle(f->st, "firm/a", "kvk", "source/paper", "they say so", &e));
    assert_says(e.message, "got \"1\", which firm/b has");
    after = state_of(f);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void taking_it_back_is_refused_too_until_the_other_gives_way(void **state)
{
    fixture *f = *state;
    err e = {0};
    save_unique(f);
    put_json(f->st, "source/paper", "{\"reliability\":\"C\"}", NULL);
    put_json(f->st, "firm/a", "{\"kvk\":\"1\"}", "source/paper");
    withdraw(f, "source/paper");
    put_json(f->st, "firm/b", "{\"kvk\":\"1\"}", NULL);
    assert_false(store_restore(f->st, "source/paper", "right", NULL, NULL, NULL, &e));
    assert_string_equal(e.where, "firm/a");
    put_json(f->st, "firm/b", "{\"kvk\":\"3\"}", NULL);
    restore(f, "source/paper");
}

/* Both change by the same withdrawal: what counts is how they are at its end. */
static void two_that_swap_a_unique_value_are_no_clash(void **state)
{
    fixture *f = *state;
    save_unique(f);
    put_json(f->st, "source/register", "{\"reliability\":\"A\"}", NULL);
    put_json(f->st, "source/paper", "{\"reliability\":\"C\"}", NULL);
    put_json(f->st, "firm/a", "{\"kvk\":\"1\"}", "source/paper");
    put_json(f->st, "firm/a", "{\"kvk\":\"2\"}", "source/register");
    put_json(f->st, "firm/b", "{\"kvk\":\"1\"}", "source/register");
    withdraw(f, "source/register");
    assert_record(f->st, "firm/a",
                  "{\"id\":\"firm/a\",\"kind\":\"firm\",\"version\":3,\"kvk\":\"1\"}");
    assert_record(f->st, "firm/b", "{\"id\":\"firm/b\",\"kind\":\"firm\",\"version\":2}");
}

/* It said nothing there, then something else, and was withdrawn with that. */
static void what_comes_back_late_does_not_stand_beside_what_was_said_since(void **state)
{
    fixture *f = *state;
    err e = {0};
    value claims = value_nil();
    put_json(f->st, "source/a", "{\"title\":\"A\"}", NULL);
    put_json(f->st, "source/b", "{\"title\":\"B\"}", NULL);
    put_json(f->st, "ship/x", "{\"n\":3}", "source/a");
    put_json(f->st, "ship/x", "{\"n\":null}", "source/b");
    assert_true(
        store_withdraw(f->st, "source/a", "wrong", NULL, NULL, NULL, &e)); /* nobody is left */
    put_json(f->st, "ship/x", "{\"n\":1}", "source/b");
    assert_true(store_withdraw(f->st, "source/b", "wrong", NULL, NULL, NULL, &e));
    assert_true(store_restore(f->st, "source/a", "right", NULL, NULL, NULL, &e));
    assert_true(store_restore(f->st, "source/b", "right", NULL, NULL, NULL, &e));
    assert_true(store_claims(f->st, "ship/x", &claims, &e));
    assert_int_equal(value_len(&claims), 2);
    assert_int_equal(value_get_int(value_at(&claims, 0), "value", 0) +
                         value_get_int(value_at(&claims, 1), "value", 0),
                     4);
    assert_whole(f->st);
    value_free(&claims);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(what_comes_back_late_does_not_stand_beside_what_was_said_since),
        T(what_a_withdrawn_source_stated_is_gone_and_the_others_speak),
        T(it_is_one_event_and_one_for_each_record_whose_value_changed),
        T(the_report_names_records_new_values_and_required_fields_that_are_lost),
        T(nothing_is_taken_from_it_until_it_is_back),
        T(rows_of_an_import_that_rest_on_it_are_bad_rows),
        T(of_itself_a_source_may_speak_on),
        T(a_source_that_it_judged_weighs_what_it_weighed_without),
        T(taken_back_all_is_as_it_was),
        T(what_others_did_in_the_meantime_stays),
        T(its_claims_can_still_be_seen_as_withdrawn),
        T(a_withdrawn_source_may_be_deleted_and_stays_withdrawn),
        T(a_source_that_speaks_again_when_another_is_back_can_t_be_deleted),
        T(what_can_t_be_withdrawn_is_refused_and_nothing_happens),
        T(it_is_all_or_nothing),
        T(a_unique_value_that_would_come_back_twice_is_refused),
        T(taking_it_back_is_refused_too_until_the_other_gives_way),
        T(two_that_swap_a_unique_value_are_no_clash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
