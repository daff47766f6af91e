#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embedded.h"

#define PLUGIN "local polder = require 'polder'\n"

static void a_plugins_check_is_asked_before_a_change(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_plugin(&m,
                    PLUGIN "polder.check { name = 'c', kind = 'ship', check = function(change)\n"
                           "  if not change.after then return false, 'blijft' end\n"
                           "  return change.after.n >= 0, 'te klein' end }");
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":1}");
    refused(&m, polder_put(m.p, "ship/a", "{\"n\":-1}", NULL, NULL, NULL, NULL, m.e), "not_allowed",
            "alpha/c refuses this: te klein");
    assert_string_equal(polder_error_where(m.e), "ship/a");
    refused(&m, polder_delete(m.p, "ship/a", NULL, m.e), "not_allowed", "blijft");
    holds(&m, "ship/a", "\"n\":1");
    embedded_free(&m);
}

static void handlers_have_run_when_a_change_returns(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_plugin(
        &m,
        PLUGIN "polder.on { name = 'h', event = '*', handler = function(event)\n"
               "  if event.type == 'record.created' and event.kind == 'ship' then\n"
               "    polder.put('note/made', { of = event.subject }) end\n"
               "  if event.type == 'harbour.closed' then\n"
               "    polder.put('note/closed', { why = event.data.why }) end\n"
               "  if event.type == 'record.deleted' then polder.put('note/gone', { x = 1 }) end\n"
               "end }");
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":1}");
    holds(&m, "note/made", "\"of\":\"ship/a\"");
    assert_true(polder_emit(m.p, "harbour.closed", "ship/a", "{\"why\":\"ijs\"}", m.e));
    holds(&m, "note/closed", "\"why\":\"ijs\"");
    assert_true(polder_delete(m.p, "ship/a", NULL, m.e));
    holds(&m, "note/gone", "\"x\":1");
    embedded_free(&m);
}

/* Keeps the last line. */
static void keep_line(void *ctx, log_level level, const char *line)
{
    buf *told = ctx;
    assert_int_equal(level, LOG_WARN);
    buf_clear(told);
    buf_str(told, line);
}

static void a_handler_that_fails_leaves_the_change_as_it_is_and_is_told_in_the_log(void **state)
{
    (void)state;
    embedded m = embedded_new();
    log_set_sink(keep_line, &m.told);
    embedded_plugin(&m, PLUGIN "polder.on { name = 'h', event = 'record.*', "
                               "handler = function() error('boem') end }");
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":1}");
    holds(&m, "ship/a", "\"n\":1");
    says(buf_text(&m.told), "handler alpha/h failed at event 1 (record.created ship/a): boem at ");
    embedded_free(&m);
}

static void where_nothing_reacts_no_plugin_is_loaded(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_plugin(&m,
                    PLUGIN "polder.kind { name = 'ship', title = { nl = 'schip', en = 'ship' }, "
                           "fields = { { name = 'n', type = 'integer', "
                           "title = { nl = 'n', en = 'n' } } } }");
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":1}"); /* nobody has looked at the plugins yet */
    assert_non_null(m.p->host);
    polder_close(m.p);
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":2}");
    assert_null(m.p->host);
    embedded_free(&m);
}

static void plugins_that_check_and_can_not_be_loaded_keep_changes_out(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_plugin(&m, PLUGIN "polder.check { name = 'c', kind = 'ship', "
                               "check = function() return true end }");
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":1}");
    polder_close(m.p);
    folder_text(m.folder, "plugins/alpha/init.lua", "error('stuk')");
    embedded_open(&m);
    refused(&m, polder_put(m.p, "ship/a", "{\"n\":2}", NULL, NULL, NULL, NULL, m.e), "not_allowed",
            "alpha/c can't be asked");
    put(&m, "port/a", "{\"n\":2}");
    embedded_free(&m);
}

/* A polder.lua that is no Lua: nothing can be loaded at all. */
static void break_config(embedded *m)
{
    polder_close(m->p);
    folder_text(m->folder, "polder.lua", "return {");
    embedded_open(m);
}

static void where_no_plugin_can_be_loaded_changes_are_kept_unless_one_checked_them(void **state)
{
    (void)state;
    static const char *const REACTS[] = {
        "polder.on { name = 'h', event = '*', handler = function() end }",
        "polder.check { name = 'c', kind = 'ship', check = function() return true end }"};
    for (int checks = 0; checks < 2; checks++) {
        embedded m = embedded_new();
        buf lua = {0};
        buf_fmt(&lua, PLUGIN "%s", REACTS[checks]);
        embedded_plugin(&m, buf_text(&lua));
        embedded_open(&m);
        put(&m, "ship/a", "{\"n\":1}");
        break_config(&m);
        bool ok = polder_put(m.p, "ship/a", "{\"n\":2}", NULL, NULL, NULL, NULL, m.e);
        assert_int_equal(ok, !checks);
        says(polder_error_message(m.e), checks ? "plugins check changes, and can't be loaded" : "");
        holds(&m, "ship/a", checks ? "\"n\":1" : "\"n\":2");
        buf_free(&lua);
        embedded_free(&m);
    }
}

static void a_program_emits_types_of_its_own_only(void **state)
{
    (void)state;
    static const struct {
        const char *type, *subject, *data, *code;
    } WRONG[] = {
        {"record.changed", "ship/a", NULL, "not_allowed"},
        {"audit.x", "x", NULL, "not_allowed"},
        {"closed", "x", NULL, "bad_data"},
        {"Harbour.closed", "x", NULL, "bad_data"},
        {"harbour.closed", "", NULL, "bad_data"},
        {"harbour.closed", "a\nb", NULL, "bad_data"},
        {"harbour.closed", "x", "[1]", "usage"},
        {"harbour.closed", "x", "{", "bad_data"},
    };
    embedded m = embedded_new();
    embedded_open(&m);
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
        refused(&m, polder_emit(m.p, WRONG[i].type, WRONG[i].subject, WRONG[i].data, m.e),
                WRONG[i].code, "");
    assert_true(polder_emit(m.p, "harbour.closed", "x", NULL, m.e));
    embedded_free(&m);
}

#define SHIP                                                                                       \
    PLUGIN "polder.kind { name = 'ship', title = { nl = 'schip', en = 'ship' }, fields = { { "     \
           "name = 'n', type = 'integer', title = { nl = 'n', en = 'n' } }, { name = 'port', "     \
           "type = 'reference', kind = 'ship', title = { nl = 'haven', en = 'port' } } } }"

static void notes_tell_what_a_change_may_not_have_meant(void **state)
{
    (void)state;
    embedded m = embedded_new();
    char *notes = NULL;
    embedded_plugin(&m, SHIP);
    embedded_open(&m);
    put(&m, "source/good", "{\"reliability\":\"A\"}");
    assert_true(polder_put(m.p, "ship/a", "{\"n\":1}", "source/good", NULL, NULL, &notes, m.e));
    assert_null(notes);
    const char *fields = "{\"n\":2,\"prot\":1,\"port\":\"ship/b\"}";
    assert_true(polder_put(m.p, "ship/a", fields, NULL, NULL, NULL, &notes, m.e));
    says(notes, "\"note\":\"undeclared_field\",\"field\":\"prot\"");
    says(notes, "\"note\":\"outweighed\",\"field\":\"n\"");
    says(notes, "\"note\":\"missing_reference\",\"field\":\"port\"");
    holds(&m, "ship/a", "\"n\":1");
    polder_text_free(notes);
    notes = NULL;
    refused(&m, polder_put(m.p, "ship/a", "{\"n\":\"x\"}", NULL, NULL, NULL, &notes, m.e),
            "bad_data", "n");
    assert_null(notes);
    embedded_free(&m);
}

static void who_names_a_deleted_record_is_told(void **state)
{
    (void)state;
    embedded m = embedded_new();
    char *naming = NULL;
    embedded_plugin(&m, SHIP);
    embedded_open(&m);
    put(&m, "ship/b", "{\"n\":1}");
    put(&m, "ship/a", "{\"port\":\"ship/b\"}");
    assert_true(polder_delete(m.p, "ship/b", &naming, m.e));
    assert_string_equal(naming,
                        "[{\"record\":\"ship/a\",\"field\":\"port\",\"target\":\"ship/b\"}]");
    polder_text_free(naming);
    assert_true(polder_delete(m.p, "ship/a", &naming, m.e));
    assert_null(naming);
    embedded_free(&m);
}

static void what_is_not_there_can_not_be_deleted(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    refused(&m, polder_delete(m.p, "ship/a", NULL, m.e), "not_found", "ship/a");
    put(&m, "ship/a", "{\"n\":1}");
    assert_true(polder_delete(m.p, "ship/a", NULL, m.e));
    assert_false(is_there(&m, "ship/a"));
    refused(&m, polder_delete(m.p, "ship/a", NULL, m.e), "not_found", "ship/a");
    refused(&m, polder_delete(m.p, "ship", NULL, m.e), "bad_data", "");
    embedded_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plugins_check_is_asked_before_a_change),
        cmocka_unit_test(handlers_have_run_when_a_change_returns),
        cmocka_unit_test(a_handler_that_fails_leaves_the_change_as_it_is_and_is_told_in_the_log),
        cmocka_unit_test(where_nothing_reacts_no_plugin_is_loaded),
        cmocka_unit_test(plugins_that_check_and_can_not_be_loaded_keep_changes_out),
        cmocka_unit_test(where_no_plugin_can_be_loaded_changes_are_kept_unless_one_checked_them),
        cmocka_unit_test(a_program_emits_types_of_its_own_only),
        cmocka_unit_test(notes_tell_what_a_change_may_not_have_meant),
        cmocka_unit_test(who_names_a_deleted_record_is_told),
        cmocka_unit_test(what_is_not_there_can_not_be_deleted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
