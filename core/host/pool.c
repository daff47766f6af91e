#include "host/pool.h"

#include <stdlib.h>

#include "base/mem.h"

typedef struct job job;
struct job {
    uv_work_t work;
    pool *pool;
    pool_lane lane;
    pool_job *run;
    pool_done *done;
    void *ctx;
    store *store; /* while it runs */
    bool ok;
    err error;
    job *next;
};

typedef struct lane {
    job *first, **last;
    size_t running;
} lane;

struct pool {
    uv_loop_t *loop;
    store **idle; /* connections that nobody has, `readers - busy` of them */
    lane lanes[2];
    pool_state state;
    bool stopped;
};

pool *pool_new(uv_loop_t *loop, const char *path, size_t readers, int64_t limit_ms, err *e)
{
    pool *p = mem_zero(1, sizeof *p);
    p->loop = loop;
    p->idle = mem_zero(readers, sizeof(store *));
    for (size_t i = 0; i < 2; i++)
        p->lanes[i].last = &p->lanes[i].first;
    for (; p->state.readers < readers; p->state.readers++) {
        p->idle[p->state.readers] = store_open_reader(path, limit_ms, e);
        if (!p->idle[p->state.readers]) {
            pool_free(p);
            return NULL;
        }
    }
    return p;
}

static void run_job(uv_work_t *work)
{
    job *j = work->data;
    db *d = store_db(j->store);
    j->ok = db_begin_read(d, &j->error) && j->run(j->store, j->ctx, &j->error);
    db_rollback(d);
}

static void start_due(pool *p);

static void end_job(uv_work_t *work, int status)
{
    job *j = work->data;
    pool *p = j->pool;
    (void)status; /* never cancelled */
    p->lanes[j->lane].running--;
    p->state.busy--;
    p->state.done++;
    p->idle[p->state.readers - p->state.busy - 1] = j->store;
    start_due(p);
    j->done(j->ctx, j->ok, &j->error);
    free(j);
}

static job *take(pool *p, pool_lane which)
{
    lane *l = &p->lanes[which];
    job *j = l->first;
    l->first = j->next;
    if (!l->first)
        l->last = &l->first;
    p->state.waiting--;
    return j;
}

static void start_job(pool *p, pool_lane which)
{
    job *j = take(p, which);
    j->store = p->idle[p->state.readers - p->state.busy - 1];
    p->state.busy++;
    p->lanes[which].running++;
    uv_queue_work(p->loop, &j->work, run_job, end_job);
}

static void start_due(pool *p)
{
    while (p->lanes[POOL_QUICK].first && p->state.busy < p->state.readers)
        start_job(p, POOL_QUICK);
    while (p->lanes[POOL_LONG].first && p->state.busy < p->state.readers &&
           p->lanes[POOL_LONG].running + 1 < p->state.readers)
        start_job(p, POOL_LONG);
}

void pool_ask(pool *p, pool_lane which, pool_job *run, pool_done *done, void *ctx)
{
    err why = {0};
    if (p->stopped) {
        err_set(&why, ERR_UNAVAILABLE, "the daemon is stopping");
        done(ctx, false, &why);
        return;
    }
    if (p->state.waiting == POOL_WAITING) {
        err_set(&why, ERR_LIMIT, "%d requests wait already", POOL_WAITING);
        err_hint(&why, "ask again later");
        done(ctx, false, &why);
        return;
    }
    job *j = mem_zero(1, sizeof *j);
    *j = (job){.pool = p, .lane = which, .run = run, .done = done, .ctx = ctx};
    j->work.data = j;
    *p->lanes[which].last = j;
    p->lanes[which].last = &j->next;
    p->state.waiting++;
    start_due(p);
}

void pool_stop(pool *p)
{
    p->stopped = true;
    for (int which = 0; which < 2; which++) {
        while (p->lanes[which].first) {
            job *j = take(p, (pool_lane)which);
            err_set(&j->error, ERR_UNAVAILABLE, "the daemon is stopping");
            j->done(j->ctx, false, &j->error);
            free(j);
        }
    }
}

bool pool_is_idle(const pool *p)
{
    return p->state.busy == 0 && p->state.waiting == 0;
}

void pool_free(pool *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->state.readers; i++)
        store_close(p->idle[i]);
    free(p->idle);
    free(p);
}

pool_state pool_look(const pool *p)
{
    return p->state;
}
