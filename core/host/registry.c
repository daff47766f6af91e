#include "host/registry.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

/* MOST_CONTRIBUTIONS: clashes are looked for one by one. MOST_LISTED: as many names as a hint
 * tells. */
enum { MOST_CONTRIBUTIONS = 1000, MOST_LISTED = 12, NAME_BYTES = 64, FILE_BYTES = 320 };

/* One contribution with the memory behind it: its address stays while its plugin does. */
typedef struct entry {
    contribution public;
    char *type, *name, *full, *plugin, *file;
    value spec;
} entry;

struct registry {
    entry **items; /* by type, then full name */
    size_t len, cap;
};

registry *registry_new(void)
{
    return mem_zero(1, sizeof(registry));
}

static void entry_free(entry *c)
{
    free(c->type);
    free(c->name);
    free(c->full);
    free(c->plugin);
    free(c->file);
    value_free(&c->spec);
    free(c);
}

void registry_free(registry *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->len; i++)
        entry_free(r->items[i]);
    free(r->items);
    free(r);
}

static bool is_type(const char *text)
{
    size_t len = strlen(text);
    for (const char *at = REGISTRY_TYPES; *at; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == len && strncmp(at, text, len) == 0)
            return true;
    return false;
}

static bool is_name(const char *text)
{
    size_t len = strlen(text);
    return len <= NAME_BYTES && *text >= 'a' && *text <= 'z' &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_") == len;
}

static bool is_file(const char *text)
{
    buf safe = {0};
    text_escape(&safe, text, strlen(text), FILE_BYTES);
    bool ok = safe.len > 0 && strcmp(buf_text(&safe), text) == 0;
    buf_free(&safe);
    return ok;
}

/* The worker has checked what a plugin registers, but one whose plugin broke the Lua VM says what
 * it likes. */
static bool check_shape(const value *c, const char *plugin, err *e)
{
    const value *spec = value_get(c, "spec");
    int64_t line = value_get_int(c, "line", 0);
    if (is_type(value_get_str(c, "type", "")) && is_name(value_get_str(c, "name", "")) &&
        is_file(value_get_str(c, "file", "")) && line >= 0 && line <= INT_MAX &&
        (!spec || value_is(spec, VALUE_MAP)))
        return true;
    err_set(e, ERR_BAD_DATA, "its worker registered something that is no contribution");
    return err_where(e, "%s", plugin);
}

static entry *entry_new(const char *plugin, value *spec)
{
    entry *c = mem_zero(1, sizeof *c);
    buf full = {0};
    c->type = mem_text(value_get_str(spec, "type", ""));
    c->name = mem_text(value_get_str(spec, "name", ""));
    c->plugin = mem_text(plugin);
    c->file = mem_text(value_get_str(spec, "file", ""));
    buf_fmt(&full, "%s/%s", plugin, c->name);
    c->full = buf_take(&full);
    c->spec = value_get(spec, "spec") ? value_take(spec, "spec") : value_map();
    c->public = (contribution){c->type,   c->name, c->full,
                               c->plugin, c->file, (int)value_get_int(spec, "line", 0),
                               &c->spec};
    return c;
}

static int by_type_and_name(const void *a, const void *b)
{
    const entry *left = *(entry *const *)a, *right = *(entry *const *)b;
    int order = strcmp(left->type, right->type);
    return order ? order : strcmp(left->full, right->full);
}

/* A kind's name stands in every record's id, so two plugins can't both have it; other names live in
 * their plugin. */
static bool clash(const entry *a, const entry *b)
{
    if (strcmp(a->type, b->type) != 0)
        return false;
    return strcmp(a->full, b->full) == 0 ||
           (strcmp(a->type, "kind") == 0 && strcmp(a->name, b->name) == 0);
}

static bool refuse_clash(const entry *new, const entry *old, err *e)
{
    err_set(e, ERR_BAD_DATA, "%s \"%s\" is there twice, first made at %s/%s:%d", new->type,
            new->name, old->plugin, old->file, old->public.line);
    err_where(e, "%s/%s:%d", new->plugin, new->file, new->public.line);
    return err_hint(e, "give one of them another name");
}

static bool check_clashes(const registry *r, const entry *new, err *e)
{
    for (size_t i = 0; i < r->len; i++)
        if (clash(r->items[i], new))
            return refuse_clash(new, r->items[i], e);
    return true;
}

/* Takes away the entries from `keep` on, which are the last that were added. */
static void cut(registry *r, size_t keep)
{
    while (r->len > keep)
        entry_free(r->items[--r->len]);
}

static void append(registry *r, entry *c)
{
    if (r->len == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 64;
        r->items = mem_grow(r->items, r->cap, sizeof *r->items);
    }
    r->items[r->len++] = c;
}

static bool add_one(registry *r, const char *plugin, value *spec, err *e)
{
    if (!check_shape(spec, plugin, e))
        return false;
    entry *c = entry_new(plugin, spec);
    if (!check_clashes(r, c, e)) {
        entry_free(c);
        return false;
    }
    append(r, c);
    return true;
}

bool registry_add(registry *r, const char *plugin, value *contributions, err *e)
{
    size_t before = r->len;
    if (!value_is(contributions, VALUE_LIST)) {
        err_set(e, ERR_BAD_DATA, "its worker did not say what it registers");
        return err_where(e, "%s", plugin);
    }
    if (value_len(contributions) > MOST_CONTRIBUTIONS) {
        err_set(e, ERR_LIMIT, "%zu contributions, of at most %d that one plugin can make",
                value_len(contributions), MOST_CONTRIBUTIONS);
        return err_where(e, "%s", plugin);
    }
    for (size_t i = 0; i < value_len(contributions); i++) {
        if (!add_one(r, plugin, &contributions->as.list.items[i], e)) {
            cut(r, before);
            return false;
        }
    }
    if (r->len)
        qsort(r->items, r->len, sizeof *r->items, by_type_and_name);
    return true;
}

void registry_drop(registry *r, const char *plugin)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->len; i++) {
        if (strcmp(r->items[i]->plugin, plugin) == 0)
            entry_free(r->items[i]);
        else
            r->items[kept++] = r->items[i];
    }
    r->len = kept;
}

size_t registry_len(const registry *r)
{
    return r->len;
}

const contribution *registry_at(const registry *r, size_t index)
{
    return index < r->len ? &r->items[index]->public : NULL;
}

static const entry *find_full(const registry *r, const char *type, const char *plugin,
                              const char *name)
{
    for (size_t i = 0; i < r->len; i++) {
        const entry *c = r->items[i];
        if (strcmp(c->type, type) == 0 && strcmp(c->name, name) == 0 &&
            (!plugin || strcmp(c->plugin, plugin) == 0))
            return c;
    }
    return NULL;
}

static size_t count_named(const registry *r, const char *type, const char *name, buf *fulls)
{
    size_t count = 0;
    for (size_t i = 0; i < r->len; i++) {
        const entry *c = r->items[i];
        if (strcmp(c->type, type) == 0 && strcmp(c->name, name) == 0)
            buf_fmt(fulls, "%s%s", count++ ? ", " : "", c->full);
    }
    return count;
}

/* Those of the plugin that a full name begins with, where it makes any of the type; else all. */
static bool has_owned(const registry *r, const char *type, const char *name)
{
    size_t owner = strcspn(name, "/");
    for (size_t i = 0; name[owner] && i < r->len; i++)
        if (strcmp(r->items[i]->type, type) == 0 &&
            strncmp(r->items[i]->full, name, owner + 1) == 0)
            return true;
    return false;
}

static void hint_nearest(const registry *r, const char *type, const char *name, err *e)
{
    const char **names = mem_zero(r->len + 1, sizeof *names);
    buf all = {0};
    size_t count = 0, owner = has_owned(r, type, name) ? strcspn(name, "/") + 1 : 0;
    bool with_plugin = strchr(name, '/') != NULL;
    for (size_t i = 0; i < r->len; i++) {
        const char *full = r->items[i]->full;
        if (strcmp(r->items[i]->type, type) != 0 || strncmp(full, name, owner) != 0)
            continue;
        names[count] = with_plugin ? full : r->items[i]->name;
        if (count++ < MOST_LISTED)
            buf_fmt(&all, "%s%s", count > 1 ? ", " : "", full);
    }
    const char *near = text_nearest(name, names, count);
    if (near)
        err_hint(e, "did you mean \"%s\"?", near);
    else if (count > MOST_LISTED)
        err_hint(e, "some of %zu: %s, …; see `polder registry %s`", count, buf_text(&all), type);
    else if (count)
        err_hint(e, "there are: %s", buf_text(&all));
    else
        err_hint(e, "no plugin that is enabled makes one: see `polder plugin list`");
    buf_free(&all);
    free(names);
}

const contribution *registry_find(const registry *r, const char *type, const char *name,
                                  const char *plugin, err *e)
{
    const contribution *found = NULL;
    const char *slash = strchr(name, '/');
    buf fulls = {0};
    const entry *c = NULL;
    if (slash) {
        char *owner = mem_copy(name, (size_t)(slash - name));
        c = find_full(r, type, owner, slash + 1);
        free(owner);
    } else if (plugin) {
        c = find_full(r, type, plugin, name);
    }
    /* "zeeland" is zeeland/zeeland, whoever else has one of that name. */
    if (!c && !slash)
        c = find_full(r, type, name, name);
    if (!c && !slash && count_named(r, type, name, &fulls) == 1)
        c = find_full(r, type, NULL, name);
    if (c) {
        found = &c->public;
    } else if (fulls.len) {
        err_set(e, ERR_USAGE, "more than one plugin has the %s \"%s\"", type, name);
        err_hint(e, "say which: %s", buf_text(&fulls));
    } else {
        err_set(e, ERR_NOT_FOUND, "there is no %s \"%s\"", type, name);
        hint_nearest(r, type, name, e);
    }
    buf_free(&fulls);
    return found;
}
