/* scorecard.h: a scorecard with all it extends, made into a plan: gates, rules, weights, and the
 * fields that they need. Floor: engine. */
#ifndef POLDER_ENGINE_SCORECARD_H
#define POLDER_ENGINE_SCORECARD_H

#include <stddef.h>

#include "base/err.h"
#include "base/value.h"
#include "engine/stage.h"
#include "host/registry.h"

/* The two roles of a match and the kinds that play them. */
#define ROLE_DEMAND   "demand"
#define ROLE_SOLUTION "solution"

typedef struct plan_rule {
    const contribution *from; /* borrowed from the registry */
    bool gate;
    double weight, max;
    size_t plugin;    /* index into plan.plugins */
    bool skip;        /* it ended a worker: failed for all pairs */
    char reason[512]; /* why, when skipped */
    char where[128];
} plan_rule;

typedef struct plan {
    const contribution *card;
    plan_rule *rules; /* gates first, each in the order they were named, the extended card's before
                         its own */
    size_t len;
    value plugins; /* list of names: whose code is needed */
    value solution_fields,
        demand_fields; /* list of names; field i stands in cell i + 1 of a row, the id in cell 0 */
} plan;

/* `name`: full, or alone where one plugin has it. Errors name the scorecard's file:line. */
bool plan_make(const registry *r, const char *name, plan *out, err *e);
/* The same on a stage: what is not there because its plugin failed is said so. */
bool plan_for(const stage *on, const char *name, plan *out, err *e);
/* The scorecard that this one extends; NULL when it extends none, or, with *e set, when that isn't
 * there. */
const contribution *plan_extends(const registry *r, const contribution *card, err *e);
/* Marks the rules of a list of {rule, reason, where} as skipped; NULL: none. */
void plan_stop(plan *p, const value *stopped);
void plan_free(plan *p);
size_t plan_rules(const plan *p); /* that give points: all but the gates */
/* Has the plugin (an index into plan.plugins) a rule in Lua that is not skipped? Only then it is
 * loaded. */
bool plan_needs(const plan *p, size_t plugin);

/* The frame that card.h of the scoring floor reads. Owned by the caller. */
value plan_frame(const plan *p, const registry *r, uint64_t seed);

#endif
