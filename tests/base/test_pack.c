/* test_pack.c: frames, and bytes that pretend to be frames. */
#include <math.h>
#include <string.h>

#include "base/pack.h"
#include "check.h"
#include "random.h"

/* A frame of the payload given. */
static buf frame_of(const void *payload, size_t len)
{
    buf frame = {0};
    for (int i = 0; i < 4; i++)
        buf_char(&frame, (char)(len >> (8 * i) & 0xFF));
    buf_add(&frame, payload, len);
    return frame;
}

/* `depth` lists around a nil. */
static value nested(int depth)
{
    value v = value_nil();
    for (int i = 0; i < depth; i++) {
        value outer = value_list();
        value_push(&outer, v);
        v = outer;
    }
    return v;
}

static void random_values_come_back_equal(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        buf frame = {0};
        value v = random_value(6, INT64_MAX), back = value_nil();
        size_t used = 0;
        err e = {0};
        assert_true(pack_write(&frame, &v, &PACK_TO_WORKER, &e));
        assert_true(pack_read(frame.data, frame.len, &PACK_TO_WORKER, &back, &used, &e));
        assert_int_equal(used, frame.len);
        assert_true(value_equal(&v, &back));
        value_free(&v);
        value_free(&back);
        buf_free(&frame);
    }
}

static void integers_stay_whole_and_of_their_type(void **state)
{
    (void)state;
    static const int64_t edges[] = {
        0,     1,     -1,        -32,       -33,        127,       128,       255,      256,
        65535, 65536, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN, 1LL << 53};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        buf frame = {0};
        value v = value_int(edges[i]), back = value_nil();
        size_t used;
        assert_true(pack_write(&frame, &v, &PACK_TO_WORKER, NULL));
        assert_true(pack_read(frame.data, frame.len, &PACK_TO_WORKER, &back, &used, NULL));
        assert_int_equal(back.type, VALUE_INT);
        assert_true(back.as.integer == edges[i]);
        buf_free(&frame);
    }
}

static void doubles_keep_every_bit_and_texts_every_byte(void **state)
{
    (void)state;
    buf frame = {0};
    value list = value_list(), back = value_nil();
    size_t used;
    value_push(&list, value_double(INFINITY));
    value_push(&list, value_double(-0.0));
    value_push(&list, value_double(NAN));
    value_push(&list, value_bytes("a\0\xFF", 3));
    assert_true(pack_write(&frame, &list, &PACK_TO_WORKER, NULL));
    assert_true(pack_read(frame.data, frame.len, &PACK_TO_WORKER, &back, &used, NULL));
    assert_true(isinf(value_at(&back, 0)->as.number));
    assert_true(signbit(value_at(&back, 1)->as.number) != 0);
    assert_true(isnan(value_at(&back, 2)->as.number));
    assert_true(value_equal(value_at(&back, 3), value_at(&list, 3)));
    value_free(&list);
    value_free(&back);
    buf_free(&frame);
}

static void a_frame_that_is_not_all_there_asks_for_more(void **state)
{
    (void)state;
    buf frame = {0};
    value v = value_text("half a frame"), out = value_int(77);
    assert_true(pack_write(&frame, &v, &PACK_TO_WORKER, NULL));
    for (size_t len = 0; len < frame.len; len++) {
        size_t used = 99;
        assert_true(pack_read(frame.data, len, &PACK_TO_WORKER, &out, &used, NULL));
        assert_int_equal(used, 0);
        assert_int_equal(out.as.integer, 77);
    }
    value_free(&v);
    buf_free(&frame);
}

static void frames_are_taken_one_by_one(void **state)
{
    (void)state;
    buf stream = {0};
    size_t at = 0, used;
    for (int i = 0; i < 5; i++) {
        value v = value_int(i);
        assert_true(pack_write(&stream, &v, &PACK_TO_WORKER, NULL));
    }
    for (int i = 0; i < 5; i++, at += used) {
        value v;
        assert_true(pack_read(stream.data + at, stream.len - at, &PACK_TO_WORKER, &v, &used, NULL));
        assert_int_equal(value_as_int(&v, -1), i);
    }
    assert_int_equal(at, stream.len);
    buf_free(&stream);
}

static void what_frames_do_not_carry_is_refused(void **state)
{
    (void)state;
    const struct {
        const char *payload;
        size_t len;
        err_code code;
        const char *says;
    } rows[] = {
        {"", 0, ERR_BAD_DATA, "ends before"},
        {"\xC0\xC0", 2, ERR_BAD_DATA, "left behind"},
        {"\xC1", 1, ERR_BAD_DATA, "extension"},
        {"\xC4\x01x", 3, ERR_BAD_DATA, "binary"},
        {"\xC6\xFF\xFF\xFF\xFF", 5, ERR_BAD_DATA, "binary"},
        {"\xD4\x01x", 3, ERR_BAD_DATA, "extension"},
        {"\xC7\x01\x05x", 4, ERR_BAD_DATA, "extension"},
        {"\xCF\x80\0\0\0\0\0\0\0", 9, ERR_BAD_DATA, "63 bits"},
        {"\xCF\x80\0\0", 4, ERR_BAD_DATA, "inside a value"},
        {"\xCB\0\0", 3, ERR_BAD_DATA, "inside a value"},
        {"\xA5"
         "abc",
         4, ERR_BAD_DATA, "inside a value"},
        {"\xDB\xFF\xFF\xFF\xFF"
         "abc",
         8, ERR_BAD_DATA, "inside a value"},
        {"\xDB\xFF", 2, ERR_BAD_DATA, "inside a value"},
        {"\x92\xC0", 2, ERR_BAD_DATA, "more values than it has bytes"},
        {"\x92\x91\xC0", 3, ERR_BAD_DATA, "ends before"},
        {"\x81\x01\xC0", 3, ERR_BAD_DATA, "a key that is no text"},
        {"\x81\xC0\xC0", 3, ERR_BAD_DATA, "a key that is no text"},
        {"\x81\x90\xC0", 3, ERR_BAD_DATA, "a key that is no text"},
        {"\x81\xA3"
         "a\0b\xC0",
         6, ERR_BAD_DATA, "NUL"},
        {"\x82\xA1"
         "a\xC0\xA1"
         "a\xC0",
         7, ERR_BAD_DATA, "used twice"},
        {"\xDD\xFF\xFF\xFF\xFF\xC0", 6, ERR_LIMIT, "values"},
        {"\xDF\xFF\xFF\xFF\xFF\xC0", 6, ERR_LIMIT, "values"},
        {"\xDD\0\0\x10\0\xC0", 6, ERR_BAD_DATA, "more values than it has bytes"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf frame = frame_of(rows[i].payload, rows[i].len);
        value v = value_int(77);
        size_t used = 0;
        err e = {0};
        if (pack_read(frame.data, frame.len, &PACK_FROM_WORKER, &v, &used, &e))
            fail_msg("row %zu was read", i);
        assert_int_equal(e.code, rows[i].code);
        if (!strstr(e.message, rows[i].says))
            fail_msg("row %zu says: %s", i, e.message);
        assert_int_equal(v.as.integer, 77);
        buf_free(&frame);
    }
}

static void a_number_of_32_bits_is_a_double_too(void **state)
{
    (void)state;
    buf frame = frame_of("\xCA\x3F\xC0\0\0", 5);
    value v;
    size_t used;
    assert_true(pack_read(frame.data, frame.len, &PACK_FROM_WORKER, &v, &used, NULL));
    assert_true(value_as_double(&v, 0) == 1.5);
    buf_free(&frame);
}

/* Room is taken for each element that is declared, before it is read. With no cap
 * on elements the only thing that keeps five bytes from asking for 100 GB is that a frame can't
 * declare more values than it has bytes. */
static void declared_sizes_are_checked_against_the_bytes_there_are(void **state)
{
    (void)state;
    const pack_limits loose = {SIZE_MAX, SIZE_MAX, 30};
    static const char *const payloads[] = {"\xDD\xFF\xFF\xFF\xFF", "\xDF\xFF\xFF\xFF\xFF",
                                           "\xDB\xFF\xFF\xFF\xFF"};
    for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++) {
        buf frame = frame_of(payloads[i], 5);
        value v;
        size_t used;
        err e = {0};
        assert_false(pack_read(frame.data, frame.len, &loose, &v, &used, &e));
        assert_int_equal(e.code, ERR_BAD_DATA);
        buf_free(&frame);
    }
}

static void a_frame_too_long_is_refused_at_its_head(void **state)
{
    (void)state;
    value v;
    size_t used;
    err e = {0};
    assert_false(pack_read("\x01\0\x80\0", 4, &PACK_FROM_WORKER, &v, &used, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    assert_true(pack_read("\0\0\x80\0", 4, &PACK_FROM_WORKER, &v, &used, &e));
    assert_int_equal(used, 0);
}

static void depth_is_bounded_both_ways(void **state)
{
    (void)state;
    for (int depth = 29; depth <= 32; depth++) {
        const pack_limits loose = {1 << 20, 1000, 31}, strict = {1 << 20, 1000, 30};
        buf frame = {0};
        value v = nested(depth), back = value_nil();
        size_t used;
        err e = {0};
        assert_true(pack_write(&frame, &v, &strict, &e) == (depth <= 30));
        buf_clear(&frame);
        bool written = pack_write(&frame, &v, &loose, &e);
        assert_true(written == (depth <= 31));
        if (written) {
            bool read = pack_read(frame.data, frame.len, &strict, &back, &used, &e);
            assert_true(read == (depth <= 30));
            value_free(&back);
            assert_true(pack_read(frame.data, frame.len, &loose, &back, &used, &e));
            assert_true(value_equal(&v, &back));
        }
        value_free(&v);
        value_free(&back);
        buf_free(&frame);
    }
}

static void a_million_brackets_are_refused(void **state)
{
    (void)state;
    static char payload[1000000];
    memset(payload, '\x91', sizeof payload);
    buf frame = frame_of(payload, sizeof payload);
    value v;
    size_t used;
    err e = {0};
    assert_false(pack_read(frame.data, frame.len, &PACK_FROM_WORKER, &v, &used, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    buf_free(&frame);
}

static void writing_over_a_limit_leaves_the_buffer_as_it_was(void **state)
{
    (void)state;
    const pack_limits few = {1000, 4, 30}, small = {10, 1000, 30};
    buf out = {0};
    err e = {0};
    value list = value_list(), map = value_map(), text = value_text("longer than ten");
    for (int i = 0; i < 4; i++)
        value_push(&list, value_int(i));
    value_add(&map, "a", value_int(1));
    value_add(&map, "b", value_int(1));
    buf_str(&out, "before");
    assert_false(pack_write(&out, &list, &few, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    assert_false(pack_write(&out, &map, &few, &e)); /* keys count */
    assert_false(pack_write(&out, &text, &small, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    assert_string_equal(buf_text(&out), "before");
    assert_int_equal(out.len, 6);
    list.as.list.len = 3;
    assert_true(pack_write(&out, &list, &few, &e));
    value_free(&list);
    value_free(&map);
    value_free(&text);
    buf_free(&out);
}

static void a_key_used_twice_among_many_is_refused(void **state)
{
    (void)state;
    value map = value_map(), back = value_nil();
    char key[16];
    buf frame = {0};
    size_t used;
    err e = {0};
    for (int i = 0; i < 1000; i++) {
        snprintf(key, sizeof key, "k%d", i);
        value_add(&map, key, value_nil());
    }
    assert_true(pack_write(&frame, &map, &PACK_FROM_WORKER, &e));
    assert_true(pack_read(frame.data, frame.len, &PACK_FROM_WORKER, &back, &used, &e));
    value_free(&back);
    value_add(&map, "k500", value_nil());
    buf_clear(&frame);
    assert_true(pack_write(&frame, &map, &PACK_FROM_WORKER, &e));
    assert_false(pack_read(frame.data, frame.len, &PACK_FROM_WORKER, &back, &used, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    value_free(&map);
    buf_free(&frame);
}

static void random_bytes_are_read_or_refused(void **state)
{
    (void)state;
    for (int i = 0; i < 50000; i++) {
        char payload[48];
        for (size_t j = 0; j < sizeof payload; j++)
            payload[j] = (char)(random_below(3) ? random_next() : 0x80 + random_next() % 0x60);
        buf frame = frame_of(payload, random_below(sizeof payload));
        char *exact = malloc(frame.len); /* so that the sanitizer sees a byte read too far */
        memcpy(exact, frame.data, frame.len);
        value v = value_nil();
        size_t used = 0;
        err e = {0};
        if (!pack_read(exact, frame.len, &PACK_FROM_WORKER, &v, &used, &e)) {
            assert_int_not_equal(e.code, ERR_NONE);
            assert_int_not_equal(e.code, ERR_BUG);
        }
        value_free(&v);
        free(exact);
        buf_free(&frame);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_values_come_back_equal),
        cmocka_unit_test(integers_stay_whole_and_of_their_type),
        cmocka_unit_test(doubles_keep_every_bit_and_texts_every_byte),
        cmocka_unit_test(a_frame_that_is_not_all_there_asks_for_more),
        cmocka_unit_test(frames_are_taken_one_by_one),
        cmocka_unit_test(what_frames_do_not_carry_is_refused),
        cmocka_unit_test(a_number_of_32_bits_is_a_double_too),
        cmocka_unit_test(declared_sizes_are_checked_against_the_bytes_there_are),
        cmocka_unit_test(a_frame_too_long_is_refused_at_its_head),
        cmocka_unit_test(depth_is_bounded_both_ways),
        cmocka_unit_test(a_million_brackets_are_refused),
        cmocka_unit_test(writing_over_a_limit_leaves_the_buffer_as_it_was),
        cmocka_unit_test(a_key_used_twice_among_many_is_refused),
        cmocka_unit_test(random_bytes_are_read_or_refused),
    };
    random_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
