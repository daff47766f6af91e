/* forget_parts.h: what is being erased, for the files that do it. Floor: store, forget*.c only.
 */
#ifndef POLDER_STORE_FORGET_PARTS_H
#define POLDER_STORE_FORGET_PARTS_H

#include "store/forget.h"
#include "store/store_parts.h"

/* Numbers of events, in order. */
typedef struct forget_seqs {
    int64_t *items; /* owned */
    size_t len;
} forget_seqs;

typedef struct forgetting {
    const char *id, *why;
    bool whole;  /* every field */
    value names; /* map: the fields that are personal; empty with `whole` */
    value kept;  /* map: those that are declared and not personal: all but these are erased */
    value found; /* map: those of which there was a value */
    /* The values, as they stand in JSON without quotes, folded (base/text.h), by what they are: */
    value texts;   /* map: of some length, looked for everywhere */
    value numbers; /* map: of some digits; so are they */
    value words;   /* map: short ones, or words that many have: looked for in what came of it */
    value others;  /* list: the first records that hold a text or number too */
    value before;  /* list: those that did when it was forgotten before */
    value erased;  /* list {seq, digest}, for the event */
    int64_t versions, claims, runs, plugins, subjects;
    forget_seqs causes, effects; /* events that led to the record's, and those that came of them */
    int64_t seq;                 /* of the event that is looked at */
} forgetting;

bool forget_has(const forgetting *f, const char *field);
/* Remembers a value that is about to be erased. */
void forget_note(forgetting *f, const char *field, const value *v);
/* Takes its fields out of a map; whether there were any. */
bool forget_drop(forgetting *f, value *fields);

/* Of forget_values.c: remembers the texts and numbers in it; whether a JSON text holds one that is
 * looked for everywhere, as a word one of the others, speaks of the record at all. */
void forget_note_value(forgetting *f, const value *v);
bool forget_holds(const forgetting *f, const char *json);
bool forget_holds_word(const forgetting *f, const char *json);
bool forget_mentioned(const forgetting *f, const char *json);

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
/* Notes which other records hold one of them. What many hold points at nobody, and is looked for
 * only in what came of the record; of a kind without personal fields, what any other holds. */
bool forget_others(store *st, forgetting *f, err *e);
/* Which did when it was forgotten before, and are still there. */
bool forget_list_before(store *st, forgetting *f, err *e);
/* What else may hold them: plugins' events, runs, reasons of decisions and withdrawals, messages of
 * handlers that failed, plugins that were kept with runs. After that. */
bool forget_mentions(store *st, forgetting *f, err *e);

#endif
