/* Several processes on one store: who waits for whom, and what they are told. */
#include "support.h"

#include <signal.h>
#include <sys/wait.h>

#include "store/forget.h"
#include "store/holder.h"
#include "store/select.h"

enum { WRITERS = 3, READERS = 2, PUTS = 25 };

/* A process that holds the store, until its end of the pipe is closed. */
typedef struct other {
    pid_t pid;
    int stop;
} other;

/* Runs in the other process; no assertions there, they would go on with the tests. */
typedef bool hold_fn(store *st, err *e);

static bool hold_write_lock(store *st, err *e)
{
    value fields = value_map();
    value_add(&fields, "n", value_int(1));
    bool ok = store_begin(st, e) &&
              store_put(st, &(statement){.id = "demand/open", .fields = &fields}, NULL, e);
    value_free(&fields);
    return ok;
}

static bool hold_read_lock(store *st, err *e)
{
    return db_exec(store_db(st), "begin; select count(*) from record", e);
}

static bool hold_nothing(store *st, err *e)
{
    bool there = false;
    return store_exists(st, "demand/a", &there, e);
}

static void be_other(const fixture *f, hold_fn *hold, int ready, int stop)
{
    err e = {0};
    char byte = 1;
    store *st = store_open(f->path, false, &e);
    if (!st || !hold(st, &e) || write(ready, &byte, 1) != 1 || read(stop, &byte, 1) != 0)
        _exit(1);
    if (db_in_transaction(store_db(st)) && hold == hold_write_lock && !store_commit(st, &e))
        _exit(2);
    store_close(st);
    _exit(0);
}

/* Locks belong to a process, so nothing of the store may be open here at the fork. */
static other start_other(fixture *f, hold_fn *hold)
{
    int ready[2], stop[2];
    char byte = 0;
    store_close(f->st);
    f->st = NULL;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(stop), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(stop[1]);
        close(ready[0]);
        be_other(f, hold, ready[1], stop[0]);
    }
    close(ready[1]);
    close(stop[0]);
    bool holds = read(ready[0], &byte, 1) == 1;
    close(ready[0]);
    assert_true(holds);
    f->st = open_at(f->path);
    return (other){pid, stop[1]};
}

static void assert_ended_well(pid_t pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void stop_other(other *o)
{
    close(o->stop);
    assert_ended_well(o->pid);
}

static void dont_wait(fixture *f)
{
    err e = {0};
    assert_true(db_exec(store_db(f->st), "pragma busy_timeout = 0", &e));
}

static void assert_names(const err *e, pid_t pid)
{
    char who[64];
    snprintf(who, sizeof who, "process %ld (", (long)pid);
    assert_says(e->message, who);
    assert_says(e->message, "test_store_holder"); /* the command it was started with */
}

static bool count_row(void *ctx, const value *record, err *e)
{
    (void)record, (void)e;
    ++*(int64_t *)ctx;
    return true;
}

/* With a wait of 0 ms, a reader that had to wait would fail. */
static void readers_don_t_wait_for_a_long_change_and_don_t_see_it(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t count = 0;
    bool there = true;
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    other o = start_other(f, hold_write_lock); /* opening is reading too */
    dont_wait(f);
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1,\"n\":1}");
    const selection s = {.kind = "demand", .limit = -1};
    assert_true(store_select(f->st, &s, count_row, &count, &e));
    assert_int_equal(count, 1);
    assert_true(store_exists(f->st, "demand/open", &there, &e));
    assert_false(there);
    assert_whole(f->st);
    stop_other(&o);
    assert_true(store_exists(f->st, "demand/open", &there, &e));
    assert_true(there);
}

static void a_writer_that_waited_too_long_is_told_for_whom(void **state)
{
    fixture *f = *state;
    err e = {0};
    other o = start_other(f, hold_write_lock);
    dont_wait(f);
    assert_false(try_put(f->st, "demand/b", "{\"n\":2}", NULL, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "the store is being written by process ");
    assert_names(&e, o.pid);
    assert_says(e.hint, "try again");
    stop_other(&o);
    put_json(f->st, "demand/b", "{\"n\":2}", NULL);
}

static void one_that_was_killed_holds_nothing_and_is_not_named(void **state)
{
    fixture *f = *state;
    buf who = {0};
    other o = start_other(f, hold_write_lock);
    assert_true(holder_find(f->path, HOLDER_OF_WRITE_LOCK, &who));
    assert_int_equal(kill(o.pid, SIGKILL), 0);
    assert_int_equal(waitpid(o.pid, NULL, 0), o.pid);
    close(o.stop);
    buf_clear(&who);
    assert_false(holder_find(f->path, HOLDER_OF_ANY_LOCK, &who));
    assert_string_equal(buf_text(&who), "");
    put_json(f->st, "demand/b", "{\"n\":2}", NULL);
    buf_free(&who);
}

static void one_that_only_reads_is_not_taken_for_the_writer(void **state)
{
    fixture *f = *state;
    buf who = {0};
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    other o = start_other(f, hold_read_lock);
    assert_false(holder_find(f->path, HOLDER_OF_WRITE_LOCK, &who));
    assert_true(holder_find(f->path, HOLDER_OF_ANY_LOCK, &who));
    stop_other(&o);
    o = start_other(f, hold_nothing); /* has it open, which is in nobody's way */
    assert_false(holder_find(f->path, HOLDER_OF_ANY_LOCK, &who));
    stop_other(&o);
    buf_free(&who);
}

static void our_own_lock_is_not_another_s(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf who = {0};
    assert_true(store_begin(f->st, &e));
    assert_false(holder_find(f->path, HOLDER_OF_ANY_LOCK, &who));
    store_rollback(f->st);
    assert_false(holder_find("/nowhere/polder.db", HOLDER_OF_ANY_LOCK, &who));
    buf_free(&who);
}

static void asking_who_it_is_lets_go_of_no_lock_of_ours(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf who = {0};
    other o = start_other(f, hold_read_lock);
    assert_true(store_begin(f->st, &e));
    assert_true(holder_find(f->path, HOLDER_OF_ANY_LOCK, &who));
    stop_other(&o);
    pid_t pid = fork(); /* someone else can't begin now */
    assert_true(pid >= 0);
    if (pid == 0) {
        execl("/proc/self/exe", "test_store_holder", "begin", f->path, (char *)NULL);
        _exit(9);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), ERR_UNAVAILABLE);
    store_rollback(f->st);
    buf_free(&who);
}

static void forgetting_that_a_reader_holds_up_says_who_reads(void **state)
{
    fixture *f = *state;
    err e = {0};
    value report = value_nil();
    put_json(f->st, "note/a", "{\"text\":\"Geheimpje\"}", NULL);
    other o = start_other(f, hold_read_lock);
    dont_wait(f);
    assert_false(store_forget(f->st, "note/a", "asked for it", &report, &e));
    assert_int_equal(e.code, ERR_PARTIAL);
    assert_says(e.message, "the store is being used by process ");
    assert_names(&e, o.pid);
    value_free(&report);
    stop_other(&o);
}

/* Each change a commit of its own, of two records that are there both or not at all. */
static void write_many(const fixture *f, int writer)
{
    err e = {0};
    store *st = store_open(f->path, false, &e);
    for (int i = 0; st && i < PUTS; i++) {
        char id[48];
        value fields = value_map();
        value_add(&fields, "n", value_int(i));
        bool ok = store_begin(st, &e);
        for (int half = 0; ok && half < 2; half++) {
            snprintf(id, sizeof id, "demand/w%d-%d-%d", writer, i, half);
            ok = store_put(st, &(statement){.id = id, .fields = &fields}, NULL, &e);
        }
        if (!ok || !store_commit(st, &e)) {
            fprintf(stderr, "writer %d: %s\n", writer, e.message);
            _exit(1);
        }
        value_free(&fields);
    }
    store_close(st);
    _exit(st ? 0 : 1);
}

/* Until all is there; with no patience at all. */
static void read_many(const fixture *f)
{
    err e = {0};
    int64_t before = 0, now = 0;
    const selection s = {.kind = "demand", .limit = -1};
    store *st = store_open(f->path, false, &e);
    bool ok = st && db_exec(store_db(st), "pragma busy_timeout = 0", &e);
    while (ok && now < 2 * WRITERS * PUTS) {
        before = now;
        ok = store_count(st, &s, &now, &e) && now >= before && now % 2 == 0;
    }
    if (!ok)
        fprintf(stderr, "reader: %s, %lld after %lld\n", e.message, (long long)now,
                (long long)before);
    store_close(st);
    _exit(ok ? 0 : 1);
}

static void writers_and_readers_at_once_all_get_through(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t count = 0;
    pid_t pids[WRITERS + READERS];
    bool well = true;
    store_close(f->st);
    f->st = NULL;
    for (int i = 0; i < WRITERS + READERS; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0 && i < WRITERS)
            write_many(f, i);
        if (pids[i] == 0)
            read_many(f);
    }
    for (int i = 0; i < WRITERS + READERS; i++) {
        int status = 0;
        if (i == WRITERS && !well) /* they would wait for what never comes */
            for (int k = i; k < WRITERS + READERS; k++)
                kill(pids[k], SIGKILL);
        well = waitpid(pids[i], &status, 0) == pids[i] && status == 0 && well;
    }
    assert_true(well);
    f->st = open_at(f->path);
    assert_true(store_count(f->st, &(selection){.kind = "demand", .limit = -1}, &count, &e));
    assert_int_equal(count, 2 * WRITERS * PUTS);
    assert_whole(f->st);
}

/* What asking_who_it_is_lets_go_of_no_lock_of_ours starts: its exit code is that of the error. */
static int try_to_begin(const char *path)
{
    err e = {0};
    db *d = db_open(path, false, &e);
    bool ok = d && db_exec(d, "pragma busy_timeout = 0", &e) && db_begin(d, &e);
    db_close(d);
    return ok ? 0 : (int)e.code;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(readers_don_t_wait_for_a_long_change_and_don_t_see_it),
        T(a_writer_that_waited_too_long_is_told_for_whom),
        T(one_that_was_killed_holds_nothing_and_is_not_named),
        T(one_that_only_reads_is_not_taken_for_the_writer),
        T(our_own_lock_is_not_another_s),
        T(asking_who_it_is_lets_go_of_no_lock_of_ours),
        T(forgetting_that_a_reader_holds_up_says_who_reads),
        T(writers_and_readers_at_once_all_get_through),
    };
    if (argc == 3 && strcmp(argv[1], "begin") == 0)
        return try_to_begin(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
