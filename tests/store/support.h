/* support.h: what the tests of the store share: a folder that goes away, a store in it, JSON as
 * values. */
#ifndef POLDER_TESTS_STORE_SUPPORT_H
#define POLDER_TESTS_STORE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ftw.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "store/event.h"
#include "store/past.h"
#include "store/store.h"

typedef struct fixture {
    char folder[64];
    char path[96];
    store *st;
} fixture;

static inline store *open_at(const char *path)
{
    err e = {0};
    store *st = store_open(path, true, &e);
    if (!st)
        fail_msg("%s (%s)", e.message, e.where);
    return st;
}

static inline int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    strcpy(f->folder, "/tmp/polder-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/polder.db", f->folder);
    f->st = open_at(f->path);
    *state = f;
    return 0;
}

static inline int remove_one(const char *path, const struct stat *about, int type, struct FTW *at)
{
    (void)about, (void)type, (void)at;
    return remove(path);
}

static inline int teardown(void **state)
{
    fixture *f = *state;
    clock_set(-1);
    store_close(f->st);
    nftw(f->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(f);
    return 0;
}

static inline void reopen(fixture *f)
{
    store_close(f->st);
    f->st = open_at(f->path);
}

static inline value json(const char *text)
{
    err e = {0};
    value v = value_nil();
    if (!json_read(text, strlen(text), NULL, &v, &e))
        fail_msg("%s at %s in %s", e.message, e.where, text);
    return v;
}

static inline char *text_of(const value *v)
{
    buf out = {0};
    json_write(&out, v);
    return buf_take(&out);
}

/* Puts fields given as JSON; source NULL: the actor's own word. */
static inline put_outcome put_json(store *st, const char *id, const char *fields,
                                   const char *source)
{
    err e = {0};
    put_outcome outcome = PUT_SAME;
    value v = json(fields);
    bool ok = store_put(st, &(statement){.id = id, .fields = &v, .source = source}, &outcome, &e);
    value_free(&v);
    if (!ok)
        fail_msg("%s (%s)", e.message, e.where);
    return outcome;
}

static inline bool try_put(store *st, const char *id, const char *fields, const char *source,
                           err *e)
{
    value v = json(fields);
    bool ok = store_put(st, &(statement){.id = id, .fields = &v, .source = source}, NULL, e);
    value_free(&v);
    return ok;
}

static inline void assert_record(store *st, const char *id, const char *expected)
{
    err e = {0};
    value v = value_nil();
    if (!store_get(st, id, &v, &e))
        fail_msg("%s", e.message);
    char *text = text_of(&v);
    assert_string_equal(text, expected);
    free(text);
    value_free(&v);
}

static inline void assert_whole(store *st)
{
    err e = {0};
    event_report report = {0};
    if (!event_verify(st, &report, NULL, NULL, &e))
        fail_msg("%s", e.message);
    if (report.bad_seq)
        fail_msg("event %lld: %s", (long long)report.bad_seq, report.damage);
    past_report tables = {0};
    if (!past_verify(st, &tables, NULL, NULL, &e))
        fail_msg("%s", e.message);
    const value *first = value_at(&tables.first, 0);
    if (tables.differ)
        fail_msg("%s: %s", value_get_str(first, "id", ""), value_get_str(first, "says", ""));
    value_free(&tables.first);
}

static inline void assert_says(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static inline void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

#endif
