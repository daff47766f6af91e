#include "support.h"

#include "base/file.h"
#include "base/log.h"
#include "store/import.h"
#include "store/select.h"

static void note_bad(void *ctx, const err *why)
{
    const char *name = strrchr(why->where, '/');
    buf_fmt(ctx, "%s: %s\n", name ? name + 1 : why->where, why->message);
}

static bool import_bytes(fixture *f, const char *text, size_t len, const value *kinds,
                         import_report *report, buf *bad, err *e)
{
    char path[128];
    snprintf(path, sizeof path, "%s/x.csv", f->folder);
    write_file(path, text, len);
    import_options o = {
        .path = path, .kind = "row", .kinds = kinds, .bad_row = note_bad, .ctx = bad};
    buf_clear(bad);
    return import_file(f->st, &o, report, e);
}

static bool add_record(void *ctx, const value *record, err *e)
{
    (void)e;
    value copy = value_copy(record);
    value_drop(&copy, "kind");
    value_drop(&copy, "version");
    json_write(ctx, &copy);
    buf_char(ctx, '\n');
    value_free(&copy);
    return true;
}

/* The rows of `text` as records, one JSON line each, compared with `expected`; then the bad rows.
 */
static void check(fixture *f, const char *text, const char *expected, const char *expected_bad)
{
    err e = {0};
    import_report report = {0};
    buf bad = {0}, got = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/rows.db", f->folder);
    store *keep = f->st;
    f->st = open_at(path);
    if (!import_bytes(f, text, strlen(text), NULL, &report, &bad, &e))
        fail_msg("%s: %s (%s)", text, e.message, e.where);
    selection s = {.kind = "row", .limit = -1};
    assert_true(store_select(f->st, &s, add_record, &got, &e));
    assert_string_equal(buf_text(&got), expected);
    assert_string_equal(buf_text(&bad), expected_bad);
    store_close(f->st);
    f->st = keep;
    unlink(path);
    buf_free(&bad);
    buf_free(&got);
}

static void the_usual_forms_are_read(void **state)
{
    static const struct {
        const char *text, *expected, *bad;
    } ROWS[] = {
        {"id,a,b\nx,1,two\n", "{\"id\":\"row/x\",\"a\":1,\"b\":\"two\"}\n", ""},
        {"\xef\xbb\xbfid;a\r\nx;1\r\n", "{\"id\":\"row/x\",\"a\":1}\n", ""},
        {"sep=;\r\nid;a\r\nx;\"1;2\"\r\n", "{\"id\":\"row/x\",\"a\":\"1;2\"}\n", ""},
        {"sep=|\nid|a;b\nx|1\n", "{\"id\":\"row/x\",\"a_b\":1}\n", ""},
        {"id\ta\nx\t1,5\n", "{\"id\":\"row/x\",\"a\":\"1,5\"}\n", ""},
        {"id,a\nx,\"Once upon \r\na \"\"time\"\"\"\n",
         "{\"id\":\"row/x\",\"a\":\"Once upon \\na \\\"time\\\"\"}\n", ""},
        {"id,a\n  x   ,  padded  \n", "{\"id\":\"row/x\",\"a\":\"padded\"}\n", ""},
        {"id,a\nx, \"quoted, padded \" \n", "{\"id\":\"row/x\",\"a\":\"quoted, padded\"}\n", ""},
        {"id,a\nx,\n", "{\"id\":\"row/x\"}\n", ""},
        {"id,a\nx,\"\"\n", "{\"id\":\"row/x\"}\n", ""},
        {"id,a\nx,5\" pipe\n", "{\"id\":\"row/x\",\"a\":\"5\\\" pipe\"}\n", ""},
        {"id,a\n\n,\nx,1\n\n", "{\"id\":\"row/x\",\"a\":1}\n", ""},
        {"id,a\nx,1", "{\"id\":\"row/x\",\"a\":1}\n", ""},
        {"id,\"Dichtheid (per km\xc2\xb2)\",'s-Gravenhage,Code_1\nx,1,2,3\n",
         "{\"id\":\"row/x\",\"code_1\":3,\"dichtheid_per_km2\":1,\"s_gravenhage\":2}\n", ""},
        {"ID,Naam\n0012,Caf\xe9 \x80\n",
         "{\"id\":\"row/0012\",\"naam\":\"Caf\xc3\xa9 \xe2\x82\xac\"}\n", ""},
        {"title,n\nNiels,1\n", "{\"id\":\"row/niels\",\"n\":1,\"title\":\"Niels\"}\n", ""},
        {"id,version,a\nx,3,1\n", "{\"id\":\"row/x\",\"a\":1}\n", ""},
        {"", "", ""},
        {"id,a\n", "", ""},
        {"\n\n", "", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        check(*state, ROWS[i].text, ROWS[i].expected, ROWS[i].bad);
}

static void a_bad_row_costs_no_other(void **state)
{
    static const struct {
        const char *text, *expected, *bad;
    } ROWS[] = {
        {"id,a\nx,1,2\ny\nz,3\n", "{\"id\":\"row/z\",\"a\":3}\n",
         "x.csv:2: the row has 3 cells, the header 2\nx.csv:3: the row has 1 cells, the header "
         "2\n"},
        {"id,a\nx,\"1\ny,2\nz,3\n", "{\"id\":\"row/y\",\"a\":2}\n{\"id\":\"row/z\",\"a\":3}\n",
         "x.csv:2: the row can't be read: a quote that opens in it is never closed\n"},
        {"id,a,b\nx,\"1,2\ny,\"def\",3\nz,1,2\n",
         "{\"id\":\"row/y\",\"a\":\"def\",\"b\":3}\n{\"id\":\"row/z\",\"a\":1,\"b\":2}\n",
         "x.csv:2: the row can't be read: there is text after a closing quote\n"},
        {"id,a\nx,\"1\" 2\ny,2\n", "{\"id\":\"row/y\",\"a\":2}\n",
         "x.csv:2: the row can't be read: there is text after a closing quote\n"},
        {"id,a\nx,\"1\n2\"\nx,2\n", "{\"id\":\"row/x\",\"a\":\"1\\n2\"}\n",
         "x.csv:4: the id row/x is used twice in this file, first at line 2\n"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        check(*state, ROWS[i].text, ROWS[i].expected, ROWS[i].bad);
}

static void a_bad_header_ends_the_import(void **state)
{
    static const struct {
        const char *text, *says;
    } ROWS[] = {
        {"id,,b\nx,1,2\n", "column 2 has no name"},
        {"id,A b,a_b\nx,1,2\n", "columns 2 and 3 are both called a_b"},
        {"id,claims\nx,1\n", "claims"},
        {"id,\"a\nx,1\n", "never closed"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        err e = {0};
        import_report report = {0};
        buf bad = {0};
        assert_false(
            import_bytes(*state, ROWS[i].text, strlen(ROWS[i].text), NULL, &report, &bad, &e));
        assert_int_equal(e.code, ERR_BAD_DATA);
        assert_says(e.message, ROWS[i].says);
        assert_says(e.where, "x.csv:1");
        buf_free(&bad);
    }
}

static void declared_kinds_give_the_cells_their_types(void **state)
{
    fixture *f = *state;
    err e = {0};
    import_report report = {0};
    buf bad = {0};
    value kinds =
        json("[{\"name\":\"row\",\"fields\":[{\"name\":\"trl\",\"type\":\"integer\"},"
             "{\"name\":\"themes\",\"type\":\"term\",\"many\":true},"
             "{\"name\":\"code\",\"type\":\"text\"},{\"name\":\"open\",\"type\":\"boolean\"}]},"
             "{\"name\":\"other\",\"fields\":[{\"name\":\"code\",\"type\":\"integer\"}]}]");
    static const char text[] = "id;trl;themes;code;open\n"
                               "a;1.200;\"safety; digital\";12;ja\n"
                               "b;high;;;\n"
                               "other/c;;;12;\n";
    assert_true(import_bytes(f, text, strlen(text), &kinds, &report, &bad, &e));
    assert_string_equal(buf_text(&bad),
                        "x.csv:3: row/b: column trl: expected a whole number, got \"high\"\n");
    assert_record(f->st, "row/a",
                  "{\"id\":\"row/a\",\"kind\":\"row\",\"version\":1,\"code\":\"12\",\"open\":true,"
                  "\"themes\":[\"safety\",\"digital\"],\"trl\":1200}");
    assert_record(f->st, "other/c",
                  "{\"id\":\"other/c\",\"kind\":\"other\",\"version\":1,\"code\":12}");
    buf_free(&bad);
    value_free(&kinds);
}

static void count_lines(void *ctx, log_level level, const char *line)
{
    if (level == LOG_INFO && strstr(line, "Windows-1252"))
        ++*(int *)ctx;
}

static void another_encoding_is_told_once(void **state)
{
    fixture *f = *state;
    err e = {0};
    import_report report = {0};
    buf bad = {0};
    int told = 0;
    static const char text[] = "id;a\nx;caf\xe9\ny;caf\xc3\xa9\nz;\xeb\n";
    log_set_level(LOG_INFO);
    log_set_sink(count_lines, &told);
    assert_true(import_bytes(f, text, strlen(text), NULL, &report, &bad, &e));
    log_set_sink(NULL, NULL);
    log_set_level(LOG_WARN);
    assert_int_equal(told, 1);
    assert_record(f->st, "row/x",
                  "{\"id\":\"row/x\",\"kind\":\"row\",\"version\":1,\"a\":\"caf\xc3\xa9\"}");
    assert_record(f->st, "row/y",
                  "{\"id\":\"row/y\",\"kind\":\"row\",\"version\":1,\"a\":\"caf\xc3\xa9\"}");
    buf_free(&bad);
}

static void random_bytes_never_lose_a_good_row_unseen(void **state)
{
    fixture *f = *state;
    static const char ALPHABET[] = "ab1\"\"\",,;\n\n\r \xe9\xc3\xa9";
    unsigned seed = (unsigned)clock_now_ms();
    printf("seed %u\n", seed);
    for (int i = 0; i < 300; i++) {
        err e = {0};
        import_report r = {0};
        buf text = {0}, bad = {0};
        buf_str(&text, "id,a\n");
        for (int n = rand_r(&seed) % 200; n > 0; n--)
            buf_char(&text, ALPHABET[(size_t)rand_r(&seed) % (sizeof ALPHABET - 1)]);
        buf_fmt(&text, "\nlast%d,1\n", i);
        if (!import_bytes(f, buf_text(&text), text.len, NULL, &r, &bad, &e))
            fail_msg("%s", e.message);
        assert_int_equal(r.rows, r.created + r.changed + r.same + r.bad);
        char id[32];
        bool there = false;
        snprintf(id, sizeof id, "row/last%d", i);
        assert_true(store_exists(f->st, id, &there, &e));
        assert_true(there);
        buf_free(&text);
        buf_free(&bad);
    }
}

static const char CSV[] = "../shared/data/csv/";

static void real_files_of_many_makers_are_read(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *name, *first;
        int64_t rows, bad;
    } ROWS[] = {
        {"cbs-gebieden-2024-gemeenten.csv", "row/0", 342, 0},
        {"spectrum-empty_crlf.csv", NULL, 2, 2},
        {"spectrum-newlines.csv", NULL, 3, 3},
        {"papaparse-utf-8-bom-sample.csv", NULL, 1, 1},
    };
    if (access(CSV, R_OK) != 0) {
        print_message("skipped: no %s here\n", CSV);
        skip();
    }
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s%s", CSV, ROWS[i].name);
        err e = {0};
        import_report r = {0};
        buf bad = {0};
        import_options o = {.path = path, .kind = "row", .bad_row = note_bad, .ctx = &bad};
        bool ok = import_file(f->st, &o, &r, &e);
        bool there = false;
        if (!ok || r.rows != ROWS[i].rows || r.bad != ROWS[i].bad)
            fail_msg("%s: %s %d rows, %d bad: %s", path, e.message, (int)r.rows, (int)r.bad,
                     buf_text(&bad));
        if (ROWS[i].first)
            assert_true(store_exists(f->st, ROWS[i].first, &there, &e) && there);
        buf_free(&bad);
    }
}

/* The same municipalities as Dutch Excel writes them: their names come out of Windows-1252 whole.
 */
static void a_dutch_spreadsheet_s_file_is_read(void **state)
{
    fixture *f = *state;
    char path[200];
    snprintf(path, sizeof path, "%sderived-gemeenten-excel-nl-cp1252.csv", CSV);
    if (access(path, R_OK) != 0) {
        print_message("skipped: no %s here\n", path);
        skip();
    }
    value kinds =
        json("[{\"name\":\"row\",\"fields\":[{\"name\":\"inwonertal\",\"type\":\"integer\"},"
             "{\"name\":\"dichtheid_adressen_km2\",\"type\":\"decimal\"}]}]");
    err e = {0};
    import_report r = {0};
    buf bytes = {0}, bad = {0}, named = {0};
    assert_true(file_read(path, 1 << 20, &bytes, &e));
    const char *column = strstr(buf_text(&bytes), "Gemeentecode");
    assert_non_null(column);
    buf_add(&named, bytes.data, (size_t)(column - bytes.data));
    buf_str(&named, "id");
    buf_str(&named, column + strlen("Gemeentecode"));
    assert_true(import_bytes(f, buf_text(&named), named.len, &kinds, &r, &bad, &e));
    assert_string_equal(buf_text(&bad), "");
    assert_int_equal(r.created, 342);
    assert_record(f->st, "row/GM1900",
                  "{\"id\":\"row/GM1900\",\"kind\":\"row\",\"version\":1,"
                  "\"corop\":\"Zuidwest-Friesland\",\"dichtheid_adressen_km2\":855,"
                  "\"gemeente\":\"S\xc3\xba\x64west-Frysl\xc3\xa2n\",\"inwonertal\":90421,"
                  "\"landsdeel\":\"Noord-Nederland\",\"provincie\":\"Frysl\xc3\xa2n\","
                  "\"provinciecode\":\"PV21\"}");
    buf_free(&bytes);
    buf_free(&named);
    buf_free(&bad);
    value_free(&kinds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(the_usual_forms_are_read),           T(a_bad_row_costs_no_other),
        T(a_bad_header_ends_the_import),       T(declared_kinds_give_the_cells_their_types),
        T(another_encoding_is_told_once),      T(random_bytes_never_lose_a_good_row_unseen),
        T(real_files_of_many_makers_are_read), T(a_dutch_spreadsheet_s_file_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
