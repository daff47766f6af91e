#include "rendered.h"

#define TABLE                                                                                      \
    "{\"block\":\"table\",\"caption\":\"Eerste\",\"columns\":[{\"name\":\"a\",\"title\":\"Naam\"}" \
    ","                                                                                            \
    "{\"name\":\"m\",\"title\":\"Bedrag\",\"type\":\"money\"},{\"name\":\"d\",\"type\":\"date\"}]" \
    ","                                                                                            \
    "\"rows\":[{\"a\":\"x, "                                                                       \
    "\\\"y\\\"\",\"m\":{\"amount\":1234.5,\"currency\":\"EUR\"},\"d\":\"2026-02-23\"}]}"

static void numbers_and_days_are_data(void **state)
{
    char *csv = rendered("[" TABLE "]", REPORT_CSV, "nl");
    (void)state;
    assert_string_equal(csv, "Naam,Bedrag,d\r\n\"x, \"\"y\"\"\",1234.5,2026-02-23\r\n");
    free(csv);
}

static void several_tables_have_their_captions(void **state)
{
    char *csv = rendered("[" TABLE
                         ",{\"block\":\"bars\",\"caption\":\"Tweede\",\"items\":[{\"title\":\"b\","
                         "\"value\":3}]}]",
                         REPORT_CSV, "nl");
    (void)state;
    assert_memory_equal(csv, "Eerste\r\nNaam,", 13);
    has(csv, "\r\n\r\nTweede\r\nNaam,Waarde\r\nb,3\r\n");
    free(csv);
}

static void a_text_is_no_formula(void **state)
{
    char *csv = rendered(
        "[{\"block\":\"table\",\"caption\":\"T\",\"columns\":[{\"name\":\"a\"},{\"name\":\"n\","
        "\"type\":\"number\"}],\"rows\":[{\"a\":\"=HYPERLINK(1)\",\"n\":-5},{\"a\":\"@x\"},"
        "{\"a\":\"+1\"},{\"a\":\"-1\"}]}]",
        REPORT_CSV, "nl");
    (void)state;
    has(csv, "'=HYPERLINK(1),-5\r\n");
    has(csv, "'@x,\r\n'+1,\r\n'-1,\r\n");
    free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_days_are_data),
        cmocka_unit_test(several_tables_have_their_captions),
        cmocka_unit_test(a_text_is_no_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
