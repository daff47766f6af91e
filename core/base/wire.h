/* wire.h: what a host and its worker processes agree on: descriptors, the names of frames, the
 * shared page. Floor: base. */
#ifndef POLDER_BASE_WIRE_H
#define POLDER_BASE_WIRE_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    WIRE_VERSION = 3,
    WIRE_FD_SOCKET = 3, /* in the worker: its end of the socketpair */
    WIRE_FD_PAGE = 4, /* in the worker: a memory file of sizeof(wire_page) bytes, mapped by both */
    WIRE_PLACE = 96,
    WIRE_NOBODY = 0,
    WIRE_EXIT_LIMIT = 6, /* a worker's status when it has said which limit it met */
};

/* Of what comes many times a demand, lists tell by their places what is what: an item of a ranking,
 * which has all of these, and a step of the plan. */
enum { WIRE_SOLUTION, WIRE_SCORE, WIRE_COVERAGE, WIRE_RULES, WIRE_GATES };
enum { WIRE_STEP_NUMBER, WIRE_STEP_ASKED, WIRE_STEP_OUT, WIRE_STEP_UNSEEN, WIRE_STEP_US };

/* Written by the worker before and after each call into plugin code, read by the host at any time:
 * it tells the host how long the current call lasts and, after a SIGKILL, what was running. The
 * host attributes by this and by what it sent, never by text that a plugin can forge. */
typedef struct wire_page {
    _Atomic uint32_t contribution; /* the host's number for it; WIRE_NOBODY: no plugin code runs */
    _Atomic uint32_t calls;        /* calls into plugin code so far */
    _Atomic uint32_t overdue;      /* the host's: the value of `calls` that its signal is about */
    _Atomic int32_t line;          /* set at the soft deadline, 0 when unknown */
    char place[WIRE_PLACE];        /* chunk name for `line`; whole once `line` is not 0 */
} wire_page;

#endif
