#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "broking.h"
#include "store/kinds.h"

/* "seq subject" of the events in a page, and where the next begins. */
static int64_t page_of_events(fixture *f, const char *args, int64_t after, const char *expected)
{
    value given = json(args), out = value_nil();
    buf got = {0};
    err e = {0};
    if (after)
        value_add(&given, "after", value_int(after));
    if (!broker_serve(&f->broker, "events", &given, &out, &e))
        fail_msg("%s", e.message);
    const value *rows = value_get(&out, "rows");
    for (size_t i = 0; i < value_len(rows); i++)
        buf_fmt(&got, "%d %s\n", (int)value_get_int(value_at(rows, i), "seq", 0),
                value_get_str(value_at(rows, i), "subject", ""));
    assert_string_equal(buf_text(&got), expected);
    int64_t next = value_get_int(&out, "next", 0);
    buf_free(&got);
    value_free(&given);
    value_free(&out);
    return next;
}

static void events_about_several_records_come_in_the_order_of_the_log(void **state)
{
    fixture *f = *state;
    put(f->store, "ship/a", "{\"n\":7}");
    put(f->store, "ship/c", "{\"n\":7}");
    put(f->store, "ship/b", "{\"n\":7}");
    static const char ASKED[] = "{\"events\":{\"about\":[\"ship/b\",\"ship/a\",\"ship/b\"]}}";
    assert_int_equal(page_of_events(f, ASKED, 0, "1 ship/a\n2 ship/b\n4 ship/a\n6 ship/b\n"), 0);
    assert_int_equal(page_of_events(f, ASKED, 2, "4 ship/a\n6 ship/b\n"), 0);
    assert_int_equal(page_of_events(f,
                                    "{\"events\":{\"about\":[\"ship/a\",\"ship/b\"],\"limit\":3}}",
                                    0, "1 ship/a\n2 ship/b\n4 ship/a\n"),
                     4);
    page_of_events(f, "{\"events\":{\"about\":[]}}", 0, "");
    err e = refused(f, "events", "{\"events\":{\"about\":[\"ship/a\",\"person/p\"]}}");
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_int_equal(refused(f, "events", "{\"events\":{\"about\":\"ship/a\"}}").code,
                     ERR_BAD_DATA);
}

/* All pages, as a plugin asks for them: how many records, and of how many pages. */
static int64_t count_pages(fixture *f, const char *asked, int64_t *pages)
{
    value after = value_nil();
    int64_t count = 0;
    *pages = 0;
    do {
        value given = json(asked), out = value_nil();
        err e = {0};
        if (value_is(&after, VALUE_TEXT))
            value_add(&given, "after", after);
        if (!broker_serve(&f->broker, "each", &given, &out, &e))
            fail_msg("%s", e.message);
        after = value_copy(value_get(&out, "next"));
        count += (int64_t)value_len(value_get(&out, "rows"));
        ++*pages;
        value_free(&given);
        value_free(&out);
    } while (value_is(&after, VALUE_TEXT));
    return count;
}

static void no_record_is_left_out_however_many_there_are(void **state)
{
    fixture *f = *state;
    int64_t pages = 0;
    assert_true(store_begin(f->store, NULL));
    for (int i = 0; i <= BROKER_ROWS; i++) {
        char id[30], fields[40];
        snprintf(id, sizeof id, "port/p%05d", i);
        snprintf(fields, sizeof fields, "{\"n\":%d,\"m\":1}", i % 7);
        put(f->store, id, fields);
    }
    assert_true(store_commit(f->store, NULL));
    assert_int_equal(count_pages(f, "{\"each\":{\"kind\":\"port\",\"fields\":[\"n\"]}}", &pages),
                     BROKER_ROWS + 1);
    assert_int_equal(pages, 2);
    assert_int_equal(count_pages(f, "{\"each\":{\"kind\":\"port\",\"order\":\"-n\"}}", &pages),
                     BROKER_ROWS + 1);
    assert_int_equal(count_pages(f, "{\"each\":{\"kind\":\"port\",\"where\":\"n == 0\"}}", &pages),
                     1429);
    assert_int_equal(pages, 1);
    answers(f, "put", "{\"id\":\"ship/x\",\"fields\":{\"n\":1}}", "null");
    assert_int_equal(count_pages(f, "{\"each\":{\"kind\":\"port\"}}", &pages), BROKER_ROWS + 1);
    assert_int_equal(count_pages(f, "{\"each\":{\"kind\":\"ship\"}}", &pages), 3);
}

/* A record of 300 kB: four of them fill a page. */
static void a_page_ends_where_it_is_large_enough(void **state)
{
    fixture *f = *state;
    int64_t pages = 0;
    buf fields = {0};
    buf_str(&fields, "{\"n\":1,\"text\":\"");
    for (int i = 0; i < 300000; i++)
        buf_char(&fields, 'x');
    buf_str(&fields, "\"}");
    for (int i = 0; i < 10; i++) {
        char id[] = "port/a";
        id[5] = (char)('a' + i);
        put(f->store, id, buf_text(&fields));
    }
    buf_free(&fields);
    assert_int_equal(count_pages(f, "{\"each\":{\"kind\":\"port\"}}", &pages), 10);
    assert_int_equal(pages, 3);
    assert_int_equal(count_pages(f, "{\"each\":{\"kind\":\"port\",\"fields\":[\"n\"]}}", &pages),
                     10);
    assert_int_equal(pages, 1);
}

static void of_each_record_only_the_fields_asked_for_are_given(void **state)
{
    fixture *f = *state;
    answers(f, "each", "{\"each\":{\"kind\":\"ship\",\"fields\":[\"title\",\"none\"]}}",
            "{\"rows\":[{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"title\":\"A\"},"
            "{\"id\":\"ship/b\",\"kind\":\"ship\",\"version\":1,\"title\":\"B\"}],\"next\":null}");
    value kinds = json("[{\"name\":\"ship\",\"plugin\":\"p\",\"fields\":[{\"name\":\"title\","
                       "\"type\":\"text\"},{\"name\":\"n\",\"type\":\"integer\"}]}]");
    assert_true(kinds_save(f->store, &kinds, NULL));
    value_free(&kinds);
    err e = refused(f, "each", "{\"each\":{\"kind\":\"ship\",\"fields\":[\"titel\"]}}");
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_string_equal(e.message, "fields: the kind ship has no field \"titel\"");
    assert_string_equal(e.hint, "did you mean \"title\"?");
    e = refused(f, "each", "{\"each\":{\"kind\":\"person\"}}");
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    f->broker.as_of = 1;
    answers(f, "each", "{\"each\":{\"kind\":\"ship\",\"fields\":[]}}",
            "{\"rows\":[{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1}],\"next\":null}");
}

static void pages_see_what_was_put_too(void **state)
{
    fixture *f = *state;
    answers(f, "put", "{\"id\":\"ship/a\",\"fields\":{\"n\":5}}", "null");
    answers(f, "put", "{\"id\":\"ship/c\",\"fields\":{\"n\":6}}", "null");
    answers(
        f, "each",
        "{\"each\":{\"kind\":\"ship\",\"where\":\"n > 4\",\"order\":\"-n\",\"fields\":[\"n\"]}}",
        "{\"rows\":[{\"id\":\"ship/c\",\"kind\":\"ship\",\"version\":1,\"n\":6},"
        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":2,\"n\":5}],\"next\":null}");
    value record = value_nil();
    assert_true(store_get(f->store, "ship/a", &record, NULL));
    assert_int_equal(value_get_int(&record, "n", 0), 1);
    value_free(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(events_about_several_records_come_in_the_order_of_the_log),
        TEST(no_record_is_left_out_however_many_there_are),
        TEST(a_page_ends_where_it_is_large_enough),
        TEST(of_each_record_only_the_fields_asked_for_are_given),
        TEST(pages_see_what_was_put_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
