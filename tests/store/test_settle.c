#include "support.h"

#include "store/import.h"
#include "store/kinds.h"
#include "store/settle.h"

static void assert_field(fixture *f, const char *id, const char *field, const char *expected)
{
    err e = {0};
    value v = value_nil();
    assert_true(store_get(f->st, id, &v, &e));
    char *text = text_of(value_get(&v, field) ? value_get(&v, field) : &(value){0});
    assert_string_equal(text, expected);
    free(text);
    value_free(&v);
}

/* Two sources that disagree: seven is the better one's. */
static void disagree(fixture *f)
{
    put_json(f->st, "source/good", "{\"reliability\":\"B\"}", NULL);
    put_json(f->st, "source/poor", "{\"reliability\":\"E\"}", NULL);
    put_json(f->st, "agreement/a", "{\"regions\":7}", "source/good");
    put_json(f->st, "agreement/a", "{\"regions\":6}", "source/poor");
}

static void settle(fixture *f, const char *source, const char *why)
{
    err e = {0};
    if (!store_settle(f->st, "agreement/a", "regions", source, why, &e))
        fail_msg("%s", e.message);
}

static int64_t head(fixture *f)
{
    err e = {0};
    int64_t seq = 0;
    assert_true(event_head(f->st, &seq, &e));
    return seq;
}

static bool first_event(void *ctx, const value *event, err *e)
{
    (void)e;
    value_free(ctx);
    *(value *)ctx = value_copy(event);
    return true;
}

static value last_event(fixture *f)
{
    err e = {0};
    value event = value_nil();
    const event_filter filter = {.since = head(f) - 1, .limit = 1};
    assert_true(event_each(f->st, &filter, first_event, &event, &e));
    return event;
}

static void a_decision_stands_over_grades_and_dates(void **state)
{
    fixture *f = *state;
    disagree(f);
    assert_field(f, "agreement/a", "regions", "7");
    settle(f, "source/poor", "the ministry counts so");
    assert_field(f, "agreement/a", "regions", "6");
    put_json(f->st, "agreement/a", "{\"regions\":8}", NULL);
    assert_field(f, "agreement/a", "regions", "6");
    assert_whole(f->st);
}

static void a_decision_is_an_event_with_its_reason_and_what_changed(void **state)
{
    fixture *f = *state;
    disagree(f);
    store_actor(f->st, "cli:anna");
    settle(f, "source/poor", "the ministry counts so");
    value event = last_event(f);
    assert_string_equal(value_get_str(&event, "type", ""), "record.settled");
    assert_string_equal(value_get_str(&event, "subject", ""), "agreement/a");
    assert_string_equal(value_get_str(&event, "actor", ""), "cli:anna");
    char *data = text_of(value_get(&event, "data"));
    assert_string_equal(data, "{\"version\":3,\"fields\":{\"regions\":6},\"claims\":[],"
                              "\"settlement\":{\"field\":\"regions\",\"source\":\"source/poor\","
                              "\"why\":\"the ministry counts so\"}}");
    free(data);
    value_free(&event);
}

static void the_same_decision_again_is_no_event_but_another_reason_is(void **state)
{
    fixture *f = *state;
    disagree(f);
    settle(f, "source/good", "one");
    int64_t before = head(f);
    settle(f, "source/good", "one");
    assert_int_equal(head(f), before);
    settle(f, "source/good", "two");
    assert_int_equal(head(f), before + 1);
}

static void a_later_decision_replaces_the_former(void **state)
{
    fixture *f = *state;
    err e = {0};
    disagree(f);
    settle(f, "source/poor", "one");
    settle(f, "source/good", "two");
    assert_field(f, "agreement/a", "regions", "7");
    query *q = db_prepare(store_db(f->st), "select count(*), count(ended) from settlement", &e);
    assert_true(query_step(q, &e));
    assert_int_equal(query_int64(q, 0), 2);
    assert_int_equal(query_int64(q, 1), 1);
    query_free(q);
}

static void a_decision_is_about_the_source_whatever_it_states_later(void **state)
{
    fixture *f = *state;
    disagree(f);
    settle(f, "source/poor", "they know");
    put_json(f->st, "agreement/a", "{\"regions\":5}", "source/poor");
    assert_field(f, "agreement/a", "regions", "5");
    /* That there is none is its word too. */
    put_json(f->st, "agreement/a", "{\"regions\":null}", "source/poor");
    assert_field(f, "agreement/a", "regions", "null");
}

static void one_s_own_word_can_be_settled_on(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/later", "{\"reliability\":\"A\",\"date\":\"2999-01-01\"}", NULL);
    put_json(f->st, "agreement/a", "{\"regions\":7}", "source/later");
    put_json(f->st, "agreement/a", "{\"regions\":8}", NULL);
    assert_field(f, "agreement/a", "regions", "7");
    settle(f, NULL, "asked them");
    assert_field(f, "agreement/a", "regions", "8");
}

static void taken_back_the_grades_decide_again(void **state)
{
    fixture *f = *state;
    err e = {0};
    disagree(f);
    settle(f, "source/poor", "one");
    assert_true(store_unsettle(f->st, "agreement/a", "regions", "a mistake", &e));
    assert_field(f, "agreement/a", "regions", "7");
    value event = last_event(f);
    const value *data = value_get(&event, "data");
    assert_true(value_get_bool(value_get(data, "settlement"), "undone", false));
    assert_string_equal(value_get_str(value_get(data, "settlement"), "why", ""), "a mistake");
    value_free(&event);
    assert_false(store_unsettle(f->st, "agreement/a", "regions", "again", &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
}

static void a_decision_ends_when_nobody_says_anything_or_the_record_goes(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "source/poor", "{\"reliability\":\"E\"}", NULL);
    put_json(f->st, "agreement/a", "{\"regions\":6}", "source/poor");
    settle(f, "source/poor", "one");
    put_json(f->st, "agreement/a", "{\"regions\":null}", "source/poor");
    put_json(f->st, "agreement/a", "{\"regions\":6}", "source/poor");
    assert_false(store_unsettle(f->st, "agreement/a", "regions", "gone", &e));
    settle(f, "source/poor", "two");
    assert_true(store_delete(f->st, "agreement/a", &e));
    put_json(f->st, "agreement/a", "{\"regions\":6}", "source/poor");
    put_json(f->st, "agreement/a", "{\"regions\":7}", NULL);
    assert_field(f, "agreement/a", "regions", "7");
}

static void what_can_t_be_settled_is_refused_with_what_can(void **state)
{
    static const struct {
        const char *id, *field, *source, *why;
        err_code code;
        const char *says, *hint;
    } ROWS[] = {
        {"agreement/a", "regions", "source/none", "x", ERR_NOT_FOUND, "source/none states nothing",
         "source/good, source/poor"},
        {"agreement/a", "regions", NULL, "x", ERR_NOT_FOUND, "their own word", "source/good"},
        {"agreement/a", "region", "source/good", "x", ERR_NOT_FOUND, "nobody states",
         "did you mean regions?"},
        {"agreement/b", "regions", "source/good", "x", ERR_NOT_FOUND, "agreement/b", "agreement/a"},
        {"agreement", "regions", "source/good", "x", ERR_BAD_DATA, "kind/slug", ""},
        {"agreement/a", "regions", "source/good", " \n", ERR_USAGE, "needs a reason", "say why"},
        {"agreement/a", "regions", "source/good", NULL, ERR_USAGE, "needs a reason", "say why"},
        {"agreement/a", "regions", "source/good", "\xff", ERR_BAD_DATA, "UTF-8", ""},
    };
    fixture *f = *state;
    disagree(f);
    int64_t before = head(f);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        err e = {0};
        assert_false(
            store_settle(f->st, ROWS[i].id, ROWS[i].field, ROWS[i].source, ROWS[i].why, &e));
        assert_int_equal(e.code, ROWS[i].code);
        assert_says(e.message, ROWS[i].says);
        assert_says(e.hint, ROWS[i].hint);
    }
    assert_int_equal(head(f), before);
}

static void the_claims_say_which_of_them_is_settled_and_why(void **state)
{
    fixture *f = *state;
    err e = {0};
    value claims = value_nil();
    disagree(f);
    settle(f, "source/poor", "the ministry counts so");
    assert_true(store_claims(f->st, "agreement/a", &claims, &e));
    assert_null(value_get(value_at(&claims, 0), "settled"));
    assert_string_equal(value_get_str(value_at(&claims, 1), "settled", ""),
                        "the ministry counts so");
    value_free(&claims);
}

static void a_decision_about_a_source_resolves_again_what_rests_on_it(void **state)
{
    fixture *f = *state;
    err e = {0};
    disagree(f);
    put_json(f->st, "source/judge", "{\"reliability\":\"F\"}", NULL);
    put_json(f->st, "source/poor", "{\"reliability\":\"A\"}", "source/judge");
    assert_field(f, "agreement/a", "regions", "7");
    assert_true(store_settle(f->st, "source/poor", "reliability", "source/judge", "so be it", &e));
    assert_field(f, "agreement/a", "regions", "6");
}

static void what_a_kind_forbids_can_t_be_settled_on(void **state)
{
    fixture *f = *state;
    err e = {0};
    value kinds = json("[{\"name\":\"demand\",\"plugin\":\"p\",\"fields\":["
                       "{\"name\":\"title\",\"type\":\"text\",\"required\":true},"
                       "{\"name\":\"code\",\"type\":\"text\",\"unique\":true}]}]");
    assert_true(kinds_save(f->st, &kinds, &e));
    value_free(&kinds);
    put_json(f->st, "source/poor", "{\"reliability\":\"E\"}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"a\",\"code\":\"A\"}", NULL);
    put_json(f->st, "demand/b", "{\"title\":\"b\",\"code\":\"B\"}", NULL);
    put_json(f->st, "demand/b", "{\"title\":null,\"code\":\"A\"}", "source/poor");
    assert_false(store_settle(f->st, "demand/b", "title", "source/poor", "x", &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_false(store_settle(f->st, "demand/b", "code", "source/poor", "x", &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_says(e.message, "demand/a");
    assert_record(f->st, "demand/b",
                  "{\"id\":\"demand/b\",\"kind\":\"demand\",\"version\":2,"
                  "\"code\":\"B\",\"title\":\"b\"}");
}

static bool add_line(void *ctx, const char *text, size_t len, err *e)
{
    (void)e;
    buf_add(ctx, text, len);
    buf_char(ctx, '\n');
    return true;
}

static void export_to(store *st, buf *out)
{
    err e = {0};
    if (!export_records(st, NULL, 0, add_line, out, &e))
        fail_msg("%s", e.message);
}

static void import_from(fixture *f, store *st, const buf *text, import_report *report)
{
    err e = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/rows.jsonl", f->folder);
    write_file(path, buf_text(text), text->len);
    if (!import_file(st, &(import_options){.path = path}, report, &e))
        fail_msg("%s", e.message);
}

static void a_decision_travels_with_an_export(void **state)
{
    fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/other.db", f->folder);
    disagree(f);
    put_json(f->st, "agreement/a", "{\"status\":\"signed\"}", NULL);
    settle(f, "source/poor", "the ministry counts so");
    err e = {0};
    assert_true(store_settle(f->st, "agreement/a", "status", NULL, "asked them", &e));
    buf first = {0}, second = {0};
    export_to(f->st, &first);
    assert_says(buf_text(&first), "\"settled\":\"the ministry counts so\"");
    store *other = open_at(path);
    import_report report = {0};
    import_from(f, other, &first, &report);
    assert_int_equal(report.created, 3);
    export_to(other, &second);
    assert_string_equal(buf_text(&first), buf_text(&second));
    import_from(f, other, &first, &report);
    assert_int_equal(report.same, 3);
    store_close(other);
    buf_free(&first);
    buf_free(&second);
}

static void a_decision_alone_makes_an_imported_row_a_changed_one(void **state)
{
    fixture *f = *state;
    buf text = {0};
    import_report report = {0};
    disagree(f);
    buf_str(&text, "{\"id\":\"agreement/a\",\"claims\":[{\"field\":\"regions\",\"value\":6,"
                   "\"source\":\"source/poor\",\"settled\":\"so be it\"}]}\n"
                   "{\"id\":\"agreement/b\",\"claims\":[{\"field\":\"regions\",\"value\":6,"
                   "\"source\":\"source/poor\",\"settled\":\" \"}]}\n");
    import_from(f, f->st, &text, &report);
    assert_int_equal(report.changed, 1);
    assert_int_equal(report.bad, 1);
    assert_field(f, "agreement/a", "regions", "6");
    bool there = true;
    err e = {0};
    assert_true(store_exists(f->st, "agreement/b", &there, &e));
    assert_false(there); /* a row is taken whole or not at all */
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_decision_stands_over_grades_and_dates),
        T(a_decision_is_an_event_with_its_reason_and_what_changed),
        T(the_same_decision_again_is_no_event_but_another_reason_is),
        T(a_later_decision_replaces_the_former),
        T(a_decision_is_about_the_source_whatever_it_states_later),
        T(one_s_own_word_can_be_settled_on),
        T(taken_back_the_grades_decide_again),
        T(a_decision_ends_when_nobody_says_anything_or_the_record_goes),
        T(what_can_t_be_settled_is_refused_with_what_can),
        T(the_claims_say_which_of_them_is_settled_and_why),
        T(a_decision_about_a_source_resolves_again_what_rests_on_it),
        T(what_a_kind_forbids_can_t_be_settled_on),
        T(a_decision_travels_with_an_export),
        T(a_decision_alone_makes_an_imported_row_a_changed_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
