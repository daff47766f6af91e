#include "snippet.h"

#include "base/json.h"

#define POLDER "local polder = require 'polder'\n"

enum { PAGES = 3 };

/* Two rows, behind row `after`; the last of three pages is empty. */
static value page_of(int64_t after)
{
    value page = value_map(), *rows = value_add(&page, "rows", value_list());
    bool last = after == 2 * (PAGES - 1);
    for (int64_t n = after + 1; !last && n <= after + 2; n++)
        value_add(value_push(rows, value_map()), "n", value_int(n));
    value_add(&page, "next", last ? value_nil() : value_int(after + 2));
    return page;
}

/* The host of these tests says what it was asked, and answers with it; "refused" is refused. */
static bool answer(void *ctx, const char *fn, const value *args, value *out, err *e)
{
    snippet *s = ctx;
    buf_fmt(&s->log, "%s ", fn);
    json_write(&s->log, args);
    buf_char(&s->log, '\n');
    if (strcmp(value_get_str(args, "id", ""), "refused") == 0) {
        err_set(e, ERR_NOT_ALLOWED, "may not");
        return err_hint(e, "ask for it");
    }
    if (strcmp(fn, "each") == 0 || strcmp(fn, "events") == 0)
        *out = page_of(value_get_int(args, "after", 0));
    else
        *out = strcmp(value_get_str(args, "id", ""), "none") == 0 ? value_nil() : value_copy(args);
    return true;
}

/* A handler "h" whose body is `body`, called while `acts` are allowed. */
static snippet *run(const char *body, vm_acts acts, err *e)
{
    buf code = {0};
    buf_fmt(&code,
            POLDER "polder.on { name = 'h', event = '*', handler = function(event)\n%s\nend }",
            body);
    snippet *s = snippet_open("");
    vm_free(s->vm);
    snippet_file(s, "init.lua", buf_text(&code));
    buf_free(&code);
    vm_options o = {.plugin = "zeeland",
                    .files = &s->files,
                    .main = "init.lua",
                    .memory_bytes = SNIPPET_MEMORY,
                    .limit = snippet_limit,
                    .call = answer,
                    .ctx = s};
    s->vm = vm_new(&o, e);
    assert_non_null(s->vm);
    snippet_load(s);
    vm_allow(s->vm, acts);
    assert_true(vm_push_function(s->vm, "handler", "h", "handler"));
    lua_pushnil(vm_lua(s->vm));
    vm_call(s->vm, 1, 0, e);
    return s;
}

static void asks(const char *body, const char *expected)
{
    err e = {0};
    snippet *s = run(body, VM_ACTS_ALL, &e);
    if (e.code != ERR_NONE)
        fail_msg("%s: %s", e.where, e.message);
    assert_string_equal(buf_text(&s->log), expected);
    snippet_close(s);
}

static void refuses(const char *body, vm_acts acts, const char *part)
{
    err e = {0};
    snippet *s = run(body, acts, &e);
    if (!strstr(e.message, part))
        fail_msg("\"%s\" is not in: %s", part, e.message);
    assert_string_equal(e.where, "zeeland/init.lua:3");
    assert_int_equal(s->log.len, 0);
    snippet_close(s);
}

static void what_is_asked_reaches_the_host_with_its_line(void **state)
{
    (void)state;
    asks("polder.get('ship/a')", "get {\"id\":\"ship/a\",\"at\":\"zeeland/init.lua:3\"}\n");
    asks("\npolder.query { where = 'trl > 3', kind = 'ship' }",
         "query {\"query\":{\"kind\":\"ship\",\"where\":\"trl > "
         "3\"},\"at\":\"zeeland/init.lua:4\"}\n");
    asks(
        "polder.put('ship/a', { n = 1 }, { place = 'page 3', source = 'source/x' })",
        "put {\"id\":\"ship/a\",\"fields\":{\"n\":1},\"stated\":{\"source\":\"source/x\",\"place\":"
        "\"page 3\"},\"at\":\"zeeland/init.lua:3\"}\n");
    asks("polder.events { about = 'ship/a', type = 'x.*', limit = 2 }",
         "events {\"events\":{\"about\":[\"ship/a\"],\"limit\":2,\"type\":\"x.*\"},\"at\":"
         "\"zeeland/init.lua:3\"}\n");
    asks("polder.run('run/a')", "run {\"id\":\"run/a\",\"at\":\"zeeland/init.lua:3\"}\n");
    asks("polder.emit('zeeland.late')",
         "emit {\"type\":\"zeeland.late\",\"at\":\"zeeland/init.lua:3\"}\n");
    asks("polder.emit('zeeland.late', { days = 3 }, 'ship/a')",
         "emit {\"type\":\"zeeland.late\",\"data\":{\"days\":3},\"subject\":\"ship/a\",\"at\":"
         "\"zeeland/init.lua:3\"}\n");
}

#define PAGED(fn, spec)                                                                            \
    fn " {\"" fn "\":" spec ",\"at\":\"zeeland/init.lua:3\"}\n" fn " {\"" fn "\":" spec            \
       ",\"after\":2,\"at\":\"zeeland/init.lua:3\"}\n" fn " {\"" fn "\":" spec                     \
       ",\"after\":4,\"at\":\"zeeland/init.lua:3\"}\n"

static void pages_are_asked_for_until_there_is_none(void **state)
{
    (void)state;
    asks(
        "local sum = 0 for r in polder.each { kind = 'ship', fields = { 'n' } } do sum = sum + r.n "
        "end assert(sum == 10)",
        PAGED("each", "{\"fields\":[\"n\"],\"kind\":\"ship\"}"));
    asks("local l = polder.query { kind = 'ship', order = 'n', limit = 'all' } assert(#l == 4 and "
         "l[4].n == 4)",
         PAGED("each", "{\"kind\":\"ship\",\"limit\":\"all\",\"order\":\"n\"}"));
    asks("local l = polder.events { about = { 'ship/a', 'ship/b' } } assert(#l == 4 and l[4].n == "
         "4)",
         PAGED("events", "{\"about\":[\"ship/a\",\"ship/b\"]}"));
}

static void no_page_is_asked_for_that_nobody_wants(void **state)
{
    (void)state;
    asks("for r in polder.each { kind = 'ship' } do if r.n == 2 then break end end",
         "each {\"each\":{\"kind\":\"ship\"},\"at\":\"zeeland/init.lua:3\"}\n");
    asks(
        "assert(#polder.events { about = 'ship/a', limit = 1 } == 1)",
        "events {\"events\":{\"about\":[\"ship/a\"],\"limit\":1},\"at\":\"zeeland/init.lua:3\"}\n");
    asks("local next = polder.each { kind = 'ship' } for i = 1, 4 do next() end assert(next() == "
         "nil "
         "and next() == nil)",
         PAGED("each", "{\"kind\":\"ship\"}"));
}

static void answers_are_plain_tables_and_nothing_is_nil(void **state)
{
    (void)state;
    asks("local r = polder.get('a') r.id = 'b' assert(r.id == 'b' and polder.get('none') == nil)",
         "get {\"id\":\"a\",\"at\":\"zeeland/init.lua:3\"}\n"
         "get {\"id\":\"none\",\"at\":\"zeeland/init.lua:3\"}\n");
}

static void it_works_where_lua_can_not_yield(void **state)
{
    (void)state;
    asks("table.sort({ 2, 1 }, function(a, b) polder.get('s') return a < b end)",
         "get {\"id\":\"s\",\"at\":\"zeeland/init.lua:3\"}\n");
    asks("string.gsub('x', 'x', function() polder.get('g') end)",
         "get {\"id\":\"g\",\"at\":\"zeeland/init.lua:3\"}\n");
    asks("coroutine.wrap(function() polder.get('c') end)()",
         "get {\"id\":\"c\",\"at\":\"zeeland/init.lua:3\"}\n");
}

static void what_the_host_refuses_is_an_error_that_can_be_caught(void **state)
{
    (void)state;
    asks("local ok, why = pcall(polder.get, 'refused')\n"
         "assert(not ok and why:find('polder.get: may not %(ask for it%)'), why)",
         "get {\"id\":\"refused\",\"at\":\"zeeland/init.lua:3\"}\n");
}

static void outside_handlers_and_checks_nothing_is_asked(void **state)
{
    (void)state;
    static const char *const CALLS[] = {"polder.get('a')",
                                        "polder.query { kind = 'a' }",
                                        "polder.run('run/a')",
                                        "polder.events { about = 'a/b' }",
                                        "polder.each { kind = 'a' }",
                                        "polder.put('a', {})",
                                        "polder.emit('a.b')"};
    for (size_t i = 0; i < 7; i++)
        refuses(CALLS[i], VM_ACTS_NONE,
                i < 5 ? "works while a handler, a check, a command or a report runs"
                      : "works while a handler or a command runs, not while the plugin");
    fails_at(POLDER "polder.get('a')", "zeeland/init.lua:2",
             "works while a handler, a check, a command or a report");
}

static void a_check_can_read_and_not_write(void **state)
{
    (void)state;
    err e = {0};
    snippet *s =
        run("polder.get('a') polder.query { kind = 'a' } polder.run('run/a')", VM_ACTS_READ, &e);
    assert_int_equal(e.code, ERR_NONE);
    snippet_close(s);
    refuses("polder.put('a', {})", VM_ACTS_READ, "a check only says yes or no");
    refuses("polder.emit('a.b')", VM_ACTS_READ, "a check only says yes or no");
}

static void wrong_arguments_say_what_was_expected(void **state)
{
    (void)state;
    static const struct {
        const char *code, *part;
    } CASES[] = {
        {"polder.get()", "string expected, got no value"},
        {"polder.get(7)", "string expected, got number"},
        {"polder.query('ship')", "table expected"},
        {"polder.run {}", "string expected, got table"},
        {"polder.events {}", "polder.events: about is missing"},
        {"polder.events { about = 'a/b', kind = 'x' }", "unknown option 'kind'"},
        {"polder.query {}", "polder.query: kind is missing"},
        {"polder.query { kind = 'a', were = 'x' }", "unknown option 'were'; did you mean 'where'?"},
        {"polder.query { kind = 'a', limit = -1 }",
         "expected a number of 0 or more, or \"all\", got -1"},
        {"polder.query { kind = 'a', limit = 'some' }", "or \"all\", got \"some\""},
        {"polder.events { about = {} , type = 'X' }", "a type of event like"},
        {"polder.events { about = { 7 } }", "about: [1]: expected a text"},
        {"polder.events { about = 7 }", "about: expected a text, or a list of these"},
        {"polder.each { kind = 'a', limit = 1 }", "unknown option 'limit'"},
        {"polder.each { kind = 'a', fields = 'n' }", "polder.each: fields: expected"},
        {"polder.put('ship/a')", "table expected"},
        {"polder.put('ship/a', { f = print })", "polder.put: fields: f: a function can't leave"},
        {"polder.put('ship/a', {}, { sauce = 'x' })", "did you mean 'source'?"},
        {"polder.put('ship/a', {}, 'source/x')", "stated: expected a table"},
        {"polder.emit({})", "string expected"},
        {"polder.emit('a.b', {}, 7)", "string expected"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        refuses(CASES[i].code, VM_ACTS_ALL, CASES[i].part);
}

static void handlers_and_checks_are_contributions_with_their_options_checked(void **state)
{
    (void)state;
    static const struct {
        const char *code, *part;
    } CASES[] = {
        {"polder.on { name = 'h', event = 'record.*' }", "polder.on: handler is missing"},
        {"polder.on { name = 'h', handler = print }", "polder.on: event is missing"},
        {"polder.on { name = 'h', event = 'Record', handler = print }", "a type of event like"},
        {"polder.on { name = 'h', event = '*', after = { 'A' }, handler = print }",
         "after: [1]: expected a name like"},
        {"polder.on { name = 'h', event = '*', handler = 1 }", "expected a function, got a number"},
        {"polder.check { name = 'c', check = print }", "polder.check: kind is missing"},
        {"polder.check { name = 'c', kind = 'ship' }", "polder.check: check is missing"},
        {"polder.check()", "polder.check: expected one table, as in polder.check { name"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        buf code = {0};
        buf_fmt(&code, POLDER "%s", CASES[i].code);
        fails_at(buf_text(&code), "zeeland/init.lua:2", CASES[i].part);
        buf_free(&code);
    }
    snippet *s =
        snippet_open(POLDER "polder.on { name = 'h', event = 'record.*', kind = 'ship', after = "
                            "{ 'partnership/*' }, handler = print }\n"
                            "polder.check { name = 'h', kind = 'ship', check = print }");
    snippet_load(s);
    const value *both = vm_contributions(s->vm);
    assert_string_equal(value_get_str(value_at(both, 0), "type", ""), "handler");
    assert_string_equal(value_get_str(value_at(both, 1), "type", ""), "check");
    const value *spec = value_get(value_at(both, 0), "spec");
    assert_string_equal(value_get_str(spec, "event", ""), "record.*");
    assert_string_equal(value_str(value_at(value_get(spec, "after"), 0), ""), "partnership/*");
    snippet_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_reaches_the_host_with_its_line),
        cmocka_unit_test(pages_are_asked_for_until_there_is_none),
        cmocka_unit_test(no_page_is_asked_for_that_nobody_wants),
        cmocka_unit_test(answers_are_plain_tables_and_nothing_is_nil),
        cmocka_unit_test(it_works_where_lua_can_not_yield),
        cmocka_unit_test(what_the_host_refuses_is_an_error_that_can_be_caught),
        cmocka_unit_test(outside_handlers_and_checks_nothing_is_asked),
        cmocka_unit_test(a_check_can_read_and_not_write),
        cmocka_unit_test(wrong_arguments_say_what_was_expected),
        cmocka_unit_test(handlers_and_checks_are_contributions_with_their_options_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
