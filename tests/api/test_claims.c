#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embedded.h"

#define PLUGIN "local polder = require 'polder'\n"
#define PERSON                                                                                     \
    "polder.kind { name = 'person', title = { nl = 'mens', en = 'person' }, fields = { { "         \
    "name = 'name', type = 'text', personal = true, title = { nl = 'naam', en = 'name' } }, { "    \
    "name = 'role', type = 'text', title = { nl = 'rol', en = 'role' } } } }\n"

static bool note(void *ctx, const char *row, size_t len)
{
    assert_int_equal(len, strlen(row));
    buf_fmt(&((embedded *)ctx)->told, "%s\n", row);
    return true;
}

static void said_by(embedded *m, const char *id, const char *fields, const char *source)
{
    if (!polder_put(m->p, id, fields, source, "p. 3", NULL, NULL, m->e))
        fail_msg("%s (%s)", polder_error_message(m->e), polder_error_where(m->e));
}

/* Two sources that disagree on ship/a: the better one says 1, the other 2. */
static embedded with_two_sources(const char *lua)
{
    embedded m = embedded_new();
    if (lua)
        embedded_plugin(&m, lua);
    embedded_open(&m);
    put(&m, "source/good", "{\"reliability\":\"A\"}");
    put(&m, "source/bad", "{\"reliability\":\"E\"}");
    said_by(&m, "ship/a", "{\"n\":1}", "source/good");
    said_by(&m, "ship/a", "{\"n\":2}", "source/bad");
    return m;
}

static void claims(embedded *m, const char *when, const char *has, const char *lacks)
{
    char *text = polder_claims(m->p, "ship/a", when, m->e);
    says(text, has);
    if (lacks && strstr(text, lacks))
        fail_msg("\"%s\" says \"%s\"", text, lacks);
    polder_text_free(text);
}

static void claims_are_told_with_their_sources_now_and_then(void **state)
{
    (void)state;
    embedded m = with_two_sources(NULL);
    claims(&m, NULL, "{\"field\":\"n\",\"value\":1,\"source\":\"source/good\",\"place\":\"p. 3\"",
           NULL);
    claims(&m, NULL, "\"value\":2,\"source\":\"source/bad\"", "\"withdrawn\"");
    claims(&m, "3", "\"source/good\"", "\"source/bad\"");
    refused(&m, polder_claims(m.p, "ship/b", NULL, m.e) != NULL, "not_found", "ship/b");
    refused(&m, polder_claims(m.p, "ship/a", "2", m.e) != NULL, "not_found", "");
    refused(&m, polder_claims(m.p, "ship", NULL, m.e) != NULL, "bad_data", "");
    embedded_free(&m);
}

static void a_conflict_is_told_and_a_person_settles_it(void **state)
{
    (void)state;
    embedded m = with_two_sources(NULL);
    assert_true(polder_conflicts(m.p, NULL, note, &m, m.e));
    says(buf_text(&m.told), "{\"record\":\"ship/a\",\"field\":\"n\",\"value\":1,\"settled\":false");
    assert_true(polder_settle(m.p, "ship/a", "n", "source/bad", "counted", m.e));
    holds(&m, "ship/a", "\"n\":2");
    buf_clear(&m.told);
    assert_true(polder_conflicts(m.p, "ship/a", note, &m, m.e));
    says(buf_text(&m.told), "\"value\":2,\"settled\":true");
    says(buf_text(&m.told), "\"settled\":\"counted\"");
    assert_true(polder_unsettle(m.p, "ship/a", "n", "a slip", m.e));
    holds(&m, "ship/a", "\"n\":1");
    refused(&m, polder_unsettle(m.p, "ship/a", "n", "a slip", m.e), "not_found", "");
    refused(&m, polder_settle(m.p, "ship/a", "n", NULL, "mine", m.e), "not_found", "own word");
    refused(&m, polder_settle(m.p, "ship/a", "n", "source/bad", " ", m.e), "usage", "reason");
    refused(&m, polder_conflicts(m.p, "ship/b", note, &m, m.e), "not_found", "ship/b");
    embedded_free(&m);
}

static void what_a_source_stated_ends_when_it_is_withdrawn_and_comes_back(void **state)
{
    (void)state;
    embedded m = with_two_sources(NULL);
    char *text = polder_withdraw(m.p, "source/good", "a hoax", m.e);
    says(text, "{\"source\":\"source/good\",\"event\":5,\"records\":[{\"id\":\"ship/a\","
               "\"fields\":{\"n\":2},\"lost\":[]}]}");
    polder_text_free(text);
    holds(&m, "ship/a", "\"n\":2");
    claims(&m, NULL, "\"withdrawn\":\"a hoax\"", NULL);
    refused(&m, polder_withdraw(m.p, "source/good", "again", m.e) != NULL, "not_allowed", "");
    text = polder_restore(m.p, "source/good", "it was real", m.e);
    says(text, "\"fields\":{\"n\":1}");
    polder_text_free(text);
    holds(&m, "ship/a", "\"n\":1");
    refused(&m, polder_restore(m.p, "source/good", "again", m.e) != NULL, "not_found", "");
    embedded_free(&m);
}

static void decisions_wake_handlers_and_are_checked(void **state)
{
    (void)state;
    embedded m = with_two_sources(
        PLUGIN "polder.on { name = 'h', event = 'source.withdrawn', handler = function(event)\n"
               "  polder.put('note/seen', { of = event.subject }) end }\n"
               "polder.check { name = 'c', kind = 'ship', check = function(change)\n"
               "  return change.after.n ~= 2 or change.source ~= nil, 'geen twee' end }");
    refused(&m, polder_settle(m.p, "ship/a", "n", "source/bad", "counted", m.e), "not_allowed",
            "geen twee");
    holds(&m, "ship/a", "\"n\":1");
    polder_text_free(polder_withdraw(m.p, "source/bad", "a hoax", m.e));
    holds(&m, "note/seen", "\"of\":\"source/bad\"");
    embedded_free(&m);
}

static void what_is_forgotten_is_gone_and_the_store_is_whole(void **state)
{
    (void)state;
    embedded m = with_two_sources(PLUGIN PERSON);
    bool whole = false;
    put(&m, "person/an", "{\"name\":\"An Voorbeeld\",\"role\":\"adviseur\"}");
    char *text = polder_forget(m.p, "person/an", "asked", m.e);
    says(text, "{\"id\":\"person/an\",\"whole\":false,\"event\":7,\"fields\":[\"name\"]");
    polder_text_free(text);
    text = polder_get(m.p, "person/an", m.e);
    says(text, "adviseur");
    assert_null(strstr(text, "Voorbeeld"));
    polder_text_free(text);
    text = polder_get_as_of(m.p, "person/an", "6", m.e);
    says(text, "adviseur");
    assert_null(strstr(text, "Voorbeeld"));
    polder_text_free(text);
    polder_text_free(polder_verify(m.p, NULL, NULL, &whole, m.e));
    assert_true(whole);
    text = polder_forget(m.p, "person/an", "again", m.e);
    says(text, "\"event\":null");
    polder_text_free(text);
    refused(&m, polder_forget(m.p, "source/good", "x", m.e) != NULL, "not_allowed", "");
    refused(&m, polder_forget(m.p, "ship/none", "x", m.e) != NULL, "not_found", "");
    embedded_free(&m);
}

static void note_event(void *ctx, const char *event, size_t len)
{
    (void)len;
    if (strstr(event, "\"type\":\"record.forgotten\""))
        buf_str(&((embedded *)ctx)->told, "forgotten\n");
}

/* Somebody reads, so that the file can't be written anew. */
static void what_is_forgotten_in_part_is_told_and_doing_it_again_is_enough(void **state)
{
    (void)state;
    embedded m = with_two_sources(PLUGIN PERSON);
    char *path = folder_path(m.folder, "polder.db");
    put(&m, "person/an", "{\"name\":\"An Voorbeeld\"}");
    assert_non_null(polder_subscribe(m.p, NULL, "person", note_event, &m, m.e));
    db *reader = db_open(path, false, NULL);
    assert_true(db_exec(reader, "begin; select count(*) from record", NULL));
    assert_true(db_exec(store_db(m.p->store), "pragma busy_timeout = 0", NULL));
    refused(&m, polder_forget(m.p, "person/an", "asked", m.e) != NULL, "partial", "traces");
    assert_string_equal(buf_text(&m.told), "forgotten\n");
    db_close(reader);
    char *text = polder_forget(m.p, "person/an", "again", m.e);
    says(text, "\"event\":null");
    polder_text_free(text);
    free(path);
    embedded_free(&m);
}

static bool decides(void *ctx, const char *row, size_t len)
{
    embedded *m = ctx;
    (void)row, (void)len;
    claims(m, NULL, "source/good", NULL);
    refused(m, polder_settle(m->p, "ship/a", "n", "source/bad", "x", m->e), "not_allowed", "read");
    refused(m, polder_unsettle(m->p, "ship/a", "n", "x", m->e), "not_allowed", "read");
    refused(m, polder_withdraw(m->p, "source/bad", "x", m->e) != NULL, "not_allowed", "read");
    refused(m, polder_restore(m->p, "source/bad", "x", m->e) != NULL, "not_allowed", "read");
    refused(m, polder_forget(m->p, "ship/a", "x", m->e) != NULL, "not_allowed", "read");
    refused(m, polder_verify(m->p, NULL, NULL, NULL, m->e) != NULL, "not_allowed", "read");
    buf_str(&m->told, "tried\n");
    return false;
}

static void a_callback_for_rows_decides_nothing(void **state)
{
    (void)state;
    embedded m = with_two_sources(NULL);
    said_by(&m, "ship/b", "{\"n\":1}", "source/good");
    said_by(&m, "ship/b", "{\"n\":2}", "source/bad");
    assert_true(polder_conflicts(m.p, NULL, decides, &m, m.e));
    assert_string_equal(buf_text(&m.told), "tried\n");
    holds(&m, "ship/a", "\"n\":1");
    embedded_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_are_told_with_their_sources_now_and_then),
        cmocka_unit_test(a_conflict_is_told_and_a_person_settles_it),
        cmocka_unit_test(what_a_source_stated_ends_when_it_is_withdrawn_and_comes_back),
        cmocka_unit_test(decisions_wake_handlers_and_are_checked),
        cmocka_unit_test(what_is_forgotten_is_gone_and_the_store_is_whole),
        cmocka_unit_test(what_is_forgotten_in_part_is_told_and_doing_it_again_is_enough),
        cmocka_unit_test(a_callback_for_rows_decides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
