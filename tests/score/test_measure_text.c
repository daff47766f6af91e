/* text: shares and reasons; columns against pairs with texts of all sorts. */
#include "measures.h"

#define X  "{'side':'demand','field':'x','weight':1}"
#define TX "{'kind':'text','query':[" X "],'document':[{'side':'solution','field':'x','weight':1}]"
#define BOTH                                                                                       \
    "{'kind':'text','query':[{'side':'demand','field':'x','weight':3},{'side':'demand','field':"   \
    "'y','weight':1}],'document':[{'side':'solution','field':'x','weight':2},{'side':'solution',"  \
    "'field':'y','weight':0.5}]"

/* Alone in its collection an answer to one word of one occurrence has 1 / (1 + 1.2), on the curve
 * x - x²/4. */
#define ALONE (1 / 2.2 - 0.25 / 2.2 / 2.2)

static const measure_row ROWS[] = {
    {TX "}", "'Een sonar'", "'Sonars gezocht'", ALONE, "deelt met de vraag: sonar"},
    {TX ",'full':0.1}", "'Een sonar'", "'sonar'", 1, NULL},
    {TX "}", "'Een radar'", "'sonar'", 0, "deelt geen woorden met de vraag"},
    {TX "}", "'de en het'", "'sonar'", 0, NULL},
    {TX "}", "['sonar','boei']", "'sonar'", 1 / 2.2 - 0.25 / 2.2 / 2.2,
     "deelt met de vraag: sonar"},
    {TX "}", "null", "'sonar'", NAN, "de oplossing noemt hierover niets"},
    {TX "}", "''", "'sonar'", NAN, "wat de oplossing hierover noemt, is niet bruikbaar"},
    {TX "}", "7", "'sonar'", NAN, NULL},
    {TX "}", "'sonar'", "null", NAN, "de vraag noemt hierover niets"},
    {TX ",'without':{'demand':1,'solution':0.25}}", "null", "'x'", 0.25, NULL},
};

static void shares_and_reasons(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        check_row(&ROWS[i], false);
}

/* Words in all spellings, texts of no words, lists, absent and unusable ones. */
static value some_text(void)
{
    static const char *const PIECES[] = {
        "Sonar ",       "sonars ",          "de ",  "boei. ", "\n",
        "ha&eacute;l ", "\xF0\x9F\x9A\x80", "\xFF", "x-1 ",   "mijnen "};
    value made = value_list();
    buf text = {0};
    long kind = random() % 10, words = random() % 30;
    if (kind == 0)
        return value_nil();
    if (kind == 1)
        return value_int(5);
    for (long i = 0; i < words; i++)
        buf_str(&text, PIECES[random() % 10]);
    buf_add(&text, "\0ket", random() % 2 ? 4 : 0);
    value one = value_bytes(buf_text(&text), text.len);
    buf_free(&text);
    if (kind > 2) {
        value_free(&made);
        return one;
    }
    value_push(&made, one);
    value_push(&made, value_text("boei"));
    return made;
}

static void columns_are_the_bits_of_pairs(void **state)
{
    (void)state;
    srandom(11);
    check_columns(TX ",'full':0.3}", false, some_text);
    check_columns(BOTH "}", false, some_text);
    check_columns(BOTH ",'without':{'demand':0,'solution':1}}", true, some_text);
}

static void the_sentence_that_matched_can_be_told(void **state)
{
    fields f = fields_make();
    err e = {0};
    buf said = {0};
    value reason = value_text("{terms} in: {found}");
    measure *m = measure_try(&f, TX "}", false, &reason, &e);
    value solution =
        cells("'Een boei met licht. Onze sonar hoort duikers! Gemaakt in Vlissingen.'");
    value demand = cells("'duikers horen met sonar, bij een boei'");
    (void)state;
    assert_non_null(m);
    double share = measure_one(m, &solution, &demand);
    measure_reason(m, &solution, &demand, share, &said);
    if (!strstr(buf_text(&said), "in: Onze sonar hoort duikers"))
        fail_msg("%s", buf_text(&said));
    assert_null(strstr(buf_text(&said), "Vlissingen"));
    buf_free(&said);
    value_free(&reason);
    value_free(&solution);
    value_free(&demand);
    measure_free(m);
    fields_free(&f);
}

/* As data beside the reason, also where that doesn't name them. */
static void what_matched_is_told_as_data(void **state)
{
    fields f = fields_make();
    err e = {0};
    buf said = {0};
    value reason = value_text("lijkt"), matched = value_nil();
    measure *m = measure_try(&f, TX "}", false, &reason, &e);
    value solution = cells("'Een boei met licht. Onze sonar hoort duikers! Klaar.'");
    value demand = cells("'een sonar voor duikers'");
    value words = quoted("['duikers','sonar']");
    (void)state;
    assert_non_null(m);
    measure_explain(m, &solution, &demand, 0.5, &said, &matched);
    assert_string_equal(buf_text(&said), "lijkt");
    assert_int_equal(value_len(&matched), 3);
    const value *terms = value_at(&matched, 0);
    assert_int_equal(value_len(terms), value_len(&words));
    for (size_t i = 0; i < value_len(terms); i++)
        assert_true(value_equal(value_at(terms, i), value_at(&words, 0)) ||
                    value_equal(value_at(terms, i), value_at(&words, 1)));
    assert_int_equal(value_len(value_at(&matched, 1)), 0);
    assert_non_null(strstr(value_str(value_at(&matched, 2), ""), "sonar hoort duikers"));
    buf_free(&said);
    value_free(&words);
    value_free(&matched);
    value_free(&reason);
    value_free(&solution);
    value_free(&demand);
    measure_free(m);
    fields_free(&f);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    check_refused(TX ",'full':0}");
    check_refused(TX ",'full':-1}");
    check_refused("{'kind':'text','query':[],'document':[]}");
    check_refused("{'kind':'text','query':[" X "],'document':[" X "]}");
    check_refused("{'kind':'text','query':[{'side':'demand','field':'x','weight':0}],"
                  "'document':[{'side':'solution','field':'x','weight':1}]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_reasons),
        cmocka_unit_test(columns_are_the_bits_of_pairs),
        cmocka_unit_test(the_sentence_that_matched_can_be_told),
        cmocka_unit_test(what_matched_is_told_as_data),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
