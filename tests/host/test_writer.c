#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdatomic.h>

#include "host/writer.h"
#include "reacting.h"

#define LOGS                                                                                       \
    "require('polder').on { name = 'log', event = 'record.created', handler = function() end }\n"

/* Whether the daemon's thread gave up on somebody who writes. */
static atomic_bool gave_up;

static void note(void *ctx, log_level level, const char *line)
{
    (void)ctx, (void)level;
    if (strstr(line, "being written"))
        atomic_store(&gave_up, true);
}

static void on_news(void *ctx)
{
    (void)ctx;
}

/* A handler is to be run for it, whose place in the log can't be written down now. */
static void an_event_is_told_while_another_process_writes(void **state)
{
    (void)state;
    reacting w = reacting_new();
    uv_loop_t loop;
    err e = {0};
    reacting_plugin(&w, "alpha", LOGS);
    reacting_open(&w);
    uv_loop_init(&loop);
    log_set_sink(note, NULL);
    writer *daemon = writer_start(&loop, w.folder, on_news, NULL, &e);
    if (!daemon)
        fail_msg("%s", e.message);
    put(&w, "ship/a", "{}");
    while (writer_look(daemon).runs < 1) /* then it rests */
        uv_run(&loop, UV_RUN_NOWAIT);
    put(&w, "ship/b", "{}");
    assert_true(store_begin(w.store, &e)); /* at once: the daemon hasn't looked yet */
    writer_wake(daemon);
    while (writer_look(daemon).log < head(&w) && !atomic_load(&gave_up))
        uv_run(&loop, UV_RUN_NOWAIT);
    assert_false(atomic_load(&gave_up));
    store_rollback(w.store);
    writer_stop(daemon);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    reacting_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_told_while_another_process_writes),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
