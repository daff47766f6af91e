#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "host/command_run.h"
#include "reacting.h"
#include "store/forget.h"

#define COMMAND(name, body)                                                                        \
    "require('polder').command { name = '" name "', run = function(args, ctx)\n"                   \
    "  local polder = require 'polder'\n  " body "\nend }\n"

typedef struct ran {
    bool ok, dry;
    err e, unkept;
    int changes; /* how often it was asked whether it may */
    command_outcome outcome;
    buf printed;
} ran;

static void print(void *ctx, const char *text, size_t len)
{
    ran *r = ctx;
    buf_add(&r->printed, text, len);
    buf_char(&r->printed, '\n');
}

static void progress(void *ctx, int64_t percent)
{
    ran *r = ctx;
    buf_fmt(&r->printed, "%lld%%\n", (long long)percent);
}

static bool change(void *ctx, err *e)
{
    ran *r = ctx;
    (void)e;
    r->changes++;
    return true;
}

static void run(reacting *w, const char *name, ran *r)
{
    value args = value_map();
    const contribution *c = registry_find(host_registry(w->host), "command", name, NULL, &r->e);
    if (!c)
        fail_msg("%s", r->e.message);
    const command_request request = {.command = c,
                                     .args = &args,
                                     .today = "2026-02-23",
                                     .dry = r->dry,
                                     .print = print,
                                     .progress = progress,
                                     .change = change,
                                     .ctx = r,
                                     .unkept = &r->unkept};
    r->ok = command_run(w->host, &request, &r->outcome, &r->e);
    value_free(&args);
}

static void ran_free(ran *r)
{
    command_outcome_free(&r->outcome);
    buf_free(&r->printed);
}

static void what_it_writes_is_kept_at_once_under_one_event(void **state)
{
    (void)state;
    reacting w = reacting_new();
    reacting_plugin(&w, "alpha",
                    COMMAND("go",
                            "ctx.print('op', ctx.today, ctx.lang)\n  ctx.progress(1, 4)\n"
                            "  polder.put('ship/a', { n = 1 })\n  polder.emit('alpha.went')\n"
                            "  return { rows = { { n = 1 } }, files = { ['a.txt'] = 'x' } }"));
    reacting_open(&w);
    int64_t before = head(&w);
    ran r = {0};
    run(&w, "alpha/go", &r);
    assert_true(r.ok);
    assert_string_equal(buf_text(&r.printed), "op 2026-02-23 nl\n25%\n");
    assert_int_equal(r.outcome.event, before + 1);
    buf expected = {0};
    buf_fmt(&expected,
            "cli:anna command.ran alpha/go 0\nplugin:alpha record.created ship/a %lld\n"
            "plugin:alpha alpha.went alpha %lld\n",
            (long long)before + 1, (long long)before + 1);
    assert_string_equal(events(&w, before), buf_text(&expected));
    buf_free(&expected);
    assert_int_equal(value_len(value_get(&r.outcome.result, "rows")), 1);
    assert_null(value_get(&r.outcome.result, "files"));
    assert_string_equal(value_get_str(&r.outcome.files, "a.txt", ""), "x");
    ran_free(&r);
    reacting_free(&w);
}

/* Prints, while the command runs: somebody is forgotten meanwhile. */
static void forget_meanwhile(void *ctx, const char *text, size_t len)
{
    reacting *w = ctx;
    value report = value_nil();
    (void)len;
    assert_true(store_forget(w->store, text, "asked for it", &report, NULL));
    value_free(&report);
}

static void what_was_read_of_one_who_is_forgotten_meanwhile_is_not_kept(void **state)
{
    (void)state;
    reacting w = reacting_new();
    value args = value_map();
    reacting_plugin(
        &w, "alpha",
        COMMAND("read", "local name = polder.get('ship/a').name\n  ctx.print('ship/a')"
                        "\n  polder.put('port/a', { of = name })")
            COMMAND("query", "local name = polder.query({ kind = 'ship' })[1].name\n  "
                             "ctx.print('ship/b')\n  polder.emit('alpha.told', { of = name })")
                COMMAND("blind", "ctx.print('ship/c')\n  polder.put('port/c', { n = 1 })"));
    reacting_open(&w);
    put(&w, "ship/a", "{\"name\":\"Annelies\"}");
    put(&w, "ship/b", "{\"name\":\"Bertus\"}");
    put(&w, "ship/c", "{\"name\":\"Cor\"}");
    static const char *const NAMES[] = {"alpha/read", "alpha/query", "alpha/blind"};
    for (size_t i = 0; i < 3; i++) {
        err e = {0};
        command_outcome outcome = {0};
        int64_t before = head(&w);
        const contribution *c =
            registry_find(host_registry(w.host), "command", NAMES[i], NULL, NULL);
        const command_request request = {
            .command = c, .args = &args, .print = forget_meanwhile, .ctx = &w};
        assert_non_null(c);
        bool ok = command_run(w.host, &request, &outcome, &e);
        command_outcome_free(&outcome);
        assert_int_equal(ok, i == 2); /* which read nothing */
        if (ok)
            continue;
        assert_int_equal(head(&w), before + 1); /* that it was forgotten */
        says(e.message, i ? "alpha/query: nothing is kept: ship/b was forgotten meanwhile"
                          : "alpha/read: nothing is kept: ship/a was forgotten meanwhile");
        assert_string_equal(e.hint, "ask again");
    }
    assert_string_equal(field(&w, "port/a", "of"), "-");
    assert_string_equal(field(&w, "port/c", "n"), "1");
    value_free(&args);
    reacting_free(&w);
}

static void keep_line(void *ctx, log_level level, const char *line)
{
    if (level == LOG_WARN)
        buf_fmt(ctx, "%s\n", line);
}

/* As put and import tell of theirs; what is referred to may come later in the same command. */
static void what_it_wrote_and_may_not_have_meant_is_told_once(void **state)
{
    (void)state;
    reacting w = reacting_new();
    buf told = {0};
    reacting_plugin(
        &w, "alpha",
        POLDER "polder.kind { name = 'ship', fields = {\n"
               "  { name = 'title', type = 'text' },\n"
               "  { name = 'port', type = 'reference', kind = 'port' },\n"
               "  { name = 'sort', type = 'term', open = true, terms = { { name = 'tug' } } } "
               "} }\n" COMMAND("go", "for i = 1, 30 do polder.put('ship/s' .. i, { titel = 'x', "
                                     "sort = 'tugg', port = 'port/goes' }) end\n"
                                     "  polder.put('ship/t', { port = 'port/later' })\n"
                                     "  polder.put('port/later', { title = 'Later' })"));
    reacting_open(&w);
    ran r = {0};
    log_set_sink(keep_line, &told);
    run(&w, "alpha/go", &r);
    log_set_sink(quiet, NULL);
    assert_true(r.ok);
    assert_string_equal(
        buf_text(&told),
        "polder: warning: alpha/init.lua:8: polder.put: ship/s1: \"tugg\" is not in the vocabulary "
        "of sort; did you mean \"tug\"?; kept all the same\n"
        "polder: warning: alpha/init.lua:8: polder.put: ship/s1: the kind ship has no field "
        "\"titel\"; did you mean \"title\"?; kept all the same\n"
        "polder: warning: alpha/init.lua:8: polder.put: ship/s1: port: there is no record "
        "port/goes; "
        "kept all the same\n");
    buf_free(&told);
    ran_free(&r);
    reacting_free(&w);
}

static void each_run_has_a_secret_of_its_own(void **state)
{
    (void)state;
    reacting w = reacting_new();
    reacting_plugin(&w, "alpha",
                    COMMAND("go", "ctx.print(ctx.secret)\n  polder.put('ship/a', { n = 1 })"));
    reacting_open(&w);
    ran one = {0}, other = {0};
    run(&w, "alpha/go", &one);
    run(&w, "alpha/go", &other);
    assert_true(one.ok && other.ok);
    assert_int_equal(strspn(buf_text(&one.printed), "0123456789abcdef"), 64);
    assert_string_not_equal(buf_text(&one.printed), buf_text(&other.printed));
    ran_free(&one);
    ran_free(&other);
    reacting_free(&w);
}

static void one_that_only_reads_or_is_tried_leaves_nothing(void **state)
{
    (void)state;
    reacting w = reacting_new();
    reacting_plugin(&w, "alpha",
                    COMMAND("look", "return { n = #polder.query { kind = 'ship' } }")
                        COMMAND("go", "polder.put('ship/a', { n = 1 })"));
    reacting_open(&w);
    int64_t before = head(&w);
    ran look = {0}, dry = {.dry = true};
    run(&w, "alpha/look", &look);
    run(&w, "alpha/go", &dry);
    assert_true(look.ok && dry.ok);
    assert_int_equal(value_len(&dry.outcome.effects), 1);
    assert_int_equal(dry.outcome.event, 0);
    assert_int_equal(head(&w), before);
    ran_free(&look);
    ran_free(&dry);
    reacting_free(&w);
}

static void one_that_fails_keeps_nothing_and_says_where(void **state)
{
    static const struct {
        const char *name, *says, *where;
        err_code code;
    } CASES[] = {
        {"alpha/bug", "alpha/bug: stuk", "alpha/init.lua:4", ERR_BAD_DATA},
        {"alpha/no", "alpha/no: nog niet open\\x1b", "", ERR_NOT_ALLOWED},
        {"alpha/odd", "alpha/odd: a command returns a table", "", ERR_BAD_DATA},
        {"alpha/loop", "used more than 2000 ms in one call", "alpha/init.lua:18", ERR_LIMIT},
        {"alpha/memory", "needs more than 16 MB", "", ERR_LIMIT},
        {"alpha/flood", "a command prints at most 4 MiB", "alpha/init.lua:26", ERR_BAD_DATA},
        {"alpha/other", "beta", "alpha/init.lua:30", ERR_BAD_DATA},
        {"alpha/match", "alpha may not rank by scorecards", "alpha/init.lua:34", ERR_BAD_DATA},
        {"alpha/refused", "the check alpha/never refuses this", "alpha/init.lua:39",
         ERR_NOT_ALLOWED},
    };
    (void)state;
    reacting w = reacting_new();
    reacting_plugin(
        &w, "alpha",
        COMMAND("bug", "polder.put('ship/a', { n = 1 })\n  error('stuk', 1)") COMMAND(
            "no",
            "polder.put('ship/a', { n = 1 })\n  "
            "return nil, 'nog niet open\\27', 'not_allowed'") COMMAND("odd",
                                                                      "polder.put('ship/a', { n = "
                                                                      "1 })\n  return 5")
            COMMAND("loop", "while true do pcall(function() while true do end end) end") COMMAND(
                "memory", "local t = {} for i = 1, 1e9 do t[i] = { i } end")
                COMMAND("flood", "for i = 1, 1e5 do ctx.print(('x'):rep(1000)) end") COMMAND(
                    "other", "polder.emit('beta.went')")
                    COMMAND("match", "polder.match { scorecard = 'x' }") COMMAND(
                        "refused",
                        "polder.put('ship/a', { n = 1 })\n  "
                        "polder.put('ship/refused', { n = 1 })") "require('polder').check { name = "
                                                                 "'never', kind = 'ship', check = "
                                                                 "function(change)\n"
                                                                 "  return change.id ~= "
                                                                 "'ship/refused', 'nooit' end }\n");
    reacting_open(&w);
    int64_t before = head(&w);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        ran r = {0};
        run(&w, CASES[i].name, &r);
        if (r.ok)
            fail_msg("%s is not refused", CASES[i].name);
        says(r.e.message, CASES[i].says);
        says(r.e.where, CASES[i].where);
        assert_int_equal(r.e.code, CASES[i].code);
        assert_int_equal(head(&w), before);
        ran_free(&r);
    }
    reacting_free(&w);
}

static void a_file_is_a_name_in_one_folder(void **state)
{
    static const char *const NAMES[] = {"../uit.txt", "/etc/x", "a/b",     ".polder", "-rf",
                                        "a b",        "",       "a\\\\0b", "é.txt",   "a\\27[31m"};
    (void)state;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        buf lua = {0};
        ran r = {0};
        reacting w = reacting_new();
        buf_fmt(
            &lua,
            COMMAND("go", "polder.put('ship/a', { n = 1 })\n  return { files = { ['%s'] = '' } }"),
            NAMES[i]);
        reacting_plugin(&w, "alpha", buf_text(&lua));
        reacting_open(&w);
        int64_t before = head(&w);
        run(&w, "alpha/go", &r);
        if (r.ok)
            fail_msg("%s is not refused", NAMES[i]);
        says(r.e.message, "a file is a name of letters");
        assert_int_equal(head(&w), before);
        ran_free(&r);
        buf_free(&lua);
        reacting_free(&w);
    }
}

static bool ranks(host *h, const value *asked, err *unkept, value *out, err *e)
{
    (void)h, (void)unkept, (void)e;
    *out = value_copy(asked);
    return true;
}

static bool explains(host *h, const value *asked, value *out, err *e)
{
    return ranks(h, asked, NULL, out, e);
}

static void a_match_is_answered_by_what_the_host_was_offered(void **state)
{
    (void)state;
    reacting w = reacting_new();
    reacting_plugin(&w, "alpha",
                    COMMAND("rank", "return polder.match { scorecard = 'x', top = 3 }"));
    folder_text(w.folder, "plugins/alpha/plugin.json",
                "{\"name\":\"alpha\",\"version\":\"1.0.0\",\"api\":1,"
                "\"capabilities\":{\"match\":true}}");
    reacting_open(&w);
    ran none = {0}, r = {.dry = true};
    run(&w, "alpha/rank", &none);
    says(none.e.message, "nothing ranks here");
    host_offer(w.host, &(host_answers){.match = ranks, .explain = explains});
    run(&w, "alpha/rank", &r);
    assert_true(r.ok);
    assert_string_equal(value_get_str(&r.outcome.result, "today", ""), "2026-02-23");
    assert_false(value_get_bool(&r.outcome.result, "keep", true));
    ran_free(&none);
    ran_free(&r);
    reacting_free(&w);
}

static void an_explanation_is_given_to_who_may_read_both_records(void **state)
{
    (void)state;
    reacting w = reacting_new();
    reacting_plugin(
        &w, "alpha",
        COMMAND("both", "return polder.explain { scorecard = 'x', demand = 'ship/a', solution = "
                        "'ship/b' }")
            COMMAND("other", "return polder.explain { scorecard = 'x', demand = 'ship/a', solution "
                             "= 'dock/b' }")
                COMMAND("run",
                        "return polder.explain { run = 'run/a', demand = 'ship/a', solution = "
                        "'ship/b' }"));
    folder_text(w.folder, "plugins/alpha/plugin.json",
                "{\"name\":\"alpha\",\"version\":\"1.0.0\",\"api\":1,"
                "\"capabilities\":{\"match\":true,\"records\":{\"read\":[\"ship\"]}}}");
    reacting_open(&w);
    ran none = {0}, both = {0}, other = {0}, of_run = {0};
    run(&w, "alpha/both", &none);
    says(none.e.message, "nothing explains here");
    host_offer(w.host, &(host_answers){.match = ranks, .explain = explains});
    run(&w, "alpha/both", &both);
    assert_true(both.ok);
    assert_string_equal(value_get_str(&both.outcome.result, "today", ""), "2026-02-23");
    run(&w, "alpha/other", &other);
    says(other.e.message, "alpha may not read records of kind dock");
    run(&w, "alpha/run", &of_run);
    says(of_run.e.message, "alpha may not see runs of match");
    ran_free(&none);
    ran_free(&both);
    ran_free(&other);
    ran_free(&of_run);
    reacting_free(&w);
}

/* As a match does whose run another process that writes keeps out of the store. */
static bool ranks_unkept(host *h, const value *asked, err *unkept, value *out, err *e)
{
    (void)h, (void)e;
    if (value_get_bool(asked, "keep", true))
        err_set(unkept, ERR_UNAVAILABLE, "the store is being written");
    *out = value_copy(asked);
    return true;
}

static void what_a_match_gives_stands_without_its_run_and_nothing_rests_on_it(void **state)
{
    (void)state;
    reacting w = reacting_new();
    reacting_plugin(
        &w, "alpha",
        COMMAND("rank", "polder.match { scorecard = 'x' }\n"
                        "  return { again = polder.match { scorecard = 'x' }.keep }")
            COMMAND("put", "polder.match { scorecard = 'x' }\n  polder.put('ship/a', { n = 1 })")
                COMMAND("nil", "return { 'op ' .. polder.match { scorecard = 'x' }.run }"));
    folder_text(w.folder, "plugins/alpha/plugin.json",
                "{\"name\":\"alpha\",\"version\":\"1.0.0\",\"api\":1,"
                "\"capabilities\":{\"match\":true,\"records\":{\"write\":[\"ship\"]}}}");
    reacting_open(&w);
    host_offer(w.host, &(host_answers){.match = ranks_unkept});
    int64_t before = head(&w);
    ran rank = {0}, put = {0}, nil = {0};
    run(&w, "alpha/rank", &rank);
    assert_true(rank.ok);
    says(rank.unkept.message, "being written");
    assert_false(value_get_bool(&rank.outcome.result, "again", true)); /* one is not tried twice */
    run(&w, "alpha/put", &put);
    assert_false(put.ok);
    assert_int_equal(put.e.code, ERR_UNAVAILABLE);
    says(put.e.message, "nothing is kept, for the run of its match can't be: the store");
    run(&w, "alpha/nil", &nil);
    assert_false(nil.ok);
    says(nil.e.hint, "a run of its match could not be kept: the store is being written");
    assert_int_equal(head(&w), before);
    ran_free(&rank);
    ran_free(&put);
    ran_free(&nil);
    reacting_free(&w);
}

static void only_before_a_change_it_is_asked_whether_it_may(void **state)
{
    (void)state;
    reacting w = reacting_new();
    reacting_plugin(&w, "alpha",
                    COMMAND("read", "return { ship = polder.get('ship/a') }")
                        COMMAND("put", "polder.put('ship/a', { n = 1 })"));
    reacting_open(&w);
    ran read = {0}, tried = {.dry = true}, put = {0};
    run(&w, "alpha/read", &read);
    run(&w, "alpha/put", &tried);
    run(&w, "alpha/put", &put);
    assert_true(read.ok && tried.ok && put.ok);
    assert_int_equal(read.changes, 0);
    assert_int_equal(tried.changes, 0);
    assert_int_equal(put.changes, 1);
    ran_free(&read);
    ran_free(&tried);
    ran_free(&put);
    reacting_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_writes_is_kept_at_once_under_one_event),
        cmocka_unit_test(what_was_read_of_one_who_is_forgotten_meanwhile_is_not_kept),
        cmocka_unit_test(what_it_wrote_and_may_not_have_meant_is_told_once),
        cmocka_unit_test(each_run_has_a_secret_of_its_own),
        cmocka_unit_test(one_that_only_reads_or_is_tried_leaves_nothing),
        cmocka_unit_test(one_that_fails_keeps_nothing_and_says_where),
        cmocka_unit_test(a_file_is_a_name_in_one_folder),
        cmocka_unit_test(a_match_is_answered_by_what_the_host_was_offered),
        cmocka_unit_test(an_explanation_is_given_to_who_may_read_both_records),
        cmocka_unit_test(what_a_match_gives_stands_without_its_run_and_nothing_rests_on_it),
        cmocka_unit_test(only_before_a_change_it_is_asked_whether_it_may),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
