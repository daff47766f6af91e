#include "host/dispatch_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host/broker.h"

bool dispatch_comes_after(const contribution *c, const contribution *other)
{
    const value *globs = value_get(c->spec, "after");
    for (size_t i = 0; c != other && i < value_len(globs); i++)
        if (text_glob(value_str(value_at(globs, i), ""), other->full))
            return true;
    return false;
}

/* Does it come after one that still waits for its turn? */
static bool is_held(const contribution *c, const contribution *const *left, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (left[i] && dispatch_comes_after(c, left[i]))
            return true;
    return false;
}

static size_t next_of(const contribution *const *left, size_t count)
{
    size_t first = count;
    for (size_t i = 0; i < count; i++) {
        if (!left[i])
            continue;
        if (!is_held(left[i], left, count))
            return i;
        first = first == count ? i : first;
    }
    return first; /* they wait for each other in a circle */
}

size_t dispatch_order(host *h, handler_turn **out)
{
    const registry *r = host_registry(h);
    const contribution **left = mem_zero(registry_len(r) + 1, sizeof *left);
    size_t count = 0, done = 0;
    for (size_t i = 0; i < registry_len(r); i++)
        if (strcmp(registry_at(r, i)->type, "handler") == 0)
            left[count++] = registry_at(r, i);
    handler_turn *turns = mem_zero(count + 1, sizeof *turns);
    for (size_t at; (at = next_of(left, count)) < count; left[at] = NULL) {
        turns[done].c = left[at];
        turns[done++].plugin = plugin_find(host_plugins(h), left[at]->plugin, NULL);
    }
    free(left);
    *out = turns;
    return count;
}

typedef struct circle {
    const registry *all;
    const contribution *start;
    bool *seen;                /* by place in the registry */
    const contribution **path; /* from `start` on */
    size_t len;
} circle;

/* Goes on from the last of the path; whether that came back to its start. */
static bool comes_back(circle *c)
{
    const contribution *last = c->path[c->len - 1];
    if (c->len > 1 && dispatch_comes_after(last, c->start))
        return true;
    for (size_t i = 0; i < registry_len(c->all); i++) {
        const contribution *next = registry_at(c->all, i);
        if (c->seen[i] || strcmp(next->type, "handler") != 0 || !dispatch_comes_after(last, next))
            continue;
        c->seen[i] = true;
        c->path[c->len++] = next;
        if (comes_back(c))
            return true;
        c->len--;
    }
    return false;
}

bool dispatch_circle(const registry *r, const char *plugin, buf *out)
{
    circle c = {.all = r};
    bool found = false;
    c.seen = mem_zero(registry_len(r) + 1, sizeof *c.seen);
    c.path = mem_zero(registry_len(r) + 1, sizeof *c.path);
    for (size_t i = 0; !found && i < registry_len(r); i++) {
        c.start = registry_at(r, i);
        if (strcmp(c.start->type, "handler") != 0 || strcmp(c.start->plugin, plugin) != 0)
            continue;
        memset(c.seen, 0, registry_len(r) * sizeof *c.seen);
        c.seen[i] = true;
        c.path[0] = c.start;
        c.len = 1;
        found = comes_back(&c);
    }
    for (size_t i = 0; found && i < c.len; i++)
        buf_fmt(out, "%s%s", c.path[i]->full, i ? ", which is after " : " is after ");
    if (found)
        buf_str(out, c.start->full);
    free(c.seen);
    free(c.path);
    return found;
}

bool dispatch_wants(const contribution *c, const plugin *p, const value *event)
{
    const char *type = value_get_str(event, "type", "");
    const char *kind = value_get_str(event, "kind", NULL);
    const char *only = value_get_str(c->spec, "kind", NULL);
    if (!text_glob(value_get_str(c->spec, "event", ""), type))
        return false;
    if (only && (!kind || strcmp(kind, only) != 0))
        return false;
    /* The event of a record holds its fields. */
    return strncmp(type, "record.", 7) != 0 || (kind && broker_may(p, "read", kind));
}
