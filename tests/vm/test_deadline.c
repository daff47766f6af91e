#include "snippet.h"

static void a_loop_ends_at_the_signal_with_its_line(void **state)
{
    (void)state;
    ends_by("time", "print('signal')\nwhile true do end", "zeeland/init.lua:1",
            "zeeland/init.lua:1: in the file itself");
}

static void pcall_does_not_swallow_the_deadline(void **state)
{
    (void)state;
    ends_by("time",
            "local function spin()\n  print('signal')\n  while true do end\nend\n"
            "while true do pcall(spin) end",
            "zeeland/init.lua:2", "zeeland/init.lua:5: in the file itself");
}

static void an_xpcall_handler_that_loops_is_ended(void **state)
{
    (void)state;
    ends_by("time",
            "local function again()\n  print('signal')\n  while true do end\nend\n"
            "xpcall(error, again)",
            "zeeland/init.lua:2", "init.lua:5");
}

static void a_coroutine_that_catches_everything_is_ended(void **state)
{
    (void)state;
    ends_by(
        "time",
        "local co = coroutine.create(function()\n"
        "  while true do pcall(function()\n    print('signal')\n    while true do end\n  end) end\n"
        "end)\nwhile true do coroutine.resume(co) end",
        "zeeland/init.lua:3", "zeeland/init.lua:7: in the file itself");
}

static void a_signal_in_a_coroutine_holds_after_it_yields(void **state)
{
    (void)state;
    ends_by("time",
            "local quiet = coroutine.wrap(function()\n  pcall(print, 'signal')\nend)\n"
            "quiet()\nwhile true do end",
            "zeeland/init.lua:2", "init.lua:4");
}

static void wrapped_generators_within_generators_are_ended(void **state)
{
    (void)state;
    ends_by("time",
            "local function deep(n)\n  if n == 0 then\n    print('signal')\n    while true do "
            "end\n  end\n"
            "  coroutine.wrap(deep)(n - 1)\nend\ndeep(20)",
            "zeeland/init.lua:3", "zeeland/init.lua:8");
}

static void a_close_handler_that_loops_is_ended(void **state)
{
    (void)state;
    ends_by("time",
            "local co = coroutine.create(function()\n"
            "  local x <close> = setmetatable({}, { __close = function()\n"
            "    print('signal')\n    while true do end\n  end })\n  coroutine.yield()\nend)\n"
            "coroutine.resume(co)\ncoroutine.close(co)",
            "zeeland/init.lua:3", "init.lua:9");
}

static void a_tostring_that_loops_on_an_error_is_ended(void **state)
{
    (void)state;
    ends_by("time",
            "error(setmetatable({}, { __tostring = function()\n  print('signal')\n"
            "  while true do end\nend }))",
            "zeeland/init.lua:2", "init.lua:2");
}

static void sort_with_a_looping_comparison_is_ended(void **state)
{
    (void)state;
    ends_by("time", "table.sort({ 1, 2 }, function()\n  print('signal')\n  while true do end\nend)",
            "zeeland/init.lua:2", "init.lua:1");
}

static void log_reads_the_page(void *ctx, const char *text, size_t len)
{
    char *seen = ctx;
    (void)text;
    (void)len;
    snprintf(seen, 64, "%u %u", atomic_load(&snippet_page.contribution),
             atomic_load(&snippet_page.calls));
}

static void the_page_says_what_runs_while_it_runs(void **state)
{
    (void)state;
    char seen[64] = "";
    err e = {0};
    value files = value_map();
    value_set(&files, "init.lua", value_text("print('x')"));
    vm_options o = {.plugin = "zeeland",
                    .files = &files,
                    .main = "init.lua",
                    .memory_bytes = SNIPPET_MEMORY,
                    .limit = snippet_limit,
                    .log = log_reads_the_page,
                    .ctx = seen};
    vm *m = vm_new(&o, &e);
    memset(&snippet_page, 0, sizeof(snippet_page));
    deadline_start(&snippet_page);
    deadline_enter(m, 7);
    assert_true(vm_load(m, &e));
    deadline_leave();
    assert_string_equal(seen, "7 1");
    assert_int_equal(atomic_load(&snippet_page.contribution), WIRE_NOBODY);
    vm_free(m);
    value_free(&files);
}

static void a_late_signal_touches_nobody(void **state)
{
    (void)state;
    snippet *s = snippet_open("local n = 0\nfor i = 1, 1000 do n = n + i end");
    memset(&snippet_page, 0, sizeof(snippet_page));
    deadline_start(&snippet_page);
    snippet_signal();
    deadline_enter(s->vm, 1);
    snippet_load(s);
    deadline_leave();
    snippet_signal();
    assert_int_equal(atomic_load(&snippet_page.line), 0);
    snippet_close(s);
}

/* The signal comes in C and the call ends there: the sleeping coroutine must not end a later call.
 */
static void a_call_that_just_made_it_leaves_no_hook_behind(void **state)
{
    (void)state;
    snippet *s = snippet_open("local n = 0\nfor i = 1, 1000 do n = n + i end");
    lua_State *L = vm_lua(s->vm);
    deadline_start(&snippet_page);
    deadline_enter(s->vm, 1);
    snippet_signal();
    lua_State *sleeper = lua_newthread(L); // takes over the hook
    deadline_leave();
    deadline_enter(s->vm, 2);
    snippet_load(s);
    assert_int_equal(luaL_loadstring(sleeper, "local x = 1; return x"), LUA_OK);
    assert_int_equal(lua_pcall(sleeper, 0, 1, 0), LUA_OK);
    deadline_leave();
    snippet_close(s);
}

static void a_signal_meant_for_the_call_before_is_ignored(void **state)
{
    (void)state;
    snippet *s = snippet_open("local n = 0\nfor i = 1, 1000 do n = n + i end");
    memset(&snippet_page, 0, sizeof(snippet_page));
    deadline_start(&snippet_page);
    deadline_enter(s->vm, 1);
    deadline_leave();
    atomic_store(&snippet_page.overdue, atomic_load(&snippet_page.calls));
    deadline_enter(s->vm, 2);
    raise(SIGUSR1);
    snippet_load(s);
    deadline_leave();
    snippet_close(s);
}

static void a_new_call_within_is_not_the_one_the_signal_is_about(void **state)
{
    (void)state;
    snippet *s = snippet_open("local n = 0\nfor i = 1, 1000 do n = n + i end");
    memset(&snippet_page, 0, sizeof(snippet_page));
    deadline_start(&snippet_page);
    deadline_again(); // outside a call: nothing
    assert_int_equal(atomic_load(&snippet_page.calls), 0);
    deadline_enter(s->vm, 1);
    atomic_store(&snippet_page.overdue, atomic_load(&snippet_page.calls));
    deadline_again();
    raise(SIGUSR1);
    snippet_load(s);
    deadline_leave();
    snippet_close(s);
}

static void log_signals(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    (void)text;
    (void)len;
    snippet_signal();
}

static void limit_shows_the_page(void *ctx, const char *kind, const char *place,
                                 const char *traceback)
{
    int *exit_code = ctx;
    (void)kind;
    (void)place;
    (void)traceback;
    bool told =
        atomic_load(&snippet_page.line) == 3 && strcmp(snippet_page.place, "zeeland/init.lua") == 0;
    _exit(told ? *exit_code : 1);
}

static void the_signal_puts_place_and_line_on_the_page(void **state)
{
    (void)state;
    int status, code = SNIPPET_LIMIT;
    pid_t child = fork();
    if (child == 0) {
        err e = {0};
        value files = value_map();
        value_set(&files, "init.lua", value_text("\n\nprint(1)"));
        vm_options o = {.plugin = "zeeland",
                        .files = &files,
                        .main = "init.lua",
                        .memory_bytes = SNIPPET_MEMORY,
                        .limit = limit_shows_the_page,
                        .log = log_signals,
                        .ctx = &code};
        vm *m = vm_new(&o, &e);
        deadline_start(&snippet_page);
        deadline_enter(m, 1);
        vm_load(m, &e);
        _exit(0);
    }
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), SNIPPET_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loop_ends_at_the_signal_with_its_line),
        cmocka_unit_test(pcall_does_not_swallow_the_deadline),
        cmocka_unit_test(an_xpcall_handler_that_loops_is_ended),
        cmocka_unit_test(a_coroutine_that_catches_everything_is_ended),
        cmocka_unit_test(a_signal_in_a_coroutine_holds_after_it_yields),
        cmocka_unit_test(wrapped_generators_within_generators_are_ended),
        cmocka_unit_test(a_close_handler_that_loops_is_ended),
        cmocka_unit_test(a_tostring_that_loops_on_an_error_is_ended),
        cmocka_unit_test(sort_with_a_looping_comparison_is_ended),
        cmocka_unit_test(the_page_says_what_runs_while_it_runs),
        cmocka_unit_test(the_signal_puts_place_and_line_on_the_page),
        cmocka_unit_test(a_late_signal_touches_nobody),
        cmocka_unit_test(a_signal_meant_for_the_call_before_is_ignored),
        cmocka_unit_test(a_new_call_within_is_not_the_one_the_signal_is_about),
        cmocka_unit_test(a_call_that_just_made_it_leaves_no_hook_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
