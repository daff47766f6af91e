#include "holding.h"

static void fill(fixture *f)
{
    err e = {0};
    value kinds = json(
        "[{\"name\":\"ship\",\"plugin\":\"p\",\"title\":{\"nl\":\"S\",\"en\":\"S\"},\"fields\":["
        "{\"name\":\"title\",\"type\":\"text\"},"
        "{\"name\":\"call\",\"type\":\"text\",\"unique\":true},"
        "{\"name\":\"ports\",\"type\":\"reference\",\"kind\":\"port\",\"many\":true}]}]");
    if (!kinds_save(f->st, &kinds, &e))
        fail_msg("%s", e.message);
    value_free(&kinds);
    put_json(
        f->st, "ship/a",
        "{\"title\":\"Zeehond\",\"call\":\"PAAA\",\"ports\":[\"port/x\",\"port/y\",\"port/x\"]}",
        NULL);
    put_json(f->st, "ship/b", "{\"title\":\"Bruinvis\",\"call\":\"PBBB\"}", NULL);
    put_json(f->st, "port/x", "{\"n\":1}", NULL);
    put_json(f->st, "ship/c", "{\"title\":\"Wrak\",\"ports\":[\"port/x\"]}", NULL);
    assert_true(store_delete(f->st, "ship/c", &e));
}

static void each_change_of_a_reference_or_a_unique_value_is_named(void **state)
{
    static const damage ROWS[] = {
        {"delete from reference where target = 'port/y'", "reference",
         "ship/a: table reference lacks that its ports points at port/y"},
        {"delete from reference", "reference", "lacks that its ports points at port/x"},
        {"update reference set target = 'port/z' where target = 'port/y'", "reference",
         "ship/a: table reference lacks that its ports points at port/y"},
        {"insert into reference values ('ship/b', 'ports', 'port/x')", "reference",
         "ship/b: table reference says that its ports points at port/x, the log doesn't"},
        {"insert into reference values ('ship/c', 'ports', 'port/x')", "reference", "ship/c: "},
        {"insert into reference values ('ship/q', 'ports', 'port/x')", "reference",
         "ship/q: table reference has it, and it is no record"},
        {"delete from unique_value where record = 'ship/b'", "unique_value",
         "ship/b: table unique_value lacks that its call is \"PBBB\""},
        {"insert into unique_value values ('ship/b', 'call', '\"PC\"')", "unique_value",
         "ship/b: table unique_value says that its call is \"PC\", the log doesn't"},
        {"insert into unique_value values ('ship/q', 'call', '\"PC\"')", "unique_value",
         "ship/q: table unique_value has it, and it is no record"},
    };
    fixture *f = *state;
    fill(f);
    assert_named(f->st, ROWS, sizeof ROWS / sizeof *ROWS);
}

static void each_change_of_the_full_text_index_is_named(void **state)
{
    static const damage ROWS[] = {
        {"update search_content set c2 = 'Walvis' where c2 = 'Bruinvis'", "search",
         "ship/b: the full-text index holds another text than the log tells"},
        {"update search_content set c0 = 'ship/z' where c2 = 'Bruinvis'", "search",
         "ship/b: the full-text index has it under another id"},
        {"delete from search where id = 'ship/b'; delete from search_record where record = "
         "'ship/b'",
         "search", "ship/b: the full-text index lacks it"},
        {"update search set title = 'Walvis' where id = 'ship/b';"
         "update search_content set c2 = 'Bruinvis' where c2 = 'Walvis'",
         "search", "ship/b: the full-text index finds it by other words than its text holds"},
        {"insert into search (rowid, id, kind, title, body) values (99, 'ship/b', 'ship', "
         "'Walvis', '');"
         "delete from search_content where id = 99",
         "search", "by other words"},
        {"insert into search_content values (98, 'ship/b', 'ship', 'x', '')", "search",
         "row 98: the full-text index has a text of no record"},
        {"insert into search_record (record) values ('ship/c')", "search",
         "ship/c: the full-text index holds it, and there is no text to find"},
        {"insert into search_record (record) values ('ship/q')", "search",
         "ship/q: the full-text index has it, and it is no record"},
        {"update search_data set block = x'00' where id > 10", "search", "full-text index"},
        {"delete from search_data where id > 10", "search", "full-text index"},
    };
    fixture *f = *state;
    fill(f);
    assert_named(f->st, ROWS, sizeof ROWS / sizeof *ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(each_change_of_a_reference_or_a_unique_value_is_named),
        T(each_change_of_the_full_text_index_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
