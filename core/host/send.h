/* send.h: bytes on their way to workers, held until each that they were sent to has them, or is
 * gone. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_SEND_H
#define POLDER_HOST_SEND_H

#include <stdbool.h>
#include <uv.h>

#include "base/buf.h"
#include "base/err.h"

typedef struct shared_bytes shared_bytes; /* opaque; counted */

shared_bytes *shared_bytes_new(buf *bytes); /* takes them over; to be dropped */
void shared_bytes_drop(shared_bytes *s);

/* `sent` is called from the loop when they have left the host; not when the stream is closed or
 * broken. */
bool send_shared(uv_stream_t *to, shared_bytes *s, void (*sent)(void *ctx), void *ctx, err *e);

#endif
