#include "support.h"

#include "store/plugin_source.h"

static int64_t count(store *st, const char *table)
{
    buf sql = {0};
    buf_fmt(&sql, "select count(*) from %s", table);
    query *q = db_prepare(store_db(st), buf_text(&sql), NULL);
    assert_true(query_step(q, NULL));
    int64_t n = query_int64(q, 0);
    query_free(q);
    buf_free(&sql);
    return n;
}

static void files_come_back_byte_for_byte_in_order_of_name(void **state)
{
    fixture *f = *state;
    err e = {0};
    value files = value_map(), back = value_nil();
    value_add(&files, "init.lua", value_bytes("a\0b\xff", 4));
    value_add(&files, "a.lua", value_text(""));
    value_add(&files, "plugin.json", value_text("{}"));
    assert_true(plugin_source_keep(f->st, "h1", "zeeland", "1.0.0", &files, &e));
    assert_true(plugin_source_load(f->st, "h1", &back, &e));
    assert_true(value_equal(&files, &back));
    assert_string_equal(back.as.map.items[0].key, "a.lua");
    value_free(&files);
    value_free(&back);
}

static void what_is_kept_is_kept_once(void **state)
{
    fixture *f = *state;
    err e = {0};
    value files = value_map();
    value_add(&files, "plugin.json", value_text("{}"));
    for (int i = 0; i < 3; i++)
        assert_true(plugin_source_keep(f->st, "h1", "zeeland", "1.0.0", &files, &e));
    assert_true(plugin_source_keep(f->st, "h2", "zeeland", "1.0.1", &files, &e));
    assert_int_equal(count(f->st, "plugin_source"), 2);
    assert_int_equal(count(f->st, "plugin_file"), 2);
    value_free(&files);
}

static void what_is_not_kept_is_nil(void **state)
{
    fixture *f = *state;
    err e = {0};
    value back = value_int(1);
    assert_true(plugin_source_load(f->st, "none", &back, &e));
    assert_true(value_is(&back, VALUE_NIL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_come_back_byte_for_byte_in_order_of_name, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_is_kept_is_kept_once, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_not_kept_is_nil, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
