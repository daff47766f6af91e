/* place: great circles, the same region. */
#include "measures.h"

#define A    "{'kind':'place','a':$S.x,'b':$D.x"
#define NEAR A ",'full':25,'zero':225}"
#define SAME A ",'full':25,'zero':225,'same':[$S.y,$D.y]}"

static const measure_row ROWS[] = {
    {NEAR, "{'lon':5,'lat':52}", "{'lon':5,'lat':52}", 1, "op 0 km"},
    {NEAR, "{'lon':5,'lat':52}", "{'lon':-175,'lat':-52}", 0, "op 20.015 km"},
    {A ",'curve':[[0,0],[40030,1]]}", "{'lon':0,'lat':0}", "{'lon':90,'lat':0}",
     6371.0088 * 3.14159265358979323846 / 2 / 40030, NULL},
    {NEAR, "{'lon':5,'lat':95}", "{'lon':5,'lat':52}", NAN,
     "wat de oplossing hierover noemt, is niet bruikbaar"},
    {NEAR, "{'name':'Breda'}", "null", NAN, "de vraag noemt hierover niets"},
    {SAME, "null,'NL34'", "null,'NL34'", 1, "beide NL34"},
    {SAME, "null,'NL34'", "null,'NL41'", NAN, NULL},
    {SAME, "{'lon':5,'lat':52},'NL34'", "{'lon':5,'lat':53},'NL41'",
     (225 - 6371.0088 * 3.14159265358979323846 / 180) / 200, "op 111 km"},
    {"{'kind':'place','a':$D.x,'b':$S.x,'full':9,'half':20}", "{'lon':5,'lat':52}",
     "{'lon':5,'lat':52}", 1, NULL},
};

static void shares_and_reasons(void **state)
{
    (void)state;
    CHECK_ROWS(ROWS, false);
}

static value somewhere(void)
{
    value map = value_map();
    if (random() % 3 == 0)
        return random() % 2 ? value_nil() : value_text(random() % 2 ? "NL34" : "NL41");
    value_add(&map, "lon", value_double((double)(random() % 4000) / 10 - 200));
    value_add(&map, "lat", value_double((double)(random() % 1800) / 10 - 90));
    return map;
}

static void columns_give_what_pairs_give(void **state)
{
    (void)state;
    srandom(20260223);
    check_columns(A ",'full':25,'half':4000}", false, somewhere);
    check_columns(SAME, true, somewhere);
    check_columns("{'kind':'place','a':$D.x,'b':$S.y,'curve':[[0,1],[20000,0.1]],"
                  "'same':[$D.y,$S.x]}",
                  false, somewhere);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    check_refused(A "}");
    check_refused(A ",'full':1,'zero':2,'same':[$S.y,$S.x]}");
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
