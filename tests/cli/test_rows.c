#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "cli/rows.h"
#include "printed.h"

static const rows_column COLUMNS[] = {{"id", "id", 0}, {"title", "Title", 0}, {"tags", "Tags", 0}};

/* Two records: one with all that CSV must quote, one with little. */
static void print_as(void *ctx)
{
    static const char *const MAPS[] = {
        "{\"id\":\"a/1\",\"title\":\"say \\\"x, y\\\"\",\"tags\":[\"p\",\"q\"],\"more\":1}",
        "{\"id\":\"a/2\",\"title\":\"line\\nbreak\"}",
    };
    rows *r = rows_new(*(rows_format *)ctx, COLUMNS, 3);
    for (size_t i = 0; i < 2; i++) {
        value map = value_nil();
        assert_true(json_read(MAPS[i], strlen(MAPS[i]), NULL, &map, NULL));
        rows_add(r, &map);
        value_free(&map);
    }
    rows_end(r, "nothing");
    rows_free(r);
}

static void print_none(void *ctx)
{
    rows *r = rows_new(*(rows_format *)ctx, COLUMNS, 3);
    rows_end(r, "nothing");
    rows_free(r);
}

static void the_same_rows_print_in_four_forms(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        [ROWS_TABLE] = "id   Title       Tags\n"
                       "a/1  say \"x, y\"  p, q\n"
                       "a/2  line break  \n",
        [ROWS_JSON] =
            "[{\"id\":\"a/1\",\"title\":\"say \\\"x, y\\\"\",\"tags\":[\"p\",\"q\"],\"more\":1},\n"
            "{\"id\":\"a/2\",\"title\":\"line\\nbreak\"}]\n",
        [ROWS_JSONL] =
            "{\"id\":\"a/1\",\"title\":\"say \\\"x, y\\\"\",\"tags\":[\"p\",\"q\"],\"more\":1}\n"
            "{\"id\":\"a/2\",\"title\":\"line\\nbreak\"}\n",
        [ROWS_CSV] = "id,title,tags\n"
                     "a/1,\"say \"\"x, y\"\"\",\"p; q\"\n"
                     "a/2,\"line\nbreak\",\n",
    };
    for (rows_format f = ROWS_TABLE; f <= ROWS_CSV; f++) {
        char *text = printed(print_as, &f, "80");
        assert_string_equal(text, TEXTS[f]);
        free(text);
    }
}

static void no_rows_are_an_empty_list_of_each_form(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {[ROWS_TABLE] = "nothing\n",
                                        [ROWS_JSON] = "[]\n",
                                        [ROWS_JSONL] = "",
                                        [ROWS_CSV] = "id,title,tags\n"};
    for (rows_format f = ROWS_TABLE; f <= ROWS_CSV; f++) {
        char *text = printed(print_none, &f, "80");
        assert_string_equal(text, TEXTS[f]);
        free(text);
    }
}

static void a_cell_is_what_people_write(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text;
    } ROWS[] = {
        {"null", ""},
        {"true", "true"},
        {"7", "7"},
        {"0.5", "0.5"},
        {"\"x\"", "x"},
        {"[\"a\",2]", "a, 2"},
        {"{\"amount\":1200,\"currency\":\"EUR\"}", "EUR 1200"},
        {"{\"city\":\"Goes\"}", "{\"city\":\"Goes\"}"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        value v = value_nil();
        buf text = {0};
        assert_true(json_read(ROWS[i].json, strlen(ROWS[i].json), NULL, &v, NULL));
        rows_cell_text(&v, ", ", &text);
        assert_string_equal(buf_text(&text), ROWS[i].text);
        buf_free(&text);
        value_free(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_rows_print_in_four_forms),
        cmocka_unit_test(no_rows_are_an_empty_list_of_each_form),
        cmocka_unit_test(a_cell_is_what_people_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
