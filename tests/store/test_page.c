#include "support.h"

#include "../base/random.h"
#include "store/page.h"
#include "store/select.h"

static bool add_id(void *ctx, const value *record, err *e)
{
    (void)e;
    buf_fmt(ctx, "%s ", value_get_str(record, "id", "?") + 6);
    return true;
}

/* All pages of `size`, one behind the other. */
static void read_pages(store *st, const char *order, int64_t size, buf *out)
{
    char *next = NULL;
    do {
        err e = {0};
        char *after = next;
        const selection s = {.kind = "thing", .order = order, .limit = size, .after = after};
        if (!store_select_page(st, &s, add_id, out, &next, &e))
            fail_msg("%s by %s: %s", after ? after : "first", order ? order : "id", e.message);
        free(after);
    } while (next);
}

static void pages_behind_each_other_are_the_whole_list_in_any_order(void **state)
{
    fixture *f = *state;
    static const char *const ORDERS[] = {NULL,      "id",       "-id",     "v",       "-v",
                                         "version", "-version", "in.deep", "-in.deep"};
    random_start();
    for (int i = 0; i < 60; i++) {
        char id[32];
        snprintf(id, sizeof id, "thing/r%d", i);
        value v = random_below(4) ? random_value(1, 5) : value_nil(), fields = value_map(),
              deep = value_map();
        value_add(&deep, "deep", value_int((int64_t)random_below(4)));
        value_add(&fields, "v", v);
        value_add(&fields, "in", deep);
        err e = {0};
        assert_true(store_put(f->st, &(statement){.id = id, .fields = &fields}, NULL, &e));
        value_free(&fields);
        if (random_below(3) == 0)
            put_json(f->st, id, "{\"again\":1}", NULL);
    }
    for (size_t i = 0; i < sizeof ORDERS / sizeof *ORDERS; i++) {
        for (int64_t size = 1; size < 70; size += 6) {
            err e = {0};
            buf whole = {0}, paged = {0};
            const selection s = {.kind = "thing", .order = ORDERS[i], .limit = -1};
            assert_true(store_select(f->st, &s, add_id, &whole, &e));
            read_pages(f->st, ORDERS[i], size, &paged);
            if (strcmp(buf_text(&whole), buf_text(&paged)) != 0)
                fail_msg("by %s, %lld a page:\n%s\n%s", ORDERS[i] ? ORDERS[i] : "id",
                         (long long)size, buf_text(&whole), buf_text(&paged));
            buf_free(&whole);
            buf_free(&paged);
        }
    }
}

static void records_that_change_or_go_in_between_hide_no_others(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf got = {0};
    char *next = NULL;
    static const char *const IDS[] = {"thing/a", "thing/b", "thing/c", "thing/d"};
    for (int i = 0; i < 4; i++) {
        char fields[32];
        snprintf(fields, sizeof fields, "{\"v\":%d}", i);
        put_json(f->st, IDS[i], fields, NULL);
    }
    selection s = {.kind = "thing", .order = "v", .limit = 2};
    assert_true(store_select_page(f->st, &s, add_id, &got, &next, &e));
    assert_string_equal(buf_text(&got), "a b ");
    put_json(f->st, "thing/b", "{\"v\":99}", NULL); /* where the page ended */
    assert_true(store_delete(f->st, "thing/a", &e));
    buf_clear(&got);
    s.after = next;
    s.limit = -1;
    char *last = NULL;
    assert_true(store_select_page(f->st, &s, add_id, &got, &last, &e));
    assert_string_equal(buf_text(&got), "c d b ");
    assert_null(last);
    free(next);
    buf_free(&got);
}

static void the_last_page_has_no_next_one(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf got = {0};
    char *next = NULL;
    put_json(f->st, "thing/a", "{}", NULL);
    put_json(f->st, "thing/b", "{}", NULL);
    selection s = {.kind = "thing", .limit = 2};
    assert_true(store_select_page(f->st, &s, add_id, &got, &next, &e));
    assert_null(next);
    s.limit = 0;
    assert_true(store_select_page(f->st, &s, add_id, &got, &next, &e));
    assert_null(next);
    assert_string_equal(buf_text(&got), "a b ");
    buf_free(&got);
}

static void a_token_that_is_none_or_of_another_order_is_refused(void **state)
{
    fixture *f = *state;
    static const char *const BAD[] = {"", "x", "!!", "W10", "bnVsbA", "WzEsMiwzXQ", "é"};
    page_mark m = {.at = value_int(3), .id = strdup("thing/a")};
    char *token = page_write(&m, "v");
    page_free(&m);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        err e = {0};
        const selection s = {.kind = "thing", .limit = 2, .after = BAD[i]};
        if (store_select(f->st, &s, add_id, NULL, &e))
            fail_msg("%s is taken", BAD[i]);
        assert_int_equal(e.code, ERR_USAGE);
    }
    err e = {0};
    const selection other = {.kind = "thing", .order = "-v", .limit = 2, .after = token};
    assert_false(store_select(f->st, &other, add_id, NULL, &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_says(e.message, "another order: v");
    free(token);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(pages_behind_each_other_are_the_whole_list_in_any_order),
        T(records_that_change_or_go_in_between_hide_no_others),
        T(the_last_page_has_no_next_one),
        T(a_token_that_is_none_or_of_another_order_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
