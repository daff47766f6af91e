#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "host/keeper.h"
#include "reacting.h"

/* Its loop turns on until connections are closed. */
static void what_is_written_after_the_end_wakes_nobody(void **state)
{
    (void)state;
    reacting w = reacting_new();
    err e = {0};
    reacting_open(&w);
    keeper *k = keeper_open(w.folder, &e);
    if (!k)
        fail_msg("%s", e.message);
    raise(SIGTERM);
    assert_true(keeper_run(k, &e));
    put(&w, "ship/a", "{}");
    for (int i = 0; i < 10; i++)
        uv_run(keeper_loop(k), UV_RUN_NOWAIT);
    keeper_close(k);
    reacting_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_after_the_end_wakes_nobody),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
