#include "host/pinned.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "host/host_in.h"
#include "host/task.h"
#include "store/plugin_source.h"

value pinned_note(const plugin *p)
{
    value note = value_map();
    value_add(&note, "version", value_text(value_get_str(&p->manifest, "version", "")));
    value_add(&note, "hash", value_text(p->hash));
    value_add(&note, "settings", value_copy(&p->settings));
    return note;
}

bool pinned_keep(store *st, const plugin *p, err *e)
{
    value files = plugin_sources(p);
    bool ok = plugin_source_keep(st, p->hash, p->name, value_get_str(&p->manifest, "version", ""),
                                 &files, e);
    value_free(&files);
    return ok;
}

static bool missing(const plugin *now, const char *name, const value *note, err *e)
{
    err_set(e, ERR_NOT_FOUND, "plugin %s %s of that time (hash %.12s…) isn't in the store, and %s",
            name, value_get_str(note, "version", "?"), value_get_str(note, "hash", "?"),
            now ? "what is there now is another" : "there is no such plugin now");
    return err_hint(e, "runs keep their plugins' files since Polder 0.1; put the plugin back as it "
                       "was, or match again");
}

static bool was_erased(const char *name, const value *note, err *e)
{
    err_set(e, ERR_NOT_FOUND,
            "plugin %s %s of that time was erased, for it named somebody who asked to be forgotten",
            name, value_get_str(note, "version", "?"));
    return err_hint(e, "match again");
}

static bool files_of(host *h, const char *name, const value *note, value *files, err *e)
{
    const char *hash = value_get_str(note, "hash", "");
    store *st = workspace_store(h->ws, e);
    if (!st || !plugin_source_load(st, hash, files, e))
        return false;
    if (value_len(files))
        return true;
    const plugin *now = plugin_find(&h->plugins, name, NULL);
    bool erased = false;
    if (!plugin_source_known(st, hash, &erased, e))
        return false;
    if (!now || strcmp(now->hash, hash) != 0)
        return erased ? was_erased(name, note, e) : missing(now, name, note, e);
    *files = plugin_sources(now);
    return true;
}

static bool read_one(host *h, const char *name, const value *note, plugin *out, err *e)
{
    value files = value_nil();
    bool ok = files_of(h, name, note, &files, e) &&
              plugin_from_sources(&files, value_get(note, "settings"),
                                  value_get_str(note, "hash", ""), out, e);
    value_free(&files);
    return ok;
}

static bool load_all(host *h, const char *today, pinned *p, err *e)
{
    task *tasks = mem_zero(p->plugins.len + 1, sizeof *tasks);
    bool ok = true;
    for (size_t i = 0; i < p->plugins.len; i++)
        host_load_task(&tasks[i], &p->plugins.items[i], today);
    tasks_run(&h->loop, h->program, &h->config, tasks, p->plugins.len);
    for (size_t i = 0; i < p->plugins.len; i++) {
        plugin *one = &p->plugins.items[i];
        if (ok && tasks[i].error.code != ERR_NONE)
            ok = err_copy(e, &tasks[i].error) || err_prefix(e, "plugin %s as kept: ", one->name);
        value contributions = value_take(&tasks[i].answer, "contributions");
        ok = ok && registry_add(p->registry, one->name, &contributions, e);
        value_free(&contributions);
        one->state = ok ? PLUGIN_ENABLED : PLUGIN_FAILED;
        task_free(&tasks[i]);
    }
    free(tasks);
    return ok;
}

bool pinned_load(host *h, const value *notes, const char *today, pinned *out, err *e)
{
    pinned p = {.registry = registry_new()};
    bool ok = !h->safe || err_set(e, ERR_NOT_ALLOWED, "started with --safe: no plugin is run");
    ok = ok && sandbox_enough(&h->sandbox, &h->config, e);
    p.plugins.items = mem_zero(value_len(notes) + 1, sizeof *p.plugins.items);
    for (size_t i = 0; ok && i < value_len(notes); i++) {
        const value_entry *note = &notes->as.map.items[i];
        ok = read_one(h, note->key, &note->value, &p.plugins.items[p.plugins.len], e);
        p.plugins.len += ok;
    }
    ok = ok && load_all(h, today, &p, e);
    if (ok)
        *out = p;
    else
        pinned_free(&p);
    return ok;
}

void pinned_free(pinned *p)
{
    registry_free(p->registry);
    plugin_list_free(&p->plugins);
    *p = (pinned){0};
}
