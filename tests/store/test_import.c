#include <errno.h>
#include <sys/stat.h>

#include "support.h"

#include "base/log.h"
#include "store/import.h"
#include "store/kinds.h"
#include "store/select.h"

typedef struct heard {
    buf bad; /* "where: message [hint]" and a newline for each bad row */
    int64_t safe;
    int commits;
} heard;

static void note_bad(void *ctx, const err *why)
{
    heard *h = ctx;
    const char *name = strrchr(why->where, '/');
    buf_fmt(&h->bad, "%s: %s", name ? name + 1 : why->where, why->message);
    if (why->hint[0])
        buf_fmt(&h->bad, " [%s]", why->hint);
    buf_char(&h->bad, '\n');
}

static void note_safe(void *ctx, int64_t rows_safe, int64_t bytes_done, int64_t bytes_all)
{
    heard *h = ctx;
    assert_true(rows_safe >= h->safe);
    assert_true(bytes_done <= bytes_all);
    h->safe = rows_safe;
    h->commits++;
}

static char *file_of(fixture *f, const char *name, const char *text, size_t len)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    write_file(path, text, len);
    return path;
}

static bool import(fixture *f, import_options o, import_report *report, heard *h, err *e)
{
    o.bad_row = note_bad;
    o.progress = note_safe;
    o.ctx = h;
    *h = (heard){0};
    return import_file(f->st, &o, report, e);
}

static import_report import_text(fixture *f, const char *name, const char *text, heard *h)
{
    err e = {0};
    import_report report = {0};
    import_options o = {.path = file_of(f, name, text, strlen(text)), .kind = "demand"};
    if (!import(f, o, &report, h, &e))
        fail_msg("%s: %s (%s)", name, e.message, e.where);
    return report;
}

static void check_report(import_report r, int64_t rows, int64_t created, int64_t bad)
{
    assert_int_equal(r.rows, rows);
    assert_int_equal(r.created, created);
    assert_int_equal(r.bad, bad);
    assert_int_equal(r.created + r.changed + r.same + r.bad, r.rows);
}

static void jsonl_rows_are_kept_and_bad_ones_named_by_line(void **state)
{
    fixture *f = *state;
    heard h;
    import_report r = import_text(f, "rows.jsonl",
                                  "\xef\xbb\xbf{\"id\":\"a\",\"trl\":3}\r\n"
                                  "\n"
                                  "{\"id\":\"b\",\n"
                                  "[1]\n"
                                  "{\"id\":\"solution/s\",\"title\":\"S\"}\n"
                                  "{\"title\":\"Caf\xc3\xa9 Zuid\"}\n"
                                  "{\"trl\":1}\n"
                                  "{\"id\":\"a b\"}\n"
                                  "{\"id\":\"a\",\"trl\":4}\n"
                                  "{\"id\":\"solution/x\",\"kind\":\"demand\"}\n"
                                  "{\"id\":12}\n"
                                  "{\"id\":\"n\",\"x\":12345678901234567890}\n"
                                  "{\"id\":\"last\"}",
                                  &h);
    check_report(r, 12, 5, 7);
    assert_int_equal(h.safe, 5);
    static const char *const SAYS[] = {
        "rows.jsonl:3:",
        "rows.jsonl:4: the row is not an object but a list",
        "rows.jsonl:7: the row has no id",
        "rows.jsonl:8: the id \"demand/a b\"",
        "rows.jsonl:9: the id demand/a is used twice in this file, first at line 1",
        "rows.jsonl:10: the id \"solution/x\" is not of the kind \"demand\"",
        "rows.jsonl:12:",
    };
    for (size_t i = 0; i < sizeof SAYS / sizeof SAYS[0]; i++)
        assert_says(buf_text(&h.bad), SAYS[i]);
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1,\"trl\":3}");
    assert_record(f->st, "demand/cafe-zuid",
                  "{\"id\":\"demand/cafe-zuid\",\"kind\":\"demand\",\"version\":1,"
                  "\"title\":\"Caf\xc3\xa9 Zuid\"}");
    assert_record(f->st, "demand/12", "{\"id\":\"demand/12\",\"kind\":\"demand\",\"version\":1}");
    buf_free(&h.bad);
    assert_whole(f->st);
}

static void a_row_may_use_the_id_of_a_bad_row_before_it(void **state)
{
    fixture *f = *state;
    heard h;
    import_report r = import_text(f, "x.jsonl",
                                  "{\"id\":\"a\",\"x\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}\n"
                                  "{\"id\":\"a\",\"x\":1}\n",
                                  &h);
    check_report(r, 2, 1, 1);
    buf_free(&h.bad);
}

static void two_rows_with_one_title_ask_for_an_id_column(void **state)
{
    fixture *f = *state;
    heard h;
    import_report r =
        import_text(f, "x.jsonl", "{\"title\":\"Drone\"}\n{\"title\":\"DRONE\"}\n", &h);
    check_report(r, 2, 1, 1);
    assert_says(buf_text(&h.bad), "[it was made from the title or name: give the rows an id]");
    buf_free(&h.bad);
}

static void json_files_hold_a_list_an_object_around_one_or_one_record(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text;
        int64_t rows, created, bad;
        const char *says;
    } ROWS[] = {
        {"[{\"id\":\"a1\"},\n {\"id\":\"a2\"}]", 2, 2, 0, ""},
        {"{\"records\": [\n{\"id\":\"b1\"},\n\n{\"id\":\"b 2\"}, 5]}", 3, 1, 2, "x.json:4: the id"},
        {"{\"uri\":\"x:[{\",\n\"n\":[1,2],\n\"releases\":[\n{\"id\":\"c1\"},\n{}]}", 2, 1, 1,
         "x.json:5: the row has no id"},
        {"{\"id\":\"d1\",\"contacts\":[{\"name\":\"x\"}]}", 1, 1, 0, ""},
        {"\n{\"title\":\"E1\",\"claims\":[]}", 1, 1, 0, ""},
        {"[]", 0, 0, 0, ""},
        {"{\"records\":[]}", 0, 0, 0, ""},
        {"5", 1, 0, 1, "x.json:1: the row is not an object but"},
        {"\xef\xbb\xbf[\n\"\\\"]}\",\n{\"id\":\"f1\"}\n]", 2, 1, 1,
         "x.json:2: the row is not an object"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        heard h;
        import_report r = import_text(f, "x.json", ROWS[i].text, &h);
        check_report(r, ROWS[i].rows, ROWS[i].created, ROWS[i].bad);
        assert_says(buf_text(&h.bad), ROWS[i].says);
        buf_free(&h.bad);
    }
}

static void a_broken_json_file_gives_its_place_and_nothing_is_read(void **state)
{
    fixture *f = *state;
    heard h;
    err e = {0};
    import_report r = {0};
    const char text[] = "[{\"id\":\"a\"},\n {\"id\":]";
    import_options o = {.path = file_of(f, "x.json", text, strlen(text)), .kind = "demand"};
    assert_false(import(f, o, &r, &h, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_says(e.where, "x.json:2:");
    int64_t head = -1;
    assert_true(event_head(f->st, &head, &e));
    assert_int_equal(head, 0);
}

static void what_is_not_text_is_told_apart(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *says;
    } ROWS[] = {
        {"PK\x03\x04xx\0\0", 8, "spreadsheet"},
        {"\xff\xfe{\0", 4, "UTF-16"},
        {"ab\0cd", 5, "byte 3 is zero"},
    };
    static const import_format FORMATS[] = {IMPORT_AUTO, IMPORT_JSON, IMPORT_JSONL, IMPORT_CSV};
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        for (size_t k = 0; k < 4; k++) {
            heard h;
            err e = {0};
            import_report r = {0};
            import_options o = {.path = file_of(f, "x", ROWS[i].bytes, ROWS[i].len),
                                .kind = "demand",
                                .format = FORMATS[k]};
            assert_false(import(f, o, &r, &h, &e));
            assert_int_equal(e.code, ERR_BAD_DATA);
            assert_says(e.message, ROWS[i].says);
        }
    }
}

static void the_format_is_found_without_a_name(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text;
        int64_t rows;
    } ROWS[] = {
        {"{\"id\":\"a\"}\n{\"id\":\"b\"}\n", 2},
        {" [{\"id\":\"c\"}]", 1},
        {"{\n\"id\":\"d\"\n}\n", 1},
        {"id;x\ne;1\n", 1},
        {"{\"records\":[{\"id\":\"g\"},{\"id\":\"h\"}]}\n", 2},
        {"", 0},
        {" \n\n", 0},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        heard h;
        check_report(import_text(f, "noname", ROWS[i].text, &h), ROWS[i].rows, ROWS[i].rows, 0);
    }
}

static void files_that_can_t_be_read_are_told_apart(void **state)
{
    fixture *f = *state;
    heard h;
    err e = {0};
    import_report r = {0};
    import_options o = {.path = "/none/at/all.csv", .kind = "demand"};
    assert_false(import(f, o, &r, &h, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    o.path = f->folder;
    assert_false(import(f, o, &r, &h, &e));
    assert_says(e.message, "directory");
}

static void every_row_must_have_a_kind_and_a_known_one(void **state)
{
    fixture *f = *state;
    heard h;
    err e = {0};
    import_report r = {0};
    value kinds = json("[{\"name\":\"demand\"},{\"name\":\"solution\"}]");
    const char text[] =
        "{\"id\":\"a\"}\n{\"id\":\"solutoin/b\"}\n{\"id\":\"c\",\"kind\":\"demand\"}\n";
    import_options o = {.path = file_of(f, "x.jsonl", text, strlen(text)), .kinds = &kinds};
    assert_true(import(f, o, &r, &h, &e));
    check_report(r, 3, 1, 2);
    assert_says(buf_text(&h.bad), "x.jsonl:1: the row does not say its kind");
    assert_says(buf_text(&h.bad),
                "x.jsonl:2: no plugin declares the kind \"solutoin\" [did you mean "
                "solution?]");
    buf_free(&h.bad);
    value_free(&kinds);
}

static void claims_are_stated_by_their_sources_and_the_rest_by_the_named_one(void **state)
{
    fixture *f = *state;
    heard h;
    err e = {0};
    import_report r = {0};
    put_json(f->st, "source/a", "{\"reliability\":\"B\"}", NULL);
    put_json(f->st, "source/b", "{\"reliability\":\"D\"}", NULL);
    const char text[] =
        "{\"id\":\"x\",\"regions\":99,\"title\":\"T\",\"claims\":["
        "{\"field\":\"regions\",\"value\":6,\"source\":\"source/b\",\"place\":\"p. 1\"},"
        "{\"field\":\"regions\",\"value\":7,\"source\":\"source/a\"}]}\n";
    import_options o = {
        .path = file_of(f, "x.jsonl", text, strlen(text)), .kind = "demand", .source = "source/b"};
    assert_true(import(f, o, &r, &h, &e));
    check_report(r, 1, 1, 0);
    assert_record(f->st, "demand/x",
                  "{\"id\":\"demand/x\",\"kind\":\"demand\",\"version\":1,\"regions\":7,"
                  "\"title\":\"T\"}");
    value claims = value_nil();
    assert_true(store_claims(f->st, "demand/x", &claims, &e));
    assert_int_equal(value_len(&claims), 3);
    assert_string_equal(value_get_str(value_at(&claims, 0), "place", ""), "p. 1");
    assert_string_equal(value_get_str(value_at(&claims, 2), "source", ""), "source/b");
    value_free(&claims);
    o.source = "source/none";
    assert_false(import(f, o, &r, &h, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
}

static void a_source_may_come_after_the_rows_that_rest_on_it(void **state)
{
    fixture *f = *state;
    heard h;
    import_report r = import_text(
        f, "x.jsonl",
        "{\"id\":\"x\",\"claims\":[{\"field\":\"n\",\"value\":6,\"source\":\"source/poor\"},"
        "{\"field\":\"n\",\"value\":7,\"source\":\"source/good\"}]}\n"
        "{\"id\":\"y\",\"claims\":[{\"field\":\"n\",\"value\":1,\"source\":\"source/none\"}]}\n"
        /* these two state something about each other */
        "{\"id\":\"source/poor\",\"reliability\":\"E\","
        "\"claims\":[{\"field\":\"note\",\"value\":\"p\",\"source\":\"source/good\"}]}\n"
        "{\"id\":\"source/good\",\"reliability\":\"B\","
        "\"claims\":[{\"field\":\"note\",\"value\":\"g\",\"source\":\"source/poor\"}]}\n"
        /* this one rests on a row that turns out bad */
        "{\"id\":\"z\",\"claims\":[{\"field\":\"n\",\"value\":1,\"source\":\"source/bad\"}]}\n"
        "{\"id\":\"source/bad\",\"claims\":[{\"field\":\"n\",\"value\":1,\"source\":\"source/"
        "none\"}]}\n",
        &h);
    check_report(r, 6, 3, 3);
    assert_record(f->st, "demand/x",
                  "{\"id\":\"demand/x\",\"kind\":\"demand\",\"version\":1,\"n\":7}");
    assert_says(buf_text(&h.bad),
                "x.jsonl:2: the source isn't known: there is no record source/none");
    assert_says(buf_text(&h.bad), "x.jsonl:5: ");
    assert_says(buf_text(&h.bad), "x.jsonl:6: ");
    assert_int_equal(h.safe, 3);
    buf_free(&h.bad);
    assert_whole(f->st);
}

static void broken_claims_are_bad_rows(void **state)
{
    fixture *f = *state;
    static const char *const ROWS[] = {
        "{\"id\":\"a\",\"claims\":5}",
        "{\"id\":\"a\",\"claims\":[5]}",
        "{\"id\":\"a\",\"claims\":[{\"field\":\"x\"}]}",
        "{\"id\":\"a\",\"claims\":[{\"value\":1}]}",
        "{\"id\":\"a\",\"claims\":[{\"field\":\"x\",\"value\":1,\"source\":5}]}",
        "{\"id\":\"a\",\"claims\":[{\"field\":\"x\",\"value\":1,\"source\":\"demand/b\"}]}",
        "{\"id\":\"a\",\"claims\":[{\"field\":\"x\",\"value\":1,\"date\":\"yesterday\"}]}",
        "{\"id\":\"a\",\"claims\":[{\"field\":\"id\",\"value\":1}]}",
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        heard h;
        check_report(import_text(f, "x.jsonl", ROWS[i], &h), 1, 0, 1);
        buf_free(&h.bad);
    }
}

static void a_dry_run_reports_everything_and_keeps_nothing(void **state)
{
    fixture *f = *state;
    heard h;
    err e = {0};
    import_report r = {0};
    const char text[] = "{\"id\":\"a\"}\n{\"id\":\"a b\"}\n";
    import_options o = {
        .path = file_of(f, "x.jsonl", text, strlen(text)), .kind = "demand", .dry_run = true};
    assert_true(import(f, o, &r, &h, &e));
    check_report(r, 2, 1, 1);
    assert_int_equal(h.safe, 0);
    bool there = true;
    assert_true(store_exists(f->st, "demand/a", &there, &e));
    assert_false(there);
    buf_free(&h.bad);
}

static void atomic_keeps_all_or_nothing(void **state)
{
    fixture *f = *state;
    heard h;
    err e = {0};
    import_report r = {0};
    buf text = {0};
    for (int i = 0; i < 1200; i++)
        buf_fmt(&text, "{\"id\":\"r%d\"}\n", i);
    import_options o = {
        .path = file_of(f, "x.jsonl", buf_text(&text), text.len), .kind = "demand", .atomic = true};
    assert_true(import(f, o, &r, &h, &e));
    check_report(r, 1200, 1200, 0);
    assert_int_equal(h.safe, 1200);
    buf_str(&text, "{\"id\":\"new\"}\nbroken\n");
    file_of(f, "x.jsonl", buf_text(&text), text.len);
    assert_true(import(f, o, &r, &h, &e));
    assert_int_equal(r.bad, 1);
    assert_int_equal(r.created + r.changed + r.same, 0);
    assert_int_equal(h.safe, 0);
    bool there = true;
    assert_true(store_exists(f->st, "demand/new", &there, &e));
    assert_false(there);
    buf_free(&h.bad);
    buf_free(&text);
}

static void commits_come_as_the_file_is_read(void **state)
{
    fixture *f = *state;
    heard h;
    buf text = {0};
    for (int i = 0; i < 2200; i++)
        buf_fmt(&text, "{\"id\":\"r%d\",\"x\":%d}\n", i, i);
    check_report(import_text(f, "x.jsonl", buf_text(&text), &h), 2200, 2200, 0);
    assert_true(h.commits >= 5);
    assert_int_equal(h.safe, 2200);
    buf_free(&text);
    assert_whole(f->st);
}

static void a_line_over_the_limit_is_one_bad_row(void **state)
{
    fixture *f = *state;
    heard h;
    buf text = {0};
    buf_str(&text, "{\"id\":\"a\"}\n{\"id\":\"b\",\"x\":\"");
    size_t len = 17 * 1048576;
    memset(buf_room(&text, len), 'x', len);
    text.len += len;
    buf_str(&text, "\"}\n{\"id\":\"c\"}\n");
    check_report(import_text(f, "x.jsonl", buf_text(&text), &h), 3, 2, 1);
    assert_says(buf_text(&h.bad), "x.jsonl:2: the line is longer than 16 MiB");
    buf_free(&h.bad);
    buf_free(&text);
}

static void the_store_failing_ends_the_import_with_what_was_safe(void **state)
{
    fixture *f = *state;
    heard h;
    err e = {0};
    import_report r = {0};
    buf text = {0};
    for (int i = 0; i < 3000; i++)
        buf_fmt(&text, "{\"id\":\"r%d\",\"x\":\"%0200d\"}\n", i, i);
    assert_true(db_exec(store_db(f->st), "pragma max_page_count = 300", &e));
    import_options o = {.path = file_of(f, "x.jsonl", buf_text(&text), text.len), .kind = "demand"};
    assert_false(import(f, o, &r, &h, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_says(e.message, "disk is full");
    int64_t count = 0;
    selection s = {.kind = "demand", .limit = -1};
    assert_true(store_count(f->st, &s, &count, &e));
    assert_int_equal(count, h.safe);
    assert_int_equal(r.created,
                     count); /* what was read after that was undone: it is no row of the store */
    assert_true(count > 0);
    assert_whole(f->st);
    buf_free(&text);
}

static const char OCDS[] = "../shared/data/ocds/";

/* The public samples next to the repository, where they are: every file is either read or refused
 * with its place. */
static void real_open_contracting_files_are_read(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *name;
        int64_t rows, bad;
    } ROWS[] = {
        {"bad-blank_line.jsonl", 2, 2},
        {"bad-empty_array.jsonl", 1, 1},
        {"bad-invalid_brace_last.jsonl", 2, 2},
        {"bad-invalid_utf8.jsonl", 1, 1},
        {"bad-mixed_lines_array.jsonl", 9, 9},
        {"bad-repeat_null_first.jsonl", 1, 1},
        {"fictional-1.1-01-planning.json", 1, 0},
        {"real-release-package-1.json", 2, 0},
        {"standard-change-history-record.json", 1, 1},
    };
    if (access(OCDS, R_OK) != 0) {
        print_message("skipped: no %s here\n", OCDS);
        skip();
    }
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s%s", OCDS, ROWS[i].name);
        heard h;
        err e = {0};
        import_report r = {0};
        bool ok = import(f, (import_options){.path = path, .kind = "release"}, &r, &h, &e);
        if (!ok || r.rows != ROWS[i].rows || r.bad != ROWS[i].bad)
            fail_msg("%s: %s, %d rows, %d bad: %s", ROWS[i].name, ok ? "read" : e.message,
                     (int)r.rows, (int)r.bad, buf_text(&h.bad));
        buf_free(&h.bad);
    }
    assert_whole(f->st);
}

static void real_topics_and_awards_are_read_whole(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *path, *kind;
        int64_t rows;
    } ROWS[] = {{"../shared/data/sbir/demands.jsonl", "demand", 767},
                {"../shared/data/sbir/solutions.jsonl", "solution", 1810}};
    for (size_t i = 0; i < 2; i++) {
        heard h;
        err e = {0};
        import_report r = {0};
        if (access(ROWS[i].path, R_OK) != 0) {
            print_message("skipped: no %s here\n", ROWS[i].path);
            skip();
        }
        if (!import(f, (import_options){.path = ROWS[i].path, .kind = ROWS[i].kind}, &r, &h, &e))
            fail_msg("%s (%s)", e.message, e.where);
        if (r.bad)
            print_message("%s", buf_text(&h.bad));
        check_report(r, ROWS[i].rows, ROWS[i].rows, 0);
    }
}

static const char KIND[] =
    "[{\"name\":\"demand\",\"fields\":[{\"name\":\"title\",\"type\":\"text\",\"required\":true},"
    "{\"name\":\"trl\",\"type\":\"integer\",\"maximum\":9},{\"name\":\"budget\",\"type\":\"money\"}"
    ","
    "{\"name\":\"deadline\",\"type\":\"date\"}]}]";

static void note_unknown(void *ctx, const char *kind, const char *field, const char *nearest,
                         int64_t rows)
{
    heard *h = ctx;
    buf_fmt(&h->bad, "%s.%s %s %lld\n", kind, field, nearest ? nearest : "-", (long long)rows);
}

static import_report import_checked(fixture *f, const char *name, const char *text, heard *h)
{
    err e = {0};
    import_report report = {0};
    value kinds = json(KIND);
    if (!kinds_save(f->st, &kinds, &e))
        fail_msg("%s", e.message);
    import_options o = {.path = file_of(f, name, text, strlen(text)),
                        .kind = "demand",
                        .kinds = &kinds,
                        .unknown_field = note_unknown};
    if (!import(f, o, &report, h, &e))
        fail_msg("%s: %s (%s)", name, e.message, e.where);
    value_free(&kinds);
    return report;
}

static void values_that_are_not_what_the_kind_declares_make_a_bad_row(void **state)
{
    fixture *f = *state;
    heard h;
    import_report r = import_checked(
        f, "typed.jsonl",
        "{\"id\":\"a\",\"title\":\"A\",\"trl\":\"7\"}\n"
        "{\"id\":\"b\",\"title\":\"B\",\"trl\":12}\n"
        "{\"id\":\"c\",\"trl\":3}\n"
        "{\"id\":\"d\",\"title\":\"D\",\"budget\":1200}\n"
        "{\"id\":\"e\",\"title\":\"E\",\"deadline\":\"23-2-2026\"}\n"
        "{\"id\":\"f\",\"title\":\"F\",\"claims\":[{\"field\":\"trl\",\"value\":\"x\"}]}\n"
        "{\"id\":\"g\",\"title\":\"G\",\"trl\":3,"
        "\"budget\":{\"amount\":1,\"currency\":\"EUR\"}}\n",
        &h);
    check_report(r, 7, 1, 6);
    static const char *const SAYS[] = {
        "typed.jsonl:1: demand/a: trl: expected an integer of at most 9, got \"7\"",
        "typed.jsonl:2: demand/b: trl: expected an integer of at most 9, got 12",
        "typed.jsonl:3: demand/c: title: expected a value, got nothing",
        "typed.jsonl:4: demand/d: budget: expected money, got 1200",
        "typed.jsonl:5: demand/e: deadline: expected a date",
        "typed.jsonl:6: demand/f: trl: expected an integer",
    };
    for (size_t i = 0; i < sizeof SAYS / sizeof SAYS[0]; i++)
        assert_says(buf_text(&h.bad), SAYS[i]);
    buf_free(&h.bad);
    assert_whole(f->st);
}

static void cells_of_money_and_dates_become_what_their_kind_declares(void **state)
{
    fixture *f = *state;
    heard h;
    import_report r = import_checked(f, "sheet.csv",
                                     "title;budget;deadline\r\n"
                                     "A;\"\xe2\x82\xac 1.200,50\";23-2-2026\r\n"
                                     "B;1200;\r\n"
                                     "C;EUR 5;2/3/2026\r\n",
                                     &h);
    check_report(r, 3, 1, 2);
    assert_says(buf_text(&h.bad),
                "sheet.csv:3: demand/b: column budget: expected money with its currency");
    assert_says(buf_text(&h.bad), "sheet.csv:4: demand/c: column deadline: expected a date");
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1,"
                  "\"budget\":{\"amount\":1200.5,\"currency\":\"EUR\"},"
                  "\"deadline\":\"2026-02-23\",\"title\":\"A\"}");
    buf_free(&h.bad);
}

static void fields_that_no_kind_declares_are_kept_and_told_once_each(void **state)
{
    fixture *f = *state;
    heard h;
    import_report r = import_checked(f, "ahead.jsonl",
                                     "{\"id\":\"a\",\"title\":\"A\",\"bugdet\":1}\n"
                                     "{\"id\":\"b\",\"title\":\"B\",\"bugdet\":2,\"qq\":3}\n"
                                     "{\"id\":\"c\",\"title\":\"C\"}\n",
                                     &h);
    check_report(r, 3, 3, 0);
    assert_string_equal(buf_text(&h.bad), "demand.bugdet budget 2\ndemand.qq - 1\n");
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1,\"bugdet\":1,"
                  "\"title\":\"A\"}");
    buf_free(&h.bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(values_that_are_not_what_the_kind_declares_make_a_bad_row),
        T(cells_of_money_and_dates_become_what_their_kind_declares),
        T(fields_that_no_kind_declares_are_kept_and_told_once_each),
        T(jsonl_rows_are_kept_and_bad_ones_named_by_line),
        T(a_row_may_use_the_id_of_a_bad_row_before_it),
        T(two_rows_with_one_title_ask_for_an_id_column),
        T(json_files_hold_a_list_an_object_around_one_or_one_record),
        T(a_broken_json_file_gives_its_place_and_nothing_is_read),
        T(what_is_not_text_is_told_apart),
        T(the_format_is_found_without_a_name),
        T(files_that_can_t_be_read_are_told_apart),
        T(every_row_must_have_a_kind_and_a_known_one),
        T(claims_are_stated_by_their_sources_and_the_rest_by_the_named_one),
        T(a_source_may_come_after_the_rows_that_rest_on_it),
        T(broken_claims_are_bad_rows),
        T(a_dry_run_reports_everything_and_keeps_nothing),
        T(atomic_keeps_all_or_nothing),
        T(commits_come_as_the_file_is_read),
        T(a_line_over_the_limit_is_one_bad_row),
        T(the_store_failing_ends_the_import_with_what_was_safe),
        T(real_open_contracting_files_are_read),
        T(real_topics_and_awards_are_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
