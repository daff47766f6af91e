/* claim.h: the live claims of one record, and which of those on a field gives its value: the one
 * that a person settled on, else the better reliability of the source (A to F), then the actor's
 * own word, then the later date, then the later claim. Floor: store. */
#ifndef POLDER_STORE_CLAIM_H
#define POLDER_STORE_CLAIM_H

#include "store/store_parts.h"

/* The grade of the actor's own word, as of a source that nobody graded: to say without a source
 * doesn't overrule what a good one (A, B) states. Who knows better settles it, with a reason. */
enum { OWN_WORD = 'C' };

typedef struct claim {
    int64_t id;                  /* 0: not written yet */
    char *field, *value;         /* value is JSON; "null": the source says that there is none */
    char *source, *place, *date; /* source NULL: the actor's own word */
    char *source_date;           /* the source's own date, NULL when it has none */
    char reliability;            /* 'A' to 'F' */
    bool ended;                  /* replaced by this change */
    char *withdrawn; /* with this source (settle.h), and doesn't count; NULL: it isn't */
    int64_t rank;    /* its place in the order; 0 when id is 0 */
    bool settled;    /* a person decided that it stands (settle.h) */
    char *why;       /* they did; NULL when nobody did */
    int64_t event;   /* that made it; 0 when id is 0 */
    char *time;      /* of that event; NULL when id is 0 */
} claim;

/* Plain data; starts as `claim_set c = {0}`. In the order in which they were made. */
typedef struct claim_set {
    claim *items;
    size_t len, cap;
} claim_set;

void claim_set_free(claim_set *c);
bool claim_set_load(store *st, const char *record, claim_set *out, err *e);
/* Those that ended because their source is withdrawn, or was after event `seq` (0: now); `why` is
 * the withdrawal's. */
bool claim_set_load_withdrawn(store *st, const char *record, int64_t seq, claim_set *out, err *e);
/* For claim_*.c: adds the rows of such a query. */
bool claim_set_take(query *q, claim_set *out, err *e);
/* Adds, in their places, those that were withdrawn after event `seq` (0: that are now); `why` is
 * that of a decision on them. */
bool claim_set_add_withdrawn(store *st, const char *record, int64_t seq, claim_set *c, err *e);
/* Whether what `s` says about the field as withdrawn is there. */
bool claim_is_withdrawn(store *st, const statement *s, const char *field, bool *out, err *e);
/* Those that were live after event `seq`. */
bool claim_set_load_at(store *st, const char *record, int64_t seq, claim_set *out, err *e);
/* One claim as store_claims gives it. *out owned by the caller. */
bool claim_value(const claim *c, const char *record, value *out, err *e);
/* As values, each with `withdrawn` (why) when they are. *out owned by the caller. */
bool claim_values(claim_set *c, const char *record, bool withdrawn, value *out, err *e);

/* What is known of a source: of a source that isn't there, C and no date. `found` may be NULL. */
typedef struct claim_source {
    char reliability;
    char *date; /* owned by the caller */
} claim_source;
bool claim_source_load(store *st, const char *source, bool *found, claim_source *out, err *e);

/* Adds what `s` says about `field`, ending what the same source said before; false when that was
 * the same. */
bool claim_set_add(claim_set *c, const statement *s, const claim_source *source, const char *field,
                   const char *json, const char *today);
/* Adds what `s` says about `field` as withdrawn. */
void claim_set_push_withdrawn(claim_set *c, const statement *s, const char *field, const char *json,
                              const char *today);
/* A field on which every live claim is null has no claims: ends them. */
void claim_set_drop_nulls(claim_set *c, const char *field);
/* The claim that gives the field its value; NULL when the field has none. Borrowed. */
const claim *claim_set_winner(const claim_set *c, const char *field);
/* The live claim of this source (NULL: the actor's own word) on the field; NULL when there is none.
 * Borrowed. */
claim *claim_set_find(claim_set *c, const char *field, const char *source);
/* Writes the new ones as made, the ended ones as ended by `event`, and with them a settlement that
 * has no claim left. */
bool claim_set_write(store *st, const char *record, const claim_set *c, int64_t event, err *e);
/* Forgets the ended ones: they are written. */
void claim_set_prune(claim_set *c);
/* The date that counts: the source's, else the claim's. "" when there is neither. */
const char *claim_date(const claim *c);

#endif
