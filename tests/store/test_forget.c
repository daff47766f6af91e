#include "support.h"

#include "base/file.h"
#include "store/forget.h"
#include "store/handler.h"
#include "store/import.h"
#include "store/kinds.h"
#include "store/past.h"
#include "store/run.h"
#include "store/settle.h"

static void save_kinds(store *st)
{
    err e = {0};
    value kinds = json(
        "[{\"name\":\"person\",\"plugin\":\"p\",\"title\":{\"nl\":\"P\",\"en\":\"P\"},\"fields\":["
        "{\"name\":\"name\",\"type\":\"text\",\"personal\":true,\"required\":true},"
        "{\"name\":\"emails\",\"type\":\"email\",\"personal\":true,\"many\":true,\"unique\":true},"
        "{\"name\":\"region\",\"type\":\"text\"}]}]");
    if (!kinds_save(st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
}

static value forget(fixture *f, const char *id)
{
    err e = {0};
    value report = value_nil();
    if (!store_forget(f->st, id, "asked for it", &report, &e))
        fail_msg("%s", e.message);
    return report;
}

static int64_t count_of(const value *report, const char *key)
{
    return value_get_int(report, key, -1);
}

/* Whether any of the store's files holds the bytes. */
static const char *holder_of(const fixture *f, const char *bytes)
{
    static const char *const ENDS[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < 4; i++) {
        char path[128];
        buf text = {0};
        snprintf(path, sizeof path, "%s%s", f->path, ENDS[i]);
        bool found = file_read(path, 1 << 28, &text, NULL) &&
                     memmem(text.data, text.len, bytes, strlen(bytes));
        buf_free(&text);
        if (found)
            return ENDS[i][0] ? ENDS[i] : "the file itself";
    }
    return NULL;
}

static void assert_no_trace(const fixture *f, const char *bytes)
{
    const char *holder = holder_of(f, bytes);
    if (holder)
        fail_msg("%s still holds \"%s\"", holder, bytes);
}

static void assert_past(store *st, const char *id, int64_t seq, const char *expected)
{
    err e = {0};
    value v = value_nil();
    if (!past_get(st, id, seq, &v, &e))
        fail_msg("%s", e.message);
    char *text = text_of(&v);
    assert_string_equal(text, expected);
    free(text);
    value_free(&v);
}

/* A person with a past: two sources, a decision, a run and a plugin's events about her, among
 * others. */
static char *live_a_life(fixture *f)
{
    err e = {0};
    store *st = f->st;
    save_kinds(st);
    put_json(st, "source/krant", "{\"title\":\"Krant\"}", NULL);
    put_json(st, "person/p1", "{\"name\":\"Annelies Oudenaam\",\"region\":\"NL34\"}",
             "source/krant");
    put_json(st, "person/p2", "{\"name\":\"Bertus Blijver\",\"region\":\"NL34\"}", NULL);
    put_json(st, "person/p1",
             "{\"name\":\"Annelies Nieuwnaam\",\"emails\":[\"annelies@voorbeeld.example\"]}", NULL);
    assert_true(store_settle(st, "person/p1", "name", "source/krant", "Oudenaam says she", &e));
    put_json(st, "person/p1", "{\"region\":\"NL32\"}", NULL);
    for (int i = 0; i < 300; i++) { /* enough for pages to be split and moved */
        char id[32], fields[200];
        snprintf(id, sizeof id, "person/x%d", i);
        snprintf(fields, sizeof fields, "{\"name\":\"Iemand %0120d\"}", i);
        put_json(st, id, fields, NULL);
    }
    value data = json("{\"to\":\"annelies@voorbeeld.example\"}");
    assert_true(store_begin(st, &e));
    assert_true(event_append(st, "mail.sent", "person/p1", &data, NULL, &e));
    assert_true(event_append(st, "mail.copied", "person/p2", &data, NULL, &e));
    assert_true(store_commit(st, &e));
    value_free(&data);
    value inputs = json("{\"log\":3}"),
          result =
              json("{\"ranked\":[{\"solution\":\"person/p1\",\"reason\":\"is A. Nieuwnaam\"}]}"),
          other = json("{\"ranked\":[{\"solution\":\"person/p2\"}]}");
    char *run = run_store(st, "match", &inputs, &result, &e);
    char *kept = run_store(st, "match", &inputs, &other, &e);
    assert_non_null(run);
    assert_non_null(kept);
    free(kept);
    value_free(&inputs);
    value_free(&result);
    value_free(&other);
    return run;
}

static void no_byte_of_what_was_erased_is_left_and_the_log_verifies(void **state)
{
    static const char *const TEXTS[] = {"Oudenaam", "Nieuwnaam", "Annelies", "annelies",
                                        "oudenaam"};
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

static bool count_event(void *ctx, const value *event, err *e)
{
    (void)e;
    value_free(ctx);
    *(value *)ctx = value_copy(event);
    return true;
}

static value last_event(store *st, const char *type)
{
    err e = {0};
    value last = value_nil();
    event_filter filter = {.type = type, .limit = -1};
    assert_true(event_each(st, &filter, count_event, &last, &e));
    return last;
}

static void the_log_keeps_who_did_it_and_why(void **state)
{
    fixture *f = *state;
    free(live_a_life(f));
    store_actor(f->st, "cli:anna");
    value report = forget(f, "person/p1"), event = last_event(f->st, "record.forgotten");
    assert_string_equal(value_get_str(&event, "actor", ""), "cli:anna");
    assert_string_equal(value_get_str(value_get(&event, "data"), "why", ""), "asked for it");
    assert_int_equal(value_get_int(&event, "seq", 0), count_of(&report, "event"));
    value_free(&event);
    value_free(&report);
}

static void a_run_that_named_the_record_says_that_its_answer_was_erased(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_nil();
    char *run = live_a_life(f);
    assert_true(run_load(f->st, run, &v, &e));
    value_free(&v);
    value report = forget(f, "person/p1");
    assert_false(run_load(f->st, run, &v, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.message, "erased");
    value_free(&report);
    free(run);
}

static void a_plugin_s_event_that_mentions_it_is_erased_and_others_are_not(void **state)
{
    fixture *f = *state;
    free(live_a_life(f));
    value report = forget(f, "person/p1");
    value copied = last_event(f->st, "mail.copied"), changed = last_event(f->st, "record.created");
    assert_true(value_get_bool(value_get(&copied, "data"), "erased", false));
    assert_null(value_get(value_get(&changed, "data"), "erased"));
    value_free(&copied);
    value_free(&changed);
    value_free(&report);
}

/* A text that somebody else's record holds too points at nobody. */
static void a_text_that_others_share_erases_nothing_of_theirs(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_nil(), inputs = json("{\"log\":1}"), result = json("{\"said\":\"Jan Jansen\"}");
    save_kinds(f->st);
    put_json(f->st, "person/p1", "{\"name\":\"Jan Jansen\"}", NULL);
    put_json(f->st, "person/p2", "{\"name\":\"Jan Jansen\"}", NULL);
    char *run = run_store(f->st, "report", &inputs, &result, &e);
    value report = forget(f, "person/p1");
    assert_true(run_load(f->st, run, &v, &e));
    value_free(&report);
    report = forget(f, "person/p2"); /* the last who has it */
    value_free(&v);
    assert_false(run_load(f->st, run, &v, &e));
    assert_no_trace(f, "Jan Jansen");
    value_free(&report);
    value_free(&inputs);
    value_free(&result);
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

static bool same_state(void *ctx, const past_state *s, err *e)
{
    char *data = text_of(s->data);
    (void)e;
    buf_fmt(ctx, "%s %lld %lld %lld %s\n", s->id, (long long)s->version, (long long)s->since,
            (long long)s->until, data);
    free(data);
    return true;
}

static void the_past_still_equals_a_fold_of_the_log(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf folded = {0}, kept = {0};
    free(live_a_life(f));
    put_json(f->st, "note/a", "{\"text\":\"Geheimpje\"}", NULL);
    value one = forget(f, "person/p1"), two = forget(f, "note/a");
    put_json(f->st, "person/p1", "{\"region\":\"NL41\"}", NULL);
    assert_true(past_fold(f->st, same_state, &folded, &e));
    query *q = db_prepare(store_db(f->st),
                          "select record, version, since, until, data from version"
                          " union all select id, version, changed, 0, data from record"
                          " where deleted is null order by 1, 3",
                          &e);
    while (query_step(q, &e))
        buf_fmt(&kept, "%s %lld %lld %lld %s\n", query_text(q, 0), (long long)query_int64(q, 1),
                (long long)query_int64(q, 2), (long long)query_int64(q, 3), query_text(q, 4));
    query_free(q);
    assert_string_equal(buf_text(&kept), buf_text(&folded));
    buf_free(&kept);
    buf_free(&folded);
    value_free(&one);
    value_free(&two);
}

static void forgetting_again_erases_what_is_left_and_is_no_event_when_nothing_is(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t before = 0, after = 0;
    free(live_a_life(f));
    value report = forget(f, "person/p1");
    value_free(&report);
    assert_true(event_head(f->st, &before, &e));
    report = forget(f, "person/p1");
    assert_true(value_is(value_get(&report, "event"), VALUE_NIL));
    assert_true(event_head(f->st, &after, &e));
    assert_int_equal(before, after);
    value_free(&report);
    assert_true(store_begin(f->st, &e));
    value data = json("{\"again\":\"about her\"}");
    assert_true(event_append(f->st, "mail.sent", "person/p1", &data, NULL, &e));
    assert_true(store_commit(f->st, &e));
    value_free(&data);
    report = forget(f, "person/p1");
    assert_int_equal(count_of(&report, "events"), 1);
    assert_no_trace(f, "about her");
    assert_whole(f->st);
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
    assert_says(e.message, "can't be forgotten: 1 records rest on it");
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

static void no_message_is_left_of_a_handler_that_failed_at_it(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t at = 0;
    save_kinds(f->st);
    assert_true(handler_start(f->st, "p/h", &at, &e));
    put_json(f->st, "person/p1", "{\"name\":\"Annelies\"}", NULL);
    put_json(f->st, "person/p2", "{\"name\":\"Bertus\"}", NULL);
    handler_failure her = {.handler = "p/h", .seq = at + 1, .message = "can't mail A. Wimpelaar"},
                    his = {.handler = "p/h", .seq = at + 2, .message = "can't mail B. Blijver"};
    her.where = his.where = "init.lua:1";
    assert_true(handler_fail(f->st, &her, &e));
    assert_true(handler_fail(f->st, &his, &e));
    assert_non_null(holder_of(f, "Wimpelaar"));
    value report = forget(f, "person/p1");
    assert_no_trace(f, "Wimpelaar");
    assert_non_null(holder_of(f, "B. Blijver"));
    value_free(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(no_byte_of_what_was_erased_is_left_and_the_log_verifies),
        T(what_is_not_personal_stays_also_in_the_past),
        T(the_log_keeps_who_did_it_and_why),
        T(a_run_that_named_the_record_says_that_its_answer_was_erased),
        T(a_plugin_s_event_that_mentions_it_is_erased_and_others_are_not),
        T(a_text_that_others_share_erases_nothing_of_theirs),
        T(what_was_erased_is_not_taken_again_and_the_rest_is),
        T(an_import_tells_it_as_a_bad_row_and_goes_on),
        T(a_kind_without_personal_fields_is_forgotten_whole),
        T(a_deleted_record_can_be_forgotten_too),
        T(the_past_still_equals_a_fold_of_the_log),
        T(forgetting_again_erases_what_is_left_and_is_no_event_when_nothing_is),
        T(what_can_t_be_forgotten_is_refused_and_left_as_it_is),
        T(a_reader_that_holds_the_file_is_told_and_all_but_the_traces_is_gone),
        T(a_full_disk_erases_nothing_or_says_what_may_be_left),
        T(no_word_is_left_in_the_full_text_index),
        T(what_lies_in_the_free_room_of_the_file_goes_too),
        T(no_reason_is_left_of_a_decision_about_a_record_that_is_forgotten_whole),
        T(no_message_is_left_of_a_handler_that_failed_at_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
