/* What rules in Lua said of pairs, told to the next card: the same ranking, and nobody asked. */
#include "stage.h"

enum { SOLUTIONS = 400, TOP = 10, RULES = 2 };

#define RULE(name, body)                                                                           \
    "polder.rule { name = '" name "', on = 'pair', max = 10,\n"                                    \
    "  needs = { solution = { 'a' }, demand = { 'y' } },\n"                                        \
    "  score = function(s, d, ctx) print('asked') " body " end }\n"

static const char PLAIN[] = "local polder = require 'polder' local n = 0\n" RULE(
    "few", "if s.a % 7 == 0 then return nil, 'no' end return (s.a * d.y) % 11 / 1.1")
    RULE("many", "return 10 / (1 + s.a)");

/* `few` is another, `many` the same. */
static const char CHANGED[] = "local polder = require 'polder' local n = 0\n" RULE(
    "few", "if s.a % 7 == 0 then return nil, 'no' end return (s.a * d.y) % 13 / 1.3")
    RULE("many", "return 10 / (1 + s.a)");

static const char CARD[] =
    "[{'name':'test/few','plugin':0,'number':1,'on':'pair','weight':1,'max':10,"
    "'solution':[{'at':1,'name':'a'}],'demand':[{'at':1,'name':'y'}]},"
    "{'name':'test/many','plugin':0,'number':2,'on':'pair','weight':2,'max':10,"
    "'solution':[{'at':1,'name':'a'}],'demand':[{'at':1,'name':'y'}]}]";

/* Each `a` is there once or twice. */
static stage *stage_with(const char *lua, int first)
{
    value rows = value_list();
    for (int i = first; i < first + SOLUTIONS; i++) {
        char id[20];
        value *row = value_push(&rows, value_list());
        snprintf(id, sizeof id, "s/%05d", i);
        value_push(row, value_text(id));
        value_push(row, value_int(i * 7919 % 300));
    }
    return stage_of(lua, quoted(CARD), rows);
}

static void ask(stage *s, const value *known)
{
    err e = {0};
    value row = quoted("['d/1',3]");
    card_request r = {.demand = &row, .top = TOP, .only = -1, .keep = true, .known = known};
    value_free(&s->items);
    s->items = value_list();
    s->lines = 0;
    assert_true(card_run(s->card, &r, take_part, s, &e));
    value_free(&row);
}

static const value *told(const stage *s)
{
    return value_get(&s->done, "points");
}

/* What one tells, and the ranking. */
static value points_of(const char *lua, value *ranking)
{
    stage *s = stage_with(lua, 0);
    ask(s, NULL);
    value points = value_copy(told(s));
    if (ranking)
        *ranking = value_copy(&s->items);
    stage_close(s);
    return points;
}

static void what_is_known_is_not_asked_again(void **state)
{
    (void)state;
    value ranking, points = points_of(PLAIN, &ranking);
    assert_int_equal(value_len(&points), RULES);
    stage *s = stage_with(PLAIN, 0);
    ask(s, &points);
    assert_int_equal(s->lines, RULES * TOP); /* for the reasons of those shown */
    assert_true(value_equal(&s->items, &ranking));
    assert_int_equal(value_len(told(s)), 0); /* nothing new */
    stage_close(s);
    value_free(&points);
    value_free(&ranking);
}

static void a_rule_that_changed_is_asked(void **state)
{
    (void)state;
    value points = points_of(PLAIN, NULL), ranking, again = points_of(CHANGED, &ranking);
    stage *s = stage_with(CHANGED, 0);
    ask(s, &points);
    assert_true(value_equal(&s->items, &ranking));
    assert_in_range(s->lines, RULES * TOP + 1, RULES * TOP + 300);
    assert_int_equal(value_len(told(s)), 1);
    assert_true(value_equal(value_at(told(s), 0), value_at(&again, 0)));
    stage_close(s);
    value_free(&points);
    value_free(&again);
    value_free(&ranking);
}

/* Rows 50 to 399 of the first card are 0 to 349 of the second; of 60 to 69 somebody says that they
 * changed. */
static void rows_may_stand_elsewhere_now(void **state)
{
    err e = {0};
    uint32_t now[SOLUTIONS];
    (void)state;
    for (uint32_t i = 0; i < SOLUTIONS; i++)
        now[i] = i < 50 || (i >= 60 && i < 70) ? UINT32_MAX : i - 50;
    value points = points_of(PLAIN, NULL);
    stage *whole = stage_with(PLAIN, 50), *s = stage_with(PLAIN, 50);
    ask(whole, NULL);
    assert_false(card_known_rows(s->card, (const char *)now, 3, &e));
    assert_true(card_known_rows(s->card, (const char *)now, sizeof now, &e));
    ask(s, &points);
    assert_true(value_equal(&s->items, &whole->items));
    assert_in_range(s->lines, 1, whole->lines / 2);
    assert_int_equal(value_len(told(s)), RULES); /* by their places now */
    stage *again = stage_with(PLAIN, 50);
    ask(again, told(s));
    assert_int_equal(again->lines, RULES * TOP);
    stage_close(again);
    stage_close(whole);
    stage_close(s);
    value_free(&points);
}

/* Of such nothing is told. */
static void a_rule_that_may_answer_otherwise_is_asked_each_time(void **state)
{
    static const char *const BODIES[] = {
        RULE("few", "n = n + 1 return s.a % 10"),
        RULE("few", "return math.random() * 10"),
        RULE("few", "return #ctx.today"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++) {
        char lua[2000];
        snprintf(lua, sizeof lua, "local polder = require 'polder' local n = 0\n%s%s", BODIES[i],
                 RULE("many", "return 1"));
        value points = points_of(lua, NULL);
        for (size_t k = 0; k < value_len(&points); k++)
            assert_int_equal(value_as_int(value_at(value_at(&points, k), 0), -1), 2);
        value_free(&points);
    }
}

/* `many` is the same, but the plugin now changes what it looks at. */
static void what_was_told_is_in_doubt_where_a_plugin_keeps_something(void **state)
{
    static const char THEN[] =
        "local polder = require 'polder' local n = 0\n" RULE("few", "return 1")
            RULE("many", "return n % 10");
    static const char NOW[] =
        "local polder = require 'polder' local n = 0\n" RULE("few", "n = n + 1 return 1")
            RULE("many", "return n % 10");
    (void)state;
    value points = points_of(THEN, NULL);
    stage *s = stage_with(NOW, 0);
    ask(s, &points);
    assert_string_equal(value_get_str(&s->done, "op", ""), "broken");
    stage_close(s);
    value_free(&points);
}

static void pairs_that_failed_are_asked_again(void **state)
{
    static const char LUA[] = "local polder = require 'polder'\n" RULE(
        "few", "if s.a == 8 then error('eight') end return s.a % 10") RULE("many", "return 1");
    (void)state;
    value points = points_of(LUA, NULL);
    stage *s = stage_with(LUA, 0), *first = stage_with(LUA, 0);
    ask(first, NULL);
    ask(s, &points);
    assert_int_equal(value_len(value_get(&first->done, "failures")), 1);
    assert_true(value_equal(value_get(&s->done, "failures"), value_get(&first->done, "failures")));
    stage_close(s);
    stage_close(first);
    value_free(&points);
}

/* Half of it, other bytes in it, another length: no crash, and nothing outside 0 to max. */
static void bytes_that_can_not_be_do_no_harm(void **state)
{
    (void)state;
    srandom(20261130);
    value points = points_of(PLAIN, NULL);
    for (int round = 0; round < 300; round++) {
        value spoilt = value_copy(&points);
        value *bytes = &spoilt.as.list.items[random() % RULES].as.list.items[2];
        size_t len = value_len(bytes);
        buf copy = {0};
        buf_add(&copy, value_str(bytes, ""), random() % 2 ? len : (size_t)random() % len);
        for (int i = 0; i < 3 && copy.len; i++)
            copy.data[(size_t)random() % copy.len] = (char)random();
        value_free(bytes);
        *bytes = value_bytes(buf_text(&copy), copy.len);
        stage *s = stage_with(PLAIN, 0);
        ask(s, &spoilt);
        stage_close(s);
        buf_free(&copy);
        value_free(&spoilt);
    }
    value_free(&points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_is_not_asked_again),
        cmocka_unit_test(a_rule_that_changed_is_asked),
        cmocka_unit_test(rows_may_stand_elsewhere_now),
        cmocka_unit_test(a_rule_that_may_answer_otherwise_is_asked_each_time),
        cmocka_unit_test(what_was_told_is_in_doubt_where_a_plugin_keeps_something),
        cmocka_unit_test(pairs_that_failed_are_asked_again),
        cmocka_unit_test(bytes_that_can_not_be_do_no_harm),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
