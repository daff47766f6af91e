/* number: limits, quantities, shapes, money; columns against pairs. */
#include "measures.h"

#define A "{'kind':'number','a':$S.x"

static const measure_row ROWS[] = {
    {A ",'at_least':$D.x}", "7", "6", 1, "7, minstens 6"},
    {A ",'at_least':$D.x}", "6", "6.0", 1, NULL},
    {A ",'at_least':$D.x}", "5", "6", 0, "5, minder dan 6"},
    {A ",'at_least':6}", "7", "null", 1, NULL},
    {A ",'at_most':$D.x}", "1234567.5", "6", 0, "1.234.567,5, meer dan 6"},
    {A ",'between':[$D.x,9]}", "8", "6", 1, "8, tussen 6 en 9"},
    {A ",'between':[$D.x,$D.y]}", "10", "6,9", 0, "10, niet tussen 6 en 9"},
    {A ",'at_least':$D.x}", "null", "6", NAN, "de oplossing noemt hierover niets"},
    {A ",'at_least':$D.x}", "'7'", "6", NAN, "wat de oplossing hierover noemt, is niet bruikbaar"},
    {A ",'at_least':$D.x}", "7", "'x'", NAN, "wat de vraag hierover noemt, is niet bruikbaar"},
    {A ",'full':90,'zero':190}", "90", "null", 1, NULL},
    {A ",'full':90,'zero':190}", "140", "null", 0.5, "140"},
    {A ",'full':90,'zero':190}", "1000", "null", 0, NULL},
    {A ",'full':9,'zero':1}", "5", "null", 0.5, NULL},
    {A ",'full':9,'zero':1}", "0", "null", 0, NULL},
    {A ",'full':90,'half':190}", "290", "null", 0.25, NULL},
    {A ",'full':9,'half':8}", "7", "null", 0.25, NULL},
    {A ",'full':90,'inverse':true}", "180", "null", 0.5, NULL},
    {A ",'full':90,'inverse':true}", "-5", "null", 1, NULL},
    {A ",'curve':[[0,0],[1,0.5],[3,1]]}", "2", "null", 0.75, NULL},
    {A ",'curve':[[0,0],[1,0.5],[3,1]]}", "-2", "null", 0, NULL},
    {A ",'curve':[[0,0],[1,0.5],[3,1]]}", "99", "null", 1, NULL},
    {A ",'of':'difference','with':$D.x,'curve':[[-1,0],[1,1]]}", "7", "7", 0.5, "7 tegen 7"},
    {A ",'of':'distance','with':$D.x,'full':0,'zero':4}", "5", "7", 0.5, NULL},
    {A ",'of':'ratio','with':$D.x,'full':1,'zero':2}", "{'amount':15000,'currency':'EUR'}",
     "{'amount':10000.0,'currency':'EUR'}", 0.5, "€ 15.000 tegen € 10.000"},
    {A ",'of':'ratio','with':$D.x,'full':1,'zero':2}", "{'amount':15000,'currency':'USD'}",
     "{'amount':10000.5,'currency':'EUR'}", NAN,
     "USD 15.000 is niet te vergelijken met € 10.000,50"},
    {A ",'of':'ratio','with':$D.x,'full':1,'zero':2}", "5", "0", NAN,
     "5 is niet te vergelijken met 0"},
    {"{'kind':'number','a':$S.x.amount,'at_most':$D.x}", "{'amount':5}", "6", 1, "5, hoogstens 6"},
};

static const measure_row GATES[] = {
    {A ",'at_least':$D.x}", "7", "null", 1, "de vraag stelt hier geen eis"},
    {A ",'at_least':$D.x}", "null", "7", 0, "de oplossing noemt hierover niets"},
    {A ",'at_most':$D.x}", "{'amount':1,'currency':'USD'}", "{'amount':2,'currency':'EUR'}", 0,
     NULL},
};

static void shares_and_reasons(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        check_row(&ROWS[i], false);
    for (size_t i = 0; i < sizeof GATES / sizeof GATES[0]; i++)
        check_row(&GATES[i], true);
}

/* "opgericht in 1.991" is no year. */
static void years_have_no_points(void **state)
{
    (void)state;
    static const struct {
        const char *spec, *solution, *demand, *said;
    } cases[] = {
        {A ",'at_least':1950}", "1991,5", "null", "1991, minstens 1950"},
        {A ",'between':[$D.x,$D.y]}", "1991,5", "1950,2026", "1991, tussen 1950 en 2026"},
        {"{'kind':'value','a':$S.x,'full':2026,'zero':1900}", "1991,5", "null", "1991"},
        {"{'kind':'value','a':$S.x,'full':2026,'zero':1900}", "1991.5,5", "null", "1.991,5"},
        {"{'kind':'number','a':$S.y,'at_least':1950}", "1991,5000", "null",
         "5.000, minstens 1.950"},
    };
    fields f = {0};
    value list = quoted("[{'at':1,'name':'x','year':true},{'at':2,'name':'y'}]");
    columns_read(&f.solution, &list);
    columns_read(&f.demand, &list);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buf said = {0};
        value solution = cells(cases[i].solution), demand = cells(cases[i].demand);
        measure *m = measure_make(&f, cases[i].spec, false);
        measure_reason(m, &solution, &demand, measure_one(m, &solution, &demand), &said);
        assert_string_equal(buf_text(&said), cases[i].said);
        buf_free(&said);
        value_free(&solution);
        value_free(&demand);
        measure_free(m);
    }
    value_free(&list);
    fields_free(&f);
}

static value amount(void)
{
    value map = value_map();
    switch (random() % 6) {
    case 0:
        return value_nil();
    case 1:
        return value_double(NAN);
    case 2:
        return value_double(random() % 2 ? INFINITY : 1e308);
    case 3:
        return value_int(random() % 20 - 5);
    case 4:
        return value_double((double)(random() % 1000) / 7);
    default:
        value_add(&map, "amount", value_int(random() % 20));
        value_add(&map, "currency", value_text(random() % 3 ? "EUR" : "USD"));
        return map;
    }
}

static void columns_give_what_pairs_give(void **state)
{
    static const char *const OPTIONS[] = {
        "'at_least':$D.x}",
        "'at_most':$D.y}",
        "'between':[$D.x,$S.y]}",
        "'full':3,'half':4}",
        "'of':'difference','with':$D.x,'curve':[[-3,0],[1,0.3],[4,0.9]]}",
        "'of':'ratio','with':$D.x,'full':0.8,'inverse':true}",
        "'of':'distance','with':$D.x,'full':2,'half':7,'without':{'demand':0.5}}",
    };
    (void)state;
    srandom(20260223);
    for (size_t i = 0; i < sizeof OPTIONS / sizeof OPTIONS[0]; i++) {
        char spec[400];
        snprintf(spec, sizeof spec, "{'kind':'number','a':$%c.x,%s", i % 4 ? 'S' : 'D', OPTIONS[i]);
        check_columns(spec, false, amount);
        check_columns(spec, true, amount);
    }
}

static void what_cannot_be_is_refused(void **state)
{
    static const char *const BAD[] = {
        A "}",
        A ",'at_least':1,'at_most':2}",
        A ",'at_least':1,'full':1,'zero':2}",
        A ",'full':1}",
        A ",'full':1,'zero':1}",
        A ",'full':1,'zero':2,'half':3}",
        A ",'full':0,'inverse':true}",
        A ",'curve':[]}",
        A ",'curve':[[1,0],[1,1]]}",
        A ",'curve':[[1,2]]}",
        A ",'of':'ratio','full':1,'zero':2}",
        A ",'of':'product','with':2,'full':1,'zero':2}",
        A ",'between':[1]}",
        "{'kind':'number','a':3,'at_least':1}",
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_reasons),
        cmocka_unit_test(years_have_no_points),
        cmocka_unit_test(columns_give_what_pairs_give),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
