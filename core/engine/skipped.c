#include "engine/skipped.h"

#include <stdio.h>

enum { DEATHS_MOST = 5 /* of one plugin's rules in a match */ };

void skip_rule(plan_rule *r, const char *reason, const char *where)
{
    if (r->skip)
        return;
    r->skip = true;
    snprintf(r->reason, sizeof r->reason, "%s", reason);
    snprintf(r->where, sizeof r->where, "%s", where);
}

void skip_plugin(plan *p, size_t plugin, const char *reason, const char *where)
{
    for (size_t i = 0; i < p->len; i++)
        if (p->rules[i].plugin == plugin)
            skip_rule(&p->rules[i], reason, where);
}

static int skipped_of(const plan *p, size_t plugin)
{
    int count = 0;
    for (size_t i = 0; i < p->len; i++)
        count += p->rules[i].skip && p->rules[i].plugin == plugin;
    return count;
}

void skip_stopped(plan *p, size_t rule, const char *reason, const char *where)
{
    plan_rule *r = &p->rules[rule];
    skip_rule(r, reason, where);
    if (skipped_of(p, r->plugin) >= DEATHS_MOST) {
        char with[160];
        snprintf(with, sizeof with,
                 "not asked any more: %d rules of plugin %.64s had to be stopped", DEATHS_MOST,
                 r->from->plugin);
        skip_plugin(p, r->plugin, with, "");
    }
}

void skip_unloaded(plan *p, size_t plugin, const char *reason, const char *where)
{
    char while_loading[240];
    snprintf(while_loading, sizeof while_loading, "while the plugin was loaded: %s", reason);
    skip_plugin(p, plugin, while_loading, where);
}

bool skip_any(const plan *p)
{
    for (size_t i = 0; i < p->len; i++)
        if (p->rules[i].skip)
            return true;
    return false;
}
