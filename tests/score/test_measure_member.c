/* member: one of a list, or what begins with one. */
#include "measures.h"

#define A "{'kind':'member','a':$S.x,'b':$D.x"

static const measure_row ROWS[] = {
    {A "}", "'NL34'", "['NL34','NL41']", 1, "NL34"},
    {A "}", "'NL341'", "['NL34','NL41']", 0, "NL341, niet in NL34 en NL41"},
    {A ",'prefix':true}", "'NL341'", "['NL34','NL41']", 1, "NL341"},
    {A ",'prefix':true}", "'NL3'", "['NL34']", 0, NULL},
    {A "}", "['a','b']", "['b']", 1, "b"},
    {A "}", "['a']", "[]", NAN, "de vraag noemt hierover niets"},
    {A "}", "null", "['a']", NAN, "de oplossing noemt hierover niets"},
    {"{'kind':'member','a':$D.x,'b':$S.x,'prefix':true}", "['NL34']", "'NL342'", 1, NULL},
    {"{'kind':'member','a':$S.x,'b':$S.y}", "'a',['a','b']", "null", 1, NULL},
};

static const measure_row GATES[] = {
    {A "}", "'a'", "[]", 1, "de vraag stelt hier geen eis"},
    {A "}", "null", "['a']", 0, "de oplossing noemt hierover niets"},
};

static void shares_and_reasons(void **state)
{
    (void)state;
    CHECK_ROWS(ROWS, false);
    CHECK_ROWS(GATES, true);
}

static value codes(void)
{
    static const char *const CODES[] = {"NL", "NL3", "NL34", "NL341", "NL342", "BE", "BE1", ""};
    value list = value_list();
    if (random() % 8 == 0)
        return random() % 2 ? value_nil() : value_text(CODES[random() % 8]);
    for (long i = random() % 4; i > 0; i--)
        value_push(&list, random() % 9 ? value_text(CODES[random() % 8]) : value_int(4));
    return list;
}

static void columns_give_what_pairs_give(void **state)
{
    (void)state;
    srandom(20260223);
    check_columns(A "}", false, codes);
    check_columns(A ",'prefix':true}", true, codes);
    check_columns("{'kind':'member','a':$D.x,'b':$S.y}", true, codes);
    check_columns("{'kind':'member','a':$D.x,'b':$S.y,'prefix':true}", false, codes);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    check_refused("{'kind':'member','a':$S.x}");
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
