#include "snippet.h"

static const char PLUGIN[] =
    "local polder = require 'polder'\n"
    "polder.on { name = 'call', event = 'record.*', kind = 'demand', handler = function(event, "
    "ctx)\n"
    "  local demand = polder.get(event.subject)\n"
    "  if not demand then error('no demand') end\n"
    "  polder.put('task/a', { title = demand.title, note = polder.null }, { source = 'source/s' "
    "})\n"
    "  local open = #polder.query { kind = 'task' }\n"
    "  local late = #polder.query { kind = 'demand', where = 'late == true' }\n"
    "  polder.emit('zeeland.called', { open = open, late = late, n = polder.get('task/a').n, on = "
    "ctx.today })\n"
    "end }\n"
    "polder.on { name = 'sum', event = '*', handler = function()\n"
    "  local n, late = 0, 0\n"
    "  for task in polder.each { kind = 'task', fields = { 'n' } } do n = n + (task.note and 100 "
    "or "
    "task.n) end\n"
    "  for _ in polder.each { kind = 'demand', where = 'late == true' } do late = late + 1 end\n"
    "  local all = #polder.query { kind = 'demand', limit = 'all' }\n"
    "  local known = #polder.events { about = { 'task/a', 'task/b' } }\n"
    "  polder.emit('zeeland.sum', { n = n, late = late, all = all, known = known })\n"
    "end }\n"
    "polder.check { name = 'titled', kind = 'demand', check = function(change, ctx)\n"
    "  if change.before and not change.after then return false, ctx.say('blijft', 'stays') .. "
    "ctx.now end\n"
    "  if polder.get('demand/other') then return nil end\n"
    "  if #polder.events { about = change.id, type = 'a.*' } > 0 then return false, 'known' end\n"
    "  local run = change.after.run and polder.run(change.after.run)\n"
    "  if run then return false, run.id .. ' is a ' .. run.what end\n"
    "  return #change.after.title >= ctx.settings.shortest, change.kind\nend }\n";

static bool run_cases(const char *cases, value *out, err *e)
{
    snippet *s = snippet_open(PLUGIN);
    buf code = {0};
    buf_fmt(&code, "local test = require 'polder.test'\n%s", cases);
    snippet_file(s, "test.lua", buf_text(&code));
    buf_free(&code);
    snippet_load(s);
    bool ok = vm_test(s->vm, out, e);
    snippet_close(s);
    return ok;
}

static void body_gives(const char *body, const char *message)
{
    value out = value_nil();
    err e = {0};
    buf code = {0};
    buf_fmt(&code, "test.case('a case', function()\n%s\nend)", body);
    if (!run_cases(buf_text(&code), &out, &e))
        fail_msg("%s: %s", e.where, e.message);
    const value *c = value_at(&out, 0);
    const char *said = value_get_str(c, "message", "");
    if (value_get_bool(c, "passed", false) != !message || !strstr(said, message ? message : ""))
        fail_msg("expected \"%s\", got \"%s\"", message ? message : "", said);
    value_free(&out);
    buf_free(&code);
}

#define EVENT "event = { type = 'record.created', subject = 'demand/a' }"
#define RECORDS                                                                                    \
    "records = { ['demand/a'] = { title = 'A' }, ['demand/b'] = { title = 'B' },"                  \
    " ['task/a'] = { n = 7, note = 'x' }, ['task/b'] = { n = 1 } }"

static void a_handler_tells_what_it_did_in_order(void **state)
{
    (void)state;
    body_gives(
        "local done = test.handler('call', { " EVENT ", " RECORDS
        ", found = { 'demand/b' }, today = '2026-02-03' })\n"
        "test.equal(done, {\n"
        "  { put = 'task/a', fields = { title = 'A' }, removed = { 'note' }, source = 'source/s' "
        "},\n"
        "  { emit = 'zeeland.called', data = { open = 2, late = 1, n = 7, on = '2026-02-03' } } })",
        NULL);
}

static void all_records_and_events_about_some_are_answered_too(void **state)
{
    (void)state;
    body_gives("local events = { { subject = 'task/a', type = 'a.b' }, { subject = 'task/c' },"
               " { subject = 'task/b', type = 'a.c' } }\n"
               "local done = test.handler('sum', { " EVENT ", " RECORDS
               ", found = { 'demand/b' }, events = events })\n"
               "test.equal(done[1].data, { n = 8, late = 1, all = 2, known = 2 })",
               NULL);
}

static void what_a_test_gets_wrong_is_said(void **state)
{
    (void)state;
    body_gives("test.handler('call', { " EVENT " })", "no demand");
    body_gives("test.handler('call', { " EVENT ", " RECORDS " })",
               "a test has no store that judges a where");
    body_gives("test.handler('cal', { " EVENT " })", "there is no handler of that name");
    body_gives("test.check('titled', { after = { title = 'A' } })", "id: expected");
    body_gives("test.check('titled', { id = 'demand/a', after = {}, records = { ['demand/other'] = "
               "{} } })",
               "a check returns true, or false and a reason, not a nil");
}

static void a_check_gives_its_verdict_and_reason(void **state)
{
    (void)state;
    body_gives(
        "local ok, why = test.check('titled', { id = 'demand/a', after = { title = 'Dijk' },"
        " settings = { shortest = 3 } })\n"
        "test.equal(ok, true)\ntest.equal(why, 'demand')\n"
        "ok, why = test.check('zeeland/titled', { id = 'demand/a', today = '2026-02-23', before = "
        "{ title = 'Dijk' } })\n"
        "test.equal(ok, false)\ntest.equal(why, 'blijft2026-02-23T12:00:00.000Z')\n"
        "ok, why = test.check('titled', { id = 'demand/a', before = { title = 'Dijk' }, lang = "
        "'en',"
        " now = 'x' })\n"
        "test.equal(why, 'staysx')\n"
        "local runs = { ['run/a'] = { what = 'report' } }\n"
        "ok, why = test.check('titled', { id = 'demand/a', runs = runs, after = { title = 'Dijk', "
        "run = 'run/a' } })\n"
        "test.equal(ok, false)\ntest.equal(why, 'run/a is a report')\n"
        "local events = { { subject = 'demand/a', type = 'a.b' } }\n"
        "ok, why = test.check('titled', { id = 'demand/a', events = events, after = { title = '' } "
        "})\n"
        "test.equal(why, 'known')\n"
        "ok = test.check('titled', { id = 'demand/a', runs = runs, settings = { shortest = 3 },"
        " after = { title = 'Dijk', run = 'run/b' } })\n"
        "test.equal(ok, true)",
        NULL);
}

/* What a test allows it allows for the call alone. */
static void a_test_itself_can_not_ask_the_host(void **state)
{
    (void)state;
    body_gives("test.check('titled', { id = 'demand/a', after = { title = 'Dijk' }, settings = { "
               "shortest = 3 } })\nrequire('polder').get('demand/a')",
               "works while a handler");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handler_tells_what_it_did_in_order),
        cmocka_unit_test(all_records_and_events_about_some_are_answered_too),
        cmocka_unit_test(what_a_test_gets_wrong_is_said),
        cmocka_unit_test(a_check_gives_its_verdict_and_reason),
        cmocka_unit_test(a_test_itself_can_not_ask_the_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
