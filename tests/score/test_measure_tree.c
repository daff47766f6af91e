/* tree: Wu and Palmer over parents, CPV and NUTS codes. */
#include "measures.h"

#define P                                                                                          \
    "{'kind':'tree','a':$D.x,'b':$S.x,'parents':{'sonar':'sensor','radar':'sensor','sensor':'"     \
    "tech','ai':'tech'}}"
#define CPV  "{'kind':'tree','a':$D.x,'b':$S.x,'codes':'cpv'}"
#define NUTS "{'kind':'tree','a':$D.x,'b':$S.x,'codes':'nuts'}"

static const measure_row ROWS[] = {
    {P, "'sonar'", "'sonar'", 1, "sonar"},
    {P, "'sonar'", "'radar'", 2.0 / 3, "radar is voor 67% verwant aan sonar"},
    {P, "'ai'", "'radar'", 0.4, NULL},
    {P, "'sensor'", "'radar'", 0.8, NULL},
    {P, "['sensor','radar']", "['radar','ai']", (1 + 0.5) / 2, NULL},
    {P, "'anders'", "'radar'", 0, "radar is niet verwant aan anders"},
    {P, "'anders'", "'anders'", 1, NULL},
    {P, "null", "'radar'", NAN, "de oplossing noemt hierover niets"},
    {CPV, "'35613000-4'", "'35613000'", 1, NULL},
    {CPV, "'35600000-9'", "'35613000-4'", 4.0 / 6, NULL},
    {CPV, "'72000000-5'", "'35613000-4'", 0, NULL},
    {CPV, "'schepen'", "'35613000-4'", NAN, "wat de oplossing hierover noemt, is niet bruikbaar"},
    {CPV, "'30000000-9'", "'30000000-9'", 1, NULL},
    {NUTS, "'NL341'", "'NL342'", 6.0 / 8, NULL},
    {NUTS, "'NL'", "'NL3'", 2.0 / 3, NULL},
    {NUTS, "'BE'", "'NL3'", 0, NULL},
};

static void shares_and_reasons(void **state)
{
    (void)state;
    CHECK_ROWS(ROWS, false);
}

static value codes(void)
{
    static const char *const CODES[] = {"35600000-9", "35613000-4", "35613100",
                                        "72000000-5", "sonar",      "radar",
                                        "ai",         "sensor",     "x"};
    value list = value_list();
    if (random() % 8 == 0)
        return random() % 2 ? value_nil() : value_text(CODES[random() % 9]);
    for (long i = random() % 5; i > 0; i--)
        value_push(&list, random() % 9 ? value_text(CODES[random() % 9]) : value_int(4));
    return list;
}

static void columns_give_what_pairs_give(void **state)
{
    (void)state;
    srandom(20260223);
    check_columns(P, false, codes);
    check_columns(CPV, true, codes);
    check_columns("{'kind':'tree','a':$S.x,'b':$D.y,'codes':'nuts'}", false, codes);
    check_columns("{'kind':'tree','a':$S.x,'b':$D.y,'parents':{'ai':'x','x':'ai','sonar':'x'}}",
                  false, codes);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    check_refused("{'kind':'tree','a':$D.x,'b':$S.x}");
    check_refused("{'kind':'tree','a':$D.x,'b':$S.x,'codes':'cpv','parents':{'a':'b'}}");
    check_refused("{'kind':'tree','a':$D.x,'b':$S.x,'parents':{'a':3}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_reasons),
        cmocka_unit_test(columns_give_what_pairs_give),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
