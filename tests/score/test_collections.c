/* Texts of a card whose solutions change after they were counted: one run over old and new rows,
 * and a card that was given the statistics and the rows that changed, say of each the same to the
 * bit. */
#include <math.h>

#include "../base/random.h"
#include "stage.h"

enum { SOLUTIONS = 90, DEMANDS = 6, TOP = 1000, PART_MOST = 1 << 20 };

#define BOTH                                                                                       \
    "'solution':[{'at':1,'name':'title'},{'at':2,'name':'text'},{'at':3,'name':'info'},"           \
    "{'at':4,'name':'n'}],'demand':[{'at':1,'name':'title'},{'at':2,'name':'text'}]"
#define RULE(number, name, on, more)                                                               \
    "{'name':'test/" name "','plugin':0,'number':" number ",'on':'" on                             \
    "','weight':1.5,'max':7," BOTH more "}"
#define D(field, weight) "{'side':'demand','field':'" field "','weight':" weight "}"
#define S(field, weight) "{'side':'solution','field':'" field "','weight':" weight "}"
#define TEXT(query, document)                                                                      \
    ",'measure':{'kind':'text','query':[" query "],'document':[" document "]}"
#define INFO "{'side':'solution','field':'info','key':'nl','weight':1}"
#define GATE ",'gate':true"

/* Two measures, ctx.text with a field and with a text of the rule's own, a called measure, a rule
 * on solutions; three gates. */
static const char RULES[] =
    "[" RULE("1", "fields", "pair", TEXT(D("title", "3") "," D("text", "1"), S("title", "2") "," S("text", "0.5"))) "," RULE(
        "2", "entry", "pair",
        TEXT(
            D("text", "1"),
            INFO)) "," RULE("3", "ctx", "pair",
                            "") "," RULE("4", "own", "pair",
                                         "") "," RULE("5", "called", "pair",
                                                      "") "," RULE("6", "alone", "solution",
                                                                   "") "," RULE("7", "likely",
                                                                                "pair",
                                                                                GATE TEXT(
                                                                                    D("text", "1"),
                                                                                    S("text",
                                                                                      "1"))) "," RULE("8",
                                                                                                      "odd",
                                                                                                      "solution",
                                                                                                      GATE) "," RULE("9",
                                                                                                                     "ctx_gate",
                                                                                                                     "pair",
                                                                                                                     GATE) "]";

#define NEEDS                                                                                      \
    "needs = { solution = { 'title', 'text', 'info', 'n' }, demand = { 'title', 'text' } }, "
static const char LUA[] =
    "local polder = require 'polder'\n"
    "local fit = polder.text({ 'demand.text', 'demand.title' }, { ['solution.text'] = 4 })\n"
    "polder.rule { name = 'ctx', on = 'pair', max = 7, " NEEDS
    "  score = function(s, d, ctx) return 7 * ctx.text(d.text, s.text) end }\n"
    "polder.rule { name = 'own', on = 'pair', max = 7, " NEEDS
    "  score = function(s, d, ctx) return 7 * ctx.text(d.title, (s.text or '') .. ' w1 u1') end }\n"
    "polder.rule { name = 'called', on = 'pair', max = 7, " NEEDS
    "  score = function(s, d) local x, why = fit(s, d) return x and 7 * x, why end }\n"
    "polder.rule { name = 'alone', on = 'solution', max = 7, needs = { solution = { 'text' } },\n"
    "  score = function(s, ctx) return 7 * ctx.text('w1 w3 u2 u3', s.text) end }\n"
    "polder.rule { name = 'odd', on = 'solution', needs = { solution = { 'n' } },\n"
    "  gate = function(s) return s.n % 5 > 0 end }\n"
    "polder.rule { name = 'ctx_gate', on = 'pair', " NEEDS
    "  gate = function(s, d, ctx) return ctx.text('w2 w4 w6 w8 w10', s.text) < 0.6 end }\n";

/* Words "w…" are many and old; "u…" come with changes. */
static value some_text(bool changed)
{
    buf b = {0};
    for (size_t i = random_below(5) ? random_below(30) : 0; i > 0; i--) {
        bool fresh = changed && !random_below(4);
        buf_fmt(&b, "%c%zu ", fresh ? 'u' : 'w', random_below(fresh ? 12 : 40));
    }
    value v = b.len ? value_text(buf_text(&b)) : value_nil();
    buf_free(&b);
    return v;
}

static value some_title(bool changed)
{
    if (random_below(3))
        return some_text(changed);
    value list = value_list();
    for (size_t i = random_below(3); i > 0; i--)
        value_push(&list, value_text(changed ? "w3 u4" : "w5 w6"));
    return list;
}

static value some_row(const char *what, size_t id, bool changed)
{
    char name[24];
    value row = value_list();
    snprintf(name, sizeof name, "%s/%05zu", what, id);
    value_push(&row, value_text(name));
    value_push(&row, some_title(changed));
    value_push(&row, some_text(changed));
    value *info = value_push(&row, value_map());
    value_add(info, "nl", some_text(changed));
    value_push(&row, value_int((int64_t)random_below(100)));
    return row;
}

static value some_demand(size_t id)
{
    value row = some_row("d", id, true);
    if (!value_is(value_at(&row, 1), VALUE_TEXT)) /* rules take it for one */
        value_free(&row.as.list.items[1]), row.as.list.items[1] = value_text("w5 u4 w6");
    if (!value_is(value_at(&row, 2), VALUE_TEXT))
        row.as.list.items[2] = value_text("w1 w2 u3 nowhere");
    return row;
}

/* What happened to solution i since the count: nothing, changed, gone, or new. */
typedef struct world {
    value before, after; /* by id; nil where it isn't */
    value demands;
} world;

static world make_world(void)
{
    world w = {value_list(), value_list(), value_list()};
    for (size_t i = 0; i < SOLUTIONS; i++) {
        size_t fate = random_below(10);
        bool is_new = fate == 9;
        value row = is_new ? value_nil() : some_row("s", i, false);
        value_push(&w.before, row);
        value_push(&w.after, fate < 6   ? value_copy(&row)
                             : fate < 8 ? some_row("s", i, true)
                             : is_new   ? some_row("s", i, true)
                                        : value_nil());
    }
    for (size_t i = 0; i < DEMANDS; i++)
        value_push(&w.demands, some_demand(i));
    return w;
}

static void free_world(world *w)
{
    value_free(&w->before);
    value_free(&w->after);
    value_free(&w->demands);
}

typedef struct feed {
    value rows;
    buf kinds;
} feed;

static void feed_row(feed *f, const value *row, char kind)
{
    if (!value_is(row, VALUE_LIST))
        return;
    value_push(&f->rows, value_copy(row));
    buf_char(&f->kinds, kind);
}

static bool changed(const world *w, size_t i)
{
    return !value_equal(value_at(&w->before, i), value_at(&w->after, i));
}

static feed rows_before(const world *w)
{
    feed f = {.rows = value_list()};
    for (size_t i = 0; i < SOLUTIONS; i++)
        feed_row(&f, value_at(&w->before, i), 'b');
    return f;
}

/* All old rows are counted, all new ones ranked. */
static feed rows_of_one_run(const world *w)
{
    feed f = {.rows = value_list()};
    for (size_t i = 0; i < SOLUTIONS; i++) {
        feed_row(&f, value_at(&w->before, i), changed(w, i) ? 'c' : 'b');
        if (changed(w, i)) {
            feed_row(&f, value_at(&w->before, i), 'g');
            feed_row(&f, value_at(&w->after, i), 'r');
        }
    }
    return f;
}

/* Those that changed, and some more. */
static feed rows_of_rerun(const world *w)
{
    feed f = {.rows = value_list()};
    for (size_t i = 0; i < SOLUTIONS; i++) {
        if (changed(w, i))
            feed_row(&f, value_at(&w->before, i), 'g');
        if (changed(w, i) || random_below(4) == 0)
            feed_row(&f, value_at(&w->after, i), 'r');
    }
    return f;
}

static stage *empty_stage(const char *lua, const char *rules)
{
    return stage_of(lua, quoted(rules), value_list());
}

static void take_feed(stage *s, feed *f)
{
    err e = {0};
    if (!card_add_solutions(s->card, packed(&f->rows), value_len(&f->rows), buf_text(&f->kinds),
                            &e))
        fail_msg("%s", e.message);
}

static void free_feed(feed *f)
{
    value_free(&f->rows);
    buf_free(&f->kinds);
}

typedef struct told {
    buf bytes;
    value keys; /* list */
    int parts, ends;
} told;

static bool take_told(void *ctx, const value *part, err *e)
{
    told *t = ctx;
    const value *bytes = value_get(part, "bytes");
    (void)e;
    t->ends += strcmp(value_get_str(part, "op", ""), "counted") == 0;
    for (size_t i = 0; i < value_len(value_get(part, "keys")); i++)
        value_push(&t->keys, value_copy(value_at(value_get(part, "keys"), i)));
    if (strcmp(value_get_str(part, "op", ""), "statistics") != 0)
        return true;
    assert_int_equal(t->ends, 0);
    assert_true(value_len(bytes) <= PART_MOST);
    buf_add(&t->bytes, value_str(bytes, ""), value_len(bytes));
    t->parts++;
    return true;
}

static buf statistics_of(stage *s)
{
    told t = {.keys = value_list()};
    err e = {0};
    assert_true(card_count(s->card, NULL, take_told, &t, &e));
    assert_int_equal(t.ends, 1);
    assert_true(t.parts >= 1);
    value_free(&t.keys);
    return t.bytes;
}

static void give_statistics(stage *s, const buf *bytes)
{
    err e = {0};
    size_t half = bytes->len / 2;
    assert_true(card_add_statistics(s->card, bytes->data, half, &e));
    assert_true(card_add_statistics(s->card, bytes->data + half, bytes->len - half, &e));
}

static void ask(stage *s, const value *demand, card_request r)
{
    err e = {0};
    r.demand = demand;
    value_free(&s->items);
    s->items = value_list();
    if (!card_run(s->card, &r, take_part, s, &e))
        fail_msg("%s", e.message);
}

static void ask_all(stage *s, const value *demand)
{
    ask(s, demand, (card_request){.top = TOP, .only = -1});
    assert_string_equal(value_get_str(&s->done, "op", ""), "done");
    assert_int_equal(value_len(value_get(&s->done, "failures")), 0);
    assert_int_equal(value_get_int(&s->done, "scored", -1), value_len(&s->items));
}

static const char *id_at(const feed *f, const stage *s, size_t place)
{
    return value_str(value_at(value_at(&f->rows, (size_t)solution_at(s, place)), 0), "");
}

static const value *item_of(const stage *s, const feed *f, const char *id)
{
    for (size_t i = 0; i < value_len(&s->items); i++)
        if (strcmp(id_at(f, s, i), id) == 0)
            return value_at(&s->items, i);
    return NULL;
}

/* All that is told of a solution but its place in the rows; NULL is one that was kept out. */
static void same_item(const value *a, const value *b, const char *id)
{
    if (!a != !b)
        fail_msg("%s passed the gates in one of two", id);
    if (!a)
        return;
    const value *mine = value_get(a, "rules"), *others = value_get(b, "rules");
    bool same = value_equal(value_get(a, "score"), value_get(b, "score")) &&
                value_equal(value_get(a, "coverage"), value_get(b, "coverage")) &&
                value_len(mine) == value_len(others);
    for (size_t i = 0; same && i < value_len(mine); i++)
        same = said_same(value_at(mine, i), value_at(others, i));
    if (!same) {
        buf one = {0};
        json_write(&one, mine);
        buf_str(&one, " and ");
        json_write(&one, others);
        fail_msg("%s: %s", id, buf_text(&one));
    }
}

static const char *id_in(const feed *f, size_t row)
{
    return value_str(value_at(value_at(&f->rows, row), 0), "");
}

/* Returns how many were compared that passed. */
static size_t compare(const stage *a, const feed *of_a, const stage *b, const feed *of_b,
                      const char *kinds)
{
    size_t passed = 0;
    for (size_t i = 0; i < value_len(&of_b->rows); i++) {
        if (!strchr(kinds, of_b->kinds.data[i]))
            continue;
        const char *id = id_in(of_b, i);
        const value *item = item_of(b, of_b, id);
        same_item(item_of(a, of_a, id), item, id);
        passed += item != NULL;
    }
    return passed;
}

static int64_t gone_of(const world *w, const stage *before, const feed *of_before)
{
    int64_t gone = 0;
    for (size_t i = 0; i < SOLUTIONS; i++) {
        const value *row = value_at(&w->before, i);
        if (changed(w, i) && value_is(row, VALUE_LIST))
            gone += item_of(before, of_before, value_str(value_at(row, 0), "")) != NULL;
    }
    return gone;
}

static int64_t raced(const feed *f)
{
    int64_t count = 0;
    for (size_t i = 0; i < f->kinds.len; i++)
        count += f->kinds.data[i] == 'b' || f->kinds.data[i] == 'r';
    return count;
}

static void check_done(const stage *s, const feed *f, int64_t gone)
{
    assert_int_equal(value_get_int(&s->done, "gone", 0), gone);
    assert_int_equal(
        value_get_int(&s->done, "scored", -1) + value_get_int(&s->done, "excluded", -1), raced(f));
}

/* The old row explained as if the new one stood in its place. */
static size_t check_what_if(const world *w, stage *before, const feed *of_before, const stage *one,
                            const feed *of_one, const value *demand)
{
    size_t asked = 0;
    for (size_t i = 0; i < value_len(&of_before->rows) && asked < 10; i++) {
        const char *id = id_in(of_before, i);
        const value *item = item_of(one, of_one, id);
        size_t at = (size_t)strtoul(id + 2, NULL, 10);
        if (!changed(w, at) || !item)
            continue;
        ask(before, demand,
            (card_request){.only = (int64_t)i, .as = value_at(&w->after, at), .top = 1});
        same_item(value_at(&before->items, 0), item, id);
        asked++;
    }
    return asked;
}

static void what_was_counted_elsewhere_or_in_one_run_is_the_same_to_the_bit(void **state)
{
    size_t changed_passed = 0, old_passed = 0, what_ifs = 0;
    int64_t gone = 0;
    (void)state;
    random_start();
    for (int round = 0; round < 4; round++) {
        world w = make_world();
        feed of_before = rows_before(&w), of_one = rows_of_one_run(&w),
             of_rerun = rows_of_rerun(&w);
        stage *before = empty_stage(LUA, RULES), *one = empty_stage(LUA, RULES),
              *rerun = empty_stage(LUA, RULES), *what_if = empty_stage(LUA, RULES);
        take_feed(before, &of_before);
        take_feed(what_if, &of_before);
        take_feed(one, &of_one);
        for (size_t d = 0; d < DEMANDS; d++) /* so that each field is asked for */
            ask_all(before, value_at(&w.demands, d));
        buf bytes = statistics_of(before);
        give_statistics(rerun, &bytes);
        take_feed(rerun, &of_rerun);
        for (size_t d = 0; d < DEMANDS; d++) {
            const value *demand = value_at(&w.demands, d);
            ask_all(before, demand);
            ask_all(one, demand);
            ask_all(rerun, demand);
            old_passed += compare(before, &of_before, one, &of_one, "b");
            changed_passed += compare(one, &of_one, rerun, &of_rerun, "r");
            int64_t passed = gone_of(&w, before, &of_before);
            check_done(one, &of_one, passed);
            check_done(rerun, &of_rerun, passed);
            gone += passed;
            what_ifs += check_what_if(&w, what_if, &of_before, one, &of_one, demand);
        }
        buf again = statistics_of(rerun), third = statistics_of(one);
        assert_true(again.len == bytes.len && memcmp(again.data, bytes.data, bytes.len) == 0);
        assert_true(third.len == bytes.len && memcmp(third.data, bytes.data, bytes.len) == 0);
        buf_free(&bytes);
        buf_free(&again);
        buf_free(&third);
        stage_close(before);
        stage_close(one);
        stage_close(rerun);
        stage_close(what_if);
        free_feed(&of_before);
        free_feed(&of_one);
        free_feed(&of_rerun);
        free_world(&w);
    }
    assert_true(old_passed && changed_passed && what_ifs && gone); /* or nothing was tested */
}

#define ONE_RULE(name, more)                                                                       \
    "{'name':'test/" name "','plugin':0,'number':1,'on':'pair','weight':1,'max':7," BOTH more "}"

/* Rules that look at texts only for some demands, and hide whatever goes wrong. */
static const char SHY[] =
    "local polder = require 'polder'\n"
    "local fit = polder.text('demand.text', 'solution.text')\n"
    "local info = polder.text('demand.text', 'solution.info.nl')\n"
    "local ways = { none = function() return 0 end,\n"
    "  title = function(s, d, ctx) return ctx.text('w1', s.title) end,\n"
    "  text = function(s, d, ctx) return ctx.text('w1', s.text) end,\n"
    "  called = function(s, d) return fit(s, d) end,\n"
    "  info = function(s, d) return info(s, d) end }\n"
    "polder.rule { name = 'shy', on = 'pair', max = 7, " NEEDS "  score = function(s, d, ctx)\n"
    "    local ok, x = pcall(ways[d.title], s, d, ctx) return ok and x or 0 end }\n"
    "polder.rule { name = 'shy_gate', on = 'pair', " NEEDS
    "  gate = function(s, d, ctx) pcall(ways[d.title], s, d, ctx) return false end }\n";

static const char SHY_ROWS[] = "[['s/1','w1','w2',{'nl':'w3'},1],['s/2','w4','w1',{'nl':'w5'},2]]";

static const char *answer_of(const char *rules, const buf *bytes, const char *demand,
                             const char *kinds, int64_t only)
{
    static char op[40];
    stage *s = empty_stage(SHY, rules);
    feed f = {.rows = quoted(SHY_ROWS)};
    value row = quoted(demand);
    buf_str(&f.kinds, kinds);
    give_statistics(s, bytes);
    take_feed(s, &f);
    ask(s, &row, (card_request){.top = 5, .only = only});
    snprintf(op, sizeof op, "%s", value_get_str(&s->done, "op", ""));
    if (strcmp(op, "uncounted") == 0)
        assert_int_equal(value_len(&s->items), 0);
    value_free(&row);
    free_feed(&f);
    stage_close(s);
    return op;
}

static buf shy_statistics(const char *demand)
{
    stage *s = stage_open(SHY, "[" ONE_RULE("shy", "") "]", SHY_ROWS);
    run(s, demand, 5, -1);
    buf bytes = statistics_of(s);
    stage_close(s);
    return bytes;
}

static void what_was_not_counted_is_told_whatever_the_plugin_hides(void **state)
{
    static const char *const WAYS[] = {"none", "title", "text", "called", "info"};
    static const char *const CARDS[] = {"[" ONE_RULE("shy", "") "]",
                                        "[" ONE_RULE("shy_gate", ",'gate':true") "]"};
    (void)state;
    for (size_t counted = 0; counted < 5; counted++)
        for (size_t asked = 0; asked < 5; asked++) {
            char demand[40];
            snprintf(demand, sizeof demand, "['d/1','%s','w1 w2']", WAYS[counted]);
            buf bytes = shy_statistics(demand);
            snprintf(demand, sizeof demand, "['d/1','%s','w1 w2']", WAYS[asked]);
            bool same_field = counted >= 2 && counted <= 3 && asked >= 2 && asked <= 3;
            bool known = asked == counted || asked == 0 || same_field;
            const char *answer = known ? "done" : "uncounted";
            for (size_t i = 0; i < 2; i++) {
                assert_string_equal(answer_of(CARDS[i], &bytes, demand, "rr", -1), answer);
                assert_string_equal(answer_of(CARDS[i], &bytes, demand, "rg", 1), answer);
            }
            assert_string_equal(answer_of(CARDS[1], &bytes, demand, "gg", -1), answer);
            buf_free(&bytes);
        }
}

static void a_measure_that_was_not_counted_says_so_before_anything_is_asked(void **state)
{
    buf bytes = shy_statistics("['d/1','text','w1 w2']");
    (void)state;
    assert_string_equal(answer_of("[" ONE_RULE("m", TEXT(D("text", "1"), S("text", "1"))) "]",
                                  &bytes, "['d/1','none','w1']", "rr", -1),
                        "done");
    assert_string_equal(answer_of("[" ONE_RULE("m", TEXT(D("text", "1"), S("text", "2"))) "]",
                                  &bytes, "['d/1','none','w1']", "rr", -1),
                        "uncounted");
    assert_string_equal(answer_of("[" ONE_RULE("m", TEXT(D("text", "1"), INFO)) "]", &bytes,
                                  "['d/1','none',null]", "rr", -1),
                        "uncounted");
    buf_free(&bytes);
}

static bool is_refused(const char *bytes, size_t len)
{
    stage *s = empty_stage(SHY, "[" ONE_RULE("shy", "") "]");
    value rows = quoted(SHY_ROWS), demand = quoted("['d/1','text','w1']");
    card_request r = {.demand = &demand, .top = 5, .only = -1};
    err e = {0};
    s->items = value_list();
    bool ok = card_add_statistics(s->card, bytes, len, &e) &&
              card_add_solutions(s->card, packed(&rows), 2, "rg", &e) &&
              card_run(s->card, &r, take_part, s, &e);
    if (!ok)
        assert_int_equal(e.code, ERR_BAD_DATA);
    value_free(&rows);
    value_free(&demand);
    stage_close(s);
    return !ok;
}

static void bytes_that_are_no_statistics_are_refused(void **state)
{
    buf bytes = shy_statistics("['d/1','text','w1 w2']");
    (void)state;
    assert_false(is_refused(bytes.data, bytes.len));
    for (size_t len = 1; len < bytes.len; len++)
        assert_true(is_refused(bytes.data, len));
    for (size_t at = 0; at < bytes.len; at++) {
        bytes.data[at] = (char)(bytes.data[at] ^ 0x81);
        is_refused(bytes.data, bytes.len); /* or it is of use */
        bytes.data[at] = (char)(bytes.data[at] ^ 0x81);
    }
    buf twice = {0};
    buf_add(&twice, bytes.data, bytes.len);
    buf_add(&twice, bytes.data, bytes.len);
    assert_true(is_refused(twice.data, twice.len));
    buf_free(&twice);
    buf_free(&bytes);
}

static void rows_of_no_kind_are_refused(void **state)
{
    (void)state;
    static const char *const KINDS[] = {"bx", "b", ""}; /* too few end in none */
    for (size_t i = 0; i < 3; i++) {
        stage *s = empty_stage(SHY, "[" ONE_RULE("shy", "") "]");
        value rows = quoted(SHY_ROWS);
        err e = {0};
        assert_false(card_add_solutions(s->card, packed(&rows), 2, KINDS[i], &e));
        assert_int_equal(e.code, ERR_BAD_DATA);
        value_free(&rows);
        stage_close(s);
    }
}

/* Only counted: nobody asks a rule about it. Gone: gates alone do, and what fails there isn't told.
 */
static void rules_are_asked_about_none_that_is_not_in_the_race(void **state)
{
    static const char PLAIN[] =
        "local polder = require 'polder'\n"
        "polder.rule { name = 'a', on = 'solution', max = 7, needs = { solution = { 'n' } },\n"
        "  score = function(s) print('asked') if s.n == 6 or s.n > 7 then error('a') end return "
        "s.n end }\n"
        "polder.rule { name = 'b', on = 'pair', max = 7, needs = { solution = { 'n' } },\n"
        "  score = function(s) print('asked') if s.n == 6 or s.n > 7 then error('b') end return "
        "s.n end }\n"
        "polder.rule { name = 'g', on = 'solution', needs = { solution = { 'n' } },\n"
        "  gate = function(s) if s.n == 8 then error('g') end return s.n ~= 7 end }\n"
        "polder.rule { name = 'h', on = 'pair', needs = { solution = { 'n' } },\n"
        "  gate = function(s) if s.n == 8 then error('h') end return s.n ~= 6 end }\n";
    static const char CARD[] =
        "[" RULE("1", "a", "solution", "") "," RULE("2", "b", "pair", "") "," RULE(
            "3", "g", "solution", ",'gate':true") "," RULE("4", "h", "pair", ",'gate':true") "]";
    static const char ROWS[] = "[['s/1',0,0,0,9],['s/1',0,0,0,1],['s/2',0,0,0,6],['s/3',0,0,0,7],"
                               "['s/4',0,0,0,8],['s/5',0,0,0,5],['s/6',0,0,0,2],['s/6',0,0,0,7]]";
    stage *s = empty_stage(PLAIN, CARD);
    feed f = {.rows = quoted(ROWS)};
    value demand = quoted("['d/1','','']");
    (void)state;
    buf_str(&f.kinds, "crgggggr");
    take_feed(s, &f);
    ask(s, &demand, (card_request){.top = 5, .only = -1});
    assert_string_equal(value_get_str(&s->done, "op", ""), "done");
    assert_int_equal(value_len(value_get(&s->done, "failures")), 0);
    assert_int_equal(value_len(&s->items), 1);
    assert_int_equal(solution_at(s, 0), 1);
    assert_int_equal(s->lines,
                     2 + 1 + 2); /* a of both in the race, b of one that passed; reasons */
    assert_int_equal(value_get_int(&s->done, "scored", -1), 1);
    assert_int_equal(value_get_int(&s->done, "excluded", -1), 1);
    assert_int_equal(value_get_int(&s->done, "gone", -1), 3); /* 8, which gates fail for, 5 and 2 */
    value_free(&demand);
    free_feed(&f);
    stage_close(s);
}

static void statistics_of_many_words_come_in_parts(void **state)
{
    told t = {.keys = value_list()};
    err e = {0};
    value rows = value_list();
    (void)state;
    for (size_t i = 0; i < 80; i++) {
        buf text = {0};
        for (size_t k = 0; k < 1000; k++)
            buf_fmt(&text, "word%zuq ", i * 1000 + k);
        value *row = value_push(&rows, quoted("['s',null]"));
        value_push(row, value_text(buf_text(&text)));
        buf_free(&text);
    }
    stage *s = stage_of(SHY, quoted("[" ONE_RULE("m", TEXT(D("text", "1"), S("text", "1"))) "]"),
                        value_copy(&rows));
    assert_true(
        card_count(s->card, NULL, take_told, &t, &e)); /* also what no demand has asked for yet */
    assert_true(t.parts > 1 && t.bytes.len > PART_MOST);
    stage *away = empty_stage(SHY, "[" ONE_RULE("m", TEXT(D("text", "1"), S("text", "1"))) "]");
    give_statistics(away, &t.bytes);
    feed f = {.rows = rows};
    for (size_t i = 0; i < 80; i++)
        buf_char(&f.kinds, 'r');
    take_feed(away, &f);
    value demand = quoted("['d/1','','word5q word4000q word99999q']");
    ask_all(s, &demand);
    ask_all(away, &demand);
    assert_true(value_equal(&s->items, &away->items));
    value_free(&demand);
    free_feed(&f);
    buf_free(&t.bytes);
    value_free(&t.keys);
    stage_close(s);
    stage_close(away);
}

/* Two workers that met other demands: the second tells what the first didn't, and nothing twice. */
static void what_one_alone_met_is_told_by_it(void **state)
{
    static const char *const MET[][2] = {{"text", "title"}, {"text", "text"}, {"none", "text"}};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        told t = {.keys = value_list()};
        err e = {0};
        for (size_t worker = 0; worker < 2; worker++) {
            char demand[40];
            value known = value_copy(&t.keys);
            stage *s = stage_open(SHY, "[" ONE_RULE("shy", "") "]", SHY_ROWS);
            snprintf(demand, sizeof demand, "['d/1','%s','w1']", MET[i][worker]);
            run(s, demand, 5, -1);
            int parts = t.parts;
            t.ends = 0;
            assert_true(card_count(s->card, &known, take_told, &t, &e));
            assert_int_equal(t.parts - parts, worker == 0 || i != 1);
            value_free(&known);
            stage_close(s);
        }
        assert_int_equal(value_len(&t.keys), i == 0 ? 2 : 1);
        for (size_t worker = 0; worker < 2; worker++) {
            char demand[40];
            snprintf(demand, sizeof demand, "['d/1','%s','w1']", MET[i][worker]);
            assert_string_equal(answer_of("[" ONE_RULE("shy", "") "]", &t.bytes, demand, "rg", -1),
                                "done");
        }
        value_free(&t.keys);
        buf_free(&t.bytes);
    }
}

/* Some 400,000 words of the rule's own making, among which "qorvan" is forgotten and read again
 * before "zarkob". */
static void what_rules_make_up_without_end_changes_nothing(void **state)
{
    static const char MADE_UP[] =
        "local polder = require 'polder'\n"
        "local fit = polder.text('demand.text', 'solution.text')\n"
        "polder.rule { name = 'a', on = 'pair', max = 7, " NEEDS "\n"
        "  score = function(s, d, ctx)\n"
        "    local words = {}\n"
        "    if d.title == 'much' then\n"
        "      for i = 1, 1000 do words[i] = 'q' .. s.n .. 'x' .. i .. 'z' end end\n"
        "    ctx.text(d.text, table.concat(words, ' '))\n"
        "    local x = fit(s, d)\n"
        "    return 3 * x + 4 * ctx.text(d.text, s.text .. ' qorvan') end }\n";
    value rows = value_list();
    (void)state;
    for (int64_t i = 0; i < 400; i++) {
        value *row = value_push(&rows, quoted("['s',null]"));
        value_push(row, value_text(i % 3 ? "w1 w2 w3" : "w1 w4"));
        value_push(row, value_nil());
        value_push(row, value_int(i));
    }
    stage *s = stage_of(MADE_UP, quoted("[" ONE_RULE("a", "") "]"), rows);
    run(s, "['d/1','little','zarkob zarkob qorvan w4 w1']", TOP, -1);
    value little = value_copy(&s->items);
    for (int i = 0; i < 2; i++) {
        run(s, "['d/1','much','zarkob zarkob qorvan w4 w1']", TOP, -1);
        assert_string_equal(value_get_str(&s->done, "op", ""), "done");
        assert_int_equal(value_len(value_get(&s->done, "failures")), 0);
        assert_true(value_equal(&little, &s->items));
    }
    value_free(&little);
    stage_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_counted_elsewhere_or_in_one_run_is_the_same_to_the_bit),
        cmocka_unit_test(what_was_not_counted_is_told_whatever_the_plugin_hides),
        cmocka_unit_test(a_measure_that_was_not_counted_says_so_before_anything_is_asked),
        cmocka_unit_test(bytes_that_are_no_statistics_are_refused),
        cmocka_unit_test(rows_of_no_kind_are_refused),
        cmocka_unit_test(rules_are_asked_about_none_that_is_not_in_the_race),
        cmocka_unit_test(statistics_of_many_words_come_in_parts),
        cmocka_unit_test(what_one_alone_met_is_told_by_it),
        cmocka_unit_test(what_rules_make_up_without_end_changes_nothing),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
