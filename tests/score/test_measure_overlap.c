/* overlap: shares and reasons; columns against pairs. */
#include "measures.h"

#define SHARE   "{'kind':'overlap','a':$D.x,'b':$S.x"
#define PARENTS ",'parents':{'sonar':'sensors','radar':'sensors','sensors':'tech','ai':'tech'}"

static const measure_row ROWS[] = {
    {SHARE "}", "['a','b']", "['b','c']", 0.5, "1 van 2: b; niet c"},
    {SHARE "}", "['a','b']", "['b']", 1, "b"},
    {SHARE "}", "['a','b']", "['c']", 0, "niet c"},
    {SHARE "}", "'a'", "'a'", 1, "a"},
    {SHARE "}", "['a']", "['a','a','b']", 0.5, "1 van 2: a; niet b"},
    {SHARE "}", "['a']", "null", NAN, "de vraag noemt hierover niets"},
    {SHARE "}", "[]", "['a']", NAN, "de oplossing noemt hierover niets"},
    {SHARE "}", "[]", "[]", NAN, "de vraag noemt hierover niets"},
    {SHARE "}", "[1,2]", "['a']", NAN, "wat de oplossing hierover noemt, is niet bruikbaar"},
    {SHARE "}", "['a',7]", "['a']", 1, "a"},
    {SHARE ",'without':{'solution':0.25}}", "null", "['a']", 0.25, NULL},
    {SHARE ",'titles':{'a':'Alfa'}}", "['a']", "['a','b']", 0.5, "1 van 2: Alfa; niet b"},
    {SHARE ",'weights':{'a':3}}", "['a']", "['a','b']", 0.75, NULL},
    {SHARE ",'weights':{'a':0}}", "['b']", "['a']", NAN, "de termen tellen niet mee: a"},
    {SHARE ",'as':'jaccard'}", "['a','b']", "['b','c']", 1.0 / 3, NULL},
    {SHARE ",'as':'jaccard','weights':{'b':2}}", "['a','b']", "['b','c']", 0.5, NULL},
    {SHARE PARENTS "}", "['sonar']", "['sensors']", 1, "sensors"},
    {SHARE PARENTS "}", "['sonar']", "['tech']", 1, NULL},
    {SHARE PARENTS "}", "['sensors']", "['sonar']", 0, NULL},
    {SHARE PARENTS ",'wider':0.5}", "['sensors']", "['sonar','ai']", 0.25, NULL},
    {SHARE PARENTS ",'wider':0.5}", "['tech']", "['sonar','ai']", 0.5,
     "sonar (deels) en ai (deels)"},
    {SHARE PARENTS ",'wider':0.5}", "['radar']", "['sonar']", 0, NULL},
    {"{'kind':'overlap','a':$S.x,'b':$D.x}", "['a','b','c','d']", "['a']", 0.25, NULL},
    {"{'kind':'overlap','a':$S.x,'b':$D.x,'wider':0.5" PARENTS "}", "['sonar','ai']", "['tech']",
     0.5, NULL},
    {"{'kind':'overlap','a':$S.x,'b':$D.x,'wider':0.5" PARENTS "}", "['tech','sensors']",
     "['sonar']", 1, NULL},
    {"{'kind':'overlap','a':$S.x,'b':$S.y}", "['a','b'],['b']", "null", 0.5, NULL},
};

static const measure_row GATES[] = {
    {SHARE "}", "['a']", "[]", 1, "de vraag stelt hier geen eis"},
    {SHARE "}", "[]", "['a']", 0, "de oplossing noemt hierover niets"},
    {SHARE "}", "['a']", "['a','b']", 0.5, NULL},
};

static void shares_and_reasons(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        check_row(&ROWS[i], false);
    for (size_t i = 0; i < sizeof GATES / sizeof GATES[0]; i++)
        check_row(&GATES[i], true);
}

static value term(long of)
{
    char text[20];
    snprintf(text, sizeof text, "t%ld", random() % of);
    return value_text(text);
}

static value cell_of(long most, long of)
{
    if (random() % 10 == 0)
        return random() % 2 ? value_nil() : value_int(3);
    if (random() % 10 == 0)
        return term(of);
    value list = value_list();
    for (long i = random() % most; i > 0; i--)
        value_push(&list, term(of));
    return list;
}

static value few_terms(void)
{
    return cell_of(6, 20);
}

static value many_terms(void)
{
    return cell_of(200, 300);
}

static void columns_give_what_pairs_give(void **state)
{
    static const char *const OPTIONS[] = {
        "}",
        ",'as':'jaccard'}",
        ",'weights':{'t1':0.1,'t2':0.7,'t3':0,'t5':3.3}}",
        ",'as':'jaccard','weights':{'t1':0.1,'t2':0.7,'t3':0}}",
        (",'parents':{'t1':'t2','t2':'t3','t4':'t3','t6':'t5','t8':'t9','t9':'t8'},'wider':0.3,"
         "'weights':{'t1':0.1,'t2':0.7}}"),
    };
    (void)state;
    srandom(20260223);
    for (size_t i = 0; i < sizeof OPTIONS / sizeof OPTIONS[0]; i++) {
        for (int turned = 0; turned < 4; turned++) {
            char spec[400];
            snprintf(spec, sizeof spec, "{'kind':'overlap','a':$%c.x,'b':$%c.%c%s",
                     turned & 1 ? 'S' : 'D', turned & 1 ? 'D' : 'S', turned & 2 ? 'x' : 'y',
                     OPTIONS[i]);
            check_columns(spec, turned & 2, few_terms);
            check_columns(spec, turned & 2, many_terms);
        }
    }
}

static void what_cannot_be_is_refused(void **state)
{
    static const char *const BAD[] = {
        "{'kind':'overlop','a':$D.x,'b':$S.x}",
        "{'kind':'overlap','a':$D.x}",
        "{'kind':'overlap','a':$D.z,'b':$S.x}",
        "{'kind':'overlap','a':$D.x,'b':$S.x,'as':'dice'}",
        "{'kind':'overlap','a':$D.x,'b':$S.x,'wider':2}",
        "{'kind':'overlap','a':$D.x,'b':$S.x,'weights':{'a':-1}}",
        "{'kind':'overlap','a':$D.x,'b':$S.x,'as':'jaccard','parents':{'a':'b'}}",
        "{'kind':'overlap','a':$D.x,'b':$S.x,'without':{'demand':2}}",
    };
    fields f = fields_make();
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        err e = {0};
        if (measure_try(&f, BAD[i], false, NULL, &e))
            fail_msg("%s was taken", BAD[i]);
        assert_true(e.message[0] != '\0');
    }
    fields_free(&f);
}

static void a_rules_own_reasons_stand_before_ours(void **state)
{
    fields f = fields_make();
    value reason =
        quoted("{'part':'{found} van {asked} ({share}): {terms} [{x}] {title}','none':'niets'}");
    value solution = cells("['a']"), part = cells("['a','b','c']"), none = cells("['c']"),
          absent = cells("null");
    err e = {0};
    measure *m = measure_try(&f, SHARE "}", false, &reason, &e);
    buf out = {0};
    (void)state;
    measure_reason(m, &solution, &part, 1.0 / 3, &out);
    assert_string_equal(buf_text(&out), "1 van 3 (33%): a [{x}] Titel");
    buf_clear(&out);
    measure_reason(m, &solution, &none, 0, &out);
    assert_string_equal(buf_text(&out), "niets");
    buf_clear(&out);
    measure_reason(m, &solution, &absent, NAN, &out);
    assert_string_equal(buf_text(&out), "de vraag noemt hierover niets");
    buf_free(&out);
    measure_free(m);
    value_free(&reason);
    value_free(&solution);
    value_free(&part);
    value_free(&none);
    value_free(&absent);
    fields_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_reasons),
        cmocka_unit_test(columns_give_what_pairs_give),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(a_rules_own_reasons_stand_before_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
