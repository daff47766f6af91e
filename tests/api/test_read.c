#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embedded.h"

#define KIND                                                                                       \
    "require('polder').kind { name = 'ship', title = { nl = 'schip', en = 'ship' }, fields = { "   \
    "{ name = 'n', type = 'integer', title = { nl = 'n', en = 'n' } } } }"

static bool note(void *ctx, const char *record, size_t len)
{
    assert_int_equal(len, strlen(record));
    buf_fmt(&((embedded *)ctx)->told, "%s\n", record);
    return true;
}

static bool note_one(void *ctx, const char *record, size_t len)
{
    note(ctx, record, len);
    return false;
}

static bool search(embedded *m, const char *text, const char *kind, polder_row *row)
{
    const polder_search_options o = {.size = sizeof o, .text = text, .kind = kind};
    return polder_search(m->p, &o, row, m, NULL, m->e);
}

static embedded with_ships(void)
{
    embedded m = embedded_new();
    embedded_plugin(&m, KIND);
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":3}");
    put(&m, "ship/b", "{\"n\":1}");
    put(&m, "ship/c", "{\"n\":2}");
    return m;
}

static void pages_follow_each_other_in_the_order_asked_for(void **state)
{
    (void)state;
    embedded m = with_ships();
    char *next = NULL, *end = NULL;
    polder_query_options o = {.size = sizeof o, .kind = "ship", .order = "n", .limit = 2};
    assert_true(polder_query(m.p, &o, note, &m, &next, m.e));
    assert_non_null(next);
    o.after = next;
    assert_true(polder_query(m.p, &o, note, &m, &end, m.e));
    assert_null(end);
    assert_string_equal(buf_text(&m.told),
                        "{\"id\":\"ship/b\",\"kind\":\"ship\",\"version\":1,\"n\":1}\n"
                        "{\"id\":\"ship/c\",\"kind\":\"ship\",\"version\":1,\"n\":2}\n"
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"n\":3}\n");
    o.order = "-n";
    refused(&m, polder_query(m.p, &o, note, &m, NULL, m.e), "usage", "");
    polder_text_free(next);
    embedded_free(&m);
}

static void the_past_is_read_by_event_or_day(void **state)
{
    (void)state;
    embedded m = with_ships();
    char *text = polder_get(m.p, "ship/a", m.e);
    polder_text_free(text);
    put(&m, "ship/a", "{\"n\":9}");
    text = polder_get_as_of(m.p, "ship/a", "2", m.e);
    assert_string_equal(text, "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"n\":3}");
    polder_text_free(text);
    polder_query_options o = {.size = sizeof o, .kind = "ship", .where = "n >= 3", .as_of = "4"};
    assert_true(polder_query(m.p, &o, note, &m, NULL, m.e));
    assert_string_equal(buf_text(&m.told),
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"n\":3}\n");
    refused(&m, polder_get_as_of(m.p, "ship/b", "2", m.e), "not_found", "ship/b");
    refused(&m, polder_get_as_of(m.p, "ship/a", "once", m.e), "usage", "");
    o.as_of = "99999";
    refused(&m, polder_query(m.p, &o, note, &m, NULL, m.e), "usage", "");
    embedded_free(&m);
}

static void an_argument_that_is_missing_is_wrong_usage(void **state)
{
    (void)state;
    embedded m = with_ships();
    const char *none = NULL;
    polder_query_options o = {.size = sizeof o, .kind = "ship"};
    polder_match_options match = {
        .size = sizeof match, .scorecard = "x", .demands = &none, .demand_count = 1};
    refused(&m, polder_get(m.p, NULL, m.e), "usage", "");
    refused(&m, polder_get_as_of(m.p, "ship/a", NULL, m.e), "usage", "");
    refused(&m, polder_query(m.p, NULL, note, &m, NULL, m.e), "usage", "");
    refused(&m, polder_query(m.p, &o, NULL, &m, NULL, m.e), "usage", "");
    refused(&m, search(&m, NULL, NULL, note), "usage", "");
    refused(&m, search(&m, "a", NULL, NULL), "usage", "");
    refused(&m, polder_put(m.p, NULL, "{}", NULL, NULL, NULL, NULL, m.e), "usage", "");
    refused(&m, polder_put(m.p, "ship/a", NULL, NULL, NULL, NULL, NULL, m.e), "usage", "");
    refused(&m, polder_delete(m.p, NULL, NULL, m.e), "usage", "");
    refused(&m, polder_emit(m.p, NULL, "ship/a", NULL, m.e), "usage", "");
    refused(&m, polder_emit(m.p, "a.b", NULL, NULL, m.e), "usage", "");
    refused(&m, polder_check(m.p, NULL, NULL, NULL, NULL, m.e), "usage", "");
    refused(&m, polder_subscribe(m.p, NULL, NULL, NULL, NULL, m.e) != NULL, "usage", "");
    refused(&m, polder_match(m.p, &match, m.e) != NULL, "usage", "");
    refused(&m, polder_replay(m.p, NULL, NULL, m.e) != NULL, "usage", "");
    refused(&m, polder_search(m.p, NULL, note, &m, NULL, m.e), "usage", "size");
    refused(&m, polder_events(m.p, NULL, note, &m, m.e), "usage", "size");
    refused(&m, polder_conflicts(m.p, NULL, NULL, &m, m.e), "usage", "row");
    refused(&m, polder_claims(m.p, NULL, NULL, m.e) != NULL, "usage", "id");
    refused(&m, polder_settle(m.p, "ship/a", NULL, NULL, "x", m.e), "usage", "field");
    refused(&m, polder_settle(m.p, "ship/a", "n", NULL, NULL, m.e), "usage", "why");
    refused(&m, polder_unsettle(m.p, NULL, "n", "x", m.e), "usage", "id");
    refused(&m, polder_withdraw(m.p, NULL, "x", m.e) != NULL, "usage", "source");
    refused(&m, polder_restore(m.p, "source/a", NULL, m.e) != NULL, "usage", "why");
    refused(&m, polder_forget(m.p, NULL, "x", m.e) != NULL, "usage", "id");
    refused(&m, polder_verify(m.p, "{}", NULL, NULL, m.e) != NULL, "usage", "heads");
    embedded_free(&m);
}

static void a_condition_chooses_and_no_limit_gives_all(void **state)
{
    (void)state;
    embedded m = with_ships();
    const polder_query_options some = {.size = sizeof some, .kind = "ship", .where = "n > 2"},
                               all = {.size = sizeof all, .kind = "ship"};
    assert_true(polder_query(m.p, &some, note, &m, NULL, m.e));
    says(buf_text(&m.told), "ship/a");
    assert_null(strstr(buf_text(&m.told), "ship/b"));
    assert_true(polder_query(m.p, &all, note, &m, NULL, m.e));
    says(buf_text(&m.told), "ship/c");
    embedded_free(&m);
}

static void options_without_size_or_kind_are_refused(void **state)
{
    (void)state;
    embedded m = with_ships();
    const polder_query_options no_size = {.kind = "ship"}, no_kind = {.size = sizeof no_kind};
    refused(&m, polder_query(m.p, NULL, note, &m, NULL, m.e), "usage", "size");
    refused(&m, polder_query(m.p, &no_size, note, &m, NULL, m.e), "usage", "size");
    refused(&m, polder_query(m.p, &no_kind, note, &m, NULL, m.e), "usage", "kind");
    embedded_free(&m);
}

static bool reads_more(void *ctx, const char *record, size_t len)
{
    embedded *m = ctx;
    (void)record, (void)len;
    const polder_query_options o = {.size = sizeof o, .kind = "ship"};
    assert_true(polder_query(m->p, &o, note_one, m, NULL, m->e));
    refused(m, polder_put(m->p, "ship/d", "{}", NULL, NULL, NULL, NULL, m->e), "not_allowed",
            "only read");
    return true;
}

static void a_callback_for_rows_may_read_and_not_write(void **state)
{
    (void)state;
    embedded m = with_ships();
    const polder_query_options o = {.size = sizeof o, .kind = "ship"};
    assert_true(polder_query(m.p, &o, reads_more, &m, NULL, m.e));
    assert_string_equal(buf_text(&m.told),
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"n\":3}\n"
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"n\":3}\n"
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"n\":3}\n");
    put(&m, "ship/d", "{\"n\":4}");
    embedded_free(&m);
}

static void a_search_gives_records_with_the_piece_that_has_the_words(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    put(&m, "note/a", "{\"title\":\"Twee havens\"}");
    put(&m, "note/b", "{\"title\":\"Drones\",\"text\":\"boven de haven\"}");
    put(&m, "port/c", "{\"title\":\"Haven\"}");
    assert_true(search(&m, "haven", "note", note));
    says(buf_text(&m.told), "\"id\":\"note/a\"");
    says(buf_text(&m.told), "\"id\":\"note/b\"");
    says(buf_text(&m.told), "\"snippet\":");
    assert_null(strstr(buf_text(&m.told), "port/c"));
    buf_clear(&m.told);
    assert_true(search(&m, "haven", NULL, note_one));
    assert_non_null(strchr(buf_text(&m.told), '\n'));
    assert_string_equal(strchr(buf_text(&m.told), '\n'), "\n");
    refused(&m, search(&m, "  ", NULL, note), "usage", "");
    embedded_free(&m);
}

static int lines(const embedded *m)
{
    int count = 0;
    for (const char *at = buf_text(&m->told); *at; at++)
        count += *at == '\n';
    return count;
}

static void pages_of_a_search_follow_each_other(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    char id[] = "note/a", *next = NULL, *end = NULL;
    for (; id[5] < 'f'; id[5]++)
        put(&m, id, "{\"title\":\"haven\"}");
    polder_search_options o = {.size = sizeof o, .text = "haven", .limit = 3};
    assert_true(polder_search(m.p, &o, note, &m, &next, m.e));
    assert_non_null(next);
    assert_int_equal(lines(&m), 3);
    o.after = next;
    assert_true(polder_search(m.p, &o, note, &m, &end, m.e));
    assert_null(end);
    assert_int_equal(lines(&m), 5);
    for (id[5] = 'a'; id[5] < 'f'; id[5]++)
        says(buf_text(&m.told), id);
    o.text = "drone";
    refused(&m, polder_search(m.p, &o, note, &m, NULL, m.e), "usage", "another search");
    polder_text_free(next);
    embedded_free(&m);
}

static void kinds_are_there_before_anything_was_written(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_plugin(&m, KIND);
    embedded_open(&m);
    char *kinds = polder_kinds(m.p, m.e);
    says(kinds, "\"name\":\"ship\"");
    says(kinds, "\"plugin\":\"alpha\"");
    says(kinds, "\"type\":\"integer\"");
    polder_text_free(kinds);
    embedded_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_follow_each_other_in_the_order_asked_for),
        cmocka_unit_test(the_past_is_read_by_event_or_day),
        cmocka_unit_test(an_argument_that_is_missing_is_wrong_usage),
        cmocka_unit_test(a_condition_chooses_and_no_limit_gives_all),
        cmocka_unit_test(options_without_size_or_kind_are_refused),
        cmocka_unit_test(a_callback_for_rows_may_read_and_not_write),
        cmocka_unit_test(a_search_gives_records_with_the_piece_that_has_the_words),
        cmocka_unit_test(pages_of_a_search_follow_each_other),
        cmocka_unit_test(kinds_are_there_before_anything_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
