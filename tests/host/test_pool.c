#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "folder.h"
#include "host/pool.h"
#include "store/event.h"

enum { READERS = 4, LONG = READERS - 2 };

/* Jobs that hold their connection until they are let go; what ended, in its order. */
typedef struct fixture {
    char *folder;
    store *writer;
    uv_loop_t loop;
    pool *pool;
    uv_sem_t started, go;
    buf ended;
} fixture;

typedef struct ask {
    fixture *f;
    char name;
    bool holds;
    int runs;
    err_code code;
    int64_t seen;
} ask;

static void put(store *st, const char *id)
{
    value fields = value_map();
    assert_true(store_put(st, &(statement){.id = id, .fields = &fields}, NULL, NULL));
    value_free(&fields);
}

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    err e = {0};
    f->folder = folder_new();
    char *path = folder_path(f->folder, "polder.db");
    f->writer = store_open(path, true, &e);
    put(f->writer, "demand/a");
    uv_loop_init(&f->loop);
    uv_sem_init(&f->started, 0);
    uv_sem_init(&f->go, 0);
    f->pool = pool_new(&f->loop, path, READERS, 500, &e);
    if (!f->pool)
        fail_msg("%s", e.message);
    free(path);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    pool_free(f->pool);
    assert_int_equal(uv_loop_close(&f->loop), 0);
    uv_sem_destroy(&f->started);
    uv_sem_destroy(&f->go);
    store_close(f->writer);
    folder_free(f->folder);
    buf_free(&f->ended);
    free(f);
    return 0;
}

static bool work(store *st, void *ctx, err *e)
{
    ask *a = ctx;
    if (a->holds) {
        uv_sem_post(&a->f->started);
        uv_sem_wait(&a->f->go);
    }
    return event_head(st, &a->seen, e);
}

static void done(void *ctx, bool ok, const err *why)
{
    ask *a = ctx;
    a->code = ok ? ERR_NONE : why->code;
    buf_char(&a->f->ended, a->name);
}

static void ask_for(ask *a, pool_lane lane)
{
    pool_ask(a->f->pool, lane, work, done, a);
}

static void run_until(fixture *f, size_t ended)
{
    while (f->ended.len < ended)
        uv_run(&f->loop, UV_RUN_ONCE);
}

static bool endless(store *st, void *ctx, err *e)
{
    query *q = db_prepare(store_db(st),
                          "with recursive n(i) as (select 1 union all select i + 1 from n)"
                          " select count(*) from n",
                          e);
    bool ok = q && query_step(q, e);
    (void)ctx;
    query_free(q);
    return ok;
}

/* Takes too long where it is tried, and then holds its connection. */
static bool slow(store *st, void *ctx, err *e)
{
    ask *a = ctx;
    return a->runs++ == 0 ? endless(st, ctx, e) : work(st, ctx, e);
}

static void await_started(fixture *f, size_t count)
{
    while (count > 0) {
        uv_run(&f->loop, UV_RUN_NOWAIT);
        count -= uv_sem_trywait(&f->started) == 0;
    }
}

/* However many slow ones there are, and though nobody knows which those are. */
static void what_is_quick_waits_for_nothing_slow(void **state)
{
    fixture *f = *state;
    ask many[8], quick[50];
    for (size_t i = 0; i < 8; i++) {
        many[i] = (ask){.f = f, .name = 'S', .holds = true};
        pool_ask(f->pool, POOL_TRIED, slow, done, &many[i]);
    }
    await_started(f, LONG);
    for (size_t i = 0; i < 50; i++) {
        quick[i] = (ask){.f = f, .name = 'q'};
        ask_for(&quick[i], i % 2 ? POOL_TRIED : POOL_QUICK);
    }
    run_until(f, 50); /* all of them, while every slow one holds, waits or is tried */
    assert_null(strchr(buf_text(&f->ended), 'S'));
    for (size_t i = 0; i < 8; i++)
        uv_sem_post(&f->go);
    run_until(f, 58);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(many[i].runs, 2);
        assert_int_equal(many[i].code, ERR_NONE);
    }
    assert_true(pool_is_idle(f->pool));
    assert_int_equal(pool_look(f->pool).done, 58);
}

/* What is tried may hold all connections but one, and what is quick by nature has that. */
static void what_is_tried_never_holds_the_last_connection(void **state)
{
    fixture *f = *state;
    ask tried[8], quick = {.f = f, .name = 'q'};
    for (size_t i = 0; i < 8; i++) {
        tried[i] = (ask){.f = f, .name = 't', .holds = true};
        ask_for(&tried[i], i < 4 ? POOL_LONG : POOL_TRIED);
    }
    for (size_t i = 0; i + 1 < READERS; i++)
        uv_sem_wait(&f->started);
    assert_int_equal(pool_look(f->pool).busy, READERS - 1);
    ask_for(&quick, POOL_QUICK);
    run_until(f, 1);
    assert_string_equal(buf_text(&f->ended), "q");
    assert_int_equal(pool_look(f->pool).busy, READERS - 1);
    for (size_t i = 0; i < 8; i++)
        uv_sem_post(&f->go);
    run_until(f, 9);
}

/* A reader sees the moment at which its job began, and a writer waits for no reader. */
static void a_writer_commits_while_readers_read_and_they_see_one_moment(void **state)
{
    fixture *f = *state;
    ask before = {.f = f, .name = 'b', .holds = true}, after = {.f = f, .name = 'a'};
    ask_for(&before, POOL_LONG);
    uv_sem_wait(&f->started);
    put(f->writer, "demand/b"); /* the job has begun to read only at its first look */
    ask_for(&after, POOL_LONG);
    run_until(f, 1);
    assert_int_equal(after.seen, 2);
    uv_sem_post(&f->go);
    run_until(f, 2);
    assert_string_equal(buf_text(&f->ended), "ab");
}

static void a_statement_that_never_ends_is_stopped_and_its_connection_used_again(void **state)
{
    fixture *f = *state;
    ask many[4];
    for (size_t i = 0; i < 4; i++) {
        many[i] = (ask){.f = f, .name = 'S'};
        pool_ask(f->pool, i % 2 ? POOL_TRIED : POOL_LONG, endless, done, &many[i]);
    }
    ask quick = {.f = f, .name = 'q'};
    ask_for(&quick, POOL_QUICK);
    run_until(f, 5);
    assert_string_equal(buf_text(&f->ended), "qSSSS");
    assert_int_equal(many[3].code, ERR_LIMIT);
    ask_for(&quick, POOL_QUICK);
    run_until(f, 6);
    assert_int_equal(quick.code, ERR_NONE);
}

static bool writes(store *st, void *ctx, err *e)
{
    (void)ctx;
    return db_exec(store_db(st), "delete from record", e);
}

static void a_job_can_t_write(void **state)
{
    fixture *f = *state;
    ask a = {.f = f, .name = 'w'};
    bool there = false;
    pool_ask(f->pool, POOL_LONG, writes, done, &a);
    run_until(f, 1);
    assert_int_not_equal(a.code, ERR_NONE);
    assert_true(store_exists(f->writer, "demand/a", &there, NULL));
    assert_true(there);
}

static void who_waits_when_it_stops_is_told(void **state)
{
    fixture *f = *state;
    ask held[LONG], waits = {.f = f, .name = 'w'}, late = {.f = f, .name = 'l'};
    for (size_t i = 0; i < LONG; i++) {
        held[i] = (ask){.f = f, .name = 'h', .holds = true};
        ask_for(&held[i], POOL_LONG);
    }
    ask_for(&waits, POOL_LONG);
    pool_stop(f->pool);
    ask_for(&late, POOL_QUICK);
    assert_string_equal(buf_text(&f->ended), "wl");
    assert_int_equal(waits.code, ERR_UNAVAILABLE);
    assert_int_equal(late.code, ERR_UNAVAILABLE);
    assert_false(pool_is_idle(f->pool));
    for (size_t i = 0; i < LONG; i++)
        uv_sem_post(&f->go);
    run_until(f, 2 + LONG);
    assert_int_equal(held[0].code, ERR_NONE);
}

static void too_many_that_wait_are_refused_at_once(void **state)
{
    fixture *f = *state;
    ask held[LONG], *many = mem_zero(POOL_WAITING + 1, sizeof *many);
    for (size_t i = 0; i < LONG; i++) {
        held[i] = (ask){.f = f, .name = 'h', .holds = true};
        ask_for(&held[i], POOL_LONG);
    }
    for (size_t i = 0; i <= POOL_WAITING; i++) {
        many[i] = (ask){.f = f, .name = 'm'};
        ask_for(&many[i], POOL_LONG);
    }
    assert_int_equal(many[POOL_WAITING].code, ERR_LIMIT);
    assert_int_equal(f->ended.len, 1);
    for (size_t i = 0; i < LONG; i++)
        uv_sem_post(&f->go);
    run_until(f, POOL_WAITING + LONG + 1);
    free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(what_is_quick_waits_for_nothing_slow),
        T(what_is_tried_never_holds_the_last_connection),
        T(a_writer_commits_while_readers_read_and_they_see_one_moment),
        T(a_statement_that_never_ends_is_stopped_and_its_connection_used_again),
        T(a_job_can_t_write),
        T(who_waits_when_it_stops_is_told),
        T(too_many_that_wait_are_refused_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
