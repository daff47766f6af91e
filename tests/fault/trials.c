#include "trials.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "points.h"
#include "store/db.h"

const trial TRIALS[] = {
    {.name = "put",
     .commits = 1,
     .words = {"put", "ship/new", "title=Nieuw", "code=n1", "of=ship/a"}},
    {.name = "put-again",
     .commits = 1,
     .words = {"put", "ship/a", "title=Anders", "--source", "source/good"}},
    {.name = "import", .by_time = true, .words = {"import", "one.jsonl", "two.jsonl"}},
    {.name = "import-atomic",
     .commits = 1,
     .words = {"import", "--atomic", "one.jsonl", "two.jsonl"}},
    {.name = "settle",
     .commits = 1,
     .words = {"settle", "ship/a", "length", "--source", "source/bad", "--why", "gemeten"}},
    {.name = "unsettle",
     .commits = 1,
     .again = 4,
     .words = {"settle", "ship/b", "title", "--undo", "--why", "toch niet"}},
    {.name = "withdraw",
     .commits = 1,
     .again = 5,
     .words = {"withdraw", "source/bad", "--why", "klopt niet"}},
    {.name = "unwithdraw",
     .commits = 1,
     .again = 4,
     .words = {"withdraw", "source/late", "--undo", "--why", "toch wel"}},
    {.name = "reindex", .commits = 1, .words = {"audit", "reindex"}},
    {.name = "report", .commits = 1, .leaves_more = true, .words = {"report", "tool/sheet"}},
    {.name = "delete", .commits = 1, .again = 4, .words = {"delete", "ship/b"}},
    {.name = "forget",
     .commits = 1,
     .gone = "Geheimenstein",
     .words = {"forget", "person/p", "--why", "gevraagd"}},
    {.name = "match",
     .commits = 1,
     .leaves_more = true,
     .words = {"match", "--scorecard", "tool/card"}},
    {.name = "command", .commits = 1, .leaves_more = true, .words = {"tool", "note"}},
    /* The rows; each handler's effects of each; how far all are, at the end. */
    {.name = "handlers",
     .in = TRIAL_HANDLERS,
     .commits = 1 + TRIAL_SHIPS * TRIAL_PLUGINS + 1,
     .words = {"import", "--atomic", "ships.jsonl"}},
    {.name = "sign", .commits = 1, .leaves_more = true, .words = {"audit", "sign"}},
    /* The rows; the effect of the first; the failure of the second, for which the third waits. */
    {.name = "failing",
     .in = TRIAL_FAILING,
     .commits = 3,
     .words = {"import", "--atomic", "ships.jsonl"}},
    /* It waits again; its effect; how far the handler is, at the end. */
    {.name = "retry",
     .in = TRIAL_FAILING,
     .commits = 3,
     .last = 2,
     .again = 4,
     .words = {"events", "retry", "1"}},
    {.name = "kinds", .in = TRIAL_KINDS, .commits = 1, .words = {"registry", "kind"}},
    /* The tables; the views of kinds; the change. */
    {.name = "migrate",
     .in = TRIAL_OLD,
     .commits = 3,
     .opens = true,
     .words = {"put", "ship/new", "title=Nieuw"}},
    {0},
};

static const char TOOL[] =
    "local polder = require 'polder'\n"
    "polder.kind { name = 'source', fields = { { name = 'title', type = 'text' },\n"
    "  { name = 'reliability', type = 'text' } } }\n"
    "polder.kind { name = 'ship', fields = { { name = 'title', type = 'text', required = true },\n"
    "  { name = 'code', type = 'text', unique = true }, { name = 'length', type = 'integer' },\n"
    "  { name = 'of', type = 'reference', kind = 'ship' }, { name = 'n', type = 'integer' } } }\n"
    "polder.kind { name = 'person', fields = { { name = 'title', type = 'text' },\n"
    "  { name = 'mail', type = 'text', personal = true } } }\n"
    "polder.kind { name = 'demand', fields = { { name = 'title', type = 'text' } } }\n"
    "polder.kind { name = 'solution', fields = { { name = 'title', type = 'text' } } }\n"
    "polder.rule { name = 'any', on = 'pair', max = 10, score = function() return 5 end }\n"
    "polder.scorecard { name = 'card', rules = { any = 1 } }\n"
    "polder.report { name = 'sheet', title = 'Blad', write = function(report)\n"
    "  report:text(#polder.query { kind = 'ship' } .. ' schepen') end }\n"
    "polder.command { name = 'note', help = 'Notes.', run = function()\n"
    "  for _, ship in ipairs(polder.query { kind = 'ship' }) do\n"
    "    polder.put('seen/' .. ship.id:match('/(.+)'), { title = ship.title })\n  end\n"
    "  polder.emit('tool.noted', { n = 1 })\n  return { noted = true }\nend }\n";
/* The length is a text now, and what was put is written so. */
static const char OTHER_LENGTH[] = "{ name = 'length', type = 'text' }",
                  LENGTH[] = "{ name = 'length', type = 'integer' }";
static const char HANDLER[] =
    "local polder = require 'polder'\n"
    "polder.on { name = 'h', event = 'record.created', kind = 'ship', handler = function(e)\n"
    "  local ship = polder.get(e.subject)\n"
    "  polder.put('seen/%s-' .. ship.n, { n = ship.n })\n"
    "  polder.emit('%s.did', { n = ship.n }, e.subject)\nend }\n";
static const char FAILING[] =
    "local polder = require 'polder'\n"
    "polder.on { name = 'h', event = 'record.created', kind = 'ship', handler = function(e)\n"
    "  local ship = polder.get(e.subject)\n"
    "  polder.put('seen/%s-' .. ship.n, { n = ship.n })\n"
    "  polder.emit('%s.did', { n = ship.n }, e.subject)\n"
    "  if ship.n > 1 then error 'too far' end\nend }\n";
static const char MANIFEST[] =
    "{\"name\":\"%s\",\"version\":\"1.0.0\",\"api\":1,\"capabilities\":{\"records\":{\"read\":["
    "\"ship\"],\"write\":[\"seen\"]},\"emit\":[\"%s.*\"]}}";
const char *const TRIAL_PLUGIN[] = {"alpha", "beta", "gamma", "delta"};

/* Those are made again that came after the fifth step before the newest (migrate.c). */
static const char OLDER[] =
    "drop index record_changed; drop index claim_waits; alter table claim drop column waits;"
    "alter table settlement drop column waits; drop table plugin_file; drop table plugin_source;"
    "drop table forgotten; drop table head_signature;"
    "update meta set value = cast(value as integer) - 5 where key = 'schema'";

static char folder[64];
static int64_t clock_ms; /* at which it stands still; 0: it runs */
static pid_t parent;

void trial_die(const char *what, const char *why)
{
    fprintf(stderr, "kill_points: %s: %s\n", what, why ? why : strerror(errno));
    exit(1);
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *at)
{
    (void)about, (void)type, (void)at;
    return remove(path);
}

static void clean(void)
{
    if (getpid() == parent)
        nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void write_text(const char *name, const char *text)
{
    err e = {0};
    if (!file_write(name, text, strlen(text), &e))
        trial_die(name, e.message);
}

static void write_plugin(const char *name, const char *lua)
{
    char path[100], text[3000];
    err e = {0};
    snprintf(path, sizeof path, "plugins/%s", name);
    if (!file_make_folder(path, &e))
        trial_die(path, e.message);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(path, sizeof path, "plugins/%s/plugin.json", name);
    snprintf(text, sizeof text, MANIFEST, name, name);
    write_text(path, text);
    snprintf(path, sizeof path, "plugins/%s/init.lua", name);
    snprintf(text, sizeof text, lua, name, name);
    write_text(path, text);
#pragma GCC diagnostic pop
}

int trial_call(const char *const *words, const char *point, long nth)
{
    pid_t pid = fork();
    int status = 0;
    if (pid < 0)
        trial_die("fork", NULL);
    if (pid == 0) {
        char *argv[TRIAL_WORDS + 2] = {(char *)"polder"};
        int argc = 1;
        while (words[argc - 1])
            argv[argc] = (char *)words[argc - 1], argc++;
        if (!freopen("said.txt", "w", stdout) || !freopen("told.txt", "w", stderr))
            _exit(98);
        if (point)
            points_kill(point, nth);
        else
            points_list(open("points.txt", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (clock_ms)
            clock_set(clock_ms);
        _exit(cli_main(argc, argv));
    }
    if (waitpid(pid, &status, 0) != pid)
        trial_die("waitpid", NULL);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

char *trial_text(const char *name)
{
    buf text = {0};
    err e = {0};
    if (!file_read(name, TRIAL_FILE_MOST, &text, &e))
        trial_die(name, e.message);
    return buf_take(&text);
}

void trial_want(int got, int wanted, const char *what)
{
    if (got == wanted)
        return;
    fprintf(stderr, "kill_points: %s: expected exit code %d, got %d: %s\n", what, wanted, got,
            trial_text("told.txt"));
    exit(1);
}

static void copy_store(const char *from, const char *to)
{
    buf bytes = {0};
    err e = {0};
    FILE *file = fopen(to, "wb");
    if (!file || !file_read(from, TRIAL_FILE_MOST, &bytes, &e) ||
        fwrite(bytes.data, 1, bytes.len, file) != bytes.len || fclose(file) != 0)
        trial_die(to, *e.message ? e.message : NULL);
    buf_free(&bytes);
}

void trial_start_again(void)
{
    unlink("polder.db-wal");
    unlink("polder.db-shm");
    copy_store("start.db", "polder.db");
}

static void write_rows(void)
{
    write_text("one.jsonl", "{\"id\":\"ship/i1\",\"title\":\"Een\",\"code\":\"c1\"}\n"
                            "{\"id\":\"ship/a\",\"title\":\"Twee\",\"length\":9}\n");
    write_text("two.jsonl", "{\"id\":\"ship/i3\",\"title\":\"Drie\",\"of\":\"ship/i1\"}\n"
                            "{\"id\":\"ship/i4\",\"title\":\"Vier\",\"code\":\"c4\"}\n");
    write_text("ships.jsonl", "{\"id\":\"ship/h1\",\"title\":\"H\",\"n\":1}\n"
                              "{\"id\":\"ship/h2\",\"title\":\"H\",\"n\":2}\n"
                              "{\"id\":\"ship/h3\",\"title\":\"H\",\"n\":3}\n");
}

static void put_records(void)
{
    SAY("put", "source/good", "title=Goed", "reliability=A");
    SAY("put", "source/bad", "title=Slecht", "reliability=E");
    SAY("put", "ship/a", "title=Aap", "length=1", "--source", "source/good");
    SAY("put", "ship/a", "length=2", "code=a", "--source", "source/bad");
    SAY("put", "ship/b", "title=Bes", "of=ship/a", "--source", "source/bad");
    SAY("put", "ship/b", "title=Bes");
    SAY("settle", "ship/b", "title", "--source", "source/bad", "--why", "omdat");
    SAY("put", "source/late", "title=Laat", "reliability=C");
    SAY("put", "ship/b", "length=7", "--source", "source/late");
    SAY("withdraw", "source/late", "--why", "even niet");
    SAY("put", "person/p", "title=P", "mail=Geheimenstein");
    SAY("put", "person/p", "title=Q");
    SAY("put", "demand/d", "title=Vraag");
    SAY("put", "solution/s", "title=Antwoord");
    SAY("put", "solution/t", "title=Ander");
}

void trial_folder(void)
{
    parent = getpid();
    strcpy(folder, "/tmp/polder-points-XXXXXX");
    if (!mkdtemp(folder))
        trial_die("mkdtemp", NULL);
    atexit(clean);
}

/* Five tries, and then what made it fail is mended. */
static void park_one(void)
{
    enum { TRIES = 5, PAUSE_MS = 600000 };
    write_plugin("frail", FAILING);
    SAY("events", "run");
    SAY("put", "ship/p", "title=Pech", "n=2", "--no-handlers");
    for (int i = 0; i < TRIES; i++, clock_ms += PAUSE_MS)
        trial_call((const char *const[]){"events", "run", NULL}, NULL, 0);
    SAY("put", "ship/p", "n=1");
}

static void change_kind(void)
{
    char *lua = mem_text(TOOL), *at = strstr(lua, LENGTH);
    buf changed = {0};
    buf_add(&changed, lua, (size_t)(at - lua));
    buf_fmt(&changed, "%s%s", OTHER_LENGTH, at + strlen(LENGTH));
    write_text("plugins/tool/init.lua", buf_text(&changed));
    buf_free(&changed);
    free(lua);
}

static void make_older(void)
{
    err e = {0};
    db *d = db_open("polder.db", false, &e);
    if (!d || !db_exec(d, OLDER, &e))
        trial_die("an older store", e.message);
    db_close(d);
}

void trial_workspace(const char *name, trial_place in)
{
    char path[80];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (mkdir(path, 0700) != 0 || chdir(path) != 0)
        trial_die(path, NULL);
    setenv("POLDER_HOME", path, 1);
    clock_ms = in == TRIAL_FAILING ? clock_now_ms() : 0;
    SAY("init", ".");
    write_text("polder.lua",
               "return { disabled = { 'partnership', 'noord-holland', 'zeeland' } }\n");
    write_plugin("tool", TOOL);
    write_rows();
    SAY("registry", "kind");
    put_records();
    SAY("audit", "key");
    for (size_t i = 0; in == TRIAL_HANDLERS && i < TRIAL_PLUGINS; i++)
        write_plugin(TRIAL_PLUGIN[i], HANDLER);
    if (in == TRIAL_HANDLERS)
        SAY("events", "run"); /* the handlers' first sight of the log */
    if (in == TRIAL_FAILING)
        park_one();
    if (in == TRIAL_KINDS)
        change_kind();
    if (in == TRIAL_OLD)
        make_older();
    copy_store("polder.db", "start.db");
}
