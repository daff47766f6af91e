#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embedded.h"

#include "base/json.h"

/* "type subject kind" a line. */
static void note(void *ctx, const char *event, size_t len)
{
    embedded *m = ctx;
    value v = value_nil();
    assert_int_equal(len, strlen(event));
    assert_true(json_read(event, len, NULL, &v, NULL));
    buf_fmt(&m->told, "%s %s %s\n", value_get_str(&v, "type", ""), value_get_str(&v, "subject", ""),
            value_get_str(&v, "kind", "-"));
    assert_true(value_is(value_get(&v, "data"), VALUE_MAP));
    assert_null(value_get(&v, "salt"));
    value_free(&v);
}

static polder_subscription *listen(embedded *m, const char *type, const char *kind)
{
    polder_subscription *s = polder_subscribe(m->p, type, kind, note, m, m->e);
    assert_non_null(s);
    return s;
}

static void told(embedded *m, const char *text)
{
    assert_string_equal(buf_text(&m->told), text);
    buf_clear(&m->told);
}

static bool poll_more(embedded *m)
{
    bool more = false;
    if (!polder_poll(m->p, &more, m->e))
        fail_msg("%s", polder_error_message(m->e));
    return more;
}

static void own_changes_are_told_before_the_call_returns(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    put(&m, "ship/old", "{\"n\":1}");
    listen(&m, NULL, NULL);
    told(&m, "");
    put(&m, "ship/a", "{\"n\":1}");
    told(&m, "record.created ship/a ship\n");
    put(&m, "ship/a", "{\"n\":1}");
    told(&m, "");
    put(&m, "ship/a", "{\"n\":2}");
    assert_true(polder_emit(m.p, "harbour.closed", "everywhere", NULL, m.e));
    assert_true(polder_delete(m.p, "ship/a", NULL, m.e));
    assert_false(poll_more(&m));
    told(&m,
         "record.changed ship/a ship\nharbour.closed everywhere -\nrecord.deleted ship/a ship\n");
    embedded_free(&m);
}

static void a_glob_and_a_kind_choose_what_is_told(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    listen(&m, "record.*", "ship");
    listen(&m, "harbour.*", NULL);
    put(&m, "port/a", "{\"n\":1}");
    put(&m, "ship/a", "{\"n\":1}");
    assert_true(polder_emit(m.p, "harbour.closed", "port/a", NULL, m.e));
    assert_true(polder_emit(m.p, "weather.bad", "ship/a", NULL, m.e));
    told(&m, "record.created ship/a ship\nharbour.closed port/a port\n");
    embedded_free(&m);
}

static void what_others_write_is_told_by_a_poll_in_its_order(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    polder *other = embedded_another(&m);
    listen(&m, "record.*", NULL);
    assert_true(polder_put(other, "ship/b", "{\"n\":1}", NULL, NULL, NULL, NULL, NULL));
    assert_true(polder_put(other, "ship/a", "{\"n\":1}", NULL, NULL, NULL, NULL, NULL));
    told(&m, "");
    poll_more(&m);
    told(&m, "record.created ship/b ship\nrecord.created ship/a ship\n");
    assert_true(polder_put(other, "ship/c", "{\"n\":1}", NULL, NULL, NULL, NULL, NULL));
    put(&m, "ship/d", "{\"n\":1}");
    told(&m, "record.created ship/c ship\nrecord.created ship/d ship\n");
    polder_close(other);
    embedded_free(&m);
}

/* The lock is held by this same thread for as long as the test runs: who waited for it would give
 * up in the end, with an error. */
static void a_poll_waits_for_no_writer(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    polder *other = embedded_another(&m);
    listen(&m, NULL, NULL);
    assert_true(polder_put(other, "ship/a", "{\"n\":1}", NULL, NULL, NULL, NULL, NULL));
    assert_true(store_begin(other->store, NULL));
    poll_more(&m);
    told(&m, "record.created ship/a ship\n");
    store_rollback(other->store);
    polder_close(other);
    embedded_free(&m);
}

static void a_refused_change_is_told_to_nobody(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    listen(&m, NULL, NULL);
    assert_false(polder_put(m.p, "ship/a", "{\"n\":1}", "source/none", NULL, NULL, NULL, NULL));
    poll_more(&m);
    told(&m, "");
    embedded_free(&m);
}

static void a_poll_tells_a_bounded_number_and_says_that_there_is_more(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    polder *other = embedded_another(&m);
    listen(&m, "a.*", NULL);
    assert_true(store_begin(other->store, NULL)); /* one commit for all */
    for (int i = 0; i < 300; i++)
        assert_true(polder_emit(other, "a.b", "x", NULL, NULL));
    assert_true(store_commit(other->store, NULL));
    assert_true(poll_more(&m));
    assert_int_equal(m.told.len, 256 * strlen("a.b x -\n"));
    assert_false(poll_more(&m));
    assert_int_equal(m.told.len, 300 * strlen("a.b x -\n"));
    polder_close(other);
    embedded_free(&m);
}

static polder_subscription *leaving;

static void leaves(void *ctx, const char *event, size_t len)
{
    note(ctx, event, len);
    polder_unsubscribe(leaving);
}

static void who_leaves_is_told_no_more_also_from_within(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    polder_subscription *first = polder_subscribe(m.p, NULL, NULL, leaves, &m, m.e);
    leaving = first;
    polder_subscription *second = listen(&m, NULL, "ship");
    put(&m, "ship/a", "{\"n\":1}");
    told(&m, "record.created ship/a ship\nrecord.created ship/a ship\n");
    put(&m, "ship/b", "{\"n\":1}");
    told(&m, "record.created ship/b ship\n");
    polder_unsubscribe(second);
    put(&m, "ship/c", "{\"n\":1}");
    polder_unsubscribe(NULL);
    listen(&m, NULL, NULL);
    poll_more(&m);
    told(&m, "");
    embedded_free(&m);
}

/* Writes once for each ship, and listens to more. */
static void writes(void *ctx, const char *event, size_t len)
{
    embedded *m = ctx;
    note(ctx, event, len);
    if (strstr(event, "\"kind\":\"ship\"")) {
        put(m, "port/a", "{\"n\":1}");
        listen(m, "record.*", NULL);
    }
}

static void a_callback_may_write_and_that_is_told_after_it(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    assert_non_null(polder_subscribe(m.p, NULL, NULL, writes, &m, m.e));
    put(&m, "ship/a", "{\"n\":1}");
    told(&m, "record.created ship/a ship\n");
    poll_more(&m);
    told(&m, "record.created port/a port\n"); /* the new listener came after that event */
    put(&m, "port/b", "{\"n\":1}");
    told(&m, "record.created port/b port\nrecord.created port/b port\n");
    embedded_free(&m);
}

static void a_subscription_needs_somebody_to_call(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    refused(&m, polder_subscribe(m.p, NULL, NULL, NULL, NULL, m.e) != NULL, "usage", "function");
    assert_true(polder_poll(m.p, NULL, m.e));
    embedded_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_changes_are_told_before_the_call_returns),
        cmocka_unit_test(a_glob_and_a_kind_choose_what_is_told),
        cmocka_unit_test(what_others_write_is_told_by_a_poll_in_its_order),
        cmocka_unit_test(a_poll_waits_for_no_writer),
        cmocka_unit_test(a_refused_change_is_told_to_nobody),
        cmocka_unit_test(a_poll_tells_a_bounded_number_and_says_that_there_is_more),
        cmocka_unit_test(who_leaves_is_told_no_more_also_from_within),
        cmocka_unit_test(a_callback_may_write_and_that_is_told_after_it),
        cmocka_unit_test(a_subscription_needs_somebody_to_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
