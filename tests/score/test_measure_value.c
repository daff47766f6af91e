/* value: one field of one record. */
#include "measures.h"

#define A "{'kind':'value','a':$S.x"

static const measure_row ROWS[] = {
    {A ",'full':90,'inverse':true}", "180", "null", 0.5, "180"},
    {A ",'full':90,'inverse':true}", "null", "null", NAN, "de oplossing noemt hierover niets"},
    {A ",'map':{'hoog':1,'laag':0.25}}", "'laag'", "null", 0.25, "laag"},
    {A ",'map':{'hoog':1,'laag':0.25},'other':0.5}", "'anders'", "null", 0.5, NULL},
    {A ",'map':{'hoog':1,'laag':0.25}}", "['laag','hoog']", "null", 1, "laag en hoog"},
    {A ",'map':{'hoog':1}}", "7", "null", NAN,
     "wat de oplossing hierover noemt, is niet bruikbaar"},
    {A ",'length':80}", "'twintig tekens lang.'", "null", 0.25, "20 van 80 tekens"},
    {A ",'length':3}", "'\u00e9\u00e9n'", "null", 1, "3 tekens"},
    {A ",'length':3}", "''", "null", NAN, NULL},
    {A ",'present':true}", "null", "null", 0, "niet opgegeven"},
    {A ",'present':true}", "[]", "null", 0, NULL},
    {A ",'present':true}", "false", "null", 1, "opgegeven"},
    {"{'kind':'value','a':$D.x,'full':1,'zero':3}", "null", "2", 0.5, NULL},
    {"{'kind':'value','a':$D.x.amount,'full':1,'zero':3}", "null", "{'amount':2}", 0.5, NULL},
};

static void shares_and_reasons(void **state)
{
    (void)state;
    CHECK_ROWS(ROWS, false);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    check_refused(A "}");
    check_refused(A ",'length':3,'present':true}");
    check_refused(A ",'map':{'a':3}}");
    check_refused(A ",'map':{'a':1},'other':2}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_reasons),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
