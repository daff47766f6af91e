/* test_clock.c: RFC 3339 times, ISO 8601 dates, and the clock that stands still. */
#include <string.h>

#include "base/clock.h"
#include "check.h"

static void the_clock_stands_still_when_set(void **state)
{
    (void)state;
    clock_set(INT64_C(1771851909120));
    assert_true(clock_now_ms() == INT64_C(1771851909120));
    assert_true(clock_today() == 20507);
    clock_set(-1);
    assert_true(clock_now_ms() > INT64_C(1771851909120));
    int64_t before = clock_monotonic_ms();
    assert_true(clock_monotonic_ms() >= before);
}

static void times_are_read_and_written(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int64_t ms; /* -1: refused */
        const char *back;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00.000Z"},
        {"2026-02-23T13:05:09.120Z", INT64_C(1771851909120), "2026-02-23T13:05:09.120Z"},
        {"2026-02-23t14:05:09.12+01:00", INT64_C(1771851909120), "2026-02-23T13:05:09.120Z"},
        {"2026-02-23 07:35:09.1209-05:30", INT64_C(1771851909120), "2026-02-23T13:05:09.120Z"},
        {"2016-12-31T23:59:60Z", INT64_C(1483228800000), "2017-01-01T00:00:00.000Z"},
        {"2024-02-29T00:00:00Z", INT64_C(1709164800000), "2024-02-29T00:00:00.000Z"},
        {"2016-12-31T23:58:60Z", -1, NULL},
        {"2026-02-29T00:00:00Z", -1, NULL},
        {"2026-13-01T00:00:00Z", -1, NULL},
        {"2026-02-23T24:00:00Z", -1, NULL},
        {"2026-02-23T13:60:00Z", -1, NULL},
        {"2026-02-23T13:05:09", -1, NULL},
        {"2026-02-23T13:05Z", -1, NULL},
        {"2026-02-23T13:05:09.Z", -1, NULL},
        {"2026-02-23T13:05:09+0100", -1, NULL},
        {"2026-02-23T13:05:09+24:00", -1, NULL},
        {"2026-02-23T13:05:09Z ", -1, NULL},
        {"2026-02-23", -1, NULL},
        {"", -1, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t ms = 77;
        char back[CLOCK_TIME_TEXT];
        bool ok = clock_time_parse(rows[i].text, &ms);
        assert_true(ok == (rows[i].ms >= 0));
        assert_true(ms == (ok ? rows[i].ms : 77));
        if (ok) {
            clock_time_text(ms, back);
            assert_string_equal(back, rows[i].back);
        }
    }
}

static void every_day_of_ten_thousand_years_comes_back(void **state)
{
    (void)state;
    char before[CLOCK_DATE_TEXT] = "", text[CLOCK_DATE_TEXT];
    for (int64_t day = -719528; day <= 2932896; day++) {
        int64_t back = 0;
        clock_date_text(day, text);
        if (!clock_date_parse(text, &back) || back != day || strcmp(before, text) >= 0)
            fail_msg("day %lld became %s", (long long)day, text);
        memcpy(before, text, sizeof text);
    }
    assert_string_equal(text, "9999-12-31");
}

static void dates_must_exist(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2026-02-29", "1900-02-29",  "2026-04-31", "2026-00-10",
                                        "2026-01-00", "2026-1-1",    "26-01-01",   "2026-01-01 ",
                                        "2026/01/01", "+2026-01-01", "2026-01-0x", ""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t days = 77;
        assert_false(clock_date_parse(wrong[i], &days));
        assert_true(days == 77);
    }
    int64_t days;
    assert_true(clock_date_parse("2000-02-29", &days));
    assert_true(days == 11016);
}

static void times_beyond_the_calendar_stop_at_its_edge(void **state)
{
    (void)state;
    char text[CLOCK_TIME_TEXT];
    clock_time_text(INT64_MAX, text);
    assert_string_equal(text, "9999-12-31T23:59:59.999Z");
    clock_time_text(INT64_MIN, text);
    assert_string_equal(text, "0000-01-01T00:00:00.000Z");
    clock_time_text(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59.999Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clock_stands_still_when_set),
        cmocka_unit_test(times_are_read_and_written),
        cmocka_unit_test(every_day_of_ten_thousand_years_comes_back),
        cmocka_unit_test(dates_must_exist),
        cmocka_unit_test(times_beyond_the_calendar_stop_at_its_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
