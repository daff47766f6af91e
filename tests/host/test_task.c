#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "host/task.h"
#include "tree.h"

/* The operator's polder.lua is the smallest thing that a worker runs: these tasks each evaluate
 * one. */

enum { MANY = 40, CALL_MS = 2000, MEMORY_MB = 64 };

static task config_task(const char *lua)
{
    task t = {.limits = {.call_ms = CALL_MS, .memory_mb = MEMORY_MB}};
    t.frames[0] = value_map();
    value_add(&t.frames[0], "op", value_text("config"));
    value_add(&t.frames[0], "text", value_text(lua));
    return t;
}

static void run_with(const char *program, task *tasks, size_t count)
{
    uv_loop_t loop;
    assert_int_equal(uv_loop_init(&loop), 0);
    tasks_run(&loop, program, NULL, tasks, count);
    uv_run(&loop, UV_RUN_DEFAULT); /* until every worker is gone */
    assert_int_equal(uv_loop_close(&loop), 0);
}

static void run(task *tasks, size_t count)
{
    char *program = tree_worker();
    run_with(program, tasks, count);
    free(program);
}

static void each_of_many_tasks_gets_its_own_answer(void **state)
{
    (void)state;
    task tasks[MANY];
    for (int i = 0; i < MANY; i++) {
        char lua[40];
        snprintf(lua, sizeof lua, "return { workers = %d }", i);
        tasks[i] = config_task(lua);
    }
    run(tasks, MANY);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(tasks[i].error.code, ERR_NONE);
        const value *config = value_get(&tasks[i].answer, "value");
        assert_int_equal(value_get_int(config, "workers", -1), i);
        assert_true(value_len(&tasks[i].sandbox) > 0);
        task_free(&tasks[i]);
    }
}

static void what_has_begun_is_answered_when_it_is_waited_for(void **state)
{
    (void)state;
    uv_loop_t loop;
    char *program = tree_worker();
    task t = config_task("return { workers = 3 }");
    assert_int_equal(uv_loop_init(&loop), 0);
    task_crew *begun = tasks_begin(&loop, program, NULL, &t, 1);
    assert_true(value_is(&t.answer, VALUE_NIL));
    tasks_end(begun);
    assert_int_equal(value_get_int(value_get(&t.answer, "value"), "workers", -1), 3);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
    task_free(&t);
    free(program);
}

static void a_task_that_fails_says_where_and_leaves_the_others(void **state)
{
    (void)state;
    task tasks[] = {config_task("return {\n  workers = = 2\n}"),
                    config_task("return { workers = 2 }"),
                    config_task("\n\nerror('no such thing')")};
    run(tasks, 3);
    assert_int_equal(tasks[0].error.code, ERR_BAD_DATA);
    assert_string_equal(tasks[0].error.where, "polder.lua:2");
    assert_int_equal(tasks[1].error.code, ERR_NONE);
    assert_string_equal(tasks[2].error.message, "no such thing");
    assert_string_equal(tasks[2].error.where, "polder.lua:3");
    for (size_t i = 0; i < 3; i++)
        task_free(&tasks[i]);
}

static void a_task_that_never_ends_is_ended_and_names_its_line(void **state)
{
    (void)state;
    task tasks[] = {config_task("local n = 0\nwhile true do n = n + 1 end"),
                    config_task("return { workers = 1 }")};
    run(tasks, 2);
    assert_int_equal(tasks[0].error.code, ERR_LIMIT);
    assert_non_null(strstr(tasks[0].error.message, "used more than 2000 ms"));
    assert_string_equal(tasks[0].error.where, "polder.lua:2");
    assert_int_equal(tasks[1].error.code, ERR_NONE);
    task_free(&tasks[0]);
    task_free(&tasks[1]);
}

static void a_task_that_eats_memory_is_ended(void **state)
{
    (void)state;
    task t = config_task("local t = {}\nfor i = 1, 1e9 do t[i] = { i } end");
    t.limits.call_ms = 20000;
    run(&t, 1);
    assert_int_equal(t.error.code, ERR_LIMIT);
    assert_non_null(strstr(t.error.message, "needs more than 64 MB"));
    task_free(&t);
}

static void without_the_worker_program_each_task_says_so(void **state)
{
    (void)state;
    task tasks[] = {config_task("return {}"), config_task("return {}"), config_task("return {}")};
    run_with("/nowhere/polder-worker", tasks, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(tasks[i].error.code, ERR_UNAVAILABLE);
        task_free(&tasks[i]);
    }
}

static void no_task_is_no_work(void **state)
{
    (void)state;
    run(NULL, 0);
}

static void plugins_run_only_where_every_layer_works_or_is_waived_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *sandbox, *config;
        bool enough;
    } CASES[] = {
        {"[{\"layer\":\"seccomp\",\"works\":true},{\"layer\":\"limits\",\"works\":true}]", "{}",
         true},
        {"[{\"layer\":\"seccomp\",\"works\":true},{\"layer\":\"limits\",\"works\":false}]", "{}",
         false},
        {"[{\"layer\":\"limits\",\"works\":false}]", "{\"allow_without\":[\"limits\"]}", true},
        {"[{\"layer\":\"limits\",\"works\":false}]", "{\"allow_without\":[\"seccomp\"]}", false},
        {"[{\"layer\":\"seccomp\",\"works\":1}]", "{}", false},
        {"[{\"layer\":\"seccomp\"}]", "{}", false},
        {"[7]", "{}", false},
        {"[]", "{}", false},
        {"{\"layer\":\"seccomp\",\"works\":true}", "{}", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        value sandbox = value_nil(), config = value_nil();
        err e = {0};
        assert_true(json_read(CASES[i].sandbox, strlen(CASES[i].sandbox), NULL, &sandbox, &e));
        assert_true(json_read(CASES[i].config, strlen(CASES[i].config), NULL, &config, &e));
        if (sandbox_enough(&sandbox, &config, &e) != CASES[i].enough)
            fail_msg("%s with %s", CASES[i].sandbox, CASES[i].config);
        assert_int_equal(e.code, CASES[i].enough ? ERR_NONE : ERR_NOT_ALLOWED);
        value_free(&sandbox);
        value_free(&config);
    }
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_of_many_tasks_gets_its_own_answer),
        cmocka_unit_test(what_has_begun_is_answered_when_it_is_waited_for),
        cmocka_unit_test(a_task_that_fails_says_where_and_leaves_the_others),
        cmocka_unit_test(a_task_that_never_ends_is_ended_and_names_its_line),
        cmocka_unit_test(a_task_that_eats_memory_is_ended),
        cmocka_unit_test(without_the_worker_program_each_task_says_so),
        cmocka_unit_test(no_task_is_no_work),
        cmocka_unit_test(plugins_run_only_where_every_layer_works_or_is_waived_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
