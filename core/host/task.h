/* task.h: one question to one worker each, some at a time: load this plugin, run these tests,
 * evaluate that file. Floor: host. */
#ifndef POLDER_HOST_TASK_H
#define POLDER_HOST_TASK_H

#include <uv.h>

#include "base/err.h"
#include "base/value.h"
#include "host/worker.h"

typedef struct task {
    const char
        *plugin; /* whose code it runs; NULL: the operator's own, which needs no whole sandbox */
    value frames[2]; /* sent in order, one answer each; the last answer counts. nil: not sent */
    worker_limits limits;
    value answer;    /* owned by the task: task_free */
    value sandbox;   /* what the worker's hello said */
    bool logged;     /* its code had something to say */
    err error;       /* ERR_NONE when there is an answer */
    char *traceback; /* of a failure, or NULL */
} task;

/* Runs them all, at most one a processor at the same time. Each ends with an answer or an error of
 * its own; one that has its answer before is not run. */
void tasks_run(uv_loop_t *loop, const char *program, const value *config, task *tasks,
               size_t count);
/* The same in two: between them workers start, and the caller does something else. */
typedef struct task_crew task_crew; /* opaque */
task_crew *tasks_begin(uv_loop_t *loop, const char *program, const value *config, task *tasks,
                       size_t count); /* owned: until tasks_end */
void tasks_end(task_crew *c);
void task_free(task *t);

/* May plugin code go to a worker that said this of its sandbox? ERR_NOT_ALLOWED names the layer
 * that is missing and the option that allows it. */
bool sandbox_enough(const value *sandbox, const value *config, err *e);

#endif
