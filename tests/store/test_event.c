#include "support.h"

#include "base/log.h"

#include "base/hash.h"

static bool collect(void *ctx, const value *event, err *e)
{
    (void)e;
    value_push(ctx, value_copy(event));
    return true;
}

static value events(fixture *f, event_filter filter)
{
    err e = {0};
    value list = value_list();
    if (!event_each(f->st, &filter, collect, &list, &e))
        fail_msg("%s", e.message);
    return list;
}

/* Computed here from the words of event.h, so that the format can't change unseen. */
static void the_hashes_are_what_the_header_says(void **state)
{
    fixture *f = *state;
    int64_t now = 0;
    assert_true(clock_time_parse("2026-02-23T13:05:09.120Z", &now));
    clock_set(now);
    store_actor(f->st, "cli:anna");
    put_json(f->st, "demand/a", "{\"title\":\"A\"}", NULL);
    value list = events(f, (event_filter){.limit = -1});
    const value *event = value_at(&list, 0);
    const char *salt = value_get_str(event, "salt", "");
    assert_int_equal(strlen(salt), 32);
    buf text = {0};
    char digest[HASH_TEXT], hash[HASH_TEXT];
    buf_fmt(&text, "%s\n%s", salt,
            "{\"version\":1,\"fields\":{\"title\":\"A\"},"
            "\"claims\":[{\"field\":\"title\",\"value\":\"A\"}]}");
    hash_of(buf_text(&text), text.len, digest);
    assert_string_equal(value_get_str(event, "digest", ""), digest);
    buf_clear(&text);
    buf_fmt(&text,
            "polder-event-1\n%064d\n1\n2026-02-23T13:05:09.120Z\ncli:anna\nrecord.created\n"
            "demand/a\n%s\n",
            0, digest);
    hash_of(buf_text(&text), text.len, hash);
    assert_string_equal(value_get_str(event, "hash", ""), hash);
    buf_free(&text);
    value_free(&list);
}

static void events_are_filtered_by_type_subject_and_place_in_the_log(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "demand/a", "{\"x\":1}", NULL);
    put_json(f->st, "demand/b", "{\"x\":1}", NULL);
    put_json(f->st, "demand/a", "{\"x\":2}", NULL);
    assert_true(store_delete(f->st, "demand/b", &e));
    value both = json("[\"demand/b\",\"demand/a\",\"demand/c\"]"), none = json("[]");
    const struct {
        event_filter filter;
        size_t count;
        int64_t first;
    } ROWS[] = {
        {{.limit = -1}, 4, 1},
        {{.limit = 2}, 2, 1},
        {{.since = 2, .limit = -1}, 2, 3},
        {{.subject = "demand/a", .limit = -1}, 2, 1},
        {{.subjects = &both, .limit = -1}, 4, 1},
        {{.subjects = &both, .since = 1, .limit = 2}, 2, 2},
        {{.subjects = &none, .limit = -1}, 0, -1},
        {{.type = "*.changed", .limit = -1}, 1, 3},
        {{.type = "record.*", .limit = 1, .since = 1}, 1, 2},
        {{.type = "record.deleted", .limit = 1}, 1, 4},
        {{.limit = 0}, 0, -1},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        value list = events(f, ROWS[i].filter);
        assert_int_equal(value_len(&list), ROWS[i].count);
        assert_int_equal(value_get_int(value_at(&list, 0), "seq", -1), ROWS[i].first);
        value_free(&list);
    }
    value_free(&both);
    value_free(&none);
}

static void a_clock_that_jumps_back_does_not_turn_the_log_s_time_back(void **state)
{
    fixture *f = *state;
    int64_t now = 0;
    assert_true(clock_time_parse("2026-02-23T13:05:09.120Z", &now));
    clock_set(now);
    put_json(f->st, "demand/a", "{\"x\":1}", NULL);
    clock_set(now - 86400000);
    put_json(f->st, "demand/a", "{\"x\":2}", NULL);
    clock_set(now + 1);
    put_json(f->st, "demand/a", "{\"x\":3}", NULL);
    value list = events(f, (event_filter){.limit = -1});
    static const char *const TIMES[] = {"2026-02-23T13:05:09.120Z", "2026-02-23T13:05:09.120Z",
                                        "2026-02-23T13:05:09.121Z"};
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(value_get_str(value_at(&list, i), "time", ""), TIMES[i]);
    value_free(&list);
    assert_whole(f->st);
}

static buf told;

static void keep_line(void *ctx, log_level level, const char *line)
{
    (void)ctx, (void)level;
    buf_fmt(&told, "%s\n", line);
}

/* Each process once, and not of what clocks of several machines differ. */
static void a_clock_that_stands_before_the_log_is_told(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t now = 0, behind_ms = -1;
    char newest[CLOCK_TIME_TEXT];
    assert_true(clock_time_parse("2026-02-23T13:05:09.120Z", &now));
    log_set_sink(keep_line, NULL);
    clock_set(now);
    put_json(f->st, "ship/a", "{\"n\":1}", NULL);
    assert_true(event_clock(f->st, &behind_ms, newest, &e));
    assert_int_equal(behind_ms, 0);
    clock_set(now - 1000);
    put_json(f->st, "ship/a", "{\"n\":2}", NULL);
    assert_string_equal(buf_text(&told), "");
    clock_set(now - 86400000);
    put_json(f->st, "ship/a", "{\"n\":3}", NULL);
    put_json(f->st, "ship/a", "{\"n\":4}", NULL);
    assert_true(event_clock(f->st, &behind_ms, newest, &e));
    assert_int_equal(behind_ms, 86400000);
    assert_string_equal(newest, "2026-02-23T13:05:09.120Z");
    log_set_sink(NULL, NULL);
    assert_says(buf_text(&told), "the clock says 2026-02-22T13:05:09.120Z, and the newest event is "
                                 "of 2026-02-23T13:05:09.120Z");
    assert_ptr_equal(strchr(buf_text(&told), '\n'), strrchr(buf_text(&told), '\n'));
    buf_free(&told);
    assert_whole(f->st);
}

static void an_event_outside_a_transaction_is_refused(void **state)
{
    fixture *f = *state;
    err e = {0};
    value data = value_map();
    assert_false(event_append(f->st, "x.y", "z", &data, NULL, &e));
    assert_int_equal(e.code, ERR_BUG);
    value_free(&data);
}

static void every_sort_of_damage_is_found_at_its_event(void **state)
{
    static const struct {
        const char *sql, *says;
        int64_t bad;
    } ROWS[] = {
        {"update event set data = replace(data, 'x', 'y') where seq = 4", "data was changed", 4},
        {"update event set salt = replace(salt, substr(salt, 1, 1), 'g') where seq = 4",
         "data was changed", 4},
        {"update event set time = '2030-01-01T00:00:00.000Z' where seq = 5", "time, actor", 5},
        {"update event set actor = 'someone' where seq = 5", "time, actor", 5},
        {"update event set subject = 'demand/other' where seq = 6", "time, actor", 6},
        {"update event set type = 'record.deleted' where seq = 6", "time, actor", 6},
        {"update event set hash = prev where seq = 7", "time, actor", 7},
        {"update event set prev = hash where seq = 7", "does not follow", 7},
        {"delete from event where seq = 3", "missing", 3},
        {"delete from event where seq = 1", "missing", 1},
        {"update event set seq = -1 where seq = 3; update event set seq = 3 where seq = 4;"
         "update event set seq = 4 where seq = -1",
         "does not follow", 3},
        {"update event set seq = seq + 1000; update event set seq = seq - 999", "missing", 1},
        {"delete from event where seq > 7", "end of the log", 8},
        {"delete from event where seq = 10", "end of the log", 10},
        {"delete from event", "end of the log", 1},
        {"update event set data = null where seq = 2", "data was changed", 2},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        err e = {0};
        event_report report = {0};
        char path[128];
        snprintf(path, sizeof path, "%s/damage%zu.db", f->folder, i);
        store *st = open_at(path);
        for (int n = 0; n < 10; n++) {
            char fields[32];
            snprintf(fields, sizeof fields, "{\"x\":%d}", n);
            put_json(st, n % 2 ? "demand/a" : "demand/b", fields, NULL);
        }
        assert_whole(st);
        assert_true(db_exec(store_db(st), "pragma foreign_keys = off", &e));
        if (!db_exec(store_db(st), ROWS[i].sql, &e))
            fail_msg("%s: %s", ROWS[i].sql, e.message);
        assert_true(event_verify(st, &report, NULL, NULL, &e));
        if (report.bad_seq != ROWS[i].bad || !strstr(report.damage, ROWS[i].says))
            fail_msg("%s: %lld %s", ROWS[i].sql, (long long)report.bad_seq, report.damage);
        assert_int_equal(report.checked, ROWS[i].bad - 1);
        store_close(st);
    }
}

static void a_forged_event_with_hashes_of_its_own_shows_at_the_next(void **state)
{
    fixture *f = *state;
    err e = {0};
    for (int n = 0; n < 4; n++)
        put_json(f->st, "demand/a", n % 2 ? "{\"x\":1}" : "{\"x\":2}", NULL);
    /* Somebody who knows the format rewrites event 2 with a right digest and a right hash. */
    query *q = db_prepare(store_db(f->st), "select time, prev from event where seq = 2", &e);
    assert_true(query_step(q, &e));
    char digest[HASH_TEXT], hash[HASH_TEXT];
    hash_of("00\n{}", 5, digest);
    buf line = {0};
    buf_fmt(&line, "polder-event-1\n%s\n2\n%s\nmallory\nrecord.changed\ndemand/a\n%s\n",
            query_text(q, 1), query_text(q, 0), digest);
    query_free(q);
    hash_of(buf_text(&line), line.len, hash);
    buf_free(&line);
    q = db_prepare(store_db(f->st),
                   "update event set actor = 'mallory', type = 'record.changed', salt = '00',"
                   " data = '{}', digest = ?, hash = ? where seq = 2",
                   &e);
    query_bind_text(q, 1, digest);
    query_bind_text(q, 2, hash);
    assert_true(query_run(q, &e));
    query_free(q);
    event_report report = {0};
    assert_true(event_verify(f->st, &report, NULL, NULL, &e));
    assert_int_equal(report.bad_seq, 3);
}

static void tell_erased(store *st, const char *json_text)
{
    err e = {0};
    value data = json(json_text);
    assert_true(store_begin(st, &e));
    assert_true(event_append(st, "record.forgotten", "person/a", &data, NULL, &e));
    assert_true(store_commit(st, &e));
    value_free(&data);
}

static void assert_damaged_at(store *st, int64_t seq, const char *says)
{
    err e = {0};
    event_report report = {0};
    assert_true(event_verify(st, &report, NULL, NULL, &e));
    assert_int_equal(report.bad_seq, seq);
    assert_int_equal(report.checked, seq - 1);
    assert_says(report.damage, says);
}

static void erased_data_is_right_only_as_a_later_event_tells_it(void **state)
{
    fixture *f = *state;
    err e = {0};
    db *d = store_db(f->st);
    put_json(f->st, "person/a", "{\"name\":\"A\"}", NULL);
    put_json(f->st, "person/a", "{\"name\":\"B\"}", NULL);
    put_json(f->st, "person/b", "{\"name\":\"B\"}", NULL);
    assert_true(
        db_exec(d, "update event set data = '{\"erased\":true}', salt = null where seq < 3", &e));
    assert_damaged_at(f->st, 1, "no record.forgotten");
    char digest[HASH_TEXT], text[300];
    hash_of("{\"erased\":true}", 15, digest);
    snprintf(text, sizeof text, "{\"erased\":[{\"seq\":1,\"digest\":\"%s\"}]}", digest);
    tell_erased(f->st, text);
    assert_damaged_at(f->st, 2, "no record.forgotten");
    snprintf(text, sizeof text, "{\"erased\":[{\"seq\":2,\"digest\":\"%s\"}]}", digest);
    tell_erased(f->st, text);
    event_report report = {0};
    assert_true(event_verify(f->st, &report, NULL, NULL, &e));
    assert_int_equal(report.bad_seq, 0);
    /* What is left can't be changed unseen either, nor can an event be erased by hand before one
     * that tells of others. */
    assert_true(
        db_exec(d, "update event set data = '{\"erased\":true,\"x\":1}' where seq = 1", &e));
    assert_damaged_at(f->st, 1, "no record.forgotten");
    assert_true(db_exec(d, "update event set data = null where seq = 1", &e));
    assert_damaged_at(f->st, 1, "no record.forgotten");
    assert_true(db_exec(d,
                        "update event set data = '{\"erased\":true}' where seq = 1;"
                        "update event set data = null, salt = null where seq = 3",
                        &e));
    assert_damaged_at(f->st, 3, "no record.forgotten");
    value list = events(f, (event_filter){.limit = -1});
    assert_true(value_is(value_get(value_at(&list, 2), "data"), VALUE_NIL));
    value_free(&list);
}

static bool add_line(void *ctx, const char *text, size_t len, err *e)
{
    (void)e;
    buf_add(ctx, text, len);
    buf_char(ctx, '\n');
    return true;
}

static void exported_lines_end_in_the_bytes_that_the_digest_is_of(void **state)
{
    fixture *f = *state;
    err e = {0};
    store_actor(f->st, "cli:\",\"data\":x");
    put_json(f->st, "demand/a", "{\"title\":\"\\\"\xc3\xa9\",\"n\":1e-7}", NULL);
    buf out = {0};
    assert_true(event_lines(f->st, add_line, &out, &e));
    value event = json(buf_text(&out));
    char *data = strstr(buf_text(&out), ",\"data\":") + 8, digest[HASH_TEXT];
    data[strlen(data) - 2] = '\0'; /* the brace and the newline */
    buf text = {0};
    buf_fmt(&text, "%s\n%s", value_get_str(&event, "salt", ""), data);
    hash_of(buf_text(&text), text.len, digest);
    assert_string_equal(value_get_str(&event, "digest", ""), digest);
    value_free(&event);
    buf_free(&text);
    buf_free(&out);
}

static void an_empty_log_is_whole(void **state)
{
    fixture *f = *state;
    err e = {0};
    event_report report = {.bad_seq = 9};
    assert_true(event_verify(f->st, &report, NULL, NULL, &e));
    assert_int_equal(report.checked, 0);
    assert_int_equal(report.bad_seq, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(the_hashes_are_what_the_header_says),
        T(events_are_filtered_by_type_subject_and_place_in_the_log),
        T(a_clock_that_jumps_back_does_not_turn_the_log_s_time_back),
        T(a_clock_that_stands_before_the_log_is_told),
        T(an_event_outside_a_transaction_is_refused),
        T(every_sort_of_damage_is_found_at_its_event),
        T(a_forged_event_with_hashes_of_its_own_shows_at_the_next),
        T(erased_data_is_right_only_as_a_later_event_tells_it),
        T(exported_lines_end_in_the_bytes_that_the_digest_is_of),
        T(an_empty_log_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
