/* test_sha256.c: the processor's SHA-256 and libsodium's are the same. */
#include <sodium.h>
#include <string.h>

#include "base/sha256.h"
#include "check.h"

enum { MOST = 5 * SHA256_BLOCK };

static unsigned char bytes[MOST];

static int fill(void **state)
{
    (void)state;
    for (size_t i = 0; i < MOST; i++)
        bytes[i] = (unsigned char)(i * i + i / 3);
    return 0;
}

static void need_instructions(void)
{
    if (!sha256_here()) {
        print_message("skipped: this processor has no instructions for SHA-256\n");
        skip();
    }
}

static void check_digest(sha256 *s, size_t len)
{
    unsigned char digest[32], expected[32];
    sha256_end(s, digest);
    crypto_hash_sha256(expected, bytes, len);
    if (memcmp(digest, expected, sizeof digest) != 0)
        fail_msg("another digest of %zu bytes", len);
}

static void every_length_has_its_digest(void **state)
{
    (void)state;
    need_instructions();
    for (size_t len = 0; len <= MOST; len++) {
        sha256 s;
        sha256_begin(&s);
        sha256_add(&s, bytes, len);
        check_digest(&s, len);
    }
}

static void parts_of_every_length_make_the_same_digest(void **state)
{
    (void)state;
    need_instructions();
    for (size_t part = 1; part < MOST; part++) {
        sha256 s;
        sha256_begin(&s);
        for (size_t at = 0; at < MOST; at += part)
            sha256_add(&s, bytes + at, part < MOST - at ? part : MOST - at);
        check_digest(&s, MOST);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length_has_its_digest),
        cmocka_unit_test(parts_of_every_length_make_the_same_digest),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
