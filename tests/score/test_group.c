/* Rows that look the same through some of their cells, and those that don't. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "packed.h"
#include "score/group.h"

static value read(const char *json)
{
    value v = value_nil();
    err e = {0};
    if (!json_read(json, strlen(json), "test", &v, &e))
        fail_msg("%s", e.message);
    return v;
}

/* Takes `list` over. */
static rows *rows_of(value list)
{
    rows *r = rows_new();
    assert_true(rows_add(r, packed(&list), value_len(&list), NULL));
    value_free(&list);
    return r;
}

static void rows_are_the_same_when_the_cells_looked_at_are(void **state)
{
    rows *r = rows_of(read("[[\"a\",1,\"x\"],[\"b\",2,\"x\"],[\"c\",1,\"y\"],[\"d\",1,\"x\"]]"));
    const size_t cells[] = {1, 2}, first[] = {2};
    uint32_t group[4];
    (void)state;
    group_rows(r, cells, 2, group);
    const uint32_t by_both[] = {0, 1, 2, 0};
    assert_memory_equal(group, by_both, sizeof group);
    group_rows(r, first, 1, group);
    const uint32_t by_one[] = {0, 0, 2, 0};
    assert_memory_equal(group, by_one, sizeof group);
    group_rows(r, NULL, 0, group);
    const uint32_t by_none[] = {0, 0, 0, 0};
    assert_memory_equal(group, by_none, sizeof group);
    rows_free(r);
}

static void what_lua_could_tell_apart_is_apart(void **state)
{
    value list = read("[[null],[\"\"],[[]],[[\"a\",\"b\"]],[[\"b\",\"a\"]],[[\"a\",\"b\"]],["
                      "true],[1],[\"1\"],[{\"a\":1}],"
                      "[{\"b\":1}],[{\"a\":1}],[1.5]]");
    const size_t cells[] = {0};
    uint32_t group[14];
    (void)state;
    value_push(value_push(&list, value_list()), value_double(1));
    rows *r = rows_of(list);
    group_rows(r, cells, 1, group);
    const uint32_t expected[] = {0, 1, 2, 3, 4, 3, 6, 7, 8, 9, 10, 9, 12, 13};
    assert_memory_equal(group, expected, sizeof group);
    rows_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_the_same_when_the_cells_looked_at_are),
        cmocka_unit_test(what_lua_could_tell_apart_is_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
