/* What a scoring worker answers to the frames of a host: here the host is the test, and the worker
 * a process without a sandbox. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../score/packed.h"
#include "base/json.h"
#include "base/pack.h"
#include "base/pack_cell.h"
#include "base/pack_walk.h"
#include "base/wire.h"
#include "vm/deadline.h"
#include "worker/serve.h"

typedef struct served {
    int fd;
    pid_t pid;
    buf got; /* what was read and not yet taken */
} served;

static wire_page page;

static served begin(void)
{
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    served s = {.fd = ends[0], .pid = fork()};
    assert_true(s.pid >= 0);
    if (s.pid == 0) {
        close(ends[0]);
        deadline_start(&page);
        serve(ends[1], value_list());
    }
    close(ends[1]);
    return s;
}

static void end(served *s)
{
    close(s->fd);
    kill(s->pid, SIGKILL); /* which another may keep waiting, for it has our end too */
    waitpid(s->pid, NULL, 0);
    buf_free(&s->got);
}

static value quoted(const char *text)
{
    value v = value_nil();
    buf json = {0};
    for (const char *p = text; *p; p++)
        buf_char(&json, (char)(*p == '\'' ? '"' : *p));
    assert_true(json_read(buf_text(&json), json.len, "test", &v, NULL));
    buf_free(&json);
    return v;
}

/* Takes over. */
static void send_frame(const served *s, value frame)
{
    buf out = {0};
    assert_true(pack_write(&out, &frame, &PACK_TO_WORKER, NULL));
    for (size_t at = 0; at < out.len;) {
        ssize_t some = write(s->fd, out.data + at, out.len - at);
        assert_true(some > 0);
        at += (size_t)some;
    }
    buf_free(&out);
    value_free(&frame);
}

static value next_frame(served *s)
{
    value frame = value_nil();
    size_t used = 0;
    for (;;) {
        assert_true(
            pack_read(buf_text(&s->got), s->got.len, &PACK_FROM_WORKER, &frame, &used, NULL));
        if (used)
            break;
        ssize_t some = read(s->fd, buf_room(&s->got, 65536), 65536);
        if (some <= 0)
            fail_msg("the worker went away");
        s->got.len += (size_t)some;
    }
    memmove(s->got.data, s->got.data + used, s->got.len - used);
    s->got.len -= used;
    return frame;
}

static value expect(served *s, const char *op)
{
    value frame = next_frame(s);
    if (strcmp(value_get_str(&frame, "op", ""), op) != 0)
        fail_msg("%s, not %s: %s", value_get_str(&frame, "op", ""), op,
                 value_get_str(&frame, "message", ""));
    return frame;
}

static void expect_only(served *s, const char *op)
{
    value frame = expect(s, op);
    value_free(&frame);
}

#define FIELDS                                                                                     \
    "'solution':[{'at':1,'name':'text'},{'at':2,'name':'title'}],'demand':[{'at':1,'name':'text'}" \
    "]"
static const char CARD[] = "{'op':'card','seed':1,'today':'2026-02-23','rules':[{'name':'test/a',"
                           "'plugin':0,'number':1,'on':'pair','weight':1,'max':1," FIELDS "}]}";
static const char LUA[] =
    "require('polder').rule { name = 'a', on = 'pair', max = 1,\n"
    "  needs = { solution = { 'text', 'title' }, demand = { 'text' } },\n"
    "  score = function(s, d, ctx)\n"
    "    return ctx.text(d.text, d.text == 'title' and s.title or s.text) end }\n";

static served begin_card(void)
{
    served s = begin();
    value load = quoted("{'op':'load','number':1,'today':'2026-02-23','plugin':{'name':'test',"
                        "'version':'1.0.0','main':'init.lua'}}");
    value files = value_map();
    value_add(&files, "init.lua", value_text(LUA));
    value_add((value *)value_get(&load, "plugin"), "files", files);
    expect_only(&s, "hello");
    send_frame(&s, load);
    expect_only(&s, "loaded");
    send_frame(&s, quoted(CARD));
    expect_only(&s, "ready");
    return s;
}

static void send_rows(const served *s, const char *json, const char *kinds)
{
    value rows = quoted(json), frame = value_map();
    value_add(&frame, "op", value_text("solutions"));
    value_add(&frame, "count", value_int((int64_t)value_len(&rows)));
    value_add(&frame, "rows", packed(&rows));
    if (kinds)
        value_add(&frame, "kinds", value_text(kinds));
    send_frame(s, frame);
    value_free(&rows);
}

static const char OLD[] = "[['s/1','lumix zarkob','x'],['s/2','lumix teplor','y'],"
                          "['s/3','teplor qorvan','z']]";
static const char DEMAND[] = "{'op':'demand','demand':['d/1','lumix qorvan newly'],'top':1}";

static value counted(served *s)
{
    value list = value_list();
    send_frame(s, quoted("{'op':'count'}"));
    for (;;) {
        value frame = next_frame(s);
        const char *op = value_get_str(&frame, "op", "");
        if (strcmp(op, "counted") == 0) {
            value_free(&frame);
            return list;
        }
        assert_string_equal(op, "statistics");
        assert_true(value_is(value_get(&frame, "bytes"), VALUE_TEXT));
        value_push(&list, frame); /* sent on as it is */
    }
}

static value some_statistics(void)
{
    served s = begin_card();
    send_rows(&s, OLD, NULL);
    send_frame(&s, quoted(DEMAND));
    expect_only(&s, "ranked");
    expect_only(&s, "done");
    value list = counted(&s);
    end(&s);
    return list;
}

static served begin_rerun(const value *statistics)
{
    served s = begin_card();
    for (size_t i = 0; i < value_len(statistics); i++)
        send_frame(&s, value_copy(value_at(statistics, i)));
    return s;
}

static value only_item(const value *ranked)
{
    value item = value_nil();
    const value *items = value_get(ranked, "items");
    assert_int_equal(value_get_int(ranked, "count", 0), 1);
    assert_true(pack_walk(value_str(items, ""), value_len(items), 1, &PACK_FROM_WORKER, NULL));
    assert_true(pack_make(value_str(items, ""), &item, NULL));
    return item;
}

static void changed_rows_are_ranked_by_the_statistics_that_came(void **state)
{
    (void)state;
    value statistics = some_statistics();
    served whole = begin_card(), part = begin_rerun(&statistics);
    assert_int_equal(value_len(&statistics), 1);
    send_rows(&whole,
              "[['s/1','lumix zarkob','x'],['s/2','lumix teplor','y'],"
              "['s/2','lumix newly','y'],['s/3','teplor qorvan','z']]",
              "bcrb");
    send_rows(&part, "[['s/2','lumix teplor','y'],['s/2','lumix newly','y']]", "gr");
    send_frame(&whole, quoted("{'op':'demand','demand':['d/1','lumix qorvan newly'],'top':1,"
                              "'reserve':5}"));
    send_frame(&part, quoted(DEMAND));
    value best = expect(&whole, "ranked"), done = expect(&whole, "done");
    value other = expect(&part, "ranked"), gone = expect(&part, "done");
    const value *reserve = value_get(&done, "reserve");
    assert_int_equal(value_len(reserve), 2);
    assert_int_equal(value_get_int(&done, "scored", -1), 3);
    assert_int_equal(value_get_int(&done, "excluded", -1), 0);
    assert_int_equal(value_get_int(&gone, "scored", -1), 1);
    assert_int_equal(value_get_int(&gone, "gone", -1), 1);
    value one = only_item(&best), same = only_item(&other);
    assert_int_equal(value_as_int(value_at(&one, WIRE_SOLUTION), -1), 2);
    assert_int_equal(value_as_int(value_at(&same, WIRE_SOLUTION), -1), 1);
    assert_true(value_equal(value_at(&one, WIRE_SCORE), value_at(&same, WIRE_SCORE)));
    assert_true(value_equal(value_at(&one, WIRE_RULES), value_at(&same, WIRE_RULES)));
    value_free(&one);
    value_free(&same);
    value_free(&best);
    value_free(&done);
    value_free(&other);
    value_free(&gone);
    value_free(&statistics);
    end(&whole);
    end(&part);
}

static void a_text_that_was_not_counted_is_the_only_answer(void **state)
{
    (void)state;
    value statistics = some_statistics();
    served s = begin_rerun(&statistics);
    send_rows(&s, OLD, "rrr");
    send_frame(&s, quoted("{'op':'demand','demand':['d/1','title'],'top':1}"));
    expect_only(&s, "uncounted");
    send_frame(&s, quoted(DEMAND)); /* nor does anything count that is said after it */
    expect_only(&s, "uncounted");
    value_free(&statistics);
    end(&s);
}

static void what_can_not_be_is_told_and_the_worker_stays(void **state)
{
    (void)state;
    served s = begin_card();
    send_rows(&s, OLD, "rr");
    expect_only(&s, "failed");
    send_rows(&s, OLD, "rrx");
    expect_only(&s, "failed");
    end(&s);
    s = begin_card();
    send_frame(&s, quoted("{'op':'statistics','bytes':'no statistics'}"));
    send_rows(&s, OLD, "rrr");
    expect_only(&s, "failed");
    send_frame(&s, quoted(DEMAND));
    expect_only(&s, "failed");
    send_frame(&s, quoted("{'op':'count'}"));
    expect_only(&s, "failed");
    end(&s);
    s = begin();
    expect_only(&s, "hello");
    send_frame(&s, quoted("{'op':'count'}"));
    expect_only(&s, "failed");
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_rows_are_ranked_by_the_statistics_that_came),
        cmocka_unit_test(a_text_that_was_not_counted_is_the_only_answer),
        cmocka_unit_test(what_can_not_be_is_told_and_the_worker_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
