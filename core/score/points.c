/* A rule's bytes: how many answers, how many different ones (0: too many), these; then of each how
 * far its row is from the last one's, as a number whose lowest bit says that it is back, and the
 * answer, by its place among the different ones. An answer is points, or NaN: not applicable. A row
 * stands for all that look the same to the rule. */
#include "score/points.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/leb.h"

/* DIFFERENT: so many have a place of one byte. LEAST: answers worth telling.
 * BYTES_MOST: of a demand; more are not told. */
enum { DIFFERENT = 127, SLOTS = 256, LEAST = 50, BYTES_MOST = 2 << 20 };

static const uint64_t GAP_MOST = (uint64_t)1 << 33;

static bool is_told_of(const rule *r)
{
    return r->vm && !r->gate && !r->measure && r->on == ON_PAIR;
}

static void add_columns(buf *out, const columns *c)
{
    leb_add(out, c->len);
    for (size_t i = 0; i < c->len; i++) {
        leb_add_text(out, c->name[i], strlen(c->name[i]));
        leb_add(out, c->many[i]);
    }
}

/* Also what is expected of it, and what its records look like. */
static void identify(rule *r)
{
    const char *slash = strrchr(r->name, '/');
    char function[HASH_TEXT];
    buf all = {0};
    *r->identity = '\0';
    if (!vm_identity(r->vm, "rule", slash ? slash + 1 : r->name, "score", function))
        return;
    buf_str(&all, function);
    buf_str(&all, r->name);
    leb_add_double(&all, r->max);
    add_columns(&all, &r->solution);
    add_columns(&all, &r->demand);
    hash_of(buf_text(&all), all.len, r->identity);
    buf_free(&all);
}

void points_begin(card *c)
{
    for (size_t i = 0; i < c->len; i++)
        if (is_told_of(&c->rules[i]))
            identify(&c->rules[i]);
}

bool points_rows(card *c, const char *bytes, size_t len, err *e)
{
    if (len % sizeof *c->row_now)
        return err_set(e, ERR_BUG, "rows of points that are no numbers");
    c->rows_then = len / sizeof *c->row_now;
    c->row_now = mem_grow(c->row_now, c->rows_then + 1, sizeof *c->row_now);
    memcpy(c->row_now, bytes, len);
    return true;
}

/* ------------------------------------------------------------------ taking */

static uint32_t row_of(const card *c, uint64_t then)
{
    if (!c->row_now)
        return then < rows_len(c->solutions) ? (uint32_t)then : POINTS_NOWHERE;
    return then < c->rows_then ? c->row_now[then] : POINTS_NOWHERE;
}

static void know(const card *c, rule *r, uint64_t then, double points)
{
    uint32_t row = row_of(c, then);
    if (row >= rows_len(c->solutions) || !kind_is_ranked(rows_kind(c->solutions, row)))
        return;
    uint32_t group = r->group[row];
    if (r->asked[group] == r->round)
        return;
    r->asked[group] = r->round;
    r->listed[r->listed_len++] = group;
    r->answers[group] =
        isnan(points) ? (answer){0, OUTCOME_NOT_APPLICABLE} : (answer){points, OUTCOME_POINTS};
}

static bool read_points(leb *from, const rule *r, double *out)
{
    return leb_double(from, out) && (isnan(*out) || (*out >= 0 && *out <= r->max));
}

static bool read_answer(leb *from, const rule *r, const double *different, size_t len, double *out)
{
    uint64_t place;
    if (!len)
        return read_points(from, r, out);
    if (!leb_number(from, len - 1, &place))
        return false;
    *out = different[place];
    return true;
}

static void take(const card *c, rule *r, leb from)
{
    uint64_t count, len, gap, then = 0;
    double different[DIFFERENT], points;
    if (!leb_number(&from, UINT32_MAX, &count) || !leb_number(&from, DIFFERENT, &len))
        return;
    for (size_t i = 0; i < len; i++)
        if (!read_points(&from, r, &different[i]))
            return;
    for (uint64_t i = 0; i < count; i++) {
        if (!leb_number(&from, GAP_MOST, &gap) || !read_answer(&from, r, different, len, &points))
            return;
        then += gap & 1 ? 0 - (gap >> 1) : gap >> 1;
        know(c, r, then, points);
    }
}

void points_take(card *c, const value *known)
{
    for (size_t k = 0; k < value_len(known); k++) {
        const value *one = value_at(known, k), *bytes = value_at(one, 2);
        for (size_t i = 0; i < c->len; i++) {
            rule *r = &c->rules[i];
            if ((int64_t)r->number != value_as_int(value_at(one, 0), -1) || !is_told_of(r) ||
                !*r->identity || strcmp(r->identity, value_str(value_at(one, 1), "")) != 0)
                continue;
            rule_group(c, r);
            if (r->listed && !r->apart && value_is(bytes, VALUE_TEXT))
                take(c, r, (leb){value_str(bytes, ""), value_len(bytes)});
            r->known = r->listed_len;
        }
    }
}

/* ------------------------------------------------------------------ telling */

typedef struct different {
    double points[DIFFERENT];
    size_t len;
    unsigned char slots[SLOTS]; /* place + 1; 0: free */
    bool many;
} different;

static uint64_t bits_of(double points)
{
    uint64_t bits;
    memcpy(&bits, &points, sizeof bits);
    return bits;
}

/* Its place; when there are too many it has none. */
static size_t place_of(different *d, double points)
{
    uint64_t bits = bits_of(points);
    size_t slot = (size_t)(bits * 0x9E3779B97F4A7C15u >> 32) % SLOTS;
    while (d->slots[slot] && bits_of(d->points[d->slots[slot] - 1]) != bits)
        slot = (slot + 1) % SLOTS;
    if (!d->slots[slot] && d->len < DIFFERENT) {
        d->points[d->len++] = points;
        d->slots[slot] = (unsigned char)d->len;
    }
    d->many = d->many || !d->slots[slot];
    return d->slots[slot] ? d->slots[slot] - 1u : 0;
}

static bool is_known(const rule *r, size_t at)
{
    return r->answers[r->listed[at]].outcome != OUTCOME_FAILED;
}

static double points_of(const rule *r, size_t at)
{
    const answer *a = &r->answers[r->listed[at]];
    return a->outcome == OUTCOME_POINTS ? a->points : NAN;
}

static char *add_number(char *at, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *at++ = (char)(number | 0x80);
    *at++ = (char)number;
    return at;
}

static char *add_points(char *at, double points)
{
    uint64_t bits = bits_of(points);
    for (size_t i = 0; i < sizeof bits; i++)
        *at++ = (char)(bits >> 8 * i);
    return at;
}

static void find_different(const rule *r, different *d, size_t *count)
{
    for (size_t i = 0; i < r->listed_len; i++) {
        *count += is_known(r, i);
        if (!d->many && is_known(r, i))
            place_of(d, points_of(r, i));
    }
}

static void tell(const rule *r, buf *out)
{
    enum { NUMBER = 10, EACH = NUMBER + sizeof(double) };
    different d = {.len = 0};
    size_t count = 0;
    uint32_t last = 0;
    find_different(r, &d, &count);
    leb_add(out, count);
    leb_add(out, d.many ? 0 : d.len);
    for (size_t i = 0; !d.many && i < d.len; i++)
        leb_add_double(out, d.points[i]);
    char *at = buf_room(out, count * EACH);
    for (size_t i = 0; i < r->listed_len; i++) {
        uint32_t row = r->listed[i];
        if (!is_known(r, i))
            continue;
        at = add_number(at,
                        row < last ? (uint64_t)(last - row) << 1 | 1 : (uint64_t)(row - last) << 1);
        at = d.many ? add_points(at, points_of(r, i))
                    : add_number(at, place_of(&d, points_of(r, i)));
        last = row;
    }
    out->len = (size_t)(at - out->data);
    *at = '\0';
}

/* A few are asked again faster. Other rows than then: all is told anew. */
static bool is_more(const card *c, const rule *r)
{
    return r->group && r->listed_len >= LEAST && (r->listed_len > r->known || c->row_now);
}

value points_tell(const card *c)
{
    value list = value_list();
    size_t bytes = 0;
    for (size_t i = 0; i < c->len; i++) {
        const rule *r = &c->rules[i];
        if (!is_told_of(r) || !*r->identity || r->drew || r->apart || vm_dated(r->vm) ||
            !is_more(c, r) || !fresh_is(c, r->plugin))
            continue;
        buf told = {0};
        tell(r, &told);
        bytes += told.len;
        value *one = value_push(&list, value_list());
        value_push(one, value_int(r->number));
        value_push(one, value_text(r->identity));
        value_push(one, value_bytes(buf_text(&told), told.len));
        buf_free(&told);
    }
    if (bytes > BYTES_MOST) {
        value_free(&list);
        list = value_list();
    }
    return list;
}

const rule *points_doubtful(const card *c)
{
    for (size_t i = 0; i < c->len; i++)
        if (c->rules[i].known && !fresh_is(c, c->rules[i].plugin))
            return &c->rules[i];
    return NULL;
}

int64_t points_taken(const card *c)
{
    size_t taken = 0;
    for (size_t i = 0; i < c->len; i++)
        taken += c->rules[i].known;
    return (int64_t)taken;
}
