#include <string.h>

#include "base/text.h"
#include "cli/out.h"
#include "cli/plugin_words.h"

/* The tests of one or more plugins. */
typedef struct tally {
    value results; /* list of {plugin, name, passed, message, where} */
    size_t passed, failed;
} tally;

static void print_case(const char *plugin, const value *one)
{
    bool passed = value_get_bool(one, "passed", false);
    out_fmt("%s%s%s  ", out_styled(passed ? OUT_GREEN : OUT_RED), passed ? "ok    " : "FAILED",
            out_styled(OUT_PLAIN));
    out_safe(plugin);
    out_str(": ");
    out_safe(value_get_str(one, "name", ""));
    out_str("\n");
    if (passed)
        return;
    out_wrapped(value_get_str(one, "message", ""), 8, 0);
    if (*value_get_str(one, "where", "")) {
        out_str("        at ");
        out_safe(value_get_str(one, "where", ""));
        out_str("\n");
    }
}

static void count_case(const cli *c, const plugin *p, const value *one, tally *t)
{
    value row = value_copy(one);
    value_set(&row, "plugin", value_text(p->name));
    value_push(&t->results, row);
    *(value_get_bool(one, "passed", false) ? &t->passed : &t->failed) += 1;
    if (!c->json)
        print_case(p->name, one);
}

static bool test_one(const cli *c, host *h, const plugin *p, tally *t, err *e)
{
    value cases = value_nil();
    if (!host_test_plugin(h, p->name, &cases, e))
        return false;
    for (size_t i = 0; i < value_len(&cases); i++)
        count_case(c, p, value_at(&cases, i), t);
    value_free(&cases);
    return true;
}

/* Tests that did not come to an end are one failure; the other plugins' tests still run. */
static void count_broken(const cli *c, const plugin *p, const err *why, tally *t)
{
    value one = value_map();
    value_add(&one, "name", value_text("test.lua"));
    value_add(&one, "passed", value_bool(false));
    value_add(&one, "message", value_text(why->message));
    value_add(&one, "where", value_text(why->where));
    count_case(c, p, &one, t);
    value_free(&one);
}

/* Without a name: every plugin that is enabled and has tests. */
static bool test_all(cli *c, tally *t, err *e)
{
    err why = {0};
    host *h = plugin_host(c, &why, e);
    if (h && why.code)
        *e = why;
    if (!h || why.code)
        return false;
    const plugin_list *list = host_plugins(h);
    for (size_t i = 0; i < list->len; i++) {
        const plugin *p = &list->items[i];
        err broken = {0};
        if (p->state == PLUGIN_ENABLED && value_get(&p->files, "test.lua") &&
            !test_one(c, h, p, t, &broken))
            count_broken(c, p, &broken, t);
    }
    return true;
}

static bool test_named(cli *c, const char *name, tally *t, err *e)
{
    plugin_target target = {0};
    bool ok = plugin_target_open(c, name, &target, e);
    if (ok && !value_get(&target.plugin->files, "test.lua")) {
        ok = err_set(e, ERR_NOT_FOUND, "the plugin %s has no test.lua", target.plugin->name);
        err_hint(e, "plugins/README.md shows how to write one");
    }
    if (ok && !test_one(c, target.host, target.plugin, t, e))
        ok = err_prefix(e, "%s: ", target.plugin->name);
    plugin_target_close(c, &target);
    return ok;
}

bool plugin_test(cli *c, err *e)
{
    const char *name = args_word(&c->args, 1);
    tally t = {.results = value_list()};
    bool ok = name ? test_named(c, name, &t, e) : test_all(c, &t, e);
    if (ok && c->json)
        out_json(&t.results);
    else if (ok)
        out_fmt("%zu passed, %zu failed\n", t.passed, t.failed);
    value_free(&t.results);
    if (ok && t.failed)
        return err_set(e, ERR_PARTIAL, "%zu of %zu %s failed", t.failed, t.passed + t.failed,
                       text_plural((int64_t)(t.passed + t.failed), "test", "tests"));
    return ok && out_ok(e);
}
