#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "score/say.h"

static void a_template_takes_the_noun_that_goes_with_its_number(void **state)
{
    (void)state;
    static const struct {
        const char *template, *value, *said;
    } cases[] = {
        {"levert in {value dag|dagen}.", "1", "levert in 1 dag."},
        {"levert in {value dag|dagen}.", "90", "levert in 90 dagen."},
        {"{value dag|dagen}", "1,5", "1,5 dagen"},
        {"{value dag|dagen}", "11", "11 dagen"},
        {"{value dag|dagen}", "-1", "-1 dag"},
        {"{value dag|dagen}", "-11", "-11 dagen"},
        {"{value dag|dagen}", "", "- dagen"},
        {"{value jaar oud|jaren oud}", "1", "1 jaar oud"},
        {"{value}", "1", "1"},
        {"{value dagen}", "1", "{value dagen}"},
        {"{waarde dag|dagen} {", "1", "{waarde dag|dagen} {"},
        {"{ |}{|}{}{value |}", "2", "{ |}{|}{}2 "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        words w = {0};
        buf said = {0};
        buf_str(&w.value, cases[i].value);
        say_template(&said, cases[i].template, &w, 1);
        assert_string_equal(buf_text(&said), cases[i].said);
        buf_free(&said);
        words_free(&w);
    }
}

static void enumerations_end_with_en(void **state)
{
    (void)state;
    static const struct {
        size_t len;
        const char *said;
    } cases[] = {
        {0, ""},
        {1, "a"},
        {2, "a en b"},
        {3, "a, b en c"},
        {8, "a, b, c, d, e, f, g en h"},
        {9, "a, b, c, d, e, f, g, h en nog 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        say_list list = {0};
        for (size_t k = 0; k < cases[i].len; k++)
            say_item(&list, (char[]){(char)('a' + k), '\0'});
        say_items_end(&list);
        assert_string_equal(buf_text(&list.text), cases[i].said);
        buf_free(&list.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_template_takes_the_noun_that_goes_with_its_number),
        cmocka_unit_test(enumerations_end_with_en),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
