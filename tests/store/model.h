/* model.h: the store as plain arrays, sharing no code with it: what sources say of a few records,
 * what people decide, withdraw and forget, and whose word stands. For test_model.c. */
#ifndef POLDER_TESTS_STORE_MODEL_H
#define POLDER_TESTS_STORE_MODEL_H

#include <stdbool.h>

#include "base/value.h"

enum {
    SOURCES = 4,            /* s0 … s3; later ones may be judged by earlier ones */
    RECORDS = SOURCES + 3,  /* the sources, then d0 … d2 */
    SPEAKERS = SOURCES + 1, /* the last is the actor's own word */
    OWN = SOURCES,
    FIELDS = 3, /* of a source: reliability, date and a note */
    GONE = 96,  /* ended by one withdrawal */
    VALUES = 4, /* 0 is "there is none" */
};

typedef struct said {
    bool live, settled;
    int value;
    long order; /* in which claims were made */
    int day;    /* of 2026-01: when */
} said;

/* Of a demand the field PERSONAL is forgotten, and of a source all: nothing of it is taken again.
 */
enum { PERSONAL = 0 };

typedef struct entity {
    bool there;
    int life;    /* how often it was made */
    bool told;   /* something is kept that forgetting would erase */
    bool barred; /* it was forgotten */
    said claims[FIELDS][SPEAKERS];
} entity;

/* What a withdrawal ended. */
typedef struct ended {
    int record, life, field, speaker;
    said claim;
} ended;

typedef struct model {
    entity records[RECORDS];
    bool withdrawn[SOURCES];
    ended gone[SOURCES][GONE];
    int gone_count[SOURCES];
    long orders;
    int day;
} model;

/* As the store calls them; of the actor's own word there is no source: NULL. */
const char *model_id(int record);
const char *model_field(int record, int field);
const char *model_source(int speaker);
value model_value_of(int record, int field, int number);

int model_value(const model *m, int record, int field); /* that stands; 0: none */
bool model_conflict(const model *m, int record, int field, bool *settled);
/* Somebody who says something there, from that one on. */
int model_live_speaker(const model *m, int record, int field, int from);

/* What happens; false: it is refused. Of `values` those below 0 aren't said. */
bool model_put(model *m, int record, int speaker, const int *values);
bool model_delete(model *m, int record);
bool model_forget(model *m, int record);
bool model_settle(model *m, int record, int field, int speaker);
bool model_unsettle(model *m, int record, int field);
bool model_withdraw(model *m, int source);
bool model_restore(model *m, int source);

#endif
