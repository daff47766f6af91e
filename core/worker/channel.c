#include "worker/channel.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/pack.h"

/* A write wakes the host, which costs more than a small demand's work. */
enum { READ_BYTES = 1 << 16, WAITING_BYTES = 1 << 16, WAITING_US = 2000, KEPT_BYTES = 1 << 20 };

static buf pending; /* read and not yet taken; one channel a process */
static buf waiting; /* frames not yet written */
static int64_t written_us;

static void write_waiting(int fd)
{
    for (size_t sent = 0; sent < waiting.len;) {
        ssize_t wrote = write(fd, waiting.data + sent, waiting.len - sent);
        if (wrote < 0 && errno != EINTR)
            _exit(0);
        sent += wrote > 0 ? (size_t)wrote : 0;
    }
    if (waiting.cap > KEPT_BYTES)
        buf_free(&waiting);
    else
        buf_clear(&waiting);
    written_us = clock_monotonic_us();
}

static void read_more(int fd)
{
    char *room = buf_room(&pending, READ_BYTES);
    ssize_t got;
    do
        got = read(fd, room, READ_BYTES);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        _exit(0);
    pending.len += (size_t)got;
}

value channel_read(int fd)
{
    value frame = value_nil();
    size_t used = 0;
    for (;;) {
        err e = {0};
        if (pending.len &&
            !pack_read(pending.data, pending.len, &PACK_TO_WORKER, &frame, &used, &e))
            _exit(70);
        if (used)
            break;
        if (waiting.len)
            write_waiting(fd);
        read_more(fd);
    }
    pending.len -= used;
    memmove(pending.data, pending.data + used, pending.len);
    return frame;
}

bool channel_write(int fd, const value *frame)
{
    err e = {0};
    bool ok = pack_write(&waiting, frame, &PACK_FROM_WORKER, &e);
    if (ok)
        write_waiting(fd);
    return ok;
}

bool channel_put(int fd, const value *frame)
{
    err e = {0};
    bool ok = pack_write(&waiting, frame, &PACK_FROM_WORKER, &e);
    if (waiting.len >= WAITING_BYTES || clock_monotonic_us() - written_us >= WAITING_US)
        write_waiting(fd);
    return ok;
}
