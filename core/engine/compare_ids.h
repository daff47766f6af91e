/* compare_ids.h: where in a list each id stands, found without a look at all of them. Floor:
 * engine, compare*.c only. */
#ifndef POLDER_ENGINE_COMPARE_IDS_H
#define POLDER_ENGINE_COMPARE_IDS_H

#include "base/value.h"

/* Borrows the list: good as long as that doesn't change. Starts zeroed. */
typedef struct compare_ids {
    const value *list;
    struct compare_id *sorted;
} compare_ids;

/* The ids are the texts at `key` of the items. */
compare_ids compare_ids_of(const value *list, const char *key);
void compare_ids_free(compare_ids *ids); /* leaves it zeroed */
/* The first place with this id; the length of the list: none. */
size_t compare_ids_at(const compare_ids *ids, const char *id);
/* The item there, or NULL. */
const value *compare_ids_find(const compare_ids *ids, const char *id);

#endif
