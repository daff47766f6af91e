#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "base/clock.h"
#include "host/dispatch_chain.h"
#include "host/handler_run.h"
#include "host/loop.h"
#include "reacting.h"
#include "store/forget.h"

/* Adds its letter to the trail of each ship. */
#define TRAIL(letter, options)                                                                     \
    POLDER "polder.on { name = 'trail', event = 'record.created', kind = 'ship'" options           \
           ", handler = function(event)\n"                                                         \
           "  local trail = polder.get('trail/' .. event.data.fields.n) or { way = '' }\n"         \
           "  polder.put('trail/' .. event.data.fields.n, { way = trail.way .. '" letter "' })\n"  \
           "end }"

static void an_effect_is_the_plugins_own_and_names_its_cause(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER
                    "polder.on { name = 'h', event = 'record.*', kind = 'ship', handler = "
                    "function(event, ctx)\n  assert(event.actor == 'cli:anna' and ctx.today)\n"
                    "  polder.put('port/x', { by = event.subject, n = event.data.fields.n })\n"
                    "  polder.emit('alpha.seen', { twice = 2 * event.data.fields.n })\n"
                    "end }");
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":3}");
    int64_t at = head(&r);
    handle(&r);
    char expected[200];
    snprintf(expected, sizeof expected,
             "plugin:alpha record.created port/x %lld\nplugin:alpha alpha.seen alpha %lld\n",
             (long long)at, (long long)at);
    assert_string_equal(events(&r, at), expected);
    assert_string_equal(field(&r, "port/x", "n"), "3");
    assert_int_equal(r.report.runs, 1);
    handle(&r);
    assert_int_equal(r.report.runs, 0);
    reacting_free(&r);
}

static void an_event_comes_once_also_after_the_host_starts_again(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", TRAIL("a", ""));
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    handle(&r);
    reacting_close(&r);
    reacting_open(&r);
    handle(&r);
    assert_string_equal(field(&r, "trail/1", "way"), "\"a\"");
    put(&r, "ship/b", "{\"n\":2}");
    reacting_close(&r);
    reacting_open(&r);
    handle(&r);
    assert_string_equal(field(&r, "trail/2", "way"), "\"a\"");
    reacting_free(&r);
}

static void handlers_that_name_others_come_after_them(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", TRAIL("a", ", after = { 'gamma/*' }"));
    reacting_plugin(&r, "beta", TRAIL("b", ", after = { 'alpha/trail' }"));
    reacting_plugin(&r, "gamma", TRAIL("c", ""));
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    put(&r, "ship/b", "{\"n\":2}");
    handle(&r);
    assert_string_equal(field(&r, "trail/1", "way"), "\"cab\"");
    assert_string_equal(field(&r, "trail/2", "way"), "\"cab\"");
    reacting_free(&r);
}

static void a_handler_gets_its_types_and_its_kind_only(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(
        &r, "alpha",
        POLDER
        "for _, glob in ipairs { 'record.created', 'record.?hanged', 'alpha.*' } do\n"
        "  polder.on { name = glob:gsub('%W', '-'):gsub('-$', ''), event = glob, kind = 'ship',\n"
        "    handler = function(event)\n      local log = polder.get('log/l') or { seen = '' }\n"
        "      polder.put('log/l', { seen = log.seen .. glob .. ' ' })\n"
        "      if event.type == 'record.created' then\n"
        "        polder.emit('alpha.x', {}, event.subject) polder.emit('alpha.y', {}, 'port/p') "
        "end\n"
        "    end }\nend");
    reacting_open(&r);
    put(&r, "port/p", "{\"n\":1}");
    put(&r, "ship/a", "{\"n\":1}");
    put(&r, "ship/a", "{\"n\":2}");
    handle(&r);
    assert_string_equal(field(&r, "log/l", "seen"), "\"record.created record.?hanged alpha.* \"");
    reacting_free(&r);
}

static void a_failure_names_its_line_waits_longer_each_time_and_is_parked_at_last(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER "polder.on { name = 'h', event = 'record.*', kind = 'ship', handler = "
                           "function(event)\n  polder.put('port/half', { n = 1 })\n"
                           "  if event.data.fields.n == 1 then error('boem') end\n"
                           "  polder.put('port/' .. event.data.fields.n, { done = true })\nend }");
    reacting_open(&r);
    int64_t now = 1800000000000;
    clock_set(now);
    put(&r, "ship/a", "{\"n\":1}");
    put(&r, "ship/b", "{\"n\":2}");
    handle(&r);
    assert_string_equal(buf_text(&r.failures), "alpha/h 1 ship/a at alpha/init.lua:4: boem\n");
    assert_string_equal(field(&r, "port/half", "n"), "-");
    handle(&r);
    assert_int_equal(r.report.runs, 0);
    static const int64_t MOST_MS[] = {1200, 6000, 36000, 360000};
    for (int i = 0; i < 4; i++) {
        clock_set(now += MOST_MS[i] / 2);
        handle(&r);
        assert_int_equal(r.report.runs, 0); /* not yet */
        clock_set(now += MOST_MS[i] / 2);
        handle(&r);
        assert_int_equal(r.report.failures, 1);
    }
    assert_string_equal(buf_text(&r.failures),
                        "alpha/h 5 ship/a parked at alpha/init.lua:4: boem\n");
    assert_string_equal(field(&r, "port/2", "done"), "true");
    assert_int_equal(r.report.runs, 2);
    clock_set(-1);
    reacting_free(&r);
}

/* Runs handler `name` for the newest event to its end, but doesn't keep it yet. */
static handler_run *run_newest(reacting *r, const char *name)
{
    const contribution *c = registry_find(host_registry(r->host), "handler", name, NULL, NULL);
    const plugin *p = plugin_find(host_plugins(r->host), "alpha", NULL);
    assert_true(c && p);
    handler_run *run = handler_run_begin(r->host, r->store, c, p, head(r), 0);
    while (!handler_run_step(run))
        uv_run(host_loop(r->host), UV_RUN_ONCE);
    return run;
}

/* What it wrote, and what it failed with, may hold what was erased: it has not failed, and runs
 * again. */
static void one_that_read_who_is_forgotten_meanwhile_is_tried_again(void **state)
{
    static const char *const NAMES[] = {"alpha/greet", "alpha/fail"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        reacting r = reacting_new();
        handler_end end;
        err e = {0};
        value report = value_nil();
        reacting_plugin(
            &r, "alpha",
            i ? POLDER "polder.on { name = 'fail', event = 'record.created', kind = 'ship',\n"
                       "  handler = function(event)\n    if event.data.fields.name then "
                       "error('no ' .. event.data.fields.name) end\n"
                       "    polder.put('port/x', { n = 1 }) end }"
              : POLDER "polder.on { name = 'greet', event = 'record.created', kind = 'ship',\n"
                       "  handler = function(event)\n    local ship = polder.get(event.subject)\n"
                       "    polder.put('port/x', { n = 1, of = ship and ship.name })\n  end }");
        reacting_open(&r);
        put(&r, "ship/a", "{\"name\":\"Annelies\"}");
        handler_run *run = run_newest(&r, NAMES[i]);
        assert_true(store_forget(r.store, "ship/a", "asked for it", &report, &e));
        value_free(&report);
        assert_true(handler_run_keep(run, &end, &e));
        assert_true(end.failed && !end.parked);
        assert_int_equal(value_get_int(&end.failure, "attempts", -1), 0);
        says(value_get_str(&end.failure, "message", ""), "ship/a was forgotten meanwhile");
        value_free(&end.failure);
        assert_string_equal(field(&r, "port/x", "n"), "-");
        handle(&r);
        assert_string_equal(field(&r, "port/x", "n"), "1");
        assert_string_equal(field(&r, "port/x", "of"), "-");
        reacting_free(&r);
    }
}

/* The clock stood a year ahead when it failed. */
static void a_clock_that_is_set_back_makes_no_handler_wait_until_then(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER "polder.on { name = 'h', event = 'record.created', kind = 'ship', "
                           "handler = function() error('boem') end }");
    reacting_open(&r);
    int64_t now = 1800000000000;
    clock_set(now + 31536000000);
    put(&r, "ship/a", "{\"n\":1}");
    handle(&r);
    clock_set(now);
    handle(&r);
    assert_int_equal(r.report.failures, 1);
    handle(&r);
    assert_int_equal(r.report.runs, 0); /* that one waits as it should */
    clock_set(-1);
    reacting_free(&r);
}

static void one_that_fails_keeps_nobody_else_waiting(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER
                    "polder.on { name = 'h', event = 'record.*', handler = function() error('no') "
                    "end }");
    reacting_plugin(&r, "beta", TRAIL("b", ", after = { 'alpha/*' }"));
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    put(&r, "ship/b", "{\"n\":2}");
    handle(&r);
    assert_string_equal(field(&r, "trail/2", "way"), "\"b\"");
    assert_int_equal(r.report.failures, 1);
    reacting_free(&r);
}

/* Ends when there is a port/go, which somebody else must make meanwhile; then adds its letter. */
#define WAITS(letter, options)                                                                     \
    POLDER "polder.on { name = 'waits', event = 'record.created', kind = 'ship'" options           \
           ", handler = function(event)\n"                                                         \
           "  repeat for _ = 1, 1e5 do end until polder.get('port/go')\n"                          \
           "  local trail = polder.get('trail/all') or { way = '' }\n"                             \
           "  polder.put('trail/all', { way = trail.way .. '" letter                               \
           "' .. event.data.fields.n })\n"                                                         \
           "end }\n"
#define GOES                                                                                       \
    "polder.on { name = 'goes', event = 'record.created', kind = 'ship', handler = "               \
    "function(event)\n"                                                                            \
    "  if event.data.fields.n == 3 then polder.put('port/go', { by = event.subject }) end\nend }"

static void put_ships(reacting *r)
{
    put(r, "ship/a", "{\"n\":1}");
    put(r, "ship/b", "{\"n\":2}");
    put(r, "ship/c", "{\"n\":3}");
}

static void one_that_takes_long_keeps_no_other_plugin_waiting(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", WAITS("a", ""));
    reacting_plugin(&r, "beta", POLDER GOES);
    reacting_open(&r);
    put_ships(&r);
    handle(&r);
    assert_string_equal(buf_text(&r.failures), "");
    assert_string_equal(field(&r, "trail/all", "way"), "\"a1a2a3\""); /* each once, in order */
    assert_int_equal(r.report.runs, 6);
    reacting_free(&r);
}

static void nor_any_other_handler_of_its_own_plugin(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", WAITS("a", "") GOES);
    reacting_open(&r);
    put_ships(&r);
    handle(&r);
    assert_string_equal(buf_text(&r.failures), "");
    assert_string_equal(field(&r, "trail/all", "way"), "\"a1a2a3\"");
    reacting_free(&r);
}

/* Now beta is to see what alpha has made of the same event. */
static void only_those_wait_that_come_after_one_that_takes_long(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", WAITS("a", ""));
    reacting_plugin(&r, "beta", WAITS("b", ", after = { 'alpha/*' }"));
    reacting_plugin(&r, "gamma", POLDER GOES);
    reacting_open(&r);
    put_ships(&r);
    handle(&r);
    assert_string_equal(buf_text(&r.failures), "");
    const char *way = field(&r, "trail/all", "way");
    for (int n = 1; n <= 3; n++) {
        char a[3] = {'a', (char)('0' + n), 0}, b[3] = {'b', (char)('0' + n), 0};
        says(way, a);
        says(way, b);
        assert_true(strstr(way, a) < strstr(way, b));
    }
    reacting_free(&r);
}

/* It is no failure, and begins again with whoever has the time. */
static void one_that_takes_longer_than_all_may_is_cut_off(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", WAITS("a", ""));
    reacting_plugin(&r, "beta", TRAIL("b", ", after = { 'alpha/*' }"));
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    handle_within(&r, 100, 200, false);
    assert_true(r.report.more);
    assert_int_equal(r.report.running, 1);
    assert_string_equal(r.report.slow, "alpha/waits");
    assert_string_equal(buf_text(&r.failures), "");
    value waiting = value_nil();
    assert_true(handler_waiting(r.store, NULL, &waiting, NULL));
    assert_int_equal(value_len(&waiting), 1);
    assert_int_equal(value_get_int(value_at(&waiting, 0), "attempts", -1), 0);
    value_free(&waiting);
    put(&r, "port/go", "{\"n\":1}");
    handle_within(&r, 100, 200, false); /* not by the next command, but by who has the time */
    assert_int_equal(r.report.runs, 0);
    assert_string_equal(field(&r, "trail/1", "way"), "-"); /* who comes after it waits, too */
    handle(&r);
    assert_false(r.report.more);
    assert_string_equal(field(&r, "trail/all", "way"), "\"a1\"");
    assert_string_equal(field(&r, "trail/1", "way"), "\"b\"");
    reacting_free(&r);
}

static void who_stays_deals_with_what_comes_while_one_takes_long(void **state)
{
    (void)state;
    reacting r = reacting_new();
    const dispatch_limits limits = {.runs = 100, .wall_ms = 60000};
    dispatch_report report;
    err e = {0};
    reacting_plugin(&r, "alpha", WAITS("a", ""));
    reacting_plugin(&r, "beta", TRAIL("b", ""));
    reacting_open(&r);
    dispatch *d = dispatch_open(r.host, &e);
    put(&r, "ship/a", "{\"n\":1}");
    do
        assert_true(dispatch_go(d, &limits, &report, &e));
    while (report.running > 1);
    assert_int_equal(report.running, 1);
    assert_string_equal(field(&r, "trail/1", "way"), "\"b\"");
    put(&r, "ship/b", "{\"n\":2}");
    do
        assert_true(dispatch_go(d, &limits, &report, &e));
    while (report.running > 1);
    assert_int_equal(report.running, 1);
    assert_string_equal(field(&r, "trail/2", "way"), "\"b\"");
    put(&r, "port/go", "{\"n\":1}");
    while (report.running)
        assert_true(dispatch_go(d, &limits, &report, &e));
    assert_true(dispatch_go(d, &limits, &report, &e));
    assert_string_equal(field(&r, "trail/all", "way"), "\"a1a2\"");
    dispatch_close(d);
    reacting_free(&r);
}

static void a_parked_event_is_tried_again_when_asked_for(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER
                    "polder.on { name = 'h', event = 'record.created', kind = 'ship', handler = "
                    "function(event)\n  if not polder.get('port/p') then error('no port') end\n"
                    "  polder.put('port/p', { of = event.subject })\nend }");
    reacting_open(&r);
    int64_t now = 1800000000000;
    put(&r, "ship/a", "{\"n\":1}");
    for (int i = 0; i < 5; i++) {
        clock_set(now += 400000);
        handle(&r);
    }
    says(buf_text(&r.failures), "parked");
    value list = value_nil();
    put(&r, "port/p", "{\"n\":1}");
    assert_true(handler_parked(r.store, &list, NULL));
    assert_true(handler_retry(r.store, value_get_int(value_at(&list, 0), "id", 0), NULL));
    value_free(&list);
    handle(&r);
    assert_string_equal(field(&r, "port/p", "of"), "\"ship/a\"");
    assert_true(handler_parked(r.store, &list, NULL));
    assert_int_equal(value_len(&list), 0);
    value_free(&list);
    clock_set(-1);
    reacting_free(&r);
}

static void a_handler_that_never_ends_or_eats_memory_is_ended_and_tried_again(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER "polder.on { name = 'time', event = 'record.*', handler = function()\n"
                           "  while true do pcall(error) end\nend }\n"
                           "polder.on { name = 'bomb', event = 'record.*', handler = function()\n"
                           "  local t = {}\n  while true do t[#t + 1] = {} end\nend }\n"
                           "polder.on { name = 'asks', event = 'record.*', handler = function()\n"
                           "  while true do pcall(polder.get, 'ship/a') end\nend }");
    reacting_plugin(&r, "beta", TRAIL("b", ""));
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    handle(&r);
    says(buf_text(&r.failures), "alpha/bomb 1 ship/a at alpha/init.lua:7: needs more than 16 MB");
    says(buf_text(&r.failures), "alpha/time 1 ship/a at alpha/init.lua:3: used more than 2000 ms");
    says(buf_text(&r.failures), "alpha/asks 1 ship/a at alpha/init.lua:10: used more than 2000 ms");
    assert_string_equal(field(&r, "trail/1", "way"), "\"b\"");
    reacting_free(&r);
}

static void handlers_that_wake_each_other_for_ever_are_parked_with_the_chain(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER
                    "polder.on { name = 'ping', event = 'record.*', kind = 'ball', handler = "
                    "function(e)\n  polder.emit('alpha.ping', {}, e.subject) end }\n"
                    "polder.on { name = 'pong', event = 'alpha.ping', handler = function(e)\n"
                    "  polder.put(e.subject, { n = polder.get(e.subject).n + 1 }) end }");
    reacting_open(&r);
    put(&r, "ball/b", "{\"n\":1}");
    handle(&r);
    assert_int_equal(r.report.failures, 1);
    says(buf_text(&r.failures), "parked");
    says(buf_text(&r.failures), "loop, 12 in a row: ");
    says(buf_text(&r.failures), " < 1 record.created ball/b by cli:anna\n"); /* who began it */
    says(buf_text(&r.failures), "alpha/init.lua:");
    says(buf_text(&r.failures), " record.changed ball/b by alpha/pong < ");
    says(buf_text(&r.failures), " alpha.ping ball/b by alpha/ping < ");
    assert_string_equal(field(&r, "ball/b", "n"), "7");
    reacting_free(&r);
}

/* Each of its events makes two more: it is found before they are many. */
static void a_loop_that_grows_in_breadth_is_parked_too(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER "polder.on { name = 'two', event = '*', handler = function(e)\n"
                           "  if e.type == 'record.created' and e.kind ~= 'ball' then return end\n"
                           "  for i = 1, 2 do polder.emit('alpha.x', { i = i }) end\nend }");
    reacting_open(&r);
    put(&r, "ball/b", "{\"n\":1}");
    int64_t at = head(&r);
    handle(&r);
    assert_false(r.report.more);
    assert_int_equal(head(&r) - at, 2 + 4 + 8 + 16 + 32 + 64);
    assert_int_equal(r.report.failures, 64);
    says(buf_text(&r.failures), "alpha/two 1 alpha parked at alpha/init.lua:2: handlers wake each");
    reacting_free(&r);
}

static void one_that_has_much_to_catch_up_with_comes_last(void **state)
{
    enum { SHIPS = 70 }; /* more than a batch of events */
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", TRAIL("a", ""));
    reacting_plugin(&r, "beta", TRAIL("b", ""));
    reacting_open(&r);
    handle(&r);
    reacting_close(&r);
    folder_text(r.folder, "polder.lua",
                "return { disabled = { 'partnership', 'noord-holland', 'zeeland', 'alpha' } }");
    reacting_open(&r);
    for (int i = 1; i <= SHIPS; i++) {
        char id[20], fields[20];
        snprintf(id, sizeof id, "ship/s%d", i);
        snprintf(fields, sizeof fields, "{\"n\":%d}", i);
        put(&r, id, fields);
    }
    handle(&r);
    reacting_close(&r);
    folder_text(r.folder, "polder.lua",
                "return { disabled = { 'partnership', 'noord-holland', 'zeeland' } }");
    reacting_open(&r);
    put(&r, "ship/new", "{\"n\":0}");
    handle_most(&r, 1);
    assert_string_equal(field(&r, "trail/0", "way"), "\"b\"");
    assert_string_equal(field(&r, "trail/1", "way"), "\"b\"");
    handle(&r);
    assert_string_equal(field(&r, "trail/1", "way"), "\"ba\"");
    assert_string_equal(field(&r, "trail/0", "way"), "\"ba\"");
    assert_int_equal(r.report.runs, SHIPS + 1);
    reacting_free(&r);
}

/* What is known of its failure stays, and it is due for who has the time, not for a command. */
static void one_that_is_cut_off_after_a_failure_has_failed_once(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER
                    "polder.on { name = 'h', event = 'record.created', kind = 'ship', handler = "
                    "function()\n  if not polder.get('port/x') then error('no port') end\n"
                    "  repeat for _ = 1, 1e5 do end until polder.get('port/go')\n"
                    "  polder.put('port/done', { n = 1 })\nend }");
    reacting_open(&r);
    int64_t now = 1800000000000;
    clock_set(now);
    put(&r, "ship/a", "{\"n\":1}");
    handle(&r);
    assert_int_equal(r.report.failures, 1);
    put(&r, "port/x", "{\"n\":1}");
    clock_set(now += 2000);
    handle_within(&r, 100, 200, false);
    assert_int_equal(r.report.running, 1);
    value waiting = value_nil();
    assert_true(handler_waiting(r.store, NULL, &waiting, NULL));
    assert_int_equal(value_len(&waiting), 1);
    assert_int_equal(value_get_int(value_at(&waiting, 0), "attempts", 0), 1);
    assert_string_equal(value_get_str(value_at(&waiting, 0), "message", ""), "no port");
    value_free(&waiting);
    put(&r, "port/go", "{\"n\":1}");
    handle_within(&r, 100, 200, false);
    assert_int_equal(r.report.runs, 0);
    handle(&r);
    assert_string_equal(field(&r, "port/done", "n"), "1");
    clock_set(-1);
    reacting_free(&r);
}

static void a_write_that_is_refused_fails_the_handler_at_the_line_that_asked(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER
                    "polder.on { name = 'h', event = 'record.*', kind = 'ship', handler = "
                    "function()\n  polder.put('port/ok', { n = 1 })\n"
                    "  polder.put('port/bad', { n = 2 }, { source = 'source/none' })\nend }");
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    handle(&r);
    says(buf_text(&r.failures), "at alpha/init.lua:4: polder.put: port/bad: ");
    assert_string_equal(field(&r, "port/ok", "n"), "-");
    reacting_free(&r);
}

static void a_bound_leaves_the_rest_for_the_next_run(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", TRAIL("a", ""));
    reacting_open(&r);
    for (int i = 0; i < 5; i++) {
        char id[20], fields[20];
        snprintf(id, sizeof id, "ship/s%d", i);
        snprintf(fields, sizeof fields, "{\"n\":%d}", i);
        put(&r, id, fields);
    }
    handle_most(&r, 2);
    assert_true(r.report.more);
    assert_int_equal(r.report.runs, 2);
    assert_string_equal(field(&r, "trail/2", "way"), "-");
    handle(&r);
    assert_false(r.report.more);
    assert_int_equal(r.report.runs, 3);
    assert_string_equal(field(&r, "trail/1", "way"), "\"a\"");
    assert_string_equal(field(&r, "trail/4", "way"), "\"a\"");
    reacting_free(&r);
}

static void records_that_a_plugin_may_not_read_do_not_wake_it(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    POLDER "polder.on { name = 'h', event = '*', handler = function(e) "
                           "polder.emit('alpha.saw', {}, e.subject) end }");
    folder_text(
        r.folder, "plugins/alpha/plugin.json",
        "{\"name\":\"alpha\",\"version\":\"1.0.0\",\"api\":1,\"capabilities\":{\"records\":{"
        "\"read\":[\"ship\"]},\"emit\":[\"alpha.*\"]}}");
    reacting_open(&r);
    put(&r, "person/p", "{\"n\":1}");
    put(&r, "ship/a", "{\"n\":1}");
    int64_t at = head(&r);
    handle_most(&r, 1);
    char expected[80];
    snprintf(expected, sizeof expected, "plugin:alpha alpha.saw ship/a %lld\n", (long long)at);
    assert_string_equal(events(&r, at), expected);
    reacting_free(&r);
}

static void a_flood_of_writes_or_one_that_is_not_allowed_leaves_nothing(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(
        &r, "alpha",
        POLDER "polder.on { name = 'flood', event = 'record.*', kind = 'ship', handler = "
               "function()\n  for i = 1, 1e9 do polder.put('port/p' .. i, { n = i }) end\nend }\n"
               "polder.on { name = 'out', event = 'record.*', kind = 'ship', handler = "
               "function()\n  polder.put('port/x', { n = 1 })\n"
               "  polder.emit('beta.x')\nend }");
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    int64_t at = head(&r);
    handle(&r);
    says(buf_text(&r.failures), "alpha/flood 1 ship/a at alpha/init.lua:3: polder.put: one handler "
                                "writes at most 1000 things");
    says(buf_text(&r.failures),
         "alpha/out 1 ship/a at alpha/init.lua:7: polder.emit: alpha may not emit beta.x");
    assert_string_equal(events(&r, at), "");
    reacting_free(&r);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_effect_is_the_plugins_own_and_names_its_cause),
        cmocka_unit_test(an_event_comes_once_also_after_the_host_starts_again),
        cmocka_unit_test(handlers_that_name_others_come_after_them),
        cmocka_unit_test(a_handler_gets_its_types_and_its_kind_only),
        cmocka_unit_test(a_failure_names_its_line_waits_longer_each_time_and_is_parked_at_last),
        cmocka_unit_test(one_that_read_who_is_forgotten_meanwhile_is_tried_again),
        cmocka_unit_test(a_clock_that_is_set_back_makes_no_handler_wait_until_then),
        cmocka_unit_test(one_that_fails_keeps_nobody_else_waiting),
        cmocka_unit_test(one_that_takes_long_keeps_no_other_plugin_waiting),
        cmocka_unit_test(nor_any_other_handler_of_its_own_plugin),
        cmocka_unit_test(only_those_wait_that_come_after_one_that_takes_long),
        cmocka_unit_test(one_that_takes_longer_than_all_may_is_cut_off),
        cmocka_unit_test(who_stays_deals_with_what_comes_while_one_takes_long),
        cmocka_unit_test(a_parked_event_is_tried_again_when_asked_for),
        cmocka_unit_test(a_handler_that_never_ends_or_eats_memory_is_ended_and_tried_again),
        cmocka_unit_test(handlers_that_wake_each_other_for_ever_are_parked_with_the_chain),
        cmocka_unit_test(a_loop_that_grows_in_breadth_is_parked_too),
        cmocka_unit_test(one_that_has_much_to_catch_up_with_comes_last),
        cmocka_unit_test(one_that_is_cut_off_after_a_failure_has_failed_once),
        cmocka_unit_test(a_write_that_is_refused_fails_the_handler_at_the_line_that_asked),
        cmocka_unit_test(a_bound_leaves_the_rest_for_the_next_run),
        cmocka_unit_test(a_flood_of_writes_or_one_that_is_not_allowed_leaves_nothing),
        cmocka_unit_test(records_that_a_plugin_may_not_read_do_not_wake_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
