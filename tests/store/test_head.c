#include "support.h"

#include "base/sign.h"
#include "store/head.h"

typedef struct key {
    char secret[SIGN_KEY_TEXT], public_key[SIGN_KEY_TEXT];
} key;

static key new_key(void)
{
    key k;
    sign_new_key(k.secret, k.public_key);
    return k;
}

static value sign_head(fixture *f, const key *k)
{
    err e = {0};
    value head = value_nil();
    if (!head_sign(f->st, k->secret, &head, &e))
        fail_msg("%s", e.message);
    return head;
}

/* The damage found, "" when all is right. */
static event_report check(fixture *f, const value *given, const char *public_key, int64_t *count)
{
    err e = {0};
    event_report report = {0};
    if (!head_verify(f->st, given, public_key, &report, count, &e))
        fail_msg("%s", e.message);
    return report;
}

static void put_some(fixture *f, int from, int to)
{
    for (int i = from; i < to; i++) {
        char fields[32];
        snprintf(fields, sizeof fields, "{\"n\":%d}", i);
        put_json(f->st, "demand/a", fields, NULL);
    }
}

static void a_signed_end_stays_right_while_the_log_grows(void **state)
{
    fixture *f = *state;
    int64_t count = 0;
    key k = new_key(), other = new_key();
    put_some(f, 0, 3);
    value first = sign_head(f, &k);
    put_some(f, 3, 6);
    value second = sign_head(f, &other);
    assert_int_equal(value_get_int(&first, "seq", 0), 3);
    assert_int_equal(check(f, NULL, NULL, &count).bad_seq, 0);
    assert_int_equal(count, 2);
    assert_int_equal(check(f, NULL, k.public_key, &count).bad_seq, 0);
    assert_int_equal(count, 1);
    value_free(&first);
    value_free(&second);
}

static void a_log_that_was_cut_off_shows(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t count = 0;
    key k = new_key();
    put_some(f, 0, 6);
    value head = sign_head(f, &k), given = value_list();
    value_push(&given, head);
    assert_true(
        db_exec(store_db(f->st), "pragma foreign_keys = off; delete from event where seq > 4", &e));
    event_report report = check(f, NULL, NULL, &count);
    assert_int_equal(report.bad_seq, 5);
    assert_says(report.damage, "reached to event 6");
    /* Also when the kept signature went with it, for whoever has it elsewhere. */
    assert_true(db_exec(store_db(f->st), "delete from head_signature", &e));
    assert_int_equal(check(f, NULL, NULL, &count).bad_seq, 0);
    assert_int_equal(check(f, &given, NULL, &count).bad_seq, 5);
    assert_int_equal(check(f, NULL, k.public_key, &count).bad_seq, 5);
    value_free(&given);
}

static void a_log_that_was_written_anew_shows(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t count = 0;
    key k = new_key();
    put_some(f, 0, 3);
    value head = sign_head(f, &k);
    put_some(f, 3, 5);
    assert_true(db_exec(store_db(f->st), "update event set hash = prev where seq = 3", &e));
    event_report report = check(f, NULL, NULL, &count);
    assert_int_equal(report.bad_seq, 3);
    assert_says(report.damage, "written anew");
    value_free(&head);
}

static void a_signature_that_was_changed_or_forged_shows(void **state)
{
    static const char *const CHANGES[] = {
        "update head_signature set time = '2020-01-01T00:00:00.000Z'",
        "update head_signature set seq = 2",
        "update head_signature set signature = replace(signature, substr(signature, 1, 4), '0000')",
        "update head_signature set public_key = hex(randomblob(32))",
        "update head_signature set signature = ''",
    };
    fixture *f = *state;
    err e = {0};
    int64_t count = 0;
    key k = new_key();
    put_some(f, 0, 3);
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        value head = sign_head(f, &k);
        assert_int_equal(check(f, NULL, NULL, &count).bad_seq, 0);
        assert_true(db_exec(store_db(f->st), CHANGES[i], &e));
        assert_says(check(f, NULL, NULL, &count).damage, "changed or forged");
        assert_true(db_exec(store_db(f->st), "delete from head_signature", &e));
        value_free(&head);
    }
}

static void what_can_t_be_signed_is_refused(void **state)
{
    fixture *f = *state;
    err e = {0};
    value head = value_nil();
    key k = new_key();
    assert_false(head_sign(f->st, k.secret, &head, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    put_some(f, 0, 1);
    assert_false(head_sign(f->st, "no key", &head, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_false(db_in_transaction(store_db(f->st)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_signed_end_stays_right_while_the_log_grows),
        T(a_log_that_was_cut_off_shows),
        T(a_log_that_was_written_anew_shows),
        T(a_signature_that_was_changed_or_forged_shows),
        T(what_can_t_be_signed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
