#include "support.h"

#include "store/import.h"
#include "store/past.h"
#include "store/select.h"

#include "../base/random.h"

static int64_t ms_of(const char *time)
{
    int64_t ms = 0;
    assert_true(clock_time_parse(time, &ms));
    return ms;
}

static int64_t at(store *st, const char *when)
{
    err e = {0};
    int64_t seq = 0;
    if (!past_at(st, when, &seq, &e))
        fail_msg("%s", e.message);
    return seq;
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

static void a_record_is_told_as_it_was_after_each_event(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_nil();
    put_json(f->st, "demand/a", "{\"title\":\"A\",\"trl\":3}", NULL);
    put_json(f->st, "demand/b", "{\"title\":\"B\"}", NULL);
    put_json(f->st, "demand/a", "{\"trl\":5}", NULL);
    put_json(f->st, "demand/a", "{\"trl\":null}", NULL);
    assert_true(store_delete(f->st, "demand/a", &e));
    put_json(f->st, "demand/a", "{\"title\":\"Again\"}", NULL);
    static const char FIRST[] =
        "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1,\"title\":\"A\",\"trl\":3}";
    assert_past(f->st, "demand/a", 1, FIRST);
    assert_past(f->st, "demand/a", 2, FIRST);
    assert_past(f->st, "demand/a", 3,
                "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":2,\"title\":\"A\","
                "\"trl\":5}");
    assert_past(f->st, "demand/a", 4,
                "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":3,\"title\":\"A\"}");
    assert_past(f->st, "demand/a", 6,
                "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":5,\"title\":\"Again\"}");
    assert_false(past_get(f->st, "demand/a", 5, &v, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.hint, "deleted");
    assert_false(past_get(f->st, "demand/b", 1, &v, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.hint, "made by event 2");
    assert_false(past_get(f->st, "demand/c", 1, &v, &e));
    assert_says(e.hint, "did you mean");
}

static void a_day_means_its_end_and_a_time_what_was_known_by_then(void **state)
{
    fixture *f = *state;
    static const char *const TIMES[] = {"2026-02-22T23:59:59.999Z", "2026-02-23T00:00:00.000Z",
                                        "2026-02-23T23:59:59.999Z", "2026-02-24T00:00:00.000Z"};
    for (int i = 0; i < 4; i++) {
        char fields[32];
        clock_set(ms_of(TIMES[i]));
        snprintf(fields, sizeof fields, "{\"n\":%d}", i);
        put_json(f->st, "demand/a", fields, NULL);
    }
    static const struct {
        const char *when;
        int64_t seq;
    } ROWS[] = {
        {"2026-02-22", 1},
        {"2026-02-23", 3},
        {"2026-02-24", 4},
        {"2030-01-01", 4},
        {"2026-02-23T00:00:00Z", 2},
        {"2026-02-23T01:00:00+01:00", 2},
        {"2026-02-23T12:00:00Z", 2},
        {"2026-02-23T23:59:59.998Z", 2},
        {"2026-02-23T23:59:59.999Z", 3},
        {"1", 1},
        {"4", 4},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        assert_int_equal(at(f->st, ROWS[i].when), ROWS[i].seq);
}

static void a_point_that_is_none_or_outside_the_log_is_refused(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *when, *says;
        err_code code;
    } ROWS[] = {
        {"5", "the log ends at 1", ERR_USAGE},
        {"99999999999999999999", "the log ends at 1", ERR_USAGE},
        {"yesterday", "no day, time or event", ERR_USAGE},
        {"2026-02-30", "no day, time or event", ERR_USAGE},
        {"-1", "no day, time or event", ERR_USAGE},
        {"", "no day, time or event", ERR_USAGE},
        {"0", "nothing was known yet", ERR_NOT_FOUND},
        {"2026-02-22", "nothing was known yet", ERR_NOT_FOUND},
    };
    clock_set(ms_of("2026-02-23T12:00:00Z"));
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        err e = {0};
        int64_t seq = -7;
        assert_false(past_at(f->st, ROWS[i].when, &seq, &e));
        assert_int_equal(e.code, ROWS[i].code);
        assert_says(e.message, ROWS[i].says);
        assert_int_equal(seq, -7);
    }
}

static void a_clock_that_jumps_back_does_not_hide_events_from_a_day(void **state)
{
    fixture *f = *state;
    clock_set(ms_of("2026-02-23T12:00:00Z"));
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    clock_set(ms_of("2026-02-20T12:00:00Z"));
    put_json(f->st, "demand/a", "{\"n\":2}", NULL);
    clock_set(ms_of("2026-02-24T12:00:00Z"));
    put_json(f->st, "demand/a", "{\"n\":3}", NULL);
    assert_int_equal(at(f->st, "2026-02-23"), 2);
    assert_int_equal(at(f->st, "2026-02-24"), 3);
}

static bool note(void *ctx, const value *record, err *e)
{
    (void)e;
    buf *out = ctx;
    json_write(out, record);
    buf_char(out, '\n');
    return true;
}

static void a_query_of_the_past_has_conditions_and_order_of_the_past(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf out = {0};
    put_json(f->st, "demand/a", "{\"trl\":3}", NULL);
    put_json(f->st, "demand/b", "{\"trl\":7}", NULL);
    put_json(f->st, "demand/c", "{\"trl\":5}", NULL);
    put_json(f->st, "solution/a", "{\"trl\":5}", NULL);
    put_json(f->st, "demand/a", "{\"trl\":9}", NULL);
    assert_true(store_delete(f->st, "demand/c", &e));
    put_json(f->st, "demand/d", "{\"trl\":5}", NULL);
    selection s = {.kind = "demand",
                   .where = "trl <= 5 or id == \"demand/b\"",
                   .order = "-trl",
                   .limit = 2,
                   .as_of = 4};
    assert_true(store_select(f->st, &s, note, &out, &e));
    assert_string_equal(buf_text(&out),
                        "{\"id\":\"demand/b\",\"kind\":\"demand\",\"version\":1,\"trl\":7}\n"
                        "{\"id\":\"demand/c\",\"kind\":\"demand\",\"version\":1,\"trl\":5}\n");
    int64_t count = 0;
    s.limit = -1;
    assert_true(store_count(f->st, &s, &count, &e));
    assert_int_equal(count, 3);
    buf_free(&out);
}

static bool add_line(void *ctx, const char *text, size_t len, err *e)
{
    (void)e;
    buf_add(ctx, text, len);
    buf_char(ctx, '\n');
    return true;
}

static char *exported(store *st, int64_t as_of)
{
    err e = {0};
    buf out = {0};
    if (!export_records(st, NULL, as_of, add_line, &out, &e))
        fail_msg("%s", e.message);
    return buf_take(&out);
}

static void an_export_of_the_past_is_what_was_exported_then(void **state)
{
    fixture *f = *state;
    err e = {0};
    char *then[12] = {0};
    int64_t n = 0;
    clock_set(ms_of("2026-02-23T12:00:00Z"));
    static const struct {
        const char *id, *fields, *source;
    } STEPS[] = {
        {"source/krant", "{\"title\":\"K\",\"reliability\":\"E\",\"date\":\"2026-02-01\"}", NULL},
        {"source/raad", "{\"title\":\"R\",\"reliability\":\"B\"}", NULL},
        {"demand/a", "{\"trl\":3,\"title\":\"A\"}", "source/krant"},
        {"demand/a", "{\"trl\":4}", "source/raad"},
        {"demand/a", "{\"trl\":5}", "source/krant"},
        {"source/krant", "{\"date\":null}", NULL},
        {"demand/a", "{\"trl\":null}", "source/raad"},
        {"demand/b", "{\"trl\":1}", NULL},
    };
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        put_json(f->st, STEPS[i].id, STEPS[i].fields, STEPS[i].source);
        assert_true(event_head(f->st, &n, &e));
        then[n] = exported(f->st, 0);
    }
    assert_true(store_delete(f->st, "demand/a", &e));
    int64_t told = 0;
    for (int64_t seq = 1; seq <= n; seq++) {
        if (!then[seq])
            continue; /* an event inside a change of several */
        char *now = exported(f->st, seq);
        assert_string_equal(now, then[seq]);
        told++;
        free(now);
        free(then[seq]);
    }
    assert_int_equal(told, 8);
}

static void claims_are_told_as_they_were(void **state)
{
    fixture *f = *state;
    err e = {0};
    value then = value_nil(), now = value_nil();
    put_json(f->st, "source/krant", "{\"title\":\"K\",\"reliability\":\"E\"}", NULL);
    put_json(f->st, "demand/a", "{\"trl\":3}", "source/krant");
    assert_true(store_claims(f->st, "demand/a", &then, &e));
    put_json(f->st, "source/krant", "{\"reliability\":\"A\"}", NULL);
    put_json(f->st, "demand/a", "{\"trl\":8}", "source/krant");
    assert_true(past_claims(f->st, "demand/a", 2, &now, &e));
    const value *claim = value_at(&now, 0);
    assert_int_equal(value_len(&now), 1);
    assert_string_equal(value_get_str(claim, "reliability", ""), "E");
    assert_true(value_equal(claim, value_at(&then, 0)));
    value_free(&now);
    assert_true(past_claims(f->st, "demand/a", 4, &now, &e));
    assert_string_equal(value_get_str(value_at(&now, 0), "reliability", ""), "A");
    assert_int_equal(value_get_int(value_at(&now, 0), "value", 0), 8);
    value_free(&now);
    value_free(&then);
}

/* What the tables hold, as past_fold would tell it. */
static char *kept_states(store *st)
{
    err e = {0};
    buf out = {0};
    query *q = db_prepare(store_db(st),
                          "select record, version, since, until, data from version"
                          " union all select id, version, changed, 0, data from record"
                          " where deleted is null order by 1, 3",
                          &e);
    assert_non_null(q);
    while (query_step(q, &e))
        buf_fmt(&out, "%s %lld %lld %lld %s\n", query_text(q, 0), (long long)query_int64(q, 1),
                (long long)query_int64(q, 2), (long long)query_int64(q, 3), query_text(q, 4));
    query_free(q);
    return buf_take(&out);
}

static bool tell(void *ctx, const past_state *s, err *e)
{
    (void)e;
    char *data = text_of(s->data);
    buf_fmt(ctx, "%s %lld %lld %lld %s\n", s->id, (long long)s->version, (long long)s->since,
            (long long)s->until, data);
    free(data);
    return true;
}

static char *folded_states(store *st)
{
    err e = {0};
    buf out = {0};
    if (!past_fold(st, tell, &out, &e))
        fail_msg("%s", e.message);
    return buf_take(&out);
}

static void assert_kept_as_folded(store *st)
{
    char *kept = kept_states(st), *folded = folded_states(st);
    assert_string_equal(kept, folded);
    free(kept);
    free(folded);
}

/* One random change: a put by one of the sources or by nobody, a source that gets another grade, a
 * deletion. */
static void change_something(store *st)
{
    char id[32], source[32], fields[96];
    err e = {0};
    snprintf(id, sizeof id, "demand/d%d", (int)random_below(6));
    snprintf(source, sizeof source, "source/s%d", (int)random_below(3));
    unsigned what = (unsigned)random_below(10);
    if (what == 0) {
        store_delete(st, id, &e);
        return;
    }
    if (what == 1) {
        snprintf(fields, sizeof fields, "{\"reliability\":\"%c\"}", 'A' + (int)random_below(6));
        put_json(st, source, fields, NULL);
        return;
    }
    static const char *const VALUES[] = {"null", "1", "2", "\"x\"", "{\"amount\":1,\"of\":[2]}"};
    snprintf(fields, sizeof fields, "{\"%c\":%s,\"%c\":%s}", 'a' + (int)random_below(2),
             VALUES[random_below(5)], 'c' + (int)random_below(3), VALUES[random_below(5)]);
    put_json(st, id, fields, what < 6 ? source : NULL);
}

static void what_is_kept_of_the_past_equals_a_fold_of_the_log(void **state)
{
    fixture *f = *state;
    random_start();
    for (int i = 0; i < 3; i++) {
        char id[32];
        snprintf(id, sizeof id, "source/s%d", i);
        put_json(f->st, id, "{\"title\":\"S\"}", NULL);
    }
    for (int i = 0; i < 600; i++)
        change_something(f->st);
    assert_kept_as_folded(f->st);
}

static void a_store_from_before_there_were_versions_gets_them_from_its_log(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    put_json(f->st, "demand/a", "{\"n\":2}", NULL);
    assert_true(store_delete(f->st, "demand/a", &e));
    put_json(f->st, "demand/a", "{\"n\":3}", NULL);
    char *before = kept_states(f->st);
    assert_true(db_exec(store_db(f->st),
                        "delete from version;"
                        "insert into meta (key, value) values ('versions_missing', 'yes')",
                        &e));
    reopen(f);
    char *after = kept_states(f->st);
    assert_string_equal(after, before);
    free(before);
    free(after);
    query *q = db_prepare(store_db(f->st), "select 1 from meta where key = 'versions_missing'", &e);
    assert_false(query_step(q, &e));
    query_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_record_is_told_as_it_was_after_each_event),
        T(a_day_means_its_end_and_a_time_what_was_known_by_then),
        T(a_point_that_is_none_or_outside_the_log_is_refused),
        T(a_clock_that_jumps_back_does_not_hide_events_from_a_day),
        T(a_query_of_the_past_has_conditions_and_order_of_the_past),
        T(an_export_of_the_past_is_what_was_exported_then),
        T(claims_are_told_as_they_were),
        T(what_is_kept_of_the_past_equals_a_fold_of_the_log),
        T(a_store_from_before_there_were_versions_gets_them_from_its_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
