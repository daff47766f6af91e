#include "host/send.h"

#include <stdlib.h>

#include "base/mem.h"

struct shared_bytes {
    buf bytes;
    size_t holders;
};

typedef struct sending {
    uv_write_t request;
    shared_bytes *bytes;
    void (*sent)(void *ctx);
    void *ctx;
} sending;

shared_bytes *shared_bytes_new(buf *bytes)
{
    shared_bytes *s = mem_zero(1, sizeof *s);
    *s = (shared_bytes){*bytes, 1};
    *bytes = (buf){0};
    return s;
}

void shared_bytes_drop(shared_bytes *s)
{
    if (--s->holders > 0)
        return;
    buf_free(&s->bytes);
    free(s);
}

static void on_written(uv_write_t *request, int status)
{
    sending *s = (sending *)request;
    shared_bytes_drop(s->bytes);
    if (status == 0)
        s->sent(s->ctx);
    free(s);
}

bool send_shared(uv_stream_t *to, shared_bytes *shared, void (*sent)(void *ctx), void *ctx, err *e)
{
    sending *s = mem_zero(1, sizeof *s);
    uv_buf_t out = uv_buf_init(shared->bytes.data, (unsigned)shared->bytes.len);
    int status = uv_write(&s->request, to, &out, 1, on_written);
    if (status != 0) {
        free(s);
        return err_set(e, ERR_UNAVAILABLE, "can't speak to a worker: %s", uv_strerror(status));
    }
    s->bytes = shared;
    s->sent = sent;
    s->ctx = ctx;
    shared->holders++;
    return true;
}
