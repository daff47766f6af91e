#include "support.h"

#include "store/import_parts.h"

#define MONEY       "{\"type\":\"money\"}"
#define EUR(amount) "{\"amount\":" amount ",\"currency\":\"EUR\"}"

static void cells_are_read_by_their_declaration(void **state)
{
    (void)state;
    static const struct {
        const char *field, *cell;
        char separator;
        const char *json; /* NULL: an error */
    } ROWS[] = {
        {"null", "  ", ',', "null"},
        {"null", "x", ',', "\"x\""},
        {"null", "12", ',', "12"},
        {"null", "-0.5", ',', "-0.5"},
        {"null", "0", ',', "0"},
        {"null", "08123", ',', "\"08123\""},
        {"null", "-", ',', "\"-\""},
        {"null", "1.", ',', "\"1.\""},
        {"null", ".5", ',', "\".5\""},
        {"null", "1e5", ',', "\"1e5\""},
        {"null", "+31201234567", ',', "\"+31201234567\""},
        {"null", "1234567890123456", ',', "\"1234567890123456\""},
        {"null", "25.845", ';', "\"25.845\""}, /* a Dutch sheet's thousands */
        {"null", "25.845", ',', "25.845"},
        {"null", "283,00", ';', "\"283,00\""},
        {"null", "2026-02-23", ',', "\"2026-02-23\""},
        {"null", "true", ',', "\"true\""},
        {"{\"type\":\"text\"}", "12", ',', "\"12\""},
        {"{\"type\":\"term\"}", " drones ", ',', "\"drones\""},
        {"{\"type\":\"integer\"}", "25.845", ';', "25845"},
        {"{\"type\":\"integer\"}", "1.234.567", ';', "1234567"},
        {"{\"type\":\"integer\"}", "1,234,567", ',', "1234567"},
        {"{\"type\":\"integer\"}", "1 234", ',', "1234"},
        {"{\"type\":\"integer\"}", "007", ',', "7"},
        {"{\"type\":\"integer\"}", "+7", ',', "7"},
        {"{\"type\":\"integer\"}", "-1.234", ',', "-1234"},
        {"{\"type\":\"integer\"}", "7.0", ',', "7"},
        {"{\"type\":\"integer\"}", "7,5", ';', NULL},
        {"{\"type\":\"integer\"}", "1.23.456", ';', NULL},
        {"{\"type\":\"integer\"}", "zeven", ',', NULL},
        {"{\"type\":\"integer\"}", "9007199254740993", ',', NULL},
        {"{\"type\":\"integer\"}", "-", ',', NULL},
        {"{\"type\":\"integer\"}", "1-2", ',', NULL},
        {"{\"type\":\"decimal\"}", "283,00", ';', "283"},
        {"{\"type\":\"decimal\"}", "283,5", ',', "283.5"},
        {"{\"type\":\"decimal\"}", "1.234,56", ';', "1234.56"},
        {"{\"type\":\"decimal\"}", "1,234.56", ',', "1234.56"},
        {"{\"type\":\"decimal\"}", "1.234.567", ',', "1234567"},
        {"{\"type\":\"decimal\"}", "1,234", ';', "1.234"},
        {"{\"type\":\"decimal\"}", "1.234", ',', "1.234"},
        {"{\"type\":\"decimal\"}", "1,234", ',', NULL}, /* one way or the other? */
        {"{\"type\":\"decimal\"}", "1.234", ';', NULL},
        {"{\"type\":\"decimal\"}", "1,2,3", ',', NULL},
        {"{\"type\":\"decimal\"}", ",5", ';', NULL},
        {"{\"type\":\"decimal\"}", "0,5", ';', "0.5"},
        {"{\"type\":\"decimal\"}", "-0,5", ';', "-0.5"},
        {"{\"type\":\"decimal\"}", "$7", ',', NULL},
        {"{\"type\":\"boolean\"}", "Ja", ',', "true"},
        {"{\"type\":\"boolean\"}", "nee", ',', "false"},
        {"{\"type\":\"boolean\"}", "TRUE", ',', "true"},
        {"{\"type\":\"boolean\"}", "0", ',', "false"},
        {"{\"type\":\"boolean\"}", "misschien", ',', NULL},
        {"{\"type\":\"date\"}", "2026-02-23", ',', "\"2026-02-23\""},
        {"{\"type\":\"date\"}", "23-2-2026", ';', "\"2026-02-23\""},
        {"{\"type\":\"date\"}", "03-02-2026", ';', "\"2026-02-03\""},
        {"{\"type\":\"date\"}", "31-2-2026", ';', NULL},
        {"{\"type\":\"date\"}", "23-2-26", ';', NULL},
        {"{\"type\":\"date\"}", "23-2-20261", ';', NULL},
        {"{\"type\":\"date\"}", "2/23/2026", ',', NULL},
        {"{\"type\":\"date\"}", "2026-02-23 12:00", ',', NULL},
        {"{\"type\":\"date\"}", "morgen", ',', NULL},
        {"{\"type\":\"date\",\"many\":true}", "1-1-2026;2026-01-02", ',',
         "[\"2026-01-01\",\"2026-01-02\"]"},
        {MONEY, "EUR 1200", ',', EUR("1200")},
        {MONEY, "1200 EUR", ',', EUR("1200")},
        {MONEY, "EUR1200.5", ',', EUR("1200.5")},
        {MONEY, "€ 1.200,50", ';', EUR("1200.5")},
        {MONEY, "€\u00a01.200,50", ',', EUR("1200.5")},
        {MONEY, "1.200,50 €", ';', EUR("1200.5")},
        {MONEY, "€1.200", ';', EUR("1200")},
        {MONEY, "€ 1.200", ',', EUR("1200")}, /* money has no thousandths */
        {MONEY, "€ 1,200", ',', EUR("1200")},
        {MONEY, "€ 1,234.56", ',', EUR("1234.56")},
        {MONEY, "€ 1.200,-", ';', EUR("1200")},
        {MONEY, "€ -12,50", ';', EUR("-12.5")},
        {MONEY, "$ 7", ',', "{\"amount\":7,\"currency\":\"USD\"}"},
        {MONEY, "{\"amount\":1,\"currency\":\"EUR\"}", ',', EUR("1")},
        {MONEY, "1200", ',', NULL}, /* of which currency? */
        {MONEY, "EUR", ',', NULL},
        {MONEY, "€", ',', NULL},
        {MONEY, "EUR duizend", ',', NULL},
        {MONEY, "EUR 1.2.3", ',', NULL},
        {MONEY, "EUR 1.234.56", ',', NULL}, /* one sign can't be both */
        {"{\"type\":\"money\",\"unit\":\"EUR\"}", "1200", ',', EUR("1200")},
        {"{\"type\":\"money\",\"unit\":\"EUR\"}", "USD 5", ',',
         "{\"amount\":5,\"currency\":\"USD\"}"},
        {"{\"type\":\"place\"}", "Goes", ',', "\"Goes\""},
        {"{\"type\":\"place\"}", "[4,52]", ',', "[4,52]"}, /* no place: it is refused later */
        {"{\"type\":\"place\"}", "[Oude haven", ',', "\"[Oude haven\""},
        {"{\"type\":\"place\"}", "{\"lon\":4,\"lat\":52}", ',', "{\"lon\":4,\"lat\":52}"},
        {"{\"type\":\"text\",\"many\":true}", "a; b|c;;", ',', "[\"a\",\"b\",\"c\"]"},
        {"{\"type\":\"text\",\"many\":true}", ";", ',', "null"},
        {"{\"type\":\"integer\",\"many\":true}", "1;2", ',', "[1,2]"},
        {"{\"type\":\"integer\",\"many\":true}", "1;x", ',', NULL},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        err e = {0};
        value field = json(ROWS[i].field), v = value_nil();
        bool ok = cell_read(ROWS[i].cell, strlen(ROWS[i].cell), &field, ROWS[i].separator, &v, &e);
        char *text = ok ? text_of(&v) : NULL;
        if (ok != (ROWS[i].json != NULL) || (ok && strcmp(text, ROWS[i].json) != 0))
            fail_msg("%s of %s with %c: %s", ROWS[i].cell, ROWS[i].field, ROWS[i].separator,
                     ok ? text : e.message);
        if (!ok)
            assert_int_equal(e.code, ERR_BAD_DATA);
        free(text);
        value_free(&v);
        value_free(&field);
    }
}

/* Errors are kept in logs. */
static void a_personal_cell_is_not_shown(void **state)
{
    static const char *const FIELDS[] = {
        "{\"type\":\"date\",\"personal\":true}",
        "{\"type\":\"integer\",\"personal\":true,\"many\":true}",
        "{\"type\":\"decimal\",\"personal\":true}",
        "{\"type\":\"money\",\"personal\":true}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        err e = {0};
        value field = json(FIELDS[i]), v = value_nil();
        assert_false(cell_read("1.970.13", 8, &field, ',', &v, &e));
        assert_says(e.message, ", got another (personal: not shown)");
        assert_null(strstr(e.message, "970"));
        assert_null(strstr(e.hint, "970"));
        value_free(&field);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_read_by_their_declaration),
        cmocka_unit_test(a_personal_cell_is_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
