/* loop.c: a program of one thread that lives on a uv loop of its own: `loop HOME SCORECARD POLDER`
 * puts, is told of its own changes and of those that its child, the program POLDER, makes
 * meanwhile, refuses some, and matches while that child runs. A timer polls; how long the slowest
 * poll took is printed. Exit code 0 when all went as polder.h promises. */
#include <dirent.h>
#include <polder.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { TICK_MS = 1, TICKS_LEAST = 200, TICKS_MOST = 30000 };

typedef struct program {
    uv_loop_t loop;
    uv_timer_t timer, other_timer;
    uv_process_t child;
    polder *p;
    polder_error *e;
    const char *home, *scorecard, *polder;
    int own, others, ticks, other_ticks, failures;
    int64_t last_seq, child_exit;
    bool in_order, ended;
    uint64_t slowest_ns;
} program;

static void expect(program *g, bool right, const char *what)
{
    printf("%s: %s\n", right ? "ok" : "FAILED", what);
    if (right)
        return;
    g->failures++;
    printf("  %s: %s (%s)\n", polder_error_code(g->e), polder_error_message(g->e),
           polder_error_where(g->e));
}

static void on_event(void *ctx, const char *event, size_t len)
{
    program *g = ctx;
    const char *seq = strstr(event, "\"seq\":");
    int64_t at = seq ? strtoll(seq + strlen("\"seq\":"), NULL, 10) : 0;
    g->in_order = g->in_order && at > g->last_seq && len == strlen(event);
    g->last_seq = at;
    g->own += strstr(event, "\"actor\":\"api:loop\"") != NULL;
    g->others += strstr(event, "\"subject\":\"demand/other\"") != NULL;
}

static const char *no_haste(void *ctx, const char *change)
{
    (void)ctx;
    return strstr(change, "Spoed") ? "spoed is geen reden" : NULL;
}

/* Everything there is in this process that the kernel can run. */
static int threads(void)
{
    int count = 0;
    DIR *tasks = opendir("/proc/self/task");
    for (const struct dirent *d; tasks && (d = readdir(tasks));)
        count += d->d_name[0] != '.';
    if (tasks)
        closedir(tasks);
    return count;
}

static void close_all(program *g)
{
    g->ended = true;
    uv_close((uv_handle_t *)&g->timer, NULL);
    uv_close((uv_handle_t *)&g->other_timer, NULL);
}

static void on_exit_of_child(uv_process_t *child, int64_t status, int signal)
{
    program *g = child->data;
    g->child_exit = signal ? signal : status;
    uv_close((uv_handle_t *)child, NULL);
}

/* Another process on the same workspace, as a child of the program's own. */
static int start_other(program *g)
{
    char *args[] = {(char *)g->polder, "--home", (char *)g->home, "put", "demand/other",
                    "title=Ander",     NULL};
    uv_stdio_container_t io[3] = {{.flags = UV_IGNORE}, {.flags = UV_IGNORE}, {.flags = UV_IGNORE}};
    io[2] = (uv_stdio_container_t){.flags = UV_INHERIT_FD, .data.fd = 2};
    const uv_process_options_t o = {.file = g->polder,
                                    .args = args,
                                    .exit_cb = on_exit_of_child,
                                    .stdio = io,
                                    .stdio_count = 3};
    g->child.data = g;
    return uv_spawn(&g->loop, &g->child, &o);
}

static void on_tick(uv_timer_t *timer)
{
    program *g = timer->data;
    bool more = false;
    if (g->ended)
        return;
    uint64_t began = uv_hrtime();
    if (!polder_poll(g->p, &more, g->e))
        expect(g, false, "a poll");
    uint64_t took = uv_hrtime() - began;
    g->slowest_ns = took > g->slowest_ns ? took : g->slowest_ns;
    g->ticks++;
    bool all = g->others && g->child_exit >= 0 && g->other_ticks && g->ticks >= TICKS_LEAST;
    if (all || g->ticks == TICKS_MOST || g->failures)
        close_all(g);
}

/* Both the program and Polder wait for children of their own. */
static void match(program *g)
{
    const polder_match_options o = {.size = sizeof o, .scorecard = g->scorecard, .top = 1};
    char *document = polder_match(g->p, &o, g->e);
    expect(g, document && strstr(document, "\"rank\":1"), "a match within the program's loop");
    polder_text_free(document);
}

static void on_other_tick(uv_timer_t *timer)
{
    program *g = timer->data;
    if (g->other_ticks++ == 0)
        match(g);
}

static void changes(program *g)
{
    polder_subscription *s = polder_subscribe(g->p, "record.*", "demand", on_event, g, g->e);
    expect(g, s && polder_check(g->p, "no-haste", "demand", no_haste, NULL, g->e),
           "the program listens and checks");
    expect(
        g,
        polder_put(g->p, "demand/loop", "{\"title\":\"Rustig\"}", NULL, NULL, NULL, NULL, g->e) &&
            g->own == 1,
        "its own change is told right after it");
    expect(g,
           polder_put(g->p, "source/loop", "{\"title\":\"Spoed\"}", NULL, NULL, NULL, NULL, g->e) &&
               g->own == 1,
           "another kind is neither told nor checked");
    expect(
        g,
        !polder_put(g->p, "demand/loop", "{\"title\":\"Spoed\"}", NULL, NULL, NULL, NULL, g->e) &&
            !strcmp(polder_error_code(g->e), "not_allowed") &&
            strstr(polder_error_message(g->e), "spoed is geen reden") && g->own == 1,
        "its check refuses a change, with the reason");
}

static void lives(program *g)
{
    uv_timer_init(&g->loop, &g->timer);
    uv_timer_init(&g->loop, &g->other_timer);
    g->timer.data = g->other_timer.data = g;
    uv_timer_start(&g->timer, on_tick, 0, TICK_MS);
    uv_timer_start(&g->other_timer, on_other_tick, 0, TICK_MS);
    expect(g, start_other(g) == 0, "a child starts on the program's loop");
    uv_run(&g->loop, UV_RUN_DEFAULT);
    expect(g, g->child_exit == 0, "the loop tells how the child ended");
    expect(g, g->others == 1 && g->in_order, "a change of another process is told once, in order");
    expect(g, g->other_ticks > 0, "the program's other timer runs meanwhile");
    expect(g, threads() == 1, "there is one thread");
    printf("%d polls, the slowest %.3f ms\n", g->ticks, (double)g->slowest_ns / 1e6);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: loop HOME SCORECARD POLDER\n", stderr);
        return 2;
    }
    program g = {.home = argv[1],
                 .scorecard = argv[2],
                 .polder = argv[3],
                 .child_exit = -1,
                 .in_order = true};
    uv_loop_init(&g.loop);
    g.e = polder_error_new();
    g.p = polder_open(g.home, "loop", g.e);
    expect(&g, g.p != NULL, "a workspace opens");
    if (g.p) {
        changes(&g);
        lives(&g);
    }
    polder_close(g.p);
    polder_error_free(g.e);
    expect(&g, uv_loop_close(&g.loop) == 0, "nothing is left on the loop");
    return g.failures ? 1 : 0;
}
