/* test_json.c: JSON documents to values, and what is refused with its place. */
#include <string.h>

#include "base/json.h"
#include "check.h"
#include "random.h"

static void documents_become_values(void **state)
{
    (void)state;
    value v;
    const char *text =
        "\xEF\xBB\xBF {\"b\": [1, 2.5, \"x\", null, true, false], \"a\": {\"\": -0}} \n";
    assert_true(json_read(text, strlen(text), NULL, &v, NULL));
    assert_int_equal(v.type, VALUE_MAP);
    assert_string_equal(v.as.map.items[0].key, "b");
    const value *list = value_get(&v, "b");
    assert_int_equal(value_len(list), 6);
    assert_int_equal(value_at(list, 0)->type, VALUE_INT);
    assert_int_equal(value_at(list, 1)->type, VALUE_DOUBLE);
    assert_int_equal(value_at(list, 3)->type, VALUE_NIL);
    assert_true(value_as_bool(value_at(list, 4), false));
    assert_int_equal(value_get_int(value_get(&v, "a"), "", 1), 0);
    value_free(&v);
}

static void keys_are_case_sensitive(void **state)
{
    (void)state;
    value v;
    const char *text = "{\"Id\":1,\"id\":2}";
    assert_true(json_read(text, strlen(text), NULL, &v, NULL));
    assert_int_equal(value_get_int(&v, "Id", 0), 1);
    assert_int_equal(value_get_int(&v, "id", 0), 2);
    value_free(&v);
}

static void whole_numbers_are_integers_however_written(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int64_t integer;
    } rows[] = {{"1.0", 1},
                {"1e3", 1000},
                {"-0", 0},
                {"9007199254740992", INT64_C(9007199254740992)},
                {"-9007199254740992", INT64_C(-9007199254740992)}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        value v;
        assert_true(json_read(rows[i].text, strlen(rows[i].text), NULL, &v, NULL));
        assert_int_equal(v.type, VALUE_INT);
        assert_true(v.as.integer == rows[i].integer);
    }
}

static void broken_documents_are_refused_with_their_place(void **state)
{
    (void)state;
    const struct {
        const char *text, *where, *says;
    } rows[] = {
        {"", "f:1:1", "ends here"},
        {"  \n ", "f:2:2", "ends here"},
        {"{\"a\":1", "f:1:7", "',' or '}'"},
        {"{\"a\":1,}", "f:1:8", "a key in quotes"},
        {"[1,]", "f:1:4", "a value"},
        {"[1 2]", "f:1:4", "',' or ']'"},
        {"[1}", "f:1:3", "',' or ']'"},
        {"{a:1}", "f:1:2", "a key in quotes"},
        {"{\"a\" 1}", "f:1:6", "':'"},
        {"{\"a\":}", "f:1:6", "a value"},
        {"[1] x", "f:1:5", "the end of the text"},
        {"{} {}", "f:1:4", "the end of the text"},
        {"[\n  {\"é\": tru}\n]", "f:2:9", "a value"},
        {"// no\n1", "f:1:1", "a value"},
        {"{\"a\":1,\n \"b\":2,\n \"a\":3}", "f:3:2", "\"a\" is used twice; the first is on line 1"},
        {"{\"a\":1,\"\\u0061\":3}", "f:1:8", "used twice"},
        {"[{\"\":1,\"\":3}]", "f:1:8", "used twice"},
        {"{\"x\":{\"k\":1,\"k\":2},\"x\":1}", "f:1:13", "\"k\" is used twice"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        err e = {0};
        value v = value_int(77);
        if (json_read(rows[i].text, strlen(rows[i].text), "f", &v, &e))
            fail_msg("row %zu was read", i);
        assert_int_equal(e.code, ERR_BAD_DATA);
        assert_string_equal(e.where, rows[i].where);
        if (!strstr(e.message, rows[i].says))
            fail_msg("row %zu says: %s", i, e.message);
        assert_int_equal(v.as.integer, 77);
    }
}

static void a_nul_is_no_end_of_the_text(void **state)
{
    (void)state;
    err e = {0};
    value v;
    assert_false(json_read("1\0", 2, NULL, &v, &e));
    assert_string_equal(e.where, "1:2");
    assert_false(json_read("\"a\0b\"", 5, NULL, &v, &e));
    assert_string_equal(e.where, "1:3");
    assert_false(json_read(NULL, 0, NULL, &v, &e));
}

static void equal_keys_in_different_maps_are_fine(void **state)
{
    (void)state;
    value v;
    const char *text = "{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]},\"b\":{\"a\":1},\"ab\":1}";
    assert_true(json_read(text, strlen(text), NULL, &v, NULL));
    value_free(&v);
}

static void a_duplicate_among_many_keys_is_found(void **state)
{
    (void)state;
    buf text = {0};
    err e = {0};
    value v;
    buf_str(&text, "{");
    for (int i = 0; i < 50000; i++)
        buf_fmt(&text, "\"k%d\":%d,\n", i, i);
    size_t before = text.len;
    buf_str(&text, "\"z\":0}");
    assert_true(json_read(text.data, text.len, NULL, &v, &e));
    assert_int_equal(value_len(&v), 50001);
    value_free(&v);
    text.len = before;
    buf_str(&text, "\"k31000\":0}");
    assert_false(json_read(text.data, text.len, NULL, &v, &e));
    assert_string_equal(e.where, "50001:1");
    assert_non_null(strstr(e.message, "line 31001"));
    buf_free(&text);
}

static void depth_is_bounded(void **state)
{
    (void)state;
    static const size_t depths[] = {JSON_MAX_DEPTH, JSON_MAX_DEPTH + 1, 100000, 5000000};
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        buf text = {0};
        err e = {0};
        value v = value_nil();
        memset(buf_room(&text, 2 * depths[i]), '[', depths[i]);
        text.len = depths[i];
        memset(text.data + text.len, ']', depths[i]);
        text.len += depths[i];
        bool ok = json_read(text.data, text.len, NULL, &v, &e);
        assert_true(ok == (depths[i] <= JSON_MAX_DEPTH));
        if (!ok) {
            assert_int_equal(e.code, ERR_LIMIT);
            assert_string_equal(e.where, "1:25");
        }
        value_free(&v);
        buf_free(&text);
    }
}

static void lines_count_from_the_line_given(void **state)
{
    (void)state;
    err e = {0};
    value v;
    assert_false(json_read_at("{\"a\":?}", 7, "rows.jsonl", 17, &v, &e));
    assert_string_equal(e.where, "rows.jsonl:17:6");
}

static void places_are_found_by_path(void **state)
{
    (void)state;
    const char *text = "{\n  \"name\": \"x\",\n  \"list\": [10,\n    {\"é\": {\"deep\": 1}}],\n"
                       "  \"na\": 2,\n  \"a.b\": 3\n}";
    const struct {
        const char *path;
        int line, column;
    } rows[] = {
        {"", 1, 1},       {"name", 2, 11},     {"list", 3, 11},          {"list.0", 3, 12},
        {"list.1", 4, 5}, {"list.1.é", 4, 11}, {"list.1.é.deep", 4, 20}, {"na", 5, 9},
        {"a.b", 6, 10},   {"list.2", 0, 0},    {"list.x", 0, 0},         {"nam", 0, 0},
        {"name.x", 0, 0}, {"list.01", 4, 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_place place = json_find(text, strlen(text), rows[i].path);
        if (place.line != rows[i].line || place.column != rows[i].column)
            fail_msg("%s is at %d:%d", rows[i].path, place.line, place.column);
    }
}

static void random_bytes_are_read_or_refused(void **state)
{
    (void)state;
    static const char alphabet[] = "{}[]\",:\\u0123456789abdeflnrst.-+ \n\xC3\xA9\xED\xA0\x80";
    for (int i = 0; i < 50000; i++) {
        size_t len = random_below(40);
        char *text = malloc(len + 1); /* exact, so that the sanitizer sees a byte read too far */
        for (size_t j = 0; j < len; j++)
            text[j] = i % 2 ? alphabet[random_below(sizeof alphabet - 1)] : (char)random_below(256);
        char *exact = realloc(text, len ? len : 1);
        value v = value_nil();
        err e = {0};
        if (!json_read(exact, len, NULL, &v, &e)) {
            assert_int_not_equal(e.code, ERR_NONE);
            assert_int_not_equal(e.code, ERR_BUG); /* cJSON agrees with the walk */
        }
        value_free(&v);
        free(exact);
    }
}

static void a_damaged_document_is_read_or_refused(void **state)
{
    (void)state;
    for (int i = 0; i < 5000; i++) {
        value v = random_value(4, INT64_C(1) << 53), back = value_nil();
        err e = {0};
        buf text = {0};
        json_write(&text, &v);
        text.data[random_below(text.len)] = (char)random_below(256);
        if (!json_read(text.data, text.len, NULL, &back, &e))
            assert_int_not_equal(e.code, ERR_BUG);
        value_free(&v);
        value_free(&back);
        buf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_become_values),
        cmocka_unit_test(keys_are_case_sensitive),
        cmocka_unit_test(whole_numbers_are_integers_however_written),
        cmocka_unit_test(broken_documents_are_refused_with_their_place),
        cmocka_unit_test(a_nul_is_no_end_of_the_text),
        cmocka_unit_test(equal_keys_in_different_maps_are_fine),
        cmocka_unit_test(a_duplicate_among_many_keys_is_found),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(lines_count_from_the_line_given),
        cmocka_unit_test(places_are_found_by_path),
        cmocka_unit_test(random_bytes_are_read_or_refused),
        cmocka_unit_test(a_damaged_document_is_read_or_refused),
    };
    random_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
