#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/sign.h"

/* RFC 8032, section 7.1, tests 1 and 2. */
static void signatures_are_those_of_the_standard(void **state)
{
    (void)state;
    static const struct {
        const char *secret, *public_key, *message, *signature;
    } ROWS[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
         "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "\x72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        char public_key[SIGN_KEY_TEXT], signature[SIGN_TEXT];
        size_t len = strlen(ROWS[i].message);
        assert_true(sign_public_key(ROWS[i].secret, public_key));
        assert_string_equal(public_key, ROWS[i].public_key);
        assert_true(sign_make(ROWS[i].secret, ROWS[i].message, len, signature));
        assert_string_equal(signature, ROWS[i].signature);
        assert_true(sign_check(public_key, ROWS[i].message, len, signature));
    }
}

static void another_text_key_or_signature_is_refused(void **state)
{
    (void)state;
    char secret[SIGN_KEY_TEXT], key[SIGN_KEY_TEXT], other[SIGN_KEY_TEXT], made[SIGN_TEXT];
    sign_new_key(secret, other);
    sign_new_key(secret, key);
    assert_string_not_equal(key, other);
    assert_true(sign_make(secret, "head 7", 6, made));
    assert_true(sign_check(key, "head 7", 6, made));
    assert_false(sign_check(key, "head 8", 6, made));
    assert_false(sign_check(other, "head 7", 6, made));
    made[0] = made[0] == 'a' ? 'b' : 'a';
    assert_false(sign_check(key, "head 7", 6, made));
}

static void what_is_no_hex_of_the_right_length_is_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "", "ab", "zz61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f6000"};
    char key[SIGN_KEY_TEXT], made[SIGN_TEXT];
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_false(sign_public_key(BAD[i], key));
        assert_false(sign_make(BAD[i], "x", 1, made));
        assert_false(sign_check(BAD[i], "x", 1, BAD[i]));
    }
}

static void a_secret_is_gone_after_it_was_wiped(void **state)
{
    (void)state;
    char secret[SIGN_KEY_TEXT], key[SIGN_KEY_TEXT], zeros[SIGN_KEY_TEXT] = {0};
    sign_new_key(secret, key);
    sign_wipe(secret, sizeof secret);
    assert_memory_equal(secret, zeros, sizeof zeros);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_are_those_of_the_standard),
        cmocka_unit_test(another_text_key_or_signature_is_refused),
        cmocka_unit_test(what_is_no_hex_of_the_right_length_is_refused),
        cmocka_unit_test(a_secret_is_gone_after_it_was_wiped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
