#include "host/command_run.h"

#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/text.h"
#include "host/broker.h"
#include "host/broker_tell.h"
#include "host/guest.h"
#include "store/event.h"

enum { REASON_BYTES = 700, SECRET_BYTES = 32, FILES_MOST = 5000, FILE_NAME_BYTES = 100 };

/* One name in one folder, that no shell, no `ls` and no other system reads as something else. */
static bool is_file_name(const char *name)
{
    static const char SIGNS[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t len = strlen(name);
    return len > 0 && len <= FILE_NAME_BYTES && *name != '.' && *name != '-' &&
           strspn(name, SIGNS) == len;
}

static bool refuse_file(const contribution *c, const char *name, err *e)
{
    buf shown = {0};
    text_escape(&shown, name, strlen(name), FILE_NAME_BYTES);
    err_set(e, ERR_NOT_ALLOWED,
            "%s returns a file \"%s\": a file is a name of letters, digits, '.', '-' and '_', "
            "without a folder, and a text",
            c->full, buf_text(&shown));
    buf_free(&shown);
    return false;
}

static bool check_files(const contribution *c, const value *files, err *e)
{
    if (files && !value_is(files, VALUE_MAP))
        return err_set(e, ERR_BAD_DATA, "%s: files: expected a table of name = text", c->full);
    if (value_len(files) > FILES_MOST)
        return err_set(e, ERR_LIMIT, "%s returns more than %d files", c->full, FILES_MOST);
    for (size_t i = 0; i < value_len(files); i++) {
        const value_entry *file = &files->as.map.items[i];
        if (!is_file_name(file->key) || !value_is(&file->value, VALUE_TEXT))
            return refuse_file(c, file->key, e);
    }
    return true;
}

/* The command's own no. */
static bool refuse(const contribution *c, const value *answer, err *e)
{
    static const err_code CODES[] = {ERR_BAD_DATA, ERR_NOT_FOUND, ERR_NOT_ALLOWED, ERR_USAGE,
                                     ERR_PARTIAL};
    const value *said = value_get(answer, "refused");
    const char *name = value_get_str(answer, "code", "bad_data");
    err_code code = ERR_BAD_DATA;
    buf reason = {0};
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        if (strcmp(err_name(CODES[i]), name) == 0)
            code = CODES[i];
    text_escape(&reason, value_str(said, ""), value_len(said), REASON_BYTES);
    err_set(e, code, "%s: %s", c->full, buf_text(&reason));
    buf_free(&reason);
    return false;
}

static value given_of(const command_request *r, const char *today)
{
    char secret[2 * SECRET_BYTES + 1];
    hash_random(SECRET_BYTES, secret);
    value given = value_map();
    value_add(&given, "args", value_copy(r->args));
    value_add(&given, "today", value_text(today));
    value_add(&given, "secret",
              value_text(secret)); /* kept nowhere: the log has the arguments only */
    value_add(&given, "lang", value_text(r->lang ? r->lang : "nl"));
    return given;
}

static bool ask(host *h, const command_request *r, broker *b, value *answer, err *e)
{
    guest *g = guest_of(h, b->plugin);
    value given = given_of(r, b->desk->today);
    bool ok = guest_ask(g, "command", r->command->name, &given, 0, broker_serve, b, answer, e);
    value_free(&given);
    if (!ok) {
        if (r->unkept && r->unkept->code != ERR_NONE && !*e->hint)
            err_hint(e, "a run of its match could not be kept: %s", r->unkept->message);
        return err_prefix(e, "%s: ", r->command->full);
    }
    return !value_get(answer, "refused") || refuse(r->command, answer, e);
}

static bool note(store *st, const command_request *r, const broker *b, int64_t *seq, err *e)
{
    value data = value_map();
    value_add(&data, "args", value_copy(r->args));
    value_add(&data, "today", value_text(b->desk->today));
    value_add(&data, "effects", value_int((int64_t)value_len(&b->effects)));
    bool ok = event_append(st, "command.ran", r->command->full, &data, seq, e);
    value_free(&data);
    return ok;
}

/* What rests on a run is kept with the run, or not at all. */
static bool may_commit(const command_request *r, err *e)
{
    if (!r->unkept || r->unkept->code == ERR_NONE)
        return !r->change || r->change(r->ctx, e);
    err_copy(e, r->unkept);
    return err_prefix(e,
                      "%s: nothing is kept, for the run of its match can't be: ", r->command->full);
}

static bool commit(store *st, const command_request *r, broker *b, int64_t *seq, err *e)
{
    if (!may_commit(r, e) || !store_begin(st, e))
        return false;
    if (!broker_check_read(b, e) || !note(st, r, b, seq, e) || !broker_commit(b, *seq, e) ||
        !broker_tell(b, e)) {
        store_rollback(st);
        return err_prefix(e, "%s: nothing is kept: ", r->command->full);
    }
    FAULT_POINT("command-written");
    return store_commit(st, e);
}

static void take(value *answer, broker *b, command_outcome *out)
{
    const value *result = value_get(answer, "result"), *files = value_get(result, "files");
    if (files)
        out->files = value_copy(files);
    if (result && value_is(result, VALUE_MAP)) {
        out->result = value_map();
        for (size_t i = 0; i < value_len(result); i++)
            if (strcmp(result->as.map.items[i].key, "files") != 0)
                value_add(&out->result, result->as.map.items[i].key,
                          value_copy(&result->as.map.items[i].value));
    } else if (result) {
        out->result = value_copy(result);
    }
    out->effects = value_is(&b->effects, VALUE_NIL) ? value_list() : b->effects;
    b->effects = value_nil();
}

bool command_run(host *h, const command_request *r, command_outcome *out, err *e)
{
    char today[CLOCK_DATE_TEXT];
    value answer = value_nil();
    const plugin *p = plugin_find(host_plugins(h), r->command->plugin, e);
    store *st = workspace_store(host_workspace(h), e);
    clock_date_text(clock_today(), today);
    broker_desk desk = {.host = h,
                        .today = r->today ? r->today : today,
                        .keep = !r->dry,
                        .unkept = r->unkept,
                        .change = r->change,
                        .print = r->print,
                        .progress = r->progress,
                        .ctx = r->ctx};
    broker b = {.store = st, .plugin = p, .writes = true, .desk = &desk};
    *out = (command_outcome){0};
    bool ok = p && st && ask(h, r, &b, &answer, e) &&
              check_files(r->command, value_get(value_get(&answer, "result"), "files"), e);
    if (ok && !r->dry && value_len(&b.effects))
        ok = commit(st, r, &b, &out->event, e);
    if (ok)
        take(&answer, &b, out);
    value_free(&answer);
    broker_free(&b);
    return ok;
}

void command_outcome_free(command_outcome *o)
{
    value_free(&o->result);
    value_free(&o->files);
    value_free(&o->effects);
}
