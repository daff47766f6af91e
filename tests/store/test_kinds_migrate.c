#include "support.h"

#include "store/forget.h"
#include "store/kinds.h"
#include "store/past.h"
#include "store/settle.h"

static bool save(fixture *f, const char *field, err *e)
{
    buf text = {0};
    *e = (err){0};
    buf_fmt(&text, "[{\"name\":\"thing\",\"plugin\":\"p\",\"fields\":[{\"name\":\"f\",%s}]}]",
            field);
    value kinds = json(buf_text(&text));
    bool ok = kinds_save(f->st, &kinds, e);
    value_free(&kinds);
    buf_free(&text);
    return ok;
}

static void must_save(fixture *f, const char *field)
{
    err e = {0};
    if (!save(f, field, &e))
        fail_msg("%s", e.message);
}

static char *value_of(fixture *f, const char *id)
{
    err e = {0};
    value record = value_nil();
    if (!store_get(f->st, id, &record, &e))
        fail_msg("%s", e.message);
    const value *v = value_get(&record, "f");
    char *text = v ? text_of(v) : strdup("nothing");
    value_free(&record);
    return text;
}

static int64_t count(fixture *f, const char *sql)
{
    err e = {0};
    query *q = db_prepare(store_db(f->st), sql, &e);
    if (!q || !query_step(q, &e))
        fail_msg("%s", e.message);
    int64_t number = query_int64(q, 0);
    query_free(q);
    return number;
}

#define ONE(type)  "\"type\":\"" type "\""
#define MANY(type) "\"type\":\"" type "\",\"many\":true"

static void what_can_be_written_otherwise_without_loss_is(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *was, *value, *is, *expected; /* NULL: refused */
    } ROWS[] = {
        {ONE("text"), "\"a\"", MANY("text"), "[\"a\"]"},
        {MANY("text"), "[\"a\"]", ONE("text"), "\"a\""},
        {MANY("text"), "[\"a\",\"b\"]", ONE("text"), NULL},
        {ONE("integer"), "5", ONE("decimal"), "5"},
        {ONE("decimal"), "5.5", ONE("integer"), NULL},
        {ONE("integer"), "5", ONE("text"), "\"5\""},
        {ONE("text"), "\"12\"", ONE("integer"), "12"},
        {ONE("text"), "\"012\"", ONE("integer"), NULL},
        {ONE("text"), "\"12 \"", ONE("integer"), NULL},
        {ONE("text"), "\"\"", ONE("integer"), NULL},
        {ONE("text"), "\"99999999999999999999\"", ONE("integer"), NULL},
        {ONE("text"), "\"1.5\"", ONE("decimal"), "1.5"},
        {ONE("text"), "\"1.50\"", ONE("decimal"), NULL},
        {ONE("text"), "\"nan\"", ONE("decimal"), NULL},
        {ONE("text"), "\"true\"", ONE("boolean"), "true"},
        {ONE("text"), "\"yes\"", ONE("boolean"), NULL},
        {ONE("boolean"), "false", ONE("text"), "\"false\""},
        {ONE("text"), "\"7\"", MANY("integer"), "[7]"},
        {MANY("text"), "[\"7\",\"8\"]", MANY("integer"), "[7,8]"},
        {ONE("text"), "\"2026-02-03\"", ONE("date"), "\"2026-02-03\""},
        {ONE("text"), "\"soon\"", ONE("date"), NULL},
        {ONE("text"), "\"12\"", ONE("integer") ",\"maximum\":9", NULL},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        err e = {0};
        char id[24], fields[80];
        snprintf(id, sizeof id, "thing/t%zu", i);
        snprintf(fields, sizeof fields, "{\"f\":%s}", ROWS[i].value);
        must_save(f, ROWS[i].was);
        put_json(f->st, id, fields, NULL);
        bool ok = save(f, ROWS[i].is, &e);
        char *now = value_of(f, id);
        const char *expected = ROWS[i].expected ? ROWS[i].expected : ROWS[i].value;
        if (ok != (ROWS[i].expected != NULL) || strcmp(now, expected) != 0)
            fail_msg("%s of %s to %s: %s %s", ROWS[i].value, ROWS[i].was, ROWS[i].is, now,
                     e.message);
        free(now);
        assert_true(store_delete(f->st, id, &e));
    }
    assert_whole(f->st);
}

/* Losing claims, decisions and the past go along, and the log says what was there. */
static void every_claim_changes_in_its_place_and_the_log_keeps_the_old_value(void **state)
{
    fixture *f = *state;
    err e = {0};
    value claims = value_nil(), was = value_nil();
    must_save(f, ONE("text"));
    put_json(f->st, "source/a", "{\"reliability\":\"D\"}", NULL);
    put_json(f->st, "thing/a", "{\"f\":\"1\"}", "source/a");
    put_json(f->st, "thing/a", "{\"f\":\"2\"}", NULL);
    put_json(f->st, "thing/b", "{\"f\":\"3\"}", NULL);
    assert_true(store_settle(f->st, "thing/a", "f", "source/a", "they know", &e));
    int64_t then = count(f, "select max(seq) from event");
    must_save(f, ONE("integer"));
    assert_record(f->st, "thing/a",
                  "{\"id\":\"thing/a\",\"kind\":\"thing\",\"version\":4,\"f\":1}");
    assert_true(store_claims(f->st, "thing/a", &claims, &e));
    assert_int_equal(value_len(&claims), 2);
    assert_int_equal(value_get_int(value_at(&claims, 0), "value", 0), 1);
    assert_string_equal(value_get_str(value_at(&claims, 0), "settled", ""), "they know");
    assert_int_equal(value_get_int(value_at(&claims, 1), "value", 0), 2);
    assert_int_equal(count(f,
                           "select count(*) from event where type = 'record.changed' and"
                           " data ->> 'migrated' = 'thing' and data ->> '$.was.f' in ('1', '3')"),
                     2);
    assert_true(past_get(f->st, "thing/a", then, &was, &e));
    assert_string_equal(value_get_str(&was, "f", ""), "1");
    assert_true(store_unsettle(f->st, "thing/a", "f", "no longer", &e));
    assert_int_equal(count(f, "select data ->> 'f' from record where id = 'thing/a'"), 2);
    assert_whole(f->st);
    value_free(&claims);
    value_free(&was);
}

static void one_that_can_not_be_keeps_all_as_they_were(void **state)
{
    fixture *f = *state;
    err e = {0};
    must_save(f, ONE("text"));
    put_json(f->st, "thing/a", "{\"f\":\"1\"}", NULL);
    put_json(f->st, "thing/b", "{\"f\":\"one\"}", NULL);
    int64_t head = count(f, "select max(seq) from event");
    assert_false(save(f, ONE("integer"), &e));
    assert_says(e.message, "1 value stands in the way: thing/b f: expected an integer");
    assert_int_equal(count(f, "select max(seq) from event"), head);
}

static void what_was_there_before_is_forgotten_too(void **state)
{
    fixture *f = *state;
    err e = {0};
    value report = value_nil();
    must_save(f, ONE("text") ",\"personal\":true");
    put_json(f->st, "thing/a", "{\"f\":\"Wimpelaar\"}", NULL);
    assert_false(save(f, ONE("integer") ",\"personal\":true", &e)); /* and that is remembered */
    assert_int_equal(count(f, "select count(*) from meta where value like '%not shown%'"), 1);
    assert_int_equal(count(f, "select count(*) from meta where value like '%Wimpelaar%'"), 0);
    must_save(f, MANY("text") ",\"personal\":true");
    assert_int_equal(count(f, "select count(*) from event where data like '%Wimpelaar%'"), 2);
    assert_true(store_forget(f->st, "thing/a", "asked for it", &report, &e));
    assert_int_equal(count(f, "select count(*) from event where data like '%Wimpelaar%'"), 0);
    assert_int_equal(count(f, "select count(*) from meta where value like '%Wimpelaar%'"), 0);
    assert_whole(f->st);
    value_free(&report);
}

/* As if nobody had looked: only by an event of the kind does Polder learn that something changed.
 */
static void a_refused_change_is_not_looked_at_again_until_the_kind_s_records_change(void **state)
{
    fixture *f = *state;
    err e = {0}, first = {0};
    must_save(f, ONE("text"));
    put_json(f->st, "thing/a", "{\"f\":\"x\"}", NULL);
    assert_false(save(f, ONE("integer"), &first));
    assert_true(db_exec(store_db(f->st), "update claim set value = '\"5\"'", &e));
    assert_false(save(f, ONE("integer"), &e));
    assert_string_equal(e.message, first.message);
    assert_string_equal(e.hint, first.hint);
    put_json(f->st, "other/a", "{\"f\":1}", NULL);
    assert_false(save(f, ONE("integer"), &e)); /* another kind's */
    assert_false(save(f, ONE("date"), &e));    /* another change */
    assert_says(e.message, "expected a date");
    put_json(f->st, "thing/a", "{\"g\":1}", NULL);
    must_save(f, ONE("integer"));
    assert_int_equal(count(f, "select count(*) from meta where key like 'refused/%'"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(what_can_be_written_otherwise_without_loss_is),
        T(every_claim_changes_in_its_place_and_the_log_keeps_the_old_value),
        T(one_that_can_not_be_keeps_all_as_they_were),
        T(what_was_there_before_is_forgotten_too),
        T(a_refused_change_is_not_looked_at_again_until_the_kind_s_records_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
