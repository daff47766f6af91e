#include "support.h"

#include "store/settle.h"

static void assert_title(fixture *f, const char *id, const char *title)
{
    err e = {0};
    value v = value_nil();
    assert_true(store_get(f->st, id, &v, &e));
    assert_string_equal(value_get_str(&v, "title", "(none)"), title);
    value_free(&v);
}

static void the_more_reliable_source_wins_whatever_the_order(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/good", "{\"reliability\":\"B\",\"date\":\"2020-01-01\"}", NULL);
    put_json(f->st, "source/poor", "{\"reliability\":\"F\",\"date\":\"2026-01-01\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"good\"}", "source/good");
    put_json(f->st, "demand/a", "{\"title\":\"poor\"}", "source/poor");
    assert_title(f, "demand/a", "good");
    put_json(f->st, "demand/b", "{\"title\":\"poor\"}", "source/poor");
    put_json(f->st, "demand/b", "{\"title\":\"good\"}", "source/good");
    assert_title(f, "demand/b", "good");
}

static void among_equals_the_later_date_wins_and_then_the_later_claim(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/new", "{\"published\":\"2026-02-23\"}", NULL);
    put_json(f->st, "source/old", "{\"date\":\"2025\"}", NULL);
    put_json(f->st, "source/same", "{\"date\":\"2026-02-23T10:00:00Z\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"new\"}", "source/new");
    put_json(f->st, "demand/a", "{\"title\":\"old\"}", "source/old");
    assert_title(f, "demand/a", "new");
    put_json(f->st, "demand/a", "{\"title\":\"same day, later\"}", "source/same");
    assert_title(f, "demand/a", "same day, later");
}

/* To say something without a source doesn't overrule a good one: settle does, with a reason. */
static void a_source_without_a_reliability_counts_as_c_and_one_s_own_word_goes_before_it(
    void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/b", "{\"reliability\":\"b\"}", NULL);
    put_json(f->st, "source/none", "{}", NULL);
    put_json(f->st, "source/d", "{\"reliability\":\"D\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"d\"}", "source/d");
    put_json(f->st, "demand/a", "{\"title\":\"none\"}", "source/none");
    assert_title(f, "demand/a", "none");
    put_json(f->st, "demand/a", "{\"title\":\"b\"}", "source/b");
    assert_title(f, "demand/a", "b");
    put_json(f->st, "demand/a", "{\"title\":\"own\"}", NULL);
    assert_title(f, "demand/a", "b");
    put_json(f->st, "source/b", "{\"reliability\":\"E\"}", NULL);
    assert_title(f, "demand/a", "own");
    put_json(f->st, "source/later", "{\"date\":\"2999-01-01\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"later\"}", "source/later");
    assert_title(f, "demand/a", "own");
    put_json(f->st, "source/none", "{\"reliability\":\"B\"}", NULL);
    assert_title(f, "demand/a", "none");
}

/* Before own words had a grade they stood over all sources. */
static void a_store_from_before_own_words_had_a_grade_is_resolved_again(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "source/b", "{\"reliability\":\"B\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"b\",\"note\":\"b\"}", "source/b");
    put_json(f->st, "demand/a", "{\"title\":\"own\",\"more\":\"own\"}", NULL);
    put_json(f->st, "demand/c", "{\"title\":\"b\"}", "source/b");
    put_json(f->st, "demand/c", "{\"title\":\"own\"}", NULL);
    assert_true(store_settle(f->st, "demand/c", "title", NULL, "asked them", &e));
    assert_true(db_exec(store_db(f->st),
                        "update record set data = json_set(data, '$.title', 'own') where id = "
                        "'demand/a'; update meta set value = '1' where key = 'index'",
                        &e));
    store_close(f->st);
    f->st = store_open(f->path, false, &e);
    assert_non_null(f->st);
    assert_title(f, "demand/a", "b");
    assert_title(f, "demand/c", "own"); /* decided by a person */
    int64_t head = 0, again = 0;
    assert_true(event_head(f->st, &head, &e));
    store_close(f->st);
    f->st = store_open(f->path, false, &e);
    assert_true(event_head(f->st, &again, &e));
    assert_int_equal(again, head); /* once */
}

/* Else a source that is pulled in could raise its own grade over the operator's. */
static void what_a_source_says_of_itself_yields_to_one_s_own_word(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/x", "{\"reliability\":\"E\"}", NULL);
    put_json(f->st, "source/x", "{\"reliability\":\"A\"}", "source/x");
    put_json(f->st, "source/y", "{\"reliability\":\"D\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"x\"}", "source/x");
    put_json(f->st, "demand/a", "{\"title\":\"y\"}", "source/y");
    assert_title(f, "demand/a", "y");
}

static void a_later_claim_of_the_same_source_replaces_its_former_one(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "source/s", "{}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"one\"}", "source/s");
    put_json(f->st, "demand/a", "{\"title\":\"two\"}", "source/s");
    assert_title(f, "demand/a", "two");
    value claims = value_nil();
    assert_true(store_claims(f->st, "demand/a", &claims, &e));
    assert_int_equal(value_len(&claims), 1);
    value_free(&claims);
    query *q = db_prepare(store_db(f->st),
                          "select ended = (select max(seq) from event) from claim"
                          " where record = 'demand/a' order by id",
                          &e);
    assert_true(query_step(q, &e));
    assert_int_equal(query_int64(q, 0), 1);
    assert_true(query_step(q, &e));
    assert_true(query_is_null(q, 0));
    query_free(q);
}

static void claims_say_who_where_and_when(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t now = 0;
    assert_true(clock_time_parse("2026-11-24T10:00:00Z", &now));
    clock_set(now);
    put_json(f->st, "source/s", "{\"reliability\":\"B\",\"date\":\"2026-02-23\"}", NULL);
    value fields = json("{\"regions\":7}");
    statement s = {
        .id = "agreement/a", .fields = &fields, .source = "source/s", .place = "paragraph 2"};
    assert_true(store_put(f->st, &s, NULL, &e));
    value_free(&fields);
    put_json(f->st, "agreement/a", "{\"regions\":6}", NULL);
    value claims = value_nil();
    assert_true(store_claims(f->st, "agreement/a", &claims, &e));
    char *text = text_of(&claims);
    assert_string_equal(
        text,
        "[{\"field\":\"regions\",\"value\":7,\"source\":\"source/s\",\"place\":\"paragraph 2\","
        "\"date\":\"2026-02-23\",\"reliability\":\"B\",\"time\":\"2026-11-24T10:00:00.000Z\","
        "\"event\":2},"
        "{\"field\":\"regions\",\"value\":6,\"source\":null,\"place\":null,"
        "\"date\":\"2026-11-24\",\"reliability\":\"C\",\"time\":\"2026-11-24T10:00:00.000Z\","
        "\"event\":3}]");
    free(text);
    value_free(&claims);
}

static void a_source_must_be_a_record_of_kind_source(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "source/defensie", "{}", NULL);
    assert_false(try_put(f->st, "demand/a", "{\"x\":1}", "source/defensi", &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.hint, "source/defensie");
    put_json(f->st, "demand/b", "{}", NULL);
    assert_false(try_put(f->st, "demand/a", "{\"x\":1}", "demand/b", &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
}

static void another_reliability_of_a_source_resolves_again_what_rests_on_it(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/x", "{\"reliability\":\"B\"}", NULL);
    put_json(f->st, "source/y", "{\"reliability\":\"C\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"x\"}", "source/x");
    put_json(f->st, "demand/a", "{\"title\":\"y\"}", "source/y");
    assert_title(f, "demand/a", "x");
    put_json(f->st, "source/x", "{\"reliability\":\"F\"}", NULL);
    assert_title(f, "demand/a", "y");
    assert_whole(f->st);
}

static void a_source_that_takes_a_field_away_lets_the_others_speak(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/x", "{\"reliability\":\"C\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"x\"}", "source/x");
    put_json(f->st, "demand/a", "{\"title\":\"own\"}", NULL);
    /* One's own "there is none" is a claim among claims, and wins as one. */
    put_json(f->st, "demand/a", "{\"title\":null}", NULL);
    assert_title(f, "demand/a", "(none)");
    /* When all say that there is none, there are no claims left. */
    put_json(f->st, "demand/a", "{\"title\":null}", "source/x");
    err e = {0};
    value claims = value_nil();
    assert_true(store_claims(f->st, "demand/a", &claims, &e));
    assert_int_equal(value_len(&claims), 0);
    value_free(&claims);
}

static void sources_that_judge_each_other_in_a_circle_come_to_an_end(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/x", "{}", NULL);
    put_json(f->st, "source/y", "{}", NULL);
    put_json(f->st, "source/x", "{\"reliability\":\"F\"}", "source/y");
    put_json(f->st, "source/y", "{\"reliability\":\"F\"}", "source/x");
    put_json(f->st, "source/x", "{\"reliability\":\"A\"}", "source/x");
    put_json(f->st, "source/y", "{\"reliability\":\"A\"}", "source/y");
    assert_whole(f->st);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(the_more_reliable_source_wins_whatever_the_order),
        T(among_equals_the_later_date_wins_and_then_the_later_claim),
        T(a_source_without_a_reliability_counts_as_c_and_one_s_own_word_goes_before_it),
        T(what_a_source_says_of_itself_yields_to_one_s_own_word),
        T(a_store_from_before_own_words_had_a_grade_is_resolved_again),
        T(a_later_claim_of_the_same_source_replaces_its_former_one),
        T(claims_say_who_where_and_when),
        T(a_source_must_be_a_record_of_kind_source),
        T(another_reliability_of_a_source_resolves_again_what_rests_on_it),
        T(a_source_that_takes_a_field_away_lets_the_others_speak),
        T(sources_that_judge_each_other_in_a_circle_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
