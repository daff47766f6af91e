/* Lists of who looks the same to a gate spare looks and change no ranking: against the same card
 * with a gate more, which lets all pass but keeps it from making lists. */
#include "stage.h"

enum { SOLUTIONS = 2000, TOP = 12, DEMANDS = 40 };

static const char LUA[] =
    "local polder = require 'polder'\n"
    "polder.rule { name = 'even', on = 'solution', needs = { solution = { 'trl' } },\n"
    "  gate = function(s) return s.trl ~= 4, 'four' end }\n"
    "polder.rule { name = 'shaky', on = 'pair', needs = { solution = { 'trl' } },\n"
    "  gate = function(s) if s.trl == 7 then error('seven') end return s.trl ~= 8 end }\n"
    "polder.rule { name = 'any', on = 'demand', gate = function() return true end }\n";

static const char GATES[] =
    "{'name':'test/ready','measure':{'kind':'number','a':{'side':'solution','field':'trl'},"
    "'at_least':{'side':'demand','field':'least'}}},"
    "{'name':'test/there','measure':{'kind':'member','a':{'side':'solution','field':'region'},"
    "'b':{'side':'demand','field':'regions'}}},"
    "{'name':'test/even','on':'solution'},{'name':'test/shaky'}";

static const char RULE[] =
    ",{'name':'test/text','measure':{'kind':'text','query':[{'side':'demand','field':'text'}],"
    "'document':[{'side':'solution','field':'text'}],'full':0.5}}";

static value column(const char *name, int at)
{
    value c = value_map();
    value_add(&c, "at", value_int(at));
    value_add(&c, "name", value_text(name));
    return c;
}

static value card_rules(bool lists)
{
    static const char *const FIELDS[] = {"trl", "region", "text"};
    buf text = {0};
    buf_fmt(&text, "[%s%s%s]", GATES, lists ? "" : ",{'name':'test/any','on':'demand'}", RULE);
    value rules = quoted(buf_text(&text));
    buf_free(&text);
    for (size_t i = 0; i < value_len(&rules); i++) {
        value *r = &rules.as.list.items[i];
        const char *name = value_get_str(r, "name", "");
        bool gate = !strstr(name, "text");
        value solution = value_list(), demand = value_list();
        int at = strstr(name, "there") ? 2 : strstr(name, "text") ? 3 : 1;
        value_push(&solution, column(FIELDS[at - 1], at));
        value_push(&demand, column("least", 1));
        value_push(&demand, column("regions", 2));
        value_push(&demand, column("text", 3));
        if (!value_get(r, "on"))
            value_add(r, "on", value_text("pair"));
        value_add(r, "plugin", value_int(0));
        value_add(r, "number", value_int((int64_t)i + 1));
        value_add(r, "gate", value_bool(gate));
        value_add(r, "weight", value_double(1));
        value_add(r, "max", value_double(gate ? 0 : 10));
        value_add(r, "solution", solution);
        value_add(r, "demand", demand);
    }
    return rules;
}

static void add_words(buf *out)
{
    static const char *const WORDS[] = {"zarkob", "lumix", "teplor", "qorvan", "mibdux", "fesnoi"};
    for (int i = 0; i < 4; i++)
        buf_fmt(out, "%s%s", i ? " " : "", WORDS[random() % 6]);
}

static value rows_at_random(void)
{
    buf text = {0};
    buf_str(&text, "[");
    for (int i = 0; i < SOLUTIONS; i++) {
        buf_fmt(&text, "%s['s/%05d',%d,", i ? "," : "", i, (int)(1 + random() % 9));
        if (random() % 20)
            buf_fmt(&text, "'NL%d','", (int)(random() % 12));
        else
            buf_str(&text, "null,'");
        add_words(&text);
        buf_str(&text, "']");
    }
    buf_str(&text, "]");
    value rows = quoted(buf_text(&text));
    buf_free(&text);
    return rows;
}

static void demand_at_random(buf *out)
{
    buf_clear(out);
    buf_fmt(out, "['d/1',%d,", (int)(1 + random() % 9));
    if (random() % 4)
        buf_fmt(out, "['NL%d','NL%d']", (int)(random() % 12), (int)(random() % 12));
    else
        buf_str(out, "null");
    buf_str(out, ",'");
    add_words(out);
    buf_str(out, "']");
}

static int64_t ask_planned(stage *s, const char *demand)
{
    value row = quoted(demand);
    err e = {0};
    int64_t unseen = 0;
    card_request r = {.demand = &row, .top = TOP, .only = -1, .plan = true};
    value_free(&s->items);
    s->items = value_list();
    if (!card_run(s->card, &r, take_part, s, &e))
        fail_msg("%s", e.message);
    value_free(&row);
    const value *steps = value_get(&s->done, "steps");
    for (size_t i = 0; i < value_len(steps); i++)
        unseen += value_as_int(value_at(value_at(steps, i), WIRE_STEP_UNSEEN), 0);
    return unseen;
}

static void assert_same(const stage *a, const stage *b)
{
    static const char *const KEYS[] = {"scored", "excluded", "failures"};
    assert_true(value_equal(&a->items, &b->items));
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        assert_true(value_equal(value_get(&a->done, KEYS[i]), value_get(&b->done, KEYS[i])));
}

static void lists_spare_looks_and_change_nothing(void **state)
{
    buf demand = {0};
    int64_t unseen = 0;
    (void)state;
    srandom(20261130);
    value rows = rows_at_random();
    stage *listed = stage_of(LUA, card_rules(true), value_copy(&rows)),
          *plain = stage_of(LUA, card_rules(false), rows);
    for (int i = 0; i < DEMANDS; i++) {
        demand_at_random(&demand);
        unseen += ask_planned(listed, buf_text(&demand));
        assert_int_equal(ask_planned(plain, buf_text(&demand)), 0);
        assert_same(listed, plain);
    }
    assert_true(unseen > DEMANDS * SOLUTIONS / 4);
    buf_free(&demand);
    stage_close(listed);
    stage_close(plain);
}

/* Texts are then held against these few alone. */
static void the_few_that_pass_get_what_they_get_one_by_one(void **state)
{
    (void)state;
    srandom(7);
    stage *s = stage_of(LUA, card_rules(true), rows_at_random());
    run(s, "['d/1',9,['NL3'],'zarkob lumix teplor']", TOP, -1);
    value items = value_copy(&s->items);
    assert_in_range(value_len(&items), 1, TOP);
    for (size_t i = 0; i < value_len(&items); i++) {
        const value *item = value_at(&items, i);
        run(s, "['d/1',9,['NL3'],'zarkob lumix teplor']", TOP, value_get_int(item, "solution", -1));
        assert_true(
            value_equal(value_get(item, "score"), value_get(value_at(&s->items, 0), "score")));
    }
    value_free(&items);
    stage_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_spare_looks_and_change_nothing),
        cmocka_unit_test(the_few_that_pass_get_what_they_get_one_by_one),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
