#include "rendered.h"

static void refuses(const char *block, const char *part)
{
    buf text = {0};
    value doc = value_nil();
    err e = {0};
    buf_fmt(&text, "[%s]", block);
    value list = from_json(buf_text(&text));
    for (size_t i = 0; i < value_len(&list); i++)
        if (value_is(value_at(&list, i), VALUE_MAP))
            value_set(&list.as.list.items[i], "at", value_text("zeeland/report.lua:7\x1b[2J"));
    if (document_make(&list, "Proef", &doc, &e))
        fail_msg("not refused: %s", block);
    if (!strstr(e.message, part))
        fail_msg("\"%s\" is not in: %s", part, e.message);
    if (value_is(value_at(&list, 0), VALUE_MAP))
        assert_string_equal(e.where, "zeeland/report.lua:7\\x1b[2J");
    value_free(&list);
    buf_free(&text);
}

static void what_is_no_block_is_refused_with_its_line(void **state)
{
    (void)state;
    refuses("{\"block\":\"script\",\"text\":\"x\"}", "no such part");
    refuses("{\"text\":\"x\"}", "no such part");
    refuses("7", "no such part");
    refuses("{\"block\":\"title\",\"text\":7}", "report:title: text: expected a text, got integer");
    refuses("{\"block\":\"text\"}", "expected a text, got nothing");
    refuses("{\"block\":\"text\",\"text\":[\"a\",true]}", "expected a text");
    refuses("{\"block\":\"text\",\"text\":{\"text\":\"a\",\"url\":7}}", "url");
    refuses("{\"block\":\"text\",\"text\":{\"type\":\"date\",\"value\":\"gisteren\"}}",
            "a date such as");
    refuses("{\"block\":\"text\",\"text\":{\"type\":\"html\",\"value\":\"x\"}}",
            "type: one of text");
    refuses("{\"block\":\"section\",\"title\":\"a\",\"level\":2}", "at most 1 here");
    refuses("{\"block\":\"section\",\"title\":\"a\",\"level\":0}", "level");
    refuses("{\"block\":\"list\",\"items\":\"a\"}", "items: expected a list");
}

#define TABLE(columns, rows)                                                                       \
    "{\"block\":\"table\",\"caption\":\"T\",\"columns\":" columns ",\"rows\":" rows "}"
#define ONE "[{\"name\":\"a\",\"type\":\"number\"}]"

static void a_table_holds_what_its_columns_say(void **state)
{
    (void)state;
    refuses("{\"block\":\"table\",\"columns\":" ONE ",\"rows\":[]}", "caption: expected a text");
    refuses(TABLE("[]", "[]"), "columns: 1 to 60");
    refuses(TABLE(ONE, "[{\"a\":\"x\"}]"), "rows[1]: a: expected a number, got text");
    refuses(TABLE(ONE, "[{\"b\":1}]"), "rows[1]: there is no column 'b'");
    refuses(TABLE(ONE, "[7]"), "rows: expected a list of tables");
    refuses(TABLE("[{\"name\":\"a\",\"type\":\"colour\"}]", "[]"),
            "columns[1]: column: type: one of");
    refuses(TABLE("[{\"name\":\"a\",\"decimals\":99}]", "[]"), "decimals from 0 to 9");
    refuses(TABLE("[{\"name\":\"a\",\"type\":\"money\"}]", "[{\"a\":{\"amount\":1}}]"),
            "a number, or {amount, currency}");
}

static void a_figure_holds_numbers(void **state)
{
    (void)state;
    refuses("{\"block\":\"bars\",\"caption\":\"F\",\"items\":[{\"title\":\"a\",\"value\":\"x\"}]}",
            "items[1]: value: expected a number, got text");
    refuses("{\"block\":\"bars\",\"caption\":\"F\",\"type\":\"date\",\"items\":[]}",
            "a figure shows number, money or percentage");
    refuses("{\"block\":\"lines\",\"caption\":\"F\",\"x\":[1],\"series\":[]}",
            "x: expected a list of texts");
    refuses("{\"block\":\"map\",\"caption\":\"F\",\"points\":[{\"title\":\"a\",\"lon\":200,\"lat\":"
            "5}]}",
            "lon and lat in degrees");
    refuses(
        "{\"block\":\"map\",\"caption\":\"F\",\"outlines\":[{\"title\":\"a\",\"rings\":[[[1]]]}]}",
        "a ring is a list of {lon, lat}");
    refuses("{\"block\":\"network\",\"caption\":\"F\",\"nodes\":[{\"id\":\"a\",\"title\":\"A\","
            "\"x\":3}],"
            "\"links\":[]}",
            "x and y");
}

static void too_much_is_refused(void **state)
{
    value rows = value_list(), list = value_list(), doc = value_nil();
    err e = {0};
    (void)state;
    value *block = value_push(&list, value_map());
    for (int i = 0; i <= DOCUMENT_CELLS; i++)
        value_push(&rows, value_text("x"));
    value_add(block, "block", value_text("list"));
    value_add(block, "items", rows);
    assert_false(document_make(&list, "Proef", &doc, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    value_free(&list);
}

static void the_title_is_the_reports_own_unless_it_writes_one(void **state)
{
    value doc = document_of("[]", "nl");
    (void)state;
    assert_string_equal(value_get_str(&doc, "title", ""), "Proef");
    value_free(&doc);
    doc = document_of(
        "[{\"block\":\"title\",\"text\":\"Brief\",\"subtitle\":\"aan de raad\",\"at\":\"x\"}]",
        "nl");
    assert_string_equal(value_get_str(&doc, "title", ""), "Brief");
    assert_string_equal(value_get_str(&doc, "subtitle", ""), "aan de raad");
    assert_int_equal(value_len(value_get(&doc, "blocks")), 0);
    value_free(&doc);
    refuses("{\"block\":\"title\",\"text\":\"A\"},{\"block\":\"title\",\"text\":\"B\"}",
            "a title already");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_block_is_refused_with_its_line),
        cmocka_unit_test(a_table_holds_what_its_columns_say),
        cmocka_unit_test(a_figure_holds_numbers),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(the_title_is_the_reports_own_unless_it_writes_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
