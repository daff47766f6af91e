#include "support.h"

#include "store/handler.h"

static const char NAME[] = "zeeland/warn";

static int64_t head(store *st)
{
    int64_t seq = 0;
    assert_true(event_head(st, &seq, NULL));
    return seq;
}

static int64_t cursor(store *st)
{
    int64_t seq = -1;
    err e = {0};
    if (!handler_start(st, NAME, &seq, &e))
        fail_msg("%s", e.message);
    return seq;
}

static bool done(store *st, int64_t seq)
{
    bool first = false;
    err e = {0};
    assert_true(store_begin(st, &e));
    if (!handler_done(st, NAME, seq, &first, &e))
        fail_msg("%s", e.message);
    assert_true(store_commit(st, &e));
    return first;
}

static void fails(store *st, int64_t seq, int64_t attempts, bool parked)
{
    err e = {0};
    const handler_failure f = {.handler = NAME,
                               .seq = seq,
                               .attempts = attempts,
                               .next_ms = 1000,
                               .parked = parked,
                               .message = "boem",
                               .where = "zeeland/init.lua:3"};
    if (!handler_fail(st, &f, &e))
        fail_msg("%s", e.message);
}

static size_t waiting(store *st)
{
    value list = value_nil();
    assert_true(handler_waiting(st, NAME, &list, NULL));
    size_t len = value_len(&list);
    value_free(&list);
    return len;
}

/* Three events, and a handler that was there before them. */
static int64_t three_events(store *st)
{
    int64_t first = cursor(st) + 1;
    put_json(st, "ship/a", "{\"n\":1}", NULL);
    put_json(st, "ship/a", "{\"n\":2}", NULL);
    put_json(st, "ship/a", "{\"n\":3}", NULL);
    return first;
}

static void a_new_handler_starts_behind_the_newest_event_and_stays_there(void **state)
{
    fixture *f = *state;
    put_json(f->st, "ship/a", "{\"n\":1}", NULL);
    int64_t at = head(f->st);
    assert_int_equal(cursor(f->st), at);
    put_json(f->st, "ship/a", "{\"n\":2}", NULL);
    assert_int_equal(cursor(f->st), at);
    reopen(f);
    assert_int_equal(cursor(f->st), at);
}

static void an_event_is_dealt_with_once(void **state)
{
    fixture *f = *state;
    int64_t first = three_events(f->st);
    assert_true(done(f->st, first));
    assert_false(done(f->st, first));
    assert_true(done(f->st, first + 2));
    assert_false(done(f->st, first + 1));
    assert_int_equal(cursor(f->st), first + 2);
}

static void what_is_rolled_back_was_not_dealt_with(void **state)
{
    fixture *f = *state;
    int64_t at = three_events(f->st);
    bool first = false;
    assert_true(store_begin(f->st, NULL));
    assert_true(handler_done(f->st, NAME, at, &first, NULL));
    store_rollback(f->st);
    assert_true(first);
    assert_true(done(f->st, at));
}

static void a_failure_waits_and_is_gone_when_the_event_is_dealt_with(void **state)
{
    fixture *f = *state;
    int64_t first = three_events(f->st);
    fails(f->st, first, 1, false);
    fails(f->st, first, 2, false);
    value list = value_nil();
    assert_true(handler_waiting(f->st, NULL, &list, NULL));
    const value *row = value_at(&list, 0);
    assert_int_equal(value_len(&list), 1);
    assert_int_equal(value_get_int(row, "attempts", 0), 2);
    assert_int_equal(value_get_int(row, "next_ms", 0), 1000);
    assert_string_equal(value_get_str(row, "message", ""), "boem");
    assert_string_equal(value_get_str(row, "where", ""), "zeeland/init.lua:3");
    value_free(&list);
    assert_true(done(f->st, first));
    assert_int_equal(waiting(f->st), 0);
}

static void a_failure_is_not_kept_when_another_process_has_dealt_with_the_event(void **state)
{
    fixture *f = *state;
    int64_t first = three_events(f->st);
    assert_true(done(f->st, first));
    fails(f->st, first, 1, false);
    assert_int_equal(waiting(f->st), 0);
}

static void a_parked_event_holds_nothing_up_and_can_be_tried_again_once(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t first = three_events(f->st);
    fails(f->st, first, 5, true);
    assert_int_equal(cursor(f->st), first);
    assert_int_equal(waiting(f->st), 0);
    assert_true(done(f->st, first + 1));
    value list = value_nil();
    assert_true(handler_parked(f->st, &list, &e));
    assert_int_equal(value_len(&list), 1);
    assert_string_equal(value_get_str(value_at(&list, 0), "type", ""), "record.created");
    assert_string_equal(value_get_str(value_at(&list, 0), "subject", ""), "ship/a");
    int64_t id = value_get_int(value_at(&list, 0), "id", 0);
    value_free(&list);
    assert_true(handler_retry(f->st, id, &e));
    assert_true(handler_retry(f->st, id, &e)); /* who was cut off may say it again */
    assert_int_equal(waiting(f->st), 1);
    assert_true(done(f->st, first));
    assert_false(handler_retry(f->st, id, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_false(done(f->st, first));
    assert_int_equal(cursor(f->st), first + 1);
}

static void what_a_parked_event_was_parked_for_is_not_done_by_the_way(void **state)
{
    fixture *f = *state;
    int64_t first = three_events(f->st);
    fails(f->st, first, 5, true);
    assert_false(done(f->st, first));
    value list = value_nil();
    assert_true(handler_parked(f->st, &list, NULL));
    assert_int_equal(value_len(&list), 1);
    value_free(&list);
}

static void skipping_never_goes_back(void **state)
{
    fixture *f = *state;
    int64_t first = three_events(f->st);
    assert_true(handler_skip(f->st, NAME, first + 2, NULL));
    assert_true(handler_skip(f->st, NAME, first, NULL));
    assert_int_equal(cursor(f->st), first + 2);
}

static void a_failure_at_a_forgotten_record_loses_its_words_and_stays(void **state)
{
    fixture *f = *state;
    int64_t first = three_events(f->st);
    value list = value_nil();
    fails(f->st, first, 5, true);
    put_json(f->st, "ship/b", "{\"n\":1}", NULL);
    fails(f->st, first + 3, 5, true);
    assert_true(handler_forget(f->st, "ship/a", NULL));
    assert_true(handler_parked(f->st, &list, NULL));
    assert_string_equal(value_get_str(value_at(&list, 0), "message", ""), "(forgotten)");
    assert_string_equal(value_get_str(value_at(&list, 1), "message", ""), "boem");
    value_free(&list);
}

static void a_note_comes_back_as_it_was(void **state)
{
    fixture *f = *state;
    value note = json("{\"plugins\":\"abc\",\"checks\":{}}"), got = value_nil();
    assert_true(handler_noted(f->st, &got, NULL));
    assert_true(value_is(&got, VALUE_NIL));
    assert_true(handler_note(f->st, &note, NULL));
    reopen(f);
    assert_true(handler_noted(f->st, &got, NULL));
    assert_true(value_equal(&note, &got));
    value_free(&note);
    value_free(&got);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_handler_starts_behind_the_newest_event_and_stays_there),
        TEST(an_event_is_dealt_with_once),
        TEST(what_is_rolled_back_was_not_dealt_with),
        TEST(a_failure_waits_and_is_gone_when_the_event_is_dealt_with),
        TEST(a_failure_is_not_kept_when_another_process_has_dealt_with_the_event),
        TEST(a_parked_event_holds_nothing_up_and_can_be_tried_again_once),
        TEST(what_a_parked_event_was_parked_for_is_not_done_by_the_way),
        TEST(skipping_never_goes_back),
        TEST(a_failure_at_a_forgotten_record_loses_its_words_and_stays),
        TEST(a_note_comes_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
