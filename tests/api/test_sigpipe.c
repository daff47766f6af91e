#include "api/sigpipe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static volatile sig_atomic_t seen;

static void count(int number)
{
    (void)number;
    seen++;
}

/* As a program that wants to know: a SIGPIPE that gets through is counted. */
static int with_handler(void **state)
{
    (void)state;
    seen = 0;
    return signal(SIGPIPE, count) == SIG_ERR;
}

static void write_to_nobody(void)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(write(ends[1], "x", 1), -1);
    close(ends[1]);
}

static void a_write_to_a_dead_worker_sends_the_program_no_signal(void **state)
{
    (void)state;
    sigpipe s;
    sigpipe_hold(&s);
    write_to_nobody();
    sigpipe_release(&s);
    assert_int_equal(seen, 0);
}

static void the_programs_own_signals_come_through_afterwards(void **state)
{
    (void)state;
    sigpipe s;
    sigpipe_hold(&s);
    sigpipe_release(&s);
    write_to_nobody();
    assert_int_equal(seen, 1);
}

static void a_signal_that_the_program_held_itself_is_kept_for_it(void **state)
{
    (void)state;
    sigpipe s;
    sigset_t set, before;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, &before);
    write_to_nobody();
    sigpipe_hold(&s);
    sigpipe_release(&s);
    assert_int_equal(seen, 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    assert_int_equal(seen, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_write_to_a_dead_worker_sends_the_program_no_signal, with_handler),
        cmocka_unit_test_setup(the_programs_own_signals_come_through_afterwards, with_handler),
        cmocka_unit_test_setup(a_signal_that_the_program_held_itself_is_kept_for_it, with_handler),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
