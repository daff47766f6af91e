/* stage.h: a plugin, a scorecard and what it said, for the tests of this floor. Each test program
 * is one file. */
#ifndef POLDER_TESTS_SCORE_STAGE_H
#define POLDER_TESTS_SCORE_STAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/pack.h"
#include "base/pack_cell.h"
#include "base/pack_walk.h"
#include "base/wire.h"
#include "packed.h"
#include "score/calls_lua.h"
#include "score/card.h"
#include "score/text_lua.h"
#include "vm/deadline.h"
#include "vm/vm.h"

enum { MEMORY = 32 << 20 };

static wire_page page;

/* One plugin, one card, and what it sent. */
typedef struct stage {
    vm *vm;
    calls *calls; /* outside the card */
    int reloads;
    card *card;
    value files;
    value items; /* of all "ranked" parts */
    value done;  /* the last "done" or "broken" */
    int lines;   /* printed by rules: how often they were called */
} stage;

static inline void no_limit(void *ctx, const char *kind, const char *place, const char *traceback)
{
    (void)ctx;
    fail_msg("limit %s at %s\n%s", kind, place, traceback);
    abort();
}

static inline void count_line(void *ctx, const char *text, size_t len)
{
    stage *s = ctx;
    (void)text;
    (void)len;
    s->lines++;
}

static inline value quoted(const char *text)
{
    value v = value_nil();
    err e = {0};
    char *json = mem_text(text);
    for (char *p = json; *p; p++)
        if (*p == '\'')
            *p = '"';
    if (!json_read(json, strlen(json), "test", &v, &e))
        fail_msg("%s at %s", e.message, e.where);
    free(json);
    return v;
}

static inline vm *stage_load(stage *s)
{
    err e = {0};
    vm_options o = {.plugin = "test",
                    .version = "1.0.0",
                    .files = &s->files,
                    .main = "init.lua",
                    .today = "2026-02-23",
                    .memory_bytes = MEMORY,
                    .limit = no_limit,
                    .log = count_line,
                    .ctx = s};
    vm *m = vm_new(&o, &e);
    assert_non_null(m);
    text_attach(m, NULL);
    calls_attach(m, s->calls);
    if (!vm_load(m, &e))
        fail_msg("%s at %s", e.message, e.where);
    return m;
}

static inline vm *stage_reload(void *ctx, size_t index, err *e)
{
    stage *s = ctx;
    (void)index;
    (void)e;
    vm_free(s->vm);
    s->reloads++;
    return stage_load(s);
}

/* Takes `rules` and `rows` over. */
static inline stage *stage_of(const char *lua, value rules, value rows)
{
    stage *s = mem_zero(1, sizeof *s);
    err e = {0};
    s->files = value_map();
    value_add(&s->files, "init.lua", value_text(lua));
    s->calls = calls_new(NULL, "2026-02-23");
    s->vm = stage_load(s);
    value setup = value_map();
    value_add(&setup, "seed", value_int(1));
    value_add(&setup, "today", value_text("2026-02-23"));
    value_add(&setup, "rules", rules);
    s->card = card_new(&setup, &s->vm, 1, stage_reload, s, &e);
    if (!s->card)
        fail_msg("%s", e.message);
    size_t count = value_len(&rows);
    if (!card_add_solutions(s->card, packed(&rows), count, NULL, &e))
        fail_msg("%s", e.message);
    value_free(&rows);
    value_free(&setup);
    return s;
}

/* `rules` and `rows` are JSON with ' for ". */
static inline stage *stage_open(const char *lua, const char *rules, const char *rows)
{
    return stage_of(lua, quoted(rules), quoted(rows));
}

static inline void stage_close(stage *s)
{
    card_free(s->card);
    vm_free(s->vm);
    calls_free(s->calls);
    value_free(&s->files);
    value_free(&s->items);
    value_free(&s->done);
    free(s);
}

/* *at: a packed item; then what stands behind it. */
static inline value item_told(const char **at)
{
    value told = value_nil(), item = value_map();
    assert_true(pack_make(*at, &told, NULL));
    *at = pack_skip(*at);
    assert_int_equal(value_len(&told), WIRE_GATES + 1);
    value_add(&item, "solution", value_copy(value_at(&told, WIRE_SOLUTION)));
    value_add(&item, "score", value_copy(value_at(&told, WIRE_SCORE)));
    value_add(&item, "coverage", value_copy(value_at(&told, WIRE_COVERAGE)));
    value_add(&item, "rules", value_copy(value_at(&told, WIRE_RULES)));
    if (!value_is(value_at(&told, WIRE_GATES), VALUE_NIL))
        value_add(&item, "gates", value_copy(value_at(&told, WIRE_GATES)));
    value_free(&told);
    return item;
}

static inline bool take_part(void *ctx, const value *part, err *e)
{
    stage *s = ctx;
    const value *items = value_get(part, "items");
    const char *at = value_str(items, "");
    int64_t count = value_get_int(part, "count", 0);
    (void)e;
    if (strcmp(value_get_str(part, "op", ""), "ranked") != 0) {
        value_free(&s->done);
        s->done = value_copy(part);
    }
    if (items)
        assert_true(pack_walk(at, value_len(items), (size_t)count, &PACK_FROM_WORKER, NULL));
    while (count-- > 0)
        value_push(&s->items, item_told(&at));
    return true;
}

static inline void run(stage *s, const char *demand, int64_t top, int64_t only)
{
    value row = quoted(demand);
    err e = {0};
    card_request r = {.demand = &row, .top = top, .only = only};
    value_free(&s->items);
    s->items = value_list();
    if (!card_run(s->card, &r, take_part, s, &e))
        fail_msg("%s", e.message);
    value_free(&row);
}

static inline int64_t solution_at(const stage *s, size_t place)
{
    return value_get_int(value_at(&s->items, place), "solution", -1);
}

static inline double number_at(const stage *s, size_t place, const char *key)
{
    return value_get_double(value_at(&s->items, place), key, -1);
}

/* [outcome, value, reason] */
static inline const value *said_at(const stage *s, size_t place, size_t rule)
{
    return value_at(value_get(value_at(&s->items, place), "rules"), rule);
}

/* Outcome, value and reason; what matched is told only where one pair is explained. */
static inline bool said_same(const value *said, const value *other)
{
    for (size_t i = 0; i < 3; i++)
        if (!value_at(said, i) || !value_at(other, i) ||
            !value_equal(value_at(said, i), value_at(other, i)))
            return false;
    return true;
}

static inline int start_page(void **state)
{
    (void)state;
    deadline_start(&page);
    return 0;
}

#endif
