#include "host/broker.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/broker_desk.h"
#include "host/broker_log.h"
#include "host/broker_rows.h"
#include "host/declared.h"
#include "host/emit.h"
#include "store/event.h"
#include "store/forget.h"
#include "store/kinds.h"
#include "store/past.h"

bool broker_lists(const value *names, const char *name)
{
    for (size_t i = 0; i < value_len(names); i++) {
        const char *one = value_str(value_at(names, i), "");
        if (strcmp(one, "*") == 0 || strcmp(one, name) == 0)
            return true;
    }
    return false;
}

bool broker_may(const plugin *p, const char *what, const char *kind)
{
    const value *capabilities = value_get(&p->manifest, "capabilities");
    return broker_lists(value_get(value_get(capabilities, "records"), what), kind);
}

static bool check_kind(const broker *b, const char *what, const char *kind, err *e)
{
    if (broker_may(b->plugin, what, kind))
        return true;
    err_set(e, ERR_NOT_ALLOWED, "%s may not %s records of kind %s", b->plugin->name, what, kind);
    return err_hint(e,
                    "plugin.json asks for it: \"capabilities\": {\"records\": {\"%s\": [\"%s\"]}}",
                    what, kind);
}

bool broker_check_id(const broker *b, const char *what, const char *id, err *e)
{
    if (!store_check_id(id, e))
        return false;
    char *kind = mem_copy(id, strcspn(id, "/"));
    bool ok = check_kind(b, what, kind, e);
    free(kind);
    return ok;
}

/* What this handler has put so far, laid over the record. */
static void lay_over(const broker *b, const char *id, value *record)
{
    for (size_t i = 0; i < value_len(&b->effects); i++) {
        const value *put = value_at(&b->effects, i), *fields = value_get(put, "fields");
        if (strcmp(value_get_str(put, "id", ""), id) != 0)
            continue;
        if (value_is(record, VALUE_NIL)) {
            *record = value_map();
            value_add(record, "id", value_text(id));
            value_add(record, "kind", value_bytes(id, strcspn(id, "/")));
            value_add(record, "version", value_int(0));
        }
        for (size_t f = 0; f < value_len(fields); f++)
            value_set(record, fields->as.map.items[f].key,
                      value_copy(&fields->as.map.items[f].value));
    }
}

static void add_personal(broker *b, const value *kinds)
{
    for (size_t i = 0; i < value_len(kinds); i++) {
        const value *fields = value_get(value_at(kinds, i), "fields");
        bool any = false;
        for (size_t f = 0; f < value_len(fields); f++)
            any = any || value_get_bool(value_at(fields, f), "personal", false);
        if (any)
            value_set(&b->kinds, value_get_str(value_at(kinds, i), "name", ""), value_bool(true));
    }
}

/* Which kinds have personal fields, as saved or as plugins have it by now. */
static bool know_kinds(broker *b, err *e)
{
    value kinds = value_nil();
    if (value_is(&b->kinds, VALUE_MAP))
        return true;
    if (!kinds_load(b->store, &kinds, e))
        return false;
    b->kinds = value_map();
    b->personal = value_list();
    add_personal(b, &kinds);
    value_free(&kinds);
    kinds = b->desk ? declared_kinds(b->desk->host) : value_nil();
    add_personal(b, &kinds);
    value_free(&kinds);
    return true;
}

bool broker_note(broker *b, const char *id, err *e)
{
    if (!b->notes)
        return true;
    if (!know_kinds(b, e))
        return false;
    char *kind = mem_copy(id, strcspn(id, "/"));
    if (value_get_bool(&b->kinds, kind, false))
        value_push(&b->personal, value_text(id));
    free(kind);
    return true;
}

static bool find_events(broker *b, const value *args, value *out, err *e)
{
    const value *about = value_get(value_get(args, "events"), "about");
    bool ok = value_is(about, VALUE_LIST) || value_len(about) == 0 ||
              err_set(e, ERR_BAD_DATA, "about: expected a list of ids of records");
    for (size_t i = 0; ok && i < value_len(about); i++) {
        const char *id = value_str(value_at(about, i), "");
        ok = broker_check_id(b, "read", id, e) && broker_note(b, id, e); /* of a person, too */
    }
    return ok && broker_events(b, args, out, e);
}

/* ERR_NOT_FOUND, in the past, is no record. */
static bool get_past(broker *b, const char *id, value *out, err *e)
{
    err why = {0};
    if (past_get(b->store, id, b->as_of, out, &why))
        return broker_note(b, id, e);
    *out = value_nil();
    return why.code == ERR_NOT_FOUND || err_copy(e, &why);
}

static bool find_run(broker *b, const value *args, value *out, err *e)
{
    return broker_run(b, args, out, e);
}

static bool get(broker *b, const value *args, value *out, err *e)
{
    const char *id = value_get_str(args, "id", "");
    bool there = false;
    value record = value_nil();
    if (b->as_of)
        return broker_check_id(b, "read", id, e) && get_past(b, id, out, e);
    if (!broker_check_id(b, "read", id, e) || !store_exists(b->store, id, &there, e) ||
        (there && (!store_get(b->store, id, &record, e) || !broker_note(b, id, e)))) {
        value_free(&record);
        return false;
    }
    lay_over(b, id, &record);
    *out = record;
    return true;
}

static bool query_records(broker *b, const value *args, value *out, err *e)
{
    const value *asked = value_get(args, "query");
    return check_kind(b, "read", value_get_str(asked, "kind", ""), e) &&
           broker_query(b, asked, out, e);
}

static bool each_record(broker *b, const value *args, value *out, err *e)
{
    const value *asked = value_get(args, "each");
    return check_kind(b, "read", value_get_str(asked, "kind", ""), e) &&
           broker_each(b, asked, value_get_str(args, "after", NULL), out, e);
}

/* Takes the effect over. */
static bool keep(broker *b, value effect, err *e)
{
    buf text = {0};
    json_write(&text, &effect);
    b->bytes += text.len;
    buf_free(&text);
    size_t most = b->desk ? BROKER_COMMANDS_EFFECTS : BROKER_EFFECTS;
    size_t most_bytes = b->desk ? BROKER_COMMANDS_BYTES : BROKER_BYTES;
    bool ok = value_len(&b->effects) < most && b->bytes <= most_bytes;
    if (!ok) {
        value_free(&effect);
        return err_set(e, ERR_LIMIT, "one %s writes at most %zu things and %zu MiB%s",
                       b->desk ? "command" : "handler", most, most_bytes >> 20,
                       b->desk ? "" : " for one event");
    }
    if (value_is(&b->effects, VALUE_NIL))
        b->effects = value_list();
    value_push(&b->effects, effect);
    return true;
}

static bool put(broker *b, const value *args, value *out, err *e)
{
    const value *fields = value_get(args, "fields");
    (void)out;
    if (!broker_check_id(b, "write", value_get_str(args, "id", ""), e))
        return false;
    if (!value_is(fields, VALUE_MAP))
        return err_set(e, ERR_BAD_DATA, "fields: expected a table of field = value");
    return keep(b, value_copy(args), e);
}

static bool check_type(const broker *b, const char *type, err *e)
{
    if (!emit_check_type(type, b->plugin->name, e))
        return false;
    const value *globs = value_get(value_get(&b->plugin->manifest, "capabilities"), "emit");
    for (size_t i = 0; i < value_len(globs); i++)
        if (text_glob(value_str(value_at(globs, i), ""), type))
            return true;
    err_set(e, ERR_NOT_ALLOWED, "%s may not emit %s", b->plugin->name, type);
    return err_hint(e, "plugin.json asks for it: \"capabilities\": {\"emit\": [\"%s.*\"]}",
                    b->plugin->name);
}

static bool emit(broker *b, const value *args, value *out, err *e)
{
    const value *data = value_get(args, "data");
    const char *subject = value_get_str(args, "subject", b->plugin->name);
    (void)out;
    if (!check_type(b, value_get_str(args, "type", ""), e))
        return false;
    if (data && !value_is(data, VALUE_MAP))
        return err_set(e, ERR_BAD_DATA, "data: expected a table of name = value");
    if (!emit_check_subject(subject, e))
        return false;
    return keep(b, value_copy(args), e);
}

bool broker_serve(void *ctx, const char *fn, const value *args, value *out, err *e)
{
    static const struct {
        const char *name;
        bool reads, writes, desk;
        bool (*answer)(broker *b, const value *args, value *out, err *e);
    } FUNCTIONS[] = {{"get", true, false, false, get},
                     {"query", true, false, false, query_records},
                     {"each", true, false, false, each_record},
                     {"run", true, false, false, find_run},
                     {"events", true, false, false, find_events},
                     {"put", false, true, false, put},
                     {"emit", false, true, false, emit},
                     {"match", true, false, true, broker_match},
                     {"explain", true, false, true, broker_explain},
                     {"print", false, false, true, broker_print},
                     {"progress", false, false, true, broker_progress}};
    broker *b = ctx;
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof FUNCTIONS[0]; i++) {
        if (strcmp(FUNCTIONS[i].name, fn) != 0)
            continue;
        if (FUNCTIONS[i].writes && !b->writes)
            return err_set(e, ERR_NOT_ALLOWED, "only a handler or a command can write");
        if (FUNCTIONS[i].desk && !b->desk)
            return err_set(e, ERR_NOT_ALLOWED, "only a command or a report can do this");
        return (!FUNCTIONS[i].reads || broker_reads(b, e)) && FUNCTIONS[i].answer(b, args, out, e);
    }
    return err_set(e, ERR_NOT_ALLOWED, "there is no such function");
}

bool broker_reads(broker *b, err *e)
{
    int64_t head = 0;
    if (b->from)
        return true;
    if (!event_head(b->store, &head, e))
        return false;
    b->from = head + 1;
    return true;
}

bool broker_check_read(const broker *b, err *e)
{
    return forget_check_read(b->store, b->from, e);
}

static bool do_put(broker *b, const value *effect, err *e)
{
    const value *stated = value_get(effect, "stated");
    const statement s = {.id = value_get_str(effect, "id", ""),
                         .fields = value_get(effect, "fields"),
                         .source = value_get_str(stated, "source", NULL),
                         .place = value_get_str(stated, "place", NULL)};
    err why = {0};
    if (store_put(b->store, &s, NULL, &why))
        return true;
    /* A handler's failure is kept as one text, so what was perhaps meant goes into it. */
    bool inside = !b->desk && *why.hint;
    err_set(e, why.code, "polder.put: %s: %s%s%s%s", s.id, why.message, inside ? " (" : "",
            inside ? why.hint : "", inside ? ")" : "");
    return inside || !*why.hint ? false : err_hint(e, "%s", why.hint);
}

static bool do_emit(broker *b, const value *effect, err *e)
{
    const value *data = value_get(effect, "data");
    value none = value_map();
    bool ok = event_append(b->store, value_get_str(effect, "type", ""),
                           value_get_str(effect, "subject", b->plugin->name), data ? data : &none,
                           NULL, e);
    return ok || err_prefix(e, "polder.emit: ");
}

bool broker_commit(broker *b, int64_t seq, err *e)
{
    buf actor = {0};
    bool ok = true;
    buf_fmt(&actor, "plugin:%s", b->plugin->name);
    store_act_for(b->store, buf_text(&actor), b->handler, seq);
    buf_free(&actor);
    for (size_t i = 0; ok && i < value_len(&b->effects); i++) {
        const value *effect = value_at(&b->effects, i);
        ok = value_get(effect, "id") ? do_put(b, effect, e) : do_emit(b, effect, e);
        if (!ok) {
            buf at = {0};
            const char *place = value_get_str(effect, "at", "");
            text_escape(&at, place, strlen(place), 200);
            err_where(e, "%s", buf_text(&at));
            buf_free(&at);
        }
    }
    store_act_for(b->store, NULL, NULL, 0);
    return ok;
}

void broker_free(broker *b)
{
    value_free(&b->effects);
    value_free(&b->kinds);
    value_free(&b->personal);
}
