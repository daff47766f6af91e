#include "support.h"

#include "store/kinds.h"

static bool save(fixture *f, const char *fields, err *e)
{
    buf text = {0};
    *e = (err){0};
    buf_fmt(&text, "[{\"name\":\"thing\",\"plugin\":\"p\",\"fields\":[%s]}]", fields);
    value kinds = json(buf_text(&text));
    bool ok = kinds_save(f->st, &kinds, e);
    value_free(&kinds);
    buf_free(&text);
    return ok;
}

static void assert_fields(fixture *f, const char *expected)
{
    err e = {0};
    value kinds = value_nil();
    assert_true(kinds_load(f->st, &kinds, &e));
    char *text = text_of(value_get(value_at(&kinds, 0), "fields"));
    assert_string_equal(text, expected);
    free(text);
    value_free(&kinds);
}

#define OLD "{\"name\":\"code\",\"type\":\"text\"},{\"name\":\"n\",\"type\":\"integer\"}"

static int setup_records(void **state)
{
    setup(state);
    fixture *f = *state;
    err e = {0};
    assert_true(save(f, OLD, &e));
    put_json(f->st, "thing/a", "{\"code\":\"x\",\"n\":3}", NULL);
    put_json(f->st, "thing/b", "{\"code\":\"x\",\"n\":12}", NULL);
    put_json(f->st, "thing/c", "{\"n\":5}", NULL);
    return 0;
}

static void records_in_the_way_are_listed_and_the_kind_stays_as_it_was(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *fields, *says[3];
    } ROWS[] = {
        {"{\"name\":\"code\",\"type\":\"integer\"}",
         {"the kind thing can't change: 2 values stand in the way",
          "thing/a code: expected an integer", "thing/b code"}},
        {"{\"name\":\"n\",\"type\":\"integer\",\"maximum\":9}",
         {"1 value stands in the way", "thing/b n: expected an integer of at most 9, got 12"}},
        {"{\"name\":\"code\",\"type\":\"text\",\"required\":true}",
         {"1 value stands", "thing/c code: expected a value, got nothing"}},
        {"{\"name\":\"code\",\"type\":\"text\",\"unique\":true}",
         {"1 value stands", "thing/b code: has the same value as thing/a"}},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        err e = {0};
        if (save(f, ROWS[i].fields, &e))
            fail_msg("%s is taken", ROWS[i].fields);
        assert_int_equal(e.code, ERR_BAD_DATA);
        for (size_t k = 0; k < 3 && ROWS[i].says[k]; k++)
            assert_says(e.message, ROWS[i].says[k]);
        assert_says(e.hint, "polder put");
        assert_fields(f, "[" OLD "]");
        assert_false(try_put(f->st, "thing/z", "{\"n\":\"x\"}", NULL, &e));
        put_json(f->st, "thing/a", "{\"code\":\"x\"}", NULL);
    }
}

/* Metres don't silently become kilometres. */
static void values_in_another_unit_stand_in_the_way(void **state)
{
    static const char METRES[] = "{\"name\":\"n\",\"type\":\"integer\",\"unit\":\"m\"}";
    fixture *f = *state;
    err e = {0};
    assert_true(save(f, METRES, &e)); /* what it was in wasn't said before */
    assert_false(
        save(f, "{\"name\":\"n\",\"type\":\"decimal\",\"unit\":\"km\",\"minimum\":4}", &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_says(e.message,
                "4 values stand in the way: thing/a n: expected a decimal of at least 4");
    assert_says(e.message, "thing/a n: has a value in m, not in km");
    assert_says(e.hint, "another name");
    assert_false(save(f, "{\"name\":\"n\",\"type\":\"integer\"}", &e));
    assert_says(e.message, "not in no unit");
    for (const char *id = "abc"; *id; id++)
        put_json(f->st, (char[]){'t', 'h', 'i', 'n', 'g', '/', *id, '\0'}, "{\"n\":null}", NULL);
    assert_true(save(f, "{\"name\":\"n\",\"type\":\"integer\",\"unit\":\"km\"}", &e));
}

static void money_of_another_currency_stands_in_the_way(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "thing/a", "{\"p\":{\"amount\":1,\"currency\":\"USD\"}}", NULL);
    assert_true(save(f, "{\"name\":\"p\",\"type\":\"money\"}", &e));
    assert_false(save(f, "{\"name\":\"p\",\"type\":\"money\",\"unit\":\"EUR\"}", &e));
    assert_says(e.message, "1 value stands in the way: thing/a p: expected money in EUR");
    assert_true(save(f, "{\"name\":\"p\",\"type\":\"money\",\"unit\":\"USD\"}", &e));
}

static void a_change_that_every_record_fits_is_made(void **state)
{
    fixture *f = *state;
    err e = {0};
    if (!save(f,
              "{\"name\":\"n\",\"type\":\"decimal\",\"minimum\":3},{\"name\":\"new\",\"type\":"
              "\"date\"}",
              &e))
        fail_msg("%s", e.message);
    assert_false(try_put(f->st, "thing/a", "{\"new\":\"morgen\"}", NULL, &e));
    put_json(f->st, "thing/a", "{\"n\":3.5}", NULL);
    assert_true(store_delete(f->st, "thing/b", &e));
    assert_true(save(f, "{\"name\":\"n\",\"type\":\"decimal\",\"maximum\":9}", &e));
    put_json(f->st, "thing/a", "{\"code\":null}", NULL);
    assert_true(save(f, "{\"name\":\"code\",\"type\":\"integer\"}", &e));
}

static void only_fields_that_are_declared_otherwise_are_looked_at(void **state)
{
    fixture *f = *state;
    err e = {0};
    /* Data from before values were checked. */
    assert_true(db_exec(store_db(f->st), "update claim set value = '\"x\"' where field = 'n'", &e));
    assert_true(save(f, OLD ",{\"name\":\"more\",\"type\":\"text\"}", &e));
    assert_true(save(
        f, "{\"name\":\"n\",\"type\":\"integer\",\"title\":{\"nl\":\"Aantal\"},\"required\":false}",
        &e));
}

static void a_claim_that_does_not_give_the_value_stands_in_the_way_too(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "source/poor", "{\"reliability\":\"F\"}", NULL);
    put_json(f->st, "thing/a", "{\"n\":99}", "source/poor");
    assert_false(save(f, "{\"name\":\"n\",\"type\":\"integer\",\"maximum\":12}", &e));
    assert_says(e.message, "thing/a n: expected an integer of at most");
}

static void a_change_makes_references_and_words_again(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "thing/a", "{\"code\":\"thing/b\"}", NULL);
    put_json(f->st, "thing/b", "{\"code\":null}", NULL);
    assert_true(save(f, "{\"name\":\"code\",\"type\":\"reference\",\"kind\":\"thing\"}", &e));
    query *q = db_prepare(store_db(f->st), "select record, field, target from reference", &e);
    assert_true(query_step(q, &e));
    assert_string_equal(query_text(q, 0), "thing/a");
    assert_string_equal(query_text(q, 2), "thing/b");
    assert_false(query_step(q, &e));
    query_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup_records, teardown)
        T(records_in_the_way_are_listed_and_the_kind_stays_as_it_was),
        T(values_in_another_unit_stand_in_the_way),
        T(money_of_another_currency_stands_in_the_way),
        T(a_change_that_every_record_fits_is_made),
        T(only_fields_that_are_declared_otherwise_are_looked_at),
        T(a_claim_that_does_not_give_the_value_stands_in_the_way_too),
        T(a_change_makes_references_and_words_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
