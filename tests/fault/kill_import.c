/* kill_import: SIGKILL at random moments of an import. After each, every row that was acknowledged
 * is in the store and the chain of events is whole. The moments are delays from the child's start,
 * spread over what one import takes; nothing here depends on how fast a machine is. `kill_import
 * [TIMES [SEED]]` */
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/event.h"
#include "store/import.h"
#include "store/select.h"

enum { TIMES = 200, ROWS = 2000 };

static char folder[64], db_path[96], rows_path[96];

static void die(const char *what, const err *e)
{
    fprintf(stderr, "kill_import: %s: %s (%s)\n", what, e ? e->message : strerror(errno),
            e ? e->where : "");
    exit(1);
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *at)
{
    (void)about, (void)type, (void)at;
    return remove(path);
}

static void clean(void)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Every import has rows of its own, so that each run has something to lose. */
static void write_rows(int run)
{
    FILE *file = fopen(rows_path, "wb");
    if (!file)
        die("can't write the rows", NULL);
    for (int i = 0; i < ROWS; i++)
        fprintf(file, "{\"id\":\"r%d-%d\",\"run\":%d,\"number\":%d,\"text\":\"%080d\"}\n", run, i,
                run, i, i);
    fclose(file);
}

static void acknowledge(void *ctx, int64_t rows_safe, int64_t bytes_done, int64_t bytes_all)
{
    (void)bytes_done, (void)bytes_all;
    if (write(*(int *)ctx, &rows_safe, sizeof rows_safe) != sizeof rows_safe)
        _exit(3);
}

static void child(int pipe_end)
{
    err e = {0};
    import_report report = {0};
    store *st = store_open(db_path, true, &e);
    import_options o = {
        .path = rows_path, .kind = "solution", .progress = acknowledge, .ctx = &pipe_end};
    if (!st || !import_file(st, &o, &report, &e) || report.bad)
        _exit(2);
    store_close(st);
    _exit(0);
}

/* Runs an import, kills it `after_us` later (below 0: never); *safe is what it acknowledged last.
 * true: it was killed. */
static bool import_once(long after_us, int64_t *safe)
{
    int ends[2];
    *safe = 0;
    if (pipe(ends) != 0)
        die("pipe", NULL);
    pid_t pid = fork();
    if (pid < 0)
        die("fork", NULL);
    if (pid == 0) {
        close(ends[0]);
        child(ends[1]);
    }
    close(ends[1]);
    if (after_us >= 0) {
        usleep((useconds_t)after_us);
        kill(pid, SIGKILL);
    }
    for (int64_t told; read(ends[0], &told, sizeof told) == sizeof told;)
        *safe = told;
    close(ends[0]);
    int status = 0;
    waitpid(pid, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        die("the import failed by itself", &(err){.message = "see its exit code"});
    return WIFSIGNALED(status);
}

static int64_t count_rows(store *st, int run)
{
    err e = {0};
    int64_t count = 0;
    char where[32];
    snprintf(where, sizeof where, "run == %d", run);
    selection s = {.kind = "solution", .where = where, .limit = -1};
    if (!store_count(st, &s, &count, &e))
        die("can't count", &e);
    return count;
}

static void check_first_rows(store *st, int run, int64_t safe)
{
    for (int64_t i = 0; i < safe; i++) {
        char id[48];
        bool there = false;
        err e = {0};
        snprintf(id, sizeof id, "solution/r%d-%lld", run, (long long)i);
        if (!store_exists(st, id, &there, &e) || !there) {
            fprintf(stderr, "kill_import: run %d: %s was acknowledged and is lost\n", run, id);
            exit(1);
        }
    }
}

/* The rows come in batches, each whole or not at all, and at most one was kept and not acknowledged
 * yet. */
static void check_store(int run, int64_t safe)
{
    err e = {0};
    store *st = store_open(db_path, true, &e);
    if (!st)
        die("can't open the store again", &e);
    int64_t count = count_rows(st, run);
    if (count < safe) {
        fprintf(stderr, "kill_import: run %d: %lld acknowledged, %lld there\n", run,
                (long long)safe, (long long)count);
        exit(1);
    }
    check_first_rows(st, run, safe);
    event_report report = {0};
    if (!event_verify(st, &report, NULL, NULL, &e))
        die("can't verify", &e);
    if (report.bad_seq) {
        fprintf(stderr, "kill_import: run %d: event %lld: %s\n", run, (long long)report.bad_seq,
                report.damage);
        exit(1);
    }
    store_close(st);
}

/* A store of its own for every few runs: verifying stays quick. */
static void start_again(void)
{
    char path[128];
    static const char *const PARTS[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", db_path, PARTS[i]);
        unlink(path);
    }
}

int main(int argc, char **argv)
{
    int times = argc > 1 ? atoi(argv[1]) : TIMES, killed = 0, early = 0;
    unsigned seed = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : (unsigned)clock_now_ms();
    int64_t safe = 0, acknowledged = 0;
    printf("seed %u\n", seed);
    strcpy(folder, "/tmp/polder-kill-XXXXXX");
    if (!mkdtemp(folder))
        die("mkdtemp", NULL);
    atexit(clean);
    snprintf(db_path, sizeof db_path, "%s/polder.db", folder);
    snprintf(rows_path, sizeof rows_path, "%s/rows.jsonl", folder);
    write_rows(0);
    int64_t start = clock_monotonic_ms();
    import_once(-1, &safe);
    long whole_us = (long)(clock_monotonic_ms() - start) * 1000 + 1000;
    if (safe != ROWS)
        die("the import that nobody disturbed", &(err){.message = "did not acknowledge its rows"});
    for (int run = 1; run <= times; run++) {
        if (run % 5 == 1)
            start_again();
        write_rows(run);
        bool was_killed = import_once((long)((unsigned)rand_r(&seed) % (unsigned)whole_us), &safe);
        killed += was_killed;
        early += was_killed && safe == 0;
        acknowledged += was_killed ? safe : 0;
        check_store(run, safe);
    }
    printf(
        "killed %d of %d imports, %d before the first commit; %lld acknowledged rows, none lost\n",
        killed, times, early, (long long)acknowledged);
    return 0;
}
