#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "embedded.h"

/* "seq type subject" a line. */
static bool note(void *ctx, const char *row, size_t len)
{
    value event = value_nil();
    assert_true(json_read(row, len, NULL, &event, NULL));
    buf_fmt(&((embedded *)ctx)->told, "%d %s %s\n", (int)value_get_int(&event, "seq", 0),
            value_get_str(&event, "type", ""), value_get_str(&event, "subject", ""));
    value_free(&event);
    return true;
}

static bool note_whole(void *ctx, const char *row, size_t len)
{
    buf_add(&((embedded *)ctx)->told, row, len);
    return false;
}

static embedded with_events(void)
{
    embedded m = embedded_new();
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":1}");
    put(&m, "ship/b", "{\"n\":1}");
    put(&m, "ship/a", "{\"n\":2}");
    assert_true(polder_emit(m.p, "harbour.closed", "ship/a", "{\"why\":\"ijs\"}", m.e));
    return m;
}

static void reads(embedded *m, polder_events_options o, const char *expected)
{
    o.size = sizeof o;
    buf_clear(&m->told);
    assert_true(polder_events(m->p, &o, note, m, m->e));
    assert_string_equal(buf_text(&m->told), expected);
}

static void the_log_is_read_by_subject_type_and_number(void **state)
{
    (void)state;
    embedded m = with_events();
    reads(&m, (polder_events_options){.subject = "ship/a"},
          "1 record.created ship/a\n3 record.changed ship/a\n4 harbour.closed ship/a\n");
    reads(&m, (polder_events_options){.type = "record.*", .since = 1},
          "2 record.created ship/b\n3 record.changed ship/a\n");
    reads(&m, (polder_events_options){.limit = 2},
          "1 record.created ship/a\n2 record.created ship/b\n");
    reads(&m, (polder_events_options){.since = 4}, "");
    refused(&m,
            polder_events(
                m.p, &(polder_events_options){.size = sizeof(polder_events_options), .since = -1},
                note, &m, m.e),
            "usage", "since");
    embedded_free(&m);
}

static void an_event_has_its_place_in_the_chain(void **state)
{
    (void)state;
    embedded m = with_events();
    const polder_events_options o = {.size = sizeof o, .since = 3};
    assert_true(polder_events(m.p, &o, note_whole, &m, m.e));
    says(buf_text(&m.told), "{\"seq\":4,\"time\":\"");
    says(buf_text(&m.told), "\"actor\":\"api:test\",\"type\":\"harbour.closed\",\"subject\":"
                            "\"ship/a\",\"data\":{\"why\":\"ijs\"},\"prev\":\"");
    says(buf_text(&m.told), "\"hash\":\"");
    embedded_free(&m);
}

static void damage_is_found_and_is_no_error(void **state)
{
    (void)state;
    embedded m = with_events();
    bool whole = false;
    char *text = polder_verify(m.p, NULL, NULL, &whole, m.e);
    assert_true(whole);
    says(text, "{\"whole\":true,\"checked\":4,");
    polder_text_free(text);
    assert_true(db_exec(store_db(m.p->store), "update record set data = '{\"n\":7}'", NULL));
    text = polder_verify(m.p, "[]", NULL, &whole, m.e);
    assert_false(whole);
    assert_string_equal(polder_error_code(m.e), "none");
    says(text, "\"bad_seq\":null");
    says(text, "\"differ\":2");
    polder_text_free(text);
    embedded_free(&m);
}

static void a_signature_that_must_be_there_is_missed(void **state)
{
    (void)state;
    embedded m = with_events();
    bool whole = true;
    char key[65] = "";
    memset(key, 'a', 64);
    char *text = polder_verify(m.p, NULL, key, &whole, m.e);
    assert_false(whole && text);
    polder_text_free(text);
    refused(&m, polder_verify(m.p, "[", NULL, NULL, m.e) != NULL, "bad_data", "");
    embedded_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_log_is_read_by_subject_type_and_number),
        cmocka_unit_test(an_event_has_its_place_in_the_chain),
        cmocka_unit_test(damage_is_found_and_is_no_error),
        cmocka_unit_test(a_signature_that_must_be_there_is_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
