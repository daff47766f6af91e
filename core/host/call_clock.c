#include "host/call_clock.h"

#include "base/clock.h"

/* GRACE_MS: from the signal to SIGKILL. WALL_FACTOR: for a call that neither computes nor returns.
 */
enum { GRACE_MS = 250, WALL_FACTOR = 10 };

void call_clock_start(call_clock *c, pid_t worker)
{
    if (clock_getcpuclockid(worker, &c->cpu) != 0)
        c->cpu = CLOCK_MONOTONIC;
}

static int64_t cpu_ms(const call_clock *c)
{
    struct timespec t;
    if (clock_gettime(c->cpu, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static call_state past_deadline(call_clock *c)
{
    if (c->late)
        return clock_monotonic_ms() - c->late_at_ms >= GRACE_MS ? CALL_HANGS : CALL_FINE;
    c->late = true;
    c->late_at_ms = clock_monotonic_ms();
    return CALL_LATE;
}

/* Processor time, so that a busy machine makes no rule fail; wall time ten times as long, so that
 * nothing hangs. */
call_state call_clock_look(call_clock *c, const wire_page *page, int64_t most_ms)
{
    uint32_t call = atomic_load_explicit(&page->calls, memory_order_relaxed);
    uint32_t running = atomic_load_explicit(&page->contribution, memory_order_relaxed);
    if (running == WIRE_NOBODY || !c->timing || call != c->call) {
        c->timing = running != WIRE_NOBODY;
        c->late = false;
        c->call = call;
        c->cpu_start_ms = cpu_ms(c);
        c->wall_start_ms = clock_monotonic_ms();
        return CALL_FINE;
    }
    if (cpu_ms(c) - c->cpu_start_ms < most_ms &&
        clock_monotonic_ms() - c->wall_start_ms < WALL_FACTOR * most_ms)
        return CALL_FINE;
    return past_deadline(c);
}
