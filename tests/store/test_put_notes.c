#include "support.h"

#include "store/kinds.h"
#include "store/put_notes.h"
#include "store/settle.h"

static const char KIND[] =
    "[{\"name\":\"thing\",\"fields\":[{\"name\":\"title\",\"type\":\"text\"},"
    "{\"name\":\"owner\",\"type\":\"reference\",\"kind\":\"thing\"},"
    "{\"name\":\"themes\",\"type\":\"term\",\"many\":true,\"open\":true,"
    "\"terms\":[{\"name\":\"drones\"},{\"name\":\"sensors\"}]},"
    "{\"name\":\"faith\",\"type\":\"term\",\"open\":true,\"personal\":true,"
    "\"terms\":[{\"name\":\"none\"}]}]}]";

static int setup_kind(void **state)
{
    setup(state);
    fixture *f = *state;
    err e = {0};
    value kinds = json(KIND);
    assert_true(kinds_save(f->st, &kinds, &e));
    value_free(&kinds);
    put_json(f->st, "source/good", "{\"reliability\":\"A\"}", NULL);
    put_json(f->st, "source/bad", "{\"reliability\":\"E\"}", NULL);
    return 0;
}

/* Puts that, and gives what there is to tell of it. */
static char *notes(fixture *f, const char *id, const char *fields, const char *source)
{
    err e = {0};
    value map = json(fields), told = value_nil();
    const statement said = {.id = id, .fields = &map, .source = source};
    if (!store_put(f->st, &said, NULL, &e) || !put_notes(f->st, &said, &told, &e))
        fail_msg("%s", e.message);
    char *text = text_of(&told);
    value_free(&told);
    value_free(&map);
    return text;
}

static void assert_notes(fixture *f, const char *fields, const char *source, const char *expected)
{
    char *text = notes(f, "thing/a", fields, source);
    assert_string_equal(text, expected);
    free(text);
}

static void a_change_that_says_what_it_means_has_no_notes(void **state)
{
    fixture *f = *state;
    put_json(f->st, "thing/b", "{}", NULL);
    assert_notes(f, "{\"title\":\"x\",\"owner\":\"thing/b\",\"themes\":[\"drones\"]}", NULL, "[]");
    assert_notes(f, "{\"title\":null}", NULL, "[]");
    assert_notes(f, "{\"faith\":\"some\"}", NULL, "[]"); /* what is personal stands in no warning */
}

static void names_that_no_kind_has_are_told_with_the_nearest(void **state)
{
    fixture *f = *state;
    assert_notes(f, "{\"titel\":\"x\"}", NULL,
                 "[{\"note\":\"undeclared_field\",\"field\":\"titel\",\"message\":\"the kind thing "
                 "has no field \\\"titel\\\"\",\"hint\":\"did you mean \\\"title\\\"?\"}]");
    assert_notes(f, "{\"themes\":[\"drones\",\"sensor\"]}", NULL,
                 "[{\"note\":\"unknown_term\",\"field\":\"themes\",\"message\":\"\\\"sensor\\\" is "
                 "not in the vocabulary of themes\",\"hint\":\"did you mean \\\"sensors\\\"?\","
                 "\"term\":\"sensor\"}]");
    char *text = notes(f, "thnig/a", "{\"x\":1}", NULL);
    assert_string_equal(text,
                        "[{\"note\":\"undeclared_kind\",\"field\":null,\"message\":\"no plugin "
                        "declares the kind thnig: nothing was checked\",\"hint\":null}]");
    free(text);
}

static void a_reference_to_what_is_not_there_is_told(void **state)
{
    fixture *f = *state;
    char *text = notes(f, "thing/a", "{\"owner\":\"thing/b\"}", NULL);
    assert_says(text, "\"note\":\"missing_reference\",\"field\":\"owner\"");
    assert_says(text, "owner: there is no record thing/b");
    assert_says(text, "\"target\":\"thing/b\"");
    free(text);
    assert_notes(f, "{\"title\":\"x\"}", NULL, "[]"); /* the owner wasn't said just now */
}

static void what_stands_over_it_is_told_with_whose_word_it_is(void **state)
{
    fixture *f = *state;
    err e = {0};
    assert_notes(f, "{\"title\":\"good\"}", "source/good", "[]");
    assert_notes(f, "{\"title\":\"mine\"}", NULL,
                 "[{\"note\":\"outweighed\",\"field\":\"title\",\"message\":\"title: \\\"good\\\" "
                 "stands, as source/good (grade A) says; yours is kept beside it\",\"hint\":null,"
                 "\"value\":\"good\",\"source\":\"source/good\",\"reliability\":\"A\","
                 "\"settled\":null}]");
    assert_true(store_settle(f->st, "thing/a", "title", NULL, "I saw it", &e));
    char *text = notes(f, "thing/a", "{\"title\":\"bad\"}", "source/bad");
    assert_says(text, "as one's own word says and a person settled");
    assert_says(text, "\"source\":null,\"reliability\":\"C\",\"settled\":\"I saw it\"");
    free(text);
}

static void who_writes_many_is_told_of_names_and_references_only(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "thing/a", "{\"title\":\"good\"}", "source/good");
    put_json(f->st, "thing/b", "{}", NULL);
    value fields = json("{\"title\":\"mine\",\"owner\":\"thing/bb\",\"x\":1}"), told = value_nil();
    const statement said = {.id = "thing/a", .fields = &fields};
    assert_true(store_put(f->st, &said, NULL, &e));
    assert_true(put_notes_meant(f->st, &said, &told, &e));
    assert_int_equal(value_len(&told), 2);
    assert_string_equal(value_get_str(value_at(&told, 0), "note", ""), "undeclared_field");
    assert_string_equal(value_get_str(value_at(&told, 1), "target", ""), "thing/bb");
    assert_true(value_is(value_get(value_at(&told, 1), "hint"), VALUE_NIL));
    value_free(&told);
    assert_true(put_notes(f->st, &said, &told, &e));
    assert_int_equal(value_len(&told), 3);
    assert_string_equal(value_get_str(value_at(&told, 2), "hint", ""), "did you mean thing/b?");
    value_free(&told);
    value_free(&fields);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup_kind, teardown)
        T(a_change_that_says_what_it_means_has_no_notes),
        T(names_that_no_kind_has_are_told_with_the_nearest),
        T(a_reference_to_what_is_not_there_is_told),
        T(who_writes_many_is_told_of_names_and_references_only),
        T(what_stands_over_it_is_told_with_whose_word_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
