/* Rankings put together, against rankings made of all, at random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "engine/merge.h"
#include "quoted.h"

enum { IDS = 40, SCORES = 6, ROUNDS = 20000 };

/* A solution: is it there, does it pass the gates, and how does it score (SCORES: no rule applied)?
 * Few different scores, so that many are tied. */
typedef struct solution {
    bool there, passes;
    int score;
} solution;

static uint64_t dice;

static int roll(int sides)
{
    return (int)(chance_next(&dice) % (uint64_t)sides);
}

static solution any_solution(void)
{
    return (solution){.there = roll(5) > 0, .passes = roll(4) > 0, .score = roll(SCORES + 1)};
}

static bool is_before(const solution *all, int a, int b)
{
    int x = all[a].score, y = all[b].score;
    if (x == SCORES || y == SCORES)
        return x == y ? a < b : y == SCORES;
    return x != y ? x > y : a < b;
}

static value score_of(const solution *s)
{
    return s->score == SCORES ? value_nil() : value_double(10.0 * s->score);
}

static const char *id_of(int i)
{
    static char id[32];
    snprintf(id, sizeof id, "solution/%02d", i);
    return id;
}

static void add_item(value *ranking, const solution *all, int i)
{
    char said[80];
    value score = score_of(&all[i]);
    if (value_is(&score, VALUE_NIL))
        snprintf(said, sizeof said, "[null,0,[],null]");
    else
        snprintf(said, sizeof said, "[%d,1,[['points',1,'of %d']],null]", 10 * all[i].score, i);
    value_push((value *)value_get(ranking, "items"), read_item(id_of(i), said));
}

static void add_reserve(value *ranking, const solution *all, int i)
{
    value *pair = value_push((value *)value_get(ranking, "reserve"), value_list());
    value_push(pair, value_text(id_of(i)));
    value_push(pair, score_of(&all[i]));
}

static bool is_below(const solution *s, double score)
{
    return s->score < SCORES && 10.0 * s->score < score;
}

/* What a worker tells of those in `which` (NULL: all): reasons for the best `top` that score at
 * least `floor`. Of those below `least` it tells some. */
static value ranking_of(const solution *all, const bool *which, int top, int reserve, double floor,
                        double least)
{
    int order[IDS], len = 0, scored = 0, excluded = 0;
    for (int i = 0; i < IDS; i++) {
        if (!all[i].there || (which && !which[i]))
            continue;
        scored += all[i].passes;
        excluded += !all[i].passes;
        if (!all[i].passes || (is_below(&all[i], least) && roll(4)))
            continue;
        int at = len++;
        for (; at > 0 && is_before(all, i, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    value ranking = value_map();
    value_add(&ranking, "items", value_list());
    value_add(&ranking, "reserve", value_list());
    value_add(&ranking, "scored", value_int(scored));
    value_add(&ranking, "excluded", value_int(excluded));
    bool above = true;
    for (int i = 0; i < len && i < top + reserve; i++) {
        const solution *s = &all[order[i]];
        above = above && i < top && !is_below(s, floor);
        if (above)
            add_item(&ranking, all, order[i]);
        else
            add_reserve(&ranking, all, order[i]);
    }
    return ranking;
}

typedef struct change {
    solution before[IDS], after[IDS];
    bool news[IDS];
    texts ids;
    merge_news told;
    int64_t gone_passed;
} change;

static void make_change(change *c, int among)
{
    *c = (change){0};
    for (int i = 0; i < IDS; i++) {
        c->before[i] = c->after[i] = any_solution();
        c->news[i] = roll(among) == 0;
        if (!c->news[i])
            continue;
        if (roll(4)) /* else it is looked at though nothing changed */
            c->after[i] = any_solution();
        texts_add(&c->ids, id_of(i));
        c->told.gone += c->before[i].there;
        c->told.ranked += c->after[i].there;
        c->gone_passed += c->before[i].there && c->before[i].passes;
    }
    c->told.ids = &c->ids;
}

/* Every place that is told is right, and the reserve has nothing left out. */
static void check_same(const value *merged, const value *all, int top)
{
    assert_true(value_equal(value_get(merged, "items"), value_get(all, "items")));
    assert_int_equal(value_get_int(merged, "scored", -1), value_get_int(all, "scored", -2));
    assert_int_equal(value_get_int(merged, "excluded", -1), value_get_int(all, "excluded", -2));
    const value *some = value_get(merged, "reserve"), *more = value_get(all, "reserve");
    for (size_t i = 0; i < value_len(some); i++)
        assert_true(value_equal(value_at(some, i), value_at(more, i)));
    assert_true((int64_t)(value_len(value_get(merged, "items"))) <= top);
}

static bool one_round(int among, int top, int reserve)
{
    change c;
    make_change(&c, among);
    value kept = ranking_of(c.before, NULL, top, reserve, -1, -1);
    double floor = merge_floor(&kept, &c.ids, top), least = roll(2) ? merge_least(&kept) : -1;
    value fresh = ranking_of(c.after, c.news, top, reserve, floor, least);
    value all = ranking_of(c.after, NULL, top, IDS, -1, -1);
    value_add(&fresh, "gone", value_int(c.gone_passed));
    bool known = merge_ranking(&kept, &fresh, &c.told, top, reserve);
    if (known)
        check_same(&kept, &all, top);
    value_free(&kept);
    value_free(&fresh);
    value_free(&all);
    texts_free(&c.ids);
    return known;
}

static void what_is_put_together_is_what_all_would_give(void **state)
{
    (void)state;
    int known = 0;
    for (int i = 0; i < ROUNDS; i++)
        known += one_round(2 + roll(12), 1 + roll(12), roll(8));
    assert_in_range(known, ROUNDS / 4, ROUNDS - 1); /* both happen */
}

static void with_a_large_reserve_little_is_unknown(void **state)
{
    (void)state;
    int known = 0;
    for (int i = 0; i < ROUNDS / 10; i++)
        known += one_round(20, 3, 20);
    assert_in_range(known, ROUNDS / 10 * 6 / 10, ROUNDS / 10);
}

static void those_that_may_leave_are_counted(void **state)
{
    (void)state;
    solution all[IDS] = {{0}};
    texts ids = {0};
    for (int i = 0; i < 5; i++)
        all[i] = (solution){.there = true, .passes = true, .score = 5 - i};
    value kept = ranking_of(all, NULL, 3, 1, -1, -1);
    texts_add(&ids, id_of(0));
    texts_add(&ids, id_of(2));
    texts_add(&ids, id_of(4));
    assert_int_equal(merge_lost(&kept, &ids), 2);
    assert_true(merge_among(&ids, id_of(4)));
    assert_false(merge_among(&ids, id_of(3)));
    assert_true(merge_floor(&kept, &ids, 2) == 20);
    assert_true(merge_least(&kept) == 20);
    texts_free(&ids);
    value_free(&kept);
}

/* What a worker says may not be so: one more than is scored, and of it no reasons. */
static void a_place_without_reasons_is_never_among_the_best(void **state)
{
    (void)state;
    solution all[IDS] = {{0}};
    texts ids = {0};
    for (int i = 0; i < 3; i++)
        all[i] = (solution){.there = true, .passes = true, .score = 5 - i};
    value kept = ranking_of(all, NULL, 10, 1, -1, -1);
    value fresh = read_quoted("{'items':[],'reserve':[['solution/30',null]],'scored':0,'gone':0}");
    texts_add(&ids, id_of(30));
    const merge_news news = {.ids = &ids, .ranked = 1};
    assert_false(merge_ranking(&kept, &fresh, &news, 10, 1));
    texts_free(&ids);
    value_free(&kept);
    value_free(&fresh);
}

static int seed(void **state)
{
    (void)state;
    dice = 7;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_is_put_together_is_what_all_would_give, seed),
        cmocka_unit_test_setup(with_a_large_reserve_little_is_unknown, seed),
        cmocka_unit_test(those_that_may_leave_are_counted),
        cmocka_unit_test(a_place_without_reasons_is_never_among_the_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
