/* broker.h: what a plugin may ask while a handler, a check or a command of its runs, held against
 * the capabilities of its plugin.json. Reads are answered at once; what it writes is kept back
 * until the caller commits it with the handler's end. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_BROKER_H
#define POLDER_HOST_BROKER_H

#include "base/err.h"
#include "base/value.h"
#include "host/host.h"
#include "store/store.h"

enum {
    BROKER_EFFECTS =
        1000, /* of one event; a command may ten times as many, and four times the bytes */
    BROKER_BYTES = 4 << 20,
    BROKER_COMMANDS_EFFECTS = 10 * BROKER_EFFECTS,
    BROKER_COMMANDS_BYTES = 4 * BROKER_BYTES,
    BROKER_ROWS = 10000,
    BROKER_ROWS_ELSE = 1000
};

/* What only a command of people's, and of it a report, may ask. */
typedef struct broker_desk {
    host *host;                        /* for polder.match and explain */
    const char *today;                 /* where these name no day */
    bool keep;                         /* may runs be stored? */
    err *unkept;                       /* why the store could not take one, as in run_unkept */
    bool (*change)(void *ctx, err *e); /* before the first change; may be NULL */
    void (*print)(void *ctx, const char *text, size_t len); /* ctx.print; NULL: lost */
    void (*progress)(void *ctx, int64_t percent);           /* ctx.progress; may be NULL */
    void *ctx;
    size_t printed_bytes; /* so far */
} broker_desk;

/* Plain data; starts as {.store =, .plugin =}. */
typedef struct broker {
    store *store;
    const plugin *plugin;
    const char *handler; /* that runs, by its full name; NULL: none */
    int64_t as_of;       /* log position that it reads at; 0: as it is now */
    bool writes;         /* may it put and emit? */
    broker_desk *desk;   /* NULL: neither a command nor a report */
    value effects;       /* list of what it did so far, in order */
    size_t bytes;        /* in it */
    int64_t from;   /* the first log position that what it read can't know of; 0: it read none */
    bool notes;     /* keep in `personal` which records with personal fields were read? */
    value kinds;    /* with such fields, once asked: map kind → true */
    value personal; /* list of ids */
} broker;

/* A guest_serve; `ctx` is the broker. */
bool broker_serve(void *ctx, const char *fn, const value *args, value *out, err *e);
/* Does what was kept back, inside the caller's transaction, as the plugin, because of event `seq`.
 * *e names the line that asked for it. */
bool broker_commit(broker *b, int64_t seq, err *e);
/* From here on it counts as having read. */
bool broker_reads(broker *b, err *e);
/* Inside the transaction that keeps what it made of that: forget_check_read. */
bool broker_check_read(const broker *b, err *e);
void broker_free(broker *b);

/* Is it among the names that a capability lists, or do they hold "*"? */
bool broker_lists(const value *names, const char *name);
/* Is `kind` among those that the plugin may "read" or "write"? */
bool broker_may(const plugin *p, const char *what, const char *kind);

/* For the other files of the broker: may it "read" or "write" the record? */
bool broker_check_id(const broker *b, const char *what, const char *id, err *e);
/* It was shown the record, which goes into `personal` where its kind has such fields. */
bool broker_note(broker *b, const char *id, err *e);

#endif
