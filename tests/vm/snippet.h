/* snippet.h: what the tests of this floor share: a plugin "zeeland" made of texts, run, and looked
 * at. Each test program is one file. */
#ifndef POLDER_TESTS_VM_SNIPPET_H
#define POLDER_TESTS_VM_SNIPPET_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <lauxlib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vm/deadline.h"
#include "vm/values_lua.h"
#include "vm/vm.h"

enum { SNIPPET_MEMORY = 16 << 20, SNIPPET_LIMIT = 66 };

typedef struct snippet {
    value files, settings;
    vm *vm;
    buf log;
    int report; /* where a limit is written, in a child */
} snippet;

static wire_page snippet_page;

/* What the host does at the deadline of the call that runs. */
static inline void snippet_signal(void)
{
    atomic_store(&snippet_page.overdue, atomic_load(&snippet_page.calls));
    raise(SIGUSR1);
}

/* Ends the child: kind, place, traceback, each on its own line. */
static void snippet_limit(void *ctx, const char *kind, const char *place, const char *traceback)
{
    snippet *s = ctx;
    dprintf(s->report, "%s\n%s\n%s\n", kind, place, traceback);
    _exit(SNIPPET_LIMIT);
}

/* print("signal") is the host's signal at just this place. */
static void snippet_log(void *ctx, const char *text, size_t len)
{
    snippet *s = ctx;
    if (len == 6 && memcmp(text, "signal", 6) == 0)
        snippet_signal();
    buf_add(&s->log, text, len);
    buf_char(&s->log, '\n');
}

static void snippet_file(snippet *s, const char *name, const char *text)
{
    value_set(&s->files, name, value_text(text));
}

static void snippet_start(snippet *s)
{
    err e = {0};
    vm_options o = {.plugin = "zeeland",
                    .version = "1.2.0",
                    .files = &s->files,
                    .main = "init.lua",
                    .settings = &s->settings,
                    .today = "2026-11-24",
                    .memory_bytes = SNIPPET_MEMORY,
                    .limit = snippet_limit,
                    .log = snippet_log,
                    .ctx = s};
    s->vm = vm_new(&o, &e);
    if (!s->vm)
        fail_msg("vm_new: %s", e.message);
}

static snippet *snippet_open(const char *code)
{
    snippet *s = calloc(1, sizeof(*s));
    s->files = value_map();
    s->settings = value_map();
    value_set(&s->settings, "port_bonus", value_int(10));
    snippet_file(s, "init.lua", code);
    snippet_start(s);
    return s;
}

static void snippet_close(snippet *s)
{
    vm_free(s->vm);
    value_free(&s->files);
    value_free(&s->settings);
    buf_free(&s->log);
    free(s);
}

static void snippet_load(snippet *s)
{
    err e = {0};
    if (!vm_load(s->vm, &e))
        fail_msg("%s: %s", e.where, e.message);
}

/* The code runs, and what it checks with assert holds. */
static inline void holds(const char *code)
{
    snippet *s = snippet_open(code);
    snippet_load(s);
    snippet_close(s);
}

/* The code fails at `where` with a message that has `part` in it. */
static inline void fails_at(const char *code, const char *where, const char *part)
{
    err e = {0};
    snippet *s = snippet_open(code);
    if (vm_load(s->vm, &e))
        fail_msg("no error from: %s", code);
    if (!strstr(e.message, part))
        fail_msg("\"%s\" is not in: %s", part, e.message);
    assert_string_equal(e.where, where);
    snippet_close(s);
}

/* What print wrote, for code that runs. */
static inline void prints(const char *code, const char *expected)
{
    snippet *s = snippet_open(code);
    snippet_load(s);
    assert_string_equal(buf_text(&s->log), expected);
    snippet_close(s);
}

static inline void snippet_child(const char *code, int report)
{
    err e = {0};
    snippet *s = snippet_open(code);
    s->report = report;
    deadline_start(&snippet_page);
    deadline_enter(s->vm, 1);
    bool ok = vm_load(s->vm, &e);
    deadline_leave();
    dprintf(report, "no limit: %s %s\n", ok ? "loaded" : e.where, e.message);
    _exit(0);
}

/* Runs the code in a child that must end by a limit of `kind` at `place`; `frame` is in the
 * traceback. */
static inline void ends_by(const char *kind, const char *code, const char *place, const char *frame)
{
    char got[8192], start[512];
    size_t len = 0;
    ssize_t part;
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        snippet_child(code, ends[1]);
    close(ends[1]);
    while ((part = read(ends[0], got + len, sizeof(got) - 1 - len)) > 0)
        len += (size_t)part;
    got[len] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != SNIPPET_LIMIT)
        fail_msg("status %d, said: %s", status, got);
    snprintf(start, sizeof(start), "%s\n%s\n", kind, place);
    if (strncmp(got, start, strlen(start)) != 0 || !strstr(got, frame))
        fail_msg("expected %s and %s in: %s", start, frame, got);
}

#endif
