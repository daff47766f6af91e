#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "host/declared.h"
#include "reacting.h"
#include "store/kinds.h"

#define SHIP "require('polder').kind { name = 'ship', fields = {} }\n"
#define QUAY "require('polder').kind { name = 'quay', fields = {} }\n"

/* A workspace with the kind ship, whose plugin brings quay too when it is loaded again; and another
 * connection, which is in the midst of a change. */
typedef struct meanwhile {
    reacting w;
    store *other;
} meanwhile;

static meanwhile meanwhile_new(void)
{
    meanwhile m = {.w = reacting_new()};
    err e = {0};
    reacting_plugin(&m.w, "alpha", SHIP);
    reacting_open(&m.w);
    reacting_close(&m.w);
    reacting_plugin(&m.w, "alpha", SHIP QUAY);
    m.w.ws = workspace_open(m.w.folder, &e);
    m.w.store = workspace_store(m.w.ws, &e);
    m.w.host = host_open(m.w.ws, false, &e);
    m.other = store_open(workspace_path(m.w.ws, "polder.db"), false, &e);
    if (!m.other || !store_begin(m.other, &e) || !host_load(m.w.host, &e))
        fail_msg("%s", e.message);
    return m;
}

static void meanwhile_free(meanwhile *m)
{
    store_close(m->other);
    reacting_free(&m->w);
}

static bool is_named(const value *kinds, const char *name)
{
    bool found = false;
    for (size_t i = 0; i < value_len(kinds); i++)
        found = found || strcmp(value_get_str(value_at(kinds, i), "name", ""), name) == 0;
    return found;
}

static bool is_saved(const meanwhile *m, const char *name)
{
    value kinds = value_nil();
    assert_true(kinds_load(m->w.store, &kinds, NULL));
    bool found = is_named(&kinds, name);
    value_free(&kinds);
    return found;
}

static void while_another_writes_a_new_kind_is_known_and_not_saved(void **state)
{
    (void)state;
    meanwhile m = meanwhile_new();
    value kinds = value_nil();
    assert_true(is_saved(&m, "ship"));
    assert_false(is_saved(&m, "quay"));
    assert_true(declared_known(m.w.host, &kinds, NULL));
    assert_int_equal(value_len(&kinds), 2);
    assert_true(is_named(&kinds, "quay"));
    value_free(&kinds);
    meanwhile_free(&m);
}

static void it_is_saved_before_the_next_change(void **state)
{
    (void)state;
    meanwhile m = meanwhile_new();
    err e = {0};
    store_rollback(m.other);
    assert_true(reactions_attach(m.w.host, &e));
    assert_true(is_saved(&m, "quay"));
    int64_t before = head(&m.w);
    assert_true(declared_save(m.w.host, &e));
    assert_int_equal(head(&m.w), before);
    meanwhile_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(while_another_writes_a_new_kind_is_known_and_not_saved),
        cmocka_unit_test(it_is_saved_before_the_next_change),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
