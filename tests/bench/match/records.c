#include "records.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1 << 16 };

void *grow(void *p, size_t count, size_t size)
{
    void *bigger = realloc(p, count * size + 1);
    if (!bigger) {
        fputs("peer: out of memory\n", stderr);
        exit(70);
    }
    return bigger;
}

/* Numbers for texts, from 0 in the order they are first met. */
typedef struct names {
    char *text[SLOTS];
    uint32_t number[SLOTS], count;
} names;

static names technologies, themes, regions, vocabulary;

static uint32_t number_of(names *n, const char *text, size_t len)
{
    uint32_t at = 2166136261u;
    for (size_t i = 0; i < len; i++)
        at = (at ^ (unsigned char)text[i]) * 16777619u;
    for (at &= SLOTS - 1; n->text[at]; at = (at + 1) & (SLOTS - 1))
        if (strncmp(n->text[at], text, len) == 0 && !n->text[at][len])
            return n->number[at];
    n->text[at] = grow(NULL, len + 1, 1);
    memcpy(n->text[at], text, len);
    n->text[at][len] = '\0';
    n->number[at] = n->count;
    return n->count++;
}

static const char *at; /* the next character of the line */

static size_t take_string(const char **text)
{
    *text = ++at;
    at = strchr(at, '"');
    return (size_t)(at++ - *text);
}

static uint64_t take_set(names *n)
{
    uint64_t set = 0;
    const char *text;
    if (*at == '"') {
        size_t len = take_string(&text);
        return (uint64_t)1 << number_of(n, text, len);
    }
    while (*at++ != ']') {
        if (*at == ']')
            continue;
        size_t len = take_string(&text);
        set |= (uint64_t)1 << number_of(n, text, len);
    }
    return set;
}

static double take_number(void)
{
    char *end;
    double number = strtod(at, &end);
    at = end;
    return number;
}

static double take_amount(void)
{
    at = strchr(at, ':') + 1;
    double amount = take_number();
    at = strchr(at, '}') + 1;
    return amount;
}

static void take_place(record *r)
{
    at = strchr(at, ':') + 1;
    r->lon = take_number();
    r->lat = take_amount();
}

static void take_words(record *r)
{
    const char *text;
    size_t len = take_string(&text), start = 0;
    r->described = true;
    r->words = grow(NULL, len / 2 + 1, sizeof *r->words);
    for (size_t i = 0; i <= len; i++) {
        if (i < len && text[i] != ' ')
            continue;
        if (i > start)
            r->words[r->words_len++] = number_of(&vocabulary, text + start, i - start);
        start = i + 1;
    }
}

static int take_length(void)
{
    const char *text;
    return (int)take_string(&text);
}

static void take_id(record *r)
{
    const char *text;
    size_t len = take_string(&text);
    memcpy(r->id, text, len < ID_BYTES ? len : ID_BYTES - 1);
}

static void skip_value(void)
{
    if (*at == '"')
        (void)take_length();
    else
        at += strcspn(at, ",}");
}

static bool key_is(const char *key, size_t len, const char *name)
{
    return strlen(name) == len && memcmp(key, name, len) == 0;
}

static void take_field(record *r)
{
    const char *key;
    size_t len = take_string(&key);
    at++;
    if (key_is(key, len, "id"))
        take_id(r);
    else if (key_is(key, len, "technologies"))
        r->technologies = take_set(&technologies);
    else if (key_is(key, len, "themes"))
        r->themes = (uint32_t)take_set(&themes);
    else if (key_is(key, len, "regions"))
        r->limits = (uint32_t)take_set(&regions);
    else if (key_is(key, len, "region"))
        r->region = (uint32_t)take_set(&regions);
    else if (key_is(key, len, "trl") || key_is(key, len, "trl_min"))
        r->trl = (int)take_number();
    else if (key_is(key, len, "price") || key_is(key, len, "budget"))
        r->price = take_amount();
    else if (key_is(key, len, "delivery_days"))
        r->delivery = (int)take_number();
    else if (key_is(key, len, "place"))
        take_place(r);
    else if (key_is(key, len, "description"))
        take_words(r);
    else if (key_is(key, len, "civil_use"))
        r->civil = take_length();
    else if (key_is(key, len, "military_use"))
        r->military = take_length();
    else
        skip_value();
}

void records_load(records *all, const char *folder, const char *name)
{
    char path[4096], *line = NULL;
    size_t cap = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "r");
    if (!f) {
        perror(path);
        exit(1);
    }
    while (getline(&line, &cap, f) > 0) {
        if (all->len == all->cap) {
            all->cap = all->cap ? all->cap * 2 : 64;
            all->items = grow(all->items, all->cap, sizeof *all->items);
        }
        record *r = &all->items[all->len++];
        *r = (record){.delivery = -1, .civil = -1, .military = -1};
        r->price = r->lon = r->lat = NAN;
        for (at = line; *at == '{' || *at == ',';)
            at++, take_field(r);
    }
    free(line);
    fclose(f);
}

uint32_t records_words(void)
{
    return vocabulary.count;
}
