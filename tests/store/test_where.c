#include "support.h"

#include <time.h>

#include "store/select.h"
#include "store/where.h"

static void a_mistake_is_named_with_its_column_and_what_was_expected(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where, *says;
    } ROWS[] = {
        {"trl = 6", "column 5 ", "write =="},
        {"trl <> 6", "column 5 ", "write !="},
        {"trl == ", "column 8 ", "expected a value"},
        {"trl == NL34", "column 8 ", "in quotes"},
        {"trl", "column 4 ", "expected =="},
        {"trl >= 6 region", "column 10 ", "and, or or the end"},
        {"trl >= 6 and", "column 13 ", "the name of a field"},
        {"(trl >= 6", "column 10 ", "and, or or )"},
        {"region == \"NL", "column 11 ", "no closing quote"},
        {"caf\xc3\xa9 == 'x' & y", "column 13 ", "write and"},
        {"a || b", "column 3 ", "write or"},
        {"a == 1 || b", "column 8 ", "write or"},
        {"a in \"x\"", "column 6 ", "expected ["},
        {"a in [\"x\" \"y\"]", "column 11 ", ", or ]"},
        {"a in []", "column 7 ", "a value"},
        {"a contains 5", "column 12 ", "a text in quotes"},
        {"a < null", "column 5 ", "to compare with"},
        {"a >= true", "column 6 ", "to compare with"},
        {"has 5", "column 5 ", "the name of a field"},
        {"has and", "column 5 ", "the name of a field"},
        {"a == 1e999", "column 6 ", "number"},
        {"a == 9007199254740993", "column 6 ", "exactly"},
        {"a == 1-2", "column 6 ", "number"},
        {"\"x\" == a", "column 1 ", "the name of a field"},
        {"! a == 1", "column 1 ", "not before"},
        {"a == 1; drop table record", "column 7 ", "no meaning"},
        {"a == \"\xff\"", "column ", "UTF-8"},
        {"not", "column 4 ", "the name of a field"},
        {")", "column 1 ", "the name of a field"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        err e = {0};
        condition c = {0};
        assert_false(where_compile(ROWS[i].text, &c, &e));
        assert_int_equal(e.code, ERR_USAGE);
        if (strncmp(e.where, ROWS[i].where, strlen(ROWS[i].where)) != 0 ||
            !strstr(e.message, ROWS[i].says))
            fail_msg("%s: %s at %s", ROWS[i].text, e.message, e.where);
    }
}

static void values_and_names_never_reach_the_sql_text(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "zyx1 == \"zyx'); drop table record; --\"", "zyx1.zyx2 in [\"zyx\", 'zyx']",
        "zyx contains 'zyx' and has zyx",           "id == 'zyx' or not (kind == 'zyx')",
        "zyx >= 98765 and zyx != -98765.5",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        err e = {0};
        condition c = {0};
        assert_true(where_compile(TEXTS[i], &c, &e));
        assert_null(strstr(buf_text(&c.sql), "zyx"));
        assert_null(strstr(buf_text(&c.sql), "98765"));
        where_free(&c);
    }
}

static char *repeat(const char *front, const char *part, int times, const char *back)
{
    buf b = {0};
    buf_str(&b, front);
    for (int i = 0; i < times; i++)
        buf_str(&b, part);
    buf_str(&b, back);
    return buf_take(&b);
}

static void what_is_too_deep_or_too_long_is_refused_without_a_crash(void **state)
{
    (void)state;
    char *const TEXTS[] = {
        repeat("", "(", 100000, "a == 1"),         repeat("", "not ", 100000, "a == 1"),
        repeat("a == 1", " and a == 1", 5000, ""), repeat("a == 1", " or a == 1", 1000, ""),
        repeat("a in [1", ", 1", 30000, "]"),      repeat("", "a", 1000, " == 1"),
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        err e = {0};
        condition c = {0};
        assert_false(where_compile(TEXTS[i], &c, &e));
        assert_int_equal(e.code, ERR_USAGE);
        free(TEXTS[i]);
    }
}

/* Whatever is typed is either refused with a message or is SQL that runs. */
static void random_words_are_refused_or_run(void **state)
{
    fixture *f = *state;
    static const char *const WORDS[] = {"a == 5",
                                        "b.c != 'x'",
                                        "id >= \"\"",
                                        "has b",
                                        "a in [1, 'x', true]",
                                        "b contains '\\''",
                                        "kind == null",
                                        "version > -1.5",
                                        "a == true",
                                        "and",
                                        "or",
                                        "and",
                                        "or",
                                        "not",
                                        "(",
                                        ")",
                                        "a",
                                        "==",
                                        "[",
                                        "'x'",
                                        "contains",
                                        "."};
    unsigned seed = (unsigned)time(NULL);
    printf("seed %u\n", seed);
    put_json(f->st, "demand/a", "{\"a\":5,\"b\":{\"c\":[\"x\"]}}", NULL);
    int ran = 0;
    for (int i = 0; i < 20000; i++) {
        buf text = {0};
        for (int n = rand_r(&seed) % 9; n >= 0; n--)
            buf_fmt(&text, "%s ", WORDS[(size_t)rand_r(&seed) % (sizeof WORDS / sizeof WORDS[0])]);
        err e = {0};
        int64_t count = 0;
        selection s = {.kind = "demand", .where = buf_text(&text), .limit = -1};
        bool ok = store_count(f->st, &s, &count, &e);
        if (!ok && e.code != ERR_USAGE)
            fail_msg("%s: %s", buf_text(&text), e.message);
        ran += ok;
        buf_free(&text);
    }
    assert_true(ran > 50);
}

static void paths_are_made_of_the_parts_of_a_name(void **state)
{
    (void)state;
    char *path = NULL;
    assert_true(where_path("budget.amount", &path));
    assert_string_equal(path, "$.\"budget\".\"amount\"");
    free(path);
    static const char *const BAD[] = {"", ".", "a.", ".a", "a..b", "a\"b", "a[0]"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_false(where_path(BAD[i], &path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mistake_is_named_with_its_column_and_what_was_expected),
        cmocka_unit_test(values_and_names_never_reach_the_sql_text),
        cmocka_unit_test(what_is_too_deep_or_too_long_is_refused_without_a_crash),
        cmocka_unit_test_setup_teardown(random_words_are_refused_or_run, setup, teardown),
        cmocka_unit_test(paths_are_made_of_the_parts_of_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
