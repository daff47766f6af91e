#include "support.h"

#include "store/index.h"
#include "store/kinds.h"
#include "store/search.h"

static const char KIND[] =
    "[{\"name\":\"thing\",\"fields\":[{\"name\":\"title\",\"type\":\"text\"},"
    "{\"name\":\"description\",\"type\":\"text\"},{\"name\":\"url\",\"type\":\"url\"},"
    "{\"name\":\"tags\",\"type\":\"term\",\"many\":true,"
    "\"terms\":[{\"name\":\"hydrogen\",\"nl\":\"waterstof\",\"en\":\"hydrogen\"}]}]}]";

static int setup_records(void **state)
{
    setup(state);
    fixture *f = *state;
    err e = {0};
    value kinds = json(KIND);
    assert_true(kinds_save(f->st, &kinds, &e));
    value_free(&kinds);
    put_json(
        f->st, "thing/boot",
        "{\"title\":\"Onbemande boten\",\"description\":\"Vaart zelf door de haven van Den Helder, "
        "met patrouilles bij nacht\"}",
        NULL);
    put_json(
        f->st, "thing/drone",
        "{\"title\":\"Inspection drone\",\"description\":\"Inspects cafés and façades near the "
        "harbour; no boten\",\"url\":\"https://zebra.example\"}",
        NULL);
    put_json(f->st, "thing/cel", "{\"title\":\"Brandstofcel\",\"tags\":[\"hydrogen\"]}", NULL);
    put_json(f->st, "other/x", "{\"any\":[\"een geïsoleerde kade\",{\"deep\":\"ponton\"}],\"n\":4}",
             NULL);
    return 0;
}

static bool add_id(void *ctx, const value *record, const char *snippet, err *e)
{
    (void)e;
    assert_true(strlen(snippet) > 0);
    buf_fmt(ctx, "%s ", value_get_str(record, "id", "?"));
    return true;
}

static void assert_finds(store *st, const char *text, const char *kind, int64_t limit,
                         const char *ids)
{
    err e = {0};
    buf got = {0};
    const search_request r = {.text = text, .kind = kind, .limit = limit};
    if (!store_search(st, &r, add_id, &got, &e))
        fail_msg("%s: %s", text, e.message);
    if (strcmp(buf_text(&got), ids) != 0)
        fail_msg("%s: found %s, not %s", text, buf_text(&got), ids);
    buf_free(&got);
}

static void assert_pages(store *st, const char *text, int64_t limit, const char *ids)
{
    buf got = {0};
    char *after = NULL, *next = NULL;
    do {
        err e = {0};
        const search_request r = {.text = text, .limit = limit, .after = after};
        if (!store_search_page(st, &r, add_id, &got, &next, &e))
            fail_msg("%s", e.message);
        buf_str(&got, next ? "| " : "");
        free(after);
        after = next;
    } while (after);
    assert_string_equal(buf_text(&got), ids);
    buf_free(&got);
}

/* The same words, so the same rank: ties are told by id. */
static void a_page_begins_where_the_one_before_ended(void **state)
{
    fixture *f = *state;
    err e = {0};
    for (const char *id = "54321"; *id; id++) {
        char name[] = "other/?";
        name[6] = *id;
        put_json(f->st, name,
                 *id == '3' ? "{\"any\":\"zandbank ergens in de stroom\"}"
                            : "{\"any\":\"zandbank\"}",
                 NULL);
    }
    assert_pages(f->st, "zandbank", 2, "other/1 other/2 | other/4 other/5 | other/3 ");
    assert_pages(f->st, "zandbank", 5, "other/1 other/2 other/4 other/5 other/3 ");
    assert_pages(f->st, "zandbank", 1, "other/1 | other/2 | other/4 | other/5 | other/3 ");
    const search_request r = {.text = "zandbank", .limit = 1, .after = "nonsense"};
    buf got = {0};
    assert_false(store_search_page(f->st, &r, add_id, &got, NULL, &e));
    assert_int_equal(e.code, ERR_USAGE);
    buf_free(&got);
}

static void words_meet_whatever_their_form_case_and_accents(void **state)
{
    fixture *f = *state;
    static const char *const ROWS[][2] = {
        {"boot", "thing/boot thing/drone "},
        {"BOTEN", "thing/boot thing/drone "},
        {"onbemand", "thing/boot "},
        {"patrouille", "thing/boot "},
        {"inspect", "thing/drone "},
        {"inspections", "thing/drone "},
        {"cafe", "thing/drone "},
        {"CAFÉ", "thing/drone "},
        {"facade", "thing/drone "},
        {"façades", "thing/drone "},
        {"geisoleerde", "other/x "},
        {"geïsoleerd", "other/x "},
        {"ponton", "other/x "},
        {"waterstof", "thing/cel "},
        {"hydrogen", "thing/cel "},
        {"zebra", ""}, /* addresses are no texts */
        {"vliegtuig", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_finds(f->st, ROWS[i][0], NULL, -1, ROWS[i][1]);
}

static void all_words_must_be_there_phrases_in_order_and_excluded_ones_not(void **state)
{
    fixture *f = *state;
    static const char *const ROWS[][2] = {
        {"haven helder", "thing/boot "},
        {"haven drone", ""},
        {"\"den helder\"", "thing/boot "},
        {"\"helder den\"", ""},
        {"\"haven van den helder\"", "thing/boot "}, /* "van" says nothing */
        {"boot -drone", "thing/boot "},
        {"boot -\"den helder\"", "thing/drone "},
        {"boot -drone -haven", ""},
        {"de boten van", "thing/boot thing/drone "},
        {"boot -de", "thing/boot thing/drone "},
        {"patrouilles-nacht", "thing/boot "}, /* joined words are a phrase */
        {"nacht-patrouilles", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_finds(f->st, ROWS[i][0], NULL, -1, ROWS[i][1]);
}

static void nothing_that_people_type_is_an_error_of_syntax(void **state)
{
    fixture *f = *state;
    static const char *const ROWS[] = {
        "boot\"",
        "\"boot",
        "boot OR drone",
        "boot AND",
        "title:boot",
        "boot*",
        "(boot",
        "boot)",
        "^boot + NEAR(boot, 2)",
        "boot \"\" -",
        "{boot}:",
        "'; drop table search; --boot",
        "boot \xc3\x28",
        "-- boot",
        "boot--",
        "\"boot\"\"boot\"",
        "boot\\",
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        err e = {0};
        buf got = {0};
        const search_request r = {.text = ROWS[i], .limit = -1};
        if (!store_search(f->st, &r, add_id, &got, &e))
            fail_msg("%s: %s", ROWS[i], e.message);
        buf_free(&got);
    }
    assert_finds(f->st, "boot\"", NULL, -1, "thing/boot thing/drone ");
    assert_finds(f->st, "(boot* AND", NULL, -1, "thing/boot thing/drone ");
    static const char *const EMPTY[] = {"",           "  ",    "\"\"",   "-",
                                        "de het the", "-boot", "\" -\"", "!?"};
    for (size_t i = 0; i < sizeof EMPTY / sizeof *EMPTY; i++) {
        err e = {0};
        const search_request r = {.text = EMPTY[i], .limit = -1};
        if (store_search(f->st, &r, add_id, NULL, &e))
            fail_msg("\"%s\" looks for something", EMPTY[i]);
        assert_int_equal(e.code, ERR_USAGE);
        assert_says(e.message, "no word to look for");
    }
}

static void a_title_weighs_more_and_ties_go_by_id(void **state)
{
    fixture *f = *state;
    assert_finds(f->st, "boten", NULL, 1, "thing/boot ");
    put_json(f->st, "thing/b", "{\"title\":\"Kraan\"}", NULL);
    put_json(f->st, "thing/a", "{\"title\":\"Kraan\"}", NULL);
    put_json(f->st, "other/c", "{\"title\":\"Kraan\"}", NULL);
    assert_finds(f->st, "kraan", NULL, -1, "other/c thing/a thing/b ");
    assert_finds(f->st, "kraan", NULL, 2, "other/c thing/a ");
    assert_finds(f->st, "kraan", "thing", -1, "thing/a thing/b ");
}

static void the_index_follows_every_change(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "thing/boot", "{\"title\":\"Ferry\"}", NULL);
    assert_finds(f->st, "onbemande", NULL, -1, "");
    assert_finds(f->st, "ferries", NULL, -1, "thing/boot ");
    assert_true(store_delete(f->st, "thing/boot", &e));
    assert_finds(f->st, "ferry", NULL, -1, "");
    put_json(f->st, "thing/boot", "{\"title\":\"Ferry\"}", NULL);
    assert_finds(f->st, "ferry", NULL, -1, "thing/boot ");
    assert_true(store_begin(f->st, &e));
    put_json(f->st, "thing/boot", "{\"title\":\"Veerpont\"}", NULL);
    store_rollback(f->st);
    assert_finds(f->st, "veerpont", NULL, -1, "");
    assert_finds(f->st, "ferry", NULL, -1, "thing/boot ");
    reopen(f);
    assert_finds(f->st, "ferry", NULL, -1, "thing/boot ");
}

static void a_text_that_another_source_wins_is_found_and_the_loser_not(void **state)
{
    fixture *f = *state;
    put_json(f->st, "source/good", "{\"reliability\":\"A\",\"date\":\"2026-01-01\"}", NULL);
    put_json(f->st, "source/poor", "{\"reliability\":\"F\"}", NULL);
    put_json(f->st, "thing/m", "{\"title\":\"Motor\"}", "source/good");
    put_json(f->st, "thing/m", "{\"title\":\"Turbine\"}", "source/poor");
    assert_finds(f->st, "turbine", NULL, -1, "");
    put_json(f->st, "source/poor", "{\"reliability\":\"A\",\"date\":\"2026-02-01\"}", NULL);
    assert_finds(f->st, "turbine", NULL, -1, "thing/m ");
    assert_finds(f->st, "motor", NULL, -1, "");
}

static bool keep_snippet(void *ctx, const value *record, const char *snippet, err *e)
{
    (void)record, (void)e;
    buf_str(ctx, snippet);
    return true;
}

static void the_snippet_has_the_words_in_it_on_one_line(void **state)
{
    fixture *f = *state;
    err e = {0};
    buf long_text = {0}, got = {0};
    buf_str(&long_text, "{\"description\":\"");
    for (int i = 0; i < 200; i++)
        buf_str(&long_text, i == 120 ? "een \\n\\t periscoop in zee " : "vulling zonder nut ");
    buf_str(&long_text, "\"}");
    put_json(f->st, "thing/long", buf_text(&long_text), NULL);
    const search_request r = {.text = "periscoop", .limit = -1};
    assert_true(store_search(f->st, &r, keep_snippet, &got, &e));
    assert_says(buf_text(&got), "periscoop in zee");
    assert_true(got.len < 400);
    assert_null(strpbrk(buf_text(&got), "\n\t"));
    buf_free(&long_text);
    buf_free(&got);
}

static bool file_has(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    buf all = {0};
    char chunk[4096];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buf_add(&all, chunk, got);
    fclose(file);
    bool has = all.len > 0 && memmem(all.data, all.len, bytes, strlen(bytes));
    buf_free(&all);
    return has;
}

/* The words alone: what else holds them is not of this file. */
static void scrubbing_leaves_no_byte_of_what_went(void **state)
{
    fixture *f = *state;
    err e = {0};
    for (int i = 0; i < 40; i++) {
        char id[32], fields[96];
        snprintf(id, sizeof id, "thing/r%d", i);
        snprintf(fields, sizeof fields, "{\"title\":\"xylofonist zzgeheim%d\"}", i);
        put_json(f->st, id, fields, NULL);
    }
    assert_true(store_begin(f->st, &e));
    for (int i = 0; i < 40; i++) {
        char id[32];
        snprintf(id, sizeof id, "thing/r%d", i);
        assert_true(index_write(f->st, id, NULL, &e));
    }
    assert_true(db_exec(store_db(f->st),
                        "update event set data = null, salt = null;"
                        "delete from claim where field = 'title' and record like 'thing/r%';"
                        "update record set data = '{}' where id like 'thing/r%'",
                        &e));
    assert_true(index_scrub(f->st, &e));
    assert_true(store_commit(f->st, &e));
    db_exec(store_db(f->st), "delete from version", NULL);
    assert_true(db_exec(store_db(f->st), "vacuum; pragma wal_checkpoint(truncate)", &e));
    assert_false(file_has(f->path, "xylofonist"));
    assert_false(file_has(f->path, "zzgeheim"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup_records, teardown)
        T(a_page_begins_where_the_one_before_ended),
        T(words_meet_whatever_their_form_case_and_accents),
        T(all_words_must_be_there_phrases_in_order_and_excluded_ones_not),
        T(nothing_that_people_type_is_an_error_of_syntax),
        T(a_title_weighs_more_and_ties_go_by_id),
        T(the_index_follows_every_change),
        T(a_text_that_another_source_wins_is_found_and_the_loser_not),
        T(the_snippet_has_the_words_in_it_on_one_line),
        T(scrubbing_leaves_no_byte_of_what_went),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
