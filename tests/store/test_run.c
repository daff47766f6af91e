#include "support.h"

#include "base/hash.h"
#include "store/run.h"

static void a_run_comes_back_as_it_was_stored(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t now = 0;
    assert_true(clock_time_parse("2026-02-23T13:05:09.120Z", &now));
    clock_set(now);
    put_json(f->st, "demand/a", "{}", NULL);
    value inputs = json("{\"scorecard\":\"zeeland/zeeland\",\"seed\":7}");
    value result = json("{\"demands\":[{\"demand\":\"demand/a\",\"score\":0.1}]}"), back;
    char *id = run_store(f->st, "match", &inputs, &result, &e);
    assert_non_null(id);
    assert_memory_equal(id, "run/20260223-130509-120-", 24);
    assert_true(store_check_id(id, &e));
    assert_true(run_load(f->st, id, &back, &e));
    assert_string_equal(value_get_str(&back, "what", ""), "match");
    assert_string_equal(value_get_str(&back, "time", ""), "2026-02-23T13:05:09.120Z");
    assert_int_equal(value_get_int(&back, "log", 0), 1);
    assert_true(value_equal(value_get(&back, "inputs"), &inputs));
    assert_true(value_equal(value_get(&back, "result"), &result));
    value_free(&back);
    value_free(&inputs);
    value_free(&result);
    free(id);
    assert_whole(f->st);
}

static void the_log_proves_what_a_run_took_and_gave(void **state)
{
    fixture *f = *state;
    err e = {0};
    value inputs = json("{\"log\":12}"), result = json("{\"x\":1}");
    char *id = run_store(f->st, "match", &inputs, &result, &e);
    query *q =
        db_prepare(store_db(f->st),
                   "select data ->> 'result', subject, type from event order by seq desc", &e);
    assert_true(query_step(q, &e));
    char digest[HASH_TEXT];
    hash_of("{\"x\":1}", 7, digest);
    assert_string_equal(query_text(q, 0), digest);
    assert_string_equal(query_text(q, 1), id);
    assert_string_equal(query_text(q, 2), "run.finished");
    query_free(q);
    value back = value_nil();
    assert_true(run_load(f->st, id, &back, &e));
    assert_int_equal(value_get_int(&back, "log", 0), 12);
    value_free(&back);
    value_free(&inputs);
    value_free(&result);
    free(id);
}

static void a_run_that_is_not_there_names_the_newest(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_map(), back = value_nil();
    char *id = NULL;
    for (int i = 0; i < 5; i++) {
        free(id);
        id = run_store(f->st, "match", &v, &v, &e);
    }
    assert_false(run_load(f->st, "run/none", &back, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.hint, "run/20");
    value_free(&v);
    free(id);
}

static void a_run_that_was_changed_in_the_file_says_so(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf text = {0};
    value inputs = json("{\"log\":12}"), result = json("{\"x\":1}");
    char *id = run_store(f->st, "match", &inputs, &result, &e);
    assert_true(run_result(f->st, id, &text, &e));
    assert_string_equal(buf_text(&text), "{\"x\":1}");
    assert_true(db_exec(store_db(f->st), "update run set inputs = '{\"log\":13}'", &e));
    assert_false(run_result(f->st, id, &text, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_says(e.message, "event 1");
    buf_free(&text);
    value_free(&inputs);
    value_free(&result);
    free(id);
}

static void keep_run(fixture *f, const char *what, const char *inputs)
{
    err e = {0};
    value in = json(inputs), result = json("{}");
    char *id = run_store(f->st, what, &in, &result, &e);
    assert_non_null(id);
    value_free(&in);
    value_free(&result);
    free(id);
}

static void the_newest_match_that_counted_texts_says_where(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t counted = -1, now = 0;
    assert_true(run_last_counted(f->st, &counted, &e));
    assert_int_equal(counted, 0);
    assert_true(clock_time_parse("2026-02-23T13:05:09.120Z", &now));
    static const char *const RUNS[][2] = {{"match", "{\"counted\":3}"},
                                          {"match", "{\"counted\":7}"},
                                          {"report", "{\"counted\":9}"},
                                          {"match", "{\"log\":11}"}};
    for (size_t i = 0; i < sizeof RUNS / sizeof RUNS[0]; i++) {
        clock_set(now + (int64_t)i); /* ids go by time */
        keep_run(f, RUNS[i][0], RUNS[i][1]);
    }
    assert_true(run_last_counted(f->st, &counted, &e));
    assert_int_equal(counted, 7);
}

/* A report in between is no match that anybody compares with. */
static void last_counts_matches_alone(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t now = 0;
    value back = value_nil();
    assert_true(clock_time_parse("2026-02-23T13:05:09.120Z", &now));
    static const char *const RUNS[][2] = {{"match", "{\"n\":1}"},
                                          {"report", "{\"n\":2}"},
                                          {"match", "{\"n\":3}"},
                                          {"report", "{\"n\":4}"}};
    assert_false(run_load_match(f->st, "last", &back, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.hint, "no run of a match is kept");
    for (size_t i = 0; i < sizeof RUNS / sizeof RUNS[0]; i++) {
        clock_set(now + (int64_t)i); /* ids go by time */
        keep_run(f, RUNS[i][0], RUNS[i][1]);
    }
    assert_true(run_load_match(f->st, "last", &back, &e));
    assert_int_equal(value_get_int(value_get(&back, "inputs"), "n", 0), 3);
    value_free(&back);
    assert_true(run_load_match(f->st, "last~1", &back, &e));
    assert_int_equal(value_get_int(value_get(&back, "inputs"), "n", 0), 1);
    value_free(&back);
    assert_false(run_load_match(f->st, "last~2", &back, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.message, "there is no match last~2");
    assert_says(e.hint, "run/20");
}

/* Without what it gave: whoever may not read the records may still know that there was a run. */
static void what_a_run_was_asked_is_known_without_what_it_gave(void **state)
{
    fixture *f = *state;
    err e = {0};
    value inputs = json("{\"scorecard\":\"zeeland/zeeland\"}"), result = json("{\"secret\":1}");
    put_json(f->st, "demand/a", "{}", NULL);
    char *id = run_store(f->st, "match", &inputs, &result, &e);
    value found = value_nil();
    assert_true(run_find(f->st, id, 0, &found, &e));
    assert_string_equal(value_get_str(&found, "id", ""), id);
    assert_string_equal(value_get_str(&found, "what", ""), "match");
    assert_true(value_equal(value_get(&found, "inputs"), &inputs));
    assert_null(value_get(&found, "result"));
    value_free(&found);
    assert_true(run_find(f->st, id, 2, &found, &e)); /* it is event 2 */
    assert_true(value_is(&found, VALUE_MAP));
    value_free(&found);
    assert_true(run_find(f->st, id, 1, &found, &e));
    assert_true(value_is(&found, VALUE_NIL));
    assert_true(run_find(f->st, "last", 0, &found, &e));
    assert_true(value_is(&found, VALUE_NIL));
    value_free(&inputs);
    value_free(&result);
    free(id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_run_comes_back_as_it_was_stored),
        T(the_log_proves_what_a_run_took_and_gave),
        T(a_run_that_is_not_there_names_the_newest),
        T(what_a_run_was_asked_is_known_without_what_it_gave),
        T(a_run_that_was_changed_in_the_file_says_so),
        T(the_newest_match_that_counted_texts_says_where),
        T(last_counts_matches_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
