#include "worker/channel.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/pack.h"

enum { READ_BYTES = 1 << 16 };

static buf pending; /* read and not yet taken; one channel a process */

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
        read_more(fd);
    }
    pending.len -= used;
    memmove(pending.data, pending.data + used, pending.len);
    return frame;
}

bool channel_write(int fd, const value *frame)
{
    buf out = {0};
    err e = {0};
    bool ok = pack_write(&out, frame, &PACK_FROM_WORKER, &e);
    for (size_t sent = 0; ok && sent < out.len;) {
        ssize_t wrote = write(fd, out.data + sent, out.len - sent);
        if (wrote < 0 && errno != EINTR)
            _exit(0);
        sent += wrote > 0 ? (size_t)wrote : 0;
    }
    buf_free(&out);
    return ok;
}
