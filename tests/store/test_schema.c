#include "support.h"

#include "../base/random.h"
#include "store/kinds.h"
#include "store/schema.h"

static const char KIND[] =
    "[{\"name\":\"thing\",\"plugin\":\"p\",\"fields\":["
    "{\"name\":\"title\",\"type\":\"text\",\"required\":true},"
    "{\"name\":\"trl\",\"type\":\"integer\",\"minimum\":1,\"maximum\":9},"
    "{\"name\":\"code\",\"type\":\"text\",\"unique\":true},"
    "{\"name\":\"aliases\",\"type\":\"text\",\"many\":true,\"unique\":true},"
    "{\"name\":\"owner\",\"type\":\"reference\",\"kind\":\"thing\"},"
    "{\"name\":\"tags\",\"type\":\"term\",\"many\":true,"
    "\"terms\":[{\"name\":\"drones\"},{\"name\":\"hydrogen\",\"nl\":\"waterstof\"}]}]}]";

static void save(fixture *f, const char *text)
{
    err e = {0};
    value kinds = json(text);
    if (!kinds_save(f->st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
}

static int setup_kind(void **state)
{
    setup(state);
    save(*state, KIND);
    return 0;
}

static void each_type_takes_its_own_values_and_no_others(void **state)
{
    (void)state;
    static const struct {
        const char *field, *good[4], *bad[8];
    } ROWS[] = {
        {"{\"type\":\"text\"}", {"\"a\"", "\"\"", "null"}, {"7", "true", "[\"a\"]", "{\"a\":1}"}},
        {"{\"type\":\"integer\"}", {"7", "-7", "0"}, {"7.5", "\"7\"", "true", "[7]"}},
        {"{\"type\":\"decimal\"}", {"7", "7.5"}, {"\"7.5\"", "true", "{}"}},
        {"{\"type\":\"boolean\"}", {"true", "false"}, {"1", "\"true\"", "\"ja\""}},
        {"{\"type\":\"date\"}",
         {"\"2026-02-23\"", "\"2024-02-29\""},
         {"\"2026-02-30\"", "\"23-2-2026\"", "\"2026\"", "20260223", "\"2026-02-23T00:00:00Z\""}},
        {"{\"type\":\"time\"}",
         {"\"2026-02-23T13:05:00Z\"", "\"2026-02-23T13:05:00+01:00\""},
         {"\"13:05\"", "\"2026-02-23\"", "\"2026-02-23T25:00:00Z\"", "5"}},
        {"{\"type\":\"money\",\"minimum\":0}",
         {"{\"amount\":1,\"currency\":\"EUR\"}", "{\"currency\":\"USD\",\"amount\":1.5}"},
         {"1200", "\"EUR 1200\"", "{\"amount\":1}", "{\"amount\":\"1\",\"currency\":\"EUR\"}",
          "{\"amount\":1,\"currency\":\"eur\"}", "{\"amount\":1,\"currency\":\"EUR\",\"x\":1}",
          "{\"amount\":-1,\"currency\":\"EUR\"}"}},
        {"{\"type\":\"money\",\"unit\":\"EUR\"}",
         {"{\"amount\":3,\"currency\":\"EUR\"}"},
         {"{\"amount\":3,\"currency\":\"USD\"}", "3"}},
        {"{\"type\":\"url\"}",
         {"\"https://example.org/a?b=c\"", "\"ftp://example.org\""},
         {"\"example.org\"", "\"https://\"", "\"https://a b\"", "\"http:/x\"", "7"}},
        {"{\"type\":\"email\"}",
         {"\"naam@example.org\""},
         {"\"naam\"", "\"naam@\"", "\"@example.org\"", "\"a@b@example.org\"", "\"a b@example.org\"",
          "\"naam@example\"", "\"naam@.org\"", "7"}},
        {"{\"type\":\"term\",\"terms\":[{\"name\":\"drones\"}]}",
         {"\"drones\""},
         {"\"drone\"", "\"Drones\"", "\"\"", "7"}},
        {"{\"type\":\"term\",\"open\":true,\"terms\":[{\"name\":\"drones\"}]}",
         {"\"drones\"", "\"hovercraft\""},
         {"\"\"", "7"}},
        {"{\"type\":\"reference\",\"kind\":\"organisation\"}",
         {"\"organisation/x\""},
         {"\"x\"", "\"person/x\"", "\"organisation/\"", "\"organisation\"", "\"organisation/a b\"",
          "7"}},
        {"{\"type\":\"place\"}",
         {"\"Goes\"", "{\"lon\":4.9,\"lat\":52}", "{\"city\":\"Goes\"}"},
         {"\"\"", "{}", "{\"lon\":4.9}", "{\"lon\":190,\"lat\":52}", "{\"lon\":4,\"lat\":-91}",
          "{\"lon\":\"4\",\"lat\":\"52\"}", "[4.9,52]"}},
        {"{\"type\":\"integer\",\"minimum\":1,\"maximum\":9}", {"1", "9"}, {"0", "10"}},
        {"{\"type\":\"text\",\"many\":true}",
         {"[]", "[\"a\"]", "[\"a\",\"b\"]"},
         {"\"a\"", "[7]", "[[\"a\"]]", "[null]", "{}"}},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        value field = json(ROWS[i].field);
        value_set(&field, "name", value_text("f"));
        for (size_t k = 0; k < 4 && ROWS[i].good[k]; k++) {
            err e = {0};
            value v = json(ROWS[i].good[k]);
            if (!schema_check(&field, &v, &e))
                fail_msg("%s of %s: %s", ROWS[i].good[k], ROWS[i].field, e.message);
            value_free(&v);
        }
        for (size_t k = 0; k < 8 && ROWS[i].bad[k]; k++) {
            err e = {0};
            value v = json(ROWS[i].bad[k]);
            if (schema_check(&field, &v, &e))
                fail_msg("%s of %s is taken", ROWS[i].bad[k], ROWS[i].field);
            assert_int_equal(e.code, ERR_BAD_DATA);
            assert_int_equal(strncmp(e.message, "f: ", 3), 0);
            value_free(&v);
        }
        value_free(&field);
    }
}

static void an_error_names_record_field_what_was_expected_and_what_was_got(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *fields, *message, *hint;
    } ROWS[] = {
        {"{\"title\":\"A\",\"trl\":\"7\"}", "trl: expected an integer from 1 to 9, got \"7\"",
         "did you mean 7?"},
        {"{\"title\":\"A\",\"trl\":12}", "trl: expected an integer from 1 to 9, got 12", ""},
        {"{\"title\":7}", "title: expected a text, got 7", "\"7\""},
        {"{\"title\":\"A\",\"tags\":[\"drones\",\"drone\"]}",
         "tags: item 2: expected one of drones, hydrogen, got \"drone\"",
         "did you mean \"drones\"?"},
        {"{\"title\":\"A\",\"tags\":[\"waterstoff\"]}", "got \"waterstoff\"", "\"hydrogen\""},
        {"{\"title\":\"A\",\"tags\":[\"zon\"]}", "expected one of drones, hydrogen",
         "one of: drones, hydrogen"},
        {"{\"title\":\"A\",\"tags\":\"drones\"}", "tags: expected a list, got \"drones\"",
         "[\"drones\"]"},
        {"{\"title\":[\"A\"]}", "title: expected a text, got [\"A\"]", "not a list"},
        {"{\"title\":\"A\",\"owner\":\"De Kade\"}",
         "expected a reference to a record of kind thing", "thing/de-kade"},
        {"{\"trl\":7}", "title: expected a value, got nothing: every thing has one", ""},
        {"{\"title\":\"\"}", "title: expected a value, got nothing", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        err e = {0};
        if (try_put(f->st, "thing/a", ROWS[i].fields, NULL, &e))
            fail_msg("%s is taken", ROWS[i].fields);
        assert_int_equal(e.code, ERR_BAD_DATA);
        assert_string_equal(e.where, "thing/a");
        assert_says(e.message, ROWS[i].message);
        assert_says(e.hint, ROWS[i].hint);
    }
    int64_t head = 0;
    assert_true(event_head(f->st, &head, NULL));
    assert_int_equal(head, 1); /* the kinds */
}

/* What a value was meant as, where people write it so; else an example. */
static void each_type_says_what_it_expected_and_what_would_do(void **state)
{
    (void)state;
    static const struct {
        const char *field, *v, *message, *hint;
    } ROWS[] = {
        {"\"text\"", "true", "expected a text, got true", "in quotes it is a text: \"true\""},
        {"\"integer\"", "7.5", "expected an integer, got 7.5", ""},
        {"\"integer\",\"minimum\":1", "0", "expected an integer of at least 1, got 0", ""},
        {"\"integer\",\"maximum\":9", "10", "expected an integer of at most 9, got 10", ""},
        {"\"decimal\",\"unit\":\"km\",\"minimum\":0.5", "0.1",
         "expected a decimal of at least 0.5 km, got 0.1", ""},
        {"\"decimal\"", "\"1,5\"", "expected a decimal, got \"1,5\"", "did you mean 1.5?"},
        {"\"boolean\"", "\"ja\"", "expected a boolean, got \"ja\"", "did you mean true?"},
        {"\"boolean\"", "\"misschien\"", "expected a boolean", "true or false"},
        {"\"date\"", "\"23-2-2026\"", "expected a date, got \"23-2-2026\"",
         "did you mean \"2026-02-23\"?"},
        {"\"date\"", "\"2026-02-30\"", "expected a date, got \"2026-02-30\"",
         "the calendar has no such day"},
        {"\"date\"", "\"gisteren\"", "expected a date", "such as 2026-02-23"},
        {"\"time\"", "\"13:05\"", "expected a time, got \"13:05\"", "2026-02-23T13:05:00Z"},
        {"\"money\",\"unit\":\"EUR\"", "{\"amount\":3,\"currency\":\"USD\"}",
         "expected money in EUR, got {\"amount\":3,\"currency\":\"USD\"}", "in EUR only"},
        {"\"money\",\"unit\":\"GBP\"", "\"veel\"", "expected money in GBP", "such as 'GBP 1200'"},
        {"\"money\",\"unit\":\"EUR\"", "1200", "expected money in EUR, got 1200",
         "did you mean 'EUR 1200', or {\"amount\":1200,\"currency\":\"EUR\"} in JSON?"},
        {"\"money\"", "\"\u20ac 1.200,50\"", "expected money", "'EUR 1200.5'"},
        {"\"money\",\"minimum\":10,\"unit\":\"EUR\"", "{\"amount\":5,\"currency\":\"EUR\"}",
         "expected money of at least 10 EUR, got {\"amount\":5,\"currency\":\"EUR\"}", ""},
        {"\"url\"", "\"example.org/a\"", "expected a url, got \"example.org/a\"",
         "did you mean \"https://example.org/a\"?"},
        {"\"url\"", "\"nergens\"", "expected a url", "such as https://"},
        {"\"email\"", "\"naam\"", "expected an email, got \"naam\"", "name@example.org"},
        {"\"term\",\"terms\":[{\"name\":\"red\",\"nl\":\"rood\"},{\"name\":\"blue\"}]", "\"rood\"",
         "expected one of red, blue, got \"rood\"", "did you mean \"red\"?"},
        {"\"term\",\"terms\":[{\"name\":\"only\"}]", "\"\"", "expected only, got \"\"", ""},
        {"\"reference\",\"kind\":\"thing\"", "\"crate/a\"",
         "expected a reference to a record of kind thing, got \"crate/a\"", "such as thing/a"},
        {"\"place\"", "{\"lon\":200,\"lat\":52}", "expected a place, got {\"lon\":200,\"lat\":52}",
         "lon from -180 to 180"},
        {"\"place\"", "[4,52]", "expected a place, got [4,52]", "{\"lon\":4.9,\"lat\":52.4}"},
        {"\"text\",\"many\":true", "[\"a\",3]", "item 2: expected a text, got 3", "\"3\""},
        {"\"email\",\"personal\":true", "\"anna\"",
         "expected an email, got text (personal: not shown)", "such as name@example.org"},
        {"\"text\",\"personal\":true,\"many\":true", "\"anna\"",
         "expected a list, got text (personal: not shown)", ""},
        {"\"reference\",\"personal\":true,\"kind\":\"thing\"", "\"anna\"",
         "expected a reference to a record of kind thing, got text (personal: not shown)", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        err e = {0};
        buf text = {0};
        buf_fmt(&text, "{\"name\":\"f\",\"type\":%s}", ROWS[i].field);
        value field = json(buf_text(&text)), v = json(ROWS[i].v);
        assert_false(schema_check(&field, &v, &e));
        assert_says(e.message, ROWS[i].message);
        assert_says(e.hint, ROWS[i].hint);
        if (!*ROWS[i].hint)
            assert_null(strstr(e.hint, "anna"));
        value_free(&field);
        value_free(&v);
        buf_free(&text);
    }
}

static void a_long_list_of_terms_is_told_in_part(void **state)
{
    (void)state;
    value field = json("{\"name\":\"f\",\"type\":\"term\",\"terms\":[]}"), terms = value_list();
    for (int i = 0; i < 90; i++) {
        buf name = {0};
        value *term = value_push(&terms, value_map());
        buf_fmt(&name, "term_%02d", i);
        value_add(term, "name", value_text(buf_text(&name)));
        buf_free(&name);
    }
    value_set(&field, "terms", terms);
    value v = value_text("zzzz");
    err e = {0};
    assert_false(schema_check(&field, &v, &e));
    assert_string_equal(e.message, "f: expected one of its 90 terms, got \"zzzz\"");
    assert_says(e.hint, "one of: term_00, term_01");
    assert_says(e.hint, ", … (90 in all)");
    value_free(&v);
    value_free(&field);
}

static void what_is_unique_and_personal_is_not_told(void **state)
{
    fixture *f = *state;
    err e = {0};
    save(f, "[{\"name\":\"thing\",\"plugin\":\"p\",\"fields\":[{\"name\":\"mail\",\"type\":"
            "\"email\",\"personal\":true,\"unique\":true}]}]");
    put_json(f->st, "thing/a", "{\"mail\":\"anna@example.org\"}", NULL);
    assert_false(try_put(f->st, "thing/b", "{\"mail\":\"anna@example.org\"}", NULL, &e));
    assert_string_equal(e.message, "mail: expected a value that no other record has, got text "
                                   "(personal: not shown), which thing/a has");
    assert_string_equal(e.where, "thing/b");
}

static void a_change_can_not_take_away_what_is_required(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "thing/a", "{\"title\":\"A\"}", NULL);
    assert_false(try_put(f->st, "thing/a", "{\"title\":null,\"trl\":3}", NULL, &e));
    assert_says(e.message, "title: expected a value, got nothing");
    put_json(f->st, "thing/a", "{\"trl\":3}", NULL);
    assert_true(store_delete(f->st, "thing/a", &e));
    assert_false(try_put(f->st, "thing/a", "{\"trl\":3}", NULL, &e)); /* a new record again */
    put_json(f->st, "thing/a", "{\"title\":\"B\"}", NULL);
}

static void every_source_s_claim_is_checked_also_one_that_loses(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "source/poor", "{\"reliability\":\"F\"}", NULL);
    put_json(f->st, "thing/a", "{\"title\":\"A\",\"trl\":3}", NULL);
    assert_false(try_put(f->st, "thing/a", "{\"trl\":\"vier\"}", "source/poor", &e));
    assert_says(e.message, "trl: expected an integer");
}

static void a_unique_value_names_the_record_that_has_it(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "thing/a", "{\"title\":\"A\",\"code\":\"x\",\"aliases\":[\"p\",\"q\"]}", NULL);
    assert_false(try_put(f->st, "thing/b", "{\"title\":\"B\",\"code\":\"x\"}", NULL, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_string_equal(e.where, "thing/b");
    assert_says(e.message,
                "code: expected a value that no other record has, got \"x\", which thing/a has");
    assert_false(try_put(f->st, "thing/b", "{\"title\":\"B\",\"aliases\":[\"q\"]}", NULL, &e));
    assert_says(e.message, "aliases");
    put_json(f->st, "thing/a", "{\"code\":\"x\",\"trl\":4}", NULL); /* its own */
    put_json(f->st, "thing/a", "{\"code\":\"y\"}", NULL);
    put_json(f->st, "thing/b", "{\"title\":\"B\",\"code\":\"x\"}", NULL);
    assert_true(store_delete(f->st, "thing/b", &e));
    put_json(f->st, "thing/c", "{\"title\":\"C\",\"code\":\"x\"}", NULL);
    put_json(f->st, "other/c", "{\"code\":\"x\"}", NULL); /* of a kind that nobody declares */
}

static void what_no_kind_declares_is_kept_unchecked(void **state)
{
    fixture *f = *state;
    put_json(f->st, "thing/a", "{\"title\":\"A\",\"extra\":{\"any\":[1,\"x\"]}}", NULL);
    put_json(f->st, "other/a", "{\"trl\":\"zeven\"}", NULL);
    assert_record(f->st, "thing/a",
                  "{\"id\":\"thing/a\",\"kind\":\"thing\",\"version\":1,"
                  "\"extra\":{\"any\":[1,\"x\"]},\"title\":\"A\"}");
}

static void kinds_that_another_process_saved_count_at_once(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "later/a", "{\"n\":\"x\"}", NULL);
    fixture other = {.st = open_at(f->path)};
    save(&other, "[{\"name\":\"next\",\"fields\":[{\"name\":\"n\",\"type\":\"integer\"}]}]");
    store_close(other.st);
    assert_false(try_put(f->st, "next/a", "{\"n\":\"x\"}", NULL, &e));
    put_json(f->st, "thing/z", "{\"trl\":\"not a thing any more\"}", NULL);
}

/* The oracle of the property test: says again, in other words, what a value of a type is. */
static bool is_of(const char *type, const value *v)
{
    if (value_is(v, VALUE_NIL))
        return true;
    if (strcmp(type, "text") == 0)
        return v->type == VALUE_TEXT;
    if (strcmp(type, "integer") == 0)
        return v->type == VALUE_INT;
    if (strcmp(type, "decimal") == 0)
        return v->type == VALUE_INT || v->type == VALUE_DOUBLE;
    return v->type == VALUE_BOOL;
}

static void random_values_are_kept_just_when_they_fit_a_random_kind(void **state)
{
    fixture *f = *state;
    static const char *const TYPES[] = {"text", "integer", "decimal", "boolean"};
    random_start();
    for (int round = 0; round < 60; round++) {
        buf kind = {0};
        bool many[4];
        const char *types[4];
        buf_fmt(&kind, "[{\"name\":\"k%d\",\"fields\":[", round);
        for (int i = 0; i < 4; i++) {
            many[i] = random_below(3) == 0;
            types[i] = TYPES[random_below(4)];
            buf_fmt(&kind, "%s{\"name\":\"f%d\",\"type\":\"%s\",\"many\":%s}", i ? "," : "", i,
                    types[i], many[i] ? "true" : "false");
        }
        buf_str(&kind, "]}]");
        save(f, buf_text(&kind));
        buf_free(&kind);
        for (int n = 0; n < 20; n++) {
            value fields = value_map();
            bool fits = true;
            char id[32], name[8];
            snprintf(id, sizeof id, "k%d/r%d", round, n);
            for (int i = 0; i < 4; i++) {
                value v = random_value(1, 1000);
                snprintf(name, sizeof name, "f%d", i);
                bool list = value_is(&v, VALUE_LIST);
                bool good = many[i] ? list || value_is(&v, VALUE_NIL) : is_of(types[i], &v);
                for (size_t k = 0; many[i] && list && k < value_len(&v); k++)
                    good = good && !value_is(value_at(&v, k), VALUE_NIL) &&
                           is_of(types[i], value_at(&v, k));
                fits = fits && good;
                value_set(&fields, name, v);
            }
            err e = {0};
            char *shown = text_of(&fields);
            bool taken = store_put(f->st, &(statement){.id = id, .fields = &fields}, NULL, &e);
            if (taken != fits)
                fail_msg("%s %s: %s", id, shown, taken ? "taken" : e.message);
            free(shown);
            value_free(&fields);
        }
    }
    assert_whole(f->st);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup_kind, teardown)
        cmocka_unit_test(each_type_takes_its_own_values_and_no_others),
        T(an_error_names_record_field_what_was_expected_and_what_was_got),
        T(a_change_can_not_take_away_what_is_required),
        T(each_type_says_what_it_expected_and_what_would_do),
        T(a_long_list_of_terms_is_told_in_part),
        T(what_is_unique_and_personal_is_not_told),
        T(every_source_s_claim_is_checked_also_one_that_loses),
        T(a_unique_value_names_the_record_that_has_it),
        T(what_no_kind_declares_is_kept_unchecked),
        T(kinds_that_another_process_saved_count_at_once),
        T(random_values_are_kept_just_when_they_fit_a_random_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
