#include "worker/serve.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "score/calls_lua.h"
#include "score/card.h"
#include "score/text_lua.h"
#include "vm/deadline.h"
#include "vm/vm.h"
#include "worker/act_lua.h"
#include "worker/channel.h"
#include "worker/config_lua.h"

enum { LOG_LINES = 100, LOG_LINE_BYTES = 4096 };

/* A plugin's state and the frame that its files lie in. */
typedef struct guest {
    value frame;
    calls *calls; /* what its measures do outside a match */
    int lines;    /* logged so far */
} guest;

typedef struct server {
    int fd;
    guest **guests;
    vm **vms; /* the guests' */
    size_t len;
    card *card;
} server;

static server here; /* the one of this process: a limit can strike anywhere */

static void reply_by(bool (*send)(int fd, const value *frame), const value *frame)
{
    if (!send(here.fd, frame)) {
        value small = value_map();
        value_add(&small, "op", value_text("too_large"));
        channel_write(here.fd, &small);
        value_free(&small);
    }
}

static void reply(const value *frame)
{
    reply_by(channel_write, frame);
}

static void limit(void *ctx, const char *kind, const char *place, const char *traceback)
{
    (void)ctx;
    value frame = value_map();
    value_add(&frame, "op", value_text("limit"));
    value_add(&frame, "kind", value_text(kind));
    value_add(&frame, "where", value_text(place));
    value_add(&frame, "traceback", value_text(traceback));
    channel_write(here.fd, &frame);
    _exit(WIRE_EXIT_LIMIT);
}

/* A flood of lines is cut here, before it costs the host anything. */
static void log_from(void *ctx, const char *text, size_t len)
{
    guest *g = ctx;
    if (g->lines++ > LOG_LINES)
        return;
    if (g->lines > LOG_LINES) {
        text = "(more than 100 lines: the rest is dropped)";
        len = strlen(text);
    }
    value frame = value_map();
    value_add(&frame, "op", value_text("log"));
    value_add(&frame, "plugin",
              value_text(value_get_str(value_get(&g->frame, "plugin"), "name", "")));
    value_add(&frame, "text", value_bytes(text, len < LOG_LINE_BYTES ? len : LOG_LINE_BYTES));
    channel_write(here.fd, &frame);
    value_free(&frame);
}

static bool call_host(void *ctx, const char *fn, const value *args, value *out, err *e)
{
    (void)ctx;
    return act_call(here.fd, fn, args, out, e);
}

static value failed(const err *e, const char *traceback)
{
    value frame = value_map();
    value_add(&frame, "op", value_text("failed"));
    value_add(&frame, "code", value_int(e->code));
    value_add(&frame, "message", value_text(e->message));
    value_add(&frame, "where", value_text(e->where));
    value_add(&frame, "hint", value_text(e->hint));
    value_add(&frame, "traceback", value_text(traceback));
    return frame;
}

static guest *guest_new(value *frame)
{
    guest *g = mem_zero(1, sizeof *g);
    g->frame = *frame;
    g->calls = calls_new(NULL, value_get_str(&g->frame, "today", NULL));
    *frame = value_nil();
    here.guests = mem_grow(here.guests, here.len + 1, sizeof(guest *));
    here.vms = mem_grow(here.vms, here.len + 1, sizeof(vm *));
    here.guests[here.len] = g;
    here.vms[here.len] = NULL;
    return g;
}

/* A state in which the guest's main file has run; NULL sets *e, and what the plugin's frames were.
 */
static vm *load_guest(guest *g, buf *traceback, err *e)
{
    const value *plugin = value_get(&g->frame, "plugin");
    vm_options o = {
        .plugin = value_get_str(plugin, "name", ""),
        .version = value_get_str(plugin, "version", ""),
        .files = value_get(plugin, "files"),
        .main = value_get_str(plugin, "main", "init.lua"),
        .settings = value_get(plugin, "settings"),
        .today = value_get_str(&g->frame, "today", ""),
        .memory_bytes = (size_t)value_get_int(plugin, "memory_mb", 64) << 20,
        .limit = limit,
        .log = log_from,
        .call = call_host,
        .ctx = g,
    };
    vm *m = vm_new(&o, e);
    if (!m)
        return NULL;
    text_attach(m, NULL);
    calls_attach(m, g->calls);
    deadline_enter(m, (uint32_t)value_get_int(&g->frame, "number", 0));
    bool ok = vm_load(m, e);
    deadline_leave();
    if (ok)
        return m;
    buf_str(traceback, vm_traceback(m));
    vm_free(m);
    return NULL;
}

/* {op, number, today, plugin = {name, version, main, files, settings, memory_mb}} → loaded | failed
 */
static value do_load(value *frame)
{
    guest *g = guest_new(frame);
    buf traceback = {0};
    err e = {0};
    vm *m = load_guest(g, &traceback, &e);
    value answer = m ? value_map() : failed(&e, buf_text(&traceback));
    buf_free(&traceback);
    if (!m)
        return answer;
    here.vms[here.len++] = m;
    value_add(&answer, "op", value_text("loaded"));
    value_add(&answer, "contributions", value_copy(vm_contributions(m)));
    return answer;
}

/* A plugin as it was loaded, for the next demand. */
static vm *reload(void *ctx, size_t index, err *e)
{
    buf traceback = {0};
    vm *m = load_guest(here.guests[index], &traceback, e);
    (void)ctx;
    if (m)
        vm_free(here.vms[index]); /* which runs none of its code: no plugin has finalizers */
    buf_free(&traceback);
    return m;
}

/* {op, number, kinds} → tested: the cases of the test.lua of the plugin loaded last */
static value do_test(value *frame)
{
    value results = value_nil(), answer;
    err e = {0};
    vm *m = here.len ? here.vms[here.len - 1] : NULL;
    if (!m)
        return err_set(&e, ERR_BUG, "no plugin is loaded"), failed(&e, "");
    if (value_get(frame, "kinds"))
        vm_know_kinds(m, value_get(frame, "kinds"));
    deadline_enter(m, (uint32_t)value_get_int(frame, "number", 0));
    bool ok = vm_test(m, &results, &e);
    deadline_leave();
    if (!ok)
        return failed(&e, vm_traceback(m));
    answer = value_map();
    value_add(&answer, "op", value_text("tested"));
    value_add(&answer, "cases", results);
    return answer;
}

/* {op, …act_run} → handled, checked, ran | failed: by the plugin loaded last */
static value do_act(value *frame)
{
    value result = value_nil();
    err e = {0};
    vm *m = here.len ? here.vms[here.len - 1] : NULL;
    if (!m)
        return err_set(&e, ERR_BUG, "no plugin is loaded"), failed(&e, "");
    return act_run(m, frame, &result, &e) ? result : failed(&e, vm_traceback(m));
}

/* {op, text} → config: what the operator's polder.lua returns */
static value do_config(value *frame)
{
    value result = value_nil();
    err e = {0};
    if (!config_run(value_get_str(frame, "text", ""), limit, &result, &e))
        return failed(&e, "");
    value answer = value_map();
    value_add(&answer, "op", value_text("config"));
    value_add(&answer, "value", result);
    return answer;
}

/* {op, …card_new} → ready | failed */
static value do_card(value *frame)
{
    err e = {0};
    here.card = card_new(frame, here.vms, here.len, reload, NULL, &e);
    if (!here.card)
        return failed(&e, "");
    value answer = value_map();
    value_add(&answer, "op", value_text("ready"));
    return answer;
}

/* {op, bytes}: no answer, or failed */
static value do_statistics(value *frame)
{
    err e = {0};
    const value *bytes = value_get(frame, "bytes");
    if (!here.card || !value_is(bytes, VALUE_TEXT))
        return value_nil();
    if (!card_add_statistics(here.card, value_str(bytes, ""), value_len(bytes), &e))
        return failed(&e, "");
    return value_nil();
}

/* {op, count, rows, kinds}: no answer, or failed */
static value do_solutions(value *frame)
{
    err e = {0};
    value *rows = (value *)value_get(frame, "rows");
    if (!here.card || !value_is(rows, VALUE_TEXT))
        return value_nil();
    value packed = *rows;
    *rows = value_nil();
    const value *kinds = value_get(frame, "kinds");
    size_t count = (size_t)value_get_int(frame, "count", 0);
    if (kinds && (!value_is(kinds, VALUE_TEXT) || value_len(kinds) != count)) {
        value_free(&packed);
        err_set(&e, ERR_BUG, "kinds of rows that are not as many as the rows");
        return failed(&e, "");
    }
    if (!card_add_solutions(here.card, packed, count, value_str(kinds, NULL), &e))
        return failed(&e, "");
    return value_nil();
}

/* {op, rows}: no answer, or failed */
static value do_known_rows(value *frame)
{
    err e = {0};
    const value *rows = value_get(frame, "rows");
    if (!here.card || !value_is(rows, VALUE_TEXT))
        return value_nil();
    if (!card_known_rows(here.card, value_str(rows, ""), value_len(rows), &e))
        return failed(&e, "");
    return value_nil();
}

static bool pass_on(void *ctx, const value *part, err *e)
{
    (void)ctx;
    (void)e;
    reply_by(channel_put, part);
    return true;
}

/* {op, demand = row, top, reserve, untold, floor, least, only, as, keep, known} → ranked…, done |
 * broken | uncounted | failed */
static value do_demand(value *frame)
{
    err e = {0};
    card_request r = {
        .demand = value_get(frame, "demand"),
        .top = value_get_int(frame, "top", 10),
        .reserve = value_get_int(frame, "reserve", 0),
        .untold = value_get_bool(frame, "untold", false),
        .floor = value_get_double(frame, "floor", 0),
        .least = value_get_double(frame, "least", 0),
        .only = value_get_int(frame, "only", -1),
        .as = value_is(value_get(frame, "as"), VALUE_LIST) ? value_get(frame, "as") : NULL,
        .keep = value_get_bool(frame, "keep", false),
        .known = value_get(frame, "known"),
        .bare = value_get_bool(frame, "bare", false),
        .plan = value_get_bool(frame, "plan", false),
    };
    if (!here.card || !card_run(here.card, &r, pass_on, NULL, &e))
        return failed(&e, "");
    return value_nil();
}

/* {op, known} → statistics…, counted | failed */
static value do_count(value *frame)
{
    err e = {0};
    if (!here.card || !card_count(here.card, value_get(frame, "known"), pass_on, NULL, &e))
        return failed(&e, "");
    return value_nil();
}

static const struct {
    const char *op;
    value (*answer)(value *frame);
} OPS[] = {
    {"statistics", do_statistics},
    {"count", do_count},
    {"load", do_load},
    {"test", do_test},
    {"config", do_config},
    {"card", do_card},
    {"solutions", do_solutions},
    {"known_rows", do_known_rows},
    {"demand", do_demand},
    {"handle", do_act},
    {"check", do_act},
    {"command", do_act},
    {"report", do_act},
};

static void answer(value *frame)
{
    const char *op = value_get_str(frame, "op", "");
    for (size_t i = 0; i < sizeof OPS / sizeof OPS[0]; i++) {
        if (strcmp(op, OPS[i].op) != 0)
            continue;
        value result = OPS[i].answer(frame);
        if (!value_is(&result, VALUE_NIL))
            reply(&result);
        value_free(&result);
        return;
    }
    _exit(70); /* a host of another version: it was told ours in hello */
}

void serve(int fd, value sandbox)
{
    here.fd = fd;
    value hello = value_map();
    value_add(&hello, "op", value_text("hello"));
    value_add(&hello, "wire", value_int(WIRE_VERSION));
    value_add(&hello, "sandbox", sandbox);
    reply(&hello);
    value_free(&hello);
    for (;;) {
        value frame = channel_read(fd);
        answer(&frame);
        value_free(&frame);
    }
}
