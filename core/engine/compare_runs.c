/* What two runs were made from, beside what they gave. */
#include <string.h>

#include "base/texts.h"
#include "engine/compare.h"
#include "engine/compare_ids.h"
#include "engine/compare_parts.h"
#include "engine/scorecard.h"
#include "store/event.h"
#include "store/run.h"

enum { CHANGED_MOST = 100 };

static value copy_or_nil(const value *v)
{
    return v ? value_copy(v) : value_nil();
}

static value head_of(const value *run, const value *inputs)
{
    static const char *const KEYS[] = {"scorecard", "today", "seed", "top", "log", "counted"};
    value head = value_map();
    value_add(&head, "run", copy_or_nil(run));
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        value_add(&head, KEYS[i], copy_or_nil(value_get(inputs, KEYS[i])));
    return head;
}

/* {input or setting: name, was, is}, unless it is the same or on neither side. */
static void add_differing(value *list, const char *what, const char *name, const value *was,
                          const value *is)
{
    if ((!was && !is) || (was && is && value_equal(was, is)))
        return;
    value *row = value_push(list, value_map());
    value_add(row, what, value_text(name));
    value_add(row, "was", copy_or_nil(was));
    value_add(row, "is", copy_or_nil(is));
}

static value changed_inputs(const value *was, const value *is)
{
    static const char *const KEYS[] = {"polder", "scorecard", "today",  "seed",
                                       "top",    "demands",   "stopped"};
    value list = value_list();
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        add_differing(&list, "input", KEYS[i], value_get(was, KEYS[i]), value_get(is, KEYS[i]));
    return list;
}

static value version_of(const value *note)
{
    if (!note)
        return value_nil();
    value version = value_map();
    value_add(&version, "version", copy_or_nil(value_get(note, "version")));
    value_add(&version, "hash", copy_or_nil(value_get(note, "hash")));
    return version;
}

/* Of a plugin that is on both sides. */
static value changed_settings(const value *was, const value *is)
{
    value list = value_list();
    for (size_t i = 0; is && i < value_len(was); i++) {
        const value_entry *one = &was->as.map.items[i];
        add_differing(&list, "setting", one->key, &one->value, value_get(is, one->key));
    }
    for (size_t i = 0; was && i < value_len(is); i++) {
        const value_entry *one = &is->as.map.items[i];
        if (!value_get(was, one->key))
            add_differing(&list, "setting", one->key, NULL, &one->value);
    }
    return list;
}

static void compare_plugin(value *list, const char *name, const value *a, const value *b)
{
    if (a && b && value_equal(a, b))
        return;
    value *row = value_push(list, value_map());
    const value *before = value_get(a, "settings"), *after = value_get(b, "settings");
    value_add(row, "plugin", value_text(name));
    value_add(row, "was", version_of(a));
    value_add(row, "is", version_of(b));
    value_add(row, "settings", value_bool(before && after && !value_equal(before, after)));
    value_add(row, "changed_settings", changed_settings(before, after));
}

static value changed_plugins(const value *was, const value *is)
{
    value list = value_list();
    for (size_t i = 0; i < value_len(was); i++) {
        const value_entry *one = &was->as.map.items[i];
        compare_plugin(&list, one->key, &one->value, value_get(is, one->key));
    }
    for (size_t i = 0; i < value_len(is); i++) {
        const value_entry *one = &is->as.map.items[i];
        if (!value_get(was, one->key))
            compare_plugin(&list, one->key, NULL, &one->value);
    }
    return list;
}

typedef struct changes {
    int64_t until;
    texts ids; /* as the events name them: one that changed twice is there twice */
} changes;

static bool is_of(const char *id, const char *kind)
{
    size_t len = strlen(kind);
    return strncmp(id, kind, len) == 0 && id[len] == '/';
}

static bool take_change(void *ctx, const value *event, err *e)
{
    changes *c = ctx;
    const char *id = value_get_str(event, "subject", "");
    (void)e;
    if (value_get_int(event, "seq", 0) <= c->until &&
        (is_of(id, ROLE_DEMAND) || is_of(id, ROLE_SOLUTION)))
        texts_add(&c->ids, id);
    return true;
}

/* Each once, in the order in which they changed first. */
static void add_once(const texts *ids, value *out)
{
    value all = value_list_of(ids->len), first = value_list();
    int64_t once = 0;
    for (size_t i = 0; i < ids->len; i++)
        value_add(value_push(&all, value_map_literal(1)), "id", value_text(texts_at(ids, i)));
    compare_ids places = compare_ids_of(&all, "id");
    for (size_t i = 0; i < ids->len; i++) {
        const char *id = texts_at(ids, i);
        if (compare_ids_at(&places, id) == i && once++ < CHANGED_MOST)
            value_push(&first, value_text(id));
    }
    compare_ids_free(&places);
    value_free(&all);
    value_add(out, "records", value_int(once));
    value_add(out, "changed", first);
}

/* The records that rules read and that changed behind one event up to another, whichever is first.
 * Owned by the caller, also when that failed. */
static bool changed_between(store *st, int64_t one, int64_t other, texts *out, err *e)
{
    changes c = {.until = one < other ? other : one};
    event_filter filter = {.since = one < other ? one : other, .type = "record.*", .limit = -1};
    bool ok = event_each(st, &filter, take_change, &c, e);
    *out = c.ids;
    return ok;
}

static bool add_changed(store *st, int64_t was, int64_t is, value *out, err *e)
{
    texts ids = {0};
    bool ok = changed_between(st, was, is, &ids, e);
    add_once(&ids, out);
    texts_free(&ids);
    return ok;
}

/* Runs tell as of which event they counted texts. It makes a difference where a solution changed
 * between both. */
static bool add_counted(store *st, const value *was, const value *is, value *inputs, err *e)
{
    int64_t before = value_get_int(was, "counted", 0), after = value_get_int(is, "counted", 0);
    texts ids = {0};
    bool ok = !before || !after || changed_between(st, before, after, &ids, e), differ = false;
    for (size_t i = 0; i < ids.len; i++)
        differ = differ || is_of(texts_at(&ids, i), ROLE_SOLUTION);
    if (ok && differ)
        add_differing(inputs, "input", "counted", value_get(was, "counted"),
                      value_get(is, "counted"));
    texts_free(&ids);
    return ok;
}

/* A run of some demands says nothing of the others; one of all names none. */
static bool asked_for(const value *inputs, const char *demand)
{
    const value *named = value_get(inputs, "demands");
    return value_len(named) == 0 || value_holds(named, demand);
}

static value of_both(const value *list, const value *was, const value *is)
{
    value both = value_list();
    for (size_t i = 0; i < value_len(list); i++) {
        const char *demand = value_get_str(value_at(list, i), "demand", "");
        if (asked_for(was, demand) && asked_for(is, demand))
            value_push(&both, value_copy(value_at(list, i)));
    }
    return both;
}

/* `run`: the id of the second, or NULL. */
static bool compare(host *h, const value *was, const value *run, const value *inputs,
                    const value *document, value *out, err *e)
{
    const value *before = value_get(was, "inputs"), *result = value_get(was, "result");
    store *st = workspace_store(host_workspace(h), e);
    value doc = value_map();
    value_add(&doc, "was", head_of(value_get(was, "id"), before));
    value_add(&doc, "is", head_of(run, inputs));
    value *differing = value_add(&doc, "inputs", changed_inputs(before, inputs));
    if (!add_counted(st, before, inputs, differing, e)) {
        value_free(&doc);
        return false;
    }
    value_add(&doc, "plugins",
              changed_plugins(value_get(before, "plugins"), value_get(inputs, "plugins")));
    if (!add_changed(st, value_get_int(before, "log", 0), value_get_int(inputs, "log", 0), &doc,
                     e)) {
        value_free(&doc);
        return false;
    }
    int64_t tops[] = {value_get_int(before, "top", 0), value_get_int(inputs, "top", 0)};
    int64_t depth = tops[0] < tops[1] ? tops[0] : tops[1];
    value all = compare_documents(result, document, depth);
    value *demands = value_add(&doc, "demands", of_both(&all, before, inputs));
    value_free(&all);
    int unasked = compare_fill(h, before, result, inputs, document, demands);
    value_add(&doc, "unasked", value_int(unasked));
    *out = doc;
    return true;
}

bool compare_with(host *h, const char *was, const value *inputs, const value *document, value *out,
                  err *e)
{
    value before = value_nil();
    store *st = workspace_store(host_workspace(h), e);
    bool ok = st && run_load_match(st, was, &before, e) &&
              compare(h, &before, value_get(document, "run"), inputs, document, out, e);
    value_free(&before);
    return ok;
}

bool compare_runs(host *h, const char *was, const char *is, value *out, err *e)
{
    value before = value_nil(), after = value_nil();
    store *st = workspace_store(host_workspace(h), e);
    bool ok = st && run_load_match(st, was, &before, e) && run_load_match(st, is, &after, e) &&
              compare(h, &before, value_get(&after, "id"), value_get(&after, "inputs"),
                      value_get(&after, "result"), out, e);
    value_free(&before);
    value_free(&after);
    return ok;
}
