#include "engine/merge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/item.h"

/* One of a ranking. */
typedef struct place {
    const char *id;
    double score; /* NaN: no rule applied */
    value *item;  /* with its reasons; NULL: in the reserve */
} place;

typedef struct places {
    place *at;
    size_t len;
} places;

bool merge_among(const texts *ids, const char *id)
{
    size_t low = 0, high = ids->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(texts_at(ids, middle), id);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

int64_t merge_lost(const value *kept, const texts *ids)
{
    const value *items = value_get(kept, "items");
    int64_t lost = 0;
    for (size_t i = 0; i < value_len(items); i++)
        lost += merge_among(ids, item_look(value_at(items, i)).id);
    return lost;
}

bool merge_is_before(double score, const char *id, double other, const char *other_id)
{
    if (isnan(score) || isnan(other))
        return isnan(score) == isnan(other) ? strcmp(id, other_id) < 0 : isnan(other);
    return score != other ? score > other : strcmp(id, other_id) < 0;
}

static bool is_before(const place *a, const place *b)
{
    return merge_is_before(a->score, a->id, b->score, b->id);
}

/* What a ranking holds, best first. The reserve's ids are borrowed from it. */
static places places_of(const value *ranking)
{
    const value *items = value_get(ranking, "items"), *reserve = value_get(ranking, "reserve");
    places p = {.at = mem_zero(value_len(items) + value_len(reserve) + 1, sizeof *p.at)};
    for (size_t i = 0; i < value_len(items); i++) {
        value *packed = &items->as.list.items[i];
        item one = item_look(packed);
        p.at[p.len++] = (place){one.id, one.score, packed};
    }
    for (size_t i = 0; i < value_len(reserve); i++) {
        const value *pair = value_at(reserve, i);
        p.at[p.len++] = (place){value_str(value_at(pair, 0), ""),
                                value_as_double(value_at(pair, 1), NAN), NULL};
    }
    return p;
}

/* Behind its last place may be others, when it has fewer than `of`. */
static const place *end_of(const places *p, int64_t of)
{
    return (int64_t)p->len < of && p->len ? &p->at[p->len - 1] : NULL;
}

static void drop_news(places *p, const texts *ids)
{
    size_t left = 0;
    for (size_t i = 0; i < p->len; i++)
        if (!merge_among(ids, p->at[i].id))
            p->at[left++] = p->at[i];
    p->len = left;
}

static bool is_known(const place *p, const place *end)
{
    return !end || !is_before(end, p);
}

/* Both in one order, as far as both are known. */
static places merged(const places *a, const place *a_end, const places *b, const place *b_end)
{
    places out = {.at = mem_zero(a->len + b->len + 1, sizeof *out.at)};
    for (size_t i = 0, k = 0; i < a->len || k < b->len;) {
        bool first = k == b->len || (i < a->len && is_before(&a->at[i], &b->at[k]));
        const place *next = first ? &a->at[i++] : &b->at[k++];
        if (!is_known(next, a_end) || !is_known(next, b_end))
            break;
        out.at[out.len++] = *next;
    }
    return out;
}

/* Are the best `top` there, with their reasons? More than are scored can't be. */
static bool is_enough(const places *p, int64_t top, int64_t scored)
{
    int64_t len = (int64_t)p->len, best = top < len ? top : len;
    if (len > scored || best < (top < scored ? top : scored))
        return false;
    for (int64_t i = 0; i < best; i++)
        if (!p->at[i].item)
            return false;
    return true;
}

static void set_places(value *kept, const places *p, int64_t top, int64_t reserve)
{
    value items = value_list(), rest = value_list();
    for (size_t i = 0; i < p->len && (int64_t)i < top + reserve; i++) {
        const place *at = &p->at[i];
        if ((int64_t)i < top) {
            value_push(&items, *at->item); /* moves it */
            *at->item = value_nil();
            continue;
        }
        value *pair = value_push(&rest, value_list());
        value_push(pair, value_text(at->id));
        value_push(pair, value_number(at->score));
    }
    value_set(kept, "items", items);
    value_set(kept, "reserve", rest);
}

double merge_floor(const value *kept, const texts *ids, int64_t top)
{
    places p = places_of(kept);
    drop_news(&p, ids);
    double floor = (int64_t)p.len >= top ? p.at[top - 1].score : NAN;
    free(p.at);
    return floor;
}

double merge_least(const value *kept)
{
    places p = places_of(kept);
    const place *end = end_of(&p, value_get_int(kept, "scored", 0));
    double least = end ? end->score : NAN;
    free(p.at);
    return least;
}

/* The end of what is known may be one that changed: nothing unknown ranked before it all the same.
 * Of the news all are told that rank before it, unless there were too many. */
bool merge_ranking(value *kept, value *fresh, const merge_news *news, int64_t top, int64_t reserve)
{
    int64_t scored = value_get_int(kept, "scored", 0), new = value_get_int(fresh, "scored", 0);
    int64_t all = scored + value_get_int(kept, "excluded", 0) - news->gone + news->ranked;
    int64_t now = scored - value_get_int(fresh, "gone", 0) + new;
    places old = places_of(kept), more = places_of(fresh);
    const place *last = end_of(&old, scored);
    bool all_told = (int64_t)more.len < top + reserve;
    const place *more_last = all_told ? NULL : end_of(&more, new);
    place end = last ? *last : (place){0};
    drop_news(&old, news->ids);
    places both = merged(&old, last ? &end : NULL, &more, more_last);
    bool ok = now >= 0 && all >= now && is_enough(&both, top, now);
    if (ok) {
        set_places(kept, &both, top, reserve);
        value_set(kept, "scored", value_int(now));
        value_set(kept, "excluded", value_int(all - now));
    }
    free(old.at);
    free(more.at);
    free(both.at);
    return ok;
}
