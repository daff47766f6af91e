#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "host/call_clock.h"

/* This process is the worker whose time is taken: it computes until the clock has seen enough. */
static call_state compute_until_not(call_clock *c, const wire_page *page, int64_t most_ms,
                                    call_state state)
{
    call_state now = state;
    for (int64_t end = clock_monotonic_ms() + 20000; now == state && clock_monotonic_ms() < end;)
        now = call_clock_look(c, page, most_ms);
    return now;
}

static void a_call_that_computes_on_is_late_once_and_then_hangs(void **state)
{
    (void)state;
    call_clock c = {0};
    wire_page page = {0};
    call_clock_start(&c, getpid());
    atomic_store(&page.contribution, 7);
    atomic_store(&page.calls, 3);
    assert_int_equal(compute_until_not(&c, &page, 20, CALL_FINE), CALL_LATE);
    assert_int_equal(c.call, 3);
    assert_int_equal(call_clock_look(&c, &page, 20), CALL_FINE);
    assert_int_equal(compute_until_not(&c, &page, 20, CALL_FINE), CALL_HANGS);
}

static void the_next_call_has_its_time_from_the_start(void **state)
{
    (void)state;
    call_clock c = {0};
    wire_page page = {0};
    call_clock_start(&c, getpid());
    atomic_store(&page.contribution, 7);
    assert_int_equal(compute_until_not(&c, &page, 20, CALL_FINE), CALL_LATE);
    atomic_fetch_add(&page.calls, 1);
    assert_int_equal(call_clock_look(&c, &page, 1000000), CALL_FINE);
    assert_int_equal(call_clock_look(&c, &page, 1000000), CALL_FINE);
    assert_false(c.late);
}

static void outside_plugin_code_no_time_is_taken(void **state)
{
    (void)state;
    call_clock c = {0};
    wire_page page = {0};
    call_clock_start(&c, getpid());
    for (int i = 0; i < 1000; i++)
        assert_int_equal(call_clock_look(&c, &page, 0), CALL_FINE);
}

static void a_call_that_neither_computes_nor_returns_is_late_too(void **state)
{
    (void)state;
    call_clock c = {0};
    wire_page page = {0};
    pid_t idle = fork();
    if (idle == 0)
        for (;;)
            pause();
    call_clock_start(&c, idle);
    atomic_store(&page.contribution, 7);
    assert_int_equal(compute_until_not(&c, &page, 20, CALL_FINE), CALL_LATE);
    kill(idle, SIGKILL);
    waitpid(idle, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_that_computes_on_is_late_once_and_then_hangs),
        cmocka_unit_test(the_next_call_has_its_time_from_the_start),
        cmocka_unit_test(outside_plugin_code_no_time_is_taken),
        cmocka_unit_test(a_call_that_neither_computes_nor_returns_is_late_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
