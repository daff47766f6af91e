#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/pack.h"
#include "base/pack_cell.h"
#include "base/wire.h"
#include "host/worker.h"

/* A worker whose plugin has broken the Lua VM says and does what it likes. Here it is this program
 * itself, started under the worker's name: the test chooses a part for it, and it plays that. */

enum { LOG_LINES = 5000, PROMPT_MS = 10000 };

static const char PROGRAM[] = "/proc/self/exe";
static const char HELLO[] =
    "{\"op\":\"hello\",\"wire\":3,\"sandbox\":[{\"layer\":\"seccomp\",\"works\":true}]}";

static void say_bytes(const void *bytes, size_t len)
{
    if (write(WIRE_FD_SOCKET, bytes, len) != (ssize_t)len)
        _exit(1);
}

static void say(const char *json)
{
    value frame = value_nil();
    buf out = {0};
    err e = {0};
    if (!json_read(json, strlen(json), NULL, &frame, &e) ||
        !pack_write(&out, &frame, &PACK_FROM_WORKER, &e))
        _exit(1);
    say_bytes(out.data, out.len);
    buf_free(&out);
    value_free(&frame);
}

static void wait_for_the_end(void)
{
    for (;;)
        pause();
}

static void play_greet(void)
{
    say(HELLO);
    wait_for_the_end();
}

static void play_other_version(void)
{
    say("{\"op\":\"hello\",\"wire\":99,\"sandbox\":[]}");
    wait_for_the_end();
}

static void play_hello_twice(void)
{
    say(HELLO);
    say(HELLO);
    wait_for_the_end();
}

static void play_answer_before_hello(void)
{
    say("{\"op\":\"loaded\",\"contributions\":[]}");
    wait_for_the_end();
}

static void play_hang_up(void)
{
    say(HELLO);
    close(WIRE_FD_SOCKET);
    wait_for_the_end();
}

static void play_noise(void)
{
    say(HELLO);
    for (;;)
        say_bytes("\xff\xff\xff\xff noise", 10);
}

static void play_half_a_frame(void)
{
    say(HELLO);
    say_bytes("\x40\0\0\0\x81", 5);
    _exit(0);
}

static void play_escapes(void)
{
    say(HELLO);
    say("{\"op\":\"limit\",\"kind\":\"time\",\"where\":\"a\\u001b[2Jb:1\",\"traceback\":\"\"}");
    _exit(6);
}

static void play_talk(void)
{
    say(HELLO);
    for (int i = 0; i < LOG_LINES; i++)
        say("{\"op\":\"log\",\"plugin\":\"loud\",\"text\":\"again\"}");
    say("{\"op\":\"quiet\"}");
    wait_for_the_end();
}

static void play_shrink(void)
{
    if (ftruncate(WIRE_FD_PAGE, 0) == 0)
        say("{\"op\":\"hello\",\"wire\":3,\"sandbox\":[],\"shrunk\":true}");
    else
        say(HELLO);
    wait_for_the_end();
}

/* A frame that comes in two pieces, then two frames in one, then another. */
static void play_pieces(void)
{
    value frame = value_map();
    buf out = {0};
    err e = {0};
    say(HELLO);
    value_add(&frame, "op", value_text("piece"));
    pack_write(&out, &frame, &PACK_FROM_WORKER, &e);
    say_bytes(out.data, 6);
    say_bytes(out.data + 6, out.len - 6);
    pack_write(&out, &frame, &PACK_FROM_WORKER, &e);
    say_bytes(out.data, out.len);
    say("{\"op\":\"whole\"}");
    wait_for_the_end();
}

static const struct {
    const char *name;
    void (*play)(void);
} PARTS[] = {
    {"greet", play_greet},
    {"other version", play_other_version},
    {"hello twice", play_hello_twice},
    {"answer before hello", play_answer_before_hello},
    {"hang up", play_hang_up},
    {"noise", play_noise},
    {"half a frame", play_half_a_frame},
    {"escapes", play_escapes},
    {"talk", play_talk},
    {"shrink", play_shrink},
    {"pieces", play_pieces},
};

static void play(void)
{
    char part[64] = "";
    signal(SIGPIPE, SIG_DFL);
    if (read(WIRE_FD_SOCKET, part, sizeof part - 1) <= 0)
        _exit(1);
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++)
        if (strstr(part + 4, PARTS[i].name)) /* behind the frame's length */
            PARTS[i].play();
    _exit(1);
}

typedef struct watch {
    uv_loop_t loop;
    uv_timer_t late;
    worker *worker;
    int hellos, frames, looks, deaths, lines;
    bool shrunk, too_late;
    worker_death death;
} watch;

static void on_frame(void *ctx, worker *w, value *frame)
{
    watch *x = ctx;
    (void)w;
    bool hello = strcmp(value_get_str(frame, "op", ""), "hello") == 0;
    x->hellos += hello;
    x->frames += !hello;
    x->shrunk = x->shrunk || value_get_bool(frame, "shrunk", false);
}

/* Takes pieces, and sees all but hellos. */
static bool on_look(void *ctx, worker *w, const char *packed)
{
    watch *x = ctx;
    pack_cell op = {0};
    (void)w;
    x->looks++;
    return pack_field(packed, "op", &op) && pack_is(&op, "piece");
}

static void on_gone(void *ctx, worker *w, const worker_death *death)
{
    watch *x = ctx;
    (void)w;
    x->worker = NULL;
    x->deaths++;
    x->death = *death;
    x->death.traceback = NULL;
}

static void on_late(uv_timer_t *timer)
{
    watch *x = timer->data;
    x->too_late = true;
}

static void on_line(void *ctx, log_level level, const char *line)
{
    watch *x = ctx;
    (void)level;
    (void)line;
    x->lines++;
}

typedef bool look_event(void *ctx, worker *w, const char *packed);

static void watch_looking(watch *x, const char *part, look_event *look)
{
    const worker_limits limits = {.call_ms = 1000, .memory_mb = 16};
    const worker_events events = {.look = look, .frame = on_frame, .gone = on_gone, .ctx = x};
    err e = {0};
    memset(x, 0, sizeof *x);
    uv_loop_init(&x->loop);
    uv_timer_init(&x->loop, &x->late);
    x->late.data = x;
    uv_timer_start(&x->late, on_late, PROMPT_MS, 0);
    log_set_sink(on_line, x);
    x->worker = worker_start(&x->loop, PROGRAM, &limits, &events, &e);
    if (!x->worker)
        fail_msg("%s", e.message);
    value frame = value_text(part);
    assert_true(worker_send(x->worker, &frame, &e));
    value_free(&frame);
}

static void watch_start(watch *x, const char *part)
{
    watch_looking(x, part, NULL);
}

static void watch_end(watch *x)
{
    worker_stop(x->worker);
    uv_close((uv_handle_t *)&x->late, NULL);
    uv_run(&x->loop, UV_RUN_DEFAULT);
    log_set_sink(NULL, NULL);
    assert_int_equal(uv_loop_close(&x->loop), 0);
}

/* The hostile part is played until its worker is gone; a host that waits for ever fails at
 * PROMPT_MS. */
static void watch_until_gone(watch *x, const char *part)
{
    watch_start(x, part);
    while (!x->deaths && !x->too_late)
        uv_run(&x->loop, UV_RUN_ONCE);
    bool too_late = x->too_late;
    watch_end(x);
    assert_false(too_late);
    assert_int_equal(x->deaths, 1);
}

static void a_worker_that_is_stopped_tells_nobody_of_its_end(void **state)
{
    (void)state;
    watch x;
    watch_start(&x, "greet");
    while (!x.hellos && !x.too_late)
        uv_run(&x.loop, UV_RUN_ONCE);
    assert_int_equal(value_len(worker_sandbox(x.worker)), 1);
    watch_end(&x);
    assert_int_equal(x.deaths, 0);
}

static void a_program_that_is_not_there_is_an_error_and_leaves_nothing_behind(void **state)
{
    (void)state;
    const worker_limits limits = {.call_ms = 1000, .memory_mb = 16};
    const worker_events events = {.frame = on_frame, .gone = on_gone};
    uv_loop_t loop;
    err e = {0};
    uv_loop_init(&loop);
    assert_null(worker_start(&loop, "/nowhere/polder-worker", &limits, &events, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_string_equal(e.where, "/nowhere/polder-worker");
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
}

static void a_worker_of_another_version_is_ended_and_says_so(void **state)
{
    (void)state;
    watch x;
    watch_until_gone(&x, "other version");
    assert_string_equal(x.death.kind, "nonsense");
    assert_non_null(strstr(x.death.message, "another version"));
    assert_int_equal(x.hellos, 0);
}

static void a_worker_that_says_hello_twice_is_ended(void **state)
{
    (void)state;
    watch x;
    watch_until_gone(&x, "hello twice");
    assert_string_equal(x.death.kind, "nonsense");
    assert_int_equal(x.hellos, 1);
}

static void a_worker_that_answers_before_its_hello_is_ended(void **state)
{
    (void)state;
    watch x;
    watch_until_gone(&x, "answer before hello");
    assert_string_equal(x.death.kind, "nonsense");
    assert_int_equal(x.frames, 0);
}

static void a_worker_that_hangs_up_and_lives_on_is_ended(void **state)
{
    (void)state;
    watch x;
    watch_until_gone(&x, "hang up");
    assert_string_equal(x.death.kind, "killed");
}

static void a_stream_that_is_no_frame_ends_its_worker(void **state)
{
    (void)state;
    watch x;
    watch_until_gone(&x, "noise");
    assert_string_equal(x.death.kind, "nonsense");
    assert_int_equal(x.frames, 0);
}

static void half_a_frame_at_the_end_is_no_frame(void **state)
{
    (void)state;
    watch x;
    watch_until_gone(&x, "half a frame");
    assert_string_equal(x.death.kind, "ended");
    assert_int_equal(x.frames, 0);
}

static void the_place_that_a_worker_names_is_safe_to_show(void **state)
{
    (void)state;
    watch x;
    watch_until_gone(&x, "escapes");
    assert_string_equal(x.death.kind, "time");
    assert_string_equal(x.death.where, "a\\x1b[2Jb:1");
}

static void a_flood_of_log_lines_is_cut(void **state)
{
    (void)state;
    watch x;
    watch_start(&x, "talk");
    while (!x.frames && !x.deaths && !x.too_late)
        uv_run(&x.loop, UV_RUN_ONCE);
    watch_end(&x);
    assert_int_equal(x.frames, 1);
    assert_in_range(x.lines, 100, LOG_LINES / 2);
}

static void a_worker_cannot_take_the_shared_page_away(void **state)
{
    (void)state;
    watch x;
    watch_start(&x, "shrink");
    while (!x.hellos && !x.too_late)
        uv_run(&x.loop, UV_RUN_ONCE);
    watch_end(&x);
    assert_false(x.shrunk);
}

static void frames_come_whole_however_they_were_cut(void **state)
{
    (void)state;
    watch x;
    watch_start(&x, "pieces");
    while (x.frames < 4 && !x.deaths && !x.too_late)
        uv_run(&x.loop, UV_RUN_ONCE);
    watch_end(&x);
    assert_int_equal(x.frames, 4);
}

static void what_was_taken_where_it_lies_comes_no_second_time(void **state)
{
    (void)state;
    watch x;
    watch_looking(&x, "pieces", on_look);
    while (!x.frames && !x.deaths && !x.too_late)
        uv_run(&x.loop, UV_RUN_ONCE);
    watch_end(&x);
    assert_int_equal(x.hellos, 1);
    assert_int_equal(x.looks, 4);
    assert_int_equal(x.frames, 1);
}

int main(int argc, char **argv)
{
    (void)argc;
    if (strcmp(argv[0], "polder-worker") == 0)
        play();
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_that_is_stopped_tells_nobody_of_its_end),
        cmocka_unit_test(a_program_that_is_not_there_is_an_error_and_leaves_nothing_behind),
        cmocka_unit_test(a_worker_of_another_version_is_ended_and_says_so),
        cmocka_unit_test(a_worker_that_says_hello_twice_is_ended),
        cmocka_unit_test(a_worker_that_answers_before_its_hello_is_ended),
        cmocka_unit_test(a_worker_that_hangs_up_and_lives_on_is_ended),
        cmocka_unit_test(a_stream_that_is_no_frame_ends_its_worker),
        cmocka_unit_test(half_a_frame_at_the_end_is_no_frame),
        cmocka_unit_test(the_place_that_a_worker_names_is_safe_to_show),
        cmocka_unit_test(a_flood_of_log_lines_is_cut),
        cmocka_unit_test(a_worker_cannot_take_the_shared_page_away),
        cmocka_unit_test(frames_come_whole_however_they_were_cut),
        cmocka_unit_test(what_was_taken_where_it_lies_comes_no_second_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
