/* test_pack_json.c: cells made of JSON texts are those that values would give. */
#include <string.h>

#include "base/json.h"
#include "base/pack.h"
#include "base/pack_cell.h"
#include "base/pack_json.h"
#include "check.h"
#include "random.h"

static value names_of(const char *const *names)
{
    value list = value_list();
    for (; *names; names++)
        value_push(&list, value_text(*names));
    return list;
}

static const char *const FIELDS[] = {"a", "k1", "k2", "k3", "absent", "\xC3\xA9\"", "b", NULL};

/* The row as it is made by way of values. */
static buf expected(const char *id, const char *json, size_t len, const value *names)
{
    value read = value_nil(), row = value_list();
    buf out = {0};
    assert_true(json_read(json, len, NULL, &read, NULL));
    value_push(&row, value_text(id));
    for (size_t i = 0; i < value_len(names); i++)
        value_push(&row, value_copy(value_get(&read, value_str(value_at(names, i), ""))));
    assert_true(pack_add(&out, &row, &PACK_TO_WORKER, NULL));
    value_free(&read);
    value_free(&row);
    return out;
}

static void check(pack_fields *f, const value *names, const char *json, size_t len)
{
    buf out = {0}, want = expected("solution/x", json, len, names);
    buf_str(&out, "before");
    if (!pack_json_row(&out, "solution/x", json, len, f))
        fail_msg("refused: %s", json);
    assert_int_equal(out.len, want.len + 6);
    assert_memory_equal(out.data + 6, want.data, want.len);
    buf_free(&out);
    buf_free(&want);
}

static void random_objects_give_the_bytes_that_values_give(void **state)
{
    (void)state;
    value names = names_of(FIELDS);
    pack_fields *f = pack_fields_new(&names);
    for (int i = 0; i < 3000; i++) {
        value object = value_map();
        for (size_t j = random_below(12); j > 0; j--) {
            const char *name = FIELDS[random_below(7)];
            if (strcmp(name, "absent") != 0)
                value_set(&object, random_below(3) ? name : "other",
                          random_value(5, (int64_t)1 << 53));
        }
        buf json = {0};
        json_write(&json, &object);
        check(f, &names, json.data, json.len);
        buf_free(&json);
        value_free(&object);
    }
    pack_fields_free(f);
    value_free(&names);
}

static void numbers_and_spaces_are_read_as_json_reads_them(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{ \"a\" : 0 , \"b\" : [ 1 , 2.50 , -0 , -0.0 ] }",
        "{\"a\":1e3,\"k1\":-1.5E-7,\"k2\":123456789012345,\"k3\":-12345678901234}",
        "{\"a\":9007199254740992,\"k1\":-9007199254740992,\"k2\":1e300,\"k3\":0.1}",
        "{\"a\":-32,\"k1\":-33,\"k2\":-128,\"k3\":-129,\"b\":[127,128,255,256,65535,65536,-32769]}",
        "{\"other\":{\"a\":[{}]},\"a\":{\"k1\":[]},\"k1\":true,\"k2\":false,\"k3\":null}",
        "{}",
    };
    value names = names_of(FIELDS);
    pack_fields *f = pack_fields_new(&names);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(f, &names, texts[i], strlen(texts[i]));
    pack_fields_free(f);
    value_free(&names);
}

static void long_lists_and_texts_have_long_heads(void **state)
{
    (void)state;
    static const size_t lengths[] = {15, 16, 31, 32, 255, 256, 65535, 65536, 70000};
    value names = names_of(FIELDS);
    pack_fields *f = pack_fields_new(&names);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        buf json = {0};
        buf_str(&json, "{\"a\":[");
        for (size_t j = 0; j < lengths[i]; j++)
            buf_str(&json, j ? ",1" : "1");
        buf_str(&json, "],\"b\":\"");
        for (size_t j = 0; j < lengths[i]; j++)
            buf_char(&json, 'x');
        buf_str(&json, "\"}");
        check(f, &names, json.data, json.len);
        buf_free(&json);
    }
    pack_fields_free(f);
    value_free(&names);
}

/* Each in memory of its own length, so that the sanitizer sees a byte read too far. */
static bool takes(pack_fields *f, const char *json, size_t len, buf *out)
{
    char *exact = malloc(len ? len : 1);
    memcpy(exact, json, len);
    bool ok = pack_json_row(out, "x", exact, len, f);
    free(exact);
    return ok;
}

static void what_is_cut_off_is_refused_and_leaves_nothing_behind(void **state)
{
    (void)state;
    static const char json[] = "{\"other\":[{\"x\":\"\\\"\"}],\"a\":{\"k\":[1,-2.5e3,\"\\u00e9\"]},"
                               "\"k1\":true,\"k2\":null,\"b\":\"text\"}";
    value names = names_of(FIELDS);
    pack_fields *f = pack_fields_new(&names);
    buf out = {0};
    buf_str(&out, "before");
    for (size_t len = 0; len < sizeof json - 1; len++) {
        assert_false(takes(f, json, len, &out));
        assert_string_equal(out.data, "before");
    }
    assert_true(takes(f, json, sizeof json - 1, &out));
    buf_free(&out);
    pack_fields_free(f);
    value_free(&names);
}

static void spoiled_texts_are_refused_or_read_within_their_bounds(void **state)
{
    (void)state;
    static const char json[] = "{\"a\":{\"k\":[1,-2.5e3,\"\\u00e9\"]},\"k1\":true,\"b\":\"text\"}";
    value names = names_of(FIELDS);
    pack_fields *f = pack_fields_new(&names);
    for (int i = 0; i < 20000; i++) {
        char spoiled[sizeof json];
        buf out = {0};
        memcpy(spoiled, json, sizeof json);
        for (size_t j = 1 + random_below(4); j > 0; j--)
            spoiled[random_below(sizeof json - 1)] = "{}[]\",:\\0-e\x80"[random_below(12)];
        if (takes(f, spoiled, sizeof json - 1, &out))
            assert_ptr_equal(pack_skip(out.data), out.data + out.len);
        buf_free(&out);
    }
    pack_fields_free(f);
    value_free(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_objects_give_the_bytes_that_values_give),
        cmocka_unit_test(numbers_and_spaces_are_read_as_json_reads_them),
        cmocka_unit_test(long_lists_and_texts_have_long_heads),
        cmocka_unit_test(what_is_cut_off_is_refused_and_leaves_nothing_behind),
        cmocka_unit_test(spoiled_texts_are_refused_or_read_within_their_bounds),
    };
    random_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
