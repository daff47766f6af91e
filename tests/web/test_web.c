#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "../host/folder.h"
#include "base/log.h"
#include "base/mem.h"
#include "host/install.h"
#include "host/keeper.h"
#include "host/workspace.h"
#include "store/db.h"
#include "store/event.h"
#include "web/web.h"

/* A daemon on this thread, of whose readers as many are held as can be. */
typedef struct fixture {
    char *folder, *path; /* of the socket */
    keeper *keeper;
    web *web;
    uv_sem_t started, go;
    size_t held, ended;
} fixture;

typedef struct client {
    int fd;
    buf answer;
    bool ended;
} client;

static void quiet(void *ctx, log_level level, const char *line)
{
    (void)ctx, (void)level, (void)line;
}

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    err e = {0};
    char *worker = install_worker(NULL);
    if (!worker) { /* this program does not lie in bin/ of a tree */
        free(f);
        return 0;
    }
    free(worker);
    log_set_sink(quiet, NULL);
    f->folder = folder_new();
    assert_true(workspace_init(f->folder, NULL));
    folder_text(f->folder, "polder.lua",
                "return { disabled = { 'partnership', 'noord-holland', 'zeeland' } }");
    workspace *ws = workspace_open(f->folder, &e);
    value fields = value_map();
    assert_true(store_put(workspace_store(ws, &e), &(statement){.id = "ship/a", .fields = &fields},
                          NULL, &e));
    value_free(&fields);
    workspace_close(ws);
    f->path = folder_path(f->folder, "s");
    char listen[200];
    snprintf(listen, sizeof listen, "unix:%s", f->path);
    f->keeper = keeper_open(f->folder, &e);
    f->web = f->keeper ? web_start(f->keeper, listen, false, &e) : NULL;
    if (!f->web)
        fail_msg("%s", e.message);
    uv_sem_init(&f->started, 0);
    uv_sem_init(&f->go, 0);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    if (!f)
        return 0;
    db_bar_thread(false);
    web_free(f->web);
    keeper_close(f->keeper);
    uv_sem_destroy(&f->started);
    uv_sem_destroy(&f->go);
    folder_free(f->folder);
    free(f->path);
    free(f);
    log_set_sink(NULL, NULL);
    return 0;
}

static client ask(const fixture *f, const char *path)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    char text[200];
    client c = {.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    snprintf(to.sun_path, sizeof to.sun_path, "%s", f->path);
    assert_int_equal(connect(c.fd, (const struct sockaddr *)&to, sizeof to), 0);
    int len = snprintf(text, sizeof text, "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n", path);
    assert_int_equal(send(c.fd, text, (size_t)len, MSG_NOSIGNAL), len);
    return c;
}

static void take(client *c)
{
    char bytes[4096];
    ssize_t got;
    while (!c->ended && (got = recv(c->fd, bytes, sizeof bytes, MSG_DONTWAIT)) >= 0) {
        c->ended = got == 0;
        buf_add(&c->answer, bytes, (size_t)got);
    }
    assert_true(c->ended || errno == EAGAIN || errno == EINTR);
}

/* The loop turns until this one is answered. */
static void await(fixture *f, client *c)
{
    while (take(c), !c->ended)
        uv_run(keeper_loop(f->keeper), UV_RUN_NOWAIT);
}

static void says(client *c, const char *part)
{
    if (!strstr(buf_text(&c->answer), part))
        fail_msg("\"%s\" does not say \"%s\"", buf_text(&c->answer), part);
    close(c->fd);
    buf_free(&c->answer);
}

static bool hold(store *st, void *ctx, err *e)
{
    fixture *f = ctx;
    int64_t head = 0;
    uv_sem_post(&f->started);
    uv_sem_wait(&f->go);
    return event_head(st, &head, e);
}

static void held_ended(void *ctx, bool ok, const err *why)
{
    (void)why;
    assert_true(ok);
    ((fixture *)ctx)->ended++;
}

static void hold_all(fixture *f)
{
    f->held = pool_look(keeper_pool(f->keeper)).readers - 2; /* of long ones */
    for (size_t i = 0; i < f->held; i++)
        pool_ask(keeper_pool(f->keeper), POOL_LONG, hold, held_ended, f);
    for (size_t i = 0; i < f->held; i++)
        uv_sem_wait(&f->started);
}

static void let_go(fixture *f)
{
    for (size_t i = 0; i < f->held; i++)
        uv_sem_post(&f->go);
    while (f->ended < f->held)
        uv_run(keeper_loop(f->keeper), UV_RUN_ONCE);
}

/* Jobs that are long hold all that they may hold; nobody waits for them but who is long himself. */
static void what_is_quick_is_answered_while_every_long_query_still_runs_or_waits(void **state)
{
    static const struct {
        const char *path, *says;
    } ASKED[] = {{"/api/get/ship/a", "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1}"},
                 {"/api/get/ship/a?history=1", "record.created"},
                 {"/api/query/ship?limit=1", "[{\"id\":\"ship/a\""},
                 {"/api/search?q=ship", "[]"},
                 {"/api/conflicts", "[]"},
                 {"/api/events", "record.created"},
                 {"/api/health", "\"status\":\"ok\""}};
    fixture *f = *state;
    if (!f)
        skip();
    db_bar_thread(true); /* whatever is answered now, this thread ran no SQL for it */
    hold_all(f);
    for (size_t i = 0; i < 20; i++) {
        for (size_t k = 0; k < sizeof ASKED / sizeof *ASKED; k++) {
            client c = ask(f, ASKED[k].path);
            await(f, &c);
            says(&c, ASKED[k].says);
        }
    }
    assert_int_equal(f->ended, 0);
    let_go(f);
}

static void a_writer_in_the_middle_of_a_change_delays_no_answer(void **state)
{
    fixture *f = *state;
    err e = {0};
    if (!f)
        skip();
    workspace *ws = workspace_open(f->folder, &e);
    store *st = workspace_store(ws, &e);
    value fields = value_map();
    assert_true(store_begin(st, &e)); /* it has the lock until it ends */
    assert_true(store_put(st, &(statement){.id = "ship/b", .fields = &fields}, NULL, &e));
    client before = ask(f, "/api/query/ship"), none = ask(f, "/api/get/ship/b");
    await(f, &before);
    await(f, &none);
    assert_null(strstr(buf_text(&before.answer), "ship/b"));
    says(&before, "[{\"id\":\"ship/a\"");
    says(&none, "404 Not Found");
    assert_true(store_commit(st, &e));
    client after = ask(f, "/api/get/ship/b");
    await(f, &after);
    says(&after, "200 OK");
    value_free(&fields);
    workspace_close(ws);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(what_is_quick_is_answered_while_every_long_query_still_runs_or_waits),
        T(a_writer_in_the_middle_of_a_change_delays_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
