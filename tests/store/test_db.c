#include <sqlite3.h>
#include <sys/fsuid.h>
#include <sys/stat.h>

#include <signal.h>
#include <sys/resource.h>

#include "support.h"

#include "base/file.h"

#include "store/db.h"

static void a_store_that_is_not_there_is_not_made_unless_asked_for(void **state)
{
    fixture *f = *state;
    char path[128];
    err e = {0};
    snprintf(path, sizeof path, "%s/none.db", f->folder);
    assert_null(store_open(path, false, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_int_not_equal(access(path, F_OK), 0);
    snprintf(path, sizeof path, "%s/no/folder.db", f->folder);
    assert_null(store_open(path, true, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
}

static void a_thread_that_must_not_wait_asks_no_database(void **state)
{
    fixture *f = *state;
    err e = {0};
    query *before = db_prepare(store_db(f->st), "select 1", &e);
    assert_non_null(before);
    db_bar_thread(true);
    assert_false(query_step(before, &e));
    assert_int_equal(e.code, ERR_BUG);
    assert_null(db_prepare(store_db(f->st), "select 2", &e));
    assert_false(db_exec(store_db(f->st), "select 1", &e));
    db_bar_thread(false);
    query_free(before);
    assert_true(db_exec(store_db(f->st), "select 1", &e));
}

static void a_foreign_database_is_refused_and_left_as_it_is(void **state)
{
    fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/other.db", f->folder);
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    sqlite3_exec(other, "create table meta (key, value); insert into meta values ('schema', 1)",
                 NULL, NULL, NULL);
    sqlite3_close(other);
    struct stat before, after;
    assert_int_equal(stat(path, &before), 0);
    err e = {0};
    assert_null(store_open(path, true, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "another program");
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_size, after.st_size);
    assert_true(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/text.db", f->folder);
    const char text[] =
        "these are the minutes of a meeting, and more than a hundred bytes of them, "
        "so that nobody can take them for the header of anything at all";
    write_file(path, text, sizeof text);
    err e = {0};
    assert_null(store_open(path, true, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "not a Polder store");
    assert_string_equal(e.where, path);
}

static void an_empty_file_is_a_new_store_only_when_one_may_be_made(void **state)
{
    fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/empty.db", f->folder);
    write_file(path, "", 0);
    err e = {0};
    assert_null(store_open(path, false, &e));
    assert_says(e.message, "empty");
    store *st = store_open(path, true, &e);
    assert_non_null(st);
    store_close(st);
}

static void a_damaged_page_is_named_as_damage(void **state)
{
    fixture *f = *state;
    char text[300];
    for (int i = 0; i < 400; i++) {
        snprintf(text, sizeof text, "{\"title\":\"%0200d\"}", i);
        char id[32];
        snprintf(id, sizeof id, "demand/d%d", i);
        put_json(f->st, id, text, NULL);
    }
    store_close(f->st);
    f->st = NULL;
    FILE *file = fopen(f->path, "r+b");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    for (long at = 4096 * 16; at + 4096 < size; at += 4096) {
        fseek(file, at, SEEK_SET);
        for (int i = 0; i < 64; i++)
            fputc(0xa5, file);
    }
    fclose(file);
    err e = {0};
    event_report report = {0};
    store *st = store_open(f->path, false, &e);
    bool read = st && event_verify(st, &report, NULL, NULL, &e);
    assert_false(read);
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "damaged");
    store_close(st);
}

static void a_full_disk_is_told_and_loses_nothing_that_was_kept(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "demand/first", "{\"title\":\"kept\"}", NULL);
    query *q = db_prepare(store_db(f->st), "pragma page_count", &e);
    assert_true(query_step(q, &e));
    char sql[64];
    snprintf(sql, sizeof sql, "pragma max_page_count = %lld", (long long)query_int64(q, 0) + 20);
    query_free(q);
    assert_true(db_exec(store_db(f->st), sql, &e));
    bool ok = true;
    int kept = 0;
    for (; ok && kept < 500; kept++) {
        char id[32], fields[4000];
        snprintf(id, sizeof id, "demand/d%d", kept);
        snprintf(fields, sizeof fields, "{\"text\":\"%03000d\"}", kept);
        ok = try_put(f->st, id, fields, NULL, &e);
    }
    kept--;
    assert_false(ok);
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "disk is full");
    for (int i = 0; i < kept; i++) {
        char id[32];
        value v = value_nil();
        snprintf(id, sizeof id, "demand/d%d", i);
        assert_true(store_get(f->st, id, &v, &e));
        value_free(&v);
    }
    assert_whole(f->st);
    reopen(f); /* with room again */
    put_json(f->st, "demand/last", "{\"title\":\"there is room\"}", NULL);
    assert_record(f->st, "demand/first",
                  "{\"id\":\"demand/first\",\"kind\":\"demand\",\"version\":1,\"title\":\"kept\"}");
    assert_whole(f->st);
}

/* As `ulimit -f` sets it, for a process that ignores SIGXFSZ. */
static void a_file_that_may_not_grow_is_told_and_keeps_nothing_half(void **state)
{
    fixture *f = *state;
    err e = {0};
    struct rlimit before, small;
    put_json(f->st, "demand/first", "{\"title\":\"kept\"}", NULL);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 1 << 20;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool ok = true;
    for (int i = 0; ok && i < 500; i++) {
        char id[32], fields[4000];
        snprintf(id, sizeof id, "demand/d%d", i);
        snprintf(fields, sizeof fields, "{\"text\":\"%03000d\"}", i);
        ok = try_put(f->st, id, fields, NULL, &e);
    }
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    assert_false(ok);
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "may grow no more by a limit of this process");
    assert_says(e.hint, "ulimit -f");
    reopen(f);
    put_json(f->st, "demand/last", "{\"title\":\"there is room\"}", NULL);
    assert_whole(f->st);
}

static void a_full_disk_in_several_changes_keeps_none_of_them(void **state)
{
    fixture *f = *state;
    err e = {0};
    assert_true(db_exec(store_db(f->st), "pragma max_page_count = 40", &e));
    assert_true(store_begin(f->st, &e));
    bool ok = true;
    for (int i = 0; ok && i < 200; i++) {
        char id[32], fields[4000];
        snprintf(id, sizeof id, "demand/d%d", i);
        snprintf(fields, sizeof fields, "{\"text\":\"%03000d\"}", i);
        ok = try_put(f->st, id, fields, NULL, &e);
    }
    assert_false(ok);
    /* The engine may have undone everything by itself: what follows can't be kept alone. */
    try_put(f->st, "demand/small", "{\"a\":1}", NULL, NULL);
    store_rollback(f->st);
    reopen(f);
    query *q = db_prepare(store_db(f->st), "select count(*) from record", &e);
    assert_true(query_step(q, &e));
    assert_int_equal(query_int64(q, 0), 0);
    query_free(q);
}

static void a_second_writer_waits_and_then_is_told(void **state)
{
    fixture *f = *state;
    err e = {0};
    db *other = db_open(f->path, false, &e);
    assert_non_null(other);
    /* The wait itself is bounded by the engine; here it need not be waited out. */
    assert_true(db_exec(other, "pragma busy_timeout = 0", &e));
    assert_true(store_begin(f->st, &e));
    assert_false(db_begin(other, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_string_equal(e.message, "the store is being written by another process");
    query *q = db_prepare(other, "select count(*) from record", &e); /* a reader doesn't wait */
    assert_true(query_step(q, &e));
    query_free(q);
    store_rollback(f->st);
    assert_true(db_begin(other, &e));
    db_rollback(other);
    db_close(other);
}

static void a_read_only_file_can_be_read_and_says_why_it_can_t_be_written(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "demand/a", "{\"title\":\"A\"}", NULL);
    assert_int_equal(chmod(f->path, 0444), 0);
    assert_int_equal(chmod(f->folder, 0777), 0);
    char side[128];
    store_close(f->st);
    f->st = NULL;
    bool root = geteuid() == 0;
    if (root) /* root may write everything: look as somebody else */
        setfsuid(65534);
    store *st = store_open(f->path, false, &e);
    bool opened = st != NULL;
    bool put = opened && try_put(st, "demand/b", "{\"title\":\"B\"}", NULL, &e);
    store_close(st);
    if (root)
        setfsuid(0);
    assert_false(put);
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_says(e.message, "can only be read");
    assert_int_equal(chmod(f->path, 0644), 0);
    snprintf(side, sizeof side, "%s-shm", f->path);
    unlink(side);
    snprintf(side, sizeof side, "%s-wal", f->path);
    unlink(side);
    f->st = open_at(f->path);
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1,\"title\":\"A\"}");
}

/* What would be written to a file that is gone is lost, and two who don't share the files beside
 * the store damage it. */
static void a_store_that_is_no_longer_in_its_place_is_not_written(void **state)
{
    static const char *const ENDS[] = {"-wal", "-shm", ""};
    fixture *f = *state;
    for (size_t i = 0; i < 3; i++) {
        char id[32], path[128], away[128];
        err e = {0};
        snprintf(id, sizeof id, "demand/d%zu", i);
        snprintf(path, sizeof path, "%s%s", f->path, ENDS[i]);
        snprintf(away, sizeof away, "%s/away", f->folder);
        put_json(f->st, id, "{\"title\":\"A\"}", NULL);
        assert_int_equal(rename(path, away), 0);
        assert_false(try_put(f->st, "demand/lost", "{\"title\":\"B\"}", NULL, &e));
        assert_int_equal(e.code, ERR_UNAVAILABLE);
        assert_says(e.message, "was removed, replaced or moved while the store was open");
        assert_string_equal(e.where, path);
        assert_says(e.hint, "start this program again");
        assert_false(db_begin_read(store_db(f->st), &e));
        assert_int_equal(rename(away, path), 0);
        put_json(f->st, id, "{\"title\":\"C\"}", NULL);
    }
    assert_whole(f->st);
}

static void a_read_only_connection_reads_and_does_nothing_else(void **state)
{
    fixture *f = *state;
    put_json(f->st, "demand/a", "{\"title\":\"A\"}", NULL);
    err e = {0};
    db *d = db_open_read_only(f->path, 0, &e);
    assert_non_null(d);
    query *q =
        db_prepare(d, "with x as (select data ->> 'title' t from record) select t from x", &e);
    assert_true(query_step(q, &e));
    assert_string_equal(query_text(q, 0), "A");
    query_free(q);
    static const char *const REFUSED[] = {
        "delete from record",
        "insert into meta values ('a', 'b')",
        "attach '/tmp/other.db' as o",
        "pragma journal_mode = delete",
        "create table t (a)",
        "drop table record",
        "vacuum",
        "begin immediate",
        "select load_extension('x')",
        "create temp table t (a)",
        "detach main",
        "pragma query_only = off",
        "vacuum into '/tmp/other.db'",
    };
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        e = (err){0};
        if (db_prepare(d, REFUSED[i], &e))
            fail_msg("%s", REFUSED[i]);
        assert_true(e.code == ERR_NOT_ALLOWED || e.code == ERR_USAGE);
    }
    db_close(d);
}

static void wrong_sql_of_a_user_is_wrong_usage(void **state)
{
    fixture *f = *state;
    err e = {0};
    db *d = db_open_read_only(f->path, 0, &e);
    assert_null(db_prepare(d, "select * form record", &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_says(e.message, "form");
    assert_null(db_prepare(d, "select 1; select 2", &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_null(db_prepare(d, "  ", &e));
    assert_int_equal(e.code, ERR_USAGE);
    db_close(d);
}

static void a_statement_over_its_time_is_stopped(void **state)
{
    fixture *f = *state;
    err e = {0};
    db *d = db_open_read_only(f->path, 20, &e);
    query *q = db_prepare(d,
                          "with recursive n(i) as (select 1 union all select i + 1 from n)"
                          " select count(*) from n",
                          &e);
    assert_non_null(q);
    assert_false(query_step(q, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    query_free(q);
    db_close(d);
}

/* Where the engine wasn't built to do so by itself, too (this can't fail where it was). */
static void what_is_deleted_is_zeroed_without_the_file_being_written_anew(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf file = {0};
    db *d = store_db(f->st);
    assert_true(db_exec(d,
                        "create table secret (t text); insert into secret values ('kwikzilver');"
                        "pragma wal_checkpoint(truncate); delete from secret;"
                        "pragma wal_checkpoint(truncate)",
                        &e));
    assert_true(file_read(f->path, 1 << 28, &file, &e));
    assert_null(memmem(file.data, file.len, "kwikzilver", 10));
    query *q = db_prepare(d, "pragma secure_delete", &e);
    assert_true(query_step(q, &e));
    assert_int_equal(query_int64(q, 0), 1);
    query_free(q);
    buf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_store_that_is_not_there_is_not_made_unless_asked_for),
        T(a_thread_that_must_not_wait_asks_no_database),
        T(a_foreign_database_is_refused_and_left_as_it_is),
        T(a_file_that_is_no_database_is_refused),
        T(an_empty_file_is_a_new_store_only_when_one_may_be_made),
        T(a_damaged_page_is_named_as_damage),
        T(a_full_disk_is_told_and_loses_nothing_that_was_kept),
        T(a_file_that_may_not_grow_is_told_and_keeps_nothing_half),
        T(a_full_disk_in_several_changes_keeps_none_of_them),
        T(a_second_writer_waits_and_then_is_told),
        T(a_read_only_file_can_be_read_and_says_why_it_can_t_be_written),
        T(a_store_that_is_no_longer_in_its_place_is_not_written),
        T(a_read_only_connection_reads_and_does_nothing_else),
        T(wrong_sql_of_a_user_is_wrong_usage),
        T(a_statement_over_its_time_is_stopped),
        T(what_is_deleted_is_zeroed_without_the_file_being_written_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
