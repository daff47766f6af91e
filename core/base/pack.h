/* pack.h: frames between host and worker: four bytes of length (little endian), then one
 * MessagePack value. Caps on bytes, depth and number of elements hold in both directions. Floor:
 * base. Any thread. */
#ifndef POLDER_BASE_PACK_H
#define POLDER_BASE_PACK_H

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"

typedef struct pack_limits {
    size_t max_bytes;    /* of one frame's payload */
    size_t max_elements; /* values of every sort in one frame */
    int max_depth;       /* at most 31, which is msgpack-c's own */
} pack_limits;

extern const pack_limits PACK_TO_WORKER;   /* 64 MiB, 8 M elements, 30 */
extern const pack_limits PACK_FROM_WORKER; /* 8 MiB, 512 k elements, 30 */

/* Appends a whole frame; ERR_LIMIT when the value is over a limit (then `out` is as it was). */
bool pack_write(buf *out, const value *v, const pack_limits *limits, err *e);

/* The same without a frame around it: the bytes of one value. */
bool pack_add(buf *out, const value *v, const pack_limits *limits, err *e);
/* Writes the length into the four bytes left at `at` for a frame that reaches to the end. */
void pack_head(buf *out, size_t at);

/* Finds the frame that `bytes` begin with: *used is its length, 0 when more bytes are needed. *out:
 * its payload, a whole packed value (pack_cell.h) where it lies. false: the bytes can't be a frame,
 * or one over a limit; the stream is lost. */
bool pack_next(const void *bytes, size_t len, const pack_limits *limits, const char **out,
               size_t *used, err *e);
/* The same, and makes it a value; *out is owned by the caller, and untouched while more bytes are
 * needed. */
bool pack_read(const void *bytes, size_t len, const pack_limits *limits, value *out, size_t *used,
               err *e);

#endif
