#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "broking.h"
#include "store/event.h"
#include "store/run.h"

static void reads_are_answered_from_the_store(void **state)
{
    fixture *f = *state;
    answers(f, "get", "{\"id\":\"ship/a\"}",
            "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"n\":1,\"title\":\"A\"}");
    answers(f, "get", "{\"id\":\"ship/none\"}", "null");
    answers(f, "query", "{\"query\":{\"kind\":\"ship\",\"where\":\"n >= 2\"}}",
            "[{\"id\":\"ship/b\",\"kind\":\"ship\",\"version\":1,\"n\":2,\"title\":\"B\"}]");
    answers(f, "query", "{\"query\":{\"kind\":\"port\"}}", "[]");
    answers(f, "query", "{\"query\":{\"kind\":\"ship\",\"order\":\"-n\",\"limit\":1}}",
            "[{\"id\":\"ship/b\",\"kind\":\"ship\",\"version\":1,\"n\":2,\"title\":\"B\"}]");
}

static void what_is_put_is_kept_back_and_laid_over_what_is_read(void **state)
{
    fixture *f = *state;
    value record = value_nil();
    answers(f, "put", "{\"id\":\"ship/a\",\"fields\":{\"n\":5}}", "null");
    answers(f, "put", "{\"id\":\"ship/new\",\"fields\":{\"n\":6}}", "null");
    answers(f, "get", "{\"id\":\"ship/a\"}",
            "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"n\":5,\"title\":\"A\"}");
    answers(f, "get", "{\"id\":\"ship/new\"}",
            "{\"id\":\"ship/new\",\"kind\":\"ship\",\"version\":0,\"n\":6}");
    assert_true(store_get(f->store, "ship/a", &record, NULL));
    assert_int_equal(value_get_int(&record, "n", 0), 1);
    value_free(&record);
    assert_true(store_begin(f->store, NULL));
    assert_true(broker_commit(&f->broker, 3, NULL));
    assert_true(store_commit(f->store, NULL));
    assert_true(store_get(f->store, "ship/new", &record, NULL));
    value_free(&record);
}

static char *keep_run(fixture *f, const char *what)
{
    value inputs = json("{\"scorecard\":\"zeeland/zeeland\",\"plugins\":{\"x\":{\"settings\":"
                        "{\"secret\":1}}}}");
    value result = json("{\"secret\":2}");
    char *id = run_store(f->store, what, &inputs, &result, NULL);
    assert_non_null(id);
    value_free(&inputs);
    value_free(&result);
    return id;
}

static value look_up(fixture *f, const char *id)
{
    value given = value_map(), out = value_nil();
    err e = {0};
    value_add(&given, "id", value_text(id));
    if (!broker_serve(&f->broker, "run", &given, &out, &e))
        fail_msg("%s", e.message);
    value_free(&given);
    return out;
}

/* Which sorts it lists decides of which it sees what they were asked; the result none does. */
static void a_run_is_looked_up_as_far_as_the_manifest_asks(void **state)
{
    fixture *f = *state;
    char *match = keep_run(f, "match"), *report = keep_run(f, "report");
    err e = refused(f, "run", "{\"id\":\"run/none\"}");
    assert_string_equal(e.message, "zeeland may not look up runs");
    value_free(&f->plugin.manifest);
    f->plugin.manifest = json("{\"capabilities\":{\"runs\":[\"match\"]}}");
    value run = look_up(f, match);
    buf text = {0};
    json_write(&text, value_get(&run, "inputs"));
    assert_string_equal(buf_text(&text), "{\"scorecard\":\"zeeland/zeeland\"}");
    assert_string_equal(value_get_str(&run, "what", ""), "match");
    assert_null(value_get(&run, "result"));
    value_free(&run);
    run = look_up(f, report);
    assert_string_equal(value_get_str(&run, "what", ""), "report");
    assert_null(value_get(&run, "inputs"));
    value_free(&run);
    answers(f, "run", "{\"id\":\"run/none\"}", "null");
    f->broker.as_of = 1; /* before there were any */
    run = look_up(f, match);
    assert_true(value_is(&run, VALUE_NIL));
    buf_free(&text);
    free(match);
    free(report);
}

static void the_log_about_a_record_is_told_as_far_as_the_record_may_be_read(void **state)
{
    fixture *f = *state;
    value given = json("{\"events\":{\"about\":[\"ship/a\"],\"type\":\"record.*\"}}"), out;
    store_actor(f->store, "someone");
    put(f->store, "ship/b", "{\"n\":7}"); /* event 4 */
    store_act_for(f->store, "plugin:zeeland", NULL, 4);
    put(f->store, "ship/a", "{\"n\":7}");
    store_act_for(f->store, NULL, NULL, 0);
    assert_true(broker_serve(&f->broker, "events", &given, &out, NULL));
    const value *rows = value_get(&out, "rows");
    assert_int_equal(value_len(rows), 2);
    assert_string_equal(value_get_str(value_at(rows, 0), "type", ""), "record.created");
    assert_int_equal(value_get_int(value_at(rows, 1), "seq", 0), 5);
    assert_string_equal(value_get_str(value_at(rows, 1), "actor", ""), "plugin:zeeland");
    assert_string_equal(value_get_str(value_at(rows, 1), "by", ""), "someone");
    assert_null(value_get(value_at(rows, 1), "salt"));
    assert_true(value_is(value_get(&out, "next"), VALUE_NIL));
    value_free(&out);
    f->broker.as_of = 3;
    assert_true(broker_serve(&f->broker, "events", &given, &out, NULL));
    assert_int_equal(value_len(value_get(&out, "rows")), 1);
    value_free(&out);
    value_free(&given);
    err e = refused(f, "events", "{\"events\":{\"about\":[\"person/p\"]}}");
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    answers(f, "events", "{\"events\":{\"about\":[\"ship/a\"],\"type\":\"zeeland.*\"}}",
            "{\"rows\":[],\"next\":null}");
}

static bool refuse(void *ctx, const value *change, err *e)
{
    (void)change;
    ++*(int *)ctx;
    return err_set(e, ERR_NOT_ALLOWED, "no");
}

/* Nothing of it is kept, nobody is asked about it, and what is put is checked as it will be. */
static void a_query_sees_what_was_put_too(void **state)
{
    fixture *f = *state;
    int asked = 0;
    int64_t before = 0, after = 0;
    assert_true(event_head(f->store, &before, NULL));
    store_set_check(f->store, refuse, &asked);
    answers(f, "put", "{\"id\":\"ship/a\",\"fields\":{\"n\":5,\"title\":null}}", "null");
    answers(f, "put", "{\"id\":\"ship/new\",\"fields\":{\"n\":6}}", "null");
    answers(f, "query", "{\"query\":{\"kind\":\"ship\",\"where\":\"n >= 2\",\"order\":\"-n\"}}",
            "[{\"id\":\"ship/new\",\"kind\":\"ship\",\"version\":1,\"n\":6},"
            "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":2,\"n\":5},"
            "{\"id\":\"ship/b\",\"kind\":\"ship\",\"version\":1,\"n\":2,\"title\":\"B\"}]");
    store_set_check(f->store, NULL, NULL);
    assert_int_equal(asked, 0);
    assert_true(event_head(f->store, &after, NULL));
    assert_int_equal(after, before);
    assert_int_equal(value_len(&f->broker.effects), 2);
}

static void what_the_manifest_does_not_ask_for_is_refused(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *fn, *args, *message, *hint;
    } CASES[] = {
        {"get", "{\"id\":\"person/p\"}", "zeeland may not read records of kind person",
         "\"records\": {\"read\": [\"person\"]}"},
        {"query", "{\"query\":{\"kind\":\"person\"}}", "may not read", "person"},
        {"put", "{\"id\":\"port/x\",\"fields\":{\"n\":1}}",
         "zeeland may not write records of kind port", "\"write\": [\"port\"]"},
        {"put", "{\"id\":\"shipyard/x\",\"fields\":{}}", "may not write", "shipyard"},
        {"emit", "{\"type\":\"drenthe.x\"}", "zeeland may not emit drenthe.x", "\"zeeland.*\""},
        {"emit", "{\"type\":\"record.changed\"}", "is a type that Polder itself writes", ""},
        {"drop", "{}", "there is no such function", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        err e = refused(f, CASES[i].fn, CASES[i].args);
        assert_int_equal(e.code, ERR_NOT_ALLOWED);
        if (!strstr(e.message, CASES[i].message) || !strstr(e.hint, CASES[i].hint))
            fail_msg("%s: %s (%s)", CASES[i].args, e.message, e.hint);
    }
    assert_int_equal(value_len(&f->broker.effects), 0);
}

static void polders_own_types_can_not_be_forged_even_with_a_star(void **state)
{
    fixture *f = *state;
    value_free(&f->plugin.manifest);
    f->plugin.manifest = json("{\"capabilities\":{\"emit\":[\"*\"]}}");
    static const char *const OWN[] = {"record.created", "run.finished", "kinds.changed",
                                      "source.withdrawn"};
    for (size_t i = 0; i < 4; i++) {
        char args[60];
        snprintf(args, sizeof args, "{\"type\":\"%s\"}", OWN[i]);
        assert_int_equal(refused(f, "emit", args).code, ERR_NOT_ALLOWED);
    }
    answers(f, "emit", "{\"type\":\"drenthe.x\"}", "null");
}

static void nonsense_from_a_worker_is_refused(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *fn, *args;
    } CASES[] = {
        {"get", "{}"},
        {"get", "[]"},
        {"get", "null"},
        {"get", "{\"id\":7}"},
        {"get", "{\"id\":\"ship\"}"},
        {"query", "{\"query\":7}"},
        {"query", "{\"query\":{\"kind\":\"ship\",\"where\":\"n >=\"}}"},
        {"query", "{\"query\":{\"kind\":\"ship\",\"limit\":20000}}"},
        {"put", "{\"id\":\"ship/a\"}"},
        {"put", "{\"id\":\"ship/a\",\"fields\":[]}"},
        {"put", "{\"fields\":{}}"},
        {"emit", "{\"type\":\"zeeland.x\",\"data\":[]}"},
        {"emit", "{\"type\":\"zeeland.x\",\"subject\":\"two\\nlines\"}"},
        {"emit", "{\"type\":\"zeeland.X\"}"},
        {"emit", "{\"type\":\"zeeland\"}"},
        {"emit", "{}"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        refused(f, CASES[i].fn, CASES[i].args);
    assert_int_equal(value_len(&f->broker.effects), 0);
}

static void a_check_can_not_write(void **state)
{
    fixture *f = *state;
    f->broker.writes = false;
    refused(f, "put", "{\"id\":\"ship/a\",\"fields\":{\"n\":5}}");
    refused(f, "emit", "{\"type\":\"zeeland.x\"}");
    answers(f, "get", "{\"id\":\"ship/none\"}", "null");
}

static void a_flood_of_writes_ends_at_a_limit(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < BROKER_EFFECTS; i++)
        answers(f, "emit", "{\"type\":\"zeeland.x\"}", "null");
    assert_int_equal(refused(f, "emit", "{\"type\":\"zeeland.x\"}").code, ERR_LIMIT);
    broker_free(&f->broker);
    f->broker = (broker){.store = f->store, .plugin = &f->plugin, .writes = true};
    char *args = calloc(1, 3 << 20);
    strcpy(args, "{\"type\":\"zeeland.x\",\"data\":{\"x\":\"");
    memset(args + strlen(args), 'x', (3 << 20) - 100);
    strcat(args, "\"}}");
    answers(f, "emit", args, "null");
    assert_int_equal(refused(f, "emit", args).code, ERR_LIMIT);
    free(args);
}

static void more_records_than_expected_are_an_error_not_a_part(void **state)
{
    fixture *f = *state;
    assert_true(store_begin(f->store, NULL));
    for (int i = 0; i <= BROKER_ROWS_ELSE; i++) {
        char id[30];
        snprintf(id, sizeof id, "port/p%d", i);
        put(f->store, id, "{\"n\":1}");
    }
    assert_true(store_commit(f->store, NULL));
    err e = refused(f, "query", "{\"query\":{\"kind\":\"port\"}}");
    assert_non_null(strstr(e.message, "more than 1000 records"));
    value args = json("{\"query\":{\"kind\":\"port\",\"limit\":10000}}"), out = value_nil();
    assert_true(broker_serve(&f->broker, "query", &args, &out, NULL));
    assert_int_equal(value_len(&out), BROKER_ROWS_ELSE + 1);
    value_free(&args);
    value_free(&out);
}

static void a_commit_that_fails_names_the_line_that_asked(void **state)
{
    fixture *f = *state;
    err e = {0};
    answers(f, "put",
            "{\"id\":\"ship/a\",\"fields\":{\"n\":1},\"stated\":{\"source\":\"none\"},\"at\":"
            "\"zeeland/init.lua:12\"}",
            "null");
    assert_true(store_begin(f->store, NULL));
    assert_false(broker_commit(&f->broker, 3, &e));
    store_rollback(f->store);
    assert_string_equal(e.where, "zeeland/init.lua:12");
    assert_non_null(strstr(e.message, "polder.put: ship/a: none is not a source"));
    assert_non_null(strstr(e.message, "(is it source/none?)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_are_answered_from_the_store),
        TEST(what_is_put_is_kept_back_and_laid_over_what_is_read),
        TEST(a_query_sees_what_was_put_too),
        TEST(what_the_manifest_does_not_ask_for_is_refused),
        TEST(the_log_about_a_record_is_told_as_far_as_the_record_may_be_read),
        TEST(a_run_is_looked_up_as_far_as_the_manifest_asks),
        TEST(polders_own_types_can_not_be_forged_even_with_a_star),
        TEST(nonsense_from_a_worker_is_refused),
        TEST(a_check_can_not_write),
        TEST(a_flood_of_writes_ends_at_a_limit),
        TEST(more_records_than_expected_are_an_error_not_a_part),
        TEST(a_commit_that_fails_names_the_line_that_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
