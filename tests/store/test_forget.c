#include "forgetting.h"

#include "store/import.h"

static void no_byte_of_what_was_erased_is_left_and_the_log_verifies(void **state)
{
    static const char *const TEXTS[] = {"Oudenaam", "Nieuwnaam", "Annelies"};
    fixture *f = *state;
    char *run = live_a_life(f);
    assert_non_null(holder_of(f, "Oudenaam")); /* else this could not fail */
    assert_non_null(holder_of(f, "Nieuwnaam"));
    value report = forget(f, "person/p1");
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        assert_no_trace(f, TEXTS[i]);
    assert_non_null(holder_of(f, "Bertus Blijver"));
    assert_whole(f->st);
    assert_int_equal(count_of(&report, "claims"), 3);
    assert_int_equal(count_of(&report, "runs"), 1);
    assert_true(count_of(&report, "events") >= 5);
    assert_false(value_get_bool(&report, "whole", true));
    store_close(f->st);
    f->st = NULL;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        assert_no_trace(f, TEXTS[i]);
    value_free(&report);
    free(run);
}

static void what_is_not_personal_stays_also_in_the_past(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_nil();
    char *run = live_a_life(f);
    value report = forget(f, "person/p1");
    assert_true(store_get(f->st, "person/p1", &v, &e));
    assert_string_equal(value_get_str(&v, "region", ""), "NL32");
    assert_null(value_get(&v, "name"));
    assert_null(value_get(&v, "emails"));
    assert_past(f->st, "person/p1", 3,
                "{\"id\":\"person/p1\",\"kind\":\"person\",\"version\":1,\"region\":\"NL34\"}");
    assert_record(f->st, "person/p2",
                  "{\"id\":\"person/p2\",\"kind\":\"person\",\"version\":1,"
                  "\"name\":\"Bertus Blijver\",\"region\":\"NL34\"}");
    value_free(&v);
    value_free(&report);
    free(run);
}

static void what_was_erased_is_not_taken_again_and_the_rest_is(void **state)
{
    fixture *f = *state;
    err e = {0};
    free(live_a_life(f));
    value report = forget(f, "person/p1");
    assert_false(
        try_put(f->st, "person/p1", "{\"name\":\"Annelies Oudenaam\"}", "source/krant", &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_says(e.message, "name was erased on ");
    assert_string_equal(e.where, "person/p1");
    put_json(f->st, "person/p1", "{\"region\":\"NL41\",\"name\":null}", "source/krant");
    value_free(&report);
}

static void note_bad(void *ctx, const err *why)
{
    *(err *)ctx = *why;
}

static void an_import_tells_it_as_a_bad_row_and_goes_on(void **state)
{
    static const char ROWS[] = "{\"id\":\"person/p1\",\"name\":\"Annelies Oudenaam\"}\n"
                               "{\"id\":\"person/p9\",\"name\":\"Nieuw Iemand\"}\n";
    fixture *f = *state;
    err e = {0}, bad = {0};
    char path[96];
    import_report counts = {0};
    free(live_a_life(f));
    value report = forget(f, "person/p1");
    snprintf(path, sizeof path, "%s/rows.jsonl", f->folder);
    write_file(path, ROWS, sizeof ROWS - 1);
    import_options o = {.path = path, .bad_row = note_bad, .ctx = &bad};
    assert_true(import_file(f->st, &o, &counts, &e));
    assert_int_equal(counts.bad, 1);
    assert_int_equal(counts.created, 1);
    assert_says(bad.message, "erased");
    value_free(&report);
}

static void a_kind_without_personal_fields_is_forgotten_whole(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_nil();
    put_json(f->st, "note/a", "{\"text\":\"Geheimpje\",\"n\":1}", NULL);
    put_json(f->st, "note/a", "{\"text\":\"Geheimpje twee\"}", NULL);
    value report = forget(f, "note/a");
    assert_true(value_get_bool(&report, "whole", false));
    assert_no_trace(f, "Geheimpje");
    assert_false(store_get(f->st, "note/a", &v, &e));
    assert_past(f->st, "note/a", 1, "{\"id\":\"note/a\",\"kind\":\"note\",\"version\":1}");
    assert_false(past_get(f->st, "note/a", 3, &v, &e));
    assert_false(try_put(f->st, "note/a", "{\"n\":2}", NULL, &e));
    assert_says(e.message, "this record was erased");
    assert_whole(f->st);
    value_free(&report);
}

static void a_deleted_record_can_be_forgotten_too(void **state)
{
    fixture *f = *state;
    err e = {0};
    save_kinds(f->st);
    put_json(f->st, "person/p1", "{\"name\":\"Annelies Oudenaam\",\"region\":\"NL34\"}", NULL);
    assert_true(store_delete(f->st, "person/p1", &e));
    value report = forget(f, "person/p1");
    assert_no_trace(f, "Oudenaam");
    assert_whole(f->st);
    assert_past(f->st, "person/p1", 2,
                "{\"id\":\"person/p1\",\"kind\":\"person\",\"version\":1,\"region\":\"NL34\"}");
    value_free(&report);
}

static void what_can_t_be_forgotten_is_refused_and_left_as_it_is(void **state)
{
    fixture *f = *state;
    err e = {0};
    value report = value_nil();
    put_json(f->st, "source/krant", "{\"title\":\"Krant\",\"reliability\":\"B\"}", NULL);
    put_json(f->st, "demand/a", "{\"n\":1}", "source/krant");
    assert_false(store_forget(f->st, "source/krant", "why", &report, &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_says(e.message, "can't be forgotten: 1 record rests on it");
    assert_false(store_forget(f->st, "demand/b", "why", &report, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_false(store_forget(f->st, "demand/a", " ", &report, &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1,\"n\":1}");
}

static void a_reader_that_holds_the_file_is_told_and_all_but_the_traces_is_gone(void **state)
{
    fixture *f = *state;
    err e = {0};
    value report = value_nil();
    free(live_a_life(f));
    db *reader = db_open(f->path, false, &e);
    assert_true(db_exec(reader, "begin; select count(*) from record", &e));
    assert_true(db_exec(store_db(f->st), "pragma busy_timeout = 0", &e));
    assert_false(store_forget(f->st, "person/p1", "asked for it", &report, &e));
    assert_int_equal(e.code, ERR_PARTIAL);
    assert_says(e.message, "traces may be left");
    assert_true(count_of(&report, "event") > 0);
    value_free(&report);
    db_close(reader);
    report = forget(f, "person/p1");
    assert_no_trace(f, "Oudenaam");
    value_free(&report);
}

static void a_full_disk_erases_nothing_or_says_what_may_be_left(void **state)
{
    fixture *f = *state;
    err e = {0};
    value report = value_nil();
    free(live_a_life(f));
    assert_true(
        db_exec(store_db(f->st), "pragma max_page_count = 1", &e)); /* as many as there are */
    bool ok = store_forget(f->st, "person/p1", "asked for it", &report, &e);
    if (!ok)
        assert_true(e.code == ERR_UNAVAILABLE || e.code == ERR_PARTIAL);
    value_free(&report);
    reopen(f);
    assert_whole(f->st);
    report = forget(f, "person/p1");
    assert_no_trace(f, "Oudenaam");
    assert_whole(f->st);
    value_free(&report);
}

/* The index holds words folded and stemmed, and a deleted word stays in it until it is merged. */
static void no_word_is_left_in_the_full_text_index(void **state)
{
    fixture *f = *state;
    save_kinds(f->st);
    put_json(f->st, "person/p1", "{\"name\":\"QUIRKZILV\"}", NULL);
    assert_non_null(holder_of(f, "quirkzilv")); /* only the index writes it small */
    value report = forget(f, "person/p1");
    assert_no_trace(f, "quirkzilv");
    value_free(&report);
}

/* As an engine does that only marks what is deleted, and another program may have done before. */
static void what_lies_in_the_free_room_of_the_file_goes_too(void **state)
{
    fixture *f = *state;
    err e = {0};
    free(live_a_life(f));
    assert_true(db_exec(store_db(f->st), "pragma secure_delete = off", &e));
    value report = forget(f, "person/p1");
    assert_no_trace(f, "Oudenaam");
    assert_no_trace(f, "annelies@voorbeeld");
    value_free(&report);
}

static void no_reason_is_left_of_a_decision_about_a_record_that_is_forgotten_whole(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "source/krant", "{\"title\":\"Krant\"}", NULL);
    put_json(f->st, "note/a", "{\"text\":\"een\"}", "source/krant");
    put_json(f->st, "note/a", "{\"text\":\"twee\"}", NULL);
    assert_true(store_settle(f->st, "note/a", "text", "source/krant", "zei Wimpelaar zelf", &e));
    assert_non_null(holder_of(f, "Wimpelaar"));
    value report = forget(f, "note/a");
    assert_no_trace(f, "Wimpelaar");
    assert_whole(f->st);
    value_free(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(no_byte_of_what_was_erased_is_left_and_the_log_verifies),
        T(what_is_not_personal_stays_also_in_the_past),
        T(what_was_erased_is_not_taken_again_and_the_rest_is),
        T(an_import_tells_it_as_a_bad_row_and_goes_on),
        T(a_kind_without_personal_fields_is_forgotten_whole),
        T(a_deleted_record_can_be_forgotten_too),
        T(what_can_t_be_forgotten_is_refused_and_left_as_it_is),
        T(a_reader_that_holds_the_file_is_told_and_all_but_the_traces_is_gone),
        T(a_full_disk_erases_nothing_or_says_what_may_be_left),
        T(no_word_is_left_in_the_full_text_index),
        T(what_lies_in_the_free_room_of_the_file_goes_too),
        T(no_reason_is_left_of_a_decision_about_a_record_that_is_forgotten_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
