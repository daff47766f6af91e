/* test.handler and test.check: a handler or check as the host calls it, with the records that the
 * test gives in place of a store. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "vm/inside.h"
#include "vm/options.h"
#include "vm/testing.h"
#include "vm/values_lua.h"

/* What is asked of the host is answered from here. */
typedef struct stage {
    const value *given; /* of the test */
    value done;         /* list of what it did, in order */
} stage;

static bool has_kind(const char *id, const char *kind)
{
    size_t len = strlen(kind);
    return strncmp(id, kind, len) == 0 && id[len] == '/';
}

static void lay(value *record, const char *id, const value *fields)
{
    if (value_is(record, VALUE_NIL)) {
        *record = value_map();
        value_add(record, "id", value_text(id));
        value_add(record, "kind", value_bytes(id, strcspn(id, "/")));
        value_add(record, "version", value_int(1));
    }
    for (size_t i = 0; i < value_len(fields); i++) {
        const value_entry *field = &fields->as.map.items[i];
        if (value_is(&field->value, VALUE_NIL))
            value_drop(record, field->key);
        else
            value_set(record, field->key, value_copy(&field->value));
    }
}

/* nil when there is none; owned by the caller. */
static value record_of(const stage *s, const char *id)
{
    const value *fields = value_get(value_get(s->given, "records"), id);
    value record = value_nil();
    if (fields)
        lay(&record, id, fields);
    for (size_t i = 0; i < value_len(&s->done); i++) {
        const value *did = value_at(&s->done, i);
        if (strcmp(value_get_str(did, "put", ""), id) == 0)
            lay(&record, id, value_get(did, "all"));
    }
    return record;
}

/* nil when there is none; owned by the caller. */
static value run_of(const stage *s, const char *id)
{
    const value *given = value_get(value_get(s->given, "runs"), id);
    value run = value_nil();
    if (!given)
        return run;
    run = value_map();
    value_add(&run, "id", value_text(id));
    for (size_t i = 0; i < value_len(given); i++)
        value_set(&run, given->as.map.items[i].key, value_copy(&given->as.map.items[i].value));
    return run;
}

/* What a host would give in one page: there is no other. */
static value whole_page(value rows)
{
    value page = value_map();
    value_add(&page, "rows", rows);
    return page;
}

/* Those that the test gives, as far as they are asked for. */
static value events_of(const stage *s, const value *asked)
{
    const value *given = value_get(s->given, "events"), *about = value_get(asked, "about");
    const char *type = value_get_str(asked, "type", "*");
    value out = value_list();
    for (size_t i = 0; value_is(given, VALUE_LIST) && i < value_len(given); i++) {
        const value *event = value_at(given, i);
        if (value_holds(about, value_get_str(event, "subject", "")) &&
            text_glob(type, value_get_str(event, "type", "")))
            value_push(&out, value_copy(event));
    }
    return out;
}

static void add_record(const stage *s, const char *id, value *out)
{
    value record = record_of(s, id);
    if (!value_is(&record, VALUE_NIL))
        value_push(out, record);
}

/* Conditions are judged by a store: the test says what they find. */
static bool find(const stage *s, const value *asked, value *out, err *e)
{
    bool where = value_get(asked, "where") != NULL;
    const value *found = where ? value_get(s->given, "found") : NULL;
    const value *records = value_get(s->given, "records");
    const char *kind = value_get_str(asked, "kind", "");
    if (where && !found) {
        err_set(e, ERR_BAD_DATA, "a test has no store that judges a where");
        return err_hint(e, "say what it finds: found = { \"%s/one\" }", kind);
    }
    *out = value_list();
    for (size_t i = 0; value_is(found, VALUE_LIST) && i < value_len(found); i++)
        if (has_kind(value_str(value_at(found, i), ""), kind))
            add_record(s, value_str(value_at(found, i), ""), out);
    for (size_t i = 0; !found && i < value_len(records); i++)
        if (has_kind(records->as.map.items[i].key, kind))
            add_record(s, records->as.map.items[i].key, out);
    for (size_t i = 0; !found && i < value_len(&s->done); i++) {
        const char *id = value_get_str(value_at(&s->done, i), "put", "");
        if (has_kind(id, kind) && !value_get(records, id))
            add_record(s, id, out);
    }
    return true;
}

/* Of each record what a host would give of it. */
static void narrow(value *rows, const value *fields)
{
    for (size_t i = 0; fields && i < value_len(rows); i++) {
        value *record = &rows->as.list.items[i], row = value_map();
        for (size_t f = 0; f < value_len(record); f++) {
            const value_entry *field = &record->as.map.items[f];
            if (option_is_among(field->key, "id kind version") || value_holds(fields, field->key))
                value_add(&row, field->key, value_copy(&field->value));
        }
        value_free(record);
        *record = row;
    }
}

static bool find_each(const stage *s, const value *asked, value *out, err *e)
{
    value rows = value_nil();
    if (!find(s, asked, &rows, e))
        return false;
    narrow(&rows, value_get(asked, "fields"));
    *out = whole_page(rows);
    return true;
}

/* With `removed`, for a field that was taken away is not seen in a table. */
static void keep_put(stage *s, const value *args)
{
    const value *fields = value_get(args, "fields"), *stated = value_get(args, "stated");
    value row = value_map(), set = value_map(), removed = value_list();
    for (size_t i = 0; i < value_len(fields); i++) {
        const value_entry *field = &fields->as.map.items[i];
        if (value_is(&field->value, VALUE_NIL))
            value_push(&removed, value_text(field->key));
        else
            value_set(&set, field->key, value_copy(&field->value));
    }
    value_add(&row, "put", value_text(value_get_str(args, "id", "")));
    value_add(&row, "fields", set);
    value_add(&row, "removed", removed);
    value_add(&row, "source", value_text(value_get_str(stated, "source", NULL)));
    value_add(&row, "all", value_is(fields, VALUE_MAP) ? value_copy(fields) : value_map());
    value_push(&s->done, row);
}

static bool answer(void *ctx, const char *fn, const value *args, value *out, err *e)
{
    stage *s = ctx;
    *out = value_nil();
    if (strcmp(fn, "get") == 0) {
        *out = record_of(s, value_get_str(args, "id", ""));
    } else if (strcmp(fn, "run") == 0) {
        *out = run_of(s, value_get_str(args, "id", ""));
    } else if (strcmp(fn, "events") == 0) {
        *out = whole_page(events_of(s, value_get(args, "events")));
    } else if (strcmp(fn, "each") == 0) {
        return find_each(s, value_get(args, "each"), out, e);
    } else if (strcmp(fn, "query") == 0) {
        return find(s, value_get(args, "query"), out, e);
    } else if (strcmp(fn, "put") == 0) {
        keep_put(s, args);
    } else if (strcmp(fn, "emit") == 0) {
        value row = value_map();
        const value *data = value_get(args, "data");
        value_add(&row, "emit", value_text(value_get_str(args, "type", "")));
        value_add(&row, "data", data ? value_copy(data) : value_map());
        value_add(&row, "subject", value_text(value_get_str(args, "subject", NULL)));
        value_push(&s->done, row);
    } else {
        return err_set(e, ERR_NOT_ALLOWED, "a test has no polder.%s", fn);
    }
    return true;
}

/* Calls it with `argument` and ctx; leaves `results` on the main state. */
static bool act(vm *m, const char *type, const char *name, const value *argument, stage *s,
                int results, err *e)
{
    bool check = strcmp(type, "check") == 0;
    const vm_options before = m->o;
    if (!vm_push_function(m, type, name, type))
        return err_set(e, ERR_NOT_FOUND, "there is no %s of that name in this plugin", type);
    values_push(m->L, argument);
    test_push_acting_ctx(m, s->given, check);
    m->o.call = answer;
    m->o.ctx = s;
    vm_seed(m, 0);
    vm_allow(m, check ? VM_ACTS_READ : VM_ACTS_ALL);
    bool ok = vm_call(m, 2, results, e);
    vm_allow(m, VM_ACTS_NONE);
    m->o.call = before.call;
    m->o.ctx = before.ctx;
    if (!ok && e->where[0])
        err_prefix(e, "failed at %s: ", e->where);
    return ok;
}

/* The arguments of test.handler and test.check, and what they have in common. *given is owned by
 * the caller. */
static const char *arguments(lua_State *L, const char *what, value *given, err *e)
{
    const char *name = luaL_checkstring(L, 1);
    if (L != vm_of(L)->L)
        luaL_error(L, "test.%s can't be called in a coroutine", what);
    luaL_checktype(L, 2, LUA_TTABLE);
    luaL_checkstack(L, 20, what);
    if (!values_get(L, 2, given, e))
        return NULL;
    size_t own = strlen(vm_of(L)->o.plugin);
    bool full = strncmp(name, vm_of(L)->o.plugin, own) == 0 && name[own] == '/';
    return full ? name + own + 1 : name;
}

static int fail(lua_State *L, const char *what, const char *name, const err *e)
{
    char prefix[128];
    snprintf(prefix, sizeof(prefix), "%s '%.80s': ", what, name ? name : "");
    return api_raise(L, e, prefix);
}

/* {seq, time, actor} stand in where the test doesn't say them. */
static value whole_event(const value *given)
{
    value event = value_map();
    const value *said = value_get(given, "event");
    const char *subject = value_get_str(said, "subject", "");
    value_add(&event, "seq", value_int(1));
    value_add(&event, "time", value_text("2026-01-01T00:00:00.000Z"));
    value_add(&event, "actor", value_text("test"));
    value_add(&event, "type", value_text(""));
    if (strchr(subject, '/'))
        value_add(&event, "kind", value_bytes(subject, strcspn(subject, "/")));
    value_add(&event, "data", value_map());
    for (size_t i = 0; i < value_len(said); i++)
        value_set(&event, said->as.map.items[i].key, value_copy(&said->as.map.items[i].value));
    return event;
}

/* test.handler(name, given) → list of what it did */
int test_handler(lua_State *L)
{
    err e = {0};
    value given = value_nil();
    const char *name = arguments(L, "handler", &given, &e);
    stage s = {.given = &given, .done = value_list()};
    value event = whole_event(&given);
    bool ok = name && act(vm_of(L), "handler", name, &event, &s, 0, &e);
    for (size_t i = 0; i < value_len(&s.done); i++)
        value_drop(&s.done.as.list.items[i], "all");
    if (ok)
        values_push(L, &s.done);
    value_free(&event);
    value_free(&s.done);
    value_free(&given);
    return ok ? 1 : fail(L, "handler", name, &e);
}

static value side_of(const value *given, const char *key, const char *id)
{
    const value *fields = value_get(given, key);
    value record = value_nil();
    if (!value_is(fields, VALUE_MAP))
        return record;
    record = value_map();
    value_add(&record, "id", value_text(id));
    value_add(&record, "kind", value_bytes(id, strcspn(id, "/")));
    for (size_t i = 0; i < value_len(fields); i++)
        value_set(&record, fields->as.map.items[i].key, value_copy(&fields->as.map.items[i].value));
    return record;
}

/* A check that returns no boolean refuses every change, with an error. */
static bool take_verdict(lua_State *L, err *e)
{
    if (lua_isboolean(L, -2))
        return true;
    err_set(e, ERR_BAD_DATA, "a check returns true, or false and a reason, not a %s",
            luaL_typename(L, -2));
    lua_pop(L, 2);
    return false;
}

/* test.check(name, given) → allowed, reason */
int test_check(lua_State *L)
{
    err e = {0};
    value given = value_nil();
    const char *name = arguments(L, "check", &given, &e);
    const char *id = value_get_str(&given, "id", "");
    stage s = {.given = &given, .done = value_list()};
    value change = value_map();
    bool ok = name && (strchr(id, '/') ||
                       err_set(&e, ERR_BAD_DATA, "id: expected that of the record that changes"));
    value_add(&change, "id", value_text(id));
    value_add(&change, "kind", value_bytes(id, strcspn(id, "/")));
    value_add(&change, "before", side_of(&given, "before", id));
    value_add(&change, "after", side_of(&given, "after", id));
    value_add(&change, "source", value_text(value_get_str(&given, "source", NULL)));
    ok = ok && act(vm_of(L), "check", name, &change, &s, 2, &e) && take_verdict(L, &e);
    value_free(&change);
    value_free(&s.done);
    value_free(&given);
    return ok ? 2 : fail(L, "check", name, &e);
}
