#include "forgetting.h"

#include "store/handler.h"

static bool count_event(void *ctx, const value *event, err *e)
{
    (void)e;
    value_free(ctx);
    *(value *)ctx = value_copy(event);
    return true;
}

static value last_event(store *st, const char *type)
{
    err e = {0};
    value last = value_nil();
    event_filter filter = {.type = type, .limit = -1};
    assert_true(event_each(st, &filter, count_event, &last, &e));
    return last;
}

static bool same_state(void *ctx, const past_state *s, err *e)
{
    char *data = text_of(s->data);
    (void)e;
    buf_fmt(ctx, "%s %lld %lld %lld %s\n", s->id, (long long)s->version, (long long)s->since,
            (long long)s->until, data);
    free(data);
    return true;
}

static void the_log_keeps_who_did_it_and_why(void **state)
{
    fixture *f = *state;
    free(live_a_life(f));
    store_actor(f->st, "cli:anna");
    value report = forget(f, "person/p1"), event = last_event(f->st, "record.forgotten");
    assert_string_equal(value_get_str(&event, "actor", ""), "cli:anna");
    assert_string_equal(value_get_str(value_get(&event, "data"), "why", ""), "asked for it");
    assert_int_equal(value_get_int(&event, "seq", 0), count_of(&report, "event"));
    value_free(&event);
    value_free(&report);
}

static void a_run_that_named_the_record_says_that_its_answer_was_erased(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_nil();
    char *run = live_a_life(f);
    assert_true(run_load(f->st, run, &v, &e));
    value_free(&v);
    value report = forget(f, "person/p1");
    assert_false(run_load(f->st, run, &v, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.message, "erased");
    value_free(&report);
    free(run);
}

static void a_plugin_s_event_that_mentions_it_is_erased_and_others_are_not(void **state)
{
    fixture *f = *state;
    free(live_a_life(f));
    value report = forget(f, "person/p1");
    value copied = last_event(f->st, "mail.copied"), changed = last_event(f->st, "record.created");
    assert_true(value_get_bool(value_get(&copied, "data"), "erased", false));
    assert_null(value_get(value_get(&changed, "data"), "erased"));
    value_free(&copied);
    value_free(&changed);
    value_free(&report);
}

/* A question, a setting, the text of a what-if: they may say it in other words. */
static void what_a_run_was_asked_goes_whole_when_it_names_the_record(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_nil(), result = json("{\"rows\":[]}"),
          named = json("{\"log\":1,\"args\":{\"who\":\"person/p1\",\"as\":\"A. Oudenaam\"}}"),
          held = json("{\"log\":1,\"texts\":[\"Van ANNELIES NIEUWNAAM\"]}"),
          other = json("{\"log\":1,\"args\":{\"who\":\"person/p10\"}}");
    free(live_a_life(f));
    char *by_id = run_store(f->st, "report", &named, &result, &e),
         *by_text = run_store(f->st, "match", &held, &result, &e),
         *stays = run_store(f->st, "report", &other, &result, &e);
    value report = forget(f, "person/p1");
    assert_int_equal(count_of(&report, "runs"), 3);
    assert_no_trace(f, "Oudenaam");
    assert_no_trace(f, "Nieuwnaam");
    assert_false(run_load(f->st, by_id, &v, &e));
    assert_says(e.message, "gave and what it was asked was erased");
    assert_false(run_load(f->st, by_text, &v, &e));
    assert_true(run_load(f->st, stays, &v, &e));
    value_free(&v);
    value_free(&report);
    value_free(&result);
    value_free(&named);
    value_free(&held);
    value_free(&other);
    free(by_id);
    free(by_text);
    free(stays);
}

static void it_is_found_in_other_letters_too(void **state)
{
    static const char *const TOLD[] = {
        "{\"said\":\"FRANÇOISE MÜLLER\"}", "{\"said\":\"francoise muller\"}",
        "{\"said\":\"over Francoise Mu\u0308ller, \\\"de\\\" zangeres\"}"};
    fixture *f = *state;
    err e = {0};
    int64_t at = 0;
    save_kinds(f->st);
    put_json(f->st, "person/p1", "{\"name\":\"Françoise Müller\"}", NULL);
    put_json(f->st, "person/p2", "{\"name\":\"Bertus Blijver\"}", NULL);
    assert_true(store_begin(f->st, &e));
    for (size_t i = 0; i < sizeof TOLD / sizeof *TOLD; i++) {
        value data = json(TOLD[i]);
        assert_true(event_append(f->st, "mail.sent", "person/p2", &data, &at, &e));
        value_free(&data);
    }
    assert_true(store_commit(f->st, &e));
    handler_failure told = {
        .handler = "p/h", .seq = at, .message = "no mail for F. FRANCOISE MULLER"};
    told.where = "init.lua:1";
    assert_true(handler_fail(f->st, &told, &e));
    value report = forget(f, "person/p1");
    assert_no_trace(f, "Françoise");
    assert_whole(f->st);
    value_free(&report);
}

static void a_text_that_others_hold_in_other_letters_is_theirs_too(void **state)
{
    fixture *f = *state;
    value report = value_nil();
    save_kinds(f->st);
    put_json(f->st, "person/p1", "{\"name\":\"Zeeland\"}", NULL);
    put_json(f->st, "note/a", "{\"text\":\"in ZEELAND\"}", NULL);
    report = forget(f, "person/p1");
    assert_string_equal(value_str(value_at(value_get(&report, "others"), 0), ""), "note/a");
    assert_non_null(holder_of(f, "in zeeland"));
    value_free(&report);
}

static void the_past_still_equals_a_fold_of_the_log(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf folded = {0}, kept = {0};
    free(live_a_life(f));
    put_json(f->st, "note/a", "{\"text\":\"Geheimpje\"}", NULL);
    value one = forget(f, "person/p1"), two = forget(f, "note/a");
    put_json(f->st, "person/p1", "{\"region\":\"NL41\"}", NULL);
    assert_true(past_fold(f->st, same_state, &folded, &e));
    query *q = db_prepare(store_db(f->st),
                          "select record, version, since, until, data from version"
                          " union all select id, version, changed, 0, data from record"
                          " where deleted is null order by 1, 3",
                          &e);
    while (query_step(q, &e))
        buf_fmt(&kept, "%s %lld %lld %lld %s\n", query_text(q, 0), (long long)query_int64(q, 1),
                (long long)query_int64(q, 2), (long long)query_int64(q, 3), query_text(q, 4));
    query_free(q);
    assert_string_equal(buf_text(&kept), buf_text(&folded));
    buf_free(&kept);
    buf_free(&folded);
    value_free(&one);
    value_free(&two);
}

static void forgetting_again_erases_what_is_left_and_is_no_event_when_nothing_is(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t before = 0, after = 0;
    free(live_a_life(f));
    value report = forget(f, "person/p1");
    value_free(&report);
    assert_true(event_head(f->st, &before, &e));
    report = forget(f, "person/p1");
    assert_true(value_is(value_get(&report, "event"), VALUE_NIL));
    assert_true(event_head(f->st, &after, &e));
    assert_int_equal(before, after);
    value_free(&report);
    assert_true(store_begin(f->st, &e));
    value data = json("{\"again\":\"about her\"}");
    assert_true(event_append(f->st, "mail.sent", "person/p1", &data, NULL, &e));
    assert_true(store_commit(f->st, &e));
    value_free(&data);
    report = forget(f, "person/p1");
    assert_int_equal(count_of(&report, "events"), 1);
    assert_no_trace(f, "about her");
    assert_whole(f->st);
    value_free(&report);
}

static void no_message_is_left_of_a_handler_that_failed_at_it(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t at = 0;
    save_kinds(f->st);
    assert_true(handler_start(f->st, "p/h", &at, &e));
    put_json(f->st, "person/p1", "{\"name\":\"Annelies\"}", NULL);
    put_json(f->st, "person/p2", "{\"name\":\"Bertus\"}", NULL);
    handler_failure her = {.handler = "p/h", .seq = at + 1, .message = "can't mail A. Wimpelaar"},
                    his = {.handler = "p/h", .seq = at + 2, .message = "can't mail B. Blijver"};
    her.where = his.where = "init.lua:1";
    assert_true(handler_fail(f->st, &her, &e));
    assert_true(handler_fail(f->st, &his, &e));
    assert_non_null(holder_of(f, "Wimpelaar"));
    value report = forget(f, "person/p1");
    assert_no_trace(f, "Wimpelaar");
    assert_non_null(holder_of(f, "B. Blijver"));
    value_free(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(the_log_keeps_who_did_it_and_why),
        T(a_run_that_named_the_record_says_that_its_answer_was_erased),
        T(a_plugin_s_event_that_mentions_it_is_erased_and_others_are_not),
        T(what_a_run_was_asked_goes_whole_when_it_names_the_record),
        T(it_is_found_in_other_letters_too),
        T(a_text_that_others_hold_in_other_letters_is_theirs_too),
        T(the_past_still_equals_a_fold_of_the_log),
        T(forgetting_again_erases_what_is_left_and_is_no_event_when_nothing_is),
        T(no_message_is_left_of_a_handler_that_failed_at_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
