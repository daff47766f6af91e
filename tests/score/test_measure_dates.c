/* dates: days between two, windows. */
#include "measures.h"

#define A "{'kind':'dates','a':$D.x,'b':$S.x"
#define W "{'kind':'dates','a':[$D.x,$D.y],'b':[$S.x,$S.y]}"

static const measure_row ROWS[] = {
    {A ",'full':0,'zero':10}", "'2026-03-06'", "'2026-03-01'", 0.5,
     "1 maart 2026 tot 6 maart 2026: 5 dagen"},
    {A ",'full':0,'zero':10}", "'2026-03-02'", "'2026-03-01'", 0.9,
     "1 maart 2026 tot 2 maart 2026: 1 dag"},
    {A ",'full':0,'zero':10}", "'2026-02-01T10:00:00Z'", "'2026-03-01'", 1,
     "1 februari 2026 is 28 dagen voor 1 maart 2026"},
    {A ",'full':0,'zero':10}", "'2026-02-28'", "'2026-03-01'", 1,
     "28 februari 2026 is 1 dag voor 1 maart 2026"},
    {A ",'full':0,'zero':10}", "'2026-02-30'", "'2026-03-01'", NAN,
     "wat de oplossing hierover noemt, is niet bruikbaar"},
    {A ",'full':0,'zero':10}", "'2026-02-20'", "null", NAN, "de vraag noemt hierover niets"},
    {"{'kind':'dates','a':'today','b':$S.x,'full':20,'zero':0}", "'2026-03-05'", "null", 0.5,
     "23 februari 2026 tot 5 maart 2026: 10 dagen"},
    {W, "'2026-03-06','2026-12-31'", "'2026-03-01','2026-03-10'", 0.5, "5 van 10 dagen"},
    {W, "'2026-01-01','2026-12-31'", "'2026-03-01','2026-03-10'", 1, NULL},
    {W, "'2027-01-01','2027-12-31'", "'2026-03-01','2026-03-10'", 0, "0 van 10 dagen"},
    {W, "'2026-01-01','2026-12-31'", "'2026-03-10','2026-03-01'", NAN,
     "een periode eindigt voor zij begint"},
};

static void shares_and_reasons(void **state)
{
    (void)state;
    CHECK_ROWS(ROWS, false);
}

/* One text for all is a sum of days; `past` counts them back. */
static void what_is_past_has_words_of_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *reason, *found, *said;
    } cases[] = {
        {"'over {days dag|dagen}'", "'2026-03-02'", "over 1 dag"},
        {"'over {days dag|dagen}'", "'2026-02-28'", "over -1 dag"},
        {"{'full':'over {days dag|dagen}'}", "'2026-02-27'", "over -2 dagen"},
        {"{'full':'over {days dag|dagen}','past':'{days dag|dagen} te laat'}", "'2026-02-27'",
         "2 dagen te laat"},
        {"{'past':'{days dag|dagen} te laat'}", "'2026-02-28'", "1 dag te laat"},
        {"{'past':'{days dag|dagen} te laat'}", "'2026-03-01'",
         "1 maart 2026 tot 1 maart 2026: 0 dagen"},
    };
    fields f = fields_make();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        err e = {0};
        buf said = {0};
        value reason = quoted(cases[i].reason), solution = cells(cases[i].found),
              demand = cells("'2026-03-01'");
        measure *m = measure_try(&f, A ",'full':10,'zero':20}", false, &reason, &e);
        assert_non_null(m);
        measure_reason(m, &solution, &demand, measure_one(m, &solution, &demand), &said);
        assert_string_equal(buf_text(&said), cases[i].said);
        buf_free(&said);
        value_free(&reason);
        value_free(&solution);
        value_free(&demand);
        measure_free(m);
    }
    fields_free(&f);
}

static value day(void)
{
    char text[40];
    snprintf(text, sizeof text, "2026-%02ld-%02ld", random() % 13 + 1, random() % 30 + 1);
    return random() % 9 ? value_text(text) : value_nil();
}

static void columns_give_what_pairs_give(void **state)
{
    (void)state;
    srandom(20260223);
    check_columns(A ",'full':0,'half':30}", false, day);
    check_columns(W, false, day);
    check_columns(W, true, day);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    check_refused(A "}");
    check_refused("{'kind':'dates','a':'tomorrow','b':$S.x,'full':1,'zero':2}");
    check_refused("{'kind':'dates','a':[$D.x,$D.y],'b':$S.x}");
    check_refused("{'kind':'dates','a':'today','b':'today','full':1,'zero':2}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_reasons),
        cmocka_unit_test(what_is_past_has_words_of_its_own),
        cmocka_unit_test(columns_give_what_pairs_give),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
