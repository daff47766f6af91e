#include "vm/deadline.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "vm/inside.h"
#include "vm/trace.h"

volatile sig_atomic_t deadline_due;

static wire_page *page;
static vm *volatile current;

/* In the signal handler: copies without allocating, the line last, for a line says that the place
 * is whole. */
static void tell_page(const trace *t)
{
    const char *source = t->ar.source + 1;
    size_t len = strnlen(source, WIRE_PLACE - 1);
    memcpy(page->place, source, len);
    page->place[len] = '\0';
    atomic_store_explicit(&page->line, t->ar.currentline, memory_order_release);
}

static void on_hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    vm *m = vm_of(L);
    if (!deadline_due) { // armed in a call that was forgiven, on a coroutine that slept since
        lua_sethook(L, NULL, 0, 0);
        return;
    }
    char place[TRACE_PLACE];
    trace_place(m, place);
    buf_clear(&m->traceback);
    trace_write(m, &m->traceback);
    m->o.limit(m->o.ctx, "time", place, buf_text(&m->traceback));
    abort();
}

void deadline_arm(lua_State *L)
{
    lua_sethook(L, on_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* The hook is armed before the frames are looked at: Lua may be moving its stack right now, and
 * then the walk, which only serves calls that stay inside C until the SIGKILL, could end the
 * process early. */
static void on_signal(int number)
{
    (void)number;
    vm *m = current;
    if (!m || atomic_load_explicit(&page->overdue, memory_order_acquire) !=
                  atomic_load_explicit(&page->calls, memory_order_relaxed))
        return; // the call that the host means has just ended by itself
    deadline_due = 1;
    deadline_arm(m->run->L);
    trace t = trace_start(m);
    if (trace_next(&t, "Sl", 64))
        tell_page(&t);
}

void deadline_start(wire_page *shared)
{
    page = shared;
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
}

static void count_call(void)
{
    uint32_t calls = atomic_load_explicit(&page->calls, memory_order_relaxed);
    atomic_store_explicit(&page->calls, calls + 1, memory_order_relaxed);
}

/* One thread writes the page, so a load and a store do for an increment; the fences hold the
 * compiler only, for the handler runs on the same thread. */
void deadline_enter(vm *m, uint32_t contribution)
{
    count_call();
    atomic_store_explicit(&page->contribution, contribution, memory_order_relaxed);
    atomic_signal_fence(memory_order_seq_cst);
    current = m;
}

/* The call ended by itself after the signal, before the hook ran: it is done, and the next one
 * starts afresh. */
static void forgive(vm *m)
{
    deadline_due = 0;
    lua_sethook(m->L, NULL, 0, 0);
    atomic_store_explicit(&page->line, 0, memory_order_relaxed);
}

void deadline_leave(void)
{
    vm *m = current;
    current = NULL;
    atomic_signal_fence(memory_order_seq_cst);
    if (deadline_due && m)
        forgive(m);
    atomic_store_explicit(&page->contribution, WIRE_NOBODY, memory_order_relaxed);
}

uint32_t deadline_pause(void)
{
    if (!current)
        return WIRE_NOBODY;
    uint32_t running = atomic_load_explicit(&page->contribution, memory_order_relaxed);
    atomic_store_explicit(&page->contribution, WIRE_NOBODY, memory_order_relaxed);
    return running;
}

void deadline_resume(uint32_t paused)
{
    if (!current)
        return;
    count_call();
    atomic_store_explicit(&page->contribution, paused, memory_order_relaxed);
}

void deadline_again(void)
{
    if (current)
        count_call();
}
