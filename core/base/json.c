/* json.c: a walk over the text by json_scan.h that refuses what can't be kept, then cJSON's
 * tree, then values. The walk goes down by recursion, after a check of the depth, so
 * JSON_MAX_DEPTH bounds the stack. Keys are unescaped before they are compared: "a" and "\u0061"
 * are one key. */
#include "base/json.h"

#include <cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/mem.h"
#include "base/text.h"

enum { SHOWN_BYTES = 60, FIRST_KEYS = 64 };

/* A key of a map that is open: its unescaped text is in walk.bytes. */
typedef struct seen_key {
    size_t start, len;
    const char *at, *line_start;
    int line;
} seen_key;

typedef struct walk {
    json_scan s;
    int depth;
    buf bytes; /* keys of the open maps, one behind the other */
    seen_key *keys;
    size_t key_count, key_cap;
    json_place place; /* of the value looked for; line 0 until it is found */
} walk;

static bool walk_value(walk *w, const char *want);

static int compare_keys(const void *a, const void *b, void *ctx)
{
    const seen_key *left = a, *right = b;
    const char *bytes = ctx;
    size_t len = left->len < right->len ? left->len : right->len;
    int order = len ? memcmp(bytes + left->start, bytes + right->start, len) : 0;
    if (order == 0 && left->len != right->len)
        order = left->len < right->len ? -1 : 1;
    if (order == 0) /* the earlier one first: the later one is the duplicate */
        order = left->at < right->at ? -1 : left->at > right->at;
    return order;
}

static bool same_key(const walk *w, const seen_key *a, const seen_key *b)
{
    return a->len == b->len &&
           (a->len == 0 || memcmp(w->bytes.data + a->start, w->bytes.data + b->start, a->len) == 0);
}

static bool refuse_key(walk *w, const seen_key *key, int first_line)
{
    buf shown = {0};
    text_escape(&shown, w->bytes.data + key->start, key->len, SHOWN_BYTES);
    err_set(w->s.e, ERR_BAD_DATA, "the key \"%s\" is used twice; the first is on line %d",
            buf_text(&shown), first_line);
    buf_free(&shown);
    return json_scan_place(&w->s, key->line, key->line_start, key->at);
}

/* Sorting finds duplicates in a time that no choice of keys can spoil (a hash table's can be
 * made to collide). */
static bool check_keys(walk *w, size_t first)
{
    const seen_key *twice = NULL;
    size_t count = w->key_count - first;
    int first_line = 0;
    if (count < 2)
        return true;
    seen_key *keys = w->keys + first;
    qsort_r(keys, count, sizeof *keys, compare_keys, w->bytes.data);
    for (size_t i = 1; i < count; i++) {
        if (same_key(w, &keys[i], &keys[i - 1]) && (!twice || keys[i].at < twice->at)) {
            twice = &keys[i];
            first_line = keys[i - 1].line;
        }
    }
    return twice ? refuse_key(w, twice, first_line) : true;
}

static bool walk_key(walk *w)
{
    if (!json_scan_is(&w->s, '"'))
        return json_scan_expected(&w->s, "a key in quotes");
    if (w->key_count == w->key_cap) {
        w->key_cap = w->key_cap ? w->key_cap * 2 : FIRST_KEYS;
        w->keys = mem_grow(w->keys, w->key_cap, sizeof *w->keys);
    }
    seen_key key = {w->bytes.len, 0, w->s.at, w->s.line_start, w->s.line};
    buf_room(&w->bytes, 1); /* so that bytes.data is there for an empty key too */
    if (!json_scan_text(&w->s, &w->bytes))
        return false;
    key.len = w->bytes.len - key.start;
    w->keys[w->key_count++] = key;
    return true;
}

/* What is left of `path` behind its first part, when that is `part`; NULL otherwise. */
static const char *behind(const char *path, const char *part, size_t len)
{
    if (!path || strncmp(path, part, len) != 0)
        return NULL;
    if (path[len] == '.')
        return path + len + 1;
    return path[len] == '\0' ? path + len : NULL;
}

static bool walk_member(walk *w, const char *want)
{
    json_scan_space(&w->s);
    if (!walk_key(w))
        return false;
    const seen_key *key = &w->keys[w->key_count - 1];
    const char *rest = behind(want, w->bytes.data + key->start, key->len);
    json_scan_space(&w->s);
    if (!json_scan_is(&w->s, ':'))
        return json_scan_expected(&w->s, "':'");
    w->s.at++;
    return walk_value(w, rest);
}

static bool walk_item(walk *w, const char *want, size_t index)
{
    char *end = NULL;
    bool number = want && *want >= '0' && *want <= '9' && strtoull(want, &end, 10) == index;
    return walk_value(w, number ? behind(want, want, (size_t)(end - want)) : NULL);
}

/* Past a comma (*more) or the closing bracket. */
static bool walk_between(walk *w, char close, bool *more)
{
    json_scan_space(&w->s);
    *more = json_scan_is(&w->s, ',');
    if (!*more && !json_scan_is(&w->s, close))
        return json_scan_expected(&w->s, close == ']' ? "',' or ']'" : "',' or '}'");
    w->s.at++;
    return true;
}

/* Past an opening bracket, and past the closing one when nothing is between: then true. */
static bool walk_empty(walk *w, char close)
{
    w->s.at++;
    json_scan_space(&w->s);
    if (!json_scan_is(&w->s, close))
        return false;
    w->s.at++;
    return true;
}

static bool walk_list(walk *w, const char *want)
{
    bool more = !walk_empty(w, ']');
    for (size_t i = 0; more; i++)
        if (!walk_item(w, want, i) || !walk_between(w, ']', &more))
            return false;
    return true;
}

static bool walk_map(walk *w, const char *want)
{
    const size_t first = w->key_count, bytes = w->bytes.len;
    bool more = !walk_empty(w, '}');
    while (more)
        if (!walk_member(w, want) || !walk_between(w, '}', &more))
            return false;
    if (!check_keys(w, first))
        return false;
    w->key_count = first;
    w->bytes.len = bytes;
    return true;
}

/* `want` is the path to look for from here; NULL when the value looked for is not below. */
static bool walk_value(walk *w, const char *want)
{
    json_scan *s = &w->s;
    json_scan_space(s);
    if (want && *want == '\0' && w->place.line == 0)
        w->place = (json_place){s->line, json_scan_column(s->line_start, s->at)};
    if (!json_scan_is(s, '[') && !json_scan_is(s, '{'))
        return json_scan_word(s);
    if (w->depth == JSON_MAX_DEPTH) {
        err_set(s->e, ERR_LIMIT, "lists and maps are nested more than %d deep", JSON_MAX_DEPTH);
        return json_scan_place(s, s->line, s->line_start, s->at);
    }
    w->depth++;
    bool ok = *s->at == '[' ? walk_list(w, want) : walk_map(w, want);
    w->depth--;
    return ok;
}

/* The whole text; what `path` names is in *place then, when that is asked. */
static bool walk_text(json_scan s, const char *path, json_place *place)
{
    walk w = {.s = s};
    bool ok = walk_value(&w, path);
    if (place)
        *place = w.place;
    if (ok) {
        json_scan_space(&w.s);
        ok = w.s.at == w.s.end || json_scan_expected(&w.s, "the end of the text");
    }
    buf_free(&w.bytes);
    free(w.keys);
    return ok;
}

static value from_number(double number)
{
    if (fabs(number) <= 0x1p53 && number == trunc(number))
        return value_int((int64_t)number);
    return value_double(number);
}

/* The walk has bounded the depth. */
static value from_tree(const cJSON *tree)
{
    value v = value_nil();
    if (cJSON_IsBool(tree)) {
        v = value_bool(cJSON_IsTrue(tree));
    } else if (cJSON_IsNumber(tree)) {
        v = from_number(tree->valuedouble);
    } else if (cJSON_IsString(tree)) {
        v = value_text(tree->valuestring);
    } else if (cJSON_IsArray(tree)) {
        v = value_list();
        for (const cJSON *item = tree->child; item; item = item->next)
            value_push(&v, from_tree(item));
    } else if (cJSON_IsObject(tree)) {
        v = value_map();
        for (const cJSON *item = tree->child; item; item = item->next)
            value_add(&v, item->string, from_tree(item));
    }
    return v;
}

bool json_read_at(const char *text, size_t len, const char *name, int first_line, value *out,
                  err *e)
{
    if (!walk_text(json_scan_start(text, len, name, first_line, e), NULL, NULL))
        return false;
    size_t mark = json_scan_mark(text, len);
    cJSON *tree = cJSON_ParseWithLengthOpts(text + mark, len - mark, NULL, false);
    if (!tree)
        return err_set(e, ERR_BUG, "cJSON refuses a text that was found right");
    *out = from_tree(tree);
    cJSON_Delete(tree);
    return true;
}

bool json_read(const char *text, size_t len, const char *name, value *out, err *e)
{
    return json_read_at(text, len, name, 1, out, e);
}

json_place json_find(const char *text, size_t len, const char *path)
{
    json_place place = {0, 0};
    walk_text(json_scan_start(text, len, NULL, 1, NULL), path, &place);
    return place;
}
