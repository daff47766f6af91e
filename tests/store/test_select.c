#include "support.h"

#include "base/mem.h"
#include "store/select.h"

static int fill(void **state)
{
    setup(state);
    fixture *f = *state;
    put_json(
        f->st, "solution/avy",
        "{\"title\":\"Avy Aera\",\"trl\":8,\"region\":\"NL32\",\"dual_use\":true,"
        "\"technologies\":[\"drones\",\"ai\"],\"budget\":{\"amount\":2.5,\"currency\":\"EUR\"}}",
        NULL);
    put_json(f->st, "solution/buoy",
             "{\"title\":\"Slimme boei "
             "\xc3\xa9\xc3\xa9n\",\"trl\":5,\"region\":\"NL34\",\"dual_use\":false,"
             "\"technologies\":[\"maritime\"],\"budget\":{\"amount\":10}}",
             NULL);
    put_json(
        f->st, "solution/crypto",
        "{\"title\":\"it's \\\"quoted\\\"\",\"trl\":\"6\",\"technologies\":[],\"levels\":[3,7]}",
        NULL);
    put_json(f->st, "solution/Delta", "{\"title\":\"Delta\",\"note\":\"100% _x_\"}", NULL);
    put_json(f->st, "demand/x", "{\"trl\":8}", NULL);
    return 0;
}

static bool add_id(void *ctx, const value *record, err *e)
{
    (void)e;
    buf *ids = ctx;
    buf_fmt(ids, "%s%s", ids->len ? " " : "", value_get_str(record, "id", "?") + 9);
    return true;
}

static void check(fixture *f, const char *where, const char *order, int64_t limit,
                  const char *expected)
{
    err e = {0};
    buf ids = {0};
    selection s = {.kind = "solution", .where = where, .order = order, .limit = limit};
    if (!store_select(f->st, &s, add_id, &ids, &e))
        fail_msg("%s: %s (%s)", where, e.message, e.where);
    if (strcmp(buf_text(&ids), expected) != 0)
        fail_msg("%s: got %s, expected %s", where, buf_text(&ids), expected);
    int64_t count = 0, spaces = *expected != '\0';
    for (const char *c = expected; *c; c++)
        spaces += *c == ' ';
    assert_true(store_count(f->st, &s, &count, &e));
    assert_true(count == spaces || limit >= 0);
    buf_free(&ids);
}

static void conditions_choose_records(void **state)
{
    static const struct {
        const char *where, *ids;
    } ROWS[] = {
        {NULL, "Delta avy buoy crypto"},
        {"  ", "Delta avy buoy crypto"},
        {"trl >= 6", "avy"},
        {"trl == 8.0", "avy"},
        {"trl == \"6\"", "crypto"},
        {"trl < 6", "buoy"},
        {"trl >= 6 and region == \"NL34\"", ""},
        {"trl >= 6 or region == 'NL34'", "avy buoy"},
        {"region != \"NL34\"", "Delta avy crypto"},
        {"region == null", "Delta crypto"},
        {"region != null", "avy buoy"},
        {"has region", "avy buoy"},
        {"not has region", "Delta crypto"},
        {"has technologies", "avy buoy"},
        {"technologies == \"ai\"", "avy"},
        {"technologies in ['maritime', \"ai\"]", "avy buoy"},
        {"technologies contains 'MARI'", "buoy"},
        {"not technologies == 'ai' and has technologies", "buoy"},
        {"levels > 6", "crypto"},
        {"levels == 3 and levels == 7", "crypto"},
        {"levels == 5", ""},
        {"dual_use == true", "avy"},
        {"dual_use == false", "buoy"},
        {"dual_use != true", "Delta buoy crypto"},
        {"budget.amount > 2", "avy buoy"},
        {"budget.amount in [10, 11]", "buoy"},
        {"budget == 10", ""},
        {"budget == 'EUR'", ""},
        {"budget.currency == \"EUR\"", "avy"},
        {"title contains 'een'", "buoy"},
        {"title contains 'BOEI \xc3\x89'", "buoy"},
        {"title contains \"it's\"", "crypto"},
        {"title == 'it\\'s \"quoted\"'", "crypto"},
        {"note contains '%'", "Delta"},
        {"note contains '_x_'", "Delta"},
        {"title contains '%'", ""},
        {"id == 'solution/avy'", "avy"},
        {"id contains 'BUOY'", "buoy"},
        {"id in ['solution/avy', 'solution/buoy']", "avy buoy"},
        {"version == 1 and kind == 'solution'", "Delta avy buoy crypto"},
        {"trl >= 6 and (region == 'NL34' or region == 'NL32')", "avy"},
        {"not (trl >= 6 or trl < 6)", "Delta crypto"},
        {"title < 'B'", "avy"},
        {"title > 'a'", "crypto"},
        {"nothing == 1", ""},
        {"nothing.at.all contains 'x'", ""},
        {"title.deeper == 'x'", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        check(*state, ROWS[i].where, NULL, -1, ROWS[i].ids);
}

static void order_is_by_field_then_id_and_those_without_come_last(void **state)
{
    fixture *f = *state;
    check(f, NULL, "trl", -1, "buoy avy crypto Delta");
    check(f, NULL, "-trl", -1, "crypto avy buoy Delta");
    check(f, NULL, "-id", -1, "crypto buoy avy Delta");
    check(f, NULL, "version", -1, "Delta avy buoy crypto");
    check(f, NULL, "budget.amount", -1, "avy buoy Delta crypto");
    check(f, NULL, "-budget.amount", 1, "buoy");
    check(f, NULL, "title", 2, "avy Delta");
    check(f, "has trl", NULL, 0, "");
    err e = {0};
    buf ids = {0};
    selection s = {.kind = "solution", .order = "a\"b", .limit = -1};
    assert_false(store_select(f->st, &s, add_id, &ids, &e));
    assert_int_equal(e.code, ERR_USAGE);
}

static void deleted_records_are_not_chosen(void **state)
{
    fixture *f = *state;
    err e = {0};
    assert_true(store_delete(f->st, "solution/avy", &e));
    check(f, NULL, NULL, -1, "Delta buoy crypto");
}

static bool put_another(void *ctx, const value *record, err *e)
{
    fixture *f = ctx;
    value v = value_nil();
    assert_true(store_get(f->st, value_get_str(record, "id", ""), &v, e));
    value_free(&v);
    selection s = {.kind = "solution", .limit = -1};
    int64_t count = 0;
    assert_true(store_count(f->st, &s, &count, e));
    assert_int_equal(count, 4);
    return err_set(e, ERR_LIMIT, "that is enough");
}

static void the_receiver_may_read_and_may_stop(void **state)
{
    fixture *f = *state;
    err e = {0};
    selection s = {.kind = "solution", .limit = -1};
    assert_false(store_select(f->st, &s, put_another, f, &e));
    assert_string_equal(e.message, "that is enough");
}

static void kinds_are_counted_by_name(void **state)
{
    fixture *f = *state;
    err e = {0};
    value kinds = value_nil();
    assert_true(store_kinds(f->st, &kinds, &e));
    char *text = text_of(&kinds);
    assert_string_equal(text, "{\"demand\":1,\"solution\":4}");
    free(text);
    value_free(&kinds);
}

static void a_cursor_gives_what_is_stored_one_by_one(void **state)
{
    fixture *f = *state;
    err e = {0};
    size_t len = 0;
    selection s = {.kind = "solution", .where = "trl >= 5", .order = "-trl", .limit = -1};
    cursor *c = cursor_open(f->st, &s, &e);
    assert_non_null(c);
    assert_true(cursor_step(c, &e));
    assert_string_equal(cursor_id(c), "solution/avy");
    const char *json = cursor_json(c, &len);
    assert_true(len == strlen(json) && strstr(json, "\"title\":\"Avy Aera\""));
    assert_true(cursor_step(c, &e));
    assert_string_equal(cursor_id(c), "solution/buoy");
    assert_false(cursor_step(c, &e));
    assert_false(cursor_failed(c));
    cursor_free(c);
    s.limit = 1;
    c = cursor_open(f->st, &s, &e);
    assert_true(cursor_step(c, &e));
    assert_false(cursor_step(c, &e));
    assert_false(cursor_failed(c));
    cursor_free(c);
    s.where = "trl >=";
    assert_null(cursor_open(f->st, &s, &e));
    assert_int_equal(e.code, ERR_USAGE);
}

static void a_cursor_says_where_it_stands(void **state)
{
    fixture *f = *state;
    err e = {0};
    static const char *const ORDERS[] = {NULL, "-trl", "title"};
    for (size_t i = 0; i < sizeof ORDERS / sizeof ORDERS[0]; i++) {
        selection s = {.kind = "solution", .order = ORDERS[i], .limit = -1};
        cursor *c = cursor_open(f->st, &s, &e);
        assert_true(cursor_step(c, &e));
        char *mark = cursor_mark(c), *second = NULL;
        assert_true(cursor_step(c, &e));
        second = mem_text(cursor_id(c));
        cursor_free(c);
        s.after = mark;
        c = cursor_open(f->st, &s, &e);
        value record = value_nil();
        assert_true(cursor_step(c, &e));
        assert_true(cursor_record(c, &record, &e));
        assert_string_equal(value_get_str(&record, "id", ""), second);
        assert_string_equal(value_get_str(&record, "kind", ""), "solution");
        value_free(&record);
        cursor_free(c);
        free(second);
        free(mark);
    }
}

/* Two connections: the second writes while the first is on its way. */
static void a_cursor_holds_what_was_there_at_its_first_step(void **state)
{
    fixture *f = *state;
    err e = {0};
    selection s = {.kind = "solution", .limit = -1};
    cursor *c = cursor_open(f->st, &s, &e);
    int64_t count = 0;
    assert_true(cursor_step(c, &e));
    store *other = store_open(f->path, false, &e);
    assert_non_null(other);
    put_json(other, "solution/late", "{\"title\":\"Late\"}", NULL);
    assert_true(store_count(f->st, &s, &count, &e));
    assert_int_equal(count, 4);
    for (count = 1; cursor_step(c, &e);)
        count++;
    assert_int_equal(count, 4);
    cursor_free(c);
    assert_true(store_count(f->st, &s, &count, &e));
    assert_int_equal(count, 5);
    store_close(other);
}

static void check_changed(fixture *f, int64_t after, int64_t as_of, const char *expected)
{
    err e = {0};
    buf ids = {0};
    selection s = {.kind = "solution", .limit = -1, .as_of = as_of, .changed_after = after};
    assert_true(store_select(f->st, &s, add_id, &ids, &e));
    assert_string_equal(buf_text(&ids), expected);
    buf_free(&ids);
}

static void what_changed_since_is_chosen_as_it_is_and_as_it_was(void **state)
{
    fixture *f = *state;
    err e = {0};
    texts ids = {0};
    int64_t before = 0;
    assert_true(event_head(f->st, &before, &e));
    put_json(f->st, "solution/buoy", "{\"trl\":6}", NULL);
    put_json(f->st, "solution/buoy", "{\"trl\":7}", NULL);
    put_json(f->st, "solution/new", "{\"trl\":1}", NULL);
    put_json(f->st, "demand/x", "{\"trl\":9}", NULL);
    assert_true(store_delete(f->st, "solution/avy", &e));
    check_changed(f, before, 0, "buoy new");
    check_changed(f, before, before, "avy buoy");
    check_changed(f, before + 2, before + 2, "avy");
    check_changed(f, before + 5, 0, "");
    assert_true(store_changed(f->st, "solution", before, &ids, &e));
    assert_int_equal(ids.len, 3);
    assert_string_equal(texts_at(&ids, 0), "solution/avy");
    assert_string_equal(texts_at(&ids, 2), "solution/new");
    assert_true(store_changed(f->st, "solution", before + 5, &ids, &e));
    assert_int_equal(ids.len, 0);
    texts_free(&ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, fill, teardown)
        T(conditions_choose_records),
        T(order_is_by_field_then_id_and_those_without_come_last),
        T(deleted_records_are_not_chosen),
        T(the_receiver_may_read_and_may_stop),
        T(kinds_are_counted_by_name),
        T(what_changed_since_is_chosen_as_it_is_and_as_it_was),
        T(a_cursor_gives_what_is_stored_one_by_one),
        T(a_cursor_says_where_it_stands),
        T(a_cursor_holds_what_was_there_at_its_first_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
