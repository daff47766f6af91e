#include "host/reactions.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/checks.h"
#include "host/declared.h"
#include "host/dispatch.h"
#include "host/host_in.h"
#include "host/install.h"
#include "store/handler.h"

enum { CONFIG_BYTES = 1 << 20 };

static void hash_text(hash *h, const char *text)
{
    hash_add(h, text, strlen(text) + 1);
}

/* One hash over all that decides which contributions there are. */
static void fingerprint(const plugin_list *plugins, const char *config, char out[HASH_TEXT])
{
    hash *h = hash_new();
    hash_text(h, POLDER_VERSION);
    hash_text(h, config);
    for (size_t i = 0; i < plugins->len; i++) {
        hash_text(h, plugins->items[i].path);
        hash_text(h, plugins->items[i].hash);
    }
    hash_end(h, out);
}

static bool read_config(workspace *ws, buf *out, err *e)
{
    return file_read(workspace_path(ws, "polder.lua"), CONFIG_BYTES, out, e);
}

bool reactions_fingerprint(workspace *ws, char out[HASH_TEXT], err *e)
{
    plugin_list found = {0};
    buf config = {0};
    char *bundled = install_plugins(e), *own = mem_text(workspace_path(ws, "plugins"));
    bool ok = bundled && read_config(ws, &config, e) &&
              plugin_discover(file_is_folder(own) ? own : NULL, bundled, &found, e);
    if (ok)
        fingerprint(&found, buf_text(&config), out);
    plugin_list_free(&found);
    buf_free(&config);
    free(bundled);
    free(own);
    return ok;
}

bool reactions_needed(workspace *ws, bool *out, bool *checked, err *e)
{
    char now[HASH_TEXT];
    value note = value_nil();
    store *st = workspace_store(ws, e);
    if (!st || !reactions_fingerprint(ws, now, e) || !handler_noted(st, &note, e))
        return false;
    *checked = value_len(value_get(&note, "checks")) > 0;
    *out = *checked || strcmp(value_get_str(&note, "plugins", ""), now) != 0 ||
           value_get_bool(&note, "handlers", true);
    value_free(&note);
    return true;
}

bool reactions_handlers(const host *h)
{
    for (size_t i = 0; i < registry_len(h->registry); i++)
        if (strcmp(registry_at(h->registry, i)->type, "handler") == 0)
            return true;
    return false;
}

bool reactions_wake(const host *h, const char *type)
{
    for (size_t i = 0; i < registry_len(h->registry); i++) {
        const contribution *c = registry_at(h->registry, i);
        if (strcmp(c->type, "handler") == 0 && text_glob(value_get_str(c->spec, "event", ""), type))
            return true;
    }
    return false;
}

/* What waiting.c has to know of a handler when its plugin can't tell. */
static value handler_known(const contribution *c)
{
    value known = value_map();
    value_add(&known, "event", value_text(value_get_str(c->spec, "event", "")));
    if (value_get(c->spec, "kind"))
        value_add(&known, "kind", value_copy(value_get(c->spec, "kind")));
    value_add(&known, "file", value_text(c->file));
    value_add(&known, "line", value_int(c->line));
    return known;
}

/* Is the plugin of this handler there, but not at work? Its handlers go on where they were. */
static bool is_silent(const host *h, const char *handler)
{
    char *name = mem_copy(handler, strcspn(handler, "/"));
    const plugin *p = plugin_find(&h->plugins, name, NULL);
    free(name);
    return p && (p->state == PLUGIN_DISABLED || p->state == PLUGIN_FAILED);
}

/* Full name → what is known, of those registered and, as they were, of those that are silent. */
static value handlers_of(const host *h, const value *before)
{
    value known = value_map();
    for (size_t i = 0; i < registry_len(h->registry); i++)
        if (strcmp(registry_at(h->registry, i)->type, "handler") == 0)
            value_add(&known, registry_at(h->registry, i)->full,
                      handler_known(registry_at(h->registry, i)));
    for (size_t i = 0; i < value_len(before); i++) {
        const value_entry *one = &before->as.map.items[i];
        if (is_silent(h, one->key) && !value_get(&known, one->key))
            value_add(&known, one->key, value_copy(&one->value));
    }
    return known;
}

bool reactions_silent(host *h, value *out, err *e)
{
    value noted = value_nil();
    store *st = workspace_store(h->ws, e);
    if (!st || !handler_noted(st, &noted, e))
        return false;
    const value *known = value_get(&noted, "known");
    *out = value_map();
    for (size_t i = 0; i < value_len(known); i++)
        if (is_silent(h, known->as.map.items[i].key))
            value_add(out, known->as.map.items[i].key, value_copy(&known->as.map.items[i].value));
    value_free(&noted);
    return true;
}

/* Full name → kind, of those registered. */
static value checks_of(const host *h)
{
    value checks = value_map();
    for (size_t i = 0; i < registry_len(h->registry); i++) {
        const contribution *c = registry_at(h->registry, i);
        if (strcmp(c->type, "check") == 0)
            value_add(&checks, c->full, value_text(value_get_str(c->spec, "kind", "")));
    }
    return checks;
}

/* What was there at the last change, and whose plugin has failed now, is missed. */
static void find_missing(host *h, const value *before, const value *now)
{
    value_free(&h->missing);
    h->missing = value_map();
    for (size_t i = 0; i < value_len(before); i++) {
        const value_entry *check = &before->as.map.items[i];
        char *name = mem_copy(check->key, strcspn(check->key, "/"));
        const plugin *p = plugin_find(&h->plugins, name, NULL);
        if (p && p->state == PLUGIN_FAILED && !value_get(now, check->key))
            value_add(&h->missing, check->key, value_copy(&check->value));
        free(name);
    }
}

static bool note(host *h, store *st, err *e)
{
    char now[HASH_TEXT];
    buf config = {0};
    value before = value_nil(), after = value_map(), checks = checks_of(h);
    bool ok = read_config(h->ws, &config, e) && handler_noted(st, &before, e);
    if (ok) {
        fingerprint(&h->plugins, buf_text(&config), now);
        find_missing(h, value_get(&before, "checks"), &checks);
        for (size_t i = 0; i < value_len(&h->missing); i++)
            value_set(&checks, h->missing.as.map.items[i].key,
                      value_copy(&h->missing.as.map.items[i].value));
        value_add(&after, "plugins", value_text(now));
        value_add(&after, "handlers", value_bool(reactions_handlers(h)));
        value_add(&after, "known", handlers_of(h, value_get(&before, "known")));
        value_add(&after, "checks", value_copy(&checks));
        ok = value_equal(&before, &after) || handler_note(st, &after, e);
    }
    value_free(&before);
    value_free(&after);
    value_free(&checks);
    buf_free(&config);
    return ok;
}

bool reactions_attach(host *h, err *e)
{
    store *st = workspace_store(h->ws, e);
    return st && declared_save(h, e) && note(h, st, e) && checks_attach(h, e) &&
           dispatch_start(h, e);
}
