/* test_hash.c: SHA-256 against published examples. */
#include <string.h>

#include "base/hash.h"
#include "check.h"

/* FIPS 180-4 examples (NIST CSRC), and the empty text. */
static const struct {
    const char *text, *hex;
} EXAMPLES[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void published_examples_come_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
        char hex[HASH_TEXT];
        hash_of(EXAMPLES[i].text, strlen(EXAMPLES[i].text), hex);
        assert_string_equal(hex, EXAMPLES[i].hex);
    }
}

static void parts_hash_like_the_whole(void **state)
{
    (void)state;
    const char *text = EXAMPLES[2].text;
    for (size_t cut = 0; cut <= strlen(text); cut++) {
        char hex[HASH_TEXT];
        hash *h = hash_new();
        hash_add(h, text, cut);
        hash_add(h, NULL, 0);
        hash_add(h, text + cut, strlen(text) - cut);
        hash_end(h, hex);
        assert_string_equal(hex, EXAMPLES[2].hex);
    }
}

/* The FNV reference page gives these for FNV-1a, 64 bits. */
static void the_quick_hash_is_fnv_1a(void **state)
{
    (void)state;
    assert_true(hash_quick("", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(hash_quick("a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_quick("foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static void any_one_bit_makes_another_sum_of_damage(void **state)
{
    (void)state;
    char bytes[64] = "what was kept";
    uint64_t whole = hash_damage(bytes, sizeof bytes);
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        assert_false(hash_damage(bytes, sizeof bytes) == whole);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
    }
    assert_true(hash_damage(bytes, sizeof bytes) == whole);
    assert_false(hash_damage(bytes, sizeof bytes - 1) == whole);
}

static void random_hex_has_its_length_and_differs(void **state)
{
    (void)state;
    char a[201], b[201];
    hash_random(100, a);
    hash_random(100, b);
    assert_int_equal(strlen(a), 200);
    assert_int_equal(strspn(a, "0123456789abcdef"), 200);
    assert_string_not_equal(a, b);
    hash_random(0, a);
    assert_string_equal(a, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples_come_out),
        cmocka_unit_test(parts_hash_like_the_whole),
        cmocka_unit_test(the_quick_hash_is_fnv_1a),
        cmocka_unit_test(any_one_bit_makes_another_sum_of_damage),
        cmocka_unit_test(random_hex_has_its_length_and_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
