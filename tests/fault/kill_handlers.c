/* kill_handlers: SIGKILL at random moments while four plugins handle events, as a command and as a
 * daemon, with a second process at the same work. After all of it, each event has had the effects
 * of each plugin exactly once and the chain is whole. `kill_handlers [TIMES [SEED [SHIPS]]]`: SHIPS
 * events come before each kill. At every fault point it is killed by kill_points. */
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "host/dispatch.h"
#include "host/keeper.h"
#include "host/reactions.h"
#include "store/event.h"

#ifdef POLDER_SANITIZED
enum { SHIPS = 4 };
#else
enum { SHIPS = 20 }; /* 10,000 events in all */
#endif
enum { TIMES = 500 };

static const char *const PLUGINS[] = {"alpha", "beta", "gamma", "delta"};
enum { PLUGIN_COUNT = sizeof PLUGINS / sizeof *PLUGINS };

/* Reads, writes a record and emits an event: all of it, or nothing. One plugin takes so long at
 * some events that the others go on beside it. */
static const char LUA[] =
    "local polder = require 'polder'\n"
    "local me, prefix = '%s', '%s.'\n"
    "polder.on { name = 'h', event = 'record.created', kind = 'ship', handler = function(e)\n"
    "  local ship = polder.get(e.subject)\n"
    "  if me == 'beta' and ship.n % 250 == 0 then for _ = 1, 8e7 do end end\n"
    "  polder.put('seen/' .. me .. '-' .. ship.n, { n = ship.n })\n"
    "  polder.emit(prefix .. 'did', { n = ship.n }, e.subject)\nend }\n";
static const char MANIFEST[] =
    "{\"name\":\"%s\",\"version\":\"1.0.0\",\"api\":1,\"capabilities\":{\"records\":{\"read\":["
    "\"ship\"],\"write\":[\"seen\"]},\"emit\":[\"%s.*\"]}}";

static char folder[64];
static int64_t ships;

static void die(const char *what, const err *e)
{
    fprintf(stderr, "kill_handlers: %s: %s (%s)\n", what, e ? e->message : strerror(errno),
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

static void write_text(const char *plugin, const char *name, const char *format)
{
    char path[160], text[600];
    err e = {0};
    snprintf(path, sizeof path, "%s/plugins/%s", folder, plugin);
    if (!file_make_folder(path, &e))
        die(path, &e);
    snprintf(path, sizeof path, "%s/plugins/%s/%s", folder, plugin, name);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int len = snprintf(text, sizeof text, format, plugin, plugin);
#pragma GCC diagnostic pop
    if (!file_write(path, text, (size_t)len, &e))
        die(path, &e);
}

static void make_workspace(void)
{
    static const char CONFIG[] =
        "return { disabled = { 'partnership', 'noord-holland', 'zeeland' } }\n";
    char path[100];
    err e = {0};
    strcpy(folder, "/tmp/polder-handlers-XXXXXX");
    if (!mkdtemp(folder))
        die("mkdtemp", NULL);
    atexit(clean);
    if (!workspace_init(folder, &e))
        die("init", &e);
    snprintf(path, sizeof path, "%s/polder.lua", folder);
    if (!file_write(path, CONFIG, strlen(CONFIG), &e))
        die(path, &e);
    for (size_t i = 0; i < PLUGIN_COUNT; i++) {
        write_text(PLUGINS[i], "plugin.json", MANIFEST);
        write_text(PLUGINS[i], "init.lua", LUA);
    }
}

/* As a command does: false when the store was refused or a handler failed. */
static bool work(err *e)
{
    const dispatch_limits limits = {.runs = INT64_MAX, .wall_ms = 60000};
    dispatch_report report = {0};
    workspace *ws = workspace_open(folder, e);
    host *h = ws ? host_open(ws, false, e) : NULL;
    bool ok =
        h && host_load(h, e) && reactions_attach(h, e) && dispatch_run(h, &limits, &report, e);
    host_close(h);
    workspace_close(ws);
    return ok && report.failures == 0;
}

static pid_t start(void)
{
    pid_t pid = fork();
    if (pid < 0)
        die("fork", NULL);
    if (pid > 0)
        return pid;
    err e = {0};
    bool ok = work(&e);
    if (!ok)
        fprintf(stderr, "kill_handlers: work: %s (%s)\n", e.message, e.where);
    _exit(ok ? 0 : 2);
}

/* As `polder serve` does, for ever. */
static pid_t start_daemon(void)
{
    pid_t pid = fork();
    if (pid < 0)
        die("fork", NULL);
    if (pid > 0)
        return pid;
    err e = {0};
    keeper *k = keeper_open(folder, &e);
    if (!k || !keeper_run(k, &e))
        fprintf(stderr, "kill_handlers: daemon: %s (%s)\n", e.message, e.where);
    _exit(3);
}

/* true: it was killed. */
static bool ended_by_kill(pid_t pid)
{
    int status = 0;
    if (waitpid(pid, &status, 0) != pid)
        die("waitpid", NULL);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        return true;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        die("the work failed", NULL);
    return false;
}

static void add_ships(int count)
{
    err e = {0};
    workspace *ws = workspace_open(folder, &e);
    store *st = ws ? workspace_store(ws, &e) : NULL;
    if (!st)
        die("store", &e);
    for (int i = 0; i < count; i++) {
        char id[40];
        value fields = value_map();
        snprintf(id, sizeof id, "ship/s%lld", (long long)ships);
        value_add(&fields, "n", value_int(ships++));
        if (!store_put(st, &(statement){.id = id, .fields = &fields}, NULL, &e))
            die("put", &e);
        value_free(&fields);
    }
    workspace_close(ws);
}

typedef struct effects {
    int did, seen; /* events of the plugin's own; changes of the record that it makes */
} effects;

static void seen_id(char id[60], int64_t i)
{
    snprintf(id, 60, "seen/%s-%lld", PLUGINS[i % PLUGIN_COUNT], (long long)(i / PLUGIN_COUNT));
}

/* Which plugin's, by the start of `text`; PLUGIN_COUNT: none's. */
static size_t plugin_of(const char *text)
{
    size_t i = 0;
    while (i < PLUGIN_COUNT && strncmp(text, PLUGINS[i], strlen(PLUGINS[i])) != 0)
        i++;
    return i;
}

static bool count_one(void *ctx, const value *event, err *e)
{
    effects *all = ctx;
    const char *type = value_get_str(event, "type", "");
    const char *subject = value_get_str(event, "subject", "");
    bool seen = strncmp(subject, "seen/", 5) == 0;
    size_t plugin = plugin_of(seen ? subject + 5 : type);
    const value *data = value_get(event, "data");
    int64_t n = value_get_int(seen ? value_get(data, "fields") : data, "n", -1);
    (void)e;
    if (plugin == PLUGIN_COUNT || n < 0 || n >= ships)
        return true;
    effects *one = &all[(size_t)n * PLUGIN_COUNT + plugin];
    *(seen ? &one->seen : &one->did) += 1;
    return true;
}

static void check_one(store *st, int64_t i, const effects *one, const char *after)
{
    char id[60];
    bool there = false;
    err e = {0};
    seen_id(id, i);
    if (!store_exists(st, id, &there, &e))
        die(id, &e);
    if (one->did == 1 && one->seen == 1 && there)
        return;
    fprintf(stderr, "kill_handlers: %s: %s: told %d times, written %d times, %s there\n", after, id,
            one->did, one->seen, there ? "is" : "isn't");
    exit(1);
}

/* Each ship, each plugin: once. */
static void check_effects(const char *after)
{
    err e = {0};
    event_report report = {0};
    effects *all = calloc((size_t)ships * PLUGIN_COUNT, sizeof *all);
    workspace *ws = workspace_open(folder, &e);
    store *st = ws ? workspace_store(ws, &e) : NULL;
    const event_filter f = {.limit = -1};
    if (!st || !event_each(st, &f, count_one, all, &e) ||
        !event_verify(st, &report, NULL, NULL, &e))
        die(after, &e);
    for (int64_t i = 0; i < ships * PLUGIN_COUNT; i++)
        check_one(st, i, &all[i], after);
    if (report.bad_seq)
        die("the chain is broken", NULL);
    workspace_close(ws);
    free(all);
}

static int64_t time_of_one(int count)
{
    int64_t before = clock_monotonic_ms();
    add_ships(count);
    ended_by_kill(start());
    return clock_monotonic_ms() - before;
}

/* Every fourth time a second process works on the same, and lives; every other time it is a daemon
 * that is killed, half of these with such a process beside it. */
static int at_random_moments(int times, unsigned seed, int count)
{
    int killed = 0;
    int64_t longest_us = time_of_one(count) * 750 + 1000;
    srandom(seed);
    for (int i = 0; i < times; i++) {
        add_ships(count);
        pid_t other = i % 4 < 2 ? start() : 0, pid = i % 2 ? start_daemon() : start();
        usleep((useconds_t)(random() % longest_us));
        kill(pid, SIGKILL);
        killed += ended_by_kill(pid);
        if (other)
            ended_by_kill(other);
    }
    ended_by_kill(start());
    check_effects("random moments");
    return killed;
}

int main(int argc, char **argv)
{
    int times = argc > 1 ? atoi(argv[1]) : TIMES;
    unsigned seed = argc > 2 ? (unsigned)atoi(argv[2]) : (unsigned)clock_now_ms();
    int count = argc > 3 ? atoi(argv[3]) : SHIPS;
    err e = {0};
    signal(SIGPIPE, SIG_IGN);
    log_set_level(LOG_ERROR);
    printf("kill_handlers: %d times, seed %u\n", times, seed);
    fflush(stdout);
    make_workspace();
    if (!work(&e)) /* the handlers' first sight of the log */
        die("first", &e);
    int killed = at_random_moments(times, seed, count);
    printf("%lld events for %d plugins, each once; %d of %d were killed in time\n",
           (long long)ships, (int)PLUGIN_COUNT, killed, times);
    if (killed < times / 2)
        fprintf(stderr, "too few were killed while they worked\n");
    return killed < times / 2;
}
