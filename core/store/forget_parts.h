/* forget_parts.h: what is being erased, for the files that do it. Floor: store, forget*.c only.
 */
#ifndef POLDER_STORE_FORGET_PARTS_H
#define POLDER_STORE_FORGET_PARTS_H

#include "store/forget.h"
#include "store/store_parts.h"

typedef struct forgetting {
    const char *id, *why;
    bool whole;   /* every field */
    value names;  /* map: the fields that are personal; empty with `whole` */
    value kept;   /* map: those that are declared and not personal: all but these are erased */
    value found;  /* map: those of which there was a value */
    value texts;  /* map: those of the values that are texts of some length; to each as it stands in
                     JSON, folded (base/text.h) */
    value others; /* list: the first records that hold one of those too */
    value erased; /* list {seq, digest}, for the event */
    int64_t versions, claims, runs, plugins;
} forgetting;

bool forget_has(const forgetting *f, const char *field);
/* Remembers a value that is about to be erased. */
void forget_note(forgetting *f, const char *field, const value *v);
/* Takes its fields out of a map; whether there were any. */
bool forget_drop(forgetting *f, value *fields);

void forget_note_text(forgetting *f, const char *text, size_t len);

/* Takes out of an event's data what must go; whether there was any. */
typedef bool forget_redact(forgetting *f, const char *type, value *data);
/* Only the plugin knows what its event's data mean: all goes. */
bool forget_redact_all(value *data);
/* `q` gives seq, type and data of the events. */
bool forget_each_event(store *st, forgetting *f, query *q, forget_redact *redact, err *e);
/* The data of the record's own events. */
bool forget_events(store *st, forgetting *f, err *e);
/* Records that point at this one and hold values that forgetting them would erase: adds {id, by
 * (the field that points)} to a list. */
bool forget_related(store *st, const forgetting *f, value *out, err *e);
/* Of the texts only those that no other record holds, in any case: who holds one need not have it
 * from here. */
bool forget_own_texts(store *st, forgetting *f, err *e);
/* What else may hold them: plugins' events, the answers of runs, messages of handlers that failed,
 * plugins that were kept with runs. After that. */
bool forget_mentions(store *st, forgetting *f, err *e);

#endif
