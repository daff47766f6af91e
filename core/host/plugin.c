#include "host/plugin.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/manifest.h"
#include "host/plugin_files.h"

enum { MOST_LEVELS = 3 }; /* plugins/regions/zeeland, plugins/connectors/europe/ted */

static const char MANIFEST[] = "plugin.json";

static void plugin_free(plugin *p)
{
    free(p->name);
    free(p->path);
    value_free(&p->manifest);
    value_free(&p->manifest_text);
    value_free(&p->settings);
    value_free(&p->files);
}

void plugin_list_free(plugin_list *list)
{
    for (size_t i = 0; i < list->len; i++)
        plugin_free(&list->items[i]);
    free(list->items);
    *list = (plugin_list){0};
}

static bool check_main(const plugin *p, err *e)
{
    const char *main = value_get_str(&p->manifest, "main", "");
    if (value_get(&p->files, main))
        return true;
    err_set(e, ERR_BAD_DATA, "main: there is no %s in the plugin's folder", main);
    return err_where(e, "%s/%s", p->path, MANIFEST);
}

/* The name is the manifest's as soon as that can be read; until then the folder's. */
static bool read_plugin(plugin *p, err *e)
{
    buf text = {0};
    char *manifest = file_join(p->path, MANIFEST);
    bool ok = plugin_files_read(p->path, &p->files, &text, p->hash, e) &&
              manifest_read(buf_text(&text), text.len, manifest, &p->manifest, e);
    if (ok) {
        p->manifest_text = value_bytes(buf_text(&text), text.len);
        free(p->name);
        p->name = mem_text(value_get_str(&p->manifest, "name", ""));
        ok = check_main(p, e) && manifest_settings(&p->manifest, NULL, &p->settings, e);
    }
    buf_free(&text);
    free(manifest);
    return ok;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* `path` is taken. */
static void add_plugin(plugin_list *list, char *path, bool bundled)
{
    list->items = mem_grow(list->items, list->len + 1, sizeof *list->items);
    plugin *p = &list->items[list->len++];
    *p = (plugin){.path = path, .bundled = bundled, .name = mem_text(last_part(path))};
    if (!read_plugin(p, &p->error))
        p->state = PLUGIN_FAILED;
}

static bool holds_manifest(const char *folder)
{
    char *path = file_join(folder, MANIFEST);
    bool found = file_exists(path);
    free(path);
    return found;
}

/* A folder with a manifest is a plugin, and what is below it is its own. A link to a plugin's
 * folder is the operator's choice. */
static bool search(plugin_list *list, const char *folder, bool bundled, int levels, err *e)
{
    value names = value_nil();
    bool ok = file_list(folder, &names, e);
    for (size_t i = 0; ok && i < value_len(&names); i++) {
        const char *name = value_str(value_at(&names, i), "");
        char *joined = file_join(folder, name);
        char *path = *name != '.' && file_is_folder(joined) ? file_absolute(joined, NULL) : NULL;
        free(joined);
        if (path && holds_manifest(path)) {
            add_plugin(list, path, bundled);
            continue;
        }
        err skipped = {0};
        if (path && levels > 1 && !search(list, path, bundled, levels - 1, &skipped))
            log_line(LOG_WARN, "looking for plugins: %s: %s", path, skipped.message);
        free(path);
    }
    value_free(&names);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    const plugin *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    if (!order)
        order = (int)left->bundled - (int)right->bundled;
    return order ? order : strcmp(left->path, right->path);
}

static void fail_twice(plugin *p, const plugin *first)
{
    p->state = PLUGIN_FAILED;
    err_set(&p->error, ERR_BAD_DATA, "two plugins are called \"%s\"; the other is %s", p->name,
            first->path);
    err_where(&p->error, "%s", p->path);
    err_hint(&p->error, "take one of them away, or give it another name in its plugin.json");
}

/* Sorts; drops the bundled ones that a workspace plugin hides, fails a second one of the same name.
 */
static void settle_names(plugin_list *list)
{
    size_t kept = 0;
    if (list->len)
        qsort(list->items, list->len, sizeof *list->items, by_name);
    for (size_t i = 0; i < list->len; i++) {
        plugin *p = &list->items[i];
        const plugin *before = kept ? &list->items[kept - 1] : NULL;
        bool twice = before && strcmp(before->name, p->name) == 0;
        if (twice && p->bundled && !before->bundled) {
            plugin_free(p);
            continue;
        }
        if (twice)
            fail_twice(p, before);
        list->items[kept++] = *p;
    }
    list->len = kept;
}

bool plugin_discover(const char *workspace_folder, const char *bundled_folder, plugin_list *out,
                     err *e)
{
    const char *folders[] = {workspace_folder, bundled_folder};
    plugin_list found = {0};
    for (size_t i = 0; i < 2; i++) {
        if (!folders[i] || !file_is_folder(folders[i]))
            continue;
        if (!search(&found, folders[i], i == 1, MOST_LEVELS, e)) {
            plugin_list_free(&found);
            return false;
        }
    }
    settle_names(&found);
    *out = found;
    return true;
}

value plugin_sources(const plugin *p)
{
    value all = value_copy(&p->files);
    value_add(&all, MANIFEST, value_copy(&p->manifest_text));
    return all;
}

bool plugin_from_sources(const value *files, const value *settings, const char *hash, plugin *out,
                         err *e)
{
    const value *manifest = value_get(files, MANIFEST);
    plugin p = {.files = value_copy(files), .path = mem_text(""), .name = mem_text("")};
    value_drop(&p.files, MANIFEST);
    plugin_files_hash(&p.files, value_str(manifest, ""), value_len(manifest), p.hash);
    bool ok = strcmp(p.hash, hash) == 0 ||
              err_set(e, ERR_BAD_DATA, "these are not the files whose hash is %s", hash);
    ok =
        ok && manifest_read(value_str(manifest, ""), value_len(manifest), MANIFEST, &p.manifest, e);
    if (!ok) {
        plugin_free(&p);
        return false;
    }
    free(p.name);
    p.name = mem_text(value_get_str(&p.manifest, "name", ""));
    p.manifest_text = value_copy(manifest);
    p.settings = value_copy(settings);
    *out = p;
    return true;
}

plugin *plugin_find(const plugin_list *list, const char *name, err *e)
{
    const char **names = mem_zero(list->len + 1, sizeof *names);
    plugin *found = NULL;
    for (size_t i = 0; i < list->len; i++) {
        names[i] = list->items[i].name;
        if (!found && strcmp(names[i], name) == 0)
            found = &list->items[i];
    }
    if (!found) {
        const char *near = text_nearest(name, names, list->len);
        err_set(e, ERR_NOT_FOUND, "there is no plugin \"%s\"", name);
        if (near)
            err_hint(e, "did you mean \"%s\"?", near);
        else
            err_hint(e, "`polder plugin list` shows them all");
    }
    free(names);
    return found;
}

const char *plugin_state_name(plugin_state state)
{
    static const char *const NAMES[] = {[PLUGIN_FOUND] = "found",
                                        [PLUGIN_ENABLED] = "enabled",
                                        [PLUGIN_DISABLED] = "disabled",
                                        [PLUGIN_FAILED] = "failed"};
    return NAMES[state];
}
