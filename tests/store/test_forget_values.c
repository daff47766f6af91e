#include "forgetting.h"

#include "store/event.h"
#include "store/handler.h"

/* People with personal values of every sort. */
static void save_sorts(store *st)
{
    err e = {0};
    value kinds = json(
        "[{\"name\":\"mens\",\"plugin\":\"p\",\"title\":{\"nl\":\"M\",\"en\":\"M\"},\"fields\":["
        "{\"name\":\"naam\",\"type\":\"text\",\"personal\":true},"
        "{\"name\":\"bsn\",\"type\":\"integer\",\"personal\":true},"
        "{\"name\":\"waar\",\"type\":\"place\",\"personal\":true},"
        "{\"name\":\"loon\",\"type\":\"money\",\"personal\":true}]}]");
    if (!kinds_save(st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
}

static int64_t newest(store *st)
{
    int64_t seq = 0;
    assert_true(event_head(st, &seq, NULL));
    return seq;
}

/* An event of a plugin, because of event `cause` (0: of none); its seq. */
static int64_t tell(store *st, int64_t cause, const char *type, const char *data)
{
    int64_t seq = 0;
    value v = json(data);
    assert_true(store_begin(st, NULL));
    store_act_for(st, "plugin:p", cause ? "p/h" : NULL, cause);
    assert_true(event_append(st, type, "p", &v, &seq, NULL));
    store_act_for(st, NULL, NULL, 0);
    assert_true(store_commit(st, NULL));
    value_free(&v);
    return seq;
}

static bool take_data(void *ctx, const value *event, err *e)
{
    (void)e;
    value_free(ctx);
    *(value *)ctx = value_copy(value_get(event, "data"));
    return true;
}

static bool is_erased(store *st, int64_t seq)
{
    value data = value_nil();
    const event_filter f = {.since = seq - 1, .limit = 1};
    assert_true(event_each(st, &f, take_data, &data, NULL));
    bool erased = value_get_bool(&data, "erased", false);
    value_free(&data);
    return erased;
}

static void assert_erased(store *st, const char *const *data, const int64_t *seqs, size_t len,
                          bool erased)
{
    for (size_t i = 0; i < len; i++)
        if (is_erased(st, seqs[i]) != erased)
            fail_msg("%s was%s erased", data[i], erased ? " not" : "");
}

static void numbers_of_five_digits_are_erased_wherever_they_stand(void **state)
{
    static const char *const HELD[] = {"{\"nr\":987654321,\"tekst\":\"ja\"}",
                                       "{\"tekst\":\"bsn 987654321.\"}",
                                       "{\"tekst\":\"bsn987.654.321\"}",
                                       "{\"list\":[1,987654321,2]}",
                                       "{\"lat\":52.34567}",
                                       "{\"n\":54321.99}",
                                       "{\"tekst\":\"\\u20ac 54.321,99\"}"};
    static const char *const OTHERS[] = {"{\"nr\":9876543210}", "{\"nr\":1987654321}",
                                         "{\"n\":987654321.5}", "{\"n\":0.987654321}",
                                         "{\"lon\":4.5}",       "{\"currency\":\"EUR\"}"};
    enum { HELDS = sizeof HELD / sizeof *HELD, OTHER = sizeof OTHERS / sizeof *OTHERS };
    fixture *f = *state;
    err e = {0};
    int64_t held[HELDS], others[OTHER];
    value v = value_nil(), asked = json("{\"log\":1,\"args\":{\"wie\":\"987654321\"}}"),
          result = json("{\"rows\":[]}");
    save_sorts(f->st);
    put_json(f->st, "mens/a",
             "{\"naam\":\"Jo\",\"bsn\":987654321,\"waar\":{\"lat\":52.34567,\"lon\":4.5},"
             "\"loon\":{\"amount\":54321.99,\"currency\":\"EUR\"}}",
             NULL);
    for (size_t i = 0; i < HELDS; i++)
        held[i] = tell(f->st, 0, "p.told", HELD[i]);
    for (size_t i = 0; i < OTHER; i++)
        others[i] = tell(f->st, 0, "p.told", OTHERS[i]);
    char *run = run_store(f->st, "report", &asked, &result, &e);
    value report = forget(f, "mens/a");
    assert_erased(f->st, HELD, held, HELDS, true);
    assert_erased(f->st, OTHERS, others, OTHER, false);
    assert_false(run_load(f->st, run, &v, &e));
    assert_says(e.message, "what it was asked was erased");
    assert_whole(f->st);
    value_free(&report);
    value_free(&asked);
    value_free(&result);
    free(run);
}

/* "Jo" and 7 stand in much that has nothing to do with who is called so. */
static void short_values_are_erased_from_what_led_to_the_record_or_came_of_it(void **state)
{
    static const char *const HELD[] = {"{\"args\":{\"wie\":\"jo\"},\"effects\":1}",
                                       "{\"tekst\":\"Dag\\nJO!\"}", "{\"n\":7}"};
    static const char *const OTHERS[] = {"{\"tekst\":\"Johan\",\"n\":17}", "{\"n\":7.5}",
                                         "{\"tekst\":\"Dag Jo\",\"n\":7}",
                                         "{\"args\":{},\"effects\":7}"};
    fixture *f = *state;
    err e = {0};
    int64_t at = 0, held[3], others[4];
    value fields = json("{\"naam\":\"Jo\",\"bsn\":7}");
    save_sorts(f->st);
    assert_true(handler_start(f->st, "p/h", &at, &e) && handler_start(f->st, "p/g", &at, &e));
    others[3] = tell(f->st, 0, "command.ran", OTHERS[3]);
    held[0] = tell(f->st, others[3], "command.ran", HELD[0]);
    store_act_for(f->st, "plugin:p", "p/h", held[0]);
    assert_true(store_put(f->st, &(statement){.id = "mens/a", .fields = &fields}, NULL, &e));
    store_act_for(f->st, NULL, NULL, 0);
    int64_t made = newest(f->st);
    held[1] = tell(f->st, made, "p.told", HELD[1]);
    others[0] = tell(f->st, held[1], "p.told", OTHERS[0]);
    others[1] = tell(f->st, made, "p.told", OTHERS[1]);
    held[2] = tell(f->st, others[0], "p.told", HELD[2]);
    others[2] = tell(f->st, 0, "p.told", OTHERS[2]);
    for (size_t i = 1; i < 3; i++) { /* at what came of it, and at what did not */
        handler_failure told = {.handler = i == 1 ? "p/h" : "p/g",
                                .message = i == 1 ? "no Jo: it" : "no Jo: else"};
        told.seq = i == 1 ? held[1] : others[2];
        told.where = "init.lua:1";
        assert_true(handler_fail(f->st, &told, &e));
    }
    value report = forget(f, "mens/a");
    assert_no_trace(f, "no Jo: it");
    assert_non_null(holder_of(f, "no Jo: else"));
    assert_erased(f->st, HELD, held, 3, true);
    assert_erased(f->st, OTHERS, others, 4, false);
    assert_whole(f->st);
    value_free(&fields);
    value_free(&report);
}

/* What somebody says of another record is that one's own; what else repeats it isn't. */
static void what_another_record_holds_too_is_erased_all_the_same_from_what_is_no_record(
    void **state)
{
    static const char NAME[] = "Archibald Bokkepoot";
    fixture *f = *state;
    store *st = f->st;
    err e = {0};
    int64_t at = 0;
    value v = value_nil(), inputs = json("{\"log\":1}"),
          result = json("{\"said\":\"ARCHIBALD BOKKEPOOT\"}");
    save_kinds(st);
    assert_true(handler_start(st, "p/h", &at, &e));
    put_json(st, "source/krant", "{\"title\":\"Krant\",\"reliability\":\"B\"}", NULL);
    put_json(st, "person/a", "{\"name\":\"Archibald Bokkepoot\"}", NULL);
    put_json(st, "theme/t", "{\"title\":\"Idee van Archibald Bokkepoot\",\"n\":1}", NULL);
    put_json(st, "theme/t", "{\"n\":2}", "source/krant");
    assert_true(store_settle(st, "theme/t", "n", "source/krant", "zei Archibald Bokkepoot", &e));
    assert_true(store_withdraw(st, "source/krant", "Archibald Bokkepoot gaf hem niet", NULL, NULL,
                               NULL, &e));
    assert_true(
        store_restore(st, "source/krant", "Archibald Bokkepoot toch wel", NULL, NULL, NULL, &e));
    tell(st, 0, "p.told", "{\"who\":\"Archibald Bokkepoot\"}");
    handler_failure told = {
        .handler = "p/h", .seq = newest(st), .message = "no Archibald Bokkepoot"};
    told.where = "init.lua:1";
    assert_true(handler_fail(st, &told, &e));
    char *run = run_store(st, "report", &inputs, &result, &e);
    value report = forget(f, "person/a");
    assert_string_equal(value_str(value_at(value_get(&report, "others"), 0), ""), "theme/t");
    assert_int_equal(value_len(value_get(&report, "others")), 1);
    assert_false(run_load(st, run, &v, &e));
    assert_whole(st);
    value_free(&report);
    assert_non_null(holder_of(f, NAME));
    report = forget(f, "theme/t"); /* the only one that held it still */
    assert_no_trace(f, NAME);
    value_free(&report);
    value_free(&inputs);
    value_free(&result);
    free(run);
}

static void a_word_that_many_records_hold_is_erased_only_from_what_came_of_it(void **state)
{
    fixture *f = *state;
    store *st = f->st;
    value kept = value_nil(), inputs = json("{\"log\":1}"), result = json("{\"said\":\"zeeland\"}");
    err e = {0};
    save_kinds(st);
    for (int i = 0; i < 4; i++) {
        char id[32];
        snprintf(id, sizeof id, "note/n%d", i);
        put_json(st, id, "{\"text\":\"in Zeeland\"}", NULL);
    }
    put_json(st, "person/a", "{\"name\":\"Zeeland\"}", NULL);
    int64_t of_it = tell(st, newest(st), "p.told", "{\"who\":\"Zeeland\"}");
    int64_t else_ = tell(st, 0, "p.told", "{\"where\":\"Zeeland\"}");
    char *run = run_store(st, "report", &inputs, &result, &e);
    value report = forget(f, "person/a");
    assert_true(is_erased(st, of_it));
    assert_false(is_erased(st, else_));
    assert_true(run_load(st, run, &kept, &e));
    value_free(&kept);
    value_free(&report);
    put_json(st, "note/n0", "{\"text\":\"daar\"}", NULL);
    put_json(st, "person/b", "{\"name\":\"Zeeland\"}", NULL);
    report = forget(f, "person/b"); /* three have it now */
    assert_true(is_erased(st, else_));
    assert_false(run_load(st, run, &kept, &e));
    assert_whole(st);
    value_free(&report);
    value_free(&inputs);
    value_free(&result);
    free(run);
}

/* As plugins could write them once. */
static void a_subject_that_holds_a_value_stays_and_is_told(void **state)
{
    fixture *f = *state;
    value none = value_map();
    save_kinds(f->st);
    put_json(f->st, "person/a", "{\"name\":\"Archibald Bokkepoot\"}", NULL);
    assert_true(store_begin(f->st, NULL));
    assert_true(event_append(f->st, "p.told", "van archibald bokkepoot", &none, NULL, NULL));
    assert_true(event_append(f->st, "p.told", "van iemand", &none, NULL, NULL));
    assert_true(store_commit(f->st, NULL));
    value report = forget(f, "person/a");
    assert_int_equal(count_of(&report, "subjects"), 1);
    assert_whole(f->st);
    value_free(&report);
    value_free(&none);
}

static void forgetting_again_names_who_held_it_then(void **state)
{
    fixture *f = *state;
    save_kinds(f->st);
    put_json(f->st, "person/a", "{\"name\":\"Archibald Bokkepoot\"}", NULL);
    put_json(f->st, "theme/t", "{\"title\":\"Van Archibald Bokkepoot\"}", NULL);
    value report = forget(f, "person/a");
    assert_int_equal(value_len(value_get(&report, "others_before")), 0);
    value_free(&report);
    put_json(f->st, "theme/t", "{\"title\":\"Van iemand\"}", NULL);
    report = forget(f, "person/a");
    assert_true(value_is(value_get(&report, "event"), VALUE_NIL));
    assert_int_equal(value_len(value_get(&report, "others")), 0);
    assert_string_equal(value_str(value_at(value_get(&report, "others_before"), 0), ""), "theme/t");
    value_free(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(numbers_of_five_digits_are_erased_wherever_they_stand),
        T(short_values_are_erased_from_what_led_to_the_record_or_came_of_it),
        T(what_another_record_holds_too_is_erased_all_the_same_from_what_is_no_record),
        T(a_word_that_many_records_hold_is_erased_only_from_what_came_of_it),
        T(a_subject_that_holds_a_value_stays_and_is_told),
        T(forgetting_again_names_who_held_it_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
