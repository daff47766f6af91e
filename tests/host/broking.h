/* broking.h: a store and a plugin that asks a broker for what is in it. */
#ifndef POLDER_TESTS_HOST_BROKING_H
#define POLDER_TESTS_HOST_BROKING_H

#include "base/json.h"
#include "folder.h"
#include "host/broker.h"

typedef struct fixture {
    char *folder;
    store *store;
    plugin plugin;
    broker broker;
} fixture;

static inline value json(const char *text)
{
    value v = value_nil();
    err e = {0};
    if (!json_read(text, strlen(text), NULL, &v, &e))
        fail_msg("%s in %s", e.message, text);
    return v;
}

static inline void put(store *st, const char *id, const char *fields)
{
    value v = json(fields);
    err e = {0};
    if (!store_put(st, &(statement){.id = id, .fields = &v}, NULL, &e))
        fail_msg("%s", e.message);
    value_free(&v);
}

static inline int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->folder = folder_new();
    char *path = folder_path(f->folder, "polder.db");
    f->store = store_open(path, true, NULL);
    assert_non_null(f->store);
    free(path);
    f->plugin.name = (char *)"zeeland";
    f->plugin.manifest =
        json("{\"capabilities\":{\"records\":{\"read\":[\"ship\",\"port\"],\"write\":"
             "[\"ship\"]},\"emit\":[\"zeeland.*\"]}}");
    f->broker = (broker){.store = f->store, .plugin = &f->plugin, .writes = true};
    put(f->store, "ship/a", "{\"n\":1,\"title\":\"A\"}");
    put(f->store, "ship/b", "{\"n\":2,\"title\":\"B\"}");
    put(f->store, "person/p", "{\"n\":1}");
    *state = f;
    return 0;
}

static inline int teardown(void **state)
{
    fixture *f = *state;
    broker_free(&f->broker);
    value_free(&f->plugin.manifest);
    store_close(f->store);
    folder_free(f->folder);
    free(f);
    return 0;
}

static inline void answers(fixture *f, const char *fn, const char *args, const char *expected)
{
    value given = json(args), out = value_nil();
    buf got = {0};
    err e = {0};
    if (!broker_serve(&f->broker, fn, &given, &out, &e))
        fail_msg("%s: %s", args, e.message);
    json_write(&got, &out);
    assert_string_equal(buf_text(&got), expected);
    buf_free(&got);
    value_free(&given);
    value_free(&out);
}

static inline err refused(fixture *f, const char *fn, const char *args)
{
    value given = json(args), out = value_nil();
    err e = {0};
    if (broker_serve(&f->broker, fn, &given, &out, &e))
        fail_msg("%s was not refused: %s", fn, args);
    value_free(&given);
    return e;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
