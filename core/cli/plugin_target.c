#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/plugin_words.h"
#include "cli/scratch.h"

host *plugin_host(cli *c, err *why, err *e)
{
    host *h = cli_host(c, e);
    if (h) {
        host_load_anew(h); /* whoever asks about plugins wants to see them load */
        host_load(h, why);
    }
    return h;
}

value plugin_contributions(const host *h, const char *plugin)
{
    const registry *r = host_registry(h);
    value list = value_list();
    for (size_t i = 0; i < registry_len(r); i++) {
        const contribution *one = registry_at(r, i);
        if (strcmp(one->plugin, plugin) != 0)
            continue;
        value row = value_map();
        value_add(&row, "type", value_text(one->type));
        value_add(&row, "name", value_text(one->name));
        value_add(&row, "file", value_text(one->file));
        value_add(&row, "line", value_int(one->line));
        value_push(&list, row);
    }
    return list;
}

static const plugin *plugin_at(const plugin_list *list, const char *folder)
{
    for (size_t i = 0; i < list->len; i++)
        if (strcmp(list->items[i].path, folder) == 0)
            return &list->items[i];
    return NULL;
}

/* A name never holds a slash, so a path always can be told from one. */
static bool is_path(const char *name)
{
    return strchr(name, '/') || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool open_by_name(cli *c, const char *name, plugin_target *t, err *e)
{
    err why = {0};
    t->host = plugin_host(c, &why, e);
    if (!t->host)
        return false;
    t->plugin = plugin_find(host_plugins(t->host), name, e);
    if (t->plugin && why.code) /* before the plugin can be judged */
        *e = why;
    return t->plugin && !why.code;
}

static bool open_in_scratch(cli *c, const char *folder, plugin_target *t, err *e)
{
    err why = {0};
    t->scratch = scratch_open(c, folder, e);
    t->host = t->scratch ? plugin_host(c, &why, e) : NULL;
    if (!t->host)
        return false;
    if (why.code) {
        *e = why;
        return false;
    }
    t->plugin = plugin_at(host_plugins(t->host), folder);
    if (t->plugin)
        return true;
    err_set(e, ERR_NOT_FOUND, "there is no plugin in this folder: it has no plugin.json");
    return err_where(e, "%s", folder);
}

static bool open_by_path(cli *c, const char *path, plugin_target *t, err *e)
{
    err nowhere = {0}, why = {0};
    char *folder = file_absolute(path, e);
    if (!folder)
        return false;
    t->host = cli_workspace(c, &nowhere) ? plugin_host(c, &why, &nowhere) : NULL;
    t->plugin = t->host && !why.code ? plugin_at(host_plugins(t->host), folder) : NULL;
    bool ok = t->plugin || open_in_scratch(c, folder, t, e);
    free(folder);
    return ok;
}

bool plugin_target_open(cli *c, const char *name, plugin_target *out, err *e)
{
    err nowhere = {0};
    *out = (plugin_target){0};
    if (is_path(name))
        return open_by_path(c, name, out, e);
    if (c->home || cli_workspace(c, &nowhere))
        return open_by_name(c, name, out, e);
    out->scratch = scratch_open(c, NULL, e); /* the bundled ones need no workspace */
    return out->scratch && open_by_name(c, name, out, e);
}

void plugin_target_close(cli *c, plugin_target *t)
{
    scratch_close(c, t->scratch);
    *t = (plugin_target){0};
}
