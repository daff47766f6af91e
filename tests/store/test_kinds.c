#include "support.h"

#include "store/kinds.h"

static const char ONE[] =
    "[{\"name\":\"demand\",\"plugin\":\"partnership\",\"title\":{\"nl\":\"Vraag\"},"
    "\"fields\":[{\"name\":\"title\",\"type\":\"text\",\"required\":true}]},"
    "{\"name\":\"solution\",\"plugin\":\"partnership\",\"fields\":[]}]";
static const char TWO[] =
    "[{\"name\":\"demand\",\"plugin\":\"partnership\",\"title\":{\"nl\":\"Vraag\"},"
    "\"fields\":[]},{\"name\":\"indicator\",\"plugin\":\"zeeland\",\"fields\":[]}]";

static int64_t save(fixture *f, const char *text)
{
    err e = {0};
    value kinds = json(text);
    if (!kinds_save(f->st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
    int64_t head = 0;
    assert_true(event_head(f->st, &head, &e));
    return head;
}

static void kinds_come_back_as_they_were_saved(void **state)
{
    fixture *f = *state;
    err e = {0};
    value back = value_nil(), expected = json(ONE);
    assert_true(kinds_load(f->st, &back, &e));
    assert_int_equal(value_len(&back), 0);
    assert_true(value_is(&back, VALUE_LIST));
    value_free(&back);
    save(f, ONE);
    assert_true(kinds_load(f->st, &back, &e));
    assert_true(value_equal(&back, &expected));
    value_free(&back);
    value_free(&expected);
}

static void the_same_kinds_again_make_no_event(void **state)
{
    fixture *f = *state;
    assert_int_equal(save(f, "[]"), 0);
    assert_int_equal(save(f, ONE), 1);
    assert_int_equal(save(f, ONE), 1);
}

static void the_event_tells_what_changed_and_what_went(void **state)
{
    fixture *f = *state;
    err e = {0};
    save(f, ONE);
    assert_int_equal(save(f, TWO), 2);
    query *q = db_prepare(store_db(f->st), "select data from event where seq = 2", &e);
    assert_true(query_step(q, &e));
    value data = json(query_text(q, 0));
    assert_int_equal(value_len(value_get(&data, "kinds")), 2);
    assert_string_equal(value_str(value_at(value_get(&data, "removed"), 0), ""), "solution");
    value_free(&data);
    query_free(q);
    assert_whole(f->st);
}

static void a_kind_that_is_declared_twice_is_refused(void **state)
{
    fixture *f = *state;
    err e = {0};
    value kinds = json("[{\"name\":\"a\"},{\"name\":\"a\"}]");
    assert_false(kinds_save(f->st, &kinds, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    value_free(&kinds);
}

static void who_waits_for_nobody_saves_nothing_while_another_writes(void **state)
{
    fixture *f = *state;
    err e = {0};
    bool busy = false;
    value kinds = json(ONE), back = value_nil();
    store *other = open_at(f->path);
    assert_true(store_begin(other, &e));
    assert_true(kinds_save_at_once(f->st, &kinds, &busy, &e));
    assert_true(busy);
    assert_int_equal(e.code, ERR_NONE);
    assert_true(kinds_load(f->st, &back, &e));
    assert_int_equal(value_len(&back), 0);
    value_free(&back);
    store_rollback(other);
    assert_true(kinds_save_at_once(f->st, &kinds, &busy, &e));
    assert_false(busy);
    assert_true(kinds_load(f->st, &back, &e));
    assert_true(value_equal(&back, &kinds));
    value_free(&back);
    value_free(&kinds);
    store_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(kinds_come_back_as_they_were_saved),
        T(the_same_kinds_again_make_no_event),
        T(the_event_tells_what_changed_and_what_went),
        T(a_kind_that_is_declared_twice_is_refused),
        T(who_waits_for_nobody_saves_nothing_while_another_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
