#include "serve.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "points.h"
#include "store/db.h"
#include "trials.h"

static const char SOCKET[] = "serve.sock", POINTS[] = "serve-points.txt";
static const char *const ASKED[] = {"/api/get/ship/a", "/api/query/ship", "/api/search?q=nieuw",
                                    "/api/events?limit=10000", "/api/health"};

/* One daemon, from its start to its end, and what it told. */
typedef struct session {
    pid_t pid;
    int live;      /* the stream of events */
    buf events;    /* of it, as it came */
    value answers; /* those that came whole: list of texts */
    int kept;      /* puts that were acknowledged: ship/w1 … */
} session;

static int dial(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    strcpy(to.sun_path, SOCKET);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* HTTP/1.0, so that an answer without a length ends with its connection. */
static int ask(const char *path)
{
    char text[200];
    int len = snprintf(text, sizeof text, "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n", path);
    int fd = dial();
    if (fd >= 0 && send(fd, text, (size_t)len, MSG_NOSIGNAL) == len)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool read_some(int fd, buf *out)
{
    char bytes[4096];
    ssize_t got;
    while ((got = read(fd, bytes, sizeof bytes)) < 0 && errno == EINTR)
        continue;
    if (got > 0)
        buf_add(out, bytes, (size_t)got);
    return got > 0;
}

/* An answer that broke off acknowledges nothing. */
static void keep_whole(session *s, const buf *answer)
{
    const char *text = buf_text(answer), *body = strstr(text, "\r\n\r\n");
    const char *length = strcasestr(text, "content-length: ");
    if (!body || !length || length > body)
        return;
    body += 4;
    if (answer->len - (size_t)(body - text) == strtoul(length + 16, NULL, 10))
        value_push(&s->answers, value_text(body));
}

static void ask_all(session *s)
{
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
        buf answer = {0};
        int fd = ask(ASKED[i]);
        while (fd >= 0 && read_some(fd, &answer))
            continue;
        if (fd >= 0)
            close(fd);
        keep_whole(s, &answer);
        buf_free(&answer);
    }
}

/* Until it says where it serves, or is dead. */
static void start(session *s, const char *point, long nth)
{
    int said[2];
    buf text = {0};
    if (pipe2(said, O_CLOEXEC) != 0 || (s->pid = fork()) < 0)
        trial_die("fork", NULL);
    if (s->pid == 0) {
        static char *ARGV[] = {"polder", "serve", "--listen", "unix:serve.sock", NULL};
        if (dup2(said[1], STDOUT_FILENO) < 0 || !freopen("told.txt", "w", stderr))
            _exit(98);
        if (point)
            points_kill(point, nth);
        else
            points_list(open(POINTS, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        _exit(cli_main(4, ARGV));
    }
    close(said[1]);
    while (!memchr(buf_text(&text), '\n', text.len) && read_some(said[0], &text))
        continue;
    close(said[0]);
    buf_free(&text);
}

/* Until each plugin has told of the ship, or the daemon is dead. */
static void await_effects(session *s, int ship)
{
    for (size_t i = 0; s->live >= 0 && i < TRIAL_PLUGINS; i++) {
        char did[60];
        snprintf(did, sizeof did, "\"%s.did\",\"subject\":\"ship/w%d\"", TRIAL_PLUGIN[i], ship);
        while (!strstr(buf_text(&s->events), did))
            if (!read_some(s->live, &s->events))
                return;
    }
}

static void put(session *s, bool leave)
{
    char id[20], number[20];
    int ship = s->kept + 1;
    snprintf(id, sizeof id, "ship/w%d", ship);
    snprintf(number, sizeof number, "n=%d", 100 + ship);
    const char *const words[] = {"put", id, "title=Nieuw", number, leave ? "--no-handlers" : NULL,
                                 NULL};
    trial_want(trial_call(words, NULL, 0), 0, id);
    s->kept = ship;
    await_effects(s, ship);
}

/* The daemon's exit code, or -SIGKILL. */
static int end(session *s)
{
    int status = 0;
    kill(s->pid, SIGTERM);
    while (s->live >= 0 && read_some(s->live, &s->events))
        continue;
    if (s->live >= 0)
        close(s->live);
    if (waitpid(s->pid, &status, 0) != s->pid)
        trial_die("waitpid", NULL);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static int live_through(session *s, const char *point, long nth)
{
    *s = (session){.answers = value_list()};
    trial_start_again();
    start(s, point, nth);
    s->live = ask("/api/events/live?since=0");
    ask_all(s);
    put(s, true);
    ask_all(s);
    put(s, false);
    return end(s);
}

static void session_free(session *s)
{
    buf_free(&s->events);
    value_free(&s->answers);
}

static int64_t number(db *d, const char *sql, const char *text, int64_t otherwise)
{
    err e = {0};
    query *q = db_prepare(d, sql, &e);
    if (!q)
        trial_die(sql, e.message);
    query_bind_text(q, 1, text);
    int64_t out = query_step(q, &e) ? query_int64(q, 0) : otherwise;
    query_free(q);
    return out;
}

/* What an event or a record was told to be, it is. */
static bool is_there(db *d, const value *told)
{
    const char *hash = value_get_str(told, "hash", NULL), *id = value_get_str(told, "id", NULL);
    if (hash)
        return number(d, "select seq from event where hash = ?", hash, 0) ==
               value_get_int(told, "seq", -1);
    if (id)
        return number(d, "select version from record where id = ?", id, 0) >=
               value_get_int(told, "version", -1);
    return number(d, "select max(seq) from event where ? is null", NULL, 0) >=
           value_get_int(told, "log", 0);
}

static const char *wrong_text(db *d, const char *text, size_t len)
{
    value told = value_nil();
    err e = {0};
    const char *wrong = NULL;
    if (!json_read(text, len, NULL, &told, &e))
        trial_die("an answer", e.message);
    bool list = value_is(&told, VALUE_LIST);
    for (size_t i = 0; !wrong && i < (list ? value_len(&told) : 1); i++)
        if (!is_there(d, list ? value_at(&told, i) : &told))
            wrong = "what was answered is not there";
    value_free(&told);
    return wrong;
}

static const char *wrong_events(db *d, const buf *events)
{
    const char *at = buf_text(events), *wrong = NULL, *end;
    while (!wrong && (at = strstr(at, "\ndata: ")) && (end = strstr(at, "\n\n"))) {
        wrong = wrong_text(d, at + 7, (size_t)(end - at - 7));
        at = end;
    }
    return wrong;
}

static const char *wrong_effects(db *d, const session *s)
{
    for (int i = 0; i < s->kept * TRIAL_PLUGINS; i++) {
        char what[60], ship[20];
        snprintf(ship, sizeof ship, "ship/w%d", i / TRIAL_PLUGINS + 1);
        snprintf(what, sizeof what, "%s.did %s", TRIAL_PLUGIN[i % TRIAL_PLUGINS], ship);
        if (number(d, "select count(*) from event where subject = ?1 and type = 'record.created'",
                   ship, 0) != 1)
            return "what was put is not there once";
        if (number(d, "select count(*) from event where type || ' ' || subject = ?1", what, 0) != 1)
            return "a handler's effect is not there once";
    }
    return NULL;
}

/* Before anything else is done with it, and after the handlers ran. */
static const char *wrong_left(const session *s)
{
    err e = {0};
    SAY("audit", "verify");
    db *d = db_open("polder.db", false, &e);
    if (!d)
        trial_die("polder.db", e.message);
    const char *wrong = wrong_events(d, &s->events);
    for (size_t i = 0; !wrong && i < value_len(&s->answers); i++) {
        const value *text = value_at(&s->answers, i);
        wrong = wrong_text(d, value_str(text, ""), value_len(text));
    }
    db_close(d);
    SAY("events", "run");
    d = db_open("polder.db", false, &e);
    if (!d)
        trial_die("polder.db", e.message);
    wrong = wrong ? wrong : wrong_effects(d, s);
    db_close(d);
    return wrong;
}

/* Statements that write are killed one by one in commands: it is the same code. */
static bool is_chosen(const char *point)
{
    static const char *const NAMES[] = {"http-",  "stream-", "handler-",
                                        "frame-", "answer-", "executed commit"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (strncmp(point, NAMES[i], strlen(NAMES[i])) == 0)
            return true;
    return false;
}

static void fail(const char *point, long nth, const char *why)
{
    fprintf(stderr, "kill_points: serve, killed at \"%s\", pass %ld: %s\n", point, nth, why);
    exit(1);
}

/* Which threads come by a point first differs: a later pass may not be there. */
static long kill_at(const char *point, long nth)
{
    session s;
    int code = live_through(&s, point, nth);
    if (code != -SIGKILL && !(nth > 1 && code == 0))
        fail(point, nth, "it ended by itself");
    const char *wrong = wrong_left(&s);
    if (wrong)
        fail(point, nth, wrong);
    session_free(&s);
    return code == -SIGKILL;
}

long serve_kills(long passes, value *known)
{
    session s;
    long kills = 0;
    trial_workspace("serve", TRIAL_HANDLERS);
    trial_want(live_through(&s, NULL, 0), 0, "serve");
    const char *wrong = wrong_left(&s);
    if (wrong || value_len(&s.answers) != 2 * sizeof ASKED / sizeof *ASKED || s.events.len == 0)
        fail("nothing", 0, wrong ? wrong : "not all was answered");
    session_free(&s);
    char *text = trial_text(POINTS);
    value counts = value_map();
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        value_set(&counts, line, value_int(value_get_int(&counts, line, 0) + 1));
    for (size_t i = 0; i < value_len(&counts); i++) {
        const value_entry *point = &counts.as.map.items[i];
        value_set(known, point->key, value_bool(true));
        long all = (long)point->value.as.integer;
        for (long k = 0; is_chosen(point->key) && k < passes && k < all; k++)
            kills += kill_at(point->key, passes < 2 ? 1 : 1 + k * (all - 1) / (passes - 1));
    }
    value_free(&counts);
    free(text);
    return kills;
}
