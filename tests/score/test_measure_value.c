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
    {A ",'map':{'NL3':0.5,'NL34':1,'NL':0.25},'prefix':true}", "'NL342'", "null", 1, "NL342"},
    {A ",'map':{'NL34':1,'NL':0.25},'prefix':true}", "'NL329'", "null", 0.25, NULL},
    {A ",'map':{'NL34':1,'NL':0.25},'prefix':true,'other':0.125}", "'BE23'", "null", 0.125, NULL},
    {A ",'map':{'NL34':1,'NL':0.25},'prefix':true}", "'N'", "null", 0, NULL},
    {A ",'map':{'NL34':1,'NL':0.25}}", "'NL342'", "null", 0, NULL},
    {A ",'map':{'NL34':1},'titles':{'NL34':'Zeeland'}}", "'NL34'", "null", 1, "Zeeland"},
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

static void check_reason(const char *spec, const char *templates, const char *cell,
                         const char *expected)
{
    fields f = fields_make();
    err e = {0};
    buf json = {0}, said = {0};
    buf_fmt(&json, "%s,null", cell);
    value reason = quoted(templates), row = cells(buf_text(&json));
    measure *m = measure_try(&f, spec, false, &reason, &e);
    assert_non_null(m);
    measure_reason(m, &row, NULL, measure_one(m, &row, NULL), &said);
    assert_string_equal(buf_text(&said), expected);
    measure_free(m);
    value_free(&row);
    value_free(&reason);
    buf_free(&json);
    buf_free(&said);
    fields_free(&f);
}

/* {terms} is the name in the map, or its title; {value} what the record holds. */
static void a_reason_can_name_the_entry_that_counted(void **state)
{
    (void)state;
    const char *spec = A ",'map':{'NL34':1,'NL':0.25},'prefix':true,'titles':{'NL34':'Zeeland'}}";
    const char *reason = "{'full':'uit {terms} ({value})','part':'{terms}','none':'van elders'}";
    check_reason(spec, reason, "['NL11','NL342']", "uit Zeeland (NL11 en NL342)");
    check_reason(spec, reason, "'NL11'", "NL");
    check_reason(spec, reason, "'BE23'", "van elders");
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
        cmocka_unit_test(a_reason_can_name_the_entry_that_counted),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
