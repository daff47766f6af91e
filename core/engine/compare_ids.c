#include "engine/compare_ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct compare_id {
    const char *id;
    size_t at;
} compare_id;

static int by_id(const void *a, const void *b)
{
    const compare_id *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

compare_ids compare_ids_of(const value *list, const char *key)
{
    size_t len = value_len(list);
    compare_ids ids = {.list = list, .sorted = mem_zero(len + 1, sizeof(compare_id))};
    for (size_t i = 0; i < len; i++)
        ids.sorted[i] = (compare_id){value_get_str(value_at(list, i), key, ""), i};
    qsort(ids.sorted, len, sizeof *ids.sorted, by_id);
    return ids;
}

void compare_ids_free(compare_ids *ids)
{
    free(ids->sorted);
    *ids = (compare_ids){0};
}

size_t compare_ids_at(const compare_ids *ids, const char *id)
{
    size_t len = value_len(ids->list), low = 0, high = len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(ids->sorted[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < len && strcmp(ids->sorted[low].id, id) == 0 ? ids->sorted[low].at : len;
}

const value *compare_ids_find(const compare_ids *ids, const char *id)
{
    return value_at(ids->list, compare_ids_at(ids, id));
}
