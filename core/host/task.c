#include "host/task.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "host/config.h"

enum { FRAMES = 2 };

typedef struct hand {
    task_crew *crew;
    task *task; /* NULL: idle */
    worker *worker;
    size_t answered; /* frames */
} hand;

struct task_crew {
    uv_loop_t *loop;
    const char *program;
    const value *config;
    task *tasks;
    size_t count, next, done;
    hand *hands;
    size_t hands_len;
};

static void start_next(hand *h);

bool sandbox_enough(const value *sandbox, const value *config, err *e)
{
    for (size_t i = 0; i < value_len(sandbox); i++) {
        const value *row = value_at(sandbox, i);
        const char *layer = value_get_str(row, "layer", "");
        if (value_get_bool(row, "works", false) || config_lists(config, "allow_without", layer))
            continue;
        err_set(e, ERR_NOT_ALLOWED,
                "plugins are not run: the sandbox layer '%s' does not work here (%s)", layer,
                value_get_str(row, "detail", ""));
        return err_hint(e,
                        "`polder doctor` shows all layers; to run plugins without this one, put "
                        "allow_without = { \"%s\" } into polder.lua",
                        layer);
    }
    if (value_len(sandbox) > 0)
        return true;
    return err_set(e, ERR_NOT_ALLOWED, "plugins are not run: the worker did not say what holds it");
}

static void end(hand *h)
{
    h->task->logged = h->worker && worker_logged(h->worker);
    worker_stop(h->worker);
    h->worker = NULL;
    h->task = NULL;
    h->crew->done++;
    start_next(h);
}

static void send_frame(hand *h)
{
    task *t = h->task;
    while (h->answered < FRAMES && value_is(&t->frames[h->answered], VALUE_NIL))
        h->answered++;
    if (h->answered == FRAMES || !worker_send(h->worker, &t->frames[h->answered], &t->error))
        end(h);
}

static void greet(hand *h)
{
    task *t = h->task;
    t->sandbox = value_copy(worker_sandbox(h->worker));
    if (t->plugin && !sandbox_enough(&t->sandbox, h->crew->config, &t->error))
        end(h);
    else
        send_frame(h);
}

static void fail(hand *h, const value *frame)
{
    task *t = h->task;
    int64_t code = value_get_int(frame, "code", ERR_BAD_DATA);
    err_set(&t->error, code > ERR_NONE && code <= ERR_BUG ? (err_code)code : ERR_BAD_DATA, "%s",
            value_get_str(frame, "message", "failed"));
    err_where(&t->error, "%s", value_get_str(frame, "where", ""));
    err_hint(&t->error, "%s", value_get_str(frame, "hint", ""));
    t->traceback = mem_text(value_get_str(frame, "traceback", NULL));
    end(h);
}

static void on_frame(void *ctx, worker *w, value *frame)
{
    hand *h = ctx;
    const char *op = value_get_str(frame, "op", "");
    (void)w;
    if (!h->task)
        return;
    if (strcmp(op, "hello") == 0) {
        greet(h);
    } else if (strcmp(op, "failed") == 0) {
        fail(h, frame);
    } else if (strcmp(op, "too_large") == 0) {
        err_set(&h->task->error, ERR_LIMIT, "its answer is larger than a worker may send");
        end(h);
    } else {
        value_free(&h->task->answer);
        h->task->answer = *frame;
        *frame = value_nil();
        h->answered++;
        send_frame(h);
    }
}

static void on_gone(void *ctx, worker *w, const worker_death *death)
{
    hand *h = ctx;
    (void)w;
    bool limit = strcmp(death->kind, "time") == 0 || strcmp(death->kind, "memory") == 0;
    err_set(&h->task->error, limit ? ERR_LIMIT : ERR_BAD_DATA, "%s", death->message);
    err_where(&h->task->error, "%s", death->where);
    h->task->traceback = mem_text(death->traceback);
    h->worker = NULL; /* it frees itself */
    end(h);
}

static void start_next(hand *h)
{
    task_crew *c = h->crew;
    while (c->next < c->count) {
        task *t = &c->tasks[c->next++];
        worker_events events = {.frame = on_frame, .gone = on_gone, .ctx = h};
        if (!value_is(&t->answer, VALUE_NIL)) {
            c->done++;
            continue;
        }
        h->answered = 0;
        h->task = t;
        h->worker = worker_start(c->loop, c->program, &t->limits, &events, &t->error);
        if (h->worker)
            return;
        h->task = NULL;
        c->done++;
    }
}

task_crew *tasks_begin(uv_loop_t *loop, const char *program, const value *config, task *tasks,
                       size_t count)
{
    task_crew *c = mem_zero(1, sizeof *c);
    *c = (task_crew){
        .loop = loop, .program = program, .config = config, .tasks = tasks, .count = count};
    c->hands_len = uv_available_parallelism();
    c->hands = mem_zero(c->hands_len, sizeof *c->hands);
    for (size_t i = 0; i < c->hands_len; i++) {
        c->hands[i].crew = c;
        start_next(&c->hands[i]);
    }
    return c;
}

void tasks_end(task_crew *c)
{
    while (c->done < c->count)
        uv_run(c->loop, UV_RUN_ONCE);
    free(c->hands);
    free(c);
}

void tasks_run(uv_loop_t *loop, const char *program, const value *config, task *tasks, size_t count)
{
    tasks_end(tasks_begin(loop, program, config, tasks, count));
}

void task_free(task *t)
{
    for (size_t i = 0; i < FRAMES; i++)
        value_free(&t->frames[i]);
    value_free(&t->answer);
    value_free(&t->sandbox);
    free(t->traceback);
}
