/* What libpolder refuses before it starts anything. tests/embed/ is a whole program on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <string.h>

#include "../host/folder.h"
#include "host/workspace.h"
#include "polder.h"

static polder *open_new(char **folder)
{
    err e = {0};
    *folder = folder_new();
    assert_true(workspace_init(*folder, &e));
    polder *p = polder_open(*folder, "test", NULL);
    assert_non_null(p);
    return p;
}

static void match_options_that_are_wrong_are_refused(void **state)
{
    (void)state;
    static const polder_match_options WRONG[] = {
        {.scorecard = "partnership/text"},
        {.size = sizeof(polder_match_options)},
        {.size = sizeof(polder_match_options), .scorecard = "partnership/text", .workers = -1},
        {.size = sizeof(polder_match_options), .scorecard = "partnership/text", .workers = 257},
        {.size = sizeof(polder_match_options), .scorecard = "partnership/text", .workers = INT_MAX},
    };
    char *folder;
    polder *p = open_new(&folder);
    polder_error *e = polder_error_new();
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        assert_null(polder_match(p, &WRONG[i], e));
        assert_string_equal(polder_error_code(e), "usage");
        assert_null(polder_match(p, &WRONG[i], NULL));
    }
    assert_null(polder_match(p, NULL, e));
    assert_string_equal(polder_error_code(e), "usage");
    polder_error_free(e);
    polder_close(p);
    folder_free(folder);
}

static void every_call_fails_also_for_those_who_do_not_ask_why(void **state)
{
    (void)state;
    char *folder;
    polder *p = open_new(&folder);
    assert_null(polder_open("/nowhere", NULL, NULL));
    assert_null(polder_get(p, "solution/none", NULL));
    assert_null(polder_get(p, "no id", NULL));
    assert_false(polder_put(p, "solution/a", "[1]", NULL, NULL, NULL, NULL, NULL));
    assert_false(polder_put(p, "solution/a", "{", NULL, NULL, NULL, NULL, NULL));
    assert_false(polder_put(p, "solution/a", "{\"x\":1}", "source/none", NULL, NULL, NULL, NULL));
    const polder_query_options broken = {
        .size = sizeof broken, .kind = "solution", .where = "x =="};
    assert_false(polder_query(p, &broken, NULL, NULL, NULL, NULL));
    assert_false(polder_search(p, NULL, NULL, NULL, NULL, NULL));
    assert_false(polder_delete(p, "solution/none", NULL, NULL));
    assert_false(polder_emit(p, "harbour.closed", "", NULL, NULL));
    assert_false(polder_check(p, "No Name", NULL, NULL, NULL, NULL));
    assert_null(polder_subscribe(p, NULL, NULL, NULL, NULL, NULL));
    polder_close(p);
    folder_free(folder);
}

static void an_error_tells_of_the_last_call_only(void **state)
{
    (void)state;
    char *folder;
    polder *p = open_new(&folder);
    polder_error *e = polder_error_new();
    polder_outcome outcome = POLDER_SAME;
    assert_null(polder_get(p, "solution/none", e));
    assert_string_equal(polder_error_code(e), "not_found");
    assert_int_equal(polder_error_exit(e), 4);
    assert_true(polder_put(p, "thing/a", "{\"x\":1}", NULL, NULL, &outcome, NULL, e));
    assert_int_equal(outcome, POLDER_CREATED);
    assert_string_equal(polder_error_code(e), "none");
    assert_string_equal(polder_error_message(e), "");
    polder_error_free(e);
    polder_close(p);
    folder_free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(match_options_that_are_wrong_are_refused),
        cmocka_unit_test(every_call_fails_also_for_those_who_do_not_ask_why),
        cmocka_unit_test(an_error_tells_of_the_last_call_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
