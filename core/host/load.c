/* Loading: each plugin in a worker of its own; what it contributes comes in whole, or not at all.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "host/broker.h"
#include "host/config.h"
#include "host/declared.h"
#include "host/host_in.h"
#include "host/load_kept.h"
#include "host/loop.h"
#include "host/manifest.h"
#include "host/task.h"

enum { LOAD_MS = 500 };

static int64_t capability(const plugin *p, const char *name, int64_t otherwise)
{
    return value_get_int(value_get(&p->manifest, "capabilities"), name, otherwise);
}

value host_load_frame(const plugin *p, uint32_t number, const char *today)
{
    value frame = value_map(), plugin = value_map();
    value_add(&plugin, "name", value_text(p->name));
    value_add(&plugin, "version", value_text(value_get_str(&p->manifest, "version", "")));
    value_add(&plugin, "main", value_text(value_get_str(&p->manifest, "main", "init.lua")));
    value_add(&plugin, "files", value_copy(&p->files));
    value_add(&plugin, "settings", value_copy(&p->settings));
    value_add(&plugin, "memory_mb", value_int(capability(p, "memory_mb", MANIFEST_MEMORY_MB)));
    value_add(&frame, "op", value_text("load"));
    value_add(&frame, "number", value_int(number));
    value_add(&frame, "today", value_text(today));
    value_add(&frame, "plugin", plugin);
    return frame;
}

void host_load_task(task *t, const plugin *p, const char *today)
{
    memset(t, 0, sizeof *t);
    t->plugin = p->name;
    t->limits.call_ms = LOAD_MS;
    t->limits.memory_mb = capability(p, "memory_mb", MANIFEST_MEMORY_MB);
    t->frames[0] = host_load_frame(p, 1, today);
}

static void fail(plugin *p, const err *why)
{
    p->state = PLUGIN_FAILED;
    p->error = *why;
    if (strncmp(p->error.where, p->name, strlen(p->name)) != 0 || !p->error.where[0])
        err_prefix(&p->error, "plugin %s %s: ", p->name,
                   value_get_str(&p->manifest, "version", "?"));
}

/* A handler or check of a kind that its plugin may not read could never be called. */
static bool check_kinds(const plugin *p, const value *contributions, err *e)
{
    for (size_t i = 0; i < value_len(contributions); i++) {
        const value *c = value_at(contributions, i);
        const char *type = value_get_str(c, "type", "");
        const char *kind = value_get_str(value_get(c, "spec"), "kind", NULL);
        if ((strcmp(type, "handler") != 0 && strcmp(type, "check") != 0) || !kind ||
            broker_may(p, "read", kind))
            continue;
        err_set(e, ERR_NOT_ALLOWED,
                "the %s \"%s\" is for records of kind %s, which it may not read", type,
                value_get_str(c, "name", ""), kind);
        err_where(e, "%s/%s:%d", p->name, value_get_str(c, "file", ""),
                  (int)value_get_int(c, "line", 0));
        return err_hint(
            e, "plugin.json asks for it: \"capabilities\": {\"records\": {\"read\": [\"%s\"]}}",
            kind);
    }
    return true;
}

static void register_one(host *h, plugin *p, task *t)
{
    value contributions = value_take(&t->answer, "contributions");
    err why = t->error;
    if (why.code == ERR_NONE && check_kinds(p, &contributions, &why) &&
        registry_add(h->registry, p->name, &contributions, &why)) {
        p->state = PLUGIN_ENABLED;
        p->contributions = value_len(&contributions);
    } else {
        fail(p, &why);
    }
    value_free(&contributions);
}

static bool is_due(const host *h, const plugin *p)
{
    const value *needs = value_get(&p->manifest, "requires");
    for (size_t i = 0; i < value_len(needs); i++) {
        const plugin *other = plugin_find(&h->plugins, needs->as.map.items[i].key, NULL);
        if (other && other != p && other->state == PLUGIN_FOUND)
            return false;
    }
    return true;
}

/* Where two declare one kind, the first has it: what a plugin requires comes before it, and bundled
 * plugins before the workspace's, whatever their names. `count`: all have been. */
static size_t next_to_register(const host *h, plugin *const *whose, size_t count)
{
    size_t own = count, left = count;
    for (size_t i = 0; i < count; i++) {
        if (whose[i]->state != PLUGIN_FOUND)
            continue;
        bool due = is_due(h, whose[i]);
        if (due && whose[i]->bundled)
            return i;
        own = due && own == count ? i : own;
        left = left == count ? i : left; /* they require each other in a circle */
    }
    return own < count ? own : left;
}

static bool requirement_met(const host *h, const value_entry *need, err *e)
{
    const plugin *other = plugin_find(&h->plugins, need->key, e);
    const char *range = value_str(&need->value, "*");
    if (!other)
        return err_prefix(e, "requires %s: ", need->key);
    const char *version = value_get_str(&other->manifest, "version", "");
    if (other->state != PLUGIN_ENABLED)
        return err_set(e, ERR_UNAVAILABLE, "waits for %s, which %s%s%s", need->key,
                       other->state == PLUGIN_FAILED ? "failed" : "is disabled",
                       other->error.message[0] ? ": " : "", other->error.message);
    if (!manifest_version_fits(version, range))
        return err_set(e, ERR_BAD_DATA, "requires %s %s, found %s", need->key, range, version);
    return true;
}

/* One plugin left out can leave out others, which can leave out more. */
static void check_requirements(host *h)
{
    bool again = true;
    while (again) {
        again = false;
        for (size_t i = 0; i < h->plugins.len; i++) {
            plugin *p = &h->plugins.items[i];
            const value *needs = value_get(&p->manifest, "requires");
            for (size_t n = 0; p->state == PLUGIN_ENABLED && n < value_len(needs); n++) {
                err why = {0};
                if (requirement_met(h, &needs->as.map.items[n], &why))
                    continue;
                registry_drop(h->registry, p->name);
                p->contributions = 0;
                fail(p, &why);
                again = true;
            }
        }
    }
}

static bool may_keep(const task *t)
{
    return t->error.code == ERR_NONE && !t->logged;
}

/* Runs those of which nothing is known from before. */
static void run_all(host *h, plugin *const *whose, task *tasks, size_t count)
{
    load_kept kept;
    bool news = false;
    load_kept_open(&kept, h->ws, &h->plugins, h->program, h->loaded_on);
    for (size_t i = 0; i < count; i++) {
        value known = h->anew ? value_nil() : load_kept_take(&kept, whose[i]);
        if (value_is(&known, VALUE_NIL)) {
            host_load_task(&tasks[i], whose[i], h->loaded_on);
            continue;
        }
        tasks[i].answer = value_map();
        value_add(&tasks[i].answer, "contributions", known);
    }
    tasks_run(&h->loop, h->program, &h->config, tasks, count);
    for (size_t i = 0; i < count; i++)
        news = news || (tasks[i].plugin && may_keep(&tasks[i]));
    for (size_t i = 0; news && i < count; i++)
        if (may_keep(&tasks[i]))
            load_kept_add(&kept, whose[i], value_get(&tasks[i].answer, "contributions"));
    load_kept_close(&kept);
}

void host_load_anew(host *h)
{
    h->anew = true;
}

bool host_load(host *h, err *e)
{
    if (h->loaded)
        return true;
    if (!h->safe && !sandbox_enough(&h->sandbox, &h->config, e))
        return false;
    task *tasks = mem_zero(h->plugins.len + 1, sizeof *tasks);
    plugin **whose = mem_zero(h->plugins.len + 1, sizeof *whose);
    size_t count = 0;
    clock_date_text(clock_today(), h->loaded_on);
    for (size_t i = 0; i < h->plugins.len; i++)
        if (h->plugins.items[i].state == PLUGIN_FOUND)
            whose[count++] = &h->plugins.items[i];
    run_all(h, whose, tasks, count);
    for (size_t i; (i = next_to_register(h, whose, count)) < count;)
        register_one(h, whose[i], &tasks[i]);
    for (size_t i = 0; i < count; i++)
        task_free(&tasks[i]);
    free(tasks);
    free(whose);
    check_requirements(h);
    declared_offer(h);
    h->loaded = true;
    return true;
}

bool host_test_plugin(host *h, const char *name, value *out, err *e)
{
    plugin *p = plugin_find(&h->plugins, name, e);
    if (!p || !host_load(h, e)) /* the kinds of other plugins say which fields are lists */
        return false;
    if (p->state == PLUGIN_FAILED)
        return err_copy(e, &p->error);
    task t;
    host_load_task(&t, p, h->loaded_on);
    t.limits.call_ms = capability(p, "call_ms", MANIFEST_CALL_MS); /* of each case */
    t.frames[1] = value_map();
    value_add(&t.frames[1], "op", value_text("test"));
    value_add(&t.frames[1], "number", value_int(1));
    value_add(&t.frames[1], "kinds", declared_kinds(h));
    tasks_run(&h->loop, h->program, &h->config, &t, 1);
    bool ok = t.error.code == ERR_NONE;
    if (ok)
        *out = value_copy(value_get(&t.answer, "cases"));
    else
        err_copy(e, &t.error);
    task_free(&t);
    return ok;
}
