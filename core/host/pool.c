#include "host/pool.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/migrate.h"

typedef struct job job;
struct job {
    uv_work_t work;
    pool *pool;
    pool_lane lane;
    pool_job *run;
    pool_done *done;
    void *ctx;
    store *store; /* while it runs */
    bool ok, ran_out;
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
    lane lanes[POOL_LANES];
    pool_state state;
    bool stopped;
};

pool *pool_new(uv_loop_t *loop, const char *path, size_t readers, int64_t limit_ms, err *e)
{
    pool *p = mem_zero(1, sizeof *p);
    p->loop = loop;
    p->idle = mem_zero(readers, sizeof(store *));
    for (size_t i = 0; i < POOL_LANES; i++)
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
    db_allow(d, j->lane == POOL_TRIED ? POOL_TRY_MS : 0);
    j->ok = db_begin_read(d, &j->error) && migrate_check(d, &j->error) &&
            j->run(j->store, j->ctx, &j->error);
    j->ran_out = !j->ok && db_ran_out(d);
    db_rollback(d);
}

static void start_due(pool *p);

static void add(pool *p, job *j)
{
    lane *l = &p->lanes[j->lane];
    j->next = NULL;
    *l->last = j;
    l->last = &j->next;
    p->state.waiting++;
}

static void tell(job *j)
{
    j->done(j->ctx, j->ok, &j->error);
    free(j);
}

static void tell_stopped(job *j)
{
    j->ok = false;
    err_set(&j->error, ERR_UNAVAILABLE, "the daemon is stopping");
    tell(j);
}

static void end_job(uv_work_t *work, int status)
{
    job *j = work->data;
    pool *p = j->pool;
    (void)status; /* never cancelled */
    p->lanes[j->lane].running--;
    p->state.busy--;
    p->idle[p->state.readers - p->state.busy - 1] = j->store;
    bool again = j->ran_out && !p->stopped;
    if (again) {
        j->error = (err){0};
        j->lane = POOL_LONG;
        add(p, j);
    }
    start_due(p);
    if (again)
        return;
    p->state.done++;
    if (j->ran_out)
        tell_stopped(j);
    else
        tell(j);
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

/* A lane, with those behind it, leaves one connection to each lane before it. */
static bool has_room(const pool *p, pool_lane which)
{
    size_t taken = 0;
    for (size_t i = POOL_LANES; i-- > POOL_QUICK;) {
        taken += p->lanes[i].running;
        if (i <= which && taken + i >= p->state.readers)
            return false;
    }
    return true;
}

static void start_due(pool *p)
{
    for (int which = POOL_QUICK; which < POOL_LANES; which++)
        while (p->lanes[which].first && has_room(p, (pool_lane)which))
            start_job(p, (pool_lane)which);
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
    add(p, j);
    start_due(p);
}

void pool_stop(pool *p)
{
    p->stopped = true;
    for (int which = 0; which < POOL_LANES; which++)
        while (p->lanes[which].first)
            tell_stopped(take(p, (pool_lane)which));
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
