/* channel.h: the worker's end of the socketpair: whole frames in, whole frames out. Floor: worker.
 */
#ifndef POLDER_WORKER_CHANNEL_H
#define POLDER_WORKER_CHANNEL_H

#include "base/value.h"

/* Reads the next frame. When the host has gone away, or sent what is no frame, the process ends:
 * nobody is left to tell. */
value channel_read(int fd); /* owned by the caller */

/* Writes one frame, and what waits before it; false when it is over a limit (nothing of it was
 * written). */
bool channel_write(int fd, const value *frame);

/* The same for one of many answers, which may wait for the next: until channel_read has to wait for
 * the host, two milliseconds have passed since the last write, or there is much. */
bool channel_put(int fd, const value *frame);

#endif
