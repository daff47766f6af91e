#include "support.h"

#include "base/sign.h"
#include "store/audit.h"
#include "store/head.h"

/* The document, without what is found to be damaged in which words. */
static char *document(fixture *f, const value *heads, audit *a)
{
    err e = {0};
    *a = (audit){0};
    if (!audit_run(f->st, heads, NULL, NULL, a, &e))
        fail_msg("%s", e.message);
    value v = audit_document(a);
    char *text = text_of(&v);
    value_free(&v);
    audit_free(a);
    return text;
}

static void sql(fixture *f, const char *text)
{
    err e = {0};
    if (!db_exec(store_db(f->st), text, &e))
        fail_msg("%s", e.message);
}

static void a_store_as_it_was_written_is_whole(void **state)
{
    fixture *f = *state;
    audit a;
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    put_json(f->st, "demand/a", "{\"n\":2}", NULL);
    char *text = document(f, NULL, &a);
    assert_string_equal(text, "{\"whole\":true,\"checked\":2,\"signatures\":0,\"bad_seq\":null,"
                              "\"damage\":null,\"records\":1,\"differ\":0,\"differences\":[]}");
    free(text);
}

static void tables_are_not_held_against_a_log_that_is_wrong(void **state)
{
    fixture *f = *state;
    audit a;
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    sql(f, "update event set actor = 'somebody' where seq = 1");
    sql(f, "update record set data = '{\"n\":5}'");
    char *text = document(f, NULL, &a);
    assert_false(a.chain);
    assert_says(text,
                "{\"whole\":false,\"checked\":0,\"signatures\":0,\"bad_seq\":1,\"damage\":\"");
    assert_says(text, "\"records\":null,\"differ\":null,\"differences\":null}");
    free(text);
}

static void a_table_that_differs_from_a_right_log_is_named(void **state)
{
    fixture *f = *state;
    audit a;
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    sql(f, "update record set data = '{\"n\":5}'");
    char *text = document(f, NULL, &a);
    assert_says(text, "{\"whole\":false,\"checked\":1,");
    assert_says(text, "\"bad_seq\":null,");
    assert_says(text, "\"differ\":1,\"differences\":[{\"id\":\"demand/a\"");
    free(text);
}

static void a_signed_end_that_the_log_lacks_is_damage_in_a_right_chain(void **state)
{
    fixture *f = *state;
    audit a;
    err e = {0};
    char secret[SIGN_KEY_TEXT], public_key[SIGN_KEY_TEXT];
    value head = value_nil(), heads = value_list();
    sign_new_key(secret, public_key);
    put_json(f->st, "demand/a", "{\"n\":1}", NULL);
    assert_true(head_sign(f->st, secret, &head, &e));
    value_push(&heads, value_copy(&head));
    free(document(f, &heads, &a));
    assert_int_equal(a.log.bad_seq, 0);
    assert_int_equal(a.signatures, 2); /* the store keeps its own, too */
    value_set(&heads.as.list.items[0], "hash", value_text("00"));
    char *text = document(f, &heads, &a);
    assert_true(a.chain);
    assert_int_equal(a.log.bad_seq, 1);
    assert_says(text, "\"whole\":false");
    free(text);
    value_free(&head);
    value_free(&heads);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_store_as_it_was_written_is_whole),
        T(tables_are_not_held_against_a_log_that_is_wrong),
        T(a_table_that_differs_from_a_right_log_is_named),
        T(a_signed_end_that_the_log_lacks_is_damage_in_a_right_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
