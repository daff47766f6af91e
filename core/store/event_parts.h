/* event_parts.h: how an event is hashed and where the log ends. Floor: store, nobody else. */
#ifndef POLDER_STORE_EVENT_PARTS_H
#define POLDER_STORE_EVENT_PARTS_H

#include <stdio.h>

#include "base/clock.h"
#include "base/hash.h"
#include "store/event.h"

/* What the chain's hash covers. */
typedef struct event_line {
    int64_t seq;
    const char *time, *actor, *type, *subject, *digest, *prev;
} event_line;

void event_digest(const char *salt, const char *data, size_t len, char out[HASH_TEXT]);
void event_hash(const event_line *line, char out[HASH_TEXT]);

/* The newest event, and the time that an event after it gets. */
typedef struct event_end {
    int64_t seq; /* 0, and a hash of 64 zeros: the log is empty */
    char hash[HASH_TEXT];
    char now[CLOCK_TIME_TEXT];
} event_end;
bool event_last(store *st, event_end *out, err *e);

#endif
