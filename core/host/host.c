#include "host/host.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "host/config.h"
#include "host/guest.h"
#include "host/host_in.h"
#include "host/install.h"
#include "host/manifest.h"
#include "host/task.h"
#include "store/kinds.h"

enum { CONFIG_BYTES = 1 << 20, CONFIG_CALL_MS = 500 };

static bool ask_config(host *h, task *t, err *e)
{
    buf text = {0};
    bool ok = file_read(workspace_path(h->ws, "polder.lua"), CONFIG_BYTES, &text, e);
    t->frames[0] = value_map();
    value_add(&t->frames[0], "op", value_text("config"));
    value_add(&t->frames[0], "text", value_bytes(buf_text(&text), text.len));
    buf_free(&text);
    return ok;
}

static bool take_config(host *h, const task *t, err *e)
{
    h->sandbox = value_copy(&t->sandbox);
    if (t->error.code != ERR_NONE)
        return err_copy(e, &t->error);
    return config_check(value_get(&t->answer, "value"), &h->config, e);
}

/* Plugins are looked for while the worker for polder.lua starts; what is wrong with that is told
 * first. */
static bool read_all(host *h, const char *bundled, err *e)
{
    task t = {.limits = {.call_ms = CONFIG_CALL_MS, .memory_mb = MANIFEST_MEMORY_MB}};
    char *own = mem_text(workspace_path(h->ws, "plugins"));
    err unread = {0};
    bool ok = ask_config(h, &t, e);
    if (ok) {
        task_crew *asked = tasks_begin(&h->loop, h->program, NULL, &t, 1);
        bool found =
            plugin_discover(file_is_folder(own) ? own : NULL, bundled, &h->plugins, &unread);
        tasks_end(asked);
        ok = take_config(h, &t, e) && (found || err_copy(e, &unread));
    }
    task_free(&t);
    free(own);
    return ok;
}

/* The operator's values in place of the defaults. */
static void settle_settings(plugin *p, const value *chosen)
{
    value settings = value_nil();
    if (!chosen)
        return;
    if (!manifest_settings(&p->manifest, chosen, &settings, &p->error)) {
        p->state = PLUGIN_FAILED;
        return;
    }
    value_free(&p->settings);
    p->settings = settings;
}

static bool give_settings(host *h, err *e)
{
    const value *all = value_get(&h->config, "settings");
    for (size_t i = 0; i < value_len(all); i++)
        if (!plugin_find(&h->plugins, all->as.map.items[i].key, e))
            return err_prefix(e, "settings in polder.lua: ");
    for (size_t i = 0; i < h->plugins.len; i++) {
        plugin *p = &h->plugins.items[i];
        if (p->state == PLUGIN_FAILED)
            continue;
        if (h->safe || config_lists(&h->config, "disabled", p->name)) {
            p->state = PLUGIN_DISABLED;
            err_set(&p->error, ERR_NOT_ALLOWED,
                    h->safe ? "started with --safe" : "disabled in polder.lua");
        } else {
            settle_settings(p, value_get(all, p->name));
        }
    }
    return true;
}

host *host_open(workspace *ws, bool safe, err *e)
{
    host *h = mem_zero(1, sizeof *h);
    int status = uv_loop_init(&h->loop);
    if (status != 0) {
        free(h);
        err_set(e, ERR_UNAVAILABLE, "can't make an event loop: %s", uv_strerror(status));
        return NULL;
    }
    h->ws = ws;
    h->safe = safe;
    h->registry = registry_new();
    h->program = install_worker(e);
    char *bundled = h->program ? install_plugins(e) : NULL;
    bool ok = bundled && read_all(h, bundled, e) && give_settings(h, e);
    free(bundled);
    if (ok)
        return h;
    host_close(h);
    return NULL;
}

void host_close(host *h)
{
    if (!h)
        return;
    if (h->checked)
        store_set_check(h->checked, NULL, NULL);
    guests_close(h);
    while (uv_loop_close(&h->loop) == UV_EBUSY)
        uv_run(&h->loop, UV_RUN_ONCE);
    registry_free(h->registry);
    plugin_list_free(&h->plugins);
    value_free(&h->config);
    value_free(&h->sandbox);
    value_free(&h->missing);
    free(h->program);
    free(h);
}

workspace *host_workspace(host *h)
{
    return h->ws;
}

const value *host_config(const host *h)
{
    return &h->config;
}

const char *host_loaded_on(const host *h)
{
    return h->loaded_on;
}

const plugin_list *host_plugins(const host *h)
{
    return &h->plugins;
}

const registry *host_registry(const host *h)
{
    return h->registry;
}

uv_loop_t *host_loop(host *h)
{
    return &h->loop;
}

const char *host_program(const host *h)
{
    return h->program;
}

void host_speak(host *h, const char *lang)
{
    h->lang = lang;
}

void host_offer(host *h, const host_answers *answers)
{
    h->answers = answers;
}

bool host_match(host *h, const value *asked, err *unkept, value *out, err *e)
{
    if (h->answers)
        return h->answers->match(h, asked, unkept, out, e);
    return err_set(e, ERR_UNAVAILABLE, "nothing ranks here");
}

bool host_explain(host *h, const value *asked, value *out, err *e)
{
    if (h->answers)
        return h->answers->explain(h, asked, out, e);
    return err_set(e, ERR_UNAVAILABLE, "nothing explains here");
}

value host_contribution(const host *h, const contribution *c)
{
    value row = value_map();
    const plugin *p = plugin_find(&h->plugins, c->plugin, NULL);
    value_add(&row, "type", value_text(c->type));
    value_add(&row, "name", value_text(c->name));
    value_add(&row, "full", value_text(c->full));
    value_add(&row, "plugin", value_text(c->plugin));
    value_add(&row, "file", value_text(c->file));
    value_add(&row, "line", value_int(c->line));
    value_add(&row, "api",
              value_int(p ? value_get_int(&p->manifest, "api", MANIFEST_API) : MANIFEST_API));
    return row;
}

bool host_sandbox(host *h, value *out, err *e)
{
    if (value_len(&h->sandbox) == 0)
        return err_set(e, ERR_UNAVAILABLE, "the worker did not say what holds it");
    *out = value_list();
    for (size_t i = 0; i < value_len(&h->sandbox); i++) {
        value *row = value_push(out, value_copy(value_at(&h->sandbox, i)));
        value_set(row, "needed", value_bool(true));
        value_set(
            row, "allowed",
            value_bool(config_lists(&h->config, "allow_without", value_get_str(row, "layer", ""))));
    }
    return true;
}
