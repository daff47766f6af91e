/* own_plan.h: a plan of one gate and two rules, one on pairs and one on solutions. */
#ifndef POLDER_TESTS_ENGINE_OWN_PLAN_H
#define POLDER_TESTS_ENGINE_OWN_PLAN_H

#include "engine/scorecard.h"
#include "quoted.h"

static const char CONTRIBUTIONS[] = "[{'type':'rule','name':'trl','file':'gates.lua','line':3,'"
                                    "spec':{'computes':'gate','on':'pair'}},"
                                    "{'type':'rule','name':'themes','file':'rules.lua','line':9,'"
                                    "spec':{'computes':'score','on':'pair','max':10}},"
                                    "{'type':'rule','name':'dual','file':'rules.lua','line':20,'"
                                    "spec':{'computes':'score','on':'solution','max':5}},"
                                    "{'type':'scorecard','name':'card','file':'cards.lua','line':2,"
                                    "'spec':{'gates':['trl'],'rules':{'themes':2,'dual':1}}}]";

enum { TRL, THEMES, DUAL };

typedef struct fixture {
    registry *registry;
    plan plan;
} fixture;

static inline void make(fixture *f)
{
    err e = {0};
    value list = read_quoted(CONTRIBUTIONS);
    f->registry = registry_new();
    assert_true(registry_add(f->registry, "own", &list, &e));
    assert_true(plan_make(f->registry, "card", &f->plan, &e));
    assert_int_equal(f->plan.len, 3);
    value_free(&list);
}

static inline void drop(fixture *f)
{
    plan_free(&f->plan);
    registry_free(f->registry);
}

#endif
